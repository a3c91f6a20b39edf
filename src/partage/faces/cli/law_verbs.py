"""The law of the border: eligibility."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import app
from partage.faces.cli.session import Session, read_file


@app.command(
    epilog="Example: partage eligibility docs/how-to/facts.toml --entry 2023-03-26 --claim 2023-04-01 "
    "--decided 2023-04-01"
)
def eligibility(
    ctx: typer.Context,
    facts: Annotated[
        Path | None, typer.Argument(help="What is known of one claimant; nothing of it is kept.")
    ] = None,
    entry: Annotated[str, typer.Option("--entry", help="Day of entry.")] = "",
    claim: Annotated[str, typer.Option("--claim", help="Day of the claim.")] = "",
    decided: Annotated[str, typer.Option("--decided", help="Day of the decision.")] = "",
    text: Annotated[
        Path | None, typer.Option("--text", help="A proposed text instead of the one in force.")
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Which worked cases the proposed text changes.")
    ] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules of the text.")] = False,
    every: Annotated[bool, typer.Option("--every", help="The steps of every ground.")] = False,
) -> None:
    """Say what the agreement and the Act say of stated facts; an officer decides, nothing is kept."""
    from partage.core.units import parse_day
    from partage.eligibility.facts import read_facts_file
    from partage.faces.pages import eligibility as pages
    from partage.office.ports import SystemClock
    from partage.packs.loader import load_pack

    session: Session = ctx.obj
    lang = session.language
    pack = load_pack(session.pack)
    proposed = None if text is None else read_file(text)
    where = "the text in force" if text is None else "the proposed text"
    if compare:
        if proposed is None:
            raise InputRefused("It is not said what to compare.", "Give --text PROPOSED.toml.")
        answer = pages.changes_answer(pack, proposed, where, language=lang)
    elif rules:
        answer = pages.rules_answer(pages.text_of(pack, proposed, where), language=lang)
    elif facts is None:
        raise InputRefused(
            "No facts are stated.", "Give FACTS.toml; docs/how-to/facts.toml shows one."
        )
    else:
        raw = read_facts_file(read_file(facts), "The facts file")
        days = {name: parse_day(said) if said else None
                for name, said in (("entry", entry), ("claim", claim), ("decided", decided))}  # fmt: skip
        answer = pages.eligibility_answer(
            pages.text_of(pack, proposed, where), raw, days, language=lang,
            today=SystemClock().now().date(), every=every,
        )  # fmt: skip
    data, words, findings, assumed = answer
    session.answer("eligibility", data, text=words, findings=findings, assumptions=assumed)
