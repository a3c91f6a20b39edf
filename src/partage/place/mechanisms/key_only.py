"""Mechanisms that look at the key and at free places, as statutory allocators do."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from partage.core.streams import Stream
from partage.place.instance import Instance, Ints
from partage.place.mechanisms.optimum import Wishes
from partage.place.mechanisms.serving import Free, by_waiting, most_room, serve
from partage.place.solved import Solved


def key_only(
    instance: Instance,
    wishes: Wishes | None,
    due: Mapping[str, int] | None,
    stream: Stream,
    budget: float,
) -> Solved:
    """Each household to the region that is still due most persons; only the key counts.

    Within the region the site with most free places. Where a region has no room the next one is
    asked; rules, needs and ceilings hold. The dues are the ``region_floor`` of the arrays.
    """
    return serve(instance, by_waiting(instance), _most_due)


def easy(
    instance: Instance,
    wishes: Wishes | None,
    due: Mapping[str, int] | None,
    stream: Stream,
    budget: float,
) -> Solved:
    """Where they are if its quota, places and competence allow; else quota, then places, then near.

    As in EASY, the federal system of Germany: the centre a household reports to (here the nearest
    site) keeps it if its region is within quota and the site is competent (allowed) and has a
    place; otherwise the region furthest below its quota, then free places; of several the nearest.
    """
    return serve(instance, by_waiting(instance), _quota_first)


def _most_due(free: Free, i: int, fits: Ints) -> int:
    regions = free.instance.region[fits]
    due = free.due()
    top = max(int(due[region]) for region in regions)
    return most_room(free, fits[due[regions] == top])


def _quota_first(free: Free, i: int, fits: Ints) -> int:
    case, due = free.instance, free.due()
    persons = int(case.need[i, 0])
    allowed = np.flatnonzero(case.value[i] >= 0)
    home = _nearest(case, i, allowed)
    if home in fits and due[case.region[home]] >= persons:
        return home
    open_ = [  # the part of its region's quota that is still open
        Fraction(int(due[r]), max(1, int(case.region_floor[r]))) for r in case.region[fits]
    ]
    best = fits[[n for n, part in enumerate(open_) if part == max(open_)]]
    within = best if max(open_) > 0 else fits  # no quota open: places decide
    roomy = within[free.left[within, 0] == free.left[within, 0].max()]
    return _nearest(case, i, roomy)


def _nearest(case: Instance, i: int, sites: Ints) -> int:
    """The nearest of these sites; the first where no distance is known."""
    if not case.km.size:
        return int(sites[0])
    km = np.where(case.km[i, sites] < 0, np.iinfo(np.int32).max, case.km[i, sites])
    return int(sites[np.argmin(km)])
