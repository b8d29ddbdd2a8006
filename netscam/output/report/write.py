"""Writing the report: the format follows the file's ending; pictures and sources go beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from netscam.errors import OutputError
from netscam.files import write_files
from netscam.output.report.references import bibtex, csl_json

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset
    from netscam.output.report.model import Brief

FORMATS = (".html", ".docx", ".md")
SOURCE_FORMATS = (".json", ".bib")


def write_report(
    data: Dataset,
    path: str | Path,
    *,
    references: str | Path | Iterable[str | Path] = (),
    figures: bool = True,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write a brief that can be sent: findings in plain words with intervals, certificates, sources and limits.

    Parameters
    ----------
    data
        The dataset.
    path
        ``.html`` (one file that needs nothing else and prints on A4), ``.docx`` or ``.md`` (its pictures go to a folder
        ``<name>_pictures`` beside it).
    references
        Files for the cited sources: ``.json`` (CSL-JSON) or ``.bib`` (BibTeX); one or several.
    figures
        Whether figures are drawn; without them the report is words and tables.
    seed
        For methods that draw; the numbers are those that the commands print with the same seed.
    progress
        Called with a word or two before each step.

    Returns
    -------
    list of Path
        Every file written.

    Raises
    ------
    OutputError
        An ending that is not known, or a file that cannot be written; then none is replaced.
    GraphError
        The dataset has no ties.

    Notes
    -----
    Whoever is named carries a status in words and the number of a source. The same data gives the same bytes.
    """
    target = _checked(Path(path), FORMATS, "a report")
    given = [references] if isinstance(references, (str, Path)) else list(references)
    sources = [_checked(Path(found), SOURCE_FORMATS, "references") for found in given]
    brief = _brief(data, figures=figures, seed=seed, progress=progress or _silent)
    contents = _contents(brief, target)
    cited = [reference.document for reference in brief.references]
    for source in sources:
        contents[source] = csl_json(data, cited) if source.suffix.lower() == ".json" else bibtex(data, cited)
    write_files(contents)
    return list(contents)


def _silent(_: str) -> None:
    """Tell nobody."""


def _checked(path: Path, endings: tuple[str, ...], what: str) -> Path:
    if path.suffix.lower() not in endings:
        raise OutputError(f"cannot write {what} to {path}: the name must end in {', '.join(endings)}")
    if path.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder")
    return path


def _brief(data: Dataset, *, figures: bool, seed: int, progress: Callable[[str], None]) -> Brief:
    from netscam.output.report.brief import make_brief
    from netscam.output.report.facts import gather
    from netscam.output.report.pictures import make_scene

    facts = gather(data, seed=seed, progress=progress)
    return make_brief(facts, make_scene(data, facts.study) if figures else None, progress=progress)


def _contents(brief: Brief, target: Path) -> dict[Path, str | bytes]:
    """The report's own file, and those beside it."""
    from netscam.output.report.docx import report_docx
    from netscam.output.report.html import report_html
    from netscam.output.report.markdown import report_markdown

    ending = target.suffix.lower()
    if ending == ".html":
        return {target: report_html(brief)}
    if ending == ".docx":
        return {target: report_docx(brief)}
    folder = f"{target.stem}_pictures"
    pictures = {target.parent / folder / f"{picture.name}.png": picture.png for picture in brief.pictures()}
    return {target: report_markdown(brief, folder), **pictures}
