"""Two persons where two are needed, and roles that may; ``verify`` asks it entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from partage.casework.adopt import STANDING, hands_on
from partage.casework.appoint import against, key_of, stands_in_for
from partage.casework.approve import hands_of
from partage.casework.statement import OF_THE_CLAIMANT, OF_THE_PAYER, hands_before, open_cents
from partage.core.names import same_person
from partage.core.statement_steps import STEPS
from partage.ledger.facts import Entry
from partage.ledger.views import MemoryRows

Say = Callable[[str, str, str], None]  # which entry, what is wrong with it, what to do
May = Callable[[str, str], bool]  # whether a role may write facts of a verb
ASK = "ask both"
BY_ANOTHER = ("submit", *OF_THE_PAYER)
SEALED = (
    "claimant", "payer", "period", "first", "last", "lines", "amount", "claimed", "digest", "blocked",
    "invoices",
    "prepared_on",
)  # fmt: skip


class HandsCheck:
    """Reads entries after the check of their chain and before they are folded."""

    def __init__(self, rows: MemoryRows, say: Say, may: May | None) -> None:
        self._rows, self._say, self._may = rows, say, may
        self._proposed: dict[str, frozenset[str]] = {}
        self._never: dict[str, str] = {}  # plans that nobody may approve, and why
        self._approved: dict[str, set[str]] = {}
        self._roofs: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, str], bool] = {}
        self._acts: set[str] = set()
        self._act = ("", "", "", "")
        looked_at = (
            "propose", "override", "approve", "adopt", "place", "review", "appoint", "settle",
        )  # fmt: skip
        self._checks = {verb: getattr(self, f"_{verb}") for verb in looked_at}

    def note(self, entry: Entry) -> None:
        """What is wrong with whose hand an entry bears."""
        self._one_act(entry)
        self._role(entry)
        check = self._checks.get(entry.verb)
        if check is not None:
            check(entry)

    def _fault(self, entry: Entry, what: str, do: str = ASK) -> None:
        self._say(f"entry {entry.no}", what, do)

    def _one_act(self, entry: Entry) -> None:
        """Entries under one key are one act: together, by one hand and at one instant."""
        act = entry.idem, entry.at, entry.actor, entry.role
        if entry.idem != self._act[0]:
            if entry.idem in self._acts:
                self._fault(
                    entry, "is an act of its own under the key of another", "ask the office"
                )
            self._acts.add(entry.idem)
        elif act != self._act:
            self._fault(entry, "its act was begun by another hand, or at another time")
        self._act = act

    def _role(self, entry: Entry) -> None:
        """The role may do this at all, and whoever has it was appointed, if anybody was."""
        pair = entry.verb, entry.role
        if self._may is not None:
            if pair not in self._known:
                self._known[pair] = self._may(*pair)
            if not self._known[pair]:
                self._fault(
                    entry, f"is written by the role '{entry.role}', which may not {entry.verb}"
                )
        if entry.verb != "appoint" and self._rows.get("matters", f"role/{entry.role}"):
            why = against(self._rows.get("matters", key_of(entry.role, entry.actor)), entry.at)
            if why:
                self._fault(entry, f"its actor {why} as {entry.role}", "ask the office")

    def _hands(self, entry: Entry) -> frozenset[str]:
        """Whose hand an entry bears: its actor's, and those whom the actor stands in for."""
        others = stands_in_for(entry.actor, entry.role, lambda key: self._rows.get("matters", key))
        return frozenset(map(same_person, (entry.actor, *others)))

    def _propose(self, entry: Entry) -> None:
        self._proposed[entry.subject] = hands_of(entry)
        if entry.body.get("as_if"):
            self._never[entry.subject] = "shows a policy as if in force"

    def _override(self, entry: Entry) -> None:
        self._never[entry.subject] = f"was overridden by {entry.body.get('by')}"

    def _approve(self, entry: Entry) -> None:
        case: Mapping[str, Any] = entry.body.get("case", {})
        plan = f"plan/{case['approved']['plan']}" if case else entry.subject
        mine = self._hands(entry)
        if mine & self._proposed.get(plan, mine):
            self._fault(entry, "approves what its own actor proposed or overrode")
        if plan in self._never:
            self._fault(entry, f"approves a plan that {self._never[plan]}", "ask the approver")
        self._approved.setdefault(plan, set()).update(mine)

    def _adopt(self, entry: Entry) -> None:
        now = entry.body.get("matter", {})
        waits = (self._rows.get("matters", STANDING) or {}).get("proposed") or {}
        if now.get("in_force") and not now.get("proposed"):
            said = {name: waits.get(name) for name in now["in_force"]}
            if said != now["in_force"]:
                self._fault(entry, "confirms a standing policy that nobody proposed")
            elif hands_on(waits) & self._hands(entry):
                self._fault(entry, "confirms the standing policy that its own actor proposed")
        elif now.get("proposed") and same_person(now["proposed"]["by"]) != same_person(entry.actor):
            self._fault(entry, "proposes a standing policy in the name of somebody else")

    def _place(self, entry: Entry) -> None:
        if entry.subject.startswith("roof/"):
            self._roofs[entry.subject] = self._hands(entry)

    def _review(self, entry: Entry) -> None:
        mine = self._hands(entry)
        if entry.subject.startswith("roof/"):
            if self._roofs.get(entry.subject, mine) & mine:
                self._fault(entry, "looks again at a roof that its own actor gave")
        elif entry.subject.startswith("review/") and entry.version > 1:
            row = self._rows.get("matters", entry.subject) or {}
            plan = f"plan/{row.get('plan')}"
            if mine & {*self._proposed.get(plan, ()), *self._approved.get(plan, ())}:
                self._fault(entry, "answers a review of what its own actor decided")

    def _settle(self, entry: Entry) -> None:
        """A statement keeps what it says, takes each act in its turn and by a free hand, and is never paid
        above what it claims."""
        if not entry.subject.startswith("statement/"):
            return
        if entry.version == 1:
            if entry.body.get("matter", {}).get("hands") != [entry.actor]:
                self._fault(entry, "does not say who prepared a statement")
            return
        row, act = self._rows.get("matters", entry.subject) or {}, str(entry.body.get("act", ""))
        now: Mapping[str, Any] = entry.body.get("matter", {})
        if any(now.get(name, row.get(name)) != row.get(name) for name in SEALED):
            self._fault(entry, "changes what a statement says", "ask finance")
        if act not in STEPS:
            if set(now) != {"taken_up"} or row.get("state") != "reversed":
                self._fault(entry, "is no act on a statement", "ask finance")
            return
        if row.get("state") not in STEPS[act][0]:
            self._fault(
                entry, f"does '{act}' to a statement that is {row.get('state')}", "ask finance"
            )
        if now.get("hands") != [*row.get("hands", ()), entry.actor]:
            self._fault(entry, "does not say whose hands a statement went through")
        if act in BY_ANOTHER and self._hands(entry) & {same_person(n) for n in hands_before(row)}:
            self._fault(entry, f"does '{act}' to a statement of its own actor")
        theirs = [*row.get("payer_hands", ()), *([entry.actor] if act in OF_THE_PAYER else [])]
        if [*now.get("payer_hands", row.get("payer_hands", ()))] != theirs:
            self._fault(entry, "does not say who acted for the payer")
        mine = {same_person(str(n)) for n in row.get("payer_hands", ())}
        if act in OF_THE_CLAIMANT and self._hands(entry) & mine:
            self._fault(entry, f"does '{act}' on both sides of a statement")
        before, paid = [*row.get("paid", ())], [*now.get("paid", row.get("paid", ()))]
        if paid[: len(before)] != before or (act != "pay" and paid != before):
            self._fault(entry, "changes what was paid on a statement", "ask finance")
        if act == "pay" and open_cents({**row, **now}) < 0:
            self._fault(entry, "pays more than is claimed", "ask finance")

    def _appoint(self, entry: Entry) -> None:
        row = entry.body.get("matter", {})
        kind, _, rest = entry.subject.partition("/")
        if (
            kind == "appointment"
            and "name" in row
            and entry.subject != key_of(row["role"], row["name"])
        ):
            self._fault(
                entry, f"appoints {row['name']} as {row['role']} under {rest}", "ask the admin"
            )
