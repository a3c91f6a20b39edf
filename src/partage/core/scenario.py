"""A scenario: people who might come, places that might be agreed, policies in turn; dated, with sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partage.core.policy import Source
from partage.core.situation import Origin


@dataclass(frozen=True, slots=True)
class Ranged:
    """A number that is not known exactly: the likeliest, the least and the most, and where it comes from.

    Each run draws one from the triangle over the three; ``least == most``: it is held fixed. ``known_on``
    is the day on which it could be known; ``site``: where it holds, if not everywhere.
    """

    name: str
    value: float
    least: float
    most: float
    unit: str
    origin: Origin
    known_on: date | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdKind:
    """A kind of household: how many persons, how many of all households, what it needs."""

    id: str
    persons: int
    share: float
    need: Mapping[str, int]  # service -> units
    origin: Origin


@dataclass(frozen=True, slots=True)
class ArrivalStream:
    """People who enter one region in one way, by day.

    ``measure`` less ``less`` are published months; after the last month known, ``per_day`` or the mean of
    the last ``recent_months`` months, with the band ``least``-``most`` as factors.
    ``lodged``: the share who need a roof from the office.
    """

    id: str
    mode: str
    region: str
    measure: str
    less: tuple[str, ...]
    per_day: float | None
    recent_months: int
    least: float
    most: float
    lodged: Ranged
    origin: Origin
    entry_point: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """A cause of its own that changes arrivals from one day to another by a factor with a range."""

    id: str
    first_day: date
    last_day: date
    streams: tuple[str, ...]
    factor: Ranged


@dataclass(frozen=True, slots=True)
class MadeSite:
    """A site that the pack does not have: one that a scenario opens, or that stood elsewhere."""

    id: str
    region: str
    name_en: str
    name_fr: str
    km: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """Places by contract: from one day to another, opened so many a day, so many newcomers a day at most.

    ``occupied`` persons are there on the scenario's first day. ``pays_empty``: the contract pays for empty
    places. ``grows_per_day`` 0: all are open on the first day.
    """

    site: str
    first_day: date
    last_day: date
    units: Mapping[str, int]  # service -> units; "person" always
    ramp_per_day: int | None
    grows_per_day: int
    occupied: int
    cad_per_night: float
    pays_empty: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Freeze:
    """A stretch in which a site takes nobody in; whoever is there stays."""

    site: str
    first_day: date
    last_day: date
    origin: Origin


@dataclass(frozen=True, slots=True)
class Cap:
    """The most persons whom a city, a province or a site takes at a time."""

    party: str
    persons: int
    first_day: date
    last_day: date
    origin: Origin


@dataclass(frozen=True, slots=True)
class EntryRoofs:
    """Roofs for the nights in which people wait in the region where they entered."""

    region: str
    places: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class PolicyTurn:
    """Which policy of the pack holds from a day on, and whom it asks: everybody, or who wishes to go."""

    first_day: date
    policy: str
    asks: str  # all | willing | "" (as the policy says)
    origin: Origin


@dataclass(frozen=True, slots=True)
class Lever:
    """Something other than a transfer that one may do: it speeds exits, or buys places; with its cost.

    ``exit_factor`` multiplies the chance to leave the sites named (all if none). ``cad_per_day`` is spent
    whatever happens. Places are bought with a places row.
    """

    id: str
    first_day: date
    last_day: date
    sites: tuple[str, ...]
    exit_factor: float
    cad_per_day: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that a run is made of; ``raw`` is the file with what it is based on."""

    id: str
    title_en: str
    title_fr: str
    first_day: date
    last_day: date
    source: Source | None
    assumption: str
    kinds: tuple[HouseholdKind, ...]
    arrivals: tuple[ArrivalStream, ...]
    effects: tuple[Effect, ...]
    sites: tuple[MadeSite, ...]
    places: tuple[PlacesRow, ...]
    freezes: tuple[Freeze, ...]
    caps: tuple[Cap, ...]
    entry: tuple[EntryRoofs, ...]
    turns: tuple[PolicyTurn, ...]
    levers: tuple[Lever, ...]
    parameters: Mapping[str, Ranged]
    as_of: date | None = None
    nothing_after: date | None = None
    based_on: str = ""
    ahead: str = "level"  # arrivals after the last month known: level | forecast
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def assumptions(self) -> tuple[str, ...]:
        """Every sentence that says what is assumed, once."""
        rows: list[Any] = [*self.kinds, *self.arrivals, *self.sites, *self.places, *self.freezes]
        rows += [*self.caps, *self.entry, *self.turns, *self.levers]
        origins = [
            *(row.origin for row in rows),
            *(row.lodged.origin for row in self.arrivals),
            *(row.factor.origin for row in self.effects),
            *(row.origin for row in self.parameters.values()),
        ]
        said = [self.assumption, *(origin.assumption for origin in origins)]
        return tuple(dict.fromkeys(one for one in said if one))
