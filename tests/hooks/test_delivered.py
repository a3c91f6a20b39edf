"""A real server and a real receiver, each in a process of its own: told once, in order, also after a kill."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.serving import Person, Server, give
from hooks.receiver import Receiving
from offices import arrivals, opened
from partage.office import wire
from partage.office.reach import LOOPBACK, Reach


@pytest.fixture
def receiving(tmp_path: Path) -> Iterator[Receiving]:
    made = Receiving(tmp_path / "receiver")
    yield made
    made.close()


def test_from_the_address_to_the_log_with_a_kill_between(receiving, tmp_path):
    url = f"sqlite:///{tmp_path / 'o.db'}"
    opened(url).journal.close()
    secrets = give(url, "adam:admin", "anna:intake")
    private = {"address": f"{receiving.address}/x", "events": ["register"]}
    server = Server("--db", url)
    refused = Person(server.address, secrets["adam:admin"])
    with pytest.raises(AssertionError, match="private network"):
        refused.post("/hook", private)
    server.stop()
    server = Server("--db", url, more={"PARTAGE_HOOKS_TO": "127.0.0.0/8"})
    adam, anna = (Person(server.address, secret) for secret in secrets.values())
    made = adam.post("/hook", {"address": f"{receiving.address}/x", "events": ["register"]})
    receiving.know(made["secret"])
    receiving.answer("silent")  # it hangs in the middle of a delivery when the server dies
    anna.post("/register", data=arrivals("a,1", "b,2"))
    assert receiving.messages(1)
    server.stop(signal.SIGKILL)
    receiving.answer("204")
    server = Server(
        "--db", url, at="2023-02-20T15:00:00Z", more={"PARTAGE_HOOKS_TO": "127.0.0.0/8"}
    )
    adam = Person(server.address, secrets["adam:admin"])
    came = receiving.messages(3)
    assert all(one["good"] for one in came)
    told = [one["said"]["data"]["no"] for one in came if one["answer"] == "204"]
    assert len(told) == 2
    assert told == sorted(told)
    assert came[0]["id"] == came[1]["id"], (
        "what was not acknowledged is told again, under the same id"
    )
    assert [one["path"] for one in came] == ["/x"] * 3
    path = f"/hook/deliveries/{made['hook']}"
    until = time.monotonic() + 30
    while len(log := adam.get(path)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert [one["no"] for one in log] == told
    adam.post(f"/hook/again/{made['hook']}", {"no": told[0]})
    assert receiving.messages(4)[-1]["id"] == came[1]["id"]
    server.stop()


def test_no_redirect_is_followed_and_no_answer_is_waited_for_long(receiving, monkeypatch):
    monkeypatch.setattr(wire, "SECONDS", 0.5)
    secret = wire.new_secret()
    receiving.know(secret)
    sent = wire.Wire(Reach(LOOPBACK))
    receiving.answer(f"302 {receiving.address}/elsewhere")
    assert sent.post(receiving.address, secret, "one", b"{}") == (302, "")
    assert [one["path"] for one in receiving.messages()] == ["/"]
    receiving.answer("silent")
    assert sent.post(receiving.address, secret, "two", b"{}") == (0, "no-answer-in-time")
    assert sent.post("http://127.0.0.1:1/", secret, "three", b"{}") == (0, "not-reached")
    assert sent.post(receiving.address.replace("http", "https"), secret, "4", b"{}")[0] == 0


def test_who_answers_a_sign_at_a_time_is_left(monkeypatch):
    monkeypatch.setattr(wire, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            there, _ = server.accept()
            with there:
                try:
                    while True:
                        there.sendall(b"H")
                        time.sleep(0.1)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        port = server.getsockname()[1]
        said = wire.Wire(Reach(LOOPBACK)).post(f"http://127.0.0.1:{port}/", "whsec_", "x", b"{}")
    assert said[0] == 0
    assert time.monotonic() - began < 3
