"""Policies as TOML: rules, key and priorities as data that one can diff; refused in a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from partage.core.errors import InputRefused
from partage.core.household import MODES
from partage.core.marks import mark
from partage.core.policy import (
    EXCEPTIONS,
    SILENT_HOURS,
    KeyChoice,
    Policy,
    PolicyKind,
    Priority,
    Replan,
    Rule,
    Source,
    Trigger,
)
from partage.core.units import RegionId, ServiceId

KINDS = ("proposal", "law", "historical")
NIGHTS = 30
MOST_SILENT = 8784  # hours of a year
POLICY_KEYS = {
    "id", "version", "kind", "in_force_from", "in_force_to", "assumption", "profile_blind",
    "review_on", "trigger", "source",
}  # fmt: skip
KEY_KEYS = {"name", "regions", "rounding", "carry", "source", "params", "ceiling"}
RULE_KEYS = {"mode", "entry_point", "never", "except", "source"}
REPLAN_KEYS = {"moves_at_most", "stay", "source"}
PROFILE_WORDS = ("wish", "language", "nationalit", "tie", "skill", "profile")


def parse_policy(data: bytes, where: str) -> Policy:
    """The policy in a TOML file; ``where`` names the file in refusals."""
    try:
        text = data.decode("utf-8")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _no(where, f"is not UTF-8 text (byte {error.start})", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _no(where, f"is not a readable TOML file ({error})", "correct it") from None
    except (ValueError, RecursionError):  # a number too long to read, brackets too deep
        raise _no(where, "is not a readable TOML file", "correct it") from None
    return replace(_Reader(raw, where).policy(), text=text)


class _Reader:
    def __init__(self, raw: Mapping[str, Any], where: str) -> None:
        self.raw = raw
        self.where = where
        self._known(
            raw,
            {
                "policy",
                "horizon",
                "silence",
                "key",
                "place",
                "replan",
                "rule",
                "priority",
                "trigger",
            },
            "the file",
        )
        self.head = self._table(raw, "policy")
        self._known(self.head, POLICY_KEYS, "[policy]")
        self.source = self._source(self.head, None)

    def policy(self) -> Policy:
        head = self.head
        first, last = self._day(head, "in_force_from"), self._day(head, "in_force_to")
        kind = head.get("kind")
        if kind not in KINDS:
            raise self._no(f"has the kind '{kind}'", f"use one of: {', '.join(KINDS)}")
        if last is not None and (first is None or last < first):
            raise self._no(
                f"is in force to {last}, before it is in force from {first}", "correct the days"
            )
        assumption = self._text(head, "assumption", "")
        if kind == "proposal" and first is not None and not assumption:
            raise self._no(
                "is a proposal with a day from which it is in force",
                "say in 'assumption' who adopted it, or leave the day out",
            )
        rules = tuple(self._rule(n, block) for n, block in enumerate(self._blocks("rule"), start=1))
        priorities = tuple(self._priority(block) for block in self._blocks("priority"))
        blind = head.get("profile_blind")
        if not isinstance(blind, bool):
            raise self._no("does not say profile_blind = true or false", "say it")
        twice = [p.id for n, p in enumerate(priorities) if p.id in {q.id for q in priorities[:n]}]
        if twice:
            raise self._no(f"has the priority '{twice[0]}' twice", "keep one of the two")
        if blind:
            self._check_blind(priorities)
        return Policy(
            id=self._text(head, "id"), version=self._text(head, "version"),
            kind=cast(PolicyKind, kind), nights=self._nights(), key=self._key(), rules=rules,
            priorities=priorities, profile_blind=blind, source=self.source,
            mark=mark(_exact(self.raw, self.where)), in_force_from=first, in_force_to=last,
            review_on=self._day(head, "review_on"), trigger=self._text(head, "trigger", ""),
            assumption=assumption, mechanism=self._mechanism(),
            triggers=tuple(self._trigger(block) for block in self._blocks("trigger")),
            replan=self._replan(), hair=self._hair(), silent_hours=self._silence(),
        )  # fmt: skip

    def _rule(self, number: int, block: Mapping[str, Any]) -> Rule:
        where = f"rule {number}"
        if self.head.get("profile_blind") and any(_of_profile(key) for key in block):
            raise self._no(
                f"is profile-blind, but {where} reads the profile", "drop that condition"
            )
        self._known(block, RULE_KEYS, where)
        modes, exceptions = self._words(block, "mode"), self._words(block, "except")
        for value, known in ((modes, MODES), (exceptions, EXCEPTIONS)):
            for word in value:
                if word not in known:
                    raise self._no(f"has '{word}' in {where}", f"use one of: {', '.join(known)}")
        never = self._words(block, "never")
        if not never:
            raise self._no(f"names no region in {where}", "add never = ['CA-…']")
        return Rule(
            number, tuple(RegionId(code) for code in never), modes,
            self._words(block, "entry_point"), exceptions, self._source(block, self.source),
        )  # fmt: skip

    def _priority(self, block: Mapping[str, Any]) -> Priority:
        self._known(block, {"id", "points", "source"}, "a priority")
        points = block.get("points", {})
        if not isinstance(points, dict) or not all(
            isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 1000
            for v in points.values()
        ):
            raise self._no("has points that are not whole numbers from 0 to 1000", "correct them")
        return Priority(self._text(block, "id"), points, self._source(block, self.source))

    def _check_blind(self, priorities: tuple[Priority, ...]) -> None:
        for priority in priorities:
            for word in (priority.id, *priority.points):
                if _of_profile(word):
                    raise self._no(
                        f"is profile-blind, but the priority '{priority.id}' reads the profile",
                        "drop the priority, or set profile_blind = false and say why",
                    )

    def _key(self) -> KeyChoice | None:
        if "key" not in self.raw:
            return None  # nobody is due anything: the policy has no key
        block = self._table(self.raw, "key")
        self._known(block, KEY_KEYS, "[key]")
        regions = block.get("regions")
        if regions not in ("consenting", "all"):
            raise self._no(f"has the key's regions '{regions}'", "use consenting or all")
        carry = block.get("carry", False)
        if not isinstance(carry, bool):
            raise self._no("does not say carry = true or false", "say it")
        return KeyChoice(
            self._text(block, "name"), "all" if regions == "all" else "consenting",
            self._text(block, "rounding"), carry, self._source(block, self.source),
            self._params(block), tuple(RegionId(code) for code in self._words(block, "ceiling")),
        )  # fmt: skip

    def _params(self, block: Mapping[str, Any]) -> dict[str, Any]:
        params = block.get("params", {})
        if not isinstance(params, dict):
            raise self._no("has 'params' that are not a block", "write [key.params]")
        return {n: tuple(v) if isinstance(v, list) else v for n, v in params.items()}

    def _mechanism(self) -> str:
        block = self.raw.get("place", {})
        if not isinstance(block, dict):
            raise self._no("has 'place' that is not a block", "write [place]")
        self._known(block, {"mechanism", "hair", "source"}, "[place]")
        self._source(block, self.source)
        return self._text(block, "mechanism", "optimum")

    def _hair(self) -> int | None:
        hair = self.raw.get("place", {}).get("hair")
        if hair is not None and (
            not isinstance(hair, int) or isinstance(hair, bool) or not 0 <= hair <= 1000
        ):
            raise self._no(
                "has a 'hair' that is not a whole number from 0 to 1000",
                "correct it, or leave it out",
            )
        return hair

    def _replan(self) -> Replan:
        block = self.raw.get("replan", {})
        if not isinstance(block, dict):
            raise self._no("has 'replan' that is not a block", "write [replan]")
        self._known(block, REPLAN_KEYS, "[replan]")
        self._source(block, self.source)
        given = {
            name: self._whole(block, name, 1000, least=least)
            for name, least in (("moves_at_most", 0), ("stay", 1))
            if name in block
        }
        return Replan(**given)

    def _silence(self) -> int:
        block = self.raw.get("silence", {})
        if not isinstance(block, dict):
            raise self._no("has 'silence' that is not a block", "write [silence]")
        self._known(block, {"hours", "source"}, "[silence]")
        self._source(block, self.source)
        return self._whole(block, "hours", MOST_SILENT) if "hours" in block else SILENT_HOURS

    def _trigger(self, block: Mapping[str, Any]) -> Trigger:
        self._known(block, {"region", "service", "percent", "days", "source"}, "a trigger")
        percent, days = (
            self._whole(block, name, most) for name, most in (("percent", 1000), ("days", 366))
        )
        return Trigger(
            RegionId(self._text(block, "region")), ServiceId(self._text(block, "service")),
            percent, days, self._source(block, self.source),
        )  # fmt: skip

    def _whole(self, block: Mapping[str, Any], name: str, most: int, *, least: int = 1) -> int:
        value = block.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._no(
                f"has '{name}' that is not a whole number from {least} to {most}", "correct it"
            )
        return value

    def _nights(self) -> int:
        block = self.raw.get("horizon", {})
        if not isinstance(block, dict):
            raise self._no("has 'horizon' that is not a block", "write [horizon]")
        self._known(block, {"nights", "source"}, "[horizon]")
        self._source(block, self.source)
        nights = block.get("nights", NIGHTS)
        if not isinstance(nights, int) or isinstance(nights, bool) or not 1 <= nights <= 366:
            raise self._no("has a horizon that is not 1 to 366 nights", "correct [horizon] nights")
        return nights

    def _source(self, block: Mapping[str, Any], other: Source | None) -> Source:
        own = block.get("source")
        if own is None and other is not None:
            return other
        if not isinstance(own, dict):
            raise self._no("has no source", "add [policy.source] with a title")
        self._known(own, {"title", "url"}, "a source")
        return Source(self._text(own, "title"), self._text(own, "url", ""))

    def _blocks(self, name: str) -> list[Mapping[str, Any]]:
        blocks = self.raw.get(name, [])
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            raise self._no(f"has '{name}' that is not a list of blocks", f"write [[{name}]]")
        return blocks

    def _table(self, raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        table = raw.get(name)
        if not isinstance(table, dict):
            raise self._no(f"has no [{name}]", "add it")
        return table

    def _words(self, block: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = block.get(name, [])
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self._no(f"has '{name}' that is not a word or a list of words", "correct it")
        return tuple(words)

    def _text(self, block: Mapping[str, Any], name: str, default: str | None = None) -> str:
        value = block.get(name, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self._no(f"has no text for '{name}'", "add it")
        return value

    def _day(self, block: Mapping[str, Any], name: str) -> date | None:
        value = block.get(name)
        if value is None or (isinstance(value, date) and type(value) is date):
            return value
        raise self._no(f"has '{name}' that is not a day", "write it as 2023-02-20, unquoted")

    def _known(self, block: Mapping[str, Any], known: set[str], where: str) -> None:
        for name in block:
            if name not in known:
                raise self._no(
                    f"has '{name}' in {where}, which is not known", "remove or correct it"
                )

    def _no(self, what: str, do: str) -> InputRefused:
        return _no(self.where, what, do)


def _of_profile(word: str) -> bool:
    return word.lower().startswith(PROFILE_WORDS)


def _exact(raw: Mapping[str, Any], where: str) -> Any:
    try:
        mark(raw)
    except ValueError as error:
        raise _no(
            where, f"has a value that has no exact form ({error})", "use whole numbers"
        ) from None
    return raw


def _no(where: str, what: str, do: str) -> InputRefused:
    return InputRefused(f"The policy {where} {what}.", f"{do[0].upper()}{do[1:]}.")
