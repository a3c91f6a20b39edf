"""The draft statement of the office: from closed nights and headcounts, told where it cannot be."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from daily import later, site_of, take_in
from offices import opened
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.costs import InvoiceLine, Period, period_of
from partage.faces.pages.statements import statement_files
from partage.packs.loader import check_pack, load_pack
from partage.report.settled import statement_data, statement_text

FEB = period_of("2023-02")
HOTELS = "ca-qc/montreal/ircc-hotels"
DAY = date(2023, 2, 20)
CANADA = Path(str(load_pack.__globals__["resources"].files("partage.packs") / "canada"))


@pytest.fixture
def closed(tmp_path):
    """An office whose first night is closed, with 12 persons taken to the hotels of Montreal."""
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    from offices import arrivals

    office.acting("anna:intake").register(arrivals("M-1,2", "M-2,1"))
    yield office
    office.journal.close()


def test_days_that_are_not_in_the_record_are_told_and_in_no_sum(closed):
    said = closed.acting("fay:finance").settle("CA-QC", FEB)
    assert not said.complete
    assert [finding.where for finding in said.blocked] == [
        "nights of 2023-02-20 to 2023-02-28",
        "ca-qc/montreal/ircc-hotels nights of 2023-02-01 to 2023-02-19",
        "ca-qc/montreal/praida nights of 2023-02-20 to 2023-02-28",
    ]  # fmt: skip
    january = closed.acting("fay:finance").settle("CA-ON", FEB)
    assert "before this record began" in january.blocked[0].what
    assert all(line.published for line in said.lines), "nothing of the record"
    text = statement_text(said, "fr")
    assert "ébauche" in text
    assert "3 choses le bloquent" in text
    assert "hors du registre" in text


@pytest.mark.parametrize(("counted", "lines"), [(2, 1), (3, 0), (None, 0)])
def test_a_counted_night_is_a_line_and_a_miscounted_one_is_not(tmp_path, counted, lines):
    """Two are received in Quebec on 20 February; the night desk counts, or not; the day is closed."""
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    [two] = take_in(office, "a,2")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    clerk.arrive_late(two, site)
    later(office, hours=21)
    if counted is not None:
        clerk.count(site, counted, by="night-desk", night=DAY)
    later(office, hours=4)
    office.acting("pia:placement").close(DAY)
    said = office.acting("fay:finance").settle("CA-QC", FEB)
    mine = [line for line in (*said.lines, *said.direct) if line.site == site]
    assert len(mine) == lines
    if lines:
        assert (mine[0].amount, mine[0].quantity) == (2 * 137_00, 2)
        assert "range 137 to 208" in mine[0].assumed[0]
        verbs = [next(office.journal.read(after=no - 1)).verb for no in mine[0].evidence]
        assert verbs == ["close", "count"]
    else:
        says = "nobody counted" if counted is None else "counted 3, the book says 2"
        assert any(says in finding.what for finding in said.blocked)
    office.journal.close()


def test_a_province_reads_its_own_statement_and_an_escort_none(closed):
    assert closed.acting("rene:region@CA-QC").settle("CA-QC", FEB).claimant == "CA-QC"
    with pytest.raises(NotPermitted):
        closed.acting("rene:region@CA-QC").settle("CA-ON", FEB)
    with pytest.raises(NotPermitted):
        closed.acting("eve:escort").settle("CA-QC", FEB)


def test_the_files_say_what_the_statement_says():
    from partage.costs import Night, state

    pack = load_pack()
    period = period_of("2023-03")
    nights = [Night(HOTELS, day, 5, 5, 7, 6) for day in period.days]
    own = [
        type(t)(t.site, t.unit, t.category, t.first, t.last, t.cents, "CA-QC", t.origin)
        for t in pack.rates
    ]
    said = state("CA-QC", period, nights, own, pack.sharing)
    files = statement_files(said, None, (7, "sha256:" + "0" * 64), datetime(2023, 4, 1, tzinfo=UTC))
    name = "statement-CA-QC-2023-03"
    rows = list(csv.DictReader(files[f"{name}.csv"].decode().splitlines()))
    assert sum(int(row["claimed_cents"]) for row in rows) == said.claimed("CA") == 31 * 65_075
    package = json.loads(files[f"{name}.datapackage.json"])
    fields = package["resources"][0]["schema"]["fields"]
    assert [one["name"] for one in fields] == list(rows[0])
    assert {one["path"] for one in package["resources"]} == set(files) - {
        f"{name}.datapackage.json"
    }
    english, french = statement_text(said, "en"), statement_text(said, "fr")
    digits = [re.sub(r"[^0-9]", "", one) for one in (english, french)]
    assert digits[0] == digits[1], "the same figures in both languages"
    assert statement_data(said)["claimed_cents"] == {"CA": said.claimed("CA")}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",137.00,CAD,CA,https", ",137.00,,CA,https", "names no currency"),
        (",137.00,CAD,CA,https", ",137.005,CAD,CA,https", "is not an amount"),
        (",2022-07-01,2023-01-31,", ",2022-07-01,soon,", "is not a day"),
    ],
)
def test_a_pack_with_a_faulty_rate_is_told_where(tmp_path, old, new, says):
    import shutil

    folder = tmp_path / "pack"
    shutil.copytree(CANADA, folder)
    text = (folder / "rates.csv").read_text("utf-8")
    assert old in text
    (folder / "rates.csv").write_text(text.replace(old, new, 1), "utf-8")
    found = check_pack(folder)
    assert any(says in f.what and f.where.startswith("rates.csv, row 2") for f in found), found


def test_the_page_on_costs_runs_as_written():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "costs.md").read_text("utf-8")
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(code, {})


def test_an_unknown_region_or_period_is_refused(closed):
    from partage.core.errors import NotFound

    with pytest.raises(NotFound):
        closed.acting("fay:finance").settle("CA-XX", FEB)
    with pytest.raises(InputRefused):
        period_of("Feb")


def test_a_cap_is_used_up_by_the_months_before(tmp_path):
    """20 February under a cap: what January's fiscal year claimed before is not claimed again."""
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    [two] = take_in(office, "a,2")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    clerk.arrive_late(two, site)
    for night in (DAY, DAY + timedelta(days=1)):
        later(office, hours=21 if night == DAY else 20)
        clerk = office.acting(f"q:site@{site}")
        clerk.count(site, 2, by="night-desk", night=night)
        later(office, hours=4)
        office.acting("pia:placement").close(night)
    rates = tuple(replace(t, incurred_by="CA-QC") for t in office.pack.rates if t.site == site)
    capped = tuple(replace(r, cap_cents=30_000) for r in office.pack.sharing)
    finance = office.acting("fay:finance")
    finance.pack = replace(office.pack, rates=rates, sharing=capped)
    days = [Period(day, day) for day in (DAY, DAY + timedelta(days=1))]
    first, second = (finance.settle("CA-QC", one).claimed("CA") for one in days)
    both = finance.settle("CA-QC", Period(days[0].first, days[1].last)).claimed("CA")
    assert (first, second, both) == (26_030, 3_970, 30_000)
    office.journal.close()


def test_a_wrong_book_of_a_closed_day_is_put_right_by_somebody_elses_recount(tmp_path):
    """The book says 2, the door counted 3; the night is closed: a recount by another person is charged."""
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    [two] = take_in(office, "a,2")
    site = site_of(office, "CA-QC")
    clerk, coordinator = office.acting(f"q:site@{site}"), office.acting("rene:region@CA-QC")
    clerk.arrive_late(two, site)
    later(office, hours=21)
    clerk.count(site, 3, by="night-desk", night=DAY)
    with pytest.raises(WrongState, match="is not closed"):
        coordinator.count(site, 3, by="recount", night=DAY)
    with pytest.raises(InputRefused, match="of a closed night"):
        coordinator.count(site, 3, by="recount")
    later(office, hours=4)
    office.acting("pia:placement").close(DAY)
    finance = office.acting("fay:finance")
    assert not [line for line in finance.settle("CA-QC", FEB).direct if line.site == site]
    clerk.count(site, 3, by="recount", night=DAY)
    assert not [line for line in finance.settle("CA-QC", FEB).direct if line.site == site], (
        "whoever counted does not settle the difference"
    )
    coordinator.count(site, 3, by="recount", night=DAY)
    said = finance.settle("CA-QC", FEB)
    [line] = [line for line in said.direct if line.site == site]
    assert (line.quantity, line.amount) == (3, 3 * 137_00)
    verbs = [next(office.journal.read(after=no - 1)).verb for no in line.evidence]
    assert verbs == ["close", "count", "count"]
    [note] = [f for f in said.notes if "recount" in f.what]
    assert "the book says 2, the headcount 3" in note.what
    assert not [f for f in said.blocked if f.where == f"{site} night of {DAY}"]
    invoiced = finance.settle("CA-QC", FEB, [InvoiceLine(site, DAY, DAY, "person-night", 2)])
    assert any("the recount says 3" in f.what for f in invoiced.blocked)
    office.journal.close()
