"""``propose``: a plan kept by its marks, its reasons in the vault, nobody moved by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage import __version__
from partage.casework.acts import Acts, Row, new_secret
from partage.casework.carry import plan_shares
from partage.core.marks import canonical, dumps, mark_of_bytes, plain, written
from partage.core.plan import Elsewhere, Line, Plan
from partage.core.streams import Stream
from partage.ledger.facts import Draft, Secret
from partage.place.stay import MOVES


def propose(
    plan: Plan,
    cases: Mapping[str, Row],
    *,
    day: str,
    stream: Stream,
    draw: str = "",
    carries: bool = False,
    more: Mapping[str, Any] | None = None,
    settled: Sequence[Mapping[str, Any]] = (),
) -> Acts:
    """The plan as one fact: counts and marks in the chain, arrays and lines as blobs.

    ``draw`` names the public draw that answered a tie, if one did; ``carries``: its policy carries
    claims over, so that approving it changes what regions owe. ``more`` says how people took part:
    ``by_hand``, ``overrides``, ``hands``, ``cut_off``. ``settled`` are those of the plan that a re-plan
    started from who hold an offer or have gone on.
    """
    plan_id = f"P-{stream.child('plan-id').token(10)}"
    said = _Once()
    reasons: dict[str, Secret] = {
        line.case: new_secret(
            stream, "reason", f"case/{line.case}", dumps(_reason(plan_id, plan, line, said))
        )
        for line in plan.lines
    }
    standing = str((more or {}).get("standing", ""))
    document = canonical(
        plan_document(
            plan_id, plan, cases, reasons, carries=carries, settled=settled, standing=standing
        )
    )
    blobs = {mark_of_bytes(data): data for data in (document, *plan.arrays.values())}
    body = {
        "plan_day": plan.day.isoformat(),
        "policy": plan.policy,
        "policy_version": plan.policy_version,
        "policy_mark": plan.policy_mark,
        "as_if": plan.as_if,
        "mechanism": plan.mechanism,
        "engine": __version__,
        "seed": plan.seed,
        "document": mark_of_bytes(document),
        "instance": mark_of_bytes(plan.arrays["instance"]),
        "solution": mark_of_bytes(plan.arrays["plan"]),
        "placed": sum(line.persons for line in plan.placed),
        "unplaced": sum(line.persons for line in plan.unplaced),
        "outside": len(plan.outside),
        "proven": plan.proven,
        "value": plan.value,
        "bound": plan.bound,
        "price_bounds": list(plan.price_bounds),
        "due": dict(plan.due.persons) if plan.due else {},
        "matter": {
            "state": "as-if" if plan.as_if else "proposed", "day": plan.day.isoformat(),
            "policy": plan.policy, "lines": len(plan.lines),
            **({"instead_of": more["overrides"]["plan"]} if more and "overrides" in more else {}),
            **({"standing": more["standing"]} if more and "standing" in more else {}),
        },
        **({"draw": draw} if draw else {}),
        **_counts_of_moves(plan),
        **(more or {}),
    }  # fmt: skip
    return Acts(
        (Draft("propose", f"plan/{plan_id}", body, day),),
        expect={f"plan/{plan_id}": 0},
        secrets=tuple(reasons.values()),
        blobs=blobs,
        findings=plan.findings,
        data={"plan": plan_id, **body},
    )


def _enough(plan: Plan, priority: str) -> dict[str, int]:
    """What is enough of a priority that does not ask for most."""
    if plan.replanned is None or priority != MOVES:
        return {}
    return {"enough": plan.replanned.enough}


def _counts_of_moves(plan: Plan) -> dict[str, Any]:
    """What the chain says of a re-plan: how many lines stood and how many moved."""
    one = plan.replanned
    if one is None:
        return {}
    counts = {"had": one.had, "moves": len(one.moves), "at_most": one.at_most, "over": one.over}
    return {"replan": {"plan": one.plan, **counts}}


class _Once:
    """What stands against a site is written once for all the households of which it is said."""

    def __init__(self) -> None:
        self._written: dict[tuple[Any, ...], Any] = {}

    def __call__(self, one: Elsewhere) -> Any:
        key = (one.site, one.code, *one.args.items())
        if key not in self._written:
            self._written[key] = written(canonical(one.as_dict()))
        return self._written[key]


def _reason(plan_id: str, plan: Plan, line: Line, said: _Once) -> dict[str, Any]:
    """What the vault keeps of a line: its reason, and what a re-plan did with it."""
    reason = line.reason.as_dict(said)
    sites = {name: reason.pop(name) for name in ("by", "elsewhere", "best")}
    flat: dict[str, Any] = {"plan": plan_id, "flags": list(line.flags), **reason}
    if plan.replanned:
        flat["replan"] = plan.replanned.said(line.case)
    return {**plain(flat), **sites}


def plan_document(
    plan_id: str,
    plan: Plan,
    cases: Mapping[str, Row],
    reasons: Mapping[str, Secret],
    *,
    carries: bool = False,
    settled: Sequence[Mapping[str, Any]] = (),
    standing: str = "",
) -> dict[str, Any]:
    """The plan as people approve it: a line per case, with the version of the case it was made on."""
    return {
        "plan": plan_id,
        "day": plan.day,
        "policy": plan.policy,
        "policy_version": plan.policy_version,
        "policy_mark": plan.policy_mark,
        "as_if": plan.as_if,
        "key": plan.key_note,
        "tiers": [
            {"priority": name, "reached": value, **_enough(plan, name)}
            for name, value in plan.tiers
        ],
        "due_steps": [
            {"region": s.region, "given": s.given, "claim": s.claim, "why": s.why}
            for s in (plan.due.steps if plan.due else ())
        ],
        "draw": list(plan.due.draw) if plan.due else [],
        "carry": carries,
        "shares": plan_shares(plan),
        "lines": [
            {
                "case": line.case,
                "persons": line.persons,
                "site": line.site,
                "region": line.region,
                "look": bool(line.flags),
                "together": list(line.together),
                "version": int(cases[line.case]["version"]),
                "reason": reasons[line.case].commitment,
                **_stood(plan, cases[line.case], line.case),
            }
            for line in plan.lines
        ],
        "outside": [case for case, _ in plan.outside],
        **_replanned(plan, settled),
        **({"standing": standing} if standing else {}),
    }


def _stood(plan: Plan, row: Row, case: str) -> dict[str, Any]:
    """Of a line of a re-plan: where it stood, and by which plan it is approved."""
    if plan.replanned is None:
        return {}
    said: dict[str, Any] = {"was": plan.replanned.site_of.get(case)}
    if case in plan.replanned.decided:
        said["decided"] = plan.replanned.decided[case]
    if row["state"] == "approved":
        said["approved"] = {name: row["approved"][name] for name in ("plan", "site")}
    return said


def _replanned(plan: Plan, settled: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How a re-plan followed from the plan it started from."""
    one = plan.replanned
    if one is None:
        return {}
    return {
        "replan": {
            "plan": one.plan, "had": one.had, "at_most": one.at_most, "points": one.points,
            "over": one.over, "moves": one.moves_as_data(), "settled": list(settled),
        }
    }  # fmt: skip
