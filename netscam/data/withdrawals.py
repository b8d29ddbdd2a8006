"""Tombstones: rows that a correction withdrew, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from netscam.data.select import keep_entities

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset


def is_withdrawal(what_changed: str) -> bool:
    """Whether a correction says that a row was withdrawn: its ``what_changed`` begins with that word."""
    return what_changed.lstrip().casefold().startswith("withdrawn")


def withdrawn_rows(data: Dataset, table: str) -> frozenset[str]:
    """Ids of the rows of one table that the corrections of a dataset withdraw."""
    stones = data.corrections[data.corrections["table"].eq(table)]
    return frozenset(stones.loc[stones["what_changed"].map(is_withdrawal).astype(bool), "row"])


def drop_entities(data: Dataset, ids: Iterable[str]) -> Dataset:
    """The dataset without some entities and all that hangs on them: relations, evidence, costs, events about them.

    Other events lose the id from their lists. The documents stay: they are the record of what was read.
    """
    gone = set(ids) & set(data.entities["id"])
    return keep_entities(data, ~data.entities["id"].isin(gone)) if gone else data


def without_withdrawn(datasets: Iterable[Dataset]) -> list[Dataset]:
    """Datasets of which none has an entity that another withdraws.

    Ids of entities mean the same in all of them; those of other tables are each dataset's own and are left alone.
    A withdrawal of any other row of one dataset is told apart from rows of that id in the others by the dataset's name.
    """
    found = list(datasets)
    gone = {key for data in found for key in withdrawn_rows(data, "entities")}
    return [_own_rows(drop_entities(data, gone)) for data in found]


def _own_rows(data: Dataset) -> Dataset:
    """Name the dataset in tombstones of rows whose ids are its own."""
    stones = data.corrections["what_changed"].map(is_withdrawal).astype(bool)
    own = stones & data.corrections["table"].ne("entities") & ~data.corrections["row"].str.contains(":", regex=False)
    if not own.any():
        return data
    rows = data.corrections["row"].where(~own, data.name + ":" + data.corrections["row"])
    return replace(data, corrections=data.corrections.assign(row=rows))
