"""What people decide themselves: the standing policy, a plan by hand, a line overridden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partage.casework.acts import Acts, new_secret
from partage.casework.adopt import STANDING, adopt
from partage.casework.approve import load_document
from partage.casework.override import (
    check_override,
    choices,
    consequences,
    line_stands,
    superseded,
)
from partage.casework.propose import propose
from partage.core.errors import WrongState
from partage.core.plan import Plan
from partage.core.steps import step
from partage.office.desk import Done
from partage.office.plans import Plans


class ByHand(Plans):
    """What people decide themselves: the standing policy, a plan by hand, a line overridden."""

    def adopt(self, policy: str, cut_off: str = "14:00", *, idem: str | None = None) -> Done:
        """Propose a standing policy with its cut-off, or confirm what somebody else proposed."""
        self._permit("adopt")
        chosen = self._usable(policy, date.fromisoformat(self._day()), as_if=False)

        def act() -> Acts:
            row, version = self.journal.row("matters", STANDING), self.journal.version(STANDING)
            name, day = self.actor.name, self._day()
            return adopt(
                chosen, cut_off, row,
                actor=name, deputy_for=self._stands_for(), version=version, day=day,
            )  # fmt: skip

        return self._do("adopt", act, idem)

    def place(
        self,
        where: Mapping[str, str],
        policy: str = "",
        day: date | None = None,
        *,
        lots: tuple[str, ...] = (),
        draw: str = "",
        idem: str | None = None,
    ) -> tuple[Plan | None, Done]:
        """A plan by hand, with the engine off: the same referee, the same reasons, the same approval.

        ``where`` gives a site for each waiting case; a tie in the key is answered as in ``propose``.
        """
        self._permit("place")
        policy = policy or self._standing().get("policy", "")
        if not policy:
            raise WrongState("No standing policy is adopted.", "Name one with --policy.")
        day = day or date.fromisoformat(self._day())
        chosen = self._usable(policy, day, as_if=False)
        lots = self._drawn(draw) if draw else lots
        made: list[Plan] = []

        def act() -> Acts:
            rows = {case: self._case(case) for case in where}
            for row in rows.values():
                step("approve", str(row["state"]))  # refuses who does not wait
            stream = self._stream("place")
            plan = self._plan(
                chosen, day, rows, stream, lots=lots, mechanism="greedy", chosen=dict(where)
            )
            made.append(replace(plan, mechanism="by-hand"))
            return propose(
                made[-1], rows, day=self._day(), stream=stream, draw=draw,
                more={"by_hand": len(where), **self._hands_too()},
                carries=chosen.key is not None and chosen.key.carry,
            )  # fmt: skip

        done = self._do("place", act, idem)
        return (made[-1] if made else None), done

    def override(
        self,
        plan: str,
        case: str,
        site: str,
        *,
        why: str,
        note: str = "",
        displace: Sequence[str] = (),
        preview: bool = False,
        idem: str | None = None,
    ) -> Done:
        """Put a household elsewhere than its plan says, as a new plan that replaces that one.

        ``site`` is "" for no place yet. Whoever was displaced is placed again by the engine;
        everybody whose line changes is named. ``preview`` writes nothing but that it was looked at.
        """
        ground = self._permit("override")
        if site:
            self.pack.site(site)

        def act() -> Acts:
            history = self._history(f"plan/{plan}", plan)
            document = load_document(self.journal.blob(history[0].body["document"]), plan)
            check_override(history, document, case, site, displace, why)
            rows = {line["case"]: self._case(line["case"]) for line in document["lines"]}
            gone = [c for c, row in rows.items() if row["state"] != "waiting"]
            if case in gone:
                raise line_stands(case, str(rows[case]["state"]))
            day = date.fromisoformat(document["day"])
            chosen = self._usable(document["policy"], day, as_if=False)
            asked = {c: row for c, row in rows.items() if c not in gone}
            asked |= {c: self._case(c) for c in document["outside"]}
            asked = {c: r for c, r in asked.items() if r["state"] in ("waiting", "outside-engine")}
            before = history[0].body.get("left_out", ())
            wanted = choices(document, case, site or None, displace, before)
            stream = self._stream("override")
            new = self._plan(
                chosen, day, asked, stream, lots=tuple(document["draw"]),
                chosen={c: s for c, s in wanted.items() if c in asked},
            )  # fmt: skip
            new = _flagged_once(new, document, case)
            moved = consequences(document, new)
            proposal = history[0]
            hands = self._hands_too(*proposal.body.get("hands", ()), proposal.actor)
            overrides = {"plan": plan, "case": case, "site": site, "why": why}
            standing = proposal.body.get("standing", "")
            out = sorted(c for c, s in wanted.items() if s is None)
            acts = propose(
                new, asked, day=self._day(), stream=stream,
                carries=chosen.key is not None and chosen.key.carry,
                more={
                    "overrides": overrides, **hands, "moved": len(moved), "left_out": out,
                    **({"standing": standing} if standing else {}),
                },
            )  # fmt: skip
            by = str(acts.data["plan"])
            last = superseded(plan, by, case, why, len(moved), self._day())
            notes = []
            if note:
                notes = [new_secret(stream, "note", f"case/{case}", note.encode())]
                marked = {"vault": {"note": notes[0].commitment}, "vault_of": f"case/{case}"}
                first = acts.drafts[0]
                acts = replace(acts, drafts=(replace(first, body={**first.body, **marked}),))
            expect = {**acts.expect, f"plan/{plan}": history[-1].version}
            return replace(
                acts,
                drafts=(*acts.drafts, last),
                expect=expect,
                secrets=(*acts.secrets, *notes),
                data={**acts.data, "overrides": overrides, "consequences": moved},
            )

        if preview:
            acts = act()
            self._read("override preview", [case], ground)
            shown = {k: acts.data[k] for k in ("overrides", "consequences", "placed", "unplaced")}
            return Done((), {**shown, "preview": True}, acts.findings)
        return self._do("override", act, idem)


def _flagged_once(plan: Plan, document: Mapping[str, Any], case: str) -> Plan:
    """Only what this officer changed is flagged as chosen by hand; the rest stands as it stood."""
    looked = {line["case"]: line["look"] for line in document["lines"]}
    mine = {case, *next(line.together for line in plan.lines if line.case == case)}
    lines = tuple(
        line
        if line.case in mine or looked.get(line.case)
        else replace(line, flags=tuple(f for f in line.flags if f != "by-hand"))
        for line in plan.lines
    )
    return replace(plan, lines=lines)
