"""The format ``bods``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from netscam.data.importers.bods.interests import exact_share, interest_text, relation_of, share_words
from netscam.data.importers.bods.parties import addresses, objects, party, word
from netscam.data.importers.bods.statements import Statement, Statements, read_statement
from netscam.data.importers.job import IMPORTERS, Job
from netscam.data.importers.json_stream import read_objects
from netscam.data.importers.packages import describe, publication_date
from netscam.data.importers.spool import Claim, Document, Entity
from netscam.data.importers.stream import MOST_PROBLEMS, expand
from netscam.data.importers.text import make_id, own_standing, plain
from netscam.errors import DataError, Problem

CREDIBILITY = {
    "verified": "1",
    "officialRegister": "2",
    "primaryResearch": "2",
    "selfDeclaration": "3",
    "thirdParty": "3",
}
NOBODY = ("nobeneficialowners", "subjectexemptfromdisclosure")


@IMPORTERS.add("bods", files="JSON array or JSON lines of statements")
def bods(job: Job) -> dict[str, Any]:
    """Beneficial Ownership Data Standard 0.2 to 0.4, as JSON array or JSON lines.

    The newest statement about a record counts; a closed record ends its relation. Anonymous, unknown and unspecified
    owners stay entities of their own, circular ownership stays as it is, spans of shares stay in words, and an exact
    share of shares goes to ``share``.
    """
    statements = Statements(job.spool.database)
    files = expand(job.files, "*.json", "*.jsonl", "*.json.gz", "*.jsonl.gz")
    for path in files:
        _read(job, statements, path)
    statements.link()
    for record, versions in statements.records("party"):
        _take_party(job, record, versions)
    for record, versions in statements.records("relationship"):
        _take_relationship(job, statements, record, versions)
    for document in job.spool.documents.values():
        document.published = document.published or publication_date(job, files)
    newest = max((document.published for document in job.spool.documents.values()), default="")
    return describe(job, "Beneficial ownership statements", "bods", newest)


def _read(job: Job, statements: Statements, path: Path) -> None:
    problems: list[Problem] = []
    for line, raw in read_objects(path, job.progress):
        statement = read_statement(raw, f"{path.name}:{line}")
        if isinstance(statement, str):
            problems.append(
                Problem(path.name, line, statement, "bods-statement", f"a statement needs a proper {statement}")
            )
            if len(problems) >= MOST_PROBLEMS:
                break
        elif not problems:
            job.report.saw(f"statement: {statement.kind}")
            statements.add(statement)
    if problems:
        raise DataError(problems)


def _document(job: Job, statement: Statement) -> str:
    publisher = next(iter(objects(statement.publication.get("publisher"))), {})
    name = word(publisher.get("name")) or "publisher not stated"
    date = word(statement.publication.get("publicationDate"))[:10] or job.published or statement.date[:10]
    key = make_id(f"bods-{plain(name)}-{date}".replace(" ", "-"))
    title = f"Beneficial ownership statements of {name}, {date}".rstrip(", ")
    url = word(publisher.get("url"))
    return job.spool.document(Document(key, title, name, url=url, published=date, origin_group=f"bods-{name}"))


def _take_party(job: Job, record: str, versions: list[Statement]) -> None:
    if len(versions) > 1:
        job.report.note("earlier statement about a party, joined to the newest", len(versions) - 1)
    key = make_id(record)
    for number, statement in enumerate(versions):
        entity = party(statement.details, record, key, statement.place)
        job.spool.entity(entity if not number else replace(entity, type="", description=""))
    newest = versions[0]
    if newest.status == "closed":
        job.spool.entity(Entity(key, "", "", description=f"Record closed on {newest.date}.", place=newest.place))
    document = _document(job, newest)
    for text, countries in addresses(newest.details):
        if address := job.spool.address(text, countries, place=newest.place):
            job.spool.claim(Claim(key, address, "registered_at", document, locator=newest.id, place=newest.place))


def _end(statements: Statements, value: object) -> tuple[str, str]:
    """Id of an end, or the reason why it is not named."""
    if isinstance(value, str):
        return make_id(statements.record(value)), ""
    for end in objects(value):
        for name in ("describedByEntityStatement", "describedByPersonStatement"):
            if number := word(end.get(name)):
                return make_id(statements.record(number)), ""
        inner = next(iter(objects(end.get("unspecified"))), end)
        reason = word(inner.get("reason")) or "unknown"
        return "", f"{reason}. {word(inner.get('description'))}".strip()
    return "", "not stated"


def _take_relationship(job: Job, statements: Statements, record: str, versions: list[Statement]) -> None:
    if len(versions) > 1:
        job.report.note("earlier statement about a relationship, superseded by the newest", len(versions) - 1)
    newest = versions[0]
    closed = _closed(job, newest)
    stated = next((version for version in versions if objects(version.details.get("interests"))), newest)
    subject, missing = _end(statements, stated.details.get("subject"))
    if not subject:
        job.report.dropped("relationship without a subject", newest.place, missing)
        return
    owner, reason = _end(statements, stated.details.get("interestedParty"))
    if not owner:
        if reason.split(".")[0].replace("-", "").lower() in NOBODY:
            text = f"Statement on beneficial owners: {reason}"
            job.spool.entity(Entity(subject, "", "", description=text, place=newest.place))
            job.report.note("relationship that says that there is no owner to name; kept in the subject's description")
            return
        owner = job.spool.entity(
            Entity(
                make_id(f"unspecified-{record}"),
                "organization",
                f"Unspecified interested party ({record})",
                description=f"Not named in the statement: {reason}",
                place=newest.place,
            )
        )
    _take_interests(job, stated, (owner, subject), closed)


def _closed(job: Job, newest: Statement) -> str:
    """Date on which a record was closed at the latest, so that a relation that has ended never passes for one."""
    if newest.status != "closed":
        return ""
    if newest.date:
        return newest.date
    job.report.note("closed record without a date; the date of publication is taken as its end")
    return word(newest.publication.get("publicationDate")) or publication_date(job, job.files)


def _take_interests(job: Job, statement: Statement, ends: tuple[str, str], closed: str) -> None:
    details = statement.details
    document = _document(job, statement)
    chain = bool(details.get("componentRecords") or details.get("componentStatementIDs"))
    kinds = statement.source.get("type")
    several = kinds if isinstance(kinds, list) else [kinds]
    sources = [kind for kind in several if isinstance(kind, str)]
    credibility = min((CREDIBILITY.get(kind, "3") for kind in sources), default="2")
    interests: list[Mapping[str, Any]] = objects(details.get("interests")) or [{"type": "interest not stated"}]
    # One figure beside a span would pass for the whole; then both stay in words, where stakes are read as limits.
    span = any(share_words(each) and not exact_share(each) for each in interests if relation_of(each, chain) == "owns")
    own = own_standing(statement.standing)
    for interest in interests:
        kind = relation_of(interest, chain)
        claim = Claim(
            *ends,
            kind,
            document,
            credibility=credibility,
            start=word(interest.get("startDate"))[:10],
            end=word(interest.get("endDate"))[:10] or closed[:10],
            share=exact_share(interest) if kind == "owns" and not span else "",
            description=f"{interest_text(interest)}.".capitalize(),
            locator=statement.id,
            place=statement.place,
        )
        for status, stance in own or [(claim.status, claim.stance)]:
            job.spool.claim(replace(claim, status=status, stance=stance))
        job.report.saw("interest")
