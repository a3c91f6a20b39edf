"""Kills (kill -9) at seeded times during writes: nothing acknowledged is lost, nothing half done."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection

import pytest

from partage.compose import open_journal
from partage.ledger.chain import first_fault
from partage.ledger.facts import Draft, Secret
from partage.ledger.views import VIEWS, rebuild
from partage.office.ports import Stamp

KILLS = {
    "sqlite": 200,
    "postgresql": 60,
}  # of the office's process; the server's own: test_server.py
SEED = 20230220
PARTS = 3  # drafts in each batch: they stand or fall together


def batch(key: str, number: int) -> tuple[list[Draft], list[Secret], dict[str, bytes]]:
    secrets, drafts = [], []
    for part in range(PARTS):
        subject = f"case/{key}-{part}"
        secret = Secret(f"V-{key}-{part}", "case", subject, f"salt{number}", b"x" * 200)
        secrets.append(secret)
        body = {
            "step": "register",
            "case": {"state": "waiting", "persons": 1, "account": "waiting@e"},
            "moves": [{"from": "outside:entry", "to": "waiting@e", "persons": 1}],
            "vault": {"case": secret.commitment},
        }
        drafts.append(Draft("register", subject, body, "2023-02-20"))
    drafts.append(
        Draft("hold", "site/s", {"place": {"held": {"night": {"person": PARTS}}}}, "2023-02-20")
    )
    return drafts, secrets, {f"sha256:{key}": b"y" * 500}


def write_until_killed(url: str, name: str, acknowledged: Connection) -> None:
    journal = open_journal(url)
    number = 0
    while True:
        key = f"{name}.{number}"
        drafts, secrets, blobs = batch(key, number)
        stamp = Stamp("2023-02-20T13:00:00.000000Z", "anna", "intake")
        journal.append(drafts, {}, key, stamp=stamp, secrets=secrets, blobs=blobs)
        acknowledged.send(key)
        number += 1


@pytest.mark.parametrize("store", KILLS)
def test_kills_lose_nothing_acknowledged_and_leave_nothing_half_done(store, url_of) -> None:
    url, kills = url_of(store), KILLS[store]
    open_journal(url).close()
    draw = random.Random(SEED)
    spawn = multiprocessing.get_context("fork")
    acknowledged: list[str] = []
    for kill in range(kills):
        here, there = spawn.Pipe(duplex=False)
        child = spawn.Process(target=write_until_killed, args=(url, str(kill), there))
        child.start()
        there.close()
        if here.poll(10):
            acknowledged.append(here.recv())  # it is writing now
        time.sleep(draw.uniform(0.0, 0.03))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        try:
            while here.poll():
                acknowledged.append(here.recv())
        except EOFError:
            pass
        here.close()
    check(url, acknowledged, kills)


def check(url: str, acknowledged: list[str], kills: int) -> None:
    journal = open_journal(url)
    entries = list(journal.read())
    assert first_fault(entries) is None
    assert journal.head() == (entries[-1].no, entries[-1].seal)
    per_key: dict[str, int] = {}
    for entry in entries:
        per_key[entry.idem] = per_key.get(entry.idem, 0) + 1
    assert len(acknowledged) >= kills, "every writer was killed while it wrote"
    assert set(acknowledged) <= set(per_key)
    assert set(per_key.values()) == {PARTS + 1}
    assert rebuild(entries).tables == {v: journal.rows(v) for v in VIEWS}
    commitments = {e.body["vault"]["case"] for e in entries if "vault" in e.body}
    assert {secret.commitment for secret in journal.secrets()} == commitments
    assert all(journal.blob(f"sha256:{key}") for key in per_key)
    # the next writer goes on where they stopped
    drafts, secrets, blobs = batch("after", 0)
    stamp = Stamp("2023-02-20T13:00:00.000000Z", "anna", "intake")
    journal.append(drafts, {}, "after", stamp=stamp, secrets=secrets, blobs=blobs)
    assert first_fault(journal.read()) is None
    journal.close()
