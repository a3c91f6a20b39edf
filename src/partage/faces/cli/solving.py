"""``solve`` and ``certify``: files in, files out, progress, answers as text and data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from partage.casework.arrays import solve_arrays
from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.marks import mark_of_bytes
from partage.faces.cli.files import arrays_file, check_out, write_whole
from partage.place.answer import Answer
from partage.place.certify import Certified, certify, read_plan
from partage.place.instance import Instance, Ints, read_instance
from partage.place.prices import load_kernels
from partage.place.solve import needs_kernels
from partage.place.watched import Progress

FIRST_SECONDS = 1.0  # nothing is said before
EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class SolvedFile:
    """An answer that was certified and written, with the marks of both files."""

    answer: Answer
    findings: tuple[Finding, ...]
    marks: dict[str, str]


def solve_file(
    path: Path,
    out: Path,
    *,
    seconds: float,
    threads: int,
    gap: float,
    previous: Path | None,
    tell: Callable[[str], None],
) -> SolvedFile:
    """The plan of an instance file, certified, then written to ``out``; nothing is written otherwise."""
    instance, findings, mark = _instance(path)
    check_out(out, never=path)
    if needs_kernels(instance):
        tell("Loading the compiled passes; the first time on a machine this takes half a minute.")
        load_kernels()
    answer, _, data = solve_arrays(
        instance,
        seconds=seconds,
        threads=threads,
        gap=gap,
        previous=None if previous is None else _previous(previous, instance),
        say=told(tell),
    )
    write_whole(out, data)
    return SolvedFile(answer, tuple(findings), {"instance": mark, "plan": mark_of_bytes(data)})


def _instance(path: Path) -> tuple[Instance, list[Finding], str]:
    with arrays_file(path) as file:
        instance, findings = read_instance(file)
        file.seek(0)
        return instance, findings, f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _previous(path: Path, instance: Instance) -> Ints:
    with arrays_file(path) as file:
        plan = read_plan(file, len(instance.keep_least))
    before = plan.site if plan.site is not None else plan.counts
    if before is None or before.ndim == 0:
        raise InputRefused(f"'{path}' holds no plan in whole numbers.", "Give another --previous.")
    return before


def told(tell: Callable[[str], None]) -> Callable[[Progress], None]:
    """Progress as lines: none in the first second, then two a second at the most."""
    last = FIRST_SECONDS - EVERY_SECONDS

    def say(now: Progress) -> None:
        nonlocal last
        if now.seconds < last + EVERY_SECONDS:
            return
        last = now.seconds
        value = "no plan yet" if now.value is None else f"value {now.value}"
        bound = "no bound yet" if now.bound is None else f"bound {now.bound}"
        gap = ""
        if now.value is not None and now.bound is not None:
            gap = f", gap {(now.bound - now.value) / max(1, abs(now.value)):.2g}"
        tell(f"{now.seconds:6.1f} s  {value}, {bound}{gap} ({now.road})")

    return say


def solve_answer(solved: SolvedFile, out: Path) -> tuple[dict[str, Any], str]:
    """What ``solve`` says, as data and as text."""
    a = solved.answer
    data = {
        "value": a.value, "bound": a.bound, "gap": a.gap,
        "price_bound": a.price_bound, "price_bound_float": float(a.price_bound),
        "price_gap": a.price_gap, "proven": a.proven, "proof": a.proof, "placed": a.placed,
        "unplaced": a.unplaced, "seconds": a.seconds, "setup_seconds": a.setup_seconds,
        "passes": a.passes, "road": a.road, "moved": a.moved, "file": str(out),
    }  # fmt: skip
    proven = {
        "prices": "Proven: no plan is worth more, and its prices show it.",
        "search": "Proven by a search: no plan is worth more. To confirm that, solve it again.",
        "": f"Not proven: a plan could be worth up to {a.bound} (gap {a.gap:.2g}).",
    }[a.proof]
    lines = [
        f"Worth {a.value}. {proven}",
        f"By its prices alone at most {_number(a.price_bound)} (gap {a.price_gap:.2g}).",
        f"{a.placed} persons placed, {a.unplaced} without a place"
        + ("." if a.moved is None else f"; {a.moved} households moved."),
        f"{a.seconds:.2f} s ({a.road}). Certified, then written: {out}",
    ]
    return data, "\n".join(lines)


def certified(
    path: Path, plan_path: Path, value: int | None, price_bound: str
) -> tuple[Certified, dict[str, str]]:
    """A plan file judged against an instance file, with the marks of both."""
    claimed = _fraction(price_bound) if price_bound else None
    instance, findings, mark = _instance(path)
    with arrays_file(plan_path) as file:
        plan = read_plan(file, len(instance.keep_least))
        file.seek(0)
        plan_mark = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    checked = certify(instance, plan, value=value, price_bound=claimed)
    notes = (*findings, *checked.notes)
    return (
        Certified(checked.value, checked.price_bound, checked.tiers, checked.faults, notes),
        {"instance": mark, "plan": plan_mark},
    )


def _fraction(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise InputRefused(f"'{text[:60]}' is not a fraction.", "Write it as p/q.") from None


def certify_answer(checked: Certified) -> tuple[dict[str, Any], str]:
    """What ``certify`` says, as data and as text."""
    bound = checked.price_bound
    data = {
        "value": checked.value,
        "price_bound": bound,
        "price_bound_float": None if bound is None else float(bound),
        "price_gap": checked.price_gap,
        "tiers": [
            {
                "least": tier.least,
                "reached": tier.reached,
                "price_bound": tier.price_bound,
                "price_bound_float": None if tier.price_bound is None else float(tier.price_bound),
            }
            for tier in checked.tiers
        ],
        "faults": len(checked.faults),
    }
    worth = "no plan of this instance" if checked.value is None else f"worth {checked.value}"
    most = "nothing" if bound is None else f"every plan at {_number(bound)}"
    gap = "" if checked.price_gap is None else f"; gap {checked.price_gap:.2g}"
    first = "No fault." if not checked.faults else f"{len(checked.faults)} FAULT(S)."
    lines = [f"{first} The plan is {worth}. Its prices bound {most}{gap}."]
    for number, tier in enumerate(checked.tiers):
        own = "none of its own" if tier.price_bound is None else _number(tier.price_bound)
        lines.append(
            f"Priority {number}: promised {tier.least}, reached {tier.reached}, prices bound {own}."
        )
    return data, "\n".join(lines)


def _number(bound: Fraction) -> str:
    if bound.denominator == 1:
        return str(bound.numerator)
    return f"{float(bound):.6f} (exactly {bound.numerator}/{bound.denominator})"
