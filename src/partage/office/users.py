"""Accounts of people: given, listed, ended, begun again; each by whom, in the record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from partage.casework.acts import Acts
from partage.casework.token import end_token
from partage.casework.user import (
    begin_again,
    end_account,
    give_account,
    link_account,
    subject_of,
    take_post,
    unlink_account,
)
from partage.core.errors import InputRefused, NotFound
from partage.core.names import same_person
from partage.office.desk import Desk, Done
from partage.office.gate import Gate, give_code
from partage.office.outside import account_of, mark_of
from partage.office.permits import Actor
from partage.office.sessions import Session, key_of_user

START_HOURS = 72
MOST_SUBJECT = 255  # of OpenID Connect Core 1.0, section 2


class Users(Desk):
    """Accounts of people: given, listed, ended, begun again; each by whom, in the record."""

    def add_user(self, who: str, *, idem: str | None = None) -> tuple[Done, str]:
        """An account as NAME:ROLE or NAME:ROLE@SCOPE, or one more role for it, and a code to begin with.

        The code is shown once, and "" where the person has begun already or ``idem`` was answered before.
        """
        self._permit("user")
        given = Actor.parse(who)
        if given.role == "household":
            raise InputRefused(
                "A household has no account.",
                "An officer tells it its offer and writes down its answer.",
            )
        post = {"role": given.role, "scope": given.scope}
        done = self._do(
            "user",
            lambda: give_account(
                given.name, [post], self._account(given.name), by=self.actor.name,
                version=self.journal.version(subject_of(given.name)), day=self._day(),
            ),
            idem,
        )  # fmt: skip
        begun = (self.journal.aside(f"login/{key_of_user(given.name)}") or {}).get("password")
        if begun or done.data.get("answered_before"):
            return done, ""
        return done, give_code(self._gate(), key_of_user(given.name), hours=START_HOURS)

    def end_user(self, who: str, *, idem: str | None = None) -> Done:
        """An account ends at once with all its sessions (NAME), or one role of it (NAME:ROLE@SCOPE).

        With it end the accesses to the API that this person has, or has in that role.
        """
        self._permit("user")
        name, row = self._named(who.partition(":")[0])
        post = Actor.parse(who) if ":" in who else None

        def act() -> Acts:
            admins = sum(
                any(post["role"] == "admin" for post in one["posts"])
                for one in self.journal.rows("matters", list="user/active").values()
            )
            if post is None:
                acts = end_account(name, self._account(name), admins=admins, day=self._day())
            else:
                one = {"role": post.role, "scope": post.scope}
                acts = take_post(name, one, self._account(name), admins=admins, day=self._day())
            return self._with_accesses(acts, name, None if "ended" in acts.data else post)

        assert row
        done = self._do("user", act, idem)
        if "ended" in done.data:
            self._gate().end_all(key_of_user(name))
            self.journal.change_aside(f"login/{key_of_user(name)}", lambda _: None)
        return done

    def reset_user(
        self, name: str, instrument: str, *, idem: str | None = None
    ) -> tuple[Done, str]:
        """Password and second factor are chosen anew with a code, shown once; every session ends."""
        self._permit("user")
        name, _ = self._named(name)
        done = self._do(
            "user",
            lambda: begin_again(
                name, self._account(name), instrument=instrument, day=self._day()
            ),
            idem,
        )  # fmt: skip
        if done.data.get("answered_before"):
            return done, ""
        self._gate().end_all(key_of_user(name))
        return done, give_code(self._gate(), key_of_user(name), hours=START_HOURS)

    def link_user(
        self, name: str, issuer: str, subject: str, instrument: str, *, idem: str | None = None
    ) -> Done:
        """An account is bound to who somebody is at the sign-in service; kept as a keyed digest alone.

        ``subject`` is what the service calls them (``sub``); whoever is not bound is shown their own when
        they try. ``instrument``: how it is known that it is theirs.
        """
        self._permit("user")
        name, _ = self._named(name)
        if not issuer.strip() or not 0 < len(subject.strip()) <= MOST_SUBJECT:
            raise InputRefused(
                "It is not said who they are at which sign-in service.",
                "Give its issuer, and what it calls them: they see it when they try to sign in.",
            )
        mark = mark_of(self.journal, issuer.strip(), subject.strip())
        done = self._do(
            "user",
            lambda: link_account(
                name, self._account(name), mark, held_by=account_of(self.journal, mark),
                version=self.journal.version(f"binding/{mark}"), instrument=instrument,
                day=self._day(),
            ),
            idem,
        )  # fmt: skip
        return done

    def unlink_user(self, name: str, *, idem: str | None = None) -> Done:
        """Nobody comes in as this account by the sign-in service any more; its sessions end."""
        self._permit("user")
        name, _ = self._named(name)
        done = self._do(
            "user", lambda: unlink_account(name, self._account(name), day=self._day()), idem
        )
        self._gate().end_all(key_of_user(name))
        return done

    def users(self) -> list[dict[str, Any]]:
        """Every account: whose, in which roles, whether they have begun, and how many sessions it has."""
        self._permit("user")
        gate = self._gate()
        rows = [
            row
            for state in ("active", "ended")
            for row in self.journal.rows("matters", list=f"user/{state}").values()
        ]
        found = []
        for row in sorted(rows, key=lambda row: str(row["name"])):
            key = key_of_user(row["name"])
            login = self.journal.aside(f"login/{key}") or {}
            found.append(
                {
                    "name": row["name"],
                    "roles": [_written(post) for post in row["posts"]],
                    "state": row["state"],
                    "begun": bool(login.get("password") or row.get("linked")),
                    "linked": bool(row.get("linked")),
                    "second_factor": bool(login.get("totp")),
                    "codes_left": len(login.get("codes", ())),
                    "sessions": len(gate.of(key)),
                }
            )
        return found

    def sessions_of(self, name: str) -> list[dict[str, Any]]:
        """The sessions of one person: since when, last seen, until when, by what they signed in."""
        self._permit("user")
        name, _ = self._named(name)
        return [shown(one) for one in self._gate().of(key_of_user(name))]

    def end_sessions(self, name: str, session: str = "") -> Done:
        """One session of a person ends at once, or all of them."""
        self._permit("user")
        name, _ = self._named(name)
        gate, key = self._gate(), key_of_user(name)
        if session and not gate.end(key, session):
            raise NotFound("There is no such session any more.", "Nothing to do.")
        return Done((), {"name": name, "ended": 1 if session else gate.end_all(key)})

    def _with_accesses(self, acts: Acts, name: str, post: Actor | None) -> Acts:
        """The same, and the end of every access of this person; with ``post`` of those in that role."""
        ends = [
            end_token(subject.partition("/")[2], row, day=self._day())
            for subject, row in self.journal.rows("matters", list="token/active").items()
            if same_person(str(row["name"])) == same_person(name)
            and (post is None or (row["role"], row["scope"]) == (post.role, post.scope))
        ]
        return replace(
            acts,
            drafts=(*acts.drafts, *(draft for one in ends for draft in one.drafts)),
            expect={**acts.expect, **{k: v for one in ends for k, v in one.expect.items()}},
            data={**acts.data, "accesses_ended": len(ends)},
        )

    def _account(self, name: str) -> dict[str, Any] | None:
        return self.journal.row("matters", subject_of(name))

    def _named(self, name: str) -> tuple[str, dict[str, Any]]:
        row = self._account(name)
        if row is None:
            raise NotFound("There is no account of that name.", "See 'partage user' for all.")
        return str(row["name"]), row

    def _gate(self) -> Gate:
        return Gate(self.journal, self.clock)


def shown(session: Session) -> dict[str, Any]:
    """A session as its owner and the administrator see it: never its secret."""
    return {
        "session": session.id, "role": session.actor.role, "by": session.by,
        "began": session.began, "seen": session.seen, "ends": session.ends,
    }  # fmt: skip


def _written(post: dict[str, str]) -> str:
    return post["role"] + (f"@{post['scope']}" if post["scope"] else "")
