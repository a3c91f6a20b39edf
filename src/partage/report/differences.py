"""Who would be treated otherwise: an impact preview of one policy beside another, before it takes force.

Groups are of needs and wishes as stated; a cell of 1 to 4 households is hidden, so that nobody can
be picked out of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from partage.casework.compare import Compared
from partage.core.household import Household

SMALL = 5  # a cell below this is hidden
HIDDEN = "1-4"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: how many households, how many get another region, site, or lose or gain a place."""

    group: str
    households: int
    otherwise: int
    other_region: int
    loses_place: int
    gains_place: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Policy ``after`` beside policy ``before`` for the same households."""

    before: str
    after: str
    groups: tuple[GroupRow, ...]
    moves: tuple[tuple[str, str, int], ...]  # region before, region after, households


GROUPS: Mapping[str, Callable[[Household], bool]] = {
    "everybody": lambda h: True,
    "one person": lambda h: h.persons == 1,
    "3 persons or more": lambda h: h.persons >= 3,
    "with children": lambda h: h.need.ages.under_5 + h.need.ages.from_5_to_17 > 0,
    "language of choice: French": lambda h: h.need.official_language == "fr",
    "asked for a service in French": lambda h: any(s.endswith(".fr") for s in h.need.care),
    "reduced mobility": lambda h: h.need.mobility,
    "linked to another household": lambda h: bool(h.need.links),
    "wishes to stay in the province of entry": lambda h: _stays(h),
    "wishes for another province": lambda h: bool(h.profile.wishes) and not _stays(h),
}


def differences(before: Compared, after: Compared) -> Differences:
    """For whom the two policies differ; households are the same, day by day."""
    was, will = _where(before), _where(after)
    people = {h.id: h for day in before.households for h in day}
    rows = []
    for name, member in GROUPS.items():
        own = [case for case, household in people.items() if case in was and member(household)]
        if not own:
            continue
        changed = [case for case in own if was[case] != will[case]]
        rows.append(
            GroupRow(
                name,
                len(own),
                len(changed),
                sum(was[c][0] != will[c][0] and "" not in (was[c][0], will[c][0]) for c in changed),
                sum(will[case][0] == "" for case in changed),
                sum(was[case][0] == "" for case in changed),
            )
        )
    moves = Counter((was[c][0] or "no place", will[c][0] or "no place") for c in was)
    return Differences(
        before.policy.id,
        after.policy.id,
        tuple(rows),
        tuple((a, b, n) for (a, b), n in sorted(moves.items())),
    )


def hidden(number: int) -> str:
    """A count as it may be shown: a small one is hidden."""
    return HIDDEN if 0 < number < SMALL else f"{number:,}"


def _where(compared: Compared) -> dict[str, tuple[str, str]]:
    """Region and site of each household, empty where it has no place; day by day the same ids."""
    return {
        line.case: (str(line.region or ""), str(line.site or ""))
        for plan in compared.plans
        for line in plan.lines
    }


def _stays(household: Household) -> bool:
    entry = household.need.entry_point.split("/")[0].upper()
    return entry in household.profile.wishes
