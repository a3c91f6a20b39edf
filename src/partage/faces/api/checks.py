"""The record checked: while one waits, or beside, told how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from partage.core.errors import Refusal, Unfaithful
from partage.faces.api.said import Said
from partage.faces.api.words import Body, Maybe, one_of
from partage.faces.pages.show import verified
from partage.office.checks import HOWS
from partage.office.checks import Check as Begun
from partage.office.leafing import MOST
from partage.office.office import Office

Seal = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]


def verify(office: Office, key: str, anchor: Maybe[Seal] = None, chain: bool = False) -> Said:
    """Check the whole record, or with ``chain`` the seals, while you wait; names the first bad entry."""
    return _verified(office.verify_chain(anchor=anchor) if chain else office.verify(anchor=anchor))


def rebuild(office: Office, key: str) -> Said:
    """Check the whole record and write the views anew from the entries."""
    return _verified(office.verify(rebuild=True))


class Check(Body):
    """What is checked: the seals alone (``chain``) or everything; a head that was printed earlier."""

    how: one_of(HOWS)  # type: ignore[valid-type]
    anchor: Maybe[Seal] = None


def begin_check(office: Office, key: str, body: Check, again: Callable[[], Office]) -> Said:
    """Begin a check that nobody waits for, one at a time; where one goes on already, it is that one."""
    return _check(office, office.begin_check(body.how, again, anchor=body.anchor))


def check(office: Office, key: str) -> Said:
    """How far the check is that goes on, and what the last one found, with its date and the head."""
    return _check(office, office.check_begun())


def stop_check(office: Office, key: str) -> Said:
    """Stop the check that goes on; what the last one found stays."""
    office.stop_check()
    return _check(office, office.check_begun())


def _check(office: Office, begun: Begun | None) -> Said:
    last = office.last_check()
    broke = str(begun.fault) if begun and isinstance(begun.fault, Refusal) else ""
    broke = broke or ("the programme failed" if begun and begun.fault else "")
    said = {**begun.as_dict(), "broke": broke} if begun else None
    return Said({"check": said, "last": last}, marks={"head": last["head"]} if last else {})


def _verified(report: Any) -> Said:
    data, marks, first = verified(report)
    if first is None:
        return Said(data, report.findings, marks)
    error = {"kind": Unfaithful.kind, "what": f"{first.where} {first.what}", "do": first.do}
    return Said(data, report.findings, marks, ok=False, error=error)


Number = Annotated[int, Field(ge=0, le=2**53)]
Many = Annotated[int, Field(ge=1, le=MOST)]
Subject = Annotated[str, Field(max_length=120, pattern=r"^[\w/.:-]*$")]


def ledger(
    office: Office, key: str, before: Number = 0, limit: Many = 50, subject: Subject = ""
) -> Said:
    """The book of persons, and entries with their seals, the newest first; ``before``: the next page."""
    return Said(office.leaf(before=before, most=limit, subject=subject))
