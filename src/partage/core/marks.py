"""Marks: fingerprints of canonical JSON (RFC 8785), so that two people can see the same thing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import orjson

AS_IT_IS = frozenset((str, bool, type(None)))  # plain in themselves
MAX_INT = 2**53 - 1  # RFC 8785 section 3.2.2.3: larger integers do not survive an ECMAScript parser


def plain(value: Any) -> Any:
    """The value as plain JSON types: fractions as "p/q", dates ISO; anything else is refused.

    Floats are refused: nothing approximate is ever sealed. Keys are ASCII, so that sorting by
    code point is sorting by UTF-16 unit, as RFC 8785 section 3.2.3 asks.
    """
    kind = type(value)  # the usual ones first: looking at what a class inherits takes far longer
    if kind is dict:
        made = {}
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                _check_keys(value)
            made[key] = item if type(item) in AS_IT_IS else plain(item)
        return made
    if kind is list or kind is tuple:
        return [item if type(item) in AS_IT_IS else plain(item) for item in value]
    if kind is int and -MAX_INT <= value <= MAX_INT:
        return value
    if kind is Fraction:
        return f"{value.numerator}/{value.denominator}"
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INT:
            raise ValueError("an integer beyond 2^53 - 1 cannot be sealed; write it as a string")
        return int(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime):
        raise ValueError("write an instant with core.units.instant before sealing it")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        _check_keys(value)
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (Sequence, frozenset, set)) and not isinstance(value, (bytes, bytearray)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    raise ValueError(f"a {type(value).__name__} cannot be sealed")


def _check_keys(value: Mapping[Any, Any]) -> None:
    for key in value:
        if not isinstance(key, str) or not key.isascii():
            raise ValueError(f"the key {key!r} cannot be sealed: keys are ASCII strings")


def dumps(value: Any) -> bytes:
    """Canonical JSON of a value that is already plain."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # what only the slower writer takes, such as an integer beyond 64 bits
        pass
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")


def written(data: bytes) -> Any:
    """Canonical JSON that stands as it is inside what ``dumps`` is given: no need to write it again."""
    return orjson.Fragment(data)


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785) of a value; refuses what has no exact form."""
    return dumps(plain(value))


def mark(value: Any) -> str:
    """``sha256:`` and the hex digest of the canonical JSON of a value."""
    return mark_of_bytes(canonical(value))


def mark_of_bytes(data: bytes) -> str:
    """``sha256:`` and the hex digest of some bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
