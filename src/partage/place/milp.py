"""The only file of ``place`` that speaks to an outside solver: HiGHS, through highspy."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from partage.core.errors import InputRefused, Unavailable
from partage.place.certificate import Certificate, inadmissible, no_prices
from partage.place.instance import Instance, Ints
from partage.place.rows import Linear, linear
from partage.place.solved import NoPlanInTime, Solved, open_bound, plan_value
from partage.place.watched import Progress, Say, Watched

_STDOUT = threading.Lock()
GAP_TO_WHOLE = 0.999  # values are whole: a bound less than 1 above the plan proves it
SCALE_BITS = 20  # prices are rounded to 2^-20 of a value unit, or less finely where they are large


def solve_milp(instance: Instance, seconds: float = 10.0, say: Say | None = None) -> Solved:
    """A plan of greatest value within the time given, by the search alone; see ``search_pairs``."""
    return search_pairs(instance, np.argwhere(instance.value >= 0), seconds, say=say)


def search_pairs(
    instance: Instance,
    pairs: Ints,
    seconds: float,
    *,
    start: Ints | None = None,
    say: Say | None = None,
) -> Solved:
    """A plan of greatest value among those pairs (pairs, 2), with the bound that was shown for them.

    ``start`` is a plan to begin with. Rows count one household each. Deterministic: one thread, fixed seed,
    whole numbers in and out. The time holds whatever the solver does. Refused: grouped rows; no plan found
    in that time (``NoPlanInTime``).
    """
    if (instance.count != 1).any():
        raise InputRefused(
            "A row of the instance stands for several households, which this road cannot place.",
            "Give each household a row of its own (count = 1).",
        )
    started = time.perf_counter()
    n = instance.households
    program = linear(instance, pairs)
    if n == 0 or len(pairs) == 0:
        site_of = np.full(n, -1, np.int32)
        value = plan_value(instance, site_of)
        return Solved(site_of, value, value, True, time.perf_counter() - started)
    watched = _run(program, seconds, whole=True, say=say, start=_columns(instance, pairs, start))
    columns, bound = watched.columns, watched.bound
    if watched.finished:
        solution = watched.solver.getSolution()
        columns = np.asarray(solution.col_value) if solution.value_valid else columns
        bound = float(watched.solver.getInfo().mip_dual_bound)
    if columns is None:
        raise NoPlanInTime(
            "The solver found no plan in the time given.", "Give it more with --seconds."
        )
    site_of = np.full(n, -1, np.int32)
    chosen = columns[: len(pairs)] > 0.5
    site_of[pairs[chosen, 0]] = pairs[chosen, 1]
    value = plan_value(instance, site_of)
    most = max(value, _whole_bound(bound, instance))
    return Solved(site_of, value, most, most == value, time.perf_counter() - started)


def _columns(instance: Instance, pairs: Ints, site_of: Ints | None) -> Ints | None:
    """A plan as the columns of the program, with what it leaves short."""
    if site_of is None:
        return None
    rows = np.flatnonzero(site_of >= 0)
    persons = np.zeros(instance.sites, np.int64)
    np.add.at(persons, site_of[rows], instance.need[rows, 0].astype(np.int64))
    in_region = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(in_region, instance.region, persons)
    return np.concatenate(
        [
            (site_of[pairs[:, 0]] == pairs[:, 1]).astype(float),
            np.maximum(instance.floor - persons, 0).astype(float),
            np.maximum(instance.region_floor - in_region, 0).astype(float),
        ]
    )


def solve_prices(
    instance: Instance, seconds: float = 10.0, pairs: Ints | None = None
) -> Certificate:
    """The prices of the linear program, exact to the rounding: no bound of any prices is lower.

    With ``pairs``, of the program of those pairs only. If the time was too short, prices that are
    admissible all the same.
    """
    program = linear(instance, pairs)
    if len(program.pairs) == 0:
        return no_prices(instance)
    watched = _run(program, seconds, whole=False)
    solution = watched.solver.getSolution() if watched.finished else None
    if solution is None or not solution.dual_valid:
        return no_prices(instance)
    return rounded(instance, program, np.asarray(solution.row_dual))


def rounded(instance: Instance, program: Linear, dual: Ints) -> Certificate:
    """Duals of the rows as whole, admissible prices."""
    at = program.at
    price = np.maximum(dual[at["capacity"] : at["floor"]], 0.0).reshape(instance.capacity.shape)
    floor = np.maximum(-dual[at["floor"] : at["ceiling"]], 0.0)
    region = np.maximum(dual[at["ceiling"] : at["due"]], 0.0)
    due = np.maximum(-dual[at["due"] : at["keep"]], 0.0)
    keep = np.maximum(-dual[at["keep"] :], 0.0)
    largest = max(float(part.max(initial=0.0)) for part in (price, floor, region, due, keep))
    scale = 1 << max(0, min(SCALE_BITS, 40 - int(largest).bit_length()))
    keep_price = np.rint(keep * scale).astype(np.int64)

    def most(penalty: Ints, kept: Ints) -> int:
        return scale * int(penalty) + int((keep_price * kept.astype(np.int64)).sum())

    def whole(part: Ints) -> Ints:
        prices: Ints = np.rint(part * scale).astype(np.int64)
        return prices

    found = Certificate(
        scale,
        whole(price),
        np.minimum(whole(floor), most(instance.floor_penalty, instance.keep_floor_penalty)),
        whole(region),
        np.minimum(whole(due), most(instance.region_penalty, instance.keep_region_penalty)),
        keep_price,
    )
    assert not inadmissible(instance, found)
    return found


def _run(
    program: Linear,
    seconds: float,
    *,
    whole: bool,
    say: Say | None = None,
    start: Ints | None = None,
) -> Watched:
    solver = _highs(seconds)
    _pass(solver, program, whole=whole)
    if start is not None:
        import highspy

        known = highspy.HighsSolution()
        known.col_value, known.value_valid = start.tolist(), True
        solver.setSolution(known)
    watched = Watched(solver)

    def tell(passed: float, value: float, bound: float) -> None:
        assert say is not None
        say(Progress(
            passed,
            round(value) if np.isfinite(value) else None,
            int(np.floor(bound)) if np.isfinite(bound) else None,
            "search",
        ))  # fmt: skip

    watched.run(seconds, tell if say is not None else None)
    return watched


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


def _pass(solver: Any, program: Linear, *, whole: bool) -> None:
    import highspy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.lower)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.offset_ = program.offset
    lp.col_cost_, lp.col_lower_ = program.cost, np.zeros(len(program.cost))
    lp.col_upper_ = program.upper
    lp.row_lower_, lp.row_upper_ = program.lower, program.higher
    if whole:
        x = len(program.pairs)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * x + [
            highspy.HighsVarType.kContinuous
        ] * (len(program.cost) - x)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = program.start
    lp.a_matrix_.index_ = program.index
    lp.a_matrix_.value_ = program.entry
    solver.passModel(lp)


def _whole_bound(bound: float, instance: Instance) -> int:
    if not np.isfinite(bound):
        return open_bound(instance)
    return int(np.floor(bound + min(0.05, 1e-6 * max(1.0, abs(bound)))))
