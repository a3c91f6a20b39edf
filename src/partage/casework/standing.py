"""What stands of a plan when everybody is planned again: lines, decisions, offers, and who is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from partage.casework.acts import Row
from partage.core.errors import WrongState
from partage.core.household import Household
from partage.core.policy import Policy
from partage.ledger.facts import Entry
from partage.place.mechanisms import TIER_BY_TIER
from partage.place.stay import Standing

SETTLED = ("offered", "bound", "travelling", "hosted")  # never moved by a plan
STANDS_AFTER = frozenset({"approve", "correct", "withdraw", "reopen", "place"})

Lines = Mapping[str, Mapping[str, Any]]


def superseded_by(history: Sequence[Entry]) -> str:
    """The plan that took the place of this one: an override, or a re-plan once approved; "" if none."""
    by = [e.body["by"] for e in history if e.verb == "override"]
    by += [e.body["replaced_by"] for e in history if "replaced_by" in e.body]
    return str(by[0]) if by else ""


def check_not_superseded(history: Sequence[Entry], by: str = "") -> None:
    """Refuse a plan that another than ``by`` took the place of."""
    later = superseded_by(history)
    if later and later != by:
        overridden = any(e.verb == "override" for e in history)
        plan = history[0].subject.removeprefix("plan/")
        raise WrongState(
            f"The plan was overridden by {later}."
            if overridden
            else f"{later}, a re-plan that was approved, took the place of {plan}.",
            f"Look at {later} instead.",
        )


def check_replan(history: Sequence[Entry], document: Mapping[str, Any], policy: Policy) -> None:
    """Refuse what no re-plan can start from."""
    plan = str(document["plan"])
    if document["as_if"]:
        raise WrongState(
            "This plan shows a policy as if in force; nobody is placed by it.",
            "Propose under a policy that is in force.",
        )
    check_not_superseded(history)
    if document.get("standing"):
        raise WrongState(
            f"{plan} is for single households, made at the prices of {document['standing']}.",
            f"Start from {document['standing']}: its lines are counted there.",
        )
    if policy.mark != document["policy_mark"]:
        raise WrongState(
            f"The policy '{policy.id}' is no longer what it was when {plan} was made.",
            "Propose again, for everybody.",
        )
    if policy.mechanism not in TIER_BY_TIER:
        raise WrongState(
            f"The policy '{policy.id}' gives places by '{policy.mechanism}', which weighs no moves.",
            "Propose again, for everybody.",
        )


@dataclass(frozen=True, slots=True)
class Stood:
    """What was planned, as its documents keep it, and what is known of each case since.

    ``lines`` by case (with those of plans for one household that were made at this plan's prices);
    ``rows``: their rows now; ``since``: the verbs of each case after its line was made; ``by_hand``:
    cases whose site an officer chose; ``earlier``: who was settled before this plan, which was a
    re-plan itself.
    """

    plan: str
    lines: Lines
    rows: Mapping[str, Row]
    since: Mapping[str, frozenset[str]]
    by_hand: frozenset[str]
    earlier: Sequence[Mapping[str, Any]] = ()

    def settled(self, region_of: Mapping[str, str]) -> list[dict[str, Any]]:
        """Who of it holds an offer, has accepted, is on the road or has arrived: with site and persons."""
        found = []
        asked = {**{e["case"]: e for e in self.earlier}, **self.lines}
        for case, line in sorted(asked.items()):
            row = self.rows.get(case, {})
            if row.get("state") in SETTLED:
                at = (row.get("offer") or row.get("stay") or {}).get("site") or line["site"]
                if at:
                    persons = int(row["persons"])
                    found.append(
                        {"case": case, "site": at, "region": region_of[at], "persons": persons}
                    )
        return found

    def stands(self, case: str) -> str:
        """The site of a line that still stands; "" if none: declined, reopened by a review, not come."""
        line, row = self.lines.get(case), self.rows.get(case, {})
        if line is None or not line["site"] or row.get("declined"):
            return ""
        return str(line["site"]) if self.since.get(case, frozenset()) <= STANDS_AFTER else ""


def standing_of(
    stood: Stood,
    asked: Mapping[str, Row],
    people: Mapping[str, Household],
    others: Mapping[str, Household],
    policy: Policy,
    region_of: Mapping[str, str],
    left_out: Iterable[str],
) -> Standing:
    """The standing plan for those who are asked about again: who waits, and whose line is approved.

    ``others``: households that are linked to somebody here and hold an offer or have gone on.
    """
    approved = {c: str(r["approved"]["site"]) for c, r in asked.items() if r["state"] == "approved"}
    lines = {case: stood.stands(case) or approved.get(case, "") for case in asked}
    site_of = {case: site for case, site in lines.items() if site}
    settled = stood.settled(region_of)
    gone_on: dict[str, str] = {one["case"]: str(one["site"]) for one in settled}
    beside = {
        case: (gone_on[str(other)], region_of[gone_on[str(other)]])
        for case, household in people.items()
        for other in household.need.links
        if str(other) in gone_on and str(other) in others and case in others[str(other)].need.links
    }
    by_hand = {c: site_of[c] for c in stood.by_hand if c in site_of}
    carries = policy.key is not None and policy.key.carry
    return Standing(
        plan=stood.plan,
        site_of=site_of,
        at_most=policy.replan.moves_at_most,
        points=policy.replan.stay,
        decided={**by_hand, **approved},
        approved=frozenset(approved),
        by_hand=frozenset(by_hand),
        beside=beside,
        no_place_yet=frozenset(c for c in left_out if c in asked and c not in approved),
        settled={} if carries else _by_region(settled),  # what is carried over counts them already
    )


def stood_in(document: Mapping[str, Any]) -> Standing | None:
    """What a re-plan counted as standing, from its document; None for other plans."""
    replan = document.get("replan")
    if replan is None:
        return None
    lines = document["lines"]
    return Standing(
        plan=replan["plan"],
        site_of={line["case"]: line["was"] for line in lines if line["was"]},
        at_most=replan["at_most"],
        points=replan["points"],
        decided={line["case"]: line["decided"] for line in lines if "decided" in line},
    )


def _by_region(settled: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    out: dict[str, int] = {}
    for one in settled:
        out[one["region"]] = out.get(one["region"], 0) + one["persons"]
    return out


@dataclass(frozen=True, slots=True)
class Counted:
    """An approval of the day that a balance has counted: by which plan, where, for how many persons.

    ``stands``: it is not undone; of one that was, the persons were given back, but not their share.
    """

    plan: str
    region: str
    persons: int
    stands: bool


def counted_in(row: Row, history: Iterable[Entry], policy: str, day: str) -> list[Counted]:
    """The approvals of a case for a day under a policy that carries claims over."""
    made = [
        e.body["case"]["approved"]
        for e in history
        if e.body.get("step") == "approve"
        and e.body["case"]["approved"].get("carry") == policy
        and e.body["case"]["approved"]["day"] == day
    ]
    now = row.get("approved") if row["state"] == "approved" else None
    found = [Counted(a["plan"], a["region"], int(row["persons"]), False) for a in made]
    if now and found:  # the last one stands, wherever it was moved to since
        found[-1] = Counted(found[-1].plan, now["region"], int(row["persons"]), True)
    return found


def before_approvals(
    balance: Mapping[str, Fraction],
    counted: Iterable[Counted],
    shares_of: Mapping[str, Mapping[str, str]],
) -> dict[str, Fraction]:
    """What regions owed before these approvals: their lines are planned again, and count anew.

    ``shares_of``: by plan, the exact share of each region, as its document keeps them.
    """
    out = dict(balance)
    for one in counted:
        shares = shares_of[one.plan]
        if one.region not in shares:
            continue  # no part of the key: nothing was counted
        for region, share in shares.items():
            change = Fraction(share) * one.persons
            if one.stands and region == one.region:
                change -= one.persons
            out[region] = out.get(region, Fraction(0)) - change
    return {region: owed for region, owed in out.items() if owed}
