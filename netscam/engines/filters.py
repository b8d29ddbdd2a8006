"""What part of a dataset is meant, as SQL that gives what ``select`` and ``to_igraph`` give in memory."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from netscam.data.evidence import find_prior
from netscam.data.select import check_date, first_day, last_day
from netscam.engines.tables import double, listed, quoted
from netscam.errors import UnknownNameError
from netscam.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netscam.engines.tables import Dialect
    from netscam.schema import Prior

SLACK = 1e-12
"""By so much a probability may miss the threshold: sums come in another order on every engine."""


@dataclass(frozen=True)
class Filters:
    """The same choices as ``select`` and ``to_igraph`` take.

    ``include`` adds entity types that are left out otherwise; ``relations`` are the relation types to keep, none for
    all; ``at``, ``known_by``, ``min_probability`` and ``prior`` as in ``select``.
    """

    include: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    at: str | None = None
    known_by: str | None = None
    min_probability: float | None = None
    prior: str = "default"

    def check(self) -> None:
        """Refuse names that the schema does not know and dates that are none.

        Raises
        ------
        UnknownNameError, DateError
            As ``select`` does.
        """
        find_prior(self.prior)
        for kind, names, vocabulary in (
            ("entity type", self.include, "entity_types"),
            ("relation type", self.relations, "relation_types"),
        ):
            known = load_schema().vocabularies[vocabulary]
            for name in names:
                if name not in known:
                    raise UnknownNameError(kind, name, known)
        for date in (self.at, self.known_by):
            if date is not None:
                check_date(date)

    def beyond_ties(self) -> list[str]:
        """Names of the choices made that only a dataset can answer."""
        plain = Filters()
        asked = [f.name for f in fields(self) if getattr(self, f.name) != getattr(plain, f.name)]
        return [name for name in asked if name not in ("min_probability", "prior")]


def vertices_sql(filters: Filters, dialect: Dialect) -> str:
    """Entities of the analysis graph: column ``id``."""
    prior = find_prior(filters.prior)
    types = [*load_schema().analysis_types, *filters.include]
    never = [precision for precision, factor in prior.address.items() if factor == 0]
    sql = f"""select id from entities where type in {listed(types)}
              and not (type = 'address' and coalesce(coordinate_precision, '') in {listed(never)})"""
    if filters.known_by is None:
        return sql
    items = dialect.each_item.format(cell="coalesce(entities, '')")
    known = _known_documents(filters.known_by)
    return f"""with told as (select * from events where document in ({known})),
      mentioned as (
        select source as id from ({_known_relations(filters)}) as r
        union select target as id from ({_known_relations(filters)}) as r
        union select place as id from told
        union select trim(item) as id from (select {items} as item from told) as i)
      select v.id from ({sql}) as v semi join mentioned on v.id = mentioned.id"""


def links_sql(filters: Filters) -> str:
    """Relations that count: columns ``source`` and ``target``."""
    prior = find_prior(filters.prior)
    base = "relations" if filters.known_by is None else f"({_known_relations(filters)})"
    where = ["r.source <> r.target"]
    if filters.relations:
        where.append(f"r.relation in {listed(filters.relations)}")
    if filters.at is not None:
        where.append(_valid_at(filters))
    sql = f"select r.source, r.target from {base} as r"
    if filters.min_probability is not None or _may_be_nothing(prior):
        sql = f"select r.source, r.target from {base} as r left join ({_likely_sql(filters)}) as p on r.id = p.relation"
        factor = f"least({', '.join(f'coalesce({end}.factor, cast(1 as double))' for end in ('a', 'b'))})"
        for end, column in (("a", "source"), ("b", "target")):
            sql += f" left join ({_factor_sql(prior)}) as {end} on r.{column} = {end}.id"
        tie = f"coalesce(p.supported, {double(prior.no_evidence)}) * (1 - coalesce(p.disputed, 0)) * {factor}"
        least = 0.0 if filters.min_probability is None else filters.min_probability - SLACK
        where += [f"{tie} >= {double(least)}", f"{tie} > 0"]
    return f"{sql} where {' and '.join(where)}"


def _known_documents(known_by: str) -> str:
    published = f"coalesce(published, '') <> '' and {_last_day('published')} <= {quoted(last_day(known_by))}"
    return f"select id from documents where {published}"


def _known_relations(filters: Filters) -> str:
    known = _known_documents(str(filters.known_by))
    return f"""select * from relations where id in
      (select relation from evidence where stance = 'supports' and document in ({known}))"""


def _valid_at(filters: Filters) -> str:
    at = str(filters.at)
    starts = "coalesce(r.start_on, '')"
    ends = "coalesce(r.end_on, '')"
    over = f"{ends} <> '' and {_last_day('r.end_on')} < {quoted(first_day(at))}"
    if filters.known_by is not None:  # an end that lay ahead then was not known then
        over += f" and {_first_day('r.end_on')} <= {quoted(last_day(filters.known_by))}"
    return f"({starts} = '' or {_first_day('r.start_on')} <= {quoted(last_day(at))}) and not ({over})"


def _first_day(column: str) -> str:
    return f"substr(concat({column}, case when length({column}) = 4 then '-01-01' else '-01' end), 1, 10)"


def _last_day(column: str) -> str:
    month = f"cast(last_day(cast({_first_day(column)} as date)) as string)"
    return f"""(case length({column}) when 4 then concat({column}, '-12-31')
                when 7 then {month} else {column} end)"""


def _may_be_nothing(prior: Prior) -> bool:
    """Whether a relation can have probability 0 under this prior, so that it is no tie."""
    grades = [*prior.reliability.values(), *prior.credibility.values(), prior.base]
    return prior.no_evidence <= 0 or min(grades) <= 0 or max(grades) >= 1


def _likely_sql(filters: Filters) -> str:
    """Per relation what its sources make of it: within an origin the best row counts, origins combine."""
    prior = find_prior(filters.prior)
    known = f" where d.id in ({_known_documents(filters.known_by)})" if filters.known_by is not None else ""
    base = double(prior.base)
    miss = "1 - exp(sum(case when stance = '{0}' then ln(greatest(1 - p, cast(1e-300 as double))) end))"
    return f"""select relation, {miss.format("supports")} as supported, {miss.format("disputes")} as disputed
      from (select relation, stance, origin, max(p) as p from
        (select e.relation, e.stance, g.p * c.p + (1 - g.p) * {base} as p,
                coalesce(nullif(d.origin_group, ''), concat('document ', e.document)) as origin
         from evidence as e join documents as d on e.document = d.id
         join {_grades(prior.reliability)} as g(grade, p) on d.reliability = g.grade
         join {_grades(prior.credibility)} as c(grade, p) on e.credibility = c.grade{known}) as graded
        group by relation, stance, origin) as best
      group by relation"""


def _factor_sql(prior: Prior) -> str:
    precision = "replace(coalesce(nullif(coordinate_precision, ''), 'unknown'), 'exact', 'street')"
    return f"""select id, f.p as factor from entities as x join {_grades(prior.address)} as f(grade, p)
               on {precision} = f.grade where x.type = 'address'"""


def _grades(grades: Mapping[str, float]) -> str:
    rows = ", ".join(f"({quoted(str(name))}, {double(p)})" for name, p in grades.items())
    return f"(values {rows})"
