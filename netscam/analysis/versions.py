"""Versions of the libraries that a result was computed with."""

from __future__ import annotations

from importlib.metadata import version

from netscam import __version__


def library_versions(*libraries: str) -> dict[str, str]:
    """Version of netscam and of each named library, for the record that a result carries.

    Parameters
    ----------
    libraries
        Names of installed distributions, for example ``igraph``.

    Returns
    -------
    dict
        ``netscam`` first, then the libraries in the order given.

    Examples
    --------
    >>> list(library_versions("numpy"))
    ['netscam', 'numpy']
    """
    return {"netscam": __version__, **{library: version(library) for library in libraries}}
