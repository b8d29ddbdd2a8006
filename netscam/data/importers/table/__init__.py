"""Any table, by a small mapping file."""

from netscam.data.importers.table.load import table

__all__ = ["table"]
