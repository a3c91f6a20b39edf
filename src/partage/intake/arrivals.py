"""Arrivals from a file: households and findings, row by row, nothing lost and nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.household import (
    HOLDS,
    MODES,
    Ages,
    Hold,
    Household,
    Mode,
    Need,
    OfficialLanguage,
    Profile,
)
from partage.core.units import (
    CaseId,
    EntryPointId,
    RegionId,
    ServiceId,
    instant,
    parse_day,
    parse_instant,
)
from partage.intake.formats import read_rows
from partage.packs.loader import Pack

MAX_PERSONS = 40  # one household; more is asked about, not believed
AGE_COLUMNS = ("age_0_4", "age_5_17", "age_18_64", "age_65_plus")
REQUIRED = ("reference", "entered_at", "entry_point", "mode", *AGE_COLUMNS)
OPTIONAL = (
    "guardian",
    "age_disputed",
    "objects_to_automation",
    "hold",
    "room_need",
    "mobility",
    "care",
    "linked_to",
    "avoid",
    "official_language",
    "interpreter_language",
    "nationality",
    "languages",
    "wishes",
    "ties",
    "skills",
    "referred_on",
    "synthetic",
)
YES_NO = {"yes": True, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One row of an arrivals file: the office's own reference, and the household it describes.

    Until the office gives it an id, the household's id is its reference, and so are its links.
    """

    row: int
    reference: str
    household: Household
    synthetic: bool
    referred_on: str = ""  # the day of referral to the Division; its 15 days begin there


def read_arrivals(data: bytes, pack: Pack) -> tuple[list[Household], list[Finding]]:
    """The households in an arrivals file, and everything that was found wrong with it.

    Rows with a fault are left out, named with row, column and what to do; the others stand.
    """
    arrivals, findings = read_arrival_rows(data, pack)
    return [arrival.household for arrival in arrivals], findings


def read_arrival_rows(data: bytes, pack: Pack) -> tuple[list[Arrival], list[Finding]]:
    """The rows of an arrivals file as arrivals; see ``read_arrivals``."""
    rows, findings = read_rows(data, REQUIRED, OPTIONAL)
    arrivals: list[Arrival] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        row = ArrivalRow(number, cells, pack)
        arrival = row.arrival()
        if arrival is not None and arrival.reference in seen:
            row.fault(
                "reference",
                f"this reference already stands in row {seen[arrival.reference]}",
                "give each household its own reference",
            )
            arrival = None
        if arrival is not None:
            seen[arrival.reference] = number
            arrivals.append(arrival)
        findings += row.findings
    return _checked_links(arrivals, findings), findings


class ArrivalRow:
    """One row being read; collects its findings, gives an arrival only if there is no fault."""

    def __init__(self, number: int, cells: Mapping[str, str], pack: Pack) -> None:
        self.number = number
        self.cells = cells
        self.pack = pack
        self.findings: list[Finding] = []

    def fault(self, column: str, what: str, do: str) -> None:
        self.findings.append(Finding(f"row {self.number}, column {column}", what, do, "fault"))

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def arrival(self) -> Arrival | None:
        reference = self.cell("reference")
        if not reference:
            self.fault("reference", "is empty", "give the household a reference")
        ages = self._ages()
        need = Need(
            id=CaseId(reference),
            entered_at=self._instant(),
            entry_point=EntryPointId(self._entry_point()),
            mode=cast(Mode, self._choice("mode", MODES)),
            ages=ages,
            room_need=self._room_need(),
            mobility=self._yes_no("mobility"),
            care=tuple(ServiceId(s) for s in self._codes("care", self._services())),
            links=tuple(CaseId(ref) for ref in self._list("linked_to")),
            places_to_avoid=tuple(self._codes("avoid", self._places())),
            holds=self._hold(ages),
            official_language=cast(
                OfficialLanguage, self._choice("official_language", ("en", "fr", ""))
            ),
            interpreter_language=self.cell("interpreter_language"),
        )
        profile = Profile(
            nationality=self.cell("nationality"),
            languages=tuple(self._list("languages")),
            wishes=tuple(self._wishes()),
            ties=tuple(self._list("ties")),
            skills=tuple(self._list("skills")),
        )
        synthetic = self._yes_no("synthetic")
        referred_on = self._day_of_referral()
        if any(finding.weight == "fault" for finding in self.findings):
            return None
        return Arrival(self.number, reference, Household(need, profile), synthetic, referred_on)

    def _instant(self) -> str:
        try:
            return instant(parse_instant(self.cell("entered_at")))
        except InputRefused as refusal:
            self.fault("entered_at", "is not an instant with its zone", refusal.do)
            return ""

    def _day_of_referral(self) -> str:
        text = self.cell("referred_on")
        if not text:
            return ""
        try:
            return parse_day(text).isoformat()
        except InputRefused as refusal:
            self.fault("referred_on", "is not a day", refusal.do)
            return ""

    def _ages(self) -> Ages:
        numbers = []
        for column in AGE_COLUMNS:
            text = self.cell(column)
            if not text.isascii() or not text.isdigit():
                self.fault(column, "is not a number of persons", "write 0 or more, never blank")
                numbers.append(0)
            else:
                numbers.append(min(int(text[:30]), 10**6))
        ages = Ages(*numbers)
        if not any(f.where.startswith(f"row {self.number}, column age") for f in self.findings):
            if ages.persons == 0:
                self.fault("age_18_64", "the household has no one in it", "enter its persons")
            elif ages.persons > MAX_PERSONS:
                self.fault(
                    "age_18_64",
                    f"{ages.persons} persons in one household",
                    "register each household on a row of its own and link them",
                )
        return ages

    def _entry_point(self) -> str:
        return self._choice("entry_point", tuple(e.id for e in self.pack.entry_points))

    def _choice(
        self, column: str, known: tuple[str, ...], what: str = "is not a known code"
    ) -> str:
        text = self.cell(column).lower() if column != "entry_point" else self.cell(column)
        if text not in known:
            self.fault(column, what, f"use one of: {', '.join(filter(None, known))}")
        return text

    def _yes_no(self, column: str) -> bool:
        text = self.cell(column).lower()
        if text not in YES_NO:
            self.fault(column, "is neither yes nor no", "write yes, no or leave it blank")
        return YES_NO.get(text, False)

    def _list(self, column: str) -> list[str]:
        return [part.strip() for part in self.cell(column).split(";") if part.strip()]

    def _codes(self, column: str, known: set[str]) -> list[str]:
        codes = self._list(column)
        if any(code not in known for code in codes):
            self.fault(column, "has a code that is not known", "see docs/reference/arrivals.md")
        if len(set(codes)) != len(codes):
            self.fault(column, "names a code twice", "name it once")
        return codes

    def _services(self) -> set[str]:
        return {s.id for s in self.pack.services if not s.id.startswith(("person", "room"))}

    def _places(self) -> set[str]:
        return {s.id for s in self.pack.sites} | {r.id for r in self.pack.regions}

    def _wishes(self) -> Iterator[RegionId]:
        for text in self._list("wishes"):
            try:
                yield self.pack.region_id(text)
            except InputRefused:
                self.fault("wishes", "names a region that is not known", "use a code such as ON")

    def _room_need(self) -> str:
        text = self.cell("room_need")
        kind, _, number = text.partition(":")
        if text and (kind not in ("room", "room.family") or (number and not _small(number))):
            self.fault(
                "room_need", "is not a room need", "write room, room.family or room.family:2"
            )
        return text

    def _hold(self, ages: Ages) -> Hold:
        """The protected path is for officers: minors alone, guardians unknown, ages, objections."""
        hold = self._choice("hold", (*HOLDS, ""), "is not a known hold") or "none"
        guardian = self._choice("guardian", ("yes", "no", "unknown", ""))
        disputed, objects = self._yes_no("age_disputed"), self._yes_no("objects_to_automation")
        why = ""
        if ages.persons and ages.adults == 0:
            why = "nobody of 18 or more"
        elif ages.under_5 + ages.from_5_to_17 and guardian != "yes":
            why = "it is not stated that the adults are parents or guardians"
        elif disputed:
            why = "an age is disputed"
        elif objects:
            why = "objects to automated support"
        if not why:
            return cast(Hold, hold if hold in HOLDS else "none")
        self.findings.append(
            Finding(
                f"row {self.number}",
                f"protected path: {why}",
                "an officer decides; the engine never places this household",
                "note",
            )
        )
        return "protected-path"


def _small(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 9


def _checked_links(arrivals: list[Arrival], findings: list[Finding]) -> list[Arrival]:
    """Links to rows of the same file; a link to oneself or to nobody is dropped with a finding."""
    known = {arrival.reference for arrival in arrivals}
    out = []
    for arrival in arrivals:
        links = arrival.household.need.links
        good = tuple(ref for ref in links if ref in known and ref != arrival.reference)
        if good != links:
            findings.append(
                Finding(
                    f"row {arrival.row}, column linked_to",
                    "a link is to itself or to no household of this file; it was not kept",
                    "link two households by each other's reference",
                    "warning",
                )
            )
            need = replace(arrival.household.need, links=good)
            arrival = replace(arrival, household=replace(arrival.household, need=need))
        out.append(arrival)
    return out
