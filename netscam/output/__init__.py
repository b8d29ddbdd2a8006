"""4: numbers to files."""
