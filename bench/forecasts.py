"""How forecasts did on the default panel: ours, and the peers of statsforecast, as a table of Markdown.

``python bench/forecasts.py`` prints ours in seconds; ``--peers`` adds AutoETS, Theta, AutoTheta and
SeasonalNaive of statsforecast (in the test group), fitted again at each origin, in a minute or two.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from partage.core.series import month_name
from partage.core.streams import Stream
from partage.forecast.backtest import (
    HORIZONS,
    ORIGINS,
    QUANTILES,
    BackTest,
    Score,
    back_test,
    score,
    truth_of,
)  # fmt: skip
from partage.forecast.outlook import LEVELS
from partage.forecast.panel import Panel, large_series, pack_panel
from partage.packs.loader import load_pack

SEED = "partage-forecast-1"
Maker = Callable[[], Any]


def default_panel() -> tuple[Panel, tuple[str, ...]]:
    """Every series of the Canadian pack, and the eleven that are scored."""
    panel = pack_panel(load_pack("canada"))
    return panel, large_series(panel)


def ours(panel: Panel, ids: Sequence[str]) -> BackTest:
    """The back-test that is printed with every forecast."""
    return back_test(panel, ids, Stream(SEED))


def makers() -> dict[str, Maker]:
    """The peers, each with a season of twelve months."""
    from statsforecast.models import AutoETS, AutoTheta, SeasonalNaive, Theta

    return {
        "statsforecast SeasonalNaive": lambda: SeasonalNaive(12),
        "statsforecast AutoETS": lambda: AutoETS(season_length=12),
        "statsforecast Theta": lambda: Theta(season_length=12),
        "statsforecast AutoTheta": lambda: AutoTheta(season_length=12),
    }


def quantiles(make: Maker, known: np.ndarray, horizon: int) -> np.ndarray:
    """The quantiles that a peer gives for one series, never below 0, (quantiles, horizon)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = make().forecast(known, h=horizon, level=list(LEVELS))
    rows = [said[f"lo-{level}"] for level in reversed(LEVELS)]
    rows += [said["mean"], *(said[f"hi-{level}"] for level in LEVELS)]
    assert len(rows) == len(QUANTILES)
    return np.maximum(0.0, np.array(rows))


def theirs(
    panel: Panel, ids: Sequence[str], names: Sequence[str] = (), origins: int = ORIGINS
) -> list[Score]:
    """Scores of the peers on the same series, origins, horizons and quantiles."""
    chosen = panel.rows(ids)
    low, high = truth_of(chosen)
    last = panel.last - max(HORIZONS)
    first = last - origins + 1
    scores = []
    for name, make in makers().items():
        if names and name not in names:
            continue
        made = np.array(
            [
                [
                    quantiles(make, row[: t - panel.first + 1], max(HORIZONS))
                    for row in chosen.middle()
                ]
                for t in range(first, last + 1)
            ]
        ).transpose(0, 2, 1, 3)  # (origins, quantiles, series, horizon)
        for months in HORIZONS:
            at = np.arange(first, last + 1) - panel.first + months
            scores.append(score(name, months, made[..., months - 1], low[:, at].T, high[:, at].T))
    return scores


def as_markdown(test: BackTest, more: Sequence[Score] = ()) -> str:
    """The table of ``docs/how-to/forecast.md``."""
    held = " | ".join(f"{level} % band held" for level in LEVELS)
    lines = [
        f"{len(test.ids)} series, {test.last - test.first + 1} origins from {month_name(test.first)} "
        f"to {month_name(test.last)}; loss in persons, bands in percent.",
        "",
        f"| predictor | months ahead | loss | {held} |",
        f"|---|---|---|{'---|' * len(LEVELS)}",
    ]
    for one in sorted((*test.scores, *more), key=lambda s: s.months):
        shares = " | ".join(f"{share:.1f}" for share in one.held)
        lines.append(f"| {one.predictor} | {one.months} | {one.loss:.1f} | {shares} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--peers", action="store_true", help="also those of statsforecast")
    panel, ids = default_panel()
    more = theirs(panel, ids) if parser.parse_args().peers else []
    print(as_markdown(ours(panel, ids), more), end="")


if __name__ == "__main__":
    main()
