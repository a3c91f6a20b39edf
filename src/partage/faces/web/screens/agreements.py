"""Agreements: what each province, city and site agreed to, and every word its owner has about it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from partage.casework.agree import LIFTED, WHY_NOT
from partage.casework.withdraw import WHY
from partage.core.errors import InputRefused
from partage.core.units import operational_day, parse_day
from partage.faces.pages.places import agreement_from_words, terms_from_words
from partage.faces.pages.today import scope_of
from partage.faces.web.at import At
from partage.faces.web.table import act, look

COUNTED = ("notice", "ramp", "cap")


@look("/agreements", verb="survey")
def agreements(at: At) -> Response:
    """Every party with what it agreed to and how that stands; one's own first."""
    rows, region = at.office.agreements(), at.asked("region")
    regions = sorted({str(row["region"]) for row in rows})
    rows = [row for row in rows if not region or row["region"] == region]
    rows.sort(key=lambda row: not _own(at, row))  # in the order they came, but for one's own
    return at.page("agreements.html", rows=rows, regions=regions, chosen=region)


def _own(at: At, row: dict[str, Any]) -> bool:
    """Whether whoever looks may speak for that party."""
    return at.may("agree", region=row["region"], site=scope_of(row["party"]))


@look("/agreement/{party:owner}", verb="survey")
def agreement(at: At) -> Response:
    """One party: what is asked, agreed and paused, and what its owner can say."""
    return _page(at, 200)


def _page(at: At, status: int, **more: Any) -> Response:
    seen = at.office.agreement(at.path["party"])
    party, region = seen["party"], _region_of(at, seen["party"])
    french = at.lang == "fr"
    where = {"region": region, "site": scope_of(party)}
    today = operational_day(at.office.clock.now(), at.office.pack.entry_points[0].zone)
    return at.page(
        "agreement.html", status, seen=seen, region_=region, kind=("region", "city", "site")[
            party.count("/")],
        owner=at.may("agree", **where), pauses=at.may("withdraw", **where), today=today,
        services=[(str(s.id), s.name_fr if french else s.name_en) for s in at.office.pack.services],
        paused=[one for one in seen["pauses"] if one["last"] >= today.isoformat()],
        why=WHY, why_not=WHY_NOT, lifts=tuple(LIFTED), **{"effect": None, **more},
    )  # fmt: skip


def _region_of(at: At, party: str) -> str:
    if "/" not in party:
        return party
    return str(next(s.region for s in at.office.pack.sites if s.id.startswith(party)))


@act("/agreement/agree/{party:owner}", verb="agree")
def agree(at: At) -> Response:
    """The owner agrees, or amends: what it does not state stays as it stood."""
    party, agreed, capacity, terms = _said(at)
    done = at.office.agree(party, agreed, capacity, terms=terms, idem=at.key())
    return at.go(f"/agreement/{party}", done=f"agreement-{done.data['state']}", said_=done)


@act("/agreement/ask/{party:owner}", verb="ask")
def ask_for(at: At) -> Response:
    """Somebody asks for an agreement; nothing counts until its owner agrees."""
    party, agreed, capacity, terms = _said(at)
    done = at.office.propose_agreement(party, agreed, capacity, terms, idem=at.key())
    return at.go(f"/agreement/{party}", done="agreement-proposed", said_=done)


@act("/agreement/decline/{party:owner}", verb="agree")
def decline(at: At) -> Response:
    """The owner says no to what was asked; what it agreed to before stands."""
    party = at.path["party"]
    done = at.office.decline_agreement(party, why=at.sent("why"), idem=at.key())
    return at.go(f"/agreement/{party}", done="agreement-declined", said_=done)


def _said(at: At) -> tuple[str, Any, Any, Any]:
    """The agreement of a form, as the command line reads it."""
    numbers = {name: at.number(name) if at.sent(name) else None for name in COUNTED}
    party, site = at.path["party"], at.path["party"].count("/") == 2
    services = [f"{code}={at.number(f'units-{code}')}" for code in _given(at)]
    who, agreed, capacity = agreement_from_words(
        at.office, party, at.sent("first"), at.sent("last"), numbers["notice"] or 0,
        numbers["ramp"] if site else None, services, at.sent("source"),
    )  # fmt: skip
    terms = terms_from_words(
        numbers["cap"], None if site else numbers["ramp"], _lines(at, "closed"),
        _lines(at, "conditions"), at.sent("displacement"), at.sent("on_the_road"),
        at.all_sent("lift"),
    )  # fmt: skip
    return who, agreed, capacity, terms


def _given(at: At) -> list[str]:
    return [str(s.id) for s in at.office.pack.services if at.sent(f"units-{s.id}")]


def _lines(at: At, name: str) -> list[str]:
    return [line.strip() for line in at.sent(name).splitlines() if line.strip()]


@act("/agreement/effect/{party:owner}", verb="withdraw")
def effect(at: At) -> Response:
    """The page between: what a pause or a withdrawal does, in numbers, before it is done."""
    first, last = _days(at)
    done = at.office.withdraw(
        at.path["party"], first=first, last=last, why=at.sent("why"), preview=True
    )
    effect_ = {**done.data, "first": at.sent("first"), "last": at.sent("last")}
    return _page(at, 200, effect={**effect_, "why": at.sent("why")}, remarks=done.findings)


@act("/agreement/withdraw/{party:owner}", verb="withdraw")
def withdraw(at: At) -> Response:
    """Take the consent back from a day on, or let it rest; nobody loses a roof by it."""
    party, (first, last) = at.path["party"], _days(at)
    done = at.office.withdraw(party, first=first, last=last, why=at.sent("why"), idem=at.key())
    return at.go(f"/agreement/{party}", done=f"agreement-{done.data['state']}", said_=done)


def _days(at: At) -> tuple[Any, Any]:
    """The first and last day of a form; a pause without its last day is refused, not taken for the end."""
    last = parse_day(at.sent("last")) if at.sent("last") else None
    if at.sent("kind") == "pause" and last is None:
        raise InputRefused(at.t("consent.no-last"), at.t("consent.say-last"))
    return (parse_day(at.sent("first")) if at.sent("first") else None), last


@act("/agreement/resume/{party:owner}", verb="withdraw")
def resume(at: At) -> Response:
    """End a pause: people may come again from today on."""
    party = at.path["party"]
    done = at.office.resume(party, idem=at.key())
    return at.go(f"/agreement/{party}", done="agreement-resumed", said_=done)
