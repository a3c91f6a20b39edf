"""Partage decides with people, and explains to them, where arriving asylum seekers go.

The public list below is what a library user may count on; everything is imported on first use,
so that ``import partage`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    # nouns
    "Household": "partage.core.household",
    "Need": "partage.core.household",
    "Profile": "partage.core.household",
    "Ages": "partage.core.household",
    "EntryPoint": "partage.core.situation",
    "Region": "partage.core.situation",
    "Site": "partage.core.situation",
    "Service": "partage.core.situation",
    "Situation": "partage.core.situation",
    "Policy": "partage.core.policy",
    "Plan": "partage.core.plan",
    "Finding": "partage.core.findings",
    "Refusal": "partage.core.errors",
    "Shares": "partage.core.shares",
    "Apportionment": "partage.core.shares",
    "Instance": "partage.place.instance",
    "Actor": "partage.office.permits",
    # doors
    "load_pack": "partage.packs.loader",
    "open_office": "partage.compose",
    "read_arrivals": "partage.intake.arrivals",
    "place_households": "partage.casework.planning",
    "situation_of": "partage.casework.compare",
    "load_figures": "partage.packs.figure_sets",
    "compare": "partage.casework.compare",
    "measure": "partage.report.measures",
    "plan_page": "partage.report.page",
    # shelves
    "KEYS": "partage.keys",
    "METHODS": "partage.apportion",
    "MECHANISMS": "partage.place.mechanisms",
    "PREDICTORS": "partage.forecast.predictors",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'partage' has no attribute {name!r}")
    return getattr(importlib.import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
