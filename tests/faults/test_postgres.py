"""PostgreSQL says what it has to say in sentences, tells nobody a password, and hides no change."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

import postgres
from offices import AT, arrivals, opened
from partage.compose import open_journal, open_office
from partage.core.errors import InputRefused, Unavailable
from partage.faces.cli.main import run
from partage.ledger.facts import Draft, Secret
from partage.office.ports import Stamp
from partage.store.postgres import PostgresJournal
from partage.store.server import protected

STAMP = Stamp("2023-02-20T14:00:00.000000Z", 'Ms "W\\é', "intake")
SECRET = "s3cret/pass@word"


def count(journal: PostgresJournal, number: int, **more: object) -> None:
    draft = Draft("count", "count/x", {"persons": number}, "2023-02-20")
    journal.append([draft], {"count/x": number}, f'"x":{number}', stamp=STAMP, **more)  # type: ignore[arg-type]


def by_hand(url: str, *commands: str) -> None:
    with psycopg.connect(url, autocommit=True, options="-c search_path=partage") as plain:
        for command in commands:
            plain.execute(command)  # type: ignore[call-overload]


@pytest.fixture
def locked() -> Iterator[str]:
    """The name of a database of the user who needs a password."""
    postgres.lock_out()
    with postgres.database(owner=postgres.LOCKED) as url:
        yield url.rpartition("?")[0].rpartition("/")[2]


@pytest.mark.parametrize(
    ("given", "env", "wanted"),
    [
        ({}, {}, {}),
        ({"host": "/run/postgresql"}, {}, {}),
        ({"host": "127.0.0.1,::1,localhost"}, {"PGSSLMODE": "disable"}, {}),
        ({"host": "db.example"}, {}, {"sslmode": "verify-full"}),
        ({"host": "localhost,db.example"}, {}, {"sslmode": "verify-full"}),
        ({"hostaddr": "192.0.2.7"}, {}, {"sslmode": "verify-full"}),
        ({}, {"PGHOST": "db.example"}, {"sslmode": "verify-full"}),
        ({"service": "office"}, {}, {"sslmode": "verify-full"}),
        ({"host": "db.example", "sslmode": "verify-full"}, {"PGSSLMODE": "prefer"}, {"sslmode": "verify-full"}),
        ({"host": "db.example", "sslmode": "require"}, {}, "require"),
        ({"host": "db.example", "sslmode": "verify-ca"}, {}, "verify-ca"),
        ({"host": "db.example"}, {"PGSSLMODE": "prefer"}, "prefer"),
    ],
)  # fmt: skip
def test_another_machine_is_spoken_to_by_tls_and_known_by_its_certificate(given, env, wanted):
    if isinstance(wanted, str):
        with pytest.raises(InputRefused, match=f"sslmode is '{wanted}'") as refused:
            protected(given, env)
        assert "db.example" not in refused.value.what
    else:
        assert protected(given, env) == wanted


# -- what goes wrong before there is a journal --------------------------------------------------


@pytest.mark.parametrize(
    ("url", "code", "says"),
    [
        (f"postgresql://u:{SECRET}@127.0.0.1:1/db", 2, "cannot be read"),
        ("postgresql://u/s3cret:pass@127.0.0.1:1/db", 2, "cannot be read"),
        ("postgresql://u:s3cret@pass@127.0.0.1:1/db", 2, "cannot be read"),
        ("postgresql://u:s3cret%@127.0.0.1:1/db", 2, "cannot be read"),
        ("postgresql://u:s3cret@127.0.0.1/db?colour=green", 2, "cannot be read"),
        ("postgresql://u:s3cret%2Fpass@127.0.0.1:1/db", 9, "cannot be reached"),
        ("postgresql://127.0.0.1:1/db?user=u&password=s3cret", 9, "cannot be reached"),
        (f"postgres:/u:{SECRET}@host/db", 2, "is not a journal"),
        ("mysql://u:s3cret@host/db", 2, "is not a journal"),
        ("postgresql+psycopg://u:s3cret@host/db", 2, "is not a journal"),
    ],
)
def test_a_url_that_leads_nowhere_is_a_sentence_without_the_password(
    url, code, says, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    for words in (["--json"], []):
        assert run(["--db", url, "--as", "anna:intake", *words, "survey"]) == code
        said = capsys.readouterr()
        assert says in said.err
        assert "s3cret" not in said.out + said.err
        assert "pass" not in (said.out + said.err).replace("password", "").replace("PGPASS", "")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_password_is_said_without_it_and_the_right_one_opens_an_office(
    locked, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PARTAGE_KEY_FILE", str(tmp_path / "key"))
    for password in ("s3cret", ""):
        url = postgres.url(locked, postgres.LOCKED, password)
        assert run(["--json", "--db", url, "--as", "anna:intake", "survey"]) == 9
        said = capsys.readouterr()
        assert "user or password are not right" in json.loads(said.out)["error"]["what"]
        assert "s3cret" not in said.out + said.err
    url = postgres.url(locked, postgres.LOCKED, postgres.PASSWORD)
    office = opened(url)
    assert "mot" not in office.journal.url  # type: ignore[attr-defined]
    assert office.verify().clean
    office.journal.close()


def test_a_database_that_is_not_there_is_not_found(capsys):
    url = postgres.url("nobody_made_this")
    assert run(["--db", url, "--as", "anna:intake", "survey"]) == 6
    assert "There is no database at" in capsys.readouterr().err


def test_an_empty_database_is_no_journal_until_somebody_may_begin_one(postgres_url, tmp_path):
    for words, code in ((["survey"], 6), (["propose"], 6)):
        assert run(["--db", postgres_url, "--as", "paul:placement", *words]) == code
    with psycopg.connect(postgres_url) as plain:
        assert plain.execute("SELECT to_regnamespace('partage')").fetchone() == (None,)
    assert not (tmp_path / "postgres.key").exists()


def test_what_is_not_our_schema_or_a_newer_one_is_refused_and_left_alone(postgres_url):
    by_hand(postgres_url, "CREATE SCHEMA partage", "CREATE TABLE partage.letters (a text)")
    with pytest.raises(InputRefused, match="not a journal of Partage"):
        open_journal(postgres_url)
    by_hand(postgres_url, "DROP SCHEMA partage CASCADE")
    open_journal(postgres_url).close()
    by_hand(postgres_url, "UPDATE format SET version = 99")
    with pytest.raises(InputRefused, match="newer version of Partage: its format is 99"):
        open_journal(postgres_url)


def test_a_user_without_the_right_to_begin_is_told_whom_to_ask(locked, postgres_url, tmp_path):
    name = postgres_url.rpartition("?")[0].rpartition("/")[2]
    url = postgres.url(name, postgres.LOCKED, postgres.PASSWORD)
    with pytest.raises(Unavailable, match="does not let this user do that") as refused:
        open_journal(url)
    assert "Ask whoever keeps the server" in refused.value.do


def test_a_text_that_the_database_cannot_keep_is_refused_whole(postgres_url):
    journal = open_journal(postgres_url)
    for idem in ("a\x00b", "".join(random.Random(1).choices(string.printable, k=9_000))):
        with pytest.raises(InputRefused, match="cannot keep this"):
            journal.append(
                [Draft("count", "count/x", {"n": 1}, "2023-02-20")], {}, idem, stamp=STAMP
            )
    assert journal.head()[0] == 0
    count(journal, 0)
    assert journal.head()[0] == 1
    journal.close()


# -- what somebody with the database's password could do ---------------------------------------


@pytest.mark.parametrize("stretch", [25_000, 2])
def test_the_seals_alone_are_checked_on_every_core_and_a_change_is_named(
    stretch, postgres_url, monkeypatch
):
    monkeypatch.setattr("partage.store.seals.STRETCH", stretch)
    journal = open_journal(postgres_url)
    for number in range(7):
        count(journal, number)
    assert journal.check_seals() == (7, "")
    by_hand(postgres_url, "UPDATE entries SET actor = 'nobody' WHERE no = 5")
    good, fault = journal.check_seals()
    assert (good, "entry 5" in fault) == (4, True)
    by_hand(postgres_url, "DELETE FROM entries WHERE no = 3")
    good, fault = journal.check_seals()
    assert (good, "entry 3 is missing" in fault) == (2, True)
    journal.close()


def test_what_stands_beside_the_journals_own_tables_is_named(postgres_url):
    journal = open_journal(postgres_url)
    count(journal, 0)
    assert journal.strays() == []
    by_hand(
        postgres_url,
        "CREATE TABLE notes (a text)",
        "ALTER TABLE cases ADD COLUMN mood text",
        "DROP INDEX cases_look",
        "CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER bent BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION bend()",
    )
    said = " | ".join(journal.strays())
    for what in (
        "table 'notes' that is not its own", "column 'cases.mood'", "lacks its index 'cases_look'",
        "function 'bend'", "trigger 'bent'",
    ):  # fmt: skip
        assert what in said
    journal.close()


def test_a_forged_row_of_every_kind_is_a_fault_that_verify_names(postgres_url):
    office = opened(postgres_url).acting("anna:intake")
    office.register(arrivals("r1,2", "r2,1"))
    verify = open_office(postgres_url, "rita:auditor", at=AT + timedelta(minutes=1)).verify
    assert verify().clean
    for command, where in (
        ("UPDATE cases SET row = replace(row, '\"persons\":2', '\"persons\":9')", "view cases"),
        ("UPDATE vault SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)", "vault"),
        ("UPDATE entries SET day = '2023-02-19' WHERE no = 2", "entry 2"),
    ):
        by_hand(postgres_url, command)
        report = verify()
        assert not report.clean, command
        assert any(f.where.startswith(where) for f in report.findings), (where, report.findings)
    office.journal.close()


def test_a_connection_lost_in_the_middle_of_a_look_is_not_replaced_before_its_end(postgres_url):
    journal = open_journal(postgres_url)
    count(journal, 0)
    with journal.snapshot():
        assert journal.head()[0] == 1
        by_hand(
            postgres_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'partage' "
            "AND datname = current_database()",
        )
        for _ in range(2):
            with pytest.raises(Unavailable):
                journal.head()  # not what another moment shows
    assert journal.head()[0] == 1
    journal.close()


# -- people's data --------------------------------------------------------------------------


def test_the_server_never_sees_what_is_known_of_a_household(postgres_url):
    office = opened(postgres_url).acting("anna:intake")
    office.register(arrivals("CANARY-0213,2"))
    with psycopg.connect(postgres_url, options="-c search_path=partage") as plain:
        names = [
            r[0]
            for r in plain.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'partage'")
        ]
        assert len(names) == 14
        for name in names:
            for (row,) in plain.execute(f"SELECT t::text FROM {name} t"):  # type: ignore[call-overload]
                assert "CANARY" not in row
                assert b"CANARY".hex() not in row
    office.journal.close()


def test_an_erased_key_is_no_longer_in_the_tables_file(postgres_url):
    journal = open_journal(postgres_url)
    secrets = [Secret(f"V-{n}", "case", f"case/{n}", "salt", b"{}") for n in range(3)]
    count(journal, 0, secrets=secrets)
    keys = dict(journal._conn.execute("SELECT subject, wrapped FROM keys").fetchall())  # type: ignore[attr-defined]
    assert all(in_file(journal, wrapped) for wrapped in keys.values())
    count(journal, 1, forget=["case/1"])
    assert not in_file(journal, keys["case/1"])
    assert in_file(journal, keys["case/2"])
    assert [s.id for s in journal.secrets()] == ["V-0", "V-2"]
    journal.close()


def test_an_erasure_says_when_somebody_reads_as_of_before_and_the_next_one_catches_up(
    postgres_url, monkeypatch
):
    monkeypatch.setattr("partage.store.postgres.WAIT_SECONDS", 0.1)
    journal, reader = open_journal(postgres_url), open_journal(postgres_url)
    secrets = [Secret(f"V-{n}", "case", f"case/{n}", "salt", b"{}") for n in range(3)]
    count(journal, 0, secrets=secrets)
    keys = dict(journal._conn.execute("SELECT subject, wrapped FROM keys").fetchall())  # type: ignore[attr-defined]
    with reader.snapshot():
        assert reader.head()[0] == 1
        with pytest.raises(Unavailable, match="The data are erased; the server could not"):
            count(journal, 1, forget=["case/1"])
        assert [s.id for s in journal.secrets()] == ["V-0", "V-2"]
        assert [s.id for s in reader.secrets()] == ["V-0", "V-1", "V-2"]
    monkeypatch.setattr("partage.store.postgres.WAIT_SECONDS", 10)
    count(journal, 2, forget=["case/2"])
    assert not any(in_file(journal, keys[f"case/{n}"]) for n in (1, 2))
    for one in (journal, reader):
        one.close()


def in_file(journal: PostgresJournal, what: bytes) -> bool:
    """Whether these bytes stand in the file of the wrapped keys."""
    journal._conn.execute("CHECKPOINT")
    [[path]] = journal._conn.execute("SELECT pg_relation_filepath('keys')").fetchall()
    return what in (Path(postgres.folder()) / "data" / path).read_bytes()
