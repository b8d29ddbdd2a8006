"""How much an answer hangs on each parameter: one setting varied at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from netscam.analysis.recovery.api import answer, plan
from netscam.analysis.recovery.models import MODELS
from netscam.analysis.recovery.result import mean, quantiles
from netscam.analysis.recovery.settings import full_settings
from netscam.analysis.recovery.simulate import METRICS, make_ensemble
from netscam.analysis.recovery.situation import situation

if TYPE_CHECKING:
    import pandas as pd

VARIED: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "success": (0.1, 0.25, 0.5, 1.0),
        "together": (0.0, 0.5, 1.0),
        "degree": (0.0, 1.0, 2.0, 50.0),
        "distance": (0.0, 1.0, 2.0, 50.0),
        "role": (0.0, 1.0, 4.0),
        "min_fit": (0.0, 0.5, 1.0),
        "same_type": (0.0, 1.0),
        "stranger": (0.0, 0.1, 1.0),
        "memory": (0.0, 1.0),
        "closure": (0.0, 0.5, 1.0),
        "sites": (0.0, 1.0),
        "reopen": (0.1, 0.5, 1.0),
        "owners": (0.5, 1.0),
        "follow": (0.0, 0.5, 1.0),
        "host": (0.0, 0.5, 1.0),
        "spread": (0.05, 0.2, 1.0),
        "pace": (1.0, 2.0, 4.0, 8.0),
        "horizon": (4.0, 20.0, 50.0),
        "recovered": (0.9, 0.95, 1.0),
    }
)
"""Values that a sweep tries where none are given; every setting has some."""
OF_SITES = frozenset({"reopen", "owners", "follow", "host", "spread"})


def sweep(
    graph: Any,
    strategy: str | Sequence[str] = "leaders",
    *,
    model: str = "role",
    vary: Mapping[str, Sequence[float]] | None = None,
    steps: int = 10,
    runs: int = 100,
    draws: int = 0,
    settings: Mapping[str, float] | None = None,
    seed: int = 0,
    workers: int = 1,
) -> pd.DataFrame:
    """Vary the settings of a reaction one at a time, on the same runs.

    Parameters
    ----------
    graph, strategy, model, steps, runs, draws, seed, workers
        As for ``recovery``.
    vary
        Values to try by setting; by default ``VARIED``, settings of sites only where the network has sites.
    settings
        What all rows share, instead of the model's.

    Returns
    -------
    pandas.DataFrame
        One row for each setting, value and metric: ``setting, value, base`` (whether this is what the model has
        anyway), ``metric``, relative ``change`` at the settled end with ``low, median, high``, and ``recovered``: the
        share of runs in which efficiency came back to the start.

    Raises
    ------
    GraphError, UnknownNameError
        As for ``recovery``.
    """
    import pandas as pd

    case = situation(graph)
    ensemble = make_ensemble(case, runs=runs, draws=draws, seed=seed, workers=workers)
    planned = plan(case, strategy, steps, seed)
    base = full_settings(MODELS[model].function(), settings)
    chosen = vary if vary is not None else {
        name: values for name, values in VARIED.items() if len(case.sites) or name not in (*OF_SITES, "sites")
    }  # fmt: skip
    rows: list[dict[str, Any]] = []
    for name, values in chosen.items():
        for value in values:
            extra = {"sites": 1.0} if name in OF_SITES else {}
            given = {**(settings or {}), **extra, name: value}
            result = answer(case, (strategy, *planned), model, ensemble, settings=given, seed=seed)
            for metric in METRICS:
                change = result.changes(metric)
                low, median, high = quantiles(change)
                rows.append(
                    {
                        "setting": name,
                        "value": float(value),
                        "base": base.get(name) == float(value),
                        "metric": metric,
                        "change": mean(change),
                        "low": low,
                        "median": median,
                        "high": high,
                        "recovered": result.recovered,
                    }
                )
    return pd.DataFrame(rows)
