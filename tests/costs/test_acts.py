"""The life of a statement: prepared, certified by another, queried, answered, accepted, paid, taken back."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from daily import later, site_of, take_in
from offices import opened
from partage.casework import statement as acts
from partage.casework.acts import Acts
from partage.core.errors import InputRefused, NotFound, NotPermitted, Stale, WrongState
from partage.core.streams import Stream
from partage.costs import Period, period_of, read_invoices
from partage.costs.statement import account_of
from partage.costs.tariffs import not_counted
from partage.faces.pages.statements import statement_files
from partage.report.document import to_html
from partage.report.settled_page import statement_document

DAY = date(2023, 2, 20)
NIGHT = Period(DAY, DAY, "2023-02-20")
FAY, CEM, OTTO = "fay:finance", "cem:certifier", "otto:finance"


def an_office(nights: int = 1):
    """Two persons at a site whose rate Quebec bears, each night counted and closed."""
    office = opened("memory:")
    [two] = take_in(office, "a,2")
    site = site_of(office, "CA-QC")
    office.acting(f"q:site@{site}").arrive_late(two, site)
    for number in range(nights):
        night = DAY + timedelta(days=number)
        later(office, hours=20 if number else 21)
        office.acting(f"q:site@{site}").count(site, 2, by="night-desk", night=night)
        later(office, hours=4)
        office.acting("pia:placement").close(night)
    rates = tuple(replace(t, incurred_by="CA-QC") for t in office.pack.rates if t.site == site)
    office.pack = replace(office.pack, rates=rates, published_nights=())
    return office, site


@pytest.fixture
def office():
    made, made.site = an_office()
    yield made
    made.journal.close()


def prepared(office) -> str:
    return office.acting(FAY).prepare_statement("CA-QC", NIGHT).data["statement"]


def acted(office, who: str, number: str, act: str, **more):
    return office.acting(who).act_on_statement(number, act, **more).data


def test_from_draft_to_paid_every_step_is_on_record_and_the_record_verifies(office):
    number = prepared(office)
    claimed = 26_030  # 95 % of two persons at 137.00
    assert acted(office, CEM, number, "submit")["state"] == "submitted"
    said = acted(office, OTTO, number, "query", site=office.site, night=DAY, why="headcount")
    assert said["state"] == "queried"
    [line] = office.acting(FAY).settle("CA-QC", NIGHT).lines
    assert acted(office, FAY, number, "answer", entry=line.evidence[1])["state"] == "submitted"
    assert acted(office, OTTO, number, "accept")["open"] == claimed
    assert acted(office, OTTO, number, "pay", cents=20_000)["state"] == "accepted"
    with pytest.raises(InputRefused, match="6030 cents open, and 6031 would be paid"):
        acted(office, OTTO, number, "pay", cents=6_031)
    done = acted(office, OTTO, number, "pay", cents=6_030)
    assert (done["state"], done["open"]) == ("paid", 0)
    row, _, found = office.acting("rita:auditor").read_statement(number)
    assert found == []
    assert (row["prepared_by"], row["certified_by"]) == ("fay", "cem")
    assert [one["cents"] for one in row["paid"]] == [20_000, 6_030]
    assert row["queries"][0]["entry"] == line.evidence[1]
    steps = [e.body["act"] for e in office.journal.read(subject=f"statement/{number}")]
    assert steps == ["prepare", "submit", "query", "answer", "accept", "pay", "pay"]
    assert office.acting("rita:auditor").verify().clean


def test_what_is_claimed_and_paid_by_the_night_stands_in_its_brief_and_traces(office):
    number = prepared(office)
    acted(office, CEM, number, "submit")
    acted(office, OTTO, number, "accept")
    acted(office, OTTO, number, "pay", cents=20_000)
    paid_by = office.journal.head()[0]
    night = DAY + timedelta(days=1)
    later(office, hours=24)
    office.acting("pia:placement").close(night)
    reader = office.acting("min:minister")
    costs = {one.id: one for one in reader.brief(night).costs}
    assert (costs["stated"].value, costs["paid"].value) == (26_030, 20_000)
    found = reader.trace(costs["paid"].ref)
    assert (found.value, found.ledger, found.pieces[0].where) == (20_000, True, f"entry {paid_by}")
    before = {one.id: one.value for one in reader.brief(DAY).costs}
    assert (before["stated"], before["paid"]) == (0, 0), "not yet known that morning"
    acted(office, FAY, number, "reverse", why="other")
    again = prepared(office)
    later(office, hours=24)
    office.acting("pia:placement").close(night + timedelta(days=1))
    costs = {one.id: one.value for one in reader.brief(night + timedelta(days=1)).costs}
    assert (costs["stated"], costs["paid"]) == (0, 20_000), f"counted once, with {again}"


def test_nobody_certifies_what_they_prepared_nor_pays_what_they_prepared_or_certified(office):
    number = prepared(office)
    with pytest.raises(NotPermitted, match="prepared or certified a statement does not certify"):
        acted(office, "Fay:certifier", number, "submit")
    acted(office, CEM, number, "submit")
    for who in (FAY, "cem:finance"):
        with pytest.raises(NotPermitted):
            acted(office, who, number, "accept")
    with pytest.raises(NotPermitted):
        acted(office, CEM, number, "pay", cents=1)  # another role's
    with pytest.raises(NotPermitted):
        office.acting("rene:region@CA-QC").prepare_statement("CA-QC", NIGHT)


def test_nobody_certifies_what_their_deputy_prepared_for_them(office):
    admin, days = office.acting("adam:admin"), {"first": DAY, "last": DAY + timedelta(days=30)}
    admin.appoint("dora", "finance", deputy_for="Cem", instrument="memo 12", **days)
    number = office.acting("dora:finance").prepare_statement("CA-QC", NIGHT).data["statement"]
    with pytest.raises(NotPermitted, match="prepared or certified a statement does not certify"):
        acted(office, CEM, number, "submit")
    acted(office, "rene:certifier", number, "submit")
    assert office.acting("rita:auditor").verify().clean


def test_who_acted_for_the_payer_does_not_answer_or_take_back_for_the_claimant(office):
    number = prepared(office)
    acted(office, CEM, number, "submit")
    acted(office, OTTO, number, "query", site=office.site, night=DAY, why="rate")
    with pytest.raises(NotPermitted, match="acted for the payer does not answer"):
        acted(office, "Otto:finance", number, "answer", entry=1)
    with pytest.raises(NotPermitted, match="acted for the payer does not reverse"):
        acted(office, OTTO, number, "reverse", why="other")
    acted(office, FAY, number, "answer", entry=1)
    row, _, _ = office.acting(FAY).read_statement(number)
    assert row["acted_for_payer"] == ["otto"]
    assert office.acting("rita:auditor").verify().clean


@pytest.mark.parametrize(
    ("act", "more"),
    [("query", {"night": DAY, "why": "rate"}), ("answer", {"entry": 1}), ("accept", {}), ("pay", {"cents": 1})],
)  # fmt: skip
def test_an_act_out_of_its_turn_is_refused_and_says_when_it_may_be(office, act, more):
    number = prepared(office)
    with pytest.raises(WrongState, match=f"{number} is draft: {act} is for one that is"):
        acted(office, OTTO, number, act, **more)


def test_what_is_blocked_is_prepared_with_a_warning_and_never_certified(office):
    two = Period(DAY, DAY + timedelta(days=1), "2023-02-20/2023-02-21")
    done = office.acting(FAY).prepare_statement("CA-QC", two)
    assert "nobody can certify it" in done.findings[0].what
    with pytest.raises(WrongState, match="1 things block this statement"):
        acted(office, CEM, done.data["statement"], "submit")


def test_a_book_that_was_corrected_since_shows_and_is_stated_anew(office):
    number = prepared(office)
    office.pack = replace(
        office.pack, rates=tuple(replace(t, cents=t.cents + 1) for t in office.pack.rates)
    )
    _, _, found = office.acting(FAY).read_statement(number)
    assert "says something else" in found[0].what
    with pytest.raises(WrongState, match="says something else"):
        acted(office, CEM, number, "submit")
    with pytest.raises(WrongState, match=f"{number} states nights of 2023-02-20"):
        prepared(office)
    assert acted(office, FAY, number, "reverse", why="wrong-rate")["state"] == "reversed"
    row, _, _ = office.acting(FAY).read_statement(number)
    assert row["certified_by"] == "", "who takes a draft back has certified nothing"
    again = prepared(office)
    assert again != number
    assert acted(office, CEM, again, "submit")["state"] == "submitted"


def test_what_was_paid_on_a_statement_that_was_taken_back_counts_once(office):
    number = prepared(office)
    acted(office, CEM, number, "submit")
    acted(office, OTTO, number, "accept")
    acted(office, OTTO, number, "pay", cents=10_000)
    acted(office, FAY, number, "reverse", why="book-corrected")
    again = prepared(office)
    acted(office, CEM, again, "submit")
    assert acted(office, OTTO, again, "accept")["open"] == 16_030
    acted(office, FAY, again, "reverse", why="book-corrected")
    third = prepared(office)
    row, _, _ = office.acting(FAY).read_statement(third)
    assert row["open"] == 16_030, "the payment went on with it, and not twice"


def test_whatever_names_nothing_is_refused_in_a_sentence(office):
    number = prepared(office)
    for act, more, kind, says in (
        ("burn", {}, InputRefused, "is no act"),
        ("reverse", {"why": "because"}, InputRefused, "is not a reason"),
    ):
        with pytest.raises(kind, match=says):
            acted(office, FAY, number, act, **more)
    acted(office, CEM, number, "submit")
    with pytest.raises(InputRefused, match="has no line"):
        acted(office, OTTO, number, "query", site="ca-qc/x/y", night=DAY, why="rate")
    with pytest.raises(NotFound):
        acted(office, FAY, "S-0000000000", "reverse", why="other")
    acted(office, OTTO, number, "query", site=office.site, night=DAY, why="rate")
    with pytest.raises(NotFound, match="no entry 99999"):
        acted(office, FAY, number, "answer", entry=99_999)


def test_a_key_repeated_pays_once(office):
    number = prepared(office)
    acted(office, CEM, number, "submit")
    acted(office, OTTO, number, "accept")
    otto = office.acting(OTTO)
    for _ in range(2):
        otto.act_on_statement(number, "pay", cents=5_000, idem="bank-17")
    assert otto.read_statement(number)[0]["open"] == 21_030


def test_the_files_carry_the_head_the_names_and_no_formula(office):
    number = prepared(office)
    acted(office, CEM, number, "submit")
    row, said, _ = office.acting(FAY).read_statement(number)
    said = replace(said, lines=(replace(said.lines[0], assumed=("=1+1",)),))
    head, at = office.journal.head(), office.clock.now()
    files = statement_files(said, row, head, at, ("en", "fr"))
    name = "statement-CA-QC-2023-02-20"
    assert set(files) == {
        f"{name}.csv", f"{name}.not-in-the-sums.csv", f"{name}.xlsx", f"{name}.pdf",
        f"{name}.fr.pdf", f"{name}.datapackage.json",
    }  # fmt: skip
    [line] = csv.DictReader(io.StringIO(files[f"{name}.csv"].decode()))
    assert line["assumed"] == "'=1+1"
    book = CalamineWorkbook.from_filelike(io.BytesIO(files[f"{name}.xlsx"]))
    lines = book.get_sheet_by_name("statement").to_python()
    assert dict(zip(lines[0], lines[1], strict=True))["assumed"] == "=1+1", "text, not worked out"
    about = {row[0]: row[1] for row in book.get_sheet_by_name("about").to_python()}
    assert (about["journal_head"], about["certified_by"]) == (head[1], "cem")
    told = json.loads(files[f"{name}.datapackage.json"])
    assert told["about"]["journal_head"] == head[1]
    papers = [statement_document(said, row, head, one) for one in ("en", "fr")]
    said_in = [to_html(paper) for paper in papers]
    assert "who is not the one who prepared it, certified on 2023-02-21" in said_in[0]
    assert "a attesté le 2023-02-21" in said_in[1]
    digits = [re.sub("[^0-9]", "", html.partition("</style>")[2]) for html in said_in]
    assert digits[0] == digits[1], "the same figures in both languages"
    for end in ("pdf", "fr.pdf"):
        assert b"pdfuaid:part" in files[f"{name}.{end}"]


def test_an_invoice_that_says_otherwise_blocks_its_night_and_a_bad_file_is_told_by_row(office):
    sites = {office.site}
    good = read_invoices(f"site,night,persons\n{office.site},2023-02-20,2\n".encode(), sites)
    assert office.acting(FAY).settle("CA-QC", NIGHT, good).complete
    more = read_invoices(f"site,night,persons\n{office.site},2023-02-20,3\n".encode(), sites)
    said = office.acting(FAY).settle("CA-QC", NIGHT, more)
    assert "invoiced for 3 persons, the book says 2" in said.blocked[0].what
    bad = f"site,night,persons\nnowhere,2023-02-20,2\n{office.site},soon,-1\n".encode()
    with pytest.raises(InputRefused) as refused:
        read_invoices(bad, sites)
    for says in ("row 2, column site", "row 3, column night", "row 3, column persons"):
        assert says in refused.value.what
    with pytest.raises(InputRefused, match="other columns"):
        read_invoices(b"a,b\n", sites)


def test_published_nights_are_marked_and_nobody_certifies_them():
    office = opened("memory:")
    said = office.acting(FAY).settle("CA-QC", period_of("2023-02"))
    assert {line.site for line in said.lines} == {"ca-qc/montreal/praida"}
    assert [line.day for line in said.lines] == [date(2023, 2, n) for n in range(1, 20)]
    assert all(line.published and not line.evidence for line in said.lines)
    assert said.claimed("CA") == 19 * 4_490_175  # 95 % of 1,150 x 41.10
    assert any("1,150 places" in one for one in said.lines[0].assumed)
    assert any("does not have the site" in f.what for f in said.blocked)
    only = replace(said, blocked=())
    with pytest.raises(WrongState, match="rest on published figures"):
        only.certified()
    office.journal.close()


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["prepare", *acts.STEPS]),
        st.sampled_from(["fay", "cem", "otto"]),
        st.integers(0, 1),
        st.integers(1, 40_000),
    ),
    max_size=25,
)


@cache
def two_nights():
    office, site = an_office(2)
    nights = [Period(d, d, d.isoformat()) for d in (DAY, DAY + timedelta(days=1))]
    return site, [office.acting(FAY).settle("CA-QC", night) for night in nights]


def tried(act, number, row, now, site, who, cents):
    day = "2023-03-01"
    second = {"actor": who, "deputy_for": "", "day": day}
    if act == "submit":
        return acts.submit(number, row, now, **second)
    if act == "query":
        return acts.query(number, row, now, site, now.period.first, "rate", **second)
    if act == "answer":
        return acts.answer(number, row, 1, actor=who, day=day)
    if act == "accept":
        return acts.accept(number, row, **second)
    if act == "pay":
        return acts.pay(number, row, cents, date(2023, 3, 1), **second)
    return acts.reverse(number, row, "other", actor=who, day=day)


@settings(max_examples=60)
@given(MOVES)
def test_both_sides_of_the_account_agree_after_any_history(histories):
    """Random hands try random acts on the statements of two nights: what is owed is what is claimed
    less what was paid, on both sides, and no cent is claimed, or counted as paid, twice."""
    site, states = two_nights()
    nights = [Period(d, d, d.isoformat()) for d in (DAY, DAY + timedelta(days=1))]
    rows: dict[str, dict] = {}
    paid = 0
    for turn, (act, who, which, cents) in enumerate(histories):
        names = [n for n, row in rows.items() if row["first"] == nights[which].first.isoformat()]
        stream, day = Stream("history", str(turn)), "2023-03-01"
        try:
            if act == "prepare":
                done = acts.prepare(states[which], rows, actor=who, day=day, stream=stream)
            else:
                done = tried(act, names[-1], rows[names[-1]], states[which], site, who, cents)
                paid += cents if act == "pay" else 0
        except (WrongState, NotPermitted, InputRefused, IndexError):
            continue
        for draft in done.drafts:
            kind, _, number = draft.subject.partition("/")
            if kind != "statement":
                continue
            row = dict(rows.get(number, {"version": 0}))
            row.update(draft.body["matter"])
            row["version"] += 1
            rows[number] = row
    live = [row for row in rows.values() if row["state"] != "reversed"]
    assert len({row["first"] for row in live}) == len(live), "no night is claimed twice"
    federal = account_of(
        "CA", [s for s in states if s.period.first.isoformat() in {r["first"] for r in live}]
    )
    assert sum(row["claimed"] for row in live) == federal.claimed.get("CA-QC", 0)
    waiting = [r for r in rows.values() if r["state"] == "reversed" and not r.get("taken_up")]
    counted = sum(one["cents"] for row in (*live, *waiting) for one in row["paid"])
    assert counted == paid, "what was paid counts once"
    for row in live:
        assert row["state"] != "paid" or acts.open_cents(row) <= 0


def forged(office, who: str, number: str, act: str, **matter) -> list[str]:
    """What verify says once an act stands in the record that no office would have written."""
    row = office.journal.row("matters", f"statement/{number}")
    done = acts._step(number, row, act, matter, who.partition(":")[0], "2023-02-21")
    office.acting(who)._do("settle", lambda: Acts(done.drafts, done.expect), None)
    return [str(f) for f in office.acting("rita:auditor").verify().findings]


@pytest.mark.parametrize(
    ("who", "act", "matter", "says"),
    [
        ("Fay:certifier", "submit", {}, "does 'submit' to a statement of its own actor"),
        ("cem:certifier", "submit", {"claimed": 1}, "changes what a statement says"),
        ("otto:finance", "pay", {}, "does 'pay' to a statement that is draft"),
        ("cem:certifier", "submit", {"hands": ["otto", "cem"]}, "whose hands a statement went through"),
        ("cem:certifier", "submit", {"paid": [{"cents": 5, "on": "2023-02-21"}]}, "changes what was paid"),
    ],
)  # fmt: skip
def test_verify_sees_what_no_office_would_have_written(office, who, act, matter, says):
    number = prepared(office)
    assert office.acting("rita:auditor").verify().clean
    row = office.journal.row("matters", f"statement/{number}")
    draft = acts._step(number, row, act, {}, who.partition(":")[0], "2023-02-21").drafts[0]
    body = {**draft.body, "matter": {**draft.body["matter"], **matter}}
    wrong = replace(draft, body=body)
    expect = {draft.subject: int(row["version"])}
    office.acting(who)._do("settle", lambda: Acts((wrong,), expect), None)
    said = [str(f) for f in office.acting("rita:auditor").verify().findings]
    assert any(says in one for one in said), said


def test_verify_sees_a_hand_on_both_sides(office):
    number = prepared(office)
    acted(office, CEM, number, "submit")
    acted(office, OTTO, number, "query", site=office.site, night=DAY, why="rate")
    said = forged(office, OTTO, number, "answer")
    assert any("does 'answer' on both sides of a statement" in one for one in said), said


def test_verify_sees_a_payment_above_what_is_claimed(office):
    number = prepared(office)
    acted(office, CEM, number, "submit")
    acted(office, OTTO, number, "accept")
    said = forged(office, OTTO, number, "pay", paid=[{"cents": 26_031, "on": "2023-02-21"}])
    assert any("pays more than is claimed" in one for one in said)


def test_of_two_who_prepare_at_once_one_states_the_night(office):
    said = office.acting(FAY).settle("CA-QC", NIGHT)
    both = [
        acts.prepare(said, {}, actor="fay", day="2023-02-21", stream=Stream("s", n), register=0)
        for n in ("one", "two")
    ]
    finance = office.acting(FAY)
    finance._do("settle", lambda: both[0], None)
    with pytest.raises(Stale):
        finance._do("settle", lambda: both[1], None)


def test_a_rate_of_a_unit_that_nobody_counts_blocks_and_is_told(office):
    [rate, *_] = office.pack.rates
    meal = replace(rate, unit="meal", first=date(2023, 1, 1), last=None, cents=12_00)
    office.pack = replace(office.pack, rates=(*office.pack.rates, meal))
    said = office.acting(FAY).settle("CA-QC", NIGHT)
    assert [f.what for f in said.blocked] == [
        "has a rate in this period, and this record has no count of the unit meal"
    ]
    assert said.amount == 2 * rate.cents, "and the nights stand as they stood"
    assert not_counted([meal], "CA-ON", NIGHT) == []
    assert not_counted([replace(meal, last=date(2023, 1, 31))], "CA-QC", NIGHT) == []
