"""What a comparison counts, worked out by hand on a small world; the audit; the impact preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partage.casework.compare import Compared, compare
from partage.casework.planning import place_households
from partage.casework.triggers import over_threshold
from partage.core.household import Profile
from partage.core.policy import Rule, Source, Trigger
from partage.packs.loader import load_pack
from partage.report.audit import HIDDEN, SMALL, Place, hide_small, proxy_audit
from partage.report.differences import differences, hidden
from partage.report.measures import measure
from worlds import figures, household, policy, site, situation

PACK = load_pack("canada")
DAY = date(2023, 2, 20)
QC, ON = Profile(wishes=("CA-QC",)), Profile(wishes=("CA-ON",))  # type: ignore[arg-type]


def people():  # type: ignore[no-untyped-def]
    entry = {"official_language": "en"}
    return [
        household("H-1", adults=2, profile=ON, **entry),
        household("H-2", adults=1, profile=QC, care=("clinic.fr",), **entry),
        household("H-3", adults=2, children=2, **entry),
        household("H-4", adults=1, holds="protected-path", **entry),
    ]


@pytest.fixture(scope="module")
def two() -> list[Compared]:
    names = ("redirect-all", "wishes-first")
    return compare(PACK, [PACK.policy(n) for n in names], [(DAY, people())], seed="s")


def test_the_counts_by_hand(two):
    redirect, wishes = (measure(one, PACK) for one in two)
    assert (redirect.persons, redirect.placed, redirect.unplaced, redirect.outside) == (8, 7, 0, 1)
    assert (redirect.wishes_stated, redirect.wishes_met) == (3, 2)  # H-1 wished for Ontario
    assert (wishes.wishes_stated, wishes.wishes_met) == (3, 3)
    assert (redirect.language_asked, redirect.language_met) == (1, 1)
    assert sum(row.placed for row in redirect.regions) == 7
    assert sum(row.due or 0 for row in redirect.regions) == 7
    assert redirect.longest_km == max(
        PACK.distances["ca-qc/roxham-road", row.site] for row in redirect.sites if row.placed
    )


def test_the_cost_is_the_tariff_of_the_site_that_covers_the_day_else_of_the_country(two):
    result = measure(two[0], PACK)
    niagara = sum(r.placed for r in result.sites if "niagara" in r.site)
    assert result.cost_per_day == 208 * niagara + 205 * (7 - niagara)
    assert all("grade" in note for note in result.cost_notes)
    without = replace(PACK, tariffs=())
    blank = measure(two[0], without)
    assert blank.cost_per_day == 0
    assert all("not counted" in note for note in blank.cost_notes)


def test_declines_are_a_stated_share_of_those_sent_where_they_did_not_ask(two):
    result = measure(two[0], PACK)
    assert result.decline_asked == 5  # all but the two of H-1
    assert result.declines == Fraction(7, 100) * 5
    assert "assumed" in result.decline_note
    unknown = measure(two[0], replace(PACK, figures=()))
    assert unknown.declines is None  # unknown, never 0


def test_for_whom_two_policies_differ(two):
    found = differences(*two)
    everybody = found.groups[0]
    assert (everybody.group, everybody.households) == ("everybody", 3)
    assert sum(n for _, _, n in found.moves) == 3
    same = differences(two[0], two[0])
    assert all(row.otherwise == 0 for row in same.groups)
    assert (hidden(0), hidden(1), hidden(4), hidden(5), hidden(1234)) == (
        "0",
        "1-4",
        "1-4",
        "5",
        "1,234",
    )


def test_a_trigger_asks_for_days_in_a_row_and_an_unknown_day_breaks_it():
    trigger = Trigger("CA-QC", "person", 100, 3, Source("t"))  # type: ignore[arg-type]
    over, under = (11, 10), (10, 10)
    days = [DAY + timedelta(days=n) for n in range(6)]
    assert trigger.met_on(dict(zip(days, [over] * 3, strict=False))) == days[2]
    assert (
        trigger.met_on(dict(zip(days, [over, over, under, over, over, over], strict=True)))
        == days[5]
    )
    assert trigger.met_on({days[0]: over, days[1]: over, days[3]: over}) is None
    assert trigger.met_on({}) is None
    assert trigger.met_on({days[0]: (5, 0), days[1]: (5, 0), days[2]: (5, 0)}) == days[2]


def test_a_trigger_is_watched_over_the_days_of_a_comparison():
    """18 persons a day into Quebec's 300 places: above 5 % on the second and on the third day."""
    trigger = Trigger("CA-QC", "person", 5, 2, Source("t"))  # type: ignore[arg-type]
    elsewhere = tuple(r.id for r in PACK.regions if r.id != "CA-QC")
    rule = Rule(1, elsewhere, (), (), (), Source("t"))
    own = replace(PACK.policy("quebec-share"), triggers=(trigger,), key=None, rules=(rule,),
                  priorities=PACK.policy("quebec-share").priorities[:1])  # fmt: skip
    days = [
        (DAY + timedelta(days=n), [household(f"H-{n}-{k}", adults=2) for k in range(9)])
        for n in range(3)
    ]
    (result,) = compare(PACK, [own], days, seed="s")
    assert result.triggered() == [(trigger, DAY + timedelta(days=2))]
    assert measure(result, PACK).triggers == (f"{trigger}: met on {DAY + timedelta(days=2)}",)
    (shorter,) = compare(PACK, [own], days[:2], seed="s")
    assert shorter.triggered() == [(trigger, None)]


def test_a_survey_says_when_a_trigger_is_over_its_threshold_today():
    trigger = Trigger("CA-QC", "person", 50, 7, Source("t"))  # type: ignore[arg-type]
    watched = replace(PACK.policy("quebec-share"), triggers=(trigger,))
    here = situation([site("b", "CA-QC")], [{"person": 10}], [60])
    half = replace(here, load={here.sites[0].id: {"person": 5}})
    more = replace(here, load={here.sites[0].id: {"person": 6}})
    assert over_threshold([watched], half) == ()
    (finding,) = over_threshold([watched], more)
    assert "6 person in use or held in CA-QC" in finding.what
    assert "7 such day(s) in a row" in finding.do


# -- the proxy audit ------------------------------------------------------------------------


def test_the_audit_counts_persons_by_destination_and_hides_small_cells():
    places = [site("a", "CA-ON"), site("b", "CA-QC")]
    world = situation(places, [{"person": 40, "room": 20}] * 2, [100, 60])
    crowd = [household(f"H-{n}", profile=Profile("HTI" if n < 9 else "TUR")) for n in range(11)]
    plan = place_households(crowd, world, policy("roof"), figures(), seed="s")
    nationality, language = proxy_audit(
        [Place(x.case, x.persons, x.region) for x in plan.lines], {h.id: h for h in crowd}
    )
    assert nationality.columns == ("", "CA-ON")
    assert nationality.rows == (("HTI", HIDDEN), ("TUR", HIDDEN))  # 9 and 2: the sum is known
    assert language.rows == (("not stated", "11"),)
    assert "H-" not in str(nationality)


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_hidden_cell_can_be_worked_out_from_sums(cells):
    rows = [f"g{n}" for n in range(len(cells))]
    columns = ["x", "y", "z"]
    counts = {(r, c): cells[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
    shown = hide_small(counts, rows, columns)
    for cell, number in counts.items():
        assert (shown[cell] == HIDDEN) or (shown[cell] == f"{number:,}" and not 0 < number < SMALL)
    for line in [[(r, c) for c in columns] for r in rows] + [
        [(r, c) for r in rows] for c in columns
    ]:
        if len(line) > 1:
            assert sum(shown[cell] == HIDDEN for cell in line) != 1
