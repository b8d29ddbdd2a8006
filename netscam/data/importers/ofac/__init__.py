"""Lists of the US Office of Foreign Assets Control."""

from netscam.data.importers.ofac.load import ofac

__all__ = ["ofac"]
