"""The day of the office: adopt, place, override, review, exit, close."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from partage.core.errors import InputRefused, shown
from partage.faces.cli.app import Day, Idem, app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage --as rosa:approver adopt redirect-all --cut-off 14:00")
def adopt(
    ctx: typer.Context,
    policy: Annotated[
        str,
        typer.Argument(help="A policy of the pack that is in force; with --preview a file too."),
    ],
    cut_off: Annotated[
        str, typer.Option("--cut-off", help="Who is taken in later is in the next day's plan.")
    ] = "14:00",
    preview: Annotated[
        bool,
        typer.Option(
            "--preview", help="Show what today's plan would be; nothing is adopted or kept."
        ),
    ] = False,
    against: Annotated[
        str,
        typer.Option("--against", help="With --preview: beside which; none = the standing one."),
    ] = "",
    lots: Annotated[
        str, typer.Option("--lots", help="With --preview: the order of a draw, if claims tie.")
    ] = "",
    idem: Idem = None,
) -> None:
    """Propose the standing policy, or confirm as a second person what somebody proposed."""
    session: Session = ctx.obj
    if preview:
        from partage.faces.pages.policy_effect import effect_text, file_or_policy

        office = session.office()
        named, draft = file_or_policy(office, policy)
        order = tuple(office.pack.region_id(one) for one in lots.split(",") if one.strip())
        seen = office.preview_policy(named, draft=draft, against=against, lots=order)
        text = effect_text(seen, office.pack, session.language)
        session.answer("adopt", seen, text=text, assumptions=seen["assumptions"])
        return
    done = session.office().adopt(policy, cut_off, idem=idem)
    text = (
        f"{done.data['policy']} is the standing policy; cut-off {done.data['cut_off']}."
        if done.data["confirmed"]
        else f"{done.data['policy']} is proposed; a second person confirms it with the same words; "
        f"cut-off {done.data['cut_off']}."
    )
    session.answer("adopt", done.data, text=text, findings=done.findings)


@app.command(
    epilog="Example: partage --as anna:intake place H-0123456789 SITE --emergency --why no-roof"
)
def place(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case.")],
    site: Annotated[str, typer.Argument(help="A site.")],
    emergency: Annotated[
        bool, typer.Option("--emergency", help="A roof for this night, on your word alone.")
    ] = False,
    also: Annotated[
        list[str] | None, typer.Option("--also", help="CASE=SITE in the same plan; repeatable.")
    ] = None,
    why: Annotated[str, typer.Option("--why", help="With --emergency: the reason.")] = "",
    policy: Annotated[str, typer.Option("--policy", help="Else the standing policy.")] = "",
    day: Day = None,
    lots: Annotated[
        str,
        typer.Option("--lots", help="A public draw, D-…, or the order of one: CA-NS,CA-NB."),
    ] = "",
    idem: Idem = None,
) -> None:
    """Place by hand: a plan without the engine, or a roof for one night in an emergency."""
    from partage.core.units import parse_day
    from partage.faces.cli.plan_files import proposal_answer

    session: Session = ctx.obj
    office = session.office()
    if emergency:
        done = office.emergency(case, site, why=why, idem=idem)
        text = (
            f"{case} has a roof at {site} for the night of {done.data['night']}; a second person "
            f"looks at it tomorrow: {done.data['roof']}."
        )
        session.answer("place", done.data, text=text, findings=done.findings)
        return
    where = {case: site}
    for pair in also or []:
        other, equals, there = pair.partition("=")
        if not equals or other in where:
            raise InputRefused(
                f"{shown(pair)} is not one household and one site.", "Write CASE=SITE."
            )
        where[other] = there
    draw = lots.strip() if lots.strip().startswith("D-") else ""
    order = () if draw else tuple(office.pack.region_id(p) for p in lots.split(",") if p.strip())
    on = parse_day(day) if day else None
    plan, done = office.place(where, policy, on, lots=order, draw=draw, idem=idem)
    text, marks = proposal_answer(office, plan, done, None, session)
    session.answer("place", done.data, text=text, findings=done.findings, marks=marks)


@app.command(
    epilog="Example: partage --as pia:placement override P-… H-… SITE --why language --preview"
)
def override(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(help="A plan that is not approved yet.")],
    case: Annotated[str, typer.Argument(help="The household.")],
    site: Annotated[str, typer.Argument(help="Where it goes instead; 'none' = no place yet.")],
    why: Annotated[str, typer.Option("--why", help="A reason, such as language or health.")],
    note: Annotated[str, typer.Option("--note", help="In your words; kept in the vault.")] = "",
    displace: Annotated[
        list[str] | None,
        typer.Option("--displace", help="A household that makes room; repeatable."),
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only show what follows.")] = False,
    idem: Idem = None,
) -> None:
    """Put a household elsewhere than a plan says; shows who else moves by it."""
    from partage.report.table import Table

    session: Session = ctx.obj
    target = "" if site == "none" else site
    done = session.office().override(
        plan, case, target, why=why, note=note, displace=displace or [], preview=preview, idem=idem
    )
    rows = tuple(
        (r["case"], r["persons"], r["before"] or "no place", r["after"] or "no place")
        for r in done.data["consequences"]
    )
    table = Table("what changes", ("case", "persons", "before", "after"), rows)
    head = "Nothing written" if preview else f"New plan {done.data['plan']} instead of {plan}"
    session.answer(
        "override", done.data, text=f"{head}.\n{session.table(table)}", findings=done.findings
    )


@app.command(epilog="Example: partage --as lea:site@SITE exit H-0123456789 --to housing")
def exit(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case.")],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="housing, relatives, other-province, other-shelter, abroad, hospital, custody, died; "
            "or unknown: they are looked for.",
        ),
    ],
    plan: Annotated[
        str, typer.Option("--plan", help="The day on which they mean to leave; nobody leaves yet.")
    ] = "",
    address: Annotated[str, typer.Option("--address", help="Where they can be found.")] = "",
    consent: Annotated[
        bool, typer.Option("--consent", help="They wish the address to be kept.")
    ] = False,
    why: Annotated[
        str, typer.Option("--why", help="With --to unknown: the reason to end a search.")
    ] = "",
    idem: Idem = None,
) -> None:
    """A household leaves, or says when it means to; who left nobody knows where to is looked for."""
    from partage.core.units import parse_day

    session: Session = ctx.obj
    office = session.office()
    if plan:
        done = office.plan_exit(case, to, parse_day(plan), idem=idem)
        text = f"{case} means to leave on {plan} for {to}."
    else:
        done = office.exit(case, to, address=address, consent=consent, why=why, idem=idem)
        text = f"{case} has left for {to}."
        if to == "unknown":
            looked_for = done.data.get("looked_for")
            text = (
                f"{case} is {'looked for from now on' if looked_for else 'no longer looked for'}."
            )
    session.answer("exit", done.data, text=text, findings=done.findings)


@app.command(epilog="Example: partage --as pia:placement close --day 2023-02-20")
def close(ctx: typer.Context, day: Day = None, idem: Idem = None) -> None:
    """Close an operational day: who was where at 04:00, what is open, and the anchor of the day."""
    from partage.core.units import parse_day
    from partage.report.table import Table

    session: Session = ctx.obj
    done = session.office().close(parse_day(day) if day else None, idem=idem)
    nights: dict[str, Any] = dict(done.data["nights"])
    table = Table(f"night of {done.data['day']}", ("account", "persons"), tuple(nights.items()))
    text = f"{session.table(table)}\nAnchor of the day: {done.data['anchor']}"
    session.answer("close", done.data, text=text, findings=done.findings)
