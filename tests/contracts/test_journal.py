"""Every store keeps the promises of ``Journal``: one suite, all stores."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partage.core.errors import InputRefused, Stale
from partage.ledger.chain import first_fault
from partage.ledger.facts import GENESIS, Draft, Secret
from partage.ledger.views import VIEWS, rebuild
from partage.office.ports import Journal, Stamp
from partage.store.memory import MemoryJournal
from partage.store.postgres import PostgresJournal
from partage.store.sqlite import SqliteJournal

AT = "2023-02-20T13:00:00.000000Z"
STAMP = Stamp(AT, "anna", "intake")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def open_journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Journal]]:
    opened: list[Journal] = []
    shared = MemoryJournal()
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""

    def open_() -> Journal:
        journal: Journal = shared
        if request.param == "sqlite":
            journal = SqliteJournal(str(tmp_path / "journal.db"))
        elif url:
            journal = PostgresJournal(url)
        opened.append(journal)
        return journal

    yield open_
    for journal in opened:
        journal.close()


def taken_in(case: str, persons: int = 2) -> Draft:
    return Draft(
        "register",
        f"case/{case}",
        {
            "step": "register",
            "case": {"state": "waiting", "persons": persons, "account": "waiting@e"},
            "moves": [{"from": "outside:entry", "to": "waiting@e", "persons": persons}],
        },
        "2023-02-20",
    )


def places(site: str, **change: object) -> Draft:
    return Draft("hold", f"site/{site}", {"place": change}, "2023-02-20")


def test_entries_are_numbered_versioned_and_sealed_in_a_chain(open_journal):
    journal = open_journal()
    first = journal.append([taken_in("a"), taken_in("b")], {}, "k1", stamp=STAMP)
    second = journal.append([taken_in("a")], {"case/a": 1}, "k2", stamp=STAMP)
    assert [e.no for e in (*first, *second)] == [1, 2, 3]
    assert [e.version for e in (*first, *second)] == [1, 1, 2]
    assert first[0].prev == GENESIS
    assert second[0].prev == first[1].seal
    assert first_fault(journal.read()) is None
    assert journal.head() == (3, second[0].seal)
    assert list(journal.read()) == [*first, *second]


def test_a_repeated_key_returns_the_first_answer_and_writes_nothing(open_journal):
    journal = open_journal()
    first = journal.append(
        [taken_in("a")], {"case/a": 0}, "key", stamp=STAMP, answer={"said": "first"}
    )
    again = journal.append([taken_in("other")], {"case/a": 77}, "key", stamp=STAMP)
    assert again == first == journal.answered("key").entries
    assert journal.answered("key").data == {"said": "first"}
    assert journal.head()[0] == 1
    assert journal.answered("never used") is None


def test_stale_only_if_an_expected_subject_moved(open_journal):
    journal = open_journal()
    journal.append([taken_in("a")], {}, "k1", stamp=STAMP)
    journal.append([taken_in("b")], {"case/b": 0}, "k2", stamp=STAMP)  # a moved, b did not
    with pytest.raises(Stale, match="case/a"):
        journal.append([taken_in("a")], {"case/a": 0}, "k3", stamp=STAMP)
    assert journal.head()[0] == 2
    assert journal.answered("k3") is None


def test_views_change_with_the_entries_and_can_be_rebuilt(open_journal):
    journal = open_journal()
    journal.append([taken_in("a", 3)], {}, "k1", stamp=STAMP)
    journal.append([places("s", held={"night": {"person": 3}})], {}, "k2", stamp=STAMP)
    journal.append([places("s", held={"night": {"person": -1}})], {}, "k3", stamp=STAMP)
    assert journal.row("book", "waiting@e") == {"persons": 3}
    assert journal.row("book", "outside:entry") == {"persons": -3}
    assert journal.row("places", "s")["held"] == {"night": {"person": 2}}
    assert journal.rows("cases", state="waiting")["a"]["persons"] == 3
    assert journal.rows("cases", state="hosted") == {}
    assert journal.row("cases", "nobody") is None
    rebuilt = rebuild(journal.read()).tables
    assert rebuilt == {view: journal.rows(view) for view in VIEWS}


def test_an_impossible_effect_leaves_nothing_behind(open_journal):
    journal = open_journal()
    journal.append([taken_in("a", 3)], {}, "k1", stamp=STAMP)
    impossible = [
        taken_in("b", 2),
        Draft(
            "x", "case/c", {"moves": [{"from": "waiting@e", "to": "hosted@s", "persons": 9}]}, ""
        ),
    ]
    secret = Secret("V1", "case", "case/b", "salt", b"{}")
    with pytest.raises(ValueError, match="waiting@e would hold"):
        journal.append(impossible, {}, "k2", stamp=STAMP, secrets=[secret], blobs={"m": b"x"})
    assert journal.head()[0] == 1
    assert journal.row("cases", "b") is None
    assert journal.row("book", "waiting@e") == {"persons": 3}
    assert journal.secrets() == []
    assert journal.blob("m") is None


def test_a_clock_set_back_is_refused(open_journal):
    journal = open_journal()
    journal.append([taken_in("a")], {}, "k1", stamp=STAMP)
    with pytest.raises(InputRefused, match="last entry was written at"):
        journal.append(
            [taken_in("b")], {}, "k2", stamp=Stamp("2023-02-20T12:58:59.000000Z", "anna", "intake")
        )
    assert journal.head()[0] == 1


def test_vault_and_blobs_are_kept_with_the_entries(open_journal):
    journal = open_journal()
    rows = [
        Secret("V1", "case", "case/a", "s1", b'{"x":1}'),
        Secret("V2", "reference", "case/a", "s2", "0213-é".encode()),
    ]
    journal.append([taken_in("a")], {}, "k", stamp=STAMP, secrets=rows, blobs={"sha256:1": b"\x00"})
    assert sorted(journal.secrets(), key=lambda s: s.id) == rows
    assert journal.secrets("case/a", "case") == [rows[0]]
    assert journal.secrets("case/b") == []
    assert journal.find("reference", ["0213-é".encode(), b"none"]) == {"0213-é".encode(): "case/a"}
    assert journal.find("case", [b"none"]) == {}
    assert journal.blob("sha256:1") == b"\x00"
    assert journal.blob("sha256:2") is None


def test_rows_are_found_by_what_they_say_and_by_nothing_that_only_looks_like_it(open_journal):
    journal = open_journal()
    journal.append([taken_in("a"), taken_in("b")], {}, "k1", stamp=STAMP)
    odd = {
        "state": "waiting",
        "persons": 1,
        "note": '"account":"waiting@e"',
        "account": "waiting@é%_",
    }
    journal.append([Draft("correct", "case/b", {"case": odd}, "2023-02-20")], {}, "k2", stamp=STAMP)

    def found(value: str, **where: str) -> set[str]:
        return set(journal.rows("cases", account=value, **where))

    assert found("waiting@e") == found("waiting@e", state="waiting") == {"a"}
    assert found("waiting@é%_") == {"b"}
    assert found("waiting@e", state="hosted") == found("waiting") == found("%") == set()


def test_a_row_that_says_the_same_is_the_same_and_any_change_is_read(open_journal):
    journal, kept = open_journal(), {}
    drafts = [
        Draft("agree", f"site/{key}", {"place": {"region": "r", "as_of": "1"}}, "2023-02-20")
        for key in "ab"
    ]
    journal.append(drafts, {}, "k1", stamp=STAMP)
    first = journal.rows_kept("places", kept)
    assert first == journal.rows("places")
    assert journal.count("places", kind="site") == journal.count("places") == 2
    assert journal.count("places", kind="city") == 0
    change = Draft("update", "site/a", {"place": {"as_of": "2"}}, "2023-02-20")
    journal.append([change], {}, "k2", stamp=STAMP)
    second = journal.rows_kept("places", kept)
    assert second == journal.rows("places")
    assert (second["b"] is first["b"], second["a"]["as_of"], first["a"]["as_of"]) == (
        True, "2", "1",
    )  # fmt: skip
    assert journal.rows_kept("places", {}) == second


def test_cases_are_read_by_the_day_of_their_next_look_and_page_by_page(open_journal):
    journal = open_journal()
    rows = {
        "a": {"state": "hosted", "since": "2023-02-03"},
        "b": {"state": "hosted", "since": "2023-02-01", "file_by": "2023-02-20"},
        "c": {"state": "hosted", "since": "2023-02-03", "missing": 1},
        "d": {"state": "waiting", "since": "2023-02-01"},
    }
    drafts = [
        Draft("arrive", f"case/{key}", {"case": {"persons": 1, **row}}, "2023-02-20")
        for key, row in rows.items()
    ]
    journal.append(drafts, {}, "k1", stamp=STAMP)

    def due(day: str, state: str = "hosted") -> set[str]:
        return set(journal.rows_until("cases", "look", day, state=state))

    assert due("2023-02-16") == {"c"}
    assert due("2023-02-17") == {"b", "c"}
    assert (due("2023-05-04"), due("2023-05-05")) == ({"b", "c"}, {"a", "b", "c"})
    assert due("2023-02-20", "waiting") == {"d"}
    late = {"case": {"exit_plan": {"on": "2023-02-18", "to": "housing"}}}
    journal.append([Draft("exit", "case/a", late, "2023-02-20")], {}, "k2", stamp=STAMP)
    assert "a" in due("2023-02-19")

    def page(*after: str, most: int = 2, skip: int = 0) -> list[str]:
        since, key = (*after, "", "")[:2]
        return list(journal.cases_after("hosted", (since, key), most, skip))

    assert page() == ["b", "a"]
    assert page("2023-02-03", "a") == ["c"]
    assert page(most=1, skip=1) == ["a"]
    assert page("2023-02-03", "c") == []


def test_views_are_restored_only_if_nothing_was_written_meanwhile(open_journal):
    journal = open_journal()
    journal.append([taken_in("a")], {}, "k1", stamp=STAMP)
    tables = rebuild(journal.read()).tables
    tables["cases"]["ghost"] = {"state": "waiting", "persons": 1}
    journal.restore_views(tables, 1)
    assert "ghost" in journal.rows("cases")
    with pytest.raises(Stale):
        journal.restore_views(tables, 0)
    journal.restore_views(rebuild(journal.read()).tables, 1)
    assert "ghost" not in journal.rows("cases")


def test_a_body_with_a_float_or_a_foreign_key_is_never_sealed(open_journal):
    journal = open_journal()
    for body in ({"share": 0.5}, {"clé": 1}, {"n": 2**60}):
        with pytest.raises(ValueError, match="sealed"):
            journal.append([Draft("x", "case/a", body, "")], {}, "k", stamp=STAMP)
    assert journal.head()[0] == 0


def test_writers_side_by_side_lose_no_update(open_journal):
    journals = [open_journal() for _ in range(4)]
    each, stale = 15, []

    def write(number: int) -> None:
        journal = journals[number]
        for n in range(each):
            while True:
                version = journal.version("site/s")
                try:
                    journal.append(
                        [places("s", held={"night": {"person": 1}})],
                        {"site/s": version},
                        f"{number}-{n}",
                        stamp=STAMP,
                    )
                except Stale:
                    stale.append(1)
                    continue
                break

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journals[0].row("places", "s")["held"]["night"]["person"] == 4 * each
    assert journals[0].head()[0] == 4 * each
    assert first_fault(journals[0].read()) is None


def test_a_writer_that_waited_for_the_lock_is_not_a_clock_set_back(open_journal):
    journal = open_journal()
    journal.append([taken_in("a")], {}, "k1", stamp=STAMP)
    before = Stamp("2023-02-20T12:59:40.000000Z", "anna", "intake")
    (entry,) = journal.append([taken_in("b")], {}, "k2", stamp=before)
    assert entry.at == AT


def test_a_reference_is_kept_once_whoever_was_faster(open_journal):
    journal = open_journal()
    first = Secret("V1", "reference", "case/a", "s1", b"M-0001")
    again = Secret("V2", "reference", "case/b", "s2", b"M-0001")
    journal.append([taken_in("a")], {}, "k1", stamp=STAMP, secrets=[first])
    with pytest.raises(Stale, match="registered meanwhile"):
        journal.append([taken_in("b")], {}, "k2", stamp=STAMP, secrets=[again])
    assert journal.head()[0] == 1
    assert journal.secrets() == [first]


def test_more_rows_than_one_statement_asks_for_are_all_kept_and_found(open_journal):
    journal, many = open_journal(), 1100
    drafts = [taken_in(f"c{n}") for n in range(many)]
    secrets = [
        Secret(f"V{n}", "reference", f"case/c{n}", "s", f"M-{n}".encode()) for n in range(many)
    ]
    expect = {draft.subject: 0 for draft in drafts}
    journal.append(drafts, expect, "k", stamp=STAMP, secrets=secrets)
    wanted = [f"M-{n}".encode() for n in range(many + 1)]
    found = journal.find("reference", wanted)
    assert found == {value: f"case/c{n}" for n, value in enumerate(wanted[:many])}
    assert journal.secrets(f"case/c{many - 1}") == secrets[-1:]
    with pytest.raises(Stale, match=f"case/c{many - 1}"):
        journal.append(
            [taken_in("other")],
            expect | {f"case/c{n}": 1 for n in range(many - 1)},
            "k2",
            stamp=STAMP,
        )
    changes = [Draft("exit", d.subject, {"case": {"state": "left"}}, d.day) for d in drafts]
    journal.append(changes, {}, "k3", stamp=STAMP)
    rows = journal.rows("cases", state="left")
    assert len(rows) == many
    assert all(row["version"] == 2 and "persons" in row for row in rows.values())


def test_a_snapshot_is_of_one_moment(open_journal):
    journal, other = open_journal(), open_journal()
    journal.append([taken_in("a")], {}, "k1", stamp=STAMP)
    if journal is other:  # in memory a snapshot keeps writers out
        with journal.snapshot():
            assert journal.head()[0] == 1
        return
    with journal.snapshot():
        assert journal.head()[0] == 1
        other.append([taken_in("b")], {}, "k2", stamp=STAMP)
        assert journal.head()[0] == 1
        assert "b" not in journal.rows("cases")
    assert journal.head()[0] == 2


def test_the_key_can_be_changed_and_everything_is_found_as_before(open_journal):
    journal, other = open_journal(), open_journal()
    rows = [Secret(f"V{n}", "reference", f"case/{n}", "s", f"M-{n}".encode()) for n in range(3)]
    journal.append([taken_in("a")], {}, "k", stamp=STAMP, secrets=rows)
    digest = journal.blind("A name")
    assert digest != journal.blind("a name")
    assert other.secrets() == rows
    keys = journal.change_key()
    assert keys in (0, 4)  # three households and the journal's own; in memory nothing is sealed
    for one in (journal, other):
        assert one.secrets() == rows
        assert one.find("reference", [b"M-1", b"M-9"]) == {b"M-1": "case/1"}
        assert one.blind("A name") == digest
    other.append(
        [taken_in("b")], {}, "k2", stamp=STAMP, secrets=[Secret("V9", "note", "case/b", "s", b"x")]
    )
    assert [s.id for s in journal.secrets("case/b")] == ["V9"]
