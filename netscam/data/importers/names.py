"""Whether a name reads like that of a company."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

PLAIN = re.compile(r"[^\w/]+")


@cache
def _words() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    known = json.loads((files(__package__) / "business_words.json").read_text(encoding="utf-8"))
    anywhere = frozenset(known["anywhere"])
    others = re.compile("|".join(map(re.escape, known["in_other_scripts"])), re.IGNORECASE)
    return anywhere, anywhere | frozenset(known["as_last_word"]), others


def looks_like_company(name: str) -> bool:
    """Whether a name has a legal form or a word of business in it.

    A guess for lists that do not say what a record is: a surname such as *Bank* or *Group* does not decide it unless it
    is the last word, and *sa* or *co* only count at the end. It never says who is behind a name.
    """
    anywhere, last, others = _words()
    words = PLAIN.sub(" ", name.replace(".", "").casefold()).split()
    if not words:
        return False
    return bool(anywhere & set(words)) or (len(words) > 1 and words[-1] in last) or bool(others.search(name))
