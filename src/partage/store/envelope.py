"""The keys of one journal: is this the key file it was sealed with, and a new one in its place."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from partage.core.errors import Unavailable, Unfaithful
from partage.store.rows import Connection, bytes_of
from partage.store.vault import KEY_BYTES, Sealer, key_file, read_key, write_key

OWN = (
    "vault/own"  # a key of the journal itself: it shows whose the key file is, and blinds requests
)
TRIED = 20  # keys, where the first does not open


def next_file(journal: Path) -> Path:
    """Where the next key lies until everything is wrapped by it."""
    path = key_file(journal)
    return path.with_name(path.name + ".next")


def open_envelope(conn: Connection, journal: Path) -> Sealer:
    """The sealer of this journal; ``Unavailable`` with the key of another.

    Finishes a change of key that was cut off after everything was wrapped by the next one.
    """
    sealer = Sealer(read_key(journal))
    if fits(conn, sealer):
        return sealer
    coming = next_file(journal)
    if coming.exists():
        sealer = Sealer(read_key(journal, coming))
        if fits(conn, sealer):
            coming.replace(key_file(journal))
            return sealer
    raise Unavailable(
        f"The key of the vault at '{key_file(journal)}' is not the key of this journal.",
        "Put the key file of this journal back; nothing was read or written.",
    )


def fits(conn: Connection, sealer: Sealer) -> bool:
    """Whether the journal's own key, or any that there is, was wrapped by this sealer.

    Where that one does not open, a few others are tried, under each other's names too: keys that somebody
    tampered with or exchanged are for ``verify`` to name, and no sign of another journal's key file.
    """
    row = (
        conn.execute(
            "SELECT subject, wrapped FROM keys WHERE subject = :own", {"own": OWN}
        ).fetchone()
        or conn.execute("SELECT subject, wrapped FROM keys LIMIT 1").fetchone()
    )
    if row is None or sealer.unwrap(row[0], bytes_of(row[1])) is not None:
        return True
    others = conn.execute("SELECT subject, wrapped FROM keys LIMIT :few", {"few": TRIED}).fetchall()
    few = [(row[0], row[1]), *((s, w) for s, w in others)]
    return any(sealer.unwrap(s, bytes_of(w)) is not None for s, _ in few for _, w in few)


def change_key(conn: Connection, journal: Path, old: Sealer) -> tuple[Sealer, int]:
    """Inside a transaction: every key wrapped by a new master, every index entry made by it.

    The new key lies in ``next_file`` until the transaction is kept. ``Unfaithful`` where a row cannot
    be opened: a vault that was tampered with is not sealed anew.
    """
    master = secrets.token_bytes(KEY_BYTES)
    new = Sealer(master)
    coming = next_file(journal)
    coming.unlink(missing_ok=True)
    write_key(coming, master)
    keys: dict[str, bytes] = {}
    for subject, wrapped in conn.execute("SELECT subject, wrapped FROM keys").fetchall():
        key = old.unwrap(subject, bytes_of(wrapped))
        if key is None:
            raise _tampered(f"the key of {subject}")
        keys[subject] = key
        conn.execute(
            "UPDATE keys SET wrapped = :new WHERE subject = :subject",
            {"new": new.wrap(subject, key), "subject": subject},
        )
    for id_, kind, subject, sealed in conn.execute(
        "SELECT id, kind, subject, sealed FROM vault"
    ).fetchall():
        row = old.open(keys.get(subject), id_, kind, subject, bytes_of(sealed))
        if not row.salt:
            raise _tampered(f"row {id_}")
        conn.execute(
            "UPDATE vault SET blind = :blind WHERE id = :id",
            {"blind": new.blind(kind, row.data), "id": id_},
        )
    return new, len(keys)


def keep_key(journal: Path) -> None:
    """The next key is the key, from now on."""
    os.replace(next_file(journal), key_file(journal))


def _tampered(what: str) -> Unfaithful:
    return Unfaithful(
        f"The key of the vault was not changed: {what} was changed after it was sealed.",
        "Run 'partage verify'; restore the vault from a copy.",
    )
