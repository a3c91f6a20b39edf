"""Webhooks: addresses of other programmes that are told what happens, and what came of each delivery."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from partage.casework.hook import EVENTS
from partage.core.errors import InputRefused, NotFound, no_such
from partage.core.units import parse_day
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.office.courier import LOG_DAYS

MOST = 50  # deliveries on a page


@look("/webhooks", verb="hook")
def webhooks(at: At) -> Response:
    """Every address by its origin: what it is told, how far it is, what stands against it."""
    return at.page(
        "webhooks.html", known=at.office.hooks(), last=at.office.journal.head()[0],
        events=[(one, at.t(f"event.{one}")) for one in EVENTS],
    )  # fmt: skip


@act("/webhooks", verb="hook")
def add_webhook(at: At) -> Response:
    """An address is told from now on; the secret it is signed by is on this page and nowhere else."""
    done, secret = at.office.add_hook(at.sent("address"), at.all_sent("event"), idem=at.key())
    return _one(at, str(done.data["hook"]), told=True, secret=secret)


@look("/webhook/{hook}", verb="hook")
def webhook(at: At) -> Response:
    """One address, with what was delivered on a day, the newest first."""
    return _one(at, at.path["hook"])


@act("/webhook/{hook}/test", verb="hook")
def try_webhook(at: At) -> Response:
    """A message without content is sent once; the log says what came of it."""
    at.office.test_hook(at.path["hook"])
    return at.go(f"/webhook/{at.path['hook']}", done="hook-tried")


@act("/webhook/{hook}/again", verb="hook")
def tell_again(at: At) -> Response:
    """One entry is told once more, whether it was delivered or not."""
    at.office.deliver_again(at.path["hook"], at.number("no"))
    return at.go(f"/webhook/{at.path['hook']}", done="hook-again")


@act("/webhook/{hook}/resume", verb="hook")
def resume_webhook(at: At) -> Response:
    """Deliveries that stopped go on from where they stopped."""
    at.office.resume_hook(at.path["hook"], idem=at.key())
    return at.go(f"/webhook/{at.path['hook']}", done="hook-resumed")


@act("/webhook/{hook}/end", verb="hook")
def end_webhook(at: At) -> Response:
    """It is told nothing any more; its address and its secret go at once."""
    if at.sent("sure") != "yes":
        raise InputRefused(at.t("hooks.not-sure"), at.t("hooks.tick"))
    at.office.end_hook(at.path["hook"], idem=at.key())
    return at.go("/webhooks", done="hook-ended")


def _one(at: At, hook: str, *, told: bool = False, secret: str = "") -> Response:
    one = next((row for row in at.office.hooks() if row["hook"] == hook), None)
    if one is None:
        raise NotFound(no_such("webhook", hook), at.t("hooks.see-all"))
    today = at.office.clock.now().date()
    day = parse_day(at.asked("day")) if at.asked("day") else today
    rows = at.office.deliveries(hook, day.isoformat())
    number = at.asked("page")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    pages = max(1, -(-len(rows) // MOST))
    page = min(max(1, page), pages)
    other = "en" if at.lang == "fr" else "fr"
    more: dict[str, Any] = {"twin": f"/{other}/webhook/{hook}"} if told else {}
    return at.page(
        "webhook.html", one=one, rows=rows[(page - 1) * MOST : page * MOST], count=len(rows),
        day_shown=day, before=_day(day, -1, today), after=_day(day, 1, today), page=page,
        pages=pages, told=told, secret=secret, behind=at.office.journal.head()[0], **more,
    )  # fmt: skip


def _day(day: date, step: int, today: date) -> str:
    """The day before or after, where its log may still be there."""
    other = day + timedelta(days=step)
    return other.isoformat() if today - timedelta(days=LOG_DAYS) <= other <= today else ""
