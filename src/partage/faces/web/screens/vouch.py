"""Colleagues who lost their second factor: who asks, and a word for one of them."""

from __future__ import annotations

from starlette.responses import Response

from partage.casework.vouch import WHY
from partage.faces.web.at import At
from partage.faces.web.table import act, look


@look("/vouch", verb="vouch")
def locked_out(at: At) -> Response:
    """Who has shown their password and asks."""
    return _page(at)


@act("/vouch", verb="vouch")
def vouch(at: At) -> Response:
    """A word for somebody; the code for them is on this page and nowhere else."""
    done, code = at.office.vouch(
        at.sent("name"), why=at.sent("why"), instrument=at.sent("instrument"), idem=at.key()
    )
    return _page(at, told=str(done.data["name"]), code=code)


def _page(at: At, *, told: str = "", code: str = "") -> Response:
    asks = [one for one in at.office.locked_out() if one["name"] != told]
    why = [(one, at.t(f"vouch.why-{one}")) for one in WHY]
    return at.page("vouch.html", asks=asks, why_choices=why, told=told, code=code)
