"""Apportionment: from exact fractions to whole persons, every step recorded."""

from __future__ import annotations

from partage.apportion.hamilton import hamilton
from partage.core.registry import Shelf
from partage.core.shares import Method

METHODS: Shelf[Method] = Shelf("rounding method")
METHODS.add("hamilton", hamilton, source="Hamilton 1792; largest remainder")
