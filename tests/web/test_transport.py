"""Vehicles filled, a manifest changed and superseded, on pages without JavaScript."""

from __future__ import annotations

import re

import pytest

from partage.faces.web.words import LANGUAGES, Words


def plain(text: str) -> str:
    """As ``words`` has it: any space is one."""
    return " ".join(text.split())


def busiest(office) -> tuple[str, list[str]]:
    """The site for which most are bound, and who they are."""
    rows = office.journal.rows("cases", state="bound")
    sites = [row["offer"]["site"] for row in rows.values()]
    site = max(sorted(set(sites)), key=sites.count)
    return site, [case for case, row in rows.items() if row["offer"]["site"] == site]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_vehicles_are_filled_and_a_version_supersedes_the_last(lang, browse, open_):
    t = Words(lang)
    site, cases = busiest(open_("rita:auditor"))
    pia = browse("pia:placement").get(f"/{lang}/departures/{site}")
    assert all(case in pia.text for case in cases)
    pia.send(
        f"/departures/{site}/fill", seats_1="50", child_1="9", wheelchair_1="3",
        leaves="2023-02-21T14:00",
    )  # fmt: skip
    assert pia.status == 200
    assert plain(t("done.filled")) in pia.words
    assert "14:00" in pia.words
    run = re.findall(r"/run/(R-[0-9A-Z]{8})", pia.text)[0]
    [listed] = [one for one in open_("pia:placement").runs() if one["run"] == run]
    assert listed["leaves_at"] == "2023-02-21T19:00:00.000000Z"  # the hour of where they leave from
    pia.get(f"/{lang}/run/{run}")
    assert plain(t("road.of", n=listed["persons"], there=50)) in pia.words
    out = next(line for line in open_("pia:placement").manifest(run)["lines"] if not line["with"])
    pia.send(f"/run/{run}/change", remove=out["case"])
    assert plain(t("done.superseded")) in pia.words
    assert plain(t("road.supersedes", n=1)) in pia.words
    assert re.search(
        rf'name="add" value="{out["case"]}"', pia.text
    )  # who was taken off can be added again
    eve = browse(f"eve:escort@{run}").get(f"/{lang}/run/{run}?version=1")
    assert plain(t("road.superseded", n=1, by=2)) in eve.words
    assert out["case"] in eve.text
    assert "/change" not in eve.text
    pia.get(f"/{lang}/run/{run}").send(f"/run/{run}/change", add=out["case"])
    assert open_("pia:placement").manifest(run)["manifest"] == 3


def test_what_cannot_be_filled_is_said_and_nothing_is_done(browse, open_):
    site, _ = busiest(open_("rita:auditor"))
    pia = browse("pia:placement").get(f"/fr/departures/{site}")
    pia.send(f"/departures/{site}/fill", leaves="2023-02-21T14:00")
    assert pia.status == 422
    assert "Aucun véhicule" in pia.words
    pia.get(f"/en/departures/{site}").send(f"/departures/{site}/fill", seats_1="9", leaves="soon")
    assert (pia.status, "when they leave" in pia.words) == (422, True)
    assert not [one for one in open_("pia:placement").runs() if one["state"] == "boarding"]


def test_an_answer_given_late_is_seen_on_the_manifest(browse, open_):
    site, cases = busiest(open_("rita:auditor"))
    pia = browse("pia:placement").get(f"/en/departures/{site}")
    pia.send(
        f"/departures/{site}/fill",
        seats_1="50",
        child_1="20",
        wheelchair_1="9",
        leaves="2023-02-21T14:00",
    )
    run = open_("pia:placement").runs(site)[0]["run"]
    open_("anna:intake").answer(cases[0], "decline")
    text = browse(f"lea:site@{site}").get(f"/fr/run/{run}").words
    assert "est sur le manifeste et ne fait plus ce trajet" in text
    assert browse("lea:site@ca-on/windsor/none").get(f"/fr/run/{run}").status == 403


def test_papers_are_printed_by_whoever_may_see_them_and_nothing_changes(browse, open_):
    site, _ = busiest(open_("rita:auditor"))
    pia = browse("pia:placement").get(f"/en/departures/{site}")
    pia.send(
        f"/departures/{site}/fill",
        seats_1="50",
        child_1="20",
        wheelchair_1="9",
        leaves="2023-02-21T14:00",
    )
    run = open_("pia:placement").runs(site)[0]["run"]
    head = open_("pia:placement").journal.head()[0]
    eve, lea = browse(f"eve:escort@{run}"), browse(f"lea:site@{site}")
    for who, paper, status in (
        (pia, "manifest", 200), (eve, "driver", 200), (lea, "receiver", 200), (eve, "receiver", 403),
        (pia, "nothing", 422), (browse("lea:site@ca-on/windsor/none"), "manifest", 403),
    ):  # fmt: skip
        who.get(f"/fr/run/{run}/paper/{paper}")
        assert who.status == status, paper
        assert (who.headers["content-type"] == "application/pdf") == (status == 200)
    assert eve.get("/fr/paper-form").headers["content-type"] == "application/pdf"
    assert "/paper/receiver" in lea.get(f"/en/run/{run}").text
    assert "/paper/receiver" not in eve.get(f"/en/run/{run}").text
    assert {e.verb for e in open_("pia:placement").journal.read(after=head)} == {"read"}
