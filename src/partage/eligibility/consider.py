"""Asking a dated text of facts: the first order in which a rule holds decides, unknowns stay unknown.

A rule that may hold leaves open what it says *and* what the rules after it say; an answer is known
only where all that is left says the same. So more facts can never turn one known answer into the
other (Kleene's strong logic; a law of ``tests/eligibility``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Literal

from partage.core.findings import Finding
from partage.eligibility.conditions import Condition, Holds, Value
from partage.eligibility.facts import CLAIM, Facts
from partage.eligibility.text import Ground, Note, Result, Rule, Text

Seen = Literal["holds", "does-not-hold", "unknown", "not-reached"]
ALL_LISTED = "relatives_all_listed"
BOTH = frozenset({"applies", "does-not-apply"})


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact to ask for: of the claimant (0) or of a relative by number; or the rule that is silent."""

    fact: str
    relative: int = 0
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that stands on the day, and what the facts say of it."""

    rule: Rule
    seen: Seen
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class GroundAnswer:
    """What the text says of one ground: the result, the rules it rests on, each step, what to ask.

    ``by`` is empty where no rule holds: then the ground's own paragraph is what does not apply.
    """

    ground: Ground
    result: Result
    by: tuple[Rule, ...]
    steps: tuple[Step, ...]
    ask: tuple[Missing, ...]

    @property
    def confirmed(self) -> bool:
        """Whether every paragraph that the answer rests on could be confirmed from a text."""
        return all(rule.confirmed for rule in self.by)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs that the answer rests on."""
        return tuple(dict.fromkeys(r.paragraph for r in self.by)) or (self.ground.paragraph,)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the text says of these facts, ground by ground; nobody has decided anything."""

    text: Text
    grounds: tuple[GroundAnswer, ...]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...] = field(default=())

    def of(self, ground: str) -> GroundAnswer:
        """The answer on one ground."""
        return next(one for one in self.grounds if one.ground.id == ground)

    @property
    def any_ground(self) -> Result:
        """Whether some ground applies; unknown as long as one may."""
        results = {one.result for one in self.grounds}
        if "applies" in results:
            return "applies"
        return "unknown" if "unknown" in results else "does-not-apply"


def consider(text: Text, facts: Facts) -> Answer:
    """What the text says of these facts, with each step and what is missing."""
    asked = _Asked(text, facts)
    answers = tuple(asked.ground(ground) for ground in text.grounds)
    day = facts.known.get(CLAIM)
    notes = tuple(
        note for note in text.notes
        if note.first is None or (isinstance(day, date) and day >= note.first)
    )  # fmt: skip
    return Answer(text, answers, notes, tuple(asked.findings))


class _Asked:
    """One text and one set of facts."""

    def __init__(self, text: Text, facts: Facts) -> None:
        self.text = text
        self.facts = facts
        self.bounds = {k.id: k.not_after for k in text.kinds.values() if k.not_after}
        self.findings: list[Finding] = []

    def ground(self, ground: Ground) -> GroundAnswer:
        """Walk the orders of one ground."""
        steps: list[Step] = []
        decided = False
        for _, tier in groupby(self.text.of(ground.id), key=lambda rule: rule.order):
            rules = [rule for rule in tier if self._window(rule, ground)[0] is not False]
            if decided:
                steps += [Step(rule, "not-reached") for rule in rules]
                continue
            seen = [self._step(rule, ground) for rule in rules]
            steps += seen
            met = [step.rule for step in seen if step.seen == "holds"]
            decided = bool(met)
            self._contradiction(met)
        return self._answer(ground, steps, decided)

    def _answer(self, ground: Ground, steps: list[Step], decided: bool) -> GroundAnswer:
        alive = [step for step in steps if step.seen in ("holds", "unknown")]
        possible = {says for step in alive for says in _says(step.rule)}
        if not decided:
            possible.add("does-not-apply")
        if len(possible) > 1:
            ask = self._ask(alive, decided)
            silent = [s.rule for s in alive if s.seen == "holds" and s.rule.then == "ask"]
            return GroundAnswer(ground, "unknown", tuple(silent), tuple(steps), ask)
        met = tuple(step.rule for step in alive if step.seen == "holds")
        by = met or tuple(step.rule for step in alive)
        result: Result = "applies" if possible == {"applies"} else "does-not-apply"
        return GroundAnswer(ground, result, by, tuple(steps), ())

    def _ask(self, alive: Sequence[Step], decided: bool) -> tuple[Missing, ...]:
        """What is missing of the rules that could still change what is said, in their order."""
        ask: list[Missing] = []
        for number, step in enumerate(alive):
            beside = {s for one in alive[number + 1 :] for s in _says(one.rule)}
            beside |= {s for one in alive[:number] if one.rule.order == step.rule.order
                       for s in _says(one.rule)}  # fmt: skip
            if not decided:
                beside.add("does-not-apply")
            if step.rule.then == "ask" and step.seen == "holds":
                ask.append(Missing("", rule=step.rule))
            elif beside != set(_says(step.rule)):
                ask += step.missing
        return tuple(dict.fromkeys(ask))

    def _step(self, rule: Rule, ground: Ground) -> Step:
        value, missing = self._rule(rule, ground)
        seen: Seen = "unknown" if value is None else "holds" if value else "does-not-hold"
        return Step(rule, seen, missing)

    def _rule(self, rule: Rule, ground: Ground) -> tuple[bool | None, tuple[Missing, ...]]:
        parts = [self._window(rule, ground)]
        parts += [self._holds(one, ground) for one in rule.when]
        if rule.relative:
            parts.append(self._some_relative(rule.relative))
        return _all(parts)

    def _window(self, rule: Rule, ground: Ground) -> tuple[bool | None, tuple[Missing, ...]]:
        """Whether the rule stands on the day that chooses, and for a claim of that day."""
        wanted = [(ground.by, rule.first, rule.last), (CLAIM, rule.claims_from, None)]
        parts: list[tuple[bool | None, tuple[Missing, ...]]] = []
        for name, first, last in wanted:
            if first is None and last is None:
                continue
            day = self.facts.known.get(name)
            if not isinstance(day, date):
                parts.append((None, (Missing(name),)))
            else:
                parts.append(
                    ((first is None or day >= first) and (last is None or day <= last), ())
                )
        return _all(parts)

    def _holds(
        self, condition: Condition, ground: Ground
    ) -> tuple[bool | None, tuple[Missing, ...]]:
        if condition.kind == "group":
            named = [r for r in self.text.of(ground.id) if r.group == condition.values[0]]
            return _any([self._rule(rule, ground) for rule in named])
        return _named(self._one(condition, self.facts.known), 0)

    def _one(self, condition: Condition, known: Mapping[str, Value]) -> Holds:
        if condition.kind == "in":
            value = known.get(condition.facts[0])
            words = self.text.definitions[condition.values[0]]
            return (None, condition.facts) if value is None else (value in words, ())
        return condition.holds(known, self.bounds)

    def _some_relative(
        self, conditions: Sequence[Condition]
    ) -> tuple[bool | None, tuple[Missing, ...]]:
        """Whether one listed relative meets them all; false only where all relatives are listed."""
        parts = [
            _all([_named(self._one(c, relative), number) for c in conditions])
            for number, relative in enumerate(self.facts.relatives, start=1)
        ]
        if self.facts.known.get(ALL_LISTED) is not True:
            parts.append((None, (Missing(ALL_LISTED),)))
        return _any(parts)

    def _contradiction(self, met: Sequence[Rule]) -> None:
        says = {rule.then for rule in met if rule.then != "ask"}
        if len(says) > 1:
            names = ", ".join(f"{rule.id} ({rule.then})" for rule in met)
            self.findings.append(
                Finding(
                    f"order {met[0].order}", f"these rules hold and contradict each other: {names}",
                    "correct the text; until then the answer is unknown", "fault",
                )
            )  # fmt: skip


def _says(rule: Rule) -> frozenset[str]:
    return BOTH if rule.then == "ask" else frozenset({rule.then})


def _named(holds: Holds, number: int) -> tuple[bool | None, tuple[Missing, ...]]:
    return holds[0], tuple(Missing(fact, number) for fact in holds[1])


def _all(
    parts: Sequence[tuple[bool | None, tuple[Missing, ...]]],
) -> tuple[bool | None, tuple[Missing, ...]]:
    if any(value is False for value, _ in parts):
        return False, ()
    open_ = tuple(m for value, missing in parts if value is None for m in missing)
    return (None, open_) if any(value is None for value, _ in parts) else (True, ())


def _any(
    parts: Sequence[tuple[bool | None, tuple[Missing, ...]]],
) -> tuple[bool | None, tuple[Missing, ...]]:
    if any(value is True for value, _ in parts):
        return True, ()
    open_ = tuple(m for value, missing in parts if value is None for m in missing)
    return (None, open_) if any(value is None for value, _ in parts) else (False, ())
