"""``arrive`` of those who come otherwise than planned: to a fallback place, late, alone, or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partage.casework.acts import Acts, Row, Units, case_draft, free_stay, site_draft
from partage.casework.offer import free_offer
from partage.casework.travel import count_stay, free_fallback, hosted, stay_place
from partage.core.errors import InputRefused, WrongState
from partage.core.findings import Finding
from partage.ledger.facts import Draft


def arrive_at_fallback(case: str, row: Row, *, day: str) -> Acts:
    """A household that declined moves into the fallback place that was kept for it."""
    kept = row.get("fallback")
    there = hosted("arrive:fallback", case, row, kept, day)
    assert kept  # hosted refuses where nothing is held
    parts: dict[str, Units] = {}
    count_stay(parts, kept["units"], day)
    stay = site_draft("stay", kept["site"], day, stay_place(parts))
    data = {"case": case, "site": kept["site"]}
    return Acts((there, stay, *free_stay(row, day)), {f"case/{case}": row["version"]}, data=data)


def found(case: str, row: Row, *, day: str) -> Acts:
    """A household whose whereabouts were unknown is seen again at the entry point it came by; one that
    arrived without some of its persons is together again, where it is."""
    if row.get("missing"):
        fact = "arrive:whole" if row.get("state") == "hosted" else "arrive:whole-waiting"
        whole = case_draft(fact, case, row, day, {"missing": 0})
        data = {"case": case, "account": row["account"]}
        return Acts((whole,), {f"case/{case}": row["version"]}, data=data)
    waiting = f"waiting@{row['entry_point']}"
    move = {"from": row["account"], "to": waiting, "persons": row["persons"]}
    draft = case_draft(
        "arrive:found", case, row, day, {"account": waiting, "since": day}, moves=[move]
    )
    return Acts((draft,), {f"case/{case}": row["version"]}, data={"case": case, "account": waiting})


def arrive_late(
    case: str, row: Row, units: Units, site: str, free: Mapping[str, int], place: Row, *, day: str
) -> Acts:
    """A household that was not seen, or came by itself, turns up at a site with room, and stays."""
    short = [s for counts in units.values() for s, n in counts.items() if n > free.get(s, 0)]
    if short:
        raise WrongState(
            f"{site} has no {short[0]} free for {case}.",
            "Give it a roof for the night by hand and tell the placement office; with --found alone "
            "it waits for the next plan.",
        )
    parts: dict[str, Units] = {"stays": units}
    facts = {"unknown": "arrive:late", "outside-engine": "arrive:with-officer"}
    fact = facts.get(str(row.get("state")), "arrive:walk-in")
    there = hosted(fact, case, row, {"site": site, "units": units}, day)
    stay = site_draft("stay", site, day, stay_place(parts))
    expect = {f"case/{case}": row["version"], f"site/{site}": int(place.get("version", 0))}
    return Acts((there, stay, *free_stay(row, day)), expect, data={"case": case, "site": site})


def arrive_elsewhere(
    run: str,
    travelling: Mapping[str, Row],
    units: Mapping[str, Units],
    site: str,
    free: Mapping[str, int],
    place: Row,
    *,
    others: Sequence[str],
    only: Sequence[str] = (),
    day: str,
) -> Acts:
    """A run, or ``only`` some of it, is received at another site than the one they agreed to.

    ``free`` is what that site has tonight; where it is not enough for all of them nobody is put there,
    and the refusal names ``others`` of its region with room. They keep nothing elsewhere, and are
    asked whether they wish to stay.
    """
    on_road = len(travelling)
    unknown = sorted({*only} - set(travelling))
    if unknown:
        raise InputRefused(f"{', '.join(unknown)} is not on run {run}.", "Name cases on the road.")
    if only:
        travelling = {c: row for c, row in travelling.items() if c in only}
    if not travelling:
        raise WrongState(f"Nobody of run {run} is on the road.", "See 'partage survey'.")
    wanted: dict[str, int] = {}
    for case in travelling:
        for counts in units[case].values():
            for service, number in counts.items():
                wanted[service] = wanted.get(service, 0) + number
    check_room(site, wanted, free, others, f"for the {len(travelling)} household(s) of run {run}")
    drafts: list[Draft] = []
    findings = []
    for case, row in sorted(travelling.items()):
        planned = row["offer"]["site"]
        parts: dict[str, Units] = {"stays": units[case]}
        drafts += [
            hosted("arrive:elsewhere", case, row, {"site": site, "units": units[case]}, day),
            free_offer(row, day, sent=True),
            *free_fallback(row, day),
            *free_stay(row, day),
            site_draft("stay", site, day, stay_place(parts), run=run),
        ]
        what = f"was received at {site}; it had agreed to {planned}"
        do = "ask each adult if they wish to stay; if not, 'partage review CASE --ground not-asked'"
        findings.append(Finding(f"case {case}", what, do, "warning"))
    persons = sum(int(row["persons"]) for row in travelling.values())
    left = on_road - len(travelling)
    body = {
        "households": len(travelling), "persons": persons, "elsewhere": site, "still_on_road": left,
        "matter": {"state": "on-road" if left else "arrived"},
    }  # fmt: skip
    expect = {f"case/{case}": int(row["version"]) for case, row in travelling.items()}
    expect[f"site/{site}"] = int(place.get("version", 0))
    data = {
        "run": run, "site": site, "arrived": sorted(travelling), "persons": persons,
        "still_on_road": left,
    }  # fmt: skip
    first = Draft("arrive", f"run/{run}", body, day)
    return Acts((first, *drafts), expect, findings=tuple(findings), data=data)


def check_room(
    site: str, wanted: Mapping[str, int], free: Mapping[str, int], others: Sequence[str], whom: str
) -> None:
    """Refuse a site that has not what is wanted tonight; a place is never promised twice."""
    short = [s for s, number in sorted(wanted.items()) if number > free.get(s, 0)]
    if short:
        raise WrongState(
            f"{site} has no {short[0]} free {whom}.",
            f"Room tonight: {', '.join(others)}."
            if others
            else "No site of the region has room tonight: call the placement office now.",
        )
