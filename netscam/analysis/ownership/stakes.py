"""Direct and indirect stakes, and the ultimate owners above a threshold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from netscam.analysis.ownership.holdings import SLACK, Holdings
from netscam.analysis.ownership.solve import least_stakes, most_stakes

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("owner", "entity", "direct_least", "direct_most", "least", "most")


def indirect_stakes(holdings: Holdings, owners: Iterable[str] | None = None) -> pd.DataFrame:
    """Stake of each owner in everything below it, through chains and circles.

    Let ``w_kj`` be the direct share of k in j. The stake of i in j, direct and indirect, is the solution of

    ``x_ij = w_ij + sum over k other than i of x_ik w_kj``.

    This is the integrated ownership of Brioschi, Buzzacchi and Colombo (1989) as corrected by Baldone, Brioschi and
    Paleari (1998): circles are followed to the end, and what flows back through the owner itself is not counted
    twice. Without circles it equals the sum over all chains of the product of the shares along each. With
    ``M = (I - W)^-1`` it is ``(M_ij - d_ij) / M_ii`` wherever the inverse exists; solving from the owner down also
    answers where it does not, for entities that own each other completely.

    Parameters
    ----------
    holdings
        Direct stakes as intervals.
    owners
        Owners to answer for; all by default.

    Returns
    -------
    pandas.DataFrame
        One row per owner and entity with a possible stake, in id order, all in percent: ``owner, entity,
        direct_least, direct_most, least, most``. Every true distribution of the missing shares gives a stake between
        ``least`` and ``most``, and both are reached by one; it speaks of recorded relations only: stakes that no
        document mentions are not in it.

    Notes
    -----
    A stake is a claim on money. It says nothing about who gives orders: see ``cascade`` with a majority threshold.

    References
    ----------
    F. Brioschi, L. Buzzacchi, M. G. Colombo (1989), Risk capital financing and the separation of ownership and
    control in business groups, Journal of Banking & Finance 13, 747-772. S. Baldone, F. Brioschi, S. Paleari (1998),
    Ownership measures among firms connected by cross-shareholdings, in Convergence in Corporate Finance.
    """
    import pandas as pd

    rows: list[tuple[str, str, float, float, float, float]] = []
    for owner in sorted(holdings.by_owner if owners is None else set(owners)):
        direct = {stake.entity: stake for stake in holdings.by_owner.get(owner, ())}
        certain = least_stakes(holdings, owner)
        for entity, most in most_stakes(holdings, owner).items():
            held = direct.get(entity)
            low, high = (held.least, held.most) if held else (0.0, 0.0)
            least = min(certain.get(entity, 0.0), most)
            rows.append((owner, entity, low, high, _tidy(least), _tidy(most)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def ultimate_owners(holdings: Holdings, *, threshold: float = 25.0, people: Iterable[str] = ()) -> pd.DataFrame:
    """Find who stands at the top: owners with at least ``threshold`` percent that nobody is recorded to own.

    Parameters
    ----------
    holdings
        Direct stakes as intervals.
    threshold
        Least stake in percent that counts, reached or passed; 25 is the usual line of registers.
    people
        Ids that are natural persons. They are ultimate owners even if a record says that something owns them.

    Returns
    -------
    pandas.DataFrame
        Columns of ``indirect_stakes`` and ``certain``: True where the least stake reaches the threshold, False where
        only the most does. In order of entity, then of the stake from above.

    Notes
    -----
    An owner at the end of the record need not be the end of the chain. Entities that only circles own have no row;
    ``owned_in_circles`` names them.
    """
    known = set(people) & set(holdings.by_owner)
    stakes = indirect_stakes(holdings, sorted({*holdings.roots(), *known}))
    stakes = stakes[~stakes["entity"].isin(known)]
    reached = stakes[stakes["most"] >= threshold - SLACK]
    reached = reached.assign(certain=reached["least"] >= threshold - SLACK)
    return reached.sort_values(
        ["entity", "least", "most", "owner"], ascending=[True, False, False, True], kind="stable", ignore_index=True
    )


def owned_in_circles(holdings: Holdings) -> list[str]:
    """Owned entities above which every chain of owners runs into a circle: no recorded owner stands at the top.

    Returns
    -------
    list of str
        Ids in order. Circular ownership hides who gets the money; it also arises in honest business groups.
    """
    fed: set[str] = set()
    front = holdings.roots()
    while front:
        for stake in holdings.by_owner.get(front.pop(), ()):
            if stake.most > 0 and stake.entity not in fed:
                fed.add(stake.entity)
                front.append(stake.entity)
    return sorted(set(holdings.by_entity) - fed)


def _tidy(value: float) -> float:
    """Twelve significant digits: enough for any share, and the same on every machine."""
    return float(f"{value:.12g}")
