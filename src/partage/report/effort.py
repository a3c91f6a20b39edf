"""The history of effort: by province and year, what it received, what it was due, what it bore.

Three definitions side by side and never one number: people by place of claim and as a stock, the
persons that each key would have given it of the same year's claims, and dollars net of federal
payments. What nobody published is unknown, not 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from partage.core.errors import InputRefused
from partage.core.marks import plain
from partage.core.rates import Payment
from partage.core.situation import Figure
from partage.keys import shares_of
from partage.keys.reading import number
from partage.packs.pack import Pack
from partage.report.table import Table

COSTS = ("assistance-cost", "costs-claimed")  # two baskets, published apart and never added
SAID = {"assistance-cost": "assistance", "costs-claimed": "claimed"}


@dataclass(frozen=True, slots=True)
class Effort:
    """One region in one year: three definitions side by side, each unknown where nobody published it.

    ``due`` is the exact number of persons under each key; ``cost`` what it bore, by basket, and ``net``
    that less what was paid to it for exactly that year.
    """

    region: str
    year: int
    claims: int | None
    stock: int | None  # on 1 January of the next year
    due: Mapping[str, Fraction | None]
    cost: Mapping[str, Fraction] = field(default_factory=dict)
    net: Mapping[str, Fraction | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Money:
    """What a region was published to have spent or claimed over a period, and what was paid for it."""

    region: str
    period: str
    cost: Figure
    paid: Fraction | None

    @property
    def net(self) -> Fraction | None:
        """Cost less payment, only where both are of the same period; unknown otherwise."""
        return None if self.paid is None else number(self.cost) - self.paid


def effort(
    pack: Pack, regions: Sequence[str], keys: Sequence[str], params: Mapping[str, Any]
) -> list[Effort]:
    """Every region in every year of which all twelve months of claims stand in the pack."""
    claims = _claims_by_year(pack)
    years = sorted({year for region, year in claims if region in regions})
    bore = {(m.region, m.period, m.cost.measure): m for m in money(pack, regions)}
    stocks = {(f.region, f.period): int(number(f)) for f in pack.figures if f.measure == "stock"}
    out = []
    for year in years:
        given = {r: claims[r, year] for r in regions if (r, year) in claims}
        total = sum(given.values())
        shares = {key: _shares(pack, key, params, list(given), year, total) for key in keys}
        for region in regions:
            due = {
                key: None if found is None or region not in found else found[region] * total
                for key, found in shares.items()
            }
            stock = stocks.get((region, f"{year + 1}-01-01"))
            own = {c: bore[region, str(year), c] for c in COSTS if (region, str(year), c) in bore}
            cost = {name: number(m.cost) for name, m in own.items()}
            net = {name: m.net for name, m in own.items()}
            out.append(Effort(region, year, given.get(region), stock, due, cost, net))
    return out


def _claims_by_year(pack: Pack) -> dict[tuple[str, int], int]:
    months: dict[tuple[str, int], list[int]] = {}
    for figure in pack.figures:
        if figure.measure == "claims" and len(figure.period) == len("2023-02"):
            key = (figure.region, int(figure.period[:4]))
            months.setdefault(key, []).append(int(number(figure)))
    return {key: sum(found) for key, found in months.items() if len(found) == 12}


def _shares(
    pack: Pack, key: str, params: Mapping[str, Any], regions: Sequence[str], year: int, persons: int
) -> Mapping[str, Fraction] | None:
    """The shares as they could have been worked out at the end of that year; None without figures."""
    try:
        shares = shares_of(key, params, regions, pack.figures, date(year, 12, 31), persons=persons)
    except InputRefused:
        return None
    return {str(region): share for region, share in shares.of}


def money(pack: Pack, regions: Sequence[str]) -> list[Money]:
    """Costs that were published, each with what was paid to the province itself for exactly the same
    period, if that was published: what its cities got is not its own."""
    names = {str(r.id): r.name_en for r in pack.regions}
    paid = {
        (p.region, p.period): Fraction(p.cents, 100)
        for p in pack.ihap_payments
        if p.kind == "paid" and p.recipient == names.get(p.region)
    }
    return [
        Money(f.region, f.period, f, paid.get((f.region, f.period)))
        for f in pack.figures
        if f.measure in COSTS and f.region in regions
    ]


def payments_apart(pack: Pack, regions: Sequence[str]) -> list[Payment]:
    """Payments of periods for which no cost was published, to a province or to a city or region in it:
    shown, and set against nothing. Cumulative ones hold earlier ones, so that none are added."""
    costs = {(f.region, f.period) for f in pack.figures if f.measure in COSTS}
    return [
        p for p in pack.ihap_payments
        if p.kind != "appropriation" and p.region in regions and (p.region, p.period) not in costs
    ]  # fmt: skip


def effort_tables(
    rows: Sequence[Effort], costs: Sequence[Money], apart: Sequence[Payment], pack: Pack
) -> list[Table]:
    """People and shares by year, then dollars: side by side, with what each number is."""
    keys = list(rows[0].due) if rows else []
    people = Table(
        "what each received, what each key would have given it of the same year's claims, what it bore",
        ("region", "year", "claims there", "stock on 1 Jan. after", *(f"due: {key}" for key in keys),
         "cost, net of transfers"),
        tuple(
            (row.region, str(row.year), _whole(row.claims), _whole(row.stock),
             *(_due(row, key) for key in keys), _net(row))
            for row in rows
        ),
        ("claims: by place of claim, twelve published months, rounded to 5 by their source; "
         "due: persons of the claims in the regions "
         "named, and claims above (+) or below (-) it; a key sees figures to the end of the year; "
         "unknown: not published, or a figure of the key is missing",
         "three definitions that are never one number: people, persons due, dollars; cost: what was "
         "published for that calendar year, by basket, never added; net of transfers: less "
         "what was paid to the province itself for exactly that year"),
    )  # fmt: skip
    lines = [
        (m.region, m.period, _dollars(number(m.cost)),
         "not published" if m.paid is None else _dollars(m.paid),
         "unknown" if m.net is None else _dollars(m.net), m.cost.definition)
        for m in costs
    ]  # fmt: skip
    lines += [(p.region, p.period, "not published", _dollars(Fraction(p.cents, 100)), "unknown",
               f"Interim Housing Assistance Program, {p.kind}, to {p.recipient}, {p.vintage}")
              for p in apart]  # fmt: skip
    dollars = Table(
        "what was borne in dollars, net of federal payments where both are of one period",
        ("region", "period", "cost", "federal payment", "net", "what it is"),
        tuple(lines),
        ("two baskets are never added, and a payment of other years is set against nothing",
         "payments are as published, by recipient; a cumulative one holds earlier ones: never added",
         *dict.fromkeys(f"{m.cost.definition}: {m.cost.origin}" for m in costs),
         *dict.fromkeys(f"Interim Housing Assistance Program: {p.origin}" for p in apart)),
    )  # fmt: skip
    return [people, dollars]


def effort_data(
    rows: Sequence[Effort], costs: Sequence[Money], apart: Sequence[Payment]
) -> dict[str, Any]:
    """The same as plain JSON, fractions exact."""
    return {
        "people": [
            {"region": r.region, "year": r.year, "claims": r.claims, "stock_after": r.stock,
             "due": plain(dict(r.due)), "cost": plain(dict(r.cost)), "net": plain(dict(r.net))}
            for r in rows
        ],
        "dollars": [
            {"region": m.region, "period": m.period, "measure": m.cost.measure, "cost": m.cost.value,
             "paid": plain({"paid": m.paid})["paid"], "net": plain({"net": m.net})["net"]}
            for m in costs
        ],
        "payments_apart": [
            {"region": p.region, "recipient": p.recipient, "period": p.period, "kind": p.kind,
             "cents": p.cents, "vintage": p.vintage}
            for p in apart
        ],
    }  # fmt: skip


def _whole(value: int | None) -> str:
    return "unknown" if value is None else f"{value:,}"


def _due(row: Effort, key: str) -> str:
    due = row.due[key]
    if due is None or row.claims is None:
        return "unknown"
    return f"{round(due):,} ({round(row.claims - due):+,})"


def _net(row: Effort) -> str:
    """What it bore that year, by basket; where no transfer of that year was published, net is unknown."""
    said = [
        f"{SAID[name]} {_dollars(cost)}, net "
        + ("unknown" if (net := row.net[name]) is None else _dollars(net))
        for name, cost in row.cost.items()
    ]
    return "; ".join(said) or "unknown"


def _dollars(value: Fraction) -> str:
    return f"CAD {round(value):,}"
