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
# # 08 · Your own data
#
# **Question.** You have two lists of your own, with different columns and spellings. How do they become one network
# with evidence behind every tie, a ranking, and a page to look at?
#
# Everything below is made up, in a temporary folder that the last cell removes. The same steps are commands:
# `netscam import`, `duplicates`, `merge`, `validate`, `page`.

# %%
import tempfile
from pathlib import Path

import netscam as ns

folder = tempfile.TemporaryDirectory()
here = Path(folder.name)

# %% [markdown]
# ## Two lists
#
# A register of firms, and notes from a newspaper. The same two firms are in both, spelled differently.

# %%
(here / "register.csv").write_text(
    "Number;Firm;Country;Director\n"
    "R-1;Golden Example Holdings Co., Ltd.;Cambodia;Invented Person One\n"
    "R-2;Sample Bay Resort Ltd;Cambodia;Invented Person One\n"
    "R-3;Fictional Pay Ltd;Hong Kong;Invented Person Two\n"
    "R-4;Madeup Logistics Co. Ltd.;Thailand;Invented Person Two\n",
    encoding="utf-8",
)
(here / "press.csv").write_text(
    "who,what,whom\n"
    "Golden Example Holding Company Limited,owns,Sample Bay Resort\n"
    "Fictional Pay Limited,pays,Sample Bay Resort\n"
    "Invented Person Three,runs,Fictional Pay Limited\n",
    encoding="utf-8",
)

# %% [markdown]
# ## A mapping for each
#
# `netscam import table --guess` writes a first one; here they are written out. A mapping names the source with its
# grade, says which column is what, and translates the list's words.

# %%
(here / "register.toml").write_text(
    """
[source]
title = "Register extract"
publisher = "An invented register"
kind = "government"
published = "2025-03-01"
reliability = "A"

[[tables]]
file = "register.csv"
layout = "links"
type = "person"
target_type = "company"
relation = "directs"
status = "reported"
credibility = "2"
[tables.columns]
source = "Director"
target = "Firm"
""",
    encoding="utf-8",
)
(here / "press.toml").write_text(
    """
[source]
title = "Newspaper notes"
publisher = "An invented newspaper"
kind = "press"
published = "2025-06"
reliability = "C"

[[tables]]
file = "press.csv"
layout = "links"
type = "company"
target_type = "company"
relation = "linked_to"
status = "alleged"
credibility = "3"
[tables.columns]
source = "who"
target = "whom"
relation = "what"
[tables.relations]
owns = "owns"
pays = "finances"
runs = "directs"
""",
    encoding="utf-8",
)
lists = []
for name in ("register", "press"):
    with ns.import_files("table", [here / f"{name}.csv"], mapping=here / f"{name}.toml", name=name) as made:
        lists.append(made.dataset())
    print(name, {table: len(rows) for table, rows in lists[-1].tables().items() if len(rows)})

# %% [markdown]
# ## Which entities are the same?
#
# The package proposes, a person decides. Nothing is merged on a score.

# %%
proposed = ns.find_duplicates(lists)
proposed[["score", "first_name", "second_name", "reasons"]]

# %% [markdown]
# Having looked at both lists, you decide. Every decision carries who, when and why, and can be undone.

# %%
from netscam.data.resolve.decisions import Decision

same = [
    Decision(row["first"], row["second"], "same", "me", "2025-07-01", "looked up in the register")
    for row in proposed.to_dict("records")
    if row["score"] >= 0.9
]
joined = ns.merge(lists, same, name="own")
for problem in joined.problems:
    print(problem)
joined.data.entities[["id", "type", "name", "aliases"]]

# %% [markdown]
# ## The network
#
# Every relation kept its evidence: who says so, with which grade.

# %%
graph = ns.to_igraph(joined.data)
print(graph.vcount(), "entities,", graph.ecount(), "ties")
evidence = joined.data.relations.merge(joined.data.evidence, left_on="id", right_on="relation", suffixes=("", "_row"))
evidence[["source", "relation", "target", "document", "status", "credibility"]]

# %%
ranking = ns.centrality(graph, ["betweenness", "degree"]).to_frame()
ranking.head()

# %% [markdown]
# ## Keep it, check it, look at it
#
# A dataset is a folder of CSVs. `read_dataset` checks every rule; the page is one file that opens anywhere and asks
# nobody for anything.

# %%
ns.write_dataset(joined.data, here / "own")
again = ns.read_dataset(here / "own")
page = ns.write_page(again, here / "own.html")
print(f"read back equal: {again.hash() == joined.data.hash()}; page of {page.stat().st_size / 1e6:.1f} MB")

# %% [markdown]
# **Answer.** Computed from the cells above:

# %%
before = sum(len(part.entities) for part in lists)
most = ranking.iloc[0]
print(
    f"Two lists with {before} entries became {len(joined.data.entities)} entities: {len(same)} pairs were joined by "
    f"decision.\n{len(joined.data.relations)} relations rest on {len(joined.data.evidence)} evidence rows from "
    f"{len(joined.data.documents)} documents.\nBetween the others lies most often: {most['name']}."
)
folder.cleanup()
