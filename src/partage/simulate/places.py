"""Compiled placing: what fits where, and who is given which place, a whole household at a time.

Arrays are handed over one by one, by the names of ``arrays.World`` and ``arrays.State``. The last axis is
the run; ``work`` has rows to work in.
"""

from __future__ import annotations

from numba import njit

from partage.simulate.arrays import NO_LIMIT, ROAD, WAY, T
from partage.simulate.luck import BESIDE, FAST, anybody, binomials, uniform, uniforms, whole

PLACED, MOVED, MISSED = T["placed"], T["transferred"], T["no-shows"]
EVENTS = T["events"]
RAMP = 3  # the column of ``left`` and ``cap`` for newcomers of the day
URN = 64  # households of a stream and kind who do not come, drawn one by one


@njit(**FAST)
def open_day(cap, used, left, group, member, room):
    """What is free today, under agreements, ramps, and caps of cities and provinces."""
    for j in range(used.shape[0]):
        for v in range(3):
            agreed = float(cap[j, v])
            for i in range(BESIDE):
                left[j, v, i] = agreed - used[j, v, i]
        for i in range(BESIDE):
            left[j, RAMP, i] = float(cap[j, RAMP])
    for g in range(member.shape[0]):
        for i in range(BESIDE):
            room[g, i] = float(group[g])
        for j in range(used.shape[0]):
            if member[g, j]:
                for i in range(BESIDE):
                    room[g, i] -= used[j, 0, i]


@njit(inline="always", **FAST)
def times(free, need, inverse):
    """How many times a need goes into what is free, exactly: a product is quicker than a division."""
    free = max(0.0, free)
    n = whole(free * inverse)
    n = n - 1.0 if n * need > free else n
    return n + 1.0 if (n + 1.0) * need <= free else n


@njit(**FAST)
def fits(j, k, n, out, need, left, member, room):
    """How many of n households of a kind a site can still take today; whether any run has one."""
    size = float(need[k, 0])
    some, inverse = 0, 1.0 / size
    for i in range(BESIDE):
        free = min(left[j, 0, i], left[j, RAMP, i])
        some += 1 if (free >= size) & (n[i] > 0.0) else 0
        out[i] = 0.0
    if some == 0:
        return False
    for i in range(BESIDE):
        out[i] = min(n[i], times(min(left[j, 0, i], left[j, RAMP, i]), size, inverse))
    for v in range(1, 3):
        if need[k, v] > 0:
            units = float(need[k, v])
            for i in range(BESIDE):
                out[i] = min(out[i], times(left[j, v, i], units, 1.0 / units))
    for g in range(member.shape[0]):
        if member[g, j]:
            for i in range(BESIDE):
                out[i] = min(out[i], times(room[g, i], size, inverse))
    return True


@njit(**FAST)
def hold(j, k, n, need, left, member, room):
    """Keep places for n households until the night."""
    size = float(need[k, 0])
    for i in range(BESIDE):
        left[j, 0, i] -= n[i] * size
        left[j, RAMP, i] -= n[i] * size
    for v in range(1, 3):
        if need[k, v] > 0:
            units = float(need[k, v])
            for i in range(BESIDE):
                left[j, v, i] -= n[i] * units
    for g in range(member.shape[0]):
        if member[g, j]:
            for i in range(BESIDE):
                room[g, i] -= n[i] * size


@njit(**FAST)
def settle(j, k, r, n, need, service, weekly, at, used, received, week, told):
    """They have arrived, in region r."""
    size = float(need[k, 0])
    for i in range(BESIDE):
        at[j, k, i] += n[i]
        received[r, i] += n[i] * size
        told[PLACED, i] += n[i] * size
        used[j, 0, i] += n[i] * size
    for v in range(1, 3):
        if need[k, v] > 0:
            units = float(need[k, v])
            for i in range(BESIDE):
                used[j, v, i] += n[i] * units
    for v in range(weekly.shape[0]):
        if weekly[v] and service[k, v] > 0:
            units = float(service[k, v])
            for i in range(BESIDE):
                week[j, v, i] += n[i] * units


@njit(**FAST)
def weigh(by_due, due, counted, everybody, region, left, member, room, weight, work):
    """How strongly each site draws: what its region is short of its due, or its free places."""
    for j in range(region.shape[0]):
        for i in range(BESIDE):
            weight[j, i] = max(0.0, min(left[j, 0, i], left[j, RAMP, i]))
        for g in range(member.shape[0]):
            if member[g, j]:
                for i in range(BESIDE):
                    weight[j, i] = min(weight[j, i], max(0.0, room[g, i]))
    if not by_due:
        return
    pull = work[0]
    for r in range(due.shape[0]):
        pull[:] = 0.0
        for j in range(region.shape[0]):
            if region[j] == r:
                for i in range(BESIDE):
                    pull[i] += weight[j, i]
        if not anybody(pull):
            continue
        for i in range(BESIDE):
            short = max(0.0, due[r] * everybody[i] - counted[r, i])
            pull[i] = short / pull[i] if pull[i] > 0.0 else 0.0
        for j in range(region.shape[0]):
            if region[j] == r:
                for i in range(BESIDE):
                    weight[j, i] *= pull[i]


@njit(**FAST)
def under_ceiling(ceiling, ceilings, due, everybody, counted, room):
    """Persons whom each region with a ceiling may still receive of those who move: the last caps."""
    first = room.shape[0] - ceilings.shape[0]
    for c in range(ceilings.shape[0]):
        r = ceilings[c]
        for i in range(BESIDE):
            most = whole(due[r] * everybody[i]) - counted[r, i]
            room[first + c, i] = most if ceiling[c] else float(NO_LIMIT)


@njit(**FAST)
def share_out(k, n, u, allowed, need, left, member, room, weight, plan, can, work):
    """Plan n households of a kind over the sites open to them, by weight; whether any has a place.

    Whole households by systematic sampling: each site gets its part, rounded up or down by chance u.
    What does not fit is shared out again among the others; what nobody draws goes wherever it fits, for a
    roof comes first.
    """
    rest, wanted, part, so_far, given = work[2], work[3], work[4], work[5], work[6]
    some, fit = work[7], work[8]
    sites, is_open = plan.shape[0], 0
    for j in range(sites):
        some_fit = allowed[j] and fits(j, k, n, fit, need, left, member, room)
        for i in range(BESIDE):
            plan[j, i] = 0.0
            can[j, i] = fit[i] if some_fit else 0.0
            is_open += 1 if can[j, i] > 0.0 else 0
    if is_open == 0:
        return False
    for i in range(BESIDE):
        rest[i] = n[i]
    for _ in range(4):
        if not anybody(rest):
            break
        for i in range(BESIDE):
            part[i] = 0.0
        for j in range(sites):
            for i in range(BESIDE):
                part[i] += weight[j, i] if can[j, i] > 0.0 else 0.0
        going = 0
        for i in range(BESIDE):
            part[i] = rest[i] / part[i] if part[i] > 0.0 else 0.0
            going += 1 if part[i] > 0.0 else 0
            so_far[i] = u[i]
            given[i] = 0.0
        if going == 0:
            break
        for j in range(sites):
            if not allowed[j]:
                continue
            asked = 0
            for i in range(BESIDE):
                draws = (can[j, i] > 0.0) & (part[i] > 0.0)
                so_far[i] += weight[j, i] * part[i] if draws else 0.0
                upto = whole(so_far[i] + 1e-9)
                wanted[i] = min(upto - given[i], rest[i]) if draws else 0.0
                given[i] = upto if draws else given[i]
                asked += 1 if wanted[i] > 0.0 else 0
            if asked > 0:
                give(j, k, wanted, rest, some, fit, need, left, member, room, plan, can)
    if anybody(rest):
        for j in range(sites):
            asked = 0
            for i in range(BESIDE):
                wanted[i] = rest[i] if can[j, i] > 0.0 else 0.0
                asked += 1 if wanted[i] > 0.0 else 0
            if asked > 0:
                give(j, k, wanted, rest, some, fit, need, left, member, room, plan, can)
    return True


@njit(**FAST)
def give(j, k, wanted, rest, some, fit, need, left, member, room, plan, can):
    """Hold places at a site for as many of the households wanted as fit; the rest shrinks by them."""
    for i in range(BESIDE):
        some[i] = min(wanted[i], can[j, i])
    if member.shape[0] > 0:  # a cap may have been reached elsewhere
        fits(j, k, some, fit, need, left, member, room)
        for i in range(BESIDE):
            some[i] = fit[i]
    hold(j, k, some, need, left, member, room)
    for i in range(BESIDE):
        plan[j, i] += some[i]
        can[j, i] = 0.0 if some[i] < wanted[i] else can[j, i] - some[i]
        rest[i] -= some[i]


@njit(**FAST)
def bring(d, e, k, home, need, service, weekly, region, km, keys, miss, plan, movers, stayers, at, used,
          received, week, told, work):  # fmt: skip
    """Those with a plan travel and arrive; who does not come stays where they entered.

    Adds the person-kilometres of all ways to the row WAY.
    """
    size, kinds, sites = float(need[k, 0]), need.shape[0], plan.shape[0]
    missing, going, u = work[0], work[1], work[2]
    for i in range(BESIDE):
        going[i] = 0.0
    for j in range(sites):
        away = 1.0 if region[j] != home else 0.0
        for i in range(BESIDE):
            movers[e, k, i] -= plan[j, i]
            told[EVENTS, i] += 3.0 * plan[j, i]
            going[i] += plan[j, i] * away
    if anybody(going):
        uniforms(keys[ROAD], d, e * kinds + k, u)
        binomials(u, going, miss, missing, work[3], work[4])
        for i in range(BESIDE):
            stayers[home, k, i] += missing[i]
            told[MISSED, i] += missing[i] * size
        for i in range(BESIDE):
            if missing[i] > 0.0:
                who = (e * kinds + k) * URN
                _who_misses(d, who, home, i, int(missing[i]), going[i], region, keys, plan)
    for j in range(sites):
        some = 0
        for i in range(BESIDE):
            some += 1 if plan[j, i] > 0.0 else 0
        if some == 0:
            continue
        settle(j, k, region[j], plan[j], need, service, weekly, at, used, received, week, told)
        on, away = km[e, j] * size, size if region[j] != home else 0.0
        for i in range(BESIDE):
            work[WAY, i] += plan[j, i] * on
            told[MOVED, i] += plan[j, i] * away


@njit(**FAST)
def _who_misses(d, who, home, i, missing, going, region, keys, plan):
    """Of one run: which sites those who do not come were meant for, each household as likely."""
    for one in range(missing):
        number, last = uniform(keys[ROAD, i], -1 - d, who + one) * going, -1
        for j in range(plan.shape[0]):
            if region[j] != home and plan[j, i] > 0.0:
                last = j
                number -= plan[j, i]
                if number < 0.0:
                    break
        plan[last, i] -= 1.0
        going -= 1.0


@njit(**FAST)
def place_movers(d, home, allowed, miss, keys, region, need, member, room, left, weight, plan, can, movers,
                 stayers, at, used, week, service, weekly, received, km, told, work):  # fmt: skip
    """Everybody who would go is given a place where one fits; adds person-km to the row WAY."""
    streams, kinds, u = movers.shape[0], need.shape[0], work[0]
    for turned in range(streams):
        e = (turned + d) % streams
        for k in range(kinds - 1, -1, -1):
            n = movers[e, k]
            if not anybody(n):
                continue
            uniforms(keys[ROAD], d, -1 - e * kinds - k, u)
            if share_out(k, n, u, allowed[e], need, left, member, room, weight, plan, can, work):
                bring(d, e, k, home[e], need, service, weekly, region, km, keys, miss, plan, movers,
                      stayers, at, used, received, week, told, work)  # fmt: skip


@njit(**FAST)
def place_stayers(region, need, member, room, left, stayers, at, used, week, service, weekly, received,
                  told, work):  # fmt: skip
    """Whoever may not or would not go is given a place in the region, where most are free."""
    best, most, one = work[0], work[1], work[2]
    for r in range(stayers.shape[0]):
        for k in range(need.shape[0] - 1, -1, -1):
            n = stayers[r, k]
            while anybody(n):
                for i in range(BESIDE):
                    best[i] = -1.0
                    most[i] = 0.0
                for j in range(region.shape[0]):
                    if region[j] == r and fits(j, k, n, one, need, left, member, room):
                        for i in range(BESIDE):
                            better = (one[i] > 0.0) & (left[j, 0, i] > most[i])
                            most[i] = left[j, 0, i] if better else most[i]
                            best[i] = float(j) if better else best[i]
                if not anybody(most):
                    break
                for j in range(region.shape[0]):
                    if region[j] != r or not fits(j, k, n, one, need, left, member, room):
                        continue
                    for i in range(BESIDE):
                        one[i] = one[i] if best[i] == float(j) else 0.0
                    if anybody(one):
                        hold(j, k, one, need, left, member, room)
                        settle(j, k, r, one, need, service, weekly, at, used, received, week, told)
                        for i in range(BESIDE):
                            told[EVENTS, i] += one[i]
                            n[i] -= one[i]
