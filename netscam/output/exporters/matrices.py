"""Formats of social network analysis programs: Pajek and UCINET."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from netscam.output.exporters.base import EXPORTERS, clean, export_graph

if TYPE_CHECKING:
    import networkx

    from netscam.data.dataset import Dataset


def _labels(graph: networkx.MultiDiGraph[str]) -> dict[str, str]:
    """One-line labels without quotes, each once: the name, with the id behind it where two bear the name."""
    plain = {}
    for node, row in graph.nodes(data=True):
        text = " ".join(clean(str(row["label"])).replace('"', "'").replace("\\", "/").split())
        plain[node] = text or node
    counts = Counter(plain.values())
    return {
        node: text if counts[text] == 1 and text not in graph else f"{text} ({node})" for node, text in plain.items()
    }


@EXPORTERS.add("pajek", suffix=".net")
def pajek(data: Dataset) -> str:
    """Pajek network: one arc a relation, its value the probability, its label the kind of relation.

    Relations without direction are arcs too, since a file with both sorts is read differently by different programs.
    """
    graph = export_graph(data)
    numbers = {node: number for number, node in enumerate(graph, start=1)}
    lines = [f"*Vertices {len(numbers)}"]
    lines += [f'{numbers[node]} "{label}"' for node, label in _labels(graph).items()]
    lines += ["*Arcs"]
    for source, target, row in graph.edges(data=True):
        lines.append(f'{numbers[source]} {numbers[target]} {row["probability"]} l "{row["relation"]}"')
    return "\n".join(lines) + "\n"


@EXPORTERS.add("dl", suffix=".dl")
def dl(data: Dataset) -> str:
    """UCINET DL edge list of the ids: the strongest relation of each pair, its value the probability.

    Relations without direction count both ways. Labels are ids, since UCINET cuts and splits longer ones.
    """
    from netscam.schema import load_schema

    graph = export_graph(data)
    numbers = {node: number for number, node in enumerate(graph, start=1)}
    best: dict[tuple[int, int], float] = {}
    for source, target, row in graph.edges(data=True):
        pairs = [(numbers[source], numbers[target])]
        if not load_schema().relation_types[row["relation"]].directed:
            pairs.append(pairs[0][::-1])
        for pair in pairs:
            best[pair] = max(best.get(pair, 0.0), row["probability"])
    lines = [f"dl n={len(numbers)}", "format = edgelist1", "labels:", *numbers, "data:"]
    lines += [f"{source} {target} {value}" for (source, target), value in sorted(best.items())]
    return "\n".join(lines) + "\n"
