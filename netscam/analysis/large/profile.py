"""What the steps of an analysis take, and what ten times as much would."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from netscam.analysis.large.size import EXACT_VERTICES
from netscam.errors import NetscamError

if TYPE_CHECKING:
    import pandas as pd

EXPONENTS: Mapping[str, float] = MappingProxyType(
    {
        "read": 1.0,
        "validate": 1.0,
        "tables": 1.0,
        "graph": 1.2,
        "degree": 1.0,
        "components": 1.3,
        "coreness": 1.3,
        "pagerank": 1.3,
        "articulation": 1.0,
        "constraint": 1.0,
        "communities (1 run)": 1.4,
        **dict.fromkeys(("betweenness", "closeness", "harmonic"), 2.0),
    }
)
"""Growth of the time of each step with the number of relations, as ``bench_growth`` fits it between 100,000 and a
million relations of a heavy-tailed network that it draws (two cores, igraph 1.0; 1 where it found less). Above 1.1 it
is not the number of operations but memory: the first network fits into the processor's cache, the second does not.
Exact shortest-path measures grow as n times m; that is not fitted."""

STEPS = ("degree", "components", "coreness", "pagerank", "articulation", "constraint", "communities (1 run)")
SLOW = ("harmonic", "betweenness")
FACTOR = 10
SAMPLES_PER_SECOND = 200


@dataclass
class Profile:
    """Seconds and memory of the steps that were watched.

    Parameters
    ----------
    rows
        One per step: ``step``, ``seconds``, ``cpu`` (of all threads), ``peak_mb`` (most memory of the process during
        the step), ``added_mb`` (how much of it the step added to what was there before), ``how`` (exact or sampled).
    """

    rows: list[dict[str, Any]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, how: str = "exact") -> Iterator[None]:
        """Watch the block as one step."""
        before = _resident()
        started, used = time.perf_counter(), time.process_time()
        with _watched() as most:
            yield
        peak = max(most(), before)
        self.rows.append(
            {
                "step": name,
                "seconds": time.perf_counter() - started,
                "cpu": time.process_time() - used,
                "peak_mb": peak / 2**20,
                "added_mb": (peak - before) / 2**20,
                "how": how,
            }
        )

    def to_frame(self, *, vertices: int) -> pd.DataFrame:
        """The steps with what ten times as many relations would need.

        Parameters
        ----------
        vertices
            Of the graph: where ten times as many are above the size up to which shortest-path measures are exact, the
            forecast is for the sample that is then drawn, no more than about the same number of visits.

        Returns
        -------
        pandas.DataFrame
            Columns ``step, seconds, cpu, peak_mb, added_mb, how, exponent, seconds_x10, peak_mb_x10``. The forecast is
            ``seconds * 10 ** exponent``, and memory ten times what the data took on top of the libraries; for steps
            below 10 ms and datasets of a few thousand relations they say little.
        """
        import pandas as pd

        frame = pd.DataFrame(self.rows)
        sampled = frame["step"].isin(SLOW) & (vertices * FACTOR > EXACT_VERTICES)
        frame["exponent"] = frame["step"].map(EXPONENTS)
        frame.loc[sampled & frame["how"].eq("sampled"), "exponent"] = 0.3
        frame["seconds_x10"] = frame["seconds"] * FACTOR ** frame["exponent"]
        bare = float(frame["peak_mb"].iloc[0] - frame["added_mb"].iloc[0])
        frame["peak_mb_x10"] = bare + FACTOR * (frame["peak_mb"] - bare)
        return frame


def graph_steps(graph: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Measures of a graph that a profile runs: the name of each, and what computes it."""
    from netscam.analysis.communities import find_communities
    from netscam.analysis.large.run import run_measure

    def measured(name: str) -> Callable[[], Any]:
        return lambda: run_measure(name, graph, weighted=False, method="auto", seed=0)

    for name in (*STEPS, *SLOW):
        if name == "components":
            yield name, lambda: graph.connected_components().membership
        elif name == "communities (1 run)":
            yield name, lambda: find_communities(graph, runs=1)
        else:
            yield name, measured(name)


def _resident() -> int:
    """Bytes of memory that the process holds now."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        try:
            import resource
        except ModuleNotFoundError:
            raise NetscamError("memory is measured on Linux and macOS only") from None
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return pages * 4096


@contextmanager
def _watched() -> Iterator[Callable[[], int]]:
    """Look at the memory again and again while the block runs; the value is a function that gives the most seen."""
    most, done = [_resident()], threading.Event()

    def look() -> None:
        while not done.wait(1 / SAMPLES_PER_SECOND):
            most[0] = max(most[0], _resident())

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        most[0] = max(most[0], _resident())
        done.set()
        watcher.join()
