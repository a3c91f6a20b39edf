"""``settle``: what people state about a statement of cost, from its draft to its payment.

The amounts are worked out from the record each time; here stands who put which draft on record, who
certified it, what was queried, accepted and paid. Nothing is changed afterwards: what was wrong is taken
back whole, and stated anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, NotPermitted, WrongState, shown
from partage.core.findings import Finding
from partage.core.marks import dumps, mark_of_bytes
from partage.core.names import same_person
from partage.core.statement_steps import STEPS
from partage.core.streams import Stream
from partage.costs import InvoiceLine, Period, Statement
from partage.costs.invoices import as_rows
from partage.ledger.facts import Draft

WHY_QUERIED = ("headcount", "rate", "eligibility", "period", "evidence", "other")
WHY_REVERSED = ("wrong-nights", "wrong-rate", "wrong-rule", "book-corrected", "other")
OF_THE_PAYER = ("query", "accept", "pay")
OF_THE_CLAIMANT = ("answer", "reverse")  # never by a hand that acted for the payer
ATTESTED = "certified-by-second-person"  # the sentence stands on the paper, in both languages


def prepare(
    said: Statement,
    others: Mapping[str, Row],
    *,
    actor: str,
    day: str,
    stream: Stream,
    register: int = 0,
    invoiced: Sequence[InvoiceLine] | None = None,
    deputy_for: Collection[str] = (),
) -> Acts:
    """A draft on record. ``others``: statements of the claimant, by id; none may hold the same nights.

    ``invoiced``: the invoices it was held against; they are kept by their mark, and hold from then on.

    ``register`` is the version of the list of what the claimant has stated, so that of two who prepare at
    once only one states a night. What was paid on one that was taken back counts towards this one, if it
    is for the same period.
    Refused: no lines, several payers, a period that another statement holds.
    """
    if not said.lines:
        raise WrongState("The statement has no lines.", "Look at the period and the region.")
    if len(said.payers) != 1:
        raise WrongState(
            f"Its lines are claimed of {', '.join(said.payers) or 'nobody'}.",
            "A statement goes to one payer: look at the rules of cost-sharing in the pack.",
        )
    payer = said.payers[0]
    paid = []
    for other, row in sorted(others.items()):
        if row["state"] != "reversed":
            held = Period(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
            if held.first <= said.period.last and said.period.first <= held.last:
                raise WrongState(
                    f"{other} states nights of {row['first']} to {row['last']} already.",
                    "Take it back first ('reverse'), or choose another period.",
                )
        elif (row["period"], row["payer"]) == (said.period.name, payer) and not row.get("taken_up"):
            paid += [dict(one, of=other) for one in row.get("paid", ())]
    taken_up = sorted({str(one["of"]) for one in paid})
    number = f"S-{stream.child('statement-id').token(10)}"
    matter = {
        "state": "draft", "claimant": said.claimant, "payer": payer, "period": said.period.name,
        "first": said.period.first.isoformat(), "last": said.period.last.isoformat(),
        "lines": len(said.lines), "amount": said.amount, "claimed": said.claimed(payer),
        "digest": said.digest, "blocked": len(said.blocked), "hands": [actor], "paid": paid,
        "prepared_on": day, **_stood_for((), deputy_for),
    }  # fmt: skip
    papers = {}
    if invoiced is not None:
        kept = dumps(as_rows(invoiced))
        papers = {mark_of_bytes(kept): kept}
        matter["invoices"] = mark_of_bytes(kept)
    drafts = [Draft("settle", f"statement/{number}", {"act": "prepare", "matter": matter}, day)]
    expect = {f"statement/{number}": 0}
    listed = {"act": "prepare", "matter": {"state": "open", "newest": number}}
    drafts.append(Draft("settle", f"stated/{said.claimant}", listed, day))
    expect[f"stated/{said.claimant}"] = register
    for other in taken_up:
        body = {"act": "take-up", "matter": {"taken_up": number}}
        drafts.append(Draft("settle", f"statement/{other}", body, day))
        expect[f"statement/{other}"] = int(others[other]["version"])
    findings = tuple(_blocked(number, len(said.blocked)))
    data = {"statement": number, **_sums(matter)}
    return Acts(tuple(drafts), expect, blobs=papers, findings=findings, data=data)


def submit(
    number: str, row: Row, now: Statement, *, actor: str, deputy_for: Collection[str], day: str
) -> Acts:
    """Certified and sent, by somebody else than who prepared it.

    Refused: anything blocks it; the record says other lines than when it was prepared.
    """
    _may(number, row, "submit")
    _second(row, actor, deputy_for, "certify")
    now.certified()
    if now.digest != row["digest"]:
        raise WrongState(
            f"The record says something else of these nights since {number} was prepared.",
            "Take it back ('reverse') and prepare it anew.",
        )
    change: dict[str, Any] = {"attested": ATTESTED, "submitted_on": day}
    change |= _stood_for(row.get("stood_for", ()), deputy_for)
    return _step(number, row, "submit", change, actor, day)


def query(
    number: str, row: Row, now: Statement, site: str, night: date, why: str, *, actor: str,
    deputy_for: Collection[str], day: str,
) -> Acts:  # fmt: skip
    """The payer asks about one line. Refused: a line that is not there, a reason that is none."""
    _may(number, row, "query")
    _second(row, actor, deputy_for, "query")
    _one_of(why, WHY_QUERIED)
    if not any((line.site, line.day) == (site, night) for line in now.lines):
        raise InputRefused(
            f"{number} has no line for {shown(site)} and the night of {night}.",
            "Name a site and a night as they stand in the statement.",
        )
    asked = {"site": site, "night": night.isoformat(), "why": why, "on": day}
    queries = [*row.get("queries", ()), asked]
    return _step(number, row, "query", {"queries": queries}, actor, day)


def answer(
    number: str, row: Row, evidence: int, *, actor: str, deputy_for: Collection[str] = (), day: str
) -> Acts:
    """The claimant stands by a queried line, naming an entry; what is wrong is taken back instead."""
    _may(number, row, "answer")
    _own_side(row, (actor, *deputy_for), "answer")
    if evidence <= 0:
        raise InputRefused(
            "An answer names the entry that shows it.", "Give its number with --entry."
        )
    *before, last = row["queries"]
    queries = [*before, {**last, "entry": evidence, "answered_on": day}]
    return _step(number, row, "answer", {"queries": queries}, actor, day)


def accept(number: str, row: Row, *, actor: str, deputy_for: Collection[str], day: str) -> Acts:
    """The payer owes what is claimed, less what was paid on one that was taken back."""
    _may(number, row, "accept")
    _second(row, actor, deputy_for, "accept")
    change = {"accepted_on": day}
    if open_cents(row) <= 0:
        change["state"] = "paid"
    acts = _step(number, row, "accept", change, actor, day)
    if open_cents(row) < 0:
        what = f"{-open_cents(row)} cents were paid above what is claimed now"
        do = "have them paid back, or set off against the next statement"
        over = (Finding(f"statement {number}", what, do, "warning"),)
        return Acts(acts.drafts, acts.expect, findings=over, data=acts.data)
    return acts


def pay(
    number: str,
    row: Row,
    cents: int,
    on: date,
    *,
    actor: str,
    deputy_for: Collection[str],
    day: str,
) -> Acts:
    """A payment, in part or whole. Refused: nothing, more than is open, a day to come."""
    _may(number, row, "pay")
    _second(row, actor, deputy_for, "pay")
    if cents <= 0:
        raise InputRefused("A payment is above nought.", "Correct the amount.")
    if cents > open_cents(row):
        raise InputRefused(
            f"{number} has {open_cents(row)} cents open, and {cents} would be paid.",
            "Pay no more than is open, or have the statement taken back and stated anew.",
        )
    if not str(row["accepted_on"]) <= on.isoformat() <= day:
        raise InputRefused(f"{on} is before it was accepted, or in the future.", "Correct the day.")
    paid = [*row.get("paid", ()), {"cents": cents, "on": on.isoformat()}]
    left = open_cents(row) - cents
    change = {"paid": paid, **({} if left else {"state": "paid"})}
    return _step(number, row, "pay", change, actor, day)


def reverse(
    number: str, row: Row, why: str, *, actor: str, deputy_for: Collection[str] = (), day: str
) -> Acts:
    """Every line taken back; what was paid on it counts towards the statement that replaces it."""
    _may(number, row, "reverse")
    _own_side(row, (actor, *deputy_for), "reverse")
    _one_of(why, WHY_REVERSED)
    return _step(number, row, "reverse", {"why": why, "reversed_on": day}, actor, day)


def open_cents(row: Row) -> int:
    """What is claimed and not paid; below nought where more was paid."""
    return int(row["claimed"]) - sum(int(one["cents"]) for one in row.get("paid", ()))


def _step(number: str, row: Row, act: str, change: Mapping[str, Any], actor: str, day: str) -> Acts:
    matter = {"state": STEPS[act][1], **change, "hands": [*row["hands"], actor]}
    if act in OF_THE_PAYER:
        matter["payer_hands"] = [*row.get("payer_hands", ()), actor]
    draft = Draft("settle", f"statement/{number}", {"act": act, "matter": matter}, day)
    data = {"statement": number, **_sums({**row, **matter})}
    return Acts((draft,), {f"statement/{number}": int(row["version"])}, data=data)


def _sums(row: Row) -> dict[str, Any]:
    names = ("state", "claimant", "payer", "period", "amount", "claimed")
    return {**{name: row[name] for name in names}, "open": open_cents(row)}


def _may(number: str, row: Row, act: str) -> None:
    before = STEPS[act][0]
    if row["state"] not in before:
        raise WrongState(
            f"{number} is {row['state']}: {act} is for one that is {' or '.join(before)}.",
            "See 'partage settle --list'.",
        )


def _second(row: Row, actor: str, deputy_for: Collection[str], act: str) -> None:
    """Nobody certifies what they prepared, nor accepts or pays what they prepared or certified."""
    before = {same_person(name) for name in hands_before(row)}
    if {*map(same_person, (actor, *deputy_for))} & before:
        raise NotPermitted(
            f"Whoever prepared or certified a statement does not {act} it.", "Another person does."
        )


def _own_side(row: Row, hands: Collection[str], act: str) -> None:
    """Who acted for the payer, or stands in for whoever did, does not act for the claimant."""
    theirs = {same_person(str(name)) for name in row.get("payer_hands", ())}
    if {*map(same_person, hands)} & theirs:
        raise NotPermitted(
            f"Whoever acted for the payer does not {act} for the claimant.", "Another person does."
        )


def claimant_hands(row: Row) -> tuple[str, ...]:
    """Who prepared a statement, and who certified it, if anybody did."""
    hands = tuple(str(name) for name in row["hands"])
    return hands[:2] if row.get("attested") else hands[:1]


def hands_before(row: Row) -> tuple[str, ...]:
    """Who prepared a statement and who certified it, and those whom they stood in for."""
    return (*claimant_hands(row), *row.get("stood_for", ()))


def _stood_for(before: Collection[str], now: Collection[str]) -> dict[str, list[str]]:
    return {"stood_for": [*before, *now]} if now else {}


def _one_of(why: str, known: Collection[str]) -> None:
    if why not in known:
        raise InputRefused(f"{shown(why)} is not a reason.", f"Use one of: {', '.join(known)}.")


def _blocked(number: str, things: int) -> list[Finding]:
    if not things:
        return []
    what = f"is a draft that {things} things block, and nobody can certify it"
    return [Finding(f"statement {number}", what, "see them with 'partage settle'", "warning")]
