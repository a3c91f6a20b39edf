"""Acknowledged means on the disk: an append returns after the disk has confirmed it, or says that it did not."""

from __future__ import annotations

import errno
import fcntl

import pytest

from partage.core.errors import Unavailable
from partage.ledger.facts import Draft
from partage.office.ports import Stamp
from partage.store import durable
from partage.store.sqlite import SqliteJournal

STAMP = Stamp("2023-02-20T14:00:00.000000Z", 'Ms "W\\é', "intake")  # signs JSON escapes


def write(journal: SqliteJournal, number: int):
    draft = Draft("count", "count/x", {"persons": number}, "2023-02-20")
    return journal.append([draft], {"count/x": number}, f"x:{number}", stamp=STAMP)


@pytest.fixture
def journal(tmp_path):
    made = SqliteJournal(str(tmp_path / "office.db"))
    yield made
    made.close()


def test_the_disk_is_waited_for_after_the_commit_and_outside_the_turn(
    journal, tmp_path, monkeypatch
):
    seen = []
    other = SqliteJournal(str(tmp_path / "office.db"))

    def sync(log: int) -> None:
        with (tmp_path / "office.db.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises if the writer still has it
        seen.append(other.head()[0])

    monkeypatch.setattr(durable, "_sync", sync)
    for number in range(3):
        write(journal, number)
    assert seen == [1, 2, 3]
    assert journal.answered("x:0") is not None
    assert seen == [1, 2, 3, 3], "a repeated answer waits for the disk too"
    other.close()


def test_a_disk_that_does_not_confirm_is_said_and_repeating_does_nothing_twice(
    journal, monkeypatch
):
    def broken(log: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as during:
        during.setattr(durable, "_sync", broken)
        with pytest.raises(Unavailable, match="did not confirm"):
            write(journal, 0)
        with pytest.raises(Unavailable, match="did not confirm"):
            write(journal, 0)
    assert [e.no for e in write(journal, 0)] == [1]
    assert journal.head()[0] == 1
    assert journal.check_seals() == (1, "")
