"""Where people arrive, who owes, where places are, and all of that as of one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from partage.core.findings import Finding
from partage.core.units import EntryPointId, RegionId, ServiceId, SiteId

Grade = Literal["A", "B", "C", ""]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row comes from: a source, or a sentence that says what is assumed. Never neither."""

    source: str = ""
    assumption: str = ""
    grade: Grade = ""

    def __str__(self) -> str:
        said = []
        if self.source:
            said.append(f"source {self.source}" + (f" (grade {self.grade})" if self.grade else ""))
        if self.assumption:
            said.append(f"assumed: {self.assumption}")
        return "; ".join(said)


@dataclass(frozen=True, slots=True)
class Region:
    """Who owes and who consents: a province or territory."""

    id: RegionId
    name_en: str
    name_fr: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """Where people arrive."""

    id: EntryPointId
    region: RegionId
    name_en: str
    name_fr: str
    zone: str  # IANA time zone
    origin: Origin


@dataclass(frozen=True, slots=True)
class Site:
    """Where places are."""

    id: SiteId
    region: RegionId
    city: str
    name_en: str
    name_fr: str
    zone: str
    owner: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Service:
    """What a place offers, counted per night (stock) or per week (intake)."""

    id: ServiceId
    unit: str
    period: Literal["night", "week"]
    owner: str
    name_en: str
    name_fr: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a site agreed to offer of a service, first and last day included."""

    site: SiteId
    service: ServiceId
    quantity: int
    first_day: date
    last_day: date
    origin: Origin


@dataclass(frozen=True, slots=True)
class Agreement:
    """A consent: ``party`` is a region or a site; its places count from agreed_on + notice_days.

    ``ramp_per_day`` (sites): the most persons who may be sent there in one day; None = no limit.
    """

    party: str
    agreed_on: date
    first_day: date
    last_day: date
    notice_days: int
    ramp_per_day: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Terms:
    """What else a region or city said: the most persons, days of the year without arrivals, conditions.

    What an agreement does not state stays as it stood; ``lifted`` names what no longer holds.
    ``cap`` counts everybody placed there by the office; ``ramp`` who is sent there in a day. ``closed``
    are seasons as (MM-DD, MM-DD), both included. ``displacement`` says what becomes of those who use
    these rooms now. ``on_the_road``: those under way when it withdraws are received (also if nobody
    said), or return.
    """

    cap: int | None = None
    ramp: int | None = None
    closed: tuple[tuple[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    displacement: str = ""
    on_the_road: Literal["receive", "return", ""] = ""
    lifted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number with its definition, period and vintage."""

    measure: str
    region: str
    period: str
    value: str  # exact text; parse where it is used
    unit: str
    definition: str
    vintage: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Situation:
    """What can be given on one day: allocable places per site and service, with what was found.

    ``allocable[site][service]`` are units free over the whole horizon; a service that is not
    there is unknown, hence not allocable. ``agreed`` and ``load`` are units on that day.
    """

    day: date
    nights: int
    sites: tuple[Site, ...]
    services: tuple[Service, ...]
    allocable: Mapping[str, Mapping[str, int]]
    agreed: Mapping[str, Mapping[str, int]]
    load: Mapping[str, Mapping[str, int]]
    consenting: frozenset[str]
    distance_km: Mapping[tuple[str, str], int]
    origins: Mapping[tuple[str, str], Origin]
    limits: Mapping[tuple[str, str], str] = field(default_factory=dict)
    regions: tuple[str, ...] = ()

    # ``limits[site, service]``: why less is free than is agreed for the day and not in use:
    # "ramp" (the day's limit), "cap" (the most persons of its city or region), "ends" (agreed for
    # too few nights), "blocked".
    findings: tuple[Finding, ...] = ()

    # sites that plans leave out, because they have said nothing for too long: with whom a person
    # placed there all the same
    silent: Mapping[str, frozenset[str]] = field(default_factory=dict)
