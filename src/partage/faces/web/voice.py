"""The office's sentences as screens say them: in both languages, with names for codes and no commands.

Below the faces a finding or a refusal is one English sentence. ``voice.toml`` has each sentence that a page
may show, with the parts that change in braces. One that is not there is said as the command line says it
(``report.french``); what has no French at all is shown in English, and the page says so (``lang``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partage.faces.web.words import Words, french
from partage.report.french import in_french, knows

FILE = Path(__file__).parent / "voice.toml"
_PART = re.compile(r"\{(\w+)\}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: how it is recognised, and what pages say for it."""

    pattern: re.Pattern[str]
    en: str
    fr: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """All of them, the most particular first."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    ordered = sorted(rows.items(), key=lambda row: -len(_PART.sub("", row[0])))
    return tuple(
        Sentence(_compiled(text), text if en == "=" else en, french(fr))
        for text, (en, fr) in ordered
    )


def _compiled(text: str) -> re.Pattern[str]:
    pieces = _PART.split(text)
    made = [re.escape(p) if n % 2 == 0 else f"(?P<{p}>.+?)" for n, p in enumerate(pieces)]
    return re.compile("".join(made), re.DOTALL)


def said(text: str, t: Words, name: Callable[[str], str], zone: str) -> tuple[str, str]:
    """A sentence of the office in the words of a page, and the language it is in."""
    for one in sentences():
        found = one.pattern.fullmatch(text)
        if found:
            parts = _parts(found.groupdict(), t, name, zone)
            return (one.fr if t.lang == "fr" else one.en).format(**parts), t.lang
    if t.lang == "fr" and knows(text):
        return in_french(text), "fr"
    return text, "en"


def _parts(
    given: Mapping[str, str], t: Words, name: Callable[[str], str], zone: str
) -> dict[str, str]:
    """Days and instants as this language writes them, sites and entry points by their names."""
    shown = {}
    for key, value in given.items():
        if _INSTANT.fullmatch(value):
            shown[key] = t.moment(value, zone)
        elif _DAY.fullmatch(value):
            shown[key] = t.day(value)
        else:
            shown[key] = name(value.partition("@")[2] or value)
    return shown
