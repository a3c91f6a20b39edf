"""What the plan of today would be under another policy, before two persons adopt it."""

from __future__ import annotations

from datetime import date
from typing import Any

from partage.casework.check_policy import check_policy
from partage.core.errors import InputRefused, WrongState
from partage.core.plan import Plan
from partage.core.policy import Policy
from partage.office.plans import Plans, taken_in_after
from partage.packs.policies import parse_policy

DRAFT = "the draft"
SECONDS = 10.0  # for each of the two


class PolicyPreviews(Plans):
    """The plan of today under two policies: same people, same places, same lots."""

    def preview_policy(
        self,
        policy: str = "",
        *,
        draft: bytes = b"",
        against: str = "",
        lots: tuple[str, ...] = (),
        seconds: float = SECONDS,
    ) -> dict[str, Any]:
        """What the plan of today would be under a policy of the pack, or a draft that is in no pack yet,
        beside the one ``against`` (the standing one, where it is not said).

        Everybody who waits now is in both, with the same places and lots, as if each were in force.
        Nothing is kept; that it was looked at is logged. ``changes`` are the households whose place
        would differ.
        """
        self._permit("adopt")
        ground = self._permit("explain", fields="reason")
        second = self._drafted(draft) if draft else self.pack.policy(policy)
        first = self.pack.policy(against or self._standing_id())
        regions = [str(region.id) for region in self.pack.regions]
        for one in (first, second):
            check_policy(one, regions)
        today = date.fromisoformat(self._day())
        waiting = self.journal.rows("cases", state="waiting")
        late = taken_in_after(self._cut_off(today.isoformat()), waiting)
        asked = {case: row for case, row in waiting.items() if case not in late}
        asked |= self.journal.rows("cases", state="outside-engine")
        self._read("policy preview", [f"policy/{second.id}"], ground)
        stream = self._stream("policy preview")
        plans = [
            self._plan(one, today, asked, stream, lots=lots, as_if=True, seconds=seconds)
            for one in (first, second)
        ]
        return {
            "day": today.isoformat(),
            "at": self._at(),
            "households": len(asked),
            "policies": [
                _named(one, plan) for one, plan in zip((first, second), plans, strict=True)
            ],
            "regions": _by_region(*plans),
            "changes": _changes(*plans),
            "assumptions": list(dict.fromkeys(text for p in plans for text in p.assumptions)),
        }

    def drafted(self, draft: bytes) -> Policy:
        """A draft of a policy, checked as a pack is; nothing is kept of it."""
        self._permit("adopt")
        found = self._drafted(draft)
        check_policy(found, [str(region.id) for region in self.pack.regions])
        return found

    def _drafted(self, draft: bytes) -> Policy:
        policy = parse_policy(draft, DRAFT)
        known = {str(region.id) for region in self.pack.regions}
        points = {str(point.id) for point in self.pack.entry_points}
        for rule in policy.rules:
            for code in {*rule.never} - known | {*rule.entry_points} - points:
                raise InputRefused(
                    f"Rule {rule.number} of the draft names '{code}', which this pack does not have.",
                    "Correct it.",
                )
        return policy

    def _standing_id(self) -> str:
        standing = self._standing()
        if not standing:
            raise WrongState(
                "No standing policy is adopted to set it against.",
                "Name the policy to set it against.",
            )
        return standing["policy"]


def _named(policy: Policy, plan: Plan) -> dict[str, Any]:
    return {
        "policy": policy.id,
        "version": policy.version,
        "mark": policy.mark,
        "in_force": policy.in_force(plan.day),
        "placed": sum(line.persons for line in plan.placed),
        "unplaced": sum(line.persons for line in plan.unplaced),
        "outside": len(plan.outside),
        "value": plan.value,
        "bound": plan.bound,
        "proven": plan.proven,
    }


def _by_region(first: Plan, second: Plan) -> list[dict[str, Any]]:
    """Persons due and placed by region under each; None due where a region takes no part in the key."""
    dues: list[dict[str, int]] = [
        {str(region): n for region, n in plan.due.persons} if plan.due else {}
        for plan in (first, second)
    ]
    placed: list[dict[str, int]] = [
        {str(region): n for region, n in plan.persons_by_region().items()}
        for plan in (first, second)
    ]
    return [
        {
            "region": region,
            "due": [due.get(region) for due in dues],
            "placed": [there.get(region, 0) for there in placed],
        }
        for region in sorted({*dues[0], *dues[1], *placed[0], *placed[1]})
    ]


def _changes(first: Plan, second: Plan) -> list[dict[str, Any]]:
    before = {line.case: line.site for line in first.lines}
    return [
        {
            "case": line.case,
            "persons": line.persons,
            "before": before.get(line.case) or "",
            "after": line.site or "",
        }
        for line in second.lines
        if before.get(line.case) != line.site
    ]
