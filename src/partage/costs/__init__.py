"""What nights cost, who bears it, and statements whose every line says what it stands on.

Cents are whole numbers of Canadian cents, shares are exact fractions; no float touches money. What is
not known (a tariff, a headcount, a rule) blocks its line and is told; nothing is silently left out.
"""

from __future__ import annotations

from partage.core.money import cents_of, dollars
from partage.core.rates import UNITS, SharingRule, Tariff
from partage.costs.invoices import InvoiceLine, read_invoices
from partage.costs.nights import Night, reconcile
from partage.costs.periods import Period, period_of
from partage.costs.postings import Book, Posting, reversing
from partage.costs.quantities import Count
from partage.costs.sharing import rule_on
from partage.costs.statement import Line, Statement, state
from partage.costs.tariffs import check_tariffs, tariff_on

__all__ = [
    "UNITS", "Book", "Count", "InvoiceLine", "Line", "Night", "Period", "Posting", "SharingRule",
    "Statement", "Tariff", "cents_of", "check_tariffs", "dollars", "period_of", "read_invoices",
    "reconcile", "reversing", "rule_on", "state", "tariff_on",
]  # fmt: skip
