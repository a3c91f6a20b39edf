"""What a policy did with some people and places, in numbers a minister and a mayor ask for.

Wishes and languages are read here, after the plan: nothing of it ever goes back to the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from partage.casework.compare import Compared
from partage.casework.dues import CARRIED
from partage.core.household import Household
from partage.core.plan import Line
from partage.core.situation import Figure
from partage.packs.pack import Pack, Tariff
from partage.packs.periods import span
from partage.place.value import linked

LANGUAGES = (".en", ".fr")
PER_DAY = ("CAD per person per day", "CAD per claimant per day", "CAD per night")
CODES_NOWHERE = (
    "full",
    "ramp",
    "cap",
    "ends",
    "blocked",
    "unknown",
    "silent",
    "consent",
    "rule",
    "ceiling",
    "near",
)


@dataclass(frozen=True, slots=True)
class RegionRow:
    """Persons due (None where the region takes no part in a key) and placed in one region."""

    region: str
    due: int | None
    placed: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """Persons placed at one site over the days, against its places for persons and its ride."""

    site: str
    region: str
    placed: int
    agreed: int | None  # places for persons agreed on the last day; None = unknown
    load: int  # persons there after the last day
    km: int | None


@dataclass(frozen=True, slots=True)
class Measures:
    """One policy in numbers; persons unless a name says otherwise."""

    policy: str
    version: str
    kind: str
    mechanism: str
    proven: bool
    persons: int
    placed: int
    unplaced: int
    outside: int
    regions: tuple[RegionRow, ...]
    sites: tuple[SiteRow, ...]
    why_unplaced: tuple[tuple[str, int], ...]  # code of what stood against a place, persons
    wishes_stated: int
    wishes_met: int
    language_asked: int  # households that asked for a service in a language
    language_met: int
    linked_groups: int
    linked_together: int
    linked_near: int
    longest_km: int | None
    longest_site: str
    cost_per_day: Fraction  # CAD for those placed
    cost_notes: tuple[str, ...]
    declines: Fraction | None  # persons who would decline under the stated assumption
    decline_asked: int  # persons it applies to
    decline_note: str
    keys: tuple[str, ...]
    triggers: tuple[str, ...]
    review_on: str
    assumptions: tuple[str, ...]


def measure(compared: Compared, pack: Pack) -> Measures:
    """The numbers of one policy over all its days."""
    lines = [line for plan in compared.plans for line in plan.lines]
    placed = [line for line in lines if line.site is not None]
    people: dict[str, Household] = {h.id: h for day in compared.households for h in day}
    cost, cost_notes = cost_per_day(placed, pack, compared.plans[-1].day)
    declines, asked, decline_note = would_decline(placed, people, pack, compared)
    wished = [line for line in lines if people[line.case].profile.wishes]
    in_language = [line for line in lines if _asks_language(people[line.case])]
    groups = [g for day in compared.households for g in linked(list(day)) if len(g) > 1]
    fates = Counter(_fate(group, {line.case: line for line in lines}) for group in groups)
    longest = max(placed, key=lambda line: _km(line, people, pack) or -1, default=None)
    return Measures(
        policy=compared.policy.id,
        version=compared.policy.version,
        kind=compared.policy.kind,
        mechanism=compared.policy.mechanism,
        proven=all(plan.proven for plan in compared.plans),
        persons=sum(h.persons for h in people.values()),
        placed=_persons(placed),
        unplaced=_persons(lines) - _persons(placed),
        outside=sum(people[case].persons for plan in compared.plans for case, _ in plan.outside),
        regions=_regions(compared),
        sites=_sites(compared, pack),
        why_unplaced=_why_unplaced(lines),
        wishes_stated=_persons(wished),
        wishes_met=_persons([w for w in wished if w.region in people[w.case].profile.wishes]),
        language_asked=len(in_language),
        language_met=sum(line.site is not None for line in in_language),
        linked_groups=len(groups),
        linked_together=fates["together"],
        linked_near=fates["near"],
        longest_km=_km(longest, people, pack) if longest else None,
        longest_site=str(longest.site) if longest else "",
        cost_per_day=cost,
        cost_notes=cost_notes,
        declines=declines,
        decline_asked=asked,
        decline_note=decline_note,
        keys=_keys(compared),
        triggers=tuple(
            f"{trigger}: {f'met on {day}' if day else 'not met on these days'}"
            for trigger, day in compared.triggered()
        ),
        review_on=str(compared.policy.review_on or ""),
        assumptions=tuple(dict.fromkeys(a for plan in compared.plans for a in plan.assumptions)),
    )


def cost_per_day(placed: list[Line], pack: Pack, day: date) -> tuple[Fraction, tuple[str, ...]]:
    """CAD a day for the persons placed, by the tariff of their site, else of the country."""
    cost = Fraction(0)
    notes: dict[str, None] = {}
    for line in placed:
        tariff = _tariff(str(line.site), pack, day)
        if tariff is None:
            notes[f"no tariff for {line.site}: its {line.persons} person(s) are not counted"] = None
            continue
        cost += Fraction(tariff.value) * line.persons
        notes[
            f"{tariff.scope}: {tariff.value} {tariff.unit} ({tariff.period}); {tariff.origin}"
        ] = None
    return cost, tuple(notes)


def would_decline(
    placed: list[Line], people: Mapping[str, Household], pack: Pack, compared: Compared
) -> tuple[Fraction | None, int, str]:
    """Persons who would decline, if the share that the pack states held for every such offer.

    Counted: whoever is offered a place in another region than that of entry which the household
    does not wish for. None where the pack states no share.
    """
    found = [f for f in pack.figures if f.measure == "decline-share"]
    if not found:
        return None, 0, "the pack states no share of declines"
    figure = max(found, key=lambda f: f.period)
    asked = sum(
        line.persons
        for line in placed
        if line.region != pack.entry_point(people[line.case].need.entry_point).region
        and line.region not in people[line.case].profile.wishes
    )
    return Fraction(figure.value) / 100 * asked, asked, _decline_note(figure)


def _decline_note(figure: Figure) -> str:
    return (
        f"{figure.value} % of the persons offered a place in another province that they did not ask "
        f"for ({figure.definition}; {figure.origin})"
    )


def _persons(lines: list[Line]) -> int:
    return sum(line.persons for line in lines)


def _keys(compared: Compared) -> tuple[str, ...]:
    """What the key of each plan rests on, said once; what was carried over, day by day."""
    said = dict.fromkeys(plan.key_note.partition(CARRIED)[0] for plan in compared.plans)
    for plan in compared.plans:
        carried = plan.key_note.partition(CARRIED)[2]
        if carried:
            said[f"{plan.day}: carried over, in persons: {carried}"] = None
    return tuple(said)


def _regions(compared: Compared) -> tuple[RegionRow, ...]:
    due: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    for plan in compared.plans:
        due.update({str(region): n for region, n in (plan.due.persons if plan.due else ())})
        placed.update(plan.persons_by_region())
    return tuple(
        RegionRow(region, due.get(region), placed[region]) for region in sorted({*due, *placed})
    )


def _sites(compared: Compared, pack: Pack) -> tuple[SiteRow, ...]:
    last, point = compared.situations[-1], pack.entry_points[0].id
    placed: Counter[str] = Counter()
    for plan in compared.plans:
        for line in plan.placed:
            placed[str(line.site)] += line.persons
    given = compared.plans[-1].given
    return tuple(
        SiteRow(
            site.id,
            str(site.region),
            placed[site.id],
            last.agreed.get(site.id, {}).get("person"),
            last.load.get(site.id, {}).get("person", 0) + given.get(site.id, {}).get("person", 0),
            pack.distances.get((point, site.id)),
        )
        for site in sorted(last.sites, key=lambda site: site.id)
        if placed[site.id] or last.agreed.get(site.id, {}).get("person")
    )


def _why_unplaced(lines: list[Line]) -> tuple[tuple[str, int], ...]:
    """Persons without a place by what stood against most of the sites that were possible at all."""
    why: Counter[str] = Counter()
    for line in lines:
        if line.site is None:
            code = line.reason.by.code if line.reason.by else "none"
            why[code if code in CODES_NOWHERE else "none"] += line.persons
    return tuple(sorted(why.items()))


def _asks_language(household: Household) -> bool:
    return any(service.endswith(LANGUAGES) for service in household.need.care)


def _fate(group: list[Household], line_of: Mapping[str, Line]) -> str:
    own = [line_of.get(member.id) for member in group]
    if any(line is None or line.site is None for line in own):
        return "apart"
    if len({line.site for line in own if line}) == 1:
        return "together"
    return "near" if len({line.region for line in own if line}) == 1 else "apart"


def _km(line: Line, people: Mapping[str, Household], pack: Pack) -> int | None:
    return pack.distances.get((people[line.case].need.entry_point, str(line.site)))


def _tariff(site: str, pack: Pack, day: date) -> Tariff | None:
    """The tariff of the site, else of its region, else of its country, that was reported for that day.

    Of several the one of the best grade; where none covers the day, none: absence is not zero.
    """
    region = str(pack.site(site).region)
    for scope in (site, region, region.partition("-")[0]):
        found = [
            tariff
            for tariff in pack.tariffs
            if tariff.scope == scope and tariff.unit.startswith(PER_DAY) and _covers(tariff, day)
        ]
        if found:
            return min(found, key=lambda tariff: (tariff.origin.grade or "D", tariff.period))
    return None


def _covers(tariff: Tariff, day: date) -> bool:
    days = span(tariff.period)
    return days is not None and days[0] <= day <= days[1]
