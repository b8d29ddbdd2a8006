"""5: the command line. The only part that imports click; a command is one call and its printing."""

from __future__ import annotations

import io
import sys

try:
    from netscam.cli import (
        analysis_commands,
        data_commands,
        doctor_commands,
        engine_commands,
        import_commands,
        output_commands,
        profile_commands,
        recovery_commands,
        removal_commands,
        report_commands,
        resolve_commands,
        time_commands,
        uncertainty_commands,
    )
    from netscam.cli.group import cli
    from netscam.cli.lean import install
except KeyboardInterrupt:  # ctrl-C while the commands are loaded
    sys.stderr.write("interrupted; nothing was written\n")
    sys.exit(130)

__all__ = [
    "analysis_commands",
    "cli",
    "data_commands",
    "doctor_commands",
    "engine_commands",
    "import_commands",
    "main",
    "output_commands",
    "profile_commands",
    "recovery_commands",
    "removal_commands",
    "report_commands",
    "resolve_commands",
    "time_commands",
    "uncertainty_commands",
]


def main() -> None:
    """Entry point of the command ``netscam``; a letter that the terminal does not have is printed as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    install()
    cli()
