"""A dataset in which every free cell is an attack: nothing runs, nothing leaves its folder, no terminal obeys."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from netscam.data.dataset import Dataset, build_dataset
from netscam.errors import HIDDEN, Problem, visible
from netscam.output.exporters import EXPORTERS, export
from netscam.output.figures import FIGURES, write_figures
from netscam.output.printing import frame_text, json_text, nested_text
from netscam.output.tables import FORMULA_STARTS
from tests.fuzz import seeds

ATTACKS = (
    "</script><script>window.pwned=1</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    '+1+HYPERLINK("http://127.0.0.1/")',
    "@SUM(1)",
    "\x1b]0;owned\x07\x1b[2J\x9b31m",
    "\u202eevil\u202c\u2066x\u2069",
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "../../../../tmp/netscam-pwned",
    "'); DROP TABLE entities; --",
    "`MATCH (n) DETACH DELETE n`",
    "\\input{/etc/passwd} $\\undefined{x}$",
    "line one\nline two\r\nline three",
    "CON",
    "x" * 3000,
)
FREE = {
    "entities": ("name", "aliases", "identifiers", "description"),
    "relations": ("description",),
    "evidence": ("locator", "note"),
    "documents": ("title", "publisher", "url", "archived_url", "origin_group"),
    "events": ("summary",),
    "corrections": ("what_changed", "why", "row"),
}


@pytest.fixture(scope="module")
def hostile() -> Dataset:
    """The small case, not validated, with an attack in every free cell and in its title and caveat."""
    frames = {}
    turn = 0
    for table, columns in FREE.items():
        frame = pd.read_csv(io.BytesIO(seeds.tiny()[f"{table}.csv"]), dtype=str, keep_default_na=False)
        for column in columns:
            frame[column] = [ATTACKS[(turn + number) % len(ATTACKS)] for number in range(len(frame))]
            turn += len(frame)
        frames[table] = frame
    told = {"caveat": ATTACKS[0] + ATTACKS[7], "as_of": "2026"}
    return build_dataset("case", frames, {"title": ATTACKS[1] + ATTACKS[7], "version": ATTACKS[2], "netscam": told})


def written(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def csv_is_harmless(text: str) -> None:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        for cell in row:
            number = re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", cell)
            assert number or not cell.startswith(FORMULA_STARTS), cell


def xml_is_harmless(content: bytes) -> None:
    assert b"<!ENTITY" not in content
    root = ET.fromstring(content)
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        assert tag not in ("script", "foreignobject", "iframe", "object", "embed", "animate", "set"), tag
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].lower()
            assert not (plain.startswith("on") and tag in ("svg", "g", "path", "image", "a", "text")), name
            if plain in ("href", "src") and tag in ("use", "image", "a"):
                assert value.startswith(("#", "data:image/png")), value


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_exports_are_data_and_stay_in_their_folder(hostile: Dataset, name: str, tmp_path: Path) -> None:
    suffix = EXPORTERS[name].details["suffix"]
    out = tmp_path / "inside" / ("folder" if suffix == "/" else f"file{suffix}")
    export(hostile, name, out)
    files = written(tmp_path)
    assert files
    assert all(path.is_relative_to(tmp_path / "inside") for path in files)
    assert not Path("/tmp/netscam-pwned").exists()
    for path in files:
        content = path.read_bytes()
        if path.suffix in (".graphml", ".gexf", ".xml"):
            xml_is_harmless(content)
        elif path.suffix == ".csv":
            csv_is_harmless(content.decode("utf-8"))
        elif path.suffix in (".json", ".geojson", ".cyjs") and name != "ftm":
            json.loads(content)
        elif name == "ftm":
            [json.loads(line) for line in content.decode("utf-8").splitlines()]
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                parts = {part: book.read(part) for part in book.namelist()}
            assert not any(b"<f>" in part or b"<f " in part for part in parts.values())
            assert not any(name.endswith((".bin", ".vml")) or "externalLink" in name for name in parts)
        assert path.name.isprintable()


@pytest.mark.filterwarnings("ignore:Glyph")
def test_figures_are_pictures_and_words(hostile: Dataset, tmp_path: Path) -> None:
    # Validation refuses control characters, in the title too; everything else gets this far.
    told = {**hostile.package, "title": ATTACKS[1] + ATTACKS[4], "netscam": {"caveat": ATTACKS[0], "as_of": "2026"}}
    write_figures(replace(hostile, package=told), tmp_path / "inside" / "figures", only=[FIGURES.names()[0]])
    for path in written(tmp_path):
        assert path.is_relative_to(tmp_path / "inside")
        content = path.read_bytes()
        if path.suffix == ".svg":
            xml_is_harmless(content)
        elif path.suffix == ".pdf":
            assert not re.search(rb"/(JS|JavaScript|Launch|EmbeddedFile|URI)\b", content)
        elif path.suffix == ".csv" and path.name != "layout.csv":
            csv_is_harmless(content.decode("utf-8"))
        elif path.suffix == ".md":
            assert not re.search(r"<(script|img|svg|iframe)|\]\(javascript", content.decode("utf-8"), re.IGNORECASE)


def test_a_terminal_sees_no_control_code(hostile: Dataset) -> None:
    told = [frame_text(hostile.entities), json_text({"a": hostile.entities, ATTACKS[7]: ATTACKS})]
    told += [nested_text({"title": hostile.title, "inner": {ATTACKS[7]: ATTACKS[8]}})]
    told += [str(Problem(ATTACKS[7], 1, ATTACKS[8], "rule", ATTACKS[15]))]
    for text in told:
        assert not HIDDEN.search(text.replace("\n", ""))
    assert json.loads(told[1])["a"][0]["id"]
    assert "\n" not in told[-1]
    assert visible("\ud800é安\uffff") == "\\ud800é安\\uffff"


def test_text_that_xml_cannot_hold_is_refused_and_word_gets_none(hostile: Dataset, tmp_path: Path) -> None:
    from netscam.data.dataset import check_dataset
    from netscam.output.report.docx import _clean

    for name, content in seeds.tiny().items():
        (tmp_path / name).write_bytes(content.replace(b"Blue Gate", "Blue\ufffeGate".encode()))
    found = {(problem.file, problem.column, problem.rule) for problem in check_dataset(tmp_path)[1]}
    assert ("entities.csv", "name", "control-character") in found
    assert ET.fromstring(f"<w>{_clean('a' + ATTACKS[7] + chr(0xFFFF))}</w>").text


def test_a_notebook_shows_results_as_text(hostile: Dataset) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    from netscam.analysis.centrality import centrality
    from netscam.graph.build import to_igraph

    graph = to_igraph(hostile)
    shown = [hostile, centrality(graph, "degree"), centrality(graph, "degree").to_frame(), hostile.entities]
    for each in shown:
        html = formatters.DisplayFormatter().format(each)[0].get("text/html", "")
        assert not re.search(r"<(script|img|svg)\b", html, re.IGNORECASE)


def test_the_name_of_a_file_is_only_a_name(hostile: Dataset, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from netscam.cli import cli

    odd = tmp_path / "\x1b[2J\u202egnp.csv"
    odd.write_text("id,name\n1,Jane\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["import", "table", str(odd), "-o", str(tmp_path / "out"), "--published", "2026"])
    assert done.exit_code == 0, done.output
    lost = CliRunner().invoke(cli, ["import", "table", str(odd) + "x", "-o", str(tmp_path / "out2")])
    assert lost.exit_code == 1
    assert not HIDDEN.search((done.output + lost.output).replace("\n", ""))
    assert replace(hostile, name="..").name == ".."
