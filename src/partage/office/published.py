"""Figures that anybody may see: a month that is over, counted from the record, small numbers hidden.

Each is counted once, on first asking, and kept beside the record; a month that is over does not change. No
personal data are read, and nothing of a household leaves: counts alone, suppressed before they are kept.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from partage.core.units import operational_day
from partage.ledger.facts import Entry
from partage.office.ports import Clock, Journal
from partage.report.public import FIGURES, suppressed

MOST = 12  # months on the page
LIST = "published"


def published(journal: Journal, clock: Clock, zone: str) -> list[dict[str, Any]]:
    """The months that are over since the record began, the newest first, at most twelve."""
    first = next(journal.read(), None)
    if first is None:
        return []
    today = operational_day(clock.now(), zone)
    months: list[dict[str, Any]] = []
    month = _month_before(
        today - timedelta(days=1)
    )  # the first day of a month is still being closed
    while len(months) < MOST and month >= first.day[:7]:
        months.append({"month": month, **_figures(journal, month)})
        month = _month_before(date.fromisoformat(f"{month}-01"))
    return months


def _month_before(day: date) -> str:
    return (day.replace(day=1) - timedelta(days=1)).isoformat()[:7]


def _figures(journal: Journal, month: str) -> dict[str, int | None]:
    kept = journal.aside(f"published/{month}")
    if kept is None or set(kept["figures"]) != set(FIGURES):
        figures = {name: suppressed(number) for name, number in _counted(journal, month).items()}
        row: dict[str, Any] = {"list": LIST, "figures": figures}
        kept = journal.change_aside(f"published/{month}", lambda _: row) or row
    return dict(kept["figures"])


def _counted(journal: Journal, month: str) -> dict[str, int]:
    """The entries of one month, found without reading those before it."""
    began = date.fromisoformat(f"{month}-01")
    ends = (
        began + timedelta(days=34)
    ).isoformat()  # days past its end are looked at and not counted
    found: Counter[str] = Counter(dict.fromkeys(FIGURES, 0))
    for entry in journal.read(after=_last_before(journal, (began - timedelta(days=1)).isoformat())):
        if entry.at[:10] > ends:
            break
        if entry.day[:7] == month:
            _count(entry, found)
    return dict(found)


def _last_before(journal: Journal, day: str) -> int:
    """The number of the last entry that was written before a day; entries are in the order of time."""
    low, high = 0, journal.head()[0]
    while low < high:
        middle = (low + high) // 2
        entry = next(journal.read(after=middle), None)
        if entry is None or entry.at[:10] >= day:
            high = middle
        else:
            low = middle + 1
    return low


def _count(entry: Entry, found: Counter[str]) -> None:
    step, matter = str(entry.body.get("step", "")), entry.body.get("matter", {})
    if step in ("register", "register:outside-engine"):
        found["households"] += 1
        found["persons"] += int(entry.body["case"]["persons"])
    elif step == "offer":
        found["offers"] += 1
    elif step in ("answer:accept", "answer:decline"):
        found[step.partition(":")[2]] += 1
    elif step.startswith("arrive") and entry.body["case"].get("state") == "hosted":
        found["arrived"] += 1
    elif entry.verb == "override" and entry.subject.startswith("plan/"):
        found["overridden"] += 1
    elif entry.subject.startswith("review/"):
        found["reviews"] += entry.version == 1
        found["changed"] += matter.get("state") == "changed"
