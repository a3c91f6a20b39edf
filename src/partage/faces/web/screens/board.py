"""The capacity board, and one site with its update in three taps."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.responses import Response

from partage.casework.agree import WHY
from partage.casework.capacity import SUMMED, sums
from partage.core.errors import InputRefused
from partage.core.units import operational_day, parse_day
from partage.faces.web.at import At
from partage.faces.web.screens.cases import page_number
from partage.faces.web.table import act, look

NOON = 12
SHOWN = ("person", "room", "room.family")  # on the board; the rest stands on the page of the site
PER_PAGE = 50
REASONS = tuple(why for why in WHY if why)


@look("/board", verb="survey")
def capacity_board(at: At) -> Response:
    """Every site with what it has: one's own first, then whoever has said nothing for long."""
    seen = at.office.capacity()
    service = at.asked("service", "person")
    named = {str(s.id): s for s in at.office.pack.services}
    rows = [row for row in seen["sites"] if service in row["services"]]
    region = at.asked("region")
    regions = sorted({str(row["region"]) for row in rows})
    rows = [row for row in rows if not region or row["region"] == region]
    mine = at.actor.scope.upper()
    rows.sort(key=lambda row: mine not in (row["region"], row["city"].upper(), row["site"].upper()))
    total = sums(rows).get(service) or dict.fromkeys(SUMMED, 0)
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(page_number(at.asked("page")), pages)
    return at.page(
        "board.html", seen=seen, rows=rows[PER_PAGE * (number - 1) : PER_PAGE * number],
        sites=len(rows), total=total, service=service, regions=regions, chosen=region,
        number=number, pages=pages, asked=urlencode({"service": service, "region": region}) + "&",
        services=[(s, _name(at, named[s])) for s in named],
    )  # fmt: skip


@look("/site/{site:roof}", verb="survey")
def site(at: At) -> Response:
    """One site today: what it has, who is expected, and the update in three taps."""
    seen = at.office.survey_site(at.path["site"])
    place = at.office.pack.site(at.path["site"])
    services = {str(s.id): _name(at, s) for s in at.office.pack.services}
    today = operational_day(at.office.clock.now(), place.zone)
    return at.page(
        "site.html", seen=seen, place=place, services=services, reasons=REASONS, today=today,
        week=today + timedelta(days=6), mine=at.may("update", site=place.id, region=place.region),
        counts=at.may("count", site=place.id, region=place.region),
        nights=_nights(at, today, place.zone),
    )  # fmt: skip


@act("/site/{site:roof}/same", verb="update")
def same(at: At) -> Response:
    """Nothing has changed: one tap, and every number of the site is fresh again."""
    done = at.office.update(at.path["site"], idem=at.key())
    return at.go(after_site(at), done="confirmed", said_=done)


@act("/site/{site:roof}/block", verb="update")
def block(at: At) -> Response:
    """Places that cannot be used: which, how many, why; until when."""
    service = at.sent("service")
    number = at.number("number")
    if not number:
        raise InputRefused(at.t("site.how-many"), at.t("form.write-a-number"))
    done = at.office.update(
        at.path["site"], blocked={service: number}, why=at.sent("why"),
        last=parse_day(at.sent("last")) if at.sent("last") else None, idem=at.key(),
    )  # fmt: skip
    return at.go(after_site(at), done="blocked", said_=done)


def _nights(at: At, today: date, zone: str) -> tuple[list[tuple[str, str]], str]:
    """The night that is over and the one to come; before noon the first of them is meant."""
    before = today - timedelta(days=1)
    choices = [
        (before.isoformat(), at.t("nights.before", day=at.t.day(before))),
        (today.isoformat(), at.t("nights.coming", day=at.t.day(today))),
    ]
    morning = at.office.clock.now().astimezone(ZoneInfo(zone)).hour < NOON
    return choices, choices[0 if morning else 1][0]


def after_site(at: At) -> str:
    """Where whoever said something of a site goes on."""
    site = at.path["site"]
    region = str(at.office.pack.site(site).region)
    return f"/site/{site}" if at.may("survey", site=site, region=region) else "/today"


def _name(at: At, service: object) -> str:
    return str(getattr(service, "name_fr" if at.lang == "fr" else "name_en"))
