"""What to verify next: the single relation whose confirmation or refutation would change the chosen set most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from netscam.analysis.keynodes.request import Request, make_task
from netscam.analysis.uncertainty.robust import undirected_sampler
from netscam.analysis.uncertainty.stack import LEAST_GAIN, Stack, best_set, mean_score, stack_of
from netscam.analysis.uncertainty.workers import over_draws
from netscam.analysis.versions import library_versions
from netscam.errors import GraphError
from netscam.schema import Prior

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netscam.graph.sample import EdgeSampler

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

ORDERS = {"change": ["expected_change", "expected_gain"], "gain": ["expected_gain", "expected_change"]}


@dataclass(frozen=True, eq=False)
class NextChecks:
    """Relations in the order in which verifying them would change the set.

    Parameters
    ----------
    nodes
        The set that is best in expectation before anything is verified, in natural order.
    table
        One row per relation of the analysis graph:

        ``relation, source, target``
            ids (of the relation and of the two entities of its tie);
        ``probability``
            that it holds and is a tie, by the documents;
        ``if_confirmed, if_refuted``
            how many nodes of the set would be replaced;
        ``joins_if_confirmed, joins_if_refuted``
            the nodes that would come in, joined by ``;``;
        ``expected_change``
            expected number of nodes replaced: probability * if_confirmed + (1 - probability) * if_refuted;
        ``expected_gain``
            value of the information: the expected number of connected pairs fewer that are left, because the set can be
            chosen after the answer.
    parameters
        ``k, draws, prior, seed, by, dependence, mean`` (expected pairs left by ``nodes``).
    versions
        Versions of netscam and the libraries.
    """

    nodes: tuple[str, ...]
    table: pd.DataFrame
    parameters: Mapping[str, Any]
    versions: Mapping[str, str]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        told = f"{self.parameters['draws']} draws, prior {self.parameters['prior']!r}, seed {self.parameters['seed']}"
        return rich_table(f"What to verify next, for a set of {self.parameters['k']}: {told}", self.table)

    def to_frame(self) -> pd.DataFrame:
        """The table; a copy."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: ``nodes, rows, parameters, versions``; a row has the columns of the table as keys."""
        return {
            "nodes": list(self.nodes),
            "rows": self.table.to_dict("records"),
            "parameters": dict(self.parameters),
            "versions": dict(self.versions),
        }


def verify_next(
    graph: Any,
    *,
    k: int = 5,
    draws: int = 200,
    prior: str | Prior = "default",
    by: Literal["change", "gain"] = "change",
    seed: int = 0,
    workers: int = 1,
) -> NextChecks:
    """Rank relations by what an answer about each of them would change.

    The set of k nodes that leaves the fewest connected pairs on average over draws is chosen; then, for every relation,
    once more as if the relation were known to hold, and as if it were known not to.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``EdgeSampler`` (undirected), or an igraph or networkx graph with edge ``probability``.
    k
        Size of the set.
    draws
        Graphs drawn; all questions are asked of the same ones.
    prior
        Prior that turns grades into probabilities.
    by
        Order: ``change`` (expected number of nodes replaced, then gain) or ``gain`` (then change); ties by relation id.
    seed
        The same seed gives the same answer.
    workers
        Processes; the result does not depend on them.

    Returns
    -------
    NextChecks
        ``to_frame()`` gives the ranked list.

    Raises
    ------
    GraphError
        Numbers out of range.

    Notes
    -----
    An answer about one relation is taken to say nothing about the others: what a refuted claim means for the rest of
    its source is left to a new grade. Sets are improved by swaps of single nodes, so that a change that needs two swaps
    at once, each worse alone, is not seen. A gain of 0 says that the set stands whatever the answer, not that the
    relation does not matter to anything else.

    References
    ----------
    Raiffa, H., & Schlaifer, R. (1961). Applied Statistical Decision Theory. Harvard University.
    """
    if by not in ORDERS:
        raise GraphError(f"by is 'change' or 'gain', not {by!r}")
    sampler = undirected_sampler(graph, prior)
    held = np.array([sampler.held(seed, number) for number in range(draws)], dtype=np.bool_)
    if draws < 1 or not len(sampler.relations):
        raise GraphError("there is nothing to verify: no relation or no draw")
    stack = stack_of(sampler, np.array([sampler.present(row) for row in held]))
    task = make_task(stack.csr, Request(k=k))
    chosen, mean = best_set(stack, task.free, task.places, mean_score)
    question = _Question(stack, held, _behind(sampler, stack), chosen, task.free, mean)
    parts = over_draws(_answers, len(sampler.relations), question, workers=workers)
    table = _table(sampler, stack, chosen, [row for part in parts for row in part])
    table = table.sort_values([*ORDERS[by], "relation"], ascending=[False, False, True], ignore_index=True)
    parameters = {
        "k": k,
        "draws": draws,
        "prior": sampler.prior,
        "seed": seed,
        "by": by,
        "dependence": sampler.dependence,
        "mean": mean,
    }
    nodes = tuple(stack.csr.label(v) for v in np.flatnonzero(chosen).tolist())
    return NextChecks(nodes, table, parameters, library_versions("igraph", "numba", "numpy"))


@dataclass(frozen=True, eq=False)
class _Question:
    """What is asked about each relation: draws, relations that hold in them, edge of each, the set and its mean."""

    stack: Stack
    held: Flags
    edge: NDArray[np.int64]
    chosen: Flags
    free: Flags
    mean: float


@dataclass(frozen=True)
class _Answer:
    """Nodes of the set when the relation is known, and the pairs that re-choosing saves."""

    chosen: tuple[int, ...]
    gain: float


def _behind(sampler: EdgeSampler, stack: Stack) -> NDArray[np.int64]:
    """Edge of the stack that each relation makes."""
    edge = np.zeros(len(sampler.relations), dtype=np.int64)
    edge[sampler.relation] = stack.column[sampler.edge]
    return edge


def _answers(numbers: Sequence[int], question: _Question) -> list[tuple[_Answer, _Answer]]:
    """For each relation what would be chosen if it were confirmed and if it were refuted."""
    swaps = _open_swaps(question)
    found = []
    for number in numbers:
        edge = question.edge[number]
        others = (question.held[:, question.edge == edge].sum(axis=1) - question.held[:, number]) > 0
        found.append((_known(question, swaps, edge, np.ones_like(others)), _known(question, swaps, edge, others)))
    return found


def _open_swaps(question: _Question) -> dict[int, Floats]:
    """For each node of the set the pairs left in every draw when another takes its place, shape (draws, n)."""
    left = {}
    for node in np.flatnonzero(question.chosen & question.free).tolist():
        alive = ~question.chosen
        alive[node] = True
        left[node] = question.stack.left(alive)
    return left


def _known(question: _Question, swaps: Mapping[int, Floats], edge: int, there: Flags) -> _Answer:
    """Choose again with one edge known in every draw; only draws in which it changes are computed anew."""
    stack, chosen = question.stack, question.chosen
    same = _Answer(tuple(np.flatnonzero(chosen).tolist()), 0.0)
    rows = np.flatnonzero(stack.present[:, edge] != there)
    if not len(rows):
        return same
    present = stack.present[rows]
    present[:, edge] = there[rows]
    changed = replace(stack, present=present)
    draws = len(there)
    current = question.mean + float((changed.pairs(~chosen) - _stack_rows(stack, rows).pairs(~chosen)).sum()) / draws
    best = current
    for node, left in swaps.items():
        alive = ~chosen
        alive[node] = True
        means = (left.sum(axis=0) + (changed.left(alive) - left[rows]).sum(axis=0)) / draws
        best = min(best, float(means[question.free & alive].min()))
    if best >= current - LEAST_GAIN:
        return same
    whole = stack.present.copy()
    whole[:, edge] = there
    removed, value = best_set(replace(stack, present=whole), question.free, int(chosen.sum()), mean_score, chosen)
    return _Answer(tuple(np.flatnonzero(removed).tolist()), current - value)


def _stack_rows(stack: Stack, rows: NDArray[np.int64]) -> Stack:
    """Some draws of a stack."""
    return replace(stack, present=stack.present[rows])


def _table(
    sampler: EdgeSampler, stack: Stack, chosen: Flags, answers: Sequence[tuple[_Answer, _Answer]]
) -> pd.DataFrame:
    names = sampler.graph.vs["name"]
    ends = np.zeros((len(sampler.relations), 2), dtype=np.int64)
    ends[sampler.relation] = sampler.ends[sampler.edge]
    before = set(np.flatnonzero(chosen).tolist())
    joins = [[[stack.csr.label(v) for v in answer.chosen if v not in before] for answer in pair] for pair in answers]
    gains = np.array([[answer.gain for answer in pair] for pair in answers])
    probability = sampler.claims.probability
    swapped = np.array([[len(names) for names in pair] for pair in joins])
    return pd.DataFrame(
        {
            "relation": sampler.relations,
            "source": [names[v] for v in ends[:, 0]],
            "target": [names[v] for v in ends[:, 1]],
            "probability": probability,
            "if_confirmed": swapped[:, 0],
            "if_refuted": swapped[:, 1],
            "joins_if_confirmed": [";".join(pair[0]) for pair in joins],
            "joins_if_refuted": [";".join(pair[1]) for pair in joins],
            "expected_change": probability * swapped[:, 0] + (1 - probability) * swapped[:, 1],
            "expected_gain": probability * gains[:, 0] + (1 - probability) * gains[:, 1],
        }
    )
