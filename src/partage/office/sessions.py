"""Who is signed in: sessions on the server, with an idle and an absolute end, ended one by one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from partage.casework import letter
from partage.casework.user import subject_of
from partage.core.names import same_person
from partage.core.units import instant, operational_day, parse_instant
from partage.office.permits import Actor
from partage.office.ports import Clock, Journal

SEEN_SECONDS = 60  # how often it is written down that somebody is still there
ON_THE_WAY_MINUTES = 15  # between the password and the second factor
BACK_SECONDS = 60  # a clock that is set back further ends a session
MOST = 10  # sessions of one person at once
IN, FACTOR, ENROL = "in", "factor", "enrol"
LETTER = "letter/"  # what the user of a session begins with who came by a letter: no name has such a sign


@dataclass(frozen=True, slots=True)
class Rules:
    """How long a session lives, and what somebody signs in by.

    ``second_factor``: nobody comes in by a password alone. ``breached``: a file of stolen passwords.
    """

    idle_minutes: int = 30
    hours: int = 12
    second_factor: bool = True
    breached: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One session: whose, in which of their roles, and how far they have come in (``stage``)."""

    id: str
    user: str
    actor: Actor
    posts: tuple[Actor, ...]
    csrf: str
    lang: str
    stage: str
    by: str  # what they signed in by
    began: str
    seen: str
    ends: str


class Sessions:
    """The sessions of one office; what a browser holds is a secret of which only a hash is kept."""

    def __init__(self, journal: Journal, clock: Clock, rules: Rules | None = None) -> None:
        self.journal, self.clock = journal, clock
        self.rules = rules or Rules()

    def begin(self, user: str, *, stage: str, by: str, lang: str, more: dict[str, Any]) -> str:
        """A new session under a new secret; the oldest of more than ten ends."""
        now = self.clock.now()
        self.journal.sweep_aside(instant(now))
        mine = sorted(self.journal.asides(_list(user)).items(), key=lambda one: one[1]["began"])
        for key, _ in mine[: max(0, len(mine) - MOST + 1)]:
            self.journal.change_aside(key, lambda _: None)
        ends = timedelta(hours=self.rules.hours)
        if stage != IN:
            ends = timedelta(minutes=ON_THE_WAY_MINUTES)
        secret = secrets.token_urlsafe(32)
        row = {
            "list": _list(user), "id": secrets.token_hex(8), "user": user, "post": 0,
            "csrf": secrets.token_urlsafe(32), "lang": lang, "stage": stage, "by": by,
            "began": instant(now), "seen": instant(now), "until": instant(now + ends), **more,
        }  # fmt: skip
        self.journal.change_aside(_key(secret), lambda _: row)
        return secret

    def known(self, secret: str, *stages: str) -> Session | None:
        """Whose session this is; None for one that is over, ended, or not come that far."""
        row = self.journal.aside(_key(secret)) if secret else None
        if row is None or row["stage"] not in (stages or (IN,)):
            return None
        now = self.clock.now()
        if self._over(row, now):
            self.end_secret(secret)
            return None
        posts = self._posts(row["user"])
        if not posts:
            return None
        if now - parse_instant(row["seen"]) > timedelta(seconds=SEEN_SECONDS):
            self._change(secret, {"seen": instant(now)})
        return _session(row, posts)

    def kept(self, secret: str, name: str) -> str:
        """What a session keeps under a name for the steps of coming in."""
        return str((self.journal.aside(_key(secret)) or {}).get(name, ""))

    def keep(self, secret: str, **more: Any) -> None:
        """Keep something with a session that is there."""
        self._change(secret, more)

    def end_secret(self, secret: str) -> None:
        """This session ends at once."""
        self.journal.change_aside(_key(secret), lambda _: None)

    def of(self, user: str) -> list[Session]:
        """The sessions of one person that have not ended, the newest first."""
        now, posts = self.clock.now(), self._posts(user)
        rows = self.journal.asides(_list(user)).values()
        mine = [_session(row, posts) for row in rows if posts and not self._over(row, now)]
        return sorted(mine, key=lambda one: one.began, reverse=True)

    def end(self, user: str, id_: str) -> bool:
        """One session of a person ends, by its id; whether there was one."""
        found = [key for key, row in self.journal.asides(_list(user)).items() if row["id"] == id_]
        for key in found:
            self.journal.change_aside(key, lambda _: None)
        return bool(found)

    def end_all(self, user: str, *, but: str = "") -> int:
        """Every session of a person ends, but for one id; how many did."""
        rows = self.journal.asides(_list(user))
        ended = [key for key, row in rows.items() if row["id"] != but or not but]
        for key in ended:
            self.journal.change_aside(key, lambda _: None)
        return len(ended)

    def act_as(self, secret: str, number: int) -> bool:
        """Act in another of one's own roles from now on; whether there is such a one."""
        session = self.known(secret)
        if session is None or not 0 <= number < len(session.posts):
            return False
        self._change(secret, {"post": number, "as": str(session.posts[number])})
        return True

    def _change(self, secret: str, more: dict[str, Any]) -> None:
        self.journal.change_aside(_key(secret), lambda row: None if row is None else row | more)

    def _over(self, row: dict[str, Any], now: datetime) -> bool:
        """Whether a session is over: unused, too old, or from a time that the clock has not reached."""
        idle = now - parse_instant(row["seen"]) > timedelta(minutes=self.rules.idle_minutes)
        back = now < parse_instant(row["began"]) - timedelta(seconds=BACK_SECONDS)
        return idle or back or instant(now) >= row["until"]

    def _posts(self, user: str) -> tuple[Actor, ...]:
        if user.startswith(LETTER):
            return self._by_letter(user)
        return posts_of(self.journal.row("matters", f"user/{user}"))

    def _by_letter(self, user: str) -> tuple[Actor, ...]:
        """An adult of a household, as long as the letter counts that they came with."""
        _, case, adult, id_, zone = user.split("/", 4)
        day = operational_day(self.clock.now(), zone).isoformat()
        row = self.journal.row("matters", letter.subject_of(case))
        if letter.standing(row, id_, int(adult), day) != letter.GOOD:
            return ()
        return (Actor(letter.name_of(int(adult)), "household", case),)


def posts_of(row: dict[str, Any] | None) -> tuple[Actor, ...]:
    """The roles of an account; none where it has ended."""
    if row is None or row.get("state") != "active":
        return ()
    return tuple(Actor(row["name"], post["role"], post["scope"]) for post in row["posts"])


def key_of_user(name: str) -> str:
    """One key for all spellings of a name."""
    assert subject_of(name).startswith("user/")
    return same_person(name)


def _session(row: dict[str, Any], posts: Sequence[Actor]) -> Session:
    wanted = [post for post in posts if str(post) == row.get("as")]
    actor = wanted[0] if wanted else posts[0]
    return Session(
        row["id"], row["user"], actor, tuple(posts), row["csrf"], row["lang"], row["stage"],
        row["by"], row["began"], row["seen"], row["until"],
    )  # fmt: skip


def _key(secret: str) -> str:
    return f"session/{sha256(secret.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _list(user: str) -> str:
    return f"session/{user}"
