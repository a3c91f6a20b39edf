"""The door of the pages: what every answer carries, how much is read, what is logged."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from partage.faces.web.table import MOST_BYTES, MOST_FILE_BYTES, PAGES

Broken = Callable[[Request, Exception], Awaitable[Response]]
log = logging.getLogger("partage.web")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
OVER_TLS = ((b"strict-transport-security", b"max-age=31536000; includeSubDomains"),)


class Door:
    """Around the pages: headers on every answer, a limit on every body, a line in the log."""

    def __init__(self, app: ASGIApp, broken: Broken) -> None:
        self._app, self._broken = app, broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = (*HEADERS, *OVER_TLS) if scope["scheme"] == "https" else HEADERS
        began, said = time.perf_counter(), {"status": 0}

        async def passed(message: Message) -> None:
            if message["type"] == "http.response.start":
                said["status"] = message["status"]
                told = {name for name, _ in message["headers"]}
                more = [(name, value) for name, value in headers if name not in told]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        try:
            await self._app(scope, _limited(scope, receive), passed)
        except Exception as error:  # never further: a server would log it with what it says
            answer = await self._broken(Request(scope), error)
            if not said["status"]:
                await answer(scope, receive, passed)
        finally:
            route: Any = scope.get("route")
            log.info(
                "%s %s %s %.0f ms %s", scope["method"], getattr(route, "path", "-"),
                said["status"] or "-", 1000 * (time.perf_counter() - began),
                scope.get("state", {}).get("role", "-"),
            )  # fmt: skip


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Reads no more of a body than is allowed, whatever its length claims."""
    most = MOST_FILE_BYTES if _takes_file(scope["path"]) else MOST_BYTES
    claimed = Request(scope).headers.get("content-length", "")
    read = int(claimed[:18]) if claimed.isdecimal() and int(claimed[:18]) > most else 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(413, str(most // 1_000_000))
        return message

    return limited


def _takes_file(path: str) -> bool:
    return any(page.takes_file and path[3:] == page.path for page in PAGES)


def log_fault(error: BaseException) -> None:
    """Where it failed, without what: a message may hold data about people."""
    where = traceback.extract_tb(error.__traceback__)[-6:]
    frames = " < ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in where[::-1])
    log.error("fault %s at %s", type(error).__name__, frames)
