"""Who comes to a page, as the pages need to know it; the way in says who that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request

from partage.office.permits import Actor


class Visitor(Protocol):
    """Somebody who is signed in; ``csrf`` is the token of the session that their forms must bring back."""

    @property
    def actor(self) -> Actor: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def csrf(self) -> str: ...


Current = Callable[[Request], Visitor | None]
