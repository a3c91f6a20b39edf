"""Appointments as text: what one changes, and all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.report.table import Table


def appointed_text(
    name: str,
    role: str,
    first: str,
    last: str,
    hours: str,
    deputy_for: str,
    data: Mapping[str, Any],
) -> str:
    """What an appointment says, and to whom it closes the role."""
    acts = "would act" if data.get("preview") else "acts"
    text = f"{name} {acts} as {role} from {first} to {last}{', ' + hours if hours else ''}"
    text += f", in place of {deputy_for}" if deputy_for else ""
    if data.get("first_of_role"):
        text += (
            f". It is the first appointment as {role}: from it on nobody acts or reads in that role who "
            "is not appointed"
        )
        if deputy_for and deputy_for in data.get("shut_out", ()):
            text += f", {deputy_for} included"
    return f"{text}.{' Nothing is written.' if data.get('preview') else ''}"


def list_table(listed: Sequence[Mapping[str, Any]]) -> Table:
    """Every appointment with its instrument, and why one does not count now."""
    rows = tuple(
        (
            row["role"], row["name"], row["first"], row["last"], row["hours"],
            ", ".join(row["scopes"]), row["deputy_for"], row["instrument"],
            row["against"] or "acts now",
        )
        for row in listed
    )  # fmt: skip
    names = ("role", "name", "from", "to", "hours", "over", "stands in for", "instrument", "now")
    roles = ", ".join(sorted({str(row["role"]) for row in listed}))
    note = f"closed to whoever is not listed here: {roles}" if roles else (
        "no role has an appointment: whoever is let in acts in the role they name"
    )  # fmt: skip
    return Table("appointments", names, rows, (note,))
