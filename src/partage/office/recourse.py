"""Recourse and accountability: requests for review, how often people override, asks and answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from partage.casework.acts import Acts
from partage.casework.approve import hands_of
from partage.casework.ask import answer_ask, ask, keep_ask
from partage.casework.letter import adult_of
from partage.casework.review import answer_review, request_review
from partage.core.errors import NotFound, WrongState, no_such
from partage.core.names import same_person
from partage.core.plan import Plan
from partage.office.desk import Done, OwnKey
from partage.office.plans import Plans, plan_that_counts
from partage.report.overrides import override_report
from partage.report.table import Table
from partage.report.words import Language


class Recourse(Plans):
    """Recourse and accountability: requests for review, how often people override, asks and answers."""

    def request_review(
        self, case: str, ground: str, *, note: str = "", idem: str | None = None
    ) -> Done:
        """Ask for another look at a decision; nothing is taken away meanwhile."""
        self._permit("review", case=case)
        return self._do(
            "review",
            lambda: request_review(
                case, self._case(case), ground, plan=self._contested(case), note=note,
                role=self.actor.role, day=self._day(), stream=self._stream("review"),
                adult=adult_of(self.actor.name),
            ),
            idem,
        )  # fmt: skip

    def answer_review(
        self, review: str, outcome: str, *, note: str, idem: str | None = None
    ) -> Done:
        """Answer a request, as somebody who took no part in what is contested."""
        self._permit("review", fields="reasons")

        def act() -> Acts:
            matter = self._review(review)
            row = self._case(matter["case"])
            return answer_review(
                review, matter, row, outcome, why=note, actor=self.actor.name,
                deputy_for=self._stands_for(),
                hands=self._hands(matter), day=self._day(), stream=self._stream("review"),
            )  # fmt: skip

        return self._do("review", act, idem)

    def _review(self, review: str) -> dict[str, Any]:
        row = self.journal.row("matters", f"review/{review}")
        if row is None:
            raise NotFound(no_such("review", review), "A review id is V- and ten characters.")
        return row

    def _contested(self, case: str) -> str:
        """The plan that last decided for a household: the one approved, else the last that looked."""
        row = self._case(case)
        now = row.get("approved") or row.get("offer") or {}
        history = list(self.journal.read(subject=f"case/{case}"))
        known = now.get("plan") or plan_that_counts(row, history)
        if known:
            return str(known)
        reasons = self._secrets(f"case/{case}", "reason")
        return str(json.loads(reasons[-1].data)["plan"]) if reasons else ""

    def _hands(self, matter: Mapping[str, Any]) -> set[str]:
        """Everybody who proposed, overrode or approved what this request is about."""
        if not matter.get("plan"):
            return set()
        history = self._history(f"plan/{matter['plan']}", matter["plan"])
        took_part = [history[0], *(e for e in history if e.verb == "approve")]
        return {hand for entry in took_part for hand in hands_of(entry)}

    def preview_review(self, review: str) -> dict[str, Any]:
        """Where the household would go if it waited again, and who would be placed otherwise then.

        Two plans for today under the policy it was placed by: without it, and with it. What is held
        for it now counts as taken in both, so that nothing is promised twice. Nothing is written but that
        it was looked at.
        """
        ground = self._permit("review", fields="reasons")
        matter = self._review(review)
        if not matter.get("plan"):
            raise WrongState("No plan is contested.", "Propose one, then look at it.")
        case, row = str(matter["case"]), self._case(matter["case"])
        policy = self._policy_of(matter["plan"])
        day = date.fromisoformat(self._day())
        others = self.journal.rows("cases", state="waiting")
        stream = self._stream("preview")
        without = self._plan(policy, day, {c: r for c, r in others.items() if c != case}, stream)
        again = {**row, "state": "waiting"}
        with_it = self._plan(policy, day, {**others, case: again}, stream)
        self._read("review preview", [case], ground)
        sites = _sites(without)
        return {
            "case": case,
            "site": _sites(with_it).get(case),
            "consequences": [
                {"case": c, "before": sites.get(c), "after": s}
                for c, s in _sites(with_it).items()
                if c != case and sites.get(c) != s
            ],
        }

    def overrides(self, language: Language = "en") -> list[Table]:
        """How often plans were overridden, why, and how far that differs; no person is ranked."""
        self._permit("survey")
        lists = ("plan/proposed", "plan/approved", "plan/overridden", "plan/replanned")
        plans = {
            subject: row
            for name in lists
            for subject, row in self.journal.rows("matters", list=name).items()
        }
        actors: Counter[str] = Counter()
        for subject, row in plans.items():
            if row["state"] == "overridden":
                history = self.journal.read(subject=subject)
                who = next(e.actor for e in history if e.verb == "override")
                actors[same_person(who)] += 1  # one person, however the name is written
        return override_report(list(plans.values()), list(actors.values()), language)

    def ask(
        self,
        by: str,
        to: str,
        what: str,
        *,
        text: str,
        source: str,
        on: date | None = None,
        id_: str = "",
        text_fr: str = "",
        idem: str | None = None,
    ) -> Done:
        """Record what one government asked of another, and where that stands written."""
        self._permit("ask")
        return self._do(
            "ask",
            lambda: ask(
                by, to, what, text=text, source=source, on=(on or self._today()).isoformat(),
                day=self._day(), stream=self._stream("ask"), id_=id_, text_fr=text_fr,
            ),
            idem,
        )  # fmt: skip

    def answer_ask(
        self,
        number: str,
        answer: str,
        *,
        source: str,
        promise: str = "",
        until: date | None = None,
        on: date | None = None,
        said: str = "",
        said_fr: str = "",
        idem: str | None = None,
    ) -> Done:
        """Record what was answered, and what was promised by when; earlier answers stand beside it."""
        self._permit("ask")
        return self._do(
            "ask",
            lambda: answer_ask(
                number, self._ask(number), answer, promise=promise, source=source,
                promised_by=until.isoformat() if until else "", said=said, said_fr=said_fr,
                on=(on or self._today()).isoformat(), day=self._day(),
            ),
            idem,
        )  # fmt: skip

    def keep_ask(
        self,
        number: str,
        kept: str,
        *,
        source: str,
        on: date | None = None,
        which: int = 0,
        idem: str | None = None,
    ) -> Done:
        """Record whether what was promised was done; of several, the one due first or ``which``."""
        self._permit("ask")
        day = (on or self._today()).isoformat()
        return self._do(
            "ask",
            lambda: keep_ask(
                number, self._ask(number), kept, source=source, on=day, day=self._day(), which=which
            ),
            idem,
        )

    def asks_of_pack(self) -> list[Done]:
        """Record the asks that the pack carries, and their answers, each once, as of today."""
        done = []
        for one in self.pack.asks:
            if one.asked_on > self._today():
                continue
            source = str(one.origin)
            done.append(
                self.ask(
                    one.by, one.to, one.what, text=one.text_en, source=source, on=one.asked_on,
                    id_=f"A-{one.id}", text_fr=one.text_fr, idem=OwnKey(f"{self.pack.mark}:{one.id}"),
                )
            )  # fmt: skip
            if one.answered_on and one.answered_on <= self._today():
                done.append(
                    self.answer_ask(
                        f"A-{one.id}", one.answer, source=one.answer_source, on=one.answered_on,
                        said=one.answer_en, said_fr=one.answer_fr,
                        idem=OwnKey(f"{self.pack.mark}:{one.id}:answer"),
                    )
                )  # fmt: skip
        return done

    def asks(self) -> dict[str, dict[str, Any]]:
        """Every ask with what became of it, by its number."""
        self._permit("survey")
        states = ("open", "answered", "promised", "kept", "partly-kept", "not-kept")
        return {
            subject.partition("/")[2]: row
            for state in states
            for subject, row in self.journal.rows("matters", list=f"ask/{state}").items()
        }

    def _ask(self, number: str) -> dict[str, Any]:
        row = self.journal.row("matters", f"ask/{number}")
        if row is None:
            raise NotFound(no_such("ask", number), "See 'partage ask' for all of them.")
        return row

    def _today(self) -> date:
        return date.fromisoformat(self._day())


def _sites(plan: Plan) -> dict[str, str | None]:
    return {line.case: line.site for line in plan.lines}
