"""What a recovery study answers with."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.analysis.recovery.simulate import METRICS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

LEVEL = 0.90
"""Share of the runs between the ends of a band."""
CUTS = (0.5 - LEVEL / 2, 0.5, 0.5 + LEVEL / 2)
MOMENTS = ("hit", "settled")
"""Just after a removal, and after the rounds of reaction that follow it."""


@dataclass(frozen=True, eq=False)
class Recovery:
    """Removals, what they did at once, and what was left after the network had reacted.

    Parameters
    ----------
    strategy, model
        Names; ``list`` for a list of ids.
    values
        For each metric the value in every run, shape (runs, steps + 1, 2): before anything (both the same), then after
        each removal at once (``hit``) and after the reaction (``settled``).

        ``efficiency``
            global efficiency (Latora & Marchiori 2001): mean of 1 / steps over ordered pairs of the nodes that are
            there, 0 for a pair without a path; the measure of Duijn et al. 2014. It can rise when a node with few ties
            goes, since the node no longer counts.
        ``efficiency_of_start``
            the same sum over the pairs that there were at the start, so that a lost node is a loss.
        ``connected_pairs``, ``largest_component``
            counts of pairs and nodes.
        ``density``
            ties over pairs of the nodes that are there.
    rounds
        Rounds after the last removal until efficiency is back at the share ``recovered`` of the start, shape (runs,);
        NaN where it is not within ``horizon``.
    healed
        The same after each removal, against efficiency just before it, shape (runs, steps); waited for ``pace`` rounds,
        after the last removal for ``horizon``.
    targets
        Who was removed: ``step, id``, then ``name, type`` where known, ``share`` of the runs.
    stepped_in
        Who took over ties: ``id``, then ``name, type`` where known, ``share`` of the runs in which the node did,
        ``ties`` per run, ``synthetic``. A row with ``synthetic`` true is a site that the model opened: no entity of the
        record; its id says after which closed site, ``share`` is how often it opened per run, ``ties`` is empty.
    settings
        Every parameter of the reaction.
    parameters
        ``steps, runs, draws, seed, prior, level``.
    notes
        What the reader must know, such as a strategy with fewer nodes than steps.
    versions
        Versions of netscam and the libraries.

    Notes
    -----
    A model of reaction is a what-if, not a forecast: it moves ties in the network as recorded. Who steps in is where
    the model's draw lands, a position in the recorded network; it says nothing about what anybody did or will do.
    """

    strategy: str
    model: str
    values: Mapping[str, NDArray[np.float64]]
    rounds: NDArray[np.float64]
    healed: NDArray[np.float64]
    targets: pd.DataFrame
    stepped_in: pd.DataFrame
    settings: Mapping[str, float]
    parameters: Mapping[str, Any]
    notes: tuple[str, ...]
    versions: Mapping[str, str]

    @property
    def recovered(self) -> float:
        """Share of the runs in which efficiency came back within ``horizon`` rounds."""
        return float(np.mean(~np.isnan(self.rounds)))

    def changes(self, metric: str = "efficiency") -> NDArray[np.float64]:
        """Relative change from the start to the settled end, shape (runs,); NaN where the start is 0."""
        first, last = self.values[metric][:, 0, 1], self.values[metric][:, -1, 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(first > 0, last / first - 1, np.nan)

    def relative(self, metric: str = "efficiency", moment: str = "settled") -> pd.DataFrame:
        """A curve in shares of the start, run by run: columns ``step, mean, low, high`` (5 % and 95 %)."""
        import pandas as pd

        values = self.values[metric][:, :, MOMENTS.index(moment)]
        shares = np.where(values[:, :1] > 0, values, np.nan) / np.where(values[:, :1] > 0, values[:, :1], 1)
        spread = [(mean(shares[:, step]), *quantiles(shares[:, step])) for step in range(shares.shape[1])]
        rows = [(step, middle, low, high) for step, (middle, low, _, high) in enumerate(spread)]
        return pd.DataFrame(rows, columns=["step", "mean", "low", "high"])

    def to_frame(self) -> pd.DataFrame:
        """Curves over the removals.

        ``step, moment`` (hit or settled), ``recovered`` (share of runs at or above the goal), and for each metric its
        mean over runs and ``_low, _median, _high``: the 5 %, 50 % and 95 % quantiles.
        """
        import pandas as pd

        steps = self.values[METRICS[0]].shape[1]
        rows: dict[str, Any] = {
            "step": np.repeat(np.arange(steps), 2)[1:],
            "moment": ["settled", *(MOMENTS * (steps - 1))],
        }
        efficiency = self.values["efficiency"]
        goal = self.settings["recovered"] * efficiency[:, :1, :1] * (1 - 1e-12)
        rows["recovered"] = (efficiency >= goal).mean(axis=0).ravel()[1:]
        for metric, values in self.values.items():
            rows[metric] = values.mean(axis=0).ravel()[1:]
            for name, line in zip(("low", "median", "high"), np.quantile(values, CUTS, axis=0), strict=True):
                rows[f"{metric}_{name}"] = line.ravel()[1:]
        return pd.DataFrame(rows)

    def summary(self) -> dict[str, Any]:
        """The end in numbers: for each metric the start and the relative change with its band; times to recover.

        ``rounds_to_recover``: from the last removal back to the start; ``rounds_per_removal``: from each removal back
        to just before it. Both with the share that ``recovered`` and the rounds of those that did.
        """
        found: dict[str, Any] = {}
        for metric, values in self.values.items():
            change = self.changes(metric)
            low, median, high = quantiles(change)
            found[metric] = {
                "start": float(values[:, 0, 1].mean()),
                "hit": float(values[:, -1, 0].mean()),
                "settled": float(values[:, -1, 1].mean()),
                "change": mean(change),
                "low": low,
                "median": median,
                "high": high,
            }
        low, median, high = quantiles(self.rounds)
        found["rounds_to_recover"] = {"recovered": self.recovered, "low": low, "median": median, "high": high}
        low, median, high = quantiles(self.healed.ravel())
        healed = float(np.mean(~np.isnan(self.healed)))
        found["rounds_per_removal"] = {"recovered": healed, "low": low, "median": median, "high": high}
        return found

    def reading(self) -> str:
        """What the numbers say, in plain words."""
        from netscam.analysis.recovery.reading import tell

        return tell(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON.

        ``strategy, model, parameters, settings, notes, reading, summary, rows`` (of ``to_frame``), ``targets``,
        ``stepped_in``, ``versions``; undefined numbers are None.
        """
        plain = {
            "strategy": self.strategy,
            "model": self.model,
            "parameters": dict(self.parameters),
            "settings": dict(self.settings),
            "notes": list(self.notes),
            "reading": self.reading(),
            "summary": self.summary(),
            "rows": self.to_frame().to_dict("records"),
            "targets": self.targets.to_dict("records"),
            "stepped_in": self.stepped_in.to_dict("records"),
            "versions": dict(self.versions),
        }
        return {key: without_nan(value) for key, value in plain.items()}

    def to_json(self) -> str:
        """``to_dict`` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def _repr_html_(self) -> str:
        import html

        frame = self.to_frame()
        shown = frame.loc[frame["moment"] == "settled", ["step", *self.values, "efficiency_low", "efficiency_high"]]
        table = shown.to_html(index=False, float_format=lambda number: f"{number:.4g}")
        return f"<p>{html.escape(self.reading())}</p>{table}"


def mean(values: NDArray[np.float64]) -> float:
    """Mean of the defined values; NaN when there are none."""
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if len(defined) else math.nan


def quantiles(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """The 5 %, 50 % and 95 % quantiles of the defined values; NaN when there are none."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return math.nan, math.nan, math.nan
    low, median, high = np.quantile(defined, CUTS).tolist()
    return low, median, high


def without_nan(value: Any) -> Any:
    """The same data with None for numbers that are not finite, and plain numbers and lists."""
    if isinstance(value, Mapping):
        return {str(key): without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
