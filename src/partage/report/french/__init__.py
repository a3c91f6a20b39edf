"""What the office says, in French: findings and refusals by the sentence they are in English.

A refusal is raised where it happens, in one language, with what it is about in it. Its French stands here,
sentence by sentence: ``{name}`` is whatever stands there, said in French too where it has a row of its own.
A sentence without a row stays as it is, under a title and an advice in French (``core.errors``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module

from partage.core.errors import Refusal
from partage.core.findings import Finding
from partage.core.steps import STATES
from partage.report.table import Table

BOOKS = (
    "acts", "authority", "checked", "costs", "databases", "files", "forecast", "intake", "keeping", "leaving", "machine", "owners", "refusals", "requests",
    "road", "scenarios",
    "survey", "where",
)  # fmt: skip
CONFIRMED = ("confirmed",)  # apart: its short sentences would be found in others
TABLED = ("tabled",)  # apart: headings are words
WEIGHTS = {"fault": "à faire maintenant", "warning": "à regarder", "note": "pour information"}
CODES = (
    "row",
    "column",
    "n",
    "day",
    "night",
)  # have no blank in them; nor has what a finding is about
_NAME = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z0-9])")
_BEFORE = re.compile(r" ([:;?!»%$])")
_LISTED = re.compile(r"((?:row \d+, )?column \S+|row \d+) (.+?)(?: \((.+)\))?(\.?)")
_MORE = re.compile(r"and (\d+) more\.?")
DEEP = 4  # sentences within sentences


def in_french(text: str) -> str:
    """The sentence in French, or as it is where it has no row."""
    return _said(text, DEEP) or text


def knows(text: str) -> bool:
    """Whether a sentence has its French."""
    return _said(text, DEEP) is not None


def confirmation_in_french(text: str) -> str:
    """What is said after an act, line by line and sentence by sentence; a table stays as it is."""
    return "\n".join(_confirmed(line) for line in text.split("\n"))


def _confirmed(line: str) -> str:
    words = line.lstrip()
    said = [_row(one, CONFIRMED, DEEP) or one for one in _SENTENCE.split(words)]
    return line[: len(line) - len(words)] + " ".join(said)


def table_in_french(table: Table) -> Table:
    """A table with its title, headings, notes and words in French; what has no row stays as it is."""
    return replace(
        table,
        title=label_in_french(table.title),
        columns=tuple("n°" if c == "no" else label_in_french(c) for c in table.columns),
        rows=tuple(
            tuple(label_in_french(cell) if isinstance(cell, str) else cell for cell in row)
            for row in table.rows
        ),
        notes=tuple(map(label_in_french, table.notes)),
        thousands="\u00a0",
    )


def label_in_french(text: str) -> str:
    """A heading, a cell or a note; where several things stand in it, each of them."""
    pieces = text.split("; ")
    said = [_row(piece, TABLED, DEEP) for piece in pieces]
    whole = None if len(pieces) > 1 and all(said) else _row(text, TABLED, DEEP)
    if whole is not None or said[0] is None:
        return whole or text
    both = zip(said, pieces, strict=True)
    return "\u00a0; ".join(french_ or piece for french_, piece in both)


def finding_in_french(finding: Finding) -> Finding:
    """A finding as whoever reads French reads it; its weight stays the code it is."""
    where, what, do = (in_french(part) for part in (finding.where, finding.what, finding.do))
    return replace(finding, where=where, what=what, do=do)


def finding_text(finding: Finding) -> str:
    """A finding in a line, in French."""
    one = finding_in_french(finding)
    said = f"{WEIGHTS[one.weight]} : {one.where} : {one.what}" + (f" -> {one.do}" if one.do else "")
    return _BEFORE.sub("\u00a0\\1", said)


def refusal_in_french(refusal: Refusal) -> tuple[str, str]:
    """What is wrong and what to do, in French; in English after its French title where there is no row."""
    what, do = _said(refusal.what, DEEP), _said(refusal.do, DEEP) if refusal.do else ""
    if what is None:
        what = french(f"{refusal.title_fr}. (En anglais : « {refusal.what} »)")
    if do is None:
        do = french(f"{refusal.do_fr} (En anglais : « {refusal.do} »)")
    return what, do


def french(text: str) -> str:
    """French as it is set: nonbreaking spaces before high signs and inside quotation marks."""
    return _BEFORE.sub("\u00a0\\1", text).replace("« ", "«\u00a0").replace("'", "’")


def _said(text: str, deep: int) -> str | None:
    return _row(text, BOOKS, deep)


def _row(text: str, books: tuple[str, ...], deep: int) -> str | None:
    if not text or not deep:
        return None
    whole, open_ = _rows(books)
    if text in whole:
        return whole[text]
    for start, pattern, said in open_:
        if text.startswith(start) and (found := pattern.fullmatch(text)):
            return _filled(said, found.groupdict(), deep - 1)
    return None


def _filled(said: str, parts: Mapping[str, str], deep: int) -> str:
    return _NAME.sub(lambda m: _part(parts[m[1]], deep), said)


def _part(text: str, deep: int) -> str:
    """What stands inside a sentence: words, a code, or findings in a row."""
    said = _said(text, deep)
    if said is not None:
        return said
    listed = text.split("; ")
    more = _MORE.fullmatch(listed[-1])
    pieces = [_LISTED.fullmatch(piece) for piece in listed[: -1 if more else None]]
    if not all(pieces):
        return text
    found = []
    for piece in pieces:
        assert piece is not None
        where, what, do, end = (
            _said(part, deep) or part if part else "" for part in piece.groups()
        )
        found.append(f"{where} {what}{f' ({do})' if do else ''}{end}")
    found += [f"et {more[1]} de plus"] if more else []
    return " ; ".join(found).replace(" ;", "\u00a0;")


@cache
def _rows(books: tuple[str, ...]) -> tuple[dict[str, str], list[tuple[str, re.Pattern[str], str]]]:
    """Sentences that are whole, and those with something in them: most words first."""
    whole, open_ = {}, []
    places = {english for english, _ in _book("where") if "'" not in english}
    for english, said in rows(books):
        if not _NAME.search(english):
            whole[english] = french(said)
            continue
        names, parts = _NAME.findall(english), _NAME.split(english)
        texts = parts[::2]
        pattern = re.escape(texts[0])
        for number, name in enumerate(names):
            again = name in names[:number]
            any_ = r"\S+?" if name in CODES or english in places else ".+?"
            pattern += f"(?P={name})" if again else f"(?P<{name}>{any_})"
            pattern += re.escape(texts[number + 1])
        open_.append((sum(map(len, texts)), texts[0], re.compile(pattern, re.S), french(said)))
    open_.sort(key=lambda row: -row[0])
    return whole, [row[1:] for row in open_]


def rows(books: tuple[str, ...] = BOOKS) -> list[tuple[str, str]]:
    """Every sentence with its French, the states of a case too."""
    found = [pair for book in books for pair in _book(book)]
    return [
        *found,
        *((f"'{name}' ({en})", f"« {name} » ({fr})") for name, (en, fr) in STATES.items()),
    ]


def _book(name: str) -> list[tuple[str, str]]:
    found = []
    for block in import_module(f"{__name__}.{name}").SENTENCES.strip().split("\n\n"):
        english, equals, said = block.partition("\n= ")
        if not equals or "\n" in said:
            raise ValueError(f"{name}: no French under '{english}'.")
        found.append((english, said))
    return found
