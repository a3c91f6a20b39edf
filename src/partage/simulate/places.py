"""Compiled placing: what fits where, and who is given which place, a whole household at a time.

Arrays are handed over one by one, by the names of ``arrays.World`` and ``arrays.State``.
"""

from __future__ import annotations

from numba import njit

from partage.simulate.arrays import NO_LIMIT, T
from partage.simulate.luck import binomial, uniform

PLACED, MOVED, MISSED = T["placed"], T["transferred"], T["no-shows"]
EVENTS = T["events"]
RAMP = 3  # the column of ``left`` and ``cap`` for newcomers of the day


@njit(cache=True, nogil=True)
def open_day(cap, used, left, group, member, room):
    """What is free today, under agreements, ramps, and caps of cities and provinces."""
    for j in range(used.shape[0]):
        for v in range(3):
            left[j, v] = cap[j, v] - used[j, v]
        left[j, RAMP] = cap[j, RAMP]
    for g in range(member.shape[0]):
        room[g] = group[g]
        for j in range(used.shape[0]):
            if member[g, j]:
                room[g] -= used[j, 0]


@njit(cache=True, nogil=True)
def fits(j, k, n, need, left, member, room):
    """How many of n households of a kind a site can still take today."""
    for v in range(3):
        if need[k, v] > 0 and left[j, v] < need[k, v] * n:
            n = max(0, left[j, v]) // need[k, v]
    size = need[k, 0]
    if left[j, RAMP] < size * n:
        n = max(0, left[j, RAMP]) // size
    for g in range(member.shape[0]):
        if member[g, j] and room[g] < size * n:
            n = max(0, room[g]) // size
    return n


@njit(cache=True, nogil=True)
def hold(j, k, n, need, left, member, room):
    """Keep places for n households until the night."""
    for v in range(3):
        left[j, v] -= need[k, v] * n
    left[j, RAMP] -= need[k, 0] * n
    for g in range(member.shape[0]):
        if member[g, j]:
            room[g] -= need[k, 0] * n


@njit(cache=True, nogil=True)
def settle(j, k, n, need, at, used, week, service):
    """They have arrived."""
    at[j, k] += n
    for v in range(3):
        used[j, v] += need[k, v] * n
    for v in range(service.shape[1]):
        week[j, v] += service[k, v] * n


@njit(cache=True, nogil=True)
def weigh(by_due, due, counted, everybody, region, left, member, room, weight):
    """How strongly each site draws: what its region is short of its due, or its free places."""
    for j in range(region.shape[0]):
        free = min(left[j, 0], left[j, RAMP])
        for g in range(member.shape[0]):
            if member[g, j]:
                free = min(free, room[g])
        weight[j] = max(0, free)
    if not by_due:
        return
    for r in range(counted.shape[0]):
        free = 0.0
        for j in range(region.shape[0]):
            if region[j] == r:
                free += weight[j]
        if free > 0.0:
            pull = max(0.0, due[r] * everybody - counted[r]) / free
            for j in range(region.shape[0]):
                if region[j] == r:
                    weight[j] *= pull


@njit(cache=True, nogil=True)
def share_out(k, n, u, allowed, need, left, member, room, weight, plan, can):
    """Plan n households of a kind over the sites open to them, by weight; how many have a place.

    Whole households by systematic sampling: each site gets its part, rounded up or down by chance u.
    What does not fit is shared out again among the others; what nobody draws goes wherever it fits, for a
    roof comes first.
    """
    rest, any_left = n, False
    for j in range(plan.shape[0]):
        plan[j] = 0
        can[j] = fits(j, k, n, need, left, member, room) if allowed[j] and left[j, 0] > 0 else 0
        any_left |= can[j] > 0
    if not any_left:
        return 0
    for _ in range(4):
        total = 0.0
        for j in range(plan.shape[0]):
            if can[j] > 0:
                total += weight[j]
        if total <= 0.0 or rest == 0:
            break
        so_far, given, part = u, 0, rest / total
        for j in range(plan.shape[0]):
            if can[j] > 0:
                so_far += weight[j] * part
                wanted = min(int(so_far + 1e-9) - given, rest)
                given = int(so_far + 1e-9)
                if wanted > 0:
                    rest -= give(j, k, wanted, need, left, member, room, plan, can)
    for j in range(plan.shape[0]):
        if rest > 0 and can[j] > 0:
            rest -= give(j, k, rest, need, left, member, room, plan, can)
    return n - rest


@njit(cache=True, nogil=True)
def give(j, k, n, need, left, member, room, plan, can):
    """Hold places at a site for as many of n households as fit; how many."""
    some = min(n, can[j])
    if member.shape[0] > 0:  # a cap may have been reached elsewhere
        some = fits(j, k, some, need, left, member, room)
    hold(j, k, some, need, left, member, room)
    plan[j] += some
    can[j] = 0 if some < n else can[j] - some
    return some


@njit(cache=True, nogil=True)
def bring(d, e, k, home, no_show, key, region, need, plan, movers, stayers, at, used, week, service,
          received, km, totals):  # fmt: skip
    """Those with a plan travel and arrive; who does not come stays where they entered. Person-km."""
    kinds, sites, way = need.shape[0], region.shape[0], 0.0
    for j in range(sites):
        some = plan[j]
        if some == 0:
            continue
        missing = 0
        if region[j] != home:
            missing = binomial(uniform(key, d, (e * sites + j) * kinds + k), some, no_show)
        came = some - missing
        movers[e, k] -= some
        stayers[home, k] += missing
        settle(j, k, came, need, at, used, week, service)
        persons = came * need[k, 0]
        received[region[j]] += persons
        totals[PLACED] += persons
        totals[MISSED] += missing * need[k, 0]
        totals[EVENTS] += 3 * some
        if region[j] != home:
            totals[MOVED] += persons
        way += persons * km[e, j]
    return way


@njit(cache=True, nogil=True)
def under_ceiling(ceiling, ceilings, due, everybody, counted, room):
    """Persons whom each region with a ceiling may still receive of those who move: the last caps."""
    first = room.shape[0] - ceilings.shape[0]
    for c in range(ceilings.shape[0]):
        r = ceilings[c]
        room[first + c] = int(due[r] * everybody) - counted[r] if ceiling[c] else NO_LIMIT


@njit(cache=True, nogil=True)
def place_movers(d, home, allowed, no_show, key, region, need, member, room, left, weight, plan, can,
                 movers, stayers, at, used, week, service, received, km, totals):  # fmt: skip
    """Everybody who would go is given a place where one fits; person-km of all ways."""
    streams, kinds = movers.shape
    way = 0.0
    for turned in range(streams):
        e = (turned + d) % streams
        for k in range(kinds - 1, -1, -1):
            n = movers[e, k]
            if n == 0:
                continue
            u = uniform(key, d, -1 - e * kinds - k)
            if share_out(k, n, u, allowed[e], need, left, member, room, weight, plan, can) > 0:
                way += bring(d, e, k, home[e], no_show, key, region, need, plan, movers, stayers, at,
                             used, week, service, received, km, totals)  # fmt: skip
    return way


@njit(cache=True, nogil=True)
def place_stayers(region, need, member, room, left, stayers, at, used, week, service, received,
                  totals):  # fmt: skip
    """Whoever may not or would not go is given a place in the region, where most are free."""
    for r in range(stayers.shape[0]):
        for k in range(need.shape[0] - 1, -1, -1):
            n = stayers[r, k]
            while n > 0:
                best = -1
                for j in range(region.shape[0]):
                    if (
                        region[j] == r
                        and left[j, 0] > 0
                        and (best < 0 or left[j, 0] > left[best, 0])
                        and fits(j, k, 1, need, left, member, room) == 1
                    ):
                        best = j
                if best < 0:
                    break
                some = fits(best, k, n, need, left, member, room)
                hold(best, k, some, need, left, member, room)
                settle(best, k, some, need, at, used, week, service)
                received[r] += some * need[k, 0]
                totals[PLACED] += some * need[k, 0]
                totals[EVENTS] += some
                n -= some
            stayers[r, k] = n
