"""A roof for one night on one officer's word, and the second person's look at it."""

from __future__ import annotations

from starlette.responses import Response

from partage.casework.roof import OUTCOMES, WHY
from partage.core.errors import InputRefused
from partage.faces.web.at import At
from partage.faces.web.table import act, look


@look("/roofs", verb="place|review")
def roofs(at: At) -> Response:
    """Roofs that wait for a second person, and a form to give one tonight."""
    rows, french = at.office.roofs(), at.lang == "fr"
    return at.page(
        "roofs.html", rows=[one for one in rows if one["state"] == "open"],
        looked=[one for one in rows if one["state"] != "open"],
        sites=[(str(s.id), s.name_fr if french else s.name_en) for s in at.office.pack.sites],
        whys=[(one, at.t(f"roofs.why-{one}")) for one in WHY],
        outcomes=[(one, at.t(f"roofs.outcome-{one}")) for one in OUTCOMES],
    )  # fmt: skip


@act("/roofs", verb="place")
def give_roof(at: At) -> Response:
    """A roof for this night; never across a region, never beyond what is free tonight."""
    done = at.office.emergency(
        at.sent("case").upper(), at.sent("site"), why=at.sent("why"), idem=at.key()
    )
    return at.go("/roofs", done="roof-given", said_=done)


@act("/roof/{roof}", verb="review")
def look_at_roof(at: At) -> Response:
    """A second person looks at it the next day; the household keeps its roof."""
    if not at.sent("outcome"):
        raise InputRefused(at.t("requests.no-outcome"), at.t("requests.choose-outcome"))
    done = at.office.review_roof(at.path["roof"], at.sent("outcome"), idem=at.key())
    return at.go("/roofs", done="roof-looked", said_=done)
