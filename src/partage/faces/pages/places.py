"""Words of the command line about places, turned into nouns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, cast

from partage.core.errors import InputRefused, shown
from partage.core.situation import Agreement, Capacity, Origin, Terms
from partage.core.units import ServiceId, SiteId, operational_day, parse_day
from partage.office.office import Office


def quantities(words: Sequence[str]) -> dict[str, int]:
    """``SERVICE=NUMBER`` words as numbers by service."""
    out: dict[str, int] = {}
    for word in words:
        service, _, number = word.partition("=")
        try:
            out[service] = int(number[:12])
        except ValueError:
            raise InputRefused(f"{shown(word)} is not SERVICE=NUMBER.", "Write room=3.") from None
    return out


def agreement_from_words(
    office: Office,
    party: str,
    first: str | None,
    last: str | None,
    notice: int,
    ramp: int | None,
    services: Sequence[str],
    source: str,
) -> tuple[str, Agreement, list[Capacity]]:
    """An agreement and its capacity as said on the command line."""
    if not first or not last:
        raise InputRefused(
            "An agreement says from when to when.", "Give --from and --to, or use --from-pack."
        )
    if not source:
        raise InputRefused("An agreement names the document it rests on.", "Give it with --source.")
    who: str = party if "/" in party else office.pack.region_id(party)
    if party.count("/") == 2:
        who = office.pack.site(party).id
    elif services:
        raise InputRefused(
            f"{who} is no site: it consents, but its sites have the places.",
            "Give --service with a site.",
        )
    start, end = parse_day(first), parse_day(last)
    origin = Origin(source=source)
    agreement = Agreement(who, _today(office), start, end, notice, ramp, origin)
    capacity = [
        Capacity(SiteId(who), ServiceId(service), number, start, end, origin)
        for service, number in quantities(services).items()
    ]
    return who, agreement, capacity


def _today(office: Office) -> date:
    return operational_day(office.clock.now(), office.pack.entry_points[0].zone)


def terms_from_words(
    cap: int | None,
    ramp: int | None,
    closed: Sequence[str],
    conditions: Sequence[str],
    displacement: str,
    on_the_road: str,
    lifted: Sequence[str] = (),
) -> Terms | None:
    """What else a region or city said, or None if it said nothing else."""
    seasons = []
    for word in closed:
        first, dots, last = word.partition("..")
        if not dots:
            raise InputRefused(f"{shown(word)} is not a season.", "Write 05-15..09-30.")
        seasons.append((first.strip(), last.strip()))
    if on_the_road not in ("receive", "return", ""):
        raise InputRefused(f"{shown(on_the_road)} is no answer.", "Use receive or return.")
    road = cast(Literal["receive", "return", ""], on_the_road)
    terms = Terms(cap, ramp, tuple(seasons), tuple(conditions), displacement, road, tuple(lifted))
    return None if terms == Terms() else terms
