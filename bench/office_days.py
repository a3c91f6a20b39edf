"""Office days: a day's work built with the library's own nouns, exported as the arrays `propose` keeps.

The people and the sites are synthetic. Each day has households of one to eight, linked pairs, care asked
for, places to avoid, two entry points and three modes of entry; sites with rooms, schools, clinics and a
limit a day; the rules, the key and the priorities of a policy of the Canada pack.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from partage.casework.dues import due_of
from partage.casework.planning import seen_by_engine
from partage.core.household import Ages, Household, Need, Profile
from partage.core.situation import Origin, Site, Situation
from partage.core.streams import Stream
from partage.core.units import CaseId, RegionId, ServiceId, SiteId
from partage.intake.synthetic import CHILD_AMONG_OTHERS, SIZE_WEIGHTS, SIZES
from partage.packs.loader import load_pack
from partage.place.instance import Instance
from partage.place.mechanisms import MECHANISMS
from partage.place.value import Model, build_model

DAY = date(2023, 2, 20)
HOUSEHOLDS, SITES = 170, 60
SITES_IN = {
    "CA-ON": 24, "CA-QC": 8, "CA-BC": 8, "CA-AB": 7, "CA-MB": 4, "CA-SK": 3, "CA-NS": 3, "CA-NB": 3,
}  # fmt: skip
POLICIES = ("redirect-all", "wishes-first")  # by turns: seed 1, seed 2, seed 1 …
ENTRY_POINTS = ("ca-qc/roxham-road", "ca-qc/montreal-airport")
MODES = ("between-ports", "airport", "land-port")
KM = (120, 250, 450, 600, 900, 1500, 3500)
SECONDS = 240.0  # for each earlier priority, to be proven; a few are enough
ASSUMED = Origin(assumption="made up for a measurement")


def office_day(seed: int, households: int = HOUSEHOLDS, sites: int = SITES) -> Instance:
    """The arrays of the last priority, with what the priorities before it reached as hard rows.

    The same seed gives the same arrays: what is kept was proven, by whatever road. Refused: not proven.
    """
    model = office_model(seed, households, sites)
    kept: list[int] = []
    for tier in range(len(model.tiers) - 1):
        stream = Stream(f"office day {seed}", "place")
        found = MECHANISMS["optimum"](model.instance(tier, kept), None, model.due, stream, SECONDS)
        if not found.proven:
            raise SystemExit(
                f"office@{seed}: priority {model.tiers[tier].id} was not proven in {SECONDS:.0f} s, so "
                "the arrays would depend on this machine. Choose another seed."
            )
        kept.append(found.value)
    return model.instance(len(model.tiers) - 1, kept)


def office_model(seed: int, households: int = HOUSEHOLDS, sites: int = SITES) -> Model:
    """The day's problem with its names, as `propose` builds it."""
    pack = load_pack("canada")
    policy = pack.policies[POLICIES[(seed + 1) % len(POLICIES)]]
    draw = Stream(f"office day {seed}", "bench").generator()
    people = _people(draw, households)
    services = tuple(pack.services)
    situation = _situation(draw, sites, services, sum(h.persons for h in people), households)
    mine = [seen_by_engine(h, policy) for h in people]
    due = due_of(mine, situation, policy, pack.figures, (), {})
    return build_model(mine, situation, policy, due.persons, f"office day {seed}")


def _people(draw: np.random.Generator, number: int) -> list[Household]:
    weights = np.array(SIZE_WEIGHTS) / sum(SIZE_WEIGHTS)
    sizes = draw.choice(SIZES, number, p=weights)
    people = [_household(draw, i, int(size)) for i, size in enumerate(sizes)]
    for first in range(
        0, number // 8 - 1, 2
    ):  # an eighth of them in pairs that wish to stay together
        a, b = people[first], people[first + 1]
        people[first] = Household(replace(a.need, links=(b.id,)), a.profile)
        people[first + 1] = Household(replace(b.need, links=(a.id,)), b.profile)
    return people


def _household(draw: np.random.Generator, number: int, size: int) -> Household:
    children = int(draw.binomial(size - 1, CHILD_AMONG_OTHERS))
    small = int(draw.binomial(children, 0.35))
    language = "fr" if draw.random() < 0.2 else "en"
    care = [
        service
        for service, share in (
            (f"clinic.{language}", 0.15), (f"school.{language}", 0.5), (f"course.{language}", 0.1),
            ("caseload", 0.15),
        )
        if draw.random() < share
    ]  # fmt: skip
    mode = str(draw.choice(MODES, p=(0.7, 0.2, 0.1)))
    need = Need(
        id=CaseId(f"H-{number:010d}"),
        entered_at=f"2023-02-20T{int(draw.integers(0, 24)):02d}:00:00.000000Z",
        entry_point=ENTRY_POINTS[int(mode == "airport")],  # type: ignore[arg-type]
        mode=mode,  # type: ignore[arg-type]
        ages=Ages(small, children - small, size - children, 0),
        care=tuple(ServiceId(service) for service in care),
        places_to_avoid=("CA-ON",) if draw.random() < 0.04 else (),
        declined=bool(draw.random() < 0.08),
        official_language=language,  # type: ignore[arg-type]
    )
    wish = str(draw.choice(["CA-ON", "CA-QC", "CA-BC", ""], p=(0.4, 0.25, 0.1, 0.25)))
    return Household(need, Profile(wishes=(RegionId(wish),) if wish else ()))


def _situation(
    draw: np.random.Generator, number: int, services: tuple[Any, ...], persons: int, households: int
) -> Situation:
    share = np.array(list(SITES_IN.values())) / sum(SITES_IN.values())
    regions = sorted(SITES_IN)
    codes = [*regions, *draw.choice(list(SITES_IN), max(0, number - len(regions)), p=share)]
    sites = [_site(str(code), i) for i, code in enumerate(codes[:number])]
    beds = draw.dirichlet(np.full(number, 4.0)) * persons * 1.08
    allocable: dict[str, dict[str, int]] = {}
    limits: dict[tuple[str, str], str] = {}
    for site, places in zip(sites, beds, strict=True):
        units = _units(draw, float(places), persons / households)
        ramp = int(np.ceil(places * draw.uniform(0.8, 1.4)))
        if ramp < units["person"]:
            units["person"] = ramp
            limits[site.id, "person"] = "ramp"
        allocable[site.id] = {s.id: units[s.id] for s in services if s.id in units}
    return Situation(
        day=DAY,
        nights=30,
        sites=tuple(sites),
        services=services,
        allocable=allocable,
        agreed=allocable,
        load={},
        consenting=frozenset(str(site.region) for site in sites),
        distance_km={(e, s.id): int(draw.choice(KM)) for e in ENTRY_POINTS for s in sites},
        origins={(s.id, k.id): ASSUMED for s in sites for k in services},
        limits=limits,
        regions=tuple(regions),
    )


def _site(code: str, number: int) -> Site:
    name = f"{code.lower()}/city-{number:02d}/rooms"
    return Site(
        SiteId(name), RegionId(code), f"City {number}", name, name, "America/Toronto", "synthetic",
        ASSUMED,
    )  # fmt: skip


def _units(draw: np.random.Generator, places: float, mean_size: float) -> dict[str, int]:
    """What a site of that many places offers; a service that is not there is unknown."""
    rooms = places / mean_size
    units = {
        "person": int(np.ceil(places)),
        "room": int(np.ceil(rooms * draw.uniform(0.6, 1.1))),
        "room.family": int(np.ceil(rooms * draw.uniform(0.25, 0.5))),
    }
    for service, rate in (
        ("school.en", 0.2), ("school.fr", 0.08), ("clinic.en", 0.12), ("clinic.fr", 0.05),
        ("course.en", 0.15), ("course.fr", 0.05), ("caseload", 0.15),
    ):  # fmt: skip
        if draw.random() > 0.1:
            units[service] = int(draw.poisson(rate * places))
    return units
