"""Speaking to a PostgreSQL server: connecting, and what it says as a refusal in a sentence."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from partage.core.errors import InputRefused, NotFound, Refusal, Unavailable, Unconfirmed
from partage.store.address import shown
from partage.store.rows import Found, damaged

SCHEMA = "partage"
CONNECT_SECONDS = 10
LOCK_SECONDS = 30
FULL = "verify-full"  # of sslmode: encrypted, and with the machine that is named
OLDEST = 130000  # server version 13
SETTINGS = {
    "search_path": f"{SCHEMA}, pg_temp",
    "synchronous_commit": "on",  # an act is on the disk before it is acknowledged, whatever the server says
    "lock_timeout": f"{LOCK_SECONDS}s",
    "default_transaction_isolation": "read committed",
    "idle_in_transaction_session_timeout": "0",
    "client_min_messages": "warning",
}
WRITE_A_PASSWORD = (
    "Write postgresql://USER@HOST:PORT/DATABASE, and the password in a password file (PGPASSFILE); "
    "in a URL its signs such as @ : / % are written %40 %3A %2F %25."
)


class Server:
    """One connection in the manner of ``rows.Connection``; it comes back by itself between transactions."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._real = connect(url)
        self._inside = False

    def execute(self, query: str, values: dict[str, Any] | None = None, /) -> Found:
        """One statement."""
        return self._ready().execute(_named(query), values)

    def executemany(self, query: str, values: list[dict[str, Any]], /) -> object:
        """One statement for each of many rows, sent together."""
        with self._ready().cursor() as cursor:
            cursor.executemany(_named(query), values)
        return None

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open, or was when the server went away."""
        return self._inside

    @property
    def database(self) -> str:
        """The name of the database."""
        return self._real.info.dbname

    def begin(self, how: str) -> None:
        """Begin a transaction; until ``end`` a lost connection is not replaced."""
        self._ready()
        self._inside = True
        self._real.execute(how.encode())

    def commit(self) -> None:
        """Keep what was written; ``Unavailable`` if the server did not say that it did."""
        try:
            self._real.execute(b"COMMIT")
        except psycopg.OperationalError as error:
            raise Unconfirmed(
                f"The database '{self._real_name()}' did not confirm the last act: {reason_of(error)}.",
                "It may or may not be kept. When the server is back, look whether it was done before "
                "you repeat it; a command with --idem can be repeated as it is.",
            ) from None
        finally:
            self._inside = self._real.info.transaction_status != TransactionStatus.IDLE

    def roll_back(self) -> None:
        """Undo what was not kept."""
        with suppress(psycopg.Error):
            if not self._real.closed:
                self._real.execute(b"ROLLBACK")
        self._inside = False

    def close(self) -> None:
        """Let go of the server."""
        self._real.close()

    def __del__(self) -> None:
        with suppress(Exception):  # whoever forgot to close says nothing about it at the end
            self._real.close()

    def _ready(self) -> psycopg.Connection[Any]:
        if self._real.closed and not self._inside:
            self._real = connect(self._url)
        return self._real

    def _real_name(self) -> str:
        return shown(self._url)


def connect(url: str) -> psycopg.Connection[Any]:
    """A connection set up as a journal needs it; a refusal that names no password if there is none."""
    try:
        given = conninfo_to_dict(url)
        named = f"{given.get('host') or ''}{given.get('dbname') or ''}"
        ports = str(given.get("port") or "").replace(",", "")
        if "@" in named or not (ports or "0").isdecimal():
            raise psycopg.ProgrammingError  # an unescaped password would be looked up as a host
    except psycopg.ProgrammingError:
        raise InputRefused(
            f"The URL of the database ('{shown(url)}') cannot be read.", WRITE_A_PASSWORD
        ) from None
    given = {
        "connect_timeout": CONNECT_SECONDS, "application_name": "partage", **protected(given), **given,
    }  # fmt: skip
    try:
        real = psycopg.connect(**given, autocommit=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        raise _not_connected(url, str(given.get("user") or ""), error) from None
    try:
        _set_up(real)
    except BaseException:
        real.close()
        raise
    return real


def protected(given: Mapping[str, Any], env: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a connection to another machine is asked for beside: TLS, and a certificate of that machine.

    ``InputRefused`` where somebody asked for less. A socket, and this machine's own address, need none.
    """
    hosts = ",".join(
        str(given.get(name) or env.get(there) or "")
        for name, there in (("host", "PGHOST"), ("hostaddr", "PGHOSTADDR"))
    )
    named = given.get("service") or env.get("PGSERVICE")  # a file of libpq's says where
    if not named and not [host for host in hosts.split(",") if host and not _is_here(host)]:
        return {}
    mode = str(given.get("sslmode") or env.get("PGSSLMODE") or FULL)
    if mode != FULL:
        raise InputRefused(
            f"The database is on another machine, and sslmode is '{mode}': somebody between the two could "
            "read and change what is written.",
            f"Say sslmode={FULL} and, in sslrootcert, whose certificates count (docs/how-to/databases.md).",
        )
    return {"sslmode": FULL}


def _is_here(host: str) -> bool:
    """Whether it is a socket's folder, or this machine by its loopback address."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _set_up(real: psycopg.Connection[Any]) -> None:
    said = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in SETTINGS.items())
    asked = "current_setting('server_encoding'), current_setting('fsync')"
    row = real.execute(f"SELECT {asked}, {said}".encode()).fetchone()
    encoding, to_disk = row[:2] if row else ("", "")
    if real.info.server_version < OLDEST:
        raise InputRefused(
            f"The server is PostgreSQL {real.info.server_version // 10000}; Partage needs "
            f"{OLDEST // 10000} or newer.",
            "Upgrade the server, or use SQLite.",
        )
    if encoding not in ("UTF8", "UTF-8"):
        raise InputRefused(
            f"The database is kept in {encoding}; a journal is kept in UTF8.",
            "Make it with: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.",
        )
    if to_disk != "on":
        raise Unavailable(
            "The server acknowledges before it has written to the disk (fsync is off).",
            "Set fsync to on: what an office was told is kept must not be lost.",
        )


def _not_connected(url: str, user: str, error: psycopg.OperationalError) -> Refusal:
    """What the driver says when it gets no connection, without any part of the URL but the host."""
    said, where = str(error), shown(url)
    if 'database "' in said and "does not exist" in said:
        return NotFound(
            f"There is no database at '{where}'.",
            "Check its name, or make it: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.",
        )
    if any(w in said for w in ("authentication", "password", "pg_hba.conf", 'role "')):
        who = f"'{user}'" if user else "who we are"
        return Unavailable(
            f"The server of '{where}' does not let us in as {who}: user or password are not right.",
            "Check both. " + WRITE_A_PASSWORD,
        )
    if "too many" in said or "remaining connection slots" in said:
        why = "it has no connection to spare"
    elif "starting up" in said or "shutting down" in said or "recovery" in said:
        why = "it is starting, stopping or recovering"
    elif "translate host name" in said:
        why = "its name is not known here"
    elif "timeout" in said:
        why = "it does not answer"
    elif "SSL" in said or "certificate" in said:
        why = "no protected connection could be made with it"
    else:
        why = "nobody listens there, or the network does not lead to it"
    return Unavailable(
        f"The server of '{where}' cannot be reached: {why}.",
        "Nothing was written. Look whether it runs and whether --db is right, then repeat the command.",
    )


def reason_of(error: psycopg.Error) -> str:
    """What the server said, without the values it said it of."""
    if isinstance(error, psycopg.DataError) and error.sqlstate is None:
        return "a text in it has a sign (NUL) that no text may have there"
    if error.sqlstate is None:
        return "the connection was lost"
    return (error.diag.message_primary or type(error).__name__).splitlines()[0]


@contextmanager
def translated(name: str) -> Iterator[None]:
    """What the server refuses, as a refusal in a sentence about the journal of that name."""
    try:
        yield
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        raise Unavailable(
            f"The database '{name}' does not let this user do that: {reason_of(error)}.",
            "Nothing was written. Ask whoever keeps the server; docs/how-to/databases.md says which "
            "rights a journal needs. A standby can only be read.",
        ) from None
    except (psycopg.DataError, errors.ProgramLimitExceeded) as error:
        raise InputRefused(
            f"The database '{name}' cannot keep this: {reason_of(error)}.",
            "Nothing was written. Shorten the text, or take out signs that nobody can read.",
        ) from None
    except (psycopg.ProgrammingError, psycopg.IntegrityError, psycopg.InternalError) as error:
        raise damaged(name, reason_of(error)) from None
    except psycopg.Error as error:
        raise Unavailable(
            f"The database '{name}' cannot be used now: {reason_of(error)}.",
            "Nothing was written. Free the disk or the lock, or wait for the server, and repeat the "
            "command.",
        ) from None


@cache
def _named(query: str) -> bytes:
    """The statement with its values named in the driver's way."""
    return re.sub(r"(?<![:\w]):([a-z_]\w*)", r"%(\1)s", query).encode()
