"""A backup is a copy of one moment that either database can be filled from, whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import orjson
import psycopg
import pytest

from offices import AT, arrivals, opened
from partage import compose
from partage.compose import open_office
from partage.core.errors import InputRefused, NotPermitted, Unfaithful, WrongState
from partage.ledger.views import VIEWS
from partage.store.backup import Backup
from partage.store.schema import FORMAT

LATER = AT + timedelta(minutes=1)
STORES = ("sqlite", "postgresql")


@pytest.fixture(autouse=True)
def one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key lies, whatever the database."""
    monkeypatch.setenv("PARTAGE_KEY_FILE", str(tmp_path / "the.key"))
    return tmp_path / "the.key"


@pytest.fixture
def copied(url_of: Callable[[str], str], tmp_path: Path) -> Callable[[str], Path]:
    """A backup of a small office in a store: households, a plan, a correction, an erasure of one key."""

    def copy(store: str, *, with_key: bool = False) -> Path:
        office = opened(url_of(store))
        office.acting("anna:intake").register(arrivals("M-1,2", "M-2,1,1", "Zoë-3,1"))
        office.acting("paul:placement").propose("redirect-all", AT.date())
        path = tmp_path / f"{store}.partage"
        compose.backup(office.acting("adam:admin"), path, with_key=with_key)
        office.journal.close()
        return path

    return copy


def looked_at(url: str) -> tuple[object, ...]:
    """All that a journal shows."""
    office = open_office(url, "rita:auditor", at=LATER)
    report = office.verify()
    assert report.clean, report.findings
    shown = (
        office.journal.head(), list(office.journal.read()),
        {view: office.journal.rows(view) for view in VIEWS},
        [(s.id, s.kind, s.subject, s.salt, s.data) for s in office.journal.secrets()],
    )  # fmt: skip
    office.journal.close()
    return shown


@pytest.mark.parametrize(("source", "target"), [(a, b) for a in STORES for b in STORES if a != b])
def test_a_backup_fills_the_other_database_and_comes_back_the_same(
    source, target, copied, url_of, tmp_path
):
    path = copied(source)
    there = url_of(target)
    held, missing = compose.restore(there, "adam:admin", path)
    assert missing is None
    first = looked_at(url_of(source))
    assert looked_at(there) == first
    assert first[0] == held.head
    office = open_office(there, "adam:admin", at=LATER)
    compose.backup(office, tmp_path / "again.partage")
    office.journal.close()
    back = f"sqlite:///{tmp_path / 'back.db'}"
    again, _ = compose.restore(back, "adam:admin", tmp_path / "again.partage")
    assert looked_at(back) == looked_at(there)
    assert again.head[0] == held.head[0] + 1, "that a copy was made is an entry"
    office = open_office(back, "anna:intake", at=LATER)
    assert office.register(arrivals("M-1,2", "M-9,1")).data["already"] == 1, "references are found"
    office.journal.close()


@pytest.mark.parametrize("store", STORES)
def test_a_backup_is_of_one_moment_while_writers_go_on(store, url_of, tmp_path):
    url = url_of(store)
    office = opened(url)
    stop, wrote = threading.Event(), []

    def write() -> None:
        mine = open_office(url, "anna:intake", at=LATER)
        while not stop.is_set():
            mine.register(arrivals(f"W-{len(wrote)},1"))
            wrote.append(1)
        mine.journal.close()

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    heads = []
    try:
        for number in range(3):
            before = len(wrote)
            while len(wrote) < before + 2:
                assert writer.is_alive(), "the writer has given up"
                time.sleep(0.002)
            held, _ = compose.backup(office.acting("adam:admin"), tmp_path / f"{number}.partage")
            heads.append(held.head[0])
    finally:  # a writer that goes on would keep the whole run from ending
        stop.set()
        writer.join(60)
    assert heads == sorted(set(heads))
    for number, head in enumerate(heads):
        copy = f"sqlite:///{tmp_path / f'{number}.db'}"
        compose.restore(copy, "adam:admin", tmp_path / f"{number}.partage")
        assert looked_at(copy)[0][0] == head  # type: ignore[index]
    office.journal.close()


def test_the_key_goes_in_only_if_it_is_asked_for(copied, one_key, tmp_path):
    path = copied("sqlite")
    key = one_key.read_text().strip()
    assert key not in gzip.decompress(path.read_bytes()).decode()
    assert path.stat().st_mode & 0o077 == 0
    one_key.unlink()
    url = f"sqlite:///{tmp_path / 'new.db'}"
    _, missing = compose.restore(url, "adam:admin", path)
    assert missing == one_key
    assert not one_key.exists(), "a fresh key would open nothing"
    one_key.write_text("0" * 64)
    one_key.chmod(0o600)
    with pytest.raises(InputRefused, match="is not the key of this journal"):
        compose.restore(f"sqlite:///{tmp_path / 'other.db'}", "adam:admin", path)
    assert not (tmp_path / "other.db").exists()
    one_key.write_text(key)
    looked_at(url)


def test_a_backup_with_the_key_needs_nothing_else(copied, one_key, tmp_path):
    path = copied("sqlite", with_key=True)
    assert one_key.read_text().strip() not in repr(Backup.read(path))
    one_key.unlink()
    url = f"sqlite:///{tmp_path / 'new.db'}"
    _, missing = compose.restore(url, "adam:admin", path)
    assert missing is None
    assert one_key.stat().st_mode & 0o077 == 0
    office = open_office(url, "rita:auditor", at=LATER)
    assert office.verify().clean
    said = [e.body for e in office.journal.read() if e.verb == "backup"]
    assert [body["with_key"] for body in said] == [True]
    office.journal.close()


@pytest.mark.parametrize("store", STORES)
def test_nothing_is_restored_over_anything(store, copied, url_of):
    path = copied(store)
    before = looked_at(url_of(store))
    with pytest.raises(WrongState, match="is not empty"):
        compose.restore(url_of(store), "adam:admin", path)
    assert looked_at(url_of(store)) == before


def spoilt(path: Path, how: str) -> None:
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    if how == "cut":
        path.write_bytes(path.read_bytes()[:-2_000])
        return
    if how == "a line":
        lines[5] = lines[5].replace(b"agree", b"agrea")
    elif how == "no mark":
        lines = lines[:-1]
    elif how == "newer":
        lines[0] = lines[0].replace(b'"format":%d' % FORMAT, b'"format":9')
    elif how == "other":
        lines = [b'{"letters":1}\n']
    elif how == "not json":
        lines = [b"case,persons\n"]
    path.write_bytes(gzip.compress(b"".join(lines)))


@pytest.mark.parametrize(
    ("how", "kind", "says"),
    [
        ("cut", InputRefused, "not a whole backup"),
        ("a line", Unfaithful, "changed after it was made"),
        ("no mark", InputRefused, "not a whole backup"),
        ("newer", InputRefused, "has the format 9"),
        ("other", InputRefused, "not a backup of Partage"),
        ("not json", InputRefused, "not a backup of Partage"),
    ],
)
def test_a_file_that_is_no_good_backup_is_refused_and_nothing_is_left(
    how, kind, says, copied, tmp_path
):
    path = copied("sqlite")
    spoilt(path, how)
    with pytest.raises(kind, match=says):
        compose.restore(f"sqlite:///{tmp_path / 'new.db'}", "adam:admin", path)
    assert list(tmp_path.glob("new.db*")) == []


def marked_anew(path: Path, change: Callable[[list[bytes]], None]) -> None:
    """As somebody would do it who knows the format: change a line and write the mark to match."""
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)[:-1]
    change(lines)
    mark = "sha256:" + hashlib.sha256(b"".join(lines)).hexdigest()
    path.write_bytes(gzip.compress(b"".join([*lines, orjson.dumps({"mark": mark}) + b"\n"])))


@pytest.mark.parametrize("store", STORES)
def test_a_forged_entry_with_a_good_mark_is_named_and_nothing_is_left(
    store, copied, url_of, tmp_path
):
    path = copied("sqlite")

    def change(lines: list[bytes]) -> None:
        row = orjson.loads(lines[4])
        row[4] = "somebody else"
        lines[4] = orjson.dumps(row) + b"\n"

    marked_anew(path, change)
    new = str(tmp_path / "new.db")
    url = url_of(store) if store == "postgresql" else f"sqlite:///{new}"
    with pytest.raises(Unfaithful, match="entry 3 is not what its seal says"):
        compose.restore(url, "adam:admin", path)
    assert not Path(new).exists()
    if store == "postgresql":
        with psycopg.connect(url) as plain:
            assert plain.execute("SELECT to_regnamespace('partage')").fetchone() == (None,)


def test_a_table_that_is_missing_or_of_another_kind_is_refused(copied, tmp_path):
    path = copied("sqlite")
    whole = path.read_bytes()
    url = f"sqlite:///{tmp_path / 'new.db'}"

    def without(lines: list[bytes]) -> None:
        lines[:] = [line for line in lines if b'"table":"keys"' not in line]

    def other(lines: list[bytes]) -> None:
        lines[:] = [line.replace(b'"mark","data"', b'"mark","text"') for line in lines]

    for change, says in ((without, "not a backup|lacks"), (other, "table 'blobs' of another kind")):
        path.write_bytes(whole)
        marked_anew(path, change)
        with pytest.raises(InputRefused, match=says):
            compose.restore(url, "adam:admin", path)
    assert not (tmp_path / "new.db").exists()


def test_a_broken_chain_is_not_copied(url_of, tmp_path):
    url = url_of("sqlite")
    opened(url).journal.close()
    plain = sqlite3.connect(url.removeprefix("sqlite:///"))
    plain.execute("UPDATE entries SET day = '2023-02-19' WHERE no = 3")
    plain.commit()
    plain.close()
    office = open_office(url, "adam:admin", at=LATER)
    with pytest.raises(Unfaithful, match="entry 3 is not what its seal says"):
        compose.backup(office, tmp_path / "a.partage")
    assert list(tmp_path.glob("*.part*")) == []
    office.journal.close()


def test_a_backup_never_takes_a_name_that_is_taken_and_is_the_administrators(url_of, tmp_path):
    office = opened(url_of("sqlite")).acting("adam:admin")
    (tmp_path / "a.partage").write_text("a letter")
    with pytest.raises(InputRefused, match="there already"):
        compose.backup(office, tmp_path / "a.partage")
    assert (tmp_path / "a.partage").read_text() == "a letter"
    with pytest.raises(NotPermitted):
        compose.backup(office.acting("anna:intake"), tmp_path / "b.partage")
    with pytest.raises(NotPermitted):
        compose.restore(url_of("sqlite"), "anna:intake", tmp_path / "b.partage")
    with pytest.raises(NotPermitted):
        compose.migrate(url_of("sqlite"), "anna:intake")
    assert not (tmp_path / "b.partage").exists()
    with pytest.raises(WrongState, match="in memory"):
        compose.backup(opened("memory:").acting("adam:admin"), tmp_path / "b.partage")
    office.journal.close()
