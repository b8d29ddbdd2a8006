"""The command that looks at the machine: doctor."""

from __future__ import annotations

from dataclasses import asdict

import click

from netscam.cli.group import cli
from netscam.cli.params import format_option
from netscam.cli.show import show


@cli.command("doctor")
@format_option
def doctor_command(form: str) -> None:
    """Show versions, extras, fonts, browser, Java and folders. Exit 1 when something needed is broken.

    absent is what only some commands need; advice says which, or what to install. Nothing is changed and nobody is
    contacted. Paths of this machine are in the output: look before you post it.
    """
    import pandas as pd

    from netscam.output.doctor import BROKEN, examine

    checks = examine()
    columns = ["what", "state", "found", "advice"]
    show(pd.DataFrame([asdict(check) for check in checks], columns=columns), form)
    if any(check.state == BROKEN for check in checks):
        raise click.exceptions.Exit(1)
