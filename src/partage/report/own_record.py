"""All that the office has on a household, as a person reads it; the same in data stands beside it.

Every part of the data has its sentence here; what has no words yet is named as it is kept, so that nothing
that is known is left out of what a person reads (Privacy Act s. 12 and 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from partage.core.errors import NotFound
from partage.core.steps import STATES
from partage.core.units import parse_instant
from partage.packs.pack import Pack
from partage.report.french import french
from partage.report.household import DAYS, MONTHS, local_time
from partage.report.own_words import FIELDS, KNOWN, LOOKS, MODES, ROLES, STEPS, WORDS
from partage.report.words import Language, site_name

LEFT_OUT = ("id",)  # said in the title


def own_record_text(data: Mapping[str, Any], pack: Pack, language: Language) -> str:
    """What ``export`` answers, in sentences with days and hours: what is known, happened, who looked."""
    return _Page(data, pack, language).text()


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """The same in parts, for a page: what stands first, lists under their headings, what stands last."""

    lead: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    end: tuple[str, ...]


def own_record(data: Mapping[str, Any], pack: Pack, language: Language) -> OwnRecord:
    """What ``export`` answers, in parts, as ``own_record_text`` has them in one text."""
    return _Page(data, pack, language).record()


class _Page:
    def __init__(self, data: Mapping[str, Any], pack: Pack, language: Language) -> None:
        self.data, self.pack, self.language = data, pack, language
        self.fr = language == "fr"
        self.words: Mapping[str, str] = {key: self._of(pair) for key, pair in WORDS.items()}
        cases = data["known"].get("case", ())
        entry = cases[-1]["entry_point"] if cases else pack.entry_points[0].id
        self.zone = pack.entry_point(entry).zone

    def text(self) -> str:
        record = self.record()
        lines = list(record.lead)
        for heading, items in record.sections:
            lines += ["", heading, *(f"- {item}" for item in items)]
        return "\n".join([*lines, "", *record.end])

    def record(self) -> OwnRecord:
        data, words = self.data, self.words
        lead = [words["title"].format(case=data["case"])]
        if data.get("also_taken_in_as"):
            lead.append(words["also"].format(cases=", ".join(data["also_taken_in_as"])))
        lead.append(words["state"].format(state=self._of(STATES[data["state"]])))
        known = [*self._known(), *([words["apart"]] if data.get("told_to_each_apart") else ())]
        sections = (
            (words["known"], tuple(known)),
            (words["happened"], self._listed(data["what_happened"], self._happened)),
            (words["looked"], self._listed(data["who_looked"], self._looked)),
            (words["told"], self._listed(data["who_was_told"], self._told)),
        )
        end = (self._disposal(), words["wrong"])
        return OwnRecord(tuple(lead), sections, end)

    def _disposal(self) -> str:
        """When the data may be erased, or when they were."""
        if "erased_on" in self.data:
            return self.words["gone"].format(day=self._day(self.data["erased_on"]))
        return self.words["erased"].format(day=self._day(self.data["earliest_disposal"]))

    def _of(self, pair: tuple[str, str]) -> str:
        """The words of a pair; what people wrote themselves is left as they wrote it."""
        return french(pair[1]) if self.fr else pair[0]

    def _line(self, name: str, value: Any) -> str:
        colon = "\u00a0:" if self.fr else ":"
        return f"{name}{colon} {self._plain(value)}"

    def _listed(self, rows: Sequence[Mapping[str, Any]], said: Any) -> tuple[str, ...]:
        return tuple(str(said(row)) for row in rows) or (self.words["nobody"],)

    def _known(self) -> Iterable[str]:
        known = self.data["known"]
        for number, case in enumerate(known.get("case", ())):
            if number:
                yield self.words["later"].format(n=number)
            yield from self._need(case)
        for profile in known.get("profile", ()):
            yield from self._fields(profile)
        for reason in known.get("reason", ()):
            yield self._reason(reason)
        for kind, values in known.items():
            if kind in ("case", "profile", "reason"):
                continue
            name = self._of(KNOWN.get(kind, (kind, kind)))
            yield from (self._line(name, value) for value in values)

    def _need(self, case: Mapping[str, Any]) -> Iterable[str]:
        ages = {k: int(n) for k, n in case.get("ages", {}).items() if int(n)}
        said = [f"{n} {self._of(FIELDS.get(k, (k, k)))}" for k, n in ages.items()]
        yield self.words["persons"].format(ages=", ".join(said) or "0", n=sum(ages.values()))
        yield self.words["entered"].format(
            at=local_time(parse_instant(case["entered_at"]), self.zone, self.language),
            where=self._place(case["entry_point"]),
            how=self._of(MODES.get(case["mode"], (case["mode"],) * 2)),
        )
        yield from self._fields(
            {
                k: v
                for k, v in case.items()
                if k not in ("ages", "entered_at", "entry_point", "mode")
            }
        )

    def _fields(self, row: Mapping[str, Any]) -> Iterable[str]:
        """A line for each thing that is known; what was not said is one line at the end."""
        unsaid = []
        for name, value in row.items():
            word = self._of(FIELDS.get(name, (name, name)))
            if name in LEFT_OUT:
                continue
            if value in ("", [], None, {}, "none"):
                unsaid.append(word)
            else:
                yield self._line(word, value)
        if unsaid:
            yield self.words["unsaid"].format(fields=", ".join(unsaid))

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if isinstance(value, Mapping):
            return "; ".join(f"{name}: {self._plain(part)}" for name, part in value.items())
        if isinstance(value, (list, tuple)):
            return ", ".join(self._plain(part) for part in value)
        return self._place(str(value))

    def _reason(self, reason: Mapping[str, Any]) -> str:
        sites = "; ".join(self._place(one["site"]) for one in reason.get("elsewhere", ()))
        return self.words["reason"].format(plan=reason.get("plan", "?"), sites=sites or "-")

    def _place(self, code: str) -> str:
        """The name of a place, a region or an entry point; anything else as it is."""
        try:
            if code.count("/") == 2:
                return site_name(self.pack, code, self.language)
            if code.count("/") == 1:
                point = self.pack.entry_point(code)
                return point.name_fr if self.fr else point.name_en
            if code[:3] == "CA-":
                region = self.pack.region(code)
                return region.name_fr if self.fr else region.name_en
        except NotFound:
            pass
        return code

    def _at(self, row: Mapping[str, Any]) -> str:
        """A day and hour; that hours are local is said once, above them."""
        return local_time(parse_instant(row["at"]), self.zone, self.language).partition(" (")[0]

    def _role(self, row: Mapping[str, Any]) -> str:
        return self._of(ROLES.get(row["role"], (row["role"],) * 2))

    def _happened(self, row: Mapping[str, Any]) -> str:
        step = str(row.get("step", "?"))
        said = STEPS.get(step) or STEPS.get(step.partition(":")[0]) or (step, step)
        return self.words["event"].format(
            at=self._at(row), what=self._of(said), who=self._role(row)
        )

    def _looked(self, row: Mapping[str, Any]) -> str:
        what = self._of(LOOKS.get(str(row.get("what")), (str(row.get("what")),) * 2))
        said = self.words["look"].format(at=self._at(row), what=what, who=self._role(row))
        if row.get("agreement"):
            said += self.words["under"].format(name=row["agreement"].get("name", "?"))
        return said + self.words["ground"].format(ground=row.get("ground", "?"))

    def _told(self, row: Mapping[str, Any]) -> str:
        fields = ", ".join(self._of(FIELDS.get(name, (name, name))) for name in row["fields"])
        return self.words["disclosed"].format(
            day=self._day(row["on"]), to=self._place(str(row.get("to", "?"))), fields=fields,
            ground=self._of(KNOWN.get(row["ground"], (row["ground"],) * 2)),
            instrument=row.get("instrument", "?"),
        )  # fmt: skip

    def _day(self, text: str) -> str:
        on = date.fromisoformat(text)
        if self.fr:
            return f"le {DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"
        return f"{on:%A} {on.day} {on:%B} {on.year}"
