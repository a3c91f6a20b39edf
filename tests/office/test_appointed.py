"""Appointments: whoever is not, or not now, or not there, appointed neither acts nor reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from daily import later, take_in
from everyverb import METHODS, SITE
from offices import DAY
from partage.core.errors import InputRefused, NotPermitted, Refusal, WrongState
from partage.core.names import same_person
from partage.office.permits import PERMITS, Actor

MONTH = DAY + timedelta(30)


def appointed(office, name: str, role: str, **more):  # type: ignore[no-untyped-def]
    said = {"first": DAY, "last": MONTH, "instrument": "memo 12"} | more
    return office.acting("adam:admin").appoint(name, role, **said)


def test_every_method_refuses_whoever_is_not_appointed_reads_like_acts(office):
    roles = [r for r in {row.role for row in PERMITS} if r not in ("admin", "household")]
    for role in roles:
        appointed(office, "nora", role)
    appointed(office, "adam", "admin")
    head = office.journal.head()
    for name, (verb, fields, args, more) in METHODS.items():
        for row in PERMITS:
            if row.verb != verb or row.role == "household" or (fields and fields not in row.fields):
                continue
            scope = {"own-region": "CA-ON", "own-city": "ca-on/cornwall"}.get(row.scope, SITE)
            with pytest.raises(Refusal) as refused:
                getattr(office.acting(Actor("mallory", row.role, scope)), name)(*args, **more)
            if row.scope in ("all", "own-region", "own-city", "own-site"):
                assert isinstance(refused.value, NotPermitted), (name, row.role, refused.value)
    assert office.journal.head() == head


def test_reads_keep_the_days_the_instrument_and_the_end_of_an_appointment(office):
    [case] = take_in(office, "a,1")
    appointed(office, "rita", "auditor", first=DAY + timedelta(1), last=DAY + timedelta(2))
    with pytest.raises(
        NotPermitted, match=r"from 2023-02-21 to 2023-02-22 as auditor \(by memo 12\)"
    ):
        office.acting("rita:auditor").explain(case)
    with pytest.raises(NotPermitted, match="mallory is not appointed as auditor"):
        office.acting("mallory:auditor").watch()
    later(office, days=1)
    office.acting("RITA:auditor").explain(case)
    office.acting("adam:admin").end_appointment(" Rita", "auditor")
    with pytest.raises(NotPermitted, match=r"any more, since 2023-02-21 .*memo 12"):
        office.acting("rita:auditor").watch()
    assert office.acting("adam:admin").verify().clean


def test_a_night_belongs_to_the_day_on_which_it_begins(office):
    [case] = take_in(office, "a,1")
    appointed(office, "nora", "approver", last=DAY, hours="20:00-06:00")
    nora = office.acting("nora:approver")
    with pytest.raises(NotPermitted, match="20:00-06:00"):
        nora.explain(case)  # 09:00 local
    later(office, hours=12)
    nora.explain(case)  # 21:00
    later(office, hours=8)
    nora.explain(case)  # 05:00 of the next day, the same night
    later(office, hours=16)
    with pytest.raises(NotPermitted, match="from 2023-02-20 to 2023-02-20"):
        nora.explain(case)  # 21:00 of the next day
    assert office.acting("rita:auditor").verify().clean


@pytest.mark.parametrize("hours", ["20:00+01:00-06:00", "20:00-20:00", "20:00", "x-y", "1-2-3"])
def test_hours_are_local_times_of_a_day(office, hours):
    with pytest.raises(InputRefused, match="hours"):
        appointed(office, "nora", "approver", hours=hours)


def test_an_appointment_may_say_over_what(office):
    appointed(office, "lea", "site", scopes=(SITE,))
    office.acting(f"lea:site@{SITE}").count(SITE, 0)
    other = next(str(s.id) for s in office.pack.sites if s.id != SITE)
    with pytest.raises(NotPermitted, match=f"appointed for {SITE}"):
        office.acting(f"lea:site@{other}").count(other, 0)


def test_nobody_appoints_themselves_and_somebody_is_always_left_to_appoint(office):
    with pytest.raises(NotPermitted, match="themselves"):
        appointed(office, "Ad\u00e1m", "approver")
    for days in (-1, 1):  # over already, or not begun: nobody could act as admin today
        with pytest.raises(WrongState, match="Nobody would be left"):
            appointed(
                office, "eve", "admin", first=DAY + timedelta(days), last=DAY + timedelta(days)
            )
    appointed(office, "adam", "admin", last=DAY + timedelta(1))
    with pytest.raises(WrongState, match="Nobody would be left"):
        office.acting("adam:admin").end_appointment("adam", "admin")
    later(office, days=3)  # his term ran out, and there is no other
    adam = office.acting("adam:admin")
    with pytest.raises(NotPermitted, match="from 2023-02-20 to 2023-02-21"):
        adam.due_for_disposal()
    with pytest.raises(NotPermitted):
        office.acting("mallory:admin").appoint(
            "mallory", "admin", first=DAY, last=MONTH, instrument="m"
        )
    adam.appoint("eve", "admin", first=DAY, last=MONTH, instrument="memo 13")
    office.acting("eve:admin").due_for_disposal()
    with pytest.raises(NotPermitted):
        adam.appoint("x", "site", first=DAY, last=MONTH, instrument="m")


def test_an_admin_renews_their_own_term_only_while_there_is_no_other(office):
    appointed(office, "adam", "admin", last=DAY + timedelta(1))
    appointed(office, "adam", "admin", last=DAY + timedelta(2))
    appointed(office, "eve", "admin")
    with pytest.raises(NotPermitted, match="themselves"):
        appointed(office, "Adam", "admin")
    office.acting("eve:admin").appoint("adam", "admin", first=DAY, last=MONTH, instrument="m")


def test_the_first_appointment_says_whom_it_shuts_out_and_a_preview_says_it_before(office):
    take_in(office, "a,1")
    head = office.journal.head()
    shown = appointed(office, "nora", "intake", deputy_for="anna", preview=True)
    assert office.journal.head() == head
    done = appointed(office, "nora", "intake", deputy_for="anna")
    for one in (shown, done):
        assert (one.data["first_of_role"], one.data["shut_out"]) == (True, ["anna"])
        [finding] = one.findings
        assert (finding.where, "not anna" in finding.what) == ("role intake", True)
    with pytest.raises(NotPermitted, match="anna is not appointed"):
        office.acting("anna:intake").watch()
    done = appointed(office, "anna", "intake")
    assert (done.data["first_of_role"], done.data["shut_out"], done.findings) == (False, [], ())
    office.acting("anna:intake").watch()


def test_appointments_are_listed_with_what_stands_against_each(office):
    appointed(office, "nora", "intake", hours="20:00-06:00", scopes=("CA-QC",))
    appointed(office, "anna", "intake")
    appointed(office, "rita", "auditor", first=DAY + timedelta(1))
    office.acting("adam:admin").end_appointment("anna", "intake")
    listed = office.acting("adam:admin").appointments()
    assert [(r["role"], r["name"], r["instrument"]) for r in listed] == [
        ("auditor", "rita", "memo 12"), ("intake", "anna", "memo 12"), ("intake", "nora", "memo 12"),
    ]  # fmt: skip
    assert [r["against"] for r in listed] == [
        f"is appointed from {DAY + timedelta(1)} to {MONTH}",
        f"is not appointed any more, since {DAY}",
        "is appointed at 20:00-06:00 local time",
    ]
    later(office, hours=12)  # 21:00
    assert (
        office.acting("adam:admin").appointments()[1]["against"] == ""
    )  # who acts now comes first


def test_it_is_said_where_an_end_or_a_first_day_to_come_leaves_nobody(office):
    appointed(office, "nora", "intake")
    appointed(office, "anna", "intake")
    adam = office.acting("adam:admin")
    assert adam.end_appointment("anna", "intake").findings == ()
    [left] = adam.end_appointment("nora", "intake").findings
    assert (left.where, left.weight) == ("role intake", "fault")
    assert "nobody acts or reads" in left.what
    found = appointed(office, "rita", "auditor", first=DAY + timedelta(1)).findings
    assert [f.weight for f in found] == ["warning", "fault"]
    assert appointed(office, "bob", "auditor").findings == ()


# -- four eyes ------------------------------------------------------------------------------

SPELLINGS = (
    "ren\u00e9e roy", "RENE\u0301E  ROY", "Renee Roy", "\uff32en\u00e9e Roy", "Ren\u00e9e-Roy",
    "ren\u00e9e\u00a0roy", "Renee.Roy",
)  # fmt: skip


def test_spellings_and_look_alikes_of_a_name_are_one_person():
    assert len({same_person(name) for name in SPELLINGS}) == 1
    assert same_person("\u0440\u043e\u0440\u0435") == same_person("pope")  # Cyrillic
    assert same_person("\u0130pek") == same_person("ipek") == same_person("\u0131pek")
    assert same_person("anna") != same_person("hanna")


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_spelling_and_no_role_of_a_name_approves_its_own_proposal(office, name):
    take_in(office, "a,1")
    _, done = office.acting("Ren\u00e9e Roy:placement").propose("redirect-all")
    with pytest.raises(NotPermitted, match="does not approve"):
        office.acting(Actor(name, "approver")).approve(done.data["plan"])


def test_a_deputy_does_not_approve_what_the_person_they_stand_in_for_proposed(office):
    take_in(office, "a,1", "b,1")
    appointed(office, "dora", "approver", deputy_for="Paul")
    appointed(office, "rosa", "approver")
    _, done = office.acting("paul:placement").propose("redirect-all")
    plan = done.data["plan"]
    with pytest.raises(NotPermitted, match="dora stands in for Paul"):
        office.acting("dora:approver").approve(plan)
    office.acting("rosa:approver").approve(plan)
    assert office.acting("rita:auditor").verify().clean


def test_nobody_approves_what_their_deputy_proposed_for_them(office):
    [case] = take_in(office, "a,1")
    appointed(office, "dora", "placement", deputy_for="Rosa")
    _, done = office.acting("dora:placement").propose("redirect-all")
    with pytest.raises(NotPermitted, match="does not approve"):
        office.acting("rosa:approver").approve(done.data["plan"])
    done = office.acting("dora:placement").override(done.data["plan"], case, "", why="other")
    with pytest.raises(NotPermitted, match="does not approve"):
        office.acting("rosa:approver").approve(done.data["plan"])


@pytest.fixture
def chain(office):
    """carl stands in for omar, who stands in for pia; dora stands in for rosa."""
    for name, other in (("carl", "omar"), ("omar", "pia"), ("pia", "")):
        appointed(office, name, "placement", deputy_for=other)
    for name, other in (("dora", "rosa"), ("rosa", ""), ("pia", ""), ("max", "")):
        appointed(office, name, "approver", deputy_for=other)
    yield office
    assert office.acting("rita:auditor").verify().clean


def test_nobody_approves_what_the_deputy_of_their_deputy_proposed(chain):
    take_in(chain, "a,1")
    _, done = chain.acting("carl:placement").propose("redirect-all")
    with pytest.raises(NotPermitted, match="does not approve"):
        chain.acting("pia:approver").approve(done.data["plan"])
    chain.acting("max:approver").approve(done.data["plan"])


def test_deputies_that_stand_in_for_each_other_are_one_hand_and_end(office):
    appointed(office, "ann", "placement", deputy_for="Bob")
    appointed(office, "bob", "placement", deputy_for="Ann")
    take_in(office, "a,1")
    _, done = office.acting("ann:placement").propose("redirect-all")
    with pytest.raises(NotPermitted, match="does not approve"):
        office.acting("bob:approver").approve(done.data["plan"])


@pytest.mark.parametrize(("first", "second"), [("pia", "carl"), ("carl", "pia"), ("omar", "carl")])
def test_a_deputy_is_no_second_person_for_the_standing_policy(chain, first, second):
    chain.acting(f"{first}:placement").adopt("redirect-all")
    with pytest.raises(WrongState, match="nor a deputy"):
        chain.acting(f"{second}:placement").adopt("redirect-all")
    assert chain.acting("max:approver").adopt("redirect-all").data["confirmed"]


@pytest.mark.parametrize(("first", "second"), [("pia", "carl"), ("carl", "pia"), ("omar", "carl")])
def test_a_deputy_is_no_second_person_at_a_roof_for_a_night(chain, first, second):
    [case] = take_in(chain, "a,1")
    site = "ca-qc/montreal/ircc-hotels"
    roof = chain.acting(f"{first}:placement").emergency(case, site, why="no-roof").data["roof"]
    with pytest.raises(WrongState, match="nor a deputy"):
        chain.acting(f"{second}:placement").review_roof(roof, "upheld")
    chain.acting("max:approver").review_roof(roof, "upheld")


@pytest.mark.parametrize(("first", "second"), [("rosa", "dora"), ("dora", "rosa")])
def test_a_deputy_does_not_answer_a_review_of_what_the_other_approved(chain, first, second):
    [case] = take_in(chain, "a,1")
    _, done = chain.acting("carl:placement").propose("redirect-all")
    chain.acting(f"{first}:approver").approve(done.data["plan"], only=[case])
    review = chain.acting("anna:intake").request_review(case, "other").data["review"]
    for name in (second, "pia"):  # she is who carl stands in for in the end
        with pytest.raises(NotPermitted, match="took part"):
            chain.acting(f"{name}:approver").answer_review(review, "upheld", note="n")
    chain.acting("max:approver").answer_review(review, "upheld", note="n")


def test_an_approver_who_overrode_a_line_does_not_approve_the_new_plan(office):
    case, _ = take_in(office, "a,1", "b,1")
    _, done = office.acting("paul:placement").propose("redirect-all")
    new = office.acting("rosa:approver").override(done.data["plan"], case, "", why="other")
    for name in ("rosa:approver", "ROSA:approver", "Paul:approver"):
        with pytest.raises(NotPermitted, match="does not approve"):
            office.acting(name).approve(new.data["plan"])
    office.acting("max:approver").approve(new.data["plan"])


def test_a_flagged_line_is_approved_by_name_only(office):
    flagged, plain = take_in(office, "a,1", mobility="yes") + take_in(office, "b,1")
    plan, done = office.acting("paul:placement").propose("redirect-all")
    looked = {line.case for line in plan.lines if line.flags}
    assert flagged in looked
    rosa = office.acting("rosa:approver")
    rosa.approve(done.data["plan"])
    states = office.journal.rows("cases")
    assert states[flagged]["state"] == "waiting"
    if plain not in looked:
        assert states[plain]["state"] == "approved"
    rosa.approve(done.data["plan"], only=[flagged])
    assert office.journal.rows("cases")[flagged]["state"] == "approved"
