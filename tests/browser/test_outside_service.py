"""In by an outside sign-in service, in Chromium: the service is a process of its own, as in ``tests/entry``."""

from __future__ import annotations

from typing import Any

import pytest

from browser.test_accessible import check
from entry.idp import CLIENT, SECRET
from entry.test_provider import Service, running
from partage.faces.web.provider import Provider, Settings
from partage.faces.web.words import LANGUAGES, Words

assert running  # the process, a fixture


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_is_linked_comes_in_and_nobody_else(lang, chromium, house, running: Service):
    t, mine = Words(lang), f"s-{lang}"
    true: dict[str, Any] = {
        "sub": mine, "at": int(house.now.timestamp()), "lie": "", "acr": "two", "down": False,
        "backs": [f"{house.address}/sign-in/back"],
    }  # fmt: skip
    running.says(**true)
    house.app.state.provider = Provider(
        Settings(running.issuer, CLIENT, SECRET, house.address, "Test ID", ("two",))
    )
    house.office("adam:admin").add_user("anna:intake")
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def come(to: str = "") -> None:
        page.goto(f"{house.address}/{lang}/sign-in{to}")
        page.get_by_role("link", name=t("provider.go", service="Test ID"), exact=True).click()
        page.wait_for_load_state()

    def told(what: str) -> None:
        page.wait_for_url(f"**/{lang}/sign-in/answer?what={what}*")
        assert page.locator("h1").inner_text() == t(f"provider.title-{what}")
        assert page.get_by_role("alert").count() == 1
        check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    for lie in ("declines", "nonce"):
        running.says(lie=lie)
        come()
        told({"declines": "declined", "nonce": "untrusted"}[lie])
    running.says(**true)
    come()
    told("unlinked")
    assert mine in page.locator("main").inner_text(), "what they tell their administrator"
    house.office("adam:admin").link_user("anna", running.issuer, mine, "came with badge 12")
    come(f"?to=/{lang}/arrivals")
    page.wait_for_url(f"**/{lang}/arrivals")
    assert page.locator("h1").inner_text() == t("nav.arrivals")
    page.get_by_role("button", name=t("shell.sign-out"), exact=True).click()
    page.wait_for_url("**/sign-in?left=1")
    assert page.get_by_role("link", name=t("provider.leave", service="Test ID")).count() == 1
    check(page)
    page.goto(f"{house.address}/{lang}/arrivals")
    assert f"/{lang}/sign-in" in page.url
    running.says(down=True)
    house.app.state.provider = Provider(house.app.state.provider.settings)
    come()
    told("down")
    running.says(**true)
    assert {url.split("/")[2] for url in asked} == {
        house.address.removeprefix("http://"), running.issuer.removeprefix("http://"),
    }  # fmt: skip
    assert not any(SECRET in url or "id_token" in url for url in asked)
    context.close()
