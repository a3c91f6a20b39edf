"""The rows of `make bench`: instances, tools, and the figures that are to be reached."""

from __future__ import annotations

from figures import (
    Figure,
    Row,
    again_in,
    each_in,
    faster_linear,
    gap_within,
    memory_under,
    not_behind,
    proven_in,
    proven_within,
    within_linear,
)
from instances import ODD


def near(tool: str, *limits: str) -> tuple[str, ...]:
    """The same tool at several limits."""
    return tuple(f"{tool}@{limit}" for limit in limits)


EXACT = "highs-milp-exact@60"
PEERS_60 = ("highs-lp@60", "highs-milp@60", EXACT, "cp-sat@60", "cbc@60")
ROWS: tuple[Row, ...] = (
    Row(
        "office", "Office day: about 170 households, 60 sites, tiers, links, limits of the day, dues",
        ("office@1", "office@2", "office@3", "office@fresh"),
        ("prices@0.2", *near("engine", "1", "5", "60"), "highs-lp@60",
         *near("highs-milp", "1", "5"), EXACT, "cp-sat@5", "cbc@5"),
        (
            Figure(
                "price bound within 1e-4 of the LP optimum in 0.2 s", within_linear("prices@0.2", 1e-4, 0.2)
            ),
            Figure("not behind HiGHS MILP at 1 s", not_behind("engine@1", "highs-milp@1")),
            Figure("not behind HiGHS MILP at 5 s", not_behind("engine@5", "highs-milp@5")),
            Figure("proven no later than HiGHS MILP", proven_within("engine@60", 1.0, EXACT)),
            Figure("proven in 1 s", proven_in("engine@60", 1.0), aim=True),
        ),
    ),
    Row(
        "day", "A day: 150 households, 13 sites", ("day", "day@fresh"),
        ("engine@60", *PEERS_60, "matching@60"),
        (
            Figure("proven", proven_in("engine@60", 60)),
            Figure("proven within 1.5 times HiGHS MILP's time", proven_within("engine@60", 1.5, EXACT)),
            Figure("proven faster than HiGHS MILP", proven_within("engine@60", 1.0, EXACT), aim=True),
        ),
    ),
    Row(
        "week", "A week: 1,000 households, 60 sites", ("week", "week@fresh"),
        (*near("engine", "5", "10", "30", "60"), *near("highs-milp", "5", "10", "30"), *PEERS_60,
         "matching@60"),
        (
            Figure("gap of 1e-4 in 10 s", gap_within("engine@10", 1e-4)),
            Figure("price bound within 1e-5 of the LP optimum in 10 s", within_linear("engine@10", 1e-5)),
            *(
                Figure(f"not behind HiGHS MILP at {s} s", not_behind(f"engine@{s}", f"highs-milp@{s}"))
                for s in (5, 10, 30, 60)
            ),
            Figure("proven in 30 s", proven_in("engine@60", 30.0), aim=True),
        ),
    ),
    Row(
        "roxham13", "A year of Roxham Road: 17,800 households, 13 sites", ("roxham13", "roxham13@fresh"),
        ("prices@60", "engine@60", "highs-lp@120", "highs-milp@60", "cp-sat@60", "cbc@60"),
        (
            Figure(
                "exact LP at least 40 times as fast as HiGHS LP",
                faster_linear("prices@60", 40, "highs-lp@120"),
            ),
            Figure("proven in a tenth of HiGHS LP's time", proven_within("engine@60", 0.1, "highs-lp@120")),
            Figure("exact LP 100 times as fast", faster_linear("prices@60", 100, "highs-lp@120"), aim=True),
            Figure("proven in a thirtieth", proven_within("engine@60", 1 / 30, "highs-lp@120"), aim=True),
        ),
    ),
    Row(
        "de16", "Half a million households, 16 sites", ("de16",), ("engine@60", "highs-ipm@240"),
        (
            Figure("proven in 2.4 s, 1/100 of HiGHS IPM's limit of 240 s", proven_in("engine@60", 2.4)),
            Figure("peak memory above imports under 500 MB", memory_under("engine@60", 500)),
            Figure("proven in 0.5 s", proven_in("engine@60", 0.5), aim=True),
        ),
    ),
    Row(
        "roxham100", "A year, 100 sites (stretch)", ("roxham100",),
        (*near("engine", "2", "10"), "highs-ipm@240", "highs-milp@60"),
        (
            Figure("price gap of 1e-5 in 10 s", gap_within("engine@10", 1e-5, "price_gap", 10)),
            Figure("price gap of 1e-6 in 2 s", gap_within("engine@2", 1e-6, "price_gap", 2), aim=True),
        ),
    ),
    Row(
        "unit", "Persons one by one, places alone: unit17800x100 (stretch) and two more",
        ("unit17800x100", "unit17800", "unit1000"), ("engine@60", "min-cost-flow@60", "highs-lp@120"),
        (
            Figure(
                "proven at min-cost flow's speed (within 1.1 times)",
                proven_within("engine@60", 1.1, "min-cost-flow@60"),
            ),
            Figure("ahead of min-cost flow", proven_within("engine@60", 1, "min-cost-flow@60"), aim=True),
        ),
    ),
    Row(
        "de400", "Half a million households, 400 sites (stretch)", ("de400",), near("engine", "5", "30"),
        (
            Figure("price gap of 2e-5 in 30 s", gap_within("engine@30", 2e-5, "price_gap", 30)),
            Figure(
                "peak memory above imports under 2.5 times the matrix",
                memory_under("engine@30", 2.5, matrices=True),
            ),
            Figure("price gap of 1e-5 in 5 s", gap_within("engine@5", 1e-5, "price_gap", 5), aim=True),
        ),
    ),
    Row(
        "prof500k", "Half a million households in 2,000 rows of equal ones, 16 sites", ("prof500k",),
        ("engine@30", "highs-lp@60", "highs-milp@30"),
        (Figure("not behind HiGHS MILP at 30 s", not_behind("engine@30", "highs-milp@30")),),
    ),
    Row(
        "odd", "Structures that the names lack: 400 households, 20 sites",
        tuple(f"{name}@fresh" for name in ODD),
        ("engine@10", "highs-lp@30", "highs-milp@10", "highs-milp-exact@10", "cp-sat@10", "cbc@10"),
        (Figure("not behind HiGHS MILP at 10 s", not_behind("engine@10", "highs-milp@10")),),
    ),
    Row(
        "re-plan", "Planned again after a change, at roxham13", ("roxham13",),
        ("one-more@5", "one-fewer@5", "close-2@5", "close-10@30"),
        (
            Figure("one place more in 5 ms, with certificate", again_in("one-more@5", 0.005)),
            Figure("one place fewer in 5 ms, with certificate", again_in("one-fewer@5", 0.005)),
            Figure("2 % of a site closed: 100 ms", again_in("close-2@5", 0.1)),
            Figure("10 % of a site closed: never fails", again_in("close-10@30", 30)),
            Figure("one place more in 1 ms", again_in("one-more@5", 0.001), aim=True),
            Figure("one place fewer in 1 ms", again_in("one-fewer@5", 0.001), aim=True),
            Figure("2 % of a site closed: 20 ms", again_in("close-2@5", 0.02), aim=True),
        ),
    ),
    Row(
        "decide", "One household decided from standing prices, at roxham13", ("roxham13",),
        ("decide@5", "batch@5"),
        (
            Figure("under 20 us from Python", each_in("decide@5", 20e-6)),
            Figure("10 million households a second in a batch", each_in("batch@5", 1e-7)),
            Figure("2 us from Python", each_in("decide@5", 2e-6), aim=True),
            Figure("30 million a second in a batch", each_in("batch@5", 1 / 3e7), aim=True),
        ),
    ),
)  # fmt: skip
