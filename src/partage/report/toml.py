"""Data as a TOML file, in the order given: what ``tomllib`` reads again as the same data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(data: Mapping[str, Any]) -> str:
    """Tables, lists of tables, texts, whole numbers, days; what is empty is left out."""
    lines: list[str] = []
    for name, value in data.items():
        _put(lines, _name(name), value)
    return "\n".join(lines).rstrip() + "\n"


def _put(lines: list[str], head: str, value: Any) -> None:
    """One table under its head, or a list of tables."""
    many = isinstance(value, (list, tuple))
    for table in value if many else [value]:
        plain = {k: v for k, v in table.items() if not _is_block(v) and v not in ("", None, [], ())}
        blocks = {k: v for k, v in table.items() if _is_block(v) and v}
        if plain or many:
            lines += [f"[[{head}]]" if many else f"[{head}]"]
            lines += [f"{_name(k)} = {_value(v)}" for k, v in plain.items()]
            lines.append("")
        for name, block in blocks.items():
            _put(lines, f"{head}.{_name(name)}", block)


def _is_block(value: Any) -> bool:
    tables = isinstance(value, (list, tuple)) and bool(value) and isinstance(value[0], Mapping)
    return isinstance(value, Mapping) or tables


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    """JSON's escapes are TOML's; the one sign that JSON lets through and TOML does not is escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(item) for item in value)}]"
    return _text(str(value))


def line_of(name: str, value: Any) -> str:
    """One value as a line of its own."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_name(k)} = {_value(v)}" for k, v in value.items())
        return f"{_name(name)} = {{ {inside} }}"
    return f"{_name(name)} = {_value(value)}"
