"""A roof for one night on a page, without JavaScript: given, waiting for a second person, looked at."""

from __future__ import annotations

import re

import pytest

from offices import arrivals
from partage.faces.web.words import LANGUAGES, Words
from web.test_today import waiting


@pytest.fixture
def case(open_) -> str:
    return str(open_("anna:intake").register(arrivals("roof-1,1")).data["registered"][0])


@pytest.fixture
def site(open_) -> str:
    return next(str(one.id) for one in open_("pia:placement").pack.sites if one.region == "CA-QC")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_given_by_one_and_looked_at_by_another(lang, case, site, browse, open_):
    t = lambda key, **more: " ".join(Words(lang)(key, **more).split())  # noqa: E731
    anna = browse("anna:intake").get(f"/{lang}/roofs")
    assert t("roofs.none") in anna.words
    anna.send("/roofs", case=case.lower(), site=site, why="weather")
    assert anna.status == 200, anna.words
    assert t("done.roof-given") in anna.words
    assert t("roofs.mine") in anna.words
    (one,) = open_("pia:placement").roofs()
    assert (one["case"], one["why"], one["mine"]) == (case, "weather", False)
    rosa = browse("rosa:approver").get(f"/{lang}/today")
    assert (f"/{lang}/roofs", t("work.roofs", n=1)) in waiting(rosa.text)
    rosa.get(f"/{lang}/roofs")
    assert t("roofs.why-weather") in rosa.words
    rosa.send(f"/roof/{one['roof']}", outcome="upheld")
    assert t("done.roof-looked") in rosa.words
    assert t("roofs.none") in rosa.words
    assert f"{t('roofs.outcome-upheld')}" in rosa.words
    row = open_("pia:placement").journal.row("cases", case)
    assert row["account"] == f"hosted@{site}"


def test_whoever_gave_it_does_not_look_at_it_and_no_roof_is_across_a_region(
    case, site, browse, open_
):
    pia = browse("pia:placement").get("/en/roofs")
    pia.send("/roofs", case=case, site="ca-on/windsor/ircc-hotels", why="no-roof")
    assert pia.status == 409
    assert open_("pia:placement").roofs() == []
    pia.get("/en/roofs").send("/roofs", case=case, site=site, why="no-roof")
    (one,) = open_("pia:placement").roofs()
    assert one["mine"]
    pia.get("/en/roofs")
    assert f"/roof/{one['roof']}" not in pia.text
    rosa = browse("rosa:approver").get("/en/roofs")
    hidden = re.search(r'name="csrf" value="([^"]+)"', rosa.text)
    assert hidden
    fields = {"csrf": hidden[1], "idempotency-key": "a" * 24}
    assert rosa.post(f"/en/roof/{one['roof']}", fields).status == 422


def test_a_form_sent_twice_gives_one_roof(case, site, browse, open_):
    from web.asking import Form

    anna = browse("anna:intake").get("/fr/roofs")
    hidden = next(found for where, found in Form(anna.text).forms if where.endswith("/roofs"))
    fields = {**hidden, "case": case, "site": site, "why": "illness"}
    anna.post("/fr/roofs", fields)
    anna.post("/fr/roofs", fields)
    assert len(open_("pia:placement").roofs()) == 1


@pytest.mark.parametrize(
    "who", ["min:minister", "lea:site@ca-on/windsor/ircc-hotels", "adam:admin"]
)
def test_nobody_else_sees_them(who, browse):
    assert browse(who).get("/en/roofs").status == 403


def test_the_api_lists_them_and_nothing_is_sent_there(case, site, open_):
    from api.asking import Asking
    from partage.faces.api.app import create_app

    open_("anna:intake").emergency(case, site, why="other")
    with Asking(create_app(open_, who=Asking.who), open_) as asking:
        said = asking("GET", "/review/roofs/all", who="rosa:approver").json()["data"]
        assert [(one["case"], one["state"]) for one in said] == [(case, "open")]
        assert asking("POST", "/review/roofs/all", who="rosa:approver").status_code == 405
