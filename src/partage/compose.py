"""The only place where all parts meet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from partage.core.errors import InputRefused, NotFound, WrongState
from partage.core.units import instant, operational_day
from partage.ledger.facts import Draft
from partage.office.office import Office
from partage.office.permits import Actor
from partage.office.ports import Journal, Stamp, StatedClock, SystemClock
from partage.packs.loader import Pack, load_pack

DEFAULT_URL = "sqlite:///partage.db"
OFFICE = "office/partage"


def open_journal(url: str) -> Journal:
    """The journal behind a URL: ``memory:`` or ``sqlite:///PATH``."""
    if url == "memory:":
        from partage.store.memory import MemoryJournal

        return MemoryJournal()
    if url.startswith("sqlite:///") and len(url) > len("sqlite:///"):
        from partage.store.sqlite import SqliteJournal

        return SqliteJournal(url.removeprefix("sqlite:///"))
    raise InputRefused(f"'{url}' is not a journal.", "Use sqlite:///PATH or memory:.")


def open_office(
    url: str = DEFAULT_URL,
    actor: str | Actor = "office:intake",
    *,
    pack: str | Pack = "canada",
    at: datetime | None = None,
    seed: str | None = None,
    create: bool = True,
) -> Office:
    """An office on a journal; the first to open it writes down the pack and the kind of clock.

    ``at`` states the instant instead of reading the machine's clock: only for a journal that was
    opened so (training, demonstration, replay); it is marked as such for ever. With ``create``
    off, a journal that does not exist is ``NotFound`` instead of begun.
    """
    loaded = load_pack(pack) if isinstance(pack, str) else pack
    who = Actor.parse(actor) if isinstance(actor, str) else actor
    if not create and url.startswith("sqlite:///") and not Path(url[10:]).exists():
        raise NotFound(
            f"There is no journal at '{url}'.",
            "Give one with --db; 'partage agree' or 'partage register' begins a new one.",
        )
    if seed is not None and at is None:
        raise InputRefused(
            "A seed repeats the same lots and ids, which only training may do.",
            "Leave the seed out, or state the instant too.",
        )
    journal = open_journal(url)
    clock = SystemClock() if at is None else StatedClock(at)
    first = next(journal.read(), None)
    if first is None:
        now = instant(clock.now())
        day = operational_day(clock.now(), loaded.entry_points[0].zone).isoformat()
        body = {
            "pack": loaded.id,
            "pack_version": loaded.version,
            "pack_mark": loaded.mark,
            "clock": clock.kind,
        }
        journal.append(
            [Draft("open", OFFICE, body, day)], {}, "open", stamp=Stamp(now, who.name, who.role)
        )
        first = next(journal.read())
    if first.body["clock"] != clock.kind:
        journal.close()
        raise WrongState(
            f"This journal was opened with a {first.body['clock']} clock.",
            "Leave --at out."
            if first.body["clock"] == "system"
            else "State the instant with --at.",
        )
    if first.body["pack"] != loaded.id:
        journal.close()
        raise InputRefused(
            f"This journal was opened with the pack '{first.body['pack']}'.", "Use that pack."
        )
    return Office(journal, loaded, clock, who, seed)
