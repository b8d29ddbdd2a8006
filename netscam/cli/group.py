"""The command group: the one place that turns errors into words."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import click

import netscam
from netscam.errors import LONGEST_LINE, NetscamError, cut, visible

ORDER = (
    *("datasets", "validate", "doctor", "schema", "summary", "centrality", "communities", "key-nodes", "dismantle"),
    *("uncertainty", "robust-key-nodes", "verify-next", "recovery", "timeline", "diff", "backtest", "exodus", "path"),
    *("ownership", "page", "figures", "report", "export", "import", "duplicates", "merge", "enrich"),
    *("big", "cut", "profile", "generate"),
)


class Failure(click.ClickException):
    """An error of netscam as one line per problem, without a traceback; exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print the lines to stderr."""
        for line in self.message.split("\n"):
            click.echo(cut(visible(line), LONGEST_LINE), file=file, err=file is None)


def _drop_unwritten() -> None:
    """What stdout could not take is not tried again at exit, where newer Pythons would complain and exit with 120."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Group(click.Group):
    """The one place that turns NetscamError and ctrl-C into words."""

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        """Read the arguments."""
        try:
            return super().make_context(*given, **more)
        except KeyboardInterrupt:
            click.echo("interrupted; nothing was written", err=True)
            sys.exit(130)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except NetscamError as error:
            raise Failure(str(error)) from error
        except OSError as error:
            if error.errno in (errno.EPIPE, None):
                raise
            _drop_unwritten()
            what = f"{error.filename}: " if error.filename else "cannot write the output: "
            raise Failure(f"{what}{error.strerror}") from error
        except ModuleNotFoundError as error:
            if (error.name or "netscam").startswith("netscam"):
                raise
            raise Failure(f"the library {error.name} is missing; netscam doctor shows what is installed") from error
        except MemoryError as error:
            raise Failure("not enough memory; nothing was written") from error
        except KeyboardInterrupt:
            click.echo("interrupted; nothing was written", err=True)
            ctx.exit(130)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order in which a newcomer meets them; any other follows."""
        return sorted(self.commands, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(netscam.__version__, prog_name="netscam")
def cli() -> None:
    """Criminal-network analysis of the Mekong online-scam compounds: from graded evidence to key nodes with proof.

    DATASET is the name of a dataset that ships with netscam (mekong, example) or a folder with the CSVs.
    """
