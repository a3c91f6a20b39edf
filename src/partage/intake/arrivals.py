"""Arrivals from a file: households and findings, row by row, nothing lost and nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
from partage.intake.ages import ages_from
from partage.intake.codes import Codes
from partage.intake.formats import Columns, few_faults, read_rows
from partage.intake.limits import MAX_LIST
from partage.intake.links import checked_links, link_to_nobody
from partage.packs.loader import Pack

MAX_PERSONS = 40  # one household; more is asked about, not believed
AGE_COLUMNS = ("age_0_4", "age_5_17", "age_18_64", "age_65_plus")
UNKNOWN = "age_unknown"
REQUIRED = ("reference", "entered_at", "entry_point", "mode", *AGE_COLUMNS)
OPTIONAL = (
    UNKNOWN,
    "birth_dates",
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
COLUMNS = Columns(
    REQUIRED[: -len(AGE_COLUMNS)], either=(AGE_COLUMNS, ("birth_dates",)), optional=OPTIONAL
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
    links_elsewhere: tuple[str, ...] = ()  # references that are not among the rows that were read


def read_arrivals(data: bytes, pack: Pack) -> tuple[list[Household], list[Finding]]:
    """The households in an arrivals file, and everything that was found wrong with it.

    Rows with a fault are left out, named with row, column and what to do; the others stand.
    """
    arrivals, findings = read_arrival_rows(data, pack)
    findings += [link_to_nobody(arrival.row) for arrival in arrivals if arrival.links_elsewhere]
    return [arrival.household for arrival in arrivals], findings


def read_arrival_rows(data: bytes, pack: Pack) -> tuple[list[Arrival], list[Finding]]:
    """The rows of an arrivals file as arrivals; see ``read_arrivals``.

    A link to a reference outside the file is kept apart: whoever has the book knows whose it is.
    """
    findings: list[Finding] = []
    arrivals: list[Arrival] = []
    seen: dict[str, int] = {}
    codes = Codes(pack)
    for number, cells in read_rows(data, COLUMNS, findings):
        row = ArrivalRow(number, cells, codes)
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
        few_faults(findings)
    return checked_links(arrivals, findings), findings


class ArrivalRow:
    """One row being read; collects its findings, gives an arrival only if there is no fault."""

    def __init__(self, number: int, cells: Mapping[str, str], codes: Codes) -> None:
        self.number = number
        self.cells = cells
        self.codes = codes
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
            entry_point=self._entry_point(),
            mode=cast(Mode, self._choice("mode", MODES)),
            ages=ages,
            room_need=self._room_need(),
            mobility=self._yes_no("mobility"),
            care=cast(tuple[ServiceId, ...], self._codes("care", self.codes.services)),
            links=cast(tuple[CaseId, ...], self._list("linked_to")),
            places_to_avoid=self._codes("avoid", self.codes.places),
            holds=self._hold(ages),
            official_language=cast(
                OfficialLanguage, self._choice("official_language", ("en", "fr", ""))
            ),
            interpreter_language=self.cell("interpreter_language"),
        )
        profile = Profile(
            nationality=self.cell("nationality"),
            languages=self._list("languages"),
            wishes=tuple(self._wishes()),
            ties=self._list("ties"),
            skills=self._list("skills"),
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
        before = len(self.findings)
        births = self.cell("birth_dates")
        ages = self._counted(blank_is_none=bool(births))
        if births and (days := self._days_of_entry()):
            ages = self._born(births, days, ages)
        if len(self.findings) == before:
            if ages.persons == 0:
                self.fault("age_18_64", "the household has no one in it", "enter its persons")
            elif ages.persons > MAX_PERSONS:
                self.fault(
                    "age_18_64",
                    f"{ages.persons} persons in one household",
                    "register each household on a row of its own and link them",
                )
        return ages

    def _counted(self, *, blank_is_none: bool) -> Ages:
        numbers = []
        for column in (*AGE_COLUMNS, UNKNOWN):
            text = self.cell(column)
            if not text and (blank_is_none or column == UNKNOWN):
                text = "0"
            if not text.isascii() or not text.isdigit():
                self.fault(column, "is not a number of persons", "write 0 or more, never blank")
                numbers.append(0)
            else:
                numbers.append(min(int(text[:30]), 10**6))
        return Ages(*numbers)

    def _born(self, births: str, days: tuple[date, date], counted: Ages) -> Ages:
        """The persons by their birth dates, which no longer exist after this."""
        born, faults = ages_from(births, *days)
        for what, do in faults:
            self.fault("birth_dates", what, do)
        if not faults and counted.persons and counted != born:
            what = "do not fit the persons counted in the age columns"
            self.fault("birth_dates", what, "leave one of the two blank, or correct it")
        return born

    def _days_of_entry(self) -> tuple[date, date] | None:
        """The days on which they may have entered: by the clock of the place, and in UTC."""
        try:
            utc = parse_instant(self.cell("entered_at")).date()
        except InputRefused:
            return None  # a fault of its own
        local = datetime.fromisoformat(self.cell("entered_at")).date()
        return min(utc, local), max(utc, local)

    def _entry_point(self) -> EntryPointId:
        text = self.cell("entry_point")
        if text not in self.codes.entry_points:
            do = f"use one of: {', '.join(self.codes.entry_points)}"
            self.fault("entry_point", "is not a known code", do)
        return self.codes.entry_points.get(text, EntryPointId(""))

    def _choice(
        self, column: str, known: tuple[str, ...], what: str = "is not a known code"
    ) -> str:
        text = self.cell(column).lower()
        if text not in known:
            self.fault(column, what, f"use one of: {', '.join(filter(None, known))}")
            return ""
        return known[known.index(text)]

    def _yes_no(self, column: str) -> bool:
        text = self.cell(column).lower()
        if text not in YES_NO:
            self.fault(column, "is neither yes nor no", "write yes, no or leave it blank")
        return YES_NO.get(text, False)

    def _list(self, column: str) -> tuple[str, ...]:
        listed = self.codes.listed(self.cell(column))
        if len(listed) > MAX_LIST:
            self.fault(column, f"names more than {MAX_LIST} things", "write what is needed")
        return listed

    def _codes(self, column: str, known: frozenset[str]) -> tuple[str, ...]:
        codes = self._list(column)
        if not known.issuperset(codes):
            self.fault(column, "has a code that is not known", "see docs/reference/arrivals.md")
        if len(set(codes)) != len(codes):
            self.fault(column, "names a code twice", "name it once")
        return codes

    def _wishes(self) -> Iterator[RegionId]:
        for text in self._list("wishes"):
            region = self.codes.region(text)
            if region is None:
                self.fault("wishes", "names a region that is not known", "use a code such as ON")
            else:
                yield region

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
        if ages.unknown:
            why = "an age is not known"
        elif ages.persons and ages.adults == 0:
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
