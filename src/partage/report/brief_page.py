"""The brief as a document in one language, with its drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from partage.core.money import dollars
from partage.packs.pack import Pack
from partage.report.brief import Brief, Figure, Standing, shown
from partage.report.brief_charts import Bar, Plot, plot
from partage.report.brief_costs import Cost
from partage.report.brief_load import Load, named
from partage.report.brief_words import WORDS
from partage.report.document import Block, Cell, Document, Section
from partage.report.options import RUNS
from partage.report.page.words import NBSP, Language, Voice

DASH = "–"


def brief_document(
    brief: Brief, pack: Pack, language: Language, *, public: bool = False, sibling: str = ""
) -> Document:
    """The brief for a reader of that language; with ``public``, small numbers are hidden."""
    return _Writer(brief, pack, language, public).document(sibling)


def brief_plots(
    brief: Brief, pack: Pack, language: Language, *, public: bool = False
) -> tuple[Plot, ...]:
    """The plots of a brief, as files of their own or for a page."""
    return _Writer(brief, pack, language, public).plots()


class _Writer:
    def __init__(self, brief: Brief, pack: Pack, language: Language, public: bool) -> None:
        self.brief, self.pack, self.public = brief, pack, public
        self.voice = Voice(language)
        self.language: Language = language
        self._drawn: tuple[Plot, ...] | None = None

    def say(self, key: str, *parts: str, **named: str) -> str:
        """The words, with their parts, spaced as French asks."""
        text = WORDS[key][self.voice.french].format(*parts, **named)
        for sign in ":?!»" if self.voice.french else "":
            text = text.replace(f" {sign}", f"{NBSP}{sign}")
        return text.replace("« ", f"«{NBSP}") if self.voice.french else text

    def number(self, value: int, *, exact: bool = False) -> str:
        """A number as this copy shows it."""
        seen = shown(value, public=self.public, exact=exact)
        return DASH if seen is None else self.voice.number(seen)

    def name(self, place: str) -> str:
        """A province or a city, in words."""
        for region in self.pack.regions:
            if str(region.id) == place:
                return region.name_fr if self.voice.french else region.name_en
        for city in self.pack.cities:
            if city.id == place:
                return city.name_fr if self.voice.french else city.name_en
        return place

    def party(self, id_: str) -> str:
        """A government, in words."""
        return self.say("ottawa") if id_ == "CA" else self.name(id_)

    def document(self, sibling: str) -> Document:
        """All sections, in the order in which a minister's office reads."""
        brief = self.brief
        whom = self.say(brief.to, self.name(brief.scope)) if brief.scope else self.say("federal")
        day = self.voice.day(str(brief.day))
        sections = (
            Section(self.say("issue"), (Block("para", self.say("issue_text", brief.policy)),
                                        *self._labels())),
            Section(self.say("status"), (Block("para", self._status(day)),)),
            Section(self.say("figures"), (self._figures(),)),
            Section(self.say("shares"), (*(Block("drawing", p.says, svg=p.svg) for p in self.plots()),
                                         self._shares(), self._load(),
                                         Block("note", self.say("refs", day=str(brief.day))))),
            *self._before(),
            *self._ahead(),
            *self._options(),
            *self._costs(),
            Section(self.say("hands"), (Block("para", self._hands_text()), self._hands())),
            Section(self.say("asks"), (self._asks(),)),
            Section(self.say("unknown"), (Block("list", items=tuple(
                self.say(f"unknown.{key}") for key in brief.unknown)),)),
            Section(self.say("next"), (Block("list", items=self._next()),
                                       Block("note", self.say("method")), *self._assumed())),
        )  # fmt: skip
        number, seal = brief.head
        footer = self.say(
            "footer", self.voice.number(number), seal[:23] + "…", brief.policy_mark[:23] + "…"
        )
        return Document(self.language, self.say("title", whom), self.say("kind", day), sections, footer,
                        sibling, self.say("other"))  # fmt: skip

    def _labels(self) -> list[Block]:
        said = [self.say("synthetic")] if self.brief.synthetic else []
        said += [self.say("public")] if self.public else []
        return [Block("note", text) for text in said]

    def _status(self, day: str) -> str:
        found = {f.id: self.number(f.value, exact=f.exact) for f in self.brief.figures}
        return self.say("status_text", day=day, hosted=found["hosted"], waiting=found["waiting"],
                        lost=found["not-found"])  # fmt: skip

    def _figures(self) -> Block:
        rows = tuple(
            (Cell(self.say(f.id)), Cell(self.number(f.value, exact=f.exact), f.ref),
             Cell(self._change(f)), Cell(self.say(f"{f.id}.means")), Cell(f.ref))
            for f in self.brief.figures
        )  # fmt: skip
        return Block(
            "table",
            self.say("figures_caption"),
            columns=tuple(self.say(k) for k in ("figure", "number", "change", "definition", "ref")),
            rows=rows,
        )

    def _change(self, figure: Figure) -> str:
        if figure.earlier is None:
            return self.say("no_earlier")
        change = figure.value - figure.earlier
        if (
            self.public
            and not figure.exact
            and (shown(abs(change), public=True) is None or figure.value <= 5)
        ):
            return self.say("hidden_change")
        size = abs(change) if figure.exact else (shown(abs(change), public=self.public) or 0)
        sign = "+" if change > 0 else "−" if change < 0 else "±"
        said, day = f"{sign}{self.voice.number(size)}", self.voice.day(figure.earlier_day)
        if figure.earlier_ledger:
            return self.say("since", said, day)
        return self.say("since_published", said, day, self.number(figure.earlier))

    def _shares(self) -> Block:
        day = self.brief.day
        rows = tuple(
            (Cell(self.name(s.region)), self._maybe(s.due, f"due/{day}/{s.region}", "none"),
             Cell(self.number(s.hosted), f"night/{day}/hosted/{s.region}"),
             self._maybe(s.agreed, f"agreed/{day}/{s.region}", "unknown_n"),
             Cell(self._carried(s), "" if self._carried(s) == DASH else f"carried/{day}/{s.region}"))
            for s in self.brief.standings
        )  # fmt: skip
        columns = tuple(self.say(k) for k in ("region", "due", "given", "agreed", "carried"))
        return Block("table", self.say("shares_caption"), columns=columns, rows=rows)

    def _maybe(self, value: int | None, ref: str, otherwise: str) -> Cell:
        return Cell(self.say(otherwise)) if value is None else Cell(self.number(value), ref)

    def _load(self) -> Block:
        """Units in use over units agreed, and how long places for persons last."""
        brief = self.brief
        rows = [
            (Cell(self.service(one.service)), Cell(self.number(one.used), one.ref),
             Cell(self.number(one.agreed), one.agreed_ref), Cell(self._percent(one)))
            for one in brief.loads
        ]  # fmt: skip
        columns = tuple(self.say(k) for k in ("service", "used", "units", "percent"))
        days = brief.full.days
        full = (
            Cell(self.say("no_pace")) if days is None else Cell(self.number(days), brief.full.ref)
        )
        rows.append((Cell(self.say("full")), full, Cell(""), Cell(self.say("full.means"))))
        return Block("table", self.say("load_caption"), columns=columns, rows=tuple(rows))

    def _percent(self, one: Load) -> str:
        if self.public or not one.agreed:
            return DASH
        return f"{self.voice.number(100 * one.used // one.agreed)}{NBSP}%"

    def service(self, id_: str) -> str:
        """A service, in words."""
        return named(self.pack.services, id_, french=self.voice.french)

    def plots(self) -> tuple[Plot, ...]:
        """The drawings of this copy, in their order."""
        if self._drawn is None:
            self._drawn = tuple(
                plot(id_, self.say(f"plot.{id_}"), bars)
                for id_, bars in (
                    ("shares", [self._share_bar(s) for s in self.brief.standings]),
                    ("load", [self._load_bar(one) for one in self.brief.loads]),
                    ("costs", [] if self.public else self._cost_bars()),
                )
                if bars
            )
        return self._drawn

    def _share_bar(self, s: Standing) -> Bar:
        given, due, agreed = (self._seen(n) for n in (s.hosted, s.due, s.agreed))
        said = [self.number(s.hosted), *(DASH if n is None else self.number(n) for n in (s.due, s.agreed)),
                self._carried(s)]  # fmt: skip
        said_of = self.voice.headed(self.name(s.region), " / ".join(said))
        return Bar(said_of, given, due, agreed)

    def _carried(self, s: Standing) -> str:
        if s.carried is None or self.public:
            return DASH
        return self.voice.tenth(s.carried).replace("-", "−")

    def _load_bar(self, one: Load) -> Bar:
        said = f"{self.number(one.used)} / {self.number(one.agreed)}"
        return Bar(
            self.voice.headed(self.service(one.service), said),
            self._seen(one.used), None, self._seen(one.agreed),
        )  # fmt: skip

    def _cost_bars(self) -> list[Bar]:
        bars = []
        for cost in self.brief.costs:
            if cost.party and cost.value:
                who = ", ".join(self.party(id_) for id_ in cost.party.split(" "))
                said = f"{self.say(f'bears.{cost.id}')}, {dollars(cost.value, self.language)}"
                kind = "other" if cost.id == "borne" else ""
                bars.append(Bar(self.voice.headed(who, said), cost.value, of=kind))
        return bars

    def _seen(self, value: int | None) -> int | None:
        return None if value is None else shown(value, public=self.public)

    def _before(self) -> tuple[Section, ...]:
        if not self.brief.published:
            return ()
        rows = tuple(
            (Cell(self.voice.day(p.day)), Cell(p.place), Cell(self._published(p.value, p.unit), p.ref),
             Cell(p.definition), Cell(self.say("not_ledger")), Cell(p.ref))
            for p in self.brief.published
        )  # fmt: skip
        columns = tuple(
            self.say(k) for k in ("on", "where", "number", "definition", "origin", "ref")
        )
        return (Section(self.say("before"), (
            Block("table", self.say("before_caption"), columns=columns, rows=rows),)),)  # fmt: skip

    def _ahead(self) -> tuple[Section, ...]:
        if not self.brief.ahead:
            return ()
        rows = tuple(
            (Cell(self._series(a.series)), Cell(a.month), Cell(self.voice.number(a.middle), a.ref),
             Cell(self.say("from_to", self.voice.number(a.low), self.voice.number(a.high))), Cell(a.ref))
            for a in self.brief.ahead
        )  # fmt: skip
        columns = tuple(self.say(k) for k in ("series", "month", "middle", "likely", "ref"))
        return (
            Section(self.say("ahead"), (
                Block("table", self.say("ahead_caption"), columns=columns, rows=rows),
                Block("note", self.say("ahead_note")),
            )),
        )  # fmt: skip

    def _costs(self) -> tuple[Section, ...]:
        """The draft of the month; not on public copies, where an amount would tell a small number."""
        if not self.brief.costs or self.public:
            return ()
        rows = tuple(
            (Cell(self.say(c.id)), self._amount(c), Cell(self._origin(c)), Cell(c.ref))
            for c in self.brief.costs
        )
        columns = tuple(self.say(k) for k in ("costs", "number", "origin", "ref"))
        whose = self.name(self.brief.costs[0].ref.split("/")[2])
        caption = self.say("costs_caption", whose)
        return (Section(self.say("costs"), (Block("table", caption, columns=columns, rows=rows),)),)

    def _amount(self, cost: Cost) -> Cell:
        if cost.id == "left-out":
            return Cell(self.voice.number(cost.value), cost.ref)
        if not cost.value:
            return Cell(self.say("nothing"))
        return Cell(dollars(cost.value, self.language), cost.ref)

    def _origin(self, cost: Cost) -> str:
        if cost.published:
            return self.say("not_ledger")
        return self.say("ledger") if cost.value and cost.id != "left-out" else DASH

    def _options(self) -> tuple[Section, ...]:
        if not self.brief.options:
            return ()
        rows = tuple(
            (Cell(o.scenario), Cell(self.say(f"option.{o.measure}")),
             Cell(self.voice.number(o.middle), o.ref),
             Cell(self.say("from_to", self.voice.number(o.low), self.voice.number(o.high))), Cell(o.ref))
            for o in self.brief.options
        )  # fmt: skip
        columns = tuple(self.say(k) for k in ("scenario", "measure", "middle", "likely", "ref"))
        caption = self.say("options_caption", str(RUNS))
        return (
            Section(self.say("options"), (
                Block("table", caption, columns=columns, rows=rows),
                Block("note", self.say("options_note")),
            )),
        )  # fmt: skip

    def _series(self, id_: str) -> str:
        region, _, office = id_.partition("/")
        return f"{self.name(region)}, {self.say(f'office.{office}')}"

    def _published(self, value: str, unit: str) -> str:
        said = self.voice.number(int(value)) if value.isdigit() else value
        return f"{said}{NBSP}%" if unit == "percent" else said

    def _hands_text(self) -> str:
        found = {f.id: f for f in self.brief.hands}
        lines, over = found["lines"].value, found["overrides"].value
        rate = (
            f"{self.voice.tenth(Fraction(100 * over, lines))}{NBSP}%"
            if lines and not self.public
            else DASH
        )
        return self.say(
            "hands_text", rate=rate, **{k: self.number(f.value) for k, f in found.items()}
        )

    def _hands(self) -> Block:
        rows = tuple(
            (Cell(self.say(f.id)), Cell(self.number(f.value), f.ref), Cell(f.ref))
            for f in self.brief.hands
        )
        columns = tuple(self.say(k) for k in ("hands", "number", "ref"))
        return Block("table", self.say("hands_caption"), columns=columns, rows=rows)

    def _asks(self) -> Block:
        if not self.brief.asks:
            return Block("para", self.say("no_asks"))
        rows = tuple(self._ask(row) for row in self.brief.asks)
        columns = tuple(self.say(k) for k in ("ask", "on", "answer", "commitment", "kept", "ref"))
        return Block("table", self.say("asks_caption"), columns=columns, rows=rows)

    def _ask(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        answers: Sequence[Mapping[str, Any]] = row.get("answers", ())
        said = [
            f"{self.voice.day(a['on'])}{NBSP if self.voice.french else ''}: {self.say(a['answer'])}"
            + (f" ({text})" if (text := self._text(a, "said")) else "")
            for a in answers
        ]
        promises = [a for a in answers if a["promise"]]
        return (
            Cell(f"{self.party(row['by'])} → {self.party(row['to'])}. {self._text(row, 'text')}"),
            Cell(self.voice.day(row["asked_on"])),
            Cell("; ".join(said) or self.say("no_answer")),
            Cell(
                "; ".join(f"{a['promise']}, {self.voice.day(a['promised_by'])}" for a in promises)
                or DASH
            ),
            Cell("; ".join(self._kept(a) for a in promises) or DASH),
            Cell(f"ask/{row['ask']}"),
        )

    def _kept(self, answer: Mapping[str, Any]) -> str:
        if answer["kept"]:
            return f"{self.say(answer['kept'])}, {self.voice.day(answer['kept_on'])}"
        late = answer["promised_by"] < str(self.brief.day)
        return self.say("overdue" if late else "not_due")

    def _text(self, row: Mapping[str, Any], name: str) -> str:
        return str((self.voice.french and row.get(f"{name}_fr")) or row.get(name, ""))

    def _next(self) -> tuple[str, ...]:
        brief = self.brief
        lost = next(f.value for f in brief.figures if f.id == "not-found")
        said = [self.say("next_lost", self.voice.number(lost))] if lost else []
        if brief.review_on:
            said.append(self.say("next_review", brief.policy, self.voice.day(brief.review_on)))
        else:
            said.append(self.say("next_none"))
        return tuple(said)

    def _assumed(self) -> list[Block]:
        return [Block("note", self.say("assumed", text)) for text in self.brief.assumptions]
