"""The vault's envelope: a key per household, wrapped by a key that never lies in the journal's file.

AES-256-GCM by the ``cryptography`` library. What lies in the file is the sealed row, the wrapped key of
its subject, and a keyed index by which a reference is found again; none of them says anything without
the key file. Erasing a subject deletes its wrapped key too, so that copies of the file with another
key file are as silent as this one.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from partage.core.errors import Unavailable
from partage.ledger.facts import Secret

KEY_BYTES, NONCE_BYTES = 32, 12
ENVIRONMENT = "PARTAGE_KEY_FILE"


class Sealer:
    """Seals and opens rows of one vault."""

    def __init__(self, master: bytes) -> None:
        self._wrap = AESGCM(hmac.new(master, b"partage wrap", hashlib.sha256).digest())
        self._index = hmac.new(master, b"partage index", hashlib.sha256).digest()

    def new_key(self, subject: str) -> tuple[bytes, bytes]:
        """A fresh key for a subject, and the same wrapped."""
        key = AESGCM.generate_key(256)
        return key, self.wrap(subject, key)

    def wrap(self, subject: str, key: bytes) -> bytes:
        """The key of a subject, wrapped by the key file."""
        return self._sealed(self._wrap, key, subject.encode())

    def unwrap(self, subject: str, wrapped: bytes) -> bytes | None:
        """The key of a subject; None if this is not what was wrapped for it."""
        return self._opened(self._wrap, wrapped, subject.encode())

    def seal(self, key: bytes, secret: Secret) -> bytes:
        """Salt and data of a row, bound to its id, kind and subject."""
        plain = secret.salt.encode() + b"\x00" + secret.data
        return self._sealed(AESGCM(key), plain, _bound(secret.id, secret.kind, secret.subject))

    def open(self, key: bytes | None, id_: str, kind: str, subject: str, sealed: bytes) -> Secret:
        """The row; without salt and data if it was changed, moved, or its key is not its own."""
        plain = (
            None if key is None else self._opened(AESGCM(key), sealed, _bound(id_, kind, subject))
        )
        salt, _, data = (plain or b"").partition(b"\x00")
        return Secret(id_, kind, subject, salt.decode(), data)

    def seal_bytes(self, key: bytes, plain: bytes, bound: bytes) -> bytes:
        """Bytes beside the record, bound to what they are for."""
        return self._sealed(AESGCM(key), plain, b"aside\x1f" + bound)

    def open_bytes(self, key: bytes, sealed: bytes, bound: bytes) -> bytes | None:
        """The bytes again; None if they were changed or moved."""
        return self._opened(AESGCM(key), sealed, b"aside\x1f" + bound)

    def blind(self, kind: str, value: bytes) -> str:
        """By what a value is found again without being read."""
        return hmac.digest(self._index, kind.encode() + b"\x00" + value, "sha256").hex()

    @staticmethod
    def _sealed(cipher: AESGCM, plain: bytes, bound: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + cipher.encrypt(nonce, plain, bound)

    @staticmethod
    def _opened(cipher: AESGCM, sealed: bytes, bound: bytes) -> bytes | None:
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
        except (InvalidTag, ValueError):
            return None


def _bound(id_: str, kind: str, subject: str) -> bytes:
    return f"{id_}\x1f{kind}\x1f{subject}".encode()


def key_file(journal: Path) -> Path:
    """Where the key of a journal lies: beside it, or where ``PARTAGE_KEY_FILE`` says."""
    said = os.environ.get(ENVIRONMENT, "")
    return Path(said) if said else journal.with_name(journal.name + ".key")


def make_key(journal: Path) -> None:
    """A key for a new journal, readable by its owner alone; one that is there already stays."""
    path = key_file(journal)
    if not path.exists():
        write_key(path, secrets.token_bytes(KEY_BYTES))


def write_key(path: Path, key: bytes) -> None:
    """A key file, whole or not at all, readable by its owner alone; never over another."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
            file.write(key.hex().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(file.name, path)  # whole or not at all, and never over another's
        except FileExistsError:
            pass
        finally:
            os.unlink(file.name)
    except OSError as error:
        raise Unavailable(
            f"The key of the vault cannot be written to '{path}': {error.strerror}.",
            f"Say with {ENVIRONMENT} where it may lie.",
        ) from None


def read_key(journal: Path, path: Path | None = None) -> bytes:
    """The key of a journal, or ``Unavailable``: without it nothing about people can be read.

    A key that others could read or change is refused too, where files have owners.
    """
    path = path or key_file(journal)
    try:
        if os.name == "posix" and path.stat().st_mode & 0o027:
            raise Unavailable(
                f"The key of the vault at '{path}' can be read or changed by others.",
                f"Look who has read it, then: chmod 600 '{path}'.",
            )
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Unavailable(
            f"The key of the vault is not at '{path}': data about people cannot be read.",
            f"Put the key file of this journal back, or say with {ENVIRONMENT} where it lies.",
        )
    return key
