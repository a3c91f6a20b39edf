"""Scenarios: what would follow, with its spread, before anything is decided; and a draft of the policy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import Response

from partage.core.errors import NotFound, shown
from partage.core.scenario import Scenario
from partage.faces.web.at import At
from partage.faces.web.table import look
from partage.packs.pack import Pack
from partage.report.page.words import Language

if TYPE_CHECKING:
    from partage.report.simulated_drawing import Chart
    from partage.simulate.study import Study

RUNS = 40  # what a page waits for; the command makes as many as one likes
SEED = "partage-simulate-1"  # as on the command line, so that both say the same


class _Held:
    """A pack by its mark, so that what was run is kept as long as the pack is the same."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return hash(self.pack.mark)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.pack.mark == self.pack.mark


@lru_cache(maxsize=16)
def _run(held: _Held, *names: str) -> Study:
    from partage.simulate.compiled import compile_scenario
    from partage.simulate.study import study

    made = [compile_scenario(held.pack.scenario(name), held.pack) for name in names]
    return study(made, RUNS, seed=SEED)


@lru_cache(maxsize=32)
def _figures(held: _Held, name: str, lang: Language) -> tuple[tuple[Chart, Markup], ...]:
    """The drawings, made by this server from numbers and escaped words; kept, as the runs are."""
    from partage.report.simulated_page import figures

    return tuple((chart, Markup(svg)) for chart, svg in figures(_run(held, name), 0, lang))


@look("/scenarios", verb="forecast")
def scenarios(at: At) -> Response:
    """Every scenario of the pack."""
    return at.page("scenarios.html", known=list(at.office.pack.scenarios.values()))


@look("/scenario/{scenario}", verb="forecast")
def scenario(at: At) -> Response:
    """One scenario, run some times: drawings, tables, what it rests on, and its policy as a draft.

    ``beside``: another over the same days, and the differences of the two, run by run.
    """
    from partage.report.simulated_page import compared, grids

    _may(at)
    held, name = _Held(at.office.pack), at.path["scenario"]
    done = _run(held, name)
    scenario, lang = done.made[0].scenario, _language(at)
    others = _others(held.pack, scenario)
    beside, apart = at.asked("beside"), None
    if beside:
        if beside not in dict(others):
            raise NotFound(
                f"No other scenario over the same days is called {shown(beside)}.",
                f"Use one of: {', '.join(dict(others)) or 'none is over the same days'}.",
            )
        chart, svg, grid = compared(_run(held, beside, name), 1, lang)
        apart = (chart, Markup(svg), grid)
    titles = [(id_, one.title_fr if at.lang == "fr" else one.title_en) for id_, one in others]
    return at.page(
        "scenario.html", one=scenario, runs=done.runs, seed=done.seed, figures=_figures(held, name, lang),
        grids=grids(done, 0, lang), notes=scenario.assumptions(), findings=done.made[0].findings,
        policy=scenario.turns[-1].policy, others=titles, beside=beside, apart=apart,
    )  # fmt: skip


def _language(at: At) -> Language:
    return "fr" if at.lang == "fr" else "en"


def _others(pack: Pack, scenario: Scenario) -> list[tuple[str, Scenario]]:
    """The other scenarios of the pack over the same days: only these can be set beside it."""
    days = (scenario.first_day, scenario.last_day)
    return [
        (id_, other)
        for id_, other in pack.scenarios.items()
        if id_ != scenario.id and (other.first_day, other.last_day) == days
    ]


@look("/scenario/{scenario}/draft", verb="forecast")
def draft(at: At) -> Response:
    """The last policy of a scenario as a draft: a file to read, to change and to put into a pack."""
    from partage.report.draft_policy import draft_policy

    _may(at)
    done = _run(_Held(at.office.pack), at.path["scenario"])
    name = f"{done.made[0].scenario.id}-draft.toml"
    return Response(
        draft_policy(done), media_type="application/toml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def _may(at: At) -> None:
    """Asked of the permits before anything is run: it keeps the machine busy."""
    from partage.office.permits import may_at_all

    may_at_all(at.actor, "forecast")
