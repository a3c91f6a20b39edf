"""The pack as a noun: a country as data, every row with a source or an assumption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from partage.core.errors import InputRefused, NotFound, shown
from partage.core.hindcast import Hindcast
from partage.core.policy import Policy
from partage.core.rates import HotelCount, Payment, PublishedNights, SharingRule
from partage.core.rates import Tariff as Rate
from partage.core.scenario import Scenario
from partage.core.series import Monthly
from partage.core.situation import (
    Agreement,
    Capacity,
    EntryPoint,
    Figure,
    Origin,
    Region,
    Service,
    Site,
)
from partage.core.units import RegionId
from partage.packs.periods import span


@dataclass(frozen=True, slots=True)
class City:
    """A city or metropolitan area for which figures are known; its id begins those of its sites."""

    id: str
    region: RegionId
    name_en: str
    name_fr: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a night was reported to cost; ``scope`` is a site, a region or the whole country."""

    scope: str
    item: str
    period: str
    value: str  # exact text; parse where it is used
    unit: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Report:
    """What was reported of one day; ``region`` is empty where the report names several or none."""

    day: date
    region: str
    place: str
    measure: str
    value: str  # exact text; parse where it is used
    unit: str
    definition: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Ask:
    """What one government asked of another, and what was answered, as far as it is known."""

    id: str
    asked_on: date
    by: str
    to: str
    what: str
    text_en: str
    text_fr: str
    answered_on: date | None
    answer: str
    answer_en: str
    answer_fr: str
    answer_source: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Event:
    """What changed on a day."""

    day: date
    kind: str
    event: str
    origin: Origin


Noun = TypeVar("Noun", Region, Site, EntryPoint)


@dataclass(frozen=True, slots=True)
class Pack:
    """A country as data: every row has a source or an assumption.

    ``services[0]`` is ``person``. ``distances`` are kilometres by road from an entry point to a
    site; ``distance_origins`` say where each comes from. ``mark`` covers every byte of every file.
    """

    id: str
    version: str
    mark: str
    title_en: str
    title_fr: str
    regions: tuple[Region, ...]
    entry_points: tuple[EntryPoint, ...]
    cities: tuple[City, ...]
    sites: tuple[Site, ...]
    services: tuple[Service, ...]
    capacity: tuple[Capacity, ...]
    agreements: tuple[Agreement, ...]
    distances: Mapping[tuple[str, str], int]
    distance_origins: Mapping[tuple[str, str], Origin]
    figures: tuple[Figure, ...]
    tariffs: tuple[Tariff, ...]
    history: tuple[Report, ...]
    events: tuple[Event, ...]
    policies: Mapping[str, Policy]
    shapes: str = ""  # a map as SVG, one path per region; "" where the pack has none
    asks: tuple[Ask, ...] = ()
    claimants: tuple[Monthly, ...] = ()  # a month; () where the pack has no series
    rates: tuple[Rate, ...] = ()  # what statements of cost are reckoned with
    sharing: tuple[SharingRule, ...] = ()  # who bears what share of them
    published_nights: tuple[
        PublishedNights, ...
    ] = ()  # before a ledger begins, never in place of one
    ihap_payments: tuple[Payment, ...] = ()
    hotels: tuple[HotelCount, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  # of an offer, by language; approved
    laws: Mapping[str, bytes] = field(
        default_factory=dict
    )  # files of eligibility/, read by that floor
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    hindcasts: Mapping[str, Hindcast] = field(default_factory=dict)

    def region(self, id_: str) -> Region:
        """The region of that id."""
        return _one(self.regions, id_, "region")

    def site(self, id_: str) -> Site:
        """The site of that id."""
        return _one(self.sites, id_, "site")

    def entry_point(self, id_: str) -> EntryPoint:
        """The entry point of that id."""
        return _one(self.entry_points, id_, "entry point")

    def city_of(self, site: str) -> City | None:
        """The city of a site, where the pack has figures for it."""
        id_ = site.rpartition("/")[0]
        return next((city for city in self.cities if city.id == id_), None)

    def policy(self, name: str) -> Policy:
        """The policy of that id."""
        if name not in self.policies:
            raise NotFound(
                f"There is no policy {shown(name, otherwise='of that name')} in the pack '{self.id}'.",
                f"Known: {', '.join(sorted(self.policies))}.",
            )
        return self.policies[name]

    def scenario(self, name: str) -> Scenario:
        """The scenario of that id."""
        if name not in self.scenarios:
            raise NotFound(
                f"There is no scenario {shown(name, otherwise='of that name')} in the pack '{self.id}'.",
                f"Known: {', '.join(sorted(self.scenarios))}; or give a file that ends in .toml.",
            )
        return self.scenarios[name]

    def region_id(self, text: str) -> RegionId:
        """The region that somebody means by ``ON``, ``on`` or ``CA-ON``."""
        wanted = text.strip().upper()
        for region in self.regions:
            if wanted in (region.id, region.id.partition("-")[2]):
                return region.id
        raise InputRefused(
            f"{shown(text)} is not a region of the pack '{self.id}'.",
            f"Known: {', '.join(r.id for r in self.regions)}.",
        )

    def latest(self, measure: str, region: str, at: date) -> Figure | None:
        """The figure of the latest period that is over by that day, or None: absence is not zero.

        Of periods that end together (December, the year) the shorter one.
        """
        found = [
            (over[1], over[0], figure)
            for figure in self.figures
            if figure.measure == measure and figure.region == region
            if (over := span(figure.period)) is not None and over[1] <= at
        ]
        return max(found, key=lambda row: row[:2])[2] if found else None


def _one(nouns: tuple[Noun, ...], id_: str, kind: str) -> Noun:
    for noun in nouns:
        if noun.id == id_:
            return noun
    name = shown(id_, otherwise="of that name")
    raise NotFound(f"There is no {kind} {name}.", f"Known: {', '.join(n.id for n in nouns)}.")
