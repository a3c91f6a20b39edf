"""``review``: a household, or whoever speaks for it, asks for another look; people answer in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from partage.casework.acts import Acts, Row, case_draft, new_secret
from partage.casework.correct import freed
from partage.core.errors import InputRefused, NotPermitted, WrongState, shown
from partage.core.findings import Finding
from partage.core.names import same_person
from partage.core.streams import Stream
from partage.ledger.facts import Draft

GROUND = ("data-wrong", "family", "language", "health", "safety", "rule", "not-asked", "other")
OUTCOMES = ("upheld", "changed", "withdrawn")
DAYS_TO_ANSWER = 10  # assumed: nothing published says how long; the office may answer sooner
OPEN = ("approved", "offered", "bound")
STAYS = {  # a changed decision is recorded, and a person sees to it: nothing is left to open again
    "waiting": "waits for the next plan and keeps its roof; a review changed the decision",
    "outside-engine": "is with an officer, who decides again; a review changed the decision",
    "unknown": "is looked for; it waits for the next plan once it is found",
    "left": "has left; who comes back is taken in anew, and this review is known then",
}


def request_review(
    case: str,
    row: Row,
    ground: str,
    *,
    plan: str,
    note: str,
    role: str,
    day: str,
    stream: Stream,
    adult: int = 0,
) -> Acts:
    """A request with its clock; the offer, the place and the roof stay as they are meanwhile.

    ``plan`` is the one that decided for them, also where it found no place; "" if there was none.
    """
    if ground not in GROUND:
        raise InputRefused(f"{shown(ground)} is not a ground.", f"Use one of: {', '.join(GROUND)}.")
    review = f"V-{stream.child('review-id', case).token(10)}"
    by = (date.fromisoformat(day) + timedelta(days=DAYS_TO_ANSWER)).isoformat()
    secrets = [new_secret(stream, "review", f"case/{case}", note.encode())] if note else []
    matter = {
        "state": "open", "case": case, "ground": ground, "asked_on": day, "answer_by": by, "by": role,
        "was": str(row["state"]), "plan": plan, **({"adult": adult} if adult else {}),
    }  # fmt: skip
    vault = {s.kind: s.commitment for s in secrets}
    body = {"matter": matter, "vault": vault, "vault_of": f"case/{case}"}
    draft = Draft("review", f"review/{review}", body, day)
    data = {"review": review, "case": case, "answer_by": by}
    return Acts((draft,), {f"review/{review}": 0}, tuple(secrets), data=data)


def answer_review(
    review: str,
    matter: Row,
    row: Row,
    outcome: str,
    *,
    why: str,
    actor: str,
    deputy_for: Collection[str] = (),
    hands: Collection[str],
    day: str,
    stream: Stream,
) -> Acts:
    """The outcome, by somebody who neither proposed, overrode nor approved what is contested.

    ``changed`` opens the decision again: what was held is free, the household waits for the next plan
    and keeps its roof. A household that lives at its place, or keeps a fallback, waits from there; one
    on the road is answered once it has arrived. Of others the outcome is recorded, and nothing moves.
    """
    if outcome not in OUTCOMES:
        raise InputRefused(
            f"{shown(outcome)} is not an outcome.", f"Use one of: {', '.join(OUTCOMES)}."
        )
    if matter.get("state") != "open":
        raise WrongState(f"{review} is answered already.", "See 'partage survey' for open ones.")
    if not why.strip():
        raise InputRefused("An answer says why.", "Give it with --note; it stays in the vault.")
    if {*map(same_person, (actor, *deputy_for))} & {*hands}:
        raise NotPermitted(
            "Whoever took part in the decision does not review it.", "Another person does."
        )
    case = str(matter["case"])
    secret = new_secret(stream, "review", f"case/{case}", why.strip().encode())
    late = day > str(matter["answer_by"])
    body = {
        "matter": {"state": outcome, "answered_on": day, "late": late},
        "vault": {secret.kind: secret.commitment},
        "vault_of": f"case/{case}",
    }
    drafts = [Draft("review", f"review/{review}", body, day)]
    expect = {f"review/{review}": int(matter["version"])}
    findings: tuple[Finding, ...] = ()
    if outcome == "changed":
        state = str(row["state"])
        if state == "travelling":
            raise WrongState(
                f"{case} is on the road (run {row['run']}).",
                "Record its arrival with 'partage arrive', then answer.",
            )
        fact = "review:reopened" if state in OPEN else f"review:reopened-{state}"
        if state not in STAYS:
            gone = {"approved": None, "offer": None, "fallback": None, "since": day}
            gone |= {"waits_since": day} if state == "hosted" else {}
            drafts += [case_draft(fact, case, row, day, gone), *freed(row, day)]
            expect[f"case/{case}"] = int(row["version"])
        what = STAYS.get(state, STAYS["waiting"])
        do = "tell them, and propose" if what == STAYS["waiting"] else "tell them what follows"
        findings = (Finding(f"case {case}", what, do, "warning"),)
    data = {"review": review, "case": case, "outcome": outcome, "late": late}
    return Acts(tuple(drafts), expect, (secret,), findings=findings, data=data)
