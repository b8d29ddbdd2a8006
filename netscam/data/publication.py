"""What to settle before a dataset is published: the checks that ``netscam validate --strict`` adds to the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from netscam.data.dataset import PACKAGE_FILE, split_list
from netscam.errors import Problem
from netscam.registry import Registry
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset

CHECKS: Registry[Callable[[Dataset], Iterator[Problem]]] = Registry("publication check")
"""Every check by name; a dataset is ready to be published when none of them yields anything."""

PUBLIC_STATUSES = ("convicted", "designated", "extradited", "indicted", "charged")
"""Standings that an authority or a court has made public about a person."""
PRIVATE = re.compile(r"passport|national|identity|(?:^|-)id(?:-|$)|ssn|tax|phone|mobile|e-?mail|birth|licen[cs]e|visa")
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]{2,}|\+\d[\d ()-]{7,}\d|\b(?:born|DOB|passport)\b[ :]*\S*\d", re.IGNORECASE
)
VERDICT = re.compile(
    r"\b(?:guilty|criminal|trafficker|scammer|fraudster|swindler|launderer|kingpin|mastermind|gangster|mafioso)s?\b",
    re.IGNORECASE,
)


def publication_problems(data: Dataset) -> list[Problem]:
    """Everything that stands in the way of publishing a dataset.

    Returns
    -------
    list of Problem
        Sorted by place; empty when nothing does. The line is that of the row when the table is written sorted by id.
    """
    return sorted(problem for entry in CHECKS for problem in entry.function(data))


def people(data: Dataset) -> pd.DataFrame:
    """Rows of entities that are natural persons."""
    kinds = load_schema().entity_types
    return data.entities[data.entities["type"].map(lambda kind: kinds[kind].natural_person).astype(bool)]


def _rows(table: str, column: str, rule: str, rows: pd.DataFrame, message: str) -> Iterator[Problem]:
    for place, name in zip(rows.index.tolist(), rows["id"].tolist(), strict=True):
        yield Problem(f"{table}.csv", int(place) + 2, column, rule, f"{name}: {message}")


@CHECKS.add("publication-package")
def package(data: Dataset) -> Iterator[Problem]:
    """The package says under which licence, by whom, in which version, as of when, and with which caveat."""
    told = data.package.get("netscam", {})
    stated = {
        "licenses": data.package.get("licenses"),
        "contributors": data.package.get("contributors"),
        "version": data.package.get("version"),
        "netscam.as_of": told.get("as_of"),
        "netscam.caveat": told.get("caveat"),
    }
    for place, value in stated.items():
        if not value:
            yield Problem(PACKAGE_FILE, 1, place, "publication-package", "is not stated; readers need it")


@CHECKS.add("publication-person")
def person(data: Dataset) -> Iterator[Problem]:
    """No person is named whom no document speaks of, in a relation or an event."""
    supported = data.evidence.loc[data.evidence["stance"] == "supports", "relation"]
    relations = data.relations[data.relations["id"].isin(supported)]
    events = data.events[data.events["document"].ne("")]
    named = {*relations["source"], *relations["target"], *events["place"]}
    named.update(item for cell in events["entities"] for item in split_list(cell))
    found = people(data)
    rows = found[~found["id"].isin(named)]
    yield from _rows("entities", "id", "publication-person", rows, "no document speaks of this person")


@CHECKS.add("publication-private")
def private(data: Dataset) -> Iterator[Problem]:
    """No private particulars of persons: numbers of documents, dates of birth, telephones, e-mail addresses, homes."""
    found = people(data)
    schemes = found["identifiers"].map(lambda cell: any(PRIVATE.search(i.partition(":")[0]) for i in split_list(cell)))
    told = "an identifier of a person's papers, telephone or mail"
    yield from _rows("entities", "identifiers", "publication-private", found[schemes.astype(bool)], told)
    texts = found["description"].map(lambda text: PERSONAL.search(text) is not None).astype(bool)
    yield from _rows("entities", "description", "publication-private", found[texts], "private particulars of a person")
    placed = found["latitude"].notna() & ~found["status"].isin(PUBLIC_STATUSES)
    yield from _rows("entities", "latitude", "publication-private", found[placed], "coordinates of a person")


@CHECKS.add("publication-wording")
def wording(data: Dataset) -> Iterator[Problem]:
    """Nobody is called by a verdict whom no court has convicted."""
    found = people(data)
    judged = found["description"].map(lambda text: VERDICT.search(text) is not None).astype(bool)
    rows = found[judged & found["status"].ne("convicted")]
    told = "words of a verdict on a person who is not recorded as convicted; say who alleges what"
    yield from _rows("entities", "description", "publication-wording", rows, told)


@CHECKS.add("publication-status")
def status(data: Dataset) -> Iterator[Problem]:
    """Nobody is called convicted without evidence or an event that says so.

    That is evidence of the status ``convicted`` on a relation of the person, or an event that names the person, has a
    document and is a conviction or a statement.
    """
    proved = data.evidence.loc[
        data.evidence["status"].eq("convicted") & data.evidence["stance"].eq("supports"), "relation"
    ]
    relations = data.relations[data.relations["id"].isin(proved)]
    events = data.events[data.events["type"].isin(["conviction", "statement"]) & data.events["document"].ne("")]
    shown = {*relations["source"], *relations["target"]}
    shown.update(item for cell in events["entities"] for item in split_list(cell))
    found = people(data)
    rows = found[found["status"].eq("convicted") & ~found["id"].isin(shown)]
    yield from _rows("entities", "status", "publication-status", rows, "called convicted, and nothing here says so")
