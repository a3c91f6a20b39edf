"""Where a journal lies, as sentences may say it: a password never stands in one."""

from __future__ import annotations

SCHEMES = ("postgresql://", "postgres://")


def is_postgres(url: str) -> bool:
    """Whether the URL names a database on a PostgreSQL server."""
    return url.startswith(SCHEMES)


def shown(url: str) -> str:
    """The URL without user, password and settings, however badly it was written."""
    scheme, there, rest = url.partition(":")
    if not there or scheme in ("sqlite", "file"):
        return url[:200]
    return f"{scheme}://{rest.lstrip('/').rpartition('@')[2].partition('?')[0]}"[:200]
