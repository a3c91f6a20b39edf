"""Vehicles and manifests: households and links together, seats counted, versions that supersede."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daily import findings, later, state, take_in
from offices import arrivals, opened
from partage.casework.board import Vehicle, fill, seats_of
from partage.core.errors import InputRefused, NotFound, NotPermitted, WrongState
from partage.core.household import Ages, Need
from partage.core.units import CaseId, EntryPointId
from partage.office.office import Office

LEAVES = "2023-02-20T20:00:00.000000Z"


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def need(number: int, adults: int, babies: int = 0, mobility: bool = False) -> Need:
    return Need(
        CaseId(f"H-{number:010d}"), f"2023-02-{10 + number:02d}T12:00:00Z",
        EntryPointId("ca-qc/roxham-road"), "between-ports",
        Ages(under_5=babies, from_18_to_64=adults), mobility=mobility,
    )  # fmt: skip


def aboard(groups: list[list[Need]], where: list[int]) -> int:
    return sum(n.persons for g, v in zip(groups, where, strict=True) if v >= 0 for n in g)


def fits(vehicles: list[Vehicle], groups: list[list[Need]], where: tuple[int, ...]) -> bool:
    for number, vehicle in enumerate(vehicles):
        used = [seats_of(n) for g, v in zip(groups, where, strict=True) if v == number for n in g]
        if any(
            sum(column) > most
            for column, most in zip(
                zip(*used, strict=True), (vehicle.seats, vehicle.child_seats, vehicle.wheelchairs),
                strict=False,
            )
        ):  # fmt: skip
            return False
    return True


@given(
    sizes=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 2), st.booleans()), min_size=1, max_size=5),
    vehicles=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 2), st.integers(0, 1)), min_size=1, max_size=2),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_as_many_persons_are_aboard_as_can_be_and_nobody_beyond_the_seats(sizes, vehicles):
    groups = [[need(n, *size)] for n, size in enumerate(sizes)]
    seats = [Vehicle(*v) for v in vehicles]
    where = fill(seats, groups, [g[0].entered_at for g in groups])
    assert fits(seats, groups, tuple(where))
    best = max(
        aboard(groups, list(other))
        for other in product(range(-1, len(seats)), repeat=len(groups))
        if fits(seats, groups, other)
    )
    assert aboard(groups, where) == best


def test_a_child_under_five_has_a_child_seat_and_a_wheelchair_a_place():
    baby, chair = [need(1, 1, babies=1)], [need(2, 1, mobility=True)]
    assert fill([Vehicle(4, 0, 1)], [baby, chair], ["a", "b"]) == [-1, 0]
    assert fill([Vehicle(4, 1, 0)], [baby, chair], ["a", "b"]) == [0, -1]
    assert fill([Vehicle(4, 1, 1)], [baby, chair], ["a", "b"]) == [0, 0]


def test_among_equals_who_waited_longest_travels():
    groups = [[need(n, 2)] for n in (3, 1, 2)]
    where = fill([Vehicle(4)], groups, [g[0].entered_at for g in groups])
    assert where == [-1, 0, 0]


@pytest.mark.parametrize("text", ["", "fifty", "0", "50:", "50:6:2:1", "101", "-5", "٥٠"])
def test_what_is_no_vehicle_is_refused(text):
    with pytest.raises(InputRefused):
        Vehicle.parse(text)


def bound(office: Office, *rows: str, file: bytes | None = None) -> tuple[str, list[str]]:
    cases = (
        take_in(office, *rows)
        if file is None
        else list(office.acting("anna:intake").register(file).data["registered"])
    )
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=cases)
    office.acting("pia:placement").offer_plan(done.data["plan"])
    for case in office.journal.rows("cases", state="offered"):
        office.acting("anna:intake").answer(case, "accept")
    rows_ = office.journal.rows("cases", state="bound")
    sites = [row["offer"]["site"] for row in rows_.values()]
    site = max(set(sites), key=sites.count)
    return site, [case for case, row in rows_.items() if row["offer"]["site"] == site]


def test_a_manifest_is_made_changed_superseded_and_leaves(office):
    site, cases = bound(office, *(f"r{n},1" for n in range(6)))
    pia = office.acting("pia:placement")
    made = pia.board(site, [Vehicle(4, 0, 0), Vehicle(4, 0, 0)], LEAVES)
    listed = [c for run in made.data["runs"] for c in run["cases"]]
    assert sorted(listed + made.data["without_a_seat"]) == sorted(cases)
    run = made.data["runs"][0]
    first = pia.manifest(run["run"])
    assert first["manifest"] == 1
    assert [line["case"] for line in first["lines"]] == run["cases"]
    out = run["cases"][0]
    pia.change_manifest(run["run"], remove=[out])
    second = pia.manifest(run["run"])
    assert second["manifest"] == 2
    assert second["supersedes"] == first["mark"] != second["mark"]
    absent = second["lines"][0]["case"]
    left = pia.depart(run["run"], no_show=[absent])
    assert left.data["run"] == run["run"]
    assert out not in left.data["boarded"]
    assert state(office, absent)["state"] == "waiting"
    assert state(office, absent)["no_shows"] == 1
    with pytest.raises(WrongState, match="left already"):
        pia.depart(run["run"])
    with pytest.raises(WrongState, match="has left"):
        pia.change_manifest(run["run"], add=[out])
    if left.data["boarded"]:
        office.acting(f"lea:site@{site}").arrive(run["run"])


def test_linked_households_travel_together_and_the_last_seat_is_not_given_twice(office):
    rows = arrivals("a,1", "b,2", "c,3").decode().splitlines()
    names = rows[0].split(",")
    column = names.index("linked_to")
    cells = [row.split(",") for row in rows[1:]]
    cells[0][column], cells[1][column] = "b", "a"
    file = "\n".join([rows[0], *(",".join(c) for c in cells)]).encode()
    site, cases = bound(office, file=file)
    pia = office.acting("pia:placement")
    people = {c: office._household(c, state(office, c)).need for c in cases}
    linked = [c for c in cases if people[c].links]
    if len(linked) != 2:
        pytest.fail("the two linked households are bound for one site")
    made = pia.board(site, [Vehicle(3, 0, 0)], LEAVES)
    [run] = made.data["runs"]
    assert sorted(run["cases"]) in (sorted(linked), sorted(set(cases) - set(linked)))
    if sorted(run["cases"]) == sorted(linked):
        with pytest.raises(WrongState, match="linked to a household"):
            pia.change_manifest(run["run"], remove=[linked[0]])
    others = made.data["without_a_seat"]
    if others:
        with pytest.raises(WrongState, match="seats are needed"):
            pia.change_manifest(run["run"], add=others)


def test_who_is_on_one_manifest_is_on_no_other_and_declines_off_it(office):
    site, cases = bound(office, "a,1", "b,1")
    pia = office.acting("pia:placement")
    run = pia.board(site, [Vehicle(50)], LEAVES).data["runs"][0]["run"]
    with pytest.raises(WrongState, match="all are on a manifest"):
        pia.board(site, [Vehicle(50)], LEAVES)
    office.acting("anna:intake").answer(cases[0], "decline")
    with pytest.raises(WrongState, match="not bound there any more"):
        pia.depart(run)
    with pytest.raises(NotFound):
        pia.change_manifest(run, remove=["H-0000000000"])
    pia.change_manifest(run, remove=[cases[0]])
    pia.depart(run)
    office.acting(f"lea:site@{site}").arrive(run)


def test_an_escort_sees_its_own_run_and_no_other(office):
    site, _ = bound(office, "a,1")
    run = office.acting("pia:placement").board(site, [Vehicle(50)], LEAVES).data["runs"][0]["run"]
    assert office.acting(f"eve:escort@{run}").manifest(run)["lines"]
    with pytest.raises(NotPermitted):
        office.acting("eve:escort@R-00000000").manifest(run)
    office.acting(f"eve:escort@{run}").depart(run)


def test_who_is_bound_and_does_not_leave_is_shown(office):
    bound(office, "a,1")
    later(office, days=2)
    assert findings(office, "have not left")
