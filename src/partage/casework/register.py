"""``register``: people taken in; their data go to the vault, the chain gets counts and commitments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from partage.casework.acts import Acts, case_draft, new_secret
from partage.casework.duplicate import looks_like
from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.marks import dumps
from partage.core.streams import Stream
from partage.core.units import CaseId
from partage.intake.arrivals import Arrival
from partage.intake.likeness import signs_of
from partage.intake.links import link_to_nobody, link_to_registered
from partage.ledger.facts import Draft, Secret

DAYS_TO_FILE = 15


def register(
    arrivals: Sequence[Arrival],
    known: Mapping[str, str],
    *,
    at: str,
    day: str,
    stream: Stream,
    findings: Sequence[Finding] = (),
    alike: Mapping[tuple[str, bytes], str] | None = None,
    otherwise: Mapping[str, Sequence[str]] | None = None,
) -> Acts:
    """A case per household that is not registered yet; a reference known already is not taken twice.

    Who looks like a household that is known (``alike``: kind and sign to case), or like another row,
    is registered all the same, with a finding: people say whether the two are one.

    ``known`` maps references in the vault to their cases, also those that are only linked to;
    ``otherwise`` a case to the columns in which its row says otherwise than what is known. Refused
    if no row of the file can be registered and none was before.
    """
    new, already, remarks = _sorted_out(arrivals, known, at, findings, otherwise or {})
    ids = {a.reference: _new_id(stream, number) for number, a in enumerate(new)}
    drafts: list[Draft] = []
    secrets: list[Secret] = []
    for arrival in new:
        draft, rows = _one(arrival, ids, known, at, day, stream)
        drafts.append(draft)
        secrets += rows
    remarks += _links_elsewhere(new, ids, known)
    pairs = lookalikes(new, ids, alike or {})
    remarks += [_alike(*pair) for pair in pairs]
    drafts += [looks_like(other, own, signs, day) for _, other, own, signs in pairs]
    return Acts(
        tuple(drafts),
        expect={draft.subject: 0 for draft in drafts},
        secrets=tuple(secrets),
        findings=tuple(remarks),
        data={
            "registered": [ids[a.reference] for a in new],
            "rows": {ids[a.reference]: a.row for a in new},
            **_counts(new, already, remarks),
        },
    )


def would_register(
    arrivals: Sequence[Arrival],
    known: Mapping[str, str],
    *,
    at: str,
    findings: Sequence[Finding] = (),
    alike: Mapping[tuple[str, bytes], str] | None = None,
    otherwise: Mapping[str, Sequence[str]] | None = None,
) -> Acts:
    """What ``register`` would say and count: no case, no fact; a household of the file is its row."""
    new, already, remarks = _sorted_out(arrivals, known, at, findings, otherwise or {})
    ids = {a.reference: f"row {a.row}" for a in new}
    remarks += _links_elsewhere(new, ids, known)
    remarks += [_alike(*pair) for pair in lookalikes(new, ids, alike or {})]
    rows = sorted(arrival.row for arrival in new)
    return Acts((), findings=tuple(remarks), data={**_counts(new, already, remarks), "rows": rows})


def _counts(new: Sequence[Arrival], already: int, remarks: Sequence[Finding]) -> dict[str, int]:
    return {
        "households": len(new),
        "persons": sum(a.household.persons for a in new),
        "already": already,
        "rows_with_faults": len({f.where.split(",")[0] for f in remarks if f.weight == "fault"}),
    }


def _sorted_out(
    arrivals: Sequence[Arrival],
    known: Mapping[str, str],
    at: str,
    findings: Sequence[Finding],
    otherwise: Mapping[str, Sequence[str]],
) -> tuple[list[Arrival], int, list[Finding]]:
    """Who is new, how many are known already, and all that is to be said so far.

    Refused if nobody is new or known and some row has a fault.
    """
    new: list[Arrival] = []
    already = 0
    remarks = list(findings)
    for arrival in arrivals:
        if arrival.household.need.entered_at > at:
            where = f"row {arrival.row}, column entered_at"
            do = "correct the instant or its zone"
            remarks.append(Finding(where, "is in the future", do, "fault"))
        elif arrival.reference in known:
            already += 1
            remarks.append(_already(arrival.row, known[arrival.reference], otherwise))
        else:
            new.append(arrival)
    faults = [f for f in remarks if f.weight == "fault"]
    if not new and faults and not already:
        raise InputRefused(
            f"No row of the file could be registered: {_few(faults)}", "Correct the rows."
        )
    new.sort(key=lambda arrival: arrival.reference)  # the order of the file says nothing
    return new, already, remarks


def _already(row: int, case: str, otherwise: Mapping[str, Sequence[str]]) -> Finding:
    """What is said of a row whose household is registered; the names of columns, never a value."""
    what = f"is registered already as {case}; not registered twice"
    if columns := otherwise.get(case):
        return Finding(
            f"row {row}",
            f"{what}. It says otherwise than what is known in: {', '.join(columns)}; that was not read",
            f"if the row is right: 'partage correct {case} --set COLUMN=VALUE --why REASON'",
            "warning",
        )
    do = "nothing, unless it is another household: then give it its own reference"
    return Finding(f"row {row}", what, do, "note")


def _links_elsewhere(
    new: Sequence[Arrival], ids: Mapping[str, str], known: Mapping[str, str]
) -> list[Finding]:
    """A finding for each link to a household of an earlier file, or to nobody."""
    remarks = []
    for arrival in new:
        for reference in arrival.links_elsewhere:
            other, own = known.get(reference), ids[arrival.reference]
            remarks.append(
                link_to_registered(arrival.row, own, other)
                if other
                else link_to_nobody(arrival.row)
            )
    return remarks


def lookalikes(
    new: Sequence[Arrival], ids: Mapping[str, str], alike: Mapping[tuple[str, bytes], str]
) -> list[tuple[int, str, str, list[str]]]:
    """Who looks like one taken in before, in this file or another: row, the other, own, by which signs."""
    seen = dict(alike)
    found = []
    for arrival in new:
        own = ids[arrival.reference]
        signs = list(signs_of(arrival.reference, arrival.household).items())
        for other in dict.fromkeys(seen[sign] for sign in signs if sign in seen):
            by = sorted(kind for kind, sign in signs if seen.get((kind, sign)) == other)
            found.append((arrival.row, other, own, by))
        seen |= {sign: own for sign in signs if sign not in seen}
    return found


def _alike(row: int, other: str, own: str, signs: Sequence[str]) -> Finding:
    what = f"looks like {other}; it is taken in all the same, so that nobody is left out"
    do = f"say whether they are one: 'partage duplicate {other} {own}'"
    return Finding(f"row {row}", what, do, "warning")


def _one(
    arrival: Arrival,
    ids: Mapping[str, CaseId],
    known: Mapping[str, str],
    at: str,
    day: str,
    stream: Stream,
) -> tuple[Draft, list[Secret]]:
    household = _with_ids(arrival, ids, known)
    need, case = household.need, household.id
    subject = f"case/{case}"
    secrets = [
        new_secret(stream, "case", subject, dumps(need.as_dict())),
        new_secret(stream, "profile", subject, dumps(household.profile.as_dict())),
        new_secret(stream, "reference", subject, arrival.reference.encode()),
        *(
            new_secret(stream, kind, subject, sign)
            for kind, sign in signs_of(arrival.reference, arrival.household).items()
        ),
    ]
    waiting = f"waiting@{need.entry_point}"
    fact = "register" if need.holds == "none" else "register:outside-engine"
    draft = case_draft(
        fact,
        case,
        {},
        day,
        {
            "persons": need.persons,
            "account": waiting,
            "entry_point": need.entry_point,
            "mode": need.mode,
            "declined": False,
            "synthetic": arrival.synthetic,
            "registered": at,
            "file_by": file_by(arrival.referred_on),
            "since": day,
        },
        moves=[{"from": "outside:entry", "to": waiting, "persons": need.persons}],
        vault={secret.kind: secret.commitment for secret in secrets},
    )
    return draft, secrets


def file_by(referred_on: str) -> str:
    """The last day to file after a referral, "" if there was none: 15 days (IRPR 159.8)."""
    if not referred_on:
        return ""
    return (date.fromisoformat(referred_on) + timedelta(days=DAYS_TO_FILE)).isoformat()


def _with_ids(arrival: Arrival, ids: Mapping[str, CaseId], known: Mapping[str, str]) -> Household:
    links = tuple(
        ids.get(ref) or CaseId(known[ref])
        for ref in (*arrival.household.need.links, *arrival.links_elsewhere)
        if ref in ids or ref in known
    )
    need = replace(arrival.household.need, id=ids[arrival.reference], links=links)
    return replace(arrival.household, need=need)


def _new_id(stream: Stream, number: int) -> CaseId:
    """An id from a named stream, never derived from a person."""
    return CaseId("H-" + stream.child("case-id", str(number)).token(10))


def _few(faults: Sequence[Finding]) -> str:
    shown = "; ".join(f"{f.where} {f.what}" for f in faults[:3])
    return shown + (f"; and {len(faults) - 3} more." if len(faults) > 3 else ".")
