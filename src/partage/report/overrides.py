"""How often plans are overridden, why, and how far officers differ; nobody is named or ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from partage.core.units import week_of
from partage.report.table import Table
from partage.report.words import Language

LEAST_OFFICERS = 5  # below, a spread would point at a person


WORDS = {
    "en": {
        "reasons": "plans overridden, by reason",
        "reason": ("reason", "overrides", "other lines moved"),
        "of": "{k} of {n} lines proposed: {rate}", "weeks": "plans overridden, by week",
        "week": ("week", "lines proposed", "overrides", "rate"),
        "spread": "spread over officers",
        "officers": "{n} officers; fewest {low}, median {median}, most {high}",
        "few": "fewer than {n} officers overrode: no spread is shown", "none": "none proposed",
    },
    "fr": {
        "reasons": "dérogations aux plans, par raison",
        "reason": ("raison", "dérogations", "autres lignes changées"),
        "of": "{k} des {n} lignes proposées : {rate}", "weeks": "dérogations aux plans, par semaine",
        "week": ("semaine", "lignes proposées", "dérogations", "taux"),
        "spread": "dispersion entre agents",
        "officers": "{n} agents ; le moins {low}, médiane {median}, le plus {high}",
        "few": "moins de {n} agents ont dérogé : aucune dispersion n’est montrée",
        "none": "aucune proposée",
    },
}  # fmt: skip


def override_report(
    plans: Sequence[Mapping[str, Any]], per_officer: Sequence[int], language: Language = "en"
) -> list[Table]:
    """Overrides by reason and by week, of all lines proposed, and their spread over officers.

    ``plans`` are the rows of every plan proposed in earnest; ``per_officer`` counts overrides of each
    officer who made any, in no order. The lines of a plan that an override made are those of the plan
    it stands instead of: they are counted once.
    """
    words: Mapping[str, Any] = WORDS[language]
    first = [p for p in plans if not p.get("instead_of")]
    overridden = [p for p in plans if p["state"] == "overridden"]
    lines = sum(int(p["lines"]) for p in first)
    why = Counter(str(p["why"]) for p in overridden)
    reasons = Table(
        words["reasons"],
        words["reason"],
        tuple(
            (
                name,
                n,
                sum(int(p["moved"]) - 1 for p in overridden if p["why"] == name and p["moved"]),
            )
            for name, n in sorted(why.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        (
            words["of"].format(
                k=len(overridden), n=lines, rate=_percent(len(overridden), lines, language)
            ),
        ),
    )
    weeks: dict[str, list[int]] = {}
    for plan in plans:
        row = weeks.setdefault(week_of(date.fromisoformat(plan["day"])), [0, 0])
        row[0] += 0 if plan.get("instead_of") else int(plan["lines"])
        row[1] += plan["state"] == "overridden"
    by_week = Table(
        words["weeks"],
        words["week"],
        tuple((week, n, k, _percent(k, n, language)) for week, (n, k) in sorted(weeks.items())),
    )
    if len(per_officer) >= LEAST_OFFICERS:
        low, high = min(per_officer), max(per_officer)
        note = words["officers"].format(
            n=len(per_officer), low=low, median=median(per_officer), high=high
        )
    else:
        note = words["few"].format(n=LEAST_OFFICERS)
    return [reasons, by_week, Table(words["spread"], ("",), (), (note,))]


def _percent(part: int, whole: int, language: Language) -> str:
    if not whole:
        return str(WORDS[language]["none"])
    text = f"{float(100 * Fraction(part, whole)):.1f}\u00a0%"
    return text.replace(".", ",") if language == "fr" else text.replace("\u00a0", " ")
