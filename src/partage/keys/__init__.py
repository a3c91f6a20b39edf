"""Keys: from regions and figures to exact shares."""

from __future__ import annotations

from partage.core.registry import Shelf
from partage.core.shares import Key
from partage.keys.population import population

KEYS: Shelf[Key] = Shelf("key")
KEYS.add(
    "population", population, source="population share, e.g. AsylG (CH) and the proposal of 2024"
)
