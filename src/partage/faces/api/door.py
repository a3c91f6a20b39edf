"""The door: who comes, how much is read, what is logged, and what everybody is told of a fault."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Collection
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from partage.core.errors import Refusal
from partage.faces.api.problems import Broken, NotSignedIn, TooLarge, problem
from partage.faces.api.routes import MOST_BYTES, MOST_FILE_BYTES, PREFIX
from partage.office.pace import Pace, Rates
from partage.office.permits import Actor

log = logging.getLogger("partage.api")
Who = Callable[[Request], Actor | None]
HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
OVER_TLS = ((b"strict-transport-security", b"max-age=31536000; includeSubDomains"),)


class Door:
    """Around the application: nothing behind ``/v1`` is reached before it is known who comes."""

    def __init__(
        self, app: ASGIApp, who: Who, files: Collection[str], pace: Pace | None = None
    ) -> None:
        self._app = app
        self._who = who
        self._files = frozenset(files)
        self._pace = pace or Pace(Rates(0, 0, 0, 0))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; every answer leaves through here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, passage = Request(scope), _Passage(send, scope["scheme"] == "https")
        began = time.perf_counter()
        try:
            await self._let_in(request, scope, receive, passage)
        except Exception as error:
            _log_fault(error)
            await passage.refuse(request, scope, receive, _broken())
        finally:
            _log(request, scope, passage.status, time.perf_counter() - began)

    async def _let_in(
        self, request: Request, scope: Scope, receive: Receive, passage: _Passage
    ) -> None:
        path: str = scope["path"]
        if path == PREFIX or path.startswith(f"{PREFIX}/"):
            host = request.client.host if request.client else ""
            try:
                self._pace.request(host)
                actor = await run_in_threadpool(self._who, request)
                if actor is None:
                    self._pace.unknown(host)
                    raise NotSignedIn(
                        "No access that is in force came with the request.",
                        "Send 'Authorization: Bearer TOKEN'; an admin gives one with 'partage token'.",
                    )
                self._pace.account(actor)
            except Refusal as refusal:
                await passage.refuse(request, scope, receive, refusal)
                return
            scope.setdefault("state", {})["actor"] = actor
        most = MOST_FILE_BYTES if path in self._files else MOST_BYTES
        limited = _Limited(receive, most)
        try:
            limited.check(request.headers.get("content-length", ""))
        except HTTPException:
            await passage.refuse(request, scope, receive, too_large(most))
            return
        await self._app(scope, limited, passage)


class _Limited:
    """Reads no more of a body than is allowed, whatever its length claims."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._read = 0

    def check(self, claimed: str) -> None:
        if claimed.isdecimal() and int(claimed[:18]) > self._most:
            raise HTTPException(413, str(self._most))

    async def __call__(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            raise HTTPException(413, str(self._most))
        return message


class _Passage:
    """What is sent, with the headers every answer has; remembers whether an answer began."""

    def __init__(self, send: Send, tls: bool) -> None:
        self._send = send
        self._headers = (*HEADERS, *OVER_TLS) if tls else HEADERS
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            told = {name for name, _ in message["headers"]}
            more = [(name, value) for name, value in self._headers if name not in told]
            if self.status == 413:
                more.append((b"connection", b"close"))  # the rest of the body is not read
            message = {**message, "headers": [*message["headers"], *more]}
        await self._send(message)

    async def refuse(
        self, request: Request, scope: Scope, receive: Receive, refusal: Refusal
    ) -> None:
        if not self.status:
            accept = request.headers.get("accept-language", "")
            await problem(refusal, accept)(scope, receive, self)


def too_large(most: int) -> TooLarge:
    """The refusal of a body that is too large."""
    return TooLarge(
        f"The body is larger than {most // 1_000_000} MB; it was not read to its end.",
        "Split it and send each part.",
    )


def _broken() -> Broken:
    return Broken(
        "The programme failed in this request; what was acknowledged before stays.",
        "Repeat it with the same Idempotency-Key; if it fails again, report the hour.",
    )


def _log_fault(error: BaseException) -> None:
    """Where it failed, without what: a message may hold data about people."""
    where = traceback.extract_tb(error.__traceback__)[-6:]
    frames = " < ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in where[::-1])
    log.error("fault %s at %s", type(error).__name__, frames)


def _log(request: Request, scope: Scope, status: int, seconds: float) -> None:
    """Method, template of the route, status, time, role: no id, no query, no address, no name."""
    route: Any = scope.get("route")
    state: dict[str, Any] = scope.get("state", {})
    actor = state.get("actor")
    log.info(
        "%s %s %s %.0f ms %s", request.method, getattr(route, "path_format", "-"), status or "-",
        1000 * seconds, actor.role if isinstance(actor, Actor) else "-",
    )  # fmt: skip
