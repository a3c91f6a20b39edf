"""Agreements on their pages: consent, terms, pause, withdrawal, asked and answered, by their owners alone."""

from __future__ import annotations

import pytest

CITY, SITE = "ca-on/windsor", "ca-on/windsor/ircc-hotels"


def test_every_party_is_listed_with_how_it_stands_today(browse, open_):
    seen = {one["party"]: one for one in open_("pia:placement").agreements()}
    assert (seen["CA-ON"]["now"], seen["CA-BC"]["now"], seen[SITE]["now"]) == (
        "open",
        "none",
        "open",
    )
    assert seen[CITY]["state"] == "not asked"
    page = browse("mia:city@ca-on/windsor").get("/fr/agreements?region=CA-ON")
    assert page.status == 200
    assert page.text.index(f"/agreement/{CITY}") < page.text.index("/agreement/CA-ON")  # one's own
    assert "/agreement/CA-NS" not in page.text
    assert open_("pia:placement").agreement("CA-ON")["consents"]


def test_a_city_is_asked_answers_amends_and_says_no(browse, open_):
    pia, mia = browse("pia:placement"), browse(f"mia:city@{CITY}")
    there = f"/en/agreement/{CITY}"
    words = {"first": "2023-02-22", "last": "2023-12-31", "notice": "2", "cap": "200",
             "source": "a letter"}  # fmt: skip
    pia.get(there)
    assert "/agreement/agree/" not in pia.text  # not its own
    pia.send(f"/agreement/ask/{CITY}", **words)
    assert "Nothing counts until its owner agrees" in pia.words
    mia.get(there)
    assert "At most 200 persons there" in mia.words
    mia.send(f"/agreement/agree/{CITY}", **words)
    assert mia.status == 422  # a city says what becomes of those who use these rooms now
    mia.get(there).send(
        f"/agreement/agree/{CITY}", **words, displacement="nobody uses them",
        closed="12-24..12-26", conditions="clinic first\nno buses at night", on_the_road="return",
    )  # fmt: skip
    assert mia.status == 200
    assert "The agreement is recorded" in mia.words
    stood = open_("pia:placement").agreement(CITY)["consents"][-1]
    assert (stood["cap"], stood["closed"], stood["counts_from"]) == (
        200, [["12-24", "12-26"]], "2023-02-23"
    )  # fmt: skip
    assert stood["conditions"] == ["clinic first", "no buses at night"]
    mia.get(there).send(
        f"/agreement/agree/{CITY}", first="2023-03-01", last="2023-12-31", source="a letter",
        lift="cap", ramp="12",
    )  # fmt: skip
    last = open_("pia:placement").agreement(CITY)["consents"][-1]
    assert (last["cap"], last["ramp"], last["conditions"]) == (None, 12, stood["conditions"])
    pia.get(there).send(f"/agreement/ask/{CITY}", **words)
    mia.get(there).send(f"/agreement/decline/{CITY}", why="terms")
    assert "The no is recorded" in mia.words
    assert open_("rita:auditor").verify().clean


def test_a_pause_and_a_withdrawal_say_first_what_they_do(browse, open_):
    on = browse("on:region@CA-ON").get(f"/fr/agreement/{SITE}")
    before = list(open_("rita:auditor").journal.read())
    on.send(f"/agreement/effect/{SITE}", first="2023-02-21", last="2023-02-28", why="staff")
    assert on.status == 200
    assert "Ce que cela fait" in on.words
    assert len(list(open_("rita:auditor").journal.read())) == len(before)
    on.send(f"/agreement/withdraw/{SITE}")
    assert on.status == 200
    assert "Personne n’y a perdu un abri" in on.words
    seen = {one["party"]: one for one in open_("pia:placement").agreements()}
    assert seen[SITE]["now"] == "closed"
    on.send(f"/agreement/resume/{SITE}")
    assert open_("pia:placement").agreement(SITE)["state"] == "agreed"
    on.get(f"/fr/agreement/{SITE}").send(f"/agreement/effect/{SITE}", last="", why="full")
    assert on.status == 422  # the first of the two forms is the pause: without its last day, no
    on.get(f"/fr/agreement/{SITE}").post(
        f"/fr/agreement/effect/{SITE}", {**_hidden(on, "effect"), "kind": "end", "why": "full"}
    )
    shown = on.words
    on.send(f"/agreement/withdraw/{SITE}")
    assert "prend fin la veille" in shown
    assert {one["party"]: one for one in open_("pia:placement").agreements()}[SITE]["now"] == "none"
    assert open_("rita:auditor").verify().clean


def _hidden(page, name: str) -> dict[str, str]:
    from web.asking import Form

    return next(found for where, found in Form(page.text).forms if f"/{name}/" in where)


@pytest.mark.parametrize("act", ["agree", "decline", "effect", "withdraw", "resume"])
def test_nobody_speaks_for_another(act, browse):
    ns = browse("ns:region@CA-NS").get("/en/agreement/CA-NS")
    csrf = _hidden(ns, "agree")
    words = {"first": "2023-03-01", "last": "2023-12-31", "source": "a letter", "why": "other"}
    assert ns.post("/en/agreement/" + act + "/CA-ON", {**csrf, **words}).status == 403
