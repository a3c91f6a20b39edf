"""Passwords: what may be one (NIST SP 800-63B-4, ASVS 5.0 V6.2), and how one is kept (argon2id)."""

from __future__ import annotations

import threading
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from partage.core.errors import InputRefused, Unavailable
from partage.core.names import same_person

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST, MOST = 12, 256  # characters; no rule about their kinds
OF_ONES_OWN = 8  # letters and digits that are neither the name nor such words
OWN_WORDS = ("partage", "password", "motdepasse", "bienvenue", "welcome", "roxham")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn")  # fmt: skip
AT_ONCE = threading.BoundedSemaphore(4)  # each takes 64 MiB while it is worked out
HASH_LINE = 40  # characters of a SHA-1 in a list of breached passwords


def check_password(password: str, name: str, breached: str = "") -> str:
    """The password as it is kept (NFKC); ``InputRefused`` for one that is guessed first.

    Length alone counts, and what is known of the account and of everybody's habits. ``breached`` is a
    file of breached passwords as sorted lines of SHA-1 in capitals, where there is one.
    """
    password = normalize("NFKC", password)
    if not LEAST <= len(password) <= MOST:
        raise InputRefused(
            f"A password has {LEAST} to {MOST} characters.",
            "Four or five words that belong together for you alone are a good one.",
        )
    bare = "".join(c for c in password.casefold() if c.isalnum())
    rest = bare
    for word in (same_person(name), *OWN_WORDS):
        rest = rest.replace(word, "") if len(word) > 2 else rest
    if len(set(bare)) < 5 or _runs(bare) or len(rest) < OF_ONES_OWN:
        raise InputRefused(
            "This password is guessed early: a row of keys, a few signs again and again, your name.",
            "Choose another one.",
        )
    if breached and is_breached(password, breached):
        raise InputRefused("This password is in a list of stolen ones.", "Choose another one.")
    return password


def _runs(bare: str) -> bool:
    """Whether it is little more than a row of keys, there or back."""
    rows = [row for one in ROWS for row in (one, one[::-1])]
    found = sum(any(bare[n : n + 4] in row for row in rows) for n in range(len(bare) - 3))
    return bool(bare) and found > 0.6 * (len(bare) - 3)


def is_breached(password: str, file: str) -> bool:
    """Whether the SHA-1 of a password stands in a sorted list of them; looked up in the file itself."""
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with Path(file).open("rb") as lines:
            low, high = 0, lines.seek(0, 2)
            while low < high:
                middle = (low + high) // 2
                lines.seek(max(0, middle - 1))
                if middle:
                    lines.readline()
                line = lines.readline()
                if line and line[:HASH_LINE] < wanted:
                    low = lines.tell()
                else:
                    high = middle
            lines.seek(max(0, low - 1))
            if low:
                lines.readline()
            return any(lines.readline()[:HASH_LINE] == wanted for _ in range(2))
    except OSError as error:
        raise Unavailable(
            f"The list of stolen passwords cannot be read: {error.strerror}.",
            "Put it back, or leave PARTAGE_BREACHED_FILE out.",
        ) from None


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)  # argon2id, 64 MiB, 3 passes


def hashed(password: str) -> str:
    """What is kept of a password."""
    with AT_ONCE:
        return _hasher().hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether this is the password; with nothing kept it takes as long, and it is not."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with AT_ONCE:
        try:
            _hasher().verify(kept or _nobodys(), normalize("NFKC", password))
            return bool(kept)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    from secrets import token_urlsafe

    return _hasher().hash(token_urlsafe(16))
