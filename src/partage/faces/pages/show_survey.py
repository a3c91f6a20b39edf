"""The survey in both languages: cases by state, what is free, a list of cases, and a closed night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.core.findings import Finding
from partage.core.situation import Situation
from partage.core.steps import STATES
from partage.office.office import Office
from partage.report.french import french
from partage.report.table import Table
from partage.report.words import Language

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "cases": "{day}: cases by state", "case": ("state", "households", "persons"),
        "standing": "standing policy: {policy}, cut-off {cut_off}",
        "none": "no standing policy: 'partage adopt' takes two persons",
        "free": "{day}: allocable over {nights} nights", "site": "site",
        "notes": (
            "? = unknown: nobody has stated it, so it is not allocable",
            "* = rests on an assumption; each sentence is in the answer with --json",
            "person = not above the day's limit of arrivals, where a site has one",
        ),
        "listed": "cases: {state}",
        "list": ("case", "persons", "since", "roof", "place approved or offered"),
        "night": "night of {night}", "book": ("account", "persons", "counted"),
        "total": "{n} persons in all",
        "count": "{n} by {by}", "somebody": "somebody", "not": "not counted",
        "beside": "counted: what people said of that night; it changes nothing in the book",
        "looked_for": "looked for at 04:00, in no number above: {households} household(s), "
        "{persons} person(s)",
    },
    "fr": {
        "cases": "{day} : dossiers par état", "case": ("état", "ménages", "personnes"),
        "standing": "politique permanente : {policy}, heure limite {cut_off}",
        "none": "aucune politique permanente : « partage adopt » prend deux personnes",
        "free": "{day} : attribuable sur {nights} nuits", "site": "lieu",
        "notes": (
            "? = inconnu : personne ne l'a dit, donc pas attribuable",
            "* = repose sur une hypothèse ; chaque phrase est dans la réponse avec --json",
            "person = pas au-delà de la limite quotidienne d'accueil, là où un lieu en a une",
        ),
        "listed": "dossiers : {state}",
        "list": ("dossier", "personnes", "depuis", "abri", "place approuvée ou offerte"),
        "night": "nuit du {night}", "book": ("compte", "personnes", "dénombrement"),
        "total": "{n} personnes en tout",
        "count": "{n} par {by}", "somebody": "quelqu'un", "not": "pas compté",
        "beside": "dénombrement : ce qui a été dit de cette nuit ; rien n'en est changé au registre",
        "looked_for": "recherchés à 4 h, dans aucun nombre ci-dessus : {households} ménage(s), "
        "{persons} personne(s)",
    },
}  # fmt: skip


def survey_answer(
    office: Office, situation: Situation, language: Language = "en"
) -> tuple[dict[str, Any], str, list[Finding], list[str]]:
    """Who waits, what is free per site and service, what to look at first, and what is assumed."""
    states = {
        state: (row["households"], row["persons"])
        for state, row in office.journal.rows("tally").items()
        if row["households"]
    }
    free = {site: dict(units) for site, units in situation.allocable.items()}
    standing = office.standing()
    data = {
        "day": situation.day,
        "nights": situation.nights,
        "states": {s: {"households": n[0], "persons": n[1]} for s, n in sorted(states.items())},
        "allocable": free,
        "consenting": sorted(situation.consenting),
        "standing": standing,
    }
    assumed = {
        f"{site} {service}: {origin.assumption}"
        for (site, service), origin in situation.origins.items()
        if origin.assumption and service in free.get(site, {})
    }
    first = list(dict.fromkeys((*office.watch(), *situation.findings)))
    return data, _survey_text(situation, states, standing, language), first, sorted(assumed)


def _survey_text(
    situation: Situation,
    states: Mapping[str, Sequence[int]],
    standing: Mapping[str, str],
    language: Language,
) -> str:
    words, services = WORDS[language], [s.id for s in situation.services]
    note = words["standing"].format(**standing) if standing else words["none"]
    cases = _table(
        language,
        words["cases"].format(day=situation.day),
        words["case"],
        [(state_name(state, language), n[0], n[1]) for state, n in sorted(states.items())],
        (note,),
    )
    free = _table(
        language,
        words["free"].format(day=situation.day, nights=situation.nights),
        (words["site"], *services),
        [
            (site, *(_free_cell(situation, site, s) for s in services))
            for site in sorted(situation.allocable)
        ],
        words["notes"],
    )
    return f"{cases}\n{free}"


def state_name(state: str, language: Language) -> str:
    """A state as the command takes it; in French with what it means."""
    return (
        f"{state} ({french(STATES[state][1])})" if language == "fr" and state in STATES else state
    )


def cases_text(state: str, cases: Sequence[Mapping[str, Any]], language: Language = "en") -> str:
    """The cases in a state, by their codes."""
    words = WORDS[language]
    rows = [(c["case"], c["persons"], c["since"], c["roof"], c["site"]) for c in cases]
    title = words["listed"].format(state=state_name(state, language))
    return str(_table(language, title, words["list"], rows))


def night_text(seen: Mapping[str, Any], language: Language = "en") -> str:
    """A closed night by account, with what people counted beside the book, and who was looked for."""
    words, nights = WORDS[language], seen["nights"]
    counted: dict[str, list[str]] = {}
    for one in seen["counts"]:
        who = one["by"] or words["somebody"]
        counted.setdefault(one["account"], []).append(
            words["count"].format(n=one["counted"], by=who)
        )
    rows = [
        (
            account,
            nights.get(account, 0),
            ", ".join(counted.get(account, ()))
            or (words["not"] if account.startswith("hosted@") else ""),
        )
        for account in sorted({*nights, *counted})
    ]
    notes = [words["total"].format(n=sum(nights.values())), words["beside"]]
    if seen["looked_for"]["households"]:
        notes.append(words["looked_for"].format(**seen["looked_for"]))
    return str(
        _table(language, words["night"].format(night=seen["night"]), words["book"], rows, notes)
    )


def _table(
    language: Language,
    title: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str | int, ...]],
    notes: Sequence[str] = (),
) -> Table:
    if language == "en":
        return Table(title, tuple(columns), tuple(rows), tuple(notes))
    said = tuple(french(note) for note in notes)
    return Table(french(title), tuple(columns), tuple(rows), said, "\u00a0")


def _free_cell(situation: Situation, site: str, service: str) -> str:
    units = situation.allocable[site].get(service)
    if units is None:
        return "?"
    origin = situation.origins.get((site, service))
    return f"{units}*" if origin is not None and origin.assumption else str(units)
