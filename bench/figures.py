"""The figures that the engine is to reach, as questions to what was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from bout import OURS, Bout


@dataclass(frozen=True)
class Verdict:
    """Whether a figure was reached (None: not measured), and what was measured."""

    reached: bool | None
    measured: str


Question = Callable[[Bout], Verdict]


@dataclass(frozen=True)
class Figure:
    """A figure in words, and the question; `aim`: hoped for beyond what is to be reached."""

    says: str
    ask: Question
    aim: bool = False


@dataclass(frozen=True)
class Row:
    """Instances, the tools run on each (`tool@seconds`) by turns, and the figures asked of each."""

    key: str
    title: str
    instances: tuple[str, ...]  # `NAME@fresh` stands for a seed drawn for the run
    tools: tuple[str, ...]
    figures: tuple[Figure, ...] = ()


def not_measured(bout: Bout, *keys: str) -> Verdict:
    """Why a figure was not measured; a failure of the engine itself is a figure not reached."""
    for key in keys:
        if not bout.good(key):
            ours = key.partition("@")[0] in OURS and bool(bout.runs.get(key))
            return Verdict(False if ours else None, f"{key}: {bout.why_not(key)}")
    return Verdict(None, "no optimum of the linear program to compare with")


def within_linear(key: str, share: float, seconds: float | None = None) -> Question:
    """The price bound lies within that share of the linear program's optimum, in that time."""

    def ask(bout: Bout) -> Verdict:
        linear, bound, took = bout.linear_optimum(), bout.price_bound(key), bout.seconds(key)
        if linear is None or bound is None or took is None:
            return not_measured(bout, key)
        off = float((bound - Fraction(linear)) / max(1, abs(Fraction(linear))))
        reached = off <= share and (seconds is None or took <= seconds)
        return Verdict(
            reached, f"{off:.1e} above it in {took:.3g} s" if off > 0 else f"at it in {took:.3g} s"
        )

    return ask


def not_behind(ours: str, peer: str) -> Question:
    """At the same time limit the plan is worth no less, and the bound is no higher, than the peer's.

    Where neither has a plan yet, the bounds alone are compared.
    """

    def ask(bout: Bout) -> Verdict:
        if not bout.each(ours, "bound"):
            return not_measured(bout, ours)
        if not bout.runs.get(peer):
            return not_measured(bout, peer)
        none_yet = not bout.good(ours)
        value = None if none_yet else min(bout.each(ours, "value"))
        bound = max(bout.each(ours, "bound"))
        sound = [run for run in bout.runs[peer] if not run.get("faults")]
        plans = [run["value"] for run in sound if run.get("value") is not None]
        bounds = bout.each(peer, "bound")
        least = int(min(bounds) + 1e-6 * abs(min(bounds))) if bounds else bound
        behind = []
        if plans and value is None:
            behind.append(f"no plan, where {peer} has one worth {max(plans)}")
        elif plans and value is not None and value < max(plans):
            behind.append(f"plan {max(plans) - value} behind")
        if bound > least:
            behind.append(f"bound {bound - least} behind")
        ahead = f"{'neither' if value is None else peer} has {'a' if value is None else 'no'} plan"
        if value is not None and plans:
            ahead = f"plan {value - max(plans)} ahead"
        elif value is None:
            ahead += f"; bound {least - bound} ahead"
        return Verdict(not behind, "; ".join(behind) or ahead)

    return ask


def proven_in(key: str, seconds: float) -> Question:
    """Every run is proven, the median within that time."""

    def ask(bout: Bout) -> Verdict:
        took = bout.seconds(key)
        if took is None:
            return not_measured(bout, key)
        if not all(bout.each(key, "optimal")):
            return Verdict(False, f"not proven in {took:.3g} s")
        return Verdict(took <= seconds, f"proven in {took:.3g} s")

    return ask


def proven_within(ours: str, times: float, peer: str) -> Question:
    """Proven in at most so many times what the peer takes to its own end."""

    def ask(bout: Bout) -> Verdict:
        took, theirs = bout.seconds(ours), bout.seconds(peer)
        if took is None:
            return not_measured(bout, ours)
        if theirs is None:
            return not_measured(bout, peer)
        ended = all(bout.each(peer, "optimal"))
        said = f"{peer}: {'' if ended else 'not ended in '}{theirs:.3g} s"
        if not all(bout.each(ours, "optimal")):
            return Verdict(False if ended else None, f"not proven in {took:.3g} s; {said}")
        return Verdict(took <= times * theirs, f"proven in {took:.3g} s; {said}")

    return ask


def faster_linear(ours: str, times: float, peer: str) -> Question:
    """The exact optimum of the linear program, so many times as fast as the peer."""

    def ask(bout: Bout) -> Verdict:
        took, theirs = bout.seconds(ours), bout.seconds(peer)
        linear, bound = bout.linear_optimum(), bout.price_bound(ours)
        if took is None:
            return not_measured(bout, ours)
        if theirs is None or linear is None or bound is None:
            return not_measured(bout, peer)
        exact = float(bound - Fraction(linear)) <= 1e-8 * max(1.0, abs(linear))
        said = f"{theirs / took:.3g}x ({took:.3g} s; {peer}: {theirs:.3g} s)"
        return Verdict(exact and theirs >= times * took, said if exact else f"not exact; {said}")

    return ask


def gap_within(key: str, share: float, what: str = "gap", seconds: float | None = None) -> Question:
    """The plan is within that share of its bound; `what` is gap (any bound) or price_gap."""

    def ask(bout: Bout) -> Verdict:
        took = bout.seconds(key)
        values, bounds = bout.each(key, "value"), bout.each(key, "bound")
        if what == "price_gap":
            bounds = [Fraction(one) for one in bout.each(key, "price_bound")]
        if took is None or not values or not bounds:
            return not_measured(bout, key)
        gap = max(float(b - v) / max(1, abs(v)) for v, b in zip(values, bounds, strict=True))
        in_time = seconds is None or took <= seconds + max(0.5, 0.05 * seconds)
        return Verdict(gap <= share and in_time, f"{gap:.1e} in {took:.3g} s")

    return ask


def memory_under(key: str, most: float, *, matrices: bool = False) -> Question:
    """Peak resident memory above imports, in MB, or in times the matrix of worths."""

    def ask(bout: Bout) -> Verdict:
        found = bout.each(key, "memory_mb")
        if not bout.good(key) or not found:
            return not_measured(bout, key)
        share = max(found) / bout.matrix_mb
        said = f"{max(found):.0f} MB, {share:.2g} times the matrix"
        return Verdict((share if matrices else max(found)) < most, said)

    return ask


def again_in(key: str, seconds: float) -> Question:
    """Planned again in that time, with a plan and prices that certify."""

    def ask(bout: Bout) -> Verdict:
        took, bound = bout.seconds(key), bout.price_bound(key)
        if took is None or bound is None:
            return not_measured(bout, key)
        gaps = [
            float(Fraction(run["price_bound"]) - run["value"]) / max(1, abs(run["value"]))
            for run in bout.good(key)
        ]
        sound = not any(bout.each(key, "faults"))
        said = f"{1000 * took:.3g} ms, price gap {max(gaps):.1e}"
        return Verdict(sound and took <= seconds, said if sound else f"faults; {said}")

    return ask


def each_in(key: str, seconds: float) -> Question:
    """One decision in that time."""

    def ask(bout: Bout) -> Verdict:
        took = bout.seconds(key)
        if took is None:
            return not_measured(bout, key)
        return Verdict(took <= seconds, f"{took * 1e6:.3g} us each, {1 / took:.3g} a second")

    return ask


def limit_holds(bout: Bout) -> Verdict:
    """No run of the engine takes more than its limit + max(0.5 s, 5 %)."""
    over, some = [], False
    for key, runs in bout.runs.items():
        tool, _, limit = key.partition("@")
        for run in runs if tool in OURS else ():
            took = run.get("seconds", run.get("wall"))
            some = some or took is not None
            if took is not None and took > float(limit) + max(0.5, 0.05 * float(limit)):
                over.append(f"{key} took {took:.3g} s")
    return Verdict(not over if some else None, "; ".join(over) or ("held" if some else "not run"))
