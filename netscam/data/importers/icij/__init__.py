"""Offshore Leaks CSVs of the ICIJ, and node and edge tables in the style of Linkurious."""

from netscam.data.importers.icij.load import icij

__all__ = ["icij"]
