"""The fields of a form that say what a policy's file says, and which parts such a form has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from partage.packs.policies import MOST_SILENT, parse_policy
from partage.report.toml import line_of

Form = Mapping[str, Sequence[str]]
NUMBERS = {  # block, name, least, most
    "nights": ("horizon", "nights", 1, 366), "hours": ("silence", "hours", 1, MOST_SILENT),
    "hair": ("place", "hair", 0, 1000), "moves_at_most": ("replan", "moves_at_most", 0, 1000),
    "stay": ("replan", "stay", 1, 1000),
}  # fmt: skip
SOURCES = {"horizon": "nights", "silence": "hours", "place": "place", "replan": "replan"}
PARAMS = ("received", "window", "months", "capped", "weights")
PARTS = {
    "rule": ("never", "mode", "entry_point", "except", "source", "url"),
    "priority": ("id", "points", "source", "url"),
    "trigger": ("region", "service", "percent", "days", "source", "url"),
}


def fields_of(text: str) -> dict[str, list[str]]:
    """The fields that say what a policy's file says; ``InputRefused`` for a file that is no policy."""
    parse_policy(text.encode(), "given as text")
    raw = tomllib.loads(text)
    head = raw["policy"]
    said: dict[str, list[str]] = {
        name: [str(head.get(name, ""))]
        for name in ("id", "version", "kind", "in_force_from", "in_force_to", "review_on",
                     "assumption", "trigger")
    }  # fmt: skip
    said["blind"] = ["yes"] if head["profile_blind"] else []
    _source_fields(said, "", head)
    for name, (block, key, _, _) in NUMBERS.items():
        said[name] = [str(raw.get(block, {}).get(key, ""))]
    said["mechanism"] = [raw.get("place", {}).get("mechanism", "optimum")]
    for block, name in SOURCES.items():
        _source_fields(said, f"{name}-", raw.get(block, {}))
    key = raw.get("key", {})
    params = key.get("params", {})
    said |= {
        "key": [key.get("name", "")], "key-regions": [key.get("regions", "consenting")],
        "key-rounding": [key.get("rounding", "hamilton")],
        "key-carry": ["yes"] if key.get("carry") else [], "key-ceiling": _words(key.get("ceiling")),
        "key-received": [str(params.get("received", ""))],
        "key-window": [str(params.get("window", ""))],
        "key-months": [str(params.get("months", ""))], "key-capped": _words(params.get("capped")),
        "key-weights": ["\n".join(f"{k} = {v}" for k, v in params.get("weights", {}).items())],
        "key-more": [_more({k: v for k, v in params.items() if k not in PARAMS})],
    }  # fmt: skip
    _source_fields(said, "key-", key)
    for part, names in PARTS.items():
        for number, block in enumerate(raw.get(part, []), 1):
            at = f"{part}-{number}-"
            for name in names:
                if name == "points":
                    points = block.get("points", {}).items()
                    said[f"{at}points"] = ["\n".join(f"{k} = {v}" for k, v in points)]
                elif name not in ("source", "url"):
                    said[at + name] = _words(block.get(name))
            _source_fields(said, at, block)
    return said


def count_of(form: Form, part: str) -> int:
    """How many blocks of a part a form has, the empty ones with them."""
    found = [re.fullmatch(rf"{part}-(\d{{1,3}})-\w+", name) for name in form]
    return max((int(one[1]) for one in found if one), default=0)


def _source_fields(said: dict[str, list[str]], at: str, block: Mapping[str, Any]) -> None:
    source = block.get("source", {})
    said[f"{at}source"], said[f"{at}url"] = [source.get("title", "")], [source.get("url", "")]


def _words(value: Any) -> list[str]:
    return (
        []
        if value is None
        else [str(v) for v in value]
        if isinstance(value, list)
        else [str(value)]
    )


def _more(params: Mapping[str, Any]) -> str:
    return "\n".join(line_of(name, value) for name, value in params.items())
