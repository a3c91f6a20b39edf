"""Two offices on one file or database: no lost update, no place promised twice."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta

import pytest

from offices import AT, DAY, arrivals, opened
from partage.compose import open_office
from partage.core.errors import Refusal

HOUSEHOLDS = 24
PLACES = 7


def offer_all(url: str, cases: list[str], barrier: object) -> None:
    office = open_office(url, "paul:placement", at=AT + timedelta(minutes=1))
    barrier.wait()  # type: ignore[attr-defined]
    for case in cases:
        try:
            office.offer(case)
        except Refusal:
            continue
    office.journal.close()


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_two_offices_offer_the_same_last_places_and_no_place_is_promised_twice(store, url_of):
    url = url_of(store)
    office = opened(url)
    office.acting("anna:intake").register(arrivals(*(f"r{n},1" for n in range(HOUSEHOLDS))))
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])
    approved = office.journal.rows("cases", state="approved")
    site = max(
        {row["approved"]["site"] for row in approved.values()},
        key=lambda s: sum(row["approved"]["site"] == s for row in approved.values()),
    )
    mine = [case for case, row in approved.items() if row["approved"]["site"] == site]
    assert len(mine) > PLACES
    rooms = office.acting("paul:placement").survey(DAY).agreed[site]["room"]
    office.acting(f"lea:site@{site}").update(
        site,
        blocked={"room": rooms - PLACES},
        first=DAY,
        last=DAY + timedelta(days=60),
        why="repairs",
    )
    office.journal.close()
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(2)
    # both offices try every case, from both ends
    writers = [
        fork.Process(target=offer_all, args=(url, order, barrier)) for order in (mine, mine[::-1])
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    office = open_office(url, "rita:auditor", at=AT + timedelta(minutes=2))
    offered = office.journal.rows("cases", state="offered")
    assert len(offered) == PLACES, "every place was promised, none twice"
    assert office.journal.row("places", site)["held"]["night"]["room"] == PLACES
    report = office.verify()
    assert report.clean, report.findings
    office.journal.close()
