"""The comparison as a page: tables first, drawings beside them, notes on what everything rests on."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from partage.packs.pack import Pack
from partage.report.differences import Differences
from partage.report.measures import Measures
from partage.report.page import tables
from partage.report.page.charts import due_and_placed
from partage.report.page.maps import maps
from partage.report.page.words import Language, Voice


def plan_page(
    measures: Sequence[Measures],
    differences: Sequence[Differences],
    pack: Pack,
    language: Language,
    *,
    days: Sequence[str] = (),
    assumptions: Sequence[str] = (),
    synthetic: bool = False,
) -> str:
    """One HTML file that sets the policies side by side; nothing in it is fetched or run.

    ``assumptions`` are those of the whole comparison, beside those of each policy.
    """
    from jinja2 import Environment, StrictUndefined

    say = Voice(language)
    names = {str(r.id): r.name_fr if say.french else r.name_en for r in pack.regions}
    sites = {str(s.id): s.name_fr if say.french else s.name_en for s in pack.sites}
    template = resources.files("partage.report.page") / "plan.html.j2"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template.read_text("utf-8")).render(
        say=say,
        days=[say.day(day) for day in days],
        synthetic=synthetic,
        sibling="plan.html" if say.french else "plan.fr.html",
        summary=tables.summary(measures, sites, say),
        provinces=tables.provinces(measures, names, say),
        charts=due_and_placed(measures, names, say),
        maps=maps(measures, pack.shapes, names, say),
        map_twin=tables.map_twin(measures, names, say),
        sites=tables.sites(measures, sites, say),
        why=tables.why(measures, say),
        differences=[t for d in differences for t in tables.differs(d, names, say)],
        notes=tables.notes(measures, assumptions, say),
    )
