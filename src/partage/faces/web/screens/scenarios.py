"""Scenarios: what would follow, with its spread, before anything is decided; and a draft of the policy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.responses import Response

from partage.faces.web.at import At
from partage.faces.web.table import look
from partage.packs.pack import Pack

if TYPE_CHECKING:
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
def _run(held: _Held, name: str) -> Study:
    from partage.simulate.compiled import compile_scenario
    from partage.simulate.study import study

    return study([compile_scenario(held.pack.scenario(name), held.pack)], RUNS, seed=SEED)


@look("/scenarios", verb="forecast")
def scenarios(at: At) -> Response:
    """Every scenario of the pack."""
    return at.page("scenarios.html", known=list(at.office.pack.scenarios.values()))


@look("/scenario/{scenario}", verb="forecast")
def scenario(at: At) -> Response:
    """One scenario, run some times: tables, what it rests on, and its policy as a draft."""
    from partage.report.simulated_page import grids

    _may(at)
    done = _run(_Held(at.office.pack), at.path["scenario"])
    made = done.made[0]
    return at.page(
        "scenario.html", one=made.scenario, runs=done.runs, seed=done.seed,
        grids=grids(done, 0, "fr" if at.lang == "fr" else "en"), notes=made.scenario.assumptions(),
        findings=made.findings, policy=made.scenario.turns[-1].policy,
    )  # fmt: skip


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
