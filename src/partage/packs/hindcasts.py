"""Hindcasts as files: every number with its range and its source or assumption."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.core.errors import InputRefused
from partage.core.hindcast import Hindcast, Prior
from partage.packs.scenario_base import read_toml
from partage.packs.scenario_fields import Block
from partage.packs.tables import Faults

SHAPES = ("even", "arcsine", "log", "log-triangle", "whole", "observed", "bound")
HEAD = {
    "id", "until", "without_first", "without_last", "offer_to_all", "region", "measure",
    "recent_months", "first_transfer", "predicts", "cities", "starts", "counted", "given",
    "given_on", "asked",
}  # fmt: skip
PRIOR = {"name", "least", "most", "shape", "instead", "closed_first", "closed_last"}


def read_hindcasts(files: Mapping[str, bytes], faults: Faults) -> dict[str, Hindcast]:
    """Every hindcast of the pack, by its id; what is wrong with a file is a fault of the pack."""
    out: dict[str, Hindcast] = {}
    for path, data in sorted(files.items()):
        if path.startswith("hindcasts/") and path.endswith(".toml"):
            try:
                made = parse_hindcast(read_toml(data, path), path)
            except InputRefused as refusal:
                faults.add(path, refusal.what, refusal.do)
                continue
            if made.id in out:
                faults.add(path, f"the hindcast '{made.id}' stands twice", "rename one")
            out[made.id] = made
    return out


def parse_hindcast(raw: Mapping[str, Any], where: str) -> Hindcast:
    """The hindcast that a file describes; refused with the field that is wrong."""
    head = Block(raw.get("hindcast"), f"{where}, hindcast,", HEAD)
    without = head.day("without_first"), head.day("without_last")
    until, predicts = head.day("until"), head.day("predicts")
    if without[1] < without[0] or predicts <= until:
        raise head.no(
            "has days in the wrong order", "predicts lies after until, without_last after its first"
        )
    priors = [_prior(one, where) for one in _blocks(raw, "parameter")]
    aside = [Block(one, f"{where}, set_aside,", {"place"}) for one in _blocks(raw, "set_aside")]
    fixed = [Block(one, f"{where}, fixed,", {"name", "value"}) for one in _blocks(raw, "fixed")]
    said = [
        head.origin(), *(b.origin() for b in aside), *(p.origin for p in priors),
        *(b.origin() for b in fixed),
    ]  # fmt: skip
    return Hindcast(
        id=head.text("id"), until=until, without=without, offer_to_all=head.day("offer_to_all"),
        region=head.text("region"), measure=head.text("measure"),
        recent_months=head.whole("recent_months", 3, most=60), predicts=predicts,
        first_transfer=head.day("first_transfer"), cities=head.words("cities"),
        starts=head.words("starts"), counted=head.text("counted"), given=head.text("given"),
        given_on=head.day("given_on"), asked=head.text("asked"),
        set_aside={b.text("place"): b.origin().assumption for b in aside},
        priors={p.name: p for p in priors}, fixed={b.text("name"): b.number("value") for b in fixed},
        assumptions=tuple(dict.fromkeys(o.assumption for o in said if o.assumption)),
    )  # fmt: skip


def _blocks(raw: Mapping[str, Any], name: str) -> list[Any]:
    found = raw.get(name, [])
    return found if isinstance(found, list) else [found]


def _prior(raw: Any, where: str) -> Prior:
    name = raw.get("name", "") if isinstance(raw, dict) else ""
    block = Block(raw, f"{where}, parameter '{name}',", PRIOR)
    least, most = block.number("least"), block.number("most")
    shape, instead = block.text("shape"), block.text("instead", "")
    if least >= most:
        raise block.no(f"has a range from {least:g} to {most:g}", "least comes first")
    for one in (shape, *([instead] if instead else [])):
        if one not in SHAPES or (one.startswith("log") and least <= 0):
            raise block.no(
                f"cannot be spread as '{one}'", f"known: {', '.join(SHAPES)}; log above 0"
            )
    closed = None
    if "closed_first" in block.raw:
        closed = block.day("closed_first"), block.day("closed_last")
    return Prior(block.text("name"), least, most, shape, instead, block.origin(), closed)
