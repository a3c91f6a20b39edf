"""What a dated text says of stated facts, in words for the officer who decides, English and French."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Literal

from partage.core.findings import Finding
from partage.eligibility import Answer, Change, GroundAnswer, Missing, Rule, Text
from partage.report.table import WIDTH, Table

Language = Literal["en", "fr"]

INFORMS = {
    "en": "This informs an officer, who decides on facts that are established. It decides nothing, "
    "keeps nothing, and no placement reads it.",
    "fr": "Ceci informe un agent, qui décide d’après des faits établis. Rien n’est décidé ni conservé "
    "ici, et aucun placement n’en tient compte.",
}
RESULT = {
    "en": {"applies": "APPLIES", "does-not-apply": "DOES NOT APPLY", "unknown": "UNKNOWN: ask"},
    "fr": {"applies": "S’APPLIQUE", "does-not-apply": "NE S’APPLIQUE PAS",
           "unknown": "INCONNU\u00a0: à demander"},
}  # fmt: skip
SEEN = {
    "en": {"holds": "holds", "does-not-hold": "does not hold", "unknown": "unknown",
           "not-reached": "not reached"},
    "fr": {"holds": "remplie", "does-not-hold": "non remplie", "unknown": "inconnue",
           "not-reached": "non atteinte"},
}  # fmt: skip
_WORDS = {
    "en": {
        "unconfirmed": "unconfirmed: this paragraph could not be confirmed from a text that was read",
        "relative": "relative {number}: ", "facts": "{known} fact(s) known of {all}",
        "leap-day": "Which day is the anniversary of 29 February? No text read says: ask a legal officer.",
        "assumed": "assumed: ", "beside": "Beside the grounds", "overall": "Some ground",
        "changes": "Worked cases that the proposed text changes", "none": "none of {n} worked cases",
        "columns": ("case", "ground", "in force", "proposed", "rests on"),
    },
    "fr": {
        "unconfirmed": "non confirmé\u00a0: cette disposition n’a pu être confirmée dans un texte lu",
        "relative": "parent {number}\u00a0: ", "facts": "{known} fait(s) connu(s) sur {all}",
        "leap-day": "Quel jour est l’anniversaire du 29 février\u00a0? Aucun texte lu ne le dit\u00a0: "
        "consultez un conseiller juridique.",
        "assumed": "hypothèse\u00a0: ", "beside": "En outre", "overall": "Un motif au moins",
        "changes": "Cas types que le texte proposé change", "none": "aucun des {n} cas types",
        "columns": ("cas", "motif", "en vigueur", "proposé", "fondement"),
    },
}  # fmt: skip


def answer_text(answer: Answer, language: Language, *, every: bool = False) -> str:
    """The answer for a terminal: each ground, its steps, what is missing, what it rests on.

    Grounds of which nothing is known are one line each; with ``every`` their steps are shown too.
    """
    word = _WORDS[language]
    lines = [*_wrapped(INFORMS[language]), "", said(answer.text, "title", language), ""]
    for one in answer.grounds:
        lines += _ground(one, answer, language, every=every)
    lines.append(f"{word['overall']}: {RESULT[language][answer.any_ground]}")
    for note in answer.notes:
        lines += _wrapped(
            f"{cited(note.paragraph, language)}: {note.en if language == 'en' else note.fr}"
        )
    return "\n".join(lines) + "\n"


def _ground(one: GroundAnswer, answer: Answer, language: Language, *, every: bool) -> list[str]:
    word = _WORDS[language]
    title = said(one.ground, "title", language)
    lines = [f"{title} ({cited(one.ground.paragraph, language)}): {RESULT[language][one.result]}"]
    if one.result == "applies":
        lines += _wrapped(said(one.ground, "means", language))
    if one.ground.id == answer.grounds[0].ground.id or one.result == "applies" or every:
        for step in one.steps:
            rule = step.rule
            mark = "" if rule.confirmed else " *"
            lines.append(f"  {SEEN[language][step.seen]:<14} {cited(rule.paragraph, language)}{mark}  "
                         f"{said(rule, 'title', language)}")  # fmt: skip
    for missing in one.ask:
        lines += _wrapped(f"? {question(missing, answer.text, language)}")
    if not one.confirmed or any(not s.rule.confirmed for s in one.steps if s.seen == "unknown"):
        lines += _wrapped(f"* {word['unconfirmed']}")
    for sentence in assumptions(one):
        lines += _wrapped(f"{word['assumed']}{sentence}")
    return [*lines, ""]


def question(missing: Missing, text: Text, language: Language) -> str:
    """What to ask, in words; a rule that is silent asks its own question."""
    if missing.rule is not None:
        return said(missing.rule, "ask", language)
    if missing.fact in ("leap-day",):
        return str(_WORDS[language]["leap-day"])
    kinds = text.relative_kinds if missing.relative else text.kinds
    before = str(_WORDS[language]["relative"]).format(number=missing.relative)
    return (before if missing.relative else "") + said(kinds[missing.fact], "ask", language)


def assumptions(one: GroundAnswer) -> list[str]:
    """What the rules that the answer rests on assume."""
    return list(dict.fromkeys(rule.assumption for rule in one.by if rule.assumption))


def answer_data(answer: Answer, language: Language) -> dict[str, Any]:
    """The same as plain JSON."""
    return {
        "informs": INFORMS[language],
        "text": answer.text.id,
        "any_ground": answer.any_ground,
        "grounds": [
            {
                "ground": one.ground.id,
                "title": said(one.ground, "title", language),
                "result": one.result,
                "paragraphs": [cited(p, language) for p in one.paragraphs],
                "confirmed": one.confirmed,
                "means": said(one.ground, "means", language) if one.result == "applies" else "",
                "ask": [
                    {"fact": m.fact or (m.rule.id if m.rule else ""), "relative": m.relative,
                     "question": question(m, answer.text, language)}
                    for m in one.ask
                ],
                "steps": [
                    {"rule": s.rule.id, "paragraph": cited(s.rule.paragraph, language), "seen": s.seen,
                     "then": s.rule.then, "confirmed": s.rule.confirmed,
                     "title": said(s.rule, "title", language)}
                    for s in one.steps
                ],
            }
            for one in answer.grounds
        ],
        "notes": [
            {"paragraph": cited(n.paragraph, language), "said": n.en if language == "en" else n.fr}
            for n in answer.notes
        ],
    }  # fmt: skip


def changes_table(changes: Sequence[Change], cases: int, text: Text, language: Language) -> Table:
    """Which worked cases the proposed text changes, from what to what."""
    word = _WORDS[language]
    titles = {g.id: said(g, "title", language) for g in text.grounds}
    rows = tuple(
        (
            one.case.title_en if language == "en" else one.case.title_fr,
            titles.get(one.ground, one.ground),
            RESULT[language][one.before],
            RESULT[language][one.after],
            cited(", ".join(one.paragraphs_after), language),
        )
        for one in changes
    )
    notes = (INFORMS[language],) if rows else (str(word["none"]).format(n=cases), INFORMS[language])
    columns = tuple(str(c) for c in word["columns"])
    return Table(f"{word['changes']} ({len(rows)} / {cases})", columns, rows, notes)


def rules_table(text: Text, language: Language) -> Table:
    """Every rule of a text with its id, days and paragraph; those not confirmed are marked."""
    rows = tuple(
        (rule.id, str(rule.order), cited(rule.paragraph, language) + ("" if rule.confirmed else " *"),
         _days(rule),
         rule.then, said(rule, "title", language))
        for ground in text.grounds for rule in text.of(ground.id)
    )  # fmt: skip
    note = f"* {_WORDS[language]['unconfirmed']}"
    return Table(said(text, "title", language), ("id", "", "§", "", "", ""), rows, (note,))


def cited(paragraph: str, language: Language) -> str:
    """A paragraph as it is cited in that language: IRPA is the LIPR in French, IRPR the RIPR."""
    if language == "en":
        return paragraph
    return paragraph.replace("IRPA", "LIPR").replace("IRPR", "RIPR")


def findings_of(answer: Answer, read: Sequence[Finding]) -> list[Finding]:
    """What was wrong with the facts and, on these facts, with the text."""
    return [*read, *answer.findings]


def said(thing: Any, name: str, language: Language) -> str:
    """The English or French words of a thing of a text."""
    return str(getattr(thing, f"{name}_{language}"))


def _days(rule: Rule) -> str:
    said_ = f"{rule.first or ''}..{rule.last or ''}".strip(".")
    return said_ + (f" (claims from {rule.claims_from})" if rule.claims_from else "")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
