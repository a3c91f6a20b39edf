"""The first day on which a case may be an exception, so that nobody reads the others to find those."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from partage.casework.watch import LIMITS, Limits

ANY_DAY = ""
NO_DAY = "9999-12-31"


def first_look(row: Mapping[str, Any], limits: Limits = LIMITS) -> str:
    """A day before which ``Watch`` finds nothing in this row: ``""`` any day, ``"9999-12-31"`` none.

    It stands beside the row in the store, and never later than the truth: what it gives is looked at
    again. A row that cannot be read so is looked at on any day.
    """
    try:
        return min(_days(row, limits), default=NO_DAY)
    except (KeyError, TypeError, ValueError, OverflowError):
        return ANY_DAY


def _days(row: Mapping[str, Any], limits: Limits) -> list[str]:
    state = row.get("state")
    days = [_shifted(row["file_by"], -limits.filing_days)] if row.get("file_by") else []
    if state in ("approved", "travelling"):
        return days
    if state == "bound":
        return [*days, _shifted(row["offer"]["day"], 1)]
    if state not in ("hosted", "waiting", "outside-engine", "kept"):
        return [ANY_DAY]
    if row.get("missing") or int(row.get("declines", 0)) >= 2 or int(row.get("no_shows", 0)) >= 1:
        return [ANY_DAY]
    if state == "hosted":
        plan = row.get("exit_plan")
        days.append(
            _shifted(plan["on"], 1) if plan else _shifted(row["since"], limits.stay_days + 1)
        )
        return days
    since = row["since"] if state == "kept" else row.get("registered", row["since"])
    if state == "waiting":
        since = row.get("waits_since") or since
    return [*days, _shifted(since, limits.unplaced_days + 1)]


def _shifted(day: Any, by: int) -> str:
    return (date.fromisoformat(str(day)[:10]) + timedelta(days=by)).isoformat()
