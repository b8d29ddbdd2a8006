"""Figures inside the report."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from netscam.output.report.model import Picture
from netscam.output.report.naming import Namer

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from netscam.analysis.study import Study
    from netscam.data.dataset import Dataset
    from netscam.output.figures import Scene

DOTS = 200
"""Per inch, in word processors."""


def make_scene(data: Dataset, study: Study) -> Scene:
    """What figures are drawn from: the results of the report and the layout of the figures."""
    from netscam.output.figures import Scene
    from netscam.output.layout import layout

    return Scene(data, study, layout(study.graph, study.seed))


def draw(
    scene: Scene, namer: Namer, names: tuple[str, ...], progress: Callable[[str], None] | None = None
) -> list[Picture]:
    """The figures of a chapter; in captions and alternative texts, whoever is named carries standing and source."""
    from netscam.output.figures import FIGURES
    from netscam.output.style import style_context

    found = []
    for name in names:
        if progress:
            progress(f"figure {name}")
        with style_context():
            drawn = FIGURES[name].function(scene)
            svg, png = _bytes(drawn.figure, "svg"), _bytes(drawn.figure, "png")
        caption = namer.annotate(drawn.caption)
        found.append(Picture(name, drawn.title, caption, namer.annotate(drawn.alt), svg, png))
    return found


def _bytes(figure: Figure, form: str) -> bytes:
    """The picture without a date or a program's name."""
    out = io.BytesIO()
    undated = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    figure.savefig(out, format=form, dpi=DOTS, metadata=undated)
    return out.getvalue()
