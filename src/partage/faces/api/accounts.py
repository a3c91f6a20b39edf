"""Accounts of people: user, vouch."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from partage.casework.vouch import WHY
from partage.faces.api.paging import page
from partage.faces.api.said import Said, done
from partage.faces.api.words import Body, Cursor, Limit, Line, one_of
from partage.office.desk import Done
from partage.office.office import Office
from partage.office.permits import ROLES

Name = Annotated[Line, Field(min_length=1)]
UserName = Annotated[
    str,
    StringConstraints(pattern=r"^[^/\x00-\x1f]{1,80}$"),
    Field(description="Whose account it is."),
]


class Account(Body):
    """Whose account, in which role, over what."""

    name: Name
    role: one_of([role for role in ROLES if role != "household"])  # type: ignore[valid-type]
    scope: Line = ""

    def who(self) -> str:
        """As it is written on the command line."""
        return f"{self.name}:{self.role}" + (f"@{self.scope}" if self.scope else "")


def _once(made: Done, code: str) -> Said:
    return done(made, data={**made.data, **({"code": code} if code else {})})


def add_user(office: Office, key: str, body: Account) -> Said:
    """Give an account, or one more role; the code to begin with is in the first answer alone."""
    return _once(*office.add_user(body.who(), idem=key))


class End(Body):
    """Whose account; with a role, that role alone."""

    name: Name
    role: one_of(["", *ROLES]) = ""  # type: ignore[valid-type]
    scope: Line = ""


def end_user(office: Office, key: str, body: End) -> Said:
    """An account, or one role of it, ends at once."""
    scope = f"@{body.scope}" if body.scope else ""
    return done(
        office.end_user(f"{body.name}:{body.role}{scope}" if body.role else body.name, idem=key)
    )


class Reset(Body):
    """Whose account, and how it is known that they ask for it."""

    name: Name
    instrument: Name


def reset_user(office: Office, key: str, body: Reset) -> Said:
    """Password and second factor are chosen anew; the code for it is in the first answer alone."""
    return _once(*office.reset_user(body.name, body.instrument, idem=key))


class Link(Body):
    """Whose account, who they are at which sign-in service, and how it is known that it is theirs."""

    name: Name
    issuer: Name
    subject: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]{1,255}$")]
    instrument: Name


def link_user(office: Office, key: str, body: Link) -> Said:
    """Somebody comes in by the outside sign-in service too; kept of it is a keyed digest."""
    return done(office.link_user(body.name, body.issuer, body.subject, body.instrument, idem=key))


class Unlink(Body):
    """Whose account."""

    name: Name


def unlink_user(office: Office, key: str, body: Unlink) -> Said:
    """Somebody comes in by the outside sign-in service no more; their sessions end."""
    return done(office.unlink_user(body.name, idem=key))


def users(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Every account: whose, in which roles, whether they have begun, how many sessions it has."""
    shown, more = page(office.users(), lambda row: (str(row["name"]),), cursor, limit)
    return Said(shown, next=more)


def sessions(office: Office, key: str, user: UserName) -> Said:
    """Where somebody is signed in: since when, last seen, by what."""
    found: list[dict[str, Any]] = office.sessions_of(user)
    return Said(found)


class EndSessions(Body):
    """Whose sessions; one of them, or all."""

    name: Name
    session: Annotated[str, Field(pattern="^([0-9a-f]{16})?$")] = ""


def end_sessions(office: Office, key: str, body: EndSessions) -> Said:
    """One session of somebody ends at once, or all of them."""
    return done(office.end_sessions(body.name, body.session))


def locked_out(office: Office, key: str) -> Said:
    """Who has shown their password, and asks for a colleague's word to set up another second factor."""
    return Said(office.locked_out())


class Vouch(Body):
    """For whom, why they need it, and how it is known that it is they."""

    name: Name
    why: one_of(WHY)  # type: ignore[valid-type]
    instrument: Name


def vouch(office: Office, key: str, body: Vouch) -> Said:
    """A colleague's word for somebody who asks; the code for them is in the first answer alone."""
    return _once(*office.vouch(body.name, why=body.why, instrument=body.instrument, idem=key))


def vouched(office: Office, key: str) -> Said:
    """For whom a colleague vouched, which no administrator has looked at yet."""
    return Said(office.vouched())


class Looked(Body):
    """For whom somebody vouched."""

    name: Name


def look_at_vouched(office: Office, key: str, body: Looked) -> Said:
    """An administrator has looked: the second factor that was set up stays."""
    return done(office.look_at_vouched(body.name, idem=key))
