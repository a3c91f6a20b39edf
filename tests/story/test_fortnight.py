"""A fortnight of the office through the library: every invariant holds each night, and it replays to the byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fortnight import REGIONS, Fortnight
from partage.core.marks import canonical
from partage.ledger.views import VIEWS, rebuild
from partage.office.office import Office


def check_night(office: Office, day: date) -> None:
    """What must be so every night, worked out from the rows, not from what verbs said."""
    cases = office.journal.rows("cases")
    book = {account: row["persons"] for account, row in office.journal.rows("book").items()}
    assert sum(book.values()) == 0
    for case, row in cases.items():
        if row["state"] not in ("left", "unknown"):
            kind, _, where = row["account"].partition("@")
            assert kind in ("waiting", "hosted"), f"{case} has no roof on {day}"
            assert where
            if kind == "hosted":
                assert row["stay"]["site"] == where
        if row["state"] in ("offered", "bound", "kept", "travelling"):
            assert row["fallback"], f"{case} has no fallback place"
    lived: dict[str, int] = {}
    for row in cases.values():
        lived[row["account"]] = lived.get(row["account"], 0) + row["persons"]
    for account, persons in book.items():
        if account != "outside:entry":
            assert lived.get(account, 0) == persons
    nights = office.acting("rita:auditor").nights(day)
    assert all(persons >= 0 for persons in nights.values())
    closed = {s for s, r in office.journal.rows("places", kind="site").items() if _ended(r, day)}
    for site, row in office.journal.rows("places", kind="site").items():
        agreed = sum(
            c["quantity"]
            for c in row.get("capacity", ())
            if c["service"] == "person" and c["first"] <= day.isoformat() <= c["last"]
        )
        used = row.get("occupied", {}).get("person", 0) + row.get("held", {}).get("night", {}).get(
            "person", 0
        )
        if site not in closed:
            assert used <= agreed, f"{site} holds {used} of {agreed} on {day}"


def _ended(row: dict, day: date) -> bool:
    return not any(c["last"] > day.isoformat() for c in row.get("consents", ()))


def as_bytes(tables: dict) -> bytes:
    return canonical({view: dict(sorted(rows.items())) for view, rows in tables.items()})


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fortnight, Path]:
    path = tmp_path_factory.mktemp("fortnight") / "office.db"
    fortnight = Fortnight(f"sqlite:///{path}")
    for day in fortnight.nights():
        check_night(fortnight.office, day)
        report = fortnight.office.acting("rita:auditor").verify()
        assert report.clean, [str(f) for f in report.findings if f.weight == "fault"][:3]
    return fortnight, path


def test_six_hundred_households_live_through_a_fortnight(lived):
    fortnight, _ = lived
    count = fortnight.count
    assert count["households"] >= 600
    assert count["closed"] == 14
    sites = [
        s
        for s, r in fortnight.office.journal.rows("places", kind="site").items()
        if r.get("capacity")
    ]
    assert len(sites) >= 12
    assert {s.split("/")[0].upper() for s in sites} == set(REGIONS)
    for what in ("decline", "accept", "no-shows", "closures", "overrides", "exits", "roofs",
                 "lost", "withdrawn", "pauses", "headcounts", "moved into fallback",
                 "corrections", "moved in an emergency", "reviews"):  # fmt: skip
        assert count[what] > 0, f"{what} never happened: {count}"


def test_the_journal_replays_to_the_same_views_byte_for_byte(lived):
    fortnight, _ = lived
    journal = fortnight.office.journal
    shown = {view: journal.rows(view) for view in VIEWS}
    assert as_bytes(rebuild(journal.read()).tables) == as_bytes(shown)


def test_the_same_seed_lives_the_same_fortnight(lived):
    fortnight, _ = lived
    again = Fortnight("memory:", days=3)
    for day in again.nights():
        check_night(again.office, day)
    entries = list(again.office.journal.read())
    before = list(fortnight.office.journal.read())[: len(entries)]
    assert [e.seal for e in entries] == [e.seal for e in before]


def test_nobody_who_was_taken_in_is_missing_from_the_book(lived):
    fortnight, _ = lived
    rows = fortnight.office.journal.rows("cases")
    entered = sum(
        m["persons"] * (1 if m["from"] == "outside:entry" else -1)
        for e in fortnight.office.journal.read()
        for m in e.body.get("moves", ())
        if "outside:entry" in (m["from"], m["to"])
    )
    assert sum(r["persons"] for r in rows.values() if r["account"] != "outside:entry") == entered
