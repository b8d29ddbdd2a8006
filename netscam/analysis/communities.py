"""Communities: who is tied more closely to each other than to the rest, and how sure that is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from netscam.analysis.labels import entity_labels
from netscam.analysis.measures.matrices import edge_ends, edge_weights
from netscam.analysis.partition.beside import second_opinion
from netscam.analysis.partition.ensemble import (
    Ensemble,
    companionship,
    most_agreeing,
    run_ensemble,
    stable_numbers,
)
from netscam.analysis.partition.methods import METHODS
from netscam.analysis.partition.result import Partition
from netscam.analysis.partition.seeding import child_seeds
from netscam.analysis.partition.significance import Significance, community_significance
from netscam.analysis.versions import library_versions
from netscam.errors import GraphError
from netscam.graph.build import as_igraph

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["METHODS", "Partition", "Significance", "community_significance", "find_communities", "second_opinion"]

GIANT = 0.9
"""Share of all tied entities above which the largest community is reported as a collapse."""

COLLAPSE = 0.1
"""A label propagation that collapsed is refused where Leiden's modularity is higher by more than this."""

RUNS = ((20_000, 100), (200_000, 20), (2_000_000, 5))
FEWEST_RUNS = 2
"""Runs by number of ties, and above the last of them."""

_log = logging.getLogger(__name__)


def find_communities(
    graph: Any,
    *,
    method: str = "leiden",
    resolution: float = 1.0,
    runs: int | None = None,
    seed: int = 0,
    weighted: bool = False,
    threshold: float = 0.75,
) -> Partition:
    """Divide the network into communities, and say which members the division is unsure of.

    The method runs many times from different seeds. The result is the run that agrees most with all runs on which ties
    lie inside communities (a partition the method has really found, unlike an average). Entities that the other runs
    often put elsewhere are flagged.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``igraph.Graph`` or any networkx graph; directions are ignored.
    method
        ``leiden``, ``leiden-cpm``, ``infomap`` or ``label-propagation``; ``METHODS.names()`` lists them.
    resolution
        Larger values give more and smaller communities, where the method uses it.
    runs
        Number of runs. None: 100 up to 20,000 ties, 20 up to 200,000, 5 up to two million, 2 above;
        ``parameters`` says how many.
    seed
        Seed of the runs.
    weighted
        Count ties by ``strength``; by default every tie counts the same.
    threshold
        Stability below which a member is flagged as unstable.

    Returns
    -------
    Partition
        The same for the same arguments, whatever the order of rows, on every run. Isolates are communities of their
        own with the last numbers. Without any edge, modularity and quality are NaN.

    Raises
    ------
    UnknownNameError
        No such method.
    GraphError
        Fewer than one run, a resolution that is not positive, or a label propagation that collapsed: nearly everything
        in one community, where Leiden finds a division of a modularity higher by 0.1 or more.

    Notes
    -----
    Stability is about the method's own randomness: all members can be stable although the ties are weakly documented.

    ``second_opinion`` sets Infomap beside Leiden, since modularity merges small cells.

    ``community_significance`` says whether the communities are stronger than chance gives. A community in the record is
    a set of entities that documents tie together, often because one document names them all. It is not an organization,
    and membership says nothing about conduct.

    References
    ----------
    Lancichinetti, A., & Fortunato, S. (2012). Consensus clustering in complex networks. Scientific Reports 2, 336: why
    one run is not enough, and the co-membership matrix that ``stability`` averages.

    Examples
    --------
    >>> import networkx
    >>> found = find_communities(networkx.barbell_graph(4, 0), runs=10)
    >>> found.membership.tolist(), round(found.modularity, 3)
    ([1, 1, 1, 1, 2, 2, 2, 2], 0.423)
    """
    entry = METHODS[method]
    if runs is not None and runs < 1:
        raise GraphError(f"runs must be at least 1, not {runs}")
    if not resolution > 0:
        raise GraphError(f"resolution must be positive, not {resolution}")
    whole = as_igraph(graph)
    weights = edge_weights(whole, "strength", weighted=weighted)
    ties = edge_ends(whole)
    runs = runs or default_runs(len(ties))
    seeds = child_seeds(seed, runs)
    if len(ties):
        ensemble = run_ensemble(whole, entry.function, weights=weights, resolution=resolution, seeds=seeds)
        chosen = most_agreeing(ensemble, ties, better=entry.details["better"])
    else:
        ensemble, chosen = _all_alone(whole, runs), 0
    parameters = {"resolution": resolution, "runs": runs, "weighted": weighted, "threshold": threshold}
    found = _partition(whole, ties, weights, ensemble, chosen, method=method, parameters=parameters, seed=seed)
    if method == "label-propagation" and found.notes:
        _refuse_collapse(whole, found, weights, seeds[:1])
    return found


def default_runs(ties: int) -> int:
    """How many runs are made when nothing is said.

    Examples
    --------
    >>> default_runs(1_000), default_runs(1_000_000), default_runs(10_000_000)
    (100, 5, 2)
    """
    return next((runs for most, runs in RUNS if ties <= most), FEWEST_RUNS)


def _refuse_collapse(graph: igraph.Graph, found: Partition, weights: list[float] | None, seeds: list[int]) -> None:
    """Refuse a partition into nearly one part where there are parts to be found."""
    leiden = run_ensemble(graph, METHODS["leiden"].function, weights=weights, resolution=1.0, seeds=seeds)
    reached = float(graph.modularity(leiden.partitions[0].tolist(), weights=weights))
    if reached > found.modularity + COLLAPSE:
        raise GraphError(f"{found.notes[0]}; leiden reaches a modularity of {reached:.3f}, so use leiden or infomap")


def _all_alone(graph: igraph.Graph, runs: int) -> Ensemble:
    import numpy as np

    alone = np.arange(graph.vcount(), dtype=np.int32)[None, :]
    return Ensemble(alone, np.array([runs], dtype=np.int64), np.array([np.nan]))


def _partition(
    graph: igraph.Graph,
    ties: NDArray[np.int64],
    weights: list[float] | None,
    ensemble: Ensemble,
    chosen: int,
    *,
    method: str,
    parameters: dict[str, Any],
    seed: int,
) -> Partition:
    import numpy as np
    import pandas as pd

    isolate = np.asarray(graph.degree(), dtype=np.int64) == 0
    numbers = stable_numbers(ensemble.partitions[chosen], isolate)
    labels = entity_labels(graph)
    modularity = float(graph.modularity(numbers.tolist(), weights=weights)) if len(ties) else float("nan")
    return Partition(
        membership=pd.Series(numbers, index=labels.index, name="community"),
        stability=pd.Series(companionship(ensemble, numbers), index=labels.index, name="stability"),
        labels=labels,
        modularity=modularity,
        quality=float(ensemble.qualities[chosen]),
        method=method,
        parameters=parameters,
        seed=seed,
        versions=library_versions("igraph", "numpy"),
        notes=_notes(numbers[~isolate], modularity, method),
        ties=ties,
        ensemble=ensemble,
    )


def _notes(numbers: NDArray[np.int64], modularity: float, method: str) -> tuple[str, ...]:
    """A collapse into one community is said, in the result and in the log."""
    largest = int((numbers == 1).sum())
    if not len(numbers) or largest < GIANT * len(numbers):
        return ()
    note = (
        f"{method} put {largest} of {len(numbers)} tied entities into one community (modularity {modularity:.3f}): "
        "this partition separates almost nothing"
    )
    _log.warning(note)
    return (note,)
