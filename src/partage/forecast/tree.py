"""Adding up: every path over regions and offices to the country, in whole persons."""

from __future__ import annotations

import numpy as np

from partage.core.streams import Stream
from partage.forecast.panel import Panel

FEW = 30.0  # persons a month: below it, a whole number is drawn, not rounded


def leaves_of(panel: Panel) -> list[int]:
    """Rows that no other rows make up: regions, and what only the country has (``other``)."""
    split = {one.office for one in panel.series if "-" in one.region}
    return [
        row
        for row, one in enumerate(panel.series)
        if "-" in one.region or (one.office not in split and one.office != "all")
    ]


def sums_of(panel: Panel, leaves: list[int]) -> np.ndarray:
    """Which leaves make up each row: 0 or 1, (series, leaves)."""
    out = np.zeros((len(panel.series), len(leaves)))
    for row, one in enumerate(panel.series):
        for column, leaf in enumerate(leaves):
            part = panel.series[leaf]
            inside = part.region == one.region or part.region.startswith(f"{one.region}-")
            out[row, column] = inside and one.office in ("all", part.office)
    for column, leaf in enumerate(leaves):
        out[leaf] = 0.0
        out[leaf, column] = 1.0
    return out


def add_up(panel: Panel, persons: np.ndarray, weight: np.ndarray, stream: Stream) -> np.ndarray:
    """Whole persons, (n, series, horizon), that add up along every path where the panel is whole.

    ``persons`` are drawn for each series by itself; each path is carried onto the nearest one that
    adds up, where a series whose error is usually small (``weight``: its square, (series, horizon))
    moves less: least squares as in MinT with a diagonal (Wickramasuriya et al. 2019), applied to
    paths (Panagiotelis et al. 2023).
    """
    generator = stream.generator()
    if not panel.whole:
        return _whole(persons, generator).astype(np.int64)
    leaves = leaves_of(panel)
    sums = sums_of(panel, leaves)
    scaled = sums.T[None] / weight.T[:, None, :]  # (horizon, leaves, series)
    project = np.linalg.solve(scaled @ sums, scaled)
    by_month = np.ascontiguousarray(persons.transpose(2, 0, 1))  # (horizon, n, series)
    parts = np.maximum(0.0, by_month @ project.transpose(0, 2, 1))  # (horizon, n, leaves)
    whole = np.rint(_whole(parts, generator) @ sums.T)  # exact below 2**53
    return np.ascontiguousarray(whole.transpose(1, 2, 0)).astype(np.int64)


def _whole(persons: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Whole persons; few are drawn (Poisson), since a rounded 0.3 would be nobody for ever."""
    few = persons < FEW
    out: np.ndarray = np.rint(persons)
    out[few] = generator.poisson(persons[few])
    return out
