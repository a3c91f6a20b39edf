"""The only file of ``place`` that speaks to an outside solver: HiGHS, through highspy."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from partage.core.errors import InputRefused, Unavailable
from partage.place.certificate import Certificate, no_prices, whole_prices
from partage.place.instance import Instance, Ints
from partage.place.rows import Program, linear
from partage.place.solved import NoPlanInTime, Solved, open_bound, plan_value
from partage.place.watched import Look, Watched

_STDOUT = threading.Lock()
Plans = Literal["many", "few", "none"]  # how much time goes into finding plans by the way
LEFT_OUT: dict[Plans, tuple[tuple[str, Any], ...]] = {  # of what HiGHS does for it
    "many": (),
    "few": (
        ("mip_heuristic_run_feasibility_jump", False),
        ("mip_heuristic_run_root_reduced_cost", False),
    ),
    "none": (
        ("mip_heuristic_effort", 0.0),
        ("mip_heuristic_run_root_reduced_cost", False),
        ("mip_heuristic_run_rins", False),
        ("mip_heuristic_run_rens", False),
    ),
}
SAME = 0.01  # two values of one plan may differ by rounding, not by more
GAP_TO_WHOLE = 0.999  # values are whole: a bound less than 1 above the plan proves it


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the columns of its best plan (None: no plan), and the bound that it showed.

    ``ended``: it came to its end by itself; without columns there is no plan then.
    """

    columns: Ints | None
    bound: float
    ended: bool


def search(
    program: Program,
    seconds: float,
    *,
    start: Ints | None = None,
    look: Look | None = None,
    plans: Plans = "many",
) -> Found:
    """The best whole columns of a program found in the time, which holds whatever the solver does.

    ``look`` sees how far it is, and may stop it. ``start`` are the first columns of a plan to begin with.
    ``plans``: how much time goes into finding plans early, and not into the bound.
    Deterministic unless the time runs out: one thread, fixed seed.
    """
    if len(program.cost) == 0:
        fits = bool((program.lower <= 0).all() and (program.higher >= 0).all())
        return Found(np.zeros(0) if fits else None, program.offset, True)
    begun = time.perf_counter()
    watched = _run(program, seconds, whole=True, look=look, start=start, plans=plans)
    if not watched.finished:
        return Found(watched.columns, watched.bound, False)
    import highspy

    solver, status = watched.solver, highspy.HighsModelStatus
    solution = solver.getSolution()
    closed = (status.kOptimal, status.kInfeasible, status.kObjectiveBound)
    columns = np.asarray(solution.col_value) if solution.value_valid else watched.columns
    ended = solver.getModelStatus() in closed
    if start is not None and columns is not None:
        # HiGHS 1.16 was seen to hand back the start under the value of a better plan
        claimed = float(solver.getInfo().objective_function_value)
        if abs(float(program.cost @ columns) + program.offset - claimed) > SAME:
            left = max(0.01, seconds - (time.perf_counter() - begun))
            return search(program, left, look=look)
    return Found(columns, float(solver.getInfo().mip_dual_bound), ended)


def solve_milp(instance: Instance, seconds: float = 10.0) -> Solved:
    """A plan of greatest value within the time given, by the search alone, without prices.

    Rows count one household each. Refused: grouped rows; no plan found in that time (``NoPlanInTime``).
    """
    if (instance.count != 1).any():
        raise InputRefused(
            "A row of the instance stands for several households, which this road cannot place.",
            "Give each household a row of its own (count = 1).",
        )
    started = time.perf_counter()
    n = instance.households
    site_of = np.full(n, -1, np.int32)
    model = linear(instance)
    if n == 0 or len(model.pairs) == 0:
        value = plan_value(instance, site_of)
        return Solved(site_of, value, value, True, time.perf_counter() - started)
    found = search(model.program, seconds)
    if found.columns is None:
        raise NoPlanInTime(
            "The solver found no plan in the time given.", "Give it more with --seconds."
        )
    chosen = found.columns[: len(model.pairs)] > 0.5
    site_of[model.pairs[chosen, 0]] = model.pairs[chosen, 1]
    value = plan_value(instance, site_of)
    most = max(value, _whole_bound(found.bound, instance))
    return Solved(site_of, value, most, most == value, time.perf_counter() - started)


def solve_prices(instance: Instance, seconds: float = 10.0) -> Certificate:
    """The prices of the linear program, exact to the rounding: no bound of any prices is lower.

    If the time was too short, prices that are admissible all the same.
    """
    model = linear(instance)
    if len(model.pairs) == 0:  # every floor is missed
        missed = no_prices(instance)
        return whole_prices(
            instance,
            price=missed.price,
            floor=np.full(instance.sites, float(instance.floor_penalty)),
            region=missed.region_price,
            due=np.full(len(instance.region_floor), float(instance.region_penalty)),
            keep=missed.keep_price,
        )
    watched = _run(model.program, seconds, whole=False)
    solution = watched.solver.getSolution() if watched.finished else None
    if solution is None or not solution.dual_valid:
        return no_prices(instance)
    return _prices_in(instance, model.at, np.asarray(solution.row_dual))


def _prices_in(instance: Instance, at: dict[str, int], dual: Ints) -> Certificate:
    """The duals of the rows as whole, admissible prices."""
    return whole_prices(
        instance,
        price=dual[at["capacity"] : at["floor"]].reshape(instance.capacity.shape),
        floor=-dual[at["floor"] : at["ceiling"]],
        region=dual[at["ceiling"] : at["due"]],
        due=-dual[at["due"] : at["keep"]],
        keep=-dual[at["keep"] :],
    )


def _run(
    program: Program,
    seconds: float,
    *,
    whole: bool,
    look: Look | None = None,
    start: Ints | None = None,
    plans: Plans = "many",
) -> Watched:
    solver = _highs(seconds)
    for name, option in LEFT_OUT[plans]:
        solver.setOptionValue(name, option)
    _pass(solver, program, whole=whole)
    if start is not None:
        some = np.arange(len(start), dtype=np.int32)
        solver.setSolution(len(some), some, start.astype(float))
    watched = Watched(solver, maximise=program.maximise)
    watched.run(seconds, look)
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


def _pass(solver: Any, program: Program, *, whole: bool) -> None:
    import highspy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.lower)
    lp.sense_ = highspy.ObjSense.kMaximize if program.maximise else highspy.ObjSense.kMinimize
    lp.offset_ = program.offset
    lp.col_cost_, lp.col_lower_ = program.cost, np.zeros(len(program.cost))
    lp.col_upper_ = program.upper
    lp.row_lower_, lp.row_upper_ = program.lower, program.higher
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[number] for number in program.whole.astype(int).tolist()]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = program.start
    lp.a_matrix_.index_ = program.index
    lp.a_matrix_.value_ = program.entry
    solver.passModel(lp)


def _whole_bound(bound: float, instance: Instance) -> int:
    if not np.isfinite(bound):
        return open_bound(instance)
    return int(np.floor(bound + min(0.05, 1e-6 * max(1.0, abs(bound)))))
