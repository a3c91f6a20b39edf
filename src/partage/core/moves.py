"""What a re-plan did with the lines of the plan it started from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from partage.core.units import CaseId, SiteId


@dataclass(frozen=True, slots=True)
class Move:
    """A household whose line is another than before, and why.

    ``why``: ``gone`` (its site is no longer possible for it), ``less-room`` (there is too little there
    now for all whose line it was), ``frees`` (its place is for ``frees_for``), ``better`` (a priority
    gains enough by it). ``after`` is None where no place is left for it: it keeps its roof, and the
    plan says so.
    """

    case: CaseId
    persons: int
    before: SiteId
    after: SiteId | None
    why: str
    frees_for: tuple[CaseId, ...] = ()
    approved: bool = False  # a person had approved the line before


@dataclass(frozen=True, slots=True)
class Replanned:
    """How a plan followed from a standing one: how many lines stood, which moved, and what bounds that.

    ``had``: households with a line that stood; ``at_most`` of them may move without an approver's word;
    ``points`` is what a move had to gain a person. ``site_of``: the site of each line that stood;
    ``decided``: the site that a person decided, by approving it (``approved``) or choosing it
    (``by_hand``).
    """

    plan: str
    had: int
    moves: tuple[Move, ...]
    at_most: int
    points: int
    site_of: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    approved: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()
    unchanged: bool = False  # nothing had changed since the standing plan

    @property
    def over(self) -> bool:
        """Whether more households move than the policy lets move without an approver's word."""
        return len(self.moves) > self.at_most

    def flags(self, case: str, site: str | None) -> tuple[str, ...]:
        """What must be looked at by name: a decision of a person that would change, or that stands."""
        decided = self.decided.get(case)
        if case in self.approved and site != decided:
            return ("approved-moved",) if site else ("approved-lost",)
        if case in self.by_hand and case not in self.approved:
            return ("by-hand",) if site == decided else ("by-hand-moved",)
        return ()

    def of(self, case: str) -> Move | None:
        """The move of a household, if it has one."""
        return next((move for move in self.moves if move.case == case), None)

    def said(self, case: str) -> dict[str, Any]:
        """What the vault keeps of it for one household: nothing about others."""
        move = self.of(case)
        if move is None:
            kept = self.site_of.get(case)
            return {"plan": self.plan, "why": "kept" if kept else "new", "before": kept}
        return {
            "plan": self.plan, "why": move.why, "before": move.before, "after": move.after,
            "frees_for": len(move.frees_for), "approved": move.approved,
        }  # fmt: skip

    def moves_as_data(self) -> list[dict[str, Any]]:
        """The moves as plain JSON."""
        return [
            {
                "case": m.case, "persons": m.persons, "before": m.before, "after": m.after,
                "why": m.why, "frees_for": list(m.frees_for), "approved": m.approved,
            }
            for m in self.moves
        ]  # fmt: skip
