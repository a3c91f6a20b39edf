"""The office's own plans: every one is certified, in the order of its priorities, and stays so."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from arrayworlds import bound_again, worth
from daily import later, site_of, take_in
from fortnight import Fortnight
from offices import AT, DAY, opened
from partage.casework import solving
from partage.casework.compare import situation_of
from partage.casework.planning import place_households
from partage.casework.replay import plan_faults
from partage.compose import open_office
from partage.core.plan import Plan
from partage.core.streams import Stream
from partage.intake.arrivals import read_arrivals
from partage.intake.synthetic import synthetic_arrivals
from partage.ledger.facts import GENESIS, Entry, seal
from partage.office.office import Office
from partage.packs.loader import load_pack
from partage.place import tiers
from partage.place.certificate import Certificate
from partage.place.certify import certify, load_plan
from partage.place.instance import Instance, load_instance, tier_instance, tier_lift
from partage.place.mechanisms import MECHANISMS, TIER_BY_TIER
from partage.place.milp import solve_milp
from partage.place.npz import arrays_from_bytes, arrays_to_bytes
from partage.place.solved import NoPlanInTime, Solved, plan_value
from worlds import figures, household, policy, site, situation, small_worlds

PACK = load_pack()


def synthetic(persons: int, **more: object) -> Plan:
    """A day of the office under a policy of the pack, on synthetic people."""
    first = datetime(2023, 2, 19, 9, tzinfo=UTC)
    entry = PACK.entry_points[0].id
    data = synthetic_arrivals(
        Stream("a day"), persons, entry_point=entry, first=first, hours=23, prefix="0219"
    )
    households, _ = read_arrivals(data, PACK)
    chosen = PACK.policies[str(more.pop("policy", "redirect-all"))]
    return place_households(
        households, situation_of(PACK, date(2023, 2, 20)), chosen, PACK.figures,
        seed="s", as_if=True, **more,
    )  # fmt: skip


def test_each_priority_begins_with_the_plan_of_the_one_before(monkeypatch):
    begun, ended = [], []

    def watched(*asked, start):
        begun.append(start)
        solved = TIER_BY_TIER["optimum"](*asked, start=start)
        ended.append(solved.site_of)
        return solved

    monkeypatch.setattr(solving, "TIER_BY_TIER", {"optimum": watched})
    synthetic(40)
    assert len(begun) > 2
    assert (begun[0] == -1).all()
    for start, before in zip(begun[1:], ended, strict=False):
        np.testing.assert_array_equal(start, before)


def test_a_priority_without_time_is_told_as_the_plan_keeps_it(monkeypatch):
    """Found on a busy machine: the first search found nothing, a later one placed everybody."""
    asked = []

    def hurried(*given, start):
        asked.append(1)
        if len(asked) == 1:
            raise NoPlanInTime("The time is used up.")
        return TIER_BY_TIER["optimum"](*given, start=start)

    monkeypatch.setattr(solving, "TIER_BY_TIER", {"optimum": hurried})
    plan = synthetic(40)
    reached = dict(plan.tiers)
    assert reached["roof"] == sum(line.persons for line in plan.placed) > 0


def test_without_time_for_any_search_people_are_served_as_they_waited_and_the_plan_is_certified():
    """Seen with 2,000 households on a busy machine: the time was over at once, and nobody had a place."""
    hurried, simple = synthetic(40, seconds=0.0), synthetic(40, mechanism="greedy")
    assert {line.case: line.site for line in hurried.lines} == {
        line.case: line.site for line in simple.lines
    }
    assert hurried.tiers == simple.tiers
    assert dict(hurried.tiers)["roof"] > 0
    assert not hurried.proven
    assert hurried.price_bounds[-1] >= hurried.bound >= hurried.value
    check(hurried)


def test_a_search_that_is_cut_short_never_leaves_fewer_with_a_roof_than_serving_in_turn(
    monkeypatch,
):
    def cut_short(instance, *given, start):
        nobody = np.full(instance.households, -1, np.int32)
        return Solved(nobody, plan_value(instance, nobody), 10**9, False, 0.0)

    simple = synthetic(40, mechanism="greedy")
    monkeypatch.setattr(solving, "TIER_BY_TIER", {"optimum": cut_short})
    plan = synthetic(40)
    assert plan.tiers == simple.tiers
    check(plan)


def test_without_time_the_choice_of_a_person_stands_all_the_same():
    a, b = site("a", "CA-ON"), site("b", "CA-NB")
    here = situation([a, b], [{"person": 4, "room": 2}, {"person": 4, "room": 2}], [60, 900])
    plan = place_households(
        [household("H-1"), household("H-2")], here, policy("roof", "short-ride"), figures(),
        seed="s", chosen={"H-1": b.id}, seconds=0.0,
    )  # fmt: skip
    assert {line.case: line.site for line in plan.lines} == {"H-1": b.id, "H-2": a.id}
    check(plan)


def test_prices_found_by_the_way_are_those_that_would_be_found_again(monkeypatch):
    at_once = synthetic(90)
    asked, known = [], tiers._known
    monkeypatch.setattr(tiers, "_known", lambda *one: asked.append(known(*one)))
    again = synthetic(90)
    assert all(isinstance(one, Certificate) for one in asked)
    assert len(asked) == len(again.tiers)
    assert again.arrays == at_once.arrays
    check(again)


def certified(plan: Plan):
    instance, _ = load_instance(plan.arrays["instance"])
    return certify(instance, load_plan(plan.arrays["plan"], len(instance.keep_least)))


def naive(plan: Plan) -> tuple[dict, dict]:
    return arrays_from_bytes(plan.arrays["instance"]), arrays_from_bytes(plan.arrays["plan"])


def check(plan: Plan) -> None:
    """The plan certifies, and to what a reader of the docs works out from its two files."""
    said = certified(plan)
    assert said.faults == ()
    instance, solution = naive(plan)
    assert worth(instance, tuple(solution["site"].tolist())) == (
        plan.value, [tier.reached for tier in said.tiers],
    )  # fmt: skip
    assert said.price_bound == bound_again(instance, solution)
    bounds = [*(tier.price_bound for tier in said.tiers), said.price_bound]
    assert [int(b // 1) for b in bounds] == list(plan.price_bounds)
    assert [tier.least for tier in said.tiers] + [plan.value] == [v for _, v in plan.tiers]
    assert all(v <= b for (_, v), b in zip(plan.tiers, bounds, strict=True))


@pytest.mark.parametrize("name", sorted(PACK.policies))
def test_every_policy_of_the_pack_gives_certified_plans(name):
    check(synthetic(90, policy=name))


@pytest.mark.parametrize("name", sorted(MECHANISMS))
def test_whatever_mechanism_found_it_a_plan_is_certified(name):
    plan = synthetic(90, mechanism=name)
    check(plan)
    if name != "optimum":
        assert plan.bound < 10**9  # the prices, not "everybody at the best site and more"
        assert plan.bound <= plan.price_bounds[-1]


@given(small_worlds())
@settings(max_examples=40)
def test_plans_of_any_small_world_are_certified(world):
    people, here = world
    check(place_households(people, here, policy(), figures(), seed="s"))


def test_a_choice_by_hand_is_certified_against_all_that_was_possible():
    a, b = site("a", "CA-ON"), site("b", "CA-NB")
    here = situation([a, b], [{"person": 4, "room": 2}, {"person": 4, "room": 2}], [60, 900])
    people = [household("H-1"), household("H-2")]
    free = place_households(people, here, policy("roof", "short-ride"), figures(), seed="s")
    chosen = place_households(
        people, here, policy("roof", "short-ride"), figures(), seed="s", chosen={"H-1": b.id}
    )
    check(chosen)
    assert chosen.value < free.value <= chosen.price_bounds[-1]


# -- priorities in order ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["redirect-all", "quebec-share", "wishes-first", "population-2024"]
)
def test_no_lower_priority_costs_a_higher_one_on_the_office_s_own_problems(name):
    """Each priority, solved anew from the exported file by itself, reaches no more than was kept of it."""
    plan = synthetic(60, policy=name)
    assert plan.proven
    instance, _ = load_instance(plan.arrays["instance"])
    said = certified(plan)
    check_order(instance)
    assert [t.reached for t in said.tiers] == instance.keep_least.tolist()


def test_a_lower_priority_that_would_pay_a_thousand_times_more_still_costs_nothing_above():
    near, far = site("near", "CA-ON"), site("far", "CA-NB")
    here = situation(
        [near, far],
        [{"person": 5, "room": 1, "room.family": 0}, {"person": 5, "room": 0, "room.family": 1}],
        [50, 1500],
    )
    people = [household("H-1"), household("H-2", adults=2, children=2)]
    points = {"under_300_km": 1000, "under_600_km": 1}
    first = policy("roof", "short-ride")
    dear = tuple(replace(p, points=points) if p.id == "short-ride" else p for p in first.priorities)
    plan = place_households(people, here, replace(first, priorities=dear), figures(), seed="s")
    assert dict(plan.tiers)["roof"] == 5
    check(plan)


def test_days_of_an_office_with_links_ramps_and_overrides_keep_their_priorities_in_order():
    """Every plan certifies; each that was searched reaches of each priority what that alone could reach."""
    world = Fortnight("memory:", days=2, persons=70)
    list(world.nights())
    journal = world.office.journal
    proposals = [e for e in journal.read() if e.verb == "propose"]
    assert len(proposals) >= 2
    searched = 0
    for entry in proposals:
        assert plan_faults(entry, journal.blob) == []
        instance, _ = load_instance(journal.blob(entry.body["instance"]) or b"")
        assert len(np.unique(instance.need, axis=0)) > 2
        if entry.body["proven"]:
            searched += 1
            check_order(instance)
    assert searched


def check_order(instance: Instance) -> None:
    for tier in range(len(instance.keep_least)):
        alone = solve_milp(tier_instance(instance, tier), 30.0)
        assert alone.proven
        assert alone.value - tier_lift(instance, tier) == int(instance.keep_least[tier])


# -- the time that was given -----------------------------------------------------------------


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("name", ["optimum", "greedy"])
def test_the_time_given_holds_with_the_prices_of_every_priority(name, linked, monkeypatch):
    honest, prices = MECHANISMS[name], tiers.solve_prices

    def slow(instance, wishes, due, stream, budget):
        time.sleep(max(0.0, budget))
        return honest(instance, wishes, due, stream, 5.0)

    def slow_prices(instance, seconds=10.0):
        time.sleep(max(0.0, seconds))
        return prices(instance, 5.0)

    monkeypatch.setitem(MECHANISMS._parts, name, slow)
    monkeypatch.setattr(tiers, "solve_prices", slow_prices)
    monkeypatch.setattr(tiers, "_known", lambda *asked: None)  # as where a search was stopped
    here = situation(
        [site("a", "CA-ON"), site("b", "CA-ON")],
        [{"person": 3, "room": 2}, {"person": 3, "room": 2}], [60, 90],
    )  # fmt: skip
    links = {"H-1": ("H-2",), "H-2": ("H-1",)} if linked else {}
    people = [household(n, adults=2, links=links.get(n, ())) for n in ("H-1", "H-2")]
    begun = time.perf_counter()
    plan = place_households(people, here, policy(), figures(), seed="s", mechanism=name, seconds=2)
    taken = time.perf_counter() - begun
    assert 1.0 < taken < 2 + 0.5
    check(plan)
    assert len(plan.placed) == 2


def test_where_no_time_is_left_for_prices_the_plan_is_bounded_all_the_same(monkeypatch):
    monkeypatch.setattr(tiers._Clock, "left", lambda self: 0.0)
    here = situation([site("a", "CA-ON")], [{"person": 3, "room": 2}], [60])
    plan = place_households([household("H-1")], here, policy(), figures(), seed="s")
    check(plan)


# -- from the office to a stranger -----------------------------------------------------------


def test_what_propose_writes_is_what_certify_takes(office_desk):
    terminal, plan = office_desk
    files = [str(terminal.folder / "out" / name) for name in ("plan.instance.npz", "plan.npz")]
    answer = terminal("certify", *files, at="")
    assert answer.code == 0
    said = answer.json["data"]
    assert said["value"] == plan["value"]
    bounds = [Fraction(t["price_bound"]) for t in said["tiers"]] + [Fraction(said["price_bound"])]
    assert [int(b // 1) for b in bounds] == plan["price_bounds"]
    assert answer.json["marks"] == {"instance": plan["instance"], "plan": plan["solution"]}

    again = terminal("solve", files[0], "--out", str(terminal.folder / "again.npz"), at="")
    assert again.code == 0
    assert again.json["data"]["value"] == plan["value"]
    assert again.json["data"]["proven"]
    assert terminal("certify", files[0], str(terminal.folder / "again.npz"), at="").code == 0


def test_the_files_hold_nothing_of_the_people(office_desk):
    terminal, _ = office_desk
    for name in ("plan.instance.npz", "plan.npz"):
        arrays = arrays_from_bytes((terminal.folder / "out" / name).read_bytes())
        assert all(array.dtype.kind == "i" for array in arrays.values())


@pytest.fixture
def office_desk(tmp_path, capsys, monkeypatch):
    from cli.commands import Terminal
    from offices import arrivals

    for name in ("PARTAGE_DB", "PARTAGE_AS", "PARTAGE_AT", "PARTAGE_PACK", "PARTAGE_SEED"):
        monkeypatch.delenv(name, raising=False)
    terminal = Terminal(tmp_path, capsys)
    for code in ("ON", "QC", "NB", "NS"):
        assert terminal("agree", code, "--from-pack", who=f"c:region@CA-{code}").code == 0
    file = terminal.file(arrivals("a,1", "b,2", "c,4", "d,2,2"))
    assert terminal("register", file, who="anna:intake").code == 0
    answer = terminal(
        "propose", "--policy", "redirect-all", "--day", "2023-02-20",
        "--out", str(tmp_path / "out"), who="paul:placement",
    )  # fmt: skip
    assert answer.code == 0
    return terminal, answer.json["data"]


# -- verify works the prices out again, also when the people's data are gone -------------------


@pytest.fixture
def erased(tmp_path: Path) -> Path:
    """A journal with a plan, whose people's data were erased since."""
    path = tmp_path / "office.db"
    office = opened(f"sqlite:///{path}")
    cases = take_in(office, "a,1", "b,2", "c,2,2")
    office.acting("paul:placement").propose("redirect-all", DAY)
    where = site_of(office, "CA-QC", rooms="room")
    for case in cases:
        office.acting(f"q:site@{where}").arrive_late(case, where)
        office.acting(f"q:site@{where}").exit(case, "housing")
    later(office, days=731)
    for case in cases:
        office.acting("adam:admin").erase(case)
        assert office.journal.secrets(f"case/{case}") == []
    assert faults_of(office) == []
    office.journal.close()
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    return path


def faults_of(office: Office) -> list[str]:
    report = office.acting("rita:auditor").verify()
    return [f"{f.where} {f.what}" for f in report.findings if f.weight == "fault"]


def faults(path: Path) -> list[str]:
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=AT)
    try:
        return faults_of(office)
    finally:
        office.journal.close()


def proposal(path: Path) -> tuple[Entry, dict[str, bytes]]:
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=AT)
    entry = next(e for e in office.journal.read() if e.verb == "propose")
    blobs = {
        entry.body[name]: office.journal.blob(entry.body[name]) or b""
        for name in ("instance", "solution")
    }
    office.journal.close()
    return entry, blobs


def forge(path: Path, change) -> None:
    """Somebody with the file changes a proposal and seals the whole journal anew."""
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=AT)
    entries = list(office.journal.read())
    office.journal.close()
    plain = sqlite3.connect(path)
    prev = GENESIS
    for entry in entries:
        content = {**entry.content(), "prev": prev}
        if entry.verb == "propose":
            content["body"] = json.loads(json.dumps(entry.body))
            change(content["body"], plain)
        prev = seal(prev, content)
        plain.execute(
            "UPDATE entries SET body = ?, prev = ?, seal = ? WHERE no = ?",
            (
                json.dumps(content["body"], sort_keys=True, separators=(",", ":"), ensure_ascii=False),
                content["prev"], prev, entry.no,
            ),
        )  # fmt: skip
    plain.execute("UPDATE head SET seal = ?", (prev,))
    plain.commit()
    plain.close()


def test_a_forger_who_changes_nothing_leaves_a_clean_journal(erased):
    forge(erased, lambda body, plain: None)
    assert faults(erased) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda body, _: body["price_bounds"].__setitem__(-1, body["price_bounds"][-1] + 1),
            "bounds [",
        ),
        (lambda body, _: body["price_bounds"].__setitem__(0, 0), "bounds ["),
        (lambda body, _: body["price_bounds"].pop(), "bounds ["),
        (lambda body, _: body.pop("price_bounds"), "bounds ["),
        (lambda body, _: body.__setitem__("value", body["value"] + 1), "is worth"),
        (lambda body, _: body.__setitem__("bound", body["value"] - 1), "above the bound"),
    ],
)
def test_another_number_than_the_prices_give_is_found_under_new_seals_too(erased, change, says):
    forge(erased, change)
    (fault,) = faults(erased)
    assert says in fault


@pytest.mark.parametrize("name", ["instance", "solution"])
def test_a_changed_blob_is_found(erased, name):
    entry, blobs = proposal(erased)
    plain = sqlite3.connect(erased)
    data = blobs[entry.body[name]]
    plain.execute("UPDATE blobs SET data = ? WHERE mark = ?", (data[:-1] + b"x", entry.body[name]))
    plain.commit()
    plain.close()
    assert any("missing or changed" in fault for fault in faults(erased))


def changed_prices(data: bytes, **changes) -> bytes:
    arrays = arrays_from_bytes(data)
    return arrays_to_bytes(arrays | {n: change(arrays[n]) for n, change in changes.items()})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"price": lambda p: p + 10**6}, "bounds ["),
        ({"price": lambda p: p - 10**9}, "negative"),
        ({"tier0_price": lambda p: p + 10**9}, "bounds ["),
        ({"scale": lambda s: s * 0}, "scale"),
        ({"price": lambda p: p.astype(float)}, "float64"),
        ({"site": lambda s: np.full_like(s, -1)}, "was promised"),
    ],
)
def test_changed_prices_are_found_though_their_mark_was_forged_with_them(erased, changes, says):
    entry, blobs = proposal(erased)
    changed = changed_prices(blobs[entry.body["solution"]], **changes)
    found = plan_faults(
        entry, lambda mark: changed if mark == entry.body["solution"] else blobs[mark]
    )
    assert says in " ".join(f"{f.where} {f.what}" for f in found)


@pytest.mark.parametrize("name", ["instance", "solution"])
def test_a_blob_that_is_no_plan_is_a_fault_and_not_the_end_of_the_check(erased, name):
    entry, blobs = proposal(erased)
    wrong = {**blobs, entry.body[name]: b"junk"}
    (fault,) = plan_faults(entry, wrong.get)
    assert "cannot be judged" in fault.what


def test_the_certificate_of_every_priority_is_kept(erased):
    entry, blobs = proposal(erased)
    solution = arrays_from_bytes(blobs[entry.body["solution"]])
    tiers_kept = len(arrays_from_bytes(blobs[entry.body["instance"]])["keep_least"])
    assert tiers_kept >= 1
    for tier in range(tiers_kept):
        own = {
            n.removeprefix(f"tier{tier}_"): a
            for n, a in solution.items()
            if n.startswith(f"tier{tier}_")
        }
        assert Certificate.of(own).scale >= 1
