"""Named random streams: every piece of luck has a seed, a name and a place where both are recorded."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from partage.core.units import CROCKFORD

if TYPE_CHECKING:
    import numpy as np


LETTERS = bytes(ord(CROCKFORD[byte & 31]) for byte in range(256))


class Stream:
    """A named random stream: the same seed and names give the same draws, on every machine.

    ``child`` opens a stream of its own for every purpose, so that adding a draw here moves no
    draw there.
    """

    __slots__ = ("_count", "names", "seed")

    def __init__(self, seed: str, *names: str) -> None:
        self.seed = seed
        self.names = names
        self._count = 0

    def child(self, *names: str) -> Stream:
        """The stream of that name below this one."""
        return Stream(self.seed, *self.names, *names)

    def _block(self) -> bytes:
        text = "\x1f".join((*self.names, str(self._count)))
        self._count += 1
        return hmac.digest(self.seed.encode(), text.encode(), "sha256")

    def token(self, length: int) -> str:
        """That many Crockford base32 characters (at most 32)."""
        return self._block()[:length].translate(LETTERS).decode("ascii")

    def generator(self) -> np.random.Generator:
        """A numpy generator (PCG64) of its own."""
        import numpy as np

        return np.random.Generator(np.random.PCG64(int.from_bytes(self._block()[:16], "big")))


def fresh_seed() -> str:
    """A seed from the operating system; the only luck that comes from outside."""
    return secrets.token_hex(16)


def lot(seed: str, subject: str) -> str:
    """The lot of a subject: HMAC-SHA256 of the recorded seed and the id, as hex."""
    return hmac.digest(seed.encode(), subject.encode(), "sha256").hex()
