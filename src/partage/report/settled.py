"""A statement of cost in words, English and French, and as rows of a file."""

from __future__ import annotations

from typing import Any

from partage.core.money import dollars
from partage.costs.statement import Line, Statement
from partage.report.table import Table

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "statement of cost, draft: {claimant}, {period} (nights from {first} to {last})",
        "names": ("site", "night", "persons or rooms", "rate", "amount", "claimed", "entries"),
        "direct": "borne by somebody else at these sites, and not claimed",
        "sum": "{n} lines cost {amount}; {claimed} of it is claimed of {payer}.",
        "none": "No line can be claimed.",
        "blocked": "It is not complete: {n} things block it, and what they stand for is in no sum above.",
        "assumed": "assumed: {what}", "published": "not from the ledger",
        "columns": (
            "site", "night", "unit", "quantity", "rate_cents", "amount_cents", "currency", "category",
            "incurred_by", "payer", "rule", "share", "claimed_cents", "entries",
            "not_from_the_ledger", "assumed",
        ),
    },
    "fr": {
        "title": "état des coûts, ébauche : {claimant}, {period} (nuits du {first} au {last})",
        "names": ("lieu", "nuit", "personnes ou chambres", "tarif", "montant", "réclamé", "inscriptions"),
        "direct": "assumé par d’autres dans ces lieux, et non réclamé",
        "sum": "{n} lignes coûtent {amount}; {claimed} en sont réclamés à {payer}.",
        "none": "Aucune ligne ne peut être réclamée.",
        "blocked": "Il n’est pas complet : {n} choses le bloquent, et ce qu’elles représentent n’est dans "
        "aucune somme ci-dessus.",
        "assumed": "hypothèse (en anglais) : {what}", "published": "hors du registre",
    },
}  # fmt: skip
COLUMNS: tuple[str, ...] = WORDS["en"]["columns"]


def statement_text(said: Statement, lang: str = "en") -> str:
    """The statement as tables and sentences; the findings are told beside it."""
    words = words_of(lang)
    title = words["title"].format(
        claimant=said.claimant,
        period=said.period.name,
        first=said.period.first,
        last=said.period.last,
    )
    notes = [
        words["sum"].format(
            n=len(said.lines), amount=dollars(said.amount, lang),
            claimed=dollars(said.claimed(payer), lang), payer=payer,
        )
        for payer in said.payers
    ] or [words["none"]]  # fmt: skip
    if said.blocked:
        notes.append(words["blocked"].format(n=len(said.blocked)))
    notes += [words["assumed"].format(what=what) for what in assumptions(said)]
    parts = [str(Table(title, words["names"], _rows(said.lines, lang), tuple(notes)))]
    if said.direct:
        parts.append(str(Table(words["direct"], words["names"], _rows(said.direct, lang))))
    return "\n".join(parts)


def assumptions(said: Statement) -> tuple[str, ...]:
    """Every sentence that says what is assumed in a line, once."""
    every = (one for line in (*said.lines, *said.direct) for one in line.assumed)
    return tuple(dict.fromkeys(every))


def statement_data(said: Statement) -> dict[str, Any]:
    """The statement as data: amounts in cents, shares as exact text."""
    return {
        "claimant": said.claimant,
        "period": said.period.name,
        "first": said.period.first.isoformat(),
        "last": said.period.last.isoformat(),
        "state": "draft",
        "complete": said.complete,
        "currency": "CAD",
        "amount_cents": said.amount,
        "claimed_cents": {payer: said.claimed(payer) for payer in said.payers},
        "lines": [dict(zip(COLUMNS, cells(line), strict=True)) for line in said.lines],
        "direct": [dict(zip(COLUMNS, cells(line), strict=True)) for line in said.direct],
    }


def cells(line: Line) -> tuple[str | int, ...]:
    """A line as the cells of a row of a file."""
    return (
        line.site, line.day.isoformat(), line.unit, line.quantity, line.each, line.amount, "CAD",
        line.category, line.incurred_by, line.payer, line.rule,
        f"{line.share.numerator}/{line.share.denominator}", line.claimed,
        " ".join(map(str, line.evidence)), line.published, " ".join(line.assumed),
    )  # fmt: skip


def words_of(lang: str) -> dict[str, Any]:
    """The words of a statement in a language."""
    return WORDS["fr" if lang == "fr" else "en"]


def line_cells(line: Line, lang: str) -> tuple[str | int, ...]:
    """A line as people read it; one that rests on no record says so where its entries would stand."""
    evidence = words_of(lang)["published"] if line.published else " ".join(map(str, line.evidence))
    return (
        line.site, line.day.isoformat(), _quantity(line.quantity, lang), dollars(line.each, lang),
        dollars(line.amount, lang), dollars(line.claimed, lang), evidence,
    )  # fmt: skip


def _quantity(number: int, lang: str) -> str | int:
    return f"{number:,}".replace(",", "\u00a0") if lang == "fr" else number


def _rows(lines: tuple[Line, ...], lang: str) -> tuple[tuple[str | int, ...], ...]:
    return tuple(line_cells(line, lang) for line in lines)
