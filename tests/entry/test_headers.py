"""What every answer carries beside its text: for the pages and for the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from entry.coming import HERE, House
from offices import AT, opened
from partage.faces import serve
from partage.faces.serve import Offices, RunningClock
from partage.office.pace import Pace, Rates
from partage.office.sessions import Rules
from partage.packs.loader import load_pack

ADDRESSES = ("/", "/en/sign-in", "/fr/nowhere", "/v1/survey/queues", "/nowhere", "/openapi.json")


@pytest.fixture
def whole(tmp_path: Any) -> Any:
    """The pages and the API as they are served, at one address."""
    url = f"sqlite:///{tmp_path / 'headers.db'}"
    opened(url, ("CA-ON",)).journal.close()
    offices = Offices(url, load_pack("canada"), RunningClock(AT))
    yield serve.whole(offices, Rules(), Pace(Rates(unknown=1)))
    offices.close()


def test_the_api_is_no_page(whole: Any):
    for path in ("/v1/survey/queues", "/v1/nowhere", "/nowhere", "/openapi.json"):
        told = TestClient(whole, base_url=HERE).get(path).headers
        assert "default-src 'none'" in told["content-security-policy"]
        assert "frame-ancestors 'none'" in told["content-security-policy"]
        assert told["x-content-type-options"] == "nosniff"


def test_over_tls_a_browser_is_told_to_stay_with_it(whole: Any):
    for path in ADDRESSES:
        told = TestClient(whole, base_url="https://partage.example").get(path).headers
        assert told["strict-transport-security"] == "max-age=31536000; includeSubDomains"
        bare = TestClient(whole, base_url=HERE).get(path).headers
        assert "strict-transport-security" not in bare


def test_no_answer_lets_another_site_read_it(whole: Any):
    for path in ADDRESSES:
        headers = {"Origin": "https://other.example"}
        told = TestClient(whole, base_url=HERE).get(path, headers=headers).headers
        assert not [name for name in told if name.startswith("access-control-")]


def test_no_answer_tells_others_where_somebody_was(whole: Any):
    for path in ADDRESSES:
        told = TestClient(whole, base_url=HERE).get(path).headers["referrer-policy"]
        assert told in ("no-referrer", "same-origin")


def test_who_is_no_proxy_does_not_choose_its_address(whole: Any):
    def asked(client: str, says: str, trusted: str) -> int:
        app = ProxyHeadersMiddleware(whole, trusted_hosts=[trusted])
        browser = TestClient(app, base_url=HERE, client=(client, 1))
        return browser.get("/v1/survey/queues", headers={"X-Forwarded-For": says}).status_code

    assert asked("192.0.2.1", "198.51.100.1", "127.0.0.1") == 401
    assert asked("192.0.2.1", "198.51.100.2", "127.0.0.1") == 429, "its word does not count"
    assert asked("127.0.0.1", "198.51.100.3", "127.0.0.1") == 401, "a proxy's does"
    assert asked("127.0.0.1", "198.51.100.3", "127.0.0.1") == 429


def test_password_fields_are_masked_and_take_a_managers_word(plain: House):
    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    for path in ("/en/account", "/en/start", "/en/sign-in"):
        fields = re.findall(r"<input[^>]*password[^>]*>", browser.get(path).text)
        assert fields, path
        for field in fields:
            assert 'type="password"' in field or 'type="hidden"' in field, field
            assert "onpaste" not in field
            assert 'autocomplete="off"' not in field
