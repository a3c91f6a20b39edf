"""Cases that look like one household: the list, two side by side, and what people say they are."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from partage.casework.duplicate import ANSWERS
from partage.core.errors import InputRefused, NotFound, no_such
from partage.core.units import CASE_ID
from partage.faces.web.at import At
from partage.faces.web.render import state_name
from partage.faces.web.screens.arrivals import named_codes
from partage.faces.web.table import act, look


@look("/duplicates", verb="duplicate")
def duplicates(at: At) -> Response:
    """Every pair that nobody has said what it is, the oldest first; and any two that somebody names."""
    first, second = at.asked("first").upper(), at.asked("second").upper()
    if first and second:
        return RedirectResponse(f"/{at.lang}/duplicate/{_case(first)}/{_case(second)}", 303)
    return at.page("duplicates.html", pairs=at.office.pairs(), first=first, second=second)


def _case(text: str) -> str:
    if not CASE_ID.match(text):
        raise NotFound(no_such("case", text), "A case id is H- and ten characters.")
    return text


@look("/duplicate/{kept}/{other}", verb="duplicate")
def side_by_side(at: At) -> Response:
    """Two cases beside each other, cell by cell, with where they differ; the look is logged."""
    kept, other = at.path["kept"], at.path["other"]
    pairs = [one for one in at.office.pairs() if set(one["cases"]) == {kept, other}]
    rows = [
        (name, _words(at, name, a), _words(at, name, b), a != b)
        for name, a, b in at.office.side_by_side(kept, other)
        if (a or b) and name != "reference"
    ]
    return at.page(
        "duplicate.html", kept=kept, beside=other, rows=rows, pair=pairs[0] if pairs else None,
        answers=[(code, at.t(f"twins.answer-{code}", kept=kept, other=other)) for code in ANSWERS],
        differ=sum(row[3] for row in rows),
    )  # fmt: skip


def _words(at: At, name: str, value: str) -> str:
    """A cell in words: codes by their names, days and hours as this language writes them."""
    if not value:
        return ""
    if name == "state":
        return state_name(at.lang, value)
    if name == "entered_at":
        return at.t.moment(value, at.office.pack.entry_points[0].zone)
    if name in ("mode", "hold", "official_language") and at.t.has(f"{_TABLES[name]}.{value}"):
        return at.t(f"{_TABLES[name]}.{value}")
    if value in ("yes", "no"):
        return at.t(f"form.{value}")
    codes: dict[str, Any] = named_codes(at)
    return ", ".join(str(codes.get(one, one)) for one in value.split(";"))


_TABLES = {"mode": "mode", "hold": "hold", "official_language": "language"}


@act("/duplicate/{kept}/{other}", verb="duplicate")
def say(at: At) -> Response:
    """Record whether they are one; same closes the second, and its people are counted once."""
    kept, other, answer = at.path["kept"], at.path["other"], at.sent("answer")
    if not answer:
        raise InputRefused(at.t("twins.no-answer"), at.t("twins.choose-answer"))
    done = at.office.duplicate(kept, other, answer, idem=at.key())
    return at.go("/duplicates", done=f"twins-{answer}", said_=done)
