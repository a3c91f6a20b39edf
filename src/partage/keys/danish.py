"""Denmark's municipal quotas: twice the people less the newcomers, less who is there already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.shares import Shares
from partage.core.situation import Figure
from partage.keys.reading import joined, read


def denmark(regions: Sequence[str], history: Sequence[Figure], at: date, *, persons: int) -> Shares:
    """share = 2 p - f of (persons + R), less R of the place; negatives become 0, the others absorb it.

    p = share of the population, f = share of the ``foreign-residents``, R = ``received`` persons
    who are counted already; ``persons`` is the national number. How the positives absorb what the
    negatives leave is taken as: in proportion to them.
    Source: BEK 550/2022 § 4.
    """
    if persons < 1:
        raise InputRefused(f"The national number is {persons}.", "It must be 1 or more.")
    people, foreign, received = (
        read(name, regions, history, at) for name in ("population", "foreign-residents", "received")
    )
    p, f, total = people.shares(), foreign.shares(), received.total
    provisional = {r: (2 * p[r] - f[r]) * (persons + total) - received.values[r] for r in p}
    kept = {r: max(Fraction(0), value) for r, value in provisional.items()}
    sum_ = sum(kept.values())
    return Shares(
        key="denmark",
        of=tuple((region, value / sum_) for region, value in kept.items()),
        basis=tuple(
            (r, f"2 × {float(100 * p[r]):.3f} % - {float(100 * f[r]):.3f} %, provisional "
                f"{float(provisional[r]):,.1f} of {persons:,} persons")
            for r in p
        ),
        definition="; ".join(str(reading) for reading in (people, foreign, received)),
        origin=joined(people, foreign, received),
    )  # fmt: skip
