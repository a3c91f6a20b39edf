"""References of figures, and what each resolves to: journal entries or rows of the pack.

    night/2023-02-20/waiting   night/2023-02-20/hosted/CA-ON   night/2023-02-20/not-found
    day/2023-02-20/arrived     day/2023-02-20/elsewhere        day/2023-02-20/received/CA-ON
    day/2023-02-20/lines       … approved, overrides, accepted, declined
    due/2023-02-20/CA-ON       agreed/2023-02-20/CA-ON          carried/2023-02-20/CA-ON
    load/2023-02-20/room       units/2023-02-20/room/CA-ON      full/2023-02-20/days
    ahead/2023-02-20/CA-QC/land_border/2023-03
    cost/2023-02-20/CA-QC/claimed                              … borne, direct, left-out, stated, paid
    pack/history/7             ask/A-letter-costs

A reference is worked out from entries and rows each time, so that a figure that was printed can be
held against the record by somebody else, later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from partage.casework.close import closes_at
from partage.core.errors import InputRefused, NotFound, no_such
from partage.costs import Period, Statement
from partage.ledger.facts import Entry
from partage.packs.pack import Pack
from partage.packs.periods import read_day
from partage.report.ahead import resolve
from partage.report.brief_costs import ON_RECORD, cost_of, month_to, pieces_of, recorded
from partage.report.brief_load import carried, days_to_full, parts_of
from partage.report.options import resolve_option

LOST = "outside:unknown"
ENTERED = "outside:entry"
HOSTED, WAITING = "hosted@", "waiting@"
REF = re.compile(
    r"^(?:(night|day|due|agreed|ahead|load|units|full|carried)/(\d{4}-\d{2}-\d{2})"
    r"/([A-Za-z0-9/._-]{2,120})"
    r"|(cost)/(\d{4}-\d{2}-\d{2})/([A-Z]{2}-[A-Z0-9]{1,3})/([a-z-]{2,20})"
    r"|option/([a-z0-9-]{2,60})/([a-z-]{2,40})"
    r"|pack/(history|events|tariffs|figures|published_nights|ihap_payments|hotels)/(\d{1,6})|ask/(A-[A-Za-z0-9-]{1,80}))$"
)
NIGHTS = ("waiting", "hosted", "not-found")
DAYS = (
    "arrived",
    "elsewhere",
    "received",
    "lines",
    "approved",
    "overrides",
    "accepted",
    "declined",
)


class Reading(Protocol):
    """What a reference is worked out from: the record, read by day or by subject, and the pack."""

    @property
    def pack(self) -> Pack:
        """The country as data."""

    def of_day(self, day: date) -> Sequence[Entry]:
        """The entries of an operational day."""

    def of(self, subject: str) -> Sequence[Entry]:
        """The entries of a subject."""

    def all(self) -> Iterator[Entry]:
        """Every entry, the first first."""

    def statement(self, region: str, period: Period) -> Statement:
        """The draft of a region's costs in a period."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry or row that a figure rests on, and what it adds to it."""

    where: str
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class Traced:
    """What a reference resolves to: its value is the sum of its pieces, or the text of a row."""

    ref: str
    value: int | str
    unit: str
    pieces: tuple[Piece, ...]
    ledger: bool
    source: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "ref": self.ref, "value": self.value, "unit": self.unit, "from_ledger": self.ledger,
            "source": self.source,
            "pieces": [{"where": p.where, "what": p.what, "number": p.number} for p in self.pieces],
        }  # fmt: skip


def trace(ref: str, reading: Reading) -> Traced:
    """What a reference resolves to; refused where it is none, or there is nothing under it."""
    match = REF.match(ref)
    if match is None:
        raise InputRefused(
            "That is no reference of a figure.",
            "Copy it from a brief, such as night/2023-02-20/waiting or pack/history/7.",
        )
    kind, day_text, rest, cost, cost_day, region, name, scenario, measure, table, row, ask = (
        match.groups()
    )
    if scenario:
        return _option(ref, scenario, measure, reading.pack)
    if cost:
        return _cost(ref, day_of(cost_day), region, name, reading)
    if ask:
        return _ask(ref, ask, reading)
    if table:
        return _row(ref, table, int(row), reading.pack)
    day = day_of(day_text)
    what, _, scope = rest.partition("/")
    if kind == "ahead":
        return _ahead(ref, day, rest, reading.pack)
    if kind in ("load", "units"):
        pieces = parts_of(kind, what, scope, day, reading)
        return _summed(ref, [Piece(f"entry {no}", said, n) for no, said, n in pieces], "units")
    if kind == "full" and what == "days":
        return _full(ref, day, scope, reading)
    if kind == "carried":
        return _carried(ref, day, rest, reading)
    if kind in ("due", "agreed"):
        return (_due if kind == "due" else _agreed)(ref, day, rest, reading)
    known = {"night": NIGHTS, "full": ("days",)}.get(kind, DAYS)
    if what not in known:
        raise InputRefused(
            "That reference names no figure of a night or a day.", f"Known: {', '.join(known)}."
        )
    if kind == "night":
        return _night(ref, day, what, scope, reading)
    return _day(ref, day, what, scope, reading)


def day_of(text: str) -> date:
    """The day that a reference or a reader names; refused where it is none of our time."""
    day = read_day(text)
    if day is None:
        raise InputRefused(f"{text} is not a day of our time.", "Write it as 2023-02-20.")
    return day


def end_of(day: date, pack: Pack) -> str:
    """The instant at which a night is read at the entry points: 04:00 of the next day."""
    return closes_at(day, pack.entry_points[0].zone)


def within(place: str, scope: str, pack: Pack) -> bool:
    """Whether a site or an entry point lies in a region, a city, or anywhere where scope is empty."""
    if not scope:
        return True
    if "/" in scope:
        return place.startswith(f"{scope}/")
    known = {str(s.id): str(s.region) for s in pack.sites}
    known |= {str(point.id): str(point.region) for point in pack.entry_points}
    return known.get(place) == scope


def closed_night(day: date, reading: Reading) -> Entry:
    """The entry that closed a night; its night is not in the ledger before."""
    closed = reading.of(f"day/{day}")
    if not closed:
        raise NotFound(
            f"The night of {day} is not closed, so nobody can say who was where.",
            "Close it with 'partage close', or name a night that is closed.",
        )
    return closed[0]


def _night(ref: str, day: date, what: str, scope: str, reading: Reading) -> Traced:
    closed = closed_night(day, reading)
    if what == "not-found":
        end = end_of(day, reading.pack)
        pieces = [
            Piece(f"entry {e.no}", str(e.body.get("step", e.verb)), n)
            for e in reading.all() if e.at < end and (n := _net(e, lambda a: a == LOST))
        ]  # fmt: skip
    else:
        kind = WAITING if what == "waiting" else HOSTED
        nights: Mapping[str, int] = closed.body["nights"]
        pieces = [
            Piece(f"entry {closed.no}", account, n)
            for account, n in sorted(nights.items())
            if account.startswith(kind) and within(account.partition("@")[2], scope, reading.pack)
        ]
    return _summed(ref, pieces, "persons")


def _day(ref: str, day: date, what: str, scope: str, reading: Reading) -> Traced:
    if what in ("lines", "approved", "overrides", "accepted", "declined"):
        return _hands(ref, day, what, reading)
    home = str(reading.pack.entry_points[0].region)

    def counts(account: str) -> bool:
        place = account.partition("@")[2]
        if what == "arrived":
            return account.startswith(WAITING) and within(place, scope, reading.pack)
        if not account.startswith(HOSTED):
            return False
        if what == "elsewhere":
            return not within(place, home, reading.pack)
        return within(place, scope, reading.pack)

    pieces = []
    for e in reading.of_day(day):
        moves = e.body.get("moves", ())
        n = sum(
            m["persons"] for m in moves
            if counts(m["to"]) and (m["from"] == ENTERED) is (what == "arrived")
        )  # fmt: skip
        if n:
            pieces.append(Piece(f"entry {e.no}", str(e.body.get("step", e.verb)), n))
    return _summed(ref, pieces, "persons")


def _hands(ref: str, day: date, what: str, reading: Reading) -> Traced:
    said: Mapping[str, Callable[[Entry], int]] = {
        "lines": lambda e: _lines(e) if e.verb == "propose" and not e.body.get("as_if") else 0,
        "approved": lambda e: (
            int(e.body["lines"]) if e.verb == "approve" and "lines" in e.body else 0
        ),
        "overrides": lambda e: int(e.verb == "override" and e.subject.startswith("plan/")),
        "accepted": lambda e: int(e.body.get("step") == "answer:accept"),
        "declined": lambda e: int(e.body.get("step") == "answer:decline"),
    }
    pieces = [
        Piece(f"entry {e.no}", f"{e.verb}, {e.role}", n)
        for e in reading.of_day(day) if (n := said[what](e))
    ]  # fmt: skip
    unit = "lines" if what in ("lines", "approved") else "decisions"
    return _summed(ref, pieces, unit)


def _lines(entry: Entry) -> int:
    return int(entry.body.get("matter", {}).get("lines", 0))


def _due(ref: str, day: date, region: str, reading: Reading) -> Traced:
    plans = [
        e for e in reading.of_day(day)
        if e.verb == "propose" and e.body.get("plan_day") == day.isoformat() and e.body.get("due")
        and not e.body.get("as_if")
    ]  # fmt: skip
    if not plans:
        raise NotFound(f"No plan of {day} says what is due.", "Propose one, or name another day.")
    last = plans[-1]
    due = int(last.body["due"].get(region, 0))
    return _summed(ref, [Piece(f"entry {last.no}", f"due {region}", due)], "persons")


def _agreed(ref: str, day: date, region: str, reading: Reading) -> Traced:
    pieces = []
    for site in reading.pack.sites:
        if within(str(site.id), region, reading.pack):
            pieces += _agreed_at(str(site.id), day, reading)
    if not pieces:
        raise NotFound(f"No site there agreed to places for persons on {day}.", "Ask its owner.")
    return _summed(ref, pieces, "persons")


def _agreed_at(site: str, day: date, reading: Reading) -> list[Piece]:
    """Places for persons by the last word of the site's owner that speaks of them."""
    iso = day.isoformat()
    for entry in reversed(reading.of(f"site/{site}")):
        rows = entry.body.get("place", {}).get("capacity")
        if rows is None or entry.day > iso:
            continue
        stands = [
            int(r["quantity"]) for r in rows
            if r["service"] == "person" and r["first"] <= iso <= r["last"] and r["counts_from"] <= iso
        ]  # fmt: skip
        return [Piece(f"entry {entry.no}", site, sum(stands))] if stands else []
    return []


def _cost(ref: str, day: date, region: str, name: str, reading: Reading) -> Traced:
    closed_night(day, reading)
    said = reading.statement(region, month_to(day))
    end = end_of(day, reading.pack)
    one = cost_of(said, day, name, reading, end)
    on_record = name in ON_RECORD
    found = recorded(reading, region, name, end) if on_record else pieces_of(said, name)
    pieces = tuple(Piece(*piece) for piece in found)
    ledger = on_record or (bool(pieces) and all(p.where.startswith("entry ") for p in pieces))
    unit = "things" if name == "left-out" else "CAD cents"
    return Traced(ref, one.value, unit, pieces, ledger, f"draft of {region}, {said.period.name}")


def pace_of(day: date, scope: str, reading: Reading) -> int:
    """Persons who came that day: into the country, or to sites of that scope."""
    home = str(reading.pack.entry_points[0].region)
    ref = f"day/{day}/received/{scope}" if scope and scope != home else f"day/{day}/arrived"
    return int(trace(ref, reading).value)


def _full(ref: str, day: date, scope: str, reading: Reading) -> Traced:
    value, said = days_to_full(reading, day, scope, pace_of(day, scope, reading))
    if value is None:
        raise NotFound("Nobody came that day, so no pace is known.", "Name another day.")
    pieces = tuple(Piece("worked out", what, n) for what, n in said)
    how = "places agreed for persons less those in use, over those who came that day; whole days"
    return Traced(ref, str(value), "days", pieces, False, how)


def _carried(ref: str, day: date, region: str, reading: Reading) -> Traced:
    owed, parts, policy = carried(reading, day, region, end_of(day, reading.pack))
    pieces = tuple(Piece(f"entry {no}", said, n) for no, said, n in parts)
    return Traced(ref, str(owed), "persons", pieces, True, f"owed by the policy {policy}, exact")


def _ahead(ref: str, day: date, rest: str, pack: Pack) -> Traced:
    one, said = resolve(pack, day, rest)
    what = f"{one.low} to {one.high} in 80 % of the paths"
    return Traced(ref, one.middle, "claims", (Piece("forecast", what, one.middle),), False, said)


def _option(ref: str, scenario: str, measure: str, pack: Pack) -> Traced:
    one, said = resolve_option(pack, scenario, measure)
    what = f"{one.low} to {one.high} in 80 % of the runs"
    return Traced(ref, one.middle, "persons", (Piece(scenario, what, one.middle),), False, said)


def _row(ref: str, table: str, number: int, pack: Pack) -> Traced:
    rows = getattr(pack, table)
    if not 2 <= number < len(rows) + 2:
        raise NotFound(f"{table}.csv has no row {number}.", f"It has rows 2 to {len(rows) + 1}.")
    row = rows[number - 2]
    value, unit = _value(row), getattr(row, "unit", "")
    exact: int | str = int(value) if str(value).isdigit() else str(value)
    what = str(getattr(row, "definition", getattr(row, "item", "")))
    piece = Piece(f"{table}.csv, row {number}", what, exact if isinstance(exact, int) else 0)
    return Traced(ref, exact, unit, (piece,), False, str(row.origin))


def _value(row: Any) -> Any:
    """What a row of the pack says, by the first of these that it has."""
    names = ("value", "event", "cents", "persons", "rooms", "hotels")
    found = [said for name in names if (said := getattr(row, name, None)) is not None]
    return found[0] if found else ""


def _ask(ref: str, number: str, reading: Reading) -> Traced:
    entries = reading.of(f"ask/{number}")
    if not entries:
        raise NotFound(no_such("ask", number), "See 'partage ask'.")
    state = str(entries[-1].body["matter"]["state"])
    pieces = tuple(Piece(f"entry {e.no}", str(e.body["matter"]["state"]), 0) for e in entries)
    return Traced(ref, state, "state", pieces, True)


def _summed(ref: str, pieces: Sequence[Piece], unit: str) -> Traced:
    return Traced(ref, sum(p.number for p in pieces), unit, tuple(pieces), True)


def _net(entry: Entry, mine: Callable[[str], bool]) -> int:
    return sum(
        m["persons"] * (mine(m["to"]) - mine(m["from"])) for m in entry.body.get("moves", ())
    )


def before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
