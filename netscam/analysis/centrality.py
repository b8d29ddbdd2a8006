"""Rankings: measures computed on a graph, whole or projected, with everything needed to compute them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from netscam.analysis.labels import entity_labels
from netscam.analysis.large.run import rounded, run_measure
from netscam.analysis.measures.cuts import find_articulation_points, find_bridges
from netscam.analysis.measures.registry import MEASURES
from netscam.analysis.versions import library_versions
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import as_igraph
from netscam.graph.project import project
from netscam.schema import load_schema

if TYPE_CHECKING:
    import igraph
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["MEASURES", "Ranking", "centrality", "find_articulation_points", "find_bridges"]


@dataclass(frozen=True, eq=False)
class Ranking:
    """One or several measures of the same entities.

    Parameters
    ----------
    measures
        Names of the measures, in the order asked for.
    values
        Index ``id`` in id order, one float column per measure, rounded to 12 significant digits; NaN where a measure is
        not defined.
    labels
        Same index; ``name`` and ``type`` of the entities, where the graph has them.
    parameters
        What ``centrality`` was asked for, and under ``edges`` what each measure used of the edges.
    versions
        Versions of netscam and the libraries.
    """

    measures: tuple[str, ...]
    values: pd.DataFrame
    labels: pd.DataFrame
    parameters: Mapping[str, Any]
    versions: Mapping[str, str]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        return rich_table(f"{len(self.values):,} entities by {', '.join(self.measures)}", self.to_frame())

    def to_frame(self) -> pd.DataFrame:
        """The ranking as a table.

        Returns
        -------
        pandas.DataFrame
            Columns ``id, name, type``, then the measures (``name`` and ``type`` only where the graph has them), in
            order of the first measure, the most central first (descending, but ascending for ``constraint``), ties by
            id, undefined values last.
        """
        first = self.measures[0]
        table = self.labels.join(self.values).reset_index()
        rising = [MEASURES[first].details["central"] == "low", True]
        return table.sort_values([first, "id"], ascending=rising, kind="stable", na_position="last", ignore_index=True)

    def ranks(self) -> pd.DataFrame:
        """Places: 1 is the most important position, ties share the best place.

        Returns
        -------
        pandas.DataFrame
            Index ``id``, one float column per measure; NaN where a measure is not defined. For ``constraint``, where a
            low value stands for a broker, the lowest value has place 1.
        """
        import pandas as pd

        places = {
            name: self.values[name].rank(method="min", ascending=MEASURES[name].details["central"] == "low")
            for name in self.measures
        }
        return pd.DataFrame(places, index=self.values.index)


def centrality(
    graph: Any,
    measure: str | Sequence[str],
    *,
    weighted: bool = False,
    directed: bool | None = None,
    types: Iterable[str] | None = None,
    through: Iterable[str] | None = None,
    method: Literal["auto", "exact", "sampled"] = "auto",
    seed: int = 0,
) -> Ranking:
    """Rank entities by one or several centrality measures.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``igraph.Graph`` or any networkx graph.
    measure
        One name or several; ``MEASURES.names()`` lists them. The first one orders the table.
    weighted
        Use the edge attribute each measure declares, ``strength`` or ``distance``. By default every tie counts the
        same; ``strength`` is weighted in any case.
    directed
        Whether measures see directions. None: each as it declares, that is ``in_degree``, ``out_degree``, ``hub`` and
        ``authority`` with directions and all others without, also when the graph has directions. True matters to
        ``betweenness``, ``closeness``, ``harmonic`` and ``pagerank``; the others ignore directions by definition.
    types
        Entity types to rank. Without ``through`` the measure is computed on the whole graph, and other types are left
        out of the table only.
    through
        Entity types that stand between: the measure is computed on ``project(graph, types, through)``, for example
        operators linked through companies and addresses.
    method
        ``exact``; ``sampled``: estimate betweenness, closeness, harmonic and bridging from the shortest paths of a
        random sample of sources (other measures are exact in any case); ``auto``: exact up to 20,000 vertices. What
        was done stands in ``parameters["kernels"]``, with the bound on the error where there is one.
    seed
        Seed of the sample.

    Returns
    -------
    Ranking
        ``to_frame()`` gives the table.

    Raises
    ------
    UnknownNameError
        No such measure or entity type.
    GraphError
        Types are asked for that this graph has none of, ``through`` without ``types``, directions on a projection, or
        an unknown method.

    Notes
    -----
    A high rank describes a position in the recorded network, not responsibility. An entity that the documents do not
    tie to others ranks low whatever it did.

    Examples
    --------
    >>> import networkx
    >>> centrality(networkx.path_graph(["a", "b", "c"]), "betweenness").to_frame().to_dict("list")
    {'id': ['b', 'a', 'c'], 'betweenness': [1.0, 0.0, 0.0]}
    """
    measures = (measure,) if isinstance(measure, str) else tuple(dict.fromkeys(measure))
    if not measures:
        raise GraphError("centrality needs at least one measure")
    if method not in ("auto", "exact", "sampled"):
        raise GraphError(f"method is 'auto', 'exact' or 'sampled', not {method!r}")
    sees = {name: MEASURES[name].details["directed"] if directed is None else directed for name in measures}
    kinds, between = _listed(types), _listed(through)
    graphs = {flag: _graph(graph, kinds, between, directed=flag) for flag in sorted(set(sees.values()))}
    ways = {
        name: run_measure(name, graphs[sees[name]], weighted=weighted, method=method, seed=seed) for name in measures
    }
    columns = {name: rounded(way.values) for name, way in ways.items()}
    values, labels = _tables(next(iter(graphs.values())), columns, kinds)
    parameters = {
        "measures": measures,
        "weighted": weighted,
        "directed": sees,
        "types": kinds,
        "through": between,
        "edges": {name: _edges_used(name, weighted=weighted) for name in measures},
        "kernels": {name: way.told for name, way in ways.items()},
    }
    return Ranking(measures, values, labels, parameters, library_versions("igraph", "numpy", "scipy"))


def _listed(types: Iterable[str] | None) -> tuple[str, ...] | None:
    if types is None:
        return None
    return (types,) if isinstance(types, str) else tuple(dict.fromkeys(types))


def _edges_used(name: str, *, weighted: bool) -> str:
    declared = str(MEASURES[name].details["weight"])
    return declared if weighted or name == "strength" else "none"


def _graph(
    graph: Any, types: tuple[str, ...] | None, through: tuple[str, ...] | None, *, directed: bool
) -> igraph.Graph:
    """The graph to compute on, checked for the types that are asked for."""
    if through is None:
        whole = as_igraph(graph, directed=directed)
        _check_types(whole, types or ())
        return whole
    if types is None:
        raise GraphError("through= needs types=: the entity types to keep")
    if directed:
        raise GraphError("a projection has no directions; leave out in_degree, out_degree, hub and authority")
    return project(graph, types, through)


def _check_types(graph: igraph.Graph, types: Iterable[str]) -> None:
    schema = load_schema()
    present = set(graph.vs["type"]) if "type" in graph.vs.attributes() else set()
    for name in types:
        if name in present or name in schema.analysis_types:
            continue
        if name not in schema.entity_types:
            raise UnknownNameError("entity type", name, sorted({*schema.entity_types, *present}))
        raise GraphError(f"the graph has no {name}; build it with to_igraph(data, types=...) to include them")


def _tables(
    graph: igraph.Graph, columns: Mapping[str, NDArray[np.float64]], types: tuple[str, ...] | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and labels by id, in id order, restricted to the types that are asked for."""
    import pandas as pd

    labels = entity_labels(graph)
    values = pd.DataFrame(dict(columns), index=labels.index)
    if types is not None and "type" in labels:
        keep = labels["type"].isin(types)
        values, labels = values[keep], labels[keep]
    elif types is not None and len(labels):
        raise GraphError("the graph has no entity types to choose from")
    return values, labels
