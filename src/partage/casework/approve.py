"""``approve``: a second person takes the lines; what changed since the proposal is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row, case_draft
from partage.casework.carry import carry_drafts, moved_between
from partage.casework.standing import check_not_superseded, superseded_by
from partage.core.errors import InputRefused, NotFound, NotPermitted, WrongState, named
from partage.core.findings import Finding
from partage.core.names import same_person
from partage.core.policy import Policy
from partage.ledger.facts import Draft, Entry

_DONE = ("is approved already or has moved on", "nothing to do; see 'partage explain'")


def approve(
    history: Sequence[Entry],
    document: Mapping[str, Any],
    cases: Mapping[str, Row],
    policy: Policy,
    *,
    actor: str,
    deputy_for: Sequence[str] = (),
    only: Sequence[str] = (),
    day: str,
    moves: int | None = None,
    standing: Sequence[Entry] = (),
) -> Acts:
    """Approved lines; four eyes: the approver is not the proposer, nor the deputy of the proposer.

    ``history`` are the entries of the plan, its proposal first. All placed lines without a flag, or the
    lines named in ``only``. A line whose case changed since the proposal is left out with a finding;
    nothing else of the plan suffers. Of a re-plan, a line that is approved and did not move stays as it
    is; ``moves`` is the approver's word that they looked at so many, where the policy asks for it;
    ``standing`` are the entries of the plan that it started from, which it takes the place of.
    """
    proposal = history[0]
    hands = hands_of(proposal)
    if same_person(actor) in hands:
        raise NotPermitted(
            "Whoever proposed a plan, or overrode a line of it, does not approve it.",
            "A second person approves it; two spellings of one name are one person.",
        )
    for other in (one for one in deputy_for if same_person(one) in hands):
        raise NotPermitted(
            f"{actor} stands in for {other}, who proposed this plan or overrode a line of it.",
            "Somebody who acts in their own right approves it.",
        )
    _check_standing(history, document, only, moves, standing)
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
    found = _lines(document, cases, only, day)
    drafts, expect, findings, given = found.drafts, found.expect, found.findings, found.given
    persons = found.persons
    if not drafts:
        first = findings[0] if findings else Finding("it", "places nobody", "propose again")
        if _all_stand(document, cases):
            raise WrongState("Every line of this plan is approved already.", "Nothing to do.")
        raise WrongState(
            f"No line of this plan can be approved now: {first.where} {first.what}.",
            f"{first.do[0].upper()}{first.do[1:]}.",
        )
    plan = proposal.subject
    body = {
        "lines": found.lines, "persons": persons, "document": proposal.body["document"],
        "matter": {"state": "approved"}, **({"hands": [*deputy_for]} if deputy_for else {}),
    }  # fmt: skip
    replaced, before = _replaces(plan, standing if "replan" in document else (), day)
    return Acts(
        (
            Draft("approve", plan, body, day),
            *drafts,
            *carry_drafts(document, given, day),
            *replaced,
        ),
        expect={plan: history[-1].version, **expect, **before},
        findings=tuple(findings),
        data={"plan": plan.removeprefix("plan/"), "lines": found.lines, "persons": persons},
    )


def _check_standing(
    history: Sequence[Entry],
    document: Mapping[str, Any],
    only: Sequence[str],
    moves: int | None,
    standing: Sequence[Entry],
) -> None:
    """Refuse a plan that another took the place of, and a re-plan over its bound without a word on it."""
    mine = str(document["plan"])
    for entries in (history, standing):
        check_not_superseded(entries, mine)
    replan = document.get("replan")
    if moves is not None and (replan is None or moves != len(replan["moves"])):
        raise InputRefused(
            f"This plan moves {len(replan['moves']) if replan else 0} household(s), not {moves}.",
            "Look at it again, then say the number that it says.",
        )
    if replan and replan["over"] and moves is None and not only:
        number = len(replan["moves"])
        raise WrongState(
            f"This plan moves {number} household(s); the policy lets a re-plan move {replan['at_most']} "
            "without a word of whoever approves.",
            f"Look at the moves, then say --moves {number}, or name lines with --line.",
        )


def _replaces(plan: str, standing: Sequence[Entry], day: str) -> tuple[list[Draft], dict[str, int]]:
    """The plan that a re-plan started from can no longer be approved, once this one is."""
    if not standing or superseded_by(standing):
        return [], {}
    by = plan.removeprefix("plan/")
    body = {"replaced_by": by, "matter": {"state": "replanned", "by": by}}
    subject = standing[0].subject
    return [Draft("replan", subject, body, day)], {subject: standing[-1].version}


def _all_stand(document: Mapping[str, Any], cases: Mapping[str, Row]) -> bool:
    """Whether every placed line of a re-plan is approved as it stands."""
    placed = [line for line in document["lines"] if line["site"]]
    return bool(placed) and all(
        _stands(line) and cases[line["case"]]["version"] == line["version"] for line in placed
    )


def _stands(line: Mapping[str, Any]) -> bool:
    """Whether a line of a re-plan was approved already where it is."""
    return bool(line.get("approved") and line["approved"]["site"] == line["site"])


def hands_of(entry: Entry) -> frozenset[str]:
    """Whose hands an entry bears: who wrote it, for whom as a deputy, and who changed lines of that plan
    before. Where a second person is asked for, it is none of them."""
    return frozenset(map(same_person, (entry.actor, *entry.body.get("hands", ()))))


@dataclass(frozen=True, slots=True)
class _Approved:
    """Drafts of the lines that are approved, what they stand on, and who is left out."""

    drafts: list[Draft]
    expect: dict[str, int]
    findings: list[Finding]
    given: dict[str, int]
    lines: int
    persons: int


def _lines(
    document: Mapping[str, Any], cases: Mapping[str, Row], only: Sequence[str], day: str
) -> _Approved:
    placed = {line["case"]: line for line in document["lines"] if line["site"]}
    for case in only:
        if case not in placed:
            raise NotFound(f"{named(case)} has no place in this plan.", "See 'partage explain'.")
    drafts: list[Draft] = []
    expect: dict[str, int] = {}
    findings: list[Finding] = []
    given: dict[str, int] = {}
    lines = persons = 0
    for case, line in placed.items():
        if only and case not in only:
            continue
        row = cases[case]
        if _stands(line):
            if only:
                findings.append(Finding(f"case {case}", *_DONE, "warning"))
            continue
        against = _against(line, placed, cases, only)
        if against is not None:
            findings.append(Finding(f"case {case}", *against, "warning"))
            continue
        approved = {"plan": document["plan"], "site": line["site"], "day": document["day"]}
        if document.get("carry"):
            approved |= {"carry": document["policy"], "region": line["region"]}
        moved = "approved" in line
        fact = "approve:moved" if moved else "approve"
        drafts.append(case_draft(fact, case, row, day, {"approved": approved, "since": day}))
        expect[f"case/{case}"] = row["version"]
        if moved:
            drafts += moved_between(row, approved, day)
        given[line["region"]] = given.get(line["region"], 0) + line["persons"] * (not moved)
        persons += line["persons"]
        lines += 1
    return _Approved(drafts, expect, findings, given, lines, persons)


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
        state = "approved" if "approved" in placed[case] else "waiting"
        if row["version"] != placed[case]["version"] or row["state"] != state:
            if row.get("approved", None) and row["approved"]["plan"]:
                return _DONE
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
