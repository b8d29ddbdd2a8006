"""Interests of the Beneficial Ownership Data Standard, 0.2 to 0.4, and the relations that they become."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

RELATIONS = MappingProxyType(
    {
        "shareholding": "owns",
        "votingRights": "controls",
        "appointmentOfBoard": "controls",
        "otherInfluenceOrControl": "controls",
        "influenceOrControl": "controls",
        "controlViaCompanyRulesOrArticles": "controls",
        "controlByLegalFramework": "controls",
        "rightsGrantedByContract": "controls",
        "conditionalRightsGrantedByContract": "controls",
        "trustee": "controls",
        "protector": "controls",
        "seniorManagingOfficial": "directs",
        "boardMember": "directs",
        "boardChair": "directs",
        "settlor": "founded",
        "settlorOfTrust": "founded",
        "trustee-of-trust": "controls",
        "nominator": "controls",
    }
)
MOST = 10**15
CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def interest_word(kind: str) -> str:
    """Code of an interest as 0.3 and 0.4 write it; 0.2 writes ``voting-rights``."""
    head, *rest = kind.split("-")
    return head + "".join(part.capitalize() for part in rest)


def relation_of(interest: Mapping[str, Any], chain: bool) -> str:
    """Kind of relation for one interest.

    An indirect holding of shares whose chain is in the same file is ``controls``: as ``owns`` it would count twice when
    stakes are multiplied along the chain. Interests without a kind of their own (rights to profit, nominee ...) are
    ``linked_to`` and keep their printed name.
    """
    word = interest_word(str(interest.get("type", "")))
    kind = RELATIONS.get(word, "linked_to")
    indirect = interest.get("directOrIndirect") == "indirect" or interest.get("interestLevel") == "indirect"
    return "controls" if kind == "owns" and indirect and chain else kind


def exact_share(interest: Mapping[str, Any]) -> str:
    """Share in percent where it is one number; a span is none."""
    share = interest.get("share")
    if not isinstance(share, Mapping):
        return ""
    if _number(share.get("exact")):
        return str(share["exact"])
    least, most = share.get("minimum"), share.get("maximum")
    whole = True not in (share.get("exclusiveMinimum"), share.get("exclusiveMaximum"))
    return str(least) if _number(least) and least == most and whole else ""


def _number(value: object) -> bool:
    """Whether a value is a number that has a text and a size; ``isfinite`` cannot take whole numbers of any length."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) <= MOST if isinstance(value, int) else math.isfinite(value)


def share_words(interest: Mapping[str, Any]) -> str:
    """Share as text: ``share 25 to under 50 %``, ``share at least 75 %``; empty where none is stated."""
    share = interest.get("share")
    if not isinstance(share, Mapping):
        return ""
    if _number(share.get("exact")):
        return f"share {share['exact']:g} %"
    low, high = (
        _limit(share, "minimum", "exclusiveMinimum", "over "),
        _limit(share, "maximum", "exclusiveMaximum", "under "),
    )
    if low and high:
        return f"share {low} to {high} %"
    return f"share at least {low} %" if low else f"share at most {high} %" if high else ""


def _limit(share: Mapping[str, Any], name: str, exclusive: str, word: str) -> str:
    """One limit as text; ``exclusiveMinimum`` is a number in 0.4, and in 0.2 and 0.3 a yes or no about ``minimum``."""
    if _number(share.get(exclusive)):
        return f"{word}{share[exclusive]:g}"
    if not _number(share.get(name)):
        return ""
    return f"{word if share.get(exclusive) is True else ''}{share[name]:g}"


def interest_text(interest: Mapping[str, Any]) -> str:
    """What an interest says, for the description of a relation."""
    level = interest.get("directOrIndirect") or interest.get("interestLevel")
    parts = [CAPITAL.sub(" ", interest_word(str(interest.get("type", "interest")))).lower()]
    parts += [str(level)] if level in ("direct", "indirect") else []
    parts += [words] if (words := share_words(interest)) else []
    parts += ["beneficial ownership or control"] if interest.get("beneficialOwnershipOrControl") is True else []
    parts += [str(interest["details"])] if interest.get("details") else []
    return ", ".join(parts)
