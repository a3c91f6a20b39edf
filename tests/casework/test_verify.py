"""``verify`` names the first bad entry of a journal that was edited by hand, cut or rewritten."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from offices import DAY, arrivals, opened
from partage.core.errors import Refusal, Unfaithful
from partage.ledger.facts import Entry, seal
from partage.office.office import Office


@pytest.fixture
def journal_file(tmp_path: Path) -> Path:
    """A journal with a whole story in it, closed."""
    path = tmp_path / "office.db"
    office = opened(f"sqlite:///{path}")
    cases = office.acting("anna:intake").register(arrivals("a,1", "b,2", "c,4", "d,2,2")).data
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("paul:placement").offer_plan(done.data["plan"])
    first, second, *_ = cases["registered"]
    office.acting("anna:intake").answer(first, "accept")
    office.acting("anna:intake").answer(second, "decline")
    site = office.journal.row("cases", first)["offer"]["site"]
    run = office.acting("paul:placement").depart(site).data["run"]
    office.acting(f"lea:site@{site}").arrive(run)
    office.acting(f"lea:site@{site}").count(site, 1)
    office.journal.close()
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    return path


def change(path: Path, *statements: str) -> None:
    plain = sqlite3.connect(path)
    for statement in statements:
        plain.execute(statement)
    plain.commit()
    plain.close()


def write_again(path: Path, entries: list[Entry]) -> None:
    """Put entries that were sealed anew in the place of the old ones, head and all."""
    plain = sqlite3.connect(path)
    for entry in entries:
        plain.execute(
            "UPDATE entries SET actor = ?, prev = ?, seal = ? WHERE no = ?",
            (entry.actor, entry.prev, entry.seal, entry.no),
        )
    plain.execute("UPDATE head SET seal = ?", (entries[-1].seal,))
    plain.commit()
    plain.close()


def faults(path: Path, anchor: str | None = None) -> list[str]:
    office = opened_again(path)
    try:
        report = office.acting("rita:auditor").verify(anchor=anchor)
        return [f"{f.where} {f.what}" for f in report.findings if f.weight == "fault"]
    finally:
        office.journal.close()


def opened_again(path: Path) -> Office:
    from offices import AT
    from partage.compose import open_office

    return open_office(f"sqlite:///{path}", "rita:auditor", at=AT)


def test_an_untouched_journal_is_clean(journal_file, monkeypatch):
    assert faults(journal_file) == []
    for least in (10**6, 5):  # in one process, and in several
        monkeypatch.setattr("partage.store.seals.STRETCH", least)
        office = opened_again(journal_file)
        report = office.acting("rita:auditor").verify_chain()
        assert report.clean
        assert report.entries == office.journal.head()[0]
        office.journal.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET actor = 'somebody else' WHERE no = 14",
        "UPDATE entries SET at = '2023-02-20T14:00:00.000001Z' WHERE no = 14",
        "UPDATE entries SET verb = 'approve' WHERE no = 14",
        "UPDATE entries SET body = replace(body, '2023', '2024') WHERE no = 14",
        "UPDATE entries SET body = json_insert(body, '$.extra', 1) WHERE no = 14",
        "UPDATE entries SET body = ' ' || body WHERE no = 14",
        "UPDATE entries SET body = substr(body, 1, 20) WHERE no = 14",
        "UPDATE entries SET prev = 'sha256:0' WHERE no = 14",
        "UPDATE entries SET seal = 'sha256:0' WHERE no = 14",
        "UPDATE entries SET no = 1400 WHERE no = 14",
        "DELETE FROM entries WHERE no = 14",
        "UPDATE entries SET version = version + 50 WHERE no = 14",
    ],
)
def test_a_hand_edited_entry_is_named(journal_file, statement):
    change(journal_file, statement)
    if "version" not in statement or "prev" in statement:
        office = opened_again(journal_file)
        report = office.acting("rita:auditor").verify_chain()
        office.journal.close()
        assert [f.where for f in report.findings] == ["entry 14"]
    found = faults(journal_file)
    assert found, "the fault was seen"
    number = 15 if "DELETE" in statement or "1400" in statement else 14
    assert found[0].startswith(f"entry {number} is the first bad entry"), found


def test_a_cut_end_is_named_by_its_first_missing_entry(journal_file):
    last = sqlite3.connect(journal_file).execute("SELECT max(no) FROM entries").fetchone()[0]
    change(journal_file, f"DELETE FROM entries WHERE no > {last - 3}")
    assert faults(journal_file)[0].startswith(
        f"entry {last - 2} is the first bad entry: it is missing"
    )


@pytest.mark.parametrize("keep", [0, 100, 4096, 9000])
def test_a_truncated_file_is_refused_in_a_sentence(journal_file, keep):
    data = journal_file.read_bytes()
    journal_file.write_bytes(data[:keep] if keep else b"not a database at all" * 40)
    try:
        found = faults(journal_file)
    except Refusal as refusal:
        assert isinstance(refusal, Unfaithful)
        assert refusal.what
        assert refusal.do
    else:
        assert found


def test_a_chain_rewritten_with_good_seals_is_caught_by_an_anchor_and_by_the_holds(journal_file):
    office = opened_again(journal_file)
    anchor = office.journal.head()[1]
    entries = list(office.journal.read())
    office.journal.close()
    first = next(n for n, e in enumerate(entries) if e.idem == entries[16].idem)
    rewritten, prev = [], entries[first - 1].seal
    for entry in entries[first:]:
        content = entry.content() | {"prev": prev}
        if entry.idem == entries[16].idem:  # the whole act, by another hand
            content["actor"] = "somebody else"
        prev = seal(prev, content)
        rewritten.append(Entry(**content, seal=prev))
    write_again(journal_file, rewritten)
    assert faults(journal_file) == [], (
        "a whole new chain cannot be told from the true one by itself"
    )
    found = faults(journal_file, anchor)
    assert found
    assert "rewritten" in found[0]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE cases SET row = replace(row, 'waiting', 'hosted')", "view cases"),
        ("DELETE FROM cases", "view cases"),
        ("UPDATE cases SET state = 'left' WHERE state = 'offered'", "view cases"),
        ("UPDATE cases SET look = '9999-12-31'", "view cases"),
        ("UPDATE book SET persons = 9", "view book"),
        ("UPDATE places SET row = '[' WHERE kind = 'site'", "view places"),
        ("UPDATE vault SET kind = 'case' WHERE kind = 'profile'", "vault row"),
        ("UPDATE book SET row = '{\"persons\":99}' WHERE key LIKE 'hosted@%'", "view book"),
        ("UPDATE places SET row = json_remove(row, '$.held')", "view places"),
        ("UPDATE vault SET sealed = 'x' WHERE kind = 'case'", "vault row"),
        ("UPDATE vault SET sealed = substr(sealed, 1, 40) WHERE kind = 'reason'", "vault row"),
        ("UPDATE keys SET wrapped = 'x' WHERE subject LIKE 'case/%'", "vault row"),
        ("DELETE FROM keys", "vault row"),
        ("UPDATE vault SET subject = 'case/H-0000000000' WHERE kind = 'profile'", "vault row"),
        ("UPDATE blobs SET data = 'x'", "is missing or changed"),
        ("DELETE FROM blobs", "is missing or changed"),
    ],
)
def test_what_stands_beside_the_entries_is_compared_with_them(journal_file, statement, says):
    change(journal_file, statement)
    found = faults(journal_file)
    assert found
    assert any(says in fault for fault in found), found


def test_rebuild_writes_the_views_anew(journal_file):
    change(journal_file, "DELETE FROM cases", "UPDATE book SET row = '{\"persons\":99}'")
    assert faults(journal_file)
    office = opened_again(journal_file)
    assert office.verify(rebuild=True).clean
    office.journal.close()
    assert faults(journal_file) == []


def test_a_vault_that_somebody_emptied_is_a_fault_and_the_plans_are_checked_all_the_same(
    journal_file,
):
    change(journal_file, "DELETE FROM vault")
    office = opened_again(journal_file)
    report = office.verify()
    office.journal.close()
    said = [f"{f.where} {f.what}" for f in report.findings if f.weight == "fault"]
    assert said
    assert all("no erasure is recorded" in text for text in said), said
    assert report.checked["vault rows"] == 0
    assert report.checked["plans"] == 1


def test_a_forged_transition_with_good_seals_is_named(journal_file):
    """Somebody who can seal still cannot make a household arrive that never left."""
    office = opened_again(journal_file)
    case = next(iter(office.journal.rows("cases", state="offered")))
    row = office.journal.row("cases", case)
    entries = list(office.journal.read())
    office.journal.close()
    last = entries[-1]
    content = last.content() | {
        "no": last.no + 1, "verb": "arrive", "subject": f"case/{case}", "idem": "forged",
        "version": row["version"] + 1, "prev": last.seal,
        "body": {"step": "arrive", "case": {"state": "hosted", "account": row["account"]}},
    }  # fmt: skip
    forged = Entry(**content, seal=seal(last.seal, content))
    plain = sqlite3.connect(journal_file)
    values = {
        **forged.content(),
        "body": json.dumps(forged.body, sort_keys=True, separators=(",", ":")),
    }
    names = [*values, "seal"]
    plain.execute(
        f"INSERT INTO entries ({','.join(names)}) VALUES ({','.join('?' * len(names))})",
        (*values.values(), forged.seal),
    )
    plain.execute("UPDATE head SET no = ?, seal = ?", (forged.no, forged.seal))
    plain.commit()
    plain.close()
    found: Iterator[str] | list[str] = faults(journal_file)
    assert (
        f"entry {forged.no} is the first bad entry: 'arrive' does not lead from 'offered'"
        in found[0]
    )


def test_an_approval_by_the_proposers_own_hand_is_named_even_with_good_seals(journal_file):
    office = opened_again(journal_file)
    entries = list(office.journal.read())
    office.journal.close()
    rewritten, prev = [], entries[0].prev
    for entry in entries:
        content = entry.content() | {"prev": prev}
        if entry.verb == "approve":
            content["actor"] = "Paul"
        prev = seal(prev, content)
        rewritten.append(Entry(**content, seal=prev))
    write_again(journal_file, rewritten)
    assert any("approves what its own actor proposed" in fault for fault in faults(journal_file))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM head",
        "INSERT INTO head VALUES (1, 'x')",
        "UPDATE entries SET body = '{}' WHERE no = 1",
        "DELETE FROM entries WHERE no = 1",
        "DELETE FROM entries",
        "UPDATE entries SET body = printf('%.*c', 200000, '[') WHERE no = 9",
        "UPDATE entries SET body = CAST(x'ff00ff' AS TEXT) WHERE no = 9",
        "DROP TABLE vault",
    ],
)
def test_whatever_a_hand_did_to_the_file_is_a_sentence_never_a_traceback(journal_file, statement):
    change(journal_file, statement)
    try:
        found = faults(journal_file)
    except Refusal as refusal:
        assert refusal.kind in ("Unfaithful", "NotFound")
        assert refusal.do
    else:
        assert found


def test_what_follows_from_the_first_bad_entry_is_said(journal_file):
    change(journal_file, "UPDATE entries SET actor = 'somebody else' WHERE no = 14")
    office = opened(f"sqlite:///{journal_file}", ())
    report = office.acting("rita:auditor").verify()
    office.journal.close()
    [follows] = [f for f in report.findings if f.where == "after entry 14"]
    assert "entries follow" in follows.what
    assert "of case" in follows.what


def test_nights_that_are_not_what_the_moves_say_are_a_fault(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    office.acting("anna:intake").register(arrivals("a,2"))
    office.clock.move_to(office.clock.now() + timedelta(days=1))  # type: ignore[attr-defined]
    pia = office.acting("pia:placement")
    acts = pia._closing(DAY)
    body = dict(acts.drafts[0].body)
    account = "waiting@ca-qc/roxham-road"
    assert body["nights"][account] == 2
    body["nights"] = {**body["nights"], account: 3}
    false = replace(acts, drafts=(replace(acts.drafts[0], body=body),))
    pia._do("close", lambda: false, None)
    report = office.acting("rita:auditor").verify()
    office.journal.close()
    assert [f.what for f in report.findings if f.weight == "fault"] == [
        f"gives {account} 3 persons, not 2"
    ]
