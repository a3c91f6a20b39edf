"""Where nothing is sent: what is not public, under whatever name or way of writing it."""

from __future__ import annotations

import socket

import pytest

from partage.core.errors import InputRefused
from partage.office.reach import LOOPBACK, NotAllowed, Reach
from partage.office.wire import Wire

PRIVATE = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "[::1]", "[fd00::1]", "[fe80::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]",
    "localhost", "a.localhost", "2130706433", "0x7f000001", "127.1", "017700000001", "224.0.0.1", "[ff02::1]",
)  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_a_private_address_is_refused_however_it_is_written(host):
    with pytest.raises(InputRefused, match="private network"):
        Reach().check(f"https://{host}/x")


@pytest.mark.parametrize(
    "address",
    ["", "x", "ftp://example.org/", "https://", "https://a:b@example.org/", "https://example.org/#x",
     "https://example.org\\@10.0.0.1/", "https://exa mple.org/", "https://example.org:99999/",
     "http://example.org/", "https://exämple.org/", f"https://example.org/{'x' * 500}", "https://[::1"],
)  # fmt: skip
def test_what_is_no_address_over_tls_is_refused(address):
    with pytest.raises(InputRefused):
        Reach().check(address)


def test_what_is_public_or_named_is_taken_and_only_its_origin_is_said():
    assert Reach().check("https://example.org:8443/a?b=c") == "https://example.org:8443"
    assert Reach().check("https://8.8.8.8/a") == "https://8.8.8.8"
    assert Reach.parse("10.1.0.0/16").check("https://10.1.2.3/") == "https://10.1.2.3"
    assert Reach(LOOPBACK).check("http://localhost:9/") == "http://localhost:9"
    for wrong in ("https://10.2.0.1/", "http://10.1.0.1/"):
        with pytest.raises(InputRefused):
            Reach.parse("10.1.0.0/16").check(wrong)
    for text in ("x", "10.0.0.1/8", "10.0.0.0/99"):
        with pytest.raises(InputRefused):
            Reach.parse(text)


def test_a_name_that_leads_to_a_private_address_is_found_out_each_time(monkeypatch):
    leads: list[str] = []

    def look_up(host: str, port: int, **_: object) -> list[tuple]:  # type: ignore[type-arg]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in leads]

    monkeypatch.setattr("partage.office.reach.socket.getaddrinfo", look_up)
    leads[:] = ["8.8.8.8"]
    assert Reach().resolve("example.org", 443) == "8.8.8.8"
    leads[:] = ["8.8.8.8", "127.0.0.1"]
    with pytest.raises(NotAllowed):
        Reach().resolve("example.org", 443)
    assert Wire(Reach()).post("https://example.org/", "whsec_", "x", b"{}") == (0, "not-allowed")
    leads[:] = []
    with pytest.raises(NotAllowed):
        Reach().resolve("example.org", 443)
