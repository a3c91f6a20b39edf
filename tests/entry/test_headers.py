"""What every answer carries beside its text: for the pages and for the API."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from entry.coming import HERE, House
from offices import AT, opened
from partage.core.errors import InputRefused
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


def test_each_answer_says_what_it_is_and_texts_their_charset(whole: Any):
    """HTML, CSS, scripts and texts name UTF-8; JSON has no such parameter (RFC 8259)."""
    kinds = set()
    for path in (*ADDRESSES, "/static/site.css", "/robots.txt", "/en/nowhere", "/v1/nowhere"):
        answer = TestClient(whole, base_url=HERE).get(path)
        kind = answer.headers["content-type"]
        kinds.add(kind.partition(";")[0])
        if kind.startswith("text/") or "xml" in kind or "script" in kind:
            assert re.search(r"charset=utf-8", kind, re.I), (path, kind)
        else:
            assert re.match(r"application/([a-z.-]+\+)?json$", kind), (path, kind)
            answer.json()
    assert {"text/html", "application/json"} <= kinds


SMUGGLED = (  # each could be two requests to one who reads otherwise
    b"Content-Length: 4\r\nContent-Length: 9\r\n\r\nabcd",
    b"Content-Length: 4, 9\r\n\r\nabcd",
    b"Content-Length: +4\r\n\r\nabcd",
    b"Transfer-Encoding: xchunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabcd\r\n0\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\n-4\r\nabcd\r\n0\r\n\r\n",
    b"Bad\x00Name: yes\r\nContent-Length: 0\r\n\r\n",
)


def test_a_request_that_could_be_read_in_two_ways_is_refused():
    """By the reader that the server is told to use, on a socket of its own."""
    assert 'http="h11"' in Path(serve.__file__).read_text("utf-8")
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["path"])
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http="h11", log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()

    def asked(rest: bytes) -> bytes:
        with socket.create_connection(listening.getsockname()) as line:
            line.settimeout(10)
            line.sendall(
                b"POST /one HTTP/1.1\r\nHost: x\r\n"
                + rest
                + b"GET /two HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            line.shutdown(socket.SHUT_WR)
            said = b""
            while part := line.recv(65_536):
                said += part
            return said

    try:
        assert asked(b"Content-Length: 4\r\n\r\nabcd").count(b" 200 ") == 2, (
            "what is plain is served"
        )
        seen.clear()
        for rest in SMUGGLED:
            said = asked(rest)
            assert b" 400 " in said or b" 501 " in said, (rest, said)
            assert "/two" not in seen, rest
    finally:
        server.should_exit = True
        thread.join(10)


def test_where_others_reach_it_nothing_is_answered_that_did_not_come_by_tls(whole: Any):
    """The word of a proxy that is named counts, and nobody else's."""
    app = ProxyHeadersMiddleware(serve.by_tls_alone(whole), trusted_hosts=["192.0.2.9"])

    def asked(client: str, **headers: str) -> int:
        browser = TestClient(app, base_url="http://office.example", client=(client, 1))
        return browser.get("/en/sign-in", headers=headers).status_code

    proto = {"X-Forwarded-Proto": "https"}
    assert asked("192.0.2.9", **proto) == 200
    assert asked("192.0.2.9") == 403
    assert asked("192.0.2.1", **proto) == 403, "whoever is no proxy does not say how it came"
    with pytest.raises(InputRefused, match="would travel in clear"):
        serve.check_reached("0.0.0.0", ())
    serve.check_reached("0.0.0.0", ("192.0.2.9",))
    serve.check_reached("127.0.0.1", ())
    source = Path(serve.__file__).read_text("utf-8")
    assert "app if is_loopback(host) else by_tls_alone(app)" in source
