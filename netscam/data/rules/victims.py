"""The rule that keeps victims and coerced workers out of the network."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.tables import Column, Mask, Tables, to_mask
from netscam.schema import load_schema

COERCED = r"(?:coerced|forced|trafficked|enslaved|captive|rescued|repatriated|freed|exploited|abducted|kidnapped)"
ONE = r"(?:worker|labou?rer|scammer|person|man|woman|girl|boy|teenager|child|national|student|migrant|citizen)"
MANY = r"(?:workers|labou?rers|scammers|persons|people|men|women|girls|boys|teenagers|children|nationals|migrants)"
VICTIM = (
    r"(?:(?:human[ -]|labou?r[ -]|sex[ -])?(?:trafficking|scam|torture|forced[ -]labou?r)[ -])?(?:victims?|survivors?)"
)
HELPERS = (
    r"(?:['’]?s?['’]?[ -](?:support|advocates?|advocacy|funds?|compensation|liaison|services?|aid|assistance|lawyers?|"
    r"rights|counsell?ors?|protection|groups?))"
)
ORIGIN = (
    r"(?:(?:hong[ ]kong|lao|thai|sri[ ]lankan|[a-z]+(?:ese|ian|ean|kan|yan|dan|zan|ish|ino|ina|epali|aeli|ani))[ -]+)"
)
MODIFIER = (
    rf"(?:{ORIGIN}|(?:he|she|they|an?|the|one|two|some|of|another|unnamed|anonymous|named|alleged|suspected|reported|possible|"
    r"presumed|former|ex|young|male|female|foreign|indirect|direct|known|identified|confirmed|adult|child|minor)[ -]+)"
)
HELD = (
    rf"(?:{ONE}|{MANY})[ ]+(?:who[ ]+(?:was|were|is)[ ]+|was[ ]+|were[ ]+|being[ ]+)?"
    r"(?:held|trapped|trafficked|forced|coerced|sold|enslaved|tortured|rescued|freed|kidnapped|abducted|detained[ ]+by)"
)
PASSIVE = (
    r"(?:(?:(?:who[ ]+)?(?:was|were|is|being|been|got)[ ]+)(?:kidnapped|enslaved|trafficked|abducted|rescued)|"
    r"(?:(?:who[ ]+)?(?:was|were|is|being|been|got)[ ]+)?(?:held[ ]+(?:captive|against|prisoner)|"
    r"trafficked[ ]+(?:into|in|to|from)|forced[ ]+to[ ]+(?:scam|work)|lured[ ]+(?:into|in|to)|rescued[ ]+from|"
    r"kidnapped[ ]+(?:in|by|from|at)|sold[ ]+(?:in)?to[ ]+(?:a[ ]+|the[ ]+)?(?:compounds?|scam)))"
)
BEGINS = (
    rf"(?i)\A[\s(\[\"'“‘*]*{MODIFIER}*(?:{VICTIM}|{COERCED}[ -]+{ORIGIN}*(?:{ONE}|{MANY}\s*\z)|{HELD}|{PASSIVE})"
    r"(?:[^a-z]|\z)"
)
ASIDE = rf"(?i)\A[\s(\[\"'“‘*]*{MODIFIER}*{VICTIM}{HELPERS}"
# A name and then what the person is: "Jane Doe (trafficked to Sihanoukville)", "Jane Doe, a rescued worker".
BEHIND_NAME = (
    rf"(?i)(?:[(\[,;:]|[ ][–—-])[ ]*{MODIFIER}*(?:{VICTIM}|{COERCED}|{HELD}|{PASSIVE}|"
    rf"{ONE}[ ]+(?:who[ ]+)?(?:escaped|fled))(?:[^a-z]|\z)"
)
APPOSED = (
    rf"(?i)\A[^,;:.(]{{1,80}}[,(][ ]*(?:an?[ ]|one[ ]of[ ]|the[ ])?{MODIFIER}*(?:{VICTIM}[ ]+(?:of|who|from|held)|"
    rf"{COERCED}[ -]+{ORIGIN}*{ONE}|{ORIGIN}*{ONE}[ ]+who[ ]+(?:was|were)[ ]+(?:held|trapped|trafficked|forced|"
    r"coerced|sold|enslaved|rescued|freed|kidnapped|lured)|who[ ]+was[ ]+(?:trafficked|enslaved|rescued|"
    r"lured[ ]+(?:in|to)|forced[ ]+to[ ]+(?:scam|work)|held[ ]+(?:captive|against)))(?:[^a-z]|\z)"
)
OTHER_SCRIPTS = r"(?:受害者|受害人|被害人|被害者|猪仔|豬仔|人质|被拐|nạn nhân|เหยื่อ|ជនរងគ្រោះ|жертва)"
# Whole words, and not at the head of a name: Kurban and Kurbanov are family names.
OTHER_WORDS = r"(?:korban|biktima|víctima|kurban)(?:[^\pL]|\z)"
IN_NAME = r"(?i)(?:\b(?:victims?|survivors?)\b|\A(?:the |a |an )?(?:worker|labou?rer|hostage|captive|scammer)s?\b)"
IN_TYPE = r"(?i)(?:victim|survivor|worker|labou?rer|trafficked|coerced|hostage|captive|slave|detainee)"


@rule("victim", "table")
def victim(tables: Tables) -> Iterator[Finding]:
    """Victims and coerced workers are never nodes.

    Refused are a type made for them (victim, survivor, worker, ...), and a person, operator or official whose name has
    such a word in it (also in brackets or after a comma) or whose description begins by calling them one. A description
    of what somebody is alleged to have done to victims is not meant. The rule knows a few words of a few languages: it
    is a guard against mistakes, and does not relieve anybody of reading the rows.
    """
    if not tables.has("entities", "type"):
        return
    kinds = tables.column("entities", "type")
    bad = victim_types(kinds)
    yield kinds.finding(bad, lambda value: f"{show(value)}: victims and workers are not recorded as entities")
    people = [name for name, kind in load_schema().entity_types.items() if kind.natural_person]
    person = np.array([value in people for value in kinds.values.to_pylist()], bool)[kinds.codes]
    for name in ("name", "description"):
        if tables.has("entities", name):
            column = tables.column("entities", name)
            rows = np.flatnonzero(_named(column)[column.codes] & person)
            yield Finding(
                rows, name, lambda _: "the row looks like a victim or coerced worker; they are not recorded", "entities"
            )


def victim_types(column: Column) -> Mask:
    """Say which values of a type column name victims or workers."""
    known = set(load_schema().entity_types)
    return np.array([v not in known for v in column.values.to_pylist()], bool) & _match(column, IN_TYPE)


def _named(column: Column) -> Mask:
    begins = _match(column, BEGINS) & ~_match(column, ASIDE)
    begins |= _match(column, rf"(?i)\A\s*{OTHER_SCRIPTS}")
    if column.name == "name":
        return begins | _match(column, IN_NAME) | (_match(column, BEHIND_NAME) & ~_match(column, ASIDE))
    return begins | _match(column, rf"(?i)\A\s*{OTHER_WORDS}") | _match(column, APPOSED)


def _match(column: Column, pattern: str) -> Mask:
    return to_mask(pc.match_substring_regex(column.values, pattern))
