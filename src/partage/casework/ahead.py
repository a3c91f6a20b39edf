"""A destination's next days: who may come, who is on the way, and when its places may be full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np

from partage.core.errors import InputRefused
from partage.core.policy import Policy
from partage.core.series import month_name
from partage.core.situation import Figure, Situation
from partage.core.streams import Stream
from partage.forecast.days import SAYS, split_days
from partage.forecast.outlook import LEVELS, bands, look_ahead
from partage.forecast.panel import Panel
from partage.forecast.predictors import MOST_HORIZON
from partage.keys import shares_of

MODE, OFFICE = (
    "between-ports",
    "land_border",
)  # what is looked ahead to, in the words of both tables
DAYS = 14
RUNS = 2_000


@dataclass(frozen=True, slots=True)
class Here:
    """Whose days they are: a region, a city or a site, its places free, and who is promised there."""

    where: str
    region: str
    free: int  # persons, over the nights of the horizon, less what is held
    part: Fraction  # of its region: what is free here of what is free there
    coming: Mapping[str, tuple[int, int]]  # households and persons by state


def entering(
    panel: Panel, regions: Sequence[str], day: date, days: int, stream: Stream
) -> tuple[np.ndarray, int]:
    """Persons who claim at land borders of these regions on each day, (runs, days); the last month read.

    As of a day: the last month that is over by then, or the last that the panel has. Refused: a day too
    far behind the figures.
    """
    today = 12 * day.year + day.month - 1
    end = day + timedelta(days=days - 1)
    last = min(panel.last, today - 1)
    horizon = 12 * end.year + end.month - 1 - last
    if horizon > MOST_HORIZON:
        raise InputRefused(
            f"The figures end in {month_name(last)}; the days from {day} on lie {horizon} months "
            "behind them.",
            f"Bring claimants.csv of the pack up to date: at most {MOST_HORIZON} months are looked ahead.",
        )
    outlook = look_ahead(panel.until(last), horizon, RUNS, stream)
    series = [f"{region}/{OFFICE}" for region in regions]
    paths = np.sum([outlook.of(id_) for id_ in series], axis=0)
    return split_days(paths, outlook.first, day, days, stream), last


def share_of(
    policy: Policy | None,
    situation: Situation,
    figures: Sequence[Figure],
    region: str,
    persons: int,
) -> tuple[Fraction | None, str]:
    """What part of those who enter between ports is due to a region under a policy, and why.

    None: no policy, or one that names no key. 0: a rule bars the region, or it takes no part.
    """
    if policy is None:
        return None, "No standing policy is adopted, so nothing says who is due where."
    if policy.key is None:
        return None, f"The policy '{policy.id}' names no key, so nothing says who is due where."
    barred = {
        code
        for rule in policy.rules
        if (not rule.modes or MODE in rule.modes) and not rule.entry_points
        for code in rule.never
    }
    among = situation.consenting if policy.key.regions == "consenting" else situation.regions
    part = sorted(str(code) for code in among if code not in barred)
    if region not in part:
        why = "a rule bars it for them" if region in barred else "it takes no part in the key"
        return Fraction(
            0
        ), f"Nobody who enters between ports is due there under '{policy.id}': {why}."
    shares = shares_of(
        policy.key.name, policy.key.params, part, figures, situation.day, persons=max(1, persons)
    )
    share = dict(shares.of)[region]  # type: ignore[index]
    among_said = f"'{policy.id}' ({policy.key.name} over {', '.join(part)})"
    return share, f"Due under {among_said}; {shares.definition}"


def own_days(
    here: Here, paths: np.ndarray, day: date, share: Fraction | None, stream: Stream
) -> dict[str, Any]:
    """The next days of a destination as data: bands of who enters and of who is due here, and how full.

    ``paths``: persons who enter, (runs, days). Each is due here with the chance ``share * here.part``.
    """
    whole = _banded(paths)
    due: list[dict[str, Any]] = []
    full: dict[str, Any] | None = None
    if share is not None:
        chance = float(share * here.part)
        drawn = stream.child("due").generator().binomial(paths, chance)
        due = _banded(drawn)
        full = _full(np.cumsum(drawn, axis=1), here.free, day)
    return {
        "where": here.where,
        "region": here.region,
        "free": here.free,
        "share": None if share is None else str(share),
        "part_of_region": str(here.part),
        "coming": {s: {"households": h, "persons": p} for s, (h, p) in here.coming.items()},
        "days": [
            {
                "day": str(day + timedelta(days=number)),
                "enter": whole[number],
                "due": due[number] if due else None,
            }
            for number in range(paths.shape[1])
        ],
        "full": full,
    }


def _banded(paths: np.ndarray) -> list[dict[str, Any]]:
    low, middle, high = bands(paths)
    return [
        {"middle": middle[n]}
        | {str(level): [low[k][n], high[k][n]] for k, level in enumerate(LEVELS)}
        for n in range(paths.shape[1])
    ]


def _full(sums: np.ndarray, free: int, day: date) -> dict[str, Any]:
    """In how many paths of a hundred the free places are passed, and from when on in half of them."""
    past = sums > free
    within = past[:, -1]
    half = [n for n in range(sums.shape[1]) if past[:, n].mean() >= 0.5]
    return {
        "percent": round(100 * float(within.mean())),
        "half_by": str(day + timedelta(days=half[0])) if half else "",
    }


def assumptions(last: int, why: str, here: Here) -> tuple[str, ...]:
    """What the days rest on, in sentences."""
    said = [
        f"Those who enter between ports are read as claimants at land border offices, which count a few "
        f"others too; figures of {month_name(last)} are taken as known when the month ends, though they "
        "are published later.",
        SAYS,
        why,
        "Nobody is counted as declining; whoever is on the way already holds a place, which is not "
        "among those free.",
    ]
    if here.part != 1:
        said.append(
            f"Of what is due to {here.region}, {here.where} is given its part of the places free there "
            f"({here.part}); no rule says so."
        )
    return tuple(said)
