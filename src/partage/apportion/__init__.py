"""Apportionment: from exact fractions to whole persons, every step recorded."""

from __future__ import annotations

from partage.apportion.alone import alone
from partage.apportion.carry import cumulative
from partage.apportion.divisors import adams, dean, huntington_hill, jefferson, webster
from partage.apportion.hamilton import hamilton
from partage.apportion.quota import quota
from partage.core.registry import Shelf
from partage.core.shares import Method

METHODS: Shelf[Method] = Shelf("rounding method")
METHODS.add("hamilton", hamilton, source="Hamilton 1792; largest remainder")
METHODS.add("jefferson", jefferson, source="Jefferson 1792; D'Hondt; greatest divisors")
METHODS.add("webster", webster, source="Webster 1832; Sainte-Laguë; major fractions")
METHODS.add("adams", adams, source="J. Q. Adams 1832; smallest divisors")
METHODS.add("dean", dean, source="Dean 1832; harmonic means")
METHODS.add("huntington-hill", huntington_hill, source="Huntington 1921; 2 U.S.C. § 2a")
METHODS.add("quota", quota, source="Balinski and Young 1975")
METHODS.add("cumulative", cumulative, source="Gölz, Peters, Procaccia, arXiv:2202.11061")
METHODS.add("rounded-alone", alone, source="Federal proposal of 2024; COM(2015)240")
