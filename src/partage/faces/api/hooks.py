"""Webhooks: addresses that are told, signed, what happens; and the log of what was delivered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from partage.casework.hook import EVENTS
from partage.faces.api.paging import page
from partage.faces.api.said import Said, done
from partage.faces.api.words import Body, Cursor, Day, Hook, Limit, Maybe, one_of
from partage.office.office import Office

Event = one_of(EVENTS)


class NewHook(Body):
    """Where to, and of which events: verbs of the work."""

    address: Annotated[
        str, StringConstraints(min_length=1, max_length=500), Field(description="https://…")
    ]
    events: Annotated[list[Event], Field(min_length=1, max_length=len(EVENTS))]  # type: ignore[valid-type]


def add_hook(office: Office, key: str, body: NewHook) -> Said:
    """Tell an address, from now on; the secret it is signed by is in the first answer and nowhere else."""
    made, secret = office.add_hook(body.address, body.events, idem=key)
    return done(made, data={**made.data, **({"secret": secret} if secret else {})})


def end_hook(office: Office, key: str, hook: Hook) -> Said:
    """An address is told nothing any more."""
    return done(office.end_hook(hook, idem=key))


def resume_hook(office: Office, key: str, hook: Hook) -> Said:
    """Deliveries that stopped go on from where they stopped, at once."""
    return done(office.resume_hook(hook, idem=key))


def hooks(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Every address by its origin: what it is told, how far it is, what stands against it."""
    shown, more = page(office.hooks(), lambda row: (str(row["hook"]),), cursor, limit)
    return Said(shown, next=more)


def deliveries(
    office: Office, key: str, hook: Hook, day: Maybe[Day] = None, cursor: Cursor = "", limit: Limit = 100
) -> Said:  # fmt: skip
    """What was delivered on a day (left out: today), in order: when, of which entry, what came of it."""
    rows = office.deliveries(hook, day or "")[::-1]
    shown, more = page(rows, lambda row: (str(row["at"]), f"{row['no']:015}"), cursor, limit)
    return Said(shown, next=more)


class Again(Body):
    """The number of the entry that is told once more."""

    no: Annotated[int, Field(ge=1, le=2**53)]


def deliver_again(office: Office, key: str, hook: Hook, body: Again) -> Said:
    """One entry is told once more; the log says what came of it."""
    return done(office.deliver_again(hook, body.no))


def test_hook(office: Office, key: str, hook: Hook) -> Said:
    """A message without content is sent once; the log says what came of it."""
    return done(office.test_hook(hook))
