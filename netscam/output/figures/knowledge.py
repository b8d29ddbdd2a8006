"""Figure: what the record knew when, about those that were designated later."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset
from netscam.data.history.periods import record_span
from netscam.data.select import last_day
from netscam.errors import DateError
from netscam.output.figures.labels import Label, place_labels
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, short, spoken
from netscam.output.history.foresight import Foresights, foresights
from netscam.output.style import FAINT, INK, SOFT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SHOWN, OTHERS = "degree", ("betweenness", "pagerank")
"""Measure whose places are drawn, and those whose scores are drawn beside its own."""
LINES = {"degree": ("#0072B2", "solid", "o"), "betweenness": ("#D55E00", (0, (3.2, 1.6)), "s"),
         "pagerank": ("#009E73", (0, (1.2, 1.2)), "^")}  # fmt: skip
YEARS = 3
"""How many years before that of the record are drawn."""
NAMED = 20
"""How many ends of lines are named, those that stood highest at the last cutoff before the designation first."""
FEWEST = 3
"""Fewest positives for which a score is drawn."""
LEFT, WIDE = 0.085, 0.905


@FIGURES.add("knowledge-ranks")
def knowledge_ranks(scene: Scene) -> Drawn:
    """What the record knew when: places of those designated later, quarter by quarter, and how well ranks told them."""
    seen = _foresights(scene.data, scene.study.seed)
    mine = seen.places[seen.places["measure"].eq(SHOWN)]
    last = mine.sort_values("cutoff").drop_duplicates("id", keep="last")
    last = last.sort_values(["share", "id"], ignore_index=True)
    height = 150.0
    title = "What the record knew when: places of those designated later"
    figure, bottom, top = new_sheet(scene.data, height, title)
    room = top - bottom
    upper = figure.add_axes((LEFT, bottom + 0.47 * room, WIDE, 0.47 * room))
    lower = figure.add_axes((LEFT, bottom + 0.10 * room, WIDE, 0.27 * room))
    heads = ((0.995, f"Place among the candidates under {SHOWN}, until the designation"),
             (0.405, "Chance that one designated later stands above one not (ROC AUC)"))  # fmt: skip
    for share, words in heads:
        figure.text(0.006, bottom + share * room, words, va="top", fontsize=7.5, fontweight="bold")
    limits = _limits(seen)
    _places(upper, mine, last, limits)
    _scores(lower, seen.scores, limits)
    return Drawn(figure, title, _caption(seen, mine, last), _alt(seen, last), seen.places, {"scores": seen.scores})


def _foresights(data: Dataset, seed: int) -> Foresights:
    """Quarterly cutoffs of the last years; none for a record without dates."""
    import pandas as pd

    try:
        first, last = record_span(data, "known")
    except DateError:
        return Foresights(pd.DataFrame(columns=PLACE_COLUMNS), pd.DataFrame(columns=SCORE_COLUMNS))
    start = max(first, f"{int(last[:4]) - YEARS:04d}")
    seen = foresights(data, measures=(SHOWN, *OTHERS), first=start, last=last, step="quarter", seed=seed)
    within = (frame[frame["cutoff"] <= last_day(last)].reset_index(drop=True) for frame in (seen.places, seen.scores))
    return Foresights(*within)


def _drawn(scores: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Scores of a measure at the cutoffs with enough positives."""
    own = scores[scores["measure"].eq(measure) & scores["roc_auc"].notna() & scores["positives"].ge(FEWEST)]
    return own.sort_values("cutoff")


PLACE_COLUMNS = ["cutoff", "measure", "id", "name", "place", "share", "acted"]
SCORE_COLUMNS = ["cutoff", "measure", "candidates", "positives", "prevalence", "roc_auc", "roc_auc_low", "roc_auc_high"]


def _days(day: str) -> float:
    import datetime

    return float(datetime.date.fromisoformat(day).toordinal())


def _limits(seen: Foresights) -> tuple[float, float]:
    days = [_days(day) for day in seen.scores["cutoff"]] + [_days(day) for day in seen.places["acted"]]
    return (min(days) - 40, max(days) + 40) if days else (0.0, 1.0)


def _years(axes: Axes, limits: tuple[float, float]) -> None:
    import datetime

    axes.set_xlim(*limits)
    first, last = (datetime.date.fromordinal(max(1, int(day))) for day in limits)
    days = [datetime.date(y, m, 1) for y in range(first.year, last.year + 1) for m in (1, 7)]
    days = [day for day in days if first <= day <= last]
    axes.set_xticks([day.toordinal() for day in days], [day.isoformat()[:7] for day in days])
    axes.grid(axis="x", color="#E8E8E8", linewidth=0.5)


def _places(axes: Axes, mine: pd.DataFrame, last: pd.DataFrame, limits: tuple[float, float]) -> None:
    """A line for each entity from its first cutoff to its designation."""
    import numpy as np

    _years(axes, limits)
    axes.set_ylim(1.04, -0.09)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["first", "25 %", "50 %", "75 %", "last"])
    axes.axhline(0.5, color=FAINT, linewidth=0.8, zorder=0)
    ends: dict[tuple[float, float], list[str]] = {}
    around: list[tuple[float, float]] = []
    for row in last.to_dict("records"):
        own = mine[mine["id"].eq(row["id"])].sort_values("cutoff")
        days = [*map(_days, own["cutoff"]), _days(row["acted"])]
        shares = [*own["share"], row["share"]]
        axes.plot(days, shares, color=INK, linewidth=0.8, alpha=0.6, zorder=2)
        axes.plot(days[0], shares[0], marker="o", markersize=2.2, color=INK, zorder=3)
        end: dict[str, Any] = {
            "marker": "D",
            "markersize": 3.6,
            "color": "#0072B2",
            "markeredgecolor": INK,
            "markeredgewidth": 0.3,
        }
        axes.plot(days[-1], shares[-1], zorder=4, **end)
        ends.setdefault((days[-1], round(float(shares[-1]), 9)), []).append(str(row["name"]))
        around += _along(days, shares)
    labels = [
        Label(f"end-{number}", _joint(names), *spot, radius=2.0, size=5.6, reach=66.0)
        for number, (spot, names) in enumerate(ends.items())
    ]
    spots = np.array([*ends, *around], dtype=float).reshape(-1, 2)
    place_labels(axes, labels[:NAMED], spots, np.full(len(spots), 1.6))


def _along(days: list[float], shares: list[float]) -> list[tuple[float, float]]:
    """Points on a line that labels should not cover."""
    found = []
    for (left, low), (right, high) in pairwise(zip(days, shares, strict=True)):
        steps = max(1, int((right - left) / 20))
        found += [(left + (right - left) * i / steps, low + (high - low) * i / steps) for i in range(steps)]
    return found


def _joint(names: list[str]) -> str:
    """Name of the first of several that end at one point, and how many more there are."""
    return short(names[0], 26) + (f" +{len(names) - 1}" if len(names) > 1 else "")


def _scores(axes: Axes, scores: pd.DataFrame, limits: tuple[float, float]) -> None:
    """Scores by cutoff with the interval of the measure above, and how many candidates and positives there are."""
    _years(axes, limits)
    axes.set_ylim(0, 1.0)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
    axes.axhline(0.5, color=SOFT, linewidth=0.8, linestyle=(0, (1, 1)), zorder=1)
    axes.text(limits[0] + 6, 0.515, "chance", fontsize=5.8, color=SOFT, va="bottom")
    for measure, (colour, line, marker) in LINES.items():
        own = _drawn(scores, measure)
        days = [_days(day) for day in own["cutoff"]]
        values = own["roc_auc"].astype(float)
        axes.plot(
            days, values, color=colour, linestyle=line, marker=marker, markersize=2.8, linewidth=1.0, label=measure
        )
        if measure == SHOWN:
            low, high = own["roc_auc_low"].astype(float), own["roc_auc_high"].astype(float)
            axes.fill_between(days, low, high, color=colour, alpha=0.15, linewidth=0, label=f"{SHOWN}, 90 % interval")
    for row in scores[scores["measure"].eq(SHOWN)].to_dict("records"):
        told = f"{row['positives']}/{row['candidates']}"
        axes.text(_days(row["cutoff"]), 0.03, told, ha="center", fontsize=5.2, color=INK)
    if len(scores):
        axes.legend(loc="upper left", bbox_to_anchor=(0.0, -0.16), ncols=4, borderaxespad=0.0)


def _caption(seen: Foresights, mine: pd.DataFrame, last: pd.DataFrame) -> str:
    if not len(seen.scores):
        return "At no quarter's end did the record know ten entities that could be designated and were not yet."
    judged = _drawn(seen.scores, SHOWN)
    above = judged[judged["roc_auc_low"].gt(0.5)]
    best = [f"{row['name']} ({row['acted']})" for row in last.head(5).to_dict("records")]
    counts = f"{judged['positives'].min()} to {judged['positives'].max()}" if len(judged) else "none"
    return (
        f"Each line is one of {len(last)} entities that the record says were designated, from the first quarter in "
        "which a document mentioned it to the day of its designation (diamond): the share of the other candidates that "
        f"stood above it under {SHOWN}, on what was public then, equals sharing the mean of their places. Highest at "
        f"the last cutoff before: {spoken(best)}. Below: ROC AUC of three measures for designation within 24 months, "
        f"where at least {FEWEST} candidates were designated; the numbers are positives/candidates. At {len(above)} of "
        f"these {len(judged)} cutoffs the 90 % interval of {SHOWN} lies above chance; positives are few ({counts}), "
        "neighbouring cutoffs share them, and later cutoffs have less time left in the record. Designations without a "
        "date are left out, and who was in no document before the designation is not drawn. Documents were collected "
        "with hindsight, which favours every ranking. A place is a position in the recorded network, not a finding "
        "about conduct."
    )


def _alt(seen: Foresights, last: pd.DataFrame) -> str:
    told = [f"{row['cutoff']}: {row['roc_auc']:.2f}" for row in _drawn(seen.scores, SHOWN).to_dict("records")]
    ends = [f"{row['name']}: {row['share']:.0%}" for row in last.head(8).to_dict("records")]
    return (
        "Above: lines over time, one for each entity designated later; lower on the page means that more candidates "
        f"stood above it. Share above at the last cutoff before designation: {'; '.join(ends) or 'none'}. Below: three "
        f"lines of ROC AUC around one half; {SHOWN}: {'; '.join(told) or 'none'}."
    )
