"""What anybody may be told in figures: small numbers hidden, others to the nearest five."""

from __future__ import annotations

LEAST, STEP = 5, 5
FIGURES = (
    "households", "persons", "offers", "accept", "decline", "arrived", "overridden", "reviews", "changed",
)  # fmt: skip


def suppressed(number: int) -> int | None:
    """A number as the public may see it: None from 0 to 5, otherwise to the nearest five."""
    if number < 0:
        raise ValueError(f"{number} is no count")
    return None if number <= LEAST else STEP * ((number + STEP // 2) // STEP)
