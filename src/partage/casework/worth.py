"""The value of one more place, from the prices of a plan: to the owner of the place first."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from partage.casework.kept import Kept
from partage.ledger.facts import Entry
from partage.place.again import solve_again
from partage.place.certificate import bound_of
from partage.place.instance import tier_instance
from partage.place.solved import plan_value

CHECKED = 10  # rows that are solved again for one question, at most
SECONDS = 60.0  # for all of them together


@dataclass(frozen=True, slots=True)
class Worth:
    """What one more unit of a service at a site could be worth, priority by priority.

    ``prices``: per priority, in its own unit (persons for roof, due and wish, points for others), exact;
    ``most``: what the plan could gain there at most by one more, whole; ``gains``: what it does gain, by
    solving again, or None (not asked, or not settled in time). A priority counts only where those before it
    gain nothing: so a lower one may lose where a higher one gains.
    """

    site: str
    service: str
    units: int
    used: int
    prices: tuple[tuple[str, Fraction], ...]
    most: tuple[tuple[str, int], ...]
    gains: tuple[tuple[str, int], ...] | None = None

    @property
    def first(self) -> str:
        """The highest priority that one more could serve."""
        return next(name for name, price in self.prices if price)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON; exact numbers as whole ones or "p/q"."""
        return {
            "site": self.site, "service": self.service, "units": self.units, "used": self.used,
            "first": self.first, "prices": {name: str(price) for name, price in self.prices},
            "most": dict(self.most), "gains": None if self.gains is None else dict(self.gains),
        }  # fmt: skip


def worths(kept: Kept) -> tuple[Worth, ...]:
    """Every site and service that has a price in some priority; the highest priority, then dearest, first.

    What has no price is not scarce: one more there alone changes nothing that the prices show.
    """
    reached = reached_of(kept)
    bounds = [bound_of_tier(kept, tier) for tier in range(len(reached))]
    used = kept.used
    found = []
    for j, site in enumerate(kept.sites):
        for k, service in enumerate(kept.services):
            prices = [Fraction(int(c.price[j, k]), c.scale) for c in kept.certificates]
            if any(prices):
                most = [
                    (bound + price).__floor__() - value
                    for bound, price, value in zip(bounds, prices, reached, strict=True)
                ]
                found.append(
                    Worth(
                        site, service, int(kept.instance.capacity[j, k]), int(used[j, k]),
                        tuple(zip(kept.priorities, prices, strict=True)),
                        tuple(zip(kept.priorities, most, strict=True)),
                    )
                )  # fmt: skip
    return tuple(
        sorted(found, key=lambda one: ([-p for _, p in one.prices], one.site, one.service))
    )


def checked(kept: Kept, one: Worth, *, seconds: float) -> Worth:
    """The same with what the plan gains by one more there: everything solved again, priority by priority.

    Its ``gains`` stay None if a search was not finished in the time. Up to the first priority that gains
    anything each gain is between 0 and ``most``: anything else is a fault of ours.
    """
    capacity = kept.instance.capacity.copy()
    capacity[kept.sites.index(one.site), kept.services.index(one.service)] += 1
    again = solve_again(
        replace(kept.instance, capacity=capacity),
        seconds=seconds,
        start=kept.site_of,
        enough=kept.enough,
    )
    if not again.settled:
        return one
    gains = [new - old for new, old in zip(again.reached, reached_of(kept), strict=True)]
    for gain, (name, most) in zip(gains, one.most, strict=True):
        assert 0 <= gain <= most, f"{name} gains {gain}, and the prices allow 0 to {most}"
        if gain:
            break
    return replace(one, gains=tuple(zip(kept.priorities, gains, strict=True)))


def reached_of(kept: Kept) -> list[int]:
    """What a plan reaches of each priority."""
    last = plan_value(kept.instance, kept.site_of)
    return [*(int(least) for least in kept.instance.keep_least), last]


def bound_of_tier(kept: Kept, tier: int) -> Fraction:
    """What the prices of a priority show that no plan could pass there."""
    last = tier == len(kept.certificates) - 1
    problem = kept.instance if last else tier_instance(kept.instance, tier)
    one = kept.certificates[tier]
    return Fraction(bound_of(problem, one), one.scale)


# -- who sees it, and when --------------------------------------------------------------------


def looked_at(log: Sequence[Entry]) -> frozenset[str]:
    """The sites whose owners have looked, from the log of a plan."""
    return frozenset(site for entry in log for site in entry.body.get("own_sites", ()))


def open_to(
    rows: Sequence[Worth], *, own: Set[str] | None, looked: Set[str], begun: bool
) -> tuple[tuple[Worth, ...], int]:
    """The rows that somebody may see, and how many are not open to them yet.

    ``own``: the sites of an owner, who sees those at once and no others; None: no owner, who sees a site's
    rows once one of its owners has ``looked``, or once the day of the plan has ``begun``.
    """
    if own is not None:
        return tuple(row for row in rows if row.site in own), 0
    seen = tuple(row for row in rows if begun or row.site in looked)
    return seen, len(rows) - len(seen)
