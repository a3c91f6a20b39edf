"""A forecast as a page: drawings with their tables, how such forecasts did, what it all rests on."""

from __future__ import annotations

from importlib import resources

from partage.report.forecast.chart import drawn
from partage.report.forecast.seen import Seen, page_tables
from partage.report.forecast.words import Say
from partage.report.page.words import Language


def forecast_page(seen: Seen, language: Language) -> str:
    """One HTML file; nothing in it is fetched or run."""
    from jinja2 import Environment, StrictUndefined

    say = Say(language, seen.pack)
    template = resources.files("partage.report.forecast") / "forecast.html.j2"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    panel = seen.outlook.panel
    return environment.from_string(template.read_text("utf-8")).render(
        say=say,
        title=say("title", say.series(seen.ids[0])),
        lead=say("lead", say.month(panel.last), str(seen.outlook.paths.shape[2])),
        sibling="forecast.html" if say.french else "forecast.fr.html",
        drawings=[(say.series(id_), drawn(seen, id_, say)) for id_ in seen.ids],
        tables=page_tables(seen, say),
        no_test=say("no_test", seen.no_test) if seen.no_test else "",
        assumptions=seen.assumptions,
    )
