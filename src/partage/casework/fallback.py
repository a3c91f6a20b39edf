"""A fallback place whose agreement ends is held elsewhere: it lives as long as the offer does."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from partage.casework.acts import Acts, Row, add_units, case_draft, site_draft, times
from partage.casework.correct import freed
from partage.casework.offer import PlaceGone, fallback_for
from partage.casework.survey import PlaceRows
from partage.core.findings import Finding
from partage.core.household import Need
from partage.core.policy import Policy
from partage.ledger.facts import Draft
from partage.packs.loader import Pack

FACTS = {
    "offered": "withdraw:fallback",
    "bound": "withdraw:fallback-bound",
    "kept": "withdraw:fallback-kept",
}


class Held(NamedTuple):
    """A household with a fallback place that ends, and the policy that its offer rests on."""

    row: Row
    need: Need
    policy: Policy


def move_fallbacks(
    held: Mapping[str, Held], gone: Collection[str], places: PlaceRows, pack: Pack, *, day: str
) -> Acts:
    """The fallback places at the sites in ``gone`` held at others; nobody is left between two chairs.

    Where no other can be held: an offer that is not answered is taken back, and its household waits
    again with the roof it has, because nobody is asked without a fallback; one that has accepted or
    declined keeps what is written, and a fault says that somebody must find a place.
    """
    now: dict[str, Any] = copy.deepcopy(dict(places))
    for site in gone:
        now.setdefault(site, {})["consents"] = []
    drafts: list[Draft] = []
    expect: dict[str, int] = {}
    findings: list[Finding] = []
    moved: dict[str, str] = {}
    reopened: list[str] = []
    for case, (row, need, policy) in sorted(held.items()):
        state, old = str(row["state"]), row["fallback"]
        offer = row.get("offer") or {"site": old["site"], "day": day}
        start = date.fromisoformat(max(day, offer["day"]))
        try:
            new, units = fallback_for(need, pack.site(offer["site"]), now, pack, policy, start)
        except PlaceGone as refusal:
            if state == "offered":
                none = {"approved": None, "offer": None, "fallback": None, "since": day}
                drafts += [case_draft("withdraw:reopened", case, row, day, none), *freed(row, day)]
                expect[f"case/{case}"] = int(row["version"])
                reopened.append(case)
            else:
                what = f"has its fallback place at {old['site']}, whose agreement ends"
                findings.append(Finding(f"case {case}", what, refusal.do, "fault"))
            continue
        change = {"fallback": {"site": new, "units": units}}
        drafts += [
            case_draft(FACTS[state], case, row, day, change),
            site_draft(
                "release", old["site"], day, {"held": times(old["units"], -1)}, fallback=True
            ),
            site_draft("hold", new, day, {"held": units}, fallback=True),
        ]
        add_units(now[new].setdefault("held", {}), units)
        region = pack.site(new).region
        expect |= {
            f"case/{case}": int(row["version"]),
            f"site/{new}": int(places[new].get("version", 0)),
            f"region/{region}": int(places.get(region, {}).get("version", 0)),
        }
        moved[case] = new
    data = {"fallbacks": moved, "reopened": reopened}
    return Acts(tuple(drafts), expect, findings=tuple(findings), data=data)
