"""A shelf: named parts with their promise, their source, and no favours for those built in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from partage.core.errors import InputRefused

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on the shelf beside a part."""

    name: str
    promise: str
    source: str


class Shelf(Mapping[str, Part], Generic[Part]):
    """Parts by name; an unknown name is refused with the names that are known."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._parts: dict[str, Part] = {}
        self.labels: dict[str, Label] = {}

    def add(self, name: str, part: Part, *, source: str) -> Part:
        """Put a part on the shelf under its name; its promise is its docstring's first line."""
        if name in self._parts:
            raise ValueError(f"there is a {self.kind} named {name} already")
        promise = (getattr(part, "__doc__", None) or "").strip().split("\n")[0]
        self._parts[name] = part
        self.labels[name] = Label(name, promise, source)
        return part

    def __getitem__(self, name: str) -> Part:
        if name not in self._parts:
            raise InputRefused(
                f"There is no {self.kind} named '{name}'.",
                f"Known: {', '.join(sorted(self._parts))}.",
            )
        return self._parts[name]

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)
