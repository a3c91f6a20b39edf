"""The lists that are taken away: the capacity board, agreements, answers, nights, overrides, hours, plans.

Nothing about people is in them but the codes of cases, and those only for whoever may see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from partage.ledger.facts import Entry
from partage.report.sheet import Column, Sheet
from partage.report.table import Table

CAPACITY = (
    Column("day", "#date+day", "date", "The day the numbers are for."),
    Column("at", "#date+asked", "datetime", "When they were asked for."),
    Column("nights", "#meta+nights", "integer", "Over how many nights a place must be free."),
    Column("region", "#adm1+code", "string", "ISO 3166-2."),
    Column("city", "#adm2+code", "string", "The city."),
    Column("site", "#loc+code", "string", "The site."),
    Column("open", "#status+open", "boolean", "Whether it takes people."),
    Column("as_of", "#date+stated", "string", "When the site last said how it stands."),
    Column("fresh", "#status+fresh", "boolean", "Whether that is recent enough to count on."),
    Column(
        "left_out", "#status+left_out", "boolean", "Whether plans leave it out: silent too long."
    ),
    Column("service", "#service+code", "string", "What is offered."),
    Column("period", "#service+period", "string", "A stock per night, or an intake per week."),
    Column("funded", "#capacity+funded", "integer", "Units agreed."),
    Column("in_service", "#capacity+service", "integer", "Of these, not blocked."),
    Column("blocked", "#capacity+blocked", "integer", "Out of use for now."),
    Column("blocked_why", "#meta+blocked", "string", "Why they are."),
    Column("blocked_until", "#date+blocked", "string", "Until when they are."),
    Column("in_use", "#capacity+used", "integer", "Units in use."),
    Column("held", "#capacity+held", "integer", "Held for an offer or a household on its way."),
    Column("allocable", "#capacity+free", "integer", "What can be given that day."),
    Column("limit", "#meta+limit", "string", "What limits it, if not what is free."),
    Column("source", "#meta+source", "string", "Where the number comes from."),
    Column("assumption", "#meta+assumption", "string", "What is assumed in it."),
)
OF_ALL, OF_SITE = (
    ("day", "at", "nights"),
    ("region", "city", "site", "open", "as_of", "fresh", "left_out"),
)


def capacity(board: Mapping[str, Any]) -> Sheet:
    """The capacity board: a row a service of a site, in its order."""
    return Sheet("capacity", board["day"], CAPACITY, board["at"], _of_board(board))


def _of_board(board: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for site in board["sites"]:
        for service, units in site["services"].items():
            said = {
                **{name: board[name] for name in OF_ALL},
                **{name: site[name] for name in OF_SITE},
                "service": service, **units,
            }  # fmt: skip
            yield tuple(said[column.name] for column in CAPACITY)


AGREEMENTS = (
    Column("party", "#org+party", "string", "A region (ISO 3166-2), a city or a site."),
    Column("kind", "#org+type", "string", "Which of the three it is."),
    Column("service", "#service+code", "string", "What is agreed; empty for the consent itself."),
    Column("quantity", "#capacity+agreed", "integer", "Units of it."),
    Column("first", "#date+start", "date", "The first night."),
    Column("last", "#date+end", "date", "The last one."),
    Column("counts_from", "#date+counts", "date", "From when it counts, after its notice."),
    Column("ramp", "#capacity+ramp", "integer", "Most persons sent there in a day."),
    Column("terms", "#meta+terms", "string", "What else was agreed."),
    Column("source", "#meta+source", "string", "Where it stands written."),
    Column("assumption", "#meta+assumption", "string", "What is assumed in it."),
)


def agreements(places: Mapping[str, Mapping[str, Any]], day: str, at: str) -> Sheet:
    """Every consent of a region, a city or a site, then what a site agreed to, with their days."""
    return Sheet("agreements", day, AGREEMENTS, at, _of_places(places))


def _of_places(places: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for party, row in sorted(places.items()):
        for one in (*row.get("consents", ()), *row.get("capacity", ())):
            terms, origin = one.get("terms") or {}, one.get("origin") or {}
            yield (
                party, row["kind"], one.get("service"), one.get("quantity"), one["first"],
                one["last"], one["counts_from"], one.get("ramp"),
                "; ".join(f"{name}: {terms[name]}" for name in sorted(terms)),
                origin.get("source"), origin.get("assumption"),
            )  # fmt: skip


ANSWERS = (
    Column("entry", "#meta+entry", "integer", "The number of the entry in the chain."),
    Column("at", "#date+written", "datetime", "When it was written."),
    Column("day", "#date+day", "date", "The operational day."),
    Column("case", "#meta+case", "string", "The code of the case."),
    Column("step", "#event+step", "string", "What was offered or answered."),
    Column("offer", "#meta+offer", "string", "The offer."),
    Column("plan", "#meta+plan", "string", "The plan it is of."),
    Column("site", "#loc+offered", "string", "The site that is offered."),
    Column("until", "#date+until", "string", "Until when it can be answered."),
    Column("state", "#status+case", "string", "What the case is since."),
)


def answers(entries: Iterable[Entry], day: str, at: str) -> Sheet:
    """Offers and answers in the order of the chain."""
    return Sheet("answers", day, ANSWERS, at, map(_answer, entries))


def _answer(entry: Entry) -> tuple[Any, ...]:
    case = entry.body.get("case", {})
    offer = case.get("offer") or {}
    return (
        entry.no, entry.at, entry.day, entry.subject.removeprefix("case/"),
        entry.body.get("step", entry.verb), offer.get("id"), offer.get("plan"), offer.get("site"),
        offer.get("until"), case.get("state"),
    )  # fmt: skip


NIGHTS = (
    Column("night", "#date+night", "date", "The day that was closed."),
    Column("account", "#loc+account", "string", "Where: waiting@ an entry point, hosted@ a site."),
    Column("persons", "#affected+book", "integer", "Persons by the book at 04:00 after it."),
)


def nights(nights_: Mapping[str, int], day: str, at: str) -> Sheet:
    """Who was where after a closed day, in persons."""
    rows = ((day, account, persons) for account, persons in sorted(nights_.items()))
    return Sheet("nights", day, NIGHTS, at, rows)


OVERRIDES = (
    Column("table", "#meta+table", "string", "By what they are counted."),
    Column("what", "#meta+what", "string", "A reason, a week."),
    Column("column", "#meta+column", "string", "Which count it is."),
    Column("count", "#indicator+count", "string", "The count."),
)


def overrides(tables: Sequence[Table], day: str, at: str) -> Sheet:
    """How often plans were overridden, a row a number; no person is in it."""
    rows = (
        (table.title, row[0], column, cell)
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns[1:], row[1:], strict=True)
    )
    return Sheet("overrides", day, OVERRIDES, at, rows)


LATELY = (
    Column("hour", "#date+hour", "datetime", "The hour, as it begins (UTC); the last is not over."),
    Column("came", "#affected+came", "integer", "Persons taken in, less who was counted before."),
    Column("moved_in", "#affected+moved", "integer", "Persons who came under the roof of a site."),
)


def lately(seen: Mapping[str, Any], day: str, at: str) -> Sheet:
    """Who came and who moved in, a row an hour."""
    rows = ((one["hour"], one["came"], one["moved_in"]) for one in seen["hours"])
    return Sheet("lately", day, LATELY, at, rows)


LINES = (
    Column("plan", "#meta+plan", "string", "The plan."),
    Column("day", "#date+day", "date", "The day it is for."),
    Column("case", "#meta+case", "string", "The code of the case."),
    Column("persons", "#affected+persons", "integer", "Persons of the household."),
    Column("site", "#loc+code", "string", "Where it is placed; empty for nowhere."),
    Column("region", "#adm1+code", "string", "ISO 3166-2."),
    Column("decided", "#meta+decided", "string", "Which kind of limit decided."),
    Column("second", "#loc+second", "string", "The other site that would serve best."),
    Column("against", "#meta+against", "string", "What stands against that one, as a code."),
    Column("flags", "#meta+flags", "string", "What somebody must look at."),
    Column("approved", "#status+approved", "boolean", "Whether this line was approved."),
    Column("now", "#status+case", "string", "The state of the case."),
)


def plan(seen: Mapping[str, Any]) -> Sheet:
    """A plan line by line, as whoever reviews it sees it; the reason by its codes alone."""
    return Sheet(
        "plan",
        seen["plan"],
        LINES,
        seen["at_now"],
        (_of_line(seen, line) for line in seen["lines"]),
    )


def _of_line(seen: Mapping[str, Any], line: Mapping[str, Any]) -> tuple[Any, ...]:
    reason = line["reason"]
    best = reason.best if reason else None
    return (
        seen["plan"], seen["day"], line["case"], line["persons"], line["site"], line["region"],
        reason.decided if reason else None, best.site if best else None,
        best.code if best and best.code != "avoid" else None,
        ", ".join(line["flags"]), line["approved"], line["now"],
    )  # fmt: skip
