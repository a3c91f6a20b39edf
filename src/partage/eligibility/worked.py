"""Worked cases as data that a lawyer can read, and what another text would change of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partage.core.errors import InputRefused
from partage.eligibility.consider import Answer, consider
from partage.eligibility.facts import IN_ORDER, Facts, read_facts
from partage.eligibility.text import Result, Text

RESULTS = ("applies", "does-not-apply", "unknown")
KEYS = {"id", "like", "facts", "relative", "expect", "paragraph", "confirmed", "asks", "title_en",
        "title_fr", *IN_ORDER}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """Made-up facts, what the text says of them, and by which paragraph."""

    id: str
    title_en: str
    title_fr: str
    facts: Facts
    expect: Mapping[str, Result]
    paragraph: str
    confirmed: bool
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A worked case of which two texts do not say the same on one ground."""

    case: WorkedCase
    ground: str
    before: Result
    after: Result
    paragraphs_before: tuple[str, ...]
    paragraphs_after: tuple[str, ...]


def read_cases(data: bytes, text: Text, where: str = "the worked cases") -> tuple[WorkedCase, ...]:
    """The worked cases, or a refusal that names what is wrong with each."""
    try:
        raw = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise InputRefused(
            f"{where} cannot be read ({type(error).__name__}).", "Correct it."
        ) from None
    base = raw.get("like", {})
    out: list[WorkedCase] = []
    faults: list[str] = []
    for row in raw.get("case", []):
        case, wrong_ = _case(row, base, text)
        faults += wrong_
        out.append(case)
    ids = [case.id for case in out]
    faults += [f"'{one}' stands twice" for one in sorted(set(ids)) if ids.count(one) > 1]
    if faults:
        raise InputRefused(f"{where}: {'; '.join(faults[:20])}.", "Correct them.")
    return tuple(out)


def _case(
    row: Mapping[str, Any], base: Mapping[str, Any], text: Text
) -> tuple[WorkedCase, list[str]]:
    name = str(row.get("id", "a case without id"))
    faults = [f"{name}: '{key}' is not a word of a case" for key in sorted(set(row) - KEYS)]
    if row.get("like", "") not in ("", *base):
        faults.append(f"{name}: is like '{row['like']}', which is not there")
    facts = {**base.get(row.get("like", ""), {}), **row.get("facts", {})}
    days = {day: row[day] for day in IN_ORDER if day in row}
    relatives = {"relative": row["relative"]} if "relative" in row else {}
    read, findings = read_facts({**facts, **days, **relatives}, text)
    faults += [f"{name}: {one.where} {one.what}" for one in findings]
    expect = row.get("expect", {})
    grounds = {ground.id for ground in text.grounds}
    if not expect or set(expect) - grounds or set(expect.values()) - set(RESULTS):
        faults.append(f"{name}: expects nothing, or what is no ground or result")
    case = WorkedCase(
        name, str(row.get("title_en", "")), str(row.get("title_fr", "")), read, expect,
        str(row.get("paragraph", "")), row.get("confirmed", True) is True,
        tuple(row.get("asks", ())),
    )  # fmt: skip
    return case, faults


def wrong(text: Text, case: WorkedCase) -> list[str]:
    """How what the text says of a case differs from what was expected; nothing if it does not."""
    said = consider(text, case.facts)
    out = []
    for ground, expected in case.expect.items():
        got = said.of(ground)
        if got.result != expected:
            out.append(f"{ground}: {got.result} where {expected} was expected")
    first = said.of(next(iter(case.expect)))
    if case.paragraph and case.paragraph not in first.paragraphs:
        out.append(f"rests on {', '.join(first.paragraphs)}, not on {case.paragraph}")
    if first.confirmed is not case.confirmed:
        out.append(f"confirmed is {first.confirmed}")
    asked = {one.fact for one in first.ask}
    out += [f"does not ask for {fact}" for fact in case.asks if fact not in asked]
    return out


def changes(before: Text, after: Text, cases: Sequence[WorkedCase]) -> list[Change]:
    """Every worked case and ground of which the two texts do not say the same."""
    out = []
    for case in cases:
        old, new = consider(before, case.facts), consider(after, case.facts)
        for one in _both(old, new):
            a, b = old.of(one), new.of(one)
            if a.result != b.result:
                out.append(Change(case, one, a.result, b.result, a.paragraphs, b.paragraphs))
    return out


def _both(old: Answer, new: Answer) -> list[str]:
    """Grounds of both; one that a proposal drops or adds is not compared with nothing."""
    known = {one.ground.id for one in new.grounds}
    return [one.ground.id for one in old.grounds if one.ground.id in known]
