"""What the record says happened to a compound, and its ties to actors of other countries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset

STATES = {
    "closed": "closed or demolished, or licence withdrawn",
    "emptied": "people left in numbers",
    "raided": "raided",
    "none": "none of these recorded",
}
"""States of a compound from the furthest on, in words for the legend."""
OF_EVENTS = {
    "closure": "closed",
    "demolition": "closed",
    "licence_suspension": "closed",
    "exodus": "emptied",
    "raid": "raided",
}
"""The state that an event leaves behind."""


def compound_states(data: Dataset) -> pd.DataFrame:
    """State of every compound after the last event that the record dates for it.

    Only events that name the compound among their entities count; one that merely took place there may concern
    others. Of events of one date the one that goes furthest counts, and a date of lower precision counts as its
    beginning.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, state, state_since, event`` in id order: ``state`` as in ``STATES``; date and id of the event,
        ``""`` for ``none``.

    Notes
    -----
    ``none`` does not mean that a compound is active: nobody may have written about it. A raid, or a licence
    withdrawn, need not end what goes on at a site, and a site may have been taken up again since.
    """
    import pandas as pd

    compounds = data.entities.loc[data.entities["type"].eq("compound"), ["id"]]
    events = data.events.assign(state=data.events["type"].map(OF_EVENTS)).dropna(subset=["state"])
    rows = events.assign(entity=events["entities"].str.split(";")).explode("entity")
    order = list(STATES)
    rows["reach"] = [-order.index(state) for state in rows["state"]]
    last = rows.sort_values(["entity", "date", "reach", "id"]).drop_duplicates("entity", keep="last")
    found = compounds.merge(
        last[["entity", "state", "date", "id"]].rename(columns={"entity": "id", "id": "event"}), on="id", how="left"
    )
    found = found.rename(columns={"date": "state_since"})
    found["state"] = found["state"].fillna("none").astype(str)
    return pd.DataFrame(found[["id", "state", "state_since", "event"]]).fillna("").reset_index(drop=True)


def ties_abroad(data: Dataset, graph: Any) -> pd.DataFrame:
    """Ties of the analysis graph that join a compound with an entity of another country.

    Both ends need a country in the data, and none in common.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, other, name, type, countries, probability``: the compound, the entity at the other end, and that
        entity's name, type and countries (``;`` between several); by id and other.
    """
    import pandas as pd

    countries = dict(zip(data.entities["id"], data.entities["countries"], strict=True))
    rows = []
    for edge in graph.es:
        ends = (graph.vs[edge.source], graph.vs[edge.target])
        for here, there in (ends, ends[::-1]):
            own, other = (set(filter(None, countries[v["name"]].split(";"))) for v in (here, there))
            if here["type"] == "compound" and own and other and not own & other:
                told = (here["name"], there["name"], there["label"], there["type"], ";".join(sorted(other)))
                rows.append((*told, float(edge["probability"])))
    columns = ["id", "other", "name", "type", "countries", "probability"]
    return pd.DataFrame(rows, columns=columns).sort_values(["id", "other"], ignore_index=True)
