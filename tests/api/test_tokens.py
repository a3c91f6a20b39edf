"""Accesses: only a hash is kept, a use is as that person in that role, and an end is at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offices import AT, arrivals
from partage.compose import open_office
from partage.faces.api.app import create_app


@pytest.fixture
def client(url):  # type: ignore[no-untyped-def]
    from fastapi.testclient import TestClient

    return TestClient(create_app(lambda actor: open_office(url, actor, at=AT, create=False)))


def give(url: str, who: str, until: str = "2023-03-01") -> tuple[str, str]:
    office = open_office(url, "adam:admin", at=AT)
    done, secret = office.grant_token(who, AT.date().fromisoformat(until))
    office.journal.close()
    return done.data["token"], secret


def with_(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k"}


def test_only_a_salted_hash_is_kept(url, tmp_path):
    _, secret = give(url, "anna:intake")
    _, other = give(url, "anna:intake")
    assert secret != other
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert secret.split(".")[1].encode() not in kept


def test_a_use_is_as_that_person_in_that_role(client, url):
    _, secret = give(url, "anna:intake")
    done = client.post("/v1/register", content=arrivals("a,1"), headers=with_(secret))
    assert done.status_code == 200
    office = open_office(url, "rita:auditor", at=AT)
    last = list(office.journal.read())[-1]
    assert (last.verb, last.actor, last.role) == ("register", "anna", "intake")
    assert office.verify().clean
    assert client.get("/v1/verify", headers=with_(secret)).status_code == 403
    site = "ca-on/windsor/ircc-hotels"
    _, clerk = give(url, f"lea:site@{site}")
    assert client.post(f"/v1/update/{site}", json={}, headers=with_(clerk)).status_code == 200
    other = "ca-on/ottawa/ircc-hotels"
    assert client.post(f"/v1/update/{other}", json={}, headers=with_(clerk)).status_code == 403


def test_an_appointment_that_ended_ends_its_acts(client, url):
    _, secret = give(url, "anna:intake")
    office = open_office(url, "adam:admin", at=AT)
    day = AT.date()
    office.appoint("bo", "intake", first=day, last=day, instrument="memo 1")
    done = client.post("/v1/register", content=arrivals("a,1"), headers=with_(secret))
    assert done.status_code == 403
    assert "anna is not appointed as intake" in done.json()["detail"]


def test_whatever_is_not_an_access_in_force_is_nobody(client, url):
    token, secret = give(url, "anna:intake")
    assert client.get("/v1/survey", headers=with_(secret)).status_code == 200
    for off in ("", "x", token, f"{token}.", secret[:-1], secret[:-1] + "é", secret + "A",
                f"T-0000000000.{secret.split('.')[1]}"):  # fmt: skip
        headers = [(b"Authorization", f"Bearer {off}".encode())]
        answer = client.get("/v1/survey", headers=headers)
        assert answer.status_code == 401, off
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.get("/v1/survey", headers={"Authorization": secret}).status_code == 401


def test_an_end_is_at_once_also_over_the_network(client, url):
    token, secret = give(url, "anna:intake")
    _, admin = give(url, "adam:admin")
    listed = client.get("/v1/token", headers=with_(admin)).json()["data"]
    assert {(r["name"], r["state"]) for r in listed} == {("anna", "active"), ("adam", "active")}
    assert client.get("/v1/survey", headers=with_(secret)).status_code == 200
    assert client.post(f"/v1/token/end/{token}", headers=with_(admin)).status_code == 200
    assert client.get("/v1/survey", headers=with_(secret)).status_code == 401
    again = {**with_(admin), "Idempotency-Key": "k2"}
    assert client.post(f"/v1/token/end/{token}", headers=again).status_code == 409
    lost = client.post("/v1/token/end/T-0000000000", headers=again)
    assert lost.status_code == 404


def test_the_secret_is_in_the_first_answer_and_in_no_other(client, url):
    _, admin = give(url, "adam:admin")
    body = {"name": "rosa", "role": "approver", "until": "2023-03-01"}
    first = client.post("/v1/token", json=body, headers=with_(admin)).json()["data"]
    again = client.post("/v1/token", json=body, headers=with_(admin)).json()["data"]
    assert "secret" not in again
    assert again["token"] == first["token"]
    rosa = client.get("/v1/survey", headers=with_(first["secret"]))
    assert rosa.status_code == 200


def test_an_access_ends_with_its_last_day(url):
    from fastapi.testclient import TestClient

    _, secret = give(url, "anna:intake", until="2023-02-20")
    for later, status in ((timedelta(hours=10), 200), (timedelta(hours=24), 401)):
        app = create_app(lambda actor, at=AT + later: open_office(url, actor, at=at, create=False))
        assert TestClient(app).get("/v1/survey", headers=with_(secret)).status_code == status


def test_an_access_for_longer_than_a_year_or_in_the_past_is_refused(client, url):
    _, admin = give(url, "adam:admin")
    for until in ("2023-02-19", "2024-03-01"):
        body = {"name": "rosa", "role": "approver", "until": until}
        assert client.post("/v1/token", json=body, headers=with_(admin)).status_code == 422


def test_before_an_office_has_begun_nobody_has_an_access(tmp_path):
    from fastapi.testclient import TestClient

    where = f"sqlite:///{tmp_path / 'none.db'}"
    client = TestClient(create_app(lambda actor: open_office(where, actor, create=False)))
    assert client.get("/v1/survey", headers=with_("x")).status_code == 401
    assert client.get("/health").status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_by_the_command_line(terminal):
    made = terminal("token", "anna:intake", "--until", "2023-03-01", who="adam:admin").json["data"]
    assert made["secret"].startswith(made["token"])
    [row] = terminal("token", who="adam:admin").json["data"]
    assert (row["name"], row["role"], row["state"]) == ("anna", "intake", "active")
    assert terminal("token", "--end", made["token"], who="adam:admin").code == 0
    [row] = terminal("token", who="adam:admin").json["data"]
    assert row["state"] == "ended"
    assert terminal("token", "anna:intake", who="adam:admin").code == 2
    assert terminal("token", "anna:intake", "--until", "2023-03-01", who="bo:intake").code == 5
    assert terminal("token", "a:intake", "--end", "T-0000000000", who="adam:admin").code == 2
