"""History as the test, as tables and as data: bands, what happened, misses, and what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from partage.report.hindsight_words import WORDS
from partage.report.page.words import NBSP
from partage.report.simulated_words import Words
from partage.report.table import Table
from partage.simulate.history import History, Scored, Verdict
from partage.simulate.reading import Read

ENGLISH = Words("en")
HEADS = ("", "low", "middle", "high", "happened", "", "narrow")


def tables(done: History, say: Words = ENGLISH) -> list[Table]:
    """Every table of the test, in the order in which one reads them."""
    told = _Told(say)
    out = [told.verdicts(done), told.beside(done), told.learned(done)]
    out += [told.rehearsal(done), told.read(done.foretold.rows + done.truth)]
    for one in done.scored:
        out += [told.scored(one), told.parameters(one), told.read(one.rows)]
    return out


def as_data(done: History) -> dict[str, Any]:
    """The same as plain JSON."""
    told = done.foretold
    return {
        "hindcast": told.hindcast.id,
        "until": str(told.hindcast.until),
        "free_parameters": len(told.learned) + told.mixes,
        "observations": len(told.counts),
        "bands": [_verdict(v) for v in done.verdicts],
        "bands_with_other_priors": [_verdict(v) for v in done.verdicts_beside],
        "learned": [
            {
                "name": one.prior.name, "least": one.prior.least, "most": one.prior.most,
                "shape": one.prior.shape, "low": one.low, "middle": one.middle, "high": one.high,
                "source": one.prior.origin.source, "assumption": one.prior.origin.assumption,
            }
            for one in told.learned
        ],
        "read": [_row(r) for r in (*told.rows, *done.truth)],
        "rehearsed": {
            "counts": [
                {**asdict(one.said), "published": one.published, "holds": one.holds}
                for one in done.recounted
            ],
            "level": asdict(done.level),
        },
        "scored": [
            {
                "scenario": one.scenario.id,
                "bands": [_verdict(v) for v in one.verdicts],
                "parameters": [{"name": n, "observations": k} for n, k in one.parameters],
                "rehearsed": [{"stream": n, **asdict(found)} for n, found in one.rehearsed],
                "apart": [
                    {
                        "causes": [a.one, a.other], "streams": list(a.streams),
                        "months_known": a.known, "months_scored": a.scored,
                    }
                    for a in one.apart
                ],
                "read": [_row(r) for r in one.rows],
            }
            for one in done.scored
        ],
    }  # fmt: skip


def _row(read: Read) -> dict[str, str]:
    return {"table": read.table, "day": str(read.day), "what": read.what, "for": read.use}


def _verdict(one: Verdict) -> dict[str, Any]:
    return {
        "what": one.said.what, "low": one.said.low, "middle": one.said.middle, "high": one.said.high,
        "published": one.published, "holds": one.holds, "narrow": one.narrow,
        "error": one.said.error, "close": one.close,
    }  # fmt: skip


def _missed(verdicts: Sequence[Verdict]) -> int:
    return sum(not v.holds for v in verdicts)


class _Told:
    """The tables in one language."""

    def __init__(self, say: Words) -> None:
        self.french, self.number = say.french, say.voice.number
        self.thousands = NBSP if say.french else ","

    def say(self, key: str, **values: object) -> str:
        """A word or a sentence, with its values."""
        said = WORDS[key][self.french].format(**values)
        if self.french:
            for sign in (":", ";", "?", "!", "%", "»"):
                said = said.replace(f" {sign}", f"{NBSP}{sign}")
            said = said.replace("« ", f"«{NBSP}")
        return said

    def _table(
        self, title: str, columns: Sequence[str], rows: Sequence[tuple[str | int, ...]],
        notes: Sequence[str] = (),
    ) -> Table:  # fmt: skip
        heads = tuple(self.say(c) if c else "" for c in columns)
        return Table(title, heads, tuple(rows), tuple(notes), thousands=self.thousands)

    def _span(self, low: float, high: float, shape: str) -> str:
        ends = [f"{x:{shape}}" for x in (low, high)]
        if self.french:
            ends = [end.replace(".", ",") for end in ends]
        return self.say("to", low=ends[0], high=ends[1])

    def _lines(self, verdicts: Sequence[Verdict]) -> tuple[tuple[str | int, ...], ...]:
        return tuple(
            (
                self.say("offer") if v.said.what == "offer to all" else v.said.what, v.said.low,
                v.said.middle, v.said.high, v.published, self._held(v),
                self.say("yes" if v.narrow else "wide"),
            )
            for v in verdicts
        )  # fmt: skip

    def _held(self, verdict: Verdict) -> str:
        said = self.say("holds" if verdict.holds else "miss")
        return self.say("nearly", said=said) if verdict.close else said

    def verdicts(self, done: History) -> Table:
        """What was said, and what happened."""
        told = done.foretold
        made = told.hindcast
        cities = ", ".join(city for city in made.cities if city not in made.starts)
        notes = (
            self.say("moved", day=made.predicts, given=told.given, first=made.without[0],
                     last=made.without[1]),
            self.say("free", free=len(told.learned) + told.mixes, counts=len(told.counts)),
            self.say("no-count", cities=cities),
            self.say("missed-of", missed=_missed(done.verdicts), all=len(done.verdicts)),
            self._ends(done.verdicts),
        )  # fmt: skip
        title = self.say("foretold", id=made.id, day=made.until)
        return self._table(title, HEADS, self._lines(done.verdicts), notes)

    def _ends(self, verdicts: Sequence[Verdict]) -> str:
        """How far the ends of the bands would move with another seed."""
        return self.say("ends", error=self.number(max(v.said.error for v in verdicts)))

    def rehearsal(self, done: History) -> Table:
        """What was known by the cut, foretold from what was known before it."""
        rows = [
            (
                one.said.what, one.said.low, one.said.middle, one.said.high, one.published,
                self.say("holds" if one.holds else "miss"),
            )
            for one in done.recounted
        ]  # fmt: skip
        level = done.level
        notes = (
            self.say("one-count", n=len(rows)),
            self.say("level-before", held=level.held, tried=level.tried),
        )
        return self._table(
            self.say("rehearsal", day=done.foretold.hindcast.until), HEADS[:-1], rows, notes
        )

    def beside(self, done: History) -> Table:
        """The same with another shape of the priors that name one."""
        other = [
            self.say("in-place", name=p.name, other=self.say(p.instead), shape=self.say(p.shape))
            for p in done.foretold.hindcast.priors.values()
            if p.instead
        ]
        return self._table(
            self.say("beside", other="; ".join(other)), HEADS, self._lines(done.verdicts_beside)
        )

    def learned(self, done: History) -> Table:
        """Every free parameter beside what was stated, and the counts they were learned from."""
        told = done.foretold
        rows = tuple(
            (
                one.prior.name, self.say(one.prior.shape),
                self._span(one.prior.least, one.prior.most, "g"), self._span(one.low, one.high, ".3g"),
            )
            for one in told.learned
        )  # fmt: skip
        counts = [
            self.say("count", day=r.day, place=r.place, n=self.number(int(r.value)), grade=r.origin.grade)
            for r in told.counts
        ]  # fmt: skip
        notes = (
            self.say("and-mix", n=told.mixes, counts="; ".join(counts)),
            *(self.say("aside", day=r.day, place=r.place, n=r.value) for r in told.set_aside),
            self.say("months-read", n=told.months, draws=self.number(round(told.draws))),
        )
        columns = ("parameter", "spread", "stated", "after")
        return self._table(self.say("free-title"), columns, rows, notes)

    def read(self, rows: Sequence[Read]) -> Table:
        """How many rows of which table were read, and of which days."""
        found: Counter[tuple[str, str]] = Counter((r.use, r.table) for r in rows)
        lines = []
        for (use, table), number in sorted(found.items()):
            days = [r.day for r in rows if (r.use, r.table) == (use, table)]
            lines.append((self.say(use), table, number, str(min(days)), str(max(days))))
        columns = ("for", "table", "rows", "first-day", "last-day")
        return self._table(self.say("rows-read"), columns, lines, (self.say("each-row"),))

    def scored(self, one: Scored) -> Table:
        """A scenario that may know nothing after a day, and what happened."""
        scenario = one.scenario
        apart = [
            self.say("not-apart", one=a.one, other=a.other, streams=", ".join(a.streams),
                     known=a.known, scored=a.scored)
            for a in one.apart if not a.told
        ]  # fmt: skip
        notes = (
            self.say("claims", first=scenario.first_day, last=scenario.last_day),
            *apart,
            self.say("missed-few", missed=_missed(one.verdicts), all=len(one.verdicts)),
            self._ends(one.verdicts),
        )
        title = self.say("from-known", id=scenario.id, day=scenario.nothing_after)
        return self._table(title, HEADS, self._lines(one.verdicts), notes)

    def parameters(self, one: Scored) -> Table:
        """Each free parameter, what speaks of it, and how its band did on what was known by then."""
        blind = [name for name, seen in one.parameters if seen == 0]
        before = {f"level of {stream}": found for stream, found in one.rehearsed}
        rows: list[tuple[str | int, ...]] = []
        for name, seen in one.parameters:
            found = before.get(name)
            if found is None:
                rows.append((name, seen, "", ""))
                continue
            said = self.say("level-of", stream=name.removeprefix("level of "))
            held = self.say("of", n=found.held, all=found.tried)
            rows.append((said, found.tried, str(found.apart), held))
        held, tried = (sum(getattr(f, n) for f in before.values()) for n in ("held", "tried"))
        notes = [self.say("windows", held=held, tried=tried)]
        notes += [self.say("judgement", names=", ".join(blind))] if blind else []
        title = self.say("parameters", id=one.scenario.id, n=len(one.parameters))
        return self._table(title, ("parameter", "months", "apart", "rehearsed"), rows, notes)
