"""Mechanisms: from an instance to a site for every household, one file each."""

from __future__ import annotations

from partage.core.registry import Shelf
from partage.place.mechanisms.optimum import Mechanism, optimum

MECHANISMS: Shelf[Mechanism] = Shelf("mechanism")
MECHANISMS.add(
    "optimum",
    optimum,
    source="Ahani, Andersson, Martinello, Teytelboym, Trapp 2021 (integer program); HiGHS",
)
