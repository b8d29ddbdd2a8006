"""5: the command line. The only part that imports click; a command is one call and its printing."""

from __future__ import annotations

from netscam.cli import analysis_commands, data_commands, output_commands, removal_commands
from netscam.cli.group import cli

__all__ = ["analysis_commands", "cli", "data_commands", "main", "output_commands", "removal_commands"]


def main() -> None:
    """Entry point of the command ``netscam``."""
    cli()
