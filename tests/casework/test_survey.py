"""What is allocable: the least over the horizon, less what is used, held and blocked, within limits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from offices import DAY, arrivals
from partage.casework.survey import free_at, survey
from partage.core.situation import Agreement, Capacity, Origin
from partage.core.units import ServiceId
from partage.packs.loader import load_pack
from worlds import SERVICES

SOURCE = {"source": "a test", "assumption": "", "grade": ""}
CONSENT = {"first": "2023-01-01", "last": "2023-12-31", "counts_from": "2023-01-01"}


def capacity(
    service: str,
    quantity: int,
    first: str = "2023-01-01",
    last: str = "2023-12-31",
    counts_from: str = "2023-01-01",
) -> dict[str, Any]:
    return {"service": service, "quantity": quantity, "first": first, "last": last,
            "counts_from": counts_from, "origin": SOURCE}  # fmt: skip


def free(
    row: dict[str, Any], nights: int = 30, day: date = DAY, region: Any = None
) -> dict[str, int]:
    full = {"consents": [CONSENT], **row}
    return free_at(
        full, ({"consents": [CONSENT]} if region is None else region,), SERVICES, day, nights
    )[0]


ROOMS = [capacity("person", 10), capacity("room", 4)]


@pytest.mark.parametrize(
    ("row", "nights", "rooms"),
    [
        ({"capacity": ROOMS}, 30, 4),
        ({"capacity": ROOMS, "occupied": {"room": 1}}, 30, 3),
        ({"capacity": ROOMS, "held": {"night": {"room": 3}}}, 30, 1),
        ({"capacity": ROOMS, "occupied": {"room": 3}, "held": {"night": {"room": 3}}}, 30, 0),
        ({"capacity": ROOMS, "blocks": [{"service": "room", "quantity": 2, "first": "2023-03-01", "last": "2023-03-02"}]}, 30, 2),
        ({"capacity": ROOMS, "blocks": [{"service": "room", "quantity": 2, "first": "2023-03-01", "last": "2023-03-02"}]}, 5, 4),
        ({"capacity": [capacity("room", 4, last="2023-03-01")]}, 30, 0),  # ends inside the horizon
        ({"capacity": [capacity("room", 4, last="2023-03-01")]}, 10, 4),  # nights 20 Feb .. 1 March
        ({"capacity": [capacity("room", 4, last="2023-03-01"), capacity("room", 3)]}, 30, 3),
        ({"capacity": [capacity("room", 4, last="2023-03-01"), capacity("room", 3, first="2023-03-02")]}, 30, 3),
        ({"capacity": [capacity("room", 4, counts_from="2023-02-21")]}, 30, 0),  # after its notice
        ({"capacity": [capacity("room", 0)]}, 30, 0),
    ],
)  # fmt: skip
def test_the_least_over_the_nights(row, nights, rooms):
    assert free(row, nights)["room"] == rooms


def test_unknown_is_not_zero_and_not_free():
    units, unknown = free_at(
        {"consent": CONSENT, "capacity": ROOMS}, ({"consent": CONSENT},), SERVICES, DAY, 30
    )
    assert "room.family" not in units
    assert set(unknown) == {"room.family", "clinic.fr"}


def test_a_weekly_service_is_counted_in_the_week_of_arrival():
    row = {"capacity": [capacity("clinic.fr", 5, last="2023-02-26")],
           "taken": {"2023-W08": {"clinic.fr": 2}, "2023-W07": {"clinic.fr": 5}},
           "held": {"2023-W08": {"clinic.fr": 1}}}  # fmt: skip
    assert free(row)["clinic.fr"] == 2  # a contract that ends later in the horizon does not matter
    assert free(row, day=DAY + timedelta(days=7))["clinic.fr"] == 0


def test_the_limit_of_the_day_binds_persons_only():
    row = {
        "capacity": ROOMS,
        "consents": [{**CONSENT, "ramp": 6}],
        "sent": {"2023-02-20": {"person": 4}},
    }
    assert free(row) == {"person": 2, "room": 4}
    assert free(row, day=DAY + timedelta(days=1))["person"] == 6
    assert free({**row, "sent": {"2023-02-20": {"person": 9}}})["person"] == 0


@pytest.mark.parametrize("last", ["2023-03-01", "2023-02-19"])
def test_a_consent_of_the_region_that_ends_inside_the_horizon_leaves_nothing(last):
    region = {"consents": [{**CONSENT, "last": last}]}
    assert free({"capacity": ROOMS}, region=region)["room"] == 0


def test_an_offer_takes_its_place_out_of_what_is_allocable(office):
    paul = office.acting("paul:placement")
    office.acting("anna:intake").register(arrivals("a,2"))
    before = paul.survey(DAY).allocable
    _, done = paul.propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])
    offer = paul.offer_plan(done.data["plan"]).data["offers"][0]
    after = paul.survey(DAY).allocable
    for site in (offer["site"], offer["fallback"]):
        assert after[site]["room"] == before[site]["room"] - 1
        assert after[site]["person"] == before[site]["person"] - 2
    office.acting("anna:intake").answer(offer["case"], "decline")
    freed = paul.survey(DAY).allocable
    assert freed[offer["site"]] == before[offer["site"]]
    assert freed[offer["fallback"]] == after[offer["fallback"]]


def test_findings_name_consent_notice_unknown_and_overload():
    pack = load_pack("canada")
    site = pack.sites[0]
    region = {"kind": "region", "consents": [CONSENT]}
    late = {**CONSENT, "counts_from": "2023-02-25"}

    def said(**row: Any) -> str:
        rows = {site.region: region, site.id: {"consents": [CONSENT], **row}}
        return " | ".join(str(f) for f in survey(rows, pack, DAY, 30).findings)

    assert "has not agreed to places" in said()
    assert "count from 2023-02-25" in said(consents=[late])
    assert "capacity of room, room.family," in said(capacity=[capacity("person", 1)])
    assert "3 person in use or held, 1 agreed" in said(
        capacity=[capacity("person", 1)], occupied={"person": 3}
    )


def test_a_later_agreement_replaces_an_earlier_one_from_the_day_its_places_count(office):
    site = next(s for s in office.pack.sites if s.city == "Cornwall")
    clerk = office.acting("mayor:city@ca-on/cornwall")
    paul = office.acting("paul:placement")
    before = paul.survey(DAY, 1).allocable[site.id]

    def agreed(rooms: int, notice: int) -> None:
        first, last = DAY, date(2023, 12, 31)
        origin = Origin(source="a letter")
        agreement = Agreement(site.id, DAY, first, last, notice, 60, origin)
        rows = [Capacity(site.id, ServiceId("room"), rooms, first, last, origin)]
        clerk.agree(site.id, agreement, rows)

    agreed(7, notice=5)
    assert paul.survey(DAY, 1).allocable[site.id] == before, "what stood still counts until then"
    later = DAY + timedelta(days=5)
    assert paul.survey(later, 1).allocable[site.id]["room"] == 7, "down as well as up, never added"
    assert paul.survey(later, 1).allocable[site.id]["room.family"] == before["room.family"]
    agreed(9, notice=5)
    assert paul.survey(later, 1).allocable[site.id]["room"] == 9
    assert office.acting("rita:auditor").verify().clean
