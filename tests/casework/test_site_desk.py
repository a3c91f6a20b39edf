"""What a site clerk needs on a phone: who is expected, who came, what is free, which nights to count."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from daily import later, site_of, state, take_in
from offices import DAY, opened
from partage.casework.board import Vehicle
from partage.core.errors import InputRefused, NotPermitted
from partage.core.situation import Agreement, Origin, Terms
from partage.faces.cli.show_asks import WORDS as ASKS
from partage.faces.cli.show_site import WORDS, site_text
from partage.office.office import Office

CODE = re.compile(r"H-[0-9A-Z]{10}")


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def bound(office: Office, number: int = 4) -> tuple[str, list[str]]:
    cases = take_in(office, *(f"r{n},1" for n in range(number)))
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=cases)
    office.acting("pia:placement").offer_plan(done.data["plan"])
    for case in office.journal.rows("cases", state="offered"):
        office.acting("anna:intake").answer(case, "accept")
    rows = office.journal.rows("cases", state="bound")
    sites = [row["offer"]["site"] for row in rows.values()]
    site = max(set(sites), key=sites.count)
    return site, sorted(case for case, row in rows.items() if row["offer"]["site"] == site)


def test_a_clerk_sees_who_is_expected_and_who_came(office):
    site, cases = bound(office)
    clerk = office.acting(f"lea:site@{site}")
    seen = clerk.survey_site(site)
    assert seen["not_boarded"]["cases"] == cases
    run = office.acting("pia:placement").board(
        site, [Vehicle(50)], "2023-02-20T18:00:00.000000Z"
    ).data["runs"][0]["run"]  # fmt: skip
    [one] = clerk.survey_site(site)["expected"]
    assert (one["run"], one["state"], one["leaves_at"]) == (
        run, "boarding", "2023-02-20T18:00:00.000000Z",
    )  # fmt: skip
    assert one["cases"] == cases
    assert clerk.survey_site(site)["not_boarded"]["households"] == 0
    office.acting("pia:placement").depart(run, no_show=cases[:1])
    [one] = clerk.survey_site(site)["expected"]
    assert (one["state"], one["cases"]) == ("on-road", cases[1:])
    before = clerk.survey_site(site)["places"]["person"]
    clerk.arrive(run, only=cases[1:2])
    seen = clerk.survey_site(site)
    assert seen["expected"][0]["cases"] == cases[2:]
    assert seen["arrived"]["cases"] == cases[1:2]
    assert seen["here"] == {"households": 1, "persons": 1}
    assert seen["places"]["person"]["free"] == before["free"]  # what was held is in use now
    assert seen["places"]["person"]["in_use"] == 1


def test_a_place_kept_for_somebody_who_said_no_is_seen_there(office):
    [case] = take_in(office, "a,1")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("pia:placement").offer_plan(done.data["plan"])
    kept = state(office, case)["fallback"]["site"]
    assert office.acting(f"q:site@{kept}").survey_site(kept)["kept"]["households"] == 0
    office.acting("anna:intake").answer(case, "decline")
    assert office.acting(f"q:site@{kept}").survey_site(kept)["kept"]["cases"] == [case]


def test_nights_not_counted_yet_and_who_is_looked_for(office):
    [case, other] = take_in(office, "a,2", "b,1")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    clerk.arrive_late(case, site)
    clerk.arrive_late(other, site)
    assert clerk.survey_site(site)["to_count"] == []
    later(office, days=2)
    assert clerk.survey_site(site)["to_count"] == ["2023-02-20", "2023-02-21"]
    clerk.count(site, 3, by="night-desk", night=DAY)
    assert clerk.survey_site(site)["to_count"] == ["2023-02-21"]
    clerk.exit(case, "unknown")
    assert clerk.survey_site(site)["looked_for"]["cases"] == [case]
    clerk.plan_exit(other, "housing", DAY + timedelta(4))
    assert clerk.survey_site(site)["leaving"] == [
        {"case": other, "persons": 1, "on": "2023-02-24", "to": "housing"}
    ]


def test_what_stands_of_its_agreement_is_noted(office):
    site = site_of(office, "CA-ON")
    clerk = office.acting(f"q:site@{site}")
    office.acting("o:region@CA-ON").agree(
        "CA-ON", Agreement("CA-ON", DAY, DAY, date(2023, 12, 31), 0, None, Origin(source="a")),
        terms=Terms(conditions=("a school place first",)),
    )  # fmt: skip
    seen = clerk.survey_site(site)
    assert "a school place first" in str(seen["agreements"])
    office.acting("o:region@CA-ON").withdraw("CA-ON", first=DAY, last=DAY, why="staff")
    assert any("takes nobody new" in f.what for f in clerk.survey_site(site)["findings"])
    assert clerk.survey_site(site)["places"]["person"]["free"] == 0


def test_only_the_own_site_and_codes_only_for_who_may_see_them(office):
    site, cases = bound(office)
    other = site_of(office, "CA-QC")
    with pytest.raises(NotPermitted, match="own site"):
        office.acting(f"lea:site@{site}").survey_site(other)
    with pytest.raises(NotPermitted):
        office.acting("lea:site").survey_site(site)
    with pytest.raises(NotPermitted):
        office.acting(f"eve:escort@{site}").survey_site(site)
    for whole in ("survey", "watch", "overrides"):
        with pytest.raises(NotPermitted):
            getattr(office.acting(f"lea:site@{site}"), whole)()
    assert office.acting("pia:placement").survey_site(site)["not_boarded"]["cases"] == cases
    for actor in ("ana:analyst", "min:minister", "c:region@CA-ON", "fay:finance"):
        seen = office.acting(actor).survey_site(site)
        assert seen["not_boarded"] == {"households": len(cases), "persons": len(cases)}
        assert not CODE.search(str(seen))


def test_who_may_see_counts_sees_no_case_by_its_code(office):
    [case, other] = take_in(office, "a,1", "b,2")
    office.acting("anna:intake").exit(case, "unknown")
    later(office, days=5)
    for actor in (
        "ana:analyst",
        "min:minister",
        "c:region@CA-ON",
        "fay:finance",
        "olga:organization",
    ):
        with pytest.raises(NotPermitted, match="survey with case codes"):
            office.acting(actor).cases_in("waiting")
        found = office.acting(actor).watch()
        assert not [f for f in found if CODE.search(f.where + f.what)]
        assert any("1 household(s) are looked for" in f.what and f.weight == "fault" for f in found)
    assert [f for f in office.acting("rita:auditor").watch() if other in f.where]


def test_it_reads_on_a_phone_in_english_and_french(office):
    site, cases = bound(office)
    clerk = office.acting(f"lea:site@{site}")
    seen = clerk.survey_site(site)
    english, french = (site_text(seen, office.pack, lang) for lang in ("en", "fr"))
    assert cases[0] in english
    assert "Expected" in english
    assert "Attendus" in french
    assert "Agreed until 20" in english
    assert "Convenu jusqu'au 20" in french
    assert max(len(line) for text in (english, french) for line in text.splitlines()) <= 60


def test_each_word_has_both_languages_and_every_limit_a_word():
    assert set(WORDS["en"]) == set(WORDS["fr"])
    assert {f"by-{why}" for why in ("ramp", "cap", "blocked", "ends")} <= set(WORDS["en"])
    assert set(ASKS["en"]) == set(ASKS["fr"])


def test_who_is_seen_again_at_the_own_door_is_found_there_once_it_is_said_where(office):
    site, cases = bound(office)
    clerk = office.acting(f"lea:site@{site}")
    [run] = [r["run"] for r in office.acting("pia:placement").board(
        site, [Vehicle(50)], "2023-02-20T18:00:00.000000Z"
    ).data["runs"]]  # fmt: skip
    office.acting("pia:placement").depart(run)
    clerk.arrive(run, not_seen=cases[:1])
    with pytest.raises(InputRefused, match=rf"{cases[0]} --found --site SITE"):
        clerk.found(cases[0])
    clerk.arrive_late(cases[0], site)
    assert state(office, cases[0])["account"] == f"hosted@{site}"
