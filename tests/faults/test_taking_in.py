"""Taking people in when the disk is full, the clock goes back, the file was cut, or two do it at once."""

from __future__ import annotations

import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from offices import AT, arrivals, opened
from partage.compose import open_office
from partage.core.errors import Refusal, Unavailable, Unfaithful

ROAD = "waiting@ca-qc/roxham-road"
FILE = arrivals(*(f"r{n},1" for n in range(300)))


def run(
    db: Path, *words: str, room: int | None = None, who: str = "anna:intake"
) -> tuple[int, dict[str, Any]]:
    """The command in a process of its own, in which no file may grow beyond ``room`` bytes."""

    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    asked = [sys.executable, "-m", "partage", "--db", f"sqlite:///{db}", "--at", "2023-02-20T14:00:00Z",
             "--as", who, "--json", *words]  # fmt: skip
    done = subprocess.run(asked, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_a_full_disk_is_a_sentence_nothing_is_written_and_it_works_again(tmp_path):
    db, file = tmp_path / "office.db", tmp_path / "arrivals.csv"
    file.write_bytes(FILE)
    assert run(db, "register", "--headcount", "5")[0] == 0
    _, before = run(db, "verify", who="rita:auditor")
    code, said = run(db, "register", str(file), room=db.stat().st_size + 40_000)
    assert (code, said["ok"], said["error"]["kind"]) == (9, False, "Unavailable")
    assert "Nothing was written" in said["error"]["do"]
    code, after = run(db, "verify", who="rita:auditor")
    assert (code, after["data"], after["marks"]) == (0, before["data"], before["marks"])
    code, done = run(db, "register", str(file))
    assert (code, done["data"]["persons"]) == (0, 300)
    assert run(db, "verify", who="rita:auditor")[0] == 0


@pytest.mark.parametrize("room", [0, 4_096, 60_000])
def test_a_first_command_on_a_full_disk_is_a_sentence_too(tmp_path, room):
    db = tmp_path / "office.db"
    code, said = run(db, "register", "--headcount", "5", room=room)
    assert (code, said["error"]["kind"]) == (9, "Unavailable")
    code, said = run(db, "register", "--headcount", "5")
    assert (code, said["ok"]) == (0, True), said
    assert run(db, "verify", who="rita:auditor")[0] == 0


def test_a_database_that_may_not_grow_takes_in_all_of_a_file_or_nothing(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    anna = office.acting("anna:intake")
    head = office.journal.head()
    pages = office.journal._conn.execute("PRAGMA page_count").fetchone()[0]
    office.journal._conn.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(Unavailable, match="full"):
        anna.register(FILE)
    assert office.journal.head() == head
    assert office.journal.row("book", ROAD) is None
    office.journal._conn.execute("PRAGMA max_page_count = 1000000")
    assert anna.register(FILE).data["persons"] == 300
    assert office.acting("rita:auditor").verify().clean


def test_a_clock_set_back_takes_nobody_in_and_says_so(tmp_path):
    url = f"sqlite:///{tmp_path / 'office.db'}"
    opened(url).journal.close()
    early = open_office(url, "anna:intake", at=AT - timedelta(hours=1))
    head = early.journal.head()
    with pytest.raises(Refusal, match=r"clock|earlier|back") as refused:
        early.register(arrivals("a,1"))
    assert refused.value.do
    assert early.journal.head() == head
    early.journal.close()
    later = open_office(url, "anna:intake", at=AT + timedelta(hours=1))
    assert later.register(arrivals("a,1")).data["households"] == 1


def take_in(url: str, data: bytes, barrier: Any, answers: Any) -> None:
    office = open_office(url, "anna:intake", at=AT + timedelta(minutes=1))
    barrier.wait()
    done = office.register(data)
    answers.put(
        (done.data["households"], done.data["already"], bool(done.data.get("answered_before")))
    )
    office.journal.close()


@pytest.mark.parametrize("same_bytes", [True, False])
def test_two_offices_register_one_file_at_once_and_each_person_is_counted_once(
    tmp_path, same_bytes
):
    url = f"sqlite:///{tmp_path / 'office.db'}"
    opened(url).journal.close()
    head, *lines = FILE.decode().splitlines()
    other = FILE if same_bytes else "\n".join([head, *reversed(lines)]).encode()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.Queue()
    writers = [
        fork.Process(target=take_in, args=(url, data, barrier, answers)) for data in (FILE, other)
    ]
    for writer in writers:
        writer.start()
    said = sorted(answers.get(timeout=60) for _ in writers)
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    if same_bytes:
        assert [households for households, _, _ in said] == [300, 300]
    else:
        assert said == [(0, 300, False), (300, 0, False)]
    office = open_office(url, "rita:auditor", at=AT + timedelta(hours=1))
    assert office.journal.row("book", ROAD)["persons"] == 300
    assert len(office.journal.rows("cases")) == 300
    assert office.verify().clean


def filled(path: Path) -> None:
    office = opened(f"sqlite:///{path}")
    for number in range(3):
        office.acting("anna:intake").register(arrivals(*(f"{number}-{n},1" for n in range(40))))
    office.journal.close()


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_is_said_before_anybody_is_taken_in(tmp_path, part):
    path = tmp_path / "office.db"
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(Unfaithful, match=r"damaged: .* bytes were cut off its end"):
        open_office(f"sqlite:///{path}", "anna:intake", at=AT + timedelta(hours=1))
    path.write_bytes(whole)
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=AT + timedelta(hours=1))
    assert office.verify().clean


def test_a_commit_that_was_cut_in_the_log_never_was_and_its_head_is_missed(tmp_path):
    path, copy = tmp_path / "office.db", tmp_path / "copy.db"
    office = opened(f"sqlite:///{path}")
    office.journal._conn.execute("PRAGMA wal_autocheckpoint = 0")
    anna = office.acting("anna:intake")
    anna.register(arrivals("a,2"))
    before = office.journal.head()
    anna.register(arrivals("b,3"))
    lost = office.journal.head()
    log = Path(f"{path}-wal").read_bytes()
    copy.write_bytes(path.read_bytes())
    shutil.copy(f"{path}.key", f"{copy}.key")  # its mode too: a key that others can read is refused
    Path(f"{copy}-wal").write_bytes(log[:-2_000])  # in the middle of its last page
    office.journal.close()
    again = open_office(f"sqlite:///{copy}", "anna:intake", at=AT + timedelta(hours=1))
    assert again.journal.head() == before != lost
    assert again.acting("rita:auditor").verify().clean
    assert again.register(arrivals("b,3")).data["households"] == 1
    assert again.journal.row("book", ROAD)["persons"] == 5
    assert not again.acting("rita:auditor").verify(anchor=lost[1]).clean
