"""Each exception of the morning survey comes when it happens, with what to do, and goes when it is mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from daily import later, site_of, state, take_in
from offices import DAY, opened
from partage.core.situation import Agreement, Origin
from partage.office.office import Office

HERE = Origin(assumption="made up for a test")
Mend = Callable[[], object]


@pytest.fixture
def office() -> Iterator[Office]:
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def shown(office: Office) -> list[str]:
    """What ``partage survey`` shows first."""
    pia = office.acting("pia:placement")
    return [str(f) for f in (*pia.watch(), *pia.survey().findings)]


def offered(office: Office, row: str = "a,1") -> str:
    [case] = take_in(office, row)
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=[case])
    office.acting("pia:placement").offer(case)
    return case


def offer_again(office: Office, case: str) -> None:
    _, done = office.acting("pia:placement").propose("redirect-all")
    if state(office, case)["state"] == "waiting":
        office.acting("rosa:approver").approve(done.data["plan"], only=[case])
    office.acting("pia:placement").offer(case)


def hosted(office: Office, row: str = "a,2") -> tuple[str, str]:
    [case] = take_in(office, row)
    site = site_of(office, "CA-QC")
    office.acting(f"l:site@{site}").arrive_late(case, site)
    return case, site


def bound(office: Office) -> tuple[str, str]:
    case = offered(office)
    office.acting("anna:intake").answer(case, "accept")
    return case, state(office, case)["offer"]["site"]


# -- each makes one thing happen; it answers the words to look for, and what mends it ----------


def a_stale_site(office: Office) -> tuple[str, Mend]:
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"l:site@{site}")
    clerk.update(site)
    later(office, hours=25)
    return f"site {site}: said what it has at .* more than 24 h ago", lambda: clerk.update(site)


def unplaced_beyond_the_limit(office: Office) -> tuple[str, Mend]:
    [case] = take_in(office, "a,1")
    later(office, days=4)
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"l:site@{site}")
    return f"fault: case {case}: waits since", lambda: clerk.arrive_late(case, site)


def declined_twice(office: Office) -> tuple[str, Mend]:
    case = offered(office)
    anna = office.acting("anna:intake")
    for number in range(2):
        if number:
            offer_again(office, case)
        anna.answer(case, "decline")
        anna.answer(case, "again")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"l:site@{site}")
    return f"case {case}: declined 2 offers", lambda: clerk.arrive_late(case, site)


def declined_and_not_moved(office: Office) -> tuple[str, Mend]:
    case = offered(office)
    office.acting("anna:intake").answer(case, "decline")
    later(office, days=4)
    clerk = office.acting(f"l:site@{state(office, case)['fallback']['site']}")
    return (
        f"fault: case {case}: has a fallback place at .* and has not moved in",
        lambda: clerk.arrive_at_fallback(case),
    )


def did_not_show_up(office: Office) -> tuple[str, Mend]:
    case, site = bound(office)
    office.acting("pia:placement").depart(site, no_show=[case])
    return f"case {case}: did not show up at 1 departure", lambda: offer_again(office, case)


def not_left_yet(office: Office) -> tuple[str, Mend]:
    case, site = bound(office)
    later(office, days=1)
    return (
        f"were to leave for it on {DAY} and have not left: {case}",
        lambda: office.acting("pia:placement").depart(site),
    )


def not_confirmed(office: Office) -> tuple[str, Mend]:
    _, site = bound(office)
    run = office.acting("pia:placement").depart(site).data["run"]
    later(office, days=2)
    clerk = office.acting(f"l:site@{site}")
    return f"fault: run {run}: left on {DAY} for .* is not confirmed", lambda: clerk.arrive(run)


def not_seen(office: Office) -> tuple[str, Mend]:
    case, site = bound(office)
    run = office.acting("pia:placement").depart(site).data["run"]
    office.acting(f"l:site@{site}").arrive(run, not_seen=[case])
    return (
        f"fault: case {case}: was not seen since",
        lambda: office.acting("pia:placement").found(case),
    )


def over_capacity(office: Office) -> tuple[str, Mend]:
    case, site = hosted(office)
    clerk = office.acting(f"l:site@{site}")
    agreed = office.acting("pia:placement").survey().agreed[site]["room"]
    clerk.update(site, blocked={"room": agreed}, last=DAY + timedelta(9), why="fire")
    return (
        f"fault: site {site}: 1 room in use or held, {agreed} agreed",
        lambda: clerk.exit(case, "housing"),
    )


def about_to_lapse(office: Office) -> tuple[str, Mend]:
    case = offered(office)
    later(office, hours=22)
    anna = office.acting("anna:intake")
    return f"case {case}: holds an offer that lapses at", lambda: anna.answer(case, "accept")


def lapsed(office: Office) -> tuple[str, Mend]:
    case = offered(office)
    later(office, hours=25)
    anna = office.acting("anna:intake")
    return f"case {case}: holds an offer that lapsed at", lambda: anna.answer(case, "expire")


def a_contract_ends(office: Office) -> tuple[str, Mend]:
    _, site = hosted(office)
    owner = office.acting("qc:region@CA-QC")
    end = DAY + timedelta(10)
    owner.withdraw("CA-QC", first=end + timedelta(1), why="decision")
    longer = Agreement("CA-QC", DAY, DAY, DAY + timedelta(400), 0, None, HERE)
    return (
        f"fault: site {site}: 2 person.s. live there, and the agreement of CA-QC ends on {end}",
        lambda: owner.agree("CA-QC", longer),
    )


def the_clock_to_file(office: Office) -> tuple[str, Mend]:
    [case] = take_in(office, "a,1", referred_on="2023-02-08")
    anna = office.acting("anna:intake")
    return (
        f"case {case}: has until 2023-02-23 to file",
        lambda: anna.correct(case, {"filed_on": "2023-02-20"}, why="new-information"),
    )


def a_roof_on_one_word(office: Office) -> tuple[str, Mend]:
    """Nobody looks at it: from the next day it is a fault, every morning, until somebody does."""
    [case] = take_in(office, "a,1")
    site = site_of(office, "CA-QC")
    roof = office.acting("anna:intake").emergency(case, site, why="no-roof").data["roof"]
    assert any(text.startswith(f"warning: case {case}: has an emergency") for text in shown(office))
    later(office, days=3)
    rosa = office.acting("rosa:approver")
    return (
        f"fault: case {case}: has an emergency roof .* on one officer's word",
        lambda: rosa.review_roof(roof, "upheld"),
    )


def a_review_not_answered(office: Office) -> tuple[str, Mend]:
    case = offered(office)
    review = office.acting(f"t:household@{case}").request_review(case, "family").data["review"]
    later(office, days=11)
    olga = office.acting("olga:approver")
    return (
        f"fault: review {review}: {case} asked for a review .* answer by 2023-03-02",
        lambda: olga.answer_review(review, "upheld", note="looked at again"),
    )


def a_promise_not_kept(office: Office) -> tuple[str, Mend]:
    pia = office.acting("pia:placement")
    number = pia.ask("CA-QC", "CA-ON", "places", text="100 places", source="a letter").data["ask"]
    pia.answer_ask(number, "yes", source="a letter", promise="60 places", until=DAY)
    later(office, days=1)
    return (
        f"ask {number}: CA-ON promised CA-QC by {DAY}: 60 places",
        lambda: pia.keep_ask(number, "yes", source="a call"),
    )


EXCEPTIONS = (
    a_stale_site, unplaced_beyond_the_limit, declined_twice, declined_and_not_moved, did_not_show_up,
    not_left_yet, not_confirmed, not_seen, over_capacity, about_to_lapse, lapsed, a_contract_ends,
    the_clock_to_file, a_roof_on_one_word, a_review_not_answered, a_promise_not_kept,
)  # fmt: skip


@pytest.mark.parametrize("make", EXCEPTIONS, ids=lambda make: make.__name__)
def test_an_exception_comes_when_it_happens_and_goes_when_it_is_mended(office, make):
    words, mend = make(office)
    mine = [text for text in shown(office) if re.search(words, text)]
    assert len(mine) == 1, shown(office)
    assert " -> " in mine[0], "it says what to do"
    mend()
    assert not [text for text in shown(office) if re.search(words, text)]


def test_faults_stand_before_warnings_and_people_before_places(office):
    a_stale_site(office)
    did_not_show_up(office)
    later(office, days=4)
    weights = [f.weight for f in office.acting("pia:placement").watch()]
    assert len(set(weights)) > 1
    assert weights == sorted(weights, key=lambda weight: weight != "fault")


def test_who_had_a_place_waits_from_the_day_it_was_opened_again_not_from_arrival(office):
    """Nobody is "longer than 3 days without a place" on the morning after they left one."""
    [one] = take_in(office, "a,1")
    [two] = take_in(office, "b,1")
    site, olga = site_of(office, "CA-ON"), office.acting("olga:approver")
    for case in (one, two):
        office.acting(f"l:site@{site}").arrive_late(case, site)
    later(office, days=20)
    review = office.acting("anna:intake").request_review(one, "family").data["review"]
    olga.answer_review(review, "changed", note="they were right")
    other = next(s.id for s in office.pack.sites if s.region == "CA-ON" and s.id != site)
    office.acting("anna:intake").emergency(two, other, why="unsafe")
    assert {state(office, case)["state"] for case in (one, two)} == {"waiting"}
    assert not [text for text in shown(office) if "waits since" in text]
    later(office, days=4)
    mine = [text for text in shown(office) if "waits since 2023-03-12, longer" in text]
    assert len(mine) == 2
