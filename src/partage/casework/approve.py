"""``approve``: a second person takes the lines; what changed since the proposal is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row, case_draft
from partage.casework.carry import carry_drafts
from partage.core.errors import InputRefused, NotFound, NotPermitted, WrongState, named
from partage.core.findings import Finding
from partage.core.names import same_person
from partage.core.policy import Policy
from partage.ledger.facts import Draft, Entry


def approve(
    history: Sequence[Entry],
    document: Mapping[str, Any],
    cases: Mapping[str, Row],
    policy: Policy,
    *,
    actor: str,
    deputy_for: str = "",
    only: Sequence[str] = (),
    day: str,
) -> Acts:
    """Approved lines; four eyes: the approver is not the proposer, nor the deputy of the proposer.

    ``history`` are the entries of the plan, its proposal first. All placed lines without a flag,
    or the lines named in ``only``. A line whose case changed since the proposal is left out with
    a finding; nothing else of the plan suffers.
    """
    proposal = history[0]
    hands = hands_of(proposal)
    if same_person(actor) in hands:
        raise NotPermitted(
            "Whoever proposed a plan, or overrode a line of it, does not approve it.",
            "A second person approves it; two spellings of one name are one person.",
        )
    if deputy_for and same_person(deputy_for) in hands:
        raise NotPermitted(
            f"{actor} stands in for {deputy_for}, who proposed this plan or overrode a line of it.",
            "Somebody who acts in their own right approves it.",
        )
    later = next((e.body["by"] for e in history if e.verb == "override"), "")
    if later:
        raise WrongState(f"The plan was overridden by {later}.", f"Look at {later} instead.")
    if proposal.body["as_if"]:
        raise WrongState(
            "This plan shows a policy as if in force; it can never be approved.",
            "Propose under a policy that is in force.",
        )
    if policy.mark != proposal.body["policy_mark"] or not policy.in_force(
        date.fromisoformat(document["day"])
    ):
        raise WrongState(
            f"The policy '{policy.id}' is not in force as it was when the plan was made.",
            "Propose again.",
        )
    if document["day"] < day or not policy.in_force(date.fromisoformat(day)):
        raise WrongState(
            f"The plan is for {document['day']}; on {day} it can no longer be approved.",
            "Propose again.",
        )
    drafts, expect, findings, given = _lines(document, cases, only, day)
    persons = sum(given.values())
    if not drafts:
        first = findings[0] if findings else Finding("it", "places nobody", "propose again")
        raise WrongState(
            f"No line of this plan can be approved now: {first.where} {first.what}.",
            f"{first.do[0].upper()}{first.do[1:]}.",
        )
    plan = proposal.subject
    body = {
        "lines": len(drafts), "persons": persons, "document": proposal.body["document"],
        "matter": {"state": "approved"},
    }  # fmt: skip
    return Acts(
        (Draft("approve", plan, body, day), *drafts, *carry_drafts(document, given, day)),
        expect={plan: history[-1].version, **expect},
        findings=tuple(findings),
        data={"plan": plan.removeprefix("plan/"), "lines": len(drafts), "persons": persons},
    )


def hands_of(proposal: Entry) -> frozenset[str]:
    """Who proposed a plan, for whom, and who changed lines of it before: none of them approves it."""
    return frozenset(map(same_person, (proposal.actor, *proposal.body.get("hands", ()))))


def _lines(
    document: Mapping[str, Any], cases: Mapping[str, Row], only: Sequence[str], day: str
) -> tuple[list[Draft], dict[str, int], list[Finding], dict[str, int]]:
    placed = {line["case"]: line for line in document["lines"] if line["site"]}
    for case in only:
        if case not in placed:
            raise NotFound(f"{named(case)} has no place in this plan.", "See 'partage explain'.")
    drafts: list[Draft] = []
    expect: dict[str, int] = {}
    findings: list[Finding] = []
    given: dict[str, int] = {}
    for case, line in placed.items():
        if only and case not in only:
            continue
        row = cases[case]
        against = _against(line, placed, cases, only)
        if against is not None:
            findings.append(Finding(f"case {case}", *against, "warning"))
            continue
        approved = {"plan": document["plan"], "site": line["site"], "day": document["day"]}
        if document.get("carry"):
            approved |= {"carry": document["policy"], "region": line["region"]}
        drafts.append(case_draft("approve", case, row, day, {"approved": approved, "since": day}))
        expect[f"case/{case}"] = row["version"]
        given[line["region"]] = given.get(line["region"], 0) + line["persons"]
    return drafts, expect, findings, given


def _against(
    line: Mapping[str, Any],
    placed: Mapping[str, Mapping[str, Any]],
    cases: Mapping[str, Row],
    only: Sequence[str],
) -> tuple[str, str] | None:
    """What stands against approving a line now; linked households stand or fall together."""
    group = [line["case"], *line["together"]]
    if only and not set(group) <= set(only):
        return "is linked to a household that was not named", "name all of them with --line"
    if not only and any(placed[case]["look"] for case in group):
        return (
            "or a household linked to it is flagged",
            "look at it with 'partage explain', then approve it by name with --line",
        )
    for case in group:
        row = cases[case]
        if row["version"] != placed[case]["version"] or row["state"] != "waiting":
            if row.get("approved", None) and row["approved"]["plan"]:
                return "is approved already or has moved on", "nothing to do; see 'partage explain'"
            return "has changed since the plan was made", "it stays where it is; propose again"
    return None


def load_document(data: bytes | None, plan: str) -> dict[str, Any]:
    """The plan's document from its blob."""
    import json

    if data is None:
        raise InputRefused(
            f"The lines of {named(plan)} are not in the journal.", "Run 'partage verify'."
        )
    document: dict[str, Any] = json.loads(data)
    return document
