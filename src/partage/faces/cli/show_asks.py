"""The register of asks as text: what was asked, every answer with its source, each promise with its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.casework.ask import answers_of
from partage.report.table import Table

WORDS = {
    "en": {
        "title": "asks and answers",
        "names": ("ask", "asked on", "by", "to", "what", "answers and promises", "state"),
        "source": "source", "promised": "promised by", "kept": "kept", "none": "no answer yet",
        "yes": "yes", "partly": "partly", "no": "no", "later": "later",
        "open": "open", "answered": "answered", "promised-state": "promised", "kept-state": "kept",
        "partly-kept": "partly kept", "not-kept": "not kept",
    },
    "fr": {
        "title": "demandes et réponses",
        "names": ("demande", "faite le", "par", "à", "quoi", "réponses et promesses", "état"),
        "source": "source", "promised": "promis pour le", "kept": "tenu", "none": "sans réponse",
        "yes": "oui", "partly": "en partie", "no": "non", "later": "plus tard",
        "open": "ouverte", "answered": "répondue", "promised-state": "promise", "kept-state": "tenue",
        "partly-kept": "tenue en partie", "not-kept": "non tenue",
    },
}  # fmt: skip


def asks_text(asks: Mapping[str, Mapping[str, Any]], language: str, *, whole: bool) -> str:
    """All asks as a table, the oldest first; or (``whole``) each with every word and its source."""
    words: dict[str, Any] = WORDS["fr" if language == "fr" else "en"]
    ordered = sorted(asks.items(), key=lambda pair: (pair[1]["asked_on"], pair[0]))
    if whole:
        return "\n".join(_whole(number, row, words, language) for number, row in ordered)
    rows = tuple(
        (
            number, row["asked_on"], row["by"], row["to"], _text(row, "text", language),
            " · ".join(_answer(n, one, words, language) for n, one in enumerate(answers_of(row), 1)),
            _state(row, words),
        )
        for number, row in ordered
    )  # fmt: skip
    return str(Table(words["title"], words["names"], rows))


def _whole(number: str, row: Mapping[str, Any], words: Mapping[str, Any], language: str) -> str:
    lines = [
        f"{number}: {row['by']} → {row['to']}, {row['asked_on']}, {_state(row, words)}",
        f"  {_text(row, 'text', language)}",
        f"  {words['source']}: {row['source'].removeprefix('source ')}",
    ]
    for n, one in enumerate(answers_of(row), 1):
        lines.append(f"  {_answer(n, one, words, language)}")
        lines.append(f"     {words['source']}: {one['source']}")
        if one["kept"]:
            lines.append(f"     {one['kept_on']}, {words['source']}: {one['kept_source']}")
    if not row.get("answers"):
        lines.append(f"  {words['none']}")
    return "\n".join(lines)


def _answer(n: int, one: Mapping[str, Any], words: Mapping[str, Any], language: str) -> str:
    said = _text(one, "said", language)
    parts = [f"{n}. {one['on']} {words[one['answer']]}{': ' + said if said else ''}"]
    if one["promise"]:
        parts.append(f"{words['promised']} {one['promised_by']}: {one['promise']}")
    if one["kept"]:
        parts.append(f"{words['kept']}: {words[one['kept']]}")
    return "; ".join(parts)


def _text(row: Mapping[str, Any], name: str, language: str) -> str:
    return str((language == "fr" and row.get(f"{name}_fr")) or row.get(name, ""))


def _state(row: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    state = str(row["state"])
    return str(words.get(f"{state}-state") or words[state])
