"""Keys that remember: what a region should have received so far, less what it did receive.

Where people are counted changes the answer (by place of claim, by last address, as a stock), so the
measure is a parameter and every answer names it, with its window.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.shares import Shares
from partage.core.situation import Figure
from partage.keys.population import plainly
from partage.keys.reading import Reading, checked, joined, positive, read, read_window
from partage.packs.periods import span


def history_corrected(
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    *,
    persons: int = 0,
    received: str = "claims",
    window: str = "",
    months: int = 12,
) -> Shares:
    """What each region should have received by its population, less what it did; never below 0.

    claim = population share x (received by all + ``persons``) - received by the region; shares are
    in proportion to the claims. ``received`` is the measure; ``window`` (``2022-01/2022-12``) says
    over which time, else the last ``months`` whole months; ``months = 0`` takes the latest stock.
    """
    people = positive(read("population", regions, history, at))
    past = received_by(regions, history, at, received=received, window=window, months=months)
    total = past.total + persons
    base = people.shares()
    claim = {r: base[r] * total - past.values[r] for r in base}
    kept = {r: max(Fraction(0), value) for r, value in claim.items()}
    owed = sum(kept.values(), Fraction(0))
    of = {r: value / owed for r, value in kept.items()} if owed else base
    basis = tuple(
        (
            r,
            f"should have {plainly(_tenth(base[r] * total))}, received {plainly(past.values[r])}: "
            f"{'is owed' if claim[r] < 0 else 'owes'} {plainly(_tenth(abs(claim[r])))} "
            f"({past.measure}, {past.period})",
        )
        for r in base
    )
    return Shares(
        "history-corrected", tuple(of.items()), basis, f"{people}; {past}", joined(people, past)
    )


def population_capped(
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    *,
    capped: Sequence[str],
    persons: int,
    received: str = "claims",
    window: str = "",
    months: int = 12,
    whole: str = "CA",
) -> Shares:
    """Population shares, but the ``capped`` regions never go above theirs of the whole country.

    A capped region may receive its share of (all received in the country + ``persons``), less what
    it received by every mode of entry, and not more than its share of the day; the rest is by
    population among the others. Refused: nobody is left to take the rest.
    """
    names = checked(regions)
    read("population", checked(list(capped)), history, at)  # a name that is no region is refused
    limited = [name for name in names if name in set(capped)]
    others = [name for name in names if name not in limited]
    if not others:
        raise InputRefused("Every region that takes part is capped.", "Leave one out of 'capped'.")
    country = positive(read("population", [*names, whole], history, at))
    past = received_by(
        [*limited, whole], history, at, received=received, window=window, months=months
    )
    total = past.values[checked([whole])[0]] + persons
    of, basis = {}, []
    for name in limited:
        share = country.values[name] / country.values[checked([whole])[0]]
        room = share * total - past.values[name]
        of[name] = min(share, max(Fraction(0), room / persons)) if persons else share
        basis.append(
            (name, f"may have {plainly(_tenth(share * total))}, received {plainly(past.values[name])} "
                   f"({past.measure}, {past.period}, all modes)")
        )  # fmt: skip
    rest, people = 1 - sum(of.values(), Fraction(0)), sum(country.values[n] for n in others)
    for name in others:
        of[name] = rest * country.values[name] / people
        basis.append(
            (
                name,
                f"{plainly(country.values[name])} of {plainly(Fraction(people))} among the others",
            )
        )
    return Shares(
        "population-capped",
        tuple(sorted(of.items())),
        tuple(sorted(basis)),
        f"{country}; {past}",
        joined(country, past),
    )


def received_by(
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    *,
    received: str,
    window: str = "",
    months: int = 12,
) -> Reading:
    """Persons received, by one way of counting: over a window, or the latest stock."""
    if window:
        reading = read_window(received, regions, history, window)
        days = span(window)
        if days is not None and days[1] >= at:
            raise InputRefused(
                f"The window {window} is not over on {at}.", "Choose an earlier one."
            )
        return reading
    if months < 0:
        raise InputRefused(f"The window has {months} months.", "Give 0 (a stock) or more.")
    if not months:
        return read(received, regions, history, at)
    return read_window(received, regions, history, months_before(at, months))


def months_before(at: date, months: int) -> str:
    """The window of that many whole months before a day."""
    last = at.replace(day=1) - timedelta(days=1)
    first = 12 * last.year + last.month - months
    return f"{first // 12:04d}-{first % 12 + 1:02d}/{last.year:04d}-{last.month:02d}"


def _tenth(value: Fraction) -> Fraction:
    return Fraction(round(value * 10), 10)
