"""The main job, told once: the weekend of 11-13 February 2023 compared, then an office day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from partage.compose import open_office
from partage.core.errors import InputRefused, Unfaithful
from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.streams import Stream
from partage.core.units import instant, parse_instant
from partage.faces.cli.demo_brief import briefs, draft_statement
from partage.faces.cli.demo_weekend import weekend
from partage.faces.cli.plan_files import write_plan
from partage.faces.pages.show import explain_answer
from partage.intake.arrivals import read_arrivals
from partage.intake.synthetic import synthetic_arrivals
from partage.office.office import Office
from partage.office.ports import StatedClock
from partage.packs.loader import Pack, load_pack
from partage.report.plan import by_region, by_site, load, plan_text, unplaced
from partage.report.table import Table

SEED = "partage-demo-2023"
POLICY = "redirect-all"
ENTRY = "ca-qc/roxham-road"
# 380 entered on Saturday and Sunday (assumed half each day), 125 on Monday: grade B, press reports.
WEEKEND = ((date(2023, 2, 11), 190), (date(2023, 2, 12), 190), (date(2023, 2, 13), 125))
# 4,517 interceptions in Quebec in February 2023 (grade C) over 28 days are 161.3 a day.
MONDAY, MONDAY_PERSONS = date(2023, 2, 20), 161
LATER = "2023-02-21T11:00:00Z"  # 06:00 at the entry point: the night of the 20th is closed
BUS_SEATS = 50  # assumed
REGIONS = ("CA-ON", "CA-QC", "CA-NB", "CA-NS")

Say = Callable[[str], None]


def run_demo(out: Path, *, say: Say) -> tuple[dict[str, Any], list[str], list[Finding]]:
    """Both parts of the demo; the journal and the files are under ``out``, written afresh."""
    _fresh(out)
    pack = load_pack("canada")
    say("PARTAGE: a demonstration on synthetic households. Nobody is described here.\n")
    days = [(day, _households(pack, day, persons, out)[1]) for day, persons in WEEKEND]
    compared, assumed = weekend(pack, days, out, SEED, say)
    day, findings = monday(pack, out, say)
    day |= {"briefs": briefs(pack, out, say)}
    day["statement"], owed = draft_statement(pack, out, say)
    assumptions = [
        *assumed,
        *owed,
        pack.policy(POLICY).assumption,
        "Free places in February 2023 were not published: each capacity is assumed, and says from what.",
        "The weekend is a comparison and moves nobody: Monday starts from the places as agreed.",
    ]
    say("\nAssumptions:")
    for text in dict.fromkeys(filter(None, assumptions)):
        say(f"  - {text}")
    return {"weekend": compared, "monday": day, "out": str(out)}, assumptions, findings


def _fresh(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise InputRefused(
            f"The folder '{out}' cannot be used: {error.strerror}.", "Give another with --out."
        ) from None


def _households(
    pack: Pack, day: date, persons: int, out: Path, *, day_before: bool = False
) -> tuple[bytes, list[Household]]:
    first = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)  # 04:00 local
    if day_before:  # who crossed in the operational day before the office opens
        first -= timedelta(days=1)
    data = synthetic_arrivals(
        Stream(SEED), persons, entry_point=ENTRY, first=first, hours=23, prefix=f"{day:%m%d}"
    )
    (out / f"arrivals-{day}.csv").write_bytes(data)
    households, _ = read_arrivals(data, pack)
    return data, households


# -- Monday, an office day -----------------------------------------------------------------


def monday(pack: Pack, out: Path, say: Say, url: str = "") -> tuple[dict[str, Any], list[Finding]]:
    """The office day, on the journal at ``url``, else on one under ``out``; its files are there."""
    say(
        f"\n2. Monday {MONDAY}: an office day under 'redirect-all', adopted by this office (assumed)\n"
    )
    start = datetime(2023, 2, 20, 13, tzinfo=UTC)
    url = url or f"sqlite:///{out / 'demo.db'}"
    office = open_office(url, "demo:admin", pack=pack, at=start, seed=SEED)
    for region in REGIONS:
        done = office.acting(f"coordinator of {region}:region@{region}").agree_as_in_pack(region)
        say(f"agree     {region}: {len(done)} agreements recorded by its coordinator")
    data, _ = _households(pack, MONDAY, MONDAY_PERSONS, out, day_before=True)
    registered = office.acting("anna:intake").register(data)
    say(
        f"register  {registered.data['households']} households, "
        f"{registered.data['persons']} persons (synthetic)"
    )
    if registered.data["persons"] != MONDAY_PERSONS:
        raise Unfaithful("Not everybody was registered.", "Please report this.")
    situation = office.acting("anna:intake").survey(MONDAY)
    plan_id = _plan(office, situation, out, say)
    run = _answers_and_bus(office, plan_id, say)
    _close(office, say)
    report = office.acting("rita:auditor").verify()
    if not report.clean:
        raise Unfaithful(f"verify found: {report.findings[0]}", "Please report this.")
    say(f"verify    clean: {report.entries} entries, head {report.head[:23]}…")
    say(str(_states(office)))
    _explain_some(office, out / "demo.db", say)
    office.journal.close()
    return {
        "households": registered.data["households"],
        "persons": registered.data["persons"],
        "plan": plan_id,
        "run": run,
        "entries": report.entries,
        "head": report.head,
    }, [
        *(replace(f, where=f"arrivals-{MONDAY}.csv, {f.where}") for f in registered.findings),
        *report.findings,
    ]


def _plan(office: Office, situation: Any, out: Path, say: Say) -> str:
    plan, done = office.acting("paul:placement").propose(POLICY, MONDAY)
    assert plan is not None
    text = plan_text(plan, situation, office.pack)
    write_plan(out, plan, text)
    say(f"propose   plan {done.data['plan']} by paul\n")
    for table in office.acting("paul:placement").audit(str(done.data["plan"])):
        say(str(table))
    for table in (
        by_region(plan, office.pack),
        by_site(plan, situation, office.pack),
        load(plan, situation, idle=False),
        unplaced(plan, office.pack),
    ):
        say(str(table))
    plan_id = str(done.data["plan"])
    flagged = [line.case for line in plan.placed if line.flags]
    approver = office.acting("rosa:approver")
    approved = approver.approve(plan_id)
    lines = int(approved.data["lines"])
    for case in flagged:
        lines += int(approver.approve(plan_id, only=[case]).data["lines"])
    say(
        f"approve   {lines} lines by rosa, a second person ({len(flagged)} flagged, approved by name)"
    )
    return plan_id


def _answers_and_bus(office: Office, plan_id: str, say: Say) -> dict[str, Any]:
    clock = office.clock
    assert isinstance(clock, StatedClock)
    clock.move_to(clock.now() + timedelta(hours=1))
    until = instant(clock.now() + timedelta(hours=20))
    offers = office.acting("paul:placement").offer_plan(plan_id, until=until)
    say(f"offer     {len(offers.data['offers'])} offers, each with a fallback place held in Quebec")
    for finding in offers.findings:
        say(f"          {finding}")
    clock.move_to(clock.now() + timedelta(hours=3))
    intake, accepted, declined = office.acting("anna:intake"), 0, []
    draw = Stream(SEED, "answers").generator()
    for made in offers.data["offers"]:
        if draw.random() < 0.08:  # assumed; "93 %" of arrivals were transferred since 14 February
            intake.answer(made["case"], "decline")
            declined.append(made["case"])
        else:
            intake.answer(made["case"], "accept")
            accepted += 1
    say(
        f"answer    {accepted} accept, {len(declined)} decline and keep a roof: {', '.join(declined)}"
    )
    if declined:
        where = intake.journal.row("cases", declined[0])["fallback"]["site"]  # type: ignore[index]
        office.acting(f"lou:site@{where}").arrive_at_fallback(declined[0])
        say(f"arrive    {declined[0]} moves into its fallback place, {where}")
    return _bus(office, say)


def _bus(office: Office, say: Say) -> dict[str, Any]:
    clock = office.clock
    assert isinstance(clock, StatedClock)
    site, on_board = _fill_bus(office)
    clock.move_to(clock.now() + timedelta(hours=3))
    left = office.acting("paul:placement").depart(site, only=on_board)
    aboard = f"{len(on_board)} households, {left.data['persons']} persons"
    say(f"depart    run {left.data['run']} to {site}: {aboard}")
    clock.move_to(clock.now() + timedelta(hours=9))
    clerk = office.acting(f"lea:site@{site}")
    seen, lost = on_board[0], on_board[1]
    there = clerk.arrive(left.data["run"], seen_at_origin=[seen], not_seen=[lost])
    say(f"arrive    {there.data['persons']} persons; two households did not arrive:")
    say(f"          {seen} was seen where it left and waits there; {lost} was not seen: ALARM")
    book = office.journal.row("book", f"hosted@{site}") or {"persons": 0}
    clerk.count(site, book["persons"], by="night-desk")
    say(f"count     the night desk of {site} counts {book['persons']}, the book says the same")
    return {"run": left.data["run"], "site": site, "boarded": len(on_board), "not_arrived": 2}


def _close(office: Office, say: Say) -> None:
    """Morning: the night is over everywhere and is closed; the asks of the letter are on record."""
    clock = office.clock
    assert isinstance(clock, StatedClock)
    clock.move_to(parse_instant(LATER))
    closed = office.acting("pia:placement").close(MONDAY)
    say(
        f"close     the night of {MONDAY} at 04:00: {closed.data['hosted']} persons in places, "
        f"{closed.data['waiting']} waiting"
    )
    asked = office.acting("min:minister").asks_of_pack()
    say(f"ask       {len(asked)} asks of the letter of 19 February are on record")


def _fill_bus(office: Office) -> tuple[str, list[str]]:
    """One bus to the site with most people bound for it, households whole, within its seats."""
    bound: dict[str, list[tuple[str, int]]] = {}
    for case, row in office.journal.rows("cases", state="bound").items():
        bound.setdefault(row["offer"]["site"], []).append((case, row["persons"]))
    site = max(bound, key=lambda s: (sum(n for _, n in bound[s]), s))
    seats, on_board = BUS_SEATS, []
    for case, persons in bound[site]:
        if persons <= seats:
            on_board.append(case)
            seats -= persons
    return site, on_board


def _states(office: Office) -> Table:
    counts: dict[str, list[int]] = {}
    for row in office.journal.rows("cases").values():
        entry = counts.setdefault(row["state"], [0, 0])
        entry[0] += 1
        entry[1] += row["persons"]
    book = sum(row["persons"] for row in office.journal.rows("book").values())
    lost = counts.get("unknown", [0, 0])[1]
    return Table(
        "\nAt the end of the day",
        ("state", "households", "persons"),
        tuple((state, n[0], n[1]) for state, n in sorted(counts.items())),
        (
            f"the book of persons sums to {book}; {lost} person(s) are not found and are looked for, "
            "everybody else has a roof",
        ),
    )


def _explain_some(office: Office, db: Path, say: Say) -> None:
    cases = office.journal.rows("cases", state="bound") or office.journal.rows("cases")
    case = next(iter(cases))
    anna = office.acting("anna:intake")
    say(f"$ .venv/bin/partage --db {db} --at {LATER} --as anna:intake explain {case}")
    say(explain_answer(anna, case, "officer", "en")[1])
    say(f"\n$ .venv/bin/partage --db {db} --at {LATER} --as anna:intake explain {case} \\")
    say("      --for household --lang fr")
    say(explain_answer(anna, case, "household", "fr")[1])
