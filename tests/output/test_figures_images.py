"""Three figures of the example look as they did (``--mpl``; ``--mpl-generate-path=tests/output/baseline`` renews).

Baselines are small (72 dpi) and compared with a tolerance: another version of matplotlib or of the font may move a line
by a hair, and only a change that a reader would see should fail.
"""

from __future__ import annotations

import pytest

pytest.importorskip("pytest_mpl")

from matplotlib.figure import Figure

from netscam.analysis.study import run_study
from netscam.data.dataset import read_dataset
from netscam.graph.build import to_igraph
from netscam.output.figures import FIGURES, Scene
from netscam.output.layout import layout
from netscam.output.style import style_context

TOLERANCE = 6
"""Root mean square difference of the pixels, of 255."""


@pytest.fixture(scope="module")
def scene() -> Scene:
    data = read_dataset("example")
    graph = to_igraph(data)
    return Scene(data, run_study(graph), layout(graph))


@pytest.mark.mpl_image_compare(
    baseline_dir="baseline", tolerance=TOLERANCE, style="default", savefig_kwargs={"dpi": 72}, filename="mixing.png"
)
def test_mixing_looks_as_before(scene) -> Figure:
    return draw("mixing", scene)


@pytest.mark.mpl_image_compare(
    baseline_dir="baseline", tolerance=TOLERANCE, style="default", savefig_kwargs={"dpi": 72}, filename="evidence.png"
)
def test_evidence_looks_as_before(scene) -> Figure:
    return draw("evidence", scene)


@pytest.mark.mpl_image_compare(
    baseline_dir="baseline", tolerance=TOLERANCE, style="default", savefig_kwargs={"dpi": 72}, filename="centrality.png"
)
def test_centrality_looks_as_before(scene) -> Figure:
    return draw("centrality", scene)


def draw(name: str, scene: Scene) -> Figure:
    with style_context():
        return FIGURES[name].function(scene).figure
