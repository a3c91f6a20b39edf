"""Synthetic arrivals with a fixed seed, from the little that is published; marked synthetic everywhere.

Household sizes, stated destinations and languages of Roxham Road arrivals are not published. What
is assumed here is listed in ``ASSUMPTIONS`` and printed wherever such households appear.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from partage.core.streams import Stream
from partage.core.units import instant
from partage.intake.arrivals import OPTIONAL, REQUIRED

SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
SIZE_WEIGHTS = (505, 180, 120, 90, 50, 30, 15, 10)  # assumed; mean 2.2 persons
NATIONALITIES = (("HTI", 27), ("TUR", 15), ("COL", 12), ("CHL", 4), ("other", 42))  # grade A
CHILD_AMONG_OTHERS = 0.55  # gives about 30 % children, the ministry's estimate of August 2017
FRENCH = 0.10  # "about 10 %", a community health centre in Niagara Falls, February 2023
CLINIC = 0.12  # assumed
MOBILITY = 0.02  # assumed
WISHES = ("ON", "QC", "")
WISH_WEIGHTS = (40, 30, 30)  # assumed

ASSUMPTIONS = (
    "Households are synthetic (fixed seed): no list of people was published or used.",
    "Household sizes are assumed (mean 2.2 persons); children about 30 %, a ministry estimate of "
    "August 2017 (grade B).",
    "About 10 % ask for services in French: what a community health centre in Niagara Falls saw "
    "in February 2023 (grade B); stated destinations are assumed.",
)


def synthetic_arrivals(
    stream: Stream, persons: int, *, entry_point: str, first: datetime, hours: int, prefix: str
) -> bytes:
    """An arrivals file with exactly that many persons, who entered between ports in that window.

    One adolescent who is alone, one household that objects to automated support and one linked
    pair are among them where there is room, so that what the engine never decides is seen.
    """
    draw = stream.child("arrivals", prefix).generator()
    rows: list[dict[str, str]] = []
    left = persons
    while left > 0:
        size = min(left, int(draw.choice(SIZES, p=np.array(SIZE_WEIGHTS) / sum(SIZE_WEIGHTS))))
        at = first + timedelta(seconds=int(draw.integers(0, hours * 3600)))
        rows.append(_row(draw, size, f"{prefix}-{len(rows) + 1:04d}", entry_point, instant(at)))
        left -= size
    _special(rows)
    return _csv(rows)


def _row(
    draw: np.random.Generator, size: int, reference: str, entry_point: str, at: str
) -> dict[str, str]:
    ages = {"age_0_4": 0, "age_5_17": 0, "age_18_64": 1, "age_65_plus": 0}
    for _ in range(size - 1):
        if draw.random() < CHILD_AMONG_OTHERS:
            ages["age_0_4" if draw.random() < 0.35 else "age_5_17"] += 1
        else:
            ages["age_65_plus" if draw.random() < 0.03 else "age_18_64"] += 1
    language = "fr" if draw.random() < FRENCH else "en"
    care = []
    if draw.random() < CLINIC:
        care.append(f"clinic.{language}")
    if language == "fr" and ages["age_5_17"]:
        care.append("school.fr")
    names = [name for name, _ in NATIONALITIES]
    weights = [weight for _, weight in NATIONALITIES]
    return {
        "reference": reference,
        "entered_at": at,
        "entry_point": entry_point,
        "mode": "between-ports",
        **{name: str(number) for name, number in ages.items()},
        "guardian": "yes" if ages["age_0_4"] + ages["age_5_17"] else "",
        "mobility": "yes" if draw.random() < MOBILITY else "no",
        "care": ";".join(care),
        "official_language": language,
        "interpreter_language": "",
        "nationality": str(draw.choice(names, p=np.array(weights) / 100)),
        "wishes": str(draw.choice(WISHES, p=np.array(WISH_WEIGHTS) / 100)),
        "synthetic": "yes",
    }


def _special(rows: Sequence[dict[str, str]]) -> None:
    alone = [row for row in rows if _size(row) == 1]
    if len(alone) >= 4:
        alone[0] |= {"age_18_64": "0", "age_5_17": "1", "guardian": "", "care": ""}
        alone[1]["objects_to_automation"] = "yes"
        alone[2]["linked_to"], alone[3]["linked_to"] = alone[3]["reference"], alone[2]["reference"]


def _size(row: dict[str, str]) -> int:
    return sum(int(row[name]) for name in ("age_0_4", "age_5_17", "age_18_64", "age_65_plus"))


def _csv(rows: Sequence[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, [*REQUIRED, *OPTIONAL], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
