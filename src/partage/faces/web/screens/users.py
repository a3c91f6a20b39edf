"""Accounts of people: who has one, in which roles; a code to begin with, an end, a new beginning."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from partage.core.names import same_person
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.office.permits import ROLES


@look("/users", verb="user")
def users(at: At) -> Response:
    """Everybody who has an account."""
    return _users(at)


@look("/user/{user}", verb="user")
def user(at: At) -> Response:
    """One account: its roles, its sessions, and what can be done with it."""
    return _user(at)


@act("/users", verb="user")
def invite(at: At) -> Response:
    """An account, or one more role for it; the code to begin with is on this page and nowhere else."""
    scope = at.sent("scope")
    who = f"{at.sent('name')}:{at.sent('role')}" + (f"@{scope}" if scope else "")
    done, code = at.office.add_user(who, idem=at.key())
    return _user(at, name=str(done.data.get("name") or at.sent("name")), code=code, told="invited")


@act("/user/{user}/end", verb="user")
def end_user(at: At) -> Response:
    """An account ends at once, or one role of it."""
    post = at.sent("post")
    at.office.end_user(at.path["user"] + (f":{post}" if post else ""), idem=at.key())
    if post:
        return at.go(f"/user/{at.path['user']}", done="post-ended")
    return at.go("/users", done="user-ended")


@act("/user/{user}/reset", verb="user")
def reset_user(at: At) -> Response:
    """Password and second factor are chosen anew, on somebody's word that is written down."""
    _, code = at.office.reset_user(at.path["user"], at.sent("instrument"), idem=at.key())
    return _user(at, code=code, told="reset")


@act("/user/{user}/link", verb="user")
def link_user(at: At) -> Response:
    """They come in by the outside sign-in service too, once it is known who they are there."""
    at.office.link_user(
        at.path["user"], _issuer(at), at.sent("subject"), at.sent("instrument"), idem=at.key()
    )
    return at.go(f"/user/{at.path['user']}", done="linked")


@act("/user/{user}/unlink", verb="user")
def unlink_user(at: At) -> Response:
    """They come in by the outside sign-in service no more."""
    at.office.unlink_user(at.path["user"], idem=at.key())
    return at.go(f"/user/{at.path['user']}", done="unlinked")


@act("/user/{user}/sessions", verb="user")
def end_sessions(at: At) -> Response:
    """One session of a person ends at once, or all of them."""
    at.office.end_sessions(at.path["user"], at.sent("session"))
    return at.go(f"/user/{at.path['user']}", done="sessions-ended")


@act("/users/looked", verb="user")
def looked(at: At) -> Response:
    """A colleague vouched for somebody, and an administrator has looked at it."""
    at.office.look_at_vouched(at.sent("name"), idem=at.key())
    return at.go("/users", done="looked")


def _issuer(at: At) -> str:
    provider = getattr(at.request.app.state, "provider", None)
    return str(provider.settings.issuer) if provider else ""


def _service(at: At) -> str:
    provider = getattr(at.request.app.state, "provider", None)
    return str(provider.settings.name) if provider else ""


def _users(at: At) -> Response:
    roles = [(role, at.t(f"role.{role}")) for role in ROLES if role != "household"]
    return at.page("users.html", known=at.office.users(), vouched=at.office.vouched(), roles=roles)


def _user(at: At, *, name: str = "", code: str = "", told: str = "") -> Response:
    name = name or at.path["user"]
    sessions = at.office.sessions_of(name)  # refused in a sentence where there is no such account
    known = next(one for one in at.office.users() if same_person(one["name"]) == same_person(name))
    other = "en" if at.lang == "fr" else "fr"
    return at.page(
        "user.html", one=known, name=name, sessions=sessions, code=code, told=told,
        service=_service(at),
        twin=f"/{other}/user/{quote(name, safe='')}",  # also where a form was just sent
    )  # fmt: skip
