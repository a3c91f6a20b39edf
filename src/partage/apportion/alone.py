"""Each region rounded on its own, as ministries print it: it need not add up, and says by how much."""

from __future__ import annotations

from fractions import Fraction

from partage.apportion.hamilton import checked
from partage.core.shares import Apportionment, Shares, Step

HALF = Fraction(1, 2)


def alone(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Share in percent with one decimal, times the total, each rounded to the nearest on its own.

    ``rest`` is what is left (or given too much, below 0). Halves are rounded up. No ties: nobody's
    number depends on another's. Source: the federal proposal of 2024, whose eight exact targets it
    gives; the Commission's columns of 2015 do not add up for the same reason.
    """
    checked(total)
    steps = []
    for region, share in shares.of:
        percent = Fraction((share * 1000 + HALF).__floor__(), 10)
        claim = percent / 100 * total
        given = (claim + HALF).__floor__()
        steps.append(Step(region, given, claim, f"{float(percent):.1f} % of {total:,}, rounded"))
    rest = total - sum(step.given for step in steps)
    persons = tuple(sorted((step.region, step.given) for step in steps))
    return Apportionment("rounded-alone", total, persons, tuple(steps), rest=rest)
