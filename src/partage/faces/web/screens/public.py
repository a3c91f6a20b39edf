"""The public page: notice, how a place is decided, figures of the month, the assessment. Nobody's data."""

from __future__ import annotations

from starlette.responses import Response

from partage.faces.web.at import At
from partage.faces.web.table import look
from partage.office.published import published
from partage.report.public import FIGURES


@look("/public", verb="", public=True)
def public(at: At) -> Response:
    """What this office does, how a place is decided, and what it did by month, in numbers."""
    office = at.office
    months = published(office.journal, office.clock, office.pack.entry_points[0].zone)
    return at.page("public.html", months=months, figures=FIGURES)


@look("/public/impact", verb="", public=True)
def impact(at: At) -> Response:
    """The text for an Algorithmic Impact Assessment: what decides, on what, with which risks."""
    return at.page("impact.html", parts_=range(1, 8))
