"""What ``partage serve`` reads from the environment: each with its least, its most, and what it is."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from partage.core.errors import InputRefused
from partage.faces.web import provider as outside
from partage.office.pace import Rates
from partage.office.sessions import Rules


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that may be set."""

    name: str
    default: int
    least: int
    most: int

    def read(self, environ: Mapping[str, str]) -> int:
        """What is set, or the default; ``InputRefused`` for anything else."""
        said = environ.get(self.name, "").strip()
        if not said:
            return self.default
        if not (said.isascii() and said.isdecimal() and self.least <= int(said[:9]) <= self.most):
            raise InputRefused(
                f"{self.name} is no whole number from {self.least} to {self.most}.",
                "Set it so, or leave it out.",
            )
        return int(said)


IDLE = Number("PARTAGE_IDLE_MINUTES", Rules().idle_minutes, 1, 60)
HOURS = Number("PARTAGE_SESSION_HOURS", Rules().hours, 1, 24)
SIGN_IN = Number("PARTAGE_SIGN_IN_PER_MINUTE", Rates().sign_in, 1, 1_000_000)
UNKNOWN = Number("PARTAGE_API_UNKNOWN_PER_MINUTE", Rates().unknown, 1, 1_000_000)
ADDRESS = Number("PARTAGE_API_ADDRESS_PER_MINUTE", Rates().address, 0, 1_000_000)
ACCOUNT = Number("PARTAGE_API_ACCOUNT_PER_MINUTE", Rates().account, 0, 1_000_000)
NUMBERS = (IDLE, HOURS, SIGN_IN, UNKNOWN, ADDRESS, ACCOUNT)


def rules(environ: Mapping[str, str], *, second_factor: bool) -> Rules:
    """How long sessions live, and what somebody signs in by."""
    return Rules(
        IDLE.read(environ), HOURS.read(environ), second_factor,
        environ.get("PARTAGE_BREACHED_FILE", ""),
    )  # fmt: skip


def rates(environ: Mapping[str, str]) -> Rates:
    """How often somebody may ask."""
    return Rates(*(one.read(environ) for one in (SIGN_IN, UNKNOWN, ADDRESS, ACCOUNT)))


def log_form(environ: Mapping[str, str]) -> str:
    """Whether lines of the log are texts or JSON objects."""
    said = environ.get("PARTAGE_LOG", "").strip() or "text"
    if said not in ("text", "json"):
        raise InputRefused("PARTAGE_LOG is neither text nor json.", "Set it so, or leave it out.")
    return said


def proxies(environ: Mapping[str, str]) -> list[str]:
    """The addresses of the proxies whose word counts on where a request comes from."""
    said = environ.get("PARTAGE_PROXIES", "").replace(",", " ").split()
    for one in said:
        try:
            ipaddress.ip_network(one)
        except ValueError:
            raise InputRefused(
                "PARTAGE_PROXIES names something that is no address and no network.",
                "Name addresses such as 127.0.0.1 or 10.0.0.0/8, with commas.",
            ) from None
    return said


def origin(environ: Mapping[str, str]) -> str:
    """The address under which browsers reach this office, as https://HOST; "" where it is not said."""
    said = environ.get("PARTAGE_ORIGIN", "").strip()
    parts = urlsplit(said)
    if said and (not outside.safe_address(said) or said != f"{parts.scheme}://{parts.netloc}"):
        raise InputRefused(
            "PARTAGE_ORIGIN is no address of this office.",
            "Write it as https://HOST, without a path; http only on this machine.",
        )
    return said


def provider(environ: Mapping[str, str]) -> outside.Settings | None:
    """The outside sign-in service; None where none is named. Its secret is in no sentence."""
    issuer = environ.get("PARTAGE_OIDC_ISSUER", "").strip()
    client = environ.get("PARTAGE_OIDC_CLIENT", "").strip()
    if not issuer and not client:
        return None
    here, parts = origin(environ), urlsplit(issuer)
    if not (issuer and client and here):
        raise InputRefused(
            "The outside sign-in service is named in part only.",
            "Set PARTAGE_OIDC_ISSUER, PARTAGE_OIDC_CLIENT and PARTAGE_ORIGIN, or none of them.",
        )
    if not outside.safe_address(issuer) or parts.query or parts.fragment:
        raise InputRefused(
            "PARTAGE_OIDC_ISSUER is no issuer.", "Write it as the service does, with https://."
        )
    return outside.Settings(
        issuer, client, _secret(environ), here,
        environ.get("PARTAGE_OIDC_NAME", "").strip() or str(parts.hostname),
        tuple(environ.get("PARTAGE_OIDC_TWO_FACTORS", "").split()),
    )  # fmt: skip


def _secret(environ: Mapping[str, str]) -> str:
    """The secret of this office at the service: from a file, or from the environment."""
    file = environ.get("PARTAGE_OIDC_SECRET_FILE", "")
    said = environ.get("PARTAGE_OIDC_SECRET", "")
    if bool(file) == bool(said):
        raise InputRefused(
            "The secret of the outside sign-in service is not given once.",
            "Set PARTAGE_OIDC_SECRET_FILE, or PARTAGE_OIDC_SECRET.",
        )
    try:
        secret = Path(file).read_text("utf-8").strip() if file else said.strip()
    except (OSError, ValueError):
        secret = ""
    if not secret:
        raise InputRefused(
            "PARTAGE_OIDC_SECRET_FILE names no file with a secret.",
            "Write the secret into it, readable by the service alone.",
        )
    return secret
