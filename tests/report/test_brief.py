"""The brief of a closed night: the same figures in both languages, each of which traces to the record."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from daily import later, take_in
from offices import DAY, REGIONS, opened
from partage.core.errors import InputRefused, NotFound, NotPermitted
from partage.costs import Period
from partage.faces.pages.brief import brief_data, documents, plots
from partage.faces.pages.documents import pdf, write_documents
from partage.report import brief_load
from partage.report.brief import shown
from partage.report.document import to_html
from partage.report.options import BASE, OTHERS

CELL = re.compile(r'<td class="n" data-ref="([^"]+)">([^<]*)</td>')
NIGHT = DAY.isoformat()


@pytest.fixture(scope="module")
def office():  # type: ignore[no-untyped-def]
    """A day: eleven households, one declines, a bus, one who is not found, the night closed."""
    office = opened("memory:")
    take_in(office, *(f"r{n},{1 + n % 2}" for n in range(11)))
    pia = office.acting("pia:placement")
    plan = pia.propose("redirect-all", DAY)[1].data["plan"]
    office.acting("rosa:approver").approve(plan)
    later(office, hours=1)
    offers = pia.offer_plan(plan, until="2023-02-21T08:30:00Z").data["offers"]
    for number, offer in enumerate(offers):
        office.acting("anna:intake").answer(offer["case"], "accept" if number else "decline")
    sites = {offer["site"] for offer in offers[1:]}
    site = max(sorted(sites), key=lambda s: sum(o["site"] == s for o in offers[1:]))
    on = [o["case"] for o in offers[1:] if o["site"] == site]
    run = pia.depart(site, only=on).data["run"]
    later(office, hours=6)
    office.acting(f"lea:site@{site}").arrive(run, not_seen=[on[0]])
    later(office, hours=15)
    pia.close(DAY)
    office.acting("min:minister").asks_of_pack()
    office.acting("min:minister").answer_ask(
        "A-letter-costs", "later", source="letter 12", on=date(2023, 2, 21),
        promise="a reply", until=date(2023, 2, 28),
    )  # fmt: skip
    return office


READERS = [
    ("federal", "", "min:minister"),
    ("province", "", "luc:region@CA-QC"),
    ("province", "", "mary:region@on"),
    ("city", "", "mia:city@ca-on/cornwall"),
    ("province", "NS", "rita:auditor"),
]


@pytest.mark.parametrize(("to", "scope", "who"), READERS)
@pytest.mark.parametrize("public", [False, True])
def test_an_english_and_a_french_reader_get_the_same_figures(office, to, scope, who, public):
    made = office.acting(who).brief(DAY, to=to, scope=scope)
    pages = {n: to_html(d) for n, d in documents(made, office.pack, "both", public=public).items()}
    english, french = ([(ref, re.sub(r"[^0-9–]", "", text)) for ref, text in CELL.findall(page)]
                       for page in pages.values())  # fmt: skip
    assert english == french
    assert len(english) > 15
    assert {ref for ref, _ in english} <= set(made.refs())


def test_options_are_the_same_numbers_in_both_languages_and_trace(office):
    made = office.acting("min:minister").brief(DAY, options=True)
    assert [o.scenario for o in made.options][::2] == [BASE, *OTHERS]
    pages = [to_html(d) for d in documents(made, office.pack, "both").values()]
    for one in made.options:
        assert one.low <= one.middle <= one.high
        for page in pages:
            told = {ref: re.sub(r"[^0-9]", "", html.unescape(t)) for ref, t in CELL.findall(page)}
            assert told[one.ref] == str(one.middle)
        found = office.acting("min:minister").trace(one.ref)
        assert (found.value, found.ledger) == (one.middle, False)
        assert "40 runs" in found.source
    with pytest.raises(NotFound, match="has that scenario"):
        office.acting("min:minister").trace("option/nothing/transferred")
    assert office.acting("min:minister").brief(DAY).options == ()


@pytest.mark.parametrize(("to", "scope", "who"), READERS)
def test_every_figure_traces_and_is_the_sum_of_what_it_rests_on(office, to, scope, who):
    made = office.acting(who).brief(DAY, to=to, scope=scope)
    [page] = [to_html(d) for d in documents(made, office.pack, "en").values()]
    printed = {ref: re.sub(r"[^0-9]", "", html.unescape(text)) for ref, text in CELL.findall(page)}
    entries = {f"entry {e.no}" for e in office.journal.read()}
    for ref in made.refs():
        found = office.acting(who).trace(ref)
        if ref in printed and ref.startswith("carried/"):
            tenths = f"{float(Fraction(found.value)):.1f}"
            assert printed[ref] == re.sub(r"[^0-9]", "", tenths), ref
        elif ref in printed:
            assert printed[ref] == str(found.value), ref
        if found.ledger:
            assert {p.where for p in found.pieces} <= entries
            if isinstance(found.value, int):
                assert found.value == sum(p.number for p in found.pieces)
        else:
            assert found.source
    assert printed


def test_the_months_ahead_have_a_band_and_the_same_draw_each_time(office):
    made = office.acting("min:minister").brief(DAY)
    assert [a.month for a in made.ahead[:4]] == ["2023-02", "2023-03", "2023-04", "2023-05"]
    assert {a.series for a in made.ahead} == {"CA-QC/land_border", "CA-QC/all"}
    for one in made.ahead:
        assert 0 < one.low < one.middle < one.high
    assert made.ahead == office.acting("rita:auditor").brief(DAY).ahead
    wide = [a.high - a.low for a in made.ahead[:4]]
    assert wide == sorted(wide), "further ahead, less is known"
    early = office.acting("rita:auditor")
    with pytest.raises(NotFound):
        early.trace("ahead/2023-02-20/CA-QC/land_border/2023-12")


def test_costs_are_those_of_the_draft_and_a_province_sees_its_own(office):
    made = office.acting("min:minister").brief(DAY)
    said = office.acting("fay:finance").settle("CA-QC", Period(DAY.replace(day=1), DAY))
    costs = {c.id: c.value for c in made.costs}
    assert costs == {
        "claimed": said.claimed("CA"), "direct": sum(one.amount for one in said.direct),
        "left-out": len(said.blocked), "borne": said.amount - said.claimed("CA"), "stated": 0, "paid": 0,
    }  # fmt: skip
    assert costs["claimed"] == 853_133_25
    traced = office.acting("min:minister").trace(f"cost/{NIGHT}/CA-QC/claimed")
    assert (traced.unit, traced.ledger, len(traced.pieces)) == ("CAD cents", False, 19)
    assert {p.where for p in traced.pieces} == {"published_nights.csv, row 2"}
    assert office.acting("min:minister").trace("pack/published_nights/2").value == 1150
    assert office.acting("min:minister").trace("pack/ihap_payments/2").value == 440_900_000_00
    for who in ("mary:region@CA-ON", "mia:city@ca-on/cornwall"):
        with pytest.raises(NotPermitted):
            office.acting(who).trace(f"cost/{NIGHT}/CA-QC/claimed")
    assert office.acting("mia:city@ca-on/cornwall").brief(DAY, to="city").costs == ()
    [public] = documents(made, office.pack, "en", public=True).values()
    assert "853,133" not in to_html(public)
    assert brief_data(made, public=True)["costs"] == []


def test_the_figures_are_those_of_the_book(office):
    figures = {f.id: f.value for f in office.acting("min:minister").brief(DAY).figures}
    book = {a: r["persons"] for a, r in office.journal.rows("book").items()}
    assert figures["not-found"] == book["outside:unknown"] > 0
    assert figures["waiting"] == book["waiting@ca-qc/roxham-road"] > 0
    assert figures["hosted"] == sum(n for a, n in book.items() if a.startswith("hosted@"))
    assert figures["arrived"] == 16
    assert sum(figures[k] for k in ("not-found", "waiting", "hosted")) == 16
    assert figures["elsewhere"] == figures["hosted"]  # nobody moved to a fallback place yet


def test_who_is_found_after_the_night_was_not_found_that_night(office):
    before = office.acting("rita:auditor").trace(f"night/{NIGHT}/not-found")
    assert before.value == sum(p.number for p in before.pieces) > 0
    assert all(p.where.startswith("entry ") for p in before.pieces)
    assert not [p for p in before.pieces if "H-" in p.what], "no case by its code"


def test_nights_before_the_ledger_are_published_and_marked(office):
    made = office.acting("min:minister").brief(DAY)
    arrived = next(f for f in made.figures if f.id == "arrived")
    assert (arrived.earlier, arrived.earlier_day, arrived.earlier_ledger) == (
        125,
        "2023-02-13",
        False,
    )
    [english] = documents(made, office.pack, "en").values()
    page = to_html(english)
    assert page.count("not from the ledger") > len(made.published) > 5
    for row in made.published:
        number = int(row.ref.rpartition("/")[2])
        assert office.pack.history[number - 2].value == row.value
    assert "earlier-nights" in made.unknown


def test_the_asks_stand_with_answer_promise_and_whether_it_was_kept(office):
    made = office.acting("min:minister").brief(DAY)
    [page] = [to_html(d) for d in documents(made, office.pack, "en").values()]
    assert len(made.asks) == 5
    assert page.count("no answer on record") == 4
    assert "a reply, February\u00a028, 2023" in page
    assert "not due yet" in page


@given(st.integers(0, 100_000))
@example(0)
@example(5)
@example(6)
def test_public_numbers_are_hidden_or_rounded_and_people_without_a_roof_never(value):
    assert shown(value, public=False) == value
    assert shown(value, public=True, exact=True) == value
    seen = shown(value, public=True)
    if value <= 5:
        assert seen is None
    else:
        assert seen is not None
        assert seen % 5 == 0
        assert abs(seen - value) <= 2


def test_a_public_copy_shows_no_small_number_and_all_who_are_not_found(office):
    made = office.acting("min:minister").brief(DAY)
    data = brief_data(made, public=True)
    lost = next(row for row in data["figures"] if row["figure"] == "not-found")
    assert lost["value"] == next(f.value for f in made.figures if f.id == "not-found")
    numbers = [r["value"] for r in (*data["figures"], *data["decisions"]) if r is not lost]
    numbers += [s[k] for s in data["shares"] for k in ("due", "hosted", "agreed")]
    assert all(n is None or (n > 5 and n % 5 == 0) for n in numbers)
    assert None in numbers
    for page in (to_html(d) for d in documents(made, office.pack, "both", public=True).values()):
        assert "–" in page
        drawn = re.findall(r">([^<]*/[^<]*/[^<]*)</text>", page)
        assert drawn
        for text in drawn:
            parts = text.rpartition(": ")[2].split(" / ")
            assert all(p == "–" or int(re.sub(r"\D", "", p)) % 5 == 0 for p in parts)


def test_the_plots_show_the_numbers_of_the_tables_and_fetch_nothing(office):
    made = office.acting("min:minister").brief(DAY)
    drawn = plots(made, office.pack, "both")
    assert sorted(drawn) == [
        f"brief-federal-{lang}-{name}.svg" for lang in ("en", "fr") for name in ("costs", "load", "shares")
    ]  # fmt: skip
    texts = {name: re.findall(r">([^<]+)</text>", data.decode()) for name, data in drawn.items()}
    for name in ("costs", "load", "shares"):
        english, french = (
            [re.sub(r"[^0-9–−/]", "", one) for one in texts[f"brief-federal-{lang}-{name}.svg"]]
            for lang in ("en", "fr")
        )
        assert english == french
    loads = {one.service: (one.used, one.agreed) for one in made.loads}
    assert f"Place for a person: {loads['person'][0]} / {loads['person'][1]:,}" in texts[
        "brief-federal-en-load.svg"
    ]  # fmt: skip
    assert loads["person"][0] == next(f.value for f in made.figures if f.id == "hosted")
    assert any("asked of it, $853,133.25" in one for one in texts["brief-federal-en-costs.svg"])
    for data in drawn.values():
        assert not re.search(rb"href|url\(http|<script|<style", data)
        assert data.count(b"http") == data.count(b"http://www.w3.org/")
    assert len(plots(made, office.pack, "en", public=True)) == 2, "no amounts on public copies"


def test_how_long_places_last_is_free_places_over_who_came(office):
    made = office.acting("min:minister").brief(DAY)
    found = office.acting("min:minister").trace(made.full.ref)
    agreed, used, came = (p.number for p in found.pieces)
    assert (agreed, used, came) == (
        sum(one.agreed for one in made.loads if one.service == "person"),
        sum(one.used for one in made.loads if one.service == "person"), 16,
    )  # fmt: skip
    assert made.full.days == (agreed - used) // 16 == int(found.value)
    nobody = office.acting("rita:auditor").brief(DAY, to="province", scope="CA-NB")
    assert nobody.full.days is None
    assert "nobody came that day" in to_html(
        documents(nobody, office.pack, "en")["brief-province-en"]
    )


@pytest.mark.parametrize(("used", "came", "days"), [(40, 16, 3), (0, 16, 6), (120, 16, 0), (40, 0, None)])  # fmt: skip
def test_places_in_use_are_no_days_until_full(monkeypatch, used, came, days):
    monkeypatch.setattr(brief_load, "_history", lambda *_: ())
    monkeypatch.setattr(brief_load, "_agreed", lambda *_: [("", "", 100)])
    monkeypatch.setattr(brief_load, "_used", lambda *_: [("", "", used)])
    reading = SimpleNamespace(pack=SimpleNamespace(services=[SimpleNamespace(id="person")]))
    assert brief_load.days_to_full(reading, DAY, "", came)[0] == days


def test_what_is_carried_over_is_what_the_plans_left_owing(office):
    made = office.acting("min:minister").brief(DAY)
    balance = {
        region: Fraction(row["carry"]["redirect-all"])
        for region, row in office.journal.rows("places", kind="region").items()
        if row.get("carry")
    }
    assert {s.region: s.carried for s in made.standings if s.carried is not None} == balance
    assert balance


def test_no_brief_holds_a_case_or_a_name(office):
    cases = list(office.journal.rows("cases"))
    actors = {e.actor for e in office.journal.read()} - {"test", *REGIONS}
    for to, scope, who in READERS:
        for page in documents(
            office.acting(who).brief(DAY, to=to, scope=scope), office.pack, "both"
        ).values():
            text = to_html(page)
            assert not [c for c in cases if c in text]
            assert not [a for a in actors if re.search(rf"\b{re.escape(a)}\b", text)]


def test_it_is_printed_for_whoever_reads_with_a_machine_on_one_or_two_sheets(office, tmp_path):
    made = office.acting("min:minister").brief(DAY)
    papers = documents(made, office.pack, "both")
    files = write_documents(tmp_path, papers, office.clock.now())
    assert sorted(files) == [
        f"brief-federal-{lang}.{kind}" for lang in ("en", "fr") for kind in ("html", "pdf")
    ]
    for name, paper in papers.items():
        data = (tmp_path / f"{name}.pdf").read_bytes()
        assert data.startswith(b"%PDF-")
        assert b"pdfuaid" in data
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 2
        assert pdf(paper, office.clock.now()) == data, "the same to the byte"
        lang = name[-2:]
        assert f'<html lang="{lang}">' in (tmp_path / f"{name}.html").read_text("utf-8")
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("who", "to", "scope", "day", "error"),
    [
        ("min:minister", "federal", "", DAY + timedelta(days=1), NotFound),
        ("min:minister", "federal", "", DAY - timedelta(days=1), NotFound),
        ("min:minister", "federal", "", date.min, InputRefused),
        ("min:minister", "federal", "", date.max, InputRefused),
        ("min:minister", "europe", "", DAY, InputRefused),
        ("min:minister", "province", "", DAY, InputRefused),
        ("min:minister", "province", "ZZ", DAY, InputRefused),
        ("min:minister", "city", "ca-on/paris", DAY, InputRefused),
        ("min:minister", "federal", "CA-ON", DAY, InputRefused),
        ("luc:region@CA-QC", "province", "CA-ON", DAY, NotPermitted),
        ("luc:region@CA-QC", "federal", "", DAY, NotPermitted),
        ("mia:city@ca-on/cornwall", "city", "ca-on/windsor", DAY, NotPermitted),
        ("anna:intake", "federal", "", DAY, NotPermitted),
    ],
)
def test_what_cannot_be_told_is_refused(office, who, to, scope, day, error):
    with pytest.raises(error) as refused:
        office.acting(who).brief(day, to=to, scope=scope)
    assert refused.value.do


@pytest.mark.parametrize(
    ("ref", "error"),
    [
        ("", InputRefused), ("night", InputRefused), ("night/2023-02-20/nobody", InputRefused),
        ("day/2023-02-20/hosted", InputRefused), ("night/2023-02-31/waiting", InputRefused),
        ("night/2023-02-19/waiting", NotFound), ("due/2023-02-19/CA-ON", NotFound),
        ("agreed/2023-02-20/CA-MB", NotFound), ("pack/history/1", NotFound),
        ("pack/history/99999", NotFound), ("day/0001-01-01/arrived", InputRefused),
        ("night/9999-12-31/waiting", InputRefused), ("pack/figures.csv/2", InputRefused),
        ("load/2023-02-20/nothing", NotFound), ("full/2023-02-20/weeks", InputRefused),
        ("carried/2023-02-20/CA-MB", NotFound), ("carried/2023-02-19/CA-ON", NotFound),
        ("ask/A-nothing", NotFound), ("case/H-0123456789", InputRefused),
    ],
)  # fmt: skip
def test_a_reference_that_is_none_is_a_sentence(office, ref, error):
    with pytest.raises(error) as refused:
        office.acting("rita:auditor").trace(ref)
    assert refused.value.do
