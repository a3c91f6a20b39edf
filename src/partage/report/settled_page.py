"""A statement of cost as a paper: what is claimed, what each line stands on, who put a name to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from partage.core.money import dollars
from partage.costs.statement import Line, Statement
from partage.report.document import Block, Cell, Document, Section
from partage.report.french import finding_in_french
from partage.report.settled import assumptions, line_cells, words_of

Language = Literal["en", "fr"]
SAID: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Statement of cost: {claimant}, {period}",
        "kind": "Nights from {first} to {last}; status: {state}",
        "sums": "What is claimed", "sum": ("what", "amount"),
        "rows": ("cost of the lines below", "claimed of {payer}", "paid", "open"),
        "lines": "Lines", "direct": "Borne by others at these places, and not claimed",
        "none": "No line stands.",
        "blocked": "In no sum above", "notes": "Remarks",
        "paid": "Paid", "pay": ("on", "amount"), "queries": "Queried by the payer",
        "query": ("site", "night", "reason", "on", "answered by entry"),
        "assumed": "What is assumed", "hands": "Who put a name to it",
        "draft": "Nobody has prepared it on record yet: it is a draft that anybody who may read "
        "amounts can make.",
        "prepared": "Prepared by {who} on {day}. Not certified.",
        "certified": "Prepared by {by} on {prepared}. {who}, who is not the one who prepared it, certified "
        "on {day}: every line stands on a closed night of the record and on a headcount that agrees with "
        "it; nothing blocks it, and nothing was left out.",
        "footer": "Journal: {entries} entries, head {head}. Lines: {digest}",
        "states": {"": "draft, not on record", "draft": "draft", "submitted": "submitted",
                   "queried": "queried", "accepted": "accepted", "paid": "paid", "reversed": "taken back"},
    },
    "fr": {
        "title": "État des coûts : {claimant}, {period}",
        "kind": "Nuits du {first} au {last} ; statut : {state}",
        "sums": "Ce qui est réclamé", "sum": ("quoi", "montant"),
        "rows": ("coût des lignes ci-dessous", "réclamé à {payer}", "payé", "reste à payer"),
        "lines": "Lignes", "direct": "Assumé par d’autres dans ces lieux, et non réclamé",
        "none": "Aucune ligne ne tient.",
        "blocked": "Dans aucune somme ci-dessus", "notes": "Remarques",
        "paid": "Payé", "pay": ("le", "montant"), "queries": "Questions du payeur",
        "query": ("lieu", "nuit", "raison", "le", "répondu par l’inscription"),
        "assumed": "Ce qui est supposé", "hands": "Qui y a mis son nom",
        "draft": "Personne ne l’a encore préparé au registre : c’est une ébauche que peut faire "
        "quiconque lit les montants.",
        "prepared": "Préparé par {who} le {day}. Non attesté.",
        "certified": "Préparé par {by} le {prepared}. {who}, qui n’est pas la personne qui l’a préparé, a "
        "attesté le {day} : chaque ligne repose sur une nuit close du registre et sur un dénombrement qui "
        "concorde ; rien ne le bloque, et rien n’a été laissé de côté.",
        "footer": "Journal : {entries} inscriptions, tête {head}. Lignes : {digest}",
        "states": {"": "ébauche, hors registre", "draft": "ébauche", "submitted": "soumis",
                   "queried": "en question", "accepted": "accepté", "paid": "payé",
                   "reversed": "repris"},
    },
}  # fmt: skip


def statement_document(
    said: Statement, row: Mapping[str, Any] | None, head: tuple[int, str], language: Language
) -> Document:
    """The statement as a document. ``row``: what is on record of it; None for a draft that is not."""
    words, on = SAID[language], dict(row or {})
    state = words["states"][str(on.get("state", ""))]
    sections = [Section(words["sums"], (_sums(said, on, words, language),))]
    sections.append(_lines(words["lines"], said.lines, words, language))
    if said.direct:
        sections.append(_lines(words["direct"], said.direct, words, language))
    for name, found in (("blocked", said.blocked), ("notes", said.notes)):
        told = [finding_in_french(f) if language == "fr" else f for f in found]
        if told:
            items = tuple(f"{f.where}: {f.what}" + (f" → {f.do}" if f.do else "") for f in told)
            sections.append(Section(words[name], (Block("list", items=items),)))
    if on.get("queries"):
        rows = tuple(
            _cells(one["site"], one["night"], one["why"], one["on"], str(one.get("entry", "")))
            for one in on["queries"]
        )
        table = Block("table", columns=words["query"], rows=rows)
        sections.append(Section(words["queries"], (table,)))
    if on.get("paid"):
        rows = tuple(_cells(one["on"], dollars(one["cents"], language)) for one in on["paid"])
        sections.append(Section(words["paid"], (Block("table", columns=words["pay"], rows=rows),)))
    if assumed := assumptions(said):
        sections.append(Section(words["assumed"], (Block("list", items=assumed),)))
    sections.append(Section(words["hands"], (Block("para", _hands(on, words)),)))
    kind = words["kind"].format(first=said.period.first, last=said.period.last, state=state)
    title = words["title"].format(claimant=said.claimant, period=said.period.name)
    footer = words["footer"].format(entries=head[0], head=head[1], digest=said.digest)
    return Document(language, title, kind, tuple(sections), footer)


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)


def _sums(
    said: Statement, on: Mapping[str, Any], words: Mapping[str, Any], lang: Language
) -> Block:
    rows = [_cells(words["rows"][0], dollars(said.amount, lang))]
    for payer in said.payers:
        rows.append(
            _cells(words["rows"][1].format(payer=payer), dollars(said.claimed(payer), lang))
        )
    if on:
        paid = int(on["claimed"]) - int(on["open"])
        rows.append(_cells(words["rows"][2], dollars(paid, lang)))
        rows.append(_cells(words["rows"][3], dollars(int(on["open"]), lang)))
    return Block("table", columns=words["sum"], rows=tuple(rows))


def _lines(
    heading: str, lines: tuple[Line, ...], words: Mapping[str, Any], lang: Language
) -> Section:
    if not lines:
        return Section(heading, (Block("para", words["none"]),))
    rows = tuple(_cells(*map(str, line_cells(line, lang))) for line in lines)
    return Section(heading, (Block("table", columns=words_of(lang)["names"], rows=rows),))


def _hands(on: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    if not on:
        return str(words["draft"])
    if not on.get("certified_by"):
        return str(words["prepared"].format(who=on["prepared_by"], day=on["prepared_on"]))
    return str(
        words["certified"].format(
            by=on["prepared_by"], prepared=on["prepared_on"], who=on["certified_by"],
            day=on["submitted_on"],
        )
    )  # fmt: skip
