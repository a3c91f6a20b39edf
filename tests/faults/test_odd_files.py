"""``verify`` on files that are no journal, are another version's, cannot be written, or are in use."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from offices import AT, arrivals, opened
from partage.compose import open_office
from partage.core.errors import Refusal
from partage.faces.cli.main import run
from partage.store import connect

ANCHOR = "sha256:" + "0123456789abcdef" * 4
WHEN = AT.isoformat().replace("+00:00", "Z")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    office = opened(f"sqlite:///{path}")
    office.acting("anna:intake").register(arrivals("a,1", "b,2"))
    office.journal.close()
    return path


def verify(path: Path, *options: str, who: str = "rita:auditor") -> int:
    return run(["--db", str(path), "--as", who, "--at", WHEN, "verify", *options])


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (lambda p: p.write_bytes(b""), 6, "There is no journal"),
        (lambda p: p.write_bytes(b"no database, only words " * 9), 8, "is damaged"),
        (lambda p: (p.unlink(), p.mkdir()), 2, "it is a folder"),
        (lambda p: p.unlink(), 6, "There is no journal"),
        (lambda p: said(p, "PRAGMA user_version = 99"), 2, "by a newer version of Partage: its format is 99"),
        (lambda p: said(p, "PRAGMA user_version = 1"), 2, "by an older version of Partage: its format is 1"),
        (lambda p: (p.unlink(), said(p, "CREATE TABLE t (a)")), 2, "but not a journal of Partage"),
        (lambda p: p.write_bytes(p.read_bytes()[:-5000]), 8, "is damaged"),
    ],
)  # fmt: skip
def test_what_is_no_journal_of_this_version_is_refused_in_a_sentence_and_left_alone(
    path, capsys, make, code, says
):
    make(path)
    before = path.read_bytes() if path.is_file() else None
    assert verify(path) == code
    text = capsys.readouterr().err
    assert says in text
    assert "Traceback" not in text
    assert (path.read_bytes() if path.is_file() else None) == before


def said(path: Path, statement: str) -> None:
    plain = sqlite3.connect(path)
    plain.execute(statement)
    plain.commit()
    plain.close()


def test_a_whole_seal_that_is_no_entrys_is_refused_by_the_seals_alone_too(path, capsys):
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=AT)
    head = office.journal.head()[1]
    office.journal.close()
    for options in ((), ("--chain",)):
        assert verify(path, *options, "--anchor", head) == 0
        assert verify(path, *options, "--anchor", ANCHOR) == 8
        assert "is not the seal of any entry: the journal was rewritten" in capsys.readouterr().out
        assert verify(path, *options, "--anchor", "sha256:12") == 8
        assert "is not a whole seal" in capsys.readouterr().out


def test_the_seals_alone_do_not_pretend_to_rebuild_views(path, capsys):
    assert verify(path, "--chain", "--rebuild") == 2
    assert "does not look at the views" in capsys.readouterr().err


def test_a_copy_that_cannot_be_written_is_verified_as_it_lies(path, monkeypatch):
    """As on a read-only share: nothing is written beside it, and a verb that writes is refused."""
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    monkeypatch.setattr(connect.os, "access", lambda *_: False)
    there = sorted(path.parent.iterdir())
    assert verify(path) == 0
    assert verify(path, "--chain") == 0
    assert sorted(path.parent.iterdir()) == there
    office = open_office(f"sqlite:///{path}", "anna:intake", at=AT)
    with pytest.raises(Refusal, match="readonly"):
        office.register(arrivals("c,1"))
    office.journal.close()


def test_verify_reads_one_moment_while_others_write(path):
    stop = threading.Event()
    written = threading.Semaphore(0)

    def write() -> None:
        office = open_office(f"sqlite:///{path}", "anna:intake", at=AT, seed="another hand")
        for number in range(500):
            if stop.is_set():
                break
            office.register(arrivals(f"w{number},1"))
            written.release()
        office.journal.close()

    writer = threading.Thread(target=write)
    writer.start()
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=AT)
    seen = []
    for _ in range(8):
        report = office.verify()
        assert report.clean, report.findings[:2]
        assert office.verify_chain().clean
        seen.append(report.entries)
        # A slow machine may give the writer no turn of its own: wait for one.
        assert written.acquire(timeout=60)
    stop.set()
    writer.join()
    office.journal.close()
    assert seen == sorted(seen)
    assert seen[-1] > seen[0], "somebody wrote meanwhile"


def test_progress_is_told_and_an_interrupt_is_a_sentence_and_changes_nothing(
    path, monkeypatch, capsys
):
    monkeypatch.setattr("partage.office.record.TELL_EVERY", 5)
    monkeypatch.setattr("partage.faces.cli.check_verbs.TELL_EVERY", 5)
    assert verify(path) == 0
    assert "verify: 5 of " in capsys.readouterr().err
    before = path.read_bytes()

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("partage.faces.cli.session.Session.progress", stopped)
    assert verify(path) == 130
    assert "Traceback" not in capsys.readouterr().err
    assert path.read_bytes() == before
    assert verify(path, "--chain") == 0


def test_a_rebuild_says_what_it_found_and_leaves_a_cut_journal_alone(path, capsys):
    said(path, "UPDATE cases SET state = 'left', row = replace(row, 'waiting', 'left')")
    whole = path.read_bytes()
    assert verify(path) == 8
    assert verify(path, "--rebuild") == 0
    assert "2 row(s) were not what the entries say and were written anew" in capsys.readouterr().out
    assert verify(path) == 0
    path.write_bytes(whole)
    said(path, "DELETE FROM entries WHERE no = (SELECT max(no) FROM entries)")
    for options in ((), ("--rebuild",)):
        assert verify(path, *options) == 8
        assert "is the first bad entry: it is missing" in capsys.readouterr().out
