"""Who the numbers of a result are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import igraph
    import pandas as pd


def entity_labels(graph: igraph.Graph) -> pd.DataFrame:
    """Name and type of every vertex.

    Returns
    -------
    pandas.DataFrame
        Index ``id`` in the graph's order; columns ``name`` and ``type``, each only where the graph has the vertex
        attribute (``label`` and ``type``).

    Examples
    --------
    >>> import igraph
    >>> graph = igraph.Graph(1, vertex_attrs={"name": ["E1"], "label": ["Acme"], "type": ["company"]})
    >>> entity_labels(graph).loc["E1"].tolist()
    ['Acme', 'company']
    """
    import pandas as pd

    have = set(graph.vs.attributes())
    index = pd.Index(graph.vs["name"] if "name" in have else [], name="id", dtype="str")
    columns = {column: graph.vs[key] for column, key in (("name", "label"), ("type", "type")) if key in have}
    return pd.DataFrame(columns, index=index)
