"""What a priority looks at, and what it says: rows, sites, distances, and worths as whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from partage.core.household import Household
from partage.core.situation import Site
from partage.place.instance import Ints


@dataclass(frozen=True, slots=True)
class Row:
    """One household, or linked households that stay together; ``lot`` gives its place in order."""

    members: tuple[Household, ...]
    units: Mapping[str, int]
    lot: str

    @property
    def persons(self) -> int:
        """Persons in the row."""
        return self.units["person"]


@dataclass(frozen=True, slots=True, eq=False)
class Tier:
    """One priority as arrays: worth per row and site (>= 0), and what a missing due person costs.

    ``enough``: what it must reach where it can; more is not asked for. None: as much as possible.
    """

    id: str
    worth: Ints  # (rows, sites)
    region_penalty: int
    enough: int | None = None

    def kept(self, reached: int) -> int:
        """What lower priorities must leave of what this one reached."""
        return reached if self.enough is None else min(reached, self.enough)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a priority may look at: rows and sites, persons (rows, 1), kilometres (rows, sites)."""

    rows: tuple[Row, ...]
    sites: tuple[Site, ...]
    persons: Ints
    km: Ints

    def per_person(self, points: Callable[[Household, Site], int]) -> Ints:
        """Points times persons, summed over the members of each row."""
        return np.array(
            [
                [sum(points(m, site) * m.persons for m in row.members) for site in self.sites]
                for row in self.rows
            ],
            np.int32,
        ).reshape(len(self.rows), len(self.sites))
