"""Between plans: what a household's line in the standing plan counts for when everybody is planned again.

Four priorities stand among those of the policy, each of whole numbers, each left out where it could
change nothing: ``place-kept``, ``decided``, ``moves`` and ``stay``; ``docs/reference/policies.md`` says
what each is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from partage.core.situation import Site
from partage.place.instance import Ints
from partage.place.scene import Row, Scene, Tier

PLACE_KEPT, DECIDED, MOVES, STAY = "place-kept", "decided", "moves", "stay"
STAY_TIERS = (PLACE_KEPT, DECIDED, MOVES, STAY)
NOT_POINTS = frozenset({"roof", "due"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing plan of those who can be planned again, by case.

    ``site_of``: the site of each line that stands; ``decided``: the site that a person decided
    (``approved``, or chosen ``by_hand``); ``beside``: the site and region of a linked household that
    cannot be moved any more; ``no_place_yet``: an officer said so. ``at_most``: the most households
    that may move where no roof needs it; ``points``: what a move must gain a person, at the least
    (None: the most that the first priority of points gives a person). ``settled``: persons by region
    who hold an offer or have gone on.
    """

    plan: str
    site_of: Mapping[str, str]
    at_most: int
    points: int | None = None
    decided: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    approved: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()
    no_place_yet: frozenset[str] = frozenset()
    settled: Mapping[str, int] = field(default_factory=dict)


def forbidden_by(standing: Standing, row: Row, site: Site, possible: frozenset[str]) -> str:
    """Why the standing plan leaves a site out for a row, as a code; "" if it does not.

    Nobody is moved away from a linked household that holds an offer: its site while that is
    ``possible`` for the row, else its region. Who was to have no place yet has none until a person says
    otherwise.
    """
    for member in row.members:
        if member.id in standing.no_place_yet:
            return "by-hand"
        if member.id in standing.beside:
            there, region = standing.beside[member.id]
            if site.id != there and (there in possible or site.region != region):
                return "beside"
    return ""


def with_stay(tiers: Sequence[Tier], scene: Scene, standing: Standing) -> tuple[Tier, ...]:
    """The priorities of a policy with those of the standing plan among them."""
    had = sum(1 for row in scene.rows for m in row.members if m.id in standing.site_of)
    new = any(m.id not in standing.site_of for row in scene.rows for m in row.members)
    if not had:
        return tuple(tiers)
    out = list(tiers)
    points = next((n for n, tier in enumerate(out) if tier.id not in NOT_POINTS), len(out))
    out.insert(points, _stay(out[points] if points < len(out) else None, scene, standing))
    roof = next((n + 1 for n, tier in enumerate(out) if tier.id == "roof"), 0)
    if had > standing.at_most:
        out.insert(roof, _moves(scene, standing, had - standing.at_most))
    if any(m.id in standing.decided for row in scene.rows for m in row.members):
        out.insert(roof, _decided(scene, standing))
    if new:
        out.insert(0, _place_kept(scene, standing))
    return tuple(out)


def tier_named(name: str, scene: Scene, standing: Standing, points: Tier | None) -> Tier:
    """One priority of the standing plan by its name; ``points``: the policy's first one of points."""
    if name == STAY:
        return _stay(points, scene, standing)
    if name == MOVES:
        return _moves(scene, standing, 0)
    return (_decided if name == DECIDED else _place_kept)(scene, standing)


def start_of(rows: Sequence[Row], sites: Sequence[Site], standing: Standing) -> list[int]:
    """The column at which all members of a row stand; -1 where they do not, or not together."""
    column = {str(site.id): j for j, site in enumerate(sites)}
    at = [{standing.site_of.get(m.id, "") for m in row.members} for row in rows]
    return [column.get(next(iter(one)), -1) if len(one) == 1 else -1 for one in at]


def _place_kept(scene: Scene, standing: Standing) -> Tier:
    """As many persons as possible of those who had a place have one again, wherever."""
    mine = [[sum(m.persons for m in row.members if m.id in standing.site_of)] for row in scene.rows]
    worth = np.broadcast_to(np.array(mine, np.int32).reshape(-1, 1), scene.km.shape)
    return Tier(PLACE_KEPT, worth.astype(np.int32), 0)


def _decided(scene: Scene, standing: Standing) -> Tier:
    """As many persons as possible stay where a person decided; nothing but a roof goes before it."""
    return Tier(DECIDED, _at(scene, standing.decided, persons=True), 0)


def _moves(scene: Scene, standing: Standing, enough: int) -> Tier:
    """So many households stay as the policy asks, and no more for its own sake."""
    return Tier(MOVES, _at(scene, standing.site_of, persons=False), 0, enough)


def _stay(points: Tier | None, scene: Scene, standing: Standing) -> Tier:
    """The points of a place, and the bonus a person where the household stands already."""
    worth = np.zeros(scene.km.shape, np.int32) if points is None else points.worth
    return Tier(
        STAY, worth + bonus(points, scene.persons, standing) * _at(scene, standing.site_of), 0
    )


def bonus(points: Tier | None, persons: Ints, standing: Standing) -> int:
    """Points a person that a move must gain; 1 where a policy has none. ``persons`` (rows, 1)."""
    if standing.points is not None:
        return standing.points
    if points is None or not points.worth.size:
        return 1
    return max(1, int((points.worth // np.maximum(persons, 1)).max()))


def _at(scene: Scene, site_of: Mapping[str, str], *, persons: bool = True) -> Ints:
    """Persons, or households, of each row whose site that is (rows, sites)."""
    return np.array(
        [
            [
                sum(
                    m.persons if persons else 1 for m in row.members if site_of.get(m.id) == site.id
                )
                for site in scene.sites
            ]
            for row in scene.rows
        ],
        np.int32,
    ).reshape(scene.km.shape)
