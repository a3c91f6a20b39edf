"""One signed message over the wire: to a checked address, no redirect, no proxy, little time."""

from __future__ import annotations

import base64
import hmac
import secrets
import ssl
import time
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from partage import __version__
from partage.office.reach import NotAllowed, Reach

if TYPE_CHECKING:
    from httpcore import ConnectionPool, NetworkBackend, NetworkStream

SECONDS = 10  # for one message, from the name to the status
PREFIX = "whsec_"


def new_secret() -> str:
    """A secret of 256 bits, as Standard Webhooks writes it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of ``ID.TIMESTAMP.BODY`` in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{id_}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


class Wire:
    """Sends messages and says what came of it: a status, or why there is none."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._trust = ssl.create_default_context()

    def post(self, address: str, secret: str, id_: str, body: bytes) -> tuple[int, str]:
        """The status of the answer and "", or 0 and why there was none."""
        import httpcore

        stamp = int(time.time())  # the machine's: who receives holds it against their own clock
        headers: dict[bytes | str, bytes | str] = {
            "content-type": "application/json", "user-agent": f"Partage/{__version__}",
            "webhook-id": id_, "webhook-timestamp": str(stamp),
            "webhook-signature": signature(secret, id_, stamp, body),
        }  # fmt: skip
        limits = dict.fromkeys(("connect", "read", "write", "pool"), float(SECONDS))
        try:
            with (
                self._pool() as pool,
                pool.stream(
                    "POST", address, headers=headers, content=body, extensions={"timeout": limits}
                ) as answer,
            ):
                return int(answer.status), ""
        except NotAllowed:
            return 0, "not-allowed"
        except (httpcore.TimeoutException, TimeoutError):
            return 0, "no-answer-in-time"
        except (httpcore.ConnectError, ssl.SSLError) as error:
            return 0, "not-trusted" if "CERTIFICATE" in str(error).upper() else "not-reached"
        except (httpcore.NetworkError, OSError):
            return 0, "not-reached"
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol):
            return 0, "not-understood"

    def _pool(self) -> ConnectionPool:
        import httpcore

        return httpcore.ConnectionPool(
            ssl_context=self._trust, retries=0, network_backend=_backend(self._reach)
        )


def _backend(reach: Reach) -> NetworkBackend:
    """Connects to the address that was checked, so that a name cannot lead elsewhere the second time."""
    import httpcore

    class Checked(httpcore.NetworkBackend):
        def connect_tcp(
            self, host: str, port: int, timeout: float | None = None,
            local_address: str | None = None, socket_options: Iterable[Any] | None = None,
        ) -> NetworkStream:  # fmt: skip
            until = time.monotonic() + SECONDS
            there = reach.resolve(host, port)
            stream = httpcore.SyncBackend().connect_tcp(
                there, port, timeout, local_address, socket_options
            )
            return _bounded(stream, until)

    return Checked()


def _bounded(stream: NetworkStream, until: float) -> NetworkStream:
    """The stream, to be used until an instant: who answers a byte at a time is not waited for."""
    import httpcore

    def left() -> float:
        rest = until - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("too slow")
        return rest

    class Bounded(httpcore.NetworkStream):
        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return stream.read(max_bytes, left())

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            stream.write(buffer, left())

        def close(self) -> None:
            stream.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
            timeout: float | None = None,
        ) -> NetworkStream:  # fmt: skip
            return _bounded(stream.start_tls(ssl_context, server_hostname, left()), until)

        def get_extra_info(self, info: str) -> Any:
            return stream.get_extra_info(info)

    return Bounded()
