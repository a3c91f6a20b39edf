"""What a solved problem answers: the plan, its prices, and everything that is claimed of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from partage.place.certificate import Certificate
from partage.place.certify import PlanFile
from partage.place.instance import Instance, Ints
from partage.place.solved import placed_counts, plan_value


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan with everything that ``partage solve`` says of it; values in the instance's unit.

    ``bound`` is the best that was shown by any means, ``price_bound`` that of the certificate, exact;
    ``proof`` is "prices", "search" or "" (not proven); ``road`` how it was found; ``passes`` counts the
    passes over the matrix; ``placed`` and ``unplaced`` are persons; ``moved`` are households that are
    elsewhere than in the previous plan (None: there was none). ``seconds`` begins with the arrays in memory
    and the kernels loaded, ``setup_seconds`` is what it took to load them.
    """

    plan: PlanFile
    value: int
    bound: int
    price_bound: Fraction
    proof: str
    road: str
    seconds: float
    setup_seconds: float
    passes: int
    placed: int
    unplaced: int
    moved: int | None

    @property
    def proven(self) -> bool:
        """Whether no plan is worth more."""
        return bool(self.proof)

    @property
    def certificate(self) -> Certificate:
        """The prices behind ``price_bound``."""
        last = self.plan.certificates[-1]
        assert last is not None
        return last

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of its value."""
        return (self.bound - self.value) / max(1, abs(self.value))

    @property
    def price_gap(self) -> float:
        """The same by the prices alone, which anyone can check again."""
        return float((self.price_bound - self.value) / max(1, abs(self.value)))


def answer_of(
    instance: Instance,
    site_of: Ints | None,
    counts: Ints | None,
    certificate: Certificate,
    *,
    price_bound: Fraction,
    bound: int,
    proof: str,
    road: str,
    seconds: float,
    setup_seconds: float = 0.0,
    passes: int = 0,
    previous: Ints | None = None,
    value: int | None = None,
) -> Answer:
    """The answer for a plan: sites, or counts of rows that stand for several households.

    ``value`` is what the plan is worth, where that is known already.
    """
    persons = instance.need[:, 0].astype(np.int64)
    everybody = int((persons * instance.count).sum())
    moved = None
    if site_of is not None:
        value = plan_value(instance, site_of) if value is None else value
        served = int(persons[site_of >= 0].sum())
        if previous is not None and len(previous) == instance.households:
            moved = int((previous != site_of).sum())
    else:
        assert counts is not None
        value = placed_counts(instance, counts).value if value is None else value
        served = int((persons * counts.astype(np.int64).sum(axis=1)).sum())
    return Answer(
        plan=PlanFile(site_of, counts, (None,) * len(instance.keep_least) + (certificate,)),
        value=value,
        bound=bound,
        price_bound=price_bound,
        proof=proof,
        road=road,
        seconds=seconds,
        setup_seconds=setup_seconds,
        passes=passes,
        placed=served,
        unplaced=everybody - served,
        moved=moved,
    )
