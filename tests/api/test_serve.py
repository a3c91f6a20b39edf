"""The office served by a real process: the story once, a clean stop, a kill, and what is in the way."""

from __future__ import annotations

import os
import signal
import socket
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.serving import Person, Server, give
from offices import AT, REGIONS, arrivals, opened
from partage.compose import open_office
from partage.faces import serve
from partage.office.pace import Pace
from partage.office.permits import PERMITS, ROLES
from partage.office.sessions import Rules

ANNA, PAUL, ROSA, RITA = "anna:intake", "paul:placement", "rosa:approver", "rita:auditor"
LATER = AT + timedelta(hours=1)  # than anything a server wrote


def people(server: Server, secrets: dict[str, str]) -> dict[str, Person]:
    return {who: Person(server.address, secret) for who, secret in secrets.items()}


BOTH = pytest.mark.parametrize("store", ["sqlite", "postgresql"])


def key_of(tmp_path: Path) -> dict[str, str]:
    """Where the key of the vault lies on PostgreSQL, said to a server too."""
    return {"PARTAGE_KEY_FILE": str(tmp_path / "postgres.key")}


@BOTH
def test_from_the_first_run_on_an_empty_folder_to_a_verified_ledger(store, url_of, tmp_path: Path):
    url = url_of(store)
    key = {} if store == "sqlite" else key_of(tmp_path)
    server = Server("--db", url, more=key)
    assert any("Make the first administrator" in line for line in server.lines)
    assert any(f"--db {url} --at 2023-02-20T14:0" in line for line in server.lines)
    assert httpx2.get(f"{server.address}/").status_code == 200
    assert httpx2.get(f"{server.address}/v1/survey").status_code == 401
    coordinators = {code: f"c:region@{code}" for code in REGIONS}
    [adam] = give(url, "adam:admin").values()
    admin = Person(server.address, adam)
    known = {who: admin.gives(who) for who in (ANNA, PAUL, ROSA, RITA, *coordinators.values())}
    anna, paul, rosa, rita = (known[who] for who in (ANNA, PAUL, ROSA, RITA))
    for code, who in coordinators.items():
        assert known[who].post(f"/agree/as-in-pack/{code}")["agreed"]
    rows = [f"r{n},{1 + n % 2}" for n in range(6)]
    total = anna.post("/register", data=arrivals(*rows))["persons"]
    plan = paul.post("/propose", {"policy": "redirect-all"})["plan"]
    assert rosa.post(f"/approve/{plan}")["lines"] == 6
    offers = paul.post(f"/offer/{plan}")["offers"]
    declined, *accepted = [offer["case"] for offer in offers]
    anna.post(f"/answer/{declined}", {"outcome": "decline"})
    for case in accepted:
        anna.post(f"/answer/{case}", {"outcome": "accept"})
    paul.post(f"/arrive/fallback/{declined}")
    for site in sorted({offer["site"] for offer in offers if offer["case"] != declined}):
        clerk = admin.gives(f"lea:site@{site}")
        left = paul.post(f"/depart/{site}")
        there = clerk.post(f"/arrive/{left['run']}")
        assert there["persons"] == left["persons"]
        assert (
            clerk.post(f"/count/{site}", {"persons": there["persons"]})["book"] == there["persons"]
        )
    states = anna.get("/survey")["states"]
    assert states == {"hosted": {"households": 6, "persons": total}}
    verified = rita.get("/verify")
    assert verified["checked"]["plans"] == 1
    code, said = server.stop()
    assert code == 0
    assert server.lines[-1].startswith("Stopped.")
    assert "POST /v1/answer/{case} 200" in said
    assert declined not in said, "the log names no case"
    office = open_office(url, "rita:auditor", at=LATER)
    assert office.verify(anchor=verified["head"]).clean
    office.journal.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_an_act_in_flight_is_finished_before_the_server_stops(how, tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'o.db'}"
    opened(url).journal.close()
    secrets = give(url, ANNA, PAUL)
    server = Server("--db", url)
    known = people(server, secrets)
    known[ANNA].post("/register", data=arrivals(*(f"r{n},1" for n in range(40))))
    plans: list[Any] = []
    paul = threading.Thread(
        target=lambda: plans.append(known[PAUL].post("/propose", {"policy": "redirect-all"}))
    )
    paul.start()
    paul.join(0.3)  # it is at work now
    code, _ = server.stop(how)
    paul.join()
    assert code == 0
    assert plans[0]["placed"] + plans[0]["unplaced"] == 40
    office = open_office(url, "rita:auditor", at=LATER)
    assert office.journal.version(f"plan/{plans[0]['plan']}") == 1
    office.journal.close()


@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_stop_before_it_listens_for_it_stops(wanted, tmp_path: Path):
    opened(url := f"sqlite:///{tmp_path / 'o.db'}").journal.close()
    handlers = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    said: list[str] = []
    late = threading.Timer(20, lambda: (said.append("late"), os.kill(os.getpid(), signal.SIGTERM)))
    late.start()

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("Partage is at"):
            signal.raise_signal(wanted)

    try:
        offices = serve.offices_at(url, "canada", f"{AT:%Y-%m-%dT%H:%M:%SZ}")
        serve.run(offices, serve.bound("127.0.0.1", 0), say, Rules(), Pace())
    finally:
        late.cancel()
        for one, handler in handlers.items():
            signal.signal(one, handler)
    assert "late" not in said
    assert said[-1].startswith("Stopped.")


@BOTH
def test_nothing_acknowledged_is_lost_by_a_kill(store, url_of, tmp_path: Path):
    url = url_of(store)
    key = {} if store == "sqlite" else key_of(tmp_path)
    opened(url).journal.close()
    secrets = give(url, ANNA)
    server = Server("--db", url, more=key)
    acknowledged: dict[str, list[str]] = {}
    enough = threading.Event()

    def work(desk: int) -> None:
        anna = Person(server.address, secrets[ANNA])
        for number in range(1000):
            name = f"d{desk}n{number}"
            try:
                answer = anna.post("/register", data=arrivals(f"{name},1"), key=name)
            except httpx2.TransportError:
                return
            acknowledged[name] = answer["registered"]
            if len(acknowledged) >= 25:
                enough.set()

    desks = [threading.Thread(target=work, args=(desk,)) for desk in range(4)]
    for desk in desks:
        desk.start()
    assert enough.wait(120)
    code, _ = server.stop(signal.SIGKILL)
    for desk in desks:
        desk.join()
    assert code == -signal.SIGKILL
    again = Server("--db", url, more=key)
    anna = Person(again.address, secrets[ANNA])
    for name, cases in acknowledged.items():
        repeated = anna.post("/register", data=arrivals(f"{name},1"), key=name)
        assert repeated["registered"] == cases
        assert repeated["answered_before"]
    waiting = anna.get("/survey")["states"]["waiting"]["households"]
    assert len(acknowledged) <= waiting <= len(acknowledged) + 4, "no more than what was in flight"
    assert again.stop()[0] == 0
    office = open_office(url, "rita:auditor", at=LATER)
    assert office.verify().clean
    office.journal.close()


def test_the_demonstration_has_an_access_for_each_role(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    server = Server("--db", url, at="", demo=True)
    given = {words[0]: words[1] for line in server.lines if len(words := line.split()) == 3}
    assert set(given) == set(ROLES)
    permitted = {r.role for r in PERMITS if r.verb == "survey" and r.scope == "all"}
    for role, secret in given.items():
        headers = {"Authorization": f"Bearer {secret}"}
        answer = httpx2.get(f"{server.address}/v1/survey", headers=headers)
        assert answer.status_code == (200 if role in permitted else 403), role
    assert server.stop()[0] == 0
    again = Server("--db", url, at="", demo=True)  # the same office goes on
    headers = {"Authorization": f"Bearer {given['auditor']}"}
    verified = httpx2.get(f"{again.address}/v1/verify", headers=headers, timeout=60)
    assert verified.json()["ok"]
    assert again.stop()[0] == 0


def test_what_is_in_the_way_is_said_in_a_sentence(terminal):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = terminal("serve", "--port", port)
        assert answer.code == 9
        assert port in answer.json["error"]["what"]
    assert terminal("serve", "--demo", "--host", "0.0.0.0").code == 2
    assert terminal("serve", "--demo", "--host", "demo.example").code == 2
    assert terminal("serve", "--port", "0", db="memory:").code == 2
    reached = terminal("serve", "--port", "0", "--host", "0.0.0.0")
    assert (reached.code, "PARTAGE_PROXIES" in reached.json["error"]["do"]) == (2, True)
    assert terminal("serve", "--port", "0", "--host", "no.such.host.invalid").code == 9
    terminal("agree", "ON", "--from-pack", who="c:region@CA-ON")
    assert terminal("serve", "--port", "0", at="").code == 7, "a training journal says when it is"
    assert terminal("serve", "--demo", "--port", "0").code == 7, "another's journal is left alone"
