"""What there is, and what somebody counted: survey, count."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import Day, Idem, app
from partage.faces.cli.session import Session

if TYPE_CHECKING:
    from partage.report.sheet import Sheet


@app.command(epilog="Example: partage --as anna:intake survey --day 2023-02-20")
def survey(
    ctx: typer.Context,
    day: Day = None,
    nights: Annotated[int, typer.Option(min=1, max=366)] = 30,
    state: Annotated[
        str, typer.Option("--state", help="List the cases in a state, such as waiting or bound.")
    ] = "",
    overrides: Annotated[
        bool, typer.Option("--overrides", help="How often plans were overridden, and why.")
    ] = False,
    site: Annotated[
        str,
        typer.Option(
            "--site",
            help="One site today: expected, arrived, free, nights to count; for its clerk.",
        ),
    ] = "",
    board: Annotated[
        Path | None,
        typer.Option(
            "--board",
            help="The capacity board to a new file: .csv with an HXL row, .xlsx, or .zip (a data package).",
        ),
    ] = None,
    sheet: Annotated[
        str,
        typer.Option(
            "--list",
            help="With --file: agreements, answers, nights, overrides, capacity, lately, or a plan P-….",
        ),
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--file", help="A new file: .csv with an HXL row, .xlsx, .zip.")
    ] = None,
    night: Annotated[
        str, typer.Option("--night", help="Who was where at 04:00 after a day that is closed.")
    ] = "",
) -> None:
    """Show what can be given on a day, who waits, and what needs a look first."""
    from partage.core.units import parse_day
    from partage.faces.pages.show_survey import cases_text, night_text, survey_answer

    session: Session = ctx.obj
    office, lang = session.office(), session.language
    if sheet or file:
        if file is None or not sheet:
            raise InputRefused("A list goes to a file.", "Give --list and --file.")
        kind = _kind_of(file)
        _write_sheet(session, file, kind, office.sheet(sheet, parse_day(day) if day else None))
        return
    if board is not None:
        _write_board(session, board, parse_day(day) if day else None, nights)
        return
    if night:
        seen = office.night(parse_day(night))
        found = seen.pop("findings")
        session.answer("survey", seen, text=night_text(seen, lang), findings=found)
        return
    if site:
        from partage.faces.cli.show_site import site_text

        seen = office.survey_site(site)
        found = seen.pop("findings")
        said = site_text(seen, office.pack, lang)
        session.answer("survey", seen, text=said, findings=found, findings_first=True)
        return
    if state:
        cases = office.cases_in(state)
        session.answer("survey", cases, text=cases_text(state, cases, lang))
        return
    if overrides:
        tables = office.overrides(lang)
        shown = [{"title": t.title, "rows": [list(row) for row in t.rows]} for t in tables]
        session.answer("survey", shown, text="\n".join(map(str, tables)))
        return
    situation = office.survey(parse_day(day) if day else None, nights)
    data, text, findings, assumptions = survey_answer(office, situation, lang)
    session.answer(
        "survey", data, text=text, findings=findings, assumptions=assumptions, findings_first=True
    )


def _write_board(session: Session, file: Path, day: date | None, nights: int) -> None:
    """The capacity board to a file that is not there yet."""
    from partage.report.sheets import capacity

    kind = _kind_of(file)
    _write_sheet(session, file, kind, capacity(session.office().capacity(day, nights)))


def _kind_of(file: Path) -> str:
    from partage.report.sheet import KINDS

    kind = file.suffix.removeprefix(".")
    if kind not in KINDS:
        raise InputRefused("A list is written as .csv, .xlsx or .zip.", "Name such a file.")
    return kind


def _write_sheet(session: Session, file: Path, kind: str, sheet: Sheet) -> None:
    from partage.report.sheet import written

    try:
        with file.open("xb") as out:
            out.writelines(written(sheet, kind))
    except OSError as error:
        raise InputRefused(
            f"The file cannot be written: {error.strerror}.",
            "Name a new file in a folder of yours.",
        ) from None
    session.answer("survey", {"file": str(file)}, text=f"Written: {file}")


@app.command(
    epilog="Example: partage --as lea:site@SITE count SITE 41 --by night-desk --night 2023-02-20"
)
def count(
    ctx: typer.Context,
    where: Annotated[str, typer.Argument(help="A site or an entry point.")],
    persons: Annotated[int, typer.Argument(min=0, max=1_000_000, help="Persons counted.")],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="Who counted: night-desk, site, city, organization, inspector, border-agency, other; "
            "recount for a closed night whose book was wrong.",
        ),
    ] = "",
    night: Annotated[
        str | None,
        typer.Option(
            "--night", help="The night that was counted; it ends at 04:00 of the day after."
        ),
    ] = None,
    rooms: Annotated[
        int | None,
        typer.Option(
            "--rooms", min=0, help="Rooms slept in; statements of a site paid by the room."
        ),
    ] = None,
    idem: Idem = None,
) -> None:
    """Record what somebody counted, of which night; the book is checked against it."""
    from partage.core.units import parse_day

    session: Session = ctx.obj
    on = parse_day(night) if night else None
    done = session.office().count(where, persons, by=by, night=on, rooms=rooms, idem=idem)
    of = f" for the night of {done.data['night']}" if done.data["night"] else ""
    text = f"Counted {persons} at {where}{of}; the book says {done.data['book']}."
    session.answer("count", done.data, text=text, findings=done.findings)
