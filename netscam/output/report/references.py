"""Sources of a report: numbered citations, CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from netscam.output.report.model import Reference

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset

CSL_TYPES = {"court": "legal_case", "press": "article-newspaper", "academic": "article-journal", "dataset": "dataset"}
"""CSL type by kind of document; ``report`` for the others."""
BIBTEX_TYPES = {"academic": "article"}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def number_references(data: Dataset, documents: Sequence[str]) -> tuple[Reference, ...]:
    """Citations numbered from 1 in the order given."""
    rows = _rows(data)
    return tuple(
        Reference(number, document, _citation(rows[document]), _link(rows[document]))
        for number, document in enumerate(documents, start=1)
    )


def csl_json(data: Dataset, documents: Sequence[str]) -> str:
    """The documents as CSL-JSON, as Zotero and Pandoc read it; ids are those of the dataset."""
    rows = _rows(data)
    return json.dumps([_csl(rows[document]) for document in documents], ensure_ascii=False, indent=2) + "\n"


def bibtex(data: Dataset, documents: Sequence[str]) -> str:
    """The documents as BibTeX (UTF-8); keys are the ids of the dataset."""
    rows = _rows(data)
    return "\n".join(_bibtex(rows[document]) for document in documents)


def _rows(data: Dataset) -> dict[str, dict[str, str]]:
    return {str(row["id"]): {str(k): str(v) for k, v in row.items()} for row in data.documents.to_dict("records")}


def _citation(row: dict[str, str]) -> str:
    date = row["published"] or "no date of publication known"
    seen = f" Accessed {row['accessed']}." if row["accessed"] else ""
    grade = f"Reliability {row['reliability']}." if row["reliability"] else ""
    return f"{row['publisher']}: {row['title'].rstrip('.')}. {date}.{seen} {grade} ({row['id']})"


def _link(row: dict[str, str]) -> str:
    """The document's address if it is one of the web, else nothing."""
    link = row["url"] or row["archived_url"]
    return link if re.match(r"https?://", link) else ""


def _date_parts(date: str) -> dict[str, Any] | None:
    parts = [int(part) for part in date.split("-") if part.isdigit()]
    return {"date-parts": [parts]} if parts else None


def _csl(row: dict[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": row["id"],
        "type": CSL_TYPES.get(row["kind"], "report"),
        "title": row["title"],
        "publisher": row["publisher"],
        "author": [{"literal": row["publisher"]}],
    }
    optional = {
        "issued": _date_parts(row["published"]),
        "accessed": _date_parts(row["accessed"]),
        "URL": _link(row),
        "archive_location": row["archived_url"],
        "language": row["language"],
    }
    return entry | {key: value for key, value in optional.items() if value}


def _bibtex(row: dict[str, str]) -> str:
    fields = {
        "title": "{" + _escaped(row["title"]) + "}",
        "author": "{" + _escaped(row["publisher"]) + "}",
        "publisher": _escaped(row["publisher"]),
        "year": row["published"][:4],
        "date": row["published"],
        "url": re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign.group()):02X}", _link(row)),
        "urldate": row["accessed"],
        "langid": row["language"],
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{BIBTEX_TYPES.get(row['kind'], 'misc')}{{{row['id']},\n{body}}}\n"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in " ".join(text.split()))
