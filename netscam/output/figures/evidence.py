"""Figure: how good the evidence is: grades, kinds and independence of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.output.figures.evidence_tables import (
    CREDIBILITY,
    RELIABILITY,
    count_grades,
    count_kinds,
    count_origins,
    rank_origins,
)
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, say_empty, short, spoken
from netscam.output.style import INK, PAPER, SOFT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

HEIGHT = 132.0
TITLE = "How good the evidence is"
GREYS = {"A": "#08306B", "B": "#2171B5", "C": "#6BAED6", "D": "#BDD7E7", "E": "#E6E6E6", "F": "#FFFFFF", "": "#FFFFFF"}
"""Fill by reliability, dark to light, so that it also reads in grey."""
INDEPENDENCE = ("#B2182B", "#92C5DE", "#4393C3", "#2166AC", "#053061")
"""Fill by number of origins: none, one, two, three, more."""


@FIGURES.add("evidence")
def evidence(scene: Scene) -> Drawn:
    """How good the evidence is: grades, kinds and independence; relations that rest on one origin."""
    data = scene.data
    grades, kinds, origins, leading = (
        count_grades(data),
        count_kinds(data),
        count_origins(data),
        rank_origins(data),
    )
    figure, bottom, top = new_sheet(data, HEIGHT, TITLE)
    middle = bottom + 0.49 * (top - bottom)
    room = middle - bottom
    boxes = {
        "grades": (0.065, middle + 0.13 * room, 0.355, 0.76 * room),
        "kinds": (0.585, middle + 0.13 * room, 0.37, 0.76 * room),
        "origins": (0.11, bottom + 0.14 * room, 0.33, 0.68 * room),
        "leading": (0.755, bottom + 0.14 * room, 0.205, 0.72 * room),
    }
    axes = {name: figure.add_axes(box) for name, box in boxes.items()}
    _grades(axes["grades"], grades)
    _kinds(axes["kinds"], kinds)
    _origins(axes["origins"], origins)
    _leading(axes["leading"], leading)
    heads = (
        (0.006, top, "Grades of the evidence rows"),
        (0.50, top, "Documents by kind and reliability"),
        (0.006, middle - 0.03 * room, "How many origins stand behind a relation"),
        (0.50, middle - 0.03 * room, "Origins that most relations rest on alone"),
    )
    for x, y, words in heads:
        figure.text(x, y, words, va="top", fontsize=7.5, fontweight="bold")
    more = {"kinds": kinds, "origins": origins, "leading": leading}
    return Drawn(figure, TITLE, _caption(scene, grades, origins, leading), _alt(grades, kinds, origins), grades, more)


def _grades(axes: Axes, grades: pd.DataFrame) -> None:
    """A cell for each pair of grades, darker the more rows have it."""
    import numpy as np
    from matplotlib.patches import Rectangle

    if not grades["rows"].sum():
        say_empty(axes, "Nothing to draw: there is no evidence row.")
        return
    most = float(grades["rows"].max())
    for item in grades.to_dict("records"):
        row, column = RELIABILITY.index(item["reliability"]), CREDIBILITY.index(item["credibility"])
        if not item["rows"]:
            continue
        grey = 1 - 0.85 * float(np.sqrt(item["rows"] / most))
        ink = PAPER if grey < 0.5 else INK
        axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=(grey, grey, grey), linewidth=0))
        axes.text(column, row, f"{item['rows']}", ha="center", va="center", fontsize=6.5, color=ink)
        if item["disputes"]:
            told = f"−{item['disputes']}"
            axes.text(column + 0.46, row + 0.44, told, ha="right", va="bottom", fontsize=5, color=ink)
    axes.set_xlim(-0.5, len(CREDIBILITY) - 0.5)
    axes.set_ylim(len(RELIABILITY) - 0.5, -0.5)
    axes.set_xticks(range(len(CREDIBILITY)), [name or "none" for name in CREDIBILITY])
    axes.set_yticks(range(len(RELIABILITY)), [name or "none" for name in RELIABILITY])
    axes.set_xlabel("credibility of the claim (1 confirmed … 5 improbable, 6 cannot be judged)", fontsize=6.0)
    axes.set_ylabel("reliability (A … E, F: no judgement)", fontsize=6.0)
    axes.tick_params(length=0, pad=1.5)
    axes.spines[:].set_visible(True)


def _kinds(axes: Axes, kinds: pd.DataFrame) -> None:
    """A bar for each kind of document, cut by reliability, with the evidence rows that it gives beside it."""
    import numpy as np
    from matplotlib.ticker import MaxNLocator

    if kinds.empty:
        say_empty(axes, "Nothing to draw: there is no document.")
        return
    names = list(dict.fromkeys(kinds["kind"]))
    start = dict.fromkeys(names, 0)
    for grade in [*RELIABILITY]:
        for row in kinds[kinds["reliability"].eq(grade)].to_dict("records"):
            place = names.index(str(row["kind"]))
            axes.barh(
                place, row["documents"], left=start[row["kind"]], height=0.62, color=GREYS[grade], ec=SOFT, lw=0.4
            )
            start[row["kind"]] += row["documents"]
    rows = kinds.groupby("kind")["rows"].sum()
    for place, name in enumerate(names):
        told = f" {start[name]:,} ({int(rows[name]):,} rows)"
        axes.text(start[name], place, told, va="center", fontsize=6.2)
    axes.set_yticks(np.arange(len(names)), [_told(name) for name in names])
    axes.set_ylim(max(len(names), 5) - 0.4, -0.6)
    axes.set_xlim(0, 1.42 * max(start.values()))
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("documents", fontsize=6.2, labelpad=1)
    axes.legend(handles=_grade_handles(kinds), title="reliability", loc="lower right", ncols=2, fontsize=6)


def _told(kind: str) -> str:
    return kind.upper() if kind in ("ngo", "un") else kind or "unknown"


def _grade_handles(kinds: pd.DataFrame) -> list[object]:
    from matplotlib.patches import Patch

    found = [grade for grade in RELIABILITY if kinds["reliability"].eq(grade).any()]
    return [Patch(facecolor=GREYS[grade], edgecolor=SOFT, linewidth=0.4, label=grade or "none") for grade in found]


def _origins(axes: Axes, origins: pd.DataFrame) -> None:
    """A bar for each standing, cut by the number of independent origins behind the relation."""
    from matplotlib.patches import Patch

    if origins.empty:
        say_empty(axes, "Nothing to draw: there is no relation.")
        return
    counts = ["none", "one", "two", "three", "more"]
    names = list(dict.fromkeys(origins["status"]))
    for place, name in enumerate(names):
        mine = origins[origins["status"] == name].set_index("origins")["relations"]
        total, left = int(mine.sum()), 0.0
        for colour, count in zip(INDEPENDENCE, counts, strict=True):
            share = float(mine.get(count, 0)) / total
            ink = PAPER if colour in (INDEPENDENCE[0], *INDEPENDENCE[2:]) else INK
            axes.barh(place, share, left=left, height=0.66, color=colour, edgecolor=PAPER, linewidth=0.4)
            if share >= 0.07:
                axes.text(
                    left + share / 2, place, f"{100 * share:.0f}", ha="center", va="center", fontsize=6, color=ink
                )
            left += share
        axes.text(1.015, place, f"{total:,}", va="center", fontsize=6.2)
    axes.set_yticks(range(len(names)), [name.replace("_", " ") or "no support" for name in names])
    for label, name in zip(axes.get_yticklabels(), names, strict=True):
        label.set_fontweight("bold" if name == "all" else "normal")
    axes.set_ylim(max(len(names), 5) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0", "50", "100 %"])
    axes.tick_params(axis="y", length=0, labelsize=6.2)
    axes.set_xlabel("share of relations, by strongest standing", fontsize=6.2, labelpad=1)
    axes.spines["left"].set_visible(False)
    present = [pair for pair in zip(INDEPENDENCE, counts, strict=True) if origins["origins"].eq(pair[1]).any()]
    axes.legend(
        handles=[Patch(facecolor=colour, label=f"{count}") for colour, count in present],
        loc="lower left",
        bbox_to_anchor=(-0.28, 1.0),
        ncols=5,
        fontsize=6.0,
        handlelength=1.2,
        columnspacing=1.0,
        borderpad=0.2,
        borderaxespad=0.0,
    )


def _leading(axes: Axes, leading: pd.DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator

    shown = leading.head(10)
    if shown.empty:
        say_empty(axes, "Nothing to draw: no relation rests on one origin alone.")
        return
    axes.barh(range(len(shown)), shown["relations"], height=0.62, color=INDEPENDENCE[1], edgecolor=SOFT, linewidth=0.4)
    for place, item in enumerate(shown.to_dict("records")):
        axes.text(
            item["relations"], place, f" {item['relations']} ({100 * item['share']:.0f} %)", va="center", fontsize=6
        )
    names = [
        f"{short(row['publisher'] or row['origin'], 27)}, {row['published'] or 'no date'}"
        for row in shown.to_dict("records")
    ]
    axes.set_yticks(range(len(shown)), names)
    axes.tick_params(axis="y", length=0, labelsize=5.6)
    axes.set_ylim(max(len(shown), 8) - 0.4, -0.6)
    axes.set_xlim(0, 1.35 * float(shown["relations"].max()))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.set_xlabel("relations", fontsize=6.2, labelpad=1)


def _caption(scene: Scene, grades: pd.DataFrame, origins: pd.DataFrame, leading: pd.DataFrame) -> str:
    data = scene.data
    whole = origins[origins["status"].eq("all")].set_index("origins")["relations"]
    total = int(whole.sum())
    one, many = int(whole.get("one", 0)), int(whole.drop(["none", "one"], errors="ignore").sum())
    share = f"{one:,} of {total:,} relations ({one / total:.0%}) rest on one origin alone" if total else "No relation"
    first = leading.iloc[0] if len(leading) else None
    names = (
        ""
        if first is None
        else (
            f" The origin that most rest on alone, {first['publisher'] or first['origin']} "
            f"({first['published'] or 'no date'}), carries {first['relations']} ({first['share']:.0%})."
        )
    )
    best = int(
        grades.loc[grades["reliability"].isin(["A", "B"]) & grades["credibility"].isin(["1", "2"]), "rows"].sum()
    )
    rows = max(int(grades["rows"].sum()), 1)
    return (
        f"Evidence behind the recorded relations: {len(data.evidence):,} rows from {len(data.documents):,} documents. "
        f"Documents that repeat one original form one origin and count once. {share}, and {many:,} on two or more. "
        f"Such a relation is as good as its one origin, however many outlets repeat it.{names} {best:,} rows "
        f"({best / rows:.0%}) have the better grades on both scales (A or B, and 1 or 2). Small numbers with a minus: "
        "rows of the cell that dispute a relation. Grades were given by the curators from what the documents are, not "
        "from what is true; F and 6 mean that no judgement is possible. Standing is that of the strongest supporting "
        "document: alleged is not proved."
    )  # fmt: skip


def _alt(grades: pd.DataFrame, kinds: pd.DataFrame, origins: pd.DataFrame) -> str:
    common = grades.sort_values(["rows", "reliability", "credibility"], ascending=[False, True, True]).head(3)
    told = [
        f"{row['reliability'] or 'no'}{row['credibility'] or ' grade'}: {row['rows']}"
        for row in common.to_dict("records")
        if row["rows"]
    ]
    by_kind = kinds.groupby("kind", sort=False)["documents"].sum()
    types = [f"{_told(str(name))} {count}" for name, count in by_kind.items()]
    whole = origins[origins["status"].eq("all")]
    counts = [f"{row.origins}: {row.relations}" for row in whole.itertuples()]
    return (
        f"Four panels. Grid of reliability against credibility; most evidence rows have {spoken(told)}. Bars of "
        f"documents by kind: {spoken(types)}. Stacked bars of the number of independent origins behind a relation, for "
        f"all relations {spoken(counts)}. Bars of the origins that most relations rest on alone."
    )
