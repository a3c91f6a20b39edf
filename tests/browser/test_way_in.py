"""The way in, in Chromium: the landing, a password, the first page, out again; no barrier on any of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from browser.test_accessible import check
from partage.faces import serve
from partage.faces.cli.demo_office import demo_office
from partage.faces.web.words import Words
from partage.office.sessions import Rules


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """What ``partage serve --demo`` serves: its address, and a name with its password."""
    url = f"sqlite:///{tmp_path_factory.mktemp('way-in') / 'demo.db'}"
    at, who = demo_office(url, None)
    offices = serve.offices_at(url, "canada", at)
    serve.demo_accesses(offices, who)
    users = {role: (name, password) for role, name, password in serve.demo_users(offices, who)}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app = serve.whole(offices, Rules(second_factor=False))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield (f"http://127.0.0.1:{listening.getsockname()[1]}", *users["placement"])
        server.should_exit = True
        thread.join(20)
        offices.close()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_in_by_a_password_and_out_again(lang, chromium, served):
    address, name, password = served
    t = Words(lang)
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/")
    page.get_by_role("link", name=t("landing.enter"), exact=True).click()
    assert f"/{lang}/sign-in?to=/{lang}" in page.url
    check(page)
    page.fill("[name=name]", name)
    page.fill("[name=password]", "not this one, though long enough")
    page.get_by_role("button", name=t("way-in.go"), exact=True).click()
    assert page.get_by_role("alert").count() == 1
    check(page)
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.get_by_role("button", name=t("way-in.go"), exact=True).click()
    page.wait_for_url(f"**/{lang}/today")
    assert page.locator("h1").inner_text() == t("today.title")
    page.goto(f"{address}/{lang}/account")
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.goto(f"{address}/{lang}/policies")
    page.get_by_role("button", name=t("shell.sign-out"), exact=True).click()
    page.wait_for_url(f"{address}/{lang}/sign-in")  # once what was kept on the device is gone
    page.goto(f"{address}/{lang}/today")
    assert f"/{lang}/sign-in" in page.url
    assert all(url.startswith(address) for url in asked)
    context.close()


def test_the_api_is_at_the_same_address(chromium, served):
    context = chromium.new_context()
    answer = context.request.get(f"{served[0]}/openapi.json")
    assert answer.status == 200
    assert context.request.get(f"{served[0]}/v1/survey").status == 401
    assert context.request.get(f"{served[0]}/health").json() == {"ok": True}
    context.close()


MAIN = (
    ("placement", "/today"), ("placement", "/board"), ("placement", "/plans"), ("intake", "/arrivals/household"),
    ("approver", "/policies"), ("analyst", "/scenario/redirect-all"), ("auditor", "/record"), ("", "/public"),
)  # fmt: skip


def test_a_first_visit_weighs_at_most_200_kb_over_the_wire(chromium, served, address):
    """Every byte that comes back, headers too, without fonts; from a server without a proxy before it."""
    for role, path in MAIN:
        who = {"extra_http_headers": {"x-who": f"x:{role}"}} if role else {}
        context = chromium.new_context(service_workers="block", **who)
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        kinds: dict[str, str] = {}
        sizes: dict[str, float] = {}
        line.on(
            "Network.responseReceived", lambda e, k=kinds: k.update({e["requestId"]: e["type"]})
        )
        line.on(
            "Network.loadingFinished",
            lambda e, s=sizes: s.update({e["requestId"]: e["encodedDataLength"]}),
        )
        page.goto(f"{address}/en{path}", wait_until="networkidle")
        weight = sum(n for one, n in sizes.items() if kinds.get(one) != "Font")
        assert len(sizes) > 5, path
        assert weight < 200_000, f"{path} weighs {weight} bytes"
        context.close()
