"""Writing the figures of a dataset, all of them whole or none, and checking that they are what they should be."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.errors import GraphError, OutputError
from netscam.files import finish_files, write_files
from netscam.output.figures import manifest as record
from netscam.output.figures.render import render
from netscam.output.figures.sheet import FIGURES, Drawn, Scene
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
    workers: int = 1,
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
    workers
        Processes; the bytes do not depend on them. With more than one, a figure's files are made beside the next
        figure's numbers. New ones are spawned, so a script that asks for them needs ``if __name__ == "__main__":``.
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
    contents, made = _contents(scene, target, _drawn(scene, names, workers, progress or _silent))
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


def _drawn(scene: Scene, names: list[str], workers: int, tell: Callable[[str], None]) -> dict[str, dict[str, bytes]]:
    """Files of every figure by name."""
    files: dict[str, Future[dict[str, bytes]]] = {}
    with _renderer(workers) as start:
        for name in names:
            tell(f"figure {name}")
            with style_context():
                drawn = FIGURES[name].function(scene)
            files[name] = start(name, drawn, scene.data)
        return {name: made.result() for name, made in files.items()}


@contextmanager
def _renderer(workers: int) -> Iterator[Callable[..., Future[dict[str, bytes]]]]:
    """Give ``render`` as something to start: in another process, or at once where there is but this one."""
    if workers < 2:
        yield _at_once
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    spawn, deaf = get_context("spawn"), (signal.SIGINT, signal.SIG_IGN)
    try:
        pool = ProcessPoolExecutor(workers - 1, mp_context=spawn, initializer=signal.signal, initargs=deaf)
    except (OSError, ImportError, NotImplementedError):  # no shared memory here
        yield _at_once
        return

    def start(*given: Any) -> Future[dict[str, bytes]]:
        with _held_interrupt():
            return pool.submit(render, *given)

    try:
        yield start
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _held_interrupt() -> Iterator[None]:
    """Hold ctrl-C back: a process born meanwhile never hears it, and none is left half born."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _at_once(name: str, drawn: Drawn, data: Dataset) -> Future[dict[str, bytes]]:
    made: Future[dict[str, bytes]] = Future()
    made.set_result(render(name, drawn, data))
    return made


def _contents(scene: Scene, folder: Path, drawn: dict[str, dict[str, bytes]]) -> tuple[dict[str, bytes], set[str]]:
    """Contents of every file by name, and the names of all files that belong to a figure."""
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
