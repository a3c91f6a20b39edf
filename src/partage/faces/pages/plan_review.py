"""A plan as its approver reads it: each line in one sentence, what to look at, what it shares out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partage.office.office import Office
from partage.report.priced import FLAGS
from partage.report.words import Language, decided_by, why_here, why_not

OPEN_STATES = ("proposed", "approved")


@dataclass(frozen=True, slots=True)
class Row:
    """A line: the household, its place, why in one line, the second choice, and what to look at."""

    case: str
    persons: int
    site: str
    region: str
    why: str
    decided: str
    second: str
    second_why: str
    flags: Sequence[str]
    together: Sequence[str]
    status: str  # open, flagged, approved, changed, unplaced
    now: str


@dataclass(frozen=True, slots=True)
class Review:
    """A plan with its rows; ``approvable`` are the cases that are approved when nobody names any."""

    plan: Mapping[str, Any]
    rows: Sequence[Row]
    gap: float
    open: bool

    @property
    def approvable(self) -> list[Row]:
        """Lines without a flag that can be approved now."""
        return [row for row in self.rows if row.status == "open"]

    def of(self, cases: Sequence[str]) -> list[Row]:
        """The lines of these cases, or the approvable ones where none are named."""
        if not cases:
            return self.approvable
        return [row for row in self.rows if row.case in cases and row.status in ("open", "flagged")]


def review_of(office: Office, plan: str, language: str) -> Review:
    """The plan in a language; one look of the office, which is logged there."""
    lang: Language = "fr" if language == "fr" else "en"
    seen = office.read_plan(plan)
    rows = [_row(line, office, lang) for line in seen["lines"]]
    gap = (seen["bound"] - seen["value"]) / max(1, abs(seen["value"]))
    return Review(seen, rows, gap, seen["state"] in OPEN_STATES and not seen["as_if"])


def _row(line: Mapping[str, Any], office: Office, lang: Language) -> Row:
    reason, pack = line["reason"], office.pack
    best = reason.best if reason else None
    flags = [FLAGS[f][lang == "fr"] if f in FLAGS else f for f in line["flags"]]
    return Row(
        case=line["case"], persons=line["persons"], site=line["site"], region=line["region"],
        why=why_here(reason, lang) if reason else "",
        decided=decided_by(reason, pack, lang) if reason else "",
        second=str(best.site) if best else "", second_why=why_not(best, lang) if best else "",
        flags=flags, together=line["together"], status=_status(line), now=line["now"],
    )  # fmt: skip


def _status(line: Mapping[str, Any]) -> str:
    if line["approved"]:
        return "approved"
    if not line["site"]:
        return "unplaced"
    if line["changed"] or line["now"] != "waiting":
        return "changed"
    return "flagged" if line["look"] else "open"
