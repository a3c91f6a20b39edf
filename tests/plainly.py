"""The flow model said plainly: one run, one household after another where that is what is meant, whole numbers.

A judge of the compiled model: it takes the same scenario, keys and parameters, and shares none of its code.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

from partage.simulate.arrays import LUCK, PARAMS, World

M = (1 << 64) - 1
UNLIMITED = 1 << 40


def number(key: int, day: int, who: int) -> float:
    """SplitMix64 of a key, a day and a purpose, as a number in (0, 1)."""
    x = (key + day * 0xD6E8FEB86659FD93 + who * 0xA0761D6478BD642F + 0x9E3779B97F4A7C15) & M
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & M
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & M
    return (((x ^ (x >> 31)) >> 11) + 0.5) / (1 << 53)


def near_normal(u: float, mean: float, variance: float, skew: float) -> int:
    z = NormalDist().inv_cdf(u)
    return max(0, math.floor(mean + math.sqrt(variance) * z + skew * (z * z - 1) / 6 + 0.5))


def poisson(u: float, mean: float) -> int:
    if mean >= 12:
        return near_normal(u, mean, mean, 1)
    n, chance = 0, math.exp(-mean)
    while u > chance:
        u, n = u - chance, n + 1
        chance *= mean / n
    return n


def binomial(u: float, n: int, p: float) -> int:
    p = min(1.0, max(0.0, p))
    if p > 0.5:
        return n - binomial(1 - u, n, 1 - p)
    if n * p >= 12:
        return min(n, near_normal(u, n * p, n * p * (1 - p), 1 - 2 * p))
    found, chance = 0, (1 - p) ** n
    while u > chance and found < n:
        u -= chance
        chance *= p / (1 - p) * (n - found) / (found + 1)
        found += 1
    return found


@dataclass
class Plain:
    """One run of a world."""

    w: World
    level: Any  # (E, M)
    lodged: Any  # (L,)
    hazard: Any  # (S,)
    par: dict[str, float]
    key: dict[str, int]
    told: Counter[str] = field(default_factory=Counter)
    days: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, world: World, drawn: Any, run: int) -> Plain:
        """The run of that number of what was drawn."""
        par = dict(zip(PARAMS, drawn.params[run].tolist(), strict=True))
        key = dict(zip(LUCK, (int(k) for k in drawn.keys[run]), strict=True))
        return cls(world, drawn.level[run], drawn.lodged[run], drawn.hazard[run], par, key)

    def play(self) -> Plain:
        """All days."""
        w = self.w
        self.sites, self.kinds = range(len(w.region)), range(len(w.need))
        self.size = [int(n[0]) for n in w.need]
        self.at = {(j, k): int(w.start[j, k]) for j in self.sites for k in self.kinds}
        self.movers: Counter[tuple[int, int]] = Counter()
        self.stayers: Counter[tuple[int, int]] = Counter()
        self.unasked: Counter[tuple[int, int, int]] = Counter()  # day of the offer, stream, kind
        self.received: Counter[int] = Counter()
        self.alone: Counter[int] = Counter()
        self.arrived = self.gone = 0
        for day in range(len(w.rate)):
            self.day = day
            self.close()
            self.leave()
            self.enter()
            self.answer()
            self.place()
            self.night()
        return self

    def used(self, j: int, v: int) -> int:
        return sum(self.at[j, k] * int(self.w.need[k, v]) for k in self.kinds)

    def close(self) -> None:
        w, d = self.w, self.day
        for j in self.sites:
            for k in reversed(self.kinds):
                for v in range(3):
                    over, units = self.used(j, v) - int(w.cap[d, j, v]), int(w.need[k, v])
                    if over > 0 and units:
                        n = min(self.at[j, k], -(-over // units))
                        self.at[j, k] -= n
                        self.stayers[w.region[j], k] += n
                        self.received[w.region[j]] -= n * self.size[k]
                        self.told["moved-again"] += n * self.size[k]

    def leave(self) -> None:
        w, d, kinds = self.w, self.day, len(self.kinds)
        left: Counter[tuple[int, int]] = Counter()
        for j in self.sites:
            chance = self.hazard[j] * w.speed[d, j]
            for k in self.kinds:
                n = binomial(number(self.key["stays"], d, j * kinds + k), self.at[j, k], chance)
                self.at[j, k] -= n
                montreal, toronto = (int(on) for on in w.onward[w.region[j]])
                left[2 * montreal + toronto, k] += n
        ends = ("to_homelessness", "to_montreal", "to_toronto")
        for (which, k), n in left.items():
            self.told["events"] += n
            self.gone += n * self.size[k]
            rest = 1.0
            for end, name in enumerate(ends):
                if end and not which & (3 - end):
                    continue
                u = number(self.key["exits"], d, 3 * (which * kinds + k) + end)
                go = binomial(u, n, self.par[name] / max(1e-9, rest))
                rest, n = rest - self.par[name], n - go
                self.told[name.replace("_", "-")] += go * self.size[k]
            self.told["to-housing"] += n * self.size[k]
        streams = len(w.lodging)
        pools = [(self.movers, e, e) for e in range(streams)]
        pools += [(self.stayers, r, streams + r) for r in range(len(w.entry_places))]
        for pool, at, who in pools:
            for k in self.kinds:
                u = number(self.key["waiting"], d, who * kinds + k)
                n = binomial(u, pool[at, k], self.par["leaves_waiting"])
                pool[at, k] -= n
                self.gone += n * self.size[k]
                self.told["left-waiting"] += n * self.size[k]
                self.told["events"] += n

    def enter(self) -> None:
        w, d, kinds = self.w, self.day, len(self.kinds)
        mean = sum(float(s) * n for s, n in zip(w.share, self.size, strict=True))
        lag, spread = (
            min(15, max(0, int(self.par["days_to_offer"] + 0.5))),
            self.par["daily_spread"],
        )
        for e, home in enumerate(w.home):
            coming, own = w.rate[d, e] * self.level[e, w.stretch[d]], 0
            if spread > 0:
                z = NormalDist().inv_cdf(number(self.key["days"], d, e))
                coming *= math.exp(spread * z - spread * spread / 2)
            if e >= len(w.lodging):
                own = poisson(number(self.key["arrivals"], d, e * kinds), coming * mean)
                self.arrived += own
                self.told["events"] += own
            else:
                for k in self.kinds:
                    who = e * kinds + k
                    n = poisson(number(self.key["arrivals"], d, who), coming * w.share[k])
                    roof = binomial(number(self.key["lodging"], d, who), n, self.lodged[e])
                    self.unasked[d + lag, e, k] += roof
                    self.arrived += n * self.size[k]
                    own += (n - roof) * self.size[k]
                    self.told["lodged"] += roof * self.size[k]
                    self.told["events"] += n
            self.gone += own
            self.alone[home] += own
            self.told["own-arrangement"] += own

    def answer(self) -> None:
        w, d, kinds = self.w, self.day, len(self.kinds)
        offer, held = w.offer[w.turn[d]], self.par["held"]
        for e in range(len(w.lodging)):
            yes_of_all = (1 - held) * self.par["willing" if offer[e] == 1 else "accepts"]
            for k in self.kinds:
                n, yes, who = self.unasked.pop((d, e, k), 0), 0, 2 * (e * kinds + k)
                self.told["events"] += n
                if offer[e]:
                    yes = binomial(number(self.key["answers"], d, who), n, yes_of_all)
                if offer[e] == 2:
                    u = number(self.key["answers"], d, who + 1)
                    kept = binomial(u, n - yes, held / max(1e-12, 1 - yes_of_all))
                    self.told["declined"] += (n - yes - kept) * self.size[k]
                self.movers[e, k] += yes
                self.stayers[w.home[e], k] += n - yes

    def fits(self, j: int, k: int, n: int) -> int:
        need = [int(x) for x in self.w.need[k]]
        for v in range(3):
            if need[v]:
                n = min(n, max(0, self.left[j][v]) // need[v])
        rooms = [
            self.left[j][3],
            *(self.room[g] for g in range(len(self.room)) if self.w.member[g, j]),
        ]
        return min(n, *(max(0, room) // self.size[k] for room in rooms))

    def hold(self, j: int, k: int, n: int) -> None:
        for v in range(3):
            self.left[j][v] -= n * int(self.w.need[k, v])
        self.left[j][3] -= n * self.size[k]
        for g in range(len(self.room)):
            self.room[g] -= n * self.size[k] * bool(self.w.member[g, j])

    def settle(self, j: int, k: int, n: int) -> None:
        self.at[j, k] += n
        self.received[self.w.region[j]] += n * self.size[k]
        self.told["placed"] += n * self.size[k]

    def place(self) -> None:
        w, d = self.w, self.day
        now = w.turn[d]
        self.left = [
            [int(w.cap[d, j, v]) - (self.used(j, v) if v < 3 else 0) for v in range(4)] for j in self.sites
        ]  # fmt: skip
        self.room = [
            int(w.group[d, g]) - sum(self.used(j, 0) for j in self.sites if w.member[g, j])
            for g in range(len(w.member))
        ]
        for r in range(len(w.entry_places)):
            for k in reversed(self.kinds):
                self.place_in_region(r, k)
        self.ceilings(now)
        weight = self.weights(now)
        way = 0.0
        for turned in range(len(w.lodging)):
            e = (turned + d) % len(w.lodging)
            for k in reversed(self.kinds):
                if self.movers[e, k]:
                    u = number(self.key["road"], d, -1 - e * len(self.kinds) - k)
                    way += self.send(e, k, self.shared_out(e, k, u, weight))
        self.told["cost-travel"] += int(way * self.par["travel_per_km"] + 0.5)

    def place_in_region(self, r: int, k: int) -> None:
        while self.stayers[r, k]:
            there = [j for j in self.sites if self.w.region[j] == r and self.fits(j, k, 1)]
            if not there:
                return
            j = max(there, key=lambda j: (self.left[j][0], -j))
            n = self.fits(j, k, self.stayers[r, k])
            self.hold(j, k, n)
            self.settle(j, k, n)
            self.told["events"] += n
            self.stayers[r, k] -= n

    def ceilings(self, now: int) -> None:
        w = self.w
        regions = range(w.due.shape[1])
        if w.counts_all[now]:
            self.everybody = self.arrived + int(w.before[now].sum())
            self.counted = [
                self.received[r] + self.alone[r] + int(w.before[now, r]) for r in regions
            ]
        else:
            moving = sum(n * self.size[k] for (_, k), n in self.movers.items())
            self.counted = [self.received[r] for r in regions]
            self.everybody = moving + sum(self.counted)
        first = len(self.room) - len(w.ceilings)
        for c, r in enumerate(w.ceilings):
            most = int(w.due[now, r] * self.everybody) - self.counted[r]
            self.room[first + c] = most if w.ceiling[now, c] else UNLIMITED

    def weights(self, now: int) -> list[float]:
        w = self.w
        free = []
        for j in self.sites:
            rooms = [self.room[g] for g in range(len(self.room)) if w.member[g, j]]
            free.append(float(max(0, min([self.left[j][0], self.left[j][3], *rooms]))))
        if not w.by_due[now]:
            return free
        out = []
        for j in self.sites:
            region = w.region[j]
            there = sum(free[i] for i in self.sites if w.region[i] == region)
            short = max(0.0, w.due[now, region] * self.everybody - self.counted[region])
            out.append(free[j] * (short / there) if there else 0.0)
        return out

    def shared_out(self, e: int, k: int, u: float, weight: list[float]) -> dict[int, int]:
        w, rest = self.w, self.movers[e, k]
        allowed = w.allowed[w.turn[self.day], e]
        plan: Counter[int] = Counter()
        can = {j: self.fits(j, k, rest) if allowed[j] else 0 for j in self.sites}

        def give(j: int, wanted: int) -> int:
            some = self.fits(j, k, min(wanted, can[j]))
            self.hold(j, k, some)
            plan[j] += some
            can[j] = 0 if some < wanted else can[j] - some
            return some

        for _ in range(4):
            total = sum(weight[j] for j in self.sites if can[j])
            if not rest or total <= 0:
                break
            so_far, given, part = u, 0, rest / total
            for j in self.sites:
                if can[j]:
                    so_far += weight[j] * part
                    upto = math.floor(so_far + 1e-9)
                    wanted, given = min(upto - given, rest), upto
                    if wanted > 0:
                        rest -= give(j, wanted)
        for j in self.sites:
            if rest and can[j]:
                rest -= give(j, rest)
        return plan

    def send(self, e: int, k: int, plan: Counter[int]) -> float:
        w, home, way = self.w, self.w.home[e], 0.0
        who = e * len(self.kinds) + k
        away = [j for j in self.sites for _ in range(plan[j]) if w.region[j] != home]
        self.movers[e, k] -= plan.total()
        self.told["events"] += 3 * plan.total()
        missing = binomial(number(self.key["road"], self.day, who), len(away), self.par["no_show"])
        self.stayers[home, k] += missing
        self.told["no-shows"] += missing * self.size[k]
        for one in range(missing):
            u = number(self.key["road"], -1 - self.day, who * 64 + one)
            plan[away.pop(int(u * len(away)))] -= 1
        for j, n in plan.items():
            self.settle(j, k, n)
            way += n * self.size[k] * w.km[e, j]
            if w.region[j] != home:
                self.told["transferred"] += n * self.size[k]
        return way

    def night(self) -> None:
        w, d = self.w, self.day
        here: Counter[int] = Counter()
        for (_, e, k), n in self.unasked.items():
            here[w.home[e]] += n * self.size[k]
        for (r, k), n in self.stayers.items():
            here[r] += n * self.size[k]
        for (e, k), n in self.movers.items():
            here[w.home[e]] += n * self.size[k]
        roofless = sum(max(0, here[r] - int(w.entry_places[r])) for r in here)
        hosted = [self.used(j, 0) for j in self.sites]
        agreed = [int(w.cap[d, j, 0]) for j in self.sites]
        cost = w.fixed_per_day[d] + sum(
            w.price[d, j] * (agreed[j] if w.pays_empty[j] else hosted[j]) for j in self.sites
        )
        self.told["cost-lodging"] += int(cost + 0.5)
        self.told["nights"] += sum(hosted)
        self.told["nights-waiting"] += here.total()
        self.told["nights-without-roof"] += roofless
        self.told["empty-place-nights"] += sum(
            max(0, a - n) for a, n in zip(agreed, hosted, strict=True) if a < UNLIMITED
        )
        self.told["most-without-roof"] = max(self.told["most-without-roof"], roofless)
        self.days.append({"waiting": here.total(), "without-roof": roofless, "sites": hosted})
        assert (
            self.arrived - self.gone + int((w.start.T * w.need[:, :1]).sum())
            == sum(hosted) + here.total()
        )
