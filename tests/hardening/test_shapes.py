"""Graphs and records at the edge: empty, one node, all isolated, a hub of a million, circles, odd ids and dates."""

from __future__ import annotations

from pathlib import Path

import igraph
import numpy as np
import pytest
from click.testing import CliRunner

from netscam.cli import cli
from tests.fuzz.seeds import tiny

COMMANDS = (
    ("summary", "{in}"),
    ("centrality", "{in}", "-m", "betweenness", "-m", "constraint"),
    ("communities", "{in}", "--runs", "3"),
    ("key-nodes", "{in}", "-k", "1"),
    ("dismantle", "{in}", "--method", "degree"),
    ("uncertainty", "{in}", "--draws", "3"),
    ("ownership", "{in}"),
    ("ownership", "{in}", "--view", "owners"),
    ("ownership", "{in}", "--view", "shells"),
    ("figures", "{in}", "-o", "{out}", "--only", "network"),
    ("export", "{in}", "--to", "gexf", "-o", "{out}"),
)


def folder_of(path: Path, **tables: str) -> Path:
    """The small dataset with some tables replaced; ``""`` keeps the header alone."""
    path.mkdir()
    for name, content in tiny().items():
        table = name.removesuffix(".csv")
        header = content.decode().split("\n")[0] + "\n"
        (path / name).write_text(header + tables[table] if table in tables else content.decode(), encoding="utf-8")
    return path


NO_LINKS = {"relations": "", "evidence": ""}
SHAPES = {
    "empty": {**NO_LINKS, "entities": "", "events": ""},
    "one node": {**NO_LINKS, "entities": "c1,compound,Blue Gate Park,,KH,,,,,,\n", "events": ""},
    "all isolated": NO_LINKS,
    "ownership in a circle": {
        "entities": "".join(f"k{n},company,Company {n},,KH,designated,,,,,\n" for n in range(4)),
        "relations": "".join(f"r{n},k{n},k{(n + 1) % 4},owns,,,100,\n" for n in range(4)),
        "evidence": "".join(f"e{n},r{n},d1,supports,recorded,1,,\n" for n in range(4)),
        "events": "",
    },
    "first and last dates": {
        "relations": "r1,o1,c1,owns,0001-01-01,9999-12-31,-0,\nr2,k1,a1,registered_at,9999,9999,,\n",
        "evidence": "e1,r1,d1,supports,designated,2,,\ne2,r2,d2,supports,recorded,1,,\n",
    },
    "odd ids": {
        "entities": "".join(
            f"{key},company,Odd {n},,KH,,,,,,\n" for n, key in enumerate(("CON", "nul", "a.b", "x-1", "A_1", "0"))
        ),
        "relations": "r1,CON,nul,partner_of,,,,\nCON,nul,0,partner_of,,,,\n",
        "evidence": "e1,r1,d1,supports,reported,2,,\ne2,CON,d1,supports,reported,2,,\n",
        "events": "",
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_command_takes_odd_shapes_or_says_why_not(shape: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", **SHAPES[shape])
    for number, command in enumerate(COMMANDS):
        out = tmp_path / f"out{number}"
        words = [word.replace("{in}", str(folder)).replace("{out}", str(out)) for word in command]
        result = CliRunner().invoke(cli, words)
        problem = result.exception if not isinstance(result.exception, SystemExit) else None
        assert problem is None, (command, problem)
        assert result.exit_code in (0, 1), (command, result.stderr)
        assert result.exit_code == 0 or result.stderr.strip(), command
        assert result.exit_code == 0 or not out.exists(), command


@pytest.mark.parametrize(
    "key",
    [
        "../../x",
        "/etc/passwd",
        "a/b",
        "C:\\x",
        "💥",
        "\u202eevil",
        "x y",
        "",
        ".",
        "x" * 200,
        "a\x1bb",
        "-rf",
        "a\uffffb",
    ],
)
def test_ids_that_could_leave_the_folder_or_fool_a_reader_are_refused(key: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", **NO_LINKS, entities=f"{key},company,Odd,,KH,,,,,,\n", events="")
    result = CliRunner().invoke(cli, ["validate", str(folder)])
    assert result.exit_code == 1
    assert "entities.csv:2: id: " in result.stderr
    assert "\x1b" not in result.stderr


def test_a_hub_of_a_hundred_thousand() -> None:
    from netscam.analysis.centrality import centrality
    from netscam.analysis.keynodes import key_nodes

    leaves = 100_000
    ends = np.stack([np.zeros(leaves, int), np.arange(1, leaves + 1)], axis=1)
    star = igraph.Graph(leaves + 1, ends)
    star.vs["name"] = [str(number) for number in range(leaves + 1)]
    ranks = centrality(star, ["degree"]).to_frame()
    assert ranks["id"].iloc[0] == "0"
    assert key_nodes(star, k=1, method="greedy").nodes == ("0",)


def test_self_loops_and_repeats_change_nothing(tmp_path: Path) -> None:
    plain, odd = tmp_path / "plain.txt", tmp_path / "odd.txt"
    plain.write_text("a b\nb c\nc d\n")
    odd.write_text("a b\nb b\nb a\nb c\nc d\nd d\n")
    found = [
        CliRunner().invoke(cli, ["key-nodes", "--edgelist", str(path), "-k", "1", "--format", "csv"]).stdout
        for path in (plain, odd)
    ]
    assert found[0] == found[1] != ""
