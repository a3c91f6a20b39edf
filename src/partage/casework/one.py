"""One household between plans: a site at the standing plan's prices, everybody else's line untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from partage.casework.check_policy import policy_assumptions
from partage.casework.dues import Dues
from partage.casework.kept import Kept
from partage.casework.planning import given_of, judged, lines_of, seen_by_engine
from partage.casework.solving import Solution
from partage.casework.worth import bound_of_tier, reached_of
from partage.core.errors import WrongState
from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.plan import Plan
from partage.core.policy import Policy
from partage.core.shares import Apportionment, Shares
from partage.core.situation import Origin, Situation
from partage.core.streams import lot
from partage.core.units import RegionId
from partage.ledger.facts import Entry
from partage.place.certificate import Certificate
from partage.place.certify import PlanFile
from partage.place.instance import Instance, Ints
from partage.place.npz import arrays_to_bytes
from partage.place.priced import Priced, priced_rows
from partage.place.solved import Solved, open_bound, plan_value
from partage.place.stay import STAY
from partage.place.tiers import Outcome, priced_outcome
from partage.place.value import Model, build_model

AT_PRICES = "standing-prices"  # the mechanism of such a plan


def left_after(situation: Situation, taken: Mapping[str, Mapping[str, int]]) -> Situation:
    """The situation with what other lines need taken off; below 0 where they do not fit any more."""
    allocable = {
        site: {service: n - taken.get(site, {}).get(service, 0) for service, n in units.items()}
        for site, units in situation.allocable.items()
    }
    return replace(situation, allocable=allocable)


def check_prices_hold(
    kept: Kept, tiers: Sequence[str], left: Situation, taken: Mapping[str, Mapping[str, int]]
) -> None:
    """Refuse prices that no longer say what is scarce: places changed since the plan was made.

    They hold while every line of the plan still fits, and while what has a price is as scarce as it was:
    a place that is lost or won where nothing has a price changes nothing that the prices say.
    """
    _, prices = of_policy(kept, tiers)[-1]
    then = kept.instance.capacity - kept.used
    for j, site in enumerate(kept.sites):
        for k, service in enumerate(kept.services):
            now = left.allocable.get(site, {}).get(service, 0)
            if site not in left.allocable:  # nothing can be given there: lines there have lost it
                now = -taken.get(site, {}).get(service, 0)
            priced = int(prices.price[j, k]) > 0
            if now < 0 or (priced and now != int(then[j, k])):
                raise WrongState(
                    f"The places at {site} ({service}) are not what they were when the standing plan was "
                    "made, so its prices no longer hold.",
                    "Plan again from it: 'partage propose --replan'.",
                )


def dues_in(document: Mapping[str, Any], proposal: Entry) -> Dues:
    """What was due by a plan, as it was kept: one household more changes nobody's due."""
    persons = tuple((RegionId(r), int(n)) for r, n in sorted(proposal.body["due"].items()))
    of = tuple((RegionId(r), Fraction(s)) for r, s in sorted(document["shares"].items()))
    if not persons or not of:
        return Dues(None, None, str(document["key"]))
    total = sum(number for _, number in persons)
    due = Apportionment("as in the standing plan", total, persons, ())
    shares = Shares(document["key"], of, (), "", Origin(assumption="as in the standing plan"))
    return Dues(due, shares, str(document["key"]))


def given_in(documents: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Persons by region who have a place by these plans, and who counted in the dues of a re-plan."""
    out: dict[str, int] = {}
    for document in documents:
        counted = document.get("replan", {}).get("settled", []) if not document["carry"] else []
        for line in [*document["lines"], *counted]:
            if line["site"]:
                out[line["region"]] = out.get(line["region"], 0) + line["persons"]
    return out


def place_one(
    members: Sequence[Household],
    left: Situation,
    policy: Policy,
    dues: Dues,
    kept: Kept,
    *,
    seed: str,
    given: Mapping[str, int],
) -> Plan:
    """A plan of one line (or of linked households together) at the prices of a standing plan.

    ``left`` is what is free beside the lines of that plan, ``given`` are their persons by region. Of
    the sites that take all of them whole, those that serve each higher priority best; among these the
    one with most worth less price; equals by lot. ``dues`` are those of the standing plan. It claims no
    more than its prices show.
    """
    mine = [seen_by_engine(member, policy) for member in members]
    model = build_model(mine, _open(left), policy, dues.persons, seed, settled=given)
    if len(model.rows) != 1:
        raise WrongState(
            f"{', '.join(str(m.id) for m in members)} are not linked to each other.",
            "Propose each by itself.",
        )
    numbers, certificates = zip(*of_policy(kept, [tier.id for tier in model.tiers]), strict=True)
    site = _site_at_prices(model, certificates[-1], seed)
    outcome = _outcome(model, site, certificates)
    solved = Solution(model, outcome, searched=False)
    plan = Plan(
        day=left.day,
        policy=policy.id,
        policy_version=policy.version,
        policy_mark=policy.mark,
        as_if=False,
        mechanism=AT_PRICES,
        seed=seed,
        lines=lines_of(solved, policy, {}),
        outside=(),
        due=dues.due,
        shares=dues.shares,
        key_note=dues.note,
        tiers=outcome.reached,
        proven=False,
        value=outcome.solved.value,
        bound=outcome.solved.bound,
        price_bounds=outcome.price_bounds,
        given=given_of(model, outcome),
        findings=(_what_it_shows(kept, numbers[-1], model, outcome), *_elsewhere(members)),
        assumptions=policy_assumptions(policy, as_if=False),
        arrays={
            "instance": outcome.instance.to_bytes(),
            "plan": arrays_to_bytes(
                PlanFile(outcome.solved.site_of, None, outcome.certificates).arrays()
            ),
        },
        settled=given,
    )
    judged(plan, outcome, members, _open(left), policy)
    return plan


def _open(left: Situation) -> Situation:
    """Nothing is below 0 for whoever looks for a place."""
    allocable = {
        site: {service: max(0, n) for service, n in units.items()}
        for site, units in left.allocable.items()
    }
    return replace(left, allocable=allocable)


def of_policy(kept: Kept, tiers: Sequence[str]) -> tuple[tuple[int, Certificate], ...]:
    """For each priority of the policy the number of its prices in the plan, and those prices for it.

    A re-plan has priorities of its own. They say nothing of who had no line, but for ``stay``: that counts
    the points of the first priority of points too, and so its prices stand for that one. Any prices bound:
    what is left out makes a bound looser, never wrong.
    """
    number = {name: n for n, name in enumerate(kept.priorities)}
    first = kept.priorities[number[STAY] + 1] if STAY in number else ""
    found = []
    for n, name in enumerate(tiers):
        tier = number[STAY] if name == first else number[name]
        c = kept.certificates[tier]
        keep = c.keep_price[[number[before] for before in tiers[:n]]]
        if first in tiers[:n]:
            keep[tiers.index(first)] += c.keep_price[number[STAY]]
        found.append((tier, replace(c, keep_price=keep)))
    return tuple(found)


def _site_at_prices(model: Model, certificate: Certificate, seed: str) -> int:
    """The column with most worth less price among those that serve every higher priority best; -1: none."""
    fits = [
        j
        for j in range(len(model.sites))
        if (0, j) not in model.forbidden
        and (model.need[0] <= model.capacity[j]).all()
        and _below_most(model, j)
    ]
    last = len(model.tiers) - 1
    for tier in range(last):
        instance = model.instance(tier, [-(2**53)] * tier)
        reached = {j: plan_value(instance, np.array([j], np.int32)) for j in fits}
        fits = [j for j in fits if reached[j] == max(reached.values())]
    if not fits:
        return -1
    [one] = _priced(model.instance(last, [-(2**53)] * last), certificate)
    case = model.rows[0].members[0].id
    return min(fits, key=lambda j: (-one.net(j), lot(seed, f"{case}@{model.sites[j].id}")))


def _below_most(model: Model, site: int) -> bool:
    region = model.sites[site].region
    most = model.ceiling.get(region)
    return most is None or model.settled.get(region, 0) + model.rows[0].persons <= most


def _priced(instance: Instance, certificate: Certificate) -> list[Priced]:
    return priced_rows(instance, certificate, np.array([0]))


def _outcome(model: Model, site: int, certificates: tuple[Certificate, ...]) -> Outcome:
    """The one line as a plan of its own, with what its prices bound, tier by tier."""
    site_of: Ints = np.array([site], np.int32)
    kept: list[int] = []
    for tier in range(len(model.tiers)):
        instance = model.instance(tier, kept)
        kept.append(plan_value(instance, site_of))
    solved = Solved(site_of, kept[-1], max(kept[-1], open_bound(instance)), False, 0.0)
    return priced_outcome(model, instance, solved, kept, certificates)


def _what_it_shows(kept: Kept, tier: int, model: Model, outcome: Outcome) -> Finding:
    """What the prices show of this line, and what they do not.

    The standing plan with this line is worth at most so much less than any plan of all of them together:
    the gap of that plan, and what the household gives up, less what its place was asked for.
    """
    last = outcome.instance
    [one] = _priced(last, outcome.certificates[-1])
    here, scale = int(outcome.solved.site_of[0]), outcome.certificates[-1].scale
    charged = one.price[here] if here >= 0 else 0
    whole = bound_of_tier(kept, tier) - reached_of(kept)[tier]
    whole += Fraction(one.regret(here) - charged, scale)
    most = max(0, whole.__floor__())
    return Finding(
        "plan",
        "is for one decision, at the prices of the standing plan: the best for this household beside "
        "everybody else's line as it stands. It does not show that a plan made anew is no better; by "
        f"these prices that could gain at most {most} point(s) of '{model.tiers[-1].id}', with no higher "
        "priority losing",
        "plan everybody again with --replan if that is much",
        "note",
    )


def _elsewhere(members: Sequence[Household]) -> list[Finding]:
    """Links that join nobody here."""
    inside = {str(member.id) for member in members}
    return [
        Finding(
            f"case {member.id}",
            "has a link that joins nobody in this plan",
            "ask both before this line is approved",
            "warning",
        )
        for member in members
        if set(map(str, member.need.links)) - inside
    ]
