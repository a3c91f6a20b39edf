"""How often somebody may ask: per address at the way in, per address and per account at the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from entry.coming import House
from offices import AT, opened
from partage.core.errors import InputRefused
from partage.faces.api.app import create_app
from partage.faces.cli import settings
from partage.office.gate import TooMany
from partage.office.pace import Pace, Rates, network_of
from partage.office.permits import Actor
from partage.office.sessions import Rules


@pytest.fixture
def url(tmp_path: Any) -> str:
    url = f"sqlite:///{tmp_path / 'pace.db'}"
    opened(url, ("CA-ON",)).journal.close()
    return url


def test_a_machine_that_tries_one_name_after_another_is_slowed(plain: House):
    plain.app.state.pace = Pace(Rates(sign_in=3))
    browser = plain.browser()
    tried = [browser.signs_in(f"nobody{n}", "not the one at all").status_code for n in range(4)]
    assert tried == [403, 403, 403, 429]
    assert 1 <= int(browser.last.headers["retry-after"]) <= 60
    assert "too many tries" in browser.last.text
    assert browser.get("/fr/sign-in").status_code == 200, "who only looks is not counted"
    other = TestClient(plain.app, base_url="http://127.0.0.1:8000", client=("192.0.2.7", 1))
    assert other.post("/en/sign-in").status_code == 403, "another address has its own count"


@pytest.mark.parametrize(
    "path", ["/en/sign-in", "/fr/sign-in/code", "/en/start", "/en/second-factor"]
)
def test_every_step_of_the_way_in_counts(plain: House, path: str):
    plain.app.state.pace = Pace(Rates(sign_in=1))
    browser = plain.browser()
    assert browser.post(path).status_code != 429
    assert browser.post(path).status_code == 429


def test_the_api_says_when_to_come_back(url: str):
    def open_(actor: Actor) -> Any:
        from partage.compose import open_office

        return open_office(url, actor, at=AT, create=False)

    office = open_(Actor("adam", "admin"))
    secrets = [
        office.grant_token(who, AT.date() + timedelta(days=9))[1]
        for who in ("rita:auditor", "rita:analyst", "anna:intake")
    ]
    office.journal.close()
    app = create_app(open_, pace=Pace(Rates(unknown=2, account=2, address=8)))
    client = TestClient(app)

    def asked(secret: str = "") -> Any:
        headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "fr"} if secret else {}
        return client.get("/v1/survey/queues", headers=headers)

    assert [asked().status_code for _ in range(3)] == [401, 401, 429], "guesses"
    rita, also_rita, anna = secrets
    assert asked(rita).status_code != 429
    assert asked(also_rita).status_code != 429
    told = asked(rita)
    assert told.status_code == 429, "one person, whatever their role and their access"
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["kind"] == "TooMany"
    assert told.json()["title"] == TooMany.title_fr
    assert told.json()["detail"].startswith("Il en est venu plus de 2 en une minute")
    assert 1 <= int(told.headers["retry-after"]) <= 60
    assert asked(anna).status_code == 200, "another person goes on"
    assert asked(anna).status_code == 200
    assert asked(anna).status_code == 429, "no more than eight in all from one address"
    said = app.openapi()["paths"]["/v1/survey/queues"]["get"]["responses"]
    assert said["429"]["description"] == "TooMany"
    assert "NotRecognised" in said["403"]["description"]


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_counts_by_who_has_it(host: str, network: str):
    assert network_of(host) == network


def test_the_limits_of_a_server_can_be_set():
    assert settings.rules({}, second_factor=True) == Rules()
    assert settings.rates({}) == Rates()
    set_ = {"PARTAGE_IDLE_MINUTES": "10", "PARTAGE_SESSION_HOURS": "8"}
    rules = settings.rules(set_, second_factor=True)
    assert (rules.idle_minutes, rules.hours, rules.second_factor) == (10, 8, True)
    rates = settings.rates({one.name: str(n) for n, one in enumerate(settings.NUMBERS, 10)})
    assert rates == Rates(sign_in=12, unknown=13, address=14, account=15)
    proxies = settings.proxies({"PARTAGE_PROXIES": "127.0.0.1, 10.0.0.0/8"})
    assert proxies == ["127.0.0.1", "10.0.0.0/8"]


@pytest.mark.parametrize("said", ["0", "61", "-5", "ten", "1.5", "9999999999999999999", "²"])
def test_a_setting_that_is_no_number_in_its_bounds_stops_the_server(said: str):
    with pytest.raises(InputRefused, match="PARTAGE_IDLE_MINUTES is no whole number from 1 to 60"):
        settings.rules({"PARTAGE_IDLE_MINUTES": said}, second_factor=True)
    with pytest.raises(InputRefused, match="no address"):
        settings.proxies({"PARTAGE_PROXIES": "*"})


def test_a_session_ends_when_the_office_says(url: str):
    house = House(url, AT, Rules(idle_minutes=5, hours=1, second_factor=False))
    browser = house.browser()
    browser.begins("anna", house.gives("anna:intake"))
    house.clock.on(minutes=4)
    assert browser.get("/en/account").status_code == 200
    house.clock.on(minutes=6)
    assert browser.get("/en/account").status_code == 303, "idle"
    browser.signs_in("anna")
    for _ in range(15):
        house.clock.on(minutes=4)
        last = browser.get("/en/account").status_code
    assert last == 303, "in any case after the hour"
