"""What a page shows, taken away as a file: the same numbers, as of the same moment, nobody in them."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from partage.core.errors import NotFound
from partage.core.units import parse_day
from partage.faces.web.at import At
from partage.faces.web.table import look
from partage.office.taken_away import SHEETS
from partage.report.sheet import KINDS, Sheet, written


@look("/list/{list}/{kind}", verb="survey")
def taken(at: At) -> Response:
    """A list as a file."""
    name, kind = at.path["list"], at.path["kind"]
    if name not in SHEETS or kind not in KINDS:
        raise NotFound(at.t("take.none"), at.t("take.choose"))
    day = parse_day(at.asked("day")) if at.asked("day") else None
    return _file(at.office.sheet(name, day), kind)


@look("/plan/{plan}/file/{kind}", verb="explain")
def plan_taken(at: At) -> Response:
    """A plan line by line as a file; the look is logged with the plan."""
    kind = at.path["kind"]
    if kind not in KINDS:
        raise NotFound(at.t("take.none"), at.t("take.choose"))
    return _file(at.office.sheet(at.path["plan"]), kind)


def _file(sheet: Sheet, kind: str) -> Response:
    saved = {"Content-Disposition": f'attachment; filename="{sheet.file_name(kind)}"'}
    return StreamingResponse(written(sheet, kind), headers=saved, media_type=KINDS[kind])
