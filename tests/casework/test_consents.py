"""The two consents: of those who have places, and of those who are asked to go there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daily import findings, later, site_of, state, take_in
from offices import AT, DAY, REGIONS, opened
from partage.compose import open_office
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.core.situation import Agreement, Capacity, Origin, Terms
from partage.core.units import ServiceId, SiteId
from partage.office.office import Office
from partage.packs.loader import load_pack

CITY = "ca-on/windsor"
HERE = Origin(source="a letter")


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def year(party: str, first: date = DAY, notice: int = 0) -> Agreement:
    return Agreement(party, DAY, first, date(2024, 12, 31), notice, None, HERE)


def agree_city(office: Office, **terms) -> None:  # type: ignore[no-untyped-def]
    said = Terms(displacement="nobody lives in these rooms", **terms)
    office.acting(f"mia:city@{CITY}").agree(CITY, year(CITY), terms=said)


def free_in_city(office: Office, day: date = DAY) -> int:
    free = office.acting("pia:placement").survey(day).allocable
    return sum(units.get("person", 0) for site, units in free.items() if site.startswith(CITY))


def offered(office: Office, *rows: str, **columns: str) -> list[str]:
    cases = take_in(office, *rows, **columns)
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=cases)
    office.acting("pia:placement").offer_plan(done.data["plan"])
    return cases


# -- of those who have places ---------------------------------------------------------------


def test_a_city_that_speaks_owns_its_cap(office):
    assert free_in_city(office) > 20
    agree_city(office, cap=20)
    assert free_in_city(office) == 20
    site = next(s.id for s in office.pack.sites if s.id.startswith(CITY))
    for n in range(4):
        [case] = take_in(office, f"w{n},6")
        if n < 3:
            office.acting(f"lea:site@{site}").arrive_late(case, site)
    assert free_in_city(office) == 2
    with pytest.raises(WrongState):
        office.acting(f"lea:site@{site}").arrive_late(case, site)


def test_sites_share_the_cap_of_their_region_and_no_plan_passes_it(office):
    region = Terms(cap=10)
    office.acting("on:region@CA-ON").agree("CA-ON", year("CA-ON"), terms=region)
    take_in(office, *(f"r{n},1" for n in range(30)))
    plan, _ = office.acting("pia:placement").propose("redirect-all")
    assert plan is not None
    assert plan.persons_by_region()["CA-ON"] == 10
    codes = {e.code for line in plan.lines for e in line.reason.elsewhere}
    assert "cap" in codes


def test_offers_one_by_one_do_not_pass_a_cap_either(office):
    cases = take_in(office, *(f"r{n},1" for n in range(8)))
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=cases)
    office.acting("on:region@CA-ON").agree("CA-ON", year("CA-ON"), terms=Terms(cap=3))
    made = office.acting("pia:placement").offer_plan(done.data["plan"])
    in_ontario = [o for o in made.data["offers"] if o["site"].startswith("ca-on/")]
    assert len(in_ontario) <= 3
    assert len(made.data["reopened"]) == 8 - len(made.data["offers"])


def test_what_an_amendment_does_not_state_stays_as_it_stood(office):
    agree_city(office, cap=20, conditions=("no bus on Sunday",), on_the_road="return")
    mia = office.acting(f"mia:city@{CITY}")
    for terms in (None, Terms(ramp=50), Terms(displacement="a hostel keeps 30 rooms")):
        mia.agree(CITY, year(CITY), terms=terms)
        assert free_in_city(office) == 20
    done = mia.agree(CITY, year(CITY), terms=Terms(lifted=("cap",)))
    assert free_in_city(office) > 20
    assert done.data["terms"] == {
        "cap": None, "ramp": 50, "conditions": ["no bus on Sunday"], "on_the_road": "return",
        "displacement": "a hostel keeps 30 rooms",
    }  # fmt: skip


def test_a_higher_cap_and_limit_count_after_their_notice_and_not_before(office):
    agree_city(office, cap=10)
    mia = office.acting(f"mia:city@{CITY}")
    mia.agree(CITY, year(CITY, notice=14), terms=Terms(cap=30))
    assert free_in_city(office) == 10
    assert free_in_city(office, DAY + timedelta(13)) == 10
    assert free_in_city(office, DAY + timedelta(14)) == 30
    site = next(s for s in office.pack.sites if s.id.startswith(CITY))
    mia.agree(site.id, replace(year(site.id), ramp_per_day=3))
    mia.agree(site.id, replace(year(site.id, notice=14), ramp_per_day=8))
    assert free_in_city(office) == 3
    assert free_in_city(office, DAY + timedelta(14)) == 8


def test_terms_end_with_the_agreement_that_stated_them(office):
    end = DAY + timedelta(60)
    mia = office.acting(f"mia:city@{CITY}")
    said = Terms(cap=10, displacement="nobody")
    mia.agree(CITY, year(CITY), terms=said)
    summer = replace(year(CITY, DAY + timedelta(10)), last_day=end)
    mia.agree(CITY, summer, terms=Terms(cap=5))
    caps = [free_in_city(office, DAY + timedelta(n)) for n in (9, 10, 60, 61)]
    assert caps == [10, 5, 5, 10]


@pytest.mark.parametrize(
    ("terms", "word"),
    [(Terms(lifted=("people",)), "cannot be lifted"),
     (Terms(cap=3, lifted=("cap",)), "stated and lifted")],
)  # fmt: skip
def test_only_what_was_said_is_lifted(office, terms, word):
    agree_city(office, cap=10)
    with pytest.raises(InputRefused, match=word):
        office.acting(f"mia:city@{CITY}").agree(CITY, year(CITY), terms=terms)


def test_a_pause_ends_early_by_the_word_of_whoever_may_pause(office):
    ontario = office.acting("on:region@CA-ON")
    with pytest.raises(WrongState, match="not paused"):
        ontario.resume("CA-ON")
    ontario.withdraw("CA-ON", first=DAY, last=DAY + timedelta(5), why="staff")
    ontario.agree("CA-ON", year("CA-ON"))  # an amendment wakes nobody
    assert free_in_city(office) == 0
    with pytest.raises(NotPermitted):
        office.acting("qc:region@CA-QC").resume("CA-ON")
    later(office, days=2)
    ontario.resume("CA-ON")
    assert free_in_city(office, DAY + timedelta(2)) > 0
    assert ontario.agreement("CA-ON")["pauses"][0]["last"] == "2023-02-21"


def test_an_owner_sees_what_is_asked_and_may_say_no(office):
    pia = office.acting("pia:placement")
    mia = office.acting(f"mia:city@{CITY}")
    for agreed in (False, True):
        if agreed:
            agree_city(office, cap=20)
        pia.propose_agreement(CITY, year(CITY), terms=Terms(cap=700))
        assert mia.agreement(CITY)["asked"]["cap"] == 700
        for who in ("on:region@CA-QC", "pia:placement"):
            with pytest.raises(NotPermitted):
                office.acting(who).decline_agreement(CITY, why="full")
        with pytest.raises(InputRefused, match="not a reason"):
            mia.decline_agreement(CITY, why="")
        no = mia.decline_agreement(CITY, why="full")
        assert no.data["stands"] == agreed
        assert mia.agreement(CITY)["state"] == ("agreed" if agreed else "declined")
        assert not findings(office, "was asked for")
        with pytest.raises(WrongState, match="Nothing is asked"):
            mia.decline_agreement(CITY, why="full")
    assert free_in_city(office) == 20


def test_no_roof_in_an_emergency_passes_a_cap_or_a_pause(office):
    [case] = take_in(office, "a,3")
    quebec = office.acting("qc:region@CA-QC")
    site = site_of(office, "CA-QC")
    quebec.agree("CA-QC", year("CA-QC"), terms=Terms(cap=2))
    with pytest.raises(WrongState, match="no person free"):
        office.acting("anna:intake").emergency(case, site, why="no-roof")
    quebec.agree("CA-QC", year("CA-QC"), terms=Terms(ramp=0, lifted=("cap",)))
    quebec.withdraw("CA-QC", first=DAY, last=DAY, why="staff")
    with pytest.raises(WrongState, match="free"):
        office.acting("anna:intake").emergency(case, site, why="no-roof")
    quebec.resume("CA-QC")
    office.acting("anna:intake").emergency(case, site, why="no-roof")


def test_a_city_says_what_becomes_of_those_who_use_the_rooms_now(office):
    with pytest.raises(InputRefused, match="what becomes of"):
        office.acting(f"mia:city@{CITY}").agree(CITY, year(CITY), terms=Terms(cap=500))


def test_only_the_owner_agrees_or_withdraws(office):
    with pytest.raises(NotPermitted):
        office.acting("mia:city@ca-on/ottawa").agree(CITY, year(CITY), terms=Terms(cap=1))
    for who in ("pia:placement", "qc:region@CA-QC", "mia:city@ca-on/ottawa"):
        with pytest.raises(NotPermitted):
            office.acting(who).withdraw(CITY, why="full")


def test_a_season_and_a_pause_take_nobody_new_and_send_nobody_away(office):
    site = next(s.id for s in office.pack.sites if s.id.startswith(CITY))
    [case] = take_in(office, "a,1")
    office.acting(f"lea:site@{site}").arrive_late(case, site)
    agree_city(office, closed=(("02-15", "02-25"),))
    assert free_in_city(office) == 0
    assert free_in_city(office, date(2023, 2, 26)) > 0
    assert state(office, case)["state"] == "hosted"
    office.acting("on:region@CA-ON").withdraw(
        "CA-ON", first=date(2023, 2, 26), last=date(2023, 2, 28), why="staff"
    )
    assert free_in_city(office, date(2023, 2, 27)) == 0
    assert free_in_city(office, date(2023, 3, 1)) > 0


def test_a_season_over_the_new_year(office):
    agree_city(office, closed=(("12-15", "02-25"),))
    assert free_in_city(office) == 0
    assert free_in_city(office, date(2023, 2, 26)) > 0


def test_what_is_only_asked_for_counts_nothing_and_waits_for_its_answer(office):
    office.acting("pia:placement").propose_agreement("CA-MB", year("CA-MB"), terms=Terms(cap=50))
    assert "CA-MB" not in office.acting("pia:placement").survey(DAY).consenting
    assert findings(office, "agreement CA-MB: was asked for")
    office.acting("mb:region@CA-MB").agree("CA-MB", year("CA-MB"), terms=Terms(cap=40))
    assert "CA-MB" in office.acting("pia:placement").survey(DAY).consenting
    assert not findings(office, "agreement CA-MB: was asked for")


def test_a_withdrawal_opens_decisions_again_and_costs_no_roof(office):
    cases = offered(office, "a,1", "b,2,1", "c,1")
    office.acting("anna:intake").answer(cases[0], "accept")
    mine = [c for c in cases if state(office, c)["offer"]["site"].startswith("ca-on/")]
    accounts = {c: state(office, c)["account"] for c in cases}
    done = office.acting("on:region@CA-ON").withdraw("CA-ON", why="full")
    assert set(done.data["reopened"]) == set(mine)
    assert mine
    for case in mine:
        row = state(office, case)
        assert (row["state"], row["account"]) == ("waiting", accounts[case])
        assert not row["offer"]
        assert not row["fallback"]
    assert "CA-ON" not in office.acting("pia:placement").survey(DAY).consenting
    with pytest.raises(WrongState, match="agreed to nothing"):
        office.acting("on:region@CA-ON").withdraw("CA-ON", why="full")


def test_who_was_to_leave_yesterday_and_has_not_is_not_left_bound_to_a_place_that_closes(office):
    cases = offered(office, "a,1", "b,2,1")
    for case in cases:
        office.acting("anna:intake").answer(case, "accept")
    mine = [c for c in cases if state(office, c)["offer"]["site"].startswith("ca-on/")]
    assert mine
    later(office, days=1)
    done = office.acting("on:region@CA-ON").withdraw("CA-ON", why="emergency")
    assert set(done.data["reopened"]) == set(mine)
    assert {state(office, c)["state"] for c in mine} == {"waiting"}


def test_who_accepted_and_is_asked_again_hears_that_they_accepted(office):
    [case] = offered(office, "a,1")
    office.acting("anna:intake").answer(case, "accept")
    later(office, days=1)
    with pytest.raises(WrongState, match="has accepted already"):
        office.acting("anna:intake").answer(case, "accept")


MORE = "ca-qc/laval/house"


@pytest.fixture
def two_in_quebec():
    """An office with a second site in Quebec, so that there is somewhere else to fall back on."""
    pack = load_pack()
    near = next(s for s in pack.sites if s.region == "CA-QC")
    made_up = Origin(assumption="a synthetic site for a test")
    site = replace(near, id=SiteId(MORE), city="Laval", origin=made_up)
    office = open_office(
        "memory:", "test:admin", pack=replace(pack, sites=(*pack.sites, site)), at=AT, seed="two"
    )
    for region in REGIONS:
        office.acting(f"r:region@{region}").agree_as_in_pack(region)
    rooms = [Capacity(SiteId(MORE), ServiceId(s), 9, DAY, date(2024, 12, 31), HERE)
             for s in ("person", "room", "room.family")]  # fmt: skip
    office.acting("qc:region@CA-QC").agree(MORE, year(MORE), rooms)
    yield office, str(near.id)
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


@pytest.mark.parametrize("answer", ["", "accept", "decline"])
def test_a_fallback_place_whose_agreement_ends_is_held_elsewhere(two_in_quebec, answer):
    office, first = two_in_quebec
    cases = offered(office, "a,1", "b,2,1")
    assert {state(office, c)["fallback"]["site"] for c in cases} == {first}
    for case in cases:
        if answer:
            office.acting("anna:intake").answer(case, answer)
    before = {c: state(office, c) for c in cases}
    done = office.acting(f"l:site@{first}").withdraw(first, why="emergency")
    assert done.data["fallbacks"] == dict.fromkeys(cases, MORE)
    for case in cases:
        row = state(office, case)
        assert row["fallback"]["site"] == MORE
        assert (row["state"], row["account"]) == (before[case]["state"], before[case]["account"])
    assert not office.journal.row("places", first).get("held", {}).get("night")
    if answer == "decline":
        office.acting(f"l:site@{MORE}").arrive_at_fallback(cases[0])
        assert state(office, cases[0])["account"] == f"hosted@{MORE}"


def test_fallback_places_moved_together_are_not_promised_twice(two_in_quebec):
    office, first = two_in_quebec
    cases = offered(office, *(f"r{n},1" for n in range(12)))
    done = office.acting(f"l:site@{first}").withdraw(first, why="emergency")
    assert len(done.data["fallbacks"]) == 9
    assert len(done.data["reopened"]) == 3
    assert {*done.data["fallbacks"], *done.data["reopened"]} == {*cases}
    assert office.journal.row("places", MORE)["held"]["night"]["person"] == 9


def test_an_offer_without_a_fallback_is_taken_back_and_an_acceptance_is_not(office):
    said_yes, asked = offered(office, "a,1", "b,1")
    office.acting("anna:intake").answer(said_yes, "accept")
    roofs = [state(office, c)["account"] for c in (said_yes, asked)]
    done = office.acting("qc:region@CA-QC").withdraw("CA-QC", why="decision")
    assert done.data["reopened"] == [asked]
    assert state(office, asked)["state"] == "waiting"
    assert state(office, said_yes)["state"] == "bound"
    assert [f.weight for f in done.findings if said_yes in f.where] == ["fault"]
    assert [state(office, c)["account"] for c in (said_yes, asked)] == roofs


@pytest.mark.parametrize(
    ("road", "word"), [("receive", "received as agreed"), ("return", "return")]
)
def test_who_is_on_the_road_when_an_agreement_ends(office, road, word):
    terms = Terms(on_the_road=road)
    office.acting("on:region@CA-ON").agree("CA-ON", year("CA-ON"), terms=terms)
    offered(office, "a,1", "b,1")
    for case, row in office.journal.rows("cases", state="offered").items():
        if row["offer"]["site"].startswith("ca-on/"):
            office.acting("anna:intake").answer(case, "accept")
    bound = office.journal.rows("cases", state="bound")
    [site] = {row["offer"]["site"] for row in bound.values()}
    office.acting("pia:placement").depart(site)
    done = office.acting("on:region@CA-ON").withdraw("CA-ON", why="decision")
    assert all(word in f.what for f in done.findings if f.where.startswith("case"))
    assert any(f.where.startswith("case") for f in done.findings)


@pytest.mark.parametrize(
    ("change", "word"),
    [({"why": "because"}, "not a reason"), ({"first": date(2023, 2, 1), "why": "full"}, "over"),
     ({"first": DAY, "last": DAY - timedelta(1), "why": "full"}, "wrong order")],
)  # fmt: skip
def test_a_withdrawal_that_makes_no_sense_is_refused(office, change, word):
    with pytest.raises(InputRefused, match=word):
        office.acting("on:region@CA-ON").withdraw("CA-ON", **change)


def test_a_closed_season_must_be_days_of_the_year(office):
    with pytest.raises(InputRefused, match="day of the year"):
        agree_city(office, closed=(("02-30", "03-01"),))


# -- of those who are asked -----------------------------------------------------------------


def test_each_adult_answers_apart_and_the_place_is_bound_when_all_accept(office):
    [case] = offered(office, "a,2,1")
    anna = office.acting("anna:intake")
    first = anna.answer(case, "accept", adult=1, language="ht", interpreter="M. Interprète")
    assert first.data["waits_for"] == 1
    assert state(office, case)["state"] == "offered"
    anna.answer(case, "accept", adult=1)  # the same adult again changes nothing
    assert state(office, case)["state"] == "offered"
    anna.answer(case, "accept", adult=2)
    assert state(office, case)["state"] == "bound"
    kept = [s.data.decode() for s in office.journal.secrets(f"case/{case}", "interpreter")]
    assert kept == ["M. Interprète"]
    assert "Interprète" not in str([e.body for e in office.journal.read()])


def test_the_language_of_an_answer_is_a_code_so_that_no_name_slips_into_the_chain(office):
    [case] = offered(office, "a,1")
    for text in ("Jean Dupont", "FR", "french"):
        with pytest.raises(InputRefused, match="no code") as refused:
            office.acting("anna:intake").answer(case, "accept", language=text)
        assert text not in str(refused.value)
    office.acting("anna:intake").answer(case, "accept", language="ht")
    assert "Dupont" not in str([e.body for e in office.journal.read()])


def test_no_adult_accepts_for_the_others_from_the_access_of_the_household(office):
    [case] = offered(office, "a,2,1")
    them = office.acting(f"them:household@{case}")
    with pytest.raises(InputRefused, match="each answers for themselves"):
        them.answer(case, "accept")
    them.answer(case, "accept", adult=1)
    them.answer(case, "accept", adult=2)
    assert state(office, case)["state"] == "bound"
    them.answer(case, "decline")
    assert state(office, case)["state"] == "kept"


def test_one_adult_who_declines_speaks_for_a_household_that_is_not_split(office):
    [case] = offered(office, "a,2,1")
    office.acting("anna:intake").answer(case, "accept", adult=1)
    office.acting("anna:intake").answer(case, "decline", adult=2)
    row = state(office, case)
    assert row["state"] == "kept"
    assert row["fallback"]


def test_there_is_no_third_adult_of_two(office):
    [case] = offered(office, "a,2,1")
    with pytest.raises(InputRefused, match="no adult 3"):
        office.acting("anna:intake").answer(case, "accept", adult=3)


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("You may say no", "keep a roof", "Whom to call: 514 555 0100", "km)")),
    ("fr", ("Vous pouvez dire non", "gardez alors un abri", "Qui appeler : 514 555 0100")),
])  # fmt: skip
def test_the_offer_says_what_a_refusal_means_whom_to_call_and_how_to_contest(
    office, language, words
):
    [case] = take_in(office, "a,1", official_language="fr")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=[case])
    office.acting("pia:placement").offer(case, contact="514 555 0100")
    text = office.acting(f"them:household@{case}").offer_text(case, language)
    for word in words:
        assert word in text
    assert "{" not in text
    assert office.acting(f"x:household@{case}").offer_text(case) == office.acting(
        f"x:household@{case}"
    ).offer_text(case, "fr")
    with pytest.raises(InputRefused, match="no approved text in 'ht'"):
        office.acting(f"x:household@{case}").offer_text(case, "ht")


@pytest.mark.parametrize(("language", "said", "asks"), [
    ("en", "You have accepted this place", "Please answer by"),
    ("fr", "Vous avez accepté cette place", "Veuillez répondre"),
])  # fmt: skip
def test_who_has_accepted_reads_so_in_the_offer_and_is_not_asked_again(
    office, language, said, asks
):
    [case] = offered(office, "a,1")
    them = office.acting(f"them:household@{case}")
    before = them.offer_text(case, language)
    assert (said in before, asks in before) == (False, True)
    office.acting("anna:intake").answer(case, "accept")
    after = them.offer_text(case, language)
    assert (said in after, asks in after, "{" in after) == (True, False, False)
    assert before.splitlines()[-1] == after.splitlines()[-1]  # the offer itself stands below


def test_an_answer_without_the_interpreter_that_a_household_needs_is_seen(office):
    [case] = offered(office, "a,1", interpreter_language="ht")
    anna = office.acting("anna:intake")
    said = anna.answer(case, "accept", adult=1, language="fr").findings
    assert ["needs an interpreter" in f.what for f in said] == [True]
    assert anna.answer(case, "decline", language="fr", interpreter="M. Interprète").findings == ()
    [other] = offered(office, "b,1", interpreter_language="ht")
    assert anna.answer(other, "accept", language="ht").findings == ()


def test_nobody_leaves_for_a_place_that_takes_nobody_new_that_day(office):
    [case] = offered(office, "a,1")
    office.acting("anna:intake").answer(case, "accept")
    site = state(office, case)["offer"]["site"]
    owner = office.acting("on:region@CA-ON")
    tomorrow = DAY + timedelta(1)
    owner.withdraw("CA-ON", first=tomorrow, last=tomorrow, why="staff")
    later(office, days=1)
    pia = office.acting("pia:placement")
    with pytest.raises(WrongState, match="takes nobody new on 2023-02-21"):
        pia.depart(site)
    assert state(office, case)["state"] == "bound"
    owner.resume("CA-ON")
    assert pia.depart(site).data["boarded"] == [case]


def test_an_accepted_offer_is_withdrawn_until_departure_and_not_after(office):
    [case] = offered(office, "a,1")
    anna = office.acting("anna:intake")
    anna.answer(case, "accept")
    anna.answer(case, "decline")
    assert state(office, case)["state"] == "kept"
    [other] = offered(office, "b,1")
    anna.answer(other, "accept")
    office.acting("pia:placement").depart(state(office, other)["offer"]["site"])
    with pytest.raises(WrongState):
        anna.answer(other, "decline")


def test_an_answer_after_a_withdrawal_of_the_place_is_refused(office):
    [case] = offered(office, "a,1")
    region = state(office, case)["offer"]["site"].split("/")[0].upper()
    office.acting(f"r:region@{region}").withdraw(region, why="full")
    with pytest.raises(WrongState):
        office.acting("anna:intake").answer(case, "accept")
