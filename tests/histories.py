"""A random history of an office: any verb at any time; what must hold after each is an invariant."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from offices import AT, arrivals, opened
from partage.core.errors import Refusal
from partage.core.units import instant

PICK = st.integers(0, 10**6)


class Histories(RuleBasedStateMachine):
    """Any verb at any time, also where it is refused: the sums hold and verify stays clean."""

    store = "memory"

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        url = "memory:"
        if self.store == "sqlite":
            url = f"sqlite:///{Path(self.folder.name) / 'office.db'}"
        self.office = opened(url)
        self.registered = 0
        self.files = 0

    def teardown(self) -> None:
        self.office.journal.close()
        self.folder.cleanup()

    def cases(self, state: str | None = None) -> list[str]:
        where = {"state": state} if state else {}
        return list(self.office.journal.rows("cases", **where))

    def pick(self, number: int, state: str | None = None) -> str:
        cases = self.cases(state) or ["H-0000000000"]
        return cases[number % len(cases)]

    def attempt(self, act) -> None:  # type: ignore[no-untyped-def]
        try:
            act()
        except Refusal as refusal:
            assert refusal.what
            assert refusal.do

    @initialize(sizes=st.lists(st.integers(1, 5), min_size=2, max_size=5))
    def begin(self, sizes: list[int]) -> None:
        self.register(sizes, again=False)

    @rule(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=3), again=st.booleans())
    def register(self, sizes: list[int], again: bool) -> None:
        self.files += 1
        rows = [f"f{self.files}r{n},1,{size - 1}" for n, size in enumerate(sizes)]
        for _ in range(2 if again else 1):
            self.office.acting("anna:intake").register(arrivals(*rows))
        self.registered += sum(sizes)

    @rule()
    @precondition(lambda self: self.cases("waiting"))
    def propose_approve_offer(self) -> None:
        _, done = self.office.acting("paul:placement").propose("redirect-all")
        self.attempt(lambda: self.office.acting("rosa:approver").approve(done.data["plan"]))
        self.attempt(lambda: self.office.acting("paul:placement").offer_plan(done.data["plan"]))

    @rule(number=PICK)
    @precondition(lambda self: self.office.journal.rows("matters", list="plan/approved"))
    def replan_and_approve(self, number: int) -> None:
        """Whoever holds an offer, has accepted or has gone on is where they were, whatever is planned."""
        plans = sorted(self.office.journal.rows("matters", list="plan/approved"))
        plan = plans[number % len(plans)].removeprefix("plan/")
        settled = {
            case: row
            for state in ("offered", "bound", "travelling", "hosted", "kept")
            for case, row in self.office.journal.rows("cases", state=state).items()
        }

        def act() -> None:
            made, done = self.office.acting("paul:placement").replan(plan)
            assert made is not None
            assert not {line.case for line in made.lines} & {*settled}
            moves = len(done.data["moves"])
            self.office.acting("rosa:approver").approve(done.data["plan"], moves=moves)

        self.attempt(act)
        for case, row in settled.items():
            assert self.office.journal.row("cases", case) == row

    @rule(
        number=PICK,
        outcome=st.sampled_from(["accept", "accept", "decline", "expire"]),
        anyone=st.booleans(),
    )
    def answer(self, number: int, outcome: str, anyone: bool) -> None:
        case = self.pick(number, None if anyone else "offered")
        self.attempt(lambda: self.office.acting("anna:intake").answer(case, outcome))

    @rule(number=PICK, absent=st.booleans())
    @precondition(lambda self: self.cases("bound"))
    def depart(self, number: int, absent: bool) -> None:
        case = self.pick(number, "bound")
        site = self.office.journal.row("cases", case)["offer"]["site"]
        no_show = [case] if absent else []
        self.attempt(lambda: self.office.acting("paul:placement").depart(site, no_show=no_show))

    @rule(number=PICK, how=st.sampled_from(["all", "seen", "lost"]))
    @precondition(lambda self: self.cases("travelling"))
    def arrive(self, number: int, how: str) -> None:
        case = self.pick(number, "travelling")
        run = self.office.journal.row("cases", case)["run"]
        seen, lost = [case] if how == "seen" else [], [case] if how == "lost" else []
        paul = self.office.acting("paul:placement")
        self.attempt(lambda: paul.arrive(run, seen_at_origin=seen, not_seen=lost))

    @rule(number=PICK, state=st.sampled_from(["kept", "unknown", "offered"]))
    def fallback_or_found(self, number: int, state: str) -> None:
        case = self.pick(number, state)
        paul = self.office.acting("paul:placement")
        self.attempt(lambda: paul.arrive_at_fallback(case))
        self.attempt(lambda: paul.found(case))

    @rule(number=PICK, units=st.integers(0, 200), hours=st.integers(0, 12))
    def block_and_wait(self, number: int, units: int, hours: int) -> None:
        site = self.office.pack.sites[number % len(self.office.pack.sites)].id
        self.office.clock.move_to(self.office.clock.now() + timedelta(hours=hours))
        assert instant(self.office.clock.now()) >= instant(AT)
        clerk = self.office.acting(f"lea:site@{site}")
        self.attempt(lambda: clerk.update(site, blocked={"room": units}, why="repairs"))

    @invariant()
    def persons_are_conserved(self) -> None:
        rows = self.office.journal.rows("cases")
        book = {key: row["persons"] for key, row in self.office.journal.rows("book").items()}
        assert sum(book.values()) == 0
        assert sum(row["persons"] for row in rows.values()) == self.registered
        assert book.get("outside:entry", 0) == -self.registered
        assert all(n >= 0 for account, n in book.items() if not account.startswith("outside:"))

    @invariant()
    def verify_is_clean(self) -> None:
        report = self.office.acting("rita:auditor").verify()
        assert report.clean, report.findings
