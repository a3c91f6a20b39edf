"""Tiny worlds for tests: situations, policies and households small enough to try everything."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from partage.core.household import Ages, Household, Need, Profile
from partage.core.policy import KeyChoice, Policy, Priority, Rule, Source
from partage.core.situation import Figure, Origin, Region, Service, Site, Situation
from partage.core.units import CaseId, EntryPointId, RegionId, ServiceId, SiteId

DAY = date(2023, 2, 20)
E = EntryPointId("ca-qc/roxham-road")
ASSUMED = Origin(assumption="made up for a test")
SERVICES = tuple(
    Service(ServiceId(name), "unit", period, "test", name, name, ASSUMED)  # type: ignore[arg-type]
    for name, period in (
        ("person", "night"), ("room", "night"), ("room.family", "night"), ("clinic.fr", "week"),
    )
)  # fmt: skip
REGIONS = ("CA-NB", "CA-ON", "CA-QC")
POPULATION = {"CA-NB": 800_000, "CA-ON": 15_000_000, "CA-QC": 8_700_000}


def site(name: str, region: str) -> Site:
    return Site(
        SiteId(f"{region.lower()}/{name}/s"), RegionId(region), name, name, name,
        "America/Toronto", "test", ASSUMED,
    )  # fmt: skip


def region(code: str) -> Region:
    return Region(RegionId(code), code, code, ASSUMED)


def situation(
    sites: list[Site], free: list[dict[str, int]], km: list[int], **more: Any
) -> Situation:
    allocable = {s.id: dict(units) for s, units in zip(sites, free, strict=True)}
    values: dict[str, Any] = {
        "day": DAY, "nights": 30, "sites": tuple(sites), "services": SERVICES,
        "allocable": allocable, "agreed": allocable, "load": {},
        "consenting": frozenset(s.region for s in sites),
        "distance_km": {(E, s.id): far for s, far in zip(sites, km, strict=True)},
        "origins": {(s.id, k.id): ASSUMED for s in sites for k in SERVICES},
    }  # fmt: skip
    return Situation(**(values | more))


def figures() -> tuple[Figure, ...]:
    return tuple(
        Figure(
            "population", code, "2023-01-01", str(number), "persons", "estimate", "test", ASSUMED
        )
        for code, number in POPULATION.items()
    )


def policy(*priorities: str, rules: tuple[Rule, ...] | None = None, **more: Any) -> Policy:
    source = Source("a policy made up for a test")
    points = {"short-ride": {"under_300_km": 40, "under_600_km": 15}}
    values: dict[str, Any] = {
        "id": "test", "version": "1", "kind": "law", "nights": 30,
        "key": KeyChoice("population", "consenting", "hamilton", False, source),
        "rules": (redirect(),) if rules is None else rules,
        "priorities": tuple(Priority(p, points.get(p, {}), source) for p in priorities or (
            "roof", "due", "short-ride")),
        "profile_blind": True, "source": source, "mark": "sha256:test",
        "in_force_from": date(2023, 1, 1),
    }  # fmt: skip
    return Policy(**(values | more))


def redirect(*exceptions: str) -> Rule:
    every = exceptions or ("protected-path", "medical-hold", "declined-offer")
    return Rule(1, (RegionId("CA-QC"),), ("between-ports",), (), every, Source("the request"))


def household(name: str, adults: int = 1, children: int = 0, **more: Any) -> Household:
    profile = more.pop("profile", Profile())
    need = Need(
        id=CaseId(name), entered_at="2023-02-20T12:00:00.000000Z", entry_point=E,
        mode=more.pop("mode", "between-ports"),
        ages=Ages(from_5_to_17=children, from_18_to_64=adults), **more,
    )  # fmt: skip
    return Household(need, profile)


@st.composite
def small_worlds(draw: st.DrawFn) -> tuple[list[Household], Situation]:
    """Up to five households and four sites: small enough to try every plan."""
    codes = draw(st.lists(st.sampled_from(REGIONS), min_size=1, max_size=4))
    sites = [site(f"c{number}", code) for number, code in enumerate(codes)]
    free = [
        {
            "person": draw(st.integers(0, 8)), "room": draw(st.integers(0, 3)),
            "room.family": draw(st.integers(0, 2)),
            **({"clinic.fr": draw(st.integers(0, 1))} if draw(st.booleans()) else {}),
        }
        for _ in sites
    ]  # fmt: skip
    km = [draw(st.sampled_from([60, 250, 450, 900])) for _ in sites]
    people = [
        household(
            f"H-{number}", adults=draw(st.integers(0, 2)), children=draw(st.integers(0, 4)),
            care=draw(st.sampled_from([(), (), ("clinic.fr",)])),
            mode=draw(st.sampled_from(["between-ports", "between-ports", "airport"])),
            declined=draw(st.sampled_from([False, False, True])),
            places_to_avoid=draw(st.sampled_from([(), (), (sites[0].id,), ("CA-ON",)])),
            holds=draw(st.sampled_from(["none", "none", "none", "protected-path"])),
        )
        for number in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    people = [h for h in people if h.persons]
    return people, situation(sites, free, km)
