"""``eligibility`` as text and data: facts in, what the text says of them out, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.eligibility import (
    Text,
    changes,
    consider,
    read_amended,
    read_cases,
    read_facts,
    read_text,
)
from partage.packs.pack import Pack
from partage.report.eligible import (
    Language,
    answer_data,
    answer_text,
    assumptions,
    changes_table,
    findings_of,
    rules_table,
)

TEXT, CASES = "eligibility/text.toml", "eligibility/cases.toml"
Answered = tuple[dict[str, Any], str, list[Finding], list[str]]


def text_of(pack: Pack, proposed: bytes | None = None, where: str = "the proposal") -> Text:
    """The dated text of a pack, or the proposed one: whole, or as it amends the one in force."""
    base = pack.laws.get(TEXT)
    if base is None:
        raise InputRefused(
            f"The pack '{pack.id}' has no {TEXT}.", "Open one that has, or add the file."
        )
    return read_text(base, TEXT) if proposed is None else read_amended(base, proposed, where)


def eligibility_answer(
    text: Text,
    raw: Mapping[str, Any],
    days: Mapping[str, date | None],
    *,
    language: Language,
    today: date | None = None,
    every: bool = False,
) -> Answered:
    """What a text says of these facts: data, words, findings, assumptions.

    ``days`` are entry, claim and decided, where they are stated apart from the facts.
    """
    stated = {name: day for name, day in days.items() if day is not None}
    facts, found = read_facts({**raw, **stated}, text, today=today)
    answer = consider(text, facts)
    words = answer_text(answer, language, every=every)
    assumed = dict.fromkeys(a for one in answer.grounds for a in assumptions(one))
    return answer_data(answer, language), words, findings_of(answer, found), list(assumed)


def changes_answer(pack: Pack, proposed: bytes, where: str, *, language: Language) -> Answered:
    """Which worked cases of the pack a proposed text changes."""
    before, after = text_of(pack), text_of(pack, proposed, where)
    cases = read_cases(pack.laws.get(CASES, b""), before, CASES)
    found = changes(before, after, cases)
    table = changes_table(found, len(cases), after, language)
    data = {
        "cases": len(cases),
        "changed": [
            {"case": one.case.id, "title": one.case.title_en if language == "en" else one.case.title_fr,
             "ground": one.ground, "before": one.before, "after": one.after,
             "paragraphs": list(one.paragraphs_after)}
            for one in found
        ],
    }  # fmt: skip
    return data, str(table), [], []


def rules_answer(text: Text, *, language: Language) -> Answered:
    """Every rule of a text."""
    rules = [
        {"rule": r.id, "ground": r.ground, "order": r.order, "paragraph": r.paragraph,
         "then": r.then, "confirmed": r.confirmed, "in_force_from": r.first, "in_force_to": r.last}
        for r in text.rules
    ]  # fmt: skip
    return {"text": text.id, "rules": rules}, str(rules_table(text, language)), [], []
