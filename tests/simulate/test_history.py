"""History as the test: nothing later is read, what was read is listed, misses are told as misses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from partage.core.errors import InputRefused
from partage.faces.cli.main import run
from partage.packs.hindcasts import parse_hindcast
from partage.packs.periods import span
from partage.packs.scenario_base import read_toml
from partage.simulate import hindcast as module
from partage.simulate import history as looking_back
from partage.simulate import rehearsed
from partage.simulate.ahead import known_panel
from partage.simulate.hindcast import Said, foretell
from partage.simulate.history import judged, scored
from partage.simulate.reading import Reading, cut
from partage.simulate.rehearsed import (
    apart_of,
    level_rehearsed,
    recounted,
    rehearse_months,
    rehearse_paths,
)
from scenarios import the_pack

UNTIL, SEED = date(2023, 2, 16), "a seed for tests"
LEFT_OUT = date(2023, 2, 11), date(2023, 2, 13)
FILE = Path(module.__file__).parents[1] / "packs" / "canada" / "hindcasts" / "february-2023.toml"


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    monkeypatch.setattr(module, "DRAWS", 120_000)
    monkeypatch.setattr(looking_back, "RUNS", 2_000)
    monkeypatch.setattr(looking_back, "PARTS", 2)
    monkeypatch.setattr(rehearsed, "EVERY", 9)


def the_hindcast():
    return the_pack().hindcasts["february-2023"]


class Later:
    """A row that may be asked for its date and what it is of, and for nothing else."""

    def __init__(self, row):
        self._row = row

    def __getattr__(self, name):
        if name in ("day", "period", "measure"):
            return getattr(self._row, name)
        raise AssertionError(f"a later row was read: its {name}")


def late(row) -> bool:
    if hasattr(row, "period"):
        return span(row.period)[1] > UNTIL
    return row.day > UNTIL or LEFT_OUT[0] <= row.day <= LEFT_OUT[1]


def locked(but=lambda row: False):
    """The pack, with every later or left-out row of its history and figures under lock."""

    def lock(rows):
        return tuple(Later(r) if late(r) and not but(r) else r for r in rows)

    pack = the_pack()
    return replace(
        pack,
        history=lock(pack.history),
        figures=lock(pack.figures),
        events=tuple(Later(e) if e.day > UNTIL else e for e in pack.events),
    )


def arrived(row) -> bool:
    return getattr(row, "measure", "") == "arrived-in-three-days"


def test_no_later_row_is_touched_but_the_one_that_is_given():
    told = foretell(locked(but=arrived), the_hindcast(), SEED)
    assert [s.what for s in told.said][-1] == "offer to all"
    uses = {
        (r.use, r.table, r.day)
        for r in told.rows
        if r.day > UNTIL or LEFT_OUT[0] <= r.day <= LEFT_OUT[1]
    }
    assert uses == {("given", "history", date(2023, 2, 13))}
    with pytest.raises(AssertionError, match="a later row was read"):  # the lock locks
        judged(locked(), told)


def test_what_came_later_changes_nothing_and_what_came_before_does():
    def doubled(which):
        pack = the_pack()
        return replace(
            pack,
            history=tuple(
                replace(r, value=str(2 * int(r.value))) if which(r) and not arrived(r) else r
                for r in pack.history
            ),
            figures=tuple(
                replace(f, value=str(2 * int(f.value)))
                if which(f) and f.measure.startswith("claims") else f
                for f in pack.figures
            ),
        )  # fmt: skip

    said = foretell(the_pack(), the_hindcast(), SEED).said
    assert foretell(doubled(late), the_hindcast(), SEED).said == said
    assert foretell(doubled(lambda r: not late(r)), the_hindcast(), SEED).said != said


def test_rows_are_cut_by_their_date_whatever_their_order():
    pack = the_pack()
    days = [r.day for r in pack.history]
    assert days != sorted(days)  # the count of 30 January stands last
    for rows in (pack.history, pack.history[::-1]):
        found = Reading(replace(pack, history=rows), UNTIL, LEFT_OUT).reports(
            "moved-since-2022-06-30"
        )
        assert [(str(r.day), r.value) for r in found if "Niagara" in r.place] == [
            ("2023-01-30", "2488"), ("2023-02-16", "2841"),
        ]  # fmt: skip
    seen = cut(pack, UNTIL, LEFT_OUT)
    assert {r.measure for r in seen.history} == {
        "moved-since-2022-06-30"
    }  # not the 93 % of the 19th
    assert {e.event for e in seen.events} == {""}  # the words tell what came of it
    assert max(e.day for e in seen.events) <= UNTIL
    assert max(one.last for one in seen.claimants) == 12 * 2023  # January
    assert not seen.scenarios
    assert max(span(f.period)[1] for f in seen.figures) <= UNTIL


def test_two_tables_that_know_the_end_are_nowhere_in_the_pack():
    folder = FILE.parents[1]
    names = {path.name for path in folder.rglob("*")}
    assert not names & {"stca_before_after.csv", "planning_constants_derived.csv"}
    for path in FILE.parents[3].rglob("*.py"):
        words = path.read_text("utf-8")
        assert not any(n in words for n in ("stca_before_after", "planning_constants")), path


def test_bands_hold_or_miss_and_the_priors_are_said_to_outnumber_the_counts():
    told = foretell(the_pack(), the_hindcast(), SEED)
    verdicts, rows = judged(the_pack(), told)
    assert {v.said.what: v.published for v in verdicts} == {
        "Niagara Falls ON": 4313, "Cornwall ON": 1396, "Windsor ON": 720, "Ottawa ON": 702,
        "offer to all": 475,
    }  # fmt: skip
    assert {r.use for r in rows} == {"truth"}
    assert all(v.said.low <= v.said.middle <= v.said.high for v in verdicts)
    low = replace(verdicts[0], published=verdicts[0].said.low - 1)
    assert replace(low, published=verdicts[0].said.low).holds
    assert not low.holds
    assert len(told.counts) == 3
    assert len(told.learned) + told.mixes == 15
    for one in told.learned:
        assert one.prior.origin.source or one.prior.origin.assumption
        assert one.prior.least <= one.low <= one.high <= one.prior.most
    assert told.said[0].low >= 2841  # what was counted never falls


def test_a_scenario_that_may_know_nothing_later_is_judged_on_what_came():
    pack = the_pack()
    done = scored(pack, "agreement-2023", SEED)
    until = done.scenario.nothing_after

    def doubled(figure):
        later = span(figure.period)[1] > until and figure.measure.startswith("claims")
        return replace(figure, value=str(2 * int(figure.value))) if later else figure

    def later(one):
        keep = 12 * 2023 + 2 - one.first  # to February 2023
        low, high = (
            (*cells[:keep], *(c and 2 * c for c in cells[keep:])) for cells in (one.low, one.high)
        )
        return replace(one, low=low, high=high)

    changed = replace(
        pack, figures=tuple(doubled(f) for f in pack.figures), claimants=tuple(map(later, pack.claimants)),
        events=tuple(e for e in pack.events if e.day <= until),
    )  # fmt: skip
    twice = scored(changed, "agreement-2023", SEED)
    assert [v.said for v in twice.verdicts] == [v.said for v in done.verdicts]
    assert [v.published for v in twice.verdicts] == [2 * v.published for v in done.verdicts]
    assert all(r.day <= until for r in done.rows if r.use == "calibration")
    assert {r.day.month for r in done.rows if r.use == "truth"} == set(range(4, 13))
    assert dict(done.parameters)["visa"] == 0
    (both,) = done.apart
    assert {both.one, both.other} == {"visa", "protocol-elsewhere"}
    assert not both.told


def test_what_was_known_is_foretold_from_what_was_known_before_it():
    (count,) = recounted(the_pack(), the_hindcast(), SEED)
    assert (count.said.what, count.published) == ("Niagara Falls ON", 2841)
    assert count.said.low < 2700 < 2900 < count.said.high  # it may be missed, and it is not sure
    level = level_rehearsed(the_pack(), the_hindcast())
    assert (level.tried, level.held) == (37, 30)
    assert rehearse_months([(n, 1.0 if n < 20 else 5.0) for n in range(21)]).held == 8
    assert apart_of([(0, 3), (1, 4), (4, 7), (8, 9)]) == 3


def test_the_forecast_behind_a_scenario_is_tried_on_earlier_months_alone(monkeypatch):
    monkeypatch.setattr(rehearsed, "EVERY", 1)
    monkeypatch.setattr(rehearsed, "PATHS", 100)
    panel = known_panel(the_pack(), date(2023, 3, 24)).rows(["CA-QC/land_border", "CA-ON/airport"])
    streams = [(("CA-QC/land_border", 1),), (("CA-ON/airport", 1),)]
    border, airport = rehearse_paths(panel, streams, 9, looking_back.CLOSED, SEED)
    assert border.tried == airport.tried == 29
    assert border.apart == 3
    assert border.held < airport.held <= 29  # the surge of 2017 was in nobody's band


def test_what_lies_within_the_error_of_the_draw_is_said_to():
    near = looking_back.Verdict(Said("x", 100, 150, 200, error=4), 203)
    assert near.close
    assert not near.holds
    assert not replace(near, published=205).close


def test_causes_with_a_month_of_their_own_are_told_apart():
    scenario = the_pack().scenario("agreement-2023")
    early = tuple(
        replace(e, first_day=date(2022, 12, 1)) if e.id == "visa" else e for e in scenario.effects
    )
    found = looking_back._apart(replace(scenario, effects=early), date(2023, 2, 28))
    assert [one.known for one in found] == [3]
    assert found[0].told


def test_a_scenario_that_reads_everything_is_no_test():
    with pytest.raises(InputRefused, match="no test"):
        scored(the_pack(), "practice-2022-23", SEED)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("predicts", date(2023, 1, 1), "wrong order"), ("without_last", date(2023, 1, 1), "wrong order"),
        ("colour", 1, "not known"), ("until", "soon", "not a day"),
    ],
)  # fmt: skip
def test_a_bad_head_is_refused(name, value, said):
    raw = read_toml(FILE.read_bytes(), "f.toml")
    raw["hindcast"][name] = value
    with pytest.raises(InputRefused, match=said):
        parse_hindcast(raw, "f.toml")


@pytest.mark.parametrize(
    ("change", "said"),
    [({"least": 3.0}, "Least comes first"), ({"shape": "wish"}, "Known: even"),
     ({"shape": "log"}, "log above 0"), ({"assumption": ""}, "neither a source")],
)  # fmt: skip
def test_a_bad_parameter_is_refused(change, said):
    raw = read_toml(FILE.read_bytes(), "f.toml")
    raw["parameter"][0].update(change)
    with pytest.raises(InputRefused) as refused:
        parse_hindcast(raw, "f.toml")
    assert said in f"{refused.value.what} {refused.value.do}"


def test_a_pack_without_the_count_is_told_what_to_add():
    bare = replace(the_pack(), history=())
    with pytest.raises(InputRefused, match="Niagara Falls ON, Windsor ON"):
        foretell(bare, the_hindcast(), SEED)


def test_the_command_prints_bands_misses_and_what_was_read(capsys):
    assert run(["--json", "simulate", "--history"]) == 0
    out = capsys.readouterr()
    data = json.loads(out.out.splitlines()[-1])["data"]
    assert (data["free_parameters"], data["observations"]) == (15, 3)
    missed = [b["what"] for b in data["bands"] if not b["holds"]]
    assert missed == ["Niagara Falls ON", "Cornwall ON"]  # as the page says
    assert run(["simulate", "--history", "redirect-all"]) == 2
