"""Modes of the verbs over the network: re-plans, nights, sites, part of a household; keys kept blinded."""

from __future__ import annotations

from hashlib import sha256

from api.test_answers import registered
from offices import arrivals

SITE = "ca-on/cornwall/dev-centre"
ANNA, PAUL, ROSA = "anna:intake", "paul:placement", "rosa:approver"


def test_a_key_is_kept_so_that_nobody_can_guess_who_is_named_in_it(ask):
    key = "Zqadiallo"
    sent = {"who": ANNA, "key": key}
    assert ask("POST", "/register", data=arrivals("a,1"), **sent).status_code == 200
    again = ask("POST", "/register", data=arrivals("a,1"), **sent)
    assert again.headers["idempotent-replayed"] == "true"
    [first, *_] = [e for e in ask.entries() if e.verb == "register"]
    assert key not in first.idem
    assert sha256(f'["anna", "intake", "", "register", [["group", ""]], "{key}"]'.encode()
                  ).hexdigest() not in first.idem  # fmt: skip


def test_the_offers_of_a_plan_are_under_the_key_too(ask):
    cases = registered(ask, "a,1", "b,1")
    plan = ask("POST", "/propose", {"policy": "redirect-all"}, who=PAUL).json()["data"]["plan"]
    assert ask("POST", f"/approve/{plan}", {}, who=ROSA).status_code == 200
    made = ask("POST", f"/offer/{plan}", {}, who=PAUL, key="k").json()["data"]["offers"]
    assert sorted(one["case"] for one in made) == sorted(cases)
    kept = {e.idem for e in ask.entries() if e.verb == "offer"}
    assert len(kept) == 2
    assert all(idem.startswith("offer:api:") for idem in kept)


def test_a_plan_again_and_one_household_alone(ask):
    registered(ask, "a,1", "b,1")
    made = ask("POST", "/propose", {"policy": "redirect-all"}, who=PAUL).json()["data"]["plan"]
    assert ask("POST", f"/approve/{made}", {}, who=ROSA).status_code == 200
    [late] = registered(ask, "c,1")
    again = ask("POST", f"/propose/replan/{made}", {}, who=PAUL)
    assert again.status_code == 200, again.text
    assert again.json()["data"]["plan"] != made
    assert "moves" in again.json()["data"]
    audit = ask("GET", f"/propose/audit/{made}", who=PAUL)
    assert {"title", "rows"} == set(audit.json()["data"][0])
    one = ask("POST", "/propose/one", {"cases": [late], "policy": "redirect-all"}, who=PAUL)
    assert one.status_code in (200, 409), one.text


def test_a_site_sees_its_own_day_and_counts_a_night(ask):
    lea = f"lea:site@{SITE}"
    seen = ask("GET", f"/survey/site/{SITE}", who=lea)
    assert seen.status_code == 200
    assert "findings" not in seen.json()["data"]
    other = ask("GET", "/survey/site/ca-on/windsor/ircc-hotels", who=lea)
    assert other.status_code == 403
    counted = {"persons": 0, "by": "night-desk", "night": "2023-02-19"}
    done = ask("POST", f"/count/{SITE}", counted, who=lea)
    assert done.status_code == 422, "the office began later; without a night it is counted now"
    assert "2023-02-19 was before" in done.json()["detail"]
    del counted["night"]
    assert ask("POST", f"/count/{SITE}", counted, who=lea).json()["data"]["night"] is not None
    night = ask("GET", "/survey/night/2023-02-19", who=ANNA)
    assert night.status_code in (200, 404, 409), "a day that is not closed has no night yet"
    strangers = {"persons": 2, "site": SITE}
    assert ask("POST", "/register/headcount", strangers, who=lea).status_code == 200


def test_an_ask_with_its_history_or_a_sentence(ask):
    ask("POST", "/ask/as-in-pack", who=PAUL)
    number = sorted(ask("GET", "/ask", who=PAUL).json()["data"])[0]
    one = ask("GET", f"/ask/{number}", who=PAUL)
    assert list(one.json()["data"]) == [number]
    assert ask("GET", "/ask/A-none", who=PAUL).status_code == 404


def test_an_appointment_has_its_scope_and_an_access_keeps_to_it(ask):
    said = {
        "name": "lea", "role": "site", "first": "2023-02-20", "last": "2023-03-20",
        "instrument": "memo 1", "scopes": [SITE],
    }  # fmt: skip
    assert ask("POST", "/appoint", said, who="adam:admin").status_code == 200
    assert ask("GET", f"/survey/site/{SITE}", who=f"lea:site@{SITE}").status_code == 200
    other = "ca-on/windsor/ircc-hotels"
    assert ask("GET", f"/survey/site/{other}", who=f"lea:site@{other}").status_code == 403
    adam = said | {"name": "adam", "role": "admin", "scopes": []}
    assert ask("POST", "/appoint", adam, who="eve:admin").status_code == 200
    grant = {"name": "x", "role": "intake", "until": "2023-03-01"}
    assert ask("POST", "/token", grant, who="mallory:admin").status_code == 403
    assert ask("GET", "/token", who="mallory:admin").status_code == 403
    assert ask("POST", "/token", grant, who="adam:admin").status_code == 200
