"""``adopt``: the standing policy and its cut-off, proposed by one person and confirmed by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.names import same_person
from partage.core.policy import Policy
from partage.core.units import DAY_CLOSES_AT_HOUR, instant
from partage.ledger.facts import Draft

STANDING = "standing/policy"


def adopt(
    policy: Policy,
    cut_off: str,
    row: Row | None,
    *,
    actor: str,
    deputy_for: Sequence[str] = (),
    version: int,
    day: str,
) -> Acts:
    """The same words said by two people make a policy the standing one, with its cut-off.

    The first says what is proposed, the second, another person, confirms it to the letter. Refused:
    a policy that was never in force or is historical, a cut-off that is no time of day, and one
    person saying it twice, or a deputy for the one they stand in for.
    """
    if policy.kind == "historical":
        raise WrongState(
            f"'{policy.id}' is historical: it can be compared, never adopted.", "Choose another."
        )
    try:
        when = time.fromisoformat(cut_off)
    except ValueError:
        when = None
    if when is None or when.tzinfo:
        raise InputRefused(f"{shown(cut_off)} is not a time of day.", "Write it as 14:00.")
    said = {"policy": policy.id, "mark": policy.mark, "cut_off": when.isoformat("minutes")}
    before = dict(row or {})
    waiting = before.get("proposed")
    if before.get("in_force") == said:
        raise WrongState(f"'{policy.id}' is the standing policy already.", "Nothing to do.")
    if waiting and {k: waiting[k] for k in said} == said:
        if {*map(same_person, (actor, *deputy_for))} & hands_on(waiting):
            raise WrongState(
                "Whoever proposed a standing policy does not confirm it, nor a deputy for the one they "
                "stand in for.",
                "A second person does.",
            )
        matter: dict[str, Any] = {"state": "in-force", "in_force": said, "proposed": None}
    else:
        state = before.get("state", "proposed")
        hands = {"hands": [*deputy_for]} if deputy_for else {}
        matter = {"state": state, "proposed": {**said, "by": actor, **hands}}
    draft = Draft("adopt", STANDING, {"matter": matter}, day)
    confirmed = matter["proposed"] is None
    return Acts((draft,), {STANDING: version}, data={**said, "confirmed": confirmed})


def hands_on(proposed: Mapping[str, Any]) -> set[str]:
    """Who proposed a standing policy, and for whom as a deputy."""
    return {*map(same_person, (str(proposed["by"]), *proposed.get("hands", ())))}


def cut_off_instant(cut_off: str, day: str, zone: str) -> str:
    """The instant of the cut-off on an operational day, which lasts until 04:00 of the next one."""
    when, on = time.fromisoformat(cut_off), date.fromisoformat(day)
    if when.hour < DAY_CLOSES_AT_HOUR:
        on += timedelta(days=1)
    return instant(datetime.combine(on, when, ZoneInfo(zone)))
