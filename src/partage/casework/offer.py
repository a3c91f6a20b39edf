"""``offer`` and ``answer``: a place held, a fallback held beside it, and an answer that costs no roof."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from partage.casework.acts import (
    Acts,
    Row,
    Units,
    by_period,
    case_draft,
    new_secret,
    site_draft,
    times,
)
from partage.casework.carry import give_back
from partage.casework.survey import PlaceRows, city_of, free_at, left_of, open_on, owners_of
from partage.casework.terms import terms_on
from partage.core.errors import InputRefused, WrongState
from partage.core.findings import Finding
from partage.core.household import Need
from partage.core.marks import dumps
from partage.core.policy import Policy
from partage.core.situation import Site
from partage.core.streams import Stream
from partage.ledger.facts import Draft
from partage.packs.loader import Pack
from partage.place.needs import units_needed

LANGUAGE = re.compile(r"^[a-z]{2,3}$")  # ISO 639; a text here would stand in the chain for ever


class PlaceGone(WrongState):
    """The place, or the fallback beside it, cannot be held any more; the household waits again."""


def offer(
    need: Need,
    row: Row,
    places: PlaceRows,
    pack: Pack,
    policy: Policy,
    *,
    until: str,
    at: str,
    stream: Stream,
    day: str,
    contact: str = "",
) -> Acts:
    """The approved place held for one household, with a fallback place held for as long as it lives.

    ``PlaceGone`` if the place is gone meanwhile, or if no fallback can be held: nobody is asked to
    choose between a bus and the street. ``contact``, whom they can call, is kept in the vault.
    ``places`` are rows with their versions: whatever moves after they were read makes the offer stale.
    """
    case, approved = need.id, row.get("approved")
    if row.get("state") != "approved" or not approved:
        raise WrongState(f"{case} has no approved place to offer.", "Propose and approve first.")
    check_until(until, at)
    if approved["day"] < day:
        raise PlaceGone(
            f"The place of {case} was approved for {approved['day']}, which is over.",
            "The household keeps its roof and waits for the next plan.",
        )
    plan_day = date.fromisoformat(approved["day"])
    site = pack.site(approved["site"])
    units = by_period(units_needed(need), pack.services, plan_day)
    _still_free(site, units, places, pack, plan_day, policy.nights)
    fallback, kept = fallback_for(need, site, places, pack, policy, plan_day)
    held = {
        "id": f"O-{stream.child('offer-id', case).token(10)}",
        "plan": approved["plan"],
        "site": site.id,
        "until": until,
        "day": approved["day"],
        "languages": [need.official_language] if need.official_language else ["en", "fr"],
        "units": units,
    }
    changes = {"offer": held, "fallback": {"site": fallback, "units": kept}, "since": day}
    place = {"held": units, "sent": {approved["day"]: {"person": need.persons}}}
    said = dumps({"offer": held["id"], "contact": contact}) if contact else b""
    secrets = (new_secret(stream, "contact", f"case/{case}", said),) if said else ()
    vault = {"vault": {s.kind: s.commitment for s in secrets}} if secrets else {}
    drafts = (
        case_draft("offer", case, row, day, changes, holds=[f"offered->{site.id}"], **vault),
        site_draft("hold", site.id, day, place, offer=held["id"]),
        site_draft("hold", fallback, day, {"held": kept}, fallback_of=held["id"]),
    )
    read = {site.id, site.region, fallback, *_capped(places, pack, site, plan_day)}
    kinds = {0: "region", 1: "city", 2: "site"}
    expect = {f"case/{case}": int(row["version"])} | {
        f"{kinds[key.count('/')]}/{key}": _version(places, key) for key in sorted(read)
    }
    data = {
        "case": case,
        "offer": held["id"],
        "site": site.id,
        "fallback": fallback,
        "until": until,
    }
    return Acts(drafts, expect, secrets, data=data)


def _capped(places: PlaceRows, pack: Pack, site: Site, day: date) -> set[str]:
    """Whatever else the cap of a city or region is counted from."""
    keys = {city_of(site)} if city_of(site) in places else set()
    for key in (site.region, city_of(site)):
        terms = terms_on(places.get(key, {}), day)
        if terms.get("cap") is not None or terms.get("ramp") is not None:
            keys |= {s.id for s in pack.sites if key in (s.region, city_of(s))}
    return keys


def check_until(until: str, at: str) -> None:
    """Refuse a time to answer that is over before it begins."""
    if until <= at:
        raise InputRefused("The time to answer is over before it begins.", "Give a later --until.")


def _version(places: PlaceRows, key: str) -> int:
    return int(places.get(key, {}).get("version", 0))


def reopen(case: str, row: Row, *, day: str) -> Acts:
    """An approved line that cannot be offered: the household waits again, for the next plan."""
    draft = case_draft("reopen", case, row, day, {"approved": None, "since": day})
    return Acts(
        (draft, *give_back(row, day)),
        {f"case/{case}": row["version"]},
        data={"case": case, "state": "waiting"},
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """How adults were asked: which one (0 = each of them, one by one), in which language, with whom.

    ``adults`` is how many there are; ``interpreter`` says whether somebody interpreted.
    """

    adult: int = 0
    adults: int = 1
    language: str = ""
    interpreter: bool = False


def check_apart(case: str, asked: Asked) -> None:
    """Nobody accepts for the others from the household's own access; an officer asks each apart."""
    if asked.adults > 1 and not asked.adult:
        raise InputRefused(
            f"{case} has {asked.adults} adults, and each answers for themselves.",
            f"Give --adult 1 to {asked.adults}.",
        )


def not_interpreted(need: Need, asked: Asked) -> tuple[Finding, ...]:
    """A household that needs an interpreter, asked without one and not in its own language."""
    own = need.interpreter_language
    if not own or asked.interpreter or asked.language == own:
        return ()
    what = "needs an interpreter, and none is on record with this answer"
    do = (
        "ask them again with one before they leave; --interpreter says who, --lang in what language"
    )
    return (Finding(f"case {need.id}", what, do, "warning"),)


def answer(
    case: str, row: Row, outcome: str, *, at: str, day: str, asked: Asked | None = None
) -> Acts:
    """An accepted offer binds the place; a declined or expired one frees it and changes no roof.

    ``outcome``: accept, decline, expire, again. Each adult answers apart: the place is bound when
    all have accepted, and one who declines speaks for a household that is never split. After a
    decline the fallback place stays held until the household arrives there: a decline leaves no
    mark and costs no roof. ``again`` is for a household that wishes to be offered a place after all:
    it waits for the next plan.
    """
    if outcome == "again":
        return _again(case, row, day=day)
    asked = asked or Asked()
    if asked.language and not LANGUAGE.match(asked.language):
        raise InputRefused(
            "The language in which they were asked is no code.",
            "Give two or three small letters, such as fr or ht; a name goes to --interpreter.",
        )
    how = {
        "asked": asked.adult or asked.adults,
        **({"adult": asked.adult} if asked.adult else {}),
        "each_apart": True,
        **({"language": asked.language} if asked.language else {}),
        **({"interpreter": True} if asked.interpreter else {}),
    }
    held = row.get("offer")
    fact = f"answer:{outcome}"
    if outcome == "expire" and held and at < held["until"]:
        raise WrongState(
            f"The offer to {case} lives until {held['until']}.", "Wait for the answer."
        )
    if outcome == "accept" and row.get("state") == "bound":
        raise WrongState(
            f"{case} has accepted already: each of its adults said yes, or was asked with the others.",
            "Nothing to do; 'answer CASE decline' takes the yes back, until they leave.",
        )
    if outcome == "accept" and held and at > held["until"]:
        raise WrongState(
            f"The offer to {case} lapsed at {held['until']}.",
            "Record it with 'answer CASE expire'; if they want the place, then 'answer CASE again'.",
        )
    if outcome == "accept":
        if not 0 <= asked.adult <= asked.adults:
            raise InputRefused(
                f"{case} has {asked.adults} adult(s); there is no adult {asked.adult}.",
                f"Give --adult 1 to {asked.adults}, or leave it out if each was asked apart.",
            )
        said = sorted({*row.get("said_yes", ()), asked.adult})
        if asked.adult and held and len(said) < asked.adults:
            one = case_draft("answer:one", case, row, day, {"said_yes": said}, **how)
            data = {"case": case, "state": "offered", "waits_for": asked.adults - len(said)}
            return Acts((one,), {f"case/{case}": row["version"]}, data=data)
        changes: dict[str, Any] = {"since": day, "said_yes": []}
        draft = case_draft(
            fact, case, row, day, changes, holds=[f"bound->{held['site']}"] if held else [], **how
        )
        return Acts(
            (draft,), {f"case/{case}": row["version"]}, data={"case": case, "state": "bound"}
        )
    gone: dict[str, Any] = {"offer": None, "declined": True, "since": day, "said_yes": []}
    if outcome == "decline":
        gone["declines"] = int(row.get("declines", 0)) + 1
    draft = case_draft(fact, case, row, day, gone, **(how if outcome == "decline" else {}))
    freed = free_offer(row, day)
    return Acts(
        (draft, freed, *give_back(row, day)),
        {f"case/{case}": row["version"]},
        data={"case": case, "state": "kept"},
    )


def _again(case: str, row: Row, *, day: str) -> Acts:
    changes = {"approved": None, "fallback": None, "declined": False, "since": day}
    drafts = [case_draft("answer:again", case, row, day, changes)]
    if row.get("fallback"):
        kept = row["fallback"]
        place = {"held": times(kept["units"], -1)}
        drafts.append(site_draft("release", kept["site"], day, place, fallback=True))
    data = {"case": case, "state": "waiting"}
    return Acts(tuple(drafts), {f"case/{case}": row["version"]}, data=data)


def free_offer(row: Row, day: str, *, sent: bool = False) -> Draft:
    """The offered place is free again; so is its seat in the day's limit, unless they were sent."""
    held = row["offer"]
    place: dict[str, Any] = {"held": times(held["units"], -1)}
    if not sent:
        place["sent"] = {held["day"]: {"person": -row["persons"]}}
    return site_draft("release", held["site"], day, place, offer=held["id"])


def _still_free(
    site: Site, units: Units, places: PlaceRows, pack: Pack, day: date, nights: int
) -> None:
    short = _short(site, units, places, pack, day, nights)
    if short:
        raise PlaceGone(
            f"{site.id} no longer has the {short} that was approved.",
            "The household keeps its roof and waits for the next plan.",
        )


def fallback_for(
    need: Need, offered: Site, places: PlaceRows, pack: Pack, policy: Policy, day: date
) -> tuple[str, Units]:
    """The nearest free place in the region they are in, by the rules that hold once they decline."""
    units = by_period(roof_only(units_needed(need)), pack.services, day)
    declined = replace(need, declined=True)
    region = pack.entry_point(need.entry_point).region
    near = sorted(
        (
            site
            for site in pack.sites
            if site.region == region
            and site.id != offered.id
            and policy.excluding(declined, site.region) is None
            and not {site.id, site.region} & set(need.places_to_avoid)
        ),
        key=lambda site: (pack.distances.get((need.entry_point, site.id), 10**6), site.id),
    )
    for site in near:
        if not _short(site, units, places, pack, day, policy.nights):
            return site.id, units
    raise PlaceGone(
        f"No fallback place can be held in {region} for {need.id}; no offer is made without one.",
        f"Ask the sites of {region} for places, or wait for one to be free.",
    )


def _short(site: Site, units: Units, places: PlaceRows, pack: Pack, day: date, nights: int) -> str:
    """The first service that is missing at a site, or nothing."""
    if not open_on(places, site, day):
        return "agreement for that day"
    free, _ = free_at(places.get(site.id, {}), owners_of(places, site), pack.services, day, nights)
    left = left_of(places, pack, site, day)
    if left is not None:
        free["person"] = min(free.get("person", 0), left)
    for counts in units.values():
        for service, number in counts.items():
            if number > free.get(service, 0):
                return service
    return ""


def roof_only(units: Mapping[str, int]) -> dict[str, int]:
    """A fallback place is a roof: persons and rooms; what is counted per week is asked on arrival."""
    return {s: n for s, n in units.items() if s == "person" or s.startswith("room")}
