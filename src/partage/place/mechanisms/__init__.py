"""Mechanisms: from an instance to a site for every household, one file each."""

from __future__ import annotations

from partage.core.registry import Shelf
from partage.place.mechanisms.greedy import greedy
from partage.place.mechanisms.key_only import easy, key_only
from partage.place.mechanisms.lottery import lottery
from partage.place.mechanisms.optimum import Mechanism, Searching, optimum

MECHANISMS: Shelf[Mechanism] = Shelf("mechanism")
MECHANISMS.add(
    "optimum",
    optimum,
    source="Ahani, Andersson, Martinello, Teytelboym, Trapp 2021 (integer program); HiGHS",
)
MECHANISMS.add("greedy", greedy, source="First come, first served; the usual practice by hand")
MECHANISMS.add(
    "lottery", lottery, source="CH: random within the key; the baseline of Freund et al."
)
MECHANISMS.add("key_only", key_only, source="Population keys of AT, CH, UK without other criteria")
MECHANISMS.add("easy", easy, source="EASY, Germany: AsylG §§ 45-46; BAMF, Erstverteilung")

# These are asked priority by priority, with what the ones before reached as hard rows; the others
# are asked once, with all priorities in their arrays.
TIER_BY_TIER: dict[str, Searching] = {"optimum": optimum}
