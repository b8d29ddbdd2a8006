"""Draws from the evidence: marginals, dependence, and what a draw may not depend on."""

from __future__ import annotations

import pickle
from dataclasses import replace

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netscam.data.dataset import Dataset, build_dataset, empty_table, read_dataset
from netscam.data.evidence import relation_probabilities, tie_factor
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.claims import count_origins
from netscam.graph.sample import CHECK, EdgeSampler, edge_sampler, has_evidence
from netscam.schema import TABLES, load_schema

DEFAULT = load_schema().priors["default"]


def table(name: str, rows: list[dict[str, str]]) -> pd.DataFrame:
    columns = load_schema().columns(name)
    return pd.DataFrame([{column: row.get(column, "") for column in columns} for row in rows], columns=columns)


def record(
    relations: list[tuple[str, str, str]], documents: list[tuple[str, str]], evidence: list[tuple[int, int, str, str]]
) -> Dataset:
    """Persons joined by relations (source, target, type); documents are (grade, origin).

    A row of evidence is (relation, document, credibility, stance).
    """
    ids = sorted({end for source, target, _ in relations for end in (source, target)})
    frames = {name: empty_table(name).astype("str") for name in TABLES}
    frames |= {
        "entities": table("entities", [{"id": i, "type": "operator", "name": i} for i in ids]),
        "relations": table(
            "relations",
            [{"id": f"r{n}", "source": s, "target": t, "relation": k} for n, (s, t, k) in enumerate(relations)],
        ),
        "documents": table(
            "documents", [{"id": f"d{n}", "reliability": g, "origin_group": o} for n, (g, o) in enumerate(documents)]
        ),
        "evidence": table(
            "evidence",
            [
                {"id": f"e{n}", "relation": f"r{r}", "document": f"d{d}", "credibility": c, "stance": s}
                for n, (r, d, c, s) in enumerate(evidence)
            ],
        ),
    }
    return build_dataset("small", frames, {})


def all_held(sampler: EdgeSampler, draws: int = 20000, seed: int = 1) -> np.ndarray:
    return np.array([sampler.held(seed, number) for number in range(draws)])


def two_pairs(origins: tuple[str, str]) -> Dataset:
    return record(
        [("a", "b", "associate_of"), ("c", "d", "associate_of")],
        [("C", origins[0]), ("C", origins[1])],
        [(0, 0, "2", "supports"), (1, 1, "2", "supports")],
    )


@pytest.mark.parametrize("dependence", ["origin", "none"])
@pytest.mark.parametrize("name", ["mekong", "example"])
@pytest.mark.parametrize("prior", ["default", "strict"])
def test_each_relation_holds_with_its_probability(name: str, dependence: str, prior: str) -> None:
    data = read_dataset(name)
    sampler = edge_sampler(data, prior=prior, dependence=dependence)
    expected = (relation_probabilities(data, prior=prior) * tie_factor(data, prior=prior)).reindex(sampler.relations)
    assert sampler.claims.probability == pytest.approx(expected.to_numpy())
    draws = 3000
    share = all_held(sampler, draws).mean(axis=0)
    error = np.sqrt(expected * (1 - expected) / draws).to_numpy()
    assert (np.abs(share - expected.to_numpy()) < 4.5 * error + 1e-9).all()


def test_relations_of_one_origin_stand_and_fall_together() -> None:
    r, c, base = DEFAULT.reliability["C"], DEFAULT.credibility["2"], DEFAULT.base
    both = all_held(edge_sampler(two_pairs(("g", "g")))).all(axis=1).mean()
    assert both == pytest.approx(r * c**2 + (1 - r) * base**2, abs=0.012)
    apart = all_held(edge_sampler(two_pairs(("g", "h")))).all(axis=1).mean()
    assert apart == pytest.approx((r * c + (1 - r) * base) ** 2, abs=0.012)
    none = all_held(edge_sampler(two_pairs(("g", "g")), dependence="none")).all(axis=1).mean()
    assert none == pytest.approx((r * c + (1 - r) * base) ** 2, abs=0.012)


def test_documents_without_an_origin_group_are_apart() -> None:
    sampler = edge_sampler(two_pairs(("", "")))
    assert len(set(sampler.claims.origin.tolist())) == 2


def test_a_worse_document_of_one_origin_is_reliable_only_if_the_better_one_is() -> None:
    data = record(
        [("a", "b", "associate_of"), ("c", "d", "associate_of")],
        [("A", "g"), ("E", "g")],
        [(0, 0, "1", "supports"), (1, 1, "1", "supports")],
    )
    good, bad = DEFAULT.reliability["A"], DEFAULT.reliability["E"]
    c, base = DEFAULT.credibility["1"], DEFAULT.base
    expected = bad * c * c + (good - bad) * c * base + (1 - good) * base * base
    assert all_held(edge_sampler(data)).all(axis=1).mean() == pytest.approx(expected, abs=0.012)


def test_claims_of_one_origin_on_one_pair_are_one_statement() -> None:
    data = record(
        [("a", "b", "associate_of"), ("b", "a", "family_of")],
        [("B", "g")],
        [(0, 0, "1", "supports"), (1, 0, "3", "supports")],
    )
    sampler = edge_sampler(data)
    held = all_held(sampler, 5000)
    assert not (held[:, 1] & ~held[:, 0]).any()
    probability = max(sampler.claims.probability)
    assert sampler.graph.es["probability"] == pytest.approx([probability])
    assert np.mean([sampler.present(row)[0] for row in held]) == pytest.approx(probability, abs=0.02)


def test_repeats_count_once_and_denials_take_away() -> None:
    data = record(
        [("a", "b", "associate_of")],
        [("C", "g"), ("C", "g"), ("B", "h")],
        [(0, 0, "3", "supports"), (0, 1, "2", "supports"), (0, 2, "6", "disputes")],
    )
    sampler = edge_sampler(data)
    assert sampler.claims.relation.tolist() == [0, 0]
    assert sampler.claims.denies.tolist() == [False, True]
    expected = relation_probabilities(data)["r0"]
    assert all_held(sampler).mean() == pytest.approx(expected, abs=0.012)


def test_a_relation_without_support_has_the_prior_s_chance() -> None:
    data = record([("a", "b", "associate_of"), ("b", "c", "associate_of")], [("A", "g")], [(0, 0, "1", "supports")])
    assert all_held(edge_sampler(data)).mean(axis=0)[1] == pytest.approx(DEFAULT.no_evidence, abs=0.01)


def test_draws_do_not_depend_on_row_order_count_or_directions() -> None:
    data = read_dataset("mekong")
    turned = {name: frame.sample(frac=1, random_state=3) for name, frame in data.tables().items() if name in TABLES}
    shuffled = build_dataset(data.name, {k: v.astype(object).where(v.notna(), "") for k, v in turned.items()}, {})
    plain, other, directed = edge_sampler(data), edge_sampler(shuffled), edge_sampler(data, directed=True)
    assert plain.relations == other.relations == directed.relations
    for number in (0, 7):
        held = plain.held(5, number)
        assert (held == other.held(5, number)).all()
        assert (held == directed.held(5, number)).all()
        assert (held != plain.held(5, number, purpose=CHECK)).any()
    assert (plain.draws(5, 3) == plain.draws(5, 8)[:3]).all()
    assert (plain.draws(5, 3) != plain.draws(6, 3)).any()


def test_directed_and_undirected_draws_have_the_same_neighbours() -> None:
    data = read_dataset("example")
    undirected, directed = edge_sampler(data), edge_sampler(data, directed=True)
    held = undirected.held(2, 0)
    one, other = undirected.drawn_graph(held), directed.drawn_graph(held)
    assert other.is_directed()
    assert {tuple(sorted(e)) for e in other.get_edgelist()} == {tuple(sorted(e)) for e in one.get_edgelist()}


def test_a_drawn_graph_counts_the_relation_types_that_hold() -> None:
    data = record(
        [("a", "b", "associate_of"), ("b", "a", "family_of"), ("b", "a", "associate_of"), ("b", "c", "associate_of")],
        [("A", "g")],
        [(n, 0, "1", "supports") for n in range(4)],
    )
    sampler = edge_sampler(data)
    graph = sampler.drawn_graph(np.array([True, True, True, False]))
    assert graph.vcount() == 3
    assert graph.get_edgelist() == [(0, 1)]
    assert graph.es["strength"] == [2.0]
    assert graph.es["distance"] == [0.5]
    assert sampler.drawn_graph(np.zeros(4, dtype=bool)).ecount() == 0


def test_everything_held_is_the_recorded_graph() -> None:
    sampler = edge_sampler(read_dataset("mekong"))
    everything = np.ones(len(sampler.relations), dtype=bool)
    assert sampler.drawn_graph(everything).get_edgelist() == sampler.graph.get_edgelist()
    assert sampler.present(everything).all()


def test_a_plain_graph_is_drawn_edge_by_edge() -> None:
    graph = nx.path_graph(["c", "a", "b"])
    graph["c"]["a"]["probability"] = 0.3
    graph["c"]["a"]["strength"] = 4.0
    sampler = edge_sampler(graph)
    assert not has_evidence(graph)
    assert sampler.origins is None
    assert sampler.prior is None
    share = sampler.draws(0, 4000).mean(axis=0)
    assert share == pytest.approx([1.0, 0.3], abs=0.03)
    drawn = sampler.drawn_graph(np.array([False, True]))
    assert drawn.es["strength"] == [4.0]
    assert drawn.es["distance"] == [0.25]


def test_an_empty_graph_can_be_drawn() -> None:
    sampler = edge_sampler(ig.Graph(3))
    assert sampler.draws(0, 2).shape == (2, 0)
    assert sampler.drawn_graph(sampler.held(0, 0)).vcount() == 3


def test_a_sampler_survives_a_pickle() -> None:
    sampler = edge_sampler(read_dataset("example"))
    again = pickle.loads(pickle.dumps(sampler))
    assert (again.held(3, 4) == sampler.held(3, 4)).all()


def test_types_choose_the_vertices() -> None:
    sampler = edge_sampler(read_dataset("example"), types=["operator", "company"])
    assert set(sampler.graph.vs["type"]) == {"operator", "company"}
    assert sampler.origins is not None
    assert len(sampler.origins) == sampler.graph.vcount()


def test_origins_are_counted_over_all_relations_and_only_in_support() -> None:
    data = record(
        [("a", "b", "associate_of"), ("a", "c", "associate_of")],
        [("C", "g"), ("C", "g"), ("B", "h"), ("A", "")],
        [(0, 0, "3", "supports"), (0, 1, "2", "supports"), (0, 2, "6", "disputes"), (1, 3, "1", "supports")],
    )
    assert count_origins(data).to_dict() == {"a": 2, "b": 1, "c": 1}


def test_wrong_input_is_refused() -> None:
    data = read_dataset("example")
    with pytest.raises(GraphError, match="dependence"):
        edge_sampler(data, dependence="some")
    with pytest.raises(UnknownNameError):
        edge_sampler(data, prior="hopeful")
    with pytest.raises(GraphError):
        edge_sampler("mekong")
    with pytest.raises(GraphError, match="between 0 and 1"):
        edge_sampler(_too_likely())


def _too_likely() -> nx.Graph:
    graph = nx.path_graph(2)
    graph[0][1]["probability"] = 1.5
    return graph


def test_ignoring_origin_groups_makes_copies_count_as_confirmation() -> None:
    data = record(
        [("a", "b", "associate_of")], [("C", "g"), ("C", "g")], [(0, 0, "3", "supports"), (0, 1, "3", "supports")]
    )
    ignored = replace(data, documents=data.documents.assign(origin_group=""))
    assert edge_sampler(ignored).claims.probability[0] > edge_sampler(data).claims.probability[0] + 0.1
