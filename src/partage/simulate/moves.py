"""Compiled comings and goings: who enters, answers, leaves a place, gives up waiting; the night's count.

Arrays are handed over one by one, by the names of ``arrays.World`` and ``arrays.State``.
"""

from __future__ import annotations

import math

from numba import njit

from partage.simulate.arrays import ACCEPTS, HELD, LAG, SPREAD, WILLING, T
from partage.simulate.luck import binomial, binomial_known, normal, poisson, uniform

LODGED, OWN, DECLINED, EVENTS = T["lodged"], T["own-arrangement"], T["declined"], T["events"]
TO_HOUSING, TO_HOMELESS, LEFT = T["to-housing"], T["to-homelessness"], T["left-waiting"]
AGAIN = T["moved-again"]
URN = 64  # leavers of a site and day who are drawn one by one
IN, OUT = range(2)  # of ``count``: persons arrived, persons who are not with the office any more


@njit(cache=True, nogil=True)
def move_out(j, k, n, need, at, used):
    """They are not at that site any more."""
    at[j, k] -= n
    for v in range(3):
        used[j, v] -= n * need[k, v]


@njit(cache=True, nogil=True)
def close_places(cap, need, region, at, used, stayers, received, totals):
    """Whoever is in a place that is agreed no more waits again in that region, whole households."""
    for j in range(used.shape[0]):
        if used[j, 0] <= cap[j, 0] and used[j, 1] <= cap[j, 1] and used[j, 2] <= cap[j, 2]:
            continue
        for k in range(need.shape[0] - 1, -1, -1):
            for v in range(3):
                over = used[j, v] - cap[j, v]
                if over > 0 and need[k, v] > 0:
                    n = min(at[j, k], (over + need[k, v] - 1) // need[k, v])
                    move_out(j, k, n, need, at, used)
                    stayers[region[j], k] += n
                    received[region[j]] -= n * need[k, 0]
                    totals[AGAIN] += n * need[k, 0]


@njit(cache=True, nogil=True)
def leave_places(d, hazard, rest, speed, stay, out, ends, onward, region, need, at, used, count,
                 totals):  # fmt: skip
    """Some leave: to homelessness, onward to Montreal or Toronto, to housing.

    ``rest`` is log(1 - hazard). How many leave a site is one draw; who they are is drawn from an urn.
    """
    for j in range(used.shape[0]):
        there = 0
        for k in range(need.shape[0]):
            there += at[j, k]
        if there == 0:
            continue
        u = uniform(stay, d, j)
        if speed[j] == 1.0 and hazard[j] <= 0.5:
            n = binomial_known(u, there, hazard[j], rest[j])
        else:
            n = binomial(u, there, min(1.0, hazard[j] * speed[j]))
        totals[EVENTS] += n
        if n > URN:
            many_leave(d, j, n, there, out, ends, onward[region[j]], need, at, used, count, totals)
            continue
        for one in range(n):
            number = uniform(out, d, j * URN + one) * there
            k = 0
            while k < need.shape[0] - 1 and number >= at[j, k]:
                number -= at[j, k]
                k += 1
            while at[j, k] == 0:  # at the very end of the urn
                k -= 1
            there -= 1
            move_out(j, k, 1, need, at, used)
            count[OUT] += need[k, 0]
            where = end_of(uniform(out, -1 - d, j * URN + one), ends, onward[region[j]])
            totals[TO_HOUSING + where] += need[k, 0]


@njit(cache=True, nogil=True)
def end_of(u, ends, onward):
    """Where u leads: 1 homelessness, 2 Montreal, 3 Toronto, 0 housing."""
    for which in range(3):
        if which == 0 or onward[which - 1]:
            if u < ends[which]:
                return which + 1
            u -= ends[which]
    return 0


@njit(cache=True, nogil=True)
def many_leave(d, j, n, there, out, ends, onward, need, at, used, count, totals):
    """More leave than an urn is drawn for: kinds and ends in their parts, by chained binomials."""
    for k in range(need.shape[0]):
        here = at[j, k]
        some = n
        if k < need.shape[0] - 1:
            some = binomial(uniform(out, d, j * URN + 8 * k), n, here / max(1, there))
        some = min(here, max(some, n - (there - here)))
        there -= here
        n -= some
        count[OUT] += some * need[k, 0]
        move_out(j, k, some, need, at, used)
        rest = 1.0
        for which in range(3):
            if which == 0 or onward[which - 1]:
                u = uniform(out, d, j * URN + 8 * k + which + 1)
                go = binomial(u, some, min(1.0, ends[which] / max(rest, 1e-9)))
                rest -= ends[which]
                some -= go
                totals[TO_HOMELESS + which] += go * need[k, 0]
        totals[TO_HOUSING] += some * need[k, 0]


@njit(cache=True, nogil=True)
def leave_waiting(d, first, chance, key, need, pool, count, totals):
    """Some of those who wait without a place go away by themselves."""
    for e in range(pool.shape[0]):
        for k in range(pool.shape[1]):
            if pool[e, k] > 0:
                n = binomial(uniform(key, d, (first + e) * pool.shape[1] + k), pool[e, k], chance)
                pool[e, k] -= n
                totals[LEFT] += n * need[k, 0]
                count[OUT] += n * need[k, 0]
                totals[EVENTS] += n


@njit(cache=True, nogil=True)
def enter(d, slot, rate, level, mean, lodged, share, p, arrive, lodge, days, home, need, ring, fresh,
          alone, count, totals):  # fmt: skip
    """People come in; some need a roof, the others lodge themselves.

    Where nobody of a stream ever needs one, persons are counted and no households: ``mean`` is their size.
    """
    kinds, spread = need.shape[0], p[SPREAD]
    for e in range(home.shape[0]):
        coming = rate[e] * level[e]
        if coming <= 0.0:
            continue
        if spread > 0.0:
            coming *= math.exp(spread * normal(uniform(days, d, e)) - 0.5 * spread * spread)
        own = 0
        if e >= ring.shape[1]:
            own = poisson(uniform(arrive, d, e * kinds), coming * mean)
            count[IN] += own
            totals[EVENTS] += own
        else:
            for k in range(kinds):
                n = poisson(uniform(arrive, d, e * kinds + k), coming * share[k])
                if n == 0:
                    continue
                roof = binomial(uniform(lodge, d, e * kinds + k), n, lodged[e])
                size = need[k, 0]
                ring[slot, e, k] += roof
                fresh[home[e]] += roof * size
                own += (n - roof) * size
                count[IN] += n * size
                totals[LODGED] += roof * size
                totals[EVENTS] += n
        count[OUT] += own
        alone[home[e]] += own
        totals[OWN] += own


@njit(cache=True, nogil=True)
def answer(d, offer, p, key, home, need, ring, fresh, movers, stayers, totals):
    """Those whose turn it is are asked, as the policy asks; who may not be moved is not."""
    kinds = need.shape[0]
    slot = d % LAG
    for e in range(movers.shape[0]):
        asked = offer[e]
        yes_of_all = (1.0 - p[HELD]) * (p[WILLING] if asked == 1 else p[ACCEPTS])
        held_of_rest = p[HELD] / max(1e-12, 1.0 - yes_of_all)
        for k in range(kinds):
            n = ring[slot, e, k]
            if n == 0:
                continue
            ring[slot, e, k] = 0
            fresh[home[e]] -= n * need[k, 0]
            totals[EVENTS] += n
            yes = 0
            if asked > 0:
                who = 2 * (e * kinds + k)
                yes = binomial(uniform(key, d, who), n, yes_of_all)
                if asked == 2:
                    held = binomial(uniform(key, d, who + 1), n - yes, held_of_rest)
                    totals[DECLINED] += (n - held - yes) * need[k, 0]
            movers[e, k] += yes
            stayers[home[e], k] += n - yes


@njit(cache=True, nogil=True)
def count_waiting(need, home, fresh, movers, stayers, here):
    """Persons of each region who have no place yet, those not asked yet among them; and all of them."""
    everybody = 0
    for r in range(here.shape[0]):
        here[r] = fresh[r]
        for k in range(need.shape[0]):
            here[r] += stayers[r, k] * need[k, 0]
    for e in range(movers.shape[0]):
        for k in range(need.shape[0]):
            here[home[e]] += movers[e, k] * need[k, 0]
    for r in range(here.shape[0]):
        everybody += here[r]
    return everybody


@njit(cache=True, nogil=True)
def loads(weekly, service, agreed, at, week, peak, now):
    """The most that each service was asked for, in percent of what is agreed; a week begins anew."""
    for v in range(weekly.shape[0]):
        if weekly[v] != now:
            continue
        for j in range(at.shape[0]):
            load = week[j, v]
            week[j, v] = 0
            if not weekly[v]:
                load = 0
                for k in range(at.shape[1]):
                    load += at[j, k] * service[k, v]
            if agreed[j, v] >= 0 and load > 0:
                peak[j, v] = max(peak[j, v], 100 * load // max(1, agreed[j, v]))
