"""Options of a brief: what a few scenarios of the pack would have meant, under the same luck.

Each is held against the practice as it was. The runs and the draw are fixed, so that whoever traces a
figure gets the same number again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from partage.core.errors import NotFound
from partage.packs.pack import Pack
from partage.simulate.compiled import compile_scenario
from partage.simulate.study import Study, study

BASE = "practice-2022-23"
OTHERS = ("redirect-all", "population-2024", "city-caps")
MEASURES = ("most-without-roof", "transferred")
RUNS, SEED = 40, "partage-brief-options-1"
AT = (0.1, 0.5, 0.9)
_made: dict[str, Study] = {}  # by the mark of the pack


@dataclass(frozen=True, slots=True)
class Option:
    """One measure of one scenario over the runs: the middle, and the ends of 80 % of them."""

    scenario: str
    measure: str
    low: int
    middle: int
    high: int

    @property
    def ref(self) -> str:
        """Where the figure can be traced."""
        return f"option/{self.scenario}/{self.measure}"


def options(pack: Pack, progress: Callable[[str], None] = lambda said: None) -> tuple[Option, ...]:
    """Each measure of the practice, and of each other scenario of the pack; none without the practice."""
    if BASE not in pack.scenarios:
        return ()
    names = [BASE, *(name for name in OTHERS if name in pack.scenarios)]
    done = _study(pack, names, progress)
    found = []
    for number, name in enumerate(names):
        for measure in MEASURES:
            low, middle, high = (int(x) for x in done.total(number, measure, AT))
            found.append(Option(name, measure, low, middle, high))
    return tuple(found)


def resolve_option(pack: Pack, scenario: str, measure: str) -> tuple[Option, str]:
    """The figure of a reference, worked out again, and from what."""
    for one in options(pack):
        if (one.scenario, one.measure) == (scenario, measure):
            return one, f"{RUNS} runs of the scenario, draw '{SEED}', {pack.mark[:23]}…"
    raise NotFound(
        "No option of a brief has that scenario and measure.",
        f"Scenarios: {BASE}, {', '.join(OTHERS)}; measures: {', '.join(MEASURES)}.",
    )


def _study(pack: Pack, names: list[str], progress: Callable[[str], None]) -> Study:
    if pack.mark not in _made:
        made = [compile_scenario(pack.scenario(name), pack) for name in names]
        progress(f"options: {len(made)} scenarios, {RUNS} runs each …")
        _made.clear()
        _made[pack.mark] = study(made, RUNS, seed=SEED)
    return _made[pack.mark]
