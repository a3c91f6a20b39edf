"""``user``: an account: whose, in which roles over what; given, changed, ended, begun again.

The chain has who was given what by whom. By what somebody signs in (a password, a second factor) is
nobody's fact and lies beside the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.core.names import same_person
from partage.ledger.facts import Draft

Post = Mapping[str, str]  # a role and its scope
MOST_POSTS = 20


def subject_of(name: str) -> str:
    """The subject of an account: one for all spellings of a name."""
    return f"user/{same_person(name)}"


def give_account(
    name: str, posts: Sequence[Post], row: Row | None, *, by: str, version: int, day: str
) -> Acts:
    """An account with these roles, or these roles for an account that is there; the others stay.

    Refused: a role beside admin for oneself, another spelling of a name that is taken, more than 20 roles.
    """
    if same_person(by) == same_person(name) and any(post["role"] != "admin" for post in posts):
        raise NotPermitted("Nobody gives themselves a role.", "Another admin does.")
    known = row if row is not None and row.get("state") == "active" else None
    if known is not None and known["name"] != name:
        raise InputRefused(
            "There is an account whose name reads the same.", f"Write it as it is: {known['name']}."
        )
    kept = [dict(post) for post in (known or {}).get("posts", ())]
    all_ = kept + [dict(post) for post in posts if dict(post) not in kept]
    if len(all_) > MOST_POSTS:
        raise InputRefused(f"{name} would have {len(all_)} roles.", "End what is not used.")
    matter = {"state": "active", "name": name, "posts": all_}
    return _acts(name, matter, version, day, {"name": name, "posts": all_})


def take_post(name: str, post: Post, row: Row | None, *, admins: int, day: str) -> Acts:
    """One role of an account goes; with the last one the account ends."""
    known = _active(name, row)
    left = [dict(one) for one in known["posts"] if dict(one) != dict(post)]
    if len(left) == len(known["posts"]):
        raise WrongState(f"{name} has no such role.", "See 'partage user' for all.")
    if not left:
        return end_account(name, row, admins=admins, day=day)
    _check_admin(name, known["posts"], left, admins)
    matter = {"posts": left}
    return _acts(name, matter, int(known["version"]), day, {"name": name, "posts": left})


def end_account(name: str, row: Row | None, *, admins: int, day: str) -> Acts:
    """The account ends at once, with every session of it; the last admin stays."""
    known = _active(name, row)
    _check_admin(name, known["posts"], (), admins)
    matter = {"state": "ended", "ended": day, "posts": [], "linked": ""}
    return _acts(name, matter, int(known["version"]), day, {"name": name, "ended": day})


def begin_again(name: str, row: Row | None, *, instrument: str, day: str) -> Acts:
    """Password and second factor are to be chosen anew, on the word of an admin, by an instrument."""
    known = _active(name, row)
    if not instrument.strip():
        raise InputRefused(
            "It is not said how it is known that they ask for it.", "Name it with --instrument."
        )
    matter = {"begun_again": day, "instrument": instrument.strip()}
    return _acts(name, matter, int(known["version"]), day, {"name": name})


def link_account(
    name: str,
    row: Row | None,
    mark: str,
    *,
    held_by: str,
    version: int,
    instrument: str,
    day: str,
) -> Acts:
    """Whoever is known to the sign-in service by that mark comes in as this account, and nobody else.

    ``held_by``: whose account the mark opens until now, "" for nobody's. Refused without how it is known
    that it is theirs.
    """
    known = _active(name, row)
    if held_by and held_by != same_person(name):
        raise WrongState("That identity opens another account.", "Unlink it there first.")
    if not instrument.strip():
        raise InputRefused(
            "It is not said how it is known that it is theirs.", "Name it with --instrument."
        )
    matter = {"linked": mark, "linked_on": day, "instrument": instrument.strip()}
    binding = Draft("user", f"binding/{mark}", {"matter": {"user": same_person(name)}}, day)
    acts = _acts(name, matter, int(known["version"]), day, {"name": name, "linked": True})
    return Acts((*acts.drafts, binding), {**acts.expect, binding.subject: version}, data=acts.data)


def unlink_account(name: str, row: Row | None, *, day: str) -> Acts:
    """Nobody comes in as this account by the sign-in service any more."""
    known = _active(name, row)
    if not known.get("linked"):
        raise WrongState(f"{name} is not linked.", "Nothing to do.")
    matter = {"linked": "", "linked_on": day}
    return _acts(name, matter, int(known["version"]), day, {"name": name, "linked": False})


def _active(name: str, row: Row | None) -> Row:
    if row is None or row.get("state") != "active":
        raise WrongState(f"{name} has no account.", "See 'partage user' for all.")
    return row


def _check_admin(name: str, before: Sequence[Post], after: Sequence[Post], admins: int) -> None:
    was, stays = (any(post["role"] == "admin" for post in posts) for posts in (before, after))
    if was and not stays and admins < 2:
        raise WrongState(f"{name} is the last admin with an account.", "Give another one first.")


def _acts(name: str, matter: dict[str, Any], version: int, day: str, data: dict[str, Any]) -> Acts:
    draft = Draft("user", subject_of(name), {"matter": matter}, day)
    return Acts((draft,), {draft.subject: version}, data=data)
