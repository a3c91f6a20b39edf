"""The brief: what a minister's office, a province or a city is told of one closed night.

Every number in it is the value of a reference (``tracing``), so that the printed figure and the
record cannot part. Numbers are the same in both languages; words are chosen in ``brief_words``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from partage.core.errors import InputRefused, NotFound
from partage.packs.pack import Pack
from partage.report.ahead import Ahead, looking_ahead
from partage.report.brief_costs import NAMES, Cost, cost_of, month_to
from partage.report.brief_load import Load, carried, days_to_full, loads
from partage.report.options import Option, options
from partage.report.tracing import Reading, before, closed_night, end_of, pace_of, trace

To = Literal["federal", "province", "city"]
TO: tuple[To, ...] = ("federal", "province", "city")
LOOKS_BACK = 10  # days of published aggregates before a ledger begins
EXACT = ("not-found",)  # people without a roof are never rounded, in no copy


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its reference; ``earlier`` is what it is compared with, and from where."""

    id: str
    value: int
    ref: str
    earlier: int | None = None
    earlier_day: str = ""
    earlier_ref: str = ""
    earlier_ledger: bool = True

    @property
    def exact(self) -> bool:
        """Whether it is shown as it is in every copy."""
        return self.id in EXACT


@dataclass(frozen=True, slots=True)
class Standing:
    """One province on the day: persons due by the plan, hosted that night, places agreed; or unknown.

    ``carried``: exact persons that it still owes after the approved plans; below nought: it gave more.
    """

    region: str
    due: int | None
    hosted: int
    agreed: int | None
    carried: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Full:
    """Whole days until the free places for persons are used up at the pace of the day; None: no pace."""

    days: int | None
    ref: str


@dataclass(frozen=True, slots=True)
class Published:
    """A published aggregate of a day on which no ledger stood: not from the ledger."""

    day: str
    place: str
    measure: str
    value: str
    unit: str
    definition: str
    ref: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One closed night, for one reader; ``scope`` is a region or a city, "" for the whole country."""

    to: To
    scope: str
    day: date
    policy: str
    policy_mark: str
    head: tuple[int, str]
    synthetic: bool
    figures: tuple[Figure, ...]
    standings: tuple[Standing, ...]
    loads: tuple[Load, ...]
    full: Full
    published: tuple[Published, ...]
    ahead: tuple[Ahead, ...]
    options: tuple[Option, ...]
    costs: tuple[Cost, ...]
    hands: tuple[Figure, ...]
    asks: tuple[Mapping[str, Any], ...]
    review_on: str
    unknown: tuple[str, ...]
    assumptions: tuple[str, ...]

    def refs(self) -> list[str]:
        """Every reference in it."""
        found = [f.ref for f in (*self.figures, *self.hands)]
        found += [f.earlier_ref for f in self.figures if f.earlier_ref]
        found += (
            [p.ref for p in self.published]
            + [a.ref for a in self.ahead]
            + [o.ref for o in self.options]
        )
        found += [c.ref for c in self.costs]
        found += [f"ask/{a['ask']}" for a in self.asks]
        for one in self.standings:
            found += [f"night/{self.day}/hosted/{one.region}"]
            found += [f"due/{self.day}/{one.region}"] if one.due is not None else []
            found += [f"agreed/{self.day}/{one.region}"] if one.agreed is not None else []
            found += [f"carried/{self.day}/{one.region}"] if one.carried is not None else []
        found += [ref for one in self.loads for ref in (one.ref, one.agreed_ref)]
        found += [self.full.ref] if self.full.days is not None else []
        return found


def build_brief(
    reading: Reading,
    day: date,
    to: To,
    scope: str,
    *,
    asks: Mapping[str, Mapping[str, Any]],
    policy: str,
    head: tuple[int, str],
    synthetic: bool,
    with_options: bool = False,
) -> Brief:
    """The brief of a closed night; refused for one that is not closed, or a scope that is not there."""
    pack = reading.pack
    check_scope(to, scope, pack)
    closed_night(day, reading)
    known = pack.policies.get(policy)
    ahead = looking_ahead(pack, day, scope)
    return Brief(
        to, scope, day, policy, _policy_mark(reading, day), head, synthetic,
        tuple(_figure(name, scope, day, reading) for name in _five(to, scope, pack)),
        tuple(_standings(day, reading)), loads(reading, day, scope), _full(day, scope, reading),
        tuple(published_before(pack, day, reading)),
        ahead,
        options(pack) if with_options else (),
        _costs(to, scope, day, reading),
        tuple(Figure(name, trace(ref, reading).value, ref)  # type: ignore[arg-type]
              for name in ("lines", "approved", "overrides", "accepted", "declined")
              for ref in (f"day/{day}/{name}",)),
        tuple({"ask": n, **row} for n, row in sorted(asks.items(), key=_by_day)),
        str(known.review_on or "") if known else "",
        _unknown(pack, day, reading, forecast=bool(ahead)),
        (known.assumption,) if known and known.assumption else (),
    )  # fmt: skip


def check_scope(to: str, scope: str, pack: Pack) -> None:
    """Refuse a reader that is none, and a province or city that the pack does not have."""
    if to not in TO:
        raise InputRefused("A brief is to somebody else.", f"Use one of: {', '.join(TO)}.")
    regions = {str(region.id) for region in pack.regions}
    cities = {str(site.id).rpartition("/")[0] for site in pack.sites}
    fits = {"federal": scope == "", "province": scope in regions, "city": scope in cities}
    if not fits[to]:
        raise InputRefused(
            f"A brief to a {to} needs to say which, and one to the federal government does not.",
            "Give --region QC or --city ca-on/cornwall, or act as NAME:region@CA-QC.",
        )


def _five(to: To, scope: str, pack: Pack) -> tuple[str, ...]:
    home = str(pack.entry_points[0].region)
    last = "elsewhere" if to == "federal" or scope == home else "received"
    return ("not-found", "arrived", "waiting", "hosted", last)


def ref_of(name: str, scope: str, day: date) -> str:
    """The reference of one of the five figures."""
    tail = f"/{scope}" if scope and name not in ("not-found", "elsewhere") else ""
    return f"{'night' if name in ('not-found', 'waiting', 'hosted') else 'day'}/{day}/{name}{tail}"


def _figure(name: str, scope: str, day: date, reading: Reading) -> Figure:
    """The figure and what it was the day before: by the ledger, else as published, else not known."""
    ref = ref_of(name, scope, day)
    value = int(trace(ref, reading).value)
    yesterday = before(day)
    try:
        closed_night(yesterday, reading)
    except NotFound:
        return _against_published(name, value, ref, scope, day, reading)
    earlier = ref_of(name, scope, yesterday)
    return Figure(name, value, ref, int(trace(earlier, reading).value), str(yesterday), earlier)


def _against_published(
    name: str, value: int, ref: str, scope: str, day: date, reading: Reading
) -> Figure:
    """Arrivals of one day are published with the same definition; of nothing else is the same said."""
    if name == "arrived" and scope in ("", str(reading.pack.entry_points[0].region)):
        rows = [p for p in published_before(reading.pack, day, reading) if p.measure == "arrived"]
        if rows:
            last = max(rows, key=lambda p: p.day)
            return Figure(name, value, ref, int(last.value), last.day, last.ref, False)
    return Figure(name, value, ref)


def published_before(pack: Pack, day: date, reading: Reading) -> list[Published]:
    """Published aggregates of the days before, as far as no closed night of the ledger has them."""
    first = day - timedelta(days=LOOKS_BACK)
    out = []
    for number, row in enumerate(pack.history, start=2):
        if first <= row.day < day and not reading.of(f"day/{row.day}"):
            out.append(
                Published(str(row.day), row.place, row.measure, row.value, row.unit, row.definition,
                          f"pack/history/{number}")
            )  # fmt: skip
    return out


def _standings(day: date, reading: Reading) -> list[Standing]:
    out = []
    for region in reading.pack.regions:
        id_ = str(region.id)
        hosted = int(trace(f"night/{day}/hosted/{id_}", reading).value)
        due, agreed = (_or_none(f"{kind}/{day}/{id_}", reading) for kind in ("due", "agreed"))
        try:
            owed = carried(reading, day, id_, end_of(day, reading.pack))[0]
        except NotFound:
            owed = None
        if hosted or due or agreed or owed:
            out.append(Standing(id_, due, hosted, agreed, owed))
    return out


def _or_none(ref: str, reading: Reading) -> int | None:
    try:
        return int(trace(ref, reading).value)
    except NotFound:
        return None


def _costs(to: To, scope: str, day: date, reading: Reading) -> tuple[Cost, ...]:
    """The draft of that province, or of the one where people enter; a city claims nothing here."""
    if to == "city":
        return ()
    region = scope or str(reading.pack.entry_points[0].region)
    said = reading.statement(region, month_to(day))
    end = end_of(day, reading.pack)
    return tuple(cost_of(said, day, name, reading, end) for name in NAMES)


def _full(day: date, scope: str, reading: Reading) -> Full:
    days, _ = days_to_full(reading, day, scope, pace_of(day, scope, reading))
    return Full(days, f"full/{day}/days" + (f"/{scope}" if scope else ""))


def _policy_mark(reading: Reading, day: date) -> str:
    plans = [e for e in reading.of_day(day) if e.verb == "propose" and "policy_mark" in e.body]
    return str(plans[-1].body["policy_mark"]) if plans else ""


def _unknown(pack: Pack, day: date, reading: Reading, *, forecast: bool) -> tuple[str, ...]:
    """What is not known, by the names that ``brief_words`` has sentences for."""
    said = ["sizes", "onward"]
    if not reading.of(f"day/{before(day)}"):
        said.insert(0, "earlier-nights")
    if any(row.origin.assumption and not row.origin.source for row in pack.capacity):
        said.append("capacity-assumed")
    counted = {
        str(e.body["account"])
        for e in reading.of_day(day)
        if e.verb == "count" and "account" in e.body
    }
    hosted = trace(f"night/{day}/hosted", reading).pieces
    if any(p.what not in counted for p in hosted):
        said.append("not-counted")
    return (*said, *(() if forecast else ("forecast",)), "costs")


def _by_day(pair: tuple[str, Mapping[str, Any]]) -> tuple[str, str]:
    return str(pair[1]["asked_on"]), pair[0]


def shown(value: int, *, public: bool, exact: bool = False) -> int | None:
    """A number as a copy may show it: on a public one 0 to 5 is hidden and others are to the nearest 5."""
    if not public or exact:
        return value
    return None if value <= 5 else 5 * ((2 * value + 5) // 10)
