"""Official bodies that two datasets write in different ways: known by their name or by the short form in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from netscam.data.dataset import split_list
from netscam.data.resolve.rows import Row


def plain_name(text: str) -> str:
    """Letters and digits in lower case with one blank between words."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def forms(name: str) -> set[str]:
    """Plain forms of an official body's name: ``Control (OFAC), Treasury`` has ``ofac`` too."""
    inside = {plain_name(part.partition(")")[0]) for part in name.split("(")[1:]}
    return {plain_name(name), *inside} - {""}


def known_authority(row: Row, known: Iterable[Row]) -> str:
    """Id of the recorded body that a listed one is: the first whose name or alias is one of its forms, else empty.

    Countries decide where both state them: two ministries may share a short form.
    """
    wanted = forms(row["name"]) | {plain_name(alias) for alias in split_list(row["aliases"])}
    lands = set(split_list(row["countries"]))
    for other in known:
        theirs = set(split_list(other["countries"]))
        if lands and theirs and not lands & theirs:
            continue
        if wanted & (forms(other["name"]) | {plain_name(alias) for alias in split_list(other["aliases"])}):
            return other["id"]
    return ""


def same_authorities(datasets: Sequence[Mapping[str, Sequence[Row]]]) -> list[tuple[str, str]]:
    """Pairs of ids of official bodies of different datasets that are one: the id in the earlier dataset first."""
    known: list[Row] = []
    found = []
    for tables in datasets:
        own = [row for row in tables["entities"] if row["type"] == "authority"]
        ids = {row["id"] for row in known}
        for row in own:
            there = "" if row["id"] in ids else known_authority(row, known)
            if there:
                found.append((there, row["id"]))
        known += own
    return found
