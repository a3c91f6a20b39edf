"""The compiled model: days in a row, each with closures, exits, entries, answers, places and a night."""

from __future__ import annotations

from numba import njit

from partage.simulate.arrays import (
    ACCEPTS,
    HELD,
    HOMELESS,
    LAG,
    LAG_DAYS,
    LEAVES_WAITING,
    NEVER,
    NO_LIMIT,
    NO_SHOW,
    PER_KM,
    SERIES,
    SPREAD,
    TOTALS,
    WAITING,
    WAY,
    WILLING,
    T,
)
from partage.simulate.luck import BESIDE, FAST, weigh_chance, whole
from partage.simulate.moves import (
    IN,
    OUT,
    answer,
    at_speed,
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
IMBALANCE, ARRIVED = T["imbalance"], T["arrived"]
TRAVEL, TRANSFERRED = T["cost-travel"], T["transferred"]
FIXED_SERIES, FIXED_TOTALS = len(SERIES), len(TOTALS)


@njit(**FAST)
def replicate(w, st, level, lodged, hazard, params, keys, series, totals):
    """Every run of a batch, BESIDE of them side by side.

    ``level`` (runs, E, M) factors on arrivals; ``lodged`` (runs, L) share that needs a roof; ``hazard``
    (runs, S) chance a day to leave; ``params`` (runs, PARAMS); ``keys`` (runs, LUCK) uint64. Written:
    ``series`` (runs, T, 8 + S + R) and ``totals`` (runs, TOTALS + S + S·V), int64.
    """
    (
        need, share, rate, stretch, home, _lodging, entry_places, turn, allowed, offer, by_due, due,
        ceiling, ceilings, counts_all, before, opens, cap, region, speed, price, pays_empty, km,
        member, group, start, report, service, agreed, weekly, onward, fixed_per_day
    ) = w  # fmt: skip
    (
        factor, par, luck, lag, lodge, agree, held, wait, miss, leaving, stay, ends, at, used, left,
        room, movers, stayers, ring, gone, weight, plan, can, here, fresh, received, alone, counted,
        everybody, week, tally, full, peak, told, work
    ) = st  # fmt: skip
    mean = (share * need[:, 0]).sum()
    for first in range(0, params.shape[0], BESIDE):
        number = min(BESIDE, params.shape[0] - first)
        take(first, number, level, hazard, params, keys, factor, leaving, par, luck, lag)
        chances(first, number, lodged, par, lodge, wait, miss, agree, held, ends, work)
        for rows in (movers, stayers, week, peak):
            rows[:] = 0.0
        for rows in (fresh, received, alone, tally, told):
            rows[:] = 0.0
        ring[:] = 0.0
        begin(start, need, at, used, full, told)
        for d in range(rate.shape[0]):
            now, today = turn[d], cap[d]
            close_places(today, need, region, at, used, stayers, received, told)
            at_speed(d, speed, leaving, stay, work)
            leave_places(
                d, luck, stay, ends, onward, region, need, at, used, gone, tally, told, work
            )
            leave_waiting(d, movers, stayers, wait, luck, need, tally, told, work)
            enter(d, rate[d], stretch[d], factor, mean, lodge, share, par[SPREAD], lag, luck, home,
                  need, ring, fresh, alone, tally, told, work)  # fmt: skip
            answer(d, offer[now], agree, held, luck, home, need, ring, fresh, movers, stayers, told,
                   work)  # fmt: skip
            open_day(today, used, left, group[d], member, room)
            place_stayers(region, need, member, room, left, stayers, at, used, week, service, weekly,
                          received, told, work)  # fmt: skip
            claims(counts_all[now], before[now], need, movers, received, alone, counted, tally,
                   everybody)  # fmt: skip
            under_ceiling(ceiling[now], ceilings, due[now], everybody, counted, room)
            weigh(
                by_due[now], due[now], counted, everybody, region, left, member, room, weight, work
            )
            work[WAY][:] = 0.0
            place_movers(d, home, allowed[now], miss, luck, region, need, member, room, left, weight,
                         plan, can, movers, stayers, at, used, week, service, weekly, received, km,
                         told, work)  # fmt: skip
            count_waiting(need, home, fresh, movers, stayers, here, work)
            night(d, today, opens[d], price[d], pays_empty, fixed_per_day[d], entry_places, here,
                  used, full, told, work)  # fmt: skip
            count_everybody(par[PER_KM], tally, told, work)
            if report[d] >= 0:
                tell(report[d], first, number, used, received, alone, tally, told, work, series)
                loads(False, weekly, service, agreed, at, week, peak, work)
            if d % 7 == 6:
                loads(True, weekly, service, agreed, at, week, peak, work)
        finish(first, number, need, ring, fresh, tally, full, peak, told, totals)


@njit(**FAST)
def take(first, number, level, hazard, params, keys, factor, leaving, par, luck, lag):
    """What the runs draw, side by side; places beyond the last run repeat it, and are not told."""
    for i in range(BESIDE):
        run = first + min(i, number - 1)
        for n in range(par.shape[0]):
            par[n, i] = params[run, n]
        for n in range(luck.shape[0]):
            luck[n, i] = keys[run, n]
        for n in range(leaving.shape[0]):
            leaving[n, i] = hazard[run, n]
        for e in range(factor.shape[0]):
            for m in range(factor.shape[1]):
                factor[e, m, i] = level[run, e, m]
        lag[i] = min(LAG - 1, max(0, int(params[run, LAG_DAYS] + 0.5)))


@njit(**FAST)
def chances(first, number, lodged, par, lodge, wait, miss, agree, held, ends, work):
    """What those chances need that stay the same all through a run."""
    row = work[0]
    for e in range(lodged.shape[1]):
        for i in range(BESIDE):
            row[i] = lodged[first + min(i, number - 1), e]
        weigh_chance(row, lodge[e])
    weigh_chance(par[LEAVES_WAITING], wait)
    weigh_chance(par[NO_SHOW], miss)
    for asked, name in ((1, WILLING), (2, ACCEPTS)):
        for i in range(BESIDE):
            row[i] = (1.0 - par[HELD, i]) * par[name, i]
        weigh_chance(row, agree[asked])
    for i in range(BESIDE):  # of those who do not go, when everybody is asked
        row[i] = par[HELD, i] / max(1e-12, 1.0 - row[i])
    weigh_chance(row, held)
    for which in range(4):
        for end in range(3):
            for i in range(BESIDE):
                rest = 1.0
                for earlier in range(end):
                    if earlier == 0 or (which & (3 - earlier)) > 0:
                        rest -= par[HOMELESS + earlier, i]
                row[i] = par[HOMELESS + end, i] / max(1e-9, rest)
            weigh_chance(row, ends[which, end])


@njit(**FAST)
def begin(start, need, at, used, full, told):
    """Whoever is there at the start is there."""
    full[:] = float(NEVER)
    used[:] = 0.0
    for i in range(BESIDE):
        told[FIRST, i] = float(NEVER)
    for j in range(at.shape[0]):
        for k in range(need.shape[0]):
            for i in range(BESIDE):
                at[j, k, i] = float(start[j, k])
                told[HOSTED_START, i] += start[j, k] * need[k, 0]
                for v in range(3):
                    used[j, v, i] += start[j, k] * need[k, v]


@njit(**FAST)
def claims(counts_all, before, need, movers, received, alone, counted, tally, everybody):
    """Whom the key shares out so far, with those who would go today; writes who counts where."""
    for i in range(BESIDE):
        everybody[i] = tally[IN, i] if counts_all else 0.0
    if not counts_all:
        for e in range(movers.shape[0]):
            for k in range(need.shape[0]):
                for i in range(BESIDE):
                    everybody[i] += movers[e, k, i] * need[k, 0]
    for r in range(counted.shape[0]):
        for i in range(BESIDE):
            counted[r, i] = received[r, i] + (alone[r, i] + before[r] if counts_all else 0.0)
            everybody[i] += before[r] if counts_all else received[r, i]


@njit(**FAST)
def night(d, cap, opens, price, pays_empty, fixed, entry_places, here, used, full, told, work):
    """At 04:00: who has no roof, who is where, what it costs."""
    roofless, hosted, empty, cost = work[0], work[1], work[2], work[3]
    for i in range(BESIDE):
        roofless[i] = hosted[i] = empty[i] = 0.0
        cost[i] = fixed
    for r in range(here.shape[0]):
        for i in range(BESIDE):
            roofless[i] += max(0.0, here[r, i] - entry_places[r])
    for j in range(used.shape[0]):
        agreed = float(cap[j, 0])
        limited, can_be_full = agreed < NO_LIMIT, agreed > 0 and not opens[j]
        for i in range(BESIDE):
            there = used[j, 0, i]
            hosted[i] += there
            empty[i] += max(0.0, agreed - there) if limited else 0.0
            cost[i] += price[j] * (agreed if pays_empty[j] else there)
            since = min(full[j, i], float(d))
            full[j, i] = since if can_be_full & (there >= agreed) else full[j, i]
    for i in range(BESIDE):
        told[NIGHTS, i] += hosted[i]
        told[NIGHTS_WAITING, i] += work[WAITING, i]
        told[ROOFLESS, i] += roofless[i]
        told[EMPTY, i] += empty[i]
        told[MOST, i] = max(told[MOST, i], roofless[i])
        told[LODGING, i] += whole(cost[i] + 0.5)
        since = min(told[FIRST, i], float(d))
        told[FIRST, i] = since if roofless[i] > 0.0 else told[FIRST, i]
        told[HOSTED_END, i] = hosted[i]
        told[WAITING_END, i] = work[WAITING, i]


@njit(**FAST)
def count_everybody(per_km, tally, told, work):
    """What the ways of the day cost, and whether everybody who came is somewhere."""
    for i in range(BESIDE):
        told[TRAVEL, i] += whole(work[WAY, i] * per_km[i] + 0.5)
        apart = tally[IN, i] + told[HOSTED_START, i] - tally[OUT, i]
        apart = abs(apart - told[HOSTED_END, i] - told[WAITING_END, i])
        told[IMBALANCE, i] = max(told[IMBALANCE, i], apart)


@njit(**FAST)
def tell(day, first, number, used, received, alone, tally, told, work, series):
    """The row of a reported day in each run; shares in hundredths of a percent."""
    roofless, hosted, empty, waiting = work[0], work[1], work[2], work[WAITING]
    sites, regions = used.shape[0], received.shape[0]
    for i in range(number):
        row = series[first + i, day]
        row[0], row[1], row[2] = waiting[i], roofless[i], hosted[i]
        row[3], row[4] = tally[IN, i], told[TRANSFERRED, i]
        row[5] = int(told[LODGING, i] + told[TRAVEL, i]) // 1000
        row[6], row[7] = empty[i], hosted[i] + waiting[i]
        for j in range(sites):
            row[FIXED_SERIES + j] = used[j, 0, i]
        everybody = 0.0
        for r in range(regions):
            everybody += received[r, i] + alone[r, i]
        for r in range(regions):
            part = 10000.0 * (received[r, i] + alone[r, i]) / max(1.0, everybody)
            row[FIXED_SERIES + sites + r] = max(0, int(part + 1e-9))


@njit(**FAST)
def finish(first, number, need, ring, fresh, tally, full, peak, told, totals):
    """What is told of each whole run; those not asked yet are counted once more, one by one."""
    sites, services = peak.shape[0], peak.shape[1]
    for i in range(number):
        unasked = 0.0
        for slot in range(ring.shape[0]):
            for e in range(ring.shape[1]):
                for k in range(ring.shape[2]):
                    unasked += ring[slot, e, k, i] * need[k, 0]
        for r in range(fresh.shape[0]):
            unasked -= fresh[r, i]
        told[IMBALANCE, i] = max(told[IMBALANCE, i], abs(unasked))
        told[ARRIVED, i] = tally[IN, i]
        row = totals[first + i]
        for n in range(FIXED_TOTALS):
            row[n] = told[n, i]
        for j in range(sites):
            row[FIXED_TOTALS + j] = full[j, i]
            for v in range(services):
                row[FIXED_TOTALS + sites + j * services + v] = peak[j, v, i]
