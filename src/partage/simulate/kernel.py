"""The compiled model: days in a row, each with closures, exits, entries, answers, places and a night."""

from __future__ import annotations

import numpy as np
from numba import njit

from partage.simulate.arrays import (
    ANSWER,
    ARRIVE,
    DAYS,
    EXIT,
    HOMELESS,
    LAG,
    LAG_DAYS,
    LEAVES_WAITING,
    LODGE,
    NEVER,
    NO_LIMIT,
    NO_SHOW,
    PER_KM,
    ROAD,
    SERIES,
    STAY,
    TOTALS,
    WAIT,
    T,
)
from partage.simulate.luck import mixed
from partage.simulate.moves import (
    IN,
    OUT,
    answer,
    close_places,
    count_waiting,
    enter,
    leave_places,
    leave_waiting,
    loads,
)
from partage.simulate.places import open_day, place_movers, place_stayers, under_ceiling, weigh

NIGHTS, NIGHTS_WAITING, ROOFLESS = T["nights"], T["nights-waiting"], T["nights-without-roof"]
MOST, LODGING, EMPTY = T["most-without-roof"], T["cost-lodging"], T["empty-place-nights"]
FIRST, HOSTED_END = T["first-day-without-roof"], T["hosted-at-end"]
WAITING_END, HOSTED_START = T["waiting-at-end"], T["hosted-at-start"]
EVENTS, IMBALANCE, ARRIVED = T["events"], T["imbalance"], T["arrived"]
TRAVEL, TRANSFERRED = T["cost-travel"], T["transferred"]
FIXED_SERIES, FIXED_TOTALS = len(SERIES), len(TOTALS)


@njit(cache=True, nogil=True)
def replicate(w, st, level, lodged, hazard, params, keys, series, totals):
    """Every run of a batch.

    ``level`` (runs, E, M) factors on arrivals; ``lodged`` (runs, L) share that needs a roof; ``hazard``
    (runs, S) chance a day to leave; ``params`` (runs, PARAMS); ``keys`` (runs, LUCK) uint64. Written:
    ``series`` (runs, T, 8 + S + R) and ``totals`` (runs, TOTALS + S + S·V), int64.
    """
    (
        need, share, rate, stretch, home, _lodging, entry_places, turn, allowed, offer, by_due, due,
        ceiling, ceilings, counts_all, before, opens, cap, region, speed, price, pays_empty, km,
        member, group, _start, report, service, agreed, weekly, onward, fixed_per_day
    ) = w  # fmt: skip
    (
        at, used, left, room, movers, stayers, ring, weight, plan, can, here, fresh, received,
        alone, counted, week, tally, full, peak
    ) = st  # fmt: skip
    mean = (share * need[:, 0]).sum()
    for run in range(params.shape[0]):
        p, key, told = params[run], keys[run], totals[run]
        begin(w, st, told)
        rest = np.log1p(-np.minimum(hazard[run], 0.5))
        lag = min(LAG - 1, max(0, int(p[LAG_DAYS] + 0.5)))
        for d in range(rate.shape[0]):
            now, today = turn[d], cap[d]
            close_places(today, need, region, at, used, stayers, received, told)
            leave_places(d, hazard[run], rest, speed[d], key[STAY], key[EXIT], p[HOMELESS:], onward,
                         region, need, at, used, tally, told)  # fmt: skip
            leave_waiting(d, 0, p[LEAVES_WAITING], key[WAIT], need, movers, tally, told)
            leave_waiting(d, movers.shape[0], p[LEAVES_WAITING], key[WAIT], need, stayers, tally,
                          told)  # fmt: skip
            enter(d, (d + lag) % LAG, rate[d], level[run, :, stretch[d]], mean, lodged[run], share,
                  p, key[ARRIVE], key[LODGE], key[DAYS], home, need, ring, fresh, alone,
                  tally, told)  # fmt: skip
            answer(d, offer[now], p, key[ANSWER], home, need, ring, fresh, movers,
                   stayers, told)  # fmt: skip
            open_day(today, used, left, group[d], member, room)
            place_stayers(region, need, member, room, left, stayers, at, used, week,
                          service, received, told)  # fmt: skip
            everybody = claims(counts_all[now], before[now], need, movers, received, alone,
                               counted, tally)  # fmt: skip
            under_ceiling(ceiling[now], ceilings, due[now], everybody, counted, room)
            weigh(by_due[now], due[now], counted, everybody, region, left, member,
                  room, weight)  # fmt: skip
            way = place_movers(d, home, allowed[now], p[NO_SHOW], key[ROAD], region, need,
                               member, room, left, weight, plan, can, movers,
                               stayers, at, used, week, service, received, km,
                               told)  # fmt: skip
            told[TRAVEL] += int(way * p[PER_KM] + 0.5)
            waiting = count_waiting(need, home, fresh, movers, stayers, here)
            roofless, hosted, empty = night(d, today, opens[d], price[d], pays_empty,
                                            fixed_per_day[d], entry_places, here, used,
                                            full, waiting, told)  # fmt: skip
            apart = tally[IN] + told[HOSTED_START] - tally[OUT] - hosted - waiting
            told[IMBALANCE] = max(told[IMBALANCE], abs(apart))
            if report[d] >= 0:
                tell(series[run, report[d]], waiting, roofless, hosted, empty, used, received,
                     alone, tally, told)  # fmt: skip
                loads(weekly, service, agreed, at, week, peak, False)
            if d % 7 == 6:
                loads(weekly, service, agreed, at, week, peak, True)
        finish(w, st, told)


@njit(cache=True, nogil=True)
def begin(w, st, totals):
    """Nobody waits; whoever is there at the start is there."""
    st.movers[:] = 0
    st.stayers[:] = 0
    st.ring[:] = 0
    st.fresh[:] = 0
    st.received[:] = 0
    st.alone[:] = 0
    st.week[:] = 0
    st.tally[:] = 0
    st.peak[:] = 0
    st.used[:] = 0
    st.full[:] = NEVER
    st.at[:] = w.start
    totals[:] = 0
    totals[FIRST] = NEVER
    for j in range(w.region.shape[0]):
        for k in range(w.need.shape[0]):
            totals[HOSTED_START] += w.start[j, k] * w.need[k, 0]
            for v in range(3):
                st.used[j, v] += w.start[j, k] * w.need[k, v]


@njit(cache=True, nogil=True)
def claims(counts_all, before, need, movers, received, alone, counted, count):
    """Whom the key shares out so far, with those who would go today; writes who counts where."""
    everybody = count[IN] if counts_all else received.sum()
    if not counts_all:
        for e in range(movers.shape[0]):
            for k in range(need.shape[0]):
                everybody += movers[e, k] * need[k, 0]
    for r in range(counted.shape[0]):
        counted[r] = received[r]
        if counts_all:
            counted[r] += alone[r] + before[r]
            everybody += before[r]
    return everybody


@njit(cache=True, nogil=True)
def night(d, cap, opens, price, pays_empty, fixed, entry_places, here, used, full, waiting, totals):
    """At 04:00: who has no roof, who is where, what it costs."""
    roofless = hosted = empty = 0
    for r in range(here.shape[0]):
        roofless += max(0, here[r] - entry_places[r])
    cost = fixed
    for j in range(used.shape[0]):
        there, agreed = used[j, 0], cap[j, 0]
        hosted += there
        if agreed < NO_LIMIT:
            empty += max(0, agreed - there)
        cost += price[j] * (agreed if pays_empty[j] else there)
        if agreed > 0 and there >= agreed and d < full[j] and not opens[j]:
            full[j] = d
    totals[NIGHTS] += hosted
    totals[NIGHTS_WAITING] += waiting
    totals[ROOFLESS] += roofless
    totals[MOST] = max(totals[MOST], roofless)
    totals[EMPTY] += empty
    totals[LODGING] += int(cost + 0.5)
    if roofless > 0:
        totals[FIRST] = min(totals[FIRST], d)
    totals[HOSTED_END], totals[WAITING_END] = hosted, waiting
    return roofless, hosted, empty


@njit(cache=True, nogil=True)
def tell(row, waiting, roofless, hosted, empty, used, received, alone, count, totals):
    """The row of a reported day; shares in hundredths of a percent."""
    row[0], row[1], row[2], row[3] = waiting, roofless, hosted, count[IN]
    row[4] = totals[TRANSFERRED]
    row[5] = (totals[LODGING] + totals[TRAVEL]) // 1000
    row[6], row[7] = empty, hosted + waiting
    sites = used.shape[0]
    for j in range(sites):
        row[FIXED_SERIES + j] = used[j, 0]
    everybody = max(1, received.sum() + alone.sum())
    for r in range(received.shape[0]):
        row[FIXED_SERIES + sites + r] = max(0, 10000 * (received[r] + alone[r]) // everybody)


@njit(cache=True, nogil=True)
def finish(w, st, totals):
    """What is told of the whole run; those not asked yet are counted once more, one by one."""
    totals[ARRIVED] = st.tally[IN]
    fresh = 0
    for k in range(w.need.shape[0]):
        fresh += st.ring[:, :, k].sum() * w.need[k, 0]
    totals[IMBALANCE] = max(totals[IMBALANCE], abs(fresh - st.fresh.sum()))
    sites, services = w.region.shape[0], w.weekly.shape[0]
    for j in range(sites):
        totals[FIXED_TOTALS + j] = st.full[j]
        for v in range(services):
            totals[FIXED_TOTALS + sites + j * services + v] = st.peak[j, v]


@njit(cache=True, nogil=True)
def run_keys(base, first, keys):
    """The keys of so many runs from run ``first`` on, each of its own; ``base`` (LUCK,) uint64."""
    for run in range(keys.shape[0]):
        for n in range(keys.shape[1]):
            keys[run, n] = mixed(base[n] + mixed(np.uint64(first + run)))
