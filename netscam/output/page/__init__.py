"""The investigator's page: one offline HTML file with the network, its evidence and the tools to question it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.files import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from netscam.data.dataset import Dataset
    from netscam.output.page.profiles import Profile
    from netscam.output.page.results import Certified, Framed, Rankings

__all__ = ["page_html", "show_page", "write_page"]


def page_html(
    data: Dataset,
    *,
    ranking: Rankings | None = None,
    partition: Framed | None = None,
    key_nodes: Certified | Sequence[Certified] | None = None,
    layout: pd.DataFrame | None = None,
    profile: str | Profile | None = None,
    seed: int = 0,
) -> str:
    """HTML text of the page: see ``write_page`` for the parameters.

    Returns
    -------
    str
        A complete document. It loads nothing from anywhere and runs only its own scripts (Content-Security-Policy with
        hashes); everything from the dataset is put in as text. The same input gives the same bytes.
    """
    from netscam.output.page.content import page_content
    from netscam.output.page.host import render

    content = page_content(
        data,
        ranking=ranking,
        partition=partition,
        key_nodes=key_nodes,
        layout=layout,
        profile=profile,
        seed=seed,
    )
    return render(content)


def write_page(
    data: Dataset,
    path: str | Path,
    *,
    ranking: Rankings | None = None,
    partition: Framed | None = None,
    key_nodes: Certified | Sequence[Certified] | None = None,
    layout: pd.DataFrame | None = None,
    profile: str | Profile | None = None,
    seed: int = 0,
) -> Path:
    """Write the investigator's page: one HTML file that works without a network.

    Parameters
    ----------
    data
        The dataset; all its entities and relations go into the file, with every evidence row and document.
    path
        File to write, whole or not at all.
    ranking
        Measures to show in the panel and to order names by: ``centrality(...)``, or a table of ``id`` and one column
        per measure. A sequence of results may also hold ``uncertainty(...)`` of the same measures, whose intervals of
        ranks and P(in the top k) are then shown beside them. Without it, names go by number of neighbours.
    partition
        Communities (``find_communities(...)``): a filter, and what large networks are folded into. Without it, a
        network too large to draw at once is folded by Leiden communities found with ``seed``.
    key_nodes
        One or several results of ``key_nodes(...)``, for example one per set size: the page starts from the largest
        set of at most ten and sets the certified set beside the reader's own choice of the same size.
    layout
        Coordinates as columns ``id, x, y``; by default those of the figures, ``netscam.output.layout.layout``.
    profile
        ``public`` replaces persons without a public legal status by pseudonyms and leaves out weak evidence;
        ``internal`` watermarks the page; None does neither. A ``Profile`` sets the grade that is asked for.
    seed
        Seed of the layout and of the folding, where they are not given.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UnknownNameError
        There is no such profile.
    OutputError
        The file cannot be written.

    Notes
    -----
    The page shows statements of documents, each with its legal standing; a rank is a position in the recorded network
    and says nothing about guilt.
    """
    target = Path(path)
    html = page_html(
        data,
        ranking=ranking,
        partition=partition,
        key_nodes=key_nodes,
        layout=layout,
        profile=profile,
        seed=seed,
    )
    write_file(target, html)
    return target


def show_page(data: Dataset, path: str | Path, *, height: int = 720, **options: Any) -> Any:
    """Write the page and show it in a notebook without copying it into the notebook.

    Parameters
    ----------
    data
        The dataset.
    path
        File to write. The notebook shows it by this path, so give one at or below the folder of the notebook.
    height
        Height of the frame in CSS pixels.
    **options
        Whatever ``write_page`` takes besides.

    Returns
    -------
    IPython.display.IFrame
        A frame that refers to the file; the ``.ipynb`` grows by one line.
    """
    from IPython.display import IFrame

    file = write_page(data, path, **options)
    return IFrame(src=file.as_posix(), width="100%", height=height)
