"""What a server remembers between two looks: the same as whoever reads everything anew sees."""

from __future__ import annotations

from datetime import date

import pytest

from daily import take_in
from offices import DAY, opened
from partage.casework.agree import WHY
from partage.casework.board import Vehicle
from partage.office.office import Office
from partage.office.seen import Seen

DAYS = (DAY, date(2023, 2, 21), date(2023, 3, 1))
SITE = "ca-on/windsor/ircc-hotels"


def looked(office: Office) -> list[object]:
    found: list[object] = [office.capacity(day) for day in DAYS]
    found += [office.survey(day, nights) for day in DAYS for nights in (1, 30)]
    return [*found, office.watch(), office.survey_site(SITE), office.capacity(DAY)]


@pytest.mark.parametrize("url", ["memory:", "sqlite:///{}/o.db"])
def test_after_every_act_a_look_is_the_same_as_one_that_reads_everything_anew(url, tmp_path):
    office = opened(url.format(tmp_path))
    remembering = office.acting("pia:placement")
    cases = take_in(office, *(f"r{n},{1 + n % 2}" for n in range(8)))
    anna, rosa = office.acting("anna:intake"), office.acting("rosa:approver")
    ontario = office.acting("o:region@CA-ON")
    plan = remembering.propose("redirect-all")[1].data["plan"]
    site = {}

    def offer() -> None:
        site["of"] = remembering.offer(cases[0]).data["site"]

    def board() -> None:
        done = remembering.board(site["of"], [Vehicle(50)], "09:00")
        site["run"] = done.data["runs"][0]["run"]

    acts = [
        lambda: rosa.approve(plan, only=cases[:5]),
        lambda: ontario.update(SITE, blocked={"person": 3}, why=WHY[1], last=date(2023, 2, 25)),
        offer,
        lambda: remembering.answer(cases[0], "accept"),
        board,
        lambda: remembering.depart(site["run"]),
        lambda: remembering.arrive(site["run"]),  # what was held is in use, and as much is free
        lambda: anna.correct(cases[2], {"age_0_4": "1"}, why="birth"),
        lambda: ontario.withdraw(
            "CA-ON", first=date(2023, 2, 28), last=date(2023, 3, 3), why="full"
        ),
        lambda: ontario.resume("CA-ON"),
        lambda: ontario.update(SITE),
    ]
    done = 0
    for act in acts:
        try:
            act()
            done += 1
        finally:
            anew = office.acting("pia:placement")
            anew.seen = Seen()
            assert looked(remembering) == looked(anew)
    assert done == len(acts)
    assert remembering.seen.parts
    assert remembering.seen.board


def test_what_is_remembered_is_used():
    """Otherwise the test above would hold of an office that remembers nothing."""
    office = opened("memory:").acting("pia:placement")
    first, again = office.survey(DAY), office.survey(DAY)
    assert all(again.load[site] is first.load[site] for site in first.load)
    office.acting("o:region@CA-ON").update(SITE, blocked={"person": 3}, why=WHY[1])
    later = office.survey(DAY)
    changed = {site for site in first.load if later.load[site] is not first.load[site]}
    assert changed == {SITE}
