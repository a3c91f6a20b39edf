"""The plan: propose, explain, approve, compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.faces.cli.app import Day, Idem, Seconds, app
from partage.faces.cli.session import Session, read_file


@app.command(
    epilog="Example: partage --as paul:placement propose --policy redirect-all --day 2023-02-20"
)
def propose(
    ctx: typer.Context,
    policy: Annotated[
        str, typer.Option("--policy", help="A policy of the pack; else the standing one.")
    ] = "",
    day: Day = None,
    as_if: Annotated[
        bool, typer.Option("--as-if", help="Show it as if in force; never approvable.")
    ] = False,
    replan: Annotated[
        str, typer.Option("--replan", help="Start from this plan, P-…, and move few.")
    ] = "",
    case: Annotated[
        list[str] | None,
        typer.Option(
            "--case",
            help="Only this household, at the standing plan's prices; repeat for linked ones.",
        ),
    ] = None,
    lots: Annotated[
        str,
        typer.Option("--lots", help="A public draw, D-…, or the order of one: CA-NS,CA-NB."),
    ] = "",
    seconds: Seconds = 20.0,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write plan.txt and the arrays to this folder.")
    ] = None,
    idem: Idem = None,
) -> None:
    """Make a plan for all who wait; it moves nobody."""
    from partage.core.units import parse_day
    from partage.faces.cli.plan_files import proposal_answer

    session: Session = ctx.obj
    office = session.office()
    draw = lots.strip() if lots.strip().startswith("D-") else ""
    order = () if draw else tuple(office.pack.region_id(p) for p in lots.split(",") if p.strip())
    if replan and (policy or day or as_if):
        raise InputRefused(
            "A re-plan is for the day and under the policy of the plan it starts from.",
            "Leave out --policy, --day and --as-if.",
        )
    if case and (replan or as_if or lots):
        raise InputRefused(
            "One household is decided at the prices of the standing plan, as they are.",
            "Leave out --replan, --as-if and --lots.",
        )
    if case:
        plan, done = office.propose_one(case, policy, parse_day(day) if day else None, idem=idem)
    elif replan:
        plan, done = office.replan(replan, lots=order, draw=draw, seconds=seconds, idem=idem)
    else:
        plan, done = office.propose(
            policy,
            parse_day(day) if day else None,
            as_if=as_if,
            lots=order,
            draw=draw,
            seconds=seconds,
            idem=idem,
        )
    text, marks = proposal_answer(office, plan, done, out, session)
    session.answer(
        "propose",
        done.data,
        text=text,
        findings=done.findings,
        marks=marks,
        assumptions=done.assumptions,
    )


@app.command(
    epilog="Example: partage --as anna:intake explain H-0123456789 --for household --lang fr"
)
def explain(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case, H- and ten characters.")],
    register_: Annotated[str, typer.Option("--for", help="officer or household.")] = "officer",
    flip: Annotated[
        bool, typer.Option("--flip", help="The nearest change that would flip it, tried.")
    ] = False,
) -> None:
    """Say why a household is where it is, why not elsewhere, and which limit decided."""
    from partage.faces.pages.show import explain_answer
    from partage.faces.pages.show_prices import flip_answer

    session: Session = ctx.obj
    if register_ not in ("officer", "household"):
        raise InputRefused("--for is officer or household.", "Use one of them.")
    answer = flip_answer if flip else explain_answer
    data, text = answer(session.office(), case, register_, session.language)
    session.answer("explain", data, text=text)


@app.command(epilog="Example: partage --as mary:region@CA-ON worth P-0123456789 --check")
def worth(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(help="A plan, P- and ten characters.")],
    check: Annotated[
        bool, typer.Option("--check", help="Solve again with one more, for the ten dearest rows.")
    ] = False,
) -> None:
    """What one more place would be worth at each site, to the owner of the place first."""
    from partage.faces.pages.show_prices import worth_answer

    session: Session = ctx.obj
    data, text = worth_answer(session.office(), plan, check=check, language=session.language)
    session.answer("worth", data, text=text)


@app.command(epilog="Example: partage --as rita:approver approve P-0123456789")
def approve(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(help="A plan, P- and ten characters.")],
    line: Annotated[
        list[str] | None, typer.Option("--line", help="Only this case; repeatable.")
    ] = None,
    moves: Annotated[
        int | None,
        typer.Option(
            "--moves", min=0, help="So many moves were looked at, over the policy's bound."
        ),
    ] = None,
    idem: Idem = None,
) -> None:
    """Approve the lines of a plan that somebody else proposed."""
    session: Session = ctx.obj
    done = session.office().approve(plan, only=line or [], moves=moves, idem=idem)
    text = f"Approved {done.data.get('lines')} lines, {done.data.get('persons')} persons."
    session.answer("approve", done.data, text=text, findings=done.findings)


@app.command(epilog="Example: partage compare redirect-all wishes-first --synthetic 161")
def compare(
    ctx: typer.Context,
    policies: Annotated[
        list[str] | None,
        typer.Argument(help="Policies of the pack, the present one first; with --runs, scenarios."),
    ] = None,
    arrivals: Annotated[
        Path | None, typer.Option("--arrivals", help="An arrivals file; else synthetic people.")
    ] = None,
    day: Annotated[str, typer.Option("--day", help="The day to apply them to.")] = "2023-02-20",
    synthetic: Annotated[
        int, typer.Option("--synthetic", help="How many synthetic persons, without a file.")
    ] = 161,
    out: Annotated[
        Path, typer.Option("--out", help="Folder for plan.html, plan.fr.html and compare.json.")
    ] = Path("out"),
    lots: Annotated[
        str, typer.Option("--lots", help="Order of a public draw, such as CA-NS,CA-NB.")
    ] = "",
    proposed: Annotated[
        Path | None,
        typer.Option("--text", help="A proposed agreement: which worked cases it changes."),
    ] = None,
    seconds: Seconds = 20.0,
    runs: Annotated[
        int, typer.Option("--runs", help="Runs of each scenario, all under the same luck.")
    ] = 0,
) -> None:
    """Show what policies, or a proposed agreement, would do, as if in force, and for whom.

    With --runs the names are scenarios, or files .toml: each is run so often under the same luck, and
    every run is set against its own twin.
    """
    from partage.core.units import parse_day
    from partage.faces.cli import comparing
    from partage.packs.loader import load_pack

    session: Session = ctx.obj
    if proposed is not None and not policies:
        from partage.faces.pages.eligibility import changes_answer

        data, words, _, _ = changes_answer(
            load_pack(session.pack),
            read_file(proposed),
            "the proposed text",
            language=session.language,
        )
        session.answer("compare", data, text=words)
        return
    if proposed is not None or not policies:
        raise InputRefused(
            "Policies are compared with policies, and a proposed text with the text in force.",
            "Name policies, or give --text PROPOSED.toml alone.",
        )
    pack, at = load_pack(session.pack), parse_day(day)
    if runs:
        from partage.faces.cli import simulating
        from partage.report.simulated_words import Words

        say = Words(session.language)
        data, text, assumed = simulating.compared(pack, policies, runs, out, session.progress, say)
        session.answer("compare", data, text=text, assumptions=assumed)
        return
    findings: list[Finding] = []
    if arrivals is None:
        days = comparing.made_up_days(pack, synthetic, at)
    else:
        days, findings = comparing.read_days(read_file(arrivals), pack, at)
    order = tuple(pack.region_id(part) for part in lots.split(",") if part.strip())
    made = comparing.compare_policies(
        pack, policies, days, lots=order, seconds=seconds, synthetic=arrivals is None,
        progress=session.progress,
    )  # fmt: skip
    files = comparing.write_comparison(out, made, pack)
    text = f"{made.text(pack)}\nWritten: {', '.join(files.values())}"
    session.answer(
        "compare",
        {**made.data(), "files": files},
        text=text,
        findings=[*findings, *made.findings],
        assumptions=made.assumptions,
    )
