"""5: the command line. The only part that imports click; a command is one call and its printing."""

from __future__ import annotations

from netscam.cli import (
    analysis_commands,
    data_commands,
    import_commands,
    output_commands,
    removal_commands,
    resolve_commands,
    uncertainty_commands,
)
from netscam.cli.group import cli

__all__ = [
    "analysis_commands",
    "cli",
    "data_commands",
    "import_commands",
    "main",
    "output_commands",
    "removal_commands",
    "resolve_commands",
    "uncertainty_commands",
]


def main() -> None:
    """Entry point of the command ``netscam``."""
    cli()
