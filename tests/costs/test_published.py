"""Nights before a ledger begins come from the pack, marked so; they never stand in place of a record."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

import partage.packs
from offices import opened
from partage.core.errors import InputRefused
from partage.core.rates import PublishedNights
from partage.core.situation import Origin
from partage.costs import check_tariffs, period_of
from partage.costs.published import left_out, nights_before, told, without
from partage.packs.loader import check_pack, load_pack
from partage.report.french import finding_in_french
from partage.report.settled import cells

FEB = period_of("2023-02")
BEGAN = date(2023, 2, 20)
PRAIDA = "ca-qc/montreal/praida"
SHIPPED = Path(partage.packs.__file__).parent / "canada"
ROW = PublishedNights(
    PRAIDA,
    "CA-QC",
    date(2023, 2, 10),
    date(2023, 2, 25),
    7,
    2,
    Origin("", "All are taken as full."),
)


def test_only_nights_before_the_ledger_are_taken_and_the_rest_is_told():
    nights = nights_before([ROW], "CA-QC", FEB, BEGAN)
    assert [n.day for n in nights] == [date(2023, 2, 10) + timedelta(days=n) for n in range(10)]
    assert {(n.persons, n.entry, n.assumed) for n in nights} == {(7, 0, "All are taken as full.")}
    assert nights_before([ROW], "CA-ON", FEB, BEGAN) == []
    [remark] = told(nights)
    assert remark.where == f"{PRAIDA} nights of 2023-02-10 to 2023-02-19"
    assert "not from the ledger: published_nights.csv, row 2: assumed" in remark.what
    [fault] = left_out([ROW], "CA-QC", FEB, BEGAN, set())
    assert (fault.weight, fault.where) == ("fault", f"{PRAIDA} nights of 2023-02-20 to 2023-02-25")
    assert left_out([ROW], "CA-QC", FEB, BEGAN, {PRAIDA}) == []
    assert left_out([ROW], "CA-QC", period_of("2023-01"), BEGAN, set()) == []
    days = [date(2023, 2, 9), date(2023, 2, 10)]
    assert without(days, nights) == days[:1]


def test_quebecs_draft_claims_the_nights_before_its_ledger_and_says_so(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    said = office.acting("fay:finance").settle("CA-QC", FEB)
    office.journal.close()
    assert len(said.lines) == 19
    each = 1150 * 41_10
    assert said.amount == 19 * each
    assert said.claimed("CA") == 19 * ((each * 95 + 50) // 100)
    for line in said.lines:
        assert line.evidence == ()
        assert line.published.startswith("published_nights.csv, row 2: https://")
        assert any("1,150 places" in one for one in line.assumed)
        assert any("Olympic Stadium" in one for one in line.assumed)
        assert line.published in cells(line)
    [note] = [f for f in said.notes if "not from the ledger" in f.what]
    assert (
        "ne viennent pas du registre\u00a0: published_nights.csv, row 2"
        in finding_in_french(note).what
    )
    assert [f.where for f in said.blocked] == [
        "nights of 2023-02-20 to 2023-02-28",
        "ca-qc/montreal/ircc-hotels nights of 2023-02-01 to 2023-02-19",
        f"{PRAIDA} nights of 2023-02-20 to 2023-02-28",
    ]  # fmt: skip
    assert not said.complete, "a draft that leaves out nights of its month says so"


def test_payments_are_whole_cents_and_what_is_not_published_stays_empty():
    pack = load_pack()
    paid = {
        p.recipient: p for p in pack.ihap_payments if (p.period, p.kind) == ("2017/2022", "paid")
    }
    assert paid["Quebec"].cents == 440_900_000_00
    assert paid["City of Hamilton"].cents == 220_000_00
    whole = paid.pop("programme, all recipients").cents
    assert sum(p.cents for p in paid.values()) - whole == 20_000_00, "as the assumption says"
    assert all(p.vintage and p.origin.source for p in pack.ihap_payments)
    assert any(h.persons is None and h.rooms for h in pack.hotels)
    assert {h.region for h in pack.hotels} == {"CA", "CA-ON", "CA-QC"}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("published_nights.csv", "2022-10-25,2023-03-31", "2023-03-31,2022-10-25", "before it starts"),
        ("published_nights.csv", ",CA-QC,", ",CA-ON,", "does not begin with"),
        ("ihap_payments.csv", ",CAD,", ",,", "names no currency"),
        ("ihap_payments.csv", ",paid,", ",promised,", "no kind of payment"),
        ("hotels.csv", ",885,", ",many,", "not a whole number"),
    ],
)  # fmt: skip
def test_a_faulty_row_of_what_was_published_is_told_where(tmp_path, file, old, new, says):
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    assert any(says in f.what and f.where.startswith(f"{file}, row") for f in check_pack(folder))


def test_two_rows_of_the_same_nights_are_a_fault(tmp_path):
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    file = folder / "published_nights.csv"
    file.write_text(
        file.read_text("utf-8") + file.read_text("utf-8").splitlines()[1] + "\n", "utf-8"
    )
    assert any("overlaps with published_nights.csv, row 2" in f.what for f in check_pack(folder))


def test_what_ends_before_it_begins_is_told_so_and_two_rates_of_one_day_get_a_way_out():
    with pytest.raises(InputRefused, match="ends on 2023-02-01, before it begins on 2023-02-20"):
        period_of("2023-02-20/2023-02-01")
    with pytest.raises(InputRefused, match="is not a period"):
        period_of("2023/2023-02")
    rate = load_pack().rates[0]
    assert [f.do for f in check_tariffs([rate, rate])] == [
        "both begin that day: keep one of the two"
    ]
