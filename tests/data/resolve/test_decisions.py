from __future__ import annotations

from pathlib import Path

import pytest

from netscam.data.resolve.decisions import (
    Decision,
    agreed_groups,
    decisions_csv,
    join_decisions,
    read_decisions,
)
from netscam.errors import DataError

HEADER = "first,second,decision,who,when,why\n"


def write(folder: Path, text: str, header: str = HEADER) -> Path:
    path = folder / "decisions.csv"
    path.write_text(header + text, encoding="utf-8")
    return path


def test_rows_without_a_decision_wait_and_other_columns_are_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "b,a,same,Ann,2026-01-02,one number,0.9\nc,a,,,,,0.7\n", HEADER.strip() + ",score\n")
    (found,) = read_decisions(path)
    assert (found.pair, found.decision, found.who, found.line) == (("a", "b"), "same", "Ann", 2)


def test_every_broken_row_is_named(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a,b,maybe,Ann,2026,x\na,c,same,,2026,x\na,a,same,Ann,2026,x\na,d,same,B,2026,x\nd,a,different,B,2026,x\n",
    )
    with pytest.raises(DataError) as caught:
        read_decisions(path)
    assert [(p.line, p.column, p.rule) for p in caught.value.problems] == [
        (2, "decision", "unknown-word"), (3, "who", "missing-value"), (4, "second", "same-id"),
        (6, "decision", "contradiction")]  # fmt: skip


@pytest.mark.parametrize("text", ["first,second\n", "", 'first,second,decision,who,when,why\n"a,b\n'])
def test_unreadable_files_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        read_decisions(path)
    with pytest.raises(DataError, match="there is no file"):
        read_decisions(tmp_path / "none.csv")


def said(first: str, second: str, word: str) -> Decision:
    return Decision(first, second, word, "Ann", "2026-01-02", "because", 2)


def test_same_is_transitive_and_unsure_is_nothing() -> None:
    decisions = [said("a", "b", "same"), said("b", "c", "same"), said("c", "d", "unsure"), said("x", "y", "same")]
    assert agreed_groups(decisions) == [["a", "b", "c"], ["x", "y"]]
    assert agreed_groups(reversed(decisions)) == [["a", "b", "c"], ["x", "y"]]


def test_a_contradiction_names_the_chain() -> None:
    with pytest.raises(DataError, match="a = b = c"):
        agreed_groups([said("a", "b", "same"), said("b", "c", "same"), said("a", "c", "different")])


def test_files_are_joined_and_written_back(tmp_path: Path) -> None:
    one, two = [said("a", "b", "same")], [said("a", "b", "same"), said("c", "d", "different")]
    joined = join_decisions([one, two])
    assert len(joined) == 2
    path = tmp_path / "decisions.csv"
    path.write_text(decisions_csv(joined), encoding="utf-8")
    assert [d.pair for d in read_decisions(path)] == [d.pair for d in joined]
    with pytest.raises(DataError):
        join_decisions([one, [said("a", "b", "different")]])


def test_when_has_to_be_a_date(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b,same,Ann,last week,register\n")
    with pytest.raises(DataError, match=r"'last week' is no date"):
        read_decisions(path)
