"""Writing figures: the same bytes every time, whole or not at all, and a check that names what would change."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from netscam import files
from netscam.analysis.study import Study, run_study
from netscam.data.dataset import Dataset, read_dataset, write_dataset
from netscam.errors import GraphError, OutputError, UnknownNameError
from netscam.graph.build import to_igraph
from netscam.output.figures import FIGURES, write, write_figures
from netscam.output.figures.render import FORMATS
from netscam.output.tables import export_csv
from netscam.registry import Registry

PROGRAM = """
import sys
from netscam.data.dataset import read_dataset
from netscam.output.figures import write_figures
write_figures(read_dataset(sys.argv[1]), sys.argv[2])
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def manifest(folder: Path) -> dict:
    return json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def example() -> Dataset:
    return read_dataset("example")


@pytest.fixture(scope="module")
def study(example) -> Study:
    return run_study(to_igraph(example))


@pytest.fixture(scope="module")
def first(example, study, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("figures") / "example"
    report = write_figures(example, folder, study=study)
    assert report.ok
    assert set(report.changed) == {path.name for path in folder.iterdir()}
    return folder


@pytest.fixture
def written(first, tmp_path) -> Path:
    """A copy of the folder that a test may change."""
    folder = tmp_path / "figures"
    folder.mkdir()
    for name, content in contents(first).items():
        (folder / name).write_bytes(content)
    return folder


def test_each_figure_has_all_its_files(first) -> None:
    made = {path.name for path in first.iterdir()}
    for name in FIGURES.names():
        assert {f"{name}.{suffix}" for suffix in (*FORMATS, "csv", "md")} <= made
    assert {"layout.csv", "MANIFEST.json"} <= made


def test_another_run_hash_seed_and_row_order_give_the_same_bytes(example, first, tmp_path) -> None:
    source = write_dataset(example, tmp_path / "example")
    generator = np.random.default_rng(7)
    for path in sorted(source.glob("*.csv")):
        header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        order = generator.permutation(len(rows))
        path.write_text(header + "".join(rows[place] for place in order), encoding="utf-8")
    env = {**os.environ, "PYTHONHASHSEED": "4242", "MPLCONFIGDIR": str(tmp_path / "mpl")}
    (tmp_path / "mpl").mkdir()
    (tmp_path / "mpl" / "matplotlibrc").write_text("font.size: 22\nsvg.hashsalt: other\nlines.linewidth: 9\n")
    again = tmp_path / "again"
    subprocess.run([sys.executable, "-c", PROGRAM, str(source), str(again)], check=True, env=env, timeout=300)
    old, new = contents(first), contents(again)
    assert old.keys() == new.keys()
    assert [name for name in old if old[name] != new[name]] == []


def test_the_manifest_names_what_went_in_and_out(example, first) -> None:
    told = manifest(first)
    assert told["dataset"]["sha256"] == example.hash()
    assert set(told["dataset"]["tables"]) == set(example.tables())
    assert told["command"] == "netscam figures example"
    assert told["versions"].keys() >= {"netscam", "python", "numpy", "matplotlib", "igraph"}
    hashes = {name: digest for figure in told["figures"].values() for name, digest in figure.items()}
    hashes["layout.csv"] = told["layout"]["sha256"]
    for name, content in contents(first).items():
        if name != "MANIFEST.json":
            assert hashes.pop(name) == hashlib.sha256(content).hexdigest()
    assert not hashes


def test_no_file_holds_a_date_or_a_path(first) -> None:
    for name, content in contents(first).items():
        assert b"CreationDate" not in content, name
        assert b"dc:date" not in content, name
        assert str(Path.cwd()).encode() not in content, name


def test_pictures_carry_title_alt_text_and_caveat(example, first) -> None:
    for name in FIGURES.names():
        svg = (first / f"{name}.svg").read_text(encoding="utf-8")
        ElementTree.fromstring(svg)
        assert "Synthetic data" in svg
        words = (first / f"{name}.md").read_text(encoding="utf-8")
        flat = " ".join(words.split())
        assert example.caveat in flat
        assert example.hash() in flat
        assert re.search(rf"!\[.{{80,}}\]\({name}\.svg\)", words)


@pytest.fixture
def few(monkeypatch) -> Registry:
    """Two figures only, so that a whole run is quick."""
    registry: Registry = Registry("figure")
    for name in ("map", "mixing"):
        registry.add(name)(FIGURES[name].function)
    monkeypatch.setattr(write, "FIGURES", registry)
    return registry


def test_check_is_quiet_when_nothing_would_change(example, study, few, tmp_path) -> None:
    folder = tmp_path / "few"
    assert write_figures(example, folder, study=study).figures == ("map", "mixing")
    report = write_figures(example, folder, check=True, study=study)
    assert report.ok
    assert report.checked
    assert not report.changed
    assert set(report.same) == {path.name for path in folder.iterdir()}


def test_check_names_what_would_change_and_writes_nothing(example, study, written) -> None:
    (written / "network.svg").write_bytes(b"edited by hand")
    (written / "map.csv").unlink()
    before = contents(written)
    report = write_figures(example, written, only=["network", "map"], check=True, study=study)
    assert not report.ok
    assert report.changed == ("map.csv", "network.svg")
    assert report.missing == ("map.csv",)
    assert report.lines()[:2] == (f"missing {written / 'map.csv'}", f"would change {written / 'network.svg'}")
    assert report.lines()[-1].startswith("2 figures, ")
    assert contents(written) == before


def test_files_of_a_figure_that_is_no_longer_made_are_named(example, study, few, tmp_path) -> None:
    written = tmp_path / "few"
    write_figures(example, written, study=study)
    told = manifest(written)
    told["figures"]["pie"] = {"pie.svg": "0" * 64, "gone.svg": "0" * 64}
    (written / "MANIFEST.json").write_text(json.dumps(told))
    (written / "pie.svg").write_text("old")
    report = write_figures(example, written, check=True, study=study)
    assert report.stray == ("pie.svg",)
    assert not report.ok


def test_only_draws_what_is_asked_for_and_keeps_the_rest_in_the_manifest(example, study, written, tmp_path) -> None:
    before = contents(written)
    (written / "map.png").unlink()
    report = write_figures(example, written, only="map", study=study)
    assert report.figures == ("map",)
    assert report.changed == ("map.png",)
    assert report.lines()[0] == f"wrote {written / 'map.png'}"
    assert report.lines()[-1].startswith("1 figure, ")
    assert contents(written) == before
    alone = write_figures(example, tmp_path / "alone", only="map", study=study)
    assert {name.split(".")[0] for name in alone.changed} == {"map", "map-ties-abroad", "layout", "MANIFEST"}


def test_an_older_manifest_of_other_data_is_not_merged(example, study, written) -> None:
    told = manifest(written)
    told["dataset"]["sha256"] = "0" * 64
    (written / "MANIFEST.json").write_text(json.dumps(told))
    write_figures(example, written, only="map", study=study)
    assert list(manifest(written)["figures"]) == ["map"]


def test_a_stored_layout_is_used_and_a_touched_one_is_not(example, study, written) -> None:
    places = pd.read_csv(written / "layout.csv")
    moved = places.assign(x=places["x"] + 5)
    (written / "layout.csv").write_text(export_csv(moved))
    assert "layout.csv" in write_figures(example, written, only="map", check=True, study=study).changed
    content = (written / "layout.csv").read_bytes()
    told = manifest(written)
    told["layout"]["sha256"] = hashlib.sha256(content).hexdigest()
    (written / "MANIFEST.json").write_text(json.dumps(told))
    assert "layout.csv" not in write_figures(example, written, only="map", check=True, study=study).changed


def test_a_failed_write_leaves_every_file_whole(example, study, written, monkeypatch) -> None:
    for path in written.glob("map*"):
        path.unlink()
    before = contents(written)
    calls = []

    def full_disk(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full_disk)
    with pytest.raises(OutputError, match="No space left"):
        write_figures(example, written, only="map", study=study)
    assert contents(written) == before


def test_unknown_names_and_bad_folders_are_refused(example, tmp_path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'network'"):
        write_figures(example, tmp_path / "x", only=["netwrk"])
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="not a folder"):
        write_figures(example, tmp_path / "file")
    assert not (tmp_path / "x").exists()


def test_a_study_of_something_else_is_refused(example, study, tmp_path) -> None:
    with pytest.raises(GraphError, match="another graph or seed"):
        write_figures(example, tmp_path / "x", study=study, seed=1)


def test_a_dataset_without_ties_is_refused(example, tmp_path) -> None:
    from netscam.data.select import select

    with pytest.raises(GraphError, match="at least"):
        write_figures(select(example, types=["place"]), tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_drawing_leaves_no_trace_in_matplotlib(example, study, first, tmp_path) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    write_figures(example, tmp_path / "x", only="map", study=study)
    assert dict(mpl.rcParams) == before


def test_names_of_figures_load_no_library_that_draws_or_solves() -> None:
    program = "import sys, netscam.output.figures as f; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"matplotlib", "igraph", "scipy", "networkx", "numba", "highspy"}


def test_another_process_makes_the_same_bytes(example, study, first, tmp_path) -> None:
    write_figures(example, tmp_path / "beside", only=["mixing", "pareto"], study=study, workers=2)
    for name, content in contents(tmp_path / "beside").items():
        if name != "MANIFEST.json":
            assert content == (first / name).read_bytes(), name


def test_a_pdf_holds_its_fonts_without_what_lays_text_out(first) -> None:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", (first / "mixing.pdf").read_bytes(), re.DOTALL)
    texts = [zlib.decompress(stream) for stream in streams if stream.startswith(b"x")]
    fonts = [TTFont(io.BytesIO(text)) for text in texts if text.startswith(b"\0\1\0\0")]
    assert fonts
    for font in fonts:
        assert "glyf" in font
        assert not {"GSUB", "GPOS", "GDEF", "MATH"} & set(font.keys())
