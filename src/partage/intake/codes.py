"""The codes of a pack as a file of arrivals writes them."""

from __future__ import annotations

from partage.core.errors import InputRefused
from partage.core.units import EntryPointId, RegionId
from partage.packs.pack import Pack


class Codes:
    """The codes of a pack, and lists that were read already: one text of a file is split once."""

    def __init__(self, pack: Pack) -> None:
        self.entry_points: dict[str, EntryPointId] = {e.id: e.id for e in pack.entry_points}
        self.services = frozenset(
            s.id for s in pack.services if not s.id.startswith(("person", "room"))
        )
        self.places = frozenset({s.id for s in pack.sites} | {r.id for r in pack.regions})
        self.pack = pack
        self._lists: dict[str, tuple[str, ...]] = {"": ()}
        self._regions: dict[str, RegionId | None] = {}

    def listed(self, text: str) -> tuple[str, ...]:
        """The things that a cell names, between semicolons."""
        found = self._lists.get(text)
        if found is None:
            parts = (part.strip() for part in text.split(";"))
            found = self._lists[text] = tuple(part for part in parts if part)
        return found

    def region(self, text: str) -> RegionId | None:
        """The region that somebody means, None if there is none."""
        if text not in self._regions:
            try:
                self._regions[text] = self.pack.region_id(text)
            except InputRefused:
                return None
        return self._regions[text]
