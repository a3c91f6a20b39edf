"""``solve``: a problem that somebody hands in as arrays, answered with a plan that was certified first."""

from __future__ import annotations

import math
from collections.abc import Callable

from partage.core.errors import InputRefused, Unfaithful
from partage.place.answer import Answer
from partage.place.certify import Certified, certify, load_plan
from partage.place.instance import Instance, Ints
from partage.place.npz import arrays_to_bytes
from partage.place.solve import solve
from partage.place.watched import Progress

PAIR_SECONDS = 2.5e-9  # to certify a pair, for each number that is read of it
ROW_SECONDS = 6e-7  # and a row, where it has its place
CHECK_SHARE = 0.25  # of the time, at the most


def solve_arrays(
    instance: Instance,
    *,
    seconds: float,
    threads: int = 1,
    gap: float = 0.0,
    previous: Ints | None = None,
    say: Callable[[Progress], None] | None = None,
) -> tuple[Answer, Certified, bytes]:
    """The answer, what the certificate's own reader says of it, and the plan file that it read.

    ``seconds`` is for the search and the certifying together. Refused: limits that are no numbers, no plan
    found in the time; ``Unfaithful`` where the answer is not what the plan file shows.
    """
    for name, number in (("seconds", seconds), ("gap", gap)):
        if not math.isfinite(number):
            raise InputRefused(f"--{name} is {number}, which is no limit.", "Write a number.")
    if previous is not None and previous.shape[0] != instance.households:
        raise InputRefused(
            f"The previous plan has {previous.shape[0]} rows, the instance {instance.households}.",
            "Give the plan of the same households in the same order, or none.",
        )
    answer = solve(
        instance,
        seconds=seconds - check_seconds(instance, seconds),
        gap=gap,
        previous=previous,
        threads=threads,
        say=say,
    )
    data = arrays_to_bytes(answer.plan.arrays())
    checked = certify(
        instance,
        load_plan(data, len(instance.keep_least)),
        value=answer.value,
        price_bound=answer.price_bound,
    )
    if checked.faults or answer.bound < answer.value:
        first = checked.faults[0] if checked.faults else "its bound is below its value"
        raise Unfaithful(
            f"The plan does not stand up to its certificate: {first}.",
            "Nothing was written. Please report this with the instance.",
        )
    return answer, checked, data


def check_seconds(instance: Instance, seconds: float) -> float:
    """The part of the time that certifying will need, roughly."""
    numbers = int(instance.need.shape[1]) + len(instance.keep_least) + 3
    pairs = instance.households * instance.sites * numbers * PAIR_SECONDS
    rows = instance.households * numbers * ROW_SECONDS
    return min(CHECK_SHARE * seconds, pairs + rows)
