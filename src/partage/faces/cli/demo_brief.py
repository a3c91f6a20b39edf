"""The last part of the demo: the night is told to Ottawa and to Quebec, and Quebec's costs are drafted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from partage.compose import open_office
from partage.core.money import dollars
from partage.core.units import parse_instant
from partage.costs import period_of
from partage.faces.cli.files import write_whole
from partage.faces.pages.brief import documents, plots
from partage.faces.pages.documents import write_documents
from partage.faces.pages.statements import statement_files
from partage.packs.pack import Pack
from partage.report.settled import assumptions

NIGHT = date(2023, 2, 20)
MORNING = "2023-02-21T11:00:00Z"
READERS = (("federal", "min:minister"), ("province", "luc:region@CA-QC"))


def briefs(pack: Pack, out: Path, say: Callable[[str], None]) -> dict[str, str]:
    """``brief-{federal,province}-{en,fr}`` as PDF and HTML under ``out``; their paths."""
    at = parse_instant(MORNING)
    files: dict[str, str] = {}
    told: list[str] = []
    office = open_office(
        f"sqlite:///{out / 'demo.db'}", "min:minister", pack=pack, at=at, create=False
    )
    say("\nbrief     with options: four scenarios, 40 runs each; half a minute the first time")
    try:
        for to, who in READERS:
            made = office.acting(who).brief(NIGHT, to=to, options=to == "federal")
            files |= write_documents(out, documents(made, pack, "both"), at)
            drawn = plots(made, pack, "both")
            for name, content in drawn.items():
                write_whole(out / name, content)
            told += [str(out / name) for name in drawn if "federal-en" in name]
    finally:
        office.journal.close()
    say(f"brief     of the night of {NIGHT}: {', '.join(sorted(files.values()))}")
    say(f"plots     share, load and cost, beside the others: {', '.join(told)}")
    return files


def draft_statement(
    pack: Pack, out: Path, say: Callable[[str], None]
) -> tuple[dict[str, str], list[str]]:
    """Quebec's draft statement for February 2023, as far as the record and published figures go: its files
    under ``out``, and what is assumed in them."""
    at = parse_instant(MORNING)
    office = open_office(
        f"sqlite:///{out / 'demo.db'}", "fay:finance", pack=pack, at=at, create=False
    )
    try:
        said = office.settle("CA-QC", period_of("2023-02"))
        files = statement_files(said, None, office.journal.head(), at, ("en", "fr"))
    finally:
        office.journal.close()
    for name, content in files.items():
        write_whole(out / name, content)
    published = sum(bool(line.published) for line in said.lines)
    say(
        f"\nsettle    CA-QC, {said.period.name}, a draft: {dollars(said.claimed('CA'))} claimed of CA for "
        f"{len(said.lines)} nights, {published} of them from published figures; {len(said.blocked)} things "
        f"block it, and what they stand for is in no sum: {out / 'statement-CA-QC-2023-02.pdf'}"
    )
    for finding in said.blocked:
        say(f"          {finding}")
    return {name: str(out / name) for name in files}, list(assumptions(said))
