"""From households to a solved model; a link that no site can keep is released to the same region."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from partage.core.errors import WrongState
from partage.core.household import Household
from partage.core.policy import Policy
from partage.core.situation import Situation
from partage.core.streams import Stream, lot
from partage.place.explain import Standing as Left
from partage.place.explain import explain_row
from partage.place.instance import Instance, Ints
from partage.place.mechanisms import MECHANISMS, TIER_BY_TIER
from partage.place.mechanisms.optimum import Mechanism, Say, Searching, Wishes
from partage.place.solved import Solved, plan_value
from partage.place.stay import Standing
from partage.place.tiers import Outcome, Told, in_one_go, tier_by_tier
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
    chosen: Mapping[str, str | None] = field(
        default_factory=dict
    )  # case -> the site a person chose
    standing: Standing | None = None  # the plan that this one starts from
    say: Told | None = None  # is told how far the search is

    def plan(self, households: Sequence[Household]) -> Solution:
        """A plan; linked households together, or, where no site takes them, in the same region.

        The larger household of such a group is placed first, among everybody; then everybody is
        placed again with the others of the group allowed only in its region. All of it within
        ``seconds``: where links may have to be released, each turn has half of what is left.
        """
        begun = time.perf_counter()
        whole = not any(household.need.links for household in households)

        def turn(who: Sequence[Household], release: Release) -> Solution:
            left = self.seconds - (time.perf_counter() - begun)
            return self._solve(who, release, left if whole else left / 2)

        together = turn(households, NO_RELEASE)
        groups = [
            tuple(sorted(row.members, key=lambda h: (-h.persons, lot(self.seed, h.id))))
            for row, j in zip(together.model.rows, together.outcome.solved.site_of, strict=True)
            if j < 0 and len(row.members) > 1 and not self._no_place_yet(row.members)
        ]
        if not groups:
            return together
        apart = frozenset(member.id for group in groups for member in group)
        later = {member.id for group in groups for member in group[1:]}
        first = turn([h for h in households if h.id not in later], Release(apart))
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
            solved = turn(households, Release(apart, near))
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

    def _no_place_yet(self, members: Sequence[Household]) -> bool:
        """Whether an officer said so: then it is not for want of room, and no link is released."""
        said = self.standing.no_place_yet if self.standing else frozenset[str]()
        return any(member.id in said for member in members)

    def _solve(self, households: Sequence[Household], release: Release, seconds: float) -> Solution:
        model = build_model(
            households, self.situation, self.policy, self.due, self.seed, release, self.standing
        )
        by_tier, stream = self.mechanism in TIER_BY_TIER, Stream(self.seed, "place")
        if self.chosen:
            columns = _columns(model, self.chosen)
            chosen = _with_choices(MECHANISMS[self.mechanism], columns)
            if by_tier:
                narrow = partial(_narrowed, columns=columns)
                outcome = tier_by_tier(model, chosen, stream, seconds, narrow=narrow)
            else:
                outcome = in_one_go(model, chosen, stream, seconds)
        elif by_tier:
            search = TIER_BY_TIER[self.mechanism]
            outcome = tier_by_tier(model, search, stream, seconds, self.say)
        else:
            outcome = in_one_go(model, MECHANISMS[self.mechanism], stream, seconds)
        if self.chosen:
            _check_choices(model, outcome, self.chosen)
            outcome = replace(outcome, proven=False)
        return Solution(model, outcome, by_tier and not self.chosen)


def _columns(model: Model, chosen: Mapping[str, str | None]) -> dict[int, int]:
    """For each row with a choice its column, -1 for no place; linked households have one choice."""
    number: dict[str, int] = {site.id: j for j, site in enumerate(model.sites)}
    columns: dict[int, int] = {}
    for i, row in enumerate(model.rows):
        sites = {chosen[member.id] for member in row.members if member.id in chosen}
        if len(sites) > 1:
            raise WrongState(
                f"{', '.join(m.id for m in row.members)} are linked and stay together.",
                "Choose one site for all of them.",
            )
        for site in sites:
            if site is not None and site not in number:
                raise WrongState(
                    f"There are no places at {site} on this day.", "See 'partage survey'."
                )
            columns[i] = number[site] if site is not None else -1
    return columns


def _narrowed(instance: Instance, columns: Mapping[int, int]) -> Instance:
    """The same problem in which a row with a choice may only go there; -1: nowhere."""
    value = instance.value.copy()
    for i, j in columns.items():
        kept = value[i, j] if j >= 0 else -1
        value[i] = -1
        if j >= 0:
            value[i, j] = kept
    return replace(instance, value=value)


def _with_choices(mechanism: Mechanism, columns: Mapping[int, int]) -> Searching:
    """The same mechanism for everybody else; the bound is one that needs no search, and so has no start."""

    def choose(
        instance: Instance,
        wishes: Wishes | None,
        due: Mapping[str, int] | None,
        stream: Stream,
        budget: float,
        *,
        start: Ints | None = None,
        say: Say | None = None,
    ) -> Solved:
        found = mechanism(_narrowed(instance, columns), wishes, due, stream, budget)
        worth = plan_value(instance, found.site_of)
        best = np.maximum(instance.value.max(axis=1, initial=-1), instance.unplaced)
        return Solved(found.site_of, worth, max(worth, int(best.sum())), False, found.seconds)

    return choose


AGAINST = {
    "rule": "a rule of the policy excludes it",
    "avoid": "it is not safe for them",
    "consent": "nobody agreed to places there",
    "unknown": "what they need is not known to be there",
    "silent": "it has said nothing for too long",
    "full": "there is no room for the whole household",
    "ramp": "the limit of the day is reached",
    "cap": "the most persons that its city or province agreed to are reached",
    "ends": "it is agreed for too few nights",
    "blocked": "places are blocked",
    "ceiling": "the most persons of the region are reached",
    "near": "the household it is linked to is elsewhere",
}


def _check_choices(model: Model, outcome: Outcome, chosen: Mapping[str, str | None]) -> None:
    site_of = outcome.solved.site_of
    standing = Left.of(model, site_of)
    for i, j in _columns(model, chosen).items():
        if j >= 0 and site_of[i] != j:
            reason = explain_row(model, standing, i)
            code = next((e.code for e in reason.elsewhere if e.site == model.sites[j].id), "full")
            why = AGAINST.get(code, "there is no room for the whole household")
            names = ", ".join(member.id for member in model.rows[i].members)
            raise WrongState(
                f"{names} cannot be placed at {model.sites[j].id}: {why}.",
                "Choose another site, or say with --displace who makes room.",
            )
