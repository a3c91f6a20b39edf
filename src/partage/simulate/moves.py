"""Compiled comings and goings: who enters, answers, leaves a place, gives up waiting; the night's count.

Arrays are handed over one by one, by the names of ``arrays.World`` and ``arrays.State``: a compiler takes
far longer over a whole state. The last axis is the run; ``work`` has rows to work in.
"""

from __future__ import annotations

import math

from numba import njit

from partage.simulate.arrays import (
    ANSWER,
    ARRIVE,
    DAYS,
    EXIT,
    LAG,
    LODGE,
    STAY,
    WAIT,
    WAITING,
    T,
)
from partage.simulate.luck import (
    BESIDE,
    FAST,
    P,
    anybody,
    binomials,
    exp,
    normals,
    poissons,
    uniforms,
    weigh_chance,
    whole,
)

LODGED, OWN, DECLINED, EVENTS = T["lodged"], T["own-arrangement"], T["declined"], T["events"]
TO_HOUSING, TO_HOMELESS, LEFT = T["to-housing"], T["to-homelessness"], T["left-waiting"]
AGAIN = T["moved-again"]
IN, OUT = range(2)  # of ``tally``: persons arrived, persons who are not with the office any more


@njit(**FAST)
def close_places(cap, need, region, at, used, stayers, received, told):
    """Whoever is in a place that is agreed no more waits again in that region, whole households."""
    for j in range(used.shape[0]):
        over = 0
        for v in range(3):
            agreed = float(cap[j, v])
            for i in range(BESIDE):
                over += 1 if used[j, v, i] > agreed else 0
        if over == 0:
            continue
        for i in range(BESIDE):
            for k in range(need.shape[0] - 1, -1, -1):
                for v in range(3):
                    more = used[j, v, i] - cap[j, v]
                    if more > 0 and need[k, v] > 0:
                        n = min(at[j, k, i], float(math.ceil(more / need[k, v])))
                        at[j, k, i] -= n
                        for x in range(3):
                            used[j, x, i] -= n * need[k, x]
                        stayers[region[j], k, i] += n
                        received[region[j], i] -= n * need[k, 0]
                        told[AGAIN, i] += n * need[k, 0]


@njit(**FAST)
def at_speed(d, speed, hazard, stay, work):
    """The chance to leave each site, where the speed of leaving is another than the day before."""
    for j in range(hazard.shape[0]):
        if d == 0 or speed[d, j] != speed[d - 1, j]:
            for i in range(BESIDE):
                work[0, i] = hazard[j, i] * speed[d, j]
            weigh_chance(work[0], stay[j])


@njit(**FAST)
def leave_places(d, keys, stay, ends, onward, region, need, at, used, gone, tally, told, work):
    """Some leave: to homelessness, onward to Montreal or Toronto, to housing."""
    u, n, x, y, kinds = work[0], work[1], work[2], work[3], need.shape[0]
    gone[:] = 0.0
    for j in range(at.shape[0]):
        which = 2 * onward[region[j], 0] + onward[region[j], 1]
        for k in range(kinds):
            there = at[j, k]
            if not anybody(there):
                continue
            uniforms(keys[STAY], d, j * kinds + k, u)
            binomials(u, there, stay[j], n, x, y)
            for i in range(BESIDE):
                there[i] -= n[i]
                gone[which, k, i] += n[i]
            for v in range(3):
                if need[k, v] > 0:
                    units = float(need[k, v])
                    for i in range(BESIDE):
                        used[j, v, i] -= n[i] * units
    for which in range(4):
        for k in range(kinds):
            rest, size = gone[which, k], float(need[k, 0])
            if not anybody(rest):
                continue
            for i in range(BESIDE):
                told[EVENTS, i] += rest[i]
                tally[OUT, i] += rest[i] * size
            for end in range(3):
                may = end == 0 or (which & (3 - end)) > 0
                if may and anybody(ends[which, end, P]):
                    uniforms(keys[EXIT], d, 3 * (which * kinds + k) + end, u)
                    binomials(u, rest, ends[which, end], n, x, y)
                    for i in range(BESIDE):
                        rest[i] -= n[i]
                        told[TO_HOMELESS + end, i] += n[i] * size
            for i in range(BESIDE):
                told[TO_HOUSING, i] += rest[i] * size


@njit(**FAST)
def leave_waiting(d, movers, stayers, wait, keys, need, tally, told, work):
    """Some of those who wait without a place go away by themselves."""
    u, n, x, y, kinds = work[0], work[1], work[2], work[3], need.shape[0]
    streams = movers.shape[0]
    if not anybody(wait[P]):
        return
    for e in range(streams + stayers.shape[0]):
        for k in range(kinds):
            row, size = movers[e, k] if e < streams else stayers[e - streams, k], float(need[k, 0])
            if not anybody(row):
                continue
            uniforms(keys[WAIT], d, e * kinds + k, u)
            binomials(u, row, wait, n, x, y)
            for i in range(BESIDE):
                row[i] -= n[i]
                told[LEFT, i] += n[i] * size
                tally[OUT, i] += n[i] * size
                told[EVENTS, i] += n[i]


@njit(**FAST)
def enter(d, rate, stretch, level, mean, lodge, share, spread, lag, keys, home, need, ring, fresh, alone,
          tally, told, work):  # fmt: skip
    """People come in; some need a roof, the others lodge themselves.

    Where nobody of a stream ever needs one, persons are counted and no households: ``mean`` is their size.
    """
    kinds, lodging = need.shape[0], ring.shape[1]
    u, n, x, y = work[0], work[1], work[2], work[3]
    coming, expected, roof, own = work[4], work[5], work[6], work[7]
    uneven = anybody(spread)
    for e in range(home.shape[0]):
        if rate[e] <= 0.0:
            continue
        for i in range(BESIDE):
            coming[i] = rate[e] * level[e, stretch, i]
            own[i] = 0.0
        if uneven:
            uniforms(keys[DAYS], d, e, u)
            normals(u, x)
            for i in range(BESIDE):
                coming[i] *= exp(spread[i] * x[i] - 0.5 * spread[i] * spread[i])
        if e >= lodging:
            for i in range(BESIDE):
                expected[i] = coming[i] * mean
            uniforms(keys[ARRIVE], d, e * kinds, u)
            poissons(u, expected, own, x, y)
            for i in range(BESIDE):
                tally[IN, i] += own[i]
                told[EVENTS, i] += own[i]
        else:
            for k in range(kinds):
                size = float(need[k, 0])
                for i in range(BESIDE):
                    expected[i] = coming[i] * share[k]
                uniforms(keys[ARRIVE], d, e * kinds + k, u)
                poissons(u, expected, n, x, y)
                if not anybody(n):
                    continue
                uniforms(keys[LODGE], d, e * kinds + k, u)
                binomials(u, n, lodge[e], roof, x, y)
                for i in range(BESIDE):
                    fresh[home[e], i] += roof[i] * size
                    own[i] += (n[i] - roof[i]) * size
                    tally[IN, i] += n[i] * size
                    told[LODGED, i] += roof[i] * size
                    told[EVENTS, i] += n[i]
                for i in range(BESIDE):
                    ring[(d + lag[i]) & (LAG - 1), e, k, i] += roof[i]
        for i in range(BESIDE):
            tally[OUT, i] += own[i]
            alone[home[e], i] += own[i]
            told[OWN, i] += own[i]


@njit(**FAST)
def answer(d, offer, agree, held, keys, home, need, ring, fresh, movers, stayers, told, work):
    """Those whose turn it is are asked, as the policy asks; who may not be moved is not."""
    u, yes, kept, x, y, rest = work[0], work[1], work[2], work[3], work[4], work[5]
    kinds = need.shape[0]
    for e in range(movers.shape[0]):
        for k in range(kinds):
            n, size = ring[d & (LAG - 1), e, k], float(need[k, 0])
            if not anybody(n):
                continue
            if offer[e] > 0:
                uniforms(keys[ANSWER], d, 2 * (e * kinds + k), u)
                binomials(u, n, agree[offer[e]], yes, x, y)
            else:
                yes[:] = 0.0
            for i in range(BESIDE):
                rest[i] = n[i] - yes[i]
            if offer[e] == 2 and anybody(rest):
                kept[:] = 0.0
                if anybody(held[P]):
                    uniforms(keys[ANSWER], d, 2 * (e * kinds + k) + 1, u)
                    binomials(u, rest, held, kept, x, y)
                for i in range(BESIDE):
                    told[DECLINED, i] += (rest[i] - kept[i]) * size
            for i in range(BESIDE):
                told[EVENTS, i] += n[i]
                fresh[home[e], i] -= n[i] * size
                movers[e, k, i] += yes[i]
                stayers[home[e], k, i] += rest[i]
                n[i] = 0.0


@njit(**FAST)
def count_waiting(need, home, fresh, movers, stayers, here, work):
    """Persons of each region who have no place yet, those not asked yet among them; and all of them."""
    kinds = need.shape[0]
    for r in range(here.shape[0]):
        for i in range(BESIDE):
            here[r, i] = fresh[r, i]
        for k in range(kinds):
            for i in range(BESIDE):
                here[r, i] += stayers[r, k, i] * need[k, 0]
    for e in range(movers.shape[0]):
        for k in range(kinds):
            for i in range(BESIDE):
                here[home[e], i] += movers[e, k, i] * need[k, 0]
    for i in range(BESIDE):
        work[WAITING, i] = 0.0
    for r in range(here.shape[0]):
        for i in range(BESIDE):
            work[WAITING, i] += here[r, i]


@njit(**FAST)
def loads(now, weekly, service, agreed, at, week, peak, work):
    """The most that each service was asked for, in percent of what is agreed; a week begins anew."""
    load = work[0]
    for v in range(weekly.shape[0]):
        if weekly[v] != now:
            continue
        for j in range(at.shape[0]):
            for i in range(BESIDE):
                load[i] = week[j, v, i]
                week[j, v, i] = 0.0
            if not now:
                load[:] = 0.0
                for k in range(at.shape[1]):
                    for i in range(BESIDE):
                        load[i] += at[j, k, i] * service[k, v]
            if agreed[j, v] >= 0:
                part = 100.0 / max(1.0, agreed[j, v])
                for i in range(BESIDE):
                    peak[j, v, i] = max(peak[j, v, i], whole(load[i] * part + 1e-9))
