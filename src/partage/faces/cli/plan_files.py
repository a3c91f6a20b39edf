"""A plan on the terminal, and its files in a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from partage.core.errors import InputRefused
from partage.core.marks import plain
from partage.core.plan import Plan
from partage.faces.cli.files import write_whole
from partage.faces.cli.session import Session
from partage.faces.pages.show import marks_of
from partage.office.desk import Done
from partage.office.office import Office
from partage.report.plan import plan_text


def proposal_answer(
    office: Office, plan: Plan | None, done: Done, out: Path | None, session: Session
) -> tuple[str, dict[str, str]]:
    """The plan as text; its files if a folder is given."""
    marks = marks_of(done.data)
    if plan is None:
        plan_id = done.data.get("plan", "")
        return (
            f"This key was used before: nothing new was planned. Its plan is {plan_id}; see it with "
            "'partage explain CASE', or propose with another key.",
            marks,
        )
    situation = office.survey_for(plan)
    audit = "\n".join(session.table(table) for table in office.audit(str(done.data["plan"])))
    seen = plan_text(plan, situation, office.pack, idle=False, language=session.language)
    text = f"{seen}\n{audit}"
    if out is not None:
        write_plan(out, plan, plan_text(plan, situation, office.pack, language=session.language))
    return f"Plan {done.data['plan']}\n{text}", marks


def write_plan(out: Path, plan: Plan, text: str, stem: str = "plan") -> None:
    """The plan's files: text, lines as JSON, and the two files of arrays that ``certify`` takes."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lines = json.dumps(plan_data(plan), ensure_ascii=False, indent=1)
        for name, data in (
            (f"{stem}.txt", text.encode()),
            (f"{stem}.json", lines.encode()),
            (f"{stem}.instance.npz", plan.arrays["instance"]),
            (f"{stem}.npz", plan.arrays["plan"]),
        ):
            write_whole(out / name, data)
    except (OSError, InputRefused) as error:
        why = error.strerror if isinstance(error, OSError) else error.what
        raise InputRefused(
            f"The plan is kept, but '{out}' cannot be written: {why}", "Give another --out."
        ) from None


def plan_data(plan: Plan) -> dict[str, Any]:
    """A plan as data: totals, dues, and a line per case without anything about people."""
    return {
        "day": plan.day.isoformat(),
        "policy": plan.policy,
        "policy_version": plan.policy_version,
        "policy_mark": plan.policy_mark,
        "as_if": plan.as_if,
        "mechanism": plan.mechanism,
        "proven": plan.proven,
        "key": plan.key_note,
        "shares": plain({str(region): share for region, share in plan.shares.of})
        if plan.shares
        else {},
        "assumptions": list(plan.assumptions),
        "due": dict(plan.due.persons) if plan.due else {},
        "due_steps": plain(
            [
                {"region": s.region, "given": s.given, "claim": s.claim, "why": s.why}
                for s in (plan.due.steps if plan.due else ())
            ]
        ),
        "placed": plan.persons_by_region(),
        "sites": {site: dict(units) for site, units in plan.given.items()},
        "tiers": dict(plan.tiers),
        "price_bounds": dict(zip((name for name, _ in plan.tiers), plan.price_bounds, strict=True)),
        "lines": [
            {
                "case": line.case,
                "persons": line.persons,
                "site": line.site,
                "decided": line.reason.decided,
            }
            for line in plan.lines
        ],
        "outside": [{"case": case, "why": why} for case, why in plan.outside],
        **({"moves": plan.replanned.moves_as_data()} if plan.replanned else {}),
    }
