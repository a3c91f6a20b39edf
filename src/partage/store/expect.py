"""What every store checks before it seals: nobody else moved the subject, and time did not go back."""

from __future__ import annotations

from collections.abc import Mapping

from partage.core.errors import InputRefused, Stale


def check_expected(expect: Mapping[str, int], versions: Mapping[str, int]) -> None:
    """Refuse as ``Stale`` if one of the expected subjects is not at its expected version."""
    for subject, version in expect.items():
        now = versions.get(subject, 0)
        if now != version:
            raise Stale(
                f"{subject} has changed since it was read (version {now}, not {version}).",
                "Look at it again and repeat the command.",
            )


def check_not_back(at: str, last: str) -> None:
    """Refuse an instant before the last entry's: a clock was set back."""
    if at < last:
        raise InputRefused(
            f"The clock says {at}, but the last entry was written at {last}.",
            "Set the clock right and repeat the command; nothing was written.",
        )


def check_head(expected: int, now: int) -> None:
    """Refuse as ``Stale`` if entries were written meanwhile."""
    if expected != now:
        raise Stale(f"The journal has {now} entries now, not {expected}.", "Verify again.")
