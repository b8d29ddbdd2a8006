"""Datasets for other tools; one function a format."""

from netscam.output.exporters import graphs, matrices, ownership, places, records, workbook
from netscam.output.exporters.base import EXPORTERS, export, export_graph

__all__ = [
    "EXPORTERS",
    "export",
    "export_graph",
    "graphs",
    "matrices",
    "ownership",
    "places",
    "records",
    "workbook",
]
