"""``simulate --history`` as text and data."""

from __future__ import annotations

from typing import Any

from partage.core.errors import InputRefused
from partage.packs.pack import Pack
from partage.report.hindsight import as_data, tables
from partage.report.simulated_words import Words
from partage.simulate.history import history


def told(pack: Pack, scenario: str, say: Words) -> tuple[dict[str, Any], str, list[str]]:
    """What history tests: data, text, and what it rests on."""
    if scenario:
        raise InputRefused(
            "History is one test of the whole pack, not of one scenario.",
            "Leave the scenario out: partage simulate --history.",
        )
    if not pack.hindcasts:
        raise InputRefused(
            f"The pack '{pack.id}' has no hindcast.",
            "Add a file to its folder hindcasts; docs/how-to/history.md says what it says.",
        )
    made = next(iter(pack.hindcasts.values()))
    done = history(pack, made)
    assumed = list(made.assumptions)
    for one in done.scored:
        assumed += [a for a in one.scenario.assumptions() if a not in assumed]
    return as_data(done), "\n".join(str(t) for t in tables(done, say)), assumed
