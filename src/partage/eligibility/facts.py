"""What is known of one claimant, for as long as the question lasts; unknown is left out.

A fact that cannot be right is named and not used: the answer is then given without it, which can
make it unknown but never wrong.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.eligibility.conditions import BIRTH, MINOR, Value, passed
from partage.eligibility.text import FactKind, Text

ENTRY, CLAIM, DECIDED = "entry", "claim", "decided"
IN_ORDER = (ENTRY, CLAIM, DECIDED)
UNKNOWN = "unknown"  # may be written; it says the same as leaving it out
MOST_RELATIVES = 50
AGE = 18


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a claimant and of each relative by their ids; what is not there is not known."""

    known: Mapping[str, Value] = field(default_factory=dict)
    relatives: tuple[Mapping[str, Value], ...] = ()


def read_facts_file(data: bytes, where: str) -> Mapping[str, Any]:
    """The table of a facts file; refused if it is no TOML."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        raise InputRefused(
            f"{where} is not a readable TOML file.",
            'Write one fact a line, such as: mode = "land-port".',
        ) from None


def read_facts(
    raw: Mapping[str, Any], text: Text, *, today: date | None = None
) -> tuple[Facts, list[Finding]]:
    """The facts that can be used, and what is wrong with the others.

    ``raw``: ids to values, and ``relative`` for a list of the same. ``today`` only to see that a
    birth date lies in the future.
    """
    found: list[Finding] = []
    known = _read({k: v for k, v in raw.items() if k != "relative"}, text.kinds, "", found)
    rows = raw.get("relative", [])
    if not isinstance(rows, Sequence) or isinstance(rows, str) or len(rows) > MOST_RELATIVES:
        found.append(
            _fault("relative", f"is not a list of at most {MOST_RELATIVES} relatives",
                   "write one [[relative]] block for each")
        )  # fmt: skip
        rows = []
    relatives = []
    for number, row in enumerate(rows, start=1):
        where = f"relative {number}, "
        if isinstance(row, Mapping):
            relatives.append(_read(row, text.relative_kinds, where, found))
        else:
            found.append(_fault(where + "all", "is not a block of facts", "write [[relative]]"))
            relatives.append({})  # somebody was meant: not known who
    _check_days(known, today, found)
    _check_age(known, found)
    return Facts(known, tuple(relatives)), found


def _read(
    raw: Mapping[str, Any], kinds: Mapping[str, FactKind], where: str, found: list[Finding]
) -> dict[str, Value]:
    known: dict[str, Value] = {}
    for name, value in raw.items():
        kind = kinds.get(name)
        if kind is None:
            near = get_close_matches(name, kinds, 1)
            do = f"did you mean {near[0]}?" if near else f"use: {', '.join(kinds)}"
            shown = name if name.isidentifier() and len(name) < 40 else "a word"
            found.append(_fault(f"{where}{shown}", "is not a fact of this text", do))
        elif value != UNKNOWN:
            usable = _value(value, kind)
            if isinstance(usable, Finding):
                found.append(_fault(f"{where}{name}", usable.what, usable.do))
            else:
                known[name] = usable
    return known


def _value(value: Any, kind: FactKind) -> Value | Finding:
    if kind.type == "yes-no":
        if isinstance(value, bool):
            return value
        return _fault("", "is not true or false", 'write true, false or "unknown"')
    if kind.type == "choice":
        if isinstance(value, str) and value in kind.values:
            return value
        return _fault("", "is not a word of this text", f"use one of: {', '.join(kind.values)}")
    day = _day(value)
    if day is None:
        return _fault("", "is not a day", "write it as 2023-02-20")
    if kind.after is not None and day <= kind.after:
        return _fault("", f"is not after {kind.after}", "only a later day is meant here")
    return day


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _check_days(known: dict[str, Value], today: date | None, found: list[Finding]) -> None:
    """Days that contradict each other are both set aside: nobody can know here which is wrong."""
    pairs = [
        (CLAIM, ENTRY, "the claim lies before the entry"),
        (DECIDED, CLAIM, "the decision lies before the claim"),
        (DECIDED, ENTRY, "the decision lies before the entry"),
        (ENTRY, "first_entry", "the entry lies before the first entry"),
        (CLAIM, "first_entry", "the claim lies before the first entry"),
    ]
    wrong: set[str] = set()
    for later, earlier, what in pairs:
        if _before(known.get(later), known.get(earlier)) and not {later, earlier} <= wrong:
            found.append(_fault(f"{earlier}, {later}", what, "correct one; neither was used"))
            wrong |= {later, earlier}
    born = known.get(BIRTH)
    if isinstance(born, date):
        first = [
            v for k in (ENTRY, "first_entry", CLAIM, DECIDED) if isinstance(v := known.get(k), date)
        ]
        if any(born > day for day in first) or (today is not None and born > today):
            found.append(_fault(BIRTH, "the birth date lies in the future", "correct it; not used"))
            wrong.add(BIRTH)
    for name in wrong:
        known.pop(name, None)


def _check_age(known: dict[str, Value], found: list[Finding]) -> None:
    born, minor, on = known.get(BIRTH), known.get(MINOR), known.get(CLAIM)
    if isinstance(born, date) and isinstance(minor, bool) and isinstance(on, date):
        reached = passed(on, born, AGE, "year", strictly=False)
        if reached is minor:
            found.append(
                _fault(f"{BIRTH}, {MINOR}", "contradict each other on the day of the claim",
                       "correct one; neither was used")
            )  # fmt: skip
            known.pop(BIRTH), known.pop(MINOR)


def _before(later: Value | None, earlier: Value | None) -> bool:
    return isinstance(later, date) and isinstance(earlier, date) and later < earlier


def _fault(where: str, what: str, do: str) -> Finding:
    return Finding(where, what, do, "fault")
