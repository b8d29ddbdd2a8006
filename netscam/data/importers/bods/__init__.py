"""Beneficial Ownership Data Standard."""

from netscam.data.importers.bods.load import bods

__all__ = ["bods"]
