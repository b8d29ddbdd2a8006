"""``recovery``: one call from a network to what removal leaves after the network has reacted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.analysis.labels import entity_labels
from netscam.analysis.recovery.models import MODELS
from netscam.analysis.recovery.result import LEVEL, Recovery
from netscam.analysis.recovery.settings import full_settings
from netscam.analysis.recovery.simulate import METRICS, Ensemble, Outcome, make_ensemble, simulate
from netscam.analysis.recovery.situation import SITE, Situation, situation
from netscam.analysis.recovery.strategies import LISTED, STRATEGIES, listed
from netscam.analysis.versions import library_versions
from netscam.errors import GraphError

if TYPE_CHECKING:
    import pandas as pd

OPENED = "simulated-site-after:"
"""What the id of a site starts with that a model opened; no id of a record can hold a colon."""


def recovery(
    graph: Any,
    strategy: str | Iterable[str] = "leaders",
    *,
    model: str = "role",
    steps: int = 10,
    runs: int = 200,
    draws: int = 0,
    settings: Mapping[str, float] | None = None,
    seed: int = 0,
    workers: int = 1,
) -> Recovery:
    """Remove nodes one by one, let the network react after each, and measure what is left.

    After a removal every neighbour that can act is an orphan. In each of ``pace`` rounds an orphan finds a replacement
    with chance ``success`` and ties itself to it: to the one heir of the removed node (with chance ``together``), or to
    a candidate of its own choice. Candidates are nodes of the record of the removed one's type (operators for any
    person; officials, relatives and addresses never step in), drawn with weight
    (ties + 1)^degree exp(-distance (steps - 2)) fit^role, where steps are counted from the orphan and fit is the share
    of roles in common (Jaccard). A closed site can instead open again nearby with its people, as a node of its own that
    is no entity of the record. Every one of these numbers is a setting; see ``SETTINGS``.

    Parameters
    ----------
    graph
        A Dataset, an igraph or networkx graph, a CSR, or a ``Situation``.
    strategy
        A name of ``STRATEGIES``, or ids in the order of removal.
    model
        A name of ``MODELS``: the settings that a reaction starts from.
    steps
        Removals.
    runs
        Runs of the ensemble.
    draws
        Networks drawn from the evidence; run i starts from draw i modulo ``draws``, so that bands hold the doubt of the
        record too. 0: all runs start from the network as recorded. Orders are fixed on the record in either case, as
        whoever acts only has the record.
    settings
        Settings by name, instead of the model's.
    seed
        The same seed gives the same runs. Run i has the same random numbers under every strategy and model.
    workers
        Threads; the result does not depend on them.

    Returns
    -------
    Recovery
        Curves with bands, time to recover, who stepped in, and a reading in plain words.

    Raises
    ------
    GraphError
        Nothing to remove, roles or sites that the network does not have, settings out of range.
    UnknownNameError
        An unknown strategy, model or setting.

    Notes
    -----
    After Duijn, Kashirin & Sloot, The relative ineffectiveness of criminal network disruption, Scientific Reports 4,
    4238 (2014), who replace each lost tie by one to an actor of the same role, chosen at random, by degree or by
    distance. The number of nodes and ties is small in any record, and the record is not the network: read results as
    what follows from the recorded ties and the stated rules, no more.

    Examples
    --------
    >>> import networkx
    >>> result = recovery(networkx.star_graph(5), "degree", model="none", steps=1, runs=1)
    >>> result.values["connected_pairs"][0, :, 1].tolist()
    [15.0, 0.0]
    """
    case = situation(graph)
    ensemble = make_ensemble(case, runs=runs, draws=draws, seed=seed, workers=workers)
    order, notes = plan(case, strategy, steps, seed)
    return answer(case, (strategy, order, notes), model, ensemble, settings=settings, seed=seed)


def plan(case: Situation, strategy: str | Iterable[str], steps: int, seed: int) -> tuple[list[int], tuple[str, ...]]:
    """Who is removed in which order, at most ``steps``; for a strategy that looks again, placeholders of that length.

    Raises
    ------
    GraphError
        Fewer than one step, or nobody to remove.
    """
    if steps < 1:
        raise GraphError("recovery needs at least one step")
    if isinstance(strategy, str):
        entry = STRATEGIES[strategy]
        order, name = entry.function(case, steps, seed), strategy
        if entry.details["rule"] != LISTED:
            order = np.flatnonzero(case.active).tolist()
    else:
        order, name = listed(case, strategy), "list"
    if not order:
        raise GraphError(f"strategy {name}: nobody in this network to remove")
    notes = (f"{name}: nodes to remove: {len(order)}, not {steps}",) if len(order) < steps else ()
    return order[:steps], notes


def answer(
    case: Situation,
    planned: tuple[str | Iterable[str], list[int], tuple[str, ...]],
    model: str,
    ensemble: Ensemble,
    *,
    settings: Mapping[str, float] | None,
    seed: int,
) -> Recovery:
    """Simulate one planned strategy under one model; see ``recovery``."""
    strategy, order, notes = planned
    name = strategy if isinstance(strategy, str) else "list"
    chosen = full_settings(MODELS[model].function(), settings)
    _check_model(case, model)
    rule = int(STRATEGIES[name].details["rule"]) if isinstance(strategy, str) else LISTED
    outcome = simulate(case, order, rule, len(order), chosen, ensemble)
    return Recovery(
        strategy=name,
        model=model,
        values={metric: outcome.values[..., number] for number, metric in enumerate(METRICS)},
        rounds=outcome.rounds,
        healed=outcome.healed,
        targets=_targets(case, outcome),
        stepped_in=_stepped_in(case, outcome, ensemble.runs),
        settings=chosen,
        parameters={
            "steps": len(order),
            "runs": ensemble.runs,
            "draws": ensemble.draws,
            "seed": seed,
            "prior": case.sampler.prior,
            "level": LEVEL,
        },
        notes=notes,
        versions=library_versions("numpy", "numba", "igraph"),
    )


def _check_model(case: Situation, model: str) -> None:
    if model == "role" and not case.has_roles:
        raise GraphError("model role needs roles: a dataset has them, an edge list gets them by attributes")
    if model == "displacement" and not len(case.sites):
        raise GraphError(f"model displacement needs sites: no node has the type {SITE}")


def _targets(case: Situation, outcome: Outcome) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for step in range(outcome.hits.shape[1]):
        nodes, counts = np.unique(outcome.hits[:, step], return_counts=True)
        rows += [(step + 1, v, count / len(outcome.hits)) for v, count in zip(nodes, counts, strict=True) if v >= 0]
    table = pd.DataFrame(rows, columns=["step", "vertex", "share"])
    labels = entity_labels(case.graph).reset_index()
    told = labels.iloc[table["vertex"].to_numpy(dtype=np.int64)].reset_index(drop=True)
    joined: pd.DataFrame = pd.concat([table[["step"]], told, table[["share"]]], axis=1)
    return joined.sort_values(["step", "share", "id"], ascending=[True, False, True], ignore_index=True)


def _stepped_in(case: Situation, outcome: Outcome, runs: int) -> pd.DataFrame:
    import pandas as pd

    labels = entity_labels(case.graph).reset_index()
    real = labels.assign(share=outcome.stepped / runs, ties=outcome.ties / runs, synthetic=False)
    made = labels.assign(share=outcome.opened / runs, ties=np.nan, synthetic=True)
    made["id"] = OPENED + made["id"]
    if "name" in made:
        made["name"] = "simulated site, opened after closing " + made["name"].astype(str)
    if "type" in made:
        made["type"] = "simulated_site"
    both = [part[part["share"] > 0] for part in (real, made)]
    table: pd.DataFrame = pd.concat([part for part in both if len(part)], ignore_index=True) if any(
        len(part) for part in both
    ) else real.head(0)  # fmt: skip
    return table.sort_values(
        ["synthetic", "share", "ties", "id"], ascending=[True, False, False, True], ignore_index=True
    )
