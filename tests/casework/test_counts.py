"""A headcount is of one night: it is compared with where the book had people at 04:00 of that night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from daily import later, site_of, take_in
from offices import DAY, opened
from partage.core.errors import InputRefused
from partage.office.office import Office

NEXT = DAY + timedelta(1)


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def one_night(office: Office) -> str:
    """Two persons sleep at a site; the one who comes at half past four is there the night after."""
    two, one = take_in(office, "a,2", "b,1")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    clerk.arrive_late(two, site)
    later(office, hours=19, minutes=30)  # 04:30 in Quebec
    clerk.arrive_late(one, site)
    later(office, hours=1, minutes=30)  # 06:00
    return site


def test_a_count_typed_at_six_in_the_morning_is_of_the_night_just_over(office):
    site = one_night(office)
    done = office.acting(f"q:site@{site}").count(site, 2, by="night-desk", night=DAY)
    assert done.data["night"] == DAY.isoformat()
    assert done.data["book"] == 2
    assert not done.findings
    later(office, hours=4)
    closed = office.acting("pia:placement").close(DAY)
    assert not [f for f in closed.findings if site in f.where]
    assert not [f for f in office.acting("rita:auditor").verify().findings if "count" in f.what]


def test_a_count_that_differs_from_the_book_of_that_night_is_seen_each_time(office):
    site = one_night(office)
    done = office.acting(f"q:site@{site}").count(site, 3, by="night-desk", night=DAY)
    assert any("the book says 2" in f.what for f in done.findings)
    later(office, hours=4)
    closed = office.acting("pia:placement").close(DAY)
    assert any("the night desk counted 3, the book says 2" in f.what for f in closed.findings)
    found = office.acting("rita:auditor").verify().findings
    assert any("found 3 persons, the book said 2" in f.what for f in found)


def test_without_a_night_it_is_the_operational_day_and_a_morning_count_says_so(office):
    site = one_night(office)
    done = office.acting(f"q:site@{site}").count(site, 3, by="night-desk")
    assert done.data["night"] == NEXT.isoformat()
    assert done.data["book"] == 3
    assert any(f"--night {DAY}" in f.do for f in done.findings)
    later(office, hours=4)
    closed = office.acting("pia:placement").close(DAY)
    assert any("was not counted on the night" in f.what for f in closed.findings)


def test_a_count_before_four_is_of_the_night_it_falls_in(office):
    [two] = take_in(office, "a,2")
    site = site_of(office, "CA-QC")
    office.acting(f"q:site@{site}").arrive_late(two, site)
    later(office, hours=18)  # 03:00 of the next day
    done = office.acting(f"q:site@{site}").count(site, 2, by="night-desk")
    assert done.data["night"] == DAY.isoformat()
    assert not done.findings


def test_who_looks_in_by_day_does_not_count_the_night(office):
    [two] = take_in(office, "a,2")
    site = site_of(office, "CA-QC")
    done = office.acting("anna:intake").count(site, 0, by="inspector")
    assert done.data["night"] == ""
    office.acting(f"q:site@{site}").arrive_late(two, site)
    later(office, days=1)
    closed = office.acting("pia:placement").close(DAY)
    assert any("was not counted on the night" in f.what for f in closed.findings)


@pytest.mark.parametrize(
    ("night", "word"),
    [(NEXT + timedelta(1), "not begun"), (DAY - timedelta(1), "began on"),
     (DAY - timedelta(60), "began on")],
)  # fmt: skip
def test_a_night_that_cannot_be_counted_is_refused(office, night, word):
    site = one_night(office)
    with pytest.raises(InputRefused, match=word):
        office.acting(f"q:site@{site}").count(site, 2, by="night-desk", night=night)


def test_a_night_long_over_is_refused(office):
    site = one_night(office)
    later(office, days=20)
    with pytest.raises(InputRefused, match="longer ago"):
        office.acting(f"q:site@{site}").count(site, 2, by="night-desk", night=DAY)


def test_a_count_after_the_close_is_recorded_and_the_night_stands(office):
    site = one_night(office)
    later(office, hours=4)
    before = office.acting("pia:placement").close(DAY).data["nights"]
    done = office.acting(f"q:site@{site}").count(site, 1, by="night-desk", night=DAY)
    assert any("is closed" in f.what for f in done.findings)
    assert office.acting("pia:placement").nights(DAY) == before


def test_a_closed_night_stands_beside_what_was_counted_and_who_was_looked_for_then(office):
    site = one_night(office)
    clerk = office.acting(f"q:site@{site}")
    lost, still = take_in(office, "c,2", "d,1")
    for case in (lost, still):
        clerk.arrive_late(case, site)
        clerk.exit(case, "unknown")
    later(office, hours=4)
    pia = office.acting("pia:placement")
    pia.close(DAY)
    early = pia.night(DAY)  # nobody was looked for at 04:00 of the night of DAY
    assert early["looked_for"] == {"households": 0, "persons": 0}
    later(office, days=1)
    clerk.count(site, 9, by="night-desk", night=NEXT)
    clerk.count(site, 3, by="night-desk", night=NEXT)
    pia.close(NEXT)
    pia.found(lost)  # found after that night: it was looked for all the same
    seen = office.acting("fay:finance").night(NEXT)
    assert seen["nights"] == office.acting("fay:finance").nights(NEXT)
    assert [(c["by"], c["counted"], c["book"]) for c in seen["counts"]] == [
        ("night-desk", 9, 3), ("night-desk", 3, 3),
    ]  # fmt: skip
    assert seen["looked_for"] == {"households": 2, "persons": 3}
    assert [f.where for f in seen["findings"]] == [f"night {NEXT}"]  # the last count fits the book
    clerk.count(site, 5, by="inspector", night=NEXT)
    [differs, _] = pia.night(NEXT)["findings"]
    assert "inspector counted 5 persons on the night of" in differs.what
    assert "the book says 3" in differs.what
