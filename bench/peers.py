"""What a user would pick instead, each called as its own documents say, with default options but the time.

Nothing here uses the engine. A peer is a function from the arrays and a time limit to a function that
runs; building and running are timed apart. It answers a plan (`site` or `counts`), an upper bound where it
gives one, and whether it calls what it found optimal.

    highs-lp          HiGHS, the linear program: a bound, no plan
    highs-ipm         the same by the interior-point method
    highs-milp        HiGHS, whole households; it stops at a gap of 1e-4, its default
    highs-milp-exact  the same with no gap allowed: what a proof takes
    cp-sat            OR-Tools CP-SAT
    min-cost-flow     OR-Tools min-cost flow; only for households of one person, places alone
    cbc               CBC through PuLP
    matching          hospitals and residents by the package `matching`; it knows neither sizes nor services

As a script it is the child of a measurement (apart.py): {"do": "build", "peer", "instance", "seconds"},
then {"do": "run", "plan"}.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from apart import forget_peak, resident_mb, serve
from program import Arrays, plan_from, program, whole_format

Result = dict[str, Any]
Run = Callable[[], Result]


def _highs(a: Arrays, seconds: float, *, whole: bool, **options: Any) -> Run:
    import highspy

    p = program(a)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(p.cost), len(p.lower)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = p.cost, np.zeros(len(p.cost)), p.upper
    lp.row_lower_, lp.row_upper_ = p.lower, p.higher
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = p.start, p.index, p.number
    if whole:
        integer, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        shortfalls = len(p.cost) - len(p.pairs)
        lp.integrality_ = [integer] * len(p.pairs) + [real] * shortfalls
    solver = highspy.Highs()
    for name, option in ({"output_flag": False, "time_limit": seconds} | options).items():
        solver.setOptionValue(name, option)
    solver.passModel(lp)

    def run() -> Result:
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        optimal = status == highspy.HighsModelStatus.kOptimal
        result: Result = {"status": solver.modelStatusToString(status), "optimal": optimal}
        if not whole:
            return result | ({"bound": info.objective_function_value + p.offset} if optimal else {})
        if np.isfinite(info.mip_dual_bound):
            result["bound"] = info.mip_dual_bound + p.offset
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            columns = np.asarray(solver.getSolution().col_value)
            result |= plan_from(a, p.pairs, columns[: len(p.pairs)])
        return result

    return run


def highs_lp(a: Arrays, seconds: float) -> Run:
    """HiGHS on the linear program: its optimum is a bound."""
    return _highs(a, seconds, whole=False)


def highs_ipm(a: Arrays, seconds: float) -> Run:
    """HiGHS's interior-point method on the linear program."""
    return _highs(a, seconds, whole=False, solver="ipm")


def highs_milp(a: Arrays, seconds: float) -> Run:
    """HiGHS on whole households, with its default gap of 1e-4."""
    return _highs(a, seconds, whole=True)


def highs_milp_exact(a: Arrays, seconds: float) -> Run:
    """HiGHS on whole households, with no gap allowed (values are whole: less than 1 is none)."""
    return _highs(a, seconds, whole=True, mip_rel_gap=0.0, mip_abs_gap=0.999)


def cp_sat(a: Arrays, seconds: float) -> Run:
    """OR-Tools CP-SAT with its default workers."""
    from ortools.sat.python import cp_model

    p = program(a)
    model = cp_model.CpModel()
    total = cp_model.LinearExpr.weighted_sum
    x = [model.new_int_var(0, int(most), "") for most in p.upper]
    for columns, numbers, low, high in p.rows():
        terms = total([x[c] for c in columns], numbers.astype(int).tolist())
        if np.isfinite(high):
            model.add(terms <= int(high))
        if np.isfinite(low):
            model.add(terms >= int(low))
    model.maximize(total(x, p.cost.astype(int).tolist()))

    def run() -> Result:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(model)
        result: Result = {
            "status": solver.status_name(status),
            "optimal": status == cp_model.OPTIMAL,
        }
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            result["bound"] = solver.best_objective_bound + p.offset
            amounts = np.array([solver.value(v) for v in x[: len(p.pairs)]])
            result |= plan_from(a, p.pairs, amounts)
        return result

    return run


def min_cost_flow(a: Arrays, seconds: float) -> Run:
    """OR-Tools min-cost flow; it has no time limit of its own."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    n, m = a["value"].shape
    pairs = np.argwhere(a["value"] >= 0)
    i, j = pairs[:, 0], pairs[:, 1]
    sites, end = n + np.arange(m), n + m
    capacity = a["capacity"][:, 0].astype(np.int64)
    floor = np.minimum(a["floor"].astype(np.int64), capacity)
    penalty = int(a["floor_penalty"])
    arcs = [  # from, to, capacity, cost
        (i, n + j, np.ones(len(i), np.int64), -a["value"][i, j].astype(np.int64)),
        (np.arange(n), np.full(n, end), np.ones(n, np.int64), -a["unplaced"].astype(np.int64)),
        (sites, np.full(m, end), floor, np.full(m, -penalty)),
        (sites, np.full(m, end), capacity - floor, np.zeros(m, np.int64)),
    ]
    tail, head, room, cost = (np.concatenate(part) for part in zip(*arcs, strict=True))
    graph = SimpleMinCostFlow()
    graph.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    graph.set_nodes_supplies(np.arange(n + m + 1), np.r_[np.ones(n, int), np.zeros(m, int), -n])

    def run() -> Result:
        status = graph.solve()
        optimal = status == graph.OPTIMAL
        result: Result = {"status": str(status), "optimal": optimal}
        if optimal:
            result |= plan_from(a, pairs, graph.flows(np.arange(len(i))))
            result["bound"] = -graph.optimal_cost() - penalty * int(a["floor"].sum())
        return result

    return run


def cbc(a: Arrays, seconds: float) -> Run:
    """CBC through PuLP, with the solver that PuLP ships; PuLP passes no bound on."""
    import pulp

    p = program(a)
    problem = pulp.LpProblem("placement", pulp.LpMaximize)
    kinds = [pulp.LpInteger] * len(p.pairs) + [pulp.LpContinuous] * (len(p.cost) - len(p.pairs))
    x = [
        pulp.LpVariable(f"x{c}", 0, most, kind)
        for c, (most, kind) in enumerate(zip(p.upper.tolist(), kinds, strict=True))
    ]
    problem += pulp.LpAffineExpression(zip(x, p.cost.tolist(), strict=True))
    for columns, numbers, low, high in p.rows():
        if not len(columns):
            continue
        terms = pulp.LpAffineExpression(
            [(x[c], n) for c, n in zip(columns, numbers.tolist(), strict=True)]
        )
        if np.isfinite(high):
            problem += terms <= high
        if np.isfinite(low):
            problem += terms >= low

    def run() -> Result:
        problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds))
        optimal = problem.sol_status == pulp.LpSolutionOptimal
        result: Result = {"status": pulp.LpSolution[problem.sol_status], "optimal": optimal}
        if optimal or problem.sol_status == pulp.LpSolutionIntegerFeasible:
            amounts = np.array([v.value() or 0.0 for v in x[: len(p.pairs)]])
            result |= plan_from(a, p.pairs, amounts)
        return result

    return run


def matching(a: Arrays, seconds: float) -> Run:
    """Hospitals and residents: each side ranks the other by worth; a site takes households, not persons.

    As many households as its places divided by the mean size.
    """
    from matching.games import HospitalResident

    value = a["value"]
    mean = float(a["need"][:, 0].mean())
    room = {f"s{s}": max(1, int(c / mean)) for s, c in enumerate(a["capacity"][:, 0])}
    by_worth = np.argsort(-value, axis=1, kind="stable")
    residents = {
        f"h{h}": [f"s{s}" for s in by_worth[h].tolist() if value[h, s] >= 0]
        for h in range(len(value))
    }
    residents = {name: wishes for name, wishes in residents.items() if wishes}
    ranked = np.argsort(-value, axis=0, kind="stable")
    hospitals = {
        f"s{s}": [f"h{h}" for h in ranked[:, s].tolist() if value[h, s] >= 0]
        for s in range(value.shape[1])
    }
    hospitals = {name: ranks for name, ranks in hospitals.items() if ranks}
    game = HospitalResident.create_from_dictionaries(
        residents, hospitals, {name: room[name] for name in hospitals}
    )

    def run() -> Result:
        solved = game.solve(optimal="resident")
        site = np.full(len(value), -1, np.int32)
        for hospital, taken in solved.items():
            for resident in taken:
                site[int(str(resident.name)[1:])] = int(str(hospital.name)[1:])
        return {"status": "stable", "optimal": False, "site": site}

    return run


PEERS: dict[str, Callable[[Arrays, float], Run]] = {
    "highs-lp": highs_lp,
    "highs-ipm": highs_ipm,
    "highs-milp": highs_milp,
    "highs-milp-exact": highs_milp_exact,
    "cp-sat": cp_sat,
    "min-cost-flow": min_cost_flow,
    "cbc": cbc,
    "matching": matching,
}

NEEDS = {  # what has to be installed; the first is imported before memory is measured
    "cp-sat": ("ortools.sat.python.cp_model",),
    "min-cost-flow": ("ortools.graph.python.min_cost_flow",),
    "cbc": ("pulp",),
    "matching": ("matching.games",),
}


def applies(peer: str, a: Arrays) -> bool:
    """Whether a peer can say anything of such an instance."""
    plain = not len(a.get("keep_value", ())) and "region_floor" not in a
    single = bool((a["count"] == 1).all())
    if peer == "min-cost-flow":
        return plain and single and a["need"].shape[1] == 1 and bool((a["need"] == 1).all())
    return peer != "matching" or (plain and single)


class Measured:
    """The child's side of one measurement."""

    def __init__(self) -> None:
        self.run: Run | None = None
        self.before = 0.0

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Build, then run."""
        return self.build(question) if question["do"] == "build" else self.go(question)

    def build(self, question: dict[str, Any]) -> dict[str, Any]:
        """The model of the peer in memory; the time it took to build."""
        for name in ("numpy", *NEEDS.get(question["peer"], ("highspy",))):
            try:
                importlib.import_module(name)
            except ImportError:
                return {
                    "failed": f"{name.partition('.')[0]} is not installed: 'make bench' does it"
                }
        self.before = resident_mb(peak=False)
        with np.load(question["instance"]) as file:
            arrays = whole_format({name: file[name] for name in file.files})
        forget_peak()
        begun = time.perf_counter()
        self.run = PEERS[question["peer"]](arrays, question["seconds"])
        return {"build": time.perf_counter() - begun}

    def go(self, question: dict[str, Any]) -> dict[str, Any]:
        """What the peer found, its plan in the file named, time and peak memory above imports."""
        assert self.run is not None
        begun = time.perf_counter()
        result = self.run()
        result["seconds"] = time.perf_counter() - begun
        result["memory_mb"] = resident_mb(peak=True) - self.before
        plan = {name: result.pop(name) for name in ("site", "counts") if name in result}
        if plan:
            np.savez(question["plan"], **plan)
        return result | {"plan": bool(plan)}


if __name__ == "__main__":
    serve(Measured().answer)
