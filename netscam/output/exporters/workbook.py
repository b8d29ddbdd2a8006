"""Tables for spreadsheets and data frames: XLSX and Parquet."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from netscam.errors import OutputError
from netscam.output.exporters.base import EXPORTERS, clean
from netscam.output.tables import guarded

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset

EPOCH = (1980, 1, 1, 0, 0, 0)
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575


@EXPORTERS.add("xlsx", suffix=".xlsx")
def xlsx(data: Dataset) -> bytes:
    """XLSX workbook: a sheet for what it is, one for each table; no cell is a formula.

    A text that begins like a formula gets an apostrophe in front, and a text longer than the 32,767 characters that a
    cell holds is cut and ends in ``...``.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise OutputError("writing XLSX needs the extra 'lists': pip install 'netscam[lists]'") from error
    book = Workbook(write_only=True)
    about = book.create_sheet("about")
    facts = {"title": data.title, "name": data.name, "version": data.version, "as of": data.as_of}
    for name, value in {**facts, "hash": data.hash(), "caveat": data.caveat}.items():
        about.append([name, _cell(value)])
    for name, frame in data.tables().items():
        if len(frame) > MOST_ROWS:
            raise OutputError(f"{name} has {len(frame):,} rows and a sheet holds {MOST_ROWS:,}; use --to parquet")
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        sheet.append(list(frame.columns))
        for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None):
            sheet.append([_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        text = guarded(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", clean(value)))
        return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 4] + " ..."
    return value


def _timeless(content: bytes) -> bytes:
    """Give a workbook the same bytes on every run: openpyxl writes the time into it twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.infolist(), key=lambda entry: entry.filename):
            body = old.read(entry)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", body)
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@EXPORTERS.add("parquet", suffix="/")
def parquet(data: Dataset) -> dict[str, str | bytes]:
    """Parquet: one file a table, for pandas, polars, DuckDB, R and Spark; caveat and hash in the metadata of each."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    facts = {"netscam.dataset": data.name, "netscam.version": data.version, "netscam.as_of": data.as_of}
    facts |= {"netscam.hash": data.hash(), "netscam.caveat": data.caveat}
    files: dict[str, str | bytes] = {}
    for name, frame in data.tables().items():
        content = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(facts)
        out = pa.BufferOutputStream()
        pq.write_table(content, out, compression="zstd")
        files[f"{name}.parquet"] = out.getvalue().to_pybytes()
    return files
