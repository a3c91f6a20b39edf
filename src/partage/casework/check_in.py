"""``board`` at the door of a vehicle: who is aboard, did not come or said no; counted before it leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from partage.casework.aboard import case_of
from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, WrongState, shown
from partage.ledger.facts import Draft

ABOARD, NOT_COME, DECLINED, EXPECTED = "aboard", "not-come", "declined", "expected"
MARKS = (ABOARD, NOT_COME, DECLINED, EXPECTED)


def marks_of(row: Row) -> dict[str, str]:
    """The mark of each household on the manifest that counts; ``expected`` until something is said."""
    said = row.get("marks") or {}
    return {case: said.get(case, EXPECTED) for case in row.get("cases", ())}


def check_in(run: str, row: Row, code: str, mark: str, *, day: str) -> Acts:
    """One household of a manifest is aboard, did not come, said no at the door, or is expected again.

    ``code`` is what is called out, or the whole case. Nobody moves by it: the run takes them when it
    leaves, and until then every mark can be taken back. The same mark twice is written once.
    """
    if mark not in MARKS:
        raise InputRefused(
            f"{shown(mark)} is nothing that can be said at the door.",
            f"Use one of: {', '.join(MARKS)}.",
        )
    if row.get("state") != "boarding":
        raise WrongState(f"Run {run} has left already.", "Say on arrival who is there.")
    marks = marks_of(row)
    case = case_of(code, list(marks), run)
    data = {"run": run, "case": case, "mark": mark}
    if marks[case] == mark:
        return Acts((), data=data | totals(marks))
    marks[case] = mark
    said = {one: what for one, what in sorted(marks.items()) if what != EXPECTED}
    draft = Draft("board", f"run/{run}", {"matter": {"marks": said}}, day)
    return Acts((draft,), {f"run/{run}": int(row["version"])}, data=data | totals(marks))


def totals(marks: Mapping[str, str]) -> dict[str, Any]:
    """How many households have each mark."""
    return {"marks": {mark: sum(one == mark for one in marks.values()) for mark in MARKS}}


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """Who leaves and who does not, as it was said at the door."""

    aboard: tuple[str, ...]
    no_show: tuple[str, ...]
    declined: tuple[str, ...]


def at_the_door(
    run: str, row: Row, bound: Mapping[str, Row], counted: int, others: Collection[str] = ()
) -> AtTheDoor:
    """Who leaves by the marks, held against the number of persons that somebody counted on the vehicle.

    Who was not marked did not come. Who is aboard and is no longer bound there, and a number that is
    not that of who is aboard, is refused: nobody has left yet. ``others`` are said to have declined.
    """
    marks = marks_of(row) | dict.fromkeys(others, DECLINED)
    aboard = [case for case, mark in marks.items() if mark == ABOARD]
    gone = sorted(set(aboard) - set(bound))
    if gone:
        raise WrongState(
            f"{', '.join(gone)} is marked aboard and not bound there any more.",
            "Ask them and the placement office; take them off the manifest, or off the vehicle.",
        )
    persons = sum(int(bound[case]["persons"]) for case in aboard)
    if counted != persons:
        raise WrongState(
            f"{counted} persons were counted on the vehicle; those marked aboard are {persons}.",
            "Count again, and look who is not marked; nobody has left yet.",
        )
    rest = [case for case in marks if case in bound and case not in aboard]
    declined = [case for case in rest if marks[case] == DECLINED]
    no_show = [case for case in rest if marks[case] != DECLINED]
    return AtTheDoor(tuple(aboard), tuple(no_show), tuple(declined))
