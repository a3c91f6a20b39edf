"""How often somebody may ask in any minute, per address and per account; counted in this process alone.

It keeps a guesser slow and one programme from taking the machine from the others. What must outlast a
restart, the misses of one account, is counted in the database (``gate``).
"""

from __future__ import annotations

import ipaddress
import math
import time
from dataclasses import dataclass

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from partage.office.gate import TooMany
from partage.office.permits import Actor

NETWORK = 64  # of an IPv6 address: one household of machines has the rest to itself


@dataclass(frozen=True, slots=True)
class Rates:
    """The most in any minute; 0 = no limit.

    ``sign_in``: forms of the way in from one address. ``unknown``: requests to the API from one address
    that nobody is known by. ``address``, ``account``: requests to the API in all. ``letter``: codes of
    letters from one address that open nothing.
    """

    sign_in: int = 60
    unknown: int = 60
    address: int = 12_000
    account: int = 6_000
    letter: int = 10


class Pace:
    """Counts, and refuses with ``TooMany`` what comes too often."""

    def __init__(self, rates: Rates | None = None) -> None:
        self.rates = rates or Rates()
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def sign_in(self, host: str) -> None:
        """One form of the way in."""
        self._count("sign-in", self.rates.sign_in, network_of(host))

    def letter(self, host: str) -> None:
        """One code of a letter that opened nothing; the next ones of that address wait."""
        self._limiter.hit(
            RateLimitItemPerMinute(max(1, self.rates.letter)), "letter", network_of(host)
        )

    def may_open(self, host: str) -> None:
        """Before a code is looked at: whether this address has tried too many that open nothing."""
        item, who = RateLimitItemPerMinute(max(1, self.rates.letter)), network_of(host)
        if self.rates.letter and not self._limiter.test(item, "letter", who):
            self._count("letter", self.rates.letter, who)

    def request(self, host: str) -> None:
        """One request to the API, whoever comes."""
        self._count("address", self.rates.address, network_of(host))

    def unknown(self, host: str) -> None:
        """One request to the API that nobody is known by."""
        self._count("unknown", self.rates.unknown, network_of(host))

    def account(self, actor: Actor) -> None:
        """One request to the API by somebody who is known, in whatever role."""
        self._count("account", self.rates.account, actor.name)

    def _count(self, what: str, most: int, who: str) -> None:
        if not most:
            return
        item = RateLimitItemPerMinute(most)
        if self._limiter.hit(item, what, who):
            return
        free = self._limiter.get_window_stats(item, what, who).reset_time
        wait = max(1, math.ceil(free - time.time()))
        raise TooMany(
            f"More than {most} of these came in a minute; the next one counts in {wait} seconds.",
            "Wait, then go on more slowly.",
            wait,
        )


def network_of(host: str) -> str:
    """Whose machine an address is, as far as an address says it: of IPv6 the first half."""
    try:
        at = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(at, ipaddress.IPv4Address):
        return str(at)
    if at.ipv4_mapped:
        return str(at.ipv4_mapped)
    return str(ipaddress.ip_network((at, NETWORK), strict=False))
