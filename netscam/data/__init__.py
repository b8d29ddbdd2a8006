"""1: CSV to tables."""
