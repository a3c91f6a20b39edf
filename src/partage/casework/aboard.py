"""Who is aboard: the code of each household of a manifest, and what has changed since it was made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from partage.casework.acts import Row
from partage.casework.board import seats_of
from partage.core.errors import NotFound, shown
from partage.core.findings import Finding
from partage.core.household import Need
from partage.place.needs import units_needed

LEAST = 4  # characters of a code; more where two households of a manifest share their ending
LOOKALIKE = str.maketrans("ILO", "110")  # as in Crockford's base 32, which has none of the three
TOO_MANY = (
    "needs {n} seats by now; the vehicle has {there}",
    "needs {n} child seats by now; the vehicle has {there}",
    "needs {n} wheelchair places by now; the vehicle has {there}",
)


def codes_of(cases: Sequence[str]) -> dict[str, str]:
    """The code of each case on a manifest: its last four characters, more where they are not its alone."""
    codes = {}
    for case in cases:
        others = [one for one in cases if one != case]
        length = LEAST
        while length < len(case) and any(one.endswith(case[-length:]) for one in others):
            length += 1
        codes[case] = case[-length:]
    return codes


def case_of(said: str, cases: Sequence[str], run: str) -> str:
    """The case of a manifest that a code, or the whole case, means; refused where it means none or two."""
    code = re.sub(r"[\s-]", "", said).upper().translate(LOOKALIKE)
    if code.startswith("H") and len(code) == 11:
        code = code[1:]
    found = [case for case in cases if len(code) >= LEAST and case.endswith(code)]
    if not found:
        raise NotFound(
            f"No household of {run} has the code {shown(said)}.",
            "Read it again from its line; or it is on another manifest.",
        )
    if len(found) > 1:
        raise NotFound(
            f"Two households of {run} end in {shown(said)}.",
            "Type one character more, as their lines show it.",
        )
    return found[0]


def needed(needs: Sequence[Need]) -> list[int]:
    """Seats, child seats and wheelchair places that these households need together."""
    return [sum(column) for column in zip(*map(seats_of, needs), strict=True)] or [0, 0, 0]


def late_changes(
    run: str, row: Row, people: Mapping[str, tuple[Row, Need]], beside: int
) -> tuple[Finding, ...]:
    """What has changed since the manifest was made and asks for a new version before the run leaves.

    ``people`` are the cases of the manifest as they are now; ``beside`` households are bound for the
    site and on no manifest.
    """
    site = str(row["site"])
    gone = [
        case
        for case, (now, _) in sorted(people.items())
        if now.get("state") != "bound" or (now.get("offer") or {}).get("site") != site
    ]
    found = [
        Finding(
            f"case {case}", "is on the manifest and does not travel on this run any more",
            "take it off: a new version", "warning",
        )
        for case in gone
    ]  # fmt: skip
    wanted = needed([need for case, (_, need) in people.items() if case not in gone])
    for said, number, there in zip(TOO_MANY, wanted, row.get("vehicle") or (), strict=False):
        if number > there:
            found.append(
                Finding(
                    f"run {run}", said.format(n=number, there=there),
                    "take a household off, or find another vehicle", "warning",
                )
            )  # fmt: skip
    if beside:
        found.append(
            Finding(
                f"site {site}", f"{beside} household(s) bound there are on no vehicle yet",
                "add them to a run with room, or fill another vehicle", "note",
            )
        )  # fmt: skip
    return tuple(found)


def needs_of(need: Need) -> dict[str, Any]:
    """What whoever receives a household prepares for: ages, rooms, care; never why."""
    units = units_needed(need)
    rooms = {service: units[service] for service in sorted(units) if service.startswith("room")}
    return {"ages": asdict(need.ages), "rooms": rooms, "care": list(need.care)}


def origins(rows: Iterable[Row]) -> list[str]:
    """Where those of a run who have not arrived leave from: entry points and sites."""
    return sorted(
        {
            str(row["account"]).partition("@")[2]
            for row in rows
            if row.get("state") in ("bound", "travelling")
        }
    )


def now_of(run: str, row: Row, case: str, people: Mapping[str, tuple[Row, Need]]) -> str:
    """How it stands with a household of a manifest: its mark at the door, then on the road, or there."""
    if row.get("state") == "boarding":
        return str((row.get("marks") or {}).get(case, "expected"))
    now = people[case][0]
    if now.get("state") == "travelling" and now.get("run") == run:
        return "on-road"
    at_site = now.get("state") == "hosted" and (now.get("stay") or {}).get("site") == row["site"]
    return "arrived" if at_site else "not-aboard"
