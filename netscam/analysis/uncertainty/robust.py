"""Key-node sets under doubt: how stable the best set is, and which set to take when the record may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netscam.analysis.dismantle.finished import finished
from netscam.analysis.keynodes import key_nodes
from netscam.analysis.keynodes.greedy import start_set
from netscam.analysis.keynodes.request import Request, make_task
from netscam.analysis.keynodes.task import Task
from netscam.analysis.labels import entity_labels
from netscam.analysis.uncertainty.places import CUTS, LEVEL
from netscam.analysis.uncertainty.stack import Stack, best_set, mean_score, stack_of, tail_score
from netscam.analysis.uncertainty.workers import over_draws
from netscam.analysis.versions import library_versions
from netscam.errors import GraphError
from netscam.graph.sample import CHECK, EdgeSampler, edge_sampler
from netscam.schema import Prior

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netscam.analysis.keynodes import KeyNodes

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

SHAKES = 20
"""Rounds of shaking in the search for the best set of one draw."""


@dataclass(frozen=True, eq=False)
class RobustKeyNodes:
    """Three sets of one size, judged on fresh draws, and how often each node is in the best set of a draw.

    Parameters
    ----------
    recommended
        The answer of ``key_nodes`` on the network as recorded, with its proof.
    sets
        One row per set: ``recommended`` (best for the record), ``expected`` (least mean over draws), ``tail`` (least
        mean over the worst draws). Columns ``set, nodes`` (ids joined by ``;``), ``recorded`` (connected pairs left in
        the record), then over fresh draws that no set was chosen on: ``mean, median, low, high`` (pairs left; 5 % and
        95 % quantiles), ``tail`` (mean of the worst ``1 - tail_level``); ``chosen_mean`` (mean over the draws that the
        sets were chosen on: what lies between the two is optimism). The price of robustness, as shares: ``price``
        (``recorded`` above that of ``recommended``: what the set gives up if the whole record is right), ``price_mean``
        (``mean`` above that of ``expected``) and ``relief`` (``tail`` below that of ``recommended``).
    members
        One row per node that is in any of the three sets or in the best set of some draw: ``id, name, type``,
        ``p_best`` (share of draws in whose best set it is), ``recommended, expected, tail``. Sorted by ``p_best``, id.
    values
        Pairs left in each fresh draw, by set, and under ``nothing`` without any removal; shape (draws,).
    parameters
        ``k, draws, prior, seed, tail_level, dependence, perfect_information`` (mean over draws of the best set
        found for that draw alone: no set chosen beforehand can have a lower mean if those are optimal).
    versions
        Versions of netscam and the libraries.
    """

    recommended: KeyNodes
    sets: pd.DataFrame
    members: pd.DataFrame
    values: Mapping[str, Floats]
    parameters: Mapping[str, Any]
    versions: Mapping[str, str]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        told = f"{self.parameters['draws']} draws, prior {self.parameters['prior']!r}, seed {self.parameters['seed']}"
        return rich_table(f"Three sets of {self.parameters['k']}, judged on fresh draws: {told}", self.sets)

    def to_frame(self) -> pd.DataFrame:
        """The table of sets; a copy."""
        return self.sets.copy()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: ``sets, members`` (records), ``values`` (lists), ``recommended, parameters, versions``.

        ``recommended`` has the keys of ``KeyNodes.to_dict``; its ``seconds`` alone differs between runs.
        """
        sets = [{**row, "nodes": row["nodes"].split(";")} for row in self.sets.to_dict("records")]
        return {
            "sets": sets,
            "members": self.members.to_dict("records"),
            "values": {name: found.tolist() for name, found in self.values.items()},
            "recommended": self.recommended.to_dict(),
            "parameters": dict(self.parameters),
            "versions": dict(self.versions),
        }


def robust_key_nodes(
    graph: Any,
    *,
    k: int = 5,
    draws: int = 300,
    prior: str | Prior = "default",
    tail_level: float = 0.9,
    allow: Iterable[str] | None = None,
    forbid: Iterable[str] | None = None,
    seed: int = 0,
    workers: int = 1,
) -> RobustKeyNodes:
    """Compare the key-node set of the record with sets that are good over graphs drawn from the evidence.

    The objective is ``fragmentation``: connected pairs left after removal, fewer is better.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``EdgeSampler`` (undirected), or an igraph or networkx graph with edge ``probability``.
    k
        Size of the sets.
    draws
        Graphs to choose on; as many fresh ones are drawn to judge on.
    prior
        Prior that turns grades into probabilities.
    tail_level
        The ``tail`` set minimises the mean of the worst ``1 - tail_level`` of the draws (those in which the network is
        hardest to break): the conditional value at risk.
    allow, forbid
        Ids that alone may be taken, that may not be taken.
    seed
        The same seed gives the same answer.
    workers
        Processes; the result does not depend on them.

    Returns
    -------
    RobustKeyNodes
        ``to_frame()`` gives the three sets.

    Raises
    ------
    GraphError
        Unknown ids, or numbers out of range.

    Notes
    -----
    ``recommended`` is proved for the record. ``expected`` and ``tail`` come from greedy choice and swaps from several
    starts, and the best set of a draw from greedy choice, swaps and shaking: good sets, without a proof. A node with a
    high ``p_best`` holds the network together whichever of the doubtful documents are right; that is a position in
    the recorded network and not a finding of guilt.

    References
    ----------
    Kleywegt, A. J., Shapiro, A., & Homem-de-Mello, T. (2002). The sample average approximation method for stochastic
    discrete optimization. SIAM J. Optimization 12(2), 479-502.
    Rockafellar, R. T., & Uryasev, S. (2000). Optimization of conditional value-at-risk. J. Risk 2(3), 21-41.
    Bertsimas, D., & Sim, M. (2004). The price of robustness. Operations Research 52(1), 35-53.
    """
    if not 0 < tail_level < 1:
        raise GraphError("tail_level lies between 0 and 1")
    sampler = undirected_sampler(graph, prior)
    limits: dict[str, Any] = {"k": k, "allow": allow, "forbid": forbid}
    limits = {name: ids if ids is None or name == "k" else tuple(ids) for name, ids in limits.items()}
    recommended = finished(key_nodes)(sampler.graph, **limits, alternatives=0, seed=seed)
    stack = stack_of(sampler, sampler.draws(seed, draws))
    task = make_task(stack.csr, Request(**limits))
    parts = over_draws(_best_part, draws, stack, task, seed, workers=workers)
    counts = np.sum([part[0] for part in parts], axis=0)
    perfect = float(sum(part[1] for part in parts)) / draws
    chosen = _three_sets(stack, task, recommended.nodes, counts, tail_level)
    fresh = stack_of(sampler, sampler.draws(seed, draws, purpose=CHECK))
    values = {name: fresh.pairs(~removed) for name, removed in chosen.items()}
    values["nothing"] = fresh.pairs(np.ones(stack.csr.n, dtype=np.bool_))
    parameters = {
        "k": k,
        "draws": draws,
        "prior": sampler.prior,
        "seed": seed,
        "tail_level": tail_level,
        "level": LEVEL,
        "dependence": sampler.dependence,
        "perfect_information": perfect,
    }
    return RobustKeyNodes(
        recommended=recommended,
        sets=_sets_table(task, stack, chosen, values, tail_level),
        members=_members(sampler, stack, chosen, counts / draws),
        values=values,
        parameters=parameters,
        versions=library_versions("igraph", "numba", "numpy", "highspy"),
    )


def undirected_sampler(graph: Any, prior: str | Prior) -> EdgeSampler:
    """A sampler of the graph without directions, compiled unless it is one.

    Raises
    ------
    GraphError
        The graph is a sampler with directions.
    """
    if not isinstance(graph, EdgeSampler):
        return edge_sampler(graph, prior=prior)
    if graph.graph.is_directed():
        raise GraphError("key-node sets have no directions; compile the sampler with directed=False")
    return graph


def _best_part(numbers: Sequence[int], stack: Stack, task: Task, seed: int) -> tuple[Floats, float]:
    """How often each node is in the best set found, and the sum of the values."""
    from dataclasses import replace

    counts, total = np.zeros(stack.csr.n), 0.0
    for number in numbers:
        drawn = replace(task, csr=stack.draw(number))
        nodes = start_set(drawn, seed=seed, iterations=SHAKES)
        counts[nodes] += 1
        total += drawn.value(nodes)
    return counts, total


def _three_sets(
    stack: Stack, task: Task, recommended: Sequence[str], counts: Floats, tail_level: float
) -> dict[str, Flags]:
    number = {stack.csr.label(v): v for v in range(stack.csr.n)}
    record = np.zeros(stack.csr.n, dtype=np.bool_)
    record[[number[name] for name in recommended]] = True
    often = np.zeros(stack.csr.n, dtype=np.bool_)
    often[np.lexsort((np.arange(stack.csr.n), -counts))[: task.places]] = True
    starts = (None, record, often & task.free)
    chosen = {"recommended": record}
    for name, score in (("expected", mean_score), ("tail", tail_score(tail_level))):
        found = [best_set(stack, task.free, task.places, score, start) for start in starts]
        chosen[name] = min(found, key=lambda pair: (round(pair[1], 6), np.flatnonzero(pair[0]).tolist()))[0]
    return chosen


def _sets_table(
    task: Task, stack: Stack, chosen: Mapping[str, Flags], values: Mapping[str, Floats], tail_level: float
) -> pd.DataFrame:
    tail = tail_score(tail_level)
    rows = []
    for name, removed in chosen.items():
        low, median, high = np.quantile(values[name], CUTS, method="inverted_cdf")
        nodes = np.flatnonzero(removed)
        row: dict[str, Any] = {"set": name, "nodes": ";".join(stack.csr.label(v) for v in nodes.tolist())}
        row |= {"recorded": int(task.value(nodes)), "mean": float(values[name].mean()), "median": float(median)}
        row |= {"low": float(low), "high": float(high), "tail": float(tail(values[name][:, None])[0])}
        rows.append(row | {"chosen_mean": float(stack.pairs(~removed).mean())})
    table = pd.DataFrame(rows).set_index("set", drop=False)
    nominal, mean, worst = (
        float(str(table.loc[name, column]))
        for name, column in (("recommended", "recorded"), ("expected", "mean"), ("recommended", "tail"))
    )
    # Below one pair shares of it say nothing: then the difference itself stands, so that nothing given up is 0.
    return table.assign(
        price=(table["recorded"] - nominal) / max(1.0, nominal),
        price_mean=(table["mean"] - mean) / max(1.0, mean),
        relief=(worst - table["tail"]) / max(1.0, worst),
    ).reset_index(drop=True)


def _members(sampler: EdgeSampler, stack: Stack, chosen: Mapping[str, Flags], share: Floats) -> pd.DataFrame:
    ids = pd.Index([stack.csr.label(v) for v in range(stack.csr.n)], name="id", dtype="str")
    table = pd.DataFrame({"p_best": share, **chosen}, index=ids)
    table = entity_labels(sampler.graph).join(table)
    table = table[table["p_best"].gt(0) | table[list(chosen)].any(axis=1)].reset_index()
    return table.sort_values(["p_best", "id"], ascending=[False, True], kind="stable", ignore_index=True)
