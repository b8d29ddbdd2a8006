"""The forms in which a table may lie in its folder: CSV, CSV packed by gzip or Zstandard, and Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SUFFIXES = (".csv", ".csv.gz", ".csv.zst", ".parquet")
"""What a table's file may be called, after the table's name."""

LARGEST_FACTOR = 200
"""A packed file that grows by more than this, and past ``SMALL``, is refused: text does not pack so well."""
SMALL = 1 << 26
STEP = 1 << 22


def table_files(folder: Path, table: str) -> list[Path]:
    """Files of a table that are there, in the order of ``SUFFIXES``; one of them at most in a sound folder."""
    return [path for path in (folder / f"{table}{suffix}" for suffix in SUFFIXES) if path.exists()]


def table_names(table: str) -> tuple[str, ...]:
    """Every name that the file of a table may have."""
    return tuple(f"{table}{suffix}" for suffix in SUFFIXES)


def unpacked(path: Path) -> bytes:
    """Bytes of a CSV, unpacked where its name says so.

    Raises
    ------
    OSError
        It cannot be read, is damaged, or grows beyond reason.
    """
    if path.suffix == ".csv":
        return path.read_bytes()
    import pyarrow as pa

    limit = max(SMALL, LARGEST_FACTOR * path.stat().st_size)
    parts, size = [], 0
    try:
        with pa.input_stream(path, compression="gzip" if path.suffix == ".gz" else "zstd") as stream:
            while part := stream.read(STEP):
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise OSError(0, f"it unpacks to more than {limit:,} bytes")
    except OSError as error:
        raise OSError(error.errno or 0, error.strerror or "it is damaged, or not packed as its name says") from error
    return b"".join(parts)


def parquet_text(path: Path) -> tuple[list[str], Any]:
    """Columns of a Parquet file, every cell as the text that a CSV would hold.

    Returns
    -------
    names, table
        Names as they stand in the file, and a ``pyarrow.Table`` of large strings with columns ``"0"``, ``"1"`` ...;
        a missing value is the empty text, a whole number has no decimal point.

    Raises
    ------
    OSError
        It cannot be read, is damaged, or a column holds something that is no text, number, truth value or date.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path, memory_map=True)
        columns = [_text(name, table[number]) for number, name in enumerate(table.column_names)]
    except pa.ArrowException as error:
        raise OSError(0, f"it is no sound Parquet file ({str(error).splitlines()[0][:80]})") from error
    return table.column_names, pa.table(dict(zip(map(str, range(len(columns))), columns, strict=True)))


def _text(name: str, column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise OSError(0, f"its column {name!r} holds {kind}, which is no text")
    if pa.types.is_floating(kind):
        column = _short(column)
    return pc.fill_null(pc.cast(column, pa.large_string()), "")


def _short(column: Any) -> Any:
    """Fractions as the shortest text that means them; NaN is a missing value."""
    import pyarrow as pa

    def cell(value: float | None) -> str | None:
        if value is None or value != value:  # noqa: PLR0124  (NaN)
            return None
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)

    coded = column.combine_chunks().dictionary_encode()
    words = pa.array([cell(value) for value in coded.dictionary.to_pylist()], pa.large_string())
    return words.take(coded.indices)
