"""Who enters on a day: households by the luck of the compiled model, each with its own luck after."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from partage.core.household import Ages, Household, Need
from partage.core.scenario import HouseholdKind
from partage.core.units import CaseId, EntryPointId
from partage.intake.arrivals import Arrival
from partage.simulate.arrays import (
    ACCEPTS,
    ANSWER,
    ARRIVE,
    DAYS,
    EXIT,
    HELD,
    LODGE,
    SPREAD,
    STAY,
    WILLING,
)
from partage.simulate.compiled import Compiled
from partage.simulate.drawn import Drawn
from partage.simulate.played.luck import binomial, normal, poisson, uniform

BESIDE = 1 << 20  # luck of single households stands beside that of the counts
MOST = 1 << 12  # households of one kind, stream and day


@dataclass(slots=True)
class Person:
    """One household in the model's eyes: what it will do, whatever the office does."""

    arrival: Arrival
    kind: int
    stream: int
    home: int  # number of the region where it entered
    persons: int
    entered: int  # day
    held: bool
    accepts: float  # below the share that accepts, it accepts; below the share that wishes to go, it wishes
    stays: float  # of what is drawn for the length of its stay
    ends: float  # where it goes when it leaves


class People:
    """The luck of one run."""

    def __init__(self, made: Compiled, drawn: Drawn, run: int, points: list[str]) -> None:
        self.made, self.world = made, made.world
        self.keys = [int(key) for key in drawn.keys[run]]
        self.params = [float(p) for p in drawn.params[run]]
        self.level = drawn.level[run]
        self.lodged = drawn.lodged[run]
        self.points = points  # entry point by stream
        self.own = 0  # persons who lodged themselves on the last day, by region
        self.kinds = made.scenario.kinds
        self.mean = float((self.world.share * self.world.need[:, 0]).sum())
        self.shares = [float(s) for s in self.world.share]

    def coming(self, d: int, e: int) -> float:
        """Households a day of a stream, with the level of the run and the luck of the day."""
        world = self.world
        rate = float(world.rate[d, e] * self.level[e, world.stretch[d]])
        spread = self.params[SPREAD]
        if rate > 0.0 and spread > 0.0:
            z = normal(uniform(self.keys[DAYS], d, e))
            rate *= math.exp(spread * z - 0.5 * spread * spread)
        return rate

    def enter(self, d: int, alone: Any) -> tuple[list[Person], int]:
        """Households that need a roof, and all persons who entered; ``alone`` gets the others by region."""
        people: list[Person] = []
        everybody = 0
        kinds = len(self.kinds)
        lodging = self.world.lodging.shape[0]
        for e in range(len(self.world.home)):
            rate, home = self.coming(d, e), int(self.world.home[e])
            if rate <= 0.0:
                continue
            if e >= lodging:
                n = poisson(uniform(self.keys[ARRIVE], d, e * kinds), rate * self.mean)
                alone[home] += n
                everybody += n
                continue
            for k in range(kinds):
                n = poisson(uniform(self.keys[ARRIVE], d, e * kinds + k), rate * self.shares[k])
                if n == 0:
                    continue
                u = uniform(self.keys[LODGE], d, e * kinds + k)
                roof = binomial(u, n, float(self.lodged[e]))
                size = self.kinds[k].persons
                alone[home] += (n - roof) * size
                everybody += n * size
                people += [self._one(d, e, k, i) for i in range(roof)]
        return people, everybody

    def there(self, s: int, k: int, i: int, home: int) -> Person:
        """A household that lives at a site on the first day."""
        return self._one(-1, len(self.world.home) + s, k, i, home)

    def _one(self, d: int, e: int, k: int, i: int, home: int | None = None) -> Person:
        who = BESIDE + (e * len(self.kinds) + k) * MOST + i

        def luck(stream: int, more: int = 0) -> float:
            return uniform(self.keys[stream], d, who + more * BESIDE * BESIDE)

        held = luck(ANSWER, 1) < self.params[HELD]
        point = self.points[e] if home is None else self.points[-1]
        kind = self.kinds[k]
        name = f"{d}-{e}-{k}-{i}"
        return Person(
            Arrival(len(name), name, household_of(kind, name, point, self.mode(e), held=held), True),
            k, e, int(self.world.home[e]) if home is None else home, kind.persons, d, held,
            luck(ANSWER), luck(STAY), luck(EXIT),
        )  # fmt: skip

    def mode(self, e: int) -> str:
        """How those of a stream entered."""
        streams = self.made.scenario.arrivals
        return streams[e].mode if e < len(streams) else "inland"

    def says_yes(self, who: Person, asked: int) -> bool:
        """Whether it goes: 1 only those who wish are asked, 2 everybody."""
        return who.accepts < self.params[WILLING if asked == 1 else ACCEPTS]


def household_of(kind: HouseholdKind, name: str, point: str, mode: str, *, held: bool) -> Household:
    """A made-up household of a kind: adults first, children after the second; it asks for no service.

    Its name sorts as it entered; the verbs give it an id by lot.
    """
    adults = min(2, kind.persons)
    rooms = [(s, kind.need[s]) for s in ("room", "room.family") if kind.need.get(s)]
    need = Need(
        id=CaseId(name), entered_at="", entry_point=EntryPointId(point), mode=mode,  # type: ignore[arg-type]
        ages=Ages(from_5_to_17=kind.persons - adults, from_18_to_64=adults),
        room_need=f"{rooms[0][0]}:{rooms[0][1]}" if rooms else "",
        holds="medical-hold" if held else "none",
    )  # fmt: skip
    return Household(need)
