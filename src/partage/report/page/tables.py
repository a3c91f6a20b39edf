"""The tables of the page: every number as the language writes it, every unknown as a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from partage.report.differences import Differences
from partage.report.measures import Measures, RegionRow, SiteRow
from partage.report.page.words import Voice
from partage.report.shown import shown

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as the template draws it: the first ``heads`` columns are row headers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    heads: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """One heading of the notes, with sentences quoted as the data have them."""

    title: str
    lines: tuple[str, ...]


def summary(measures: Sequence[Measures], sites: Names, say: Voice) -> PageTable:
    """Every measure a row, every policy a column."""
    rows = [
        (say("persons"), *(say.number(m.persons) for m in measures)),
        (say("placed"), *(say.number(m.placed) for m in measures)),
        (say("unplaced"), *(say.number(m.unplaced) for m in measures)),
        (say("outside"), *(say.number(m.outside) for m in measures)),
        (say("wishes"), *(say.of(m.wishes_met, m.wishes_stated) for m in measures)),
        (say("language"), *(say.of(m.language_met, m.language_asked) for m in measures)),
        (say("linked"), *(_linked(m, say) for m in measures)),
        (say("longest"), *(_longest(m, sites, say) for m in measures)),
        (say("cost"), *(say.dollars(m.cost_per_day) for m in measures)),
        (say("asked"), *(_asked(m, say) for m in measures)),
        (say("declines"), *(_declines(m, say) for m in measures)),
        (say("mechanism"), *(say.mechanism(m.mechanism) for m in measures)),
        (say("proven"), *(say("yes" if m.proven else "not_claimed") for m in measures)),
        (say("kind"), *(f"{say(m.kind)}, {m.version}" for m in measures)),
        (
            say("review"),
            *(say.day(m.review_on) if m.review_on else say("no_date") for m in measures),
        ),
    ]
    head = (say("measure"), *(m.policy for m in measures))
    return PageTable(say("summary_caption"), head, tuple(rows), (say("basis"),))


def _linked(m: Measures, say: Voice) -> str:
    return " / ".join(say.number(n) for n in (m.linked_together, m.linked_near, m.linked_groups))


def _longest(m: Measures, sites: Names, say: Voice) -> str:
    if not m.longest_site:
        return say("none")
    name = sites.get(m.longest_site, m.longest_site)
    return f"{say('unknown') if m.longest_km is None else say.km(m.longest_km)} ({name})"


def _asked(m: Measures, say: Voice) -> str:
    return say("unknown") if m.declines is None else say.number(m.decline_asked)


def _declines(m: Measures, say: Voice) -> str:
    return say("unknown") if m.declines is None else say.tenth(m.declines)


def provinces(measures: Sequence[Measures], names: Names, say: Voice) -> PageTable:
    """Persons placed per province, with what is due in brackets."""
    rows = []
    for region in regions(measures, names):
        cells = []
        for m in measures:
            row = next((r for r in m.regions if r.region == region), RegionRow(region, None, 0))
            cells.append(f"{say.number(row.placed)} ({due(m, row, say)})")
        rows.append((names.get(region, region), *cells))
    head = (say("province"), *(say.headed(m.policy, say("due_placed")) for m in measures))
    return PageTable(say("provinces"), head, tuple(rows), (say("due_notes"),))


def due(m: Measures, row: RegionRow, say: Voice) -> str:
    """What is due, or why there is no such number: never 0 for none."""
    if row.due is not None:
        return say.number(row.due)
    return say("no_part" if any(r.due is not None for r in m.regions) else "no_key")


def regions(measures: Sequence[Measures], names: Names) -> list[str]:
    """The regions of any policy in the order of the alphabet, accents aside."""
    found = {row.region for m in measures for row in m.regions}
    return sorted(found, key=lambda region: (normalize("NFKD", names.get(region, region)), region))


def map_twin(measures: Sequence[Measures], names: Names, say: Voice) -> PageTable:
    """The numbers of the maps."""
    rows = tuple(
        (
            names.get(region, region),
            *(say.number(sum(r.placed for r in m.regions if r.region == region)) for m in measures),
        )
        for region in regions(measures, names)
    )
    return PageTable(say("map_twin"), (say("province"), *(m.policy for m in measures)), rows)


def sites(measures: Sequence[Measures], names: Names, say: Voice) -> PageTable:
    """Persons placed per site, against its places; more than agreed is said in words."""
    rows = []
    for site in sorted({row.site for m in measures for row in m.sites}):
        found = {m.policy: r for m in measures for r in m.sites if r.site == site}
        one = next(iter(found.values()))
        agreed = say("unknown") if one.agreed is None else say.number(one.agreed)
        ride = say("unknown") if one.km is None else say.km(one.km)
        cells = [_at_site(found.get(m.policy), say) for m in measures]
        rows.append((names.get(site, site), agreed, ride, *cells))
    head = (say("site"), say("places"), say("ride"), *(m.policy for m in measures))
    return PageTable(say("sites_caption"), head, tuple(rows))


def _at_site(row: SiteRow | None, say: Voice) -> str:
    if row is None:
        return say.number(0)
    over = row.agreed is not None and row.load > row.agreed
    said = f" ({say('over', say.number(row.load))})" if over else ""
    return say.number(row.placed) + said


def why(measures: Sequence[Measures], say: Voice) -> PageTable:
    """Persons without a place by what stood against it."""
    codes = sorted({code for m in measures for code, _ in m.why_unplaced})
    rows = tuple(
        (say(f"why.{code}"), *(say.number(dict(m.why_unplaced).get(code, 0)) for m in measures))
        for code in codes
    )
    note = say("keep") if rows else say("nobody")
    head = (say("reason"), *(m.policy for m in measures))
    return PageTable(say("why_caption"), head, rows, (note,))


def differs(d: Differences, names: Names, say: Voice) -> list[PageTable]:
    """For whom two policies differ, and where they were before and after; small counts hidden."""
    title, counts = f"{d.before} → {d.after}", shown(d)
    groups = tuple((say(name), *map(say.count, row)) for name, row in counts.groups)
    head = tuple(say(w) for w in ("group", "all", "otherwise", "other_region", "loses", "gains"))
    moves = tuple(
        (names.get(a, say("no_place")), names.get(b, say("no_place")), say.count(n))
        for a, b, n in counts.moves
    )
    columns = (say("before"), say("after"), say("all"))
    note = (say("hidden"),)
    return [
        PageTable(say.headed(say("differs_caption"), title), head, groups, note),
        PageTable(say.headed(say("before_after"), title), columns, moves, note, heads=2),
    ]


def notes(measures: Sequence[Measures], assumptions: Sequence[str], say: Voice) -> list[Note]:
    """What every number rests on, each sentence once, with the policies it belongs to."""
    found = [
        Note(say("keys"), _said([(m.policy, key) for m in measures for key in m.keys], say)),
        Note(say("triggers"), _said([(m.policy, t) for m in measures for t in m.triggers], say)),
        Note(say("costs"), _said([(m.policy, c) for m in measures for c in m.cost_notes], say)),
        Note(say("decline"), _said([(m.policy, m.decline_note) for m in measures], say)),
        Note(
            say("assumptions"),
            (
                *_said([(m.policy, a) for m in measures for a in m.assumptions], say),
                *(a for a in assumptions if not any(a in m.assumptions for m in measures)),
            ),
        ),
    ]
    return [note for note in found if note.lines]


def _said(pairs: Sequence[tuple[str, str]], say: Voice) -> tuple[str, ...]:
    """Each sentence once, after the policies that say it."""
    said: dict[str, list[str]] = {}
    for policy, sentence in pairs:
        if sentence:
            said.setdefault(sentence, []).append(policy)
    return tuple(say.headed(", ".join(dict.fromkeys(policies)), s) for s, policies in said.items())
