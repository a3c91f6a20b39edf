"""What the numbers of a comparison show, in sentences worked out from them."""

from __future__ import annotations

from collections.abc import Sequence

from partage.packs.pack import Pack
from partage.report.measures import Measures
from partage.report.owed import Memory, Owed


def what_numbers_show(
    measures: Sequence[Measures],
    owed: Sequence[Owed],
    ways: Sequence[Memory],
    pack: Pack,
    home: str,
) -> list[str]:
    """Sentences for whoever reads no table; ``home`` is the region of the entry point."""
    said = [_who_stays(m, pack, home) for m in measures]
    for m in measures:
        said += _nobody_to_give(m, pack)
    said += _wishes(measures)
    return said + _more_than_its_share(owed, pack) + _remembered(owed, ways, pack)


def _who_stays(m: Measures, pack: Pack, home: str) -> str:
    here = sum(row.placed for row in m.regions if row.region == home)
    most = max(m.regions, key=lambda row: row.placed, default=None)
    name = pack.region(home).name_en
    sentence = (
        f"Under '{m.policy}' {m.placed:,} of {m.persons:,} persons have a place, {here:,} of them in "
        f"{name}; {m.unplaced:,} have none and keep the roof they have, {m.outside:,} are with an officer"
    )
    if most is not None and most.placed:
        sentence += f"; most go to {pack.region(most.region).name_en} ({most.placed:,})"
    return sentence + "."


def _nobody_to_give(m: Measures, pack: Pack) -> list[str]:
    empty = [row for row in m.regions if row.due and not row.placed]
    if not empty:
        return []
    names = ", ".join(f"{pack.region(row.region).name_en} {row.due}" for row in empty)
    return [
        f"'{m.policy}' makes persons due to provinces that receive none of them ({names}): without "
        "their agreement and their sites there is no place to offer."
    ]


def _wishes(measures: Sequence[Measures]) -> list[str]:
    stated = [m for m in measures if m.wishes_stated]
    if len(stated) < 2:
        return []
    best, least = (pick(stated, key=lambda m: m.wishes_met) for pick in (max, min))
    if best.wishes_met == least.wishes_met:
        return []
    return [
        f"Of {best.wishes_stated:,} persons whose household stated a wish, '{best.policy}' meets it for "
        f"{best.wishes_met:,} and '{least.policy}' for {least.wishes_met:,}. Wishes are assumed here."
    ]


def _more_than_its_share(owed: Sequence[Owed], pack: Pack) -> list[str]:
    """For each region named, whether it did more than its share, by each way of counting."""
    said = []
    for region in dict.fromkeys(row.region for row in owed):
        own = [row for row in owed if row.region == region]
        parts = [_one_basis(row) for row in own]
        known = {row.more > 0 for row in own if row.more is not None}
        verdict = {
            frozenset({True}): "has received more than its population share by every count known",
            frozenset({False}): "has received less than its population share by every count known",
        }.get(
            frozenset(known), "has done more or less than its share, depending on what is counted"
        )
        said.append(f"{pack.region(region).name_en} {verdict}: {'; '.join(parts)}.")
    return said


def _remembered(owed: Sequence[Owed], ways: Sequence[Memory], pack: Pack) -> list[str]:
    """What a memory changes for each region that is spoken of."""
    said = []
    for region in dict.fromkeys(row.region for row in owed):
        parts = [f"{way.persons[region]:,} {way.name}" for way in ways if region in way.persons]
        if parts:
            name = pack.region(region).name_en
            said.append(f"Of {ways[0].total:,} persons {name} would be due {', '.join(parts)}.")
    return said


def _one_basis(row: Owed) -> str:
    if row.more is None or row.share is None or row.population is None:
        return f"{row.basis.name}, unknown"
    return (
        f"{row.basis.name}, {float(100 * row.share):.1f} % against {float(100 * row.population):.1f} % "
        f"of the population ({round(row.more):+,} persons)"
    )
