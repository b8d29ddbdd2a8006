"""The command ``figures``: its list, and its progress bar."""

from __future__ import annotations

import io
import sys

from click.testing import CliRunner

from netscam.cli.group import cli
from netscam.cli.output_commands import BAR, progress_bar
from netscam.output.figures import FIGURES


def test_the_list_names_every_figure_in_order() -> None:
    import netscam.cli  # noqa: F401  (registers the commands)

    told = CliRunner().invoke(cli, ["figures", "--list"])
    assert told.exit_code == 0
    assert [line.split()[0] for line in told.stdout.splitlines()] == FIGURES.names()
    assert all(len(line.split(maxsplit=1)) == 2 for line in told.stdout.splitlines())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_fills_on_a_terminal(monkeypatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    tell = progress_bar(2)
    for word in ("one", "two", "three"):
        tell(word)
    shown = screen.getvalue().split("\r\033[K")[1:]
    assert [line.count("#") for line in shown] == [0, BAR // 2, BAR]
    assert shown[1].endswith("] two ...")


def test_there_is_no_bar_on_a_pipe(capsys) -> None:
    progress_bar(3)("one")
    assert capsys.readouterr().err == ""
