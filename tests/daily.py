"""What a day of the office is made of, in the words of tests."""

from __future__ import annotations

from datetime import timedelta

from offices import DAY, arrivals
from partage.office.office import Office


def take_in(office: Office, *rows: str, **columns: str) -> list[str]:
    done = office.acting("anna:intake").register(arrivals(*rows, **columns))
    return [case for case, _ in sorted(done.data["rows"].items(), key=lambda pair: pair[1])]


def site_of(office: Office, region: str, *, rooms: str = "room") -> str:
    situation = office.acting("pia:placement").survey(DAY)
    return max(
        (s.id for s in office.pack.sites if s.region == region and s.id in situation.allocable),
        key=lambda s: situation.allocable[s].get(rooms, 0),
    )


def later(office: Office, **more: float) -> None:
    office.clock.move_to(office.clock.now() + timedelta(**more))  # type: ignore[attr-defined]


def state(office: Office, case: str) -> dict:
    return office.journal.row("cases", case) or {}


def findings(office: Office, word: str) -> list[str]:
    return [str(f) for f in office.acting("pia:placement").watch() if word in str(f)]
