"""The shipped text and cases, and made-up facts of every kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from partage.eligibility import Text, read_cases, read_facts, read_text
from partage.eligibility.consider import Answer, consider
from partage.packs.loader import load_pack

PACK = load_pack()
RAW = PACK.laws["eligibility/text.toml"]
TEXT = read_text(RAW)
CASES = read_cases(PACK.laws["eligibility/cases.toml"], TEXT)
PLAIN: dict[str, Any] = {  # an adult with nobody and nothing, who entered where the test says
    **dict.fromkeys((k.id for k in TEXT.kinds.values() if k.type == "yes-no"), False),
    "relatives_all_listed": True, "visa_needed_for_canada": True, "visa_needed_for_us": True,
    "border": "land",
}  # fmt: skip


def said(text: Text = TEXT, **facts: Any) -> Answer:
    read, findings = read_facts(facts, text)
    assert findings == []
    return consider(text, read)


def of_kind(kind: Any) -> st.SearchStrategy[Any]:
    if kind.type == "yes-no":
        return st.booleans()
    return st.sampled_from(kind.values)


CHOICES = {k.id: of_kind(k) for k in TEXT.kinds.values() if k.type != "day"}
RELATIVE = {k.id: of_kind(k) for k in TEXT.relative_kinds.values()}
TURNS = [
    date(2004, 12, 29),
    date(2020, 6, 25),
    date(2023, 3, 25),
    date(2025, 6, 3),
    date(2026, 3, 26),
]


@st.composite
def whole_facts(draw: st.DrawFn) -> dict[str, Any]:
    """Every fact of a claimant and up to three relatives, near the days on which the law turns."""
    entry = draw(st.sampled_from(TURNS)) + timedelta(days=draw(st.integers(-400, 30)))
    claim = entry + timedelta(days=draw(st.one_of(st.integers(0, 16), st.integers(0, 1500))))
    decided = claim + timedelta(days=draw(st.integers(0, 400)))
    facts = {name: draw(kind) for name, kind in CHOICES.items()}
    facts |= {"entry": entry, "claim": claim, "decided": decided}
    if entry > date(2020, 6, 25) and draw(st.booleans()):
        back = draw(st.integers(0, (entry - date(2020, 6, 25)).days))
        facts["first_entry"] = entry - timedelta(days=back)
    if draw(st.booleans()):  # a birth date instead of the word
        del facts["under_18"]
        facts["birth_date"] = claim - timedelta(days=draw(st.integers(17 * 365, 19 * 365)))
        if facts["birth_date"] > entry:
            del facts["birth_date"]
    facts["relatives_all_listed"] = True
    facts["relative"] = draw(st.lists(st.fixed_dictionaries(RELATIVE), max_size=3))
    return facts


@st.composite
def more_and_less(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same claimant, known less and known more: every fact of the first is in the second."""
    more = draw(whole_facts())
    keep = draw(st.sets(st.sampled_from(sorted(more))))
    less = {name: more[name] for name in keep - {"relative"}}
    if "relatives_all_listed" in keep:  # then all are listed, each known more or less
        rows = more["relative"]
    else:
        rows = [row for row in more["relative"] if draw(st.booleans())]
    less["relative"] = [{k: v for k, v in row.items() if draw(st.booleans())} for row in rows]
    return less, more
