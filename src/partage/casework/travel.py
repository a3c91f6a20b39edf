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
    day: str,
    stream: Stream,
    manifest: tuple[str, Row] | None = None,
) -> Acts:
    """A run leaves for a site with the households bound there; who did not show up keeps its roof.

    ``manifest`` is the run and its row, where one was made; it leaves as that run.
    ``place`` is the site's row: who leaves on another day than planned counts in that day's limit,
    and a run that would pass it does not leave.
    """
    unknown = [case for case in no_show if case not in bound]
    if unknown:
        raise NotFound(
            f"{', '.join(map(named, unknown))} is not bound to {site}.", "See 'partage survey'."
        )
    if not bound:
        raise WrongState(f"Nobody is bound to {site}.", "Offers must be accepted first.")
    run = manifest[0] if manifest else f"R-{stream.child('run-id').token(8)}"
    version = int(manifest[1]["version"]) if manifest else 0
    drafts: list[Draft] = []
    boarded = [case for case in bound if case not in no_show]
    for case, row in sorted(bound.items()):
        if case in no_show:
            gone = {
                "offer": None, "fallback": None, "approved": None, "since": day,
                "no_shows": int(row.get("no_shows", 0)) + 1,
            }  # fmt: skip
            drafts.append(case_draft("depart:no-show", case, row, day, gone, run=run))
            drafts += [free_offer(row, day), *_free_fallback(row, day), *give_back(row, day)]
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
        },
    )


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
    day: str,
) -> Acts:
    """Who arrived is hosted from now on; who did not goes back to the roof it left, or is looked for.

    ``not_seen``: whereabouts unknown, with an alarm; nobody disappears from the book in silence.
    ``only``: these and the absent ones are settled now, the others of the run are still on the road.
    """
    absent = {*seen_at_origin, *not_seen}
    unknown = sorted({*absent, *only} - set(travelling))
    if unknown or set(seen_at_origin) & set(not_seen) or set(only) & absent:
        who = ", ".join(map(named, unknown)) or "A case named twice"
        raise InputRefused(
            f"{who} cannot arrive with, or be absent from, run {run}.",
            "Name cases of this run that are on the road, each once.",
        )
    on_road = len(travelling)
    if only:
        travelling = {c: row for c, row in travelling.items() if c in {*only, *absent}}
    if not travelling:
        raise WrongState(f"Nobody of run {run} is on the road.", "See 'partage survey'.")
    drafts: list[Draft] = []
    stays: dict[str, dict[str, Units]] = {}
    arrived = []
    for case, row in sorted(travelling.items()):
        if case in absent:
            drafts += _absent(case, row, seen=case in seen_at_origin, day=day)
            continue
        drafts.append(_hosted("arrive", case, row, row["offer"], day))
        _count_stay(stays.setdefault(row["offer"]["site"], {}), row["offer"]["units"], day)
        drafts += [*_free_fallback(row, day), *free_stay(row, day)]
        arrived.append(case)
    drafts += [
        site_draft("stay", site, day, _stay_place(parts), run=run) for site, parts in stays.items()
    ]
    persons = sum(travelling[case]["persons"] for case in arrived)
    left = on_road - len(travelling)
    body = {
        "households": len(arrived), "persons": persons, "absent": len(absent), "still_on_road": left,
        "matter": {"state": "on-road" if left else "arrived"},
    }  # fmt: skip
    return Acts(
        (Draft("arrive", f"run/{run}", body, day), *drafts),
        {f"case/{case}": row["version"] for case, row in travelling.items()},
        findings=tuple(_alarm(case) for case in not_seen),
        data={
            "run": run,
            "arrived": arrived,
            "persons": persons,
            "seen_at_origin": list(seen_at_origin),
            "not_seen": list(not_seen),
            "still_on_road": left,
        },
    )


def arrive_at_fallback(case: str, row: Row, *, day: str) -> Acts:
    """A household that declined moves into the fallback place that was kept for it."""
    kept = row.get("fallback")
    hosted = _hosted("arrive:fallback", case, row, kept, day)
    assert kept  # _hosted refuses where nothing is held
    parts: dict[str, Units] = {}
    _count_stay(parts, kept["units"], day)
    stay = site_draft("stay", kept["site"], day, _stay_place(parts))
    data = {"case": case, "site": kept["site"]}
    return Acts((hosted, stay, *free_stay(row, day)), {f"case/{case}": row["version"]}, data=data)


def found(case: str, row: Row, *, day: str) -> Acts:
    """A household whose whereabouts were unknown is seen again at the entry point it came by."""
    waiting = f"waiting@{row['entry_point']}"
    move = {"from": row["account"], "to": waiting, "persons": row["persons"]}
    draft = case_draft(
        "arrive:found", case, row, day, {"account": waiting, "since": day}, moves=[move]
    )
    return Acts((draft,), {f"case/{case}": row["version"]}, data={"case": case, "account": waiting})


def arrive_late(
    case: str, row: Row, units: Units, site: str, free: Mapping[str, int], place: Row, *, day: str
) -> Acts:
    """A household that was not seen, or came by itself, turns up at a site with room, and stays."""
    short = [s for counts in units.values() for s, n in counts.items() if n > free.get(s, 0)]
    if short:
        raise WrongState(
            f"{site} has no {short[0]} free for {case}.",
            "Give it a roof for the night by hand and tell the placement office; with --found alone "
            "it waits for the next plan.",
        )
    parts: dict[str, Units] = {"stays": units}
    facts = {"unknown": "arrive:late", "outside-engine": "arrive:with-officer"}
    fact = facts.get(str(row.get("state")), "arrive:walk-in")
    hosted = _hosted(fact, case, row, {"site": site, "units": units}, day)
    stay = site_draft("stay", site, day, _stay_place(parts))
    expect = {f"case/{case}": row["version"], f"site/{site}": int(place.get("version", 0))}
    return Acts((hosted, stay, *free_stay(row, day)), expect, data={"case": case, "site": site})


def _hosted(fact: str, case: str, row: Row, held: Row | None, day: str) -> Draft:
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
            "since": day,
        },
        moves=moves,
    )


def _absent(case: str, row: Row, *, seen: bool, day: str) -> list[Draft]:
    changes = {"offer": None, "fallback": None, "approved": None, "run": None, "since": day}
    freed = [free_offer(row, day, sent=True), *_free_fallback(row, day)]
    if seen:
        return [case_draft("arrive:seen-at-origin", case, row, day, changes), *freed]
    move = {"from": row["account"], "to": "outside:unknown", "persons": row["persons"]}
    lost = case_draft(
        "arrive:not-seen",
        case,
        row,
        day,
        {**changes, **past_of(row), "stay": None, "account": "outside:unknown"},
        moves=[move],
        alarm="whereabouts unknown",
    )
    return [lost, *freed, *free_stay(row, day)]


def _free_fallback(row: Row, day: str) -> list[Draft]:
    kept = row.get("fallback")
    if not kept:
        return []
    return [
        site_draft("release", kept["site"], day, {"held": times(kept["units"], -1)}, fallback=True)
    ]


def _count_stay(parts: dict[str, Units], units: Units, day: str) -> None:
    add_units(parts.setdefault("held", {}), times(units, -1))
    add_units(parts.setdefault("stays", {}), in_week_of(units, date.fromisoformat(day)))


def _stay_place(parts: dict[str, Units]) -> dict[str, object]:
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
