"""A plan as its arrays kept it, with its names again: which row is whose, which column is which site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from partage.core.errors import NotFound, WrongState
from partage.core.streams import lot
from partage.ledger.facts import Entry
from partage.place.certificate import Certificate
from partage.place.certify import load_plan
from partage.place.instance import Instance, Ints, load_instance


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The arrays of a proposed plan and their names; nothing in it is about people.

    ``rows``: the cases of each row, one or several that stay together; ``sites``, ``services``, ``regions``
    name columns; ``priorities`` the tiers, the last one last; ``certificates`` one for each of them.
    """

    instance: Instance
    site_of: Ints
    certificates: tuple[Certificate, ...]
    rows: tuple[tuple[str, ...], ...]
    sites: tuple[str, ...]
    services: tuple[str, ...]
    regions: tuple[str, ...]
    priorities: tuple[str, ...]
    enough: Mapping[int, int]  # priority, by number -> what is asked of it, where that is not most

    @property
    def certificate(self) -> Certificate:
        """The prices of the last priority, with those before it kept."""
        return self.certificates[-1]

    def row_of(self, case: str) -> int:
        """The number of the row in which a case is."""
        for number, cases in enumerate(self.rows):
            if case in cases:
                return number
        raise NotFound(f"{case} is not in the arrays of this plan.", "See 'partage explain'.")

    @property
    def used(self) -> Ints:
        """Units that the plan gives (sites, services)."""
        used = np.zeros(self.instance.capacity.shape, np.int64)
        placed = np.flatnonzero(self.site_of >= 0)
        np.add.at(used, self.site_of[placed], self.instance.need[placed].astype(np.int64))
        return used


def kept_plan(
    proposal: Entry,
    document: Mapping[str, Any],
    blob: Callable[[str], bytes | None],
    sites: Mapping[str, str],
    services: Sequence[str],
) -> Kept:
    """The arrays of a proposal with their names; ``sites`` are those of the pack with their regions.

    Refused: arrays or prices that are not kept, and a pack whose sites are no longer those of the plan.
    """
    data = [blob(str(proposal.body[name])) for name in ("instance", "solution")]
    if data[0] is None or data[1] is None:
        raise NotFound("The arrays of this plan are not in the journal.", "Run 'partage verify'.")
    instance, _ = load_instance(data[0])
    plan = load_plan(data[1], len(instance.keep_least))
    certificates = [one for one in plan.certificates if one is not None]
    if plan.site is None or len(certificates) != len(plan.certificates):
        raise WrongState("This plan was kept without its prices.", "Propose again.")
    names = tuple(sorted(sites))
    rows = rows_of(document["lines"], instance, str(proposal.body["seed"]))
    kept = Kept(
        instance, plan.site, tuple(certificates), rows, names, tuple(services),
        tuple(sorted({*sites.values(), *proposal.body["due"]})),
        tuple(str(tier["priority"]) for tier in document["tiers"]),
        {n: int(t["enough"]) for n, t in enumerate(document["tiers"]) if "enough" in t},
    )  # fmt: skip
    if (not rows and instance.households) or not _same_places(kept, document["lines"]):
        raise WrongState(
            "The sites of the pack are no longer those of this plan, so its prices cannot be named.",
            "Open the journal with the pack of that day (--pack).",
        )
    return kept


def rows_of(
    lines: Sequence[Mapping[str, Any]], instance: Instance, seed: str
) -> tuple[tuple[str, ...], ...]:
    """The cases of each row: rows stand in the order of their lots, and so do the lines.

    Linked cases are one row where the row has the persons of all of them, and rows of their own where
    their link was released. Empty if lines and arrays do not fit together.
    """
    rows: list[tuple[str, ...]] = []
    left = list(lines)
    for persons in instance.need[:, 0].tolist():
        mine: list[Mapping[str, Any]] = []
        while left and sum(line["persons"] for line in mine) < persons:
            mine.append(left.pop(0))
        if sum(line["persons"] for line in mine) != persons:
            return ()
        rows.append(tuple(str(line["case"]) for line in mine))
    lots = [min(lot(seed, case) for case in row) for row in rows]
    return tuple(rows) if not left and lots == sorted(lots) else ()


def _same_places(kept: Kept, lines: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the names of sites and services are those the arrays were made with, as far as they show."""
    shape = (len(kept.sites), len(kept.services))
    if kept.instance.capacity.shape != shape or len(kept.regions) != len(
        kept.instance.region_floor
    ):
        return False
    site = {line["case"]: line["site"] for line in lines}
    return all(
        (kept.sites[j] if j >= 0 else None) == site[case]
        for cases, j in zip(kept.rows, kept.site_of.tolist(), strict=True)
        for case in cases
    )
