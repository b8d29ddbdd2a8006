from __future__ import annotations

import igraph as ig

from netscam.analysis.large.profile import EXPONENTS, SLOW, STEPS, Profile, graph_steps


def test_steps_are_watched_and_forecast():
    profile = Profile()
    with profile.step("read"):
        held = bytearray(60_000_000)
    with profile.step("betweenness"):
        pass
    profile.rows[1]["how"] = "sampled"
    profile.rows[0]["seconds"] = 2.0
    assert len(held) == 60_000_000
    frame = profile.to_frame(vertices=50_000)
    assert frame["step"].tolist() == ["read", "betweenness"]
    assert frame["added_mb"][0] > 40
    assert frame["seconds_x10"][0] == 2.0 * 10 ** EXPONENTS["read"]
    assert frame["exponent"][1] < 1
    assert (frame["peak_mb_x10"] >= frame["peak_mb"] - 1).all()


def test_every_step_of_a_graph_has_a_declared_exponent():
    graph = ig.Graph.Ring(6)
    graph.vs["name"] = list("abcdef")
    for name in ("probability", "strength", "distance"):
        graph.es[name] = 1.0
    names = []
    for name, compute in graph_steps(graph):
        compute()
        names.append(name)
    assert names == [*STEPS, *SLOW]
    assert set(names) <= set(EXPONENTS)
