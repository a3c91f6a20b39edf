"""The benchmark: instances from their names, peers that may fail, plans judged, a page that tells."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import engine
import instances
import judge
import kept
import page
import peers
import replan
import webpage
from apart import Child
from bout import Bout
from figures import not_behind, proven_in, within_linear
from office_days import office_day
from ours import prices_of
from partage.core.streams import Stream
from partage.place.certificate import bound_of
from partage.place.certify import PlanFile, certify
from partage.place.instance import Instance, instance_from
from partage.place.mechanisms import MECHANISMS
from program import whole_format
from table import ROWS

ROOT = Path(__file__).resolve().parents[2]
PINNED = {
    "day": "686b1c21c5daaaa686de2cc9cf033bf2b5f65e9e2cc5990809d028e0591ae7c5",
    "week": "8388974d091a9c852a354453cac2870d600a4cf3520cd744ad240a29368dad0d",
}
TOLD = kept.Told("2023-02-20 12:00 UTC", "abc", "p", 2, 24, "Linux", 0.0, {}, 1, 1)


def bench(*words: str, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "bench" / "engine.py"), *words, "--out", str(out)]
    return subprocess.Popen(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # a job in the background is born deaf to interrupts; this one is to hear them
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


# Instances


@pytest.mark.parametrize("name", PINNED)
def test_the_named_instances_are_the_same_to_the_bit(name: str) -> None:
    mark = instances.mark_of(instances.arrays_of(name))
    assert mark == PINNED[name]
    assert instances.reference_of(name, mark)["integer_optimum"]


def test_a_reference_holds_for_no_other_arrays() -> None:
    arrays = instances.arrays_of("day")
    arrays["value"][0, 0] += 1
    assert instances.reference_of("day", instances.mark_of(arrays)) == {}
    assert instances.reference_of("day@3", instances.mark_of(instances.arrays_of("day@3"))) == {}


@pytest.mark.parametrize("name", instances.ODD)
def test_the_odd_structures_are_what_their_names_say(name: str) -> None:
    first, again = instances.arrays_of(f"{name}@5"), instances.arrays_of(f"{name}@5")
    assert instances.mark_of(first) == instances.mark_of(again)
    assert instances.mark_of(first) != instances.mark_of(instances.arrays_of(f"{name}@6"))
    instance, findings = instance_from(first)
    assert not findings
    need, room = instance.need.astype(int).sum(0), instance.capacity.sum(0)
    allowed = instance.value >= 0
    places = np.bincount(instance.region, instance.capacity[:, 0])
    shown = {
        "overload": room[0] <= 0.7 * need[0],
        "no-slack": (room == need).all() and instance.capacity[:, 0].min() > 0,
        "all-ties": (instance.value == 5000 * instance.need[:, :1].astype(int))[allowed].all(),
        "one-service": (instance.capacity[:, 1] < need[1] / instance.sites).all(),
        "of-eight": (instance.need[:, 0] == 8).all() and (instance.capacity[:, 0] % 8 != 0).all(),
        "one-giant": instance.capacity[0, 0] >= 0.9 * need[0],
        "forbidden40": abs(allowed.mean() - 0.6) < 0.02,
        "dues-unmet": (instance.region_floor[:2] > places[:2]).all()
        and instance.region_floor[2] > instance.region_ceiling[2],
    }
    assert shown[name]


def test_an_office_day_has_tiers_links_limits_and_dues() -> None:
    small = office_day(2, households=24, sites=8)
    assert small.to_bytes() == office_day(2, households=24, sites=8).to_bytes()
    assert len(small.keep_least) == 3  # roof, wish and due, before the short ride
    assert small.households < 24  # linked pairs are one row
    assert small.region_floor.sum() > 0
    assert small.need.shape[1] == 10


# Peers


@pytest.mark.parametrize("name", ["office", "dues-unmet"])
def test_a_peer_and_the_engine_find_the_same_optimum(name: str, tmp_path: Path) -> None:
    """Their program is built on its own: ours cannot hide a fault from it."""
    if name == "office":
        small = office_day(2, households=24, sites=8)
        arrays = {field: getattr(small, field) for field in Instance.__dataclass_fields__}
    else:
        arrays = instances.arrays_of(name)
        for field in ("value", "need", "unplaced", "count"):
            arrays[field] = arrays[field][::10]
        arrays["capacity"] = -(-arrays["capacity"] // 10)
        arrays["floor"] = arrays["floor"] // 10
        arrays["region_floor"] = arrays["region_floor"] // 10
        arrays["region_ceiling"] = np.where(
            arrays["region_ceiling"] < 2**31 - 1, arrays["region_ceiling"] // 10, 2**31 - 1
        )
    instance, _ = instance_from(arrays)
    ours = MECHANISMS["optimum"](instance, None, None, Stream("a seed", "bench"), 30.0)
    theirs = peers.highs_milp_exact(whole_format(arrays), 30)()
    no_prices = (None,) * (len(instance.keep_least) + 1)
    judged = certify(instance, PlanFile(theirs["site"], None, no_prices))
    assert [fault.where for fault in judged.faults] == ["certificate"]  # a peer has no prices
    assert ours.proven
    assert theirs["optimal"]
    assert judged.value == ours.value
    linear = peers.highs_lp(whole_format(arrays), 30)()
    prices = prices_of(instance, 30.0)
    assert linear["bound"] == pytest.approx(bound_of(instance, prices) / prices.scale, rel=1e-6)


def test_grouped_rows_reach_a_peer_as_counts() -> None:
    arrays = instances.generate(N=60, M=4, profiles=10)
    found = peers.highs_milp(whole_format(arrays), 30)()
    assert (found["counts"].sum(1) <= arrays["count"]).all()
    assert found["counts"].sum() > 50  # of 60 households in 10 rows


def test_a_peer_gets_more_rows_than_a_region_number_holds() -> None:
    households = 40_000
    arrays = {
        "value": np.ones((households, 2), np.int32), "need": np.ones((households, 1), np.int16),
        "capacity": np.full((2, 1), households, np.int32), "floor": np.zeros(2, np.int32),
        "floor_penalty": np.int32(0), "unplaced": np.zeros(households, np.int32),
        "count": np.ones(households, np.int32), "region": np.array([0, 1], np.int16),
        "region_ceiling": np.array([5, 7], np.int32), "region_floor": np.zeros(2, np.int32),
    }  # fmt: skip
    assert peers.highs_ipm(whole_format(arrays), 30)()["bound"] == pytest.approx(12)


def test_a_peer_says_where_it_does_not_apply() -> None:
    assert peers.applies("min-cost-flow", instances.arrays_of("unit1000"))
    assert not peers.applies("min-cost-flow", instances.arrays_of("day"))
    pairs = instances.generate(N=20, M=3, K=0, size_of_all=2)
    assert not peers.applies("min-cost-flow", pairs)
    assert not peers.applies("matching", instances.arrays_of("dues-unmet"))


def test_a_child_that_overruns_or_dies_is_an_answer(tmp_path: Path) -> None:
    slow, dead = tmp_path / "slow.py", tmp_path / "dead.py"
    slow.write_text("import time; time.sleep(60)")
    dead.write_text("raise SystemExit('the library broke')")
    begun = time.perf_counter()
    with Child(str(slow)) as child:
        assert "no answer" in child.ask({}, 0.3)["failed"]
        assert child.process is None
    assert time.perf_counter() - begun < 10
    with Child(str(dead)) as child:
        assert child.ask({}, 30)["failed"] == "ended with exit code 1: the library broke"


def test_a_peer_that_is_not_installed_is_a_row() -> None:
    child = peers.Measured()
    peers.NEEDS["absent"] = ("no_such_solver.anywhere",)
    try:
        said = child.build({"peer": "absent"})
    finally:
        del peers.NEEDS["absent"]
    assert said["failed"].startswith("no_such_solver is not installed")


# Judged


def bout(**runs: dict[str, object]) -> Bout:
    reference = {"lp_optimum": "101.5", "integer_optimum": "100", "status": "proven"}
    return Bout("day", (1, 1, 1), 1.0, reference, {key: [run] for key, run in runs.items()})


SOUND = {"seconds": 0.5, "value": 100, "claimed": 100, "bound": 100, "price_bound": "203/2",
         "claimed_price_bound": "203/2", "optimal": True, "faults": []}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"claimed": 101}, "claims 101"),
        ({"claimed_price_bound": "101/1"}, "is not what its prices bound"),
        ({"bound": 98}, "below a plan worth 100"),
        ({"price_bound": "101/1", "claimed_price_bound": "101/1"}, "optimum of the linear program"),
        ({"value": 99, "claimed": 99}, "the reference is 100"),
        ({"faults": ["site 3 is over its places"]}, "site 3"),
    ],
)
def test_a_false_answer_of_the_engine_is_a_fault(wrong: dict[str, object], says: str) -> None:
    peer = {"seconds": 1.0, "value": 100, "bound": 100.0, "faults": [], "optimal": True}
    assert not bout(**{"engine@1": SOUND, "cbc@1": peer}).faults()
    faults = bout(**{"engine@1": SOUND | wrong, "cbc@1": peer}).faults()
    assert any(says in fault for fault in faults)


def test_a_plan_above_a_bound_is_a_fault() -> None:
    peer = {"seconds": 1.0, "value": 90, "bound": 95.0, "faults": []}
    assert "above a peer's bound" in bout(**{"engine@1": SOUND, "cbc@1": peer}).faults()[0]


def test_a_figure_is_reached_or_not_or_not_measured() -> None:
    slow = bout(**{"engine@1": SOUND | {"seconds": 3.0}, "highs-milp@1": SOUND | {"value": 101}})
    assert proven_in("engine@1", 5.0)(slow).reached is True
    assert proven_in("engine@1", 1.0)(slow).reached is False
    assert within_linear("engine@1", 1e-6)(slow).reached is True
    assert not_behind("engine@1", "highs-milp@1")(slow).measured == "plan 1 behind"
    assert not_behind("engine@1", "highs-milp@5")(slow).reached is None
    ahead = bout(**{"engine@1": SOUND, "highs-milp@1": {"failed": "no answer in 3 s, ended"}})
    assert not_behind("engine@1", "highs-milp@1")(ahead).reached is True
    lost = bout(**{"engine@1": {"failed": "no plan"}, "highs-milp@1": SOUND})
    assert not_behind("engine@1", "highs-milp@1")(lost).reached is False
    shown = {"failed": "no plan", "bound": 100}
    for peer, reached in (
        (SOUND, False),
        ({"seconds": 1.0, "bound": 101.0}, True),
        ({"seconds": 1.0, "bound": 99.0}, False),
    ):
        asked = bout(**{"engine@1": shown, "highs-milp@1": peer})
        assert not_behind("engine@1", "highs-milp@1")(asked).reached is reached


def test_what_is_not_reached_is_printed_as_such() -> None:
    store = kept.Store()
    open_ = SOUND | {"optimal": False, "value": 90, "claimed": 90, "seconds": 60.1}
    kept.put(store, "day", bout(**{"engine@60": open_}), TOLD, frozenset({"day"}))
    said = page.page(store)
    assert "| day | proven | day | **not reached** | not proven in 60.1 s |" in said
    assert "| week | gap of 1e-4 in 10 s |  | not measured | not run yet |" in said


def test_nothing_is_judged_where_nothing_was_answered() -> None:
    store = kept.Store()
    kept.put(store, "day", bout(**{"engine@60": {"failed": "no plan"}}), TOLD, frozenset())
    assert "| day | every answer judged | day | not measured | no answer to judge |" in page.page(
        store
    )


def test_a_new_fresh_seed_replaces_the_last_one_only() -> None:
    store = kept.Store()
    for name in ("day", "day@7", "day@1234", "day@5678"):
        one = bout()
        one.name = name
        kept.put(store, "day", one, TOLD, frozenset({"day"}))
    assert list(store.rows["day"]) == ["day", "day@7", "day@5678"]


# Between plans


@pytest.fixture
def day(tmp_path: Path) -> tuple[replan.Between, Path]:
    file = tmp_path / "day.npz"
    np.savez(file, **instances.arrays_of("day"))
    between = replan.Between()
    between.build({"instance": str(file), "threads": 1, "what": "one-more"})
    return between, file


@pytest.mark.parametrize("what", replan.CHANGES)
def test_a_plan_made_again_is_judged_on_the_changed_instance(
    what: str, day: tuple[replan.Between, Path], tmp_path: Path
) -> None:
    between, file = day
    plan = tmp_path / "plan.npz"
    run = between.answer({"do": "run", "what": what, "turn": 0, "seconds": 30, "plan": str(plan)})
    question = {"instance": str(file), "plan": str(plan)}
    found = judge.Judge().answer(question | {"capacity": run["capacity"]})
    assert found == {"value": run["value"], "price_bound": run["price_bound"], "faults": []}
    assert judge.Judge().answer(question)["price_bound"] != run["price_bound"]


def test_decisions_are_held_against_the_prices(
    day: tuple[replan.Between, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    between, _ = day
    instance, prices = between.instance, between.before.certificate
    net, alone = replan.best_sites(instance, prices, instance.households)
    best = np.where(net.max(1) > alone, net.argmax(1), -1)
    rows = {instance.value[i].tobytes(): int(best[i]) for i in range(instance.households)}
    monkeypatch.setattr(replan, "standing_of", lambda instance, prices: None)
    monkeypatch.setattr(
        replan, "decide_one", lambda standing, value, need, none: rows[value.tobytes()]
    )
    monkeypatch.setattr(replan, "decide_many", lambda standing, value, need, none: best)
    for what in replan.DECISIONS:
        assert between.decide(what)["faults"] == []
    monkeypatch.setattr(replan, "decide_many", lambda standing, value, need, none: np.roll(best, 1))
    assert "not the best" in between.decide("batch")["faults"][0]


# The whole of it


def test_the_benchmark_runs_from_end_to_end(tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    run = bench("--only", "day", "--runs", "1", "--no-peers", "--fresh", "101", out=out)
    printed, progress = run.communicate(timeout=300)
    assert run.returncode == 0, progress
    assert printed == ""
    assert "day  engine@60  1/1" in progress
    rows = json.loads(out.with_suffix(".json").read_text())["rows"]["day"]
    assert set(rows) == {"day", "day@101"}
    assert rows["day"]["bout"]["runs"]["engine@60"][0]["value"] == 2269794
    said = out.read_text(encoding="utf-8")
    assert "| day | every answer judged | day | reached | no fault |" in said
    assert "highs-milp-exact@60: not run" in said  # without peers nothing is claimed beside them
    assert page.page(kept.load(out)) == said


def test_an_interrupt_keeps_what_was_measured(tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    run = bench("--only", "day", "--runs", "10000", "--no-peers", out=out)
    assert run.stderr is not None
    while "2/10000" not in (line := run.stderr.readline()):
        assert line, "it ended by itself"
    run.send_signal(signal.SIGINT)
    _, progress = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "interrupted" in progress
    assert len(kept.load(out).rows["day"]["day"].bout.runs["engine@60"]) >= 2


def test_the_command_line_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        engine.asked_for(["--only", "fortnight"])
    assert "there are" in capsys.readouterr().err
    asked = engine.asked_for(
        ["--only", "week@fresh,odd", "--fresh", "7", "--longest", "10", "--no-peers"]
    )
    rows = {row.key: (names, tools) for row, names, tools in asked.rows()}
    assert rows["week"] == (["week@7"], ["engine@5", "engine@10"])
    assert set(rows) == {"week", "odd"}


def test_every_tool_of_the_table_is_known() -> None:
    for row in ROWS:
        for key in row.tools:
            tool, _, limit = key.partition("@")
            assert tool in engine.OURS or tool in peers.PEERS
            assert float(limit) > 0
        for name in row.instances:
            assert name.partition("@")[0] in {*instances.NAMED, *instances.ODD, "office"}


def test_what_is_measured_of_one_database_leaves_the_page_of_the_other(tmp_path, monkeypatch):
    monkeypatch.setattr(webpage, "KEPT", tmp_path / "kept.json")
    monkeypatch.setattr(webpage, "PAGE", tmp_path / "page.md")
    said = json.loads((ROOT / "docs" / "benchmarks-web.json").read_text())["kills/sqlite"]
    for database, shared in (("sqlite", False), ("postgresql", True), ("sqlite", False)):
        one = {**said, "database": database, "acknowledged": 300 + shared}
        webpage.write([one], shared=shared, kills=True)
    page_ = (tmp_path / "page.md").read_text()
    assert page_.count("## ") == 2
    assert "## SQLite: killed 50 times" in page_
    assert "300 acts" in page_
    _, _, server = page_.partition("## PostgreSQL: killed 50 times")
    assert "**The machine was shared**" in server.split("##")[0]
    assert "301 acts" in server
