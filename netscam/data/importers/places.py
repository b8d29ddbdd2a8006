"""Countries and addresses as lists print them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

POSTCODE = re.compile(r"\b(?:[A-Za-z]{1,2}-?)?\d{4,7}\b\s*$")
WORDS = re.compile(r"[^\w]+")


@cache
def load_countries() -> Mapping[str, str]:
    """Codes of ISO 3166-1 alpha-2 with a short name, as validation knows them."""
    text = (files("netscam.schema") / "countries.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))


@cache
def country_names() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 code for names, three-letter codes and registry codes, all folded by ``fold_country``."""
    text = (files(__package__) / "country_names.json").read_text(encoding="utf-8")
    known = {fold_country(name): code for code, name in load_countries().items()}
    for code, names in json.loads(text).items():
        known |= {fold_country(name): code for name in names}
    return MappingProxyType(known)


def fold_country(name: str) -> str:
    """Fold a country's name for looking it up: lower case, words in order, without ``the``."""
    return " ".join(word for word in WORDS.sub(" ", name.casefold()).split() if word != "the")


def country_code(name: str) -> str:
    """ISO 3166-1 alpha-2 code of a country, empty where it is not known.

    Parameters
    ----------
    name
        A code of two letters (``uk`` is ``GB``), a code of three letters, a name (``Korea, North``), a code with a
        region (``US-DE``), or one of the jurisdiction codes of the Offshore Leaks.
    """
    text = name.strip()
    upper = text.upper()
    if upper in load_countries():
        return upper
    if len(text) > 3 and text[2] == "-" and upper[:2] in load_countries():
        return upper[:2]
    return country_names().get(fold_country(text), "")


def country_codes(names: Iterable[str]) -> list[str]:
    """Codes of all countries that are known, each once, in order."""
    return [code for code in dict.fromkeys(country_code(name) for name in names) if code]


def address_precision(text: str) -> str:
    """How near an address as printed is: ``street`` (with a number of a house, street or box), city, country or area.

    A postcode alone is no street. The rule is coarse on purpose: what is not plainly a street is not taken for shared
    premises.
    """
    parts = [part for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) == 1 and country_code(text):
        return "country"
    if any(re.search(r"\d", POSTCODE.sub("", part)) for part in parts):
        return "street"
    return "city" if len(parts) <= 2 else "area"
