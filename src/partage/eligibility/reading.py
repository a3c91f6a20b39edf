"""Reading a text from TOML: every fault at once, nothing half read; a renegotiation is such a file.

A file with ``amends = "<id>"`` is read on top of the text it amends: blocks of the same id replace,
new ones are added, ``repeal`` takes rules away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import Any, cast

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.eligibility.conditions import Condition, parse_condition
from partage.eligibility.text import FactKind, FactType, Governs, Ground, Note, Rule, Text, Then

BLOCKS = ("source", "definition", "fact", "relative_fact", "ground", "rule", "note")
HEAD = {"id", "title_en", "title_fr", "amends", "repeal"}
RULE = {
    "id", "order", "ground", "then", "when", "relative", "group", "paragraph", "in_force_from",
    "in_force_to", "claims_made_from", "confirmed", "title_en", "title_fr", "ask_en", "ask_fr",
    "source", "assumption",
}  # fmt: skip
KEYS: Mapping[str, set[str]] = {
    "source": {"id", "title", "url", "grade"},
    "definition": {"id", "paragraph", "values", "in_force_from", "source", "note"},
    "fact": {"id", "type", "values", "after", "not_after", "ask_en", "ask_fr"},
    "relative_fact": {"id", "type", "values", "after", "not_after", "ask_en", "ask_fr"},
    "ground": {"id", "paragraph", "by", "title_en", "title_fr", "means_en", "means_fr"},
    "rule": RULE,
    "note": {"id", "paragraph", "in_force_from", "en", "fr", "source"},
}
THEN = ("applies", "does-not-apply", "ask")
SHOWN = 20


def read_text(data: bytes, where: str = "the text") -> Text:
    """The text in a TOML file, or a refusal with everything that is wrong with it."""
    return _read(_raw(data, where), where)


def read_amended(base: bytes, proposed: bytes, where: str = "the proposal") -> Text:
    """The proposed text: whole, or the one in force with the blocks that the proposal changes."""
    raw = _raw(proposed, where)
    head = raw.get("text")
    if not isinstance(head, dict) or "amends" not in head:
        return _read(raw, where)
    under = _raw(base, "the text in force")
    if head["amends"] != under["text"]["id"]:
        raise InputRefused(
            f"{where} amends a text that is not the one in force.",
            f'Write amends = "{under["text"]["id"]}".',
        )
    repealed = head.get("repeal", [])
    known = {rule.get("id") for rule in _blocks(under, "rule")}
    odd = (
        [one for one in repealed if one not in known] if isinstance(repealed, list) else ["repeal"]
    )
    if odd:
        raise InputRefused(
            f"{where} repeals a rule that the text in force does not have.",
            "Give ids of its rules; 'partage eligibility --rules' lists them.",
        )
    merged: dict[str, Any] = {"text": {**under["text"], **head}}
    for name in BLOCKS:
        rows = {row.get("id"): row for row in _blocks(under, name)}
        rows |= {row.get("id"): row for row in _blocks(raw, name)}
        merged[name] = [r for i, r in rows.items() if name != "rule" or i not in repealed]
    merged |= {name: raw[name] for name in raw if name not in merged}
    return _read(merged, where)


def _raw(data: bytes, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__
        raise InputRefused(
            f"{where} is not a readable TOML file ({said}).", "Correct it."
        ) from None


def _blocks(raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = raw.get(name, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _read(raw: Mapping[str, Any], where: str) -> Text:
    reader = _Reader(raw)
    text = reader.text()
    faults = reader.faults or contradictions(text)
    if faults:
        said = "; ".join(f"{f.where}: {f.what} ({f.do})" for f in faults[:SHOWN])
        raise InputRefused(f"{where} has {len(faults)} fault(s): {said}.", "Correct them.")
    return text


class _Reader:
    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.faults: list[Finding] = []
        self.rows = {name: self._rows(name) for name in BLOCKS}
        for name in raw:
            if name not in ("text", *BLOCKS):
                self._fault(str(name)[:40], "is not a block of a text", f"use {', '.join(BLOCKS)}")

    def text(self) -> Text:
        """The text; ``faults`` says whether it may be used."""
        head = self.raw.get("text", {})
        head = head if isinstance(head, dict) else {}
        if set(head) - HEAD:
            self._fault(
                "[text]", f"has words it does not know: {sorted(set(head) - HEAD)}", "correct"
            )
        kinds = {row["id"]: self._kind(row) for row in self.rows["fact"]}
        relatives = {row["id"]: self._kind(row) for row in self.rows["relative_fact"]}
        definitions = {
            row["id"]: tuple(str(v) for v in row.get("values", ()))
            for row in self.rows["definition"]
        }
        grounds = tuple(self._ground(row) for row in self.rows["ground"])
        rules = tuple(self._rule(row, grounds) for row in self.rows["rule"])
        notes = tuple(
            Note(self._say(r, "paragraph"), self._day(r, "in_force_from"), self._say(r, "en"),
                 self._say(r, "fr"))
            for r in self.rows["note"]
        )  # fmt: skip
        id_, title_en, title_fr = (
            self._say(head, name, "[text]") for name in ("id", "title_en", "title_fr")
        )
        text = Text(id_, title_en, title_fr, kinds, relatives, definitions, grounds, rules, notes)
        self._check_words(text)
        return text

    def _rows(self, name: str) -> list[dict[str, Any]]:
        rows, seen = [], set()
        for number, row in enumerate(_blocks(self.raw, name), start=1):
            where = f"[[{name}]] {number}"
            if not isinstance(row.get("id"), str) or not row["id"]:
                self._fault(where, "has no id", "give it one")
                continue
            if row["id"] in seen:
                self._fault(where, f"the id '{row['id']}' stands twice", "rename one")
            if set(row) - KEYS[name]:
                self._fault(where, f"has words it does not know: {sorted(set(row) - KEYS[name])}",
                            f"use: {', '.join(sorted(KEYS[name]))}")  # fmt: skip
            seen.add(row["id"])
            rows.append(row)
        return rows

    def _kind(self, row: Mapping[str, Any]) -> FactKind:
        kind = self._one_of(row, "type", ("yes-no", "choice", "day"))
        values = tuple(str(v) for v in row.get("values", ()))
        if (kind == "choice") is not bool(values):
            self._fault(
                row["id"], "is a choice without values, or the other way round", "correct it"
            )
        return FactKind(
            row["id"], cast(FactType, kind), values, self._day(row, "after"),
            str(row.get("not_after", "")), self._say(row, "ask_en"), self._say(row, "ask_fr"),
        )  # fmt: skip

    def _ground(self, row: Mapping[str, Any]) -> Ground:
        by = cast(Governs, self._one_of(row, "by", ("claim", "decided")))
        said = [self._say(row, n) for n in ("title_en", "title_fr", "means_en", "means_fr")]
        return Ground(row["id"], self._say(row, "paragraph"), by, *said)

    def _rule(self, row: Mapping[str, Any], grounds: Iterable[Ground]) -> Rule:
        order = row.get("order")
        if not isinstance(order, int) or isinstance(order, bool):
            self._fault(row["id"], "has no order", "give a whole number")
            order = 0
        then = cast(Then, self._one_of(row, "then", THEN))
        confirmed = row.get("confirmed", True)
        if not isinstance(confirmed, bool):
            self._fault(row["id"], "says confirmed neither true nor false", "correct it")
        first, last = self._day(row, "in_force_from"), self._day(row, "in_force_to")
        if first and last and last < first:
            self._fault(row["id"], f"stands to {last}, before it stands from {first}", "correct it")
        ground = self._one_of(row, "ground", tuple(g.id for g in grounds))
        sources = tuple(s["id"] for s in self.rows["source"])
        source = self._one_of(row, "source", sources) if "source" in row else ""
        assumption = str(row.get("assumption", ""))
        if not source and not assumption:
            self._fault(row["id"], "has neither a source nor an assumption", "give one")
        asks = ("ask_en", "ask_fr") if then == "ask" else ()
        title_en, title_fr = self._say(row, "title_en"), self._say(row, "title_fr")
        ask_en, ask_fr = [self._say(row, n) for n in asks] or ["", ""]
        return Rule(
            row["id"], order, ground, then, self._conditions(row, "when"),
            self._conditions(row, "relative"), str(row.get("group", "")), self._say(row, "paragraph"),
            first, last, self._day(row, "claims_made_from"), confirmed is True,
            title_en, title_fr, ask_en, ask_fr, source, assumption,
        )  # fmt: skip

    def _conditions(self, row: Mapping[str, Any], name: str) -> tuple[Condition, ...]:
        out = []
        said = row.get(name, [])
        for words in said if isinstance(said, list) else [said]:
            one = parse_condition(words) if isinstance(words, str) else None
            if one is None:
                self._fault(row["id"], f"'{words}' is not a condition that can be read",
                            "write it as docs/how-to/eligibility.md shows")  # fmt: skip
            else:
                out.append(one)
        return tuple(out)

    def _check_words(self, text: Text) -> None:
        groups = {rule.group for rule in text.rules if rule.group}
        for rule in text.rules:
            for kinds, conditions in (
                (text.kinds, rule.when),
                (text.relative_kinds, rule.relative),
            ):
                for one in conditions:
                    odd = [f for f in one.facts if f not in kinds]
                    if one.kind == "in" and one.values[0] not in text.definitions:
                        odd.append(one.values[0])
                    if one.kind == "group" and one.values[0] not in groups - {rule.group}:
                        odd.append(one.values[0])
                    if one.kind == "choice" and not odd:
                        odd = [v for v in one.values if v not in kinds[one.facts[0]].values]
                    if odd:
                        self._fault(rule.id, f"'{one.said}' names {', '.join(odd)}, which this text "
                                    "does not have", "correct it, or add the fact")  # fmt: skip

    def _say(self, row: Mapping[str, Any], name: str, where: str = "") -> str:
        value = row.get(name)
        if not isinstance(value, str) or not value.strip():
            self._fault(where or str(row.get("id", "?")), f"does not say its {name}", "fill it in")
            return ""
        return value.strip()

    def _one_of(self, row: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
        value = row.get(name)
        if value not in known:
            self._fault(row["id"], f"has an unknown {name}", f"use one of: {', '.join(known)}")
            return known[0] if known else ""
        return str(value)

    def _day(self, row: Mapping[str, Any], name: str) -> date | None:
        value = row.get(name)
        if value is not None and type(value) is not date:
            self._fault(str(row.get("id")), f"has a {name} that is not a day", "write 2023-03-25")
            return None
        return value

    def _fault(self, where: str, what: str, do: str) -> None:
        self.faults.append(Finding(where, what, do, "fault"))


def contradictions(text: Text) -> list[Finding]:
    """Pairs of rules that could hold on one day, stand in one order, and say otherwise."""
    found = []
    for one, other in combinations(text.rules, 2):
        if one.ground != other.ground or one.then == other.then or not one.stands_with(other):
            continue
        same = one.when == other.when and one.relative == other.relative
        if same or (one.order == other.order and not _apart(one, other)):
            found.append(
                Finding(
                    f"{one.id}, {other.id}", "contradict each other on a day on which both stand",
                    "give them days that do not meet, conditions that differ, or an order", "fault",
                )
            )  # fmt: skip
    return found


def _apart(one: Rule, other: Rule) -> bool:
    """Whether no facts meet both: they ask for different values of one choice, or yes and no."""
    for a in one.when:
        for b in other.when:
            if (
                a.facts == b.facts
                and a.kind == b.kind == "choice"
                and not set(a.values) & set(b.values)
            ):
                return True
            if a.facts == b.facts and a.kind == b.kind == "plain" and a.negated is not b.negated:
                return True
    return False
