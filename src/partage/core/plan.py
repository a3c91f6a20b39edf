"""A plan: every household of the day, placed or not, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partage.core.findings import Finding
from partage.core.moves import Replanned
from partage.core.shares import Apportionment, Shares
from partage.core.units import CaseId, RegionId, SiteId


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Why a household is not at another site, as a code and its numbers; words come later.

    Codes: ``rule`` (number, title), ``avoid`` (never shown), ``consent``, ``unknown`` (service),
    ``by-hand`` (an officer said: no place yet), ``beside`` (a household it is linked to holds an offer);
    ``full``, ``ramp`` (the day's limit), ``cap`` (most persons of the city or
    province), ``ends`` (agreed for too few nights) and ``blocked`` (short: what is
    missing, with what is left); ``due`` (persons), ``points`` (priority, here,
    there), ``lot`` (exactly as good), ``unsettled`` (better, but the search was stopped or the
    mechanism does not look for it), ``ceiling`` (most persons of the region), ``near`` (region: the
    household it is linked to is there).
    """

    site: SiteId
    code: str
    args: Mapping[str, str | int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON, as the vault keeps it."""
        return {"site": self.site, "code": self.code, "args": dict(self.args)}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why here, why not elsewhere, and which limit decided, as codes and numbers.

    ``here``: ``km``, ``points`` and ``due``, ``placed`` of the region, as far as they apply.
    ``decided``: ``only`` (no other site was possible), ``limit`` (a better site was full or
    unknown), ``order`` (every other possible site serves the priorities less well), ``lot``
    (another site was exactly as good), ``room`` (a site as good was full), ``unsettled`` (a better
    site had room, and the mechanism did not find it), ``none`` (unplaced). ``best`` is the other
    site that would serve the priorities best, with what stands against it.
    """

    here: Mapping[str, str | int]
    decided: str
    by: Elsewhere | None
    elsewhere: tuple[Elsewhere, ...]
    best: Elsewhere | None = None

    def as_dict(self, one: Callable[[Elsewhere], Any] | None = None) -> dict[str, Any]:
        """Plain JSON, as the vault keeps it; ``one`` says how each other site is written."""
        say = one or Elsewhere.as_dict
        return {
            "here": dict(self.here),
            "decided": self.decided,
            "by": say(self.by) if self.by else None,
            "elsewhere": [say(e) for e in self.elsewhere],
            "best": say(self.best) if self.best else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reason:
        """The reason that ``as_dict`` wrote."""
        return cls(
            here=data["here"],
            decided=data["decided"],
            by=Elsewhere(**data["by"]) if data["by"] else None,
            elsewhere=tuple(Elsewhere(**e) for e in data["elsewhere"]),
            best=Elsewhere(**data["best"]) if data.get("best") else None,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One household of a plan: its site, or none."""

    case: CaseId
    persons: int
    site: SiteId | None
    region: RegionId | None
    reason: Reason
    flags: tuple[str, ...] = ()
    together: tuple[CaseId, ...] = ()  # linked cases of the same row


@dataclass(frozen=True, slots=True)
class Plan:
    """Placements and unplaced for one day under one policy, with what it took to find them.

    ``instance`` and ``sites`` are the arrays (kept by their mark); ``tiers`` says what each
    priority reached, in order, and ``price_bounds`` what no plan could pass there, shown by the prices
    in ``arrays`` that anyone can check again; ``outside`` are the cases the engine never sees.
    ``replanned`` says what became of the lines of the plan that this one started from, if any; ``settled``
    are persons by region who have a place in no line of this plan, and count in what is due.
    """

    day: date
    policy: str
    policy_version: str
    policy_mark: str
    as_if: bool
    mechanism: str
    seed: str
    lines: tuple[Line, ...]
    outside: tuple[tuple[CaseId, str], ...]
    due: Apportionment | None
    shares: Shares | None
    key_note: str
    tiers: tuple[tuple[str, int], ...]
    proven: bool
    value: int
    bound: int
    price_bounds: tuple[int, ...]
    given: Mapping[str, Mapping[str, int]]  # units per site and service in this plan
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...]
    arrays: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    replanned: Replanned | None = None
    settled: Mapping[str, int] = field(default_factory=dict)

    @property
    def placed(self) -> tuple[Line, ...]:
        """Lines with a site."""
        return tuple(line for line in self.lines if line.site is not None)

    @property
    def unplaced(self) -> tuple[Line, ...]:
        """Lines without one: an answer with a reason, never silence."""
        return tuple(line for line in self.lines if line.site is None)

    def persons_by_region(self) -> dict[str, int]:
        """Persons placed per region."""
        out: dict[str, int] = {}
        for line in self.placed:
            out[str(line.region)] = out.get(str(line.region), 0) + line.persons
        return out
