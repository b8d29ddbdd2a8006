"""The question in public debate, as a table: strategies against models of reaction, with intervals."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.analysis.recovery.api import answer, plan
from netscam.analysis.recovery.models import MODELS
from netscam.analysis.recovery.result import Recovery, mean, quantiles, without_nan
from netscam.analysis.recovery.settings import full_settings
from netscam.analysis.recovery.simulate import METRICS, make_ensemble
from netscam.analysis.recovery.situation import situation
from netscam.analysis.recovery.strategies import LISTED, STRATEGIES
from netscam.errors import GraphError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from netscam.analysis.recovery.situation import Situation

ANY = "any reaction"
"""Row over all models that react, each with the same weight; ``displacement`` repeats ``role`` where no site is hit."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Strategies under several models of reaction, all on the same runs.

    Parameters
    ----------
    results
        One result for each pair of strategy and model, in order.
    notes
        What the reader must know.
    """

    results: Mapping[tuple[str, str], Recovery]
    notes: tuple[str, ...] = ()

    @property
    def strategies(self) -> tuple[str, ...]:
        """Names of the strategies."""
        return tuple(dict.fromkeys(strategy for strategy, _ in self.results))

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the models, without the row over all."""
        return tuple(dict.fromkeys(model for _, model in self.results))

    def changes(self, strategy: str, model: str, metric: str = "efficiency") -> NDArray[np.float64]:
        """Relative change from start to settled end in every run; for ``ANY`` the runs of all models that react."""
        chosen = self._reacting() if model == ANY else (model,)
        return np.concatenate([self.results[strategy, name].changes(metric) for name in chosen])

    def to_frame(self) -> pd.DataFrame:
        """One row for each strategy, model and metric.

        ``start`` (mean over runs), relative ``change`` at the settled end (mean) with ``low, median, high`` (5 %,
        50 %, 95 % of the runs), and ``recovered``: the share of the runs in which efficiency came back to the start.
        With draws the interval holds the doubt of the record and chance; in the rows of ``any reaction`` also the
        doubt which model holds.
        """
        import pandas as pd

        rows = [
            self._row(strategy, model, metric)
            for strategy in self.strategies
            for model in (*self.models, *((ANY,) if self._reacting() else ()))
            for metric in METRICS
        ]
        return pd.DataFrame(rows)

    def versus(self, first: str, second: str, metric: str = "efficiency") -> pd.DataFrame:
        """Difference of two strategies, run by run: columns ``model, difference, low, median, high, first_lower``.

        ``difference`` is change of the first minus change of the second, in shares of the start; below 0 the first
        leaves less. ``first_lower`` is the share of the runs in which it does (ties count half). Both strategies meet
        the same drawn network and the same random numbers in a run.
        """
        import pandas as pd

        rows = []
        for model in (*self.models, *((ANY,) if self._reacting() else ())):
            gap = self.changes(first, model, metric) - self.changes(second, model, metric)
            low, median, high = quantiles(gap)
            defined = gap[~np.isnan(gap)]
            lower = mean(np.where(np.abs(defined) < 1e-12, 0.5, (defined < 0).astype(np.float64)))
            rows.append((model, mean(gap), low, median, high, lower))
        return pd.DataFrame(rows, columns=["model", "difference", "low", "median", "high", "first_lower"])

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: ``rows`` (of ``to_frame``), ``results`` without their curves, ``notes``."""
        found = {
            "rows": self.to_frame().to_dict("records"),
            "results": [
                {
                    "strategy": result.strategy,
                    "model": result.model,
                    "settings": dict(result.settings),
                    "parameters": dict(result.parameters),
                    "reading": result.reading(),
                    "summary": result.summary(),
                }
                for result in self.results.values()
            ],
            "notes": list(self.notes),
            "versions": dict(next(iter(self.results.values())).versions),
        }
        return {key: without_nan(value) for key, value in found.items()}

    def to_json(self) -> str:
        """``to_dict`` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def _repr_html_(self) -> str:
        frame = self.to_frame()
        shown = frame[frame["metric"] == "efficiency"].drop(columns="metric")
        return str(shown.to_html(index=False, float_format=lambda number: f"{number:.3g}"))

    def _reacting(self) -> tuple[str, ...]:
        return tuple(model for model in self.models if model != "none")

    def _row(self, strategy: str, model: str, metric: str) -> dict[str, Any]:
        chosen = self._reacting() if model == ANY else (model,)
        found = [self.results[strategy, name] for name in chosen]
        change = self.changes(strategy, model, metric)
        low, median, high = quantiles(change)
        return {
            "strategy": strategy,
            "model": model,
            "metric": metric,
            "steps": found[0].parameters["steps"],
            "start": float(np.mean([result.values[metric][:, 0, 1].mean() for result in found])),
            "change": mean(change),
            "low": low,
            "median": median,
            "high": high,
            "recovered": float(np.mean([result.recovered for result in found])),
        }


def compare(
    graph: Any,
    strategies: Sequence[str] = ("leaders", "low-level", "recruiters", "finance"),
    models: Sequence[str] | None = None,
    *,
    steps: int = 10,
    runs: int = 200,
    draws: int = 0,
    settings: Mapping[str, float] | None = None,
    seed: int = 0,
    workers: int = 1,
) -> Comparison:
    """Ask of several strategies what each leaves under several models of reaction.

    Parameters
    ----------
    graph, steps, runs, draws, settings, seed, workers
        As for ``recovery``; ``settings`` hold for every model but ``none``.
    strategies
        Names of ``STRATEGIES``. All take the same number of nodes: as many as the shortest has.
    models
        Names of ``MODELS``; by default all that the network allows.

    Returns
    -------
    Comparison
        ``to_frame()`` for the table, ``versus("leaders", "low-level")`` for the difference of two.

    Raises
    ------
    GraphError, UnknownNameError
        As for ``recovery``; also without a strategy or model.
    """
    case = situation(graph)
    wanted = [STRATEGIES[name].name for name in dict.fromkeys(strategies)]
    chosen = [MODELS[name].name for name in dict.fromkeys(models)] if models is not None else _possible(case)
    if not wanted or not chosen:
        raise GraphError("comparing needs at least one strategy and one model")
    plans = {name: plan(case, name, steps, seed) for name in wanted}
    notes = tuple(note for _, told in plans.values() for note in told)
    common = min(len(order) for order, _ in plans.values())
    if common < steps:
        plans = {name: plan(case, name, common, seed) for name in wanted}
        notes = (*notes, f"all strategies take {common} nodes")
    ensemble = make_ensemble(case, runs=runs, draws=draws, seed=seed, workers=workers)
    results: dict[tuple[str, str], Recovery] = {}
    for name, (order, _) in plans.items():
        for model in chosen:
            given = _of_model(model, settings)
            if model == "displacement" and (name, "role") in results and not _hits_sites(case, name, order[:common]):
                like = results[name, "role"]
                results[name, model] = replace(
                    like, model=model, settings=full_settings(MODELS[model].function(), given)
                )
            else:
                results[name, model] = answer(
                    case, (name, order[:common], ()), model, ensemble, settings=given, seed=seed
                )
    return Comparison(results, notes)


def comparable(
    case: Situation, strategies: Sequence[str], steps: int, *, least: int = 2, seed: int = 0
) -> tuple[list[str], int]:
    """Strategies that this network allows, and how many nodes all of them can take.

    The first ``least`` strategies that take anybody set the number; a later one that has fewer nodes is left out.
    """
    found: list[str] = []
    for name in strategies:
        try:
            size = len(plan(case, name, steps, seed)[0])
        except GraphError:
            continue
        if len(found) < least:
            steps = min(steps, size)
        if size >= steps:
            found.append(name)
    return found, steps


def _of_model(model: str, settings: Mapping[str, float] | None) -> dict[str, float]:
    """The caller's settings; what would make the model ``none`` react is left out."""
    kept = settings or {}
    return {name: value for name, value in kept.items() if model != "none" or name not in ("success", "reopen")}


def _hits_sites(case: Situation, strategy: str, order: list[int]) -> bool:
    return STRATEGIES[strategy].details["rule"] != LISTED or bool((case.site[order] >= 0).any())


def _possible(case: Situation) -> list[str]:
    def fits(name: str) -> bool:
        return (name != "role" or case.has_roles) and (name != "displacement" or len(case.sites) > 0)

    return [name for name in MODELS.names() if fits(name)]
