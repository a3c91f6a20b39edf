"""What a disclosure of many households holds: a sheet of cases by field, and a page on what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.report.sheet import Column, Sheet

Case = Mapping[str, Mapping[str, Any]]  # field -> name -> value
READ_ME = """\
What this is
------------
Data about {n} household(s), told to {to}.
Fields: {fields}. Ground: {ground}. It rests on: {instrument}.
Made {at} by {role}. Each household has a line in the office's ledger of disclosures, and may ask to see it.
Use it for that purpose alone, keep it no longer than that takes, and destroy it after.
cases.csv has an HXL row; cases.xlsx is the same as a workbook.

Ce que c'est
------------
Des données sur {n} ménage(s), communiquées à {to}.
Champs : {fields}. Fondement : {ground}. Acte : {instrument}.
Fait le {at} par {role}. Chaque ménage a une ligne au registre des communications et peut
demander à la voir.
N'utilisez ces données qu'à cette fin, ne les gardez pas plus longtemps qu'il ne faut, puis détruisez-les.
cases.csv porte une ligne HXL ; cases.xlsx est la même chose en classeur.
"""


def cases(people: Mapping[str, Case], at: str) -> Sheet:
    """A row a household: its code, then each field it is told by, flattened."""
    flat = {case: _flat(fields) for case, fields in people.items()}
    names = list(dict.fromkeys(name for row in flat.values() for name in row))
    columns = [Column("case", "#meta+case", "string", "The code of the case.")]
    columns += [
        Column(name, f"#meta+{name}", "any", f"{name.replace('_', ' ', 1)}, as the office has it.")
        for name in names
    ]
    rows = [(case, *(row.get(name) for name in names)) for case, row in flat.items()]
    return Sheet("cases", at[:10], tuple(columns), at, rows)


def _flat(fields: Case) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, values in fields.items():
        for name, value in values.items():
            if isinstance(value, Mapping):
                found |= {f"{field}_{name}_{key}": one for key, one in value.items()}
            elif isinstance(value, Sequence) and not isinstance(value, str):
                found[f"{field}_{name}"] = "; ".join(map(str, value))
            else:
                found[f"{field}_{name}"] = value
    return found
