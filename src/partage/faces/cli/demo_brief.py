"""The last part of the demo: the night is told to Ottawa and to Quebec, and what it cost is drafted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from partage.compose import open_office
from partage.core.units import parse_instant
from partage.faces.pages.brief import documents
from partage.faces.pages.documents import write_documents
from partage.packs.pack import Pack

NIGHT = date(2023, 2, 20)
MORNING = "2023-02-21T11:00:00Z"
READERS = (("federal", "min:minister"), ("province", "luc:region@CA-QC"))


def briefs(pack: Pack, out: Path, say: Callable[[str], None]) -> dict[str, str]:
    """``brief-{federal,province}-{en,fr}`` as PDF and HTML under ``out``; their paths."""
    at = parse_instant(MORNING)
    files: dict[str, str] = {}
    office = open_office(
        f"sqlite:///{out / 'demo.db'}", "min:minister", pack=pack, at=at, create=False
    )
    try:
        for to, who in READERS:
            made = office.acting(who).brief(NIGHT, to=to)
            files |= write_documents(out, documents(made, pack, "both"), at)
    finally:
        office.journal.close()
    say(f"\nbrief     of the night of {NIGHT}: {', '.join(sorted(files.values()))}")
    return files


CLAIMANT, MONTH = "CA-QC", "2023-02"


def draft_statement(
    pack: Pack, out: Path, say: Callable[[str], None]
) -> tuple[dict[str, str], list[str]]:
    """``statement-CA-QC-2023-02.*`` under ``out``: the files, and what is assumed in them."""
    from partage.core.money import dollars
    from partage.costs import period_of
    from partage.faces.cli.cost_verbs import write_statement
    from partage.report.settled import assumptions

    office = open_office(
        f"sqlite:///{out / 'demo.db'}", "fay:finance", pack=pack, at=parse_instant(MORNING),
        create=False,
    )  # fmt: skip
    try:
        said = office.settle(CLAIMANT, period_of(MONTH))
    finally:
        office.journal.close()
    files = {path.name: str(path) for path in write_statement(said, out)}
    claimed = ", ".join(f"{dollars(said.claimed(payer))} of {payer}" for payer in said.payers)
    say(
        f"\nsettle    draft of {CLAIMANT} for {MONTH}: {len(said.lines)} lines claim "
        f"{claimed or 'nothing'}, {sum(bool(line.published) for line in said.lines)} of them not from "
        f"the ledger; {len(said.blocked)} things keep it from being complete:"
    )
    for finding in (*said.blocked, *said.notes):
        say(f"          {finding}")
    say(f"          {', '.join(sorted(files.values()))}")
    return files, list(assumptions(said))
