"""A household as a row again, with some cells changed: read by the same rules as when it was taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.units import CASE_ID, CaseId
from partage.intake.arrivals import AGE_COLUMNS, OPTIONAL, REQUIRED, UNKNOWN, ArrivalRow
from partage.intake.codes import Codes
from partage.packs.pack import Pack

FIXED = ("reference", "synthetic", "referred_on")  # kept, or not of the household
COLUMNS = tuple(name for name in (*REQUIRED, *OPTIONAL) if name not in FIXED)


def corrected(
    household: Household, changes: Mapping[str, str], pack: Pack
) -> tuple[Household, list[Finding]]:
    """The household with those cells changed, and remarks; refused with every fault at once.

    ``linked_to`` takes case ids; a link counts once the other household names this one too. Who was
    with an officer stays so until somebody writes ``hold=none`` (and ``guardian=yes`` with children).
    """
    unknown = [name for name in changes if name not in COLUMNS]
    if unknown or not changes:
        raise InputRefused(
            f"'{unknown[0]}' cannot be corrected." if unknown else "Nothing is to be corrected.",
            f"Columns: {', '.join(COLUMNS)}.",
        )
    links = _links(household, changes)
    given = {name: text for name, text in changes.items() if name != "linked_to"}
    cells = cells_of(household)
    if "birth_dates" in given:  # they say who is in the household: nothing is left of the counts
        cells |= dict.fromkeys((*AGE_COLUMNS, UNKNOWN), "")
    row = ArrivalRow(0, cells | given, Codes(pack))
    read = row.arrival()
    faults = [finding for finding in row.findings if finding.weight == "fault"]
    if read is None or faults:
        said = "; ".join(f"{f.where.partition(', ')[2]} {f.what} ({f.do})" for f in faults)
        raise InputRefused(
            f"The correction cannot be made: {said}.", "Correct it and send it again."
        )
    before = household.need
    need = replace(
        read.household.need,
        id=before.id, links=links, consents=before.consents, declined=before.declined,
    )  # fmt: skip
    return replace(read.household, need=need), [
        replace(finding, where=f"case {before.id}") for finding in row.findings
    ]


def cells_of(household: Household) -> dict[str, str]:
    """The cells that describe a household, as one would write them into the arrivals file."""
    need, profile, ages = household.need, household.profile, household.need.ages
    minors = ages.under_5 + ages.from_5_to_17
    with_officer = need.holds == "protected-path"
    return {
        "reference": need.id,
        "entered_at": need.entered_at,
        "entry_point": need.entry_point,
        "mode": need.mode,
        "age_0_4": str(ages.under_5),
        "age_5_17": str(ages.from_5_to_17),
        "age_18_64": str(ages.from_18_to_64),
        "age_65_plus": str(ages.from_65),
        UNKNOWN: str(ages.unknown),
        "guardian": "yes" if minors and not with_officer else "",
        "hold": need.holds,
        "room_need": need.room_need,
        "mobility": "yes" if need.mobility else "no",
        "care": ";".join(need.care),
        "avoid": ";".join(need.places_to_avoid),
        "official_language": need.official_language,
        "interpreter_language": need.interpreter_language,
        "nationality": profile.nationality,
        "languages": ";".join(profile.languages),
        "wishes": ";".join(profile.wishes),
        "ties": ";".join(profile.ties),
        "skills": ";".join(profile.skills),
    }


def _links(household: Household, changes: Mapping[str, str]) -> tuple[CaseId, ...]:
    if "linked_to" not in changes:
        return household.need.links
    named = [part.strip() for part in changes["linked_to"].split(";") if part.strip()]
    for case in named:
        if not CASE_ID.match(case):
            raise InputRefused(f"'{case}' is not a case.", "Link to H- and ten characters.")
        if case == household.id:
            raise InputRefused("A household cannot be linked to itself.", "Name the other one.")
    return tuple(CaseId(case) for case in dict.fromkeys(named))
