"""Templates of the arrivals file, to be filled in: CSV, Excel with choices to pick, and a JSON schema."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from partage.core.household import HOLDS, MODES
from partage.intake.arrivals import AGE_COLUMNS, COLUMNS, MAX_PERSONS, OPTIONAL, REQUIRED, UNKNOWN
from partage.intake.limits import MAX_CELL, MAX_LIST, MAX_ROWS
from partage.packs.pack import Pack

YES_NO = ("yes", "no")
COUNTED = (*AGE_COLUMNS, UNKNOWN)
LISTS = ("birth_dates", "care", "avoid", "linked_to", "languages", "wishes", "ties", "skills")
BORN = r"^(unknown|\?|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$"
PATTERNS = {
    "room_need": r"room(\.family)?(:[1-9])?",
    "referred_on": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
# a list that is filled in by hand asks for no birth date: the counts are enough to find a place
FILLED_IN = tuple(name for name in (*REQUIRED, *OPTIONAL) if name != "birth_dates")
ROWS = 500  # rows of the workbook that offer choices


def choices(pack: Pack) -> dict[str, tuple[str, ...]]:
    """The columns whose cells are one of a few words, with the words."""
    return {
        "entry_point": tuple(point.id for point in pack.entry_points),
        "mode": MODES,
        "guardian": ("yes", "no", "unknown"),
        "age_disputed": YES_NO,
        "objects_to_automation": YES_NO,
        "hold": HOLDS,
        "mobility": YES_NO,
        "official_language": ("en", "fr"),
        "synthetic": YES_NO,
    }


def services(pack: Pack) -> tuple[str, ...]:
    """The services that a household may need or ask for."""
    return tuple(s.id for s in pack.services if not s.id.startswith(("person", "room")))


def places(pack: Pack) -> tuple[str, ...]:
    """The regions and sites that may be unsafe for a household."""
    return (*(region.id for region in pack.regions), *(site.id for site in pack.sites))


def regions(pack: Pack) -> tuple[str, ...]:
    """The regions as one may write them: ``CA-ON`` or ``ON``."""
    return tuple(code for r in pack.regions for code in (r.id, r.id.partition("-")[2]))


def csv_template(pack: Pack) -> bytes:
    """The first row alone, in UTF-8 with a mark so that spreadsheets read the accents."""
    return ("\ufeff" + ",".join(FILLED_IN) + "\n").encode("utf-8")


def excel_template(pack: Pack) -> bytes:
    """A workbook with one sheet: names in the first row, choices to pick from, text where text is."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("arrivals")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for column, name in enumerate(FILLED_IN):
        sheet.write_string(0, column, name, bold)
        numeric = name in COUNTED
        sheet.set_column(column, column, max(10, len(name) + 2), None if numeric else text)
        if name in choices(pack):
            source = list(choices(pack)[name])
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": source})
        if numeric:
            limits = {
                "validate": "integer",
                "criteria": "between",
                "minimum": 0,
                "maximum": MAX_PERSONS,
            }
            sheet.data_validation(1, column, ROWS, column, limits)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def json_schema(pack: Pack) -> bytes:
    """The JSON Schema (2020-12) of a file of arrivals: a list of households.

    What it refuses is a fault of the row. What it cannot say: a reference twice in the file, more
    than 40 persons in all, birth dates that do not fit the counts, a date that no calendar has.
    """
    properties = {name: _property(name, pack) for name in (*REQUIRED, *OPTIONAL)}
    some = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "minItems": 1}]}
    counted = {name: {"type": ["integer", "string"], "pattern": "."} for name in AGE_COLUMNS}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Arrivals for the pack {pack.id} {pack.version}",
        "type": "array",
        "maxItems": MAX_ROWS,
        "items": {
            "type": "object",
            "required": list(COLUMNS.required),
            "properties": properties,
            "anyOf": [
                {"required": list(AGE_COLUMNS), "properties": counted},
                {"required": ["birth_dates"], "properties": {"birth_dates": some}},
            ],
            "additionalProperties": False,
        },
    }
    return json.dumps(schema, indent=1, ensure_ascii=False).encode("utf-8") + b"\n"


def _property(name: str, pack: Pack) -> dict[str, Any]:
    """What may stand in one column."""
    if name in ("reference", "entered_at"):
        pattern = r"(Z|[+-]\d\d:?\d\d)$" if name == "entered_at" else r"\S"
        return {"type": "string", "pattern": pattern, "maxLength": MAX_CELL}
    if name in COUNTED:
        number = {"type": "integer", "minimum": 0, "maximum": MAX_PERSONS}
        return {"anyOf": [number, {"type": "string", "pattern": "^[0-9]*$"}, {"type": "null"}]}
    words = choices(pack).get(name)
    if words:
        blank = [] if name in REQUIRED else ["", None]
        return {"enum": [*words, *([True, False] if words == YES_NO else []), *blank]}
    if name in PATTERNS:
        return {"type": ["string", "null"], "pattern": f"^({PATTERNS[name]})?$"}
    text = {"type": ["string", "null"], "maxLength": MAX_CELL}
    if name not in LISTS:
        return text
    one: dict[str, Any] = {"type": "string"}
    codes = {"care": services(pack), "avoid": places(pack), "wishes": regions(pack)}.get(name)
    if codes:
        one = {"enum": list(codes)}
        either = "|".join(map(re.escape, codes))
        text = {**text, "pattern": f"^\\s*(({either})(\\s*;\\s*({either}))*)?\\s*;?\\s*$"}
    if name == "birth_dates":
        one = {"type": "string", "pattern": BORN}
        text = {**text, "pattern": f"^({BORN[1:-1]}(;{BORN[1:-1]})*)?$"}
    many = {"type": "array", "items": one, "maxItems": MAX_LIST}
    return {"anyOf": [{**many, "uniqueItems": True} if name in ("care", "avoid") else many, text]}


TEMPLATES: Mapping[str, Callable[[Pack], bytes]] = {
    ".csv": csv_template,
    ".xlsx": excel_template,
    ".json": json_schema,
}
