"""The command that reads other formats: import."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from netscam.cli.group import cli
from netscam.cli.params import DATE, Registered
from netscam.cli.show import show_json
from netscam.errors import OutputError, Problem

REPORT_FILE = "import_report.json"
MOST_PRINTED = 12
dataset_folder = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder to write. What this command wrote there before is replaced; another dataset there is refused.",
)
force_option = click.option("--force", is_flag=True, help="Replace whatever dataset is in the folder.")


@cli.command("import")
@click.argument("form", metavar="FORMAT", type=Registered("netscam.data.importers.registry", "IMPORTERS"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@dataset_folder
@force_option
@click.option("--name", default="", help="Name of the dataset; by default that of the folder.")
@click.option("--published", type=DATE, default=None, help="Date of publication, where the files do not state it.")
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False), help="Mapping file of the format table.")
@click.option("--guess", is_flag=True, help="Format table: write a first mapping.toml to edit, and import nothing.")
@click.option(
    "--format", "report_form", type=click.Choice(["text", "json"]), default="text", help="Form of the report."
)
def import_command(
    form: str,
    files: tuple[Path, ...],
    output: Path,
    guess: bool,
    force: bool,
    report_form: str,
    **options: Any,
) -> None:
    """Read lists, leaks and registers as they are published into a netscam dataset.

    FORMAT is ofac, opensanctions, icij, bods or table. FILE may be a folder. The report of what was read, changed and
    dropped goes to stderr (JSON: to stdout) and, with every warning, to import_report.json beside the tables.
    """
    from netscam.data.importers.registry import import_files
    from netscam.data.resolve.target import check_target, stale_files

    if guess:
        _write_guess(form, files, output, force)
        return
    check_target(output, "imported_from", form, force=force)
    options["name"] = options["name"] or output.resolve().name
    options["published"] = options["published"] or ""
    with _bar(files) as bar:
        found = import_files(form, files, **options, progress=bar.update)
    with found:
        target = found.write(output, beside={REPORT_FILE: _report_text(found.report)}, remove=stale_files(()))
    if report_form == "json":
        show_json(found.report.to_dict())
    else:
        shown = _some_of_each(found.report.warnings)
        for problem in shown:
            click.echo(f"{problem} (warning)", err=True)
        if len(found.report.warnings) > len(shown):
            click.echo(f"... more warnings are in {target / REPORT_FILE}", err=True)
        click.echo("\n".join(found.report.lines()), err=True)
    click.echo(f"wrote {target}", err=True)


def _some_of_each(problems: Sequence[Problem]) -> list[Problem]:
    """At most a dozen warnings of each reason, in the order of the reasons."""
    seen: Counter[str] = Counter()
    kept = []
    for problem in problems:
        reason = problem.message.partition(": ")[0]
        seen[reason] += 1
        kept += [problem] if seen[reason] <= MOST_PRINTED else []
    return kept


def _bar(files: Sequence[Path]) -> Any:
    """Progress in bytes on stderr, silent when stderr is not a terminal."""
    inside = [each for path in files for each in (path.glob("*") if path.is_dir() else [path])]
    size = sum(each.stat().st_size for each in inside if each.is_file())
    return click.progressbar(length=max(size, 1), label="import", file=sys.stderr, hidden=not sys.stderr.isatty())


def _report_text(report: Any) -> str:
    import json

    text = json.dumps(
        {**report.to_dict(), "warnings": [str(problem) for problem in report.warnings]}, indent=1, ensure_ascii=False
    )
    return text + "\n"


def _write_guess(form: str, files: Sequence[Path], output: Path, force: bool) -> None:
    from netscam.data.importers.stream import expand
    from netscam.data.importers.table.guess import guess_tables, mapping_text
    from netscam.files import write_file

    if form != "table":
        raise click.UsageError("--guess is for the format table; the others know their columns")
    target = output / "mapping.toml"
    if target.exists() and not force:
        raise OutputError(f"{target} is there already; edit it, or replace it with --force")
    write_file(
        target, mapping_text(guess_tables(expand(files, "*.csv", "*.tsv", "*.xlsx", "*.json", "*.jsonl", "*.dl")))
    )
    click.echo(f"wrote {target}: check it, then netscam import table FILE... --mapping {target} -o FOLDER", err=True)
