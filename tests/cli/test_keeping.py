"""``backup``, ``restore`` and ``migrate`` as an administrator types them."""

from __future__ import annotations

import sqlite3

import pytest

from offices import arrivals
from partage.store import migrations, postgres, schema, sqlite
from partage.store.schema import FORMAT


def test_a_copy_is_made_and_restored_and_says_where_the_key_is(office, postgres_url, monkeypatch):
    monkeypatch.delenv("PARTAGE_KEY_FILE")
    office("register", office.file(arrivals("a,1")), who="anna:intake")
    path = str(office.folder / "a.partage")
    made = office("backup", path, who="adam:admin")
    assert made.code == 0
    assert "not where copies of the record are" in made.err
    assert made.json["data"]["key"] == str(office.folder / "t.db.key")
    again = office("backup", path, who="adam:admin")
    assert (again.code, again.json["error"]["kind"]) == (2, "InputRefused")
    new = str(office.folder / "new.db")
    done = office("restore", path, who="adam:admin", db=new, at="")
    assert (done.code, done.json["marks"]) == (0, made.json["marks"])
    [finding] = done.json["findings"]
    assert "new.db.key" in finding["what"]
    assert "run 'partage verify'" in done.err
    for where in (new, postgres_url):
        monkeypatch.setenv("PARTAGE_KEY_FILE", str(office.folder / "t.db.key"))
        if where == postgres_url:
            assert office("restore", path, who="adam:admin", db=where, at="").code == 0
        verified = office("verify", who="rita:auditor", db=where)
        assert verified.code == 0
        assert verified.json["data"]["head"] == made.json["marks"]["head"]
    full = office("restore", path, who="adam:admin", db=new, at="")
    assert (full.code, full.json["error"]["kind"]) == (7, "WrongState")
    assert office("restore", path, who="adam:admin", db="memory:", at="").code == 7
    assert office("backup", path, who="paul:placement").code == 5
    assert office("restore", path, db=new, at="").json["error"]["what"].startswith("Nobody is at")


def test_who_is_not_appointed_in_a_record_brings_it_back_and_gets_no_right_in_it(office):
    office("register", office.file(arrivals("a,1")), who="anna:intake")
    said = ("--from", "2023-02-20", "--to", "2023-03-20", "--instrument", "memo 12")
    assert office("appoint", "adam", "admin", *said, who="adam:admin").code == 0
    path = str(office.folder / "a.partage")
    assert office("backup", path, who="adam:admin").code == 0
    new = str(office.folder / "new.db")
    done = office("restore", path, who="eve:admin", db=new)
    assert done.code == 0
    assert [f["what"] for f in done.json["findings"] if f["where"] == "role admin"] == [
        "whoever did this is not appointed in this record"
    ]
    assert office("erase", who="eve:admin", db=new).code == 5
    assert office("migrate", who="eve:admin", db=new).json["findings"][0]["where"] == "role admin"
    assert office("migrate", who="adam:admin", db=new).json["findings"] == []


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_there_is_nothing_to_migrate_and_what_is_newer_is_refused(store, office, url_of):
    url = str(office.folder / "t.db") if store == "sqlite" else url_of(store)
    if store == "postgresql":
        office("agree", "ON", "--from-pack", who="c:region@CA-ON", db=url)
    done = office("migrate", who="adam:admin", db=url, at="")
    assert done.json["data"] == {"before": FORMAT, "after": FORMAT}
    assert "Nothing to do" in done.err
    say(url, FORMAT + 1)
    newer = office("migrate", who="adam:admin", db=url, at="")
    assert newer.code == 2
    assert "newer version of Partage" in newer.json["error"]["what"]
    say(url, 1)
    older = office("migrate", who="adam:admin", db=url, at="")
    assert older.code == 2
    assert "older version of Partage" in older.json["error"]["what"]
    none = office("migrate", who="adam:admin", db=str(office.folder / "none.db"), at="")
    assert none.code == 6
    assert not (office.folder / "none.db").exists()


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_made_up_next_format_is_reached_whole_or_not_at_all(store, office, url_of, monkeypatch):
    url = str(office.folder / "t.db") if store == "sqlite" else url_of(store)
    if store == "postgresql":
        office("agree", "ON", "--from-pack", who="c:region@CA-ON", db=url)
    for module in (migrations, postgres, schema, sqlite):
        monkeypatch.setattr(module, "FORMAT", FORMAT + 1)
    good = ("ALTER TABLE cases ADD COLUMN seen INTEGER", "ALTER TABLE blobs ADD COLUMN raw BLOB")
    monkeypatch.setattr(
        migrations, "STEPS", {FORMAT: (*good, "ALTER TABLE nowhere ADD COLUMN x TEXT")}
    )
    told = office("survey", who="anna:intake", db=url)
    assert (told.code, "partage migrate" in told.json["error"]["do"]) == (2, True)
    failed = office("migrate", who="adam:admin", db=url, at="")
    assert failed.code in (8, 9)
    monkeypatch.setattr(migrations, "STEPS", {FORMAT: good})
    done = office("migrate", who="adam:admin", db=url, at="")
    assert done.json["data"] == {"before": FORMAT, "after": FORMAT + 1}
    assert office("survey", who="anna:intake", db=url).code == 0
    assert office("verify", "--chain", who="rita:auditor", db=url).code == 0
    assert office("migrate", who="adam:admin", db=url, at="").json["data"]["before"] == FORMAT + 1


CASES_OF_FORMAT_3 = (
    "CREATE TABLE here AS SELECT key, state, row FROM cases",
    "DROP TABLE cases",
    'CREATE TABLE cases (key TEXT PRIMARY KEY, state TEXT, "row" TEXT NOT NULL)',
    "INSERT INTO cases SELECT key, state, row FROM here",
    "DROP TABLE here",
    "CREATE INDEX cases_state ON cases (state)",
)


@pytest.mark.parametrize("before_", [2, 3])
@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_journal_of_an_older_format_is_reached_with_all_it_has(store, before_, office, url_of):
    """As an office that began before there were accounts (2), or before cases were searched by day (3)."""
    url = str(office.folder / "t.db") if store == "sqlite" else url_of(store)
    office("agree", "ON", "--from-pack", who="c:region@CA-ON", db=url)
    assert office("register", office.file(arrivals("a,2")), who="anna:intake", db=url).code == 0
    before = office("verify", who="rita:auditor", db=url).json["data"]
    change(url, *CASES_OF_FORMAT_3)
    if before_ == 2:
        change(url, "DROP TABLE aside", "DROP TABLE passing")
    say(url, before_)
    told = office("survey", who="anna:intake", db=url)
    assert (told.code, "partage migrate" in told.json["error"]["do"]) == (2, True)
    done = office("migrate", who="adam:admin", db=url, at="")
    assert done.json["data"] == {"before": before_, "after": FORMAT}
    after = office("verify", who="rita:auditor", db=url)
    assert after.code == 0, after.err
    assert (after.json["data"]["head"], after.json["ok"]) == (before["head"], True)
    assert "code" in office("user", "anna:intake", who="adam:admin", db=url).json["data"]
    assert office("verify", "--rebuild", who="rita:auditor", db=url).code == 0


def change(url: str, *statements: str) -> None:
    """Write into the database of a journal beside the office."""
    if url.startswith("postgresql:"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as plain:
            plain.execute("SET search_path TO partage")
            for statement in statements:
                plain.execute(statement)
        return
    with sqlite3.connect(url) as plain_file:
        for statement in statements:
            plain_file.execute(statement)
    plain_file.close()


def say(url: str, version: int) -> None:
    """Write another format into a journal."""
    if url.startswith("postgresql:"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as plain:
            plain.execute("UPDATE partage.format SET version = %s", (version,))
    else:
        plain = sqlite3.connect(url)
        plain.execute(f"PRAGMA user_version = {version}")
        plain.close()


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_rows_aside_of_format_4_are_sealed_and_whoever_was_in_signs_in_again(store, office, url_of):
    url = str(office.folder / "t.db") if store == "sqlite" else url_of(store)
    office("agree", "ON", "--from-pack", who="c:region@CA-ON", db=url)
    office("user", "rosa:approver", who="adam:admin", db=url)
    bare = '{"list": "login", "code": "abc"}'
    change(url, f"UPDATE aside SET row = '{bare}' WHERE key = 'login/rosa'",
           "INSERT INTO passing VALUES ('session/x', 'session/rosa', '2099', '{}')")  # fmt: skip
    say(url, 4)
    done = office("migrate", who="adam:admin", db=url, at="")
    assert done.json["data"] == {"before": 4, "after": FORMAT}
    after = office("verify", who="rita:auditor", db=url)
    assert after.code == 0, after.err
    assert after.json["data"]["checked"]["rows aside"] == 1
