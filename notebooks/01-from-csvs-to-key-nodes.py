# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 01 · From CSVs to key nodes
#
# **Question.** Which few nodes hold the recorded Mekong scam-compound network together, and how sure can we be that no
# other set of that size does it better?
#
# Everything here is plain pandas, networkx and igraph. A rank is a position in the recorded network, never guilt.

# %%
import networkx as nx

import netscam as ns

data = ns.read_dataset("mekong")
print(data.caveat)
{name: len(table) for name, table in data.tables().items()}

# %% [markdown]
# Tables are pandas. Every relation rests on evidence, and every piece of evidence names a graded document.

# %%
data.relations.merge(data.evidence, left_on="id", right_on="relation", suffixes=("", "_evidence"))[
    ["id", "source", "relation", "target", "document", "stance", "status", "credibility"]
].head()

# %% [markdown]
# Grades become probabilities: within one origin the best row counts once, origins combine, denials lower.

# %%
probability = ns.relation_probabilities(data)
probability.describe().round(3)

# %% [markdown]
# The evidence graph is a plain `networkx.MultiDiGraph`, one edge per relation. The analysis graph is a simple
# `igraph.Graph`: authorities, places and wallets are left out, and so are addresses no nearer than a city.

# %%
evidence_graph = ns.to_networkx(data)
graph = ns.to_igraph(data)
print(evidence_graph, "->", graph.vcount(), "nodes,", graph.ecount(), "edges")
ns.summary(graph)

# %% [markdown]
# Rankings by several centralities, and a check of one of them against networkx.

# %%
ranking = ns.centrality(graph, ["betweenness", "degree", "pagerank"]).to_frame()
names = graph.vs["name"]
theirs = nx.betweenness_centrality(nx.Graph([(names[a], names[b]) for a, b in graph.get_edgelist()]))
scale = (len(theirs) - 1) * (len(theirs) - 2) / ((len(names) - 1) * (len(names) - 2))
worst = max(abs(row.betweenness - theirs.get(row.id, 0) * scale) for row in ranking.itertuples())
print(f"largest difference from networkx: {worst:.1e}")
ranking.head(10)

# %% [markdown]
# Some of the strongest bridges are addresses known only to the village: exactly what a careful reader doubts. Their
# ties have a low probability. Leaving them out shows what hangs on them.

# %%
doubtful = [edge.index for edge in graph.es if edge["probability"] < 0.5]
firm = graph.copy()
firm.delete_edges(doubtful)
print(f"{len(doubtful)} of {graph.ecount()} edges are more likely wrong than right")
print(
    f"largest component: {ns.summary(graph).largest_component} with them, {ns.summary(firm).largest_component} without"
)
ns.centrality(firm, "betweenness").to_frame().head(10)

# %% [markdown]
# Communities over a hundred seeds; members that change sides are flagged.

# %%
partition = ns.find_communities(graph, seed=1)
partition.composition().head(6)

# %% [markdown]
# The set of five whose removal leaves the fewest connected pairs, with a proved bound.

# %%
best = ns.key_nodes(graph, k=5)
print(f"{best.value:.0f} connected pairs left; no set of five leaves fewer than {best.bound:.0f}")
best.to_frame()

# %% [markdown]
# **Answer.** The five nodes above are the best set of five for the network *as recorded*, since the bound equals the
# value. The same question without the doubtful ties shows which of them depend on those.

# %%
best_firm = ns.key_nodes(firm, k=5)
sorted(set(best.nodes) & set(best_firm.nodes)), sorted(set(best.nodes) ^ set(best_firm.nodes))
