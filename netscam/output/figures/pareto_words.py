"""What is said beside the Pareto frontier: its caption and its alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.output.figures.sheet import proof_words, spoken

if TYPE_CHECKING:
    import pandas as pd

    from netscam.analysis.keynodes import KeyNodes
    from netscam.analysis.study import Study


def pareto_caption(study: Study, table: pd.DataFrame, budgets: pd.DataFrame) -> str:
    """Caption: start, the set by name, what rests on weak ties, what is proved, and what the budgets buy."""
    names = dict(zip(study.scores["id"], study.scores["name"], strict=True))
    start = study.curve[study.curve["k"].eq(0)].set_index("basis")["exact"]
    kept = [node for node in study.keys.nodes if node in study.firm_keys.nodes]
    weak = table[table["in_set"] & table["weak_ties"].gt(0)]
    leaning = [f"{row['name']} ({row['weak_ties']} of {row['ties']})" for row in weak.to_dict("records")]
    both = f": {spoken([names[node] for node in kept])}" if kept else ""
    return (
        "Pairs of entities that can still reach each other after k entities are taken out: "
        f"{start['recorded']:,.0f} at the start; {told_set(study.keys, study.k, start['recorded'])} The set: "
        f"{spoken([names[node] for node in study.keys.nodes])}. Of their ties, these are weak (probability below 0.5, "
        f"such as a shared village): {spoken(leaning)}. On firm ties alone (what --min-probability 0.5 leaves: the "
        "probability of a tie is that of the relation times the factor of its address) there are "
        f"{start['firm']:,.0f} pairs at the start, and {told_set(study.firm_keys, study.k, start['firm'])} {len(kept)} "
        f"of {len(study.keys.nodes)} are in both sets{both}. {_proof(study.curve)} {_budgets(budgets)} P(top 10): "
        "share of networks drawn from the evidence in which the entity is among the ten of highest betweenness. A "
        "place in a set is a position in the recorded network, not a finding about conduct, and an address or a "
        "village cannot be taken out as such."
    )


def told_set(keys: KeyNodes, k: int, start: float) -> str:
    """What the best set of a size leaves, and how sure it is that none is better."""
    if start == 0:
        return "no pair is connected, so that no set is better than another."
    others = len(keys.alternatives)
    same = f"; as good: {others} other {'set' if others == 1 else 'sets'}" if others else ""
    alone = "; no other set is as good" if keys.alternatives_complete and not others else ""
    return f"the best {k} leave {keys.value:,.0f} ({proof_words(keys)}{same}{alone})."


def _proof(curve: pd.DataFrame) -> str:
    exact = curve[curve["k"].gt(0)]
    worse = exact[exact["basis"].eq("recorded") & exact["greedy"].gt(exact["exact"])]["k"].tolist()
    proven = int(exact["proven"].sum())
    rest = "" if proven == len(exact) else "; grey bars reach down to the bound of others"
    greedy = f"is worse at k = {spoken([str(k) for k in worse])}" if worse else "is as good at every k shown"
    told = f"{proven} of {len(exact)} values of the curves are proven optimal (ringed){rest}"
    return f"{told}; greedy choice on all ties {greedy}. Of several equally good sets one is shown."


def _budgets(budgets: pd.DataFrame) -> str:
    if budgets.empty:
        return "The dataset states no costs, or is too large for a proof, so that no frontier by cost is drawn."
    proven = int(budgets["proven_optimal"].astype(bool).sum())
    told = [f"{worth:,.0f} for {cost:g}" for cost, worth in _pairs(budgets, 1.0, 2.0, 5.0, 10.0)]
    return (
        f"Right: the same against cost, with the costs of costs.csv, which are a default for comparison and no "
        f"estimate: {spoken(told)}; {proven} of {len(budgets)} points are proven optimal."
    )


def _pairs(budgets: pd.DataFrame, *chosen: float) -> list[tuple[float, float]]:
    """Cost and value of some points of the frontier."""
    rows = budgets[budgets["budget"].isin(chosen)]
    return [(float(cost), float(worth)) for cost, worth in zip(rows["budget"], rows["value"], strict=True)]


def pareto_alt(study: Study, table: pd.DataFrame, budgets: pd.DataFrame) -> str:
    """The figure told to someone who cannot see it."""
    recorded = study.curve[study.curve["basis"].eq("recorded")].set_index("k")["exact"]
    steps = [f"{int(recorded[k]):,} at k = {k}" for k in (0, 1, 3, 5, 10) if k in recorded.index]
    bought = [f"{worth:,.0f} for {cost:g}" for cost, worth in _pairs(budgets, 1.0, 5.0, 10.0)]
    members = [
        f"{row['name']} (k = {row['in_best_sets'].replace(';', ', ')}; {row['weak_ties']} of {row['ties']} ties weak)"
        for row in table[table["in_set"]].to_dict("records")
    ]
    return (
        f"Left: line chart of connected pairs left against the number of nodes removed: {'; '.join(steps)}; a "
        f"greedy curve and a curve on firm ties alone beside it. Right: the same against the budget: {spoken(bought)}. "
        f"Below: a row for each node of a best set and a column for each size. The set of {study.k}: "
        f"{'; '.join(members)}."
    )
