"""A scenario file as tables, on top of the one it is based on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partage.core.errors import InputRefused, shown

# blocks of a scenario, and what names one of them
BLOCKS = {
    "household": "id", "arrivals": "id", "effect": "id", "site": "id", "places": "", "freeze": "",
    "cap": "", "entry": "region", "policy": "", "lever": "id", "parameter": "name",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What of a pack a scenario may name."""

    regions: Sequence[str]
    sites: Mapping[str, str]  # site -> region
    cities: Sequence[str]
    services: Sequence[str]
    policies: Sequence[str]
    measures: frozenset[tuple[str, str]]
    others: Mapping[str, Mapping[str, Any]]  # files it may be based on, by id, as read


def read_toml(data: bytes, where: str) -> dict[str, Any]:
    """The file as tables; refused in a sentence if it cannot be read."""
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise refusal(where, "is not UTF-8 text", "Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, tomllib.TOMLDecodeError) else ""
        raise refusal(
            where, f"is not a readable TOML file{f' ({said})' if said else ''}", "Correct it."
        ) from None


def based(
    raw: Mapping[str, Any], where: str, known: Known, seen: tuple[str, ...]
) -> dict[str, Any]:
    """The tables with those of what they are based on; a block with the same id replaces."""
    head = raw.get("scenario")
    if not isinstance(head, dict):
        raise refusal(where, "has no [scenario]", "Add it.")
    base = head.get("based_on", "")
    if not base:
        return dict(raw)
    if base in seen or len(seen) > 8:
        raise refusal(where, f"is based on itself by way of '{base}'", "Break the circle.")
    if base not in known.others:
        raise refusal(
            where,
            f"is based on {shown(str(base), otherwise='something')}, which is not there",
            f"Known: {', '.join(sorted(known.others))}.",
        )  # fmt: skip
    under = based(known.others[base], where, known, (*seen, base))
    without = head.get("without", [])
    if not isinstance(without, list) or any(name not in BLOCKS for name in without):
        raise refusal(
            where,
            "is 'without' something that is no kind of block",
            f"Write a list of: {', '.join(BLOCKS)}.",
        )
    under = {name: value for name, value in under.items() if name not in without}
    out = {**under, "scenario": {**under["scenario"], **head}}
    out["scenario"].setdefault("based_on", base)
    for name, value in raw.items():
        if name == "scenario":
            continue
        if name in BLOCKS and isinstance(value, list) and isinstance(under.get(name, []), list):
            out[name] = _merged(under.get(name, []), value, name)
        else:
            out[name] = value
    if "policy" in head:  # a policy for all days replaces the turns
        out.pop("policy", None)
    elif "policy" in raw:
        out["scenario"].pop("policy", None)
    return out


def _merged(under: Sequence[Any], over: Sequence[Any], name: str) -> list[Any]:
    """Blocks of both; what the file says of a site's places, of an id or a name replaces what was there."""

    def key(block: Any) -> Any:
        if not isinstance(block, dict):
            return None
        if name == "parameter":
            return block.get("name"), block.get("site", "")
        if name in ("places", "cap", "freeze"):
            return block.get("site", block.get("party")) if block.get("replaces") else None
        return block.get(BLOCKS[name]) if BLOCKS[name] else None

    new = {key(block) for block in over} - {None}
    site = "site" if name in ("places", "freeze") else "party"

    def kept(block: Any) -> bool:
        if name in ("places", "cap", "freeze"):
            return not (isinstance(block, dict) and block.get(site) in new)
        return key(block) is None or key(block) not in new

    return [*(block for block in under if kept(block)), *over]


def refusal(where: str, what: str, do: str) -> InputRefused:
    """A refusal that names the file."""
    return InputRefused(f"The scenario {where} {what}.", do)
