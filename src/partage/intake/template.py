"""Templates of the arrivals file, to be filled in: CSV, Excel with choices to pick, and a JSON schema."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from partage.core.household import HOLDS, MODES
from partage.intake.arrivals import AGE_COLUMNS, MAX_PERSONS, OPTIONAL, REQUIRED
from partage.packs.pack import Pack

YES_NO = ("yes", "no")
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


def csv_template(pack: Pack) -> bytes:
    """The first row alone, in UTF-8 with a mark so that spreadsheets read the accents."""
    return ("\ufeff" + ",".join((*REQUIRED, *OPTIONAL)) + "\n").encode("utf-8")


def excel_template(pack: Pack) -> bytes:
    """A workbook with one sheet: names in the first row, choices to pick from, text where text is."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("arrivals")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for column, name in enumerate((*REQUIRED, *OPTIONAL)):
        sheet.write_string(0, column, name, bold)
        numeric = name in AGE_COLUMNS
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
    """The JSON Schema (2020-12) of a file of arrivals: a list of households."""
    properties: dict[str, Any] = {}
    for name in (*REQUIRED, *OPTIONAL):
        properties[name] = {"type": ["string", "null"]}
        if name in AGE_COLUMNS:
            properties[name] = {"type": "integer", "minimum": 0, "maximum": MAX_PERSONS}
        elif name in choices(pack):
            words = list(choices(pack)[name])
            blank = [] if name in REQUIRED else ["", None]
            both = [True, False] if tuple(words) == YES_NO else []
            properties[name] = {"enum": [*words, *both, *blank]}
        elif name in ("care", "avoid", "linked_to", "languages", "wishes", "ties", "skills"):
            many = {"type": "array", "items": {"type": "string"}}
            properties[name] = {"anyOf": [many, {"type": ["string", "null"]}]}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Arrivals for the pack {pack.id} {pack.version}",
        "type": "array",
        "items": {
            "type": "object",
            "required": list(REQUIRED),
            "properties": properties,
            "additionalProperties": False,
        },
    }
    return json.dumps(schema, indent=1, ensure_ascii=False).encode("utf-8") + b"\n"


TEMPLATES: Mapping[str, Callable[[Pack], bytes]] = {
    ".csv": csv_template,
    ".xlsx": excel_template,
    ".json": json_schema,
}
