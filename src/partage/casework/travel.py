"""``depart`` and ``arrive``: people keep the roof they have until they are seen at the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partage.casework.acts import (
    Acts,
    Row,
    Units,
    add_units,
    case_draft,
    free_stay,
    in_week_of,
    past_of,
    site_draft,
    times,
)
from partage.casework.carry import give_back
from partage.casework.offer import free_offer
from partage.casework.survey import PlaceRows, open_on, owners_of
from partage.casework.terms import consent_on, terms_on
from partage.core.errors import InputRefused, NotFound, WrongState, named
from partage.core.findings import Finding
from partage.core.situation import Site
from partage.core.streams import Stream
from partage.ledger.facts import Draft


def check_open(site: Site, places: PlaceRows, day: str) -> None:
    """Refuse to send people where, on the day they leave, nobody new is taken any more."""
    on = date.fromisoformat(day)
    rows = (places.get(site.id, {}), *owners_of(places, site))
    if all(consent_on(row, on) for row in rows) and open_on(places, site, on):
        return
    raise WrongState(
        f"{site.id} takes nobody new on {day}: a pause, a season, or an agreement that has ended.",
        "Ask its owner ('partage agree PARTY --show'); they keep their roof meanwhile.",
    )


def depart(
    site: str,
    bound: Mapping[str, Row],
    place: Row,
    *,
    no_show: Sequence[str] = (),
    declined: Sequence[str] = (),
    counted: int | None = None,
    day: str,
    stream: Stream,
    manifest: tuple[str, Row] | None = None,
) -> Acts:
    """A run leaves for a site with the households bound there; who did not show up keeps its roof.

    ``declined``: who said no at the door; the fallback place stays held, as after any no. ``counted``:
    the persons on the vehicle, as somebody counted them.

    ``manifest`` is the run and its row, where one was made; it leaves as that run.
    ``place`` is the site's row: who leaves on another day than planned counts in that day's limit,
    and a run that would pass it does not leave.
    """
    unknown = [case for case in (*no_show, *declined) if case not in bound]
    twice = sorted({*no_show} & {*declined})
    if twice:
        raise InputRefused(
            f"{named(twice[0])} cannot have said no and not have come.", "Name it once."
        )
    if unknown:
        raise NotFound(
            f"{', '.join(map(named, unknown))} is not bound to {site}.", "See 'partage survey'."
        )
    if not bound:
        raise WrongState(f"Nobody is bound to {site}.", "Offers must be accepted first.")
    run = manifest[0] if manifest else f"R-{stream.child('run-id').token(8)}"
    version = int(manifest[1]["version"]) if manifest else 0
    drafts: list[Draft] = []
    boarded = [case for case in bound if case not in {*no_show, *declined}]
    for case, row in sorted(bound.items()):
        if case in no_show:
            gone = {
                "offer": None, "fallback": None, "approved": None, "since": day,
                "no_shows": int(row.get("no_shows", 0)) + 1,
            }  # fmt: skip
            drafts.append(case_draft("depart:no-show", case, row, day, gone, run=run))
            drafts += [free_offer(row, day), *free_fallback(row, day), *give_back(row, day)]
        elif case in declined:
            drafts += _declined(case, row, day, run)
        else:
            changes: dict[str, Any] = {
                "run": run,
                "offer": {**row["offer"], "day": day},
                "since": day,
            }
            drafts.append(case_draft("depart", case, row, day, changes, run=run))
    drafts += _sent_today(site, place, {case: bound[case] for case in boarded}, day)
    persons = sum(bound[case]["persons"] for case in boarded)
    body = {
        "site": site, "households": len(boarded), "persons": persons, "no_show": len(no_show),
        **({"declined": len(declined)} if declined else {}),
        **({"counted": counted} if counted is not None else {}),
        "matter": {
            "state": "on-road" if boarded else "nobody-came",
            "site": site, "day": day, "persons": persons,
        },
    }  # fmt: skip
    return Acts(
        (Draft("depart", f"run/{run}", body, day), *drafts),
        {f"case/{case}": row["version"] for case, row in bound.items()}
        | {f"run/{run}": version, f"site/{site}": int(place.get("version", 0))},
        findings=tuple(
            Finding(
                f"case {case}", "did not show up", "its roof is unchanged; ask after it", "warning"
            )
            for case in no_show
        ),
        data={
            "run": run,
            "site": site,
            "boarded": boarded,
            "persons": persons,
            "no_show": list(no_show),
            "declined": list(declined),
        },
    )


def _declined(case: str, row: Row, day: str, run: str) -> list[Draft]:
    """Who says no at the door keeps its roof and its fallback place: an answer leaves no mark."""
    gone: dict[str, Any] = {
        "offer": None, "declined": True, "since": day, "said_yes": [],
        "declines": int(row.get("declines", 0)) + 1,
    }  # fmt: skip
    left = case_draft("depart:declined", case, row, day, gone, run=run)
    return [left, free_offer(row, day), *give_back(row, day)]


def _sent_today(site: str, place: Row, boarded: Mapping[str, Row], day: str) -> list[Draft]:
    """Who leaves today was perhaps planned for another day: the limit is of the day they are sent."""
    moved: dict[str, int] = {}
    for row in boarded.values():
        if row["offer"]["day"] != day:
            moved[row["offer"]["day"]] = moved.get(row["offer"]["day"], 0) + row["persons"]
    if not moved:
        return []
    persons, ramp = sum(moved.values()), _limit(place, day)
    sent = place.get("sent", {}).get(day, {}).get("person", 0)
    if ramp is not None and sent + persons > ramp:
        raise WrongState(
            f"{site} takes {ramp} persons a day; {sent} are sent today, and {persons} who were "
            "planned for another day would pass that.",
            "Let fewer leave today, with --case, or ask the city.",
        )
    change = {planned: {"person": -number} for planned, number in moved.items()}
    return [site_draft("hold", site, day, {"sent": {**change, day: {"person": persons}}})]


def _limit(place: Row, day: str) -> int | None:
    """The most persons whom the site takes on that day, if it said so."""
    limit: int | None = terms_on(place, date.fromisoformat(day)).get("ramp")
    return limit


def arrive(
    run: str,
    travelling: Mapping[str, Row],
    *,
    seen_at_origin: Sequence[str] = (),
    not_seen: Sequence[str] = (),
    only: Sequence[str] = (),
    partly: Mapping[str, int] | None = None,
    day: str,
) -> Acts:
    """Who arrived is hosted from now on; who did not goes back to the roof it left, or is looked for.

    ``not_seen``: whereabouts unknown, with an alarm; nobody disappears from the book in silence.
    ``only``: these and the absent ones are settled now, the others of the run are still on the road.
    ``partly``: how many persons of a household were seen; it arrives whole, for a household is never
    split, and an alarm stays until the others are there too.
    """
    partly = partly or {}
    absent = {*seen_at_origin, *not_seen}
    unknown = sorted({*absent, *only, *partly} - set(travelling))
    if unknown or set(seen_at_origin) & set(not_seen) or {*only, *partly} & absent:
        who = ", ".join(map(named, unknown)) or "A case named twice"
        raise InputRefused(
            f"{who} cannot arrive with, or be absent from, run {run}.",
            "Name cases of this run that are on the road, each once.",
        )
    for case, seen in partly.items():
        most = int(travelling[case]["persons"]) - 1
        if not 1 <= seen <= most:
            raise InputRefused(
                f"{seen} persons of {case} are no part of it; 1 to {most} are.",
                "Whoever is there whole just arrives; of whom nobody is there, --not-seen.",
            )
    on_road = len(travelling)
    if only:
        travelling = {c: row for c, row in travelling.items() if c in {*only, *partly, *absent}}
    if not travelling:
        raise WrongState(f"Nobody of run {run} is on the road.", "See 'partage survey'.")
    drafts: list[Draft] = []
    stays: dict[str, dict[str, Units]] = {}
    arrived = []
    for case, row in sorted(travelling.items()):
        if case in absent:
            drafts += _absent(case, row, seen=case in seen_at_origin, day=day)
            continue
        missing = int(row["persons"]) - partly[case] if case in partly else 0
        drafts.append(hosted("arrive", case, row, row["offer"], day, missing))
        count_stay(stays.setdefault(row["offer"]["site"], {}), row["offer"]["units"], day)
        drafts += [*free_fallback(row, day), *free_stay(row, day)]
        arrived.append(case)
    drafts += [
        site_draft("stay", site, day, stay_place(parts), run=run) for site, parts in stays.items()
    ]
    persons = sum(travelling[case]["persons"] for case in arrived)
    not_there = sum(int(travelling[case]["persons"]) - seen for case, seen in partly.items())
    left = on_road - len(travelling)
    body = {
        "households": len(arrived), "persons": persons, "absent": len(absent), "still_on_road": left,
        "matter": {"state": "on-road" if left else "arrived"},
    }  # fmt: skip
    return Acts(
        (Draft("arrive", f"run/{run}", body, day), *drafts),
        {f"case/{case}": row["version"] for case, row in travelling.items()},
        findings=(
            *(_alarm(case) for case in not_seen),
            *(_missing(case, travelling[case], seen) for case, seen in partly.items()),
        ),
        data={
            "run": run,
            "arrived": arrived,
            "persons": persons,
            "missing": not_there,
            "seen_at_origin": list(seen_at_origin),
            "not_seen": list(not_seen),
            "still_on_road": left,
        },
    )


def hosted(fact: str, case: str, row: Row, held: Row | None, day: str, missing: int = 0) -> Draft:
    """The fact that a household sleeps at the place held for it; what was on its way is settled.

    ``missing``: how many of it were not seen; it is one household all the same.
    """
    if not held:
        raise WrongState(f"No place is held for {case}.", "Look at it with 'partage explain'.")
    account = f"hosted@{held['site']}"
    moves = [{"from": row["account"], "to": account, "persons": row["persons"]}]
    units = in_week_of(held["units"], date.fromisoformat(day))
    stay = {"site": held["site"], "units": units}
    return case_draft(
        fact,
        case,
        row,
        day,
        {
            **past_of(row),
            "account": account,
            "stay": stay,
            "offer": None,
            "fallback": None,
            "approved": None,
            "run": None,
            "declines": 0,  # an answer leaves no mark
            "no_shows": 0,
            "missing": missing,
            "since": day,
        },
        moves=moves,
    )


def _absent(case: str, row: Row, *, seen: bool, day: str) -> list[Draft]:
    changes = {"offer": None, "fallback": None, "approved": None, "run": None, "since": day}
    freed = [free_offer(row, day, sent=True), *free_fallback(row, day)]
    if seen:
        return [case_draft("arrive:seen-at-origin", case, row, day, changes), *freed]
    move = {"from": row["account"], "to": "outside:unknown", "persons": row["persons"]}
    lost = case_draft(
        "arrive:not-seen",
        case,
        row,
        day,
        {
            **changes,
            **past_of(row),
            "stay": None,
            "account": "outside:unknown",
            "last_at": row["account"],
        },
        moves=[move],
        alarm="whereabouts unknown",
    )
    return [lost, *freed, *free_stay(row, day)]


def free_fallback(row: Row, day: str) -> list[Draft]:
    """The fallback place that was held for a household is free again."""
    kept = row.get("fallback")
    if not kept:
        return []
    return [
        site_draft("release", kept["site"], day, {"held": times(kept["units"], -1)}, fallback=True)
    ]


def count_stay(parts: dict[str, Units], units: Units, day: str) -> None:
    """Add to the sums of a site: what was held is in use from that day on."""
    add_units(parts.setdefault("held", {}), times(units, -1))
    add_units(parts.setdefault("stays", {}), in_week_of(units, date.fromisoformat(day)))


def stay_place(parts: dict[str, Units]) -> dict[str, object]:
    """What changes in the row of a site by these sums."""
    stays = dict(parts["stays"])
    place: dict[str, object] = {"occupied": stays.pop("night", {})}
    if "held" in parts:
        place["held"] = parts["held"]
    if stays:
        place["taken"] = stays
    return place


def _alarm(case: str) -> Finding:
    return Finding(
        f"case {case}", "left and was not seen again", "look for this household now", "fault"
    )


def _missing(case: str, row: Row, seen: int) -> Finding:
    what = f"arrived without {int(row['persons']) - seen} of its {row['persons']} person(s)"
    do = "look for them now; 'partage arrive CASE --found' when they are together"
    return Finding(f"case {case}", what, do, "fault")
