"""The only place where all parts meet."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partage.casework.appoint import against, key_of
from partage.core.errors import InputRefused, NotFound, Unfaithful, WrongState
from partage.core.units import instant, operational_day
from partage.ledger.facts import Draft, Entry
from partage.office.office import Office
from partage.office.permits import Actor, permit
from partage.office.ports import Journal, Stamp, StatedClock, SystemClock
from partage.office.reach import Reach
from partage.packs.loader import Pack, load_pack
from partage.store.address import is_postgres, shown

if TYPE_CHECKING:
    from partage.simulate.compiled import Compiled
    from partage.simulate.maps import Map
    from partage.simulate.study import Study, _Batch
    from partage.store.backup import Copied

DEFAULT_URL = "sqlite:///partage.db"
OFFICE = "office/partage"


def open_journal(url: str, *, create: bool = True, forward: bool = False) -> Journal:
    """The journal behind a URL: ``memory:``, ``sqlite:///PATH`` or ``postgresql://HOST/DATABASE``.

    With ``create`` off, one that does not exist is ``NotFound`` instead of begun; with ``forward`` an
    older format is taken to the present one.
    """
    if url == "memory:":
        from partage.store.memory import MemoryJournal

        return MemoryJournal()
    if url.startswith("sqlite:///") and len(url) > len("sqlite:///"):
        from partage.store.sqlite import SqliteJournal

        path = url.removeprefix("sqlite:///")
        if not create and not _exists(path):
            raise NotFound(
                f"There is no journal at '{url}'.",
                "Give one with --db; 'partage agree' or 'partage register' begins a new one.",
            )
        return SqliteJournal(path, forward=forward)
    if is_postgres(url):
        from partage.store.postgres import PostgresJournal

        return PostgresJournal(url, create=create, forward=forward)
    raise InputRefused(
        f"'{shown(url)}' is not a journal.",
        "Use sqlite:///PATH, postgresql://USER@HOST/DATABASE or memory:.",
    )


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
    if seed is not None and at is None:
        raise InputRefused(
            "A seed repeats the same lots and ids, which only training may do.",
            "Leave the seed out, or state the instant too.",
        )
    clock = SystemClock() if at is None else StatedClock(at)
    journal = _found_or_begun(url, who, create)
    try:
        first = next(journal.read(), None)
        if first is None:
            if not create or journal.head()[0]:
                raise Unfaithful(
                    f"The journal '{shown(url)}' has no entry: it was emptied or never begun.",
                    "Restore it from a copy, or begin a new one with 'partage agree'.",
                )
            permit(who, "open")
            first = _begin(journal, loaded, clock, who)
        _check_first(first, clock.kind, loaded.id)
    except BaseException:
        journal.close()
        raise
    office = Office(journal, loaded, clock, who, seed)
    office.reach = Reach.parse(os.environ.get("PARTAGE_HOOKS_TO", ""))
    return office


def _found_or_begun(url: str, who: Actor, create: bool) -> Journal:
    try:
        return open_journal(url, create=False)
    except NotFound:
        if not create:
            raise
    permit(who, "open")  # whoever may not begin a journal leaves nothing behind
    return open_journal(url)


def _exists(path: str) -> bool:
    try:
        return Path(path).stat().st_size > 0
    except (OSError, ValueError):
        return False


def _begin(journal: Journal, pack: Pack, clock: SystemClock | StatedClock, who: Actor) -> Entry:
    """The first entry of a journal: which pack, and which kind of clock for ever."""
    now = clock.now()
    day = operational_day(now, pack.entry_points[0].zone).isoformat()
    body = {
        "pack": pack.id,
        "pack_version": pack.version,
        "pack_mark": pack.mark,
        "clock": clock.kind,
    }
    stamp = Stamp(instant(now), who.name, who.role)
    journal.append([Draft("open", OFFICE, body, day)], {}, "open", stamp=stamp)
    return next(journal.read())


def _check_first(first: Entry, clock: str, pack: str) -> None:
    """Refuse a journal of another pack or kind of clock, or whose first entry is not what it says."""
    if first.no != 1 or first.verb != "open" or not {"clock", "pack"} <= set(first.body):
        raise Unfaithful(
            f"Entry {first.no} is the first bad entry: a journal begins with entry 1, 'open'.",
            "Restore the journal from a copy.",
        )
    if first.body["clock"] != clock:
        raise WrongState(
            f"This journal was opened with a {first.body['clock']} clock.",
            "Leave --at out."
            if first.body["clock"] == "system"
            else "State the instant with --at.",
        )
    if first.body["pack"] != pack:
        raise InputRefused(
            f"This journal was opened with the pack '{first.body['pack']}'.", "Use that pack."
        )


def backup(office: Office, path: Path, *, with_key: bool = False) -> tuple[Copied, Path]:
    """Copy the whole journal into a new file while others write; that it was done is written down first.

    With ``with_key`` the key of the vault goes in too: whoever has the file can then read everything.
    Answers what the file holds, and where the key lies.
    """
    from partage.store.sql import SqlJournal
    from partage.store.whole import new_file

    permit(office.actor, "backup")
    journal = office.journal
    if not isinstance(journal, SqlJournal):
        raise WrongState(
            "A journal in memory is not copied.", "Use a file or a database with --db."
        )
    with new_file(path) as file:
        office.backup(with_key=with_key)
        return journal.copy_to(file, with_key=with_key), journal.key_place


def restore(url: str, actor: str | Actor, path: Path) -> tuple[Copied, Path | None]:
    """Fill an empty file or database from a backup, whole or not at all, and check its chain.

    Answers what was restored, and where the key of the vault must be put if it is not there.
    """
    from partage.store.backup import Backup
    from partage.store.restore import Restoring, check_restorable, check_restored

    permit(Actor.parse(actor) if isinstance(actor, str) else actor, "restore")
    check_restorable(url)
    read = Backup.read(path)
    restoring = Restoring(read)
    journal = restoring.into(url)
    try:
        check_restored(journal, read)
    finally:
        journal.close()
    return read.held, restoring.missing


def migrate(url: str, actor: str | Actor) -> tuple[int, int]:
    """Take the tables of a journal to the format of this version; answers the format before and after."""
    from partage.store.schema import FORMAT

    permit(Actor.parse(actor) if isinstance(actor, str) else actor, "migrate")
    journal = open_journal(url, create=False, forward=True)
    try:
        return getattr(journal, "found", FORMAT), FORMAT
    finally:
        journal.close()


def not_appointed(url: str, actor: str | Actor, at: datetime | None = None) -> str:
    """What the appointments of a record say against this actor in this role now, "" for nothing.

    ``restore`` and ``migrate`` ask it afterwards: they come before there is a record that can be asked, and
    give nobody a right in it (decision 45).
    """
    who = Actor.parse(actor) if isinstance(actor, str) else actor
    journal = open_journal(url, create=False)
    try:
        if not journal.row("matters", f"role/{who.role}"):
            return ""
        row = journal.row("matters", key_of(who.role, who.name))
        return against(row, instant(at or SystemClock().now()))
    finally:
        journal.close()


def play_office(batch: _Batch) -> list[tuple[Any, Any]]:
    """Runs of the office model, each on a journal in memory: series and totals for each scenario."""
    from partage.simulate.played.run import play
    from partage.store.memory import MemoryJournal

    return [play(made, batch.seed, batch.first, batch.runs, MemoryJournal) for made in batch.made]


def simulate_office(
    made: Sequence[Compiled], runs: int, *, seed: str, map_: Map | None = None,
    progress: Callable[[str], None] = lambda said: None, heard: Callable[[], None] = lambda: None,
) -> Study:  # fmt: skip
    """Scenarios played by the office's own verbs, ``runs`` times under the same luck.

    ``map_`` applies a function to runs: processes of this machine where left out, or a cluster; results are
    the same to the bit whatever it is.
    """
    from partage.simulate.maps import in_processes, in_turn
    from partage.simulate.study import study

    chosen = map_ or (in_processes() if runs > 1 else in_turn)
    return study(
        made, runs, seed=seed, map_=chosen, progress=progress, play=play_office, at_a_time=1,
        model="office", heard=heard,
    )  # fmt: skip
