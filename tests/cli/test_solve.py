"""``solve`` and ``certify`` as somebody uses them who has two files and nothing else of ours."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from arrayworlds import bound_again, small_arrays, worth
from partage.core.marks import mark_of_bytes
from partage.faces.cli import files, solving
from partage.place.npz import arrays_to_bytes
from partage.place.watched import Progress

FIELDS = (
    "value", "bound", "gap", "price_bound", "price_bound_float", "price_gap", "proven", "proof",
    "placed", "unplaced", "seconds", "setup_seconds", "passes", "road", "moved", "file",
)  # fmt: skip
ARRAYS = small_arrays(6)
HARD = small_arrays(9, rows=1500, sites=100, services=9)  # not proven within half a minute


def written(path: Path, arrays: dict) -> str:
    path.write_bytes(arrays_to_bytes({name: np.asarray(a) for name, a in arrays.items()}))
    return str(path)


@pytest.fixture
def desk(terminal):
    written(terminal.folder / "i.npz", ARRAYS)
    return terminal


def solved(desk, *more: str, name: str = "p.npz"):
    out = str(desk.folder / name)
    return desk("solve", str(desk.folder / "i.npz"), "--out", out, *more, at="")


def certified(desk, plan: str = "p.npz", *more: str):
    return desk("certify", str(desk.folder / "i.npz"), str(desk.folder / plan), *more, at="")


def tampered(desk, **changes: object) -> str:
    with np.load(desk.folder / "p.npz") as file:
        arrays = {name: file[name] for name in file.files} | changes
    return Path(written(desk.folder / "t.npz", arrays)).name


def test_a_problem_is_solved_and_the_plan_certifies_to_the_same_numbers(desk):
    answer = solved(desk, "--seconds", "20")
    assert answer.code == 0
    data = answer.json["data"]
    assert tuple(data) == FIELDS
    assert data["proven"]
    assert data["proof"] in ("prices", "search")
    assert data["moved"] is None
    assert data["gap"] == 0.0
    with np.load(desk.folder / "p.npz") as file:
        plan = {name: file[name] for name in file.files}
    assert worth(ARRAYS, tuple(plan["site"].tolist()))[0] == data["value"] == data["bound"]
    bound = bound_again(ARRAYS, plan)
    assert data["price_bound"] == f"{bound.numerator}/{bound.denominator}"
    assert data["price_bound_float"] == float(bound)

    judged = certified(desk)
    assert judged.code == 0
    said = judged.json["data"]
    assert {n: said[n] for n in ("value", "price_bound", "price_bound_float", "price_gap")} == {
        n: data[n] for n in ("value", "price_bound", "price_bound_float", "price_gap")
    }
    assert (said["tiers"], said["faults"]) == ([], 0)
    marks = {
        "instance": mark_of_bytes((desk.folder / "i.npz").read_bytes()),
        "plan": mark_of_bytes((desk.folder / "p.npz").read_bytes()),
    }
    assert judged.json["marks"] == answer.json["marks"] == marks
    claims = ["--value", str(data["value"]), "--price-bound", data["price_bound"]]
    assert certified(desk, "p.npz", *claims).code == 0


def test_neither_needs_an_actor_or_leaves_a_journal(desk):
    solved(desk)
    certified(desk)
    assert sorted(p.name for p in desk.folder.iterdir()) == ["i.npz", "p.npz"]


def test_a_changed_plan_leaves_with_8_and_says_what(desk):
    solved(desk)
    with np.load(desk.folder / "p.npz") as file:
        plan = {name: file[name] for name in file.files}
    cases = [
        ({"site": np.zeros_like(plan["site"])}, "not allowed"),
        ({"price": plan["price"] - 10**9}, "negative"),
        ({"scale": plan["scale"] * 0}, "scale"),
        ({"price": plan["price"][:-1]}, "shape"),
        ({"price": plan["price"].astype(float)}, "float64"),
        ({"site": plan["site"].astype(float)}, "float64"),
    ]
    for changes, says in cases:
        answer = certified(desk, tampered(desk, **changes))
        assert (answer.code, answer.json["error"]["kind"]) == (8, "Unfaithful")
        assert says in answer.json["error"]["what"]
        assert answer.json["findings"][0]["weight"] == "fault"
    data = certified(desk).json["data"]
    other = Fraction(data["price_bound"]) + 1
    for claim in (["--value", str(data["value"] + 1)], ["--price-bound", str(other)]):
        answer = certified(desk, "p.npz", *claim)
        assert answer.code == 8
        assert "as claimed" in answer.json["error"]["what"]
    assert certified(desk, "p.npz", "--price-bound", "a lot").code == 2


def test_a_plan_for_another_instance_is_a_fault(desk):
    solved(desk)
    written(desk.folder / "i.npz", small_arrays(7))
    assert certified(desk).code == 8
    written(desk.folder / "i.npz", small_arrays(7, rows=41))
    assert certified(desk).code == 8


def test_prose_says_what_was_shown_and_by_what(desk, capsys):
    from partage.faces.cli.main import run

    instance, plan = str(desk.folder / "i.npz"), str(desk.folder / "p.npz")
    assert run(["solve", instance, "--out", plan]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^Worth -?\d+\. Proven", said)
    assert "By its prices alone at most" in said
    assert run(["certify", instance, plan]) == 0
    said = capsys.readouterr().out
    assert said.startswith("No fault. The plan is worth ")
    assert re.search(r"exactly \d+/\d+|every plan at \d+;", said)


def test_an_unknown_array_is_a_note_for_both(desk):
    written(desk.folder / "i.npz", ARRAYS | {"colour": np.array([1])})
    for answer in (solved(desk), certified(desk)):
        assert answer.code == 0
        (note,) = answer.json["findings"]
        assert (note["where"], note["weight"]) == ("array colour", "note")


def test_the_plan_before_counts_moves(desk):
    solved(desk)
    before = ["--previous", str(desk.folder / "p.npz")]
    assert solved(desk, *before, name="q.npz").json["data"]["moved"] == 0
    written(desk.folder / "i.npz", small_arrays(6, rows=41))
    answer = solved(desk, *before, name="q.npz")
    assert answer.code == 2
    assert "40 rows" in answer.json["error"]["what"]
    answer = solved(desk, "--previous", str(desk.folder / "i.npz"), name="q.npz")
    assert answer.code == 2


def test_enough_is_enough_at_a_gap(desk):
    answer = solved(desk, "--gap", "0.5")
    assert answer.code == 0
    assert answer.json["data"]["gap"] <= 0.5
    assert certified(desk).code == 0


def test_threads_never_change_the_plan(desk):
    one, two = solved(desk, "--threads", "1"), solved(desk, "--threads", "2", name="q.npz")
    assert one.json["marks"] == two.json["marks"]


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"value": ARRAYS["value"] * np.nan}, "whole numbers"),
        ({"capacity": ARRAYS["capacity"] - 10**6}, "negative"),
        ({"value": ARRAYS["value"] * 10**8}, "beyond int32"),
        ({"need": ARRAYS["need"][1:]}, "shape"),
        (small_arrays(1, rows=3, sites=0, services=1), "no site"),
    ],
)
def test_bad_arrays_get_a_sentence_and_leave_no_plan(desk, arrays, says):
    written(desk.folder / "i.npz", ARRAYS | arrays)
    answer = solved(desk)
    assert (answer.code, answer.json["error"]["kind"]) == (2, "InputRefused")
    assert says in answer.json["error"]["what"]
    assert "i.npz" in answer.json["error"]["what"]
    assert not (desk.folder / "p.npz").exists()


@pytest.mark.parametrize("data", [b"", b"junk", arrays_to_bytes(ARRAYS)[:500]])
def test_what_is_no_file_of_arrays_gets_a_sentence(desk, data):
    (desk.folder / "i.npz").write_bytes(data)
    assert solved(desk).code == 2
    (desk.folder / "i.npz").unlink()
    assert solved(desk).code == 2
    assert desk("solve", str(desk.folder), "--out", str(desk.folder / "p.npz"), at="").code == 2
    assert desk("certify", "/dev/zero", "/dev/zero", at="").code == 2


def test_files_beyond_the_limit_of_arrivals_are_read_up_to_their_own(desk, monkeypatch):
    monkeypatch.setattr("partage.faces.cli.session.MOST_BYTES", 100)
    assert solved(desk).code == 0
    monkeypatch.setattr(files, "MOST_PACKED", 100)
    answer = solved(desk)
    assert answer.code == 2
    assert "larger than" in answer.json["error"]["what"]


def test_limits_that_are_no_limits_are_refused(desk):
    assert solved(desk, "--seconds", "nan").code == 64
    assert solved(desk, "--seconds", "0").code == 64
    assert solved(desk, "--gap", "2").code == 64
    assert solved(desk, "--threads", "0").code == 64
    assert desk("solve", str(desk.folder / "i.npz"), at="").code == 64


def test_a_place_where_nothing_can_be_written_is_said_before_the_work(desk, monkeypatch):
    monkeypatch.setattr(solving, "solve_arrays", lambda *_, **__: pytest.fail("it was solved"))
    for out in ("i.npz", "no/such/folder/p.npz", "."):
        assert solved(desk, name=out).code == 2
    os.symlink(desk.folder / "i.npz", desk.folder / "link.npz")
    assert solved(desk, name="link.npz").code == 2
    answer = desk("solve", str(desk.folder / "i.npz"), "--out", "/dev/null", at="")
    assert answer.code == 2
    assert Path("/dev/null").is_char_device()


# -- nothing half written --------------------------------------------------------------------


@pytest.mark.parametrize("at", ["fsync", "replace"])
@pytest.mark.parametrize("what", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupted_write_leaves_the_file_as_it_was(tmp_path, monkeypatch, at, what):
    target = tmp_path / "p.npz"
    target.write_bytes(b"before")

    def broken(*_):
        raise what

    monkeypatch.setattr(os if at == "fsync" else Path, at, broken)
    with pytest.raises((KeyboardInterrupt, files.InputRefused)):
        files.write_whole(target, b"after")
    monkeypatch.undo()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("p.npz", b"before")]


def test_a_file_is_written_whole_with_the_usual_rights_and_through_a_link(tmp_path):
    target = tmp_path / "p.npz"
    os.symlink(target, tmp_path / "link")
    files.write_whole(tmp_path / "link", b"one")
    (tmp_path / "other").write_bytes(b"")
    assert target.stat().st_mode == (tmp_path / "other").stat().st_mode
    files.write_whole(tmp_path / "link", b"two")
    assert target.read_bytes() == b"two"
    assert (tmp_path / "link").is_symlink()


SLOW = """
import sys, time
from partage.casework import arrays
from partage.faces.cli.main import main
from partage.place.watched import Progress

def slow(instance, *, seconds, say, **more):
    begun = time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        say(Progress(passed, 90, 100, "slow"))
        time.sleep(0.01)

arrays.solve = slow
main(sys.argv[1:])
"""


def started(folder: Path, seconds: float, *python: str) -> subprocess.Popen[str]:
    words = [
        "solve",
        str(folder / "h.npz"),
        "--seconds",
        str(seconds),
        "--out",
        str(folder / "p.npz"),
    ]
    return subprocess.Popen(
        [sys.executable, *(python or ("-m", "partage")), *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
        # A background job of a shell ignores the interrupt, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


@pytest.mark.parametrize("before", [b"", b"the plan of yesterday"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_solve_leaves_nothing_half_written(tmp_path, how, before):
    written(tmp_path / "h.npz", ARRAYS)
    if before:
        (tmp_path / "p.npz").write_bytes(before)
    child = started(tmp_path, 60, "-c", SLOW)
    assert child.stderr is not None
    assert child.stderr.readline() == "   1.0 s  value 90, bound 100, gap 0.11 (slow)\n"
    check_stop(child, how, tmp_path, before)


@pytest.mark.parametrize("seconds", [0.2, 0.6, 1.2, 2.0, 3.0])
def test_an_interrupt_stops_the_engine_itself(tmp_path, seconds):
    written(tmp_path / "h.npz", HARD)
    child = started(tmp_path, 60)
    time.sleep(seconds)
    if child.poll() is None:
        check_stop(child, signal.SIGINT, tmp_path, b"")


SLOW_TO_LEAVE = """
import atexit, sys, time
from partage.faces.cli import main
main.AGAIN_SECONDS = 0.2
atexit.register(time.sleep, 0.6)
main.main(sys.argv[1:])
"""


def test_an_interrupt_that_was_heard_does_not_come_again(tmp_path):
    """The alarm that repeats it once outlived the command, and killed the process as it ended."""
    written(tmp_path / "h.npz", HARD)
    child = started(tmp_path, 60, "-c", SLOW_TO_LEAVE)
    assert child.stderr is not None
    assert child.stderr.readline().startswith("Loading")  # no thread of an engine yet
    check_stop(child, signal.SIGINT, tmp_path, b"")


LEFT_BEHIND = """
import sys
from partage.faces.cli.main import main
from partage.place import watched
watched.GRACE = 0.0
main(sys.argv[1:])
"""


@pytest.mark.parametrize("seconds", [1.0, 1.4, 1.8, 2.2])
def test_a_search_that_did_not_stop_when_asked_does_not_abort_the_process(tmp_path, seconds):
    written(tmp_path / "h.npz", small_arrays(8, rows=400, sites=30))
    child = started(tmp_path, seconds, "-c", LEFT_BEHIND)
    _, err = child.communicate(timeout=60)
    assert child.returncode in (0, 9), err
    assert "terminate" not in err


def check_stop(child: subprocess.Popen[str], how: int, folder: Path, before: bytes) -> None:
    child.send_signal(how)
    stopped = time.perf_counter()
    out, err = child.communicate(timeout=20)
    assert time.perf_counter() - stopped < 5
    if child.returncode == -signal.SIGINT or "runpy" in err:
        return  # it came before Python itself was ready
    assert child.returncode == (130 if how == signal.SIGINT else -how), err
    assert out == ""
    assert "Traceback" not in err
    left = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "h.npz"}
    assert left == ({"p.npz": before} if before else {})


def test_a_solve_that_runs_out_of_time_keeps_its_limit_and_leaves_a_whole_plan_or_none(tmp_path):
    written(tmp_path / "h.npz", HARD)
    child = started(tmp_path, 3)
    _, err = child.communicate(timeout=60)
    lines = [
        float(line.split()[0]) for line in err.splitlines() if re.match(r"^ *\d+\.\d s  ", line)
    ]
    assert len(lines) <= 2 * 3 + 1
    assert all(1 <= seconds <= 3 + 0.5 for seconds in lines)
    assert child.returncode in (0, 9), err  # 9: no plan in that time
    if child.returncode == 0:
        judged = [
            sys.executable,
            "-m",
            "partage",
            "certify",
            tmp_path / "h.npz",
            tmp_path / "p.npz",
        ]
        assert subprocess.run(judged, capture_output=True, check=False).returncode == 0
    names = {p.name for p in tmp_path.iterdir()}
    assert names == ({"h.npz", "p.npz"} if child.returncode == 0 else {"h.npz"})


def test_the_limit_holds_from_the_call_to_the_certificate(tmp_path):
    from partage.casework.arrays import solve_arrays
    from partage.core.errors import Unavailable
    from partage.place.instance import instance_from
    from partage.place.prices import load_kernels

    load_kernels()  # does not count
    instance, _ = instance_from(HARD)
    begun = time.perf_counter()
    with suppress(Unavailable):
        solve_arrays(instance, seconds=4)
    assert time.perf_counter() - begun < 4 + 0.5 + 3.0  # seconds for a machine that others use too


def test_progress_is_two_lines_a_second_at_the_most_and_none_in_the_first():
    lines: list[str] = []
    say = solving.told(lines.append)
    for step in range(400):
        say(Progress(step / 100, None if step < 150 else 100, 110, "search"))
    assert len(lines) == 6
    assert lines[0] == "   1.0 s  no plan yet, bound 110 (search)"
    assert lines[-1] == "   3.5 s  value 100, bound 110, gap 0.1 (search)"


def test_the_plan_file_is_the_one_that_was_certified(desk, monkeypatch):
    kept: list[bytes] = []
    honest = solving.solve_arrays

    def seen(*args, **more):
        found = honest(*args, **more)
        kept.append(found[2])
        return found

    monkeypatch.setattr(solving, "solve_arrays", seen)
    solved(desk)
    assert (desk.folder / "p.npz").read_bytes() == kept[0]
    with np.load(io.BytesIO(kept[0])) as file:
        assert file["site"].dtype == np.int32
