"""The envelope of every answer: the same object on the command line and over the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from partage.core.findings import Finding

_WEIGHTS = {"fault": 0, "warning": 1, "note": 2}


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, the gravest first."""
    return sorted(set(findings), key=lambda f: (_WEIGHTS[f.weight], _natural(f.where), f.what))


@lru_cache(maxsize=20_000)
def _natural(text: str) -> tuple[str | int, ...]:
    """As people sort: entry 39 before entry 100."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", text))


def envelope(
    verb: str,
    data: Any,
    *,
    findings: Iterable[Finding] = (),
    marks: Mapping[str, str] | None = None,
    assumptions: Iterable[str] = (),
    ok: bool = True,
    error: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One answer as the contract has it; ``error`` only where something was refused or found wrong."""
    said: dict[str, Any] = {
        "partage": 1,
        "verb": verb,
        "ok": ok,
        "data": data,
        "findings": [finding.as_dict() for finding in by_weight(findings)],
        "marks": dict(marks or {}),
        "assumptions": list(assumptions),
    }
    if error:
        said["error"] = dict(error)
    return said


def as_json(value: Any) -> Any:
    """What JSON has no form for, in the form of the contract; for ``json.dumps(default=…)``."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
