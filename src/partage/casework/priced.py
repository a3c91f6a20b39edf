"""A reason in the plan's own prices: worth, price, net of each site; what is scarce; what is given up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from partage.casework.kept import Kept
from partage.core.plan import Reason
from partage.place.certificate import bound_of
from partage.place.priced import gap_parts, priced_rows
from partage.place.solved import plan_value


def priced_reason(kept: Kept, case: str, reason: Reason) -> dict[str, Any]:
    """Each allowed site with its worth, price and net for the household's row, and what its place gives up.

    In points of the last priority, exact: whole numbers or "p/q". ``regret`` is 0 where the place is a
    best answer to the prices; otherwise the household gives that up so that everybody fits whole.
    ``scarce`` is what has a price where the decision was made. Not allowed sites have no line here.
    """
    row = kept.row_of(case)
    [one] = priced_rows(kept.instance, kept.certificate, np.array([row]))
    here, scale = int(kept.site_of[row]), kept.certificate.scale

    def points(number: int) -> str:
        return str(Fraction(number, scale))

    lines = [
        {
            "site": kept.sites[j], "worth": points(one.worth[j]), "price": points(one.price[j]),
            "net": points(one.net(j)),
        }
        for j in sorted(np.flatnonzero(one.allowed).tolist(), key=lambda j: (-one.net(j), j))
    ]  # fmt: skip
    return {
        "unit": kept.priorities[-1],
        "together": len(kept.rows[row]),
        "sites": lines,
        "net": points(one.net(here)),
        "best": points(one.best),
        "regret": points(one.regret(here)),
        "scarce": _scarce(kept, here, reason),
    }


def _scarce(kept: Kept, here: int, reason: Reason) -> list[dict[str, str | int]]:
    """What has a price at the site that decided (else at the best other one), dearest first."""
    at = reason.by or reason.best
    if at is None or at.site not in kept.sites:
        return []
    site, c = kept.sites.index(at.site), kept.certificate
    found: list[tuple[int, dict[str, str | int]]] = []

    def add(price: int, what: str, where: str, units: int, used: int) -> None:
        if price:
            said = {"what": what, "where": where, "price": str(Fraction(price, c.scale))}
            found.append((price, {**said, "units": units, "used": used}))

    used = kept.used
    for k, service in enumerate(kept.services):
        units = int(kept.instance.capacity[site, k])
        add(int(c.price[site, k]), service, at.site, units, int(used[site, k]))
    persons = np.zeros(len(kept.regions), np.int64)
    np.add.at(persons, kept.instance.region, used[:, 0])
    for region in dict.fromkeys(int(kept.instance.region[j]) for j in (site, here) if j >= 0):
        name, there = kept.regions[region], int(persons[region])
        most, due = kept.instance.region_ceiling[region], kept.instance.region_floor[region]
        add(int(c.region_price[region]), "ceiling", name, int(most), there)
        add(int(c.region_floor_price[region]), "due", name, int(due), there)
    return [said for _, said in sorted(found, key=lambda pair: -pair[0])]


def priced_gap(kept: Kept) -> dict[str, str]:
    """Where the gap between the plan and the bound of its prices lies; the parts sum to it exactly."""
    parts = gap_parts(kept.instance, kept.site_of, kept.certificate)
    scale = kept.certificate.scale
    gap = bound_of(kept.instance, kept.certificate)
    gap -= scale * plan_value(kept.instance, kept.site_of)
    assert sum(parts.values()) == gap
    return {name: str(Fraction(n, scale)) for name, n in {**parts, "gap": gap}.items()}
