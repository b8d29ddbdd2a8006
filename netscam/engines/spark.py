"""Apache Spark: the user's own cluster, or this machine, through its public API (extra ``spark``)."""

from __future__ import annotations

import contextlib
import shutil
import socket
import warnings
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from netscam.engines.java import check_java
from netscam.engines.tables import Dialect, EngineError, Progress, Row, make_work, silent

if TYPE_CHECKING:
    import pandas as pd

SPARK = Dialect(
    ordinal="monotonically_increasing_id()",
    each_item="explode(split({cell}, ';'))",
    quote="`",
)
MISSING = "pyspark is not installed; the extra brings it: pip install 'netscam[spark]' (Java 17 is needed beside it)"
PORTS = {"spark": 7077, "sc": 15002}
KNOCK = 10.0
"""Seconds to wait for a host."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SparkTables:
    """Tables as Parquet in a work folder that driver and workers share, and a Spark session over them.

    Each kept table is written and read back: that cuts the plan, survives the loss of a worker, and is the only way
    that works through Spark Connect. ``localCheckpoint`` did not finish on long chains.

    Parameters
    ----------
    master
        ``local[2]``, ``spark://host:7077``, ``yarn``, ``k8s://...`` for a classic session; ``sc://host:15002`` for
        Spark Connect.
    work
        Folder or address (``hdfs://``, ``s3a://``) that the driver and every worker can read and write. Only a master
        on this machine does without: then a temporary folder.
    memory
        Memory of the driver and of every executor, for example ``4g``; classic sessions only.
    """

    name = "spark"
    dialect = SPARK
    memory = 0

    def __init__(self, master: str = "local[*]", *, work: str = "", memory: str = "") -> None:
        self.progress: Progress = silent
        self.remote = master.startswith("sc://")
        if not work and not on_this_machine(master):
            raise EngineError(f"{master} is another machine: --work must name a folder or address that it shares")
        self._remove = not work or "://" not in work
        self.work = work if "://" in work else str(make_work(work, self.name))
        try:
            self.session, self._own = _session(master, memory)
        except BaseException:
            self._clean()
            raise
        self._paths: dict[str, str] = {}
        self._made = 0

    def view(self, name: str, path: str, form: str) -> dict[str, str]:
        """Name Parquet or CSV files; see ``Tables``."""
        with _spark_errors():
            reader = self.session.read
            frame = (
                reader.parquet(path)
                if form == "parquet"
                else reader.options(header=True, quote='"', escape='"', multiLine=True).csv(path)
            )
            frame.createOrReplaceTempView(name)
            return {column: kind.lower() for column, kind in frame.dtypes}

    def keep(self, name: str, sql: str) -> None:
        """Write rows as Parquet and name them; see ``Tables``."""
        self.progress(name)
        self._made += 1
        path = f"{self.work}/{name}-{self._made}"
        with _spark_errors():
            self.session.sql(sql).write.parquet(path)
            self._adopt(name, path)

    def keep_frame(self, name: str, frame: Any) -> None:
        """Keep a data frame of Spark under a name."""
        frame.createOrReplaceTempView(f"{name}_given")
        self.keep(name, f"select * from {name}_given")

    def alias(self, name: str, sql: str) -> None:
        """Name a statement; see ``Tables``."""
        with _spark_errors():
            self.session.sql(sql).createOrReplaceTempView(name)

    def put(self, name: str, columns: Mapping[str, Sequence[int]]) -> None:
        """Keep numbers from memory; see ``Tables``."""
        import pyarrow as pa

        content = pa.table({key: pa.array(values, pa.int64()) for key, values in columns.items()})
        with _spark_errors():
            self.keep_frame(name, self.session.createDataFrame(content))

    def rows(self, sql: str) -> list[Row]:
        """Rows as tuples."""
        with _spark_errors():
            return [tuple(row) for row in self.session.sql(sql).collect()]

    def frame(self, sql: str) -> pd.DataFrame:
        """Rows as a table of pandas, by way of Arrow."""
        with _spark_errors():
            found: pd.DataFrame = self.session.sql(sql).toArrow().to_pandas()
            return found

    def write(self, sql: str, path: str) -> None:
        """Write a folder of Parquet parts."""
        with _spark_errors():
            self.session.sql(sql).write.mode("overwrite").parquet(path)

    def drop(self, *names: str) -> None:
        """Forget tables."""
        for name in names:
            self.session.catalog.dropTempView(name)
            self._forget(self._paths.pop(name, ""))

    def close(self) -> None:
        """End the session, if it was started here, and remove the work folder, unless that is an address."""
        if self._own:
            with contextlib.suppress(*_kinds()):
                self.session.stop()
        self._clean()

    def _adopt(self, name: str, path: str) -> None:
        self.session.read.parquet(path).createOrReplaceTempView(name)
        self._forget(self._paths.get(name, ""))
        self._paths[name] = path

    def _forget(self, path: str) -> None:
        if path and self._remove:
            shutil.rmtree(path, ignore_errors=True)

    def _clean(self) -> None:
        if self._remove:
            shutil.rmtree(self.work, ignore_errors=True)


def on_this_machine(master: str) -> bool:
    """Whether a master is this machine, so that a temporary folder is shared by all."""
    return master.startswith("local") or urlsplit(master).hostname in LOOPBACK


def check_reach(master: str) -> None:
    """Knock at a master before Spark does, which goes on for minutes where nobody answers.

    Raises
    ------
    EngineError
        Nothing listens at any of its hosts, or the address names none.
    """
    scheme, _, rest = master.partition("://")
    if scheme not in PORTS:
        return
    why: object = "no host is named"
    for place in rest.partition("/")[0].partition(";")[0].split(","):
        host, _, port = place.rpartition(":") if ":" in place else (place, "", str(PORTS[scheme]))
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK):
                return
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
    raise EngineError(f"Spark does not answer at {master}: {why}")


def _session(master: str, memory: str) -> tuple[Any, bool]:
    """A session, and whether it is ours to end: one that runs in this process already is used and left running."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(MISSING) from None
    check_reach(master)
    with warnings.catch_warnings(), _spark_errors(f"Spark does not answer at {master}"):
        warnings.simplefilter("ignore", FutureWarning)
        if master.startswith("sc://"):
            return SparkSession.builder.remote(master).appName("netscam").create(), True
        if (running := SparkSession.getActiveSession()) is not None:
            return running, False
        check_java()
        builder = SparkSession.builder.master(master).appName("netscam")
        for key, value in _settings(master, memory).items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        return session, True


def _settings(master: str, memory: str) -> dict[str, str]:
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    if on_this_machine(master):
        own = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings |= {**own, "spark.sql.shuffle.partitions": "4", "spark.default.parallelism": "4"}
    if memory:
        settings |= {"spark.driver.memory": memory, "spark.executor.memory": memory}
    return settings


def _kinds() -> tuple[type[Exception], ...]:
    """What Spark, py4j and gRPC raise, as far as they are installed."""
    kinds: list[type[Exception]] = [ConnectionError]
    for module, name in (("pyspark.errors", "PySparkException"), ("py4j.protocol", "Py4JError"), ("grpc", "RpcError")):
        with contextlib.suppress(ImportError):  # the thin client has no py4j, the plain package no grpc
            kinds.append(getattr(import_module(module), name))
    return tuple(kinds)


@contextlib.contextmanager
def _spark_errors(what: str = "Spark") -> Iterator[None]:
    """Errors of Spark, py4j and gRPC as one line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _kinds() as error:
        raise EngineError(f"{what}: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """What went wrong, without the trace that Spark puts after it."""
    told = getattr(error, "java_exception", None) or error
    lines = [line.strip() for line in str(told).split("\n") if line.strip()]
    return lines[0][:400] if lines else type(error).__name__
