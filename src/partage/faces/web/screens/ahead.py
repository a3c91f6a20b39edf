"""The days ahead of a destination: who may enter, who may be due there, and how full it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.responses import Response

from partage.casework.survey import city_of
from partage.core.units import operational_day
from partage.faces.web.at import At
from partage.faces.web.table import look
from partage.report.forecast.words import Say

if TYPE_CHECKING:
    from partage.report.simulated_drawing import Chart


@look("/ahead", verb="forecast")
def ahead(at: At) -> Response:
    """The next fourteen days of one's own place, or of the one that is chosen."""
    office = at.office
    own = bool(at.actor.scope) and at.actor.role in ("region", "city", "site")
    where = at.asked("where", at.actor.scope if own else "")
    today = operational_day(office.clock.now(), office.pack.entry_points[0].zone)
    in_force = [one.id for one in office.pack.policies.values() if one.in_force(today)]
    seen = office.forecast(where, policy=at.asked("policy")) if where else None
    return at.page(
        "ahead.html", where=where, own=own, places=[] if own else _places(at),
        policies=[("", at.t("ahead.standing")), *((id_, id_) for id_ in sorted(in_force))],
        policy=at.asked("policy"),
        seen=seen, chart=_drawn(at, seen) if seen else None,
    )  # fmt: skip


def _drawn(at: At, seen: dict[str, Any]) -> tuple[Chart, Markup]:
    """The days as a drawing, made by this server from numbers and escaped words."""
    from partage.report.forecast.here import here_chart
    from partage.report.simulated_drawing import inline

    chart = here_chart(seen, Say("fr" if at.lang == "fr" else "en", at.office.pack))
    return chart, Markup(inline(chart, "here"))


def _places(at: At) -> list[tuple[str, str]]:
    """Every region, city and site that has places."""
    sites = at.office.pack.sites
    french = at.lang == "fr"
    regions = {
        str(r.id): r.name_fr if french else r.name_en
        for r in at.office.pack.regions
        if any(s.region == r.id for s in sites)
    }
    cities = {city_of(site): site.city for site in sites}
    roofs = {str(site.id): site.name_fr if french else site.name_en for site in sites}
    return [*regions.items(), *cities.items(), *roofs.items()]
