"""Draws that hang together: over the months of a path, and over the series of a panel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from partage.core.streams import Stream

FEW = 60  # errors: with fewer at a distance, those of the last distance with enough are stretched
PRIOR = (
    20  # made-up errors beside the real ones, so that a few dozen do not pretend to know the tails
)
T4 = np.array([-2.78, -1.53, -1.10, -0.86, -0.69, -0.56, -0.41, -0.27, -0.20, -0.07])
# quantiles of Student's t with 4 degrees at 2.5, 10, 17.5 … %, and their mirror images


def paths_from(
    errors: Sequence[np.ndarray], together: np.ndarray, n: int, stream: Stream
) -> np.ndarray:
    """Draws in usual errors, (n, series, horizon): at each month exactly the spread of ``errors``.

    ``errors[h]`` are those seen h + 1 months ahead. Months of a path hang together as those of a walk
    do, series as ``together`` says (a Gaussian copula); ranks carry them over to the errors.
    """
    horizon, series = len(errors), len(together)
    normal = stream.child("paths").generator().standard_normal((n, horizon, series))
    walk = np.cumsum(normal @ np.linalg.cholesky(together).T, axis=1)
    order = np.argsort(np.ascontiguousarray(walk.transpose(1, 2, 0)), axis=2)  # sorted in a row
    at = (np.arange(n) + 0.5) / n
    values = np.stack([np.quantile(found, at) for found in _stretched(errors)])  # (horizon, n)
    out = np.empty(order.shape)
    np.put_along_axis(out, order, np.broadcast_to(values[:, None], order.shape), axis=2)
    return out.transpose(2, 1, 0)  # (n, series, horizon)


def _stretched(errors: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The errors of each month; where too few were seen, those of a nearer month, as of a walk."""
    prior = 1.25 * np.concatenate([T4, -T4])
    out: list[np.ndarray] = []
    base, last = prior, 1
    for month, found in enumerate(errors, start=1):
        if len(found) >= FEW or month == 1:
            base, last = np.concatenate([found, prior * np.sqrt(month)]), month
        out.append(base * np.sqrt(month / last))
    return out
