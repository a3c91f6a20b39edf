"""From households to a solved model; a link that no site can keep is released to the same region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from partage.core.household import Household
from partage.core.policy import Policy
from partage.core.situation import Situation
from partage.core.streams import Stream, lot
from partage.place.mechanisms import MECHANISMS, TIER_BY_TIER
from partage.place.tiers import Outcome, in_one_go, tier_by_tier
from partage.place.value import NO_RELEASE, Model, Release, build_model


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The model that was solved, what came of it, and the linked groups that had to be released.

    ``group_of``: for each household of such a group the whole group, the larger household first.
    """

    model: Model
    outcome: Outcome
    searched: bool
    group_of: Mapping[str, tuple[Household, ...]] = field(default_factory=dict)

    def region_of(self, case: str) -> str:
        """The region where a case is placed; "" if it is not."""
        for row, j in zip(self.model.rows, self.outcome.solved.site_of, strict=True):
            if j >= 0 and any(member.id == case for member in row.members):
                return str(self.model.sites[j].region)
        return ""


@dataclass(frozen=True, slots=True)
class Solving:
    """What stays the same while a plan is sought."""

    situation: Situation
    policy: Policy
    due: Mapping[str, int]
    seed: str
    mechanism: str
    seconds: float

    def plan(self, households: Sequence[Household]) -> Solution:
        """A plan; linked households together, or, where no site takes them, in the same region.

        The larger household of such a group is placed first, among everybody; then everybody is
        placed again with the others of the group allowed only in its region.
        """
        together = self._solve(households, NO_RELEASE)
        groups = [
            tuple(sorted(row.members, key=lambda h: (-h.persons, lot(self.seed, h.id))))
            for row, j in zip(together.model.rows, together.outcome.solved.site_of, strict=True)
            if j < 0 and len(row.members) > 1
        ]
        if not groups:
            return together
        apart = frozenset(member.id for group in groups for member in group)
        later = {member.id for group in groups for member in group[1:]}
        first = self._solve([h for h in households if h.id not in later], Release(apart))
        group_of: dict[str, tuple[Household, ...]] = {
            member.id: group for group in groups for member in group
        }
        waiting: set[str] = {g[0].id for g in groups if not first.region_of(g[0].id)}
        while True:  # ends: every turn leaves at least one more group to wait
            near: dict[str, str] = {
                member.id: "" if group[0].id in waiting else first.region_of(group[0].id)
                for group in groups
                for member in group
                if member.id not in waiting
            }
            solved = self._solve(households, Release(apart, near))
            pushed_out = {
                group[0].id
                for group in groups
                if group[0].id not in waiting
                and not solved.region_of(group[0].id)
                and any(solved.region_of(other.id) for other in group[1:])
            }
            if not pushed_out:
                return Solution(solved.model, solved.outcome, solved.searched, group_of)
            waiting |= pushed_out

    def _solve(self, households: Sequence[Household], release: Release) -> Solution:
        model = build_model(households, self.situation, self.policy, self.due, self.seed, release)
        by_tier = self.mechanism in TIER_BY_TIER
        solve = tier_by_tier if by_tier else in_one_go
        outcome = solve(model, MECHANISMS[self.mechanism], Stream(self.seed, "place"), self.seconds)
        return Solution(model, outcome, by_tier)
