"""Policies in turn, as arrays: who may go where, who is asked, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from partage.core.findings import Finding
from partage.core.policy import Policy
from partage.core.scenario import ArrivalStream, PolicyTurn, Scenario
from partage.keys import shares_of
from partage.packs.pack import Pack
from partage.packs.periods import span

NOBODY, WILLING, EVERYBODY = range(3)
LOOKS_BACK = {"population-capped": "population", "history-corrected": "population"}
MONTHS_BACK = 12


@dataclass(slots=True)
class Turns:
    """What each policy means for the model."""

    turn: NDArray[np.int64]  # (D,)
    allowed: NDArray[np.bool_]  # (P, E, S)
    offer: NDArray[np.int64]  # (P, E)
    by_due: NDArray[np.bool_]  # (P,)
    due: NDArray[np.float64]  # (P, R)
    ceiling: NDArray[np.bool_]  # (P, R)
    counts_all: NDArray[np.bool_]  # (P,)
    before: NDArray[np.int64]  # (P, R)
    findings: list[Finding] = field(default_factory=list)


def turns(
    scenario: Scenario, pack: Pack, days: Sequence[date], regions: Sequence[str],
    site_regions: Sequence[str],
) -> Turns:  # fmt: skip
    """Each policy of the scenario on the streams, sites and regions at hand.

    Regions with places take part in a key over consenting regions. A key that looks back (claims of the
    last twelve months) is played as population shares of everybody who claims, those months included.
    """
    size = len(scenario.turns), len(scenario.arrivals), len(site_regions), len(regions)
    p, e, s, r = size
    out = Turns(
        turn=np.zeros(len(days), np.int64), allowed=np.zeros((p, e, s), bool),
        offer=np.zeros((p, e), np.int64), by_due=np.zeros(p, bool), due=np.zeros((p, r)),
        ceiling=np.zeros((p, r), bool), counts_all=np.zeros(p, bool),
        before=np.zeros((p, r), np.int64),
    )  # fmt: skip
    for n, turn in enumerate(scenario.turns):
        first = max(0, (turn.first_day - days[0]).days)
        out.turn[first:] = n
        policy = pack.policy(turn.policy)
        for m, stream in enumerate(scenario.arrivals):
            out.offer[n, m] = _asked(policy, turn, stream)
            for j, region in enumerate(site_regions):
                stays = out.offer[n, m] == WILLING and region == stream.region
                out.allowed[n, m, j] = not stays and not _never(policy, stream, region)
        if policy.key is not None:
            _due(out, n, policy, max(days[0], turn.first_day), pack, regions, set(site_regions))
    return out


def _asked(policy: Policy, turn: PolicyTurn, stream: ArrivalStream) -> int:
    """Whom of a stream the policy asks to go: by its turn, else by its wishes, key or rules."""
    if turn.asks:
        if turn.asks == "willing":
            return WILLING
        may_stay = policy.key is None and not _never(policy, stream, stream.region)
        return NOBODY if may_stay else EVERYBODY
    if any(priority.id == "wish" for priority in policy.priorities):
        return WILLING
    if policy.key is not None or _never(policy, stream, stream.region):
        return EVERYBODY
    return NOBODY


def _never(policy: Policy, stream: ArrivalStream, region: str) -> bool:
    return any(
        region in rule.never
        and (not rule.modes or stream.mode in rule.modes)
        and (not rule.entry_points or stream.entry_point in rule.entry_points)
        for rule in policy.rules
    )


def _due(
    out: Turns, n: int, policy: Policy, day: date, pack: Pack, regions: Sequence[str],
    taking_part: set[str],
) -> None:  # fmt: skip
    key = policy.key
    assert key is not None
    looks_back = key.name in LOOKS_BACK
    out.counts_all[n] = looks_back
    out.by_due[n] = any(priority.id == "due" for priority in policy.priorities)
    sharing = [x for x in regions if key.regions == "all" or x in taking_part]
    if not sharing:
        said = "no region has places in this scenario, so nobody is due anywhere"
        out.findings.append(Finding(policy.id, said))
        return
    name = LOOKS_BACK.get(key.name, key.name)
    params = {} if looks_back else key.params
    shares = shares_of(name, params, sharing, pack.figures, day, persons=1000)
    for region, share in shares.of:
        out.due[n, regions.index(region)] = float(share)
    for region in key.ceiling:
        out.ceiling[n, regions.index(region)] = True
    if looks_back:
        out.findings.append(
            Finding(
                policy.id,
                f"the key '{key.name}' is played as population shares of all claims, those of the "
                f"{MONTHS_BACK} months before the first day included",
                weight="note",
            )
        )
        out.before[n] = _claims_before(pack, regions, day)


def _claims_before(pack: Pack, regions: Sequence[str], day: date) -> NDArray[np.int64]:
    """Claims by region in the last twelve whole months before a day."""
    last = day.replace(day=1) - timedelta(days=1)
    first = date(last.year - 1, last.month, 28) + timedelta(days=4)
    first = first.replace(day=1)
    out = np.zeros(len(regions), np.int64)
    for figure in pack.figures:
        if figure.measure == "claims" and figure.region in regions and len(figure.period) == 7:
            over = span(figure.period)
            if over is not None and first <= over[0] and over[1] <= last:
                out[regions.index(figure.region)] += int(figure.value)
    return out
