"""Accountability: review, ask, appoint."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from partage.core.errors import InputRefused, NotFound, no_such
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage --as anna:intake review H-0123456789 --ground language")
def review(
    ctx: typer.Context,
    what: Annotated[
        str,
        typer.Argument(metavar="[WHAT]", help="A case; a request V-…; a roof U-…; none = all."),
    ] = "",
    ground: Annotated[str, typer.Option("--ground", help="With a case: why they ask.")] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="upheld, changed or withdrawn.")] = "",
    note: Annotated[str, typer.Option("--note", help="In your words; kept in the vault.")] = "",
    preview: Annotated[
        bool,
        typer.Option("--preview", help="With V-…: what another plan would do; nothing written."),
    ] = False,
    wrong: Annotated[
        str, typer.Option("--wrong", help="With a case: what of it is wrong; --note says it.")
    ] = "",
    idem: Idem = None,
) -> None:
    """Ask for another look at a decision, or answer as somebody who took no part in it."""
    from partage.report.table import Table

    session: Session = ctx.obj
    office = session.office()
    if not what:
        found = {"reviews": office.reviews(), "corrections": office.corrections()}
        session.answer("review", found, text=_queue_text(found))
        return
    if preview:
        data = office.preview_review(what)
        rows = tuple(
            (r["case"], r["before"] or "no place", r["after"] or "no place")
            for r in data["consequences"]
        )
        table = Table("who would be placed otherwise", ("case", "before", "after"), rows)
        text = f"{data['case']} would go to {data['site'] or 'no place'}. Nothing written."
        text += f"\n{session.table(table)}"
        session.answer("review", data, text=text)
        return
    if what.startswith("V-") and not outcome:
        one = office.read_review(what)
        session.answer("review", one, text=_request_text(what, one, str(one["ground"])))
        return
    if wrong:
        done = office.request_correction(what, wrong, note=note, idem=idem)
        text = f"{done.data['correction']}: to be answered by {done.data['answer_by']}."
    elif what.startswith("H-"):
        done = office.request_review(what, ground, note=note, idem=idem)
        text = f"{done.data['review']}: to be answered by {done.data['answer_by']}."
    elif what.startswith("U-"):
        done = office.review_roof(what, outcome, idem=idem)
        text = f"{what}: {outcome}; the household keeps its roof."
    else:
        done = office.answer_review(what, outcome, note=note, idem=idem)
        text = f"{what}: {outcome}."
    session.answer("review", done.data, text=text, findings=done.findings)


def _request_text(number: str, one: dict[str, Any], about: str) -> str:
    line = (
        f"{number}: {one['case']}, {about}, {one['state']}; to be answered by {one['answer_by']}."
    )
    return "\n".join(part for part in (line, str(one["note"]), str(one["answer"])) if part)


def _queue_text(found: dict[str, list[dict[str, Any]]]) -> str:
    from partage.report.table import Table

    rows = tuple(
        (row.get("review") or row["correction"], row["case"], row.get("ground") or row["about"],
         row["state"], row["answer_by"])
        for kind in ("reviews", "corrections")
        for row in found[kind]
    )  # fmt: skip
    return str(
        Table("asked by households", ("request", "case", "about", "state", "answer by"), rows)
    )


@app.command(
    epilog="Example: partage --as pia:placement ask --by CA-QC --to CA --what costs --text … --source …"
)
def ask(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(help="An ask, A-…, to answer; none = all, or a new one.")
    ] = "",
    from_pack: Annotated[
        bool, typer.Option("--from-pack", help="Record the asks that the pack carries.")
    ] = False,
    by: Annotated[str, typer.Option("--by", help="Who asks.")] = "",
    to: Annotated[str, typer.Option("--to", help="Of whom.")] = "",
    what: Annotated[str, typer.Option("--what", help="What about, in a word.")] = "",
    text: Annotated[
        str, typer.Option("--text", help="The ask in a sentence; with --answer, what was said.")
    ] = "",
    answer: Annotated[str, typer.Option("--answer", help="yes, partly, no or later.")] = "",
    promise: Annotated[str, typer.Option("--promise", help="What was promised.")] = "",
    until: Annotated[str | None, typer.Option("--until", help="By which day.")] = None,
    kept: Annotated[str, typer.Option("--kept", help="yes, partly or no.")] = "",
    which: Annotated[
        int,
        typer.Option(
            "--which", min=0, help="With --kept: the answer it was promised in; 0 = due first."
        ),
    ] = 0,
    on: Annotated[str | None, typer.Option("--on", help="The day; today if left out.")] = None,
    source: Annotated[str, typer.Option("--source", help="Where it stands written.")] = "",
    idem: Idem = None,
) -> None:
    """The register of what governments asked, what was answered and promised, and what was kept."""
    from partage.core.units import parse_day
    from partage.faces.cli.show_asks import asks_text

    session: Session = ctx.obj
    office = session.office()
    day = parse_day(on) if on else None
    if from_pack:
        done = office.asks_of_pack()
        session.answer("ask", {"recorded": len(done)}, text=f"{len(done)} entries of the pack.")
        return
    if number and answer:
        end = parse_day(until) if until else None
        one = office.answer_ask(
            number, answer, source=source, promise=promise, until=end, on=day, said=text, idem=idem
        )
    elif number and kept:
        one = office.keep_ask(number, kept, source=source, on=day, which=which, idem=idem)
    elif by or to or text:
        one = office.ask(by, to, what, text=text, source=source, on=day, idem=idem)
    else:
        asks = {n: r for n, r in office.asks().items() if number in ("", n)}
        if number and not asks:
            raise NotFound(no_such("ask", number), "See 'partage ask' for all of them.")
        session.answer("ask", asks, text=asks_text(asks, session.language, whole=bool(number)))
        return
    session.answer("ask", one.data, text=f"{one.data['ask']}: {one.data['state']}.")


@app.command(
    epilog="Example: partage --as adam:admin appoint nora approver --from 2023-02-20 --to 2023-03-20 "
    "--hours 20:00-06:00 --instrument 'memo 12'"
)
def appoint(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(help="A person, by the name used with --as; none = list all.")
    ] = "",
    role: Annotated[str, typer.Argument(help="A role.")] = "",
    first: Annotated[str | None, typer.Option("--from", help="First day.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    hours: Annotated[str, typer.Option("--hours", help="Local hours, such as 20:00-06:00.")] = "",
    deputy_for: Annotated[str, typer.Option("--deputy-for", help="Whom they stand in for.")] = "",
    instrument: Annotated[str, typer.Option("--instrument", help="What it rests on.")] = "",
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="A region, city or site they act for; repeatable."),
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="They no longer act in this role.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Who could not act any more; nothing is written.")
    ] = False,
    idem: Idem = None,
) -> None:
    """Say who acts in a role, when, and by which instrument; from then on nobody else does."""
    from partage.core.units import parse_day
    from partage.faces.cli.show_appointed import appointed_text, list_table

    session: Session = ctx.obj
    office = session.office()
    if not name:
        listed = office.appointments()
        session.answer("appoint", listed, text=session.table(list_table(listed)))
        return
    if not role:
        raise InputRefused("It is not said in which role.", "Write NAME ROLE, such as nora intake.")
    if end:
        done = office.end_appointment(name, role, idem=idem)
        text = f"{name} no longer acts as {role}."
        session.answer("appoint", done.data, text=text, findings=done.findings)
        return
    if not first or not last:
        raise InputRefused("An appointment says from when to when.", "Give --from and --to.")
    done = office.appoint(
        name, role, first=parse_day(first), last=parse_day(last), hours=hours,
        deputy_for=deputy_for, instrument=instrument, scopes=scope or (), preview=preview, idem=idem,
    )  # fmt: skip
    text = appointed_text(name, role, first, last, hours, deputy_for, done.data)
    session.answer("appoint", done.data, text=text, findings=done.findings)
