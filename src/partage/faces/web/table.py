"""The table of pages: every address with its verb in the permits; filled by the decorators below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from starlette.responses import Response

    from partage.faces.web.at import At

    Call = Callable[[At], Response]

MOST_BYTES = 1_000_000  # of a form
MOST_FILE_BYTES = 50_000_000  # of a form with a file, as on the command line


@dataclass(frozen=True, slots=True)
class Page:
    """One address below ``/en`` and ``/fr``.

    ``verb`` is its verb in the table of permits, two with ``|`` where either may be; "" for what is
    nobody's data (``OPEN``). ``public``: nobody needs to be signed in.
    """

    method: Literal["GET", "POST"]
    path: str
    verb: str
    call: Call
    public: bool = False
    takes_file: bool = False

    @property
    def name(self) -> str:
        """Its name in logs and tests."""
        return self.call.__name__.rstrip("_")


PAGES: list[Page] = []
OPEN = {
    "landing": "says what this is, to everybody, in both languages",
    "home": "sends each role to its own first page",
    "today": "each role sees its own part: every number on it asks its own permit",
    "policies": "published rules: nobody's data, whoever is signed in",
    "policy": "published rules: nobody's data, whoever is signed in",
    "public": "for everybody: what the office does, and counts with small numbers hidden",
    "impact": "for everybody: what the software does, in words",
    "difference": "published rules: nobody's data, whoever is signed in",
}


def look(path: str, *, verb: str, public: bool = False) -> Callable[[Call], Call]:
    """A page that only looks."""

    def put(call: Call) -> Call:
        PAGES.append(Page("GET", path, verb, call, public))
        return call

    return put


def act(path: str, *, verb: str, takes_file: bool = False) -> Callable[[Call], Call]:
    """A form that is sent: its token has been checked, its idempotency key is ``at.key()``."""

    def put(call: Call) -> Call:
        PAGES.append(Page("POST", path, verb, call, takes_file=takes_file))
        return call

    return put
