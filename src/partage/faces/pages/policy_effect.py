"""What today's plan would be under another policy, as text in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from partage.core.errors import InputRefused
from partage.office.office import Office
from partage.packs.pack import Pack
from partage.report.table import Table
from partage.report.words import Language

MOST_BYTES = 200_000
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "{day}: what the plan would be, as if each were in force",
        "columns": ("province", "due", "due", "placed", "placed"),
        "no-part": "no part", "together": "together", "unplaced": "without a place",
        "changes": "{n} household(s) would be elsewhere; nothing is kept or adopted",
    },
    "fr": {
        "title": "{day} : ce que serait le plan, comme si chacune était en vigueur",
        "columns": ("province", "dû", "dû", "placées", "placées"),
        "no-part": "pas de part", "together": "ensemble", "unplaced": "sans place",
        "changes": "{n} ménage(s) seraient ailleurs ; rien n'est gardé ni adopté",
    },
}  # fmt: skip


def file_or_policy(office: Office, word: str) -> tuple[str, bytes]:
    """A policy of the pack by its id, or the bytes of a draft in a file."""
    if word in office.pack.policies or not word.endswith(".toml"):
        return word, b""
    try:
        with Path(word).open("rb") as file:
            return "", file.read(MOST_BYTES)
    except OSError as error:
        raise InputRefused(f"The draft cannot be read: {error.strerror}.", "Name a file.") from None


def effect_text(seen: Mapping[str, Any], pack: Pack, language: Language) -> str:
    """By province what is due and placed under each of the two, and how many would be elsewhere."""
    words, (first, second) = WORDS[language], seen["policies"]
    names = {str(r.id): r.name_fr if language == "fr" else r.name_en for r in pack.regions}
    rows = [
        (
            names.get(one["region"], one["region"]),
            *(words["no-part"] if due is None else due for due in one["due"]),
            *one["placed"],
        )
        for one in seen["regions"]
    ]
    rows.append((words["together"], "", "", first["placed"], second["placed"]))
    rows.append((words["unplaced"], "", "", first["unplaced"], second["unplaced"]))
    province, *others = words["columns"]
    ids = (first["policy"], second["policy"]) * 2
    columns = (province, *(f"{what}, {name}" for what, name in zip(others, ids, strict=True)))
    notes = (words["changes"].format(n=len(seen["changes"])),)
    return str(Table(words["title"].format(day=seen["day"]), columns, tuple(rows), notes))
