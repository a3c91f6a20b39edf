"""What provinces, cities and sites agree to: agree, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage --as on:region@CA-ON agree ON --from-pack")
def agree(
    ctx: typer.Context,
    party: Annotated[str, typer.Argument(help="A region such as ON, a city or a site.")],
    from_pack: Annotated[
        bool, typer.Option("--from-pack", help="Record what the pack says was agreed.")
    ] = False,
    first: Annotated[str | None, typer.Option("--from", help="First day.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    notice: Annotated[
        int, typer.Option("--notice", min=0, max=3660, help="Days before the places count.")
    ] = 0,
    ramp: Annotated[
        int | None,
        typer.Option("--ramp", min=0, max=1_000_000, help="Most persons sent there in a day."),
    ] = None,
    service: Annotated[
        list[str] | None, typer.Option("--service", help="SERVICE=NUMBER, repeatable.")
    ] = None,
    cap: Annotated[
        int | None,
        typer.Option("--cap", min=0, max=1_000_000, help="Region or city: most persons there."),
    ] = None,
    closed: Annotated[
        list[str] | None,
        typer.Option("--closed", help="A season without arrivals, 05-15..09-30; repeatable."),
    ] = None,
    condition: Annotated[
        list[str] | None, typer.Option("--condition", help="A condition, in words; repeatable.")
    ] = None,
    displacement: Annotated[
        str,
        typer.Option("--displacement", help="City: what becomes of who uses these rooms now."),
    ] = "",
    on_the_road: Annotated[
        str,
        typer.Option("--on-the-road", help="If it withdraws, those under way: receive or return."),
    ] = "",
    lift: Annotated[
        list[str] | None,
        typer.Option("--lift", help="Ends: cap, ramp, closed or conditions; repeatable."),
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Only ask for it; nothing counts until they agree.")
    ] = False,
    decline: Annotated[
        bool, typer.Option("--decline", help="Say no to what was asked; with --why.")
    ] = False,
    why: Annotated[str, typer.Option("--why", help="With --decline: the reason.")] = "",
    show: Annotated[
        bool, typer.Option("--show", help="What is asked, agreed and paused; nothing is done.")
    ] = False,
    source: Annotated[str, typer.Option("--source", help="The document it rests on.")] = "",
    idem: Idem = None,
) -> None:
    """Record the consent of a region, a city or a site to places, or show what stands; what an
    agreement does not state stays as it stood."""
    from partage.faces.pages.places import agreement_from_words, terms_from_words
    from partage.faces.pages.show import agreement_table
    from partage.packs.loader import load_pack

    session: Session = ctx.obj
    pack = load_pack(session.pack)  # before the journal is begun: a misspelt name leaves none
    if party.count("/") != 1:
        _ = pack.site(party).id if "/" in party else pack.region_id(party)
    who = party if "/" in party else pack.region_id(party)
    if show:
        known = session.office().agreement(who)
        session.answer("agree", known, text=session.table(agreement_table(known)))
        return
    if decline:
        no = session.office().decline_agreement(who, why=why, idem=idem)
        stands = "what it agreed to before stands" if no.data["stands"] else "nothing counts"
        text = f"{who} says no; {stands}."
        session.answer("agree", no.data, text=text)
        return
    own = ramp if party.count("/") < 2 else None
    terms = terms_from_words(
        cap, own, closed or [], condition or [], displacement, on_the_road, lift or []
    )
    office = session.office(create=True)
    if from_pack:
        done = office.agree_as_in_pack(party)
        data = {"agreed": [d.data.get("party") for d in done if d.data.get("party")]}
        text = f"{len(done)} agreements of {party} recorded as the pack has them."
        session.answer("agree", data, text=text)
        return
    who, agreement, capacity = agreement_from_words(
        office, party, first, last, notice, ramp, service or [], source
    )
    if propose:
        asked = office.propose_agreement(who, agreement, capacity, terms, idem=idem)
        text = f"{who} is asked to agree; nothing counts until it does."
        session.answer("agree", asked.data, text=text)
        return
    one = office.agree(who, agreement, capacity, terms=terms, idem=idem)
    session.answer(
        "agree",
        one.data,
        text=f"The agreement of {who} is recorded; it counts from {one.data['counts_from']}"
        f"{_terms(one.data)}.",
        findings=one.findings,
    )


def _terms(data: Mapping[str, Any]) -> str:
    """The terms that stand from then on, so that nobody is surprised by what stayed."""
    from partage.faces.pages.show import terms_text

    said = terms_text(data.get("terms") or {})
    return f", with {said}" if said else ""


@app.command(
    epilog="Example: partage --as mia:city@ca-on/windsor withdraw ca-on/windsor --why full"
)
def withdraw(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help="A region, a city, a site; or a case.")],
    first: Annotated[
        str | None, typer.Option("--from", help="First day; today if left out.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", help="Last day of a pause; left out, it ends for good.")
    ] = None,
    why: Annotated[str, typer.Option("--why", help="The reason; a household needs none.")] = "",
    resume: Annotated[
        bool, typer.Option("--resume", help="End a pause: people may come again from today on.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what it would do; nothing is withdrawn.")
    ] = False,
    idem: Idem = None,
) -> None:
    """Take a consent back, or let it rest; nobody loses a roof by it."""
    from partage.core.units import parse_day

    session: Session = ctx.obj
    office = session.office()
    if what.startswith("H-"):
        done = office.answer(what, "decline", idem=idem)
        text = f"{what} withdrew its consent; it keeps its roof and its fallback place."
    else:
        party = what if "/" in what else office.pack.region_id(what)
        if resume:
            again = office.resume(party, idem=idem)
            text = f"The pause of {party} is over; people may come from {again.data['from']} on."
            session.answer("withdraw", again.data, text=text)
            return
        start = parse_day(first) if first else None
        end = parse_day(last) if last else None
        done = office.withdraw(party, first=start, last=end, why=why, preview=preview, idem=idem)
        text = (
            f"{len(done.data['reopened'])} household(s) would wait again and keep their roof; "
            f"{done.data['hosted']} person(s) live there. Nothing is written."
            if preview
            else f"The agreement of {party} is {done.data['state']}; "
            f"{len(done.data['reopened'])} household(s) wait again and keep their roof."
        )
        if done.data.get("fallbacks"):
            text += f" {len(done.data['fallbacks'])} fallback place(s) are held elsewhere now."
    session.answer("withdraw", done.data, text=text, findings=done.findings)
