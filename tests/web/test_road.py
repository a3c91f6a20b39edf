"""The road on pages without JavaScript: codes at the door, heads counted, who is there at the other end."""

from __future__ import annotations

import re

import pytest

from partage.casework.board import Vehicle
from partage.faces.web.words import LANGUAGES, Words
from web.test_transport import busiest, plain

LEAVES = "2023-02-21T18:00:00.000000Z"


def loaded(open_) -> tuple[str, str, list[dict]]:
    """A run that is loading: the run, where it goes, its lines."""
    site, _ = busiest(open_("rita:auditor"))
    pia = open_("pia:placement")
    run = pia.board(site, [Vehicle(50, 20, 9)], LEAVES).data["runs"][0]["run"]
    return run, site, pia.manifest(run)["lines"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_door_of_the_vehicle_to_the_roof(lang, browse, open_):
    t = Words(lang)
    run, site, lines = loaded(open_)
    eve = browse(f"eve:escort@{run}").get(f"/{lang}/today")
    assert eve.at.endswith(f"/{lang}/run/{run}")
    families = [line for line in lines if not line["with"] and line["persons"] > 1]
    declined, absent = [line for line in lines if not line["with"] and line is not families[0]][:2]
    aboard = [line for line in lines if line not in (declined, absent)]
    eve.get(f"/{lang}/run/{run}/board?code={declined['code']}")
    assert f'value="{declined["code"]}"' in eve.text
    eve.send(f"/run/{run}/mark", code=declined["code"].lower(), mark="declined")
    assert plain(t("done.marked")) in eve.words
    for line in aboard:
        eve.send(f"/run/{run}/mark", code=line["code"], mark="aboard")
    persons = sum(line["persons"] for line in aboard)
    eve.get(f"/{lang}/run/{run}/depart")
    assert f'data-sum="aboard" data-of="persons">{persons}<' in eve.text
    assert open_("rita:auditor").journal.row("cases", aboard[0]["case"])["state"] == "bound"
    eve.send(f"/run/{run}/depart", counted=str(persons + 1))
    assert eve.status == 409
    eve.get(f"/{lang}/run/{run}/depart").send(f"/run/{run}/depart", counted=str(persons))
    assert plain(t("done.departed")) in eve.words
    rows = open_("rita:auditor").journal.rows("cases")
    assert rows[declined["case"]]["state"] == "kept"
    assert rows[absent["case"]]["state"] == "waiting"

    lea = browse(f"lea:site@{site}").get(f"/{lang}/run/at/{site}")
    assert f"/run/{run}/arrivals" in lea.text
    lea.get(f"/{lang}/run/{run}/arrivals")
    assert declined["case"] not in lea.text
    family = families[0]
    late = next(line for line in aboard if line is not family and not line["with"])
    ways = {f"way-{line['case']}": "there" for line in aboard}
    ways |= {f"way-{family['case']}": "part", f"seen-{family['case']}": "1"}
    lea.send(f"/run/{run}/arrive", **(ways | {f"way-{late['case']}": "later"}))
    assert plain(t("done.arrived")) in lea.words
    row = open_("rita:auditor").journal.row("cases", family["case"])
    assert (row["state"], row["missing"]) == ("hosted", family["persons"] - 1)
    assert late["case"] in lea.text
    lea.send(f"/run/{run}/arrive", **{f"way-{late['case']}": "nowhere"})
    assert open_("rita:auditor").journal.row("cases", late["case"])["state"] == "unknown"
    lea.get(f"/{lang}/run/at/{site}").send(f"/run/at/{site}/whole", case=family["case"].lower())
    assert plain(t("done.whole")) in lea.words
    lea.send(f"/run/at/{site}/walk-in", case=late["case"])
    row = open_("rita:auditor").journal.row("cases", late["case"])
    assert (row["state"], row["account"]) == ("hosted", f"hosted@{site}")
    assert open_("rita:auditor").verify().clean


def test_an_escort_has_no_needs_and_a_site_sees_what_is_held(browse, open_):
    run, site, _ = loaded(open_)
    open_("pia:placement").depart(run)
    held = Words("en")("desk.rooms")
    assert held in browse(f"lea:site@{site}").get(f"/en/run/{run}/arrivals").text
    assert held not in browse(f"eve:escort@{run}").get(f"/en/run/{run}/arrivals").text
    assert browse("eve:escort@R-00000000").get(f"/en/run/{run}/arrivals").status == 403
    assert browse("lea:site@ca-on/windsor/none").get(f"/en/run/{run}/board").status == 403


def test_a_code_that_is_nobodys_and_a_desk_without_anybody_are_said(browse, open_):
    run, site, lines = loaded(open_)
    eve = browse(f"eve:escort@{run}").get(f"/fr/run/{run}/board")
    eve.send(f"/run/{run}/mark", code="ZZZZ", mark="aboard")
    assert (eve.status, "n’a le code" in eve.words) == (404, True)
    open_("pia:placement").depart(run)
    lea = browse(f"lea:site@{site}").get(f"/en/run/{run}/arrivals")
    ways = {f"way-{line['case']}": "later" for line in lines}
    assert lea.send(f"/run/{run}/arrive", **ways).status == 422
    lea.get(f"/en/run/{run}/arrivals")
    assert lea.send(f"/run/{run}/arrive", **{f"way-{lines[0]['case']}": "gone"}).status == 422
    assert eve.get(f"/fr/run/{run}/board").at.endswith(f"/fr/run/{run}")


def test_a_page_that_sends_by_itself_is_answered_as_data(client, open_):
    run, _, lines = loaded(open_)
    from partage.office.permits import Actor
    from web.asking import Somebody

    who = f"eve:escort@{run}"
    csrf = Somebody(Actor.parse(who)).csrf
    headers = {"x-later": "1", "x-who": who}
    assert client.get("/en/later", headers={"x-later": "1"}).status_code == 401
    said = client.get("/en/later", headers=headers).json()
    assert said["csrf"] == csrf
    assert re.fullmatch("[0-9a-f]{64}", said["key"])
    assert "eve" not in repr(said)
    other = client.get("/en/later", headers={**headers, "x-who": "eve:placement"}).json()
    assert (other["who"] != said["who"], other["key"] != said["key"]) == (True, True)
    assert (
        client.get("/en/later", headers=headers).json() == said
    )  # the same after signing in again
    form = {"csrf": csrf, "idempotency-key": "a" * 24, "code": lines[0]["code"], "mark": "aboard"}
    for _ in range(2):
        answer = client.post(f"/fr/run/{run}/mark", data=form, headers=headers)
        assert answer.json() == {"ok": True, "to": f"/fr/run/{run}/board?done=marked"}
    assert (
        sum(e.verb == "board" for e in open_("rita:auditor").journal.read(subject=f"run/{run}"))
        == 2
    )
    bad = client.post(
        f"/fr/run/{run}/mark",
        data={**form, "idempotency-key": "b" * 24, "code": "ZZZZ"},
        headers=headers,
    )
    assert (bad.status_code, bad.json()["title"]) == (404, "Cela n’existe pas")
    assert "n’a le code" in bad.json()["what"]
    gone = client.post(f"/fr/run/{run}/mark", data={**form, "csrf": "0" * 64}, headers=headers)
    assert gone.status_code == 401
    anna = {"x-later": "1", "x-who": "anna:intake"}
    token = client.get("/en/later", headers=anna).json()["csrf"]
    row = {
        "csrf": token,
        "idempotency-key": "c" * 24,
        "reference": "r",
        "entered_at": "never",
        "synthetic": "yes",
    }
    refused = client.post("/en/arrivals/register", data=row, headers=anna)
    assert (refused.status_code, refused.json()["ok"]) == (422, False)
    assert refused.json()["what"]


def test_a_worker_serves_its_own_folder_alone(still):
    for lang in LANGUAGES:
        for part in ("run", "arrivals"):
            answer = still.get(f"/{lang}/{part}/worker.js")
            assert answer.headers["content-type"].startswith("text/javascript")
            assert "service-worker-allowed" not in answer.headers
            assert answer.headers["cache-control"] == "no-cache"
    assert still.get("/en/worker.js", follow_redirects=False).status_code == 404
