"""Amounts as whole cents of one currency: read exactly, written for people, never floats."""

from __future__ import annotations

import re
from fractions import Fraction

from partage.core.errors import InputRefused, shown

CURRENCY = "CAD"
NARROW = "\u00a0"  # a space that does not break
MOST = 10**14  # cents: a trillion dollars is a slip of the keyboard
_AMOUNT = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?")


def cents_of(text: str, currency: str = CURRENCY) -> int:
    """The cents that an amount such as ``208`` or ``208.50`` says; refused: anything else.

    ``currency`` as it was given beside the amount; an amount without one, or in another, is refused.
    """
    if currency != CURRENCY:
        said = (
            f"is in {shown(currency, otherwise='another currency')}"
            if currency
            else "names no currency"
        )
        raise InputRefused(f"The amount {said}.", f"Give it in {CURRENCY}, and say so.")
    if not _AMOUNT.fullmatch(text.strip()):
        raise InputRefused(f"{shown(text)} is not an amount.", "Write it as 208 or 208.50.")
    cents = int(Fraction(text.strip()) * 100)
    if abs(cents) > MOST:
        raise InputRefused("The amount is too large.", "Look at the number of digits.")
    return cents


def dollars(cents: int, lang: str = "en") -> str:
    """An amount for people: ``$1,234.50``; ``1 234,50 $`` in French."""
    sign, whole = ("-" if cents < 0 else ""), f"{abs(cents) // 100:,}"
    part = f"{abs(cents) % 100:02d}"
    if lang == "fr":
        return f"{sign}{whole.replace(',', NARROW)},{part}{NARROW}$"
    return f"{sign}${whole}.{part}"


def part_of(cents: int, share: Fraction) -> int:
    """A share of an amount in whole cents, half a cent away from nought; exact until then."""
    exact = abs(cents) * share
    part = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return part if cents >= 0 else -part
