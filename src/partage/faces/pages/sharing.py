"""``due`` and ``parts`` as text and data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partage.apportion import METHODS
from partage.apportion.laws import CLAIMS
from partage.core.errors import InputRefused
from partage.core.marks import plain
from partage.core.registry import Shelf
from partage.core.shares import Apportionment, Shares
from partage.core.situation import Figure
from partage.forecast import PREDICTORS
from partage.keys import KEYS, shares_of
from partage.packs.figure_sets import load_figures
from partage.packs.loader import load_pack
from partage.packs.pack import Pack
from partage.place.mechanisms import MECHANISMS
from partage.place.value import AIMS
from partage.report.effort import (
    effort,
    effort_data,
    effort_tables,
    money,
    payments_apart,
)
from partage.report.owed import owed, owed_table
from partage.report.table import Table

WHOLE = re.compile(r"^-?\d{1,9}$", re.ASCII)


def due_answer(
    pack_or_name: str | Pack,
    keys: Sequence[str],
    persons: int,
    day: date,
    *,
    regions: str,
    roundings: Sequence[str],
    figures: str,
    params: Sequence[str],
    lots: tuple[str, ...],
    received: bool,
    by_year: bool = False,
) -> tuple[dict[str, Any], str, list[str]]:
    """Shares and whole persons for each key and rounding, with every step in the data."""
    pack = None if figures else _pack(pack_or_name)
    known = load_figures(figures) if pack is None else pack.figures
    names = _regions(regions, pack, known)
    order = tuple(pack.region_id(r) if pack else r for r in lots)
    made: list[tuple[Shares, list[Apportionment]]] = []
    for key in keys:
        given = _params(params)
        shares = shares_of(key, given, names, known, day, persons=persons)
        made.append((shares, [METHODS[name](persons, shares, order) for name in roundings]))
    text = "\n".join(str(_due_table(shares, rounded, pack)) for shares, rounded in made)
    data: dict[str, Any] = {"persons": persons, "day": day, "keys": [_data(*one) for one in made]}
    if received and pack is not None:
        rows = owed(pack, names)
        text += f"\n{owed_table(rows, pack)}"
        data["received"] = [
            {
                "region": r.region,
                "basis": r.basis.name,
                **plain({"received": r.received, "more": r.more}),
            }
            for r in rows
        ]
    if by_year and pack is not None:
        text += _by_year(pack, names, keys, _params(params), data)
    assumed = [shares.origin.assumption for shares, _ in made if shares.origin.assumption]
    return data, text, list(dict.fromkeys(assumed))


def _by_year(
    pack: Pack,
    regions: Sequence[str],
    keys: Sequence[str],
    params: Mapping[str, Any],
    data: dict[str, Any],
) -> str:
    """The history of effort, put into the data, and as text."""
    rows = effort(pack, regions, keys, params)
    costs, apart = money(pack, regions), payments_apart(pack, regions)
    data["by_year"] = effort_data(rows, costs, apart)
    return "\n" + "\n".join(str(table) for table in effort_tables(rows, costs, apart, pack))


def _pack(pack_or_name: str | Pack) -> Pack:
    return load_pack(pack_or_name) if isinstance(pack_or_name, str) else pack_or_name


def _due_table(shares: Shares, rounded: Sequence[Apportionment], pack: Pack | None) -> Table:
    basis = dict(shares.basis)
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (
            region,
            f"{float(100 * share):.4f} %",
            *(one.of(region) for one in rounded),
            basis.get(region, ""),
        )
        for region, share in shares.of
    )
    given = [sum(n for _, n in one.persons) for one in rounded]
    notes = [
        f"{one.method}: {total:,} of {one.total:,} persons{_rest(one)}"
        + (f"; drawn: {', '.join(one.draw)}" if one.draw else "")
        for one, total in zip(rounded, given, strict=True)
    ]
    return Table(
        f"{shares.key}: persons due",
        ("region", "share", *(one.method for one in rounded), "basis"),
        (*rows, ("together", "100 %", *given, "")),
        (*notes, f"figures: {shares.definition}", f"from: {shares.origin}"),
    )


def _rest(one: Apportionment) -> str:
    if not one.rest:
        return ""
    return f"; it does not add up: {abs(one.rest):,} {'too few' if one.rest > 0 else 'too many'}"


def _data(shares: Shares, rounded: Sequence[Apportionment]) -> dict[str, Any]:
    return {
        "key": shares.key,
        "definition": shares.definition,
        "source": str(shares.origin),
        "shares": plain({str(region): share for region, share in shares.of}),
        "basis": dict(shares.basis),
        "roundings": [
            {
                "method": one.method,
                "persons": dict(one.persons),
                "rest": one.rest,
                "draw": list(one.draw),
                "steps": plain(
                    [
                        {"region": s.region, "given": s.given, "claim": s.claim, "why": s.why}
                        for s in one.steps
                    ]
                ),
            }
            for one in rounded
        ],
    }


def _regions(text: str, pack: Pack | None, figures: Sequence[Figure]) -> list[str]:
    if text != "all":
        names = [part.strip() for part in text.split(",") if part.strip()]
        return [str(pack.region_id(name)) if pack else name for name in names]
    if pack is not None:
        return [str(region.id) for region in pack.regions]
    return sorted({figure.region for figure in figures})


def _params(params: Sequence[str]) -> dict[str, Any]:
    """NAME=VALUE as a key takes it: a number, a list with commas, a table with colons, or text."""
    out: dict[str, Any] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise InputRefused(f"'{param}' is not a parameter.", "Write it as --param months=12.")
        if WHOLE.match(value) and name not in ("year", "window"):
            out[name] = int(value)
        elif ":" in value:
            pairs = (part.partition(":") for part in value.split(","))
            out[name] = {measure.strip(): weight.strip() for measure, _, weight in pairs}
        elif "," in value or name in ("capped", "over"):
            out[name] = tuple(part.strip() for part in value.split(",") if part.strip())
        else:
            out[name] = value
    return out


def parts_answer(shelf: str) -> tuple[dict[str, Any], str]:
    """Every part on the shelves with its promise and its source."""
    shelves: Mapping[str, Shelf[Any]] = {
        "keys": KEYS, "methods": METHODS, "mechanisms": MECHANISMS, "predictors": PREDICTORS,
    }  # fmt: skip
    if shelf and shelf not in (*shelves, "priorities"):
        raise InputRefused(
            f"There is no shelf '{shelf}'.", f"Known: {', '.join((*shelves, 'priorities'))}."
        )
    data: dict[str, Any] = {}
    text = []
    for name, parts in shelves.items():
        if shelf in ("", name):
            data[name] = [_label(parts, part) for part in parts]
    if shelf in ("", "priorities"):
        data["priorities"] = [
            {"name": name, "promise": str(aim.__doc__).split("\n")[0], "source": "", "laws": []}
            for name, aim in AIMS.items()
        ]
    for name, rows in data.items():
        text.append(f"{name}\n")
        for row in rows:
            text.append(f"  {row['name']}: {row['promise']}")
            text += [f"      laws kept: {', '.join(row['laws'])}"] if row["laws"] else []
            text += [f"      source: {row['source']}"] if row["source"] else []
        text.append("")
    return data, "\n".join(text)


def _label(shelf: Shelf[Any], part: str) -> dict[str, Any]:
    label = shelf.labels[part]
    laws = sorted(CLAIMS.get(part, ())) if shelf is METHODS else []
    return {"name": part, "promise": label.promise, "source": label.source, "laws": laws}
