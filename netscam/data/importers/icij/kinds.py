"""Words of the Offshore Leaks for nodes and links, and what they become."""

from __future__ import annotations

import re

from netscam.data.importers.names import looks_like_company

COMPANIES = re.compile(r"entit|compan|corporat|shell|client|intermediar|firm|bank")
OTHERS = re.compile(r"other|trust|foundation|organi[sz]ation|fund|group")
SAME = re.compile(r"same|similar|probably")
# In order: the first that fits the printed link decides; a link may say several things, which all become relations.
ROLES = (
    (re.compile(r"shareholder|\bowner\b|ownership|unitholder|stockholder|quota ?holder|\bowned\b", re.I), "owns"),
    (
        re.compile(r"director|president|chair|treasurer|manager|partner of|officer \(|\bceo\b|legal rep", re.I),
        "directs",
    ),
    (re.compile(r"beneficia|ultimate|settlor|grantor|protector|controller|principal", re.I), "controls"),
    (re.compile(r"secretary|council|board|member|trustee|auditor|liquidator", re.I), "member_of"),
    (re.compile(r"power of attorney|signator|nominee|agent|custodian|administrator|mortgage", re.I), "linked_to"),
)
BENEFICIAL_OWNER = re.compile(r"(?i)beneficial owner")


def node_type(word: str, name: str, file: str) -> str:
    """Entity type of a node, from its category, else from the name of its file.

    An officer is a person unless the name has a legal form or another word of business: the leaks do not say which.
    """
    text = f"{word} {'' if word else file}".lower()
    if "address" in text:
        return "address"
    if "officer" in text or "person" in text or "individual" in text or "beneficiary" in text:
        return "company" if looks_like_company(name) else "person"
    if OTHERS.search(text):
        return "organization"
    if COMPANIES.search(text):
        return "company" if looks_like_company(name) or "client" not in text else "organization"
    return "organization"


def relations_of(kind: str, link: str) -> list[str]:
    """Kinds of relation that a printed link states: a director and shareholder gives two, an unknown one linked_to."""
    word = kind.strip().lower().replace("_", " ")
    if SAME.search(word) or SAME.match(link.strip().lower()):
        return ["same_as"] if "same" in word and "address" not in word and "similar" not in word else ["linked_to"]
    if "address" in word:
        return ["registered_at"]
    if "intermediary" in word:
        return ["provides_services_to"]
    said = f"{word} {link}".replace("is officer of", "").replace("officer of", "")
    found = [relation for words, relation in ROLES if words.search(said)]
    if BENEFICIAL_OWNER.search(said) and not re.search(r"(?i)(?<!beneficial )\bowner\b|shareholder", said):
        found = [relation for relation in found if relation != "owns"]
    if "underlying" in word:
        return ["controls"]
    return found or ["linked_to"]
