"""Lists in pages: a cursor says after which row the next page begins, whatever was added meanwhile."""

from __future__ import annotations

import base64
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from partage.core.errors import InputRefused

Key = tuple[str, ...]


def page_read(
    read: Callable[[Key, int], Sequence[Any]], key: Callable[[Any], Key], cursor: str, limit: int
) -> tuple[list[Any], str]:
    """A page of a list that is too long to be read whole: ``read`` gives so many rows after a key."""
    found = list(read(_read(cursor) if cursor else (), limit + 1))
    shown = found[:limit]
    return shown, _write(key(shown[-1])) if len(found) > limit else ""


def page(
    rows: Sequence[Any], key: Callable[[Any], Key], cursor: str, limit: int
) -> tuple[list[Any], str]:
    """The rows after the cursor in the order of their keys, and the next cursor, "" at the end."""
    ordered = sorted(rows, key=key)
    start = bisect_right(ordered, _read(cursor), key=key) if cursor else 0
    shown = ordered[start : start + limit]
    more = start + limit < len(ordered)
    return shown, _write(key(shown[-1])) if more and shown else ""


def _write(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _read(cursor: str) -> Key:
    try:
        said = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(said, list) or not all(isinstance(part, str) for part in said):
            raise ValueError
    except (ValueError, RecursionError):
        raise InputRefused(
            "This cursor is not one that a page gave.", "Begin with the first page."
        ) from None
    return tuple(said)
