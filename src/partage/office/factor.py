"""The second factor: a code of the minute from an app (RFC 6238), and codes on paper beside it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from partage.core.units import CROCKFORD

STEP_SECONDS = 30
AROUND = 1  # steps before and after that count, for clocks that differ
CODES, SIGNS, GROUP = (
    10,
    24,
    4,
)  # codes on paper; 24 signs are 120 bits, so one pass of a hash is enough


def new_secret() -> str:
    """A fresh secret for an app: 160 bits."""
    import pyotp

    return pyotp.random_base32(32)


def address(secret: str, name: str) -> str:
    """What the square shows to the app."""
    import pyotp

    return pyotp.TOTP(secret, issuer="Partage").provisioning_uri(name=name)


def step_of(secret: str, code: str, now: datetime, last: int) -> int:
    """The step a code belongs to; 0 for one that is wrong, old, or was used already.

    ``last`` is the newest step that was used: each opens once.
    """
    import pyotp

    totp = pyotp.TOTP(secret)
    given = "".join(code.split())
    here = int(now.timestamp()) // STEP_SECONDS
    for step in range(here - AROUND, here + AROUND + 1):
        right = hmac.compare_digest(totp.generate_otp(step).encode(), given.encode())
        if right and step > last:
            return step
    return 0


def new_code() -> str:
    """A code to be written down and typed once."""
    signs = "".join(secrets.choice(CROCKFORD) for _ in range(SIGNS))
    return "-".join(signs[n : n + GROUP] for n in range(0, SIGNS, GROUP))


def hash_of_code(code: str) -> str:
    """What is kept of a code, however it was typed."""
    bare = "".join(c for c in code.upper() if c.isalnum())
    for like, is_ in (("O", "0"), ("I", "1"), ("L", "1")):
        bare = bare.replace(like, is_)
    return sha256(f"partage code {bare}".encode()).hexdigest()


def without(codes: Sequence[str], code: str) -> list[str] | None:
    """The hashes that are left once a code was used; None if it is none of them."""
    mine = hash_of_code(code)
    left = [one for one in codes if not hmac.compare_digest(one, mine)]
    return left if len(left) < len(codes) else None
