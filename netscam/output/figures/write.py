"""Writing the figures of a dataset, all of them whole or none, and checking that they are what they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from netscam.errors import GraphError, OutputError
from netscam.files import finish_files, write_files
from netscam.output.figures import manifest as record
from netscam.output.figures.render import render
from netscam.output.figures.sheet import FIGURES, Scene
from netscam.output.style import style_context

if TYPE_CHECKING:
    from netscam.analysis.study import Study
    from netscam.data.dataset import Dataset


@dataclass(frozen=True)
class FigureReport:
    """What ``write_figures`` did or, when checking, would do.

    Parameters
    ----------
    folder
        Where the files are.
    figures
        Names of the figures that were drawn.
    changed
        Files whose content was or would be new, by name.
    same
        Files that were already as they should be.
    stray
        Files of figures that the older manifest names and that are no longer made; never deleted.
    checked
        True when nothing was written.
    missing
        Those of ``changed`` that did not exist before.
    """

    folder: Path
    figures: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    stray: tuple[str, ...]
    checked: bool
    missing: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every file is now as it should be."""
        return not self.checked or not (self.changed or self.stray)

    def lines(self) -> tuple[str, ...]:
        """The report in words: a line for each file that is or would be another, then how many are as they should be.

        When checking, a file that does not exist is ``missing``, one with other content ``would change``.
        """
        told = [f"{self._word(name)} {self.folder / name}" for name in self.changed]
        told += [f"no longer made {self.folder / name}" for name in self.stray]
        figures, files = len(self.figures), len(self.same)
        told.append(
            f"{figures} {'figure' if figures == 1 else 'figures'}, {files} {'file' if files == 1 else 'files'} as "
            f"{'it' if files == 1 else 'they'} should be"
        )
        return tuple(told)

    def _word(self, name: str) -> str:
        if not self.checked:
            return "wrote"
        return "missing" if name in self.missing else "would change"


def write_figures(
    data: Dataset,
    folder: str | Path,
    *,
    only: str | Iterable[str] | None = None,
    check: bool = False,
    seed: int = 0,
    study: Study | None = None,
    progress: Callable[[str], None] | None = None,
) -> FigureReport:
    """Draw the figures of a dataset and write them with captions, numbers and a manifest.

    Parameters
    ----------
    data
        The dataset.
    folder
        Where to write: for each figure ``<name>.svg``, ``.png`` (300 dpi), ``.pdf``, ``.csv`` (the plotted numbers,
        more of them in ``<name>-<what>.csv``) and ``.md`` (caption, alternative text, caveat, version); beside them
        ``layout.csv`` and ``MANIFEST.json``.
    only
        Names of figures to draw; all of them by default. Files of the others are left alone.
    check
        Write nothing; compare.
    seed
        For layout and methods that draw.
    study
        Results of ``run_study(to_igraph(data), seed=seed)`` if they have been computed before.
    progress
        Called with a word or two before each step.

    Returns
    -------
    FigureReport
        ``changed`` names every file that was, or with ``check`` would be, written anew.

    Raises
    ------
    UnknownNameError
        There is no figure of a name in ``only``.
    GraphError
        The dataset has no ties to draw, or the study is of another graph or seed.
    OutputError
        A file cannot be written; then none is replaced.

    Notes
    -----
    The same data gives the same bytes on one machine, whatever the order of the CSV rows and the hash seed. Another
    version of matplotlib may draw a line a hair elsewhere: the manifest names the versions.
    """
    names = _names(only)
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise OutputError(f"cannot write to {target}: it is not a folder")
    finish_files(target)
    scene = _scene(data, target, seed=seed, study=study, tell=progress or _silent)
    contents, made = _draw(scene, target, names, progress or _silent)
    before = {name: _read(target / name) for name in contents}
    changed = tuple(sorted(name for name, content in contents.items() if before[name] != content))
    if changed and not check:
        # All of them, also those that were the same: another run may have written here meanwhile.
        write_files({target / name: content for name, content in contents.items()})
    stray = _stray(target, record.read_manifest(target), made) if only is None else ()
    missing = tuple(name for name in changed if before[name] is None)
    same = tuple(sorted(set(contents) - set(changed)))
    return FigureReport(target, tuple(names), changed, same, stray, check, missing)


def _silent(_: str) -> None:
    """Tell nobody."""


def _names(only: str | Iterable[str] | None) -> list[str]:
    if only is None:
        return FIGURES.names()
    wanted = {FIGURES[name].name for name in ([only] if isinstance(only, str) else only)}
    return [name for name in FIGURES.names() if name in wanted]


def _scene(data: Dataset, folder: Path, *, seed: int, study: Study | None, tell: Callable[[str], None]) -> Scene:
    from netscam.analysis.study import run_study
    from netscam.graph.build import to_igraph

    graph = to_igraph(data)
    if study is None:
        study = run_study(graph, seed=seed, progress=tell)
    elif record.graph_hash(study.graph) != record.graph_hash(graph) or study.seed != seed:
        raise GraphError("the study is of another graph or seed than the figures")
    tell("layout")
    return Scene(data, study, record.stored_layout(folder, graph, seed))


def _draw(
    scene: Scene, folder: Path, names: list[str], tell: Callable[[str], None]
) -> tuple[dict[str, bytes], set[str]]:
    """Contents of every file by name, and the names of all files that belong to a figure."""
    drawn: dict[str, dict[str, bytes]] = {}
    for name in names:
        tell(f"figure {name}")
        with style_context():
            drawn[name] = render(name, FIGURES[name].function(scene), scene.data)
    places = record.layout_csv(scene.places)
    new = record.manifest(scene.data, scene.study.graph, seed=scene.study.seed, places=places, figures=drawn)
    whole = record.merge(new, record.read_manifest(folder), FIGURES.names())
    contents = {file: content for files in drawn.values() for file, content in files.items()}
    contents |= {record.LAYOUT: places, record.NAME: record.manifest_text(whole)}
    return contents, {file for files in whole["figures"].values() for file in files}


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error


def _stray(folder: Path, old: dict[str, object], made: set[str]) -> tuple[str, ...]:
    figures = old.get("figures")
    named = {file for files in figures.values() for file in files} if isinstance(figures, dict) else set()
    return tuple(sorted(name for name in named - made if (folder / name).exists()))
