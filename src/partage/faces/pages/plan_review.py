"""A plan as its approver reads it: each line in one sentence, what to look at, what it shares out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    together: Sequence[str]
    status: str  # open, flagged, approved, changed, unplaced
    now: str
    why: str = ""  # from here on for the lines of a page alone
    decided: str = ""
    second: str = ""
    second_why: str = ""
    flags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A plan with its rows; ``approvable`` are the cases that are approved when nobody names any."""

    plan: Mapping[str, Any]
    rows: Sequence[Row]
    shown: Sequence[Row]
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
        named = set(cases)
        return [row for row in self.rows if row.case in named and row.status in ("open", "flagged")]


def review_of(
    office: Office,
    plan: str,
    language: str,
    *,
    show: str = "all",
    region: str = "",
    sort: str = "plan",
    page: int = 1,
    most: int = 0,
) -> Review:
    """The plan in a language; one look of the office, which is logged there.

    ``rows`` are all lines, ``shown`` those of a page of at most ``most`` with their reasons.
    """
    lang: Language = "fr" if language == "fr" else "en"
    seen = office.read_plan(
        plan, show=show, region=region, sort=sort, first=most * (page - 1), most=most
    )
    rows = [_light(line) for line in seen["index"]]
    shown = [_row(line, office, lang) for line in seen["lines"]]
    gap = (seen["bound"] - seen["value"]) / max(1, abs(seen["value"]))
    is_open = seen["state"] in OPEN_STATES and not seen["as_if"]
    return Review(seen, rows, shown, gap, is_open)


def line_of(office: Office, plan: str, case: str, language: str) -> tuple[Review, Row | None]:
    """The plan with one line of it and its reason; None where the case is not in it."""
    lang: Language = "fr" if language == "fr" else "en"
    seen = office.read_plan(plan, most=0)
    number = next((n for n, line in enumerate(seen["index"]) if line["case"] == case), None)
    review = Review(seen, [_light(line) for line in seen["index"]], [], 0.0, True)
    if number is None:
        return review, None
    (line,) = office.read_plan(plan, first=number, most=1)["lines"]
    return review, _row(line, office, lang)


def _light(line: Mapping[str, Any]) -> Row:
    return Row(
        case=line["case"], persons=line["persons"], site=line["site"], region=line["region"],
        together=line["together"], status=line["status"], now=line["now"],
    )  # fmt: skip


def _row(line: Mapping[str, Any], office: Office, lang: Language) -> Row:
    reason, pack = line["reason"], office.pack
    best = reason.best if reason else None
    return replace(
        _light(line),
        why=why_here(reason, lang) if reason else "",
        decided=decided_by(reason, pack, lang) if reason else "",
        second=str(best.site) if best else "", second_why=why_not(best, lang) if best else "",
        flags=[FLAGS[f][lang == "fr"] if f in FLAGS else f for f in line["flags"]],
    )  # fmt: skip
