"""Which engine at which size: by estimated bytes against free memory, and never Spark unasked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from netscam.engines.duck import MISSING, DuckTables
from netscam.engines.source import Source
from netscam.engines.spark import SparkTables
from netscam.engines.tables import EngineError, Tables
from netscam.errors import UnknownNameError

ENGINES = ("auto", "igraph", "duckdb", "spark")
SHARE = 0.6
"""Share of the free memory that an analysis in memory may be expected to fill."""
CLUSTER_FROM = 1_000_000_000
"""Ties from which a cluster is worth a word."""
UNKNOWN = 2 << 30
"""Free bytes that are assumed where the system does not say."""


@dataclass(frozen=True)
class Choice:
    """An engine and why: ``engine`` is ``igraph``, ``duckdb`` or ``spark``, ``why`` one sentence."""

    engine: str
    why: str


def free_memory() -> int:
    """Bytes that a process may still take: what the system says is available, or less where a control group says so."""
    available = _available()
    limit, used = (_number(f"/sys/fs/cgroup/memory.{name}") for name in ("max", "current"))
    return available if limit is None else max(0, min(available, limit - (used or 0)))


def _available() -> int:
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    if not hasattr(os, "sysconf"):  # Windows
        return UNKNOWN
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def _number(path: str) -> int | None:
    try:
        text = Path(path).read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None


def choose_engine(source: Source, engine: str = "auto", *, master: str = "", free: int | None = None) -> Choice:
    """Choose where a network is analysed.

    Parameters
    ----------
    source
        The network.
    engine
        ``auto``, ``igraph``, ``duckdb`` or ``spark``. ``auto`` takes igraph where the estimate fits into 60 % of the
        free memory, else DuckDB; never Spark.
    master
        Spark's master; only with ``spark``.
    free
        Bytes of free memory, to ask what would be chosen elsewhere.

    Raises
    ------
    UnknownNameError
        No such engine.
    EngineError
        A master without Spark, or ``auto`` needs an engine that is not installed.
    """
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    if master and engine != "spark":
        raise EngineError("--master is for --engine spark; auto never starts Spark")
    if engine != "auto":
        return Choice(engine, f"{engine} was asked for")
    need, have = source.memory(), free_memory() if free is None else free
    if need is None:
        raise EngineError(f"{source.place} is not on this machine: say --engine spark and its --master")
    room = f"about {_size(need)} needed in memory, {_size(have)} free"
    if need <= SHARE * have:
        return Choice("igraph", room)
    if find_spec("duckdb") is None:
        raise EngineError(f"this network outgrows memory ({room}). {MISSING}")
    many = (source.rows() or 0) >= CLUSTER_FROM
    return Choice("duckdb", room + ("; a cluster would take it: --engine spark --master ..." if many else ""))


def open_tables(engine: str, *, master: str = "", memory: str = "", work: str = "") -> Tables:
    """Start a session of DuckDB or Spark.

    Parameters
    ----------
    engine
        ``duckdb`` or ``spark``.
    master
        Spark's master, by default ``local[*]``.
    memory
        Most memory, for example ``4GB``.
    work
        Folder for tables between steps; with a cluster one that all its machines share.

    Raises
    ------
    EngineError
        The library, Java or the cluster is missing; the message says which extra brings it.
    """
    if engine == "duckdb":
        return DuckTables(memory_limit=memory, work=work)
    return SparkTables(master or "local[*]", work=work, memory=memory.lower().removesuffix("b"))


def _size(number: int) -> str:
    for unit, bytes_ in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6)):
        if number >= bytes_:
            return f"{number / bytes_:.1f} {unit}"
    return f"{number / 1000:.0f} kB"
