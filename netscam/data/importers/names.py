"""Whether a name reads like that of a company."""

from __future__ import annotations

import re

FORMS = (
    "ltd limited llc llp lp inc incorporated corp corporation co company cia compania plc gmbh ag kg sa sas srl sarl spa nv bv bvba "
    "oy ab as aps a/s ooo oao zao pao ao jsc pjsc ojsc cjsc llp fze fzco fzc fzllc dmcc wll saoc saog sal pte pvt pty sdn bhd "
    "tbk kk lda ltda eirl sapi sab sc cv rl doo dd eood ood ad sro kft zrt sicav holding holdings bank banco banque "
    "enterprise enterprises industries industry trading group shipping airlines airways casino hotel resort "
    "investment investments ventures properties estates partners consulting consultants services international trust "
    "foundation fund limitada anstalt stiftung establishment pt cjsc jscb fzc nominees trustees"
).split()
PLAIN = re.compile(r"[^\w/]+")
SURE = frozenset(FORMS) - {
    *("sa", "as", "ad", "co", "ab", "ag", "sc", "pt", "ao", "dd", "trust", "foundation", "fund", "group", "rl", "cv"),
    *("international", "services", "partners", "industry", "hotel", "bank", "kg", "kk", "lp"),
}
LAST = frozenset(FORMS)
OTHERS = re.compile(
    r"有限公司|公司|集团|株式会社|有限会社|주식회사|บริษัท|công ty|ក្រុមហ៊ុន|ооо|оао|зао|пао|общество|акционерное|شركة|מ[\"״]ע[\"״]מ|בע[\"״]מ",
    re.IGNORECASE,
)


def looks_like_company(name: str) -> bool:
    """Whether a name has a legal form or a word of business in it.

    A guess for lists that do not say what a record is: a surname such as *Bank* or *Group* does not decide it unless it
    is the last word, and *sa* or *co* only count at the end. It never says who is behind a name.
    """
    words = PLAIN.sub(" ", name.replace(".", "").casefold()).split()
    if not words:
        return False
    return bool(SURE & set(words)) or (len(words) > 1 and words[-1] in LAST) or bool(OTHERS.search(name))
