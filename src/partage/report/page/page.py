"""The comparison as a page: tables first, drawings beside them, notes on what everything rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from partage.packs.pack import Pack
from partage.report.differences import Differences, hidden
from partage.report.measures import Measures, RegionRow, SiteRow
from partage.report.page.charts import due_and_placed
from partage.report.page.maps import maps
from partage.report.page.words import Language, Voice


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as the template draws it: the first column are row headers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One heading of the notes, with sentences quoted as the data have them."""

    title: str
    lines: tuple[str, ...]


def plan_page(
    measures: Sequence[Measures],
    differences: Sequence[Differences],
    pack: Pack,
    language: Language,
    *,
    days: Sequence[str] = (),
    synthetic: bool = False,
) -> str:
    """One HTML file that sets the policies side by side; nothing in it is fetched or run."""
    from jinja2 import Environment, StrictUndefined

    say = Voice(language)
    names = {str(r.id): r.name_fr if say.french else r.name_en for r in pack.regions}
    sites = {str(s.id): s.name_fr if say.french else s.name_en for s in pack.sites}
    outlines, drawings = maps(measures, pack.shapes, names, say)
    template = resources.files("partage.report.page") / "plan.html.j2"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template.read_text("utf-8")).render(
        say=say,
        days=list(days),
        synthetic=synthetic,
        sibling="plan.html" if say.french else "plan.fr.html",
        summary=_summary(measures, say),
        provinces=_provinces(measures, names, say),
        chart=due_and_placed(measures, names, say),
        outlines=outlines,
        maps=drawings,
        policies=[m.policy for m in measures],
        map_twin=_map_twin(measures, names, say),
        sites=_sites(measures, sites, say),
        why=_why(measures, say),
        differences=[t for d in differences for t in _differences(d, names, say)],
        notes=_notes(measures, say),
    )


def _summary(measures: Sequence[Measures], say: Voice) -> PageTable:
    rows = [
        (say("persons"), *(say.number(m.persons) for m in measures)),
        (say("placed"), *(say.number(m.placed) for m in measures)),
        (say("unplaced"), *(say.number(m.unplaced) for m in measures)),
        (say("outside"), *(say.number(m.outside) for m in measures)),
        (say("wishes"), *(say.of(m.wishes_met, m.wishes_stated) for m in measures)),
        (say("language"), *(say.of(m.language_met, m.language_asked) for m in measures)),
        (say("linked"), *(_linked(m, say) for m in measures)),
        (say("longest"), *(_km(m.longest_km, say, say("none")) for m in measures)),
        (say("cost"), *(say.dollars(m.cost_per_day) for m in measures)),
        (say("declines"), *(_declines(m, say) for m in measures)),
        (say("mechanism"), *(m.mechanism for m in measures)),
        (say("proven"), *(say("yes" if m.proven else "not_claimed") for m in measures)),
        (say("kind"), *(f"{say(m.kind)}, {m.version}" for m in measures)),
        (say("review"), *(m.review_on or say("no_date") for m in measures)),
    ]
    return PageTable(say("summary"), ("", *(m.policy for m in measures)), tuple(rows))


def _linked(m: Measures, say: Voice) -> str:
    return f"{say.number(m.linked_together)} ({say.number(m.linked_near)}) / {say.number(m.linked_groups)}"


def _km(km: int | None, say: Voice, missing: str) -> str:
    return missing if km is None else f"{say.number(km)} km"


def _declines(m: Measures, say: Voice) -> str:
    return say("unknown") if m.declines is None else say.tenth(m.declines)


def _provinces(measures: Sequence[Measures], names: dict[str, str], say: Voice) -> PageTable:
    rows = []
    for region in _regions(measures):
        cells = []
        for m in measures:
            row = next((r for r in m.regions if r.region == region), RegionRow(region, None, 0))
            keyed = any(r.due is not None for r in m.regions)
            due = say("no_key") if not keyed else "–" if row.due is None else say.number(row.due)
            cells.append(f"{say.number(row.placed)} ({due})")
        rows.append((names[region], *cells))
    head = (say("province"), *(f"{m.policy}: {say('due_placed')}" for m in measures))
    return PageTable(say("provinces"), head, tuple(rows), (say("no_part"),))


def _regions(measures: Sequence[Measures]) -> list[str]:
    return sorted({row.region for m in measures for row in m.regions})


def _map_twin(measures: Sequence[Measures], names: dict[str, str], say: Voice) -> PageTable:
    rows = tuple(
        (
            names[region],
            *(say.number(sum(r.placed for r in m.regions if r.region == region)) for m in measures),
        )
        for region in _regions(measures)
    )
    return PageTable(say("map_twin"), (say("province"), *(m.policy for m in measures)), rows)


def _sites(measures: Sequence[Measures], names: dict[str, str], say: Voice) -> PageTable:
    rows = []
    for site in sorted({row.site for m in measures for row in m.sites}):
        found = {m.policy: r for m in measures for r in m.sites if r.site == site}
        one = next(iter(found.values()))
        agreed = say("unknown") if one.agreed is None else say.number(one.agreed)
        cells = [_at_site(found.get(m.policy), say) for m in measures]
        rows.append((names.get(site, site), agreed, _km(one.km, say, say("unknown")), *cells))
    head = (say("site"), say("places"), say("ride"), *(m.policy for m in measures))
    return PageTable(say("sites"), head, tuple(rows))


def _at_site(row: SiteRow | None, say: Voice) -> str:
    if row is None:
        return say.number(0)
    over = row.agreed is not None and row.load > row.agreed
    return say.number(row.placed) + (f" ({say('over')})" if over else "")


def _why(measures: Sequence[Measures], say: Voice) -> PageTable:
    codes = sorted({code for m in measures for code, _ in m.why_unplaced})
    rows = tuple(
        (say(f"why.{code}"), *(say.number(dict(m.why_unplaced).get(code, 0)) for m in measures))
        for code in codes
    )
    note = say("keep") if rows else say("nobody")
    return PageTable(say("why"), (say("reason"), *(m.policy for m in measures)), rows, (note,))


def _differences(d: Differences, names: dict[str, str], say: Voice) -> list[PageTable]:
    title = f"{d.before} → {d.after}"
    groups = tuple(
        (
            say(g.group),
            *(
                _hidden(n, say)
                for n in (g.households, g.otherwise, g.other_region, g.loses_place, g.gains_place)
            ),
        )
        for g in d.groups
    )
    head = tuple(say(w) for w in ("group", "all", "otherwise", "other_region", "loses", "gains"))
    moves = tuple(
        (names.get(a, say("no_place")), names.get(b, say("no_place")), _hidden(n, say))
        for a, b, n in d.moves
    )
    return [
        PageTable(f"{say('differs')}: {title}", head, groups, (say("hidden"),)),
        PageTable(
            f"{say('before_after')}: {title}", (say("before"), say("after"), say("all")), moves
        ),
    ]


def _hidden(number: int, say: Voice) -> str:
    shown = hidden(number)
    return shown if not shown.replace(",", "").isdigit() else say.number(number)


def _notes(measures: Sequence[Measures], say: Voice) -> list[Note]:
    notes = [
        Note(say("keys"), tuple(f"{m.policy}: {key}" for m in measures for key in m.keys)),
        Note(say("triggers"), tuple(f"{m.policy}: {t}" for m in measures for t in m.triggers)),
        Note(say("costs"), tuple(dict.fromkeys(c for m in measures for c in m.cost_notes))),
        Note(
            say("decline"),
            tuple(f"{m.policy}: {m.decline_asked}, {m.decline_note}" for m in measures),
        ),
        Note(
            say("assumptions"), tuple(f"{m.policy}: {a}" for m in measures for a in m.assumptions)
        ),
    ]
    return [note for note in notes if note.lines]
