"""Taking people in, and the places: register, correct, duplicate, update."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from partage.core.errors import InputRefused, shown
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session, read_file

ROWS_SHOWN = 20


@app.command(epilog="Example: partage --as anna:intake register arrivals.xlsx --preview")
def register(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="Arrivals as CSV, .xlsx or JSON; see docs/reference/arrivals.md."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what it would do; write nothing.")
    ] = False,
    template: Annotated[
        bool,
        typer.Option("--template", help="Write a template to FILE (.csv, .xlsx, .json) instead."),
    ] = False,
    headcount: Annotated[
        int | None, typer.Option("--headcount", help="Count a busload first; no file.")
    ] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="With --headcount: nobody real is counted.")
    ] = False,
    entry_point: Annotated[
        str, typer.Option("--entry-point", help="Where they are counted; the pack's first.")
    ] = "",
    mode: Annotated[str, typer.Option("--mode", help="How they entered.")] = "between-ports",
    site: Annotated[
        str, typer.Option("--site", help="With --headcount: the site where they turned up.")
    ] = "",
    group: Annotated[
        str, typer.Option("--group", help="The headcount, G-…, that FILE describes.")
    ] = "",
    close: Annotated[
        bool, typer.Option("--close", help="No more details of --group will come.")
    ] = False,
    idem: Idem = None,
) -> None:
    """Take in the households of an arrivals file, or look at what taking it in would do."""
    session: Session = ctx.obj
    if headcount is not None or close:
        _group(session, headcount, synthetic, entry_point, mode, site, group, file, idem)
        return
    if file is None:
        raise typer.BadParameter("Name a file of arrivals, or use --headcount.")
    if template:
        _template(session, file)
        return
    content = read_file(file)  # before the journal is begun: a refused first command leaves none
    if preview:
        done = session.office().preview(content)
    else:
        done = session.office(create=True).register(content, group=group, idem=idem)
    data = done.data
    before = (
        " (when this file, or this key, came first; nothing was taken in twice)"
        if data.get("answered_before")
        else ""
    )
    did = "Would register" if preview else "Registered"
    text = f"{did} {data['households']} household(s), {data['persons']} person(s){before}."
    if data["rows_with_faults"]:
        text += (
            f" {data['rows_with_faults']} row(s) NOT registered: correct them and send them again."
        )
    by_row = [] if preview else sorted((row, case) for case, row in data["rows"].items())
    text += "".join(f"\n  row {row}: {case}" for row, case in by_row[:ROWS_SHOWN])
    if len(by_row) > ROWS_SHOWN:
        text += f"\n  … and {len(by_row) - ROWS_SHOWN} more (all with --json)"
    session.answer("register", data, text=text, findings=done.findings)


def _group(
    session: Session,
    headcount: int | None,
    synthetic: bool,
    entry_point: str,
    mode: str,
    site: str,
    group: str,
    file: Path | None,
    idem: str | None,
) -> None:
    if file is not None or (headcount is not None and group):
        raise InputRefused(
            "A headcount and --close take no file, and a headcount no --group.",
            "Count first; then register the file with --group.",
        )
    if headcount is not None:
        done = session.office(create=True).headcount(
            headcount, entry_point, mode=mode, synthetic=synthetic, site=site, idem=idem
        )
        at = f" at {site}" if site else ""
        text = f"Counted {headcount} person(s) as {done.data['group']}{at}; describe them with --group."
    else:
        done = session.office().close_group(group, idem=idem)
        text = f"Closed {group}; {done.data['never_described']} person(s) were never described."
    session.answer("register", done.data, text=text, findings=done.findings)


@app.command(
    epilog="Example: partage --as anna:intake correct H-0123456789 --set age_0_4=1 --why birth"
)
def correct(
    ctx: typer.Context,
    case: Annotated[
        str, typer.Argument(help="A case, H- and ten characters; or a household's request, C-….")
    ],
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help="COLUMN=VALUE of the arrivals file; repeatable."),
    ] = None,
    why: Annotated[str, typer.Option("--why", help="A reason, such as birth or mistake.")] = "",
    note: Annotated[
        str, typer.Option("--note", help="With C-…: what the household is answered.")
    ] = "",
    refuse: Annotated[
        bool, typer.Option("--refuse", help="With C-…: it stays as it is; --note says why.")
    ] = False,
    idem: Idem = None,
) -> None:
    """Correct what is known of a household; a decision that rested on it is opened again."""
    session: Session = ctx.obj
    given: dict[str, str] = {}
    for change in changes or ():
        name, equals, value = change.partition("=")
        if not equals or name.strip() in given:
            raise InputRefused(
                f"{shown(name)} is not one change.", "Write each once: --set COLUMN=VALUE."
            )
        given[name.strip()] = value
    if case.startswith("C-") and not (given or refuse or why or note):
        one = session.office().read_correction(case)
        by = one["answer_by"]
        line = f"{case}: {one['case']}, {one['about']}, {one['state']}; to be answered by {by}."
        known = [f"  {name}: {value}" for name, value in one["known"].items() if value]
        text = "\n".join([line, str(one["note"]), *known])
        session.answer("correct", one, text=text)
        return
    if case.startswith("C-"):
        outcome = "refused" if refuse else "corrected"
        done = session.office().answer_correction(
            case, outcome, changes=given, why=why, note=note, idem=idem
        )
        session.answer("correct", done.data, text=f"{case}: {outcome}.", findings=done.findings)
        return
    done = session.office().correct(case, given, why=why, idem=idem)
    text = f"{case}: corrected {', '.join(done.data['changed'])}; now '{done.data['state']}'."
    session.answer("correct", done.data, text=text, findings=done.findings)


@app.command(
    epilog="Example: partage --as anna:intake duplicate H-0123456789 H-9876543210 --answer different"
)
def duplicate(
    ctx: typer.Context,
    kept: Annotated[
        str,
        typer.Argument(help="The case that is kept if they are the same; none: list the pairs."),
    ] = "",
    other: Annotated[str, typer.Argument(help="The case that looks like it.")] = "",
    answer: Annotated[
        str, typer.Option("--answer", help="same, different or cannot-tell; none = only look.")
    ] = "",
    idem: Idem = None,
) -> None:
    """Look at two cases side by side, and say whether they are one household."""
    from partage.report.table import Table

    session: Session = ctx.obj
    office = session.office()
    if not kept and not other:
        pairs = office.pairs()
        lines = tuple((*p["cases"], ", ".join(p["signs"]), p["state"], p["on"]) for p in pairs)
        listed = Table(
            "cases that look alike", ("case", "case", "by", "said", "since"), lines,
            ("both are served until people say what they are: 'partage duplicate CASE CASE'",),
        )  # fmt: skip
        session.answer("duplicate", pairs, text=session.table(listed))
        return
    if not answer:
        rows = office.side_by_side(kept, other)
        shown = tuple((n, a, b, "" if a == b else "differs") for n, a, b in rows if a or b)
        table = Table("side by side", ("", kept, other, ""), shown, ("both are served meanwhile",))
        differ = [name for name, a, b in rows if a != b]
        session.answer(
            "duplicate", {"kept": kept, "other": other, "differ": differ}, text=session.table(table)
        )
        return
    done = office.duplicate(kept, other, answer, idem=idem)
    session.answer("duplicate", done.data, text=f"Recorded: {answer}.", findings=done.findings)


def _template(session: Session, file: Path) -> None:
    from partage.intake.template import TEMPLATES
    from partage.packs.loader import load_pack

    make = TEMPLATES.get(file.suffix.lower())
    if make is None:
        raise InputRefused(
            f"There is no template '{file.suffix or file.name}'.", f"Known: {', '.join(TEMPLATES)}."
        )
    if file.exists():
        raise InputRefused(f"{shown(str(file))} is there already.", "Give another name.")
    content = make(load_pack(session.pack))
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputRefused(
            f"{shown(str(file))} cannot be written: {error.strerror}.", "Give another."
        ) from None
    session.answer("register", {"template": str(file)}, text=f"Written: {file}")


@app.command(
    epilog="Example: partage --as lea:site@SITE update SITE --blocked room=3 --to 2023-03-01 --why repairs"
)
def update(
    ctx: typer.Context,
    site: Annotated[str, typer.Argument(help="A site.")],
    blocked: Annotated[
        list[str] | None, typer.Option("--blocked", help="SERVICE=NUMBER, repeatable.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="First day; today if left out.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason.")] = "",
    idem: Idem = None,
) -> None:
    """Block places for a while, or confirm that nothing has changed."""
    from partage.core.units import parse_day
    from partage.faces.pages.places import quantities

    session: Session = ctx.obj
    done = session.office().update(
        site,
        blocked=quantities(blocked or []),
        first=parse_day(first) if first else None,
        last=parse_day(last) if last else None,
        why=why,
        idem=idem,
    )
    session.answer("update", done.data, text=_updated(site, done.data), findings=done.findings)


def _updated(site: str, data: Mapping[str, Any]) -> str:
    if not data.get("blocked"):
        return f"{site}: nothing has changed, as of {data['as_of']}."
    units = ", ".join(f"{number} {service}" for service, number in data["blocked"].items())
    return f"{site}: {units} blocked until {data['until']}."
