"""What the compiled model reads and writes: names and shapes, nothing else.

Sizes: D days, E streams of arrivals (those who may need a roof first, L of them), K kinds of household, S
sites, R regions (those with a site or such a stream first, A of them), P policies in turn, C regions with
a ceiling, G caps (those of ceilings last), M stretches of days with one level, V other services, T reported
days.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partage.simulate.luck import BESIDE

# What is drawn once a run (the columns of ``params``).
PARAMS = (
    "accepts", "willing", "held", "no_show", "days_to_offer", "leaves_waiting", "to_homelessness",
    "to_montreal", "to_toronto", "daily_spread", "travel_per_km",
)  # fmt: skip
ACCEPTS, WILLING, HELD, NO_SHOW, LAG_DAYS, LEAVES_WAITING = range(6)
HOMELESS, MONTREAL, TORONTO, SPREAD, PER_KM = range(6, 11)
# Streams of luck (the columns of ``keys``).
LUCK = ("arrivals", "lodging", "answers", "road", "stays", "exits", "waiting", "days")
ARRIVE, LODGE, ANSWER, ROAD, STAY, EXIT, WAIT, DAYS = range(8)
# What is told of each reported day, before the sites and the regions.
SERIES = (
    "waiting", "without-roof", "hosted", "arrived", "transferred", "cost-thousands", "empty-places",
    "places-needed",
)  # fmt: skip
# What is told of a whole run, before the sites.
TOTALS = (
    "arrived", "lodged", "own-arrangement", "placed", "transferred", "declined", "no-shows",
    "nights", "nights-waiting", "nights-without-roof", "most-without-roof", "to-housing",
    "to-homelessness", "to-montreal", "to-toronto", "left-waiting", "moved-again",
    "cost-lodging", "cost-travel", "empty-place-nights", "first-day-without-roof", "hosted-at-end",
    "waiting-at-end", "hosted-at-start", "events", "imbalance",
)  # fmt: skip
T = {name: number for number, name in enumerate(TOTALS)}
LAG = 16  # the most days from entry to an offer, less one; a power of two
NO_LIMIT = 1 << 40
NEVER = 1 << 20  # a day that did not come
WORK = 12  # rows to work in; the last two keep what they hold from one function to the next
WAY, WAITING = 10, 11  # person-kilometres of the day; persons who have no place yet


class World(NamedTuple):
    """A scenario as arrays, the same for every run; nothing in it is written to."""

    need: np.ndarray  # (K, 3) places (persons of the household), rooms, family rooms
    share: np.ndarray  # (K,) of households
    rate: np.ndarray  # (D, E) households a day
    stretch: np.ndarray  # (D,) which stretch the day belongs to
    home: np.ndarray  # (E,) region where they enter
    lodging: np.ndarray  # (L,) nothing but the number of streams that may need a roof
    entry_places: np.ndarray  # (A,) roofs for those who wait
    turn: np.ndarray  # (D,) which policy
    allowed: np.ndarray  # (P, L, S) whether those who go may be placed there
    offer: np.ndarray  # (P, L) 0 nobody, 1 those who wish to go, 2 everybody
    by_due: np.ndarray  # (P,) whether what is due decides, else free places do
    due: np.ndarray  # (P, R) shares of the key
    ceiling: np.ndarray  # (P, C) whether the due is also the most
    ceilings: np.ndarray  # (C,) regions that have a ceiling under some policy
    counts_all: np.ndarray  # (P,) whether those who lodge themselves count in what is due
    before: np.ndarray  # (P, R) persons who count from before the first day
    opens: np.ndarray  # (D, S) whether more places open within the next days
    cap: np.ndarray  # (D, S, 4) agreed places, rooms, family rooms; newcomers of the day, at most
    region: np.ndarray  # (S,)
    speed: np.ndarray  # (D, S) factor on the chance to leave
    price: np.ndarray  # (D, S) CAD per person and night
    pays_empty: np.ndarray  # (S,) whether an empty place is paid
    km: np.ndarray  # (L, S)
    member: np.ndarray  # (G, S) whether the cap counts that site
    group: np.ndarray  # (D, G) the most persons there
    start: np.ndarray  # (S, K) households there on the first day
    report: np.ndarray  # (D,) the row to tell the day in, or -1
    service: np.ndarray  # (K, V) units of other services a household needs
    agreed: np.ndarray  # (S, V) units agreed, -1 where unknown
    weekly: np.ndarray  # (V,) whether units are counted by intake of the week
    onward: np.ndarray  # (A, 2) whether people may move on to Montreal, to Toronto from there
    fixed_per_day: np.ndarray  # (D,) CAD a day that a lever costs whatever happens


class State(NamedTuple):
    """What changes from day to day in B runs side by side: the last axis is the run."""

    level: np.ndarray  # (E, M, B) factors on arrivals
    par: np.ndarray  # (PARAMS, B)
    keys: np.ndarray  # (LUCK, B) uint64
    lag: np.ndarray  # (B,) days from entry to an offer
    lodge: np.ndarray  # (L, 3, B) the chance to need a roof, as ``luck.weigh_chance`` has it
    yes: np.ndarray  # (3, 3, B) to go, by who is asked: nobody, who wishes to, everybody
    held: np.ndarray  # (3, B) that whoever does not go is held, of everybody asked
    wait: np.ndarray  # (3, B) to give up waiting
    miss: np.ndarray  # (3, B) not to come
    hazard: np.ndarray  # (S, B) chance a day to leave
    stay: np.ndarray  # (S, 3, B) the same at the speed of the day
    ends: (
        np.ndarray
    )  # (4, 3, 3, B) where they go, by who may move on: homelessness, Montreal, Toronto
    at: np.ndarray  # (S, K, B) households
    used: np.ndarray  # (S, 3, B)
    left: np.ndarray  # (S, 4, B) still free today
    room: np.ndarray  # (G, B) persons still under each cap
    movers: np.ndarray  # (L, K, B) would go, wait for a place
    stayers: np.ndarray  # (A, K, B) stay in the region, wait for a place
    ring: np.ndarray  # (LAG, L, K, B) came in, are not offered anything yet
    gone: np.ndarray  # (4, K, B) leave today, by who may move on
    weight: np.ndarray  # (S, B)
    plan: np.ndarray  # (S, B)
    can: np.ndarray  # (S, B)
    here: np.ndarray  # (A, B) persons who wait
    fresh: np.ndarray  # (A, B) persons in the ring
    received: np.ndarray  # (R, B) persons first placed there
    alone: np.ndarray  # (R, B) persons who lodge themselves there
    counted: np.ndarray  # (R, B) persons who count against what is due
    everybody: np.ndarray  # (B,) all whom the key shares out
    week: np.ndarray  # (S, V, B) intake of the running week
    tally: np.ndarray  # (2, B) persons arrived; persons who are not with the office any more
    full: np.ndarray  # (S, B) first day full, or NEVER
    peak: np.ndarray  # (S, V, B) most load in percent of what is agreed
    told: np.ndarray  # (TOTALS, B)
    work: np.ndarray  # (WORK, B) rows to work in


def state_for(world: World) -> State:
    """An empty state of the right sizes."""
    s, k = world.start.shape
    a, r = world.entry_places.shape[0], world.due.shape[1]
    g, v, lodging = world.member.shape[0], world.weekly.shape[0], world.lodging.shape[0]
    streams, stretches = world.rate.shape[1], int(world.stretch.max(initial=0)) + 1

    def new(*shape: int) -> np.ndarray:
        return np.zeros((*shape, BESIDE))

    return State(
        level=new(streams, stretches), par=new(len(PARAMS)),
        keys=np.zeros((len(LUCK), BESIDE), np.uint64), lag=np.zeros(BESIDE, np.int64),
        lodge=new(lodging, 3), yes=new(3, 3), held=new(3), wait=new(3), miss=new(3), hazard=new(s),
        stay=new(s, 3), ends=new(4, 3, 3), at=new(s, k), used=new(s, 3), left=new(s, 4), room=new(g),
        movers=new(lodging, k), stayers=new(a, k), ring=new(LAG, lodging, k), gone=new(4, k),
        weight=new(s), plan=new(s), can=new(s), here=new(a), fresh=new(a), received=new(r),
        alone=new(r), counted=new(r), everybody=new(), week=new(s, v), tally=new(2), full=new(s),
        peak=new(s, v), told=new(len(TOTALS)), work=new(WORK),
    )  # fmt: skip
