"""Webhooks on pages, without JavaScript: one is added, tried, read, told again, resumed, ended."""

from __future__ import annotations

import re

import pytest

from offices import arrivals
from partage.casework.hook import EVENTS
from partage.faces.web.words import LANGUAGES, Words
from partage.office.courier import WAITS, Courier

TO = "https://example.org/partage?key=of-the-address"


@pytest.fixture
def adam(browse):
    return browse("adam:admin").get("/en/webhooks")


def add(browser, *events: str) -> str:
    browser.send("/webhooks", address=TO, event=list(events or ("register",)))
    assert browser.status == 200, browser.words
    found = re.search(r"W-[0-9A-Z]{10}", browser.text)
    assert found
    return found[0]


def courier(open_, *answers: int) -> Courier:
    office = open_("adam:admin")
    left = list(answers)
    return Courier(office.journal, office.clock, lambda *_: (left.pop(0) if left else 204, ""))


def test_one_is_added_and_its_secret_is_shown_this_once(adam, open_):
    assert "No programme is told anything." in adam.words
    hook = add(adam, "register", "arrive")
    assert re.search(r"whsec_\S{20,}", adam.text)
    assert "key=of-the-address" not in adam.text
    adam.get(f"/en/webhook/{hook}")
    assert "whsec_" not in adam.text
    assert "households taken in; an arrival" in adam.words
    adam.get("/en/webhooks")
    assert "https://example.org" in adam.words
    assert "key=of-the-address" not in adam.text
    (row,) = open_("adam:admin").hooks()
    assert re.search(rf'href="/en/webhook/{hook}#log">{row["told_to"]}<', adam.text)


def test_a_form_sent_twice_adds_one(adam, open_):
    from web.asking import Form

    hidden = next(found for where, found in Form(adam.text).forms if where.endswith("/webhooks"))
    fields = {**hidden, "address": TO, "event": ["register"]}
    adam.post("/en/webhooks", fields)
    adam.post("/en/webhooks", fields)
    assert "Its secret was shown before." in adam.words
    assert len(open_("adam:admin").hooks()) == 1


def test_what_is_delivered_is_read_day_by_day_and_told_again(adam, browse, open_):
    hook = add(adam)
    open_("anna:intake").register(arrivals("hook-1,1"))
    adam.get(f"/fr/webhook/{hook}").send("/test")
    assert "Un message sans contenu est en route" in adam.words
    courier(open_, 500, 204).round()
    adam.get(f"/fr/webhook/{hook}")
    assert "un message sans contenu pas reçu (500)" in adam.words
    assert "ménages accueillis reçu (204)" in adam.words
    log = open_("adam:admin").deliveries(hook)
    assert len(re.findall(r'<tr><th scope="row">', adam.text)) == len(log) == 2
    adam.send("/again")
    assert "Cette entrée est transmise encore une fois" in adam.words
    courier(open_).round()
    assert len(open_("adam:admin").deliveries(hook)) == 3
    day = open_("adam:admin").clock.now().date()
    (before,) = re.findall(r'\?day=([0-9-]+)#log"', adam.text)
    assert before < day.isoformat()
    adam.get(f"/fr/webhook/{hook}?day={before}")
    assert "Rien n’a été envoyé ce jour-là." in adam.words
    assert adam.get(f"/fr/webhook/{hook}?day=never").status == 422


def test_a_long_log_is_read_in_pages(adam, open_):
    hook = add(adam)
    anna = open_("anna:intake")
    anna.register(arrivals(*(f"many-{n},1" for n in range(60))))
    tells = courier(open_)
    tells.round()
    tells.round()
    adam.get(f"/en/webhook/{hook}")
    assert "60 deliveries" in adam.words
    assert len(re.findall(r'<tr><th scope="row">', adam.text)) == 50
    adam.get(f"/en/webhook/{hook}?page=2")
    assert len(re.findall(r'<tr><th scope="row">', adam.text)) == 10


def test_one_that_stopped_goes_on_and_one_that_ends_is_asked_about(adam, open_):
    hook = add(adam)
    open_("anna:intake").register(arrivals("hook-2,1"))
    courier(open_, 410).round()
    adam.get("/en/today")
    assert re.search(r'class="big" href="/en/webhooks">1<[^<]*> webhooks that stopped', adam.text)
    adam.get(f"/en/webhook/{hook}")
    assert "stopped after many misses: answered 410" in adam.words
    assert "/test" not in adam.text
    adam.send("/resume")
    assert "Deliveries go on from where they stopped." in adam.words
    adam.get(f"/en/webhook/{hook}").send("/end")
    assert adam.status == 422
    adam.get(f"/en/webhook/{hook}").send("/end", sure="yes")
    assert "It is told nothing any more." in adam.words
    assert "ended" in adam.get(f"/en/webhook/{hook}").words
    assert adam.get("/en/webhook/W-0000000000").status == 404


def test_an_address_that_may_not_be_told_is_refused_in_a_sentence(adam):
    adam.send("/webhooks", address="http://10.0.0.1/x", event=["register"])
    assert adam.status == 422
    adam.get("/en/webhooks").send("/webhooks", address=TO)
    assert adam.status == 422


def test_every_event_has_words():
    for lang in LANGUAGES:
        words = [Words(lang)(f"event.{one}") for one in EVENTS]
        assert len(set(words)) == len(EVENTS)
    assert WAITS


@pytest.mark.parametrize(
    "who", ["pia:placement", "rita:auditor", "lea:site@ca-on/windsor/ircc-hotels"]
)
def test_nobody_else_is_shown_or_does_it(who, browse, open_):
    hook = open_("adam:admin").add_hook(TO, ("register",))[0].data["hook"]
    for path in ("/webhooks", f"/webhook/{hook}"):
        assert browse(who).get(f"/en{path}").status == 403
    assert "/webhooks" not in browse(who).get("/en/today").text
