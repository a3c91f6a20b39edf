"""Forms: from a page of this office, shown to this browser; what another site sends does nothing."""

from __future__ import annotations

import pytest

from entry.coming import FIRST, HERE

OTHER = [
    {"Origin": "https://other.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://127.0.0.1:9999", "Sec-Fetch-Site": "same-origin"},
]


@pytest.fixture
def anna(plain):  # type: ignore[no-untyped-def]
    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    return browser


@pytest.mark.parametrize("headers", OTHER)
def test_a_form_of_another_site_does_nothing(headers, anna, plain):
    out = anna.send("/en/account", headers, do="end-others")
    assert out.status_code == 403
    token = anna.token(anna.get("/en/account").text)
    assert anna.post("/en/sign-out", headers, csrf=token).status_code == 403
    assert anna.get("/en/account").status_code == 200, "still signed in"
    stranger = plain.browser()
    assert stranger.send("/en/sign-in", headers, name="anna", password=FIRST).status_code == 403
    assert stranger.cookie == ""


def test_a_form_of_this_office_is_taken_whatever_the_browser_says_of_it(anna):
    for headers in ({}, {"Origin": HERE}, {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}):
        assert anna.send("/en/account", headers, do="end-others").status_code == 303


def test_a_form_without_its_token_or_with_anothers_does_nothing(anna, plain):
    other = plain.browser()
    other.begins("bo", plain.gives("bo:intake"))
    theirs = other.token(other.get("/en/account").text)
    before = anna.token(plain.browser().get("/en/sign-in").text)
    for token in ("", "x", theirs, before, "é"):
        assert anna.post("/en/account", csrf=token, do="end-others").status_code == 403


def test_a_form_of_a_session_that_ended_does_nothing(anna):
    page = anna.get("/en/account")
    token = anna.token(page.text)
    assert anna.post("/en/sign-out", csrf=token).status_code == 303
    again = anna.post("/en/account", csrf=token, do="end-others")
    assert again.status_code == 403
    assert "Nothing was done" in again.text


def test_a_sign_in_form_belongs_to_the_browser_it_was_shown_to(plain):
    plain.browser().begins("anna", plain.gives("anna:intake"))
    one, two = plain.browser(), plain.browser()
    token = one.token(one.get("/en/sign-in").text)
    two.get("/en/sign-in")
    assert two.post("/en/sign-in", csrf=token, name="anna", password=FIRST).status_code == 403
    assert one.post("/en/sign-in", csrf=token, name="anna", password=FIRST).status_code == 303
    bare = plain.browser()
    assert bare.post("/en/sign-in", csrf=token, name="anna", password=FIRST).status_code == 403


def test_what_is_too_large_or_no_form_does_nothing(anna):
    for body in (b"x" * 30_000, b"\xff\xfe", b"a=1&" * 100, b"%00"):
        assert anna.client.post("/en/account", content=body).status_code == 403


@pytest.mark.parametrize("base", ["https://partage.example", "http://partage.example"])
def test_beyond_this_machine_the_cookie_is_for_this_host_and_tls_alone(base, plain):
    browser = plain.browser(base)
    browser.get("/en/start")
    code = plain.gives("anna:intake")
    page = browser.get("/en/start")
    for kept in page.headers.get_list("set-cookie"):
        assert kept.startswith("__Host-partage-form=")
    answer = browser.client.post(
        "/en/start",
        data={"csrf": browser.token(page.text), "name": "anna", "code": code, "password": FIRST,
              "again": FIRST},
        headers={"Cookie": page.headers["set-cookie"].partition(";")[0]}
        if "set-cookie" in page.headers else {},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    [kept] = [c for c in answer.headers.get_list("set-cookie") if "form" not in c]
    assert kept.startswith("__Host-partage=")
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"):
        assert word in kept
    assert "Domain" not in kept


def test_nobody_is_sent_to_another_site_after_signing_in(plain):
    plain.browser().begins("anna", plain.gives("anna:intake"))
    for to, lands in (
        ("/en/account?a=1", "/en/account?a=1"), ("https://other.example", "/en"),
        ("//other.example", "/en"), ("/\\other.example", "/en"), ("/en\r\nX: y", "/en"), ("x", "/en"),
    ):  # fmt: skip
        browser = plain.browser()
        answer = browser.send("/en/sign-in", name="anna", password=FIRST, to=to)
        assert answer.headers["location"] == lands


def test_every_page_of_the_way_in_has_both_languages_and_a_strict_policy(anna, plain):
    for path in ("/sign-in", "/start", "/account", "/second-factor"):
        browser = anna if path in ("/account", "/second-factor") else plain.browser()
        for lang in ("en", "fr"):
            page = browser.get(f"/{lang}{path}")
            assert page.status_code == 200
            assert f'<html lang="{lang}"' in page.text
            assert f'href="/{"fr" if lang == "en" else "en"}{path}' in page.text
            assert page.text.count("<h1") == 1
            policy = page.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert "<script>" not in page.text
            assert " style=" not in page.text
            assert page.headers["cache-control"] == "no-store"
