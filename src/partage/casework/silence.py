"""A site that has said nothing for too long is left out of plans; one word of its owner brings it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from partage.casework.acts import Row
from partage.core.findings import Finding
from partage.core.units import instant

BACK = "ask it; 'partage update SITE' confirms that nothing has changed, and brings it back"


@dataclass(frozen=True, slots=True)
class Silence:
    """After how many hours without a word, as of ``now``; ``placed`` has the sites that a person chose
    all the same, with whom for."""

    hours: int
    now: datetime
    placed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _since: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_since", instant(self.now - timedelta(hours=self.hours)))

    def finding(self, site: str, row: Row) -> Finding | None:
        """What is said of a site that is silent too long; None of one that is not."""
        word = last_word(row)
        if not row.get("capacity") or word >= self._since:
            return None
        since = f"since {word}" if word else "yet"
        what = f"has said nothing {since}, and plans leave it out after {self.hours} h"
        if site in self.placed:
            what = f"has said nothing {since}; only whom an officer placed there by hand is there"
        return Finding(f"site {site}", what, BACK, "fault")


def last_word(row: Row) -> str:
    """When a site last said what it has: by its agreement, or by its clerk since; "" = never."""
    return max(str(row.get("as_of", "")), str(row.get("stated_at", "")))


def chosen_at(chosen: Mapping[str, str | None]) -> dict[str, frozenset[str]]:
    """Whom a person placed by hand, by site."""
    sites = {site for site in chosen.values() if site is not None}
    return {site: frozenset(c for c, s in chosen.items() if s == site) for site in sites}
