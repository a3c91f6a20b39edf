"""The two consents and the road: offer, answer, depart, arrive."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from partage.core.errors import InputRefused, shown
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(
    epilog="Example: partage --as paul:placement offer P-0123456789 --until 2023-02-21T17:00:00Z"
)
def offer(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="[WHAT]", help="A plan (all its approved lines) or one case.")
    ] = "",
    until: Annotated[
        str | None, typer.Option("--until", help="Instant at which the offer lapses.")
    ] = None,
    contact: Annotated[
        str, typer.Option("--contact", help="Whom the household can call, day and night.")
    ] = "",
    text_: Annotated[
        bool, typer.Option("--text", help="Print the offer that the case holds; nothing is done.")
    ] = False,
    language: Annotated[
        str,
        typer.Option("--lang", help="With --text: a language the pack has an approved text in."),
    ] = "",
    withdraw: Annotated[
        str, typer.Option("--withdraw", help="With a case: why its offer is taken back.")
    ] = "",
    out: Annotated[
        bool, typer.Option("--out", help="All offers that are out, with the time left and answers.")
    ] = False,
    idem: Idem = None,
) -> None:
    """Offer approved places; a fallback place is held beside each offer."""
    from partage.core.units import instant, parse_instant

    session: Session = ctx.obj
    office = session.office()
    if out:
        rows = office.offers()
        session.answer("offer", {"offers": rows}, text=_offers_text(rows))
        return
    if not what:
        raise InputRefused("It is not said what is offered.", "Name a plan or a case, or --out.")
    if withdraw:
        done = office.withdraw_offer(what, why=withdraw, idem=idem)
        text = f"{what}: the offer is taken back; the household keeps its roof and waits."
        session.answer("offer", done.data, text=text, findings=done.findings)
        return
    if text_:
        said = office.offer_text(what, language)
        session.answer("offer", {"case": what, "text": said}, text=said)
        return
    lives = instant(parse_instant(until)) if until else None
    if what.startswith("P-"):
        done = office.offer_plan(what, until=lives, contact=contact)
        text = f"{len(done.data['offers'])} offers made, each with a fallback place held."
    else:
        done = office.offer(what, until=lives, contact=contact, idem=idem)
        text = f"Offer made to {what}, with a fallback place held."
    session.answer("offer", done.data, text=text, findings=done.findings)


def _offers_text(rows: list[dict[str, Any]]) -> str:
    from partage.report.table import Table

    lines = tuple(
        (
            row["case"], row["state"], row["site"], row["until"][:16] + "Z",
            "; ".join(f"{one['adult'] or 'each'} {one['outcome']}" for one in row["answers"]) or "-",
        )
        for row in rows
    )  # fmt: skip
    return str(Table("offers out", ("case", "state", "site", "until", "answers"), lines))


@app.command(epilog="Example: partage --as anna:intake answer H-0123456789 decline")
def answer(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case.")],
    outcome: Annotated[
        str, typer.Argument(help="accept, decline, expire, or again after a decline.")
    ],
    adult: Annotated[
        int, typer.Option("--adult", min=0, help="Which adult; 0 = each was asked apart.")
    ] = 0,
    language: Annotated[
        str, typer.Option("--lang", help="The language in which they were asked.")
    ] = "",
    interpreter: Annotated[
        str, typer.Option("--interpreter", help="Who interpreted; kept in the vault.")
    ] = "",
    idem: Idem = None,
) -> None:
    """Record a household's answer; a decline costs no roof."""
    session: Session = ctx.obj
    done = session.office().answer(
        case, outcome, adult=adult, language=language, interpreter=interpreter, idem=idem
    )
    waits = done.data.get("waits_for", 0)
    said = {
        "accept": "bound for its new place",
        "decline": "keeps its roof; its fallback place stays held",
        "expire": "keeps its roof; its fallback place stays held",
        "again": "waits for the next plan",
    }
    session.answer(
        "answer",
        done.data,
        text=f"{case}: one adult accepts; {waits} more to ask, each apart."
        if waits
        else f"{case}: {outcome}; {said[outcome]}.",
        findings=done.findings,
    )


@app.command(
    epilog="Example: partage --as paul:placement depart ca-on/cornwall/SITE --no-show H-0123456789"
)
def depart(
    ctx: typer.Context,
    site: Annotated[str, typer.Argument(help="A run with a manifest, R-…; or where it goes.")],
    case: Annotated[
        list[str] | None, typer.Option("--case", help="Only these cases; repeatable.")
    ] = None,
    no_show: Annotated[
        list[str] | None, typer.Option("--no-show", help="Did not show up; repeatable.")
    ] = None,
    declined: Annotated[
        list[str] | None, typer.Option("--declined", help="Said no at the door; repeatable.")
    ] = None,
    counted: Annotated[
        int | None,
        typer.Option(
            "--counted", min=0, help="Persons on the vehicle: who is marked aboard leaves."
        ),
    ] = None,
    idem: Idem = None,
) -> None:
    """A run leaves with the households bound for a site."""
    session: Session = ctx.obj
    done = session.office().depart(
        site,
        only=case or [],
        no_show=no_show or [],
        declined=declined or [],
        counted=counted,
        idem=idem,
    )
    where = done.data.get("site", site)
    text = (
        f"Run {done.data.get('run', '')} left for {where} with {done.data.get('persons')} persons."
    )
    session.answer("depart", done.data, text=text, findings=done.findings)


@app.command(epilog="Example: partage --as lea:site@SITE arrive R-01234567 --not-seen H-0123456789")
def arrive(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help="A run, or a case with --fallback or --found.")],
    seen_at_origin: Annotated[
        list[str] | None, typer.Option("--seen-at-origin", help="Stayed behind; repeatable.")
    ] = None,
    not_seen: Annotated[
        list[str] | None, typer.Option("--not-seen", help="Not seen anywhere; repeatable.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Only these are there; the others are still on the road."),
    ] = None,
    partly: Annotated[
        list[str] | None,
        typer.Option("--partly", help="CASE=PERSONS seen of it; it arrives whole, with an alarm."),
    ] = None,
    fallback: Annotated[
        bool, typer.Option("--fallback", help="The case moves into its fallback place.")
    ] = False,
    walk_in: Annotated[
        bool,
        typer.Option("--walk-in", help="The case came to --site by itself, or with an officer."),
    ] = False,
    found: Annotated[
        bool, typer.Option("--found", help="The case is seen again, or the rest of it.")
    ] = False,
    site: Annotated[
        str,
        typer.Option("--site", help="Where a run, or a case --found or --walk-in, really arrived."),
    ] = "",
    idem: Idem = None,
) -> None:
    """Who arrived is hosted; who did not is accounted for."""
    session: Session = ctx.obj
    office = session.office()
    if walk_in and not site:
        raise InputRefused("It is not said where they turned up.", "Add --site SITE.")
    if (found or walk_in) and site:
        done = office.arrive_late(what, site, idem=idem)
        text = f"{what} turned up at {site} and stays there."
    elif fallback or found:
        done = (office.arrive_at_fallback if fallback else office.found)(what, idem=idem)
        text = f"{what} is {'at its fallback place' if fallback else 'seen again'}."
    else:
        done = office.arrive(
            what,
            seen_at_origin=seen_at_origin or [],
            not_seen=not_seen or [],
            only=only or [],
            partly=_persons_of(partly or []),
            site=site,
            idem=idem,
        )
        where = f" at {site}" if site else ""
        missing, persons = int(done.data.get("missing") or 0), int(done.data.get("persons") or 0)
        text = f"{persons - missing} persons of run {what} arrived{where}."
        if missing:
            text += f" {missing} more of their households were not seen: look for them now."
        if done.data.get("still_on_road"):
            text += f" {done.data['still_on_road']} household(s) are still on the road."
    session.answer("arrive", done.data, text=text, findings=done.findings)


def _persons_of(pairs: list[str]) -> dict[str, int]:
    """CASE=PERSONS, each once."""
    seen: dict[str, int] = {}
    for pair in pairs:
        case, _, number = pair.partition("=")
        if not (number.isascii() and number.isdigit()) or case in seen:
            raise InputRefused(
                f"{shown(pair)} is not one case and a number.", "Write CASE=2, once."
            )
        seen[case] = int(number[:4])
    return seen
