"""A fortnight of the office through the library: every invariant holds each night, and it replays to the byte."""

from __future__ import annotations

from collections import Counter
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
        if row["state"] not in ("left", "unknown") and row["persons"]:
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
    assert {a: n for a, n in nights.items() if n} == {
        a: n for a, n in lived.items() if n and not a.startswith("outside:")
    }, f"the night of {day} is charged where nobody lives"
    check_places(office, day, cases)
    watched = [str(f) for f in office.acting("pia:placement").watch()]
    for case, row in cases.items():
        if row["state"] == "unknown" or row.get("missing"):
            assert any(f"fault: case {case}" in f for f in watched), f"{case} is not looked for"


def check_places(office: Office, day: date, cases: dict) -> None:
    """What sites count is what households hold and use there, worked out from the households alone."""
    wanted: Counter[tuple[str, str]] = Counter()
    for row in cases.values():
        for held in (row.get("offer"), row.get("fallback"), row.get("stay")):
            for service, number in (held or {"units": {}})["units"].get("night", {}).items():
                wanted[held["site"], service] += number
    for site, row in office.journal.rows("places", kind="site").items():
        agreed: Counter[str] = Counter()
        for c in row.get("capacity", ()):
            if c["first"] <= day.isoformat() <= c["last"]:
                agreed[c["service"]] += c["quantity"]
        for service in ("person", "room", "room.family"):
            used = row.get("occupied", {}).get(service, 0)
            used += row.get("held", {}).get("night", {}).get(service, 0)
            assert used == wanted[site, service], f"{site} counts {used} {service} on {day}"
            if not _ended(row, day):
                assert used <= agreed[service], f"{site}: {used} {service} of {agreed[service]}"


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
                 "corrections", "moved in an emergency", "reviews", "diverted", "not whole",
                 "strangers", "walked in", "left for unknown", "left for housing",
                 "left for other-province", "counts"):  # fmt: skip
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
