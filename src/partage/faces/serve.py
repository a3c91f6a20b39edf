"""``partage serve``: one process, one address; a clean stop, and a sentence for whatever is in the way."""

from __future__ import annotations

import gc
import ipaddress
import json
import logging
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from partage.compose import open_office
from partage.core.errors import InputRefused, NotFound, Refusal, Unavailable, WrongState
from partage.core.units import parse_instant
from partage.office import wire
from partage.office.courier import Courier
from partage.office.factor import new_code
from partage.office.gate import Gate, set_password
from partage.office.office import Office
from partage.office.pace import Pace
from partage.office.permits import Actor
from partage.office.ports import Clock, Journal, SystemClock
from partage.office.reach import LOOPBACK, Reach
from partage.office.seen import Seen
from partage.office.sessions import Rules, key_of_user
from partage.office.tokens import NOBODY
from partage.office.wire import Wire
from partage.packs.loader import load_pack
from partage.packs.pack import Pack

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from partage.faces.web.provider import Settings

Say = Callable[[str], None]
GRACE_SECONDS = 120  # longer than any act may take
DEMO_DAYS = 30
COLLECT = (100_000, 20, 50)  # a list of an office has tens of thousands of rows
AGAIN_SECONDS = 5  # before a journal that is not there is looked for again
PAGES = ("", "en", "fr", "sign-in", "static")  # what addresses of the pages begin with
LOGS = {
    "partage.api": logging.INFO, "partage.web": logging.INFO, "partage.entry": logging.INFO,
    "uvicorn.error": logging.WARNING,
}  # fmt: skip


class RunningClock:
    """A stated clock that goes on from there: a training office has afternoons too."""

    kind = "stated"

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The stated instant, and what has passed since."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)


@dataclass(slots=True)
class Offices:
    """One office per request on one journal: no two requests share a transaction or an actor.

    The first that opens leaves one connection open for the life of the server, so that the log
    beside the file is not folded into it at the end of every request.
    """

    url: str
    pack: Pack
    clock: Clock = field(default_factory=SystemClock)
    reach: Reach | None = None  # where deliveries may go, if not where the environment says
    seen: Seen = field(default_factory=Seen)
    _keeper: Journal | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, actor: Actor) -> Office:
        """An office with this actor at the desk; ``NotFound`` while there is no journal."""
        at = None if isinstance(self.clock, SystemClock) else self.clock.now()
        office = open_office(self.url, actor, pack=self.pack, at=at, create=False)
        office.clock = self.clock
        office.seen = self.seen
        office.reach = self.reach or office.reach
        with self._lock:
            if self._keeper is None:
                self._keeper = open_office(
                    self.url, NOBODY, pack=self.pack, at=at, create=False
                ).journal
        return office

    def close(self) -> None:
        """Let go of the file."""
        if self._keeper is not None:
            self._keeper.close()


def offices_at(url: str, pack: str, at: str | None) -> Offices:
    """The offices of a journal, at the machine's clock or at a stated one that goes on.

    Refused: a journal in memory, whose accesses nobody could give; another pack or kind of clock.
    """
    if url == "memory:":
        raise InputRefused("Nobody could give an access to a journal in memory.", "Name a file.")
    offices = Offices(url, load_pack(pack))
    if at:
        offices.clock = RunningClock(parse_instant(at))
    try:
        office = offices(NOBODY)
    except NotFound:
        return offices
    if at:  # a server that was stopped goes on where its journal ends
        last = max(parse_instant(at), _last(office.journal))
        offices.clock = RunningClock(last)
    office.journal.close()
    return offices


def _last(journal: Journal) -> datetime:
    number = journal.head()[0]
    return parse_instant(next(journal.read(after=number - 1)).at)


def first_steps(offices: Offices) -> str:
    """How the first administrator gets an access; "" where somebody has one."""
    what = "There is no office here yet"
    try:
        office = offices(NOBODY)
    except NotFound:
        pass
    else:
        what = "Nobody has an access to this office yet"
        known = office.journal.rows("matters", list="token/active") or office.journal.rows(
            "matters", list="user/active"
        )
        office.journal.close()
        if known:
            return ""
    last = (offices.clock.now() + timedelta(days=90)).date()
    at = (
        ""
        if isinstance(offices.clock, SystemClock)
        else f" --at {offices.clock.now():%Y-%m-%dT%H:%M:%SZ}"
    )
    return (
        f"{what}. Make the first administrator, on this machine:\n"
        f"  partage --db {offices.url}{at} --as NAME:admin user NAME:admin\n"
        "It prints a code; with it they choose a password at /en/start. For a programme:\n"
        f"  partage --db {offices.url}{at} --as NAME:admin token NAME:admin --until {last}\n"
        "Then give others theirs in the same way. Until then everybody is answered 401."
    )


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_reached(host: str, proxies: Sequence[str]) -> None:
    """Refuse an address that others reach where no proxy is named whose word on TLS counts."""
    if not is_loopback(host) and not proxies:
        raise InputRefused(
            f"Others reach {host}, and no proxy with TLS is named: what they send would travel in clear.",
            "Name it with PARTAGE_PROXIES, or serve at 127.0.0.1 behind a proxy of this machine.",
        )


def by_tls_alone(app: ASGIApp) -> ASGIApp:
    """The same where others reach it: whoever did not come by TLS is told so, and is not read."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope.get("scheme") == "https":
            await app(scope, receive, send)
            return
        head = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 403, "headers": head})
        said = b"By TLS alone: https. / Par TLS seulement : https.\n"
        await send({"type": "http.response.body", "body": said})

    return asked


def check_demo(host: str) -> None:
    """Refuse a demonstration that others could reach: its accesses stand on the screen."""
    if not is_loopback(host):
        raise InputRefused(
            f"A demonstration is not served on {host}: whoever sees the screen has its accesses.",
            "Leave --host out, or serve an office of its own without --demo.",
        )


def here_alone() -> Reach:
    """Where a demonstration may deliver: to public addresses, as any office, and on this machine."""
    return Reach(LOOPBACK)


def bound(host: str, port: int) -> socket.socket:
    """A socket at the address, taken before anything is said to be there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=512)
        # headers and body go out at once: else each answer waits 40 ms for the other side to confirm
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise Unavailable(
            f"Nothing can be served at {host}, port {port}: {error.strerror}.",
            "Choose another --port or --host, or end what is there.",
        ) from None


def demo_accesses(offices: Offices, who: dict[str, str]) -> list[tuple[str, str, str]]:
    """One access a role on a journal of the demonstration: role, who, secret."""
    office = offices(Actor("adam", "admin"))
    try:
        if not isinstance(offices.clock, RunningClock):
            raise WrongState("This journal is of real work.", "--demo serves training alone.")
        until = offices.clock.now().date() + timedelta(days=DEMO_DAYS)
        return [(role, f"{name}", office.grant_token(name, until)[1]) for role, name in who.items()]
    finally:
        office.journal.close()


def demo_users(offices: Offices, who: dict[str, str]) -> list[tuple[str, str, str]]:
    """One account a role for the pages, each with a password made now: role, name, password."""
    office = offices(Actor("adam", "admin"))
    made = []
    try:
        gate = Gate(office.journal, office.clock)
        for role, name in who.items():
            if role == "household":  # it has no account; an officer writes down its answer
                continue
            office.add_user(name, idem=f"demo {name}")
            password = new_code().lower()[:19]
            user = key_of_user(Actor.parse(name).name)
            set_password(gate, user, password)
            gate.end_all(user)
            made.append((role, Actor.parse(name).name, password))
        return made
    finally:
        office.journal.close()


def whole(
    offices: Offices,
    rules: Rules,
    pace: Pace | None = None,
    *,
    origin: str = "",
    outside: Settings | None = None,
) -> ASGIApp:
    """The API and the pages at one address; what is nobody's goes to the API.

    ``origin``: the only one whose forms are taken, where it is said. ``outside``: a sign-in service.
    """
    from partage.faces.api.app import create_app
    from partage.faces.web import app, way_in
    from partage.faces.web.entry import current
    from partage.faces.web.provider import Provider

    pace = pace or Pace()
    api = create_app(offices, pace=pace)
    web = app.create_app(offices, current, way_in.routes())
    web.state.rules, web.state.pace, web.state.origin = rules, pace, origin
    web.state.provider = Provider(outside) if outside else None

    async def split(scope: Scope, receive: Receive, send: Send) -> None:
        first = scope.get("path", "").split("/")[1:2]
        await (web if first and first[0] in PAGES else api)(scope, receive, send)

    return split


def run(
    offices: Offices,
    listening: socket.socket,
    say: Say,
    rules: Rules,
    pace: Pace,
    proxies: Sequence[str] = (),
    *,
    origin: str = "",
    outside: Settings | None = None,
    log: str = "text",
) -> str:
    """Serve until SIGTERM or SIGINT; what was begun is finished first. Answers the address.

    ``proxies``: whose word counts on where a request comes from; ``origin``, ``outside``: see ``whole``.
    """
    import uvicorn

    host, port = listening.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    _log_to_stderr(log)
    app = whole(offices, rules, pace, origin=origin, outside=outside)
    config = uvicorn.Config(
        app if is_loopback(host) else by_tls_alone(app),
        http="h11", log_config=None, access_log=False, server_header=False,
        proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies),
        lifespan="off", timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip
    server = uvicorn.Server(config)

    def stop(*_: object) -> None:  # also before the server listens for it, and after
        server.should_exit = True

    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, stop)
    if not is_loopback(host):
        say(
            "Others reach this address: it answers what your proxy says came by TLS, and nothing else."
        )
    say(f"Partage is at {address} (the contract: {address}/openapi.json). Ctrl-C stops it.")
    gc.freeze()  # what is there before the first request stays; rows of lists are no rings to look for
    gc.set_threshold(*COLLECT)
    with delivering(offices):
        server.run(sockets=[listening])
    offices.close()
    say("Stopped. What was begun was finished; what was acknowledged stays.")
    return address


@contextmanager
def delivering(offices: Offices) -> Iterator[None]:
    """While it is open, webhooks are told what happens, from a thread of its own."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                office = offices(NOBODY)
            except Refusal:  # no journal yet, or a database that is away
                stop.wait(AGAIN_SECONDS)
                continue
            try:
                Courier(office.journal, offices.clock, Wire(office.reach).post).run(stop)
            finally:
                office.journal.close()

    thread = threading.Thread(target=work, name="courier", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(2 * wire.SECONDS)


def _log_to_stderr(form: str) -> None:
    handler = log_handler(form)
    for name, level in LOGS.items():
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.addHandler(handler)
        logger.propagate = False


class AsJson(logging.Formatter):
    """A line as one JSON object, for a log that is read by programmes."""

    def format(self, record: logging.LogRecord) -> str:
        """When, how grave, where it was said, what."""
        said = {"at": self.formatTime(record, self.datefmt), "level": record.levelname}
        return json.dumps(said | {"logger": record.name, "message": record.getMessage()})


def log_handler(form: str = "text") -> logging.Handler:
    """To standard error, at instants of UTC, as text or as ``json``."""
    handler = logging.StreamHandler(sys.stderr)
    kind = AsJson if form == "json" else logging.Formatter
    made = kind("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    made.converter = time.gmtime
    handler.setFormatter(made)
    return handler
