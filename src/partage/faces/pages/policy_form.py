"""A form that says a policy, read to the end: the data of its file, and every fault beside its field.

The rules of a file are those of the loader (``packs.policies``) and of ``check_policy``; they are asked
last, for whatever stands between fields. What a form says field by field is said here, all at once.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from partage.apportion import METHODS
from partage.apportion.laws import CLAIMS
from partage.casework.check_policy import CARRIED_BY
from partage.core.errors import InputRefused
from partage.core.household import MODES
from partage.core.policy import EXCEPTIONS
from partage.faces.pages.policy_fields import NUMBERS, PARTS, SOURCES, Form, count_of
from partage.keys import KEYS, check_params
from partage.packs.pack import Pack
from partage.packs.policies import KINDS
from partage.place.mechanisms import MECHANISMS
from partage.place.value import AIMS, BY_KEY, SPEAKS, UNDER_KM, WITH_POINTS
from partage.report.toml import as_toml

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
POINTS = {"short-ride": UNDER_KM, "language": SPEAKS}
OF_PROFILE = ("wish", "language")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field: by its words (``key``), or as the office says it (``said``)."""

    field: str
    key: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    said: InputRefused | None = None


def roundings() -> list[str]:
    """The methods that a policy may name: those that add up to the persons of a day."""
    return [name for name in METHODS if "adds-up" in CLAIMS.get(name, {"adds-up"})]


def read_form(
    form: Form, pack: Pack, checked: Callable[[bytes], object]
) -> tuple[dict[str, Any], list[Fault]]:
    """What a form says, as the data of a policy's file, and every fault of it.

    ``checked`` is asked about the whole once no field is at fault: it refuses what does not fit together.
    """
    reading = _Reading(form, pack)
    data = reading.data()
    if not reading.faults:
        try:
            checked(as_toml(data).encode())
        except InputRefused as refusal:
            reading.faults.append(Fault("", said=refusal))
    return data, reading.faults


class _Reading:
    def __init__(self, form: Form, pack: Pack) -> None:
        self.form, self.pack = form, pack
        self.faults: list[Fault] = []

    def data(self) -> dict[str, Any]:
        """Everything, in the order of a file."""
        data: dict[str, Any] = {"policy": self._head()}
        for name, (block, key, least, most) in NUMBERS.items():
            value = self._whole(name, least, most)
            if value is not None:
                data.setdefault(block, {})[key] = value
        mechanism = self._one_of("mechanism", list(MECHANISMS)) or "optimum"
        if mechanism != "optimum":
            data["place"] = {"mechanism": mechanism, **data.get("place", {})}
        for block, name in SOURCES.items():
            source = self._source(f"{name}-")
            if source:
                data.setdefault(block, {})["source"] = source
        data["rule"] = self._blocks("rule", self._rule)
        data["key"] = self._key()
        data["priority"] = self._blocks("priority", self._priority)
        self._check_priorities(data["priority"], has_key=bool(data["key"]))
        data["trigger"] = self._blocks("trigger", self._trigger)
        order = (
            "policy",
            "horizon",
            "silence",
            "trigger",
            "place",
            "replan",
            "rule",
            "key",
            "priority",
        )
        return {name: data[name] for name in order if data.get(name)}

    def _head(self) -> dict[str, Any]:
        text, first = self._text, self._day("in_force_from")
        last = self._day("in_force_to")
        kind = self._one_of("kind", KINDS)
        if not text("kind"):
            self._no("kind", "needed")
        head = {
            "id": text("id"), "version": text("version"), "kind": kind, "in_force_from": first,
            "in_force_to": last, "assumption": text("assumption"),
            "profile_blind": self._ticked("blind"), "review_on": self._day("review_on"),
            "trigger": text("trigger"), "source": self._source("", needed=True),
        }  # fmt: skip
        if not ID.fullmatch(text("id")):
            self._no("id", "id" if text("id") else "needed")
        known = self.pack.policies.get(text("id"))
        if not text("version"):
            self._no("version", "needed")
        elif known is not None and known.version == text("version"):
            self._no("version", "version", id=known.id, version=known.version)
        if last and first is None and text("in_force_from") == "":
            self._no("in_force_from", "from-first")
        if first and last and last < first:
            self._no("in_force_to", "before", first=first)
        if kind == "proposal" and first and not text("assumption"):
            self._no("assumption", "who-adopted")
        return head

    def _key(self) -> dict[str, Any]:
        name = self._one_of("key", list(KEYS))
        if not name:
            return {}
        rounding = self._one_of("key-rounding", roundings()) or "hamilton"
        carry = self._ticked("key-carry")
        if carry and rounding not in CARRIED_BY:
            self._no("key-carry", "carry", known=", ".join(CARRIED_BY))
        params = self._params()
        try:
            check_params(name, params)
        except InputRefused as refusal:
            self.faults.append(Fault("key", said=refusal))
        return {
            "name": name,
            "regions": self._one_of("key-regions", ("consenting", "all")) or "consenting",
            "rounding": rounding, "carry": carry,
            "ceiling": self._many("key-ceiling", self._regions()), "params": params,
            "source": self._source("key-"),
        }  # fmt: skip

    def _params(self) -> dict[str, Any]:
        params: dict[str, Any] = {
            name: self._text(f"key-{name}") for name in ("received", "window")
        }
        params["months"] = self._whole("key-months", 0, 1200)
        params["capped"] = self._many("key-capped", self._regions())
        params["weights"] = self._weights()
        more = self._text("key-more")
        try:
            params |= tomllib.loads(more)
        except (tomllib.TOMLDecodeError, ValueError, RecursionError):
            self._no("key-more", "more")
        return {k: v for k, v in params.items() if v not in ("", None, [], {})}

    def _weights(self) -> dict[str, str]:
        rows = self._lines("key-weights")
        try:
            total = sum((Fraction(share) for share in rows.values()), Fraction(0))
        except (ValueError, ZeroDivisionError):
            self._no("key-weights", "weights")
            return {}
        if rows and (total != 1 or any(Fraction(share) < 0 for share in rows.values())):
            self._no("key-weights", "weights-sum", total=str(total))
        return rows

    def _rule(self, at: str) -> dict[str, Any]:
        points = [str(point.id) for point in self.pack.entry_points]
        never = self._many(f"{at}never", self._regions())
        if not never:
            self._no(f"{at}never", "no-region")
        return {
            "mode": self._many(f"{at}mode", MODES),
            "entry_point": self._many(f"{at}entry_point", points), "never": never,
            "except": self._many(f"{at}except", EXCEPTIONS), "source": self._source(at),
        }  # fmt: skip

    def _priority(self, at: str) -> dict[str, Any]:
        name = self._one_of(f"{at}id", list(AIMS))
        if not name:
            self._no(f"{at}id", "no-aim")
        points: dict[str, int] = {}
        for word, value in self._lines(f"{at}points").items():
            pattern = POINTS.get(name)
            if name and (name not in WITH_POINTS or pattern is None):
                self._no(f"{at}points", "no-points")
                break
            if pattern and not pattern.match(word):
                self._no(f"{at}points", f"points-{name}", word=word)
            elif not (value.isascii() and value.isdigit() and int(value) <= 1000):
                self._no(f"{at}points", "whole", least=0, most=1000)
            else:
                points[word] = int(value)
        return {"id": name, "points": points, "source": self._source(at)}

    def _check_priorities(self, all_: Sequence[Mapping[str, Any]], *, has_key: bool) -> None:
        if not all_:
            self._no("priority-1-id", "no-priority")
        for number, one in enumerate(all_, 1):
            at, name = f"priority-{number}-id", one["id"]
            if name and name in [other["id"] for other in all_[: number - 1]]:
                self._no(at, "twice")
            if name in BY_KEY and not has_key:
                self._no(at, "no-key")
            if name in OF_PROFILE and self._ticked("blind"):
                self._no(at, "profile")

    def _trigger(self, at: str) -> dict[str, Any]:
        services = [str(service.id) for service in self.pack.services]
        found = {
            "region": self._one_of(f"{at}region", self._regions()),
            "service": self._one_of(f"{at}service", services),
            "percent": self._whole(f"{at}percent", 1, 1000),
            "days": self._whole(f"{at}days", 1, 366),
        }
        for name, value in found.items():
            if value in ("", None) and not self._at_fault(at + name):
                self._no(at + name, "needed")
        return {**found, "source": self._source(at)}

    # -- single fields ---------------------------------------------------------------------

    def _blocks(self, part: str, read: Callable[[str], dict[str, Any]]) -> list[dict[str, Any]]:
        """The blocks in which something is said, numbered as they will stand in the file."""
        every = (f"{part}-{n}-" for n in range(1, count_of(self.form, part) + 1))
        return [read(at) for at in every if any(self._said(at + name) for name in PARTS[part])]

    def _said(self, name: str) -> list[str]:
        return [one.strip() for one in self.form.get(name, ()) if one.strip()]

    def _text(self, name: str) -> str:
        return " ".join(self._said(name)[-1:])

    def _ticked(self, name: str) -> bool:
        return bool(self._said(name))

    def _no(self, name: str, key: str, **params: Any) -> None:
        self.faults.append(Fault(name, key, params))

    def _at_fault(self, name: str) -> bool:
        return any(fault.field == name for fault in self.faults)

    def _regions(self) -> list[str]:
        return [str(region.id) for region in self.pack.regions]

    def _one_of(self, name: str, known: Collection[str]) -> str:
        value = self._text(name)
        if value and value not in known:
            self._no(name, "one-of", known=", ".join(known))
            return ""
        return value

    def _many(self, name: str, known: Collection[str]) -> list[str]:
        values = self._said(name)
        if any(value not in known for value in values):
            self._no(name, "one-of", known=", ".join(known))
        return [value for value in values if value in known]

    def _whole(self, name: str, least: int, most: int) -> int | None:
        value = self._text(name)
        if not value:
            return None
        if value.isascii() and value.isdigit() and least <= int(value[:9]) <= most:
            return int(value)
        self._no(name, "whole", least=least, most=most)
        return None

    def _day(self, name: str) -> date | None:
        value = self._text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self._no(name, "day")
            return None

    def _lines(self, name: str) -> dict[str, str]:
        """``name = value`` a line; a name that stands twice, or a line without a sign, is a fault."""
        found: dict[str, str] = {}
        for line in self._text(name).splitlines():
            word, sign, value = (part.strip().strip('"') for part in line.partition("="))
            if line.strip() and (not sign or not word or word in found):
                self._no(name, "line", line=line.strip()[:60])
            elif line.strip():
                found[word] = value
        return found

    def _source(self, at: str, *, needed: bool = False) -> dict[str, str]:
        title, url = self._text(f"{at}source"), self._text(f"{at}url")
        if not title and (needed or url):
            self._no(f"{at}source", "source")
        if url and not re.match(r"https?://\S+$", url):
            self._no(f"{at}url", "url")
        return {"title": title, "url": url} if title else {}
