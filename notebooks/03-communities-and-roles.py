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
# # 03 · Communities and roles
#
# **Question.** Which parts does the recorded network fall into, are they more than chance, what are they made of, and
# who stands between them?
#
# A community here is a part of the record with many ties inside, often because one document names all its members. It
# is not an organisation, and membership says nothing about conduct.

# %%
import netscam as ns

data = ns.read_dataset("mekong")
graph = ns.to_igraph(data)
print(data.caveat)

# %% [markdown]
# ## Communities, and how sure the method is of them
#
# The method runs from a hundred seeds. The partition shown is one that it really found and that agrees most with all
# the others; `stability` says how often a member stays with its community.

# %%
partition = ns.find_communities(graph, seed=1)
members = partition.to_frame()
count = (partition.membership.value_counts() > 1).sum()
print(f"{count} communities of two and more, modularity {partition.modularity:.3f}")
members.head()

# %% [markdown]
# ## More than chance?
#
# Modularity is high in any sparse network. The comparison is with networks of the same degrees, rewired at random.

# %%
chance = ns.community_significance(graph, partition, seed=1)
print(f"recorded {partition.modularity:.3f}; rewired {chance.null_mean:.3f} ± {chance.null_sd:.3f}; p = {chance.p:.3f}")

# %% [markdown]
# ## What they are made of
#
# Each row is a community, each column a type of entity.

# %%
partition.composition().head(10)

# %%
ties = partition.ties_between()
inside = ties.loc[ties["community"] == ties["other"], "ties"].sum()
print(f"{inside} of {ties['ties'].sum()} ties lie inside a community; most of the others join these:")
across = ties[ties["community"] != ties["other"]]
across.sort_values("ties", ascending=False).head(8)

# %% [markdown]
# ## Types that meet, and types that do not
#
# The mixing matrix counts ties by the types that they join. Against it stands what random wiring with the same degrees
# would give. Much of the pattern is how the record is kept: lists print companies with their addresses.

# %%
from netscam.analysis.mixing import assortativity, expected_mixing
from netscam.analysis.summary import mixing

observed, expected = mixing(graph), expected_mixing(graph)
print(f"assortativity of types: {assortativity(graph):.2f} (1: within types only, 0: types play no part)")
(observed / expected.where(expected >= 1)).round(1)

# %% [markdown]
# ## Roles: hubs inside, brokers between
#
# Two shares per entity: of its ties that leave its community, and its rank by betweenness. A hub has many ties, most of
# them inside; a broker has few, but they lead elsewhere.

# %%
ranking = ns.centrality(graph, ["degree", "betweenness", "constraint"])
roles = ranking.values.join(ranking.labels).join(partition.membership.rename("community"))
community = partition.membership
outside = {
    vertex["name"]: sum(community[other["name"]] != community[vertex["name"]] for other in vertex.neighbors())
    for vertex in graph.vs
}
roles["leaving"] = roles.index.map(outside) / roles["degree"].where(roles["degree"] > 0)
roles["rank"] = roles["betweenness"].rank(ascending=False, method="min")
leading = roles.sort_values("betweenness", ascending=False).head(15)
leading[["name", "type", "community", "degree", "leaving", "constraint", "rank"]].round(2)

# %%
hubs = leading[leading["leaving"] < 0.25]
brokers = leading[leading["leaving"] >= 0.5]
weak = set(ns.weak_vertices(graph))
print("hubs inside one community:", ", ".join(hubs["name"]))
print("brokers, at least half of whose ties leave:", ", ".join(brokers["name"]))
print("of these known by doubtful ties only:", ", ".join(brokers.loc[brokers.index.isin(weak), "name"]) or "none")

# %% [markdown]
# **Answer.** Computed from the cells above:

# %%
sizes = partition.membership.value_counts()
print(
    f"The record falls into {(sizes > 1).sum()} communities of two and more; the largest three hold "
    f"{sizes.head(3).sum()} of {graph.vcount()} entities.\n"
    f"Modularity {partition.modularity:.3f} against {chance.null_mean:.3f} by chance (p = {chance.p:.3f}); "
    f"{int(partition.unstable.sum())} members are not sure of their place.\n"
    f"Of the first 15 by betweenness, {len(hubs)} are hubs inside a community and {len(brokers)} brokers between them."
)
