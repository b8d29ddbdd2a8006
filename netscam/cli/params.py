"""Parameters that several commands share; names come from registries and the schema, loaded when needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar

import click

C = TypeVar("C", bound=Callable[..., Any])


class Registered(click.ParamType[str]):
    """A name from a registry that is loaded only when it is needed."""

    def __init__(self, module: str, attribute: str, *, first: tuple[str, ...] = ()) -> None:
        self.module, self.attribute, self.first = module, attribute, first
        self.name = attribute.lower()

    def names(self) -> list[str]:
        """Every registered name."""
        registry = getattr(importlib.import_module(self.module), self.attribute)
        return list(dict.fromkeys([*self.first, *registry.names()]))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check a name, with a suggestion when it is not known."""
        choice: Any = click.Choice(self.names())
        return choice.convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Names in the help of one command."""
        return "[" + "|".join(self.names()) + "]"


class Vocabulary(Registered):
    """A name from a vocabulary of the schema."""

    def __init__(self, vocabulary: str) -> None:
        super().__init__("netscam.schema", vocabulary)

    def names(self) -> list[str]:
        """Every name in the vocabulary."""
        from netscam.schema import load_schema

        return list(load_schema().vocabularies[self.attribute])

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """One word: the names are in ``netscam schema``."""
        return "TYPE"


class PriorName(Registered):
    """A name of a prior of the schema."""

    def __init__(self) -> None:
        super().__init__("netscam.schema", "prior")

    def names(self) -> list[str]:
        """Every prior."""
        from netscam.schema import load_schema

        return list(load_schema().priors)


class ReducedDate(click.ParamType[str]):
    """2025, 2025-10 or 2025-10-14."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what is not such a date."""
        from netscam.data.select import check_date
        from netscam.errors import DateError

        try:
            return check_date(value)
        except DateError as error:
            self.fail(str(error), param, ctx)


DATE = ReducedDate()
PRIOR = PriorName()


def options(*decorators: Callable[[Any], Any]) -> Callable[[C], C]:
    """Several click options as one decorator."""

    def decorate(command: C) -> C:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


dataset_argument = click.argument("dataset")
format_option = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="How to print the result."
)
seed_option = click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed; the same seed gives the same answer."
)
cut_options = options(
    click.option(
        "--relation", "relations", type=Vocabulary("relation_types"), multiple=True, help="Only relations of this type."
    ),
    click.option("--at", type=DATE, help="Only relations valid on this date."),
    click.option("--known-by", type=DATE, help="Only what documents published by this date say."),
    click.option(
        "--min-probability", type=click.FloatRange(0, 1), help="Least probability that a relation holds and is a tie."
    ),
)
graph_options = options(
    cut_options,
    click.option(
        "--include",
        type=Vocabulary("entity_types"),
        multiple=True,
        help="Also entities of a type that is left out otherwise (authority, place, wallet).",
    ),
    click.option(
        "--prior", type=PRIOR, default="default", show_default=True, help="How grades are read as probabilities."
    ),
)
