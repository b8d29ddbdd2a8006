"""Figure: what happened when, with how many people and how sure the dates are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.data.select import first_day, last_day
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, foot_text, new_sheet, spoken
from netscam.output.figures.swarm import Mark, place_marks
from netscam.output.style import FAINT, INK, PAGE_WIDTH, PAPER, SOFT, WEAK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LANES = {
    "designation": ("Designations", "#0072B2"),
    "raid": ("Raids", "#D55E00"),
    "arrest": ("Arrests", "#E69F00"),
    "extradition": ("Extraditions", "#CC79A7"),
    "closure": ("Sites and channels shut,\nlicences withdrawn", "#222222"),
    "exodus": ("Exodus", "#009E73"),
}
"""Lanes from top to bottom: event type, words, colour."""
SAME = {"demolition": "closure", "licence_suspension": "closure"}
"""Event types that share a lane."""
WEAK_GRADES = ("D", "E", "F")
LEFT, RIGHT, MARGIN = 0.165, 0.995, 9.0
"""Sides of the panels in fractions of the width, and the room left at either end of time in points."""
GAP, PAD, TICKS = 4.0, 1.6, 11.0
"""Points between panels' lanes, around marks, and for the dates below a panel."""
LOUD = 1000
"""From this many people on the number is written beside the mark."""


@dataclass(frozen=True)
class Panel:
    """A stretch of time with its marks, in points from its left side and the middle of their lane."""

    first: str
    last: str
    marks: tuple[Mark, ...]
    heights: dict[str, float]

    @property
    def height(self) -> float:
        """Height of all lanes in points."""
        return math.fsum(self.heights.values())


@FIGURES.add("timeline")
def timeline(scene: Scene) -> Drawn:
    """The timeline: designations, raids, arrests, extraditions, closures and exodus, with people and date precision."""
    table = _table(scene)
    width = PAGE_WIDTH * 72 * (RIGHT - LEFT) - 2 * MARGIN
    panels = [_panel(table, first, last, width) for first, last in _spans(table)]
    lines = foot_text(scene.data).count("\n") + 1
    points = math.fsum(panel.height + TICKS + GAP for panel in panels)
    height = points * 25.4 / 72 + 2.5 + 2.15 * lines + 7 + 7
    title = "Timeline: what happened when, and with how many people"
    figure, bottom, top = new_sheet(scene.data, height, title)
    high = top - 1 / height
    for panel in panels:
        tall = panel.height * 25.4 / 72 / height
        axes = figure.add_axes((LEFT, high - tall, RIGHT - LEFT, tall))
        _draw(axes, panel, width, crowd=_crowd(table))
        high -= tall + (TICKS + GAP) * 25.4 / 72 / height
    _legend(figure.add_axes((LEFT, bottom, RIGHT - LEFT, 7 / height)), width, 7 * 72 / 25.4)
    return Drawn(figure, title, _caption(table), _alt(table), table)


def _table(scene: Scene) -> pd.DataFrame:
    """The events of the lanes, by date."""
    import pandas as pd

    events = scene.data.events
    table = events.assign(lane=events["type"].replace(SAME))
    table = table[table["lane"].isin(list(LANES))]
    documents = scene.data.documents.set_index("id")
    table = table.assign(
        earliest=table["date"].map(first_day),
        latest=table["date"].map(last_day),
        reliability=table["document"].map(documents["reliability"]),
    )
    columns = ["id", "lane", "type", "date", "earliest", "latest", "people", "summary", "document", "reliability"]
    return pd.DataFrame(table[columns]).sort_values(["earliest", "latest", "id"], ignore_index=True)


def _spans(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Two stretches: the last year and the one before it, and all the years before; one where that is enough."""
    if not len(table):
        return []
    last = str(table["latest"].max())
    recent = f"{int(last[:4]) - 1}-01-01"
    older = table.loc[table["latest"] < recent, "earliest"]
    spans = [(f"{min(older)[:4]}-01-01", f"{int(last[:4]) - 2}-12-31")] if len(older) else []
    return [*spans, (recent, last_day(last[:7]))]


def _days(day: str) -> float:
    import datetime

    return float(datetime.date.fromisoformat(day).toordinal())


def _panel(table: pd.DataFrame, first: str, last: str, width: float) -> Panel:
    begin, length = _days(first), _days(last) - _days(first) + 1
    mine = table[(table["earliest"] <= last) & (table["latest"] >= first)]
    marks: list[Mark] = []
    heights = {}
    for lane in LANES:
        placed = place_marks(
            [_mark(row, begin, width / length) for row in mine[mine["lane"].eq(lane)].to_dict("records")]
        )
        marks += placed
        low = min((mark.y - mark.tall / 2 for mark in placed), default=-4.0)
        high = max((mark.y + mark.tall / 2 for mark in placed), default=4.0)
        heights[lane] = 2 * max(-low, high, 6.0) + 2 * PAD
    return Panel(first, last, tuple(marks), heights)


def _mark(row: dict[Any, Any], begin: float, scale: float) -> Mark:
    import pandas as pd

    left, right = (_days(row["earliest"]) - begin) * scale, (_days(row["latest"]) + 1 - begin) * scale
    people = None if pd.isna(row["people"]) else int(row["people"])
    return Mark(
        key=str(row["id"]),
        group=str(row["lane"]),
        left=left,
        right=right,
        span=row["earliest"] != row["latest"],
        radius=radius(people),
        filled=people is not None,
        weak=row["reliability"] in WEAK_GRADES,
        text=f"{people:,}" if people is not None and people >= LOUD else "",
    )


def radius(people: int | None) -> float:
    """Radius of a mark in points: grows with the logarithm of the number of people; small without a number."""
    return 1.7 if people is None else 1.7 + 1.05 * math.log10(max(people, 1))


def _crowd(table: pd.DataFrame) -> str:
    """Month with the most events in the lane of exodus; the earliest of equals; ``""`` without any."""
    months = table.loc[table["lane"].eq("exodus"), "earliest"].str[:7].value_counts().sort_index()
    return str(months.idxmax()) if len(months) else ""


def _draw(axes: Axes, panel: Panel, width: float, *, crowd: str) -> None:
    """Lanes with their marks; one unit of either axis is one point."""
    from matplotlib.patches import Rectangle

    axes.set_xlim(-MARGIN, width + MARGIN)
    axes.set_ylim(-panel.height, 0)
    begin = _days(panel.first)
    scale = width / (_days(panel.last) - begin + 1)
    if crowd and panel.first <= f"{crowd}-01" <= panel.last:
        left, right = ((_days(day) - begin) * scale for day in (f"{crowd}-01", last_day(crowd)))
        axes.add_patch(Rectangle((left, -panel.height), right - left + scale, panel.height, color="#EEF3EC", zorder=0))
    level, middles = 0.0, {}
    for lane, tall in panel.heights.items():
        middles[lane] = level - tall / 2
        level -= tall
        axes.axhline(level, color=FAINT, linewidth=0.5, zorder=1)
        told = f"{LANES[lane][0]} ({sum(mark.group == lane for mark in panel.marks)})"
        axes.text(-MARGIN - 3, middles[lane], told, ha="right", va="center", fontsize=6.2, linespacing=1.0)
    for mark in panel.marks:
        draw_mark(axes, mark, middles[mark.group] + mark.y, LANES[mark.group][1])
    _dates(axes, panel, scale)


def draw_mark(axes: Axes, mark: Mark, y: float, colour: str) -> None:
    """One event: a disc, with a bar as long as the span of its date, and the number of people if it is large."""
    from matplotlib.patches import Ellipse, Rectangle

    if mark.span:
        axes.add_patch(
            Rectangle(
                (mark.left, y - 0.55), mark.right - mark.left, 1.1, facecolor=colour, alpha=0.35, linewidth=0, zorder=2
            )
        )
    rim = WEAK if mark.weak else INK
    axes.add_patch(
        Ellipse(
            (mark.middle, y),
            2 * mark.radius,
            2 * mark.radius,
            facecolor=colour if mark.filled else PAPER,
            edgecolor=rim if mark.filled else colour,
            linewidth=(0.9 if mark.weak else 0.3) if mark.filled else 0.9,
            linestyle=(0, (1.2, 0.8)) if mark.weak else "solid",
            zorder=3,
        )
    )
    if mark.text:
        axes.text(
            mark.middle + mark.radius + 1.0,
            y,
            mark.text,
            va="center",
            fontsize=5.2,
            color=INK,
            zorder=4,
            bbox={"facecolor": PAPER, "alpha": 0.6, "linewidth": 0, "pad": 0.1},
        )


def _dates(axes: Axes, panel: Panel, scale: float) -> None:
    """Years, or quarters where there is room."""
    years = range(int(panel.first[:4]), int(panel.last[:4]) + 1)
    months = (1, 4, 7, 10) if len(years) <= 3 else (1,)
    days = [f"{year}-{month:02d}-01" for year in years for month in months if f"{year}-{month:02d}-01" <= panel.last]
    names = [day[:4] if len(months) == 1 else day[:7] for day in days]
    axes.set_xticks([(_days(day) - _days(panel.first)) * scale for day in days], names)
    axes.set_yticks([])
    axes.grid(axis="x", color="#E8E8E8", linewidth=0.4)
    axes.spines["left"].set_visible(False)


def _legend(axes: Axes, width: float, tall: float) -> None:
    """What sizes, bars and rims mean, drawn with the marks themselves."""
    axes.set_xlim(0, width + 2 * MARGIN)
    axes.set_ylim(0, tall)
    axes.set_axis_off()
    x = 0.0
    for people, words in ((None, "no number"), (10, "10 people"), (100, "100"), (1000, "1,000")):
        mark = Mark("", "", x + 5, x + 5, False, radius(people), people is not None, False)
        draw_mark(axes, mark, tall / 2, SOFT)
        axes.text(x + 11, tall / 2, words, va="center", fontsize=6.0)
        x += 17 + 3.1 * len(words)
    draw_mark(axes, Mark("", "", x, x + 26, True, radius(None), False, False), tall / 2, SOFT)
    axes.text(x + 30, tall / 2, "bar: the day is not known", va="center", fontsize=6.0)
    x += 120
    draw_mark(axes, Mark("", "", x, x, False, radius(30), True, True), tall / 2, SOFT)
    axes.text(x + 6, tall / 2, "dashed rim: document of reliability D to F", va="center", fontsize=6.0)


def _caption(table: pd.DataFrame) -> str:
    lanes = table["lane"].value_counts()
    counts = [f"{words.lower()} {int(lanes.get(lane, 0))}".replace("\n", " ") for lane, (words, _) in LANES.items()]
    spans = int(table["earliest"].ne(table["latest"]).sum())
    weak, numbered = int(table["reliability"].isin(WEAK_GRADES).sum()), int(table["people"].notna().sum())
    crowd = _crowd(table)
    shaded = ""
    if crowd:
        here = table[table["lane"].eq("exodus") & table["earliest"].str[:7].eq(crowd)]
        told = here["people"].dropna()
        numbers = f", {len(told)} of them with a number of people ({min(told):,} to {max(told):,})" if len(told) else ""
        shaded = f" Shaded: {crowd}, with {len(here)} events of exodus{numbers}."
    return (
        f"{len(table)} events of the record by date: {spoken(counts)}. The size of a mark grows with the logarithm of "
        f"the number of people that the document gives ({numbered} events have one; it is written from {LOUD:,} on); "
        "numbers differ by date and definition (held, freed, deported, asking for help) and must not be added. "
        f"For {spans} events the day is not known, and a bar covers the month or year. {weak} rest on a document of "
        f"reliability D or worse.{shaded} The lower panel has a wider scale of time. The record holds what was "
        "published and found: a quiet month may be one that nobody wrote about. A raid or arrest is no conviction."
    )


def _alt(table: pd.DataFrame) -> str:
    if not len(table):
        return "An empty timeline: the record dates no event of these kinds."
    years = table["earliest"].str[:4]
    counts = [f"{year}: {int(count)}" for year, count in years.value_counts().sort_index().items()]
    crowd = f" The densest month of exodus is {_crowd(table)}." if _crowd(table) else ""
    return (
        "Stretches of time with a row each for designations, raids, arrests, extraditions, closures and exodus; every "
        f"event is a disc at its date. Events by year: {', '.join(counts)}.{crowd}"
    )
