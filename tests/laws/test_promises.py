"""A place is never promised twice: whatever is offered, kept, arrives, turns up or is given at night."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from histories import PICK, Histories
from offices import DAY
from partage.casework.horizon import load_of
from partage.casework.leave import WHERE
from partage.core.situation import Agreement, Origin, Terms

HERE = Origin(source="a letter")
TIGHT = {"person": 9, "room": 3, "room.family": 3}  # so little is left that places are fought for
ROOFED = (
    "waiting",
    "outside-engine",
    "approved",
    "offered",
    "bound",
    "travelling",
    "hosted",
    "kept",
)


class Promises(Histories):
    """All verbs of the road on a few places, with blocks and a cap that stand from the beginning."""

    @initialize(cap=st.integers(4, 20))
    def few_places(self, cap: int) -> None:
        self.groups: dict[str, int] = {}
        self.cap = cap
        self.limit: dict[str, dict[str, int]] = {}
        for site in self.office.pack.sites:
            row = self.office.journal.row("places", site.id)
            if row is None:
                continue
            agreed: dict[str, int] = {}
            for line in row["capacity"]:
                agreed[line["service"]] = agreed.get(line["service"], 0) + line["quantity"]
            blocked = {s: max(0, agreed.get(s, 0) - n) for s, n in TIGHT.items() if s in agreed}
            self.office.acting(f"lea:site@{site.id}").update(
                site.id, blocked={s: n for s, n in blocked.items() if n},
                last=DAY + timedelta(60), why="repairs",
            )  # fmt: skip
            self.limit[site.id] = {s: agreed[s] - n for s, n in blocked.items()}
        self.office.acting("o:region@CA-ON").agree(
            "CA-ON", Agreement("CA-ON", DAY, DAY, date(2024, 3, 31), 0, None, HERE),
            terms=Terms(cap=cap),
        )  # fmt: skip

    def site(self, number: int) -> str:
        sites = sorted(self.limit)
        return sites[number % len(sites)]

    @rule(number=PICK, where=PICK)
    def a_roof_for_the_night(self, number: int, where: int) -> None:
        anna = self.office.acting("anna:intake")
        self.attempt(lambda: anna.emergency(self.pick(number), self.site(where), why="no-roof"))

    @rule(number=PICK, where=PICK)
    def somebody_turns_up(self, number: int, where: int) -> None:
        site = self.site(where)
        clerk = self.office.acting(f"lea:site@{site}")
        self.attempt(lambda: clerk.arrive_late(self.pick(number), site))

    @rule(number=PICK, where=PICK)
    @precondition(lambda self: self.cases("travelling"))
    def a_run_goes_elsewhere(self, number: int, where: int) -> None:
        run = self.office.journal.row("cases", self.pick(number, "travelling"))["run"]
        site = self.site(where)
        self.attempt(lambda: self.office.acting(f"lea:site@{site}").arrive(run, site=site))

    @rule(persons=st.integers(1, 6), where=PICK)
    def strangers_at_night(self, persons: int, where: int) -> None:
        site = self.site(where)
        before = self.office.journal.head()
        clerk = self.office.acting(f"lea:site@{site}")
        self.attempt(lambda: clerk.headcount(persons, site=site))
        if self.office.journal.head() != before:
            self.registered += persons

    @rule(number=PICK, to=st.sampled_from(WHERE))
    def somebody_leaves(self, number: int, to: str) -> None:
        self.attempt(lambda: self.office.acting("anna:intake").exit(self.pick(number), to))

    @rule(number=PICK)
    def asked_again(self, number: int) -> None:
        case = self.pick(number, "kept")
        self.attempt(lambda: self.office.acting("anna:intake").answer(case, "again"))

    @invariant()
    def no_place_is_promised_twice(self) -> None:
        places = self.office.journal.rows("places", kind="site")
        today = date.fromisoformat(self.office._day())
        ontario = 0
        for site, limit in getattr(self, "limit", {}).items():
            load = load_of(places[site], self.office.pack.services, today)
            for service, most in limit.items():
                assert load[service] <= most, f"{site}: {load[service]} {service} of {most}"
            ontario += load["person"] * site.startswith("ca-on/")
        if hasattr(self, "cap"):
            assert ontario <= self.cap, f"{ontario} persons in Ontario, its cap is {self.cap}"

    @invariant()
    def nobody_is_silently_without_a_roof(self) -> None:
        lost = 0
        for case, row in self.office.journal.rows("cases").items():
            if not case.startswith("H-"):
                continue
            if row["state"] in ROOFED:
                assert row["account"].partition("@")[0] in ("waiting", "hosted"), (case, row)
            if row["state"] in ("offered", "bound", "travelling", "kept"):
                assert row["fallback"], case
            lost += row["state"] == "unknown"
        found = [f for f in self.office.acting("pia:placement").watch() if "whereabouts" in f.what]
        assert len(found) == lost


TestPromises = Promises.TestCase
TestPromises.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
