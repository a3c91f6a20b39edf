"""Statements of cost at the terminal: one shown, one acted on, all of them, and their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partage.core.findings import Finding
from partage.core.money import dollars
from partage.faces.cli.files import write_whole
from partage.faces.cli.session import Session
from partage.faces.pages.statements import statement_files
from partage.report.settled import assumptions, statement_data, statement_text
from partage.report.settled_page import SAID, Language
from partage.report.table import Table

if TYPE_CHECKING:
    from partage.costs import Statement
    from partage.office.office import Office


def show(
    session: Session,
    office: Office,
    said: Statement,
    row: dict[str, Any] | None,
    findings: Sequence[Finding],
    out: Path | None,
    language: str,
) -> None:
    """A statement as text and data, and as files where a folder is given."""
    data, text = statement_data(said), statement_text(said, language)
    if row is not None:
        data |= {"state": row["state"], "on_record": row}
        text += "\n" + acted(row, language)
    if out is not None:
        lang: Language = "fr" if language == "fr" else "en"
        files = statement_files(said, row, office.journal.head(), office.clock.now(), (lang,))
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_whole(out / name, content)
        data["files"] = [str(out / name) for name in files]
        text += "\n" + "\n".join(data["files"])
    session.answer(
        "settle", data, text=text, findings=(*findings, *said.blocked, *said.notes),
        assumptions=assumptions(said),
    )  # fmt: skip


def acted(data: Mapping[str, Any], language: str) -> str:
    """Where a statement stands: its state, what is claimed of whom, and what is open."""
    state = SAID["fr" if language == "fr" else "en"]["states"][data["state"]]
    claimed, left = dollars(data["claimed"], language), dollars(data["open"], language)
    if language == "fr":
        return (
            f"{data['statement']} ({data['claimant']}, {data['period']})\u00a0: {state}; {claimed} "
            f"réclamés à {data['payer']}, reste {left}."
        )
    return (
        f"{data['statement']} ({data['claimant']}, {data['period']}): {state}; {claimed} claimed of "
        f"{data['payer']}, {left} open."
    )


def show_list(session: Session, rows: Sequence[Mapping[str, Any]], language: str) -> None:
    """Every statement on record, in a table."""
    names: tuple[str, ...] = (
        "statement",
        "claimant",
        "payer",
        "period",
        "state",
        "claimed",
        "open",
    )
    title = "statements of cost"
    if language == "fr":
        names = ("état", "demandeur", "payeur", "période", "statut", "réclamé", "reste")
        title = "états des coûts"
    states = SAID["fr" if language == "fr" else "en"]["states"]
    lines = tuple(
        (
            row["statement"], row["claimant"], row["payer"], row["period"], states[row["state"]],
            dollars(row["claimed"], language), dollars(row["open"], language),
        )
        for row in rows
    )  # fmt: skip
    session.answer("settle", list(rows), text=str(Table(title, names, lines)))
