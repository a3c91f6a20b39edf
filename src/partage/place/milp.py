"""The only file of ``place`` that speaks to an outside solver: HiGHS, through highspy."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from partage.core.errors import InputRefused, Unavailable
from partage.place.instance import Instance, Ints

_STDOUT = threading.Lock()
GAP_TO_WHOLE = 0.999  # values are whole: a bound less than 1 above the plan proves it


class NoPlanInTime(Unavailable):
    """The search found no plan in its time; whoever has one already keeps it."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver answered: a plan, its value, and the best bound it can show."""

    site_of: Ints  # (households,), -1 = unplaced
    value: int
    bound: int
    proven: bool
    seconds: float


def solve_milp(instance: Instance, seconds: float = 10.0) -> Solved:
    """A plan of greatest value within the time given, with the bound that the search showed.

    Rows count one household each (grouped rows are another road's work). Deterministic: one
    thread, fixed seed, whole numbers in and out.
    """
    if (instance.count != 1).any():
        raise InputRefused(
            "A row of the instance stands for several households, which this road cannot place.",
            "Give each household a row of its own (count = 1).",
        )
    started = time.perf_counter()
    n = instance.households
    pairs = np.argwhere(instance.value >= 0)  # (x, 2)
    if n == 0 or len(pairs) == 0:
        site_of = np.full(n, -1, np.int32)
        value = plan_value(instance, site_of)
        return Solved(site_of, value, value, True, time.perf_counter() - started)
    solver = _highs(seconds)
    _pass_model(solver, instance, pairs)
    solver.run()
    site_of = _read(solver, pairs, n)
    value = plan_value(instance, site_of)
    bound = _bound(solver, instance)
    return Solved(site_of, value, max(bound, value), bound <= value, time.perf_counter() - started)


def plan_value(instance: Instance, site_of: Ints) -> int:
    """The exact value of a plan: worths, unplaced, less what each shortfall costs."""
    rows = np.flatnonzero(site_of >= 0)
    value = int(instance.value[rows, site_of[rows]].astype(np.int64).sum())
    value += int(instance.unplaced[site_of < 0].astype(np.int64).sum())
    short_site, short_region = shortfalls(instance, site_of)
    return (
        value
        - int(instance.floor_penalty) * short_site
        - (int(instance.region_penalty) * short_region)
    )


def shortfalls(instance: Instance, site_of: Ints) -> tuple[int, int]:
    """Persons short of the floors of sites, and of regions."""
    rows = np.flatnonzero(site_of >= 0)
    persons = np.zeros(instance.sites, np.int64)
    np.add.at(persons, site_of[rows], instance.need[rows, 0].astype(np.int64))
    per_region = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(per_region, instance.region, persons)
    site = int(np.maximum(instance.floor - persons, 0).sum())
    region = int(np.maximum(instance.region_floor - per_region, 0).sum())
    return site, region


def _highs(seconds: float) -> Any:
    try:
        import highspy
    except ImportError:
        raise Unavailable("The solver HiGHS is not installed.", "Run 'make setup'.") from None
    with _quiet():
        solver = highspy.Highs()  # prints a banner to file descriptor 1, whatever its options say
    for name, option in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("time_limit", seconds),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", GAP_TO_WHOLE),
        ("mip_feasibility_tolerance", 1e-9),
    ):
        solver.setOptionValue(name, option)
    return solver


@contextmanager
def _quiet() -> Iterator[None]:
    """Standard output of the process, closed to what compiled code prints."""
    with _STDOUT:
        sys.stdout.flush()
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)


def _pass_model(solver: Any, instance: Instance, pairs: Ints) -> None:
    """Columns: x for each allowed pair, then shortfall of sites, then of regions."""
    import highspy

    m = instance.sites
    regions, x = len(instance.region_floor), len(pairs)
    i, j = pairs[:, 0], pairs[:, 1]
    gain = instance.value[i, j].astype(float) - instance.unplaced[i]
    cost = np.concatenate(
        [
            gain,
            np.full(m, -float(instance.floor_penalty)),
            np.full(regions, -float(instance.region_penalty)),
        ]
    )
    upper = np.concatenate(
        [
            np.ones(x),
            instance.floor.astype(float),
            np.maximum(instance.region_floor, 0).astype(float),
        ]
    )
    rows, lower, higher = _rows(instance, i, j, x)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.offset_ = float(instance.unplaced.astype(np.int64).sum())
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(len(cost)), upper
    lp.row_lower_, lp.row_upper_ = np.array(lower), np.array(higher)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * x + [highspy.HighsVarType.kContinuous] * (
        m + regions
    )
    lengths = [len(columns) for columns, _ in rows]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate([columns for columns, _ in rows]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([values for _, values in rows]).astype(float)
    solver.passModel(lp)


def _rows(
    instance: Instance, i: Ints, j: Ints, x: int
) -> tuple[list[tuple[Ints, Ints]], list[float], list[float]]:
    """Rows of the model: one place a household, capacities, floors, regions, kept tiers."""
    inf = float("inf")
    m = instance.sites
    persons = instance.need[:, 0].astype(float)
    rows: list[tuple[Ints, Ints]] = []
    lower: list[float] = []
    higher: list[float] = []

    def add(columns: Ints, values: Ints, low: float, high: float) -> None:
        rows.append((columns, values))
        lower.append(low)
        higher.append(high)

    for row in range(instance.households):
        columns = np.flatnonzero(i == row)
        add(columns, np.ones(len(columns)), -inf, 1.0)
    for site in range(m):
        at_site = np.flatnonzero(j == site)
        for service in range(instance.need.shape[1]):
            need = instance.need[i[at_site], service].astype(float)
            some = need > 0
            add(at_site[some], need[some], -inf, float(instance.capacity[site, service]))
        if instance.floor[site] > 0:
            add(
                np.append(at_site, x + site),
                np.append(persons[i[at_site]], 1.0),
                float(instance.floor[site]),
                inf,
            )
    for region in range(len(instance.region_floor)):
        inside = np.flatnonzero(instance.region[j] == region)
        here = persons[i[inside]]
        add(inside, here, -inf, float(instance.region_ceiling[region]))
        if instance.region_floor[region] > 0:
            add(
                np.append(inside, x + m + region),
                np.append(here, 1.0),
                float(instance.region_floor[region]),
                inf,
            )
    for tier in range(len(instance.keep_least)):
        kept = instance.keep_value[tier][i, j].astype(float)
        short = np.concatenate(
            [
                np.full(m, -float(instance.keep_floor_penalty[tier])),
                np.full(len(instance.region_floor), -float(instance.keep_region_penalty[tier])),
            ]
        )
        add(
            np.arange(x + len(short)),
            np.concatenate([kept, short]),
            float(instance.keep_least[tier]),
            inf,
        )
    return rows, lower, higher


def _read(solver: Any, pairs: Ints, n: int) -> Ints:
    site_of = np.full(n, -1, np.int32)
    solution = solver.getSolution()
    if not solution.value_valid:
        raise NoPlanInTime(
            "The solver found no plan in the time given.", "Give it more with --seconds."
        )
    chosen = np.asarray(solution.col_value)[: len(pairs)] > 0.5
    site_of[pairs[chosen, 0]] = pairs[chosen, 1]
    return site_of


def _bound(solver: Any, instance: Instance) -> int:
    bound = float(solver.getInfo().mip_dual_bound)
    if not np.isfinite(bound):
        return int(np.maximum(instance.value.max(axis=1), instance.unplaced).astype(np.int64).sum())
    return int(np.floor(bound + min(0.05, 1e-6 * max(1.0, abs(bound)))))
