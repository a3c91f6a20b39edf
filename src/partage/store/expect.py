"""What every store checks before it seals: nobody else moved the subject, and time did not go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from partage.core.errors import InputRefused, Stale
from partage.ledger.facts import Secret


def check_expected(expect: Mapping[str, int], versions: Mapping[str, int]) -> None:
    """Refuse as ``Stale`` if one of the expected subjects is not at its expected version."""
    for subject, version in expect.items():
        now = versions.get(subject, 0)
        if now != version:
            raise Stale(
                f"{subject} has changed since it was read (version {now}, not {version}).",
                "Look at it again and repeat the command.",
            )


TOLERANCE_SECONDS = 60  # a writer may have waited that long for the lock


def not_back(at: str, last: str) -> str:
    """The instant to write: never before the last entry's; a clock that was set back is refused.

    A writer reads the clock and then waits for the lock; another may have written meanwhile.
    Within that wait its entry takes the last entry's instant.
    """
    if at >= last:
        return at
    behind = (datetime.fromisoformat(last) - datetime.fromisoformat(at)).total_seconds()
    if behind <= TOLERANCE_SECONDS:
        return last
    raise InputRefused(
        f"The clock says {at}, but the last entry was written at {last}.",
        "Set the clock right and repeat the command; nothing was written.",
    )


def references(secrets: Sequence[Secret]) -> list[bytes]:
    """The references among rows for the vault; a store keeps each of them once."""
    return [secret.data for secret in secrets if secret.kind == "reference"]


def check_references(known: Mapping[bytes, str]) -> None:
    """Refuse as ``Stale`` if a reference was registered by somebody else meanwhile."""
    if known:
        raise Stale(
            f"{len(known)} reference(s) were registered meanwhile.", "Register the file again."
        )


def check_head(expected: int, now: int) -> None:
    """Refuse as ``Stale`` if entries were written meanwhile."""
    if expected != now:
        raise Stale(f"The journal has {now} entries now, not {expected}.", "Verify again.")
