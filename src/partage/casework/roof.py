"""``place --emergency``: a roof for one night on one officer's word, looked at again the next day.

The one exception to two persons and to the offer. Never across a region, never beyond what was
agreed for the night: a place is not promised twice, not at night either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from partage.casework.acts import Acts, Row, Units, case_draft, free_stay, past_of, site_draft
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.findings import Finding
from partage.core.names import same_person
from partage.core.steps import STATES, STEPS
from partage.core.streams import Stream
from partage.ledger.facts import Draft

WHY = ("no-roof", "site-closed", "unsafe", "weather", "illness", "late-arrival", "other")
OUTCOMES = ("upheld", "changed")
FACTS = frozenset(one.fact for one in STEPS)


def emergency_roof(
    case: str,
    row: Row,
    units: Units,
    site: str,
    free: Mapping[str, int],
    place: Row,
    *,
    why: str,
    others: Sequence[str],
    day: str,
    stream: Stream,
    deputy_for: Sequence[str] = (),
) -> Acts:
    """One household under a roof for the night of ``day``; its case goes on as it was.

    ``units`` are persons and rooms; ``free`` is what the site has for that night alone, ``others``
    the sites of the region that have room, for the refusal. The same site again renews the night.
    """
    if why not in WHY:
        raise InputRefused(f"{shown(why)} is not a reason.", f"Use one of: {', '.join(WHY)}.")
    state = str(row.get("state", ""))
    fact = "place:emergency" if state == "waiting" else f"place:emergency-{state}"
    if fact not in FACTS:
        raise WrongState(
            f"{case} is '{state}' ({STATES[state][0]}): a roof for a night is for people who are here.",
            "Who left and is back is registered again; who is on the road arrives with 'partage arrive'.",
        )
    old: Row | None = row.get("stay") or None
    again = old is not None and old["site"] == site
    short = [s for counts in units.values() for s, n in counts.items() if n > free.get(s, 0)]
    if short and not again:
        raise WrongState(
            f"{site} has no {short[0]} free for {case} tonight.",
            f"Room tonight: {', '.join(others)}."
            if others
            else "No site of the region has room tonight: ask its coordinator for places now.",
        )
    stay = old if again and old else {"site": site, "units": units}
    account = f"hosted@{site}"
    persons = int(row["persons"])
    moved = row["account"] != account
    moves = [{"from": row["account"], "to": account, "persons": persons}] if moved else []
    changes = {"account": account, "stay": {**stay, "night": day}, "since": day}
    if state == "hosted":
        changes["waits_since"] = day
    if not again:
        changes |= past_of(row)
    roof = f"U-{stream.child('roof-id', case, day).token(10)}"
    matter = {
        "state": "open", "case": case, "site": site, "night": day, "why": why, "persons": persons,
    }  # fmt: skip
    hands = {"hands": [*deputy_for]} if deputy_for else {}
    drafts = [
        case_draft(fact, case, row, day, changes, moves=moves, why=why, roof=roof),
        Draft("place", f"roof/{roof}", {"matter": matter, **hands}, day),
    ]
    if not again:
        drafts.append(site_draft("stay", site, day, {"occupied": dict(units["night"])}, roof=roof))
        drafts += free_stay(row, day)
    findings = []
    if state == "outside-engine":
        findings.append(
            Finding(
                f"case {case}",
                "is with an officer; a roof for the night changes nothing in that",
                "whoever protects them is told tonight",
                "warning",
            )
        )
    return Acts(
        tuple(drafts),
        {f"case/{case}": row["version"], f"site/{site}": int(place.get("version", 0))},
        findings=tuple(findings),
        data={"case": case, "site": site, "night": day, "roof": roof, "renewed": again},
    )


def review_roof(
    roof: str,
    row: Row,
    outcome: str,
    *,
    actor: str,
    deputy_for: Sequence[str] = (),
    hands: Collection[str],
    version: int,
    day: str,
) -> Acts:
    """A second person looks at the night's decision the next day; the household keeps its roof.

    ``hands`` are whose it was: the officer's, and those the officer stood in for.
    """
    if outcome not in OUTCOMES:
        raise InputRefused(
            f"{shown(outcome)} is not an outcome.", f"Use one of: {', '.join(OUTCOMES)}."
        )
    if row.get("state") != "open":
        raise WrongState(f"{roof} was looked at already.", "Nothing to do.")
    if {*map(same_person, (actor, *deputy_for))} & {*hands}:
        raise WrongState(
            "Whoever gave the roof does not look at it again, nor a deputy for the one they stand in for.",
            "A second person does.",
        )
    draft = Draft(
        "review", f"roof/{roof}", {"matter": {"state": outcome}, "case_id": row["case"]}, day
    )
    return Acts((draft,), {f"roof/{roof}": version}, data={"roof": roof, "outcome": outcome})
