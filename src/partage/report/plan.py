"""A plan as tables: dues and placed by region, load against agreed places, who has no place and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from partage.core.plan import Plan, Reason
from partage.core.situation import Situation
from partage.packs.loader import Pack
from partage.report.french import french, table_in_french
from partage.report.replanned import moves
from partage.report.table import Table
from partage.report.words import Language


def by_region(plan: Plan, pack: Pack, language: Language = "en") -> Table:
    """Persons due and placed per region, with the key behind the dues."""
    placed = plan.persons_by_region()
    for region, persons in plan.settled.items():
        placed[region] = placed.get(region, 0) + persons
    names = sorted({*placed, *(region for region, _ in (plan.due.persons if plan.due else ()))})
    rows = tuple(
        (
            name,
            pack.region(name).name_fr if language == "fr" else pack.region(name).name_en,
            plan.due.of(name) if plan.due else 0,
            placed.get(name, 0),
            placed.get(name, 0) - (plan.due.of(name) if plan.due else 0),
        )
        for name in names
    )
    total = sum(line.persons for line in plan.placed)
    notes = [f"key: {plan.key_note}"] if plan.due else ["no key was applied: " + plan.key_note]
    notes.append(
        f"{total} persons placed, {sum(line.persons for line in plan.unplaced)} without a place, "
        f"{len(plan.outside)} household(s) with an officer, outside the engine"
    )
    if plan.settled:
        counted = sum(plan.settled.values())
        notes.append(f"placed counts {counted} person(s) with a place in no line of this plan")
    return Table(
        _title(plan, "persons by province"),
        ("region", "name", "due", "placed", "difference"),
        rows,
        tuple(notes),
    )


def by_site(plan: Plan, situation: Situation, pack: Pack) -> Table:
    """Households and persons per site, with the ride from the entry point."""
    households: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    for line in plan.placed:
        households[str(line.site)] += 1
        persons[str(line.site)] += line.persons
    point = pack.entry_points[0].id
    rows = tuple(
        (
            site.id,
            households[site.id],
            persons[site.id],
            f"{pack.distances.get((point, site.id), '?')} km",
        )
        for site in sorted(situation.sites, key=lambda s: s.id)
        if households[site.id]
    )
    return Table(_title(plan, "sites"), ("site", "households", "persons", "ride"), rows)


def load(plan: Plan, situation: Situation, *, idle: bool = True) -> Table:
    """Load against agreed places, per site and service, with the source or the assumption behind it.

    Without ``idle``, services that nobody uses are counted in a note instead of shown.
    """
    rows: list[tuple[str | int, ...]] = []
    notes: dict[str, int] = {}
    left_out = 0
    for site in sorted(situation.sites, key=lambda s: s.id):
        given: Mapping[str, int] = plan.given.get(site.id, {})
        for service in situation.services:
            if service.id not in situation.agreed.get(site.id, {}):
                if given.get(service.id):
                    raise AssertionError(f"{service.id} given at {site.id} without capacity")
                continue
            agreed = situation.agreed[site.id][service.id]
            before = situation.load.get(site.id, {}).get(service.id, 0)
            after = before + given.get(service.id, 0)
            if not after and (not agreed or not idle):
                left_out += bool(agreed)
                continue
            note = notes.setdefault(str(situation.origins[site.id, service.id]), len(notes) + 1)
            share = f"{100 * after // agreed} %" if agreed else "-"
            rows.append(
                (site.id, service.id, agreed, before, given.get(service.id, 0), share, f"[{note}]")
            )
    return Table(
        _title(plan, "load against agreed places"),
        ("site", "service", "agreed", "before", "plan", "load", "basis"),
        tuple(rows),
        (
            *_factored(notes),
            "load is rounded down",
            *((f"{left_out} services with places and no load are not shown",) if left_out else ()),
        ),
    )


def unplaced(plan: Plan, pack: Pack) -> Table:
    """Who has no place, and why: an answer with a reason, never silence."""
    rows: list[tuple[str | int, ...]] = [
        (line.case, line.persons, _why_nowhere(line.reason, pack)) for line in plan.unplaced
    ]
    rows += [(case, "-", f"with an officer: {why}") for case, why in plan.outside]
    return Table(
        _title(plan, "without a place, or with an officer"),
        ("case", "persons", "why"),
        tuple(rows),
        ("everybody here keeps the roof they have",) if rows else ("nobody",),
    )


def _factored(notes: Mapping[str, int]) -> list[str]:
    """Numbered notes; a sentence that begins all assumptions is said once."""
    assumed = [text for text in notes if text.startswith("assumed: ")]
    shared = assumed[0][: assumed[0].find(". ") + 2] if assumed else ""
    if len(assumed) < 2 or not all(shared and text.startswith(shared) for text in assumed):
        return [f"[{number}] {text}" for text, number in notes.items()]
    said = [f"[{n}] {text.replace(shared, '… ', 1)}" for text, n in notes.items()]
    return [f"… = {shared.strip()}", *said]


def by_site_and_day(plans: Sequence[Plan], pack: Pack) -> Table:
    """Persons placed per province and site, day by day."""
    persons: dict[str, list[int]] = {}
    for number, plan in enumerate(plans):
        for line in plan.placed:
            row = persons.setdefault(str(line.site), [0] * len(plans))
            row[number] += line.persons
    rows: list[tuple[str | int, ...]] = [
        (str(pack.site(site).region), site, *numbers, sum(numbers))
        for site, numbers in sorted(persons.items())
    ]
    days = tuple(str(plan.day) for plan in plans)
    title = f"{plans[0].policy}: persons placed by province and site"
    return Table(title, ("region", "site", *days, "together"), tuple(rows))


def _why_nowhere(reason: Reason, pack: Pack) -> str:
    """What stands against each site, grouped: a household without a place has one cause a site."""
    said: dict[str, list[str]] = {}
    for other in reason.elsewhere:
        city = pack.site(other.site).city
        short = str(other.args.get("short") or other.args.get("service") or "")
        said.setdefault(_GROUPS.get(other.code, other.code), []).append(f"{city} {short}".strip())
    if not said:
        return "no site was possible"
    return "; ".join(f"{group}: {', '.join(cities)}" for group, cities in said.items())


_GROUPS = {
    "full": "no room (needed, left)",
    "ramp": "limit of the day (needed, left)",
    "cap": "most persons of the city or province (needed, left)",
    "ends": "agreed for too few nights (needed, left)",
    "blocked": "blocked (needed, left)",
    "unknown": "capacity unknown",
    "silent": "silent too long",
    "consent": "no agreement",
    "rule": "excluded by a rule",
    "by-hand": "an officer said: no place yet",
    "beside": "linked to a household that holds an offer elsewhere",
}


def lines(plan: Plan, pack: Pack) -> Table:
    """Every placed household, for whoever approves: where, how far, what decided, what to look at."""
    rows = tuple(
        (
            line.case,
            line.persons,
            str(line.site),
            f"{line.reason.here['km']} km" if "km" in line.reason.here else "?",
            line.reason.decided,
            ", ".join((*line.flags, *(f"with {case}" for case in line.together))),
        )
        for line in sorted(plan.placed, key=lambda line: (str(line.site), line.case))
    )
    return Table(
        _title(plan, "line by line"),
        ("case", "persons", "site", "ride", "decided", "look at"),
        rows,
        (
            "decided: only = no other site was possible; limit = a better site had a limit; room = a "
            "site as good was full; order = the priorities; lot = a draw between equals",
            "each reason: partage explain CASE",
        ),
    )


def _tier(plan: Plan, number: int) -> str:
    """What a priority reached, and what its prices show that no plan could pass."""
    name, value = plan.tiers[number]
    most = plan.price_bounds[number]
    return f"{name} {value}" + ("" if most == value else f" (by prices at most {most})")


def plan_text(
    plan: Plan,
    situation: Situation,
    pack: Pack,
    *,
    idle: bool = True,
    language: Language = "en",
) -> str:
    """The whole plan as one page of text; without ``idle``, without services that nobody uses."""
    head = _head_fr(plan) if language == "fr" else _head(plan)
    moved = moves(plan, pack, language)
    tables = (
        *((moved,) if moved is not None else ()),
        by_region(plan, pack, language),
        by_site(plan, situation, pack),
        load(plan, situation, idle=idle),
        unplaced(plan, pack),
        lines(plan, pack),
    )
    shown = map(table_in_french, tables) if language == "fr" else tables
    return "\n".join([*head, "", *(str(table) for table in shown)])


def _head(plan: Plan) -> list[str]:
    return [
        f"Plan for {plan.day} under {plan.policy} {plan.policy_version} ({plan.policy_mark[:19]}…)",
        *(f"ASSUMED: {text}" for text in plan.assumptions),
        f"Priorities in order: {', '.join(_tier(plan, n) for n in range(len(plan.tiers)))}"
        + ("; proven best by a search" if plan.proven else f"; at most {plan.bound} is possible"),
    ]


def _head_fr(plan: Plan) -> list[str]:
    mark = f"{plan.policy} {plan.policy_version} ({plan.policy_mark[:19]}…)"
    tiers = ", ".join(_tier(plan, n) for n in range(len(plan.tiers)))
    tiers = tiers.replace("by prices at most", "selon les prix, au plus")
    best = (
        " ; une recherche montre que c'est le mieux" if plan.proven else f" ; au plus {plan.bound}"
    )
    return [
        french(f"Plan du {plan.day} selon {mark}"),
        *(french("HYPOTHÈSE (en anglais) : ") + text for text in plan.assumptions),
        french(f"Priorités, dans l'ordre : {tiers}{best}"),
    ]


def _title(plan: Plan, what: str) -> str:
    return f"{plan.day}, {plan.policy}{' (as if in force)' if plan.as_if else ''}: {what}"
