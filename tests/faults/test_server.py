"""The database server dies or stops: what was acknowledged stays, nothing is done twice, work goes on after."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest

import postgres
from partage.compose import open_journal
from partage.core.errors import Unavailable
from partage.ledger.chain import first_fault
from partage.ledger.facts import Draft
from partage.ledger.views import VIEWS, rebuild
from partage.office.ports import Stamp

KILLS, SEED = 4, 20230220
STAMP = Stamp("2023-02-20T14:00:00.000000Z", "anna", "intake")


@pytest.fixture(scope="module")
def own() -> Iterator[str]:
    """A database on a server that this file may harm."""
    name = f"data-{uuid.uuid4().hex[:8]}"
    listens = quote(postgres.socket_folder(name), safe="")
    yield f"postgresql://postgres@/postgres?host={listens}"
    postgres.server(name).cleanup()


@pytest.fixture(autouse=True)
def key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTAGE_KEY_FILE", str(tmp_path_factory.getbasetemp() / "own.key"))


def write(url: str, acknowledged: list[str], stop: threading.Event) -> None:
    """Append until told to stop; whatever the server says, the same key is sent again until it answers."""
    journal, number = open_journal(url), 0
    while not stop.is_set():
        key = f"act-{number}"
        body = {
            "case": {"state": "waiting", "persons": 1, "account": "waiting@e"},
            "moves": [{"from": "outside:entry", "to": "waiting@e", "persons": 1}],
        }
        try:
            journal.append(
                [Draft("register", f"case/{number}", body, "2023-02-20")], {}, key, stamp=STAMP
            )
        except Unavailable:
            time.sleep(0.05)
            continue
        acknowledged.append(key)
        number += 1
    journal.close()


def kill_a_backend(url: str) -> None:
    """Kill -9 on the process that serves the writer; the server then restarts all of them."""
    query = "SELECT pid FROM pg_stat_activity WHERE application_name = 'partage' LIMIT 1"
    with psycopg.connect(url) as plain:
        found = plain.execute(query).fetchone()
    if found:
        os.kill(found[0], signal.SIGKILL)


def test_kills_of_the_server_lose_nothing_acknowledged_and_do_nothing_twice(own):
    draw, acknowledged, stop = random.Random(SEED), [], threading.Event()
    writer = threading.Thread(target=write, args=(own, acknowledged, stop), daemon=True)
    writer.start()
    killed, until = 0, time.monotonic() + 120
    while killed < KILLS and writer.is_alive() and time.monotonic() < until:
        before = len(acknowledged)
        time.sleep(draw.uniform(0.05, 0.3))
        try:
            if len(acknowledged) > before:  # it is writing
                kill_a_backend(own)
                killed += 1
        except psycopg.OperationalError:  # still recovering
            continue
    end = len(acknowledged) + 3
    while len(acknowledged) < end and writer.is_alive() and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    writer.join(60)
    assert killed == KILLS, "the writer stopped, or the server did not come back in time"
    journal = open_journal(own)
    entries = list(journal.read())
    assert len(acknowledged) >= end, "the writer went on after the last kill"
    assert first_fault(entries) is None
    kept = [e.idem for e in entries]
    assert kept[: len(acknowledged)] == acknowledged, "each once, in order, none lost"
    assert len(kept) <= len(acknowledged) + 1, "the last may have been kept and not said"
    assert rebuild(entries).tables == {view: journal.rows(view) for view in VIEWS}
    journal.close()


def test_a_server_that_stops_is_a_sentence_and_the_same_office_goes_on_when_it_is_back(own):
    name = own.rpartition("%2F")[2]
    journal = open_journal(own)
    draft = Draft("count", "count/x", {"persons": 1}, "2023-02-20")
    journal.append([draft], {}, "one", stamp=STAMP)
    postgres.server(name).stop()
    with pytest.raises(Unavailable, match="cannot be used now"):
        journal.append([draft], {}, "two", stamp=STAMP)
    with pytest.raises(Unavailable, match="cannot be reached"):
        journal.head()
    with pytest.raises(Unavailable, match="cannot be reached"):
        open_journal(own)
    postgres.server(name).ensure_postgres_running()
    before = journal.head()[0]
    journal.append([draft], {}, "two", stamp=STAMP)
    assert journal.head()[0] == before + 1
    journal.close()
