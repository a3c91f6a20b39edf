"""From the word of an outside sign-in service to a session: asked once, answered once, bound by an admin.

The service says who somebody is, never what they may do: that stands in the account that an
administrator bound to it. Nothing is kept of it but keyed digests.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from partage.core.units import instant
from partage.office.gate import Gate
from partage.office.ports import Journal
from partage.office.sessions import FACTOR, IN, posts_of

ASKED_MINUTES = 15  # between the button here and the answer of the service
BY = "provider"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of the service: ``state`` comes back with the answer, ``nonce`` inside it, and
    ``verifier`` shows that the code is redeemed by who asked. ``again``: whoever is in already was sent
    there to say anew who they are; ``asked``: when."""

    state: str
    nonce: str
    verifier: str
    to: str
    again: str = ""
    asked: str = ""


def mark_of(journal: Journal, issuer: str, subject: str) -> str:
    """What an account is bound by: nobody reads from it who somebody is at the service."""
    return journal.blind(f"outside {len(issuer)} {issuer} {subject}")


def ask(gate: Gate, lang: str, browser: str, to: str, again: str = "") -> Question:
    """A question that one browser asks, to be answered once and soon; ``again``: of this user alone."""
    now = gate.clock.now()
    gate.journal.sweep_aside(instant(now))
    state = f"{lang}.{secrets.token_urlsafe(32)}"
    row = {
        "list": "asked", "browser": _browser(gate, browser), "to": to, "again": again,
        "asked": instant(now), "until": instant(now + timedelta(minutes=ASKED_MINUTES)),
    }  # fmt: skip
    gate.journal.change_aside(_key(state), lambda _: row)
    return _question(gate, state, row)


def answered(gate: Gate, state: str, browser: str) -> Question | None:
    """The question that an answer belongs to, taken away with it; None if this browser asked none."""
    row = _taken(gate, state)
    return None if not _holds(gate, row, browser) else _question(gate, state, row)


def keep_subject(gate: Gate, browser: str, subject: str) -> str:
    """Keep for a moment who somebody is at the service, for this browser alone; by what it is found."""
    ref = secrets.token_urlsafe(32)
    row = {
        "list": "asked", "browser": _browser(gate, browser),
        "subject": gate.journal.seal_aside(_key(ref), subject),
        "until": instant(gate.clock.now() + timedelta(minutes=ASKED_MINUTES)),
    }  # fmt: skip
    gate.journal.change_aside(_key(ref), lambda _: row)
    return ref


def kept_subject(gate: Gate, ref: str, browser: str) -> str:
    """What was kept; "" for another browser, and once its time is over."""
    row = gate.journal.aside(_key(ref)) or {}
    if not _holds(gate, row, browser) or "subject" not in row:
        return ""
    return gate.journal.unseal_aside(_key(ref), row["subject"]) or ""


def account_of(journal: Journal, mark: str) -> str:
    """Whose account is bound by a mark now; "" for nobody's."""
    user = str((journal.row("matters", f"binding/{mark}") or {}).get("user", ""))
    row = journal.row("matters", f"user/{user}") if user else None
    return user if posts_of(row) and (row or {}).get("linked") == mark else ""


def come_in(gate: Gate, user: str, *, two_factors: bool, lang: str) -> tuple[str, str]:
    """A session for somebody the service knows, or the way to it: a secret, and the stage reached.

    Where the service does not say that it asked for two factors, it counts as one: the second is that
    of this office. ("", "") for who has none here: a code of the administrator comes first.
    """
    if two_factors or not gate.rules.second_factor:
        return gate.begin(user, stage=IN, by=BY, lang=lang, more={}), IN
    if not (gate.journal.aside(f"login/{user}") or {}).get("totp"):
        return "", ""
    return gate.begin(user, stage=FACTOR, by=BY, lang=lang, more={}), FACTOR


def said_again(gate: Gate, secret: str, user: str, question: Question) -> bool:
    """Whether the service said anew who is in this session, as it was asked; it counts for some minutes."""
    session = gate.known(secret)
    if session is None or not user or not session.user == user == question.again:
        return False
    gate.keep(secret, proved=instant(gate.clock.now()))
    return True


def _question(gate: Gate, state: str, row: Mapping[str, Any]) -> Question:
    blind = gate.journal.blind
    nonce, verifier = blind(f"nonce {state}"), blind(f"verifier {state}")
    return Question(
        state, nonce, verifier, row.get("to", ""), row.get("again", ""), row.get("asked", "")
    )


def _taken(gate: Gate, state: str) -> dict[str, Any]:
    """The row of a question, which is gone from then on, whoever comes with it."""
    found: dict[str, Any] = {}

    def take(row: dict[str, Any] | None) -> None:
        found.clear()
        found.update(row or {})

    gate.journal.change_aside(_key(state), take)
    return found


def _holds(gate: Gate, row: dict[str, Any], browser: str) -> bool:
    mine = bool(browser) and row.get("browser") == _browser(gate, browser)
    return mine and instant(gate.clock.now()) < row["until"]


def _browser(gate: Gate, cookie: str) -> str:
    return gate.journal.blind(f"asked by {cookie}")


def _key(state: str) -> str:
    return f"asked/{sha256(state.encode('utf-8', 'surrogatepass')).hexdigest()}"
