"""From one vertex of the prices to the next, compiled: a walk down the dual.

The dual of the placement problem is a convex, piecewise linear function of the prices alone,

    g(y) = sum of slopes * y  +  sum over rows of count * max over sites of (worth - need . y at the site),

with one price ``y`` per site and service, and one per region. Its lowest point lies at a vertex: as many
equations hold there as there are prices. An equation is either a *tie* (a row is indifferent between
its own site and another) or a *kink* (a price stands at 0, or at the least it may be). ``walk`` goes from
vertex to vertex along edges that lead down, each time to the lowest point of the edge, whatever bends lie
between: a dual simplex method with generalized upper bounds (Dantzig and Van Slyke 1967), steepest edges
(Forrest and Goldfarb 1992) and long steps (Fourer 1994). At the lowest vertex the multipliers of the ties
say which rows a plan of whole households must still decide.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from partage.place.instance import Ints

TIE, KINK, END = (
    0,
    1,
    2,
)  # what an equation says: row indifferent; price at 0; price at its lower end
DONE, MORE, WIDER, STUCK = 0, 1, 2, 3  # why a walk stopped
BARRED, FREE, HELD = 0, 1, 2  # a row at a site: not allowed; open; held by a tie
OWN_LESS, PRICE_UP, PRICE_DOWN = (
    1,
    2,
    3,
)  # how an equation gives way (0: a tie whose part is below 0)
TINY = 1e-11
LEVEL = -1e-9  # households: a slope above it no longer falls
SUMS = {"reassoc", "contract", "nsz"}  # the order of a sum does not matter; infinities do


class Rows(NamedTuple):
    """The rows that are looked at: those near a tie. ``own`` is the site of each, sites = no place."""

    worth: Ints  # (rows, sites + 1), the last column no place; -inf not allowed
    safe: Ints  # (rows,) up to this drift of its kind the row's own site stays its best
    kind: Ints  # (rows,)
    need: Ints  # (rows, services)
    state: Ints  # (rows, sites + 1)
    many: Ints  # (rows,) households each stands for, or its weight in a sample
    own: Ints  # (rows,)
    ties: Ints  # (rows,) how many ties each is in


class Vertex(NamedTuple):
    """Prices and the equations that hold there; per equation ``V`` = the edge along which it gives way."""

    y: Ints  # (prices,)
    V: Ints  # (equations, prices): the columns of the inverse
    norm: Ints  # squared length of each
    part: Ints  # multiplier of each equation
    what: Ints
    obj: Ints  # row of a tie; price of a kink
    alt: Ints  # other site of a tie
    lead: Ints  # first equation of the same row, -1 for kinks
    inside: Ints  # (prices,) equation that fixes a price, -1 if none


class Slopes(NamedTuple):
    """The part of the dual that does not depend on rows, per price, and the slope as of now."""

    now: Ints
    side: Ints  # 1 at or above 0, -1 below
    upper: Ints  # slope above 0
    lower: Ints  # slope below 0, where there is a below
    has_left: Ints
    low: Ints


@njit(cache=True, nogil=True, inline="always")
def _push(heap_t, heap_n, size, t, n):
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if heap_t[up] <= t:
            break
        heap_t[at] = heap_t[up]
        heap_n[at] = heap_n[up]
        at = up
    heap_t[at] = t
    heap_n[at] = n
    return size + 1


@njit(cache=True, nogil=True, inline="always")
def _pop(heap_t, heap_n, size):
    size -= 1
    t = heap_t[size]
    n = heap_n[size]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and heap_t[down + 1] < heap_t[down]:
            down += 1
        if heap_t[down] >= t:
            break
        heap_t[at] = heap_t[down]
        heap_n[at] = heap_n[down]
        at = down
    heap_t[at] = t
    heap_n[at] = n
    return size


class Kinds(NamedTuple):
    """Rows with the same needs pay the same: per kind what it pays, and how that changes."""

    need: Ints  # (kinds, services)
    persons: Ints  # (kinds,), at least 1
    paid: Ints  # (kinds, sites + 1) at the prices of now
    pace: Ints  # (kinds, sites + 1) along the edge
    drift: Ints  # (kinds,) how far sites may have come apart since the start
    spread: Ints  # (kinds,) how fast they come apart along the edge


@njit(cache=True, nogil=True, inline="always")
def _next(worth, state, paid, pace, own):
    """How far along the edge another site first overtakes a row's own, which, and how far ahead it is now.

    (inf, -1, …) if none ever does.
    """
    above, slower, at = np.inf, 1.0, -1
    best, mine = worth[own] - paid[own], pace[own]
    ahead = np.inf
    for j in range(len(worth)):
        behind = best - (worth[j] - paid[j])
        if j != own and behind < ahead:
            ahead = behind
        less = mine - pace[j]
        if less > TINY and behind * slower < above * less and state[j] == FREE:
            above, slower, at = behind, less, j
    return max(above / slower, 0.0), at, ahead


@njit(cache=True, nogil=True, inline="always")
def _move(n, old, new, weight, need, region, slope):
    """Row ``n`` uses the new site instead of the old one."""
    m, k = len(region), need.shape[1]
    if old < m:
        for s in range(k):
            slope[old * k + s] += weight * need[n, s]
        if region[old] >= 0:
            slope[region[old]] += weight * need[n, 0]
    if new < m:
        for s in range(k):
            slope[new * k + s] -= weight * need[n, s]
        if region[new] >= 0:
            slope[region[new]] -= weight * need[n, 0]


@njit(cache=True, nogil=True)
def _worst(v, count, f, tolerance, share, sizes):
    """The equation whose part is furthest out of its range, by steepest edge, and how it gives way."""
    dims = len(v.part)
    share[:] = 0.0
    sizes[:] = 0.0
    for e in range(dims):
        if v.what[e] == TIE:
            share[v.lead[e]] += v.part[e]
            sizes[v.lead[e]] += v.norm[e]
    pick, how, top = -1, 0, 0.0
    for e in range(dims):
        way, off, size = 0, 0.0, v.norm[e]
        if v.what[e] == TIE:
            off = -v.part[e]
            if v.lead[e] == e and share[e] - count[v.obj[e]] > max(off, tolerance):
                way, off, size = OWN_LESS, share[e] - count[v.obj[e]], sizes[e]
        elif v.part[e] > 0:
            way, off = PRICE_UP, v.part[e]
        elif v.what[e] == KINK and f.has_left[v.obj[e]]:
            way, off = PRICE_DOWN, f.lower[v.obj[e]] - f.upper[v.obj[e]] - v.part[e]
        if off > tolerance and off * off > top * size:
            pick, how, top = e, way, off * off / max(size, 1e-30)
    return pick, how


@njit(cache=True, nogil=True)
def _rekey(leader, v, rows, region, slope):
    """The row takes the site of its largest tie as its own; its other ties are told anew. That tie."""
    dims = len(v.part)
    e, largest = -1, -np.inf
    for g in range(dims):
        if v.what[g] == TIE and v.lead[g] == leader and v.part[g] > largest:
            largest, e = v.part[g], g
    n = v.obj[e]
    old, new = rows.own[n], v.alt[e]
    rest = 0.0
    for g in range(dims):
        if v.what[g] == TIE and v.lead[g] == leader and g != e:
            rest += v.part[g]
            v.V[e] += v.V[g]
    v.V[e] = -v.V[e]
    v.norm[e] = np.sum(v.V[e] ** 2)
    v.part[e] = rows.many[n] - rest - v.part[e]
    rows.own[n] = new
    v.alt[e] = old
    rows.state[n, new] = FREE
    rows.state[n, old] = HELD
    _move(n, old, new, rows.many[n], rows.need, region, slope)
    return e


@njit(cache=True, nogil=True, fastmath=SUMS)
def _paces(need, d, region, pace, spread):
    """How the price of each kind at each site changes along a direction, and how far sites come apart."""
    kinds, k = need.shape
    m = len(region)
    by_service = np.empty((k, m))
    for j in range(m):
        for s in range(k):
            by_service[s, j] = d[j * k + s]
        if region[j] >= 0:
            by_service[0, j] += d[region[j]]
    for n in range(kinds):
        row = pace[n]
        row[:] = 0.0
        for s in range(k):
            units = need[n, s]
            if units != 0.0:
                for j in range(m):
                    row[j] += units * by_service[s, j]
        least, most = 0.0, 0.0
        for j in range(m):
            least = min(least, row[j])
            most = max(most, row[j])
        spread[n] = most - least


@njit(cache=True, nogil=True)
def _bends(far, kinds, rows, target, heap_t, heap_n):
    """Collects where the edge first bends for each row, if that may be nearer than ``far``."""
    size = 0
    limit = kinds.drift + far * kinds.spread
    for n in range(len(rows.own)):
        kind = rows.kind[n]
        if rows.safe[n] > limit[kind]:
            continue
        t, j, ahead = _next(
            rows.worth[n], rows.state[n], kinds.paid[kind], kinds.pace[kind], rows.own[n]
        )
        rows.safe[n] = ahead + kinds.drift[kind]
        if j >= 0:
            target[n] = j
            size = _push(heap_t, heap_n, size, t, n)
    return size


@njit(cache=True, nogil=True)
def _kinks(e, how, d, v, f, heap_t, heap_n, size, first):
    """Adds where prices reach 0 or their lower end along the edge."""
    for a in range(len(d)):
        if v.inside[a] >= 0 and v.inside[a] != e:
            continue
        side = f.side[a]
        if v.inside[a] == e:
            side = 1 if how == PRICE_UP and v.what[e] == KINK else -1
        if d[a] < -TINY:
            end = 0.0 if side > 0 else f.low[a]
            size = _push(heap_t, heap_n, size, max(v.y[a] - end, 0.0) / -d[a], first + a)
        elif d[a] > TINY and side < 0:
            size = _push(heap_t, heap_n, size, max(-v.y[a], 0.0) / d[a], first + a)
    return size


@njit(cache=True, nogil=True)
def _lowest(
    falling, d, far, v, f, kinds, rows, target, heap_t, heap_n, size, region, change, passed, came
):
    """To the lowest point of the edge: (how far, which bend stops it, how many were passed).

    Rows are numbered from 0, prices after them. ``change`` is what passing bends does to the slopes. Bends
    beyond ``far`` were not all collected: -2 says that it goes further.
    """
    first = len(rows.own)
    many = 0
    while size > 0:
        t, n = heap_t[0], heap_n[0]
        if t > far:
            return t, -2, many
        size = _pop(heap_t, heap_n, size)
        if n >= first:
            a = n - first
            up = d[a] > 0
            step = f.upper[a] - f.lower[a]
            crosses = (up and f.side[a] < 0) or (not up and f.side[a] > 0 and f.has_left[a])
            if not crosses or falling + step * abs(d[a]) >= LEVEL or many >= len(passed):
                return t, n, many
            falling += step * abs(d[a])
            change[a] += step if up else -step
            f.side[a] = 1 if up else -1
            if not up:
                size = _push(heap_t, heap_n, size, (v.y[a] - f.low[a]) / -d[a], n)
        else:
            own, j, kind = rows.own[n], target[n], rows.kind[n]
            more = rows.many[n] * (kinds.pace[kind, own] - kinds.pace[kind, j])
            if rows.ties[n] > 0 or falling + more >= LEVEL or many >= len(passed):
                return t, n, many
            falling += more
            came[many] = own
            _move(n, own, j, rows.many[n], rows.need, region, change)
            rows.own[n] = j
            rows.safe[n] = -np.inf
            next_t, c, _ = _next(
                rows.worth[n], rows.state[n], kinds.paid[kind], kinds.pace[kind], j
            )
            if c >= 0:
                target[n] = c
                size = _push(heap_t, heap_n, size, max(next_t, t), n)
        passed[many] = n
        many += 1
    return 0.0, (-1 if far == np.inf else -2), many


@njit(cache=True, nogil=True)
def _lean(enter, target, v, rows, region, alpha):
    """How the new equation leans on each of the old ones."""
    first = len(rows.own)
    m, k = len(region), rows.need.shape[1]
    if enter >= first:
        alpha[:] = v.V[:, enter - first]
        return
    alpha[:] = 0.0
    for way in range(2):
        j = rows.own[enter] if way == 0 else target[enter]
        if j == m:
            continue
        lean = 1.0 if way == 0 else -1.0
        for s in range(k):
            u = lean * rows.need[enter, s]
            if u != 0.0:
                alpha += u * v.V[:, j * k + s]
        if region[j] >= 0:
            alpha += lean * rows.need[enter, 0] * v.V[:, region[j]]


@njit(cache=True, nogil=True, fastmath=SUMS)
def _dot(a, b):
    total = 0.0
    for n in range(len(a)):
        total += a[n] * b[n]
    return total


@njit(cache=True, nogil=True, fastmath=SUMS)
def _less(a, x, b):
    """a -= x * b, and the squared length of what is left."""
    total = 0.0
    for n in range(len(a)):
        a[n] -= x * b[n]
        total += a[n] * a[n]
    return total


@njit(cache=True, nogil=True)
def _exchange(e, alpha, v):
    """The new equation takes the place of equation ``e``."""
    v.V[e] /= alpha[e]
    v.part[e] /= alpha[e]
    v.norm[e] = _dot(v.V[e], v.V[e])
    for g in range(len(alpha)):
        if g != e and abs(alpha[g]) > 1e-14:
            v.norm[g] = _less(v.V[g], alpha[g], v.V[e])
            v.part[g] -= alpha[g] * v.part[e]


@njit(cache=True, nogil=True)
def _forget(e, gone, v, rows):
    """What was known of equation ``e`` ends."""
    if v.what[e] != TIE:
        v.inside[v.obj[e]] = -1
        return
    rows.state[gone, v.alt[e]] = FREE
    if v.lead[e] != e:
        return
    chief = -1  # another tie of the row leads now
    for g in range(len(v.lead)):
        if g != e and v.what[g] == TIE and v.lead[g] == e:
            if chief < 0:
                chief = g
            v.lead[g] = chief


@njit(cache=True, nogil=True)
def _enter(e, enter, target, d, v, f, rows):
    """What the new equation says."""
    first = len(rows.own)
    if enter >= first:
        a = enter - first
        v.obj[e], v.alt[e], v.lead[e] = a, -1, -1
        v.inside[a] = e
        if d[a] < 0 and f.side[a] < 0:
            v.what[e] = END
            v.y[a] = f.low[a]
            return
        v.what[e] = KINK
        v.y[a] = 0.0
        if f.side[a] < 0:  # seen from above from now on
            f.now[a] += f.upper[a] - f.lower[a]
            v.part[e] -= f.upper[a] - f.lower[a]
        f.side[a] = 1
        return
    v.what[e], v.obj[e], v.alt[e], v.lead[e] = TIE, enter, target[enter], e
    rows.ties[enter] += 1
    rows.state[enter, target[enter]] = HELD
    for g in range(len(v.lead)):
        if g != e and v.what[g] == TIE and v.obj[g] == enter:
            v.lead[e] = v.lead[g]
            break


@njit(cache=True, nogil=True)
def _apart(kinds, y, region, spare, spread):
    """How far, per person, the worst kind's prices come apart between two points ``y`` apart."""
    _paces(kinds.need, y, region, spare, spread)
    most = 0.0
    for n in range(len(spread)):
        most = max(most, spread[n] / kinds.persons[n])
    return most


@njit(cache=True, nogil=True, fastmath=SUMS)
def _add(a, x, b):
    for n in range(a.shape[0]):
        for j in range(a.shape[1]):
            a[n, j] += x * b[n, j]


@njit(cache=True, nogil=True)
def _undo(many, passed, came, f, rows):
    """As if no bend had been passed."""
    first = len(rows.own)
    for p in range(many - 1, -1, -1):
        if passed[p] >= first:
            f.side[passed[p] - first] = -f.side[passed[p] - first]
        else:
            rows.own[passed[p]] = came[p]


@njit(cache=True, nogil=True)
def walk(most, v, f, rows, kinds, region, since, room, tolerance):
    """Walks down up to ``most`` edges; (why it stopped, edges walked).

    ``since`` are the prices at which all rows were looked at, ``room`` how far, per person, they may drift
    from there until the rows outside must be looked at again.
    """
    dims, first = len(v.y), len(rows.own)
    spare, sized = np.empty(kinds.paid.shape), np.empty(len(kinds.spread))
    target = np.empty(first, np.int64)
    heap_t, heap_n = np.empty(first + dims + 1), np.empty(first + dims + 1, np.int64)
    passed, came = np.empty(8 * first + 64, np.int64), np.empty(8 * first + 64, np.int64)
    share, sizes, alpha = np.empty(dims), np.empty(dims), np.empty(dims)
    change = np.empty(dims)
    guess = np.inf
    for walked in range(most):
        e, how = _worst(v, rows.many, f, tolerance, share, sizes)
        if e < 0:
            return DONE, walked
        if how == OWN_LESS:
            e, how = _rekey(e, v, rows, region, f.now), 0
        d = v.V[e].copy() if how == PRICE_UP else -v.V[e]
        gone, old_side, row = -1, 0, -1
        if v.what[e] == TIE:
            gone = v.obj[e]
            rows.ties[gone] -= 1
        else:
            row = v.obj[e]
            old_side = f.side[row]
        _paces(kinds.need, d, region, kinds.pace, kinds.spread)
        far = guess
        while True:
            falling = -v.part[e] if how == PRICE_UP else v.part[e]
            change[:] = 0.0
            size = _bends(far, kinds, rows, target, heap_t, heap_n)
            size = _kinks(e, how, d, v, f, heap_t, heap_n, size, first)
            if row >= 0:
                f.side[row] = 1 if how == PRICE_UP and v.what[e] == KINK else -1
                if how == PRICE_DOWN:
                    change[row] += f.lower[row] - f.upper[row]
                    falling -= f.lower[row] - f.upper[row]
            t, enter, many = _lowest(
                falling, d, far, v, f, kinds, rows, target, heap_t, heap_n, size, region, change,
                passed, came,
            )  # fmt: skip
            if enter != -2:
                break
            _undo(many, passed, came, f, rows)
            if row >= 0:
                f.side[row] = old_side
            far = far * 16.0 if far < 1e12 else np.inf
        wider = enter < 0 and room < np.inf
        stuck = enter < 0
        if not stuck:
            wider = (
                room < np.inf and _apart(kinds, v.y + t * d - since, region, spare, sized) > room
            )
            _lean(enter, target, v, rows, region, alpha)
            stuck = abs(alpha[e]) < 1e-9
        if wider or stuck:
            _undo(many, passed, came, f, rows)
            if row >= 0:
                f.side[row] = old_side
            if gone >= 0:
                rows.ties[gone] += 1
            return (WIDER if wider else STUCK), walked
        guess = 4.0 * t if t > 0 else guess
        v.y[:] += t * d
        _add(kinds.paid, t, kinds.pace)
        kinds.drift[:] += t * kinds.spread
        if np.any(change != 0.0):
            f.now[:] += change
            for g in range(dims):
                v.part[g] -= _dot(v.V[g], change)
        _forget(e, gone, v, rows)
        _exchange(e, alpha, v)
        _enter(e, enter, target, d, v, f, rows)
        if gone >= 0:
            rows.safe[gone] = -np.inf
        if enter < first:
            rows.safe[enter] = -np.inf
    return MORE, most


@njit(cache=True, nogil=True)
def equations(what, row, other, own, need, worth_own, worth_other, region, low, matrix, right):
    """The equations of a vertex as a matrix, and what they must come to."""
    m, k = len(region), need.shape[1]
    for e in range(len(what)):
        if what[e] != TIE:
            matrix[e, row[e]] = 1.0
            right[e] = low[row[e]] if what[e] == END else 0.0
            continue
        right[e] = worth_own[e] - worth_other[e]
        for way in range(2):
            j = own[e] if way == 0 else other[e]
            if j == m:
                continue
            lean = 1.0 if way == 0 else -1.0
            for s in range(k):
                matrix[e, j * k + s] += lean * need[row[e], s]
            if region[j] >= 0:
                matrix[e, region[j]] += lean * need[row[e], 0]
