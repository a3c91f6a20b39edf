"""Where deliveries may go: over TLS to public addresses, and to networks that were named for it."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from partage.core.errors import InputRefused

MOST_SIGNS = 500
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LOOPBACK: tuple[Network, ...] = (
    ipaddress.ip_network("127.0.0.0/8"),
    ipaddress.ip_network("::1/128"),
)
TUNNELS = (  # IPv6 addresses that lead to an IPv4 one
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\]")


class NotAllowed(OSError):
    """A name that leads to an address where nothing may be sent."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Public addresses, and what is ``allowed`` beside them; plain HTTP to allowed loopback alone."""

    allowed: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Reach:
        """Networks with commas, such as ``10.1.0.0/16``; ``InputRefused`` for anything else."""
        try:
            said = text.replace(",", " ").split()
            return cls(tuple(ipaddress.ip_network(one) for one in said))
        except ValueError:
            raise InputRefused(
                "PARTAGE_HOOKS_TO names something that is no address and no network.",
                "Name networks such as 10.1.0.0/16, with commas.",
            ) from None

    def may(self, address: Address) -> bool:
        """Whether anything may be sent to that address."""
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            return self.may(address.ipv4_mapped)
        if any(address in network for network in self.allowed):
            return True
        tunnel = any(address in network for network in TUNNELS)
        return address.is_global and not address.is_multicast and not tunnel

    def check(self, address: str) -> str:
        """The origin of a web address (``https://HOST:PORT``); refused where nothing may be sent.

        A host by its name is looked up when something is sent, each time.
        """
        try:
            parts = urlsplit(address)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            host, port, parts = "", None, urlsplit("")
        shown = f"[{host}]" if ":" in host else host
        odd = (
            len(address) > MOST_SIGNS
            or not re.fullmatch(r"[\x21-\x7e]+", address)
            or parts.username is not None
            or parts.password is not None
            or bool(parts.fragment)
            or "\\" in address
            or not _HOST.fullmatch(shown)
        )
        if odd or parts.scheme not in ("https", "http"):
            raise InputRefused(
                "It is no web address that something can be sent to.",
                "Write https://HOST/PATH, without a name, a password or a # in it.",
            )
        literal = _literal(host)
        if literal is not None and not self.may(literal):
            raise InputRefused(
                "It is an address of a private network or of this machine itself.",
                "Give a public one, or have its network named in PARTAGE_HOOKS_TO.",
            )
        if parts.scheme == "http" and not (literal and literal.is_loopback):
            raise InputRefused(
                "It would travel in clear.", "Give an https address; http only on this machine."
            )
        return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")

    def resolve(self, host: str, port: int) -> str:
        """The numeric address to connect to; ``NotAllowed`` if any that the name has may not be reached."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        there = [str(one[4][0]).partition("%")[0] for one in found]
        if not there or not all(self.may(ipaddress.ip_address(one)) for one in there):
            raise NotAllowed("the name leads to an address where nothing may be sent")
        return there[0]


def _literal(host: str) -> Address | None:
    """The address a host is by itself, also as ``localhost`` or in the odd ways that resolvers take."""
    if host == "localhost" or host.endswith(".localhost"):
        return ipaddress.ip_address("127.0.0.1")
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if re.fullmatch(r"[0-9a-fx.]+", host) and re.match(r"[0-9]", host.rpartition(".")[2]):
        try:
            return ipaddress.ip_address(socket.inet_aton(host))  # 2130706433, 0x7f.1, 127.1
        except (OSError, ValueError):
            return None
    return None
