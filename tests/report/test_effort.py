"""The history of effort: three definitions side by side, exact, and unknown where nobody published."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from partage.core.rates import Payment
from partage.core.situation import Origin
from partage.packs.loader import load_pack
from partage.report.effort import (
    effort,
    effort_data,
    effort_tables,
    money,
    payments_apart,
)
from partage.report.owed import BASES, owed

PACK = load_pack()
ALL = [str(region.id) for region in PACK.regions]
KEYS = ("population", "half-population-half-gdp")
ROWS = effort(PACK, ALL, KEYS, {})


def test_claims_of_2023_are_those_that_the_other_table_shows():
    """Two roads: the twelve months here, and what ``due --received`` sets side by side."""
    shown = {r.region: r.received for r in owed(PACK, ALL) if r.basis == BASES[0]}
    here = {r.region: r.claims for r in ROWS if r.year == 2023}
    assert here["CA-QC"] == 65_195
    assert shown.pop("CA-QC") == 65_575, "the published year, which the rounded months do not reach"
    assert len(shown) == 12
    for region, received in shown.items():
        assert here[region] == received, region


def test_every_province_has_every_year_and_what_is_due_sums_to_what_was_claimed():
    years = sorted({r.year for r in ROWS})
    assert years == list(range(2015, 2024))
    assert len(ROWS) == len(years) * len(ALL)
    for year in years:
        mine = [r for r in ROWS if r.year == year]
        claims = sum(r.claims or 0 for r in mine)
        for key in KEYS:
            due = [r.due[key] for r in mine]
            assert all(d is None for d in due) or sum(d for d in due if d is not None) == claims
    assert all(r.due["population"] is None for r in ROWS if r.year == 2015), (
        "no population that year"
    )
    assert all(r.due["population"] is not None for r in ROWS if r.year > 2015)


def test_a_year_of_which_a_month_is_missing_is_not_made_up():
    fewer = tuple(
        f for f in PACK.figures
        if not (f.measure == "claims" and f.region == "CA-QC" and f.period == "2022-07")
    )  # fmt: skip
    rows = effort(replace(PACK, figures=fewer), ["CA-ON", "CA-QC"], ("population",), {})
    quebec = next(r for r in rows if (r.region, r.year) == ("CA-QC", 2022))
    assert quebec.claims is None
    assert quebec.due["population"] is None
    assert any("unknown" in row for row in effort_tables([quebec], [], [], PACK)[0].rows)


def test_net_is_worked_out_only_of_one_period_and_baskets_are_never_added():
    rows = money(PACK, ["CA-QC"])
    assert len(rows) >= 6
    assert all(row.net is None for row in rows), "no payment of the same period was published"
    apart = {(p.period, p.kind): p.cents for p in payments_apart(PACK, ["CA-QC"])}
    assert apart["2017/2022", "paid"] == 440_900_000_00
    assert {kind for _, kind in apart} == {"paid", "cumulative"}, "money set aside is no payment"
    cities = {p.recipient for p in payments_apart(PACK, ["CA-ON"])}
    assert cities >= {"City of Toronto", "City of Ottawa", "Region of Peel", "City of Hamilton"}
    city = Payment("City of Montreal", "CA-QC", "2022", "paid", 1, "v", Origin("a test"))
    made = Payment("Quebec", "CA-QC", "2023", "paid", 100_000_000_00, "v", Origin("a test"))
    more = replace(PACK, ihap_payments=(*PACK.ihap_payments, made, city))
    paid = {(m.cost.measure, m.period): m.net for m in money(more, ["CA-QC"])}
    by_year = {r.year: r for r in effort(more, ["CA-QC"], (), {})}
    assert by_year[2023].net == {
        "assistance-cost": Fraction(269_400_000), "costs-claimed": Fraction(476_900_000)
    }  # fmt: skip
    assert by_year[2022].net == {"assistance-cost": None}, "what a city got is not the province's"
    assert paid["costs-claimed", "2023"] == Fraction(476_900_000)
    assert paid["assistance-cost", "2023"] == Fraction(269_400_000)
    assert paid["costs-claimed", "2021/2022"] is None


def test_every_province_has_its_net_cost_by_year_beside_the_others_or_is_unknown():
    people, _ = effort_tables(ROWS, money(PACK, ALL), payments_apart(PACK, ALL), PACK)
    said = {(row[0], row[1]): row[-1] for row in people.rows}
    assert set(said) == {(region, str(year)) for region in ALL for year in range(2015, 2024)}
    assert said["CA-QC", "2023"] == (
        "assistance CAD 369,400,000, net unknown; claimed CAD 576,900,000, net unknown"
    )
    assert said["CA-ON", "2023"] == "unknown", "absence is not 0"
    assert len({f.measure for f in PACK.figures} & {"federal-payment"}) == 0, "one source: payments"


def test_it_is_said_of_each_number_what_it_is():
    costs, apart = money(PACK, ALL), payments_apart(PACK, ALL)
    people, dollars = effort_tables(ROWS, costs, apart, PACK)
    assert people.columns[:4] == ("region", "year", "claims there", "stock on 1 Jan. after")
    assert all(cost.cost.origin.source for cost in costs)
    assert "never added" in dollars.notes[0]
    data = effort_data(ROWS, costs, apart)
    assert len(data["people"]) == len(ROWS)
    assert {row["net"] for row in data["dollars"]} == {None}
    said = {row[5] for row in dollars.rows}
    assert any("paid, to City of Toronto, as of 7 February 2024" in one for one in said)
    assert any("cumulative" in note for note in dollars.notes)


def test_the_command_shows_it(capsys):
    import json

    from partage.faces.cli.main import run

    words = ["--json", "due", "population", "--persons", "161", "--day", "2023-02-20", "--by-year"]
    assert run([*words, "--regions", "ON,QC"]) == 0
    data = json.loads(capsys.readouterr().out.strip().splitlines()[-1])["data"]["by_year"]
    quebec = {r["year"]: r for r in data["people"] if r["region"] == "CA-QC"}
    assert quebec[2022]["claims"] == 58_750
    assert Fraction(quebec[2022]["due"]["population"]) < 58_750
