"""The nearest change that would flip a decision: stated only if solving again with it does flip it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from partage.casework.changes import Change, Wider
from partage.casework.kept import Kept
from partage.ledger.facts import Entry
from partage.place.again import solve_again
from partage.place.mechanisms import TIER_BY_TIER

RE_SOLVES = 10  # at most, for one question
SECONDS = 60.0  # for all of them together


@dataclass(frozen=True, slots=True)
class Flip:
    """What was found: a change by its code and numbers, and a site it may lead to ("": no place).

    No plan as good leaves the household where it was; which of several others it gets may be up to a lot.

    ``code`` is "" where nothing was found; then ``why`` says why: ``none`` (nothing within the re-solves),
    ``unsettled`` (a search was not finished in time, so nothing is stated), ``by-person`` (an officer
    chose places in this plan), ``mechanism`` (the plan was not made by looking for the best), ``changed``
    (what is known of the household changed since the plan), ``erased``. ``re_solves`` were done.
    """

    code: str
    args: Mapping[str, str | int] = field(default_factory=dict)
    site: str = ""
    why: str = ""
    re_solves: int = 0


def why_not_asked(proposal: Entry) -> str:
    """Why no flip can be worked out for a plan, or "": only a plan made by looking for the best has one."""
    if proposal.body.get("by_hand") or proposal.body.get("overrides"):
        return "by-person"
    return "" if proposal.body["mechanism"] in TIER_BY_TIER else "mechanism"


def nearest_flip(
    kept: Kept,
    case: str,
    changes: Iterable[Change],
    *,
    wider: Wider | None = None,
    proven: bool,
    to_a_place: bool = False,
    seconds: float = SECONDS,
) -> Flip:
    """The first of the changes, nearest first, with which every best plan has the household elsewhere.

    Each is applied and the whole plan solved again, priority by priority; among plans as good the household
    stays where it is. If none does, ``wider`` is tried: how many times what the household lacks it takes,
    halving from enough for everybody. A plan that was not ``proven`` is first solved again as it stands.
    ``to_a_place``: what leads to no place is passed over. At most ten re-solves, for all of it together.
    """
    search = _Search(kept, case, time.perf_counter() + seconds)
    if not proven and (search.leads_to(Change("", {}, kept.instance)) or search.unsettled):
        return Flip("", why="unsettled", re_solves=search.done)
    tried: set[tuple[str, tuple[tuple[str, str | int], ...]]] = set()
    for change in changes:
        said = (change.code, tuple(sorted(change.args.items())))
        if said in tried:  # two sites of a region ask for one and the same change of what it is due
            continue
        tried.add(said)
        site = search.leads_to(change)
        if site or (site == "" and not to_a_place):
            return Flip(change.code, change.args, site, re_solves=search.done)
        if not search.may_go_on:
            break
    if wider is not None and (found := _least(search, wider)) is not None:
        return replace(found, re_solves=search.done)
    why = "unsettled" if search.unsettled else "none"
    return Flip("", why=why, re_solves=search.done)


def _least(search: _Search, wider: Wider) -> Flip | None:
    """The least that was found to be enough; None if enough for everybody is not enough."""
    enough, too_little, found = wider.most, 1, None
    times = enough
    while too_little < times and search.may_go_on:
        change = wider.change(times)
        site = search.leads_to(change)
        if site is None:
            too_little = times
        else:
            enough, found = times, Flip(change.code, change.args, site)
        if found is None:
            return None
        times = (too_little + enough) // 2
    return found


@dataclass(slots=True)
class _Search:
    """Re-solves that are counted and kept within their time."""

    kept: Kept
    case: str
    ends: float
    done: int = 0
    unsettled: bool = False

    @property
    def may_go_on(self) -> bool:
        """Whether one more re-solve is allowed."""
        return self.done < RE_SOLVES and time.perf_counter() < self.ends

    def leads_to(self, change: Change) -> str | None:
        """A site where a best plan has the household with a change ("": none); None: it may stay.

        A search that is not finished states nothing.
        """
        row = self.kept.row_of(self.case)
        left = self.ends - time.perf_counter()
        found = solve_again(
            change.instance,
            seconds=left,
            start=self.kept.site_of,
            stay=(row, int(self.kept.site_of[row])),
            towards=change.towards,
            enough=self.kept.enough,
        )
        self.done += 1
        self.unsettled = self.unsettled or not found.settled
        if not found.settled or found.stays:
            return None
        at = int(found.site_of[row])
        return self.kept.sites[at] if at >= 0 else ""
