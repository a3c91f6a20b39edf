"""Nouns of a dated text: grounds, rules in an order, the facts they ask for, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from partage.eligibility.conditions import Condition

Result = Literal["applies", "does-not-apply", "unknown"]
Then = Literal["applies", "does-not-apply", "ask"]
Governs = Literal["claim", "decided"]
FactType = Literal["yes-no", "choice", "day"]


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact that may be stated: its type, the words it may take, and how to ask for it.

    ``after``: only a later day is meant. ``not_after``: another day that it is never later than.
    """

    id: str
    type: FactType
    values: tuple[str, ...]
    after: date | None
    not_after: str
    ask_en: str
    ask_fr: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a claim is not referred; ``by``: whose day chooses between dated rules."""

    id: str
    paragraph: str
    by: Governs
    title_en: str
    title_fr: str
    means_en: str
    means_fr: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where all its conditions hold on a day on which it stands, it says ``then``.

    Rules are read by ``order``; those of one order are read together, and the first order in which
    one holds decides. ``relative``: all of these hold of one and the same relative. ``then = "ask"``:
    the texts that were read do not say. ``claims_from``: only for claims made from that day.
    """

    id: str
    order: int
    ground: str
    then: Then
    when: tuple[Condition, ...]
    relative: tuple[Condition, ...]
    group: str
    paragraph: str
    first: date | None
    last: date | None
    claims_from: date | None
    confirmed: bool
    title_en: str
    title_fr: str
    ask_en: str
    ask_fr: str
    source: str
    assumption: str

    def stands_with(self, other: Rule) -> bool:
        """Whether there is a day on which both stand."""
        return not (
            (self.last and other.first and other.first > self.last)
            or (other.last and self.first and self.first > other.last)
        )


@dataclass(frozen=True, slots=True)
class Note:
    """What an officer is told beside the grounds, on days on which it stands."""

    paragraph: str
    first: date | None
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as of all its days: grounds, rules by order, facts of the claimant and of relatives."""

    id: str
    title_en: str
    title_fr: str
    kinds: Mapping[str, FactKind]
    relative_kinds: Mapping[str, FactKind]
    definitions: Mapping[str, tuple[str, ...]]
    grounds: tuple[Ground, ...]
    rules: tuple[Rule, ...]
    notes: tuple[Note, ...]

    def of(self, ground: str) -> tuple[Rule, ...]:
        """The rules of a ground, by order, then as written."""
        return tuple(sorted((r for r in self.rules if r.ground == ground), key=lambda r: r.order))

    def without(self, *ids: str) -> Text:
        """The same text without these rules."""
        return replace(self, rules=tuple(r for r in self.rules if r.id not in ids))
