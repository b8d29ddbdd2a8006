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
# # 06 · The exodus of January 2026: before, after, what reconstitutes
#
# **Question.** In January 2026 people left scam compounds in numbers. Which compounds does the record say were closed
# or emptied, how much of the recorded network did they carry, and who ties them to sites that are not said to be gone?
#
# The record holds what documents say, each with its grade. It is not the network itself, and a position in it is not a
# finding about conduct.

# %%
import netscam as ns
from netscam.analysis.recovery import recovery
from netscam.output.history.exodus import exodus

data = ns.read_dataset("mekong")
print(data.caveat)
found = exodus(data, first="2026-01-01", last="2026-01-31")

# %% [markdown]
# ## What the documents say
#
# Only events that name a compound count. Reliability runs from A (best) to E; the summary is the curators' wording of
# what the document says.

# %%
said = found.events[found.events["when"] == "window"]
said[["name", "state", "date", "summary", "document", "publisher", "reliability"]]

# %% [markdown]
# Most of what is reported for the month names no compound in the data: embassies' counts, buses in the night, a whole
# town. The network cannot show these. Counts of people differ by date and definition and must not be added.

# %%
found.unnamed[["date", "type", "place", "people", "summary", "document"]]

# %% [markdown]
# ## Before and after
#
# Before is the recorded network; after is the same without the compounds that are said to be closed or emptied. *share*
# is what was lost of each quantity. *random* is the mean share when as many compounds are taken at random, with a 90 %
# interval.

# %%
found.carried.round(4)

# %% [markdown]
# What kinds of ties the gone compounds had, and which other ties the record itself dates to an end in that month:

# %%
print(f"relations that the record ends in January 2026: {len(found.ended)}")
found.ties

# %% [markdown]
# ## Who stays
#
# Everybody tied to a gone compound, with the strongest standing that the record has for them, and the compounds not
# said to be gone that they are tied to: directly (*active*) or over one other actor (*through*). *weak* marks those
# whose tie to the gone compound is more likely wrong than right.

# %%
found.connecting()[["name", "type", "status", "ties_left", "gone", "active", "through", "weak"]]

# %% [markdown]
# ## What reconstitutes
#
# The record hardly says. It has two successions, both of marketplaces:

# %%
names = data.entities.set_index("id")["name"]
after = data.relations[data.relations["relation"] == "successor_of"]
after.assign(source=after["source"].map(names), target=after["target"].map(names))[["source", "target", "start"]]

# %% [markdown]
# So the rest is a question about models. Under *displacement* a closed site opens again nearby with its owners and
# operators, and others are replaced by those with roles in common (see notebook 05). The numbers say what follows
# from the recorded ties and that rule, and forecast nothing about anybody.

# %%
gone = [site for site in found.gone if site not in found.outside]
left = {
    model: recovery(data, gone, model=model, steps=len(gone), runs=runs).to_frame().iloc[-1]
    for model, runs in (("none", 1), ("displacement", 40))
}
pairs = {model: row["connected_pairs"] for model, row in left.items()}
start = found.carried.set_index("quantity").loc["connected_pairs", "before"]
low, high = (left["displacement"][f"connected_pairs_{end}"] for end in ("low", "high"))
print(f"connected pairs: {start:,.0f} before, {pairs['none']:,.0f} if nobody reacts,")
print(f"{pairs['displacement']:,.0f} after displacement (middle 90 % of the runs: {low:,.0f} to {high:,.0f})")

# %% [markdown]
# ## Answer

# %%
lost = found.carried.set_index("quantity")
weak = said[said["state"].isin(found.states)]["reliability"].isin(["D", "E"]).sum()
joined = found.connecting()
direct = joined[joined["active"] != ""]
share = lost["share"]
print(
    f"The record names {len(found.gone)} compounds as closed or emptied in the month, {weak} of them on a document "
    f"of reliability D or E. They carried {share['nodes']:.1%} of the nodes, {share['ties']:.1%} of the ties, "
    f"{share['betweenness']:.1%} of the betweenness and {share['connected_pairs']:.1%} of the connected pairs, where "
    f"as many compounds at random carry {lost.loc['connected_pairs', 'random']:.1%} of these on average. "
    f"{len(found.actors)} actors are tied to them; {len(direct)} of these are also tied to a compound that is not said "
    "to be gone."
)
print("\n".join(found.notes))

# %% [markdown]
# In the record, then, the exodus emptied sites and left the network that held them nearly whole: owners and operators
# are not among what vanished. This says as much about the record as about the month: what was emptied is thinly
# described, and that little is written about a site does not mean that it mattered little.
