"""How things look: one colour and one shape for each entity type, one line for each standing, one page width."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

INK = "#222222"
SOFT = "#6B6B6B"
FAINT = "#C9C9C9"
PAPER = "#FFFFFF"
WEAK = "#882255"
"""Colour of ties that are less likely than not: dark, and no entity type's."""

MM = 1 / 25.4
PAGE_WIDTH = 180 * MM
"""Width of every figure in inches: two columns of a journal page, or a page of a report."""


@dataclass(frozen=True)
class TypeStyle:
    """How an entity type is drawn: always by shape as well as by colour.

    Parameters
    ----------
    colour
        A colour of Okabe and Ito's palette, which people with any common colour blindness tell apart, or a grey.
    marker
        Name of a matplotlib marker; no two types share one.
    scale
        Factor on the symbol's width, so that all shapes look equally large.
    """

    colour: str
    marker: str
    scale: float = 1.0


TYPE_STYLES: Mapping[str, TypeStyle] = MappingProxyType(
    {
        "compound": TypeStyle("#D55E00", "s", 0.92),
        "operator": TypeStyle("#0072B2", "^", 1.1),
        "person": TypeStyle("#F0E442", "v", 1.1),
        "official": TypeStyle("#222222", "D", 0.86),
        "organization": TypeStyle("#009E73", "h", 1.1),
        "company": TypeStyle("#56B4E9", "o"),
        "recruitment_account": TypeStyle("#E69F00", "X", 1.1),
        "marketplace": TypeStyle("#CC79A7", "P", 1.1),
        "wallet": TypeStyle("#F0E442", "8"),
        "address": TypeStyle("#A6A6A6", "d", 1.15),
        "place": TypeStyle("#FFFFFF", "p", 1.1),
        "authority": TypeStyle("#222222", "*", 1.35),
    }
)
"""Style of every entity type; a test compares it with the schema."""

OTHER_TYPE = TypeStyle("#FFFFFF", ">")
"""Style of a type that the schema does not know, for graphs from elsewhere."""

TINTS = ("#DCE9F5", "#FBE5CF", "#D8F0E6", "#F6DFEC", "#EFEBC4", "#E3E0F0", "#E6E6E6", "#F5DAD2")
"""Pale fills for areas behind symbols, in order of use."""

DASHES: Mapping[str, Any] = MappingProxyType({"solid": "solid", "dashed": (0, (3.2, 1.6)), "dotted": (0, (1.0, 1.4))})
"""Line patterns that statuses.json names."""
WEAK_DASH = (0, (6.0, 2.4))

RC: Mapping[str, Any] = MappingProxyType(
    {
        "font.family": ["DejaVu Sans"],
        "font.size": 7.0,
        "axes.titlesize": 8.0,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.labelsize": 7.0,
        "axes.edgecolor": SOFT,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "text.color": INK,
        "text.parse_math": False,
        "axes.labelcolor": INK,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": 6.5,
        "ytick.labelsize": 6.5,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "legend.fontsize": 6.5,
        "legend.frameon": False,
        "legend.handlelength": 2.4,
        "lines.linewidth": 1.2,
        "lines.markersize": 4.0,
        "hatch.linewidth": 0.5,
        "figure.dpi": 100.0,
        "savefig.dpi": 300.0,
        "svg.hashsalt": "netscam",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "pdf.compression": 6,
    }
)
"""Settings on top of matplotlib's own defaults; a user's matplotlibrc changes nothing."""


def style_context() -> AbstractContextManager[None]:
    """Matplotlib's defaults plus ``RC`` inside a ``with`` block; what was set before comes back after it."""
    from matplotlib import style

    return style.context(["default", dict(RC)])


def type_style(name: str) -> TypeStyle:
    """Style of an entity type, ``OTHER_TYPE`` for one that the schema does not know."""
    return TYPE_STYLES.get(name, OTHER_TYPE)
