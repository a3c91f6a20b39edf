"""Who comes, stays, moves and goes in the office model, verb by verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from partage.casework.acts import by_period
from partage.casework.leave import leave
from partage.casework.register import register
from partage.casework.roof import emergency_roof, review_roof
from partage.casework.survey import free_at, open_on, owners_of
from partage.casework.turn_up import arrive_late
from partage.core.household import Need
from partage.core.names import same_person
from partage.core.streams import Stream
from partage.place.needs import units_needed
from partage.simulate.arrays import (
    HOMELESS,
    LAG,
    LAG_DAYS,
    LEAVES_WAITING,
    MONTREAL,
    STAY,
    TORONTO,
    WAIT,
)  # fmt: skip
from partage.simulate.drawn import Drawn
from partage.simulate.played.desk import Desk, Hand
from partage.simulate.played.luck import uniform
from partage.simulate.played.people import People, Person
from partage.simulate.played.town import Town

SECONDS = 20.0  # for a plan, as in the office
NOBODY, WILLING, EVERYBODY = range(3)


class Reception:
    """The town, its people, the desk, and what has been counted: who comes, stays, moves and goes."""

    def __init__(self, town: Town, drawn: Drawn, run: int, desk: Desk, seed: str) -> None:
        made = town.made
        self.town, self.desk, self.world = town, desk, made.world
        self.people = People(made, drawn, run, town.points)
        self.stream = Stream(seed, "office-model")
        self.lag = min(LAG - 1, max(0, int(self.people.params[LAG_DAYS] + 0.5)))
        self.who: dict[str, Person] = {}
        self.need: dict[str, Need] = {}
        self.waiting: dict[str, None] = {}  # cases without a place, as they came
        self.stays: dict[int, list[str]] = {}  # by the day on which a stay ends
        self.ends: dict[str, int] = {}  # the day on which each stay ends
        self.where: dict[str, int] = {}  # site of those who have a place
        self.asked: set[str] = set()
        self.stay_here: dict[str, None] = {}  # who may not or would not go
        self.counts: dict[str, int] = {}
        self.received = np.zeros(len(made.regions), np.int64)
        self.alone = np.zeros(len(made.regions), np.int64)
        self.way = 0.0  # person-kilometres of the day
        self.roofs: list[str] = []  # given since the day before, to be looked at again
        self.at = np.zeros(made.world.start.shape, np.int64)  # households by site and kind
        self.week = np.zeros((len(made.sites), len(made.services)), np.int64)
        hazard = np.minimum(drawn.hazard[run], 1.0)
        chance = np.minimum(0.999999, hazard[None, :] * made.world.speed)
        self.risk = np.concatenate(
            [np.zeros((1, len(made.sites))), np.cumsum(-np.log1p(-chance), axis=0)]
        )

    def count(self, name: str, number: int) -> None:
        """Add to what is told of the run."""
        self.counts[name] = self.counts.get(name, 0) + number

    # -- who comes and goes ------------------------------------------------------------------

    def _start(self) -> None:
        """Whoever is there on the first day is registered, and is there."""
        world, people = self.world, []
        for s in range(world.start.shape[0]):
            for k in range(world.start.shape[1]):
                for i in range(int(world.start[s, k])):
                    people.append((s, self.people.there(s, k, i, int(world.region[s]))))
        hand = self.town.hand(0, 14, "intake")
        for (s, _), case in zip(
            people, self._register([p for _, p in people], 0, hand), strict=True
        ):
            self.count("hosted-at-start", self.who[case].persons)
            self._walk_in(case, s, 0, hand, since=0)

    def _register(self, people: list[Person], d: int, hand: Hand) -> list[str]:
        """Their cases, in the order of ``people``."""
        if not people:
            return []
        acts = register(
            [p.arrival for p in people], {}, at=hand.at, day=str(self.town.day(d)),
            stream=self.stream.child("register", str(d), people[0].arrival.reference),
        )  # fmt: skip
        self.desk.write(acts, hand)
        ids = dict(
            zip(sorted(p.arrival.reference for p in people), acts.data["registered"], strict=True)
        )
        cases = [ids[p.arrival.reference] for p in people]
        for case, person in zip(cases, people, strict=True):
            self.who[case] = person
            self.need[case] = _named(person.arrival.household.need, case)
        return cases

    def _enter(self, d: int) -> None:
        people, everybody = self.people.enter(d, self.alone)
        self.count("arrived", everybody)
        lodged = sum(p.persons for p in people)
        self.count("lodged", lodged)
        self.count("own-arrangement", everybody - lodged)
        for case in self._register(people, d, self.town.hand(d, 15, "intake")):
            self.waiting[case] = None

    def _leave(self, d: int) -> None:
        """Those whose stay ends today, and where they go."""
        hand = self.town.hand(d, 14, "site")
        for case in dict.fromkeys(self.stays.pop(d, ())):  # moved, it may stand twice
            if self.ends.get(case) != d:  # it moved, and its stay with it
                continue
            site = self.where.pop(case)
            self.at[site, self.who[case].kind] -= 1
            end = self._end(self.who[case], site)
            self.count(end, self.who[case].persons)
            to = {"to-housing": "housing", "to-homelessness": "other-shelter"}.get(
                end, "other-province"
            )
            self._exit(case, to, d, hand)

    def _end(self, who: Person, site: int) -> str:
        u, params = who.ends, self.people.params
        onward = self.world.onward[self.world.region[site]]
        for name, column, can in (
            ("to-homelessness", HOMELESS, True), ("to-montreal", MONTREAL, onward[0]),
            ("to-toronto", TORONTO, onward[1]),
        ):  # fmt: skip
            if can:
                if u < params[column]:
                    return name
                u -= params[column]
        return "to-housing"

    def _exit(self, case: str, to: str, d: int, hand: Hand) -> None:
        acts = leave(
            case, self.desk.case(case), to, address="", consent=False, day=str(self.town.day(d)),
            stream=self.stream.child("leave", case),
        )  # fmt: skip
        self.desk.write(acts, hand)

    def _give_up(self, d: int) -> None:
        """Some of those who were asked and wait without a place go away by themselves."""
        hand, chance = self.town.hand(d, 14, "intake"), self.people.params[LEAVES_WAITING]
        for case in list(self.waiting):
            if case in self.asked and self._luck(WAIT, d, case) < chance:
                del self.waiting[case]
                self.stay_here.pop(case, None)
                self.count("left-waiting", self.who[case].persons)
                self._exit(case, "relatives", d, hand)

    def _luck(self, stream: int, d: int, case: str) -> float:
        who = self.who[case]
        return uniform(self.people.keys[stream], d, hash_of(who.arrival.reference))

    def _close(self, d: int) -> None:
        """Whoever is in a place that is agreed no more gets a roof elsewhere in the region, if there is.

        Else they stay where they are, and the night counts them as waiting there.
        """
        cap, hand = self.world.cap[d, :, 0], self.town.hand(d, 14, "placement")
        self._look_again(d)
        for s, site in enumerate(self.town.sites):
            over = self.desk.persons(f"hosted@{site.id}") - int(cap[s])
            if over <= 0:
                continue
            mine = (c for c, at in self.where.items() if at == s)
            for case in sorted(mine, key=lambda c: -self.who[c].persons):
                if over > 0 and self._roof(case, s, d, hand):
                    over -= self.who[case].persons

    def _roof(self, case: str, s: int, d: int, hand: Hand) -> bool:
        """A roof at another site of the region, on one officer's word; whether there was one."""
        need, region = self.need[case], str(self.town.sites[s].region)
        free = [(n, -other) for n, other in self._free_in(region, need, d) if other != s]
        if not free:
            return False
        other, day = -max(free)[1], self.town.day(d)
        site = str(self.town.sites[other].id)
        units = by_period(units_needed(need), self.town.pack.services, day)
        acts = emergency_roof(
            case, self.desk.case(case), units, site, dict.fromkeys(units_needed(need), 10**9),
            self.desk.places.get(site, {}), why="site-closed", others=(), day=str(day), stream=self.stream,
        )  # fmt: skip
        self.desk.write(acts, hand)
        self.roofs.append(str(acts.data["roof"]))
        person = self.who[case]
        self.at[s, person.kind] -= 1
        self.count("moved-again", person.persons)
        person.stays = self._luck(STAY, d, case)
        self._stay(case, other, d + 1)
        return True

    def _look_again(self, d: int) -> None:
        """A second person looks at the roofs of the night before."""
        hand = self.town.hand(d, 14, "approver")
        for roof in self.roofs:
            row = self.desk.live.tables["matters"][f"roof/{roof}"]
            acts = review_roof(
                roof, row, "upheld", actor=hand.actor, hands={same_person("placement of the model")},
                version=int(row["version"]), day=str(self.town.day(d)),
            )  # fmt: skip
            self.desk.write(acts, hand)
        self.roofs = []

    # -- who is asked, and who stays -----------------------------------------------------------

    def _ask(self, d: int) -> None:
        """Those whose turn it is: who may not go or does not wish to stays in the region."""
        turn = int(self.world.turn[d])
        for case in self.waiting:
            who = self.who[case]
            if case in self.asked or who.entered + self.lag > d:
                continue
            self.asked.add(case)
            asked = int(self.world.offer[turn, who.stream])
            wishes = asked == EVERYBODY or (asked == WILLING and self.people.says_yes(who, WILLING))
            if who.held or not wishes:
                self.stay_here[case] = None

    def _by_hand(self, case: str, d: int) -> None:
        """An officer finds a place in the region where the household is, where most are free."""
        region, need = self.town.made.regions[self.who[case].home], self.need[case]
        free = [(n, -s) for n, s in self._free_in(region, need, d)]
        if free:
            self._walk_in(case, -max(free)[1], d, self.town.hand(d, 15, "placement"))
            self.stay_here.pop(case, None)

    def _free_in(self, region: str, need: Need, d: int) -> Iterator[tuple[int, int]]:
        day, places, units = self.town.day(d), self.desk.places, units_needed(need)
        for s, site in enumerate(self.town.sites):
            if site.region == region and open_on(places, site, day):
                row = places.get(site.id, {})
                free, _ = free_at(row, owners_of(places, site), self.town.pack.services, day, 1)
                if all(free.get(service, 0) >= n for service, n in units.items()):
                    yield free["person"], s

    def _walk_in(self, case: str, s: int, d: int, hand: Hand, *, since: int | None = None) -> None:
        day, site = self.town.day(d), self.town.sites[s]
        units = by_period(units_needed(self.need[case]), self.town.pack.services, day)
        plenty = {service: 10**9 for counts in units.values() for service in counts}
        acts = arrive_late(
            case, self.desk.case(case), units, str(site.id), plenty,
            self.desk.places.get(str(site.id), {}), day=str(day),
        )  # fmt: skip
        self.desk.write(acts, hand)
        if since is None:
            self._has_place(case, s, d)
        else:
            self._stay(case, s, since)

    def _has_place(self, case: str, s: int, d: int) -> None:
        person = self.who[case]
        region = int(self.world.region[s])
        self.waiting.pop(case, None)
        self.week[s] += self.world.service[person.kind]
        self.count("placed", person.persons)
        self.received[region] += person.persons
        if region != person.home:
            self.count("transferred", person.persons)
        self._stay(case, s, d + 1)

    def _stay(self, case: str, s: int, since: int) -> None:
        """The stay begins; the first day on which it may end is ``since``."""
        self.where[case] = s
        self.at[s, self.who[case].kind] += 1
        risk = self.risk[:, s]
        ends = int(np.searchsorted(risk, risk[since] - np.log(self.who[case].stays), side="left"))
        self.ends[case] = max(since, ends - 1)
        if ends <= self.town.days:
            self.stays.setdefault(self.ends[case], []).append(case)


def _named(need: Need, case: str) -> Need:
    return replace(need, id=case)  # type: ignore[arg-type]


def hash_of(name: str) -> int:
    """A number that belongs to a household's name."""
    number = 0
    for letter in name:
        number = (number * 131 + ord(letter)) & ((1 << 64) - 1)
    return number
