"""Figures: each one a function in a file of its own, registered by name in ``FIGURES``."""

from __future__ import annotations

from importlib import import_module

from netscam.output.figures.sheet import FIGURES, Drawn, Scene
from netscam.output.figures.write import FigureReport, write_figures

__all__ = ["FIGURES", "Drawn", "FigureReport", "Scene", "write_figures"]

# Importing a module registers its figure; figures are listed and drawn in this order.
for _module in (
    "network",
    "rank_intervals",
    "centrality",
    "communities",
    "dismantling",
    "pareto",
    "map",
    "timeline",
    "recovery",
    "evidence",
    "knowledge",
    "mixing",
):
    import_module(f"{__name__}.{_module}")
