"""One decorator registers a measure, method, figure, importer or exporter by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from netscam.errors import UnknownNameError

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Entry(Generic[F]):
    """A registered function with what is known about it."""

    name: str
    function: F
    details: MappingProxyType[str, Any]

    @property
    def summary(self) -> str:
        """First line of the function's docstring."""
        return (self.function.__doc__ or "").strip().split("\n")[0]


@dataclass
class Registry(Generic[F]):
    """Named functions of one kind, in the order in which they were added.

    A second function under one name and a function without a docstring are mistakes of the developer
    and are refused when the module is imported.
    """

    kind: str
    _entries: dict[str, Entry[F]] = field(default_factory=dict)

    def add(self, name: str, **details: Any) -> Callable[[F], F]:
        """Register the decorated function under ``name``; the function itself is left as it is."""

        def register(function: F) -> F:
            if name in self._entries:
                raise ValueError(f"{self.kind} {name!r} is registered twice")
            if not function.__doc__:
                raise ValueError(f"{self.kind} {name!r} has no docstring")
            self._entries[name] = Entry(name, function, MappingProxyType(details))
            return function

        return register

    def __getitem__(self, name: str) -> Entry[F]:
        """Look an entry up; raises UnknownNameError with a suggestion."""
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownNameError(self.kind, name, self._entries) from None

    def __iter__(self) -> Iterator[Entry[F]]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def names(self) -> list[str]:
        """Every registered name, in order of registration."""
        return list(self._entries)
