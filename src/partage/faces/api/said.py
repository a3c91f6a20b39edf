"""What a call answers, before it is written: the parts of the envelope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import Response
from fastapi.responses import StreamingResponse

from partage.core.findings import Finding

if TYPE_CHECKING:
    from partage.office.desk import Done
    from partage.report.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Said:
    """Data with what goes with them; ``next`` is the cursor of the next page of a list."""

    data: Any
    findings: Sequence[Finding] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    assumptions: Sequence[str] = ()
    ok: bool = True
    error: Mapping[str, str] | None = None
    next: str = ""
    wrote: bool = False
    again: bool = False  # answered before, under the same key


def as_file(sheet: Sheet, kind: str) -> Response:
    """A sheet as a file, piece by piece."""
    from partage.report.sheet import KINDS, written

    return StreamingResponse(
        written(sheet, kind),
        headers={"Content-Disposition": f'attachment; filename="{sheet.file_name(kind)}"'},
        media_type=KINDS[kind],
    )


def done(one: Done, *, data: Any = None, marks: Mapping[str, str] | None = None) -> Said:
    """What the office did, as the command line says it too."""
    return Said(
        one.data if data is None else data,
        one.findings,
        marks or {},
        one.assumptions,
        wrote=bool(one.entries),
        again=bool(one.data.get("answered_before")),
    )


def many(all_: Iterable[Done], data: Any) -> Said:
    """Several acts in one answer."""
    acts = list(all_)
    return Said(
        data,
        wrote=any(one.entries for one in acts),
        again=all(one.data.get("answered_before") for one in acts),
    )
