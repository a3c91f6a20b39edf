"""Without a connection, in Chromium: written down, honest about it, sent once, also when an answer was lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Page, expect

from browser.test_accessible import check
from partage.casework.board import Vehicle
from partage.faces import serve
from partage.faces.cli.demo_office import demo_office
from partage.faces.web.words import Words
from partage.office.gate import Gate
from partage.office.permits import Actor
from partage.office.sessions import Rules, key_of_user

LEAVES = "2023-02-21T18:00:00.000000Z"
expect.set_options(timeout=20_000)
ENTRIES = """() => new Promise(done => {
    const asked = indexedDB.open("partage-later", 1);
    asked.onsuccess = () => {
        const all = asked.result.transaction("entries").objectStore("entries").getAll();
        all.onsuccess = () => done(all.result.filter(one => !one.sent).map(one => [
            Object.keys(one).sort().join(), new TextDecoder("latin1").decode(one.data)]));
    };
})"""
LEFT = """async () => [(await caches.keys()).includes("partage-pages"), await new Promise(done => {
    const asked = indexedDB.open("partage-later", 1);
    asked.onsuccess = () => {
        const all = asked.result.transaction("keys").objectStore("keys").getAllKeys();
        all.onsuccess = () => done(all.result.length);
    };
})]"""


class Losing:
    """Around a server: what a page sends itself is done, and its answer is cut off on the way back."""

    def __init__(self, app: Any) -> None:
        self.app, self.times = app, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.times or scope.get("method") != "POST":
            await self.app(scope, receive, send)
            return

        async def swallow(message: Any) -> None:
            pass

        await self.app(scope, receive, swallow)
        self.times -= 1
        length = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": length})
        await send({"type": "http.response.body", "body": b"{", "more_body": False})


@dataclass
class Served:
    """A server with real sessions: its address, an office as somebody, a person signed in."""

    address: str
    offices: Any
    losing: Losing
    enter: Callable[[str, str], tuple[BrowserContext, Page]]

    def office(self, who: str) -> Any:
        return self.offices(Actor.parse(who))

    def loaded(self, *, most: int = 50) -> tuple[str, str, list[dict]]:
        """A run that is loading for the site where most are bound: the run, the site, its lines."""
        office = self.office("pia:placement")
        listed = {c for one in office.runs() for c in one["cases"]}
        rows = {
            c: r for c, r in office.journal.rows("cases", state="bound").items() if c not in listed
        }
        sites = [row["offer"]["site"] for row in rows.values()]
        site = max(sorted(set(sites)), key=sites.count)
        run = office.board(site, [Vehicle(most, 9, 9)], LEAVES).data["runs"][0]["run"]
        lines = office.manifest(run)["lines"]
        office.journal.close()
        return run, site, lines

    def end_sessions(self, name: str) -> None:
        office = self.office("adam:admin")
        Gate(office.journal, office.clock).end_all(key_of_user(name))
        office.journal.close()

    def entries(self, subject: str, verb: str) -> int:
        office = self.office("rita:auditor")
        found = sum(e.verb == verb for e in office.journal.read(subject=subject))
        office.journal.close()
        return found

    def row(self, case: str) -> dict[str, Any]:
        office = self.office("rita:auditor")
        row = office.journal.row("cases", case)
        office.journal.close()
        return row


@pytest.fixture(scope="module")
def served(chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What ``partage serve --demo`` serves."""
    url = f"sqlite:///{tmp_path_factory.mktemp('offline') / 'demo.db'}"
    at, _ = demo_office(url, None)
    offices = serve.offices_at(url, "canada", at)
    contexts: list[BrowserContext] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = Losing(serve.whole(offices, Rules(second_factor=False)))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()

        def enter(who: str, lang: str) -> tuple[BrowserContext, Page]:
            """Somebody with an account of their own, signed in on a phone of their own."""
            [(_, name, password)] = serve.demo_users(offices, {who.split(":")[1]: who})
            context = chromium.new_context(
                viewport={"width": 360, "height": 740}, reduced_motion="reduce"
            )
            context.set_default_timeout(20_000)
            contexts.append(context)
            page = context.new_page()
            sign_in(page, f"{address}/{lang}/sign-in", name, password, lang)
            page.context.password = password  # type: ignore[attr-defined]
            return context, page

        yield Served(address, offices, app, enter)
        for context in contexts:
            context.close()
        server.should_exit = True
        thread.join(20)
        offices.close()


def sign_in(page: Page, where: str, name: str, password: str, lang: str) -> None:
    if page.url != where:
        page.goto(where)
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.get_by_role("button", name=Words(lang)("way-in.go"), exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def kept_here(page: Page) -> None:
    """Until the page can be opened without a connection."""
    expect(page.locator("html")).to_have_attribute("data-kept", "yes", timeout=20_000)


def said(page: Page, text: str) -> None:
    expect(page.locator("#later")).to_contain_text(text)


def seen(page: Page, what: str) -> None:
    """A sentence on the connection or the session, shown."""
    expect(page.locator(f'#later [data-say="{what}"]')).to_be_visible()


def mark(page: Page, t: Words, code: str, what: str) -> None:
    page.fill("[name=code]", code)
    page.get_by_label(t(f"door.{what}"), exact=True).check()
    page.get_by_role("button", name=t("door.write"), exact=True).click()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_run_is_boarded_and_leaves_without_a_connection_and_all_of_it_is_done_once(served, lang):
    t = Words(lang)
    run, _, lines = served.loaded(most=5)
    context, page = served.enter(f"eve{lang}:escort@{run}", lang)
    page.goto(f"{served.address}/{lang}/run/{run}/board")
    kept_here(page)
    mark(page, t, lines[0]["code"], "aboard")  # with a connection: done at once
    said(page, t("later.sent"))
    assert served.entries(f"run/{run}", "board") == 2

    context.set_offline(True)
    for line in lines[1:]:
        mark(page, t, line["code"].lower(), "aboard" if line is not lines[-1] else "declined")
        said(page, f"{line['code'].lower()}")
    said(page, t("later.waiting"))
    seen(page, "off")
    check(page)
    mark(page, t, "ZZZZ", "aboard")
    expect(page.get_by_role("alert")).to_contain_text(t("later.no-code"))
    aboard = sum(line["persons"] for line in lines[:-1])
    expect(page.locator('[data-sum="aboard"][data-of="persons"]')).to_have_text(str(aboard))
    page.reload()  # the copy on this device, with what was not sent yet
    expect(page.locator('[data-sum="aboard"][data-of="persons"]')).to_have_text(str(aboard))
    kept = page.evaluate(ENTRIES)
    assert len(kept) == len(lines) - 1
    assert {keys for keys, _ in kept} == {"data,iv,no,who"}
    assert not any(
        line["code"] in text or line["case"] in text for _, text in kept for line in lines
    )
    page.goto(f"{served.address}/{lang}/run/{run}/depart")
    expect(page.locator('[data-sum="aboard"][data-of="persons"]')).to_have_text(str(aboard))
    page.fill("[name=counted]", str(aboard))
    page.get_by_role("button", name=t("road.depart"), exact=True).click()
    said(page, str(aboard))
    assert served.entries(f"run/{run}", "board") == 2
    assert served.entries(f"run/{run}", "depart") == 0

    context.set_offline(False)
    page.get_by_role("button", name=t("later.now")).click()
    expect(page.locator("#later")).not_to_contain_text(t("later.waiting"))
    assert page.evaluate(ENTRIES) == []
    assert served.entries(f"run/{run}", "board") == 1 + len(lines)
    assert served.entries(f"run/{run}", "depart") == 1
    assert [served.row(line["case"])["state"] for line in lines] == [
        *["travelling"] * (len(lines) - 1), "kept",
    ]  # fmt: skip


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_done_twice(served):
    t = Words("en")
    context, page = served.enter("anna:intake", "en")
    page.goto(f"{served.address}/en/arrivals/busload")
    before = len(served.office("rita:auditor").journal.rows("cases", state="counted"))
    served.losing.times = 1
    page.fill("[name=persons]", "7")
    page.get_by_role("button", name=t("arrivals.count"), exact=True).click()
    seen(page, "off")
    said(page, t("later.waiting"))
    assert served.losing.times == 0
    assert len(served.office("rita:auditor").journal.rows("cases", state="counted")) == before + 1
    page.get_by_role("button", name=t("later.now")).click()
    said(page, t("later.sent"))
    rows = served.office("rita:auditor").journal.rows("cases", state="counted")
    assert len(rows) == before + 1
    assert page.evaluate(ENTRIES) == []
    context.close()


def test_a_household_is_taken_in_without_a_connection_and_a_refusal_says_why(served):
    t = Words("fr")
    context, page = served.enter("ann:intake", "fr")
    page.goto(f"{served.address}/fr/arrivals/household")
    kept_here(page)
    context.set_offline(True)
    page.reload()
    for reference, adults in (("sans-reseau-1", "1"), ("sans-reseau-2", "0")):
        page.fill("[name=reference]", reference)
        page.fill("[name=age_18_64]", adults)
        page.get_by_role("button", name=t("arrivals.to-check"), exact=True).click()
        said(page, reference)
    assert not any("sans-reseau" in text for _, text in page.evaluate(ENTRIES))
    context.set_offline(False)
    page.get_by_role("button", name=t("later.now")).click()
    said(page, t("later.sent"))
    said(page, t("later.refused"))
    expect(page.locator("#later .fault")).to_contain_text("sans-reseau-2")
    assert served.office(
        "anna:intake"
    ).register  # the first is in, the second is still on the device
    page.goto(f"{served.address}/fr/cases/waiting")
    said(page, t("later.refused"))
    page.get_by_role("button", name=t("later.drop")).click()
    expect(page.locator("#later")).to_be_hidden()
    assert page.evaluate(ENTRIES) == []


SLOW = """const real = window.fetch;
window.fetch = (what, ...more) => String(what).endsWith("/later")
    ? new Promise(done => setTimeout(() => done(real(what, ...more)), 600)) : real(what, ...more);"""


def test_whoever_is_quicker_than_the_page_is_led_on_all_the_same(served):
    """What the page sends when it opens may take up an entry that was just written, and must not keep its answer."""
    context, page = served.enter("amy:intake", "en")
    page.goto(f"{served.address}/en/arrivals/household")
    kept_here(page)
    context.add_init_script(SLOW)
    page.fill("[name=reference]", "quick")
    page.fill("[name=age_18_64]", "1")
    with page.expect_navigation():
        page.get_by_role("button", name=Words("en")("arrivals.to-check"), exact=True).click()
    page.get_by_role("button", name=Words("en")("arrivals.register"), exact=True).click()
    expect(page.get_by_role("status")).to_have_text(Words("en")("done.registered"))


def test_a_session_that_ended_meanwhile_asks_to_sign_in_and_keeps_what_was_written(served):
    t = Words("en")
    run, _, lines = served.loaded(most=4)
    context, page = served.enter(f"evan:escort@{run}", "en")
    page.goto(f"{served.address}/en/run/{run}/board")
    kept_here(page)
    context.set_offline(True)
    mark(page, t, lines[0]["code"], "aboard")
    said(page, t("later.waiting"))
    served.end_sessions("evan")
    context.set_offline(False)
    page.get_by_role("button", name=t("later.now")).click()
    seen(page, "out")
    assert len(page.evaluate(ENTRIES)) == 1
    assert page.evaluate(LEFT) == [False, 0]  # no key and no copy stay where nobody is signed in
    assert served.entries(f"run/{run}", "board") == 1
    page.locator("#later").get_by_role("link", name=t("way-in.go")).click()
    sign_in(page, page.url, "evan", page.context.password, "en")  # type: ignore[attr-defined]
    page.wait_for_url(f"**/en/run/{run}/board")
    said(page, t("later.sent"))
    assert page.evaluate(ENTRIES) == []
    assert served.entries(f"run/{run}", "board") == 2
    kept_here(page)
    page.get_by_role("button", name=t("shell.sign-out")).click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate(LEFT) == [False, 0]


def test_a_household_written_while_the_session_ended_is_kept_and_sent_after_signing_in(served):
    t = Words("en")
    _, page = served.enter("nina:intake", "en")
    page.goto(f"{served.address}/en/arrivals/household")
    kept_here(page)
    served.end_sessions("nina")
    page.fill("[name=reference]", "while-away")
    page.fill("[name=age_18_64]", "2")
    page.get_by_role("button", name=t("arrivals.to-check"), exact=True).click()
    seen(page, "out")
    assert len(page.evaluate(ENTRIES)) == 1
    page.fill(
        "[name=reference]", "second"
    )  # what was sealed before stays; this one stays in its form
    page.get_by_role("button", name=t("arrivals.to-check"), exact=True).click()
    expect(page.get_by_role("alert")).to_have_text(t("later.again"))
    before = len(served.office("rita:auditor").journal.rows("cases", state="waiting"))
    page.locator("#later").get_by_role("link", name=t("way-in.go")).click()
    sign_in(page, page.url, "nina", page.context.password, "en")  # type: ignore[attr-defined]
    said(page, t("later.sent"))
    said(page, "while-away")
    assert len(served.office("rita:auditor").journal.rows("cases", state="waiting")) == before + 1


def test_a_desk_says_who_is_there_without_a_connection_and_a_walk_in_without_room_is_told_why(
    served,
):
    t = Words("fr")
    run, site, lines = served.loaded(most=4)
    served.office("pia:placement").depart(run)
    context, page = served.enter(f"lea:site@{site}", "fr")
    page.goto(f"{served.address}/fr/run/{run}/arrivals")
    kept_here(page)
    page.goto(f"{served.address}/fr/run/at/{site}")
    kept_here(page)
    context.set_offline(True)
    page.goto(f"{served.address}/fr/run/{run}/arrivals")
    page.get_by_role("button", name=t("desk.write"), exact=True).click()
    said(page, run)
    page.goto(f"{served.address}/fr/run/at/{site}")
    page.locator("form[data-later$='/walk-in'] [name=case]").fill("H-0000000000")
    page.get_by_role("button", name=t("desk.walk-in-do"), exact=True).click()
    said(page, "H-0000000000")
    assert {served.row(line["case"])["state"] for line in lines} == {"travelling"}
    context.set_offline(False)
    page.get_by_role("button", name=t("later.now")).click()
    said(page, t("later.refused"))
    said(page, t("later.sent"))
    assert {served.row(line["case"])["account"] for line in lines} == {f"hosted@{site}"}
    kept = page.evaluate(
        "caches.open('partage-pages').then(all => all.keys()).then(all => all.map(one => one.url))"
    )
    assert [url for url in kept if run in url] == []  # a run that has arrived is not kept here
    assert served.entries(f"run/{run}", "arrive") == 1
