"""Synthetic cases of any size with planted key nodes: the truth against which methods are tested."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset, build_dataset, default_caveat, table_csv, write_dataset
from netscam.data.generate_record import entity_rows, events_table, record_tables
from netscam.errors import GraphError
from netscam.schema import load_schema

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

CELL_ROLES = (
    "compound",
    "operator",
    "company",
    "recruitment_account",
    "person",
    "marketplace",
    "address",
    "organization",
    "company",
    "person",
    "company",
    "recruitment_account",
)
BROKER_ROLES = ("operator", "company", "official")
# Relation types in the order in which a pair of end types prefers them.
PREFERRED = (
    "operates",
    "owns",
    "directs",
    "registered_at",
    "recruits_for",
    "advertises_on",
    "associate_of",
    "finances",
    "partner_of",
    "member_of",
    "provides_services_to",
    "linked_to",
)


@dataclass(frozen=True)
class Generated:
    """A synthetic dataset with the truth it was made from.

    ``truth`` has one row per entity: ``id, cell`` (-1 for brokers and surroundings), ``role``
    (``broker``, ``member`` or ``surroundings``) and ``key_node``. ``false_relations`` are the ids that no truth
    stands behind.
    """

    data: Dataset
    truth: pd.DataFrame
    false_relations: tuple[str, ...]

    @property
    def key_nodes(self) -> list[str]:
        """Ids of the planted key nodes."""
        return list(self.truth.loc[self.truth["key_node"], "id"])


def generate(
    *,
    relations: int = 120,
    cells: int = 6,
    planted: int = 3,
    errors: float = 0.0,
    seed: int = 0,
    name: str = "synthetic",
) -> Generated:
    """Make a case of cells that only a few planted brokers hold together.

    Every cell is a ring of its members with random chords, so no single member splits it; the brokers and cells form a
    tree, so that removing all brokers leaves each cell alone. The planted brokers are then the best set of their number
    for ``fragmentation``, as long as no false relations blur it.

    Parameters
    ----------
    relations
        About how many relations to make; up to some millions.
    cells
        Number of cells, at least ``planted + 1``.
    planted
        Number of brokers, the true key nodes.
    errors
        Share of further relations that are false: random pairs on weak documents. They blur the planted structure.
    seed
        The same seed gives the same case on any machine.
    name
        Name of the dataset.

    Returns
    -------
    Generated
        A valid dataset that is marked synthetic, with its truth.

    Raises
    ------
    GraphError
        The sizes do not fit together.
    """
    import numpy as np
    import pandas as pd

    if planted < 1 or cells <= planted or not 0 <= errors < 1:
        raise GraphError("generate needs planted >= 1, cells > planted and 0 <= errors < 1")
    rng = np.random.Generator(np.random.PCG64(seed))
    size = max(4, round((relations - 3 * (cells + planted - 1)) / (1.6 * cells)))
    cell = np.concatenate([np.repeat(np.arange(cells), size), np.full(planted, -1)])
    kinds = np.array([CELL_ROLES[i % len(CELL_ROLES)] for i in range(size)] * cells)
    kinds = np.concatenate([kinds, [BROKER_ROLES[i % len(BROKER_ROLES)] for i in range(planted)]])
    pairs = np.concatenate([_cell_pairs(cells, size, rng), _broker_pairs(cells, size, planted, rng)])
    true = len(pairs)
    pairs = np.concatenate([pairs, _false_pairs(len(cell), pairs, round(errors * true / (1 - errors)), rng)])
    entities = entity_rows(kinds, cell, rng)
    links = _typed_relations(entities, pairs, rng)
    links["true"] = np.arange(len(pairs)) < true
    links = links[links["relation"].ne("")].reset_index(drop=True)
    links["id"] = [f"r{number:07d}" for number in range(1, len(links) + 1)]
    entities, links = _add_surroundings(entities, links, rng)
    frames = record_tables(entities, links, rng)
    frames["events"] = events_table(entities, frames["documents"], rng)
    data = build_dataset(name, frames, _package(name, frames["documents"], seed))
    truth = pd.DataFrame({"id": entities["id"], "cell": entities["cell"], "role": entities["role"]})
    truth["key_node"] = truth["role"].eq("broker")
    false = tuple(links.loc[~links["true"].to_numpy(bool), "id"])
    return Generated(data, truth.sort_values("id", ignore_index=True), false)


def _cell_pairs(cells: int, size: int, rng: np.random.Generator) -> Any:
    import numpy as np

    ring = np.stack([np.arange(size), (np.arange(size) + 1) % size], axis=1)
    chords = rng.integers(0, size, (cells, round(0.6 * size), 2))
    first = np.arange(cells)[:, None, None] * size
    pairs = np.concatenate([np.broadcast_to(ring, (cells, size, 2)) + first, chords + first], axis=1).reshape(-1, 2)
    return _distinct(pairs)


def _broker_pairs(cells: int, size: int, planted: int, rng: np.random.Generator) -> Any:
    """A tree of brokers and cells: every cell hangs on one broker, and each broker but the first on an earlier cell.

    So every broker joins two cells at least. It is tied to three members of each, so that no member stands in for it.
    """
    import numpy as np

    broker = np.arange(planted)
    home = np.concatenate([broker, [0], rng.integers(0, planted, cells - planted - 1)])
    earlier = np.array([int(rng.choice(np.flatnonzero(home < b))) for b in broker[1:]], dtype=int)
    cell = np.concatenate([np.arange(cells), earlier])
    hub = cells * size + np.concatenate([home, broker[1:]])
    member = (rng.integers(0, size, len(cell))[:, None] + np.arange(3) * (size // 3)) % size
    return np.stack([np.repeat(hub, 3), (cell[:, None] * size + member).ravel()], axis=1)


def _false_pairs(vertices: int, pairs: Any, count: int, rng: np.random.Generator) -> Any:
    import numpy as np

    drawn = _distinct(rng.integers(0, vertices, (2 * count, 2)))
    code = np.sort(drawn, axis=1) @ np.array([vertices, 1])
    known = np.sort(pairs, axis=1) @ np.array([vertices, 1])
    return rng.permutation(drawn[~np.isin(code, known)])[:count]


def _distinct(pairs: Any) -> Any:
    import numpy as np

    ordered = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    return np.unique(ordered, axis=0)


def _typed_relations(entities: pd.DataFrame, pairs: Any, rng: np.random.Generator) -> pd.DataFrame:
    """Give each pair a relation type that its end types allow, turned the way the type wants."""
    import numpy as np
    import pandas as pd

    types = list(load_schema().entity_types)
    code = pd.Index(types).get_indexer(pd.Index(entities["type"]))
    table = _choices(types)
    pick = table[code[pairs[:, 0]], code[pairs[:, 1]], rng.integers(0, table.shape[2], len(pairs))]
    turned = pick < 0
    ids = entities["id"].to_numpy()
    source, target = np.where(turned, pairs[:, 1], pairs[:, 0]), np.where(turned, pairs[:, 0], pairs[:, 1])
    names = np.array(["", *PREFERRED])
    return pd.DataFrame({"source": ids[source], "target": ids[target], "relation": names[np.abs(pick)]})


def _choices(types: list[str]) -> Any:
    """For each pair of end types six relation types (number from 1, negative when turned round)."""
    import numpy as np

    kinds = load_schema().relation_types
    table = np.zeros((len(types), len(types), 6), dtype=int)
    for i, first in enumerate(types):
        for j, second in enumerate(types):
            allowed = []
            for number, name in enumerate(PREFERRED, start=1):
                if first in kinds[name].source and second in kinds[name].target:
                    allowed.append(number)
                elif second in kinds[name].source and first in kinds[name].target:
                    allowed.append(-number)
            table[i, j] = [allowed[k % min(2, len(allowed))] for k in range(6)] if allowed else 0
    return table


def _add_surroundings(
    entities: pd.DataFrame, links: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add what analysis leaves out by default: an authority, places and wallets with their relations."""
    import pandas as pd

    count = max(2, min(200, len(entities) // 40))
    kinds = ["authority", *["place"] * count, *["wallet"] * count]
    around = entity_rows(kinds, [-1] * len(kinds), rng, role="surroundings", first=len(entities))
    authority, places, wallets = around["id"].iloc[0], around["id"].iloc[1 : 1 + count], around["id"].iloc[1 + count :]
    compounds = entities.loc[entities["type"] == "compound", "id"].to_numpy()
    operators = entities.loc[entities["type"] == "operator", "id"].to_numpy()
    rows = [(site, places.iloc[i % count], "located_in") for i, site in enumerate(compounds)]
    rows += [(operators[i % len(operators)], wallet, "holds_account") for i, wallet in enumerate(wallets)]
    rows += [(operator, authority, "sanctioned_by") for operator in operators[: max(1, len(operators) // 2)]]
    extra = pd.DataFrame(rows, columns=["source", "target", "relation"]).assign(true=True)
    extra["id"] = [f"r{number:07d}" for number in range(len(links) + 1, len(links) + len(extra) + 1)]
    return pd.concat([entities, around], ignore_index=True), pd.concat([links, extra], ignore_index=True)


def _package(name: str, documents: pd.DataFrame, seed: int) -> dict[str, Any]:
    as_of = documents["published"].max()
    return {
        "name": name,
        "title": f"Synthetic case {name}",
        "description": "Invented by netscam generate; every name, document, relation and event is made up.",
        "version": "0.1.0",
        "licenses": [
            {
                "name": "CC0-1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                "title": "Creative Commons Zero v1.0",
            }
        ],
        "contributors": [{"title": "The netscam maintainers", "roles": ["creator"]}],
        "netscam": {
            "synthetic": True,
            "seed": seed,
            "as_of": as_of,
            "caveat": default_caveat(as_of, synthetic=True),
        },
    }


def write_generated(made: Generated, folder: str | Path) -> Path:
    """Write a synthetic dataset with ``truth.csv`` (id, cell, role, key_node) and ``false_relations.txt`` beside it."""
    false = "".join(f"{relation}\n" for relation in made.false_relations)
    beside = {"truth.csv": table_csv(made.truth), "false_relations.txt": false}
    return write_dataset(made.data, folder, beside=beside)
