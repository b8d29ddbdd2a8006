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
# # 07 · Backtest: would it have named those designated later?
#
# **Question.** Take only what was public on 1 October 2025, rank everybody in it, and wait. Did those that authorities
# designated afterwards stand higher than others?
#
# The answer for this record is: not clearly. The notebook shows how that is found out, and why such a test is easy to
# get wrong.

# %%
import netscam as ns
from netscam.data.history.blind import blind_record, check_blind
from netscam.errors import DataError
from netscam.output.history.backtest import Judging, backtest
from netscam.output.history.foresight import foresights

CUTOFF = "2025-10-01"
data = ns.read_dataset("mekong")
print(data.caveat)

# %% [markdown]
# ## The record as it stood
#
# Everything written with hindsight has to go: later documents, but also statuses, descriptions, list numbers and names,
# and grades that a later document improved.

# %%
then = blind_record(data, CUTOFF)
{name: (len(table), len(then.tables()[name])) for name, table in data.tables().items() if name != "costs"}

# %% [markdown]
# A guard refuses any record that knows more. One list number is enough:

# %%
from dataclasses import replace

leaking = replace(then, entities=then.entities.assign(identifiers=["ofac:1", *[""] * (len(then.entities) - 1)]))
try:
    check_blind(leaking, data, CUTOFF)
except DataError as error:
    print(error)

# %% [markdown]
# ## Who is judged
#
# Candidates were known by the cutoff and not yet designated. Some are left out: the record says that they were
# designated and not when. And many who were designated later were in no document at all: no ranking could name them.

# %%
found = backtest(data, cutoff=CUTOFF, event="designation", horizon="24m", judging=Judging(k=3))
print(f"known by {CUTOFF}: {dict(found.known)}")
print(f"designated later, in no document by then: {len(found.unknown_later)}")
print(f"{found.positives} of {found.candidates} candidates were designated by {found.observed_until}")

# %% [markdown]
# ## How the rankings did
#
# *ROC AUC* is the chance that one designated later stands above one who was not: 0.5 is chance. *Average precision*
# rewards hits near the top, and is compared with the order by chance and with plain degree. Equals count with the mean
# over all their orders, so that no id can help. Intervals are 90 %, from a bootstrap of the candidates.

# %%
columns = ["roc_auc", "roc_auc_low", "roc_auc_high", "average_precision", "lift_over_random", "lift_over_degree"]
found.rankings.set_index("ranking")[[*columns, "precision_at_5", "precision_at_10"]].round(3)

# %% [markdown]
# ## How early and how high
#
# Places among the candidates, and how many days before the act the first document of the record mentioned each.

# %%
shown = ["name", "earliest", "document", "known_since", "lead_days", "degree", "betweenness", "pagerank", "out_degree"]
found.entities[shown]

# %% [markdown]
# ## Other cutoffs
#
# One cutoff is one throw of the dice. Earlier ones have more to find, because the designations of May and September
# 2025 still lay ahead. They share documents and outcomes, so that they are not independent.

# %%
seen = foresights(data, measures=["degree", "betweenness"], first="2024-06", last="2025-12", step="quarter", draws=300)
seen.scores.round(3)

# %% [markdown]
# ## Answer

# %%
table = found.rankings.set_index("ranking").drop(index="random")
best = table["roc_auc"].idxmax()
clear = table.index[table["roc_auc_low"] > 0.5].tolist()
early = seen.scores[(seen.scores["measure"] == "degree") & (seen.scores["cutoff"] < "2025-09")]
auc, worst, most = table["roc_auc"], early["roc_auc"].min(), early["roc_auc"].max()
print(
    f"Of {len(table)} rankings, {best} did best with an AUC of {auc[best]:.2f} "
    f"({table.loc[best, 'roc_auc_low']:.2f} to {table.loc[best, 'roc_auc_high']:.2f}); {len(clear)} of them "
    f"({', '.join(clear) or 'none'}) had an interval above chance, and with so many tried, that much is expected from "
    f"luck. Betweenness had {auc['betweenness']:.2f} and the key-node set {auc['key_nodes']:.2f}. With "
    f"{found.positives} positives this record cannot tell a useful ranking from a useless one. At the end of each "
    f"quarter from June 2024 to June 2025, degree had {worst:.2f} to {most:.2f} on {early['positives'].min()} to "
    f"{early['positives'].max()} positives: somewhat better than chance, perhaps because those listed together are "
    "written about together."
)
print("\n".join(found.notes))

# %% [markdown]
# Use ranks of position to ask where to look and what to check, not to predict whom an authority will list. Who gets
# listed depends on reach, evidence and policy, which no tie records.
