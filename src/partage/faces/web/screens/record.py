"""The record: what needs a look, verifying it all, how often plans are overridden, asks and answers."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from partage.casework.ask import ANSWERS, KEPT, open_promises
from partage.core.errors import NotFound, Refusal, no_such
from partage.core.findings import Finding
from partage.core.units import parse_day
from partage.faces.pages.envelope import by_weight
from partage.faces.web.at import At
from partage.faces.web.table import act, look

SHORT = 2.0  # seconds: a check that ends sooner is shown at once


@look("/exceptions", verb="survey")
def exceptions(at: At) -> Response:
    """Everything that needs a look at this moment, the most pressing first."""
    return at.page("exceptions.html", rows=by_weight(at.office.watch()))


@look("/record", verb="verify")
def record(at: At) -> Response:
    """The head of the chain, a check that goes on, and what the last one found."""
    begun, result = at.office.check_begun(), at.office.last_check()
    last, head = at.office.journal.head()
    fault = begun.fault if begun else None
    return at.page(
        "record.html", last=last, head=head, begun=begun, result=result,
        goes_on=begun is not None and not begun.ended.is_set(),
        fault=fault if isinstance(fault, Refusal) else None, broke=fault is not None,
        rows=by_weight([Finding(**one) for one in result["findings"]]) if result else [],
    )  # fmt: skip


@look("/ledger", verb="verify")
def ledger(at: At) -> Response:
    """The book of persons as it stands, and the entries it is folded from, fifty at a time."""
    before, subject = at.asked("before"), at.asked("subject").strip()
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0
    seen = at.office.leaf(before=number, subject=subject)
    return at.page("ledger.html", seen=seen, subject=subject, knows=at.t.has)


@act("/record/check", verb="verify")
def begin_check(at: At) -> Response:
    """Begin a check of the seals, or of everything; nobody waits for it."""
    open_, actor, anchor = at.request.app.state.open, at.actor, at.sent("anchor")
    check = at.office.begin_check(at.sent("check"), lambda: open_(actor), anchor=anchor or None)
    check.ended.wait(SHORT)
    return at.go("/record")


@act("/record/stop", verb="verify")
def stop_check(at: At) -> Response:
    """Stop the check that goes on; what the last one found stays."""
    begun = at.office.check_begun()
    if at.office.stop_check() and begun is not None:
        begun.ended.wait(SHORT)
    return at.go("/record")


@look("/overrides", verb="survey")
def overrides(at: At) -> Response:
    """How often plans were overridden, why, and how far that differs; no person is ranked."""
    return at.page("overrides.html", tables=at.office.overrides("fr" if at.lang == "fr" else "en"))


@look("/asks", verb="survey")
def asks(at: At) -> Response:
    """What governments asked of each other, the latest first, with every answer."""
    known = sorted(
        at.office.asks().items(), key=lambda pair: (pair[1]["asked_on"], pair[0]), reverse=True
    )
    return at.page("asks.html", known=known)


@look("/ask/{ask}", verb="survey")
def one_ask(at: At) -> Response:
    """One ask: its text, every answer, what was promised and whether it was kept."""
    number, known = at.path["ask"], at.office.asks()
    if number not in known:
        raise NotFound(no_such("ask", number), "")
    one = known[number]
    return at.page(
        "ask.html", number=number, one=one, open=open_promises(one),
        answers=[(code, at.t(f"asks.answer-{code}")) for code in ANSWERS],
        kept=[(code, at.t(f"asks.kept-{code}")) for code in KEPT],
    )  # fmt: skip


@act("/asks", verb="ask")
def new_ask(at: At) -> Response:
    """Record what one government asked of another."""
    done = at.office.ask(
        at.sent("by"), at.sent("to"), at.sent("what"), text=at.sent("text"),
        source=at.sent("source"), on=_day(at, "on"), idem=at.key(),
    )  # fmt: skip
    return at.go(f"/ask/{done.data['ask']}", done="asked", said_=done)


@act("/ask/{ask}/answer", verb="ask")
def answer_ask(at: At) -> Response:
    """Record what was answered, and what was promised by when."""
    done = at.office.answer_ask(
        at.path["ask"], at.sent("answer"), source=at.sent("source"), said=at.sent("said"),
        promise=at.sent("promise"), until=_day(at, "until"), on=_day(at, "on"), idem=at.key(),
    )  # fmt: skip
    return at.go(f"/ask/{at.path['ask']}", done="ask-answered", said_=done)


@act("/ask/{ask}/kept", verb="ask")
def keep_ask(at: At) -> Response:
    """Record whether what was promised was done."""
    done = at.office.keep_ask(
        at.path["ask"], at.sent("kept"), source=at.sent("source"), which=at.number("which"),
        idem=at.key(),
    )  # fmt: skip
    return at.go(f"/ask/{at.path['ask']}", done="ask-kept", said_=done)


def _day(at: At, name: str) -> Any:
    return parse_day(at.sent(name)) if at.sent(name) else None
