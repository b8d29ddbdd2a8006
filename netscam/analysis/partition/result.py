"""The result of community detection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.errors import GraphError
from netscam.schema import load_schema

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from netscam.analysis.partition.ensemble import Ensemble

MOST_ENTITIES = 5_000
"""Largest graph for which the full co-membership matrix is made: 200 MB."""


@dataclass(frozen=True, eq=False)
class Partition:
    """Communities, how sure the runs are of them, and what is needed to find them again.

    Parameters
    ----------
    membership
        Index ``id`` in id order, values from 1: the largest community is 1, equal sizes are ordered by their smallest
        id, isolates come last with a number each.
    stability
        Same index, in [0, 1]: mean share of runs in which the entity was together with the other members of its
        community; for a community of one, the share of runs in which it was alone.
    labels
        Same index; ``name`` and ``type`` of the entities, where the graph has them.
    modularity
        Newman's modularity at resolution 1, weighted if the method was; NaN without any edge.
    quality
        The method's own quality (``METHODS[method].details`` says which); NaN without any edge.
    method, parameters, seed, versions
        What was asked for, and with which libraries.
    notes
        What a reader must be told, for example that nearly everything fell into one community.
    ties
        Shape (m, 2): the edges as positions in the index.
    ensemble
        The different partitions of all runs.
    """

    membership: pd.Series[int]
    stability: pd.Series[float]
    labels: pd.DataFrame
    modularity: float
    quality: float
    method: str
    parameters: Mapping[str, Any]
    seed: int
    versions: Mapping[str, str]
    notes: tuple[str, ...]
    ties: NDArray[np.int64]
    ensemble: Ensemble

    @property
    def unstable(self) -> pd.Series[bool]:
        """Whether the stability is below the threshold; index ``id``."""
        return self.stability.lt(self.parameters["threshold"]).rename("unstable")

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        words = f"{self.method}: {len(self.sizes()):,} communities of {len(self.membership):,} entities, "
        words += f"modularity {self.modularity:.3f}, {int(self.unstable.sum()):,} unstable members"
        return rich_table(". ".join((words, *self.notes)), self.to_frame())

    def to_frame(self) -> pd.DataFrame:
        """The partition as a table.

        Returns
        -------
        pandas.DataFrame
            Columns ``id, name, type, community, stability, unstable`` (``name`` and ``type`` only where the graph has
            them), ordered by community, then id.
        """
        table = self.labels.assign(community=self.membership, stability=self.stability, unstable=self.unstable)
        return table.reset_index().sort_values(["community", "id"], kind="stable", ignore_index=True)

    def sizes(self) -> pd.Series[int]:
        """Number of entities per community; index ``community``."""
        return self.membership.value_counts().sort_index().rename_axis("community").rename("size")

    def composition(self) -> pd.DataFrame:
        """How many entities of each type each community has.

        Returns
        -------
        pandas.DataFrame
            Index ``community``; one integer column per type that occurs, in the schema's order.

        Raises
        ------
        GraphError
            The graph has no entity types.
        """
        import pandas as pd

        if "type" not in self.labels:
            raise GraphError("the graph has no entity types")
        table = pd.crosstab(self.membership.rename("community"), self.labels["type"])
        schema = list(load_schema().entity_types)
        order = sorted(table.columns, key=lambda name: (schema.index(name) if name in schema else len(schema), name))
        return table[order]

    def ties_between(self) -> pd.DataFrame:
        """How many ties run inside and between communities.

        Returns
        -------
        pandas.DataFrame
            Columns ``community, other, ties``; one row per pair with any tie, ``community <= other``; a row with both
            equal counts the ties inside.
        """
        import numpy as np
        import pandas as pd

        ends = np.sort(self.membership.to_numpy()[self.ties], axis=1)
        table = pd.DataFrame({"community": ends[:, 0], "other": ends[:, 1]})
        return table.groupby(["community", "other"], sort=True).size().rename("ties").reset_index()

    def tie_agreement(self) -> pd.DataFrame:
        """For each tie, in what share of runs both ends were in one community; for graphs of any size.

        Returns
        -------
        pandas.DataFrame
            Columns ``source, target, together``, in the order of the edges.
        """
        import pandas as pd

        ids = self.membership.index.to_numpy()
        together = self.ensemble.together(self.ties)
        return pd.DataFrame({"source": ids[self.ties[:, 0]], "target": ids[self.ties[:, 1]], "together": together})

    def co_membership(self) -> pd.DataFrame:
        """For each pair of entities, in what share of runs both were in one community.

        Returns
        -------
        pandas.DataFrame
            Symmetric, ids as index and columns, 1 on the diagonal.

        Raises
        ------
        GraphError
            More than 5,000 entities; ``tie_agreement`` works at any size.
        """
        import numpy as np
        import pandas as pd

        size = len(self.membership)
        if size > MOST_ENTITIES:
            raise GraphError(f"co_membership of {size:,} entities would not fit into memory; use tie_agreement")
        share = np.zeros((size, size))
        for labels, count in zip(self.ensemble.partitions, self.ensemble.counts.tolist(), strict=True):
            share += count * (labels[:, None] == labels[None, :])
        index = self.membership.index
        return pd.DataFrame(share / self.ensemble.counts.sum(), index=index, columns=index.rename(None))
