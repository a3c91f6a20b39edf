"""Statements of cost on pages, without JavaScript: worked out, prepared, certified, queried, answered, paid."""

from __future__ import annotations

import csv
import io
import re

import pytest

from costs.test_acts import NIGHT, an_office
from partage.faces.web.words import LANGUAGES, Words
from web.asking import Browser, asking


@pytest.fixture
def made():
    office, site = an_office()
    with asking(office.acting) as client:
        yield office, site, lambda who: Browser(client, who)
    office.journal.close()


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_draft_to_the_payment_each_by_another_hand(lang, made):
    office, site, browse = made
    t = Words(lang)
    fay, cem, otto = (browse(f"{who}") for who in ("fay:finance", "cem:certifier", "otto:finance"))
    fay.get(f"/{lang}/statements?region=CA-QC&period=2023-02-20")
    said = office.acting("fay:finance").settle("CA-QC", NIGHT)
    assert words(t("costs.sum", n=1, amount=t.money(said.amount))) in fay.words
    assert words(t.money(26_030)) in fay.words
    assert office.acting("fay:finance").statements() == []  # nothing is written by looking
    fay.send("/statements/prepare")
    assert words(t("done.statement-prepared")) in fay.words
    (row,) = office.acting("fay:finance").statements()
    there = f"/{lang}/statement/{row['statement']}"
    assert "/submit" not in fay.get(there).text  # whoever prepares has no such button
    cem.get(there).send("/submit")
    assert words(t("done.statement-submit")) in cem.words
    today = otto.get(f"/{lang}/today")
    assert re.search(rf'href="{there}">', today.text)
    otto.get(there).send("/query", site=site, night="2023-02-20", why="headcount")
    assert words(t("done.statement-query")) in otto.words
    fay.get(there).send("/answer", entry=str(said.lines[0].evidence[1]))
    assert words(t("done.statement-answer")) in fay.words
    otto.get(there).send("/accept")
    assert words(t("done.statement-accept")) in otto.words
    otto.get(there).send("/pay", amount="a lot")
    assert otto.status == 422
    amount = "260.30" if lang == "en" else "260,30"
    otto.get(there).send("/pay", amount=amount, on=office.clock.now().date().isoformat())
    assert words(t("done.statement-pay")) in otto.words
    (row,) = office.acting("fay:finance").statements()
    assert (row["state"], row["open"], row["paid"][0]["cents"]) == ("paid", 0, 26_030)
    assert words(t("work.no-statements")) in otto.get(f"/{lang}/today").words


def test_its_lines_are_those_of_its_file_and_it_is_taken_back_whole(made):
    office, _, browse = made
    number = office.acting("fay:finance").prepare_statement("CA-QC", NIGHT).data["statement"]
    page = browse("rita:auditor").get(f"/en/statement/{number}")
    assert "What you do" not in page.words
    assert not re.search(rf'action="/en/statement/{number}/', page.text)  # an auditor looks
    sheet = browse("rita:auditor").get(f"/en/statement/{number}/file/csv")
    rows = list(csv.DictReader(io.StringIO(sheet.text)))
    assert sum(int(one["claimed_cents"]) for one in rows) == 26_030
    assert Words("en").money(26_030) in page.words
    assert browse("rita:auditor").get(f"/en/statement/{number}/file/pdf").status == 200
    assert browse("rita:auditor").get(f"/en/statement/{number}/file/exe").status == 422
    fay = browse("fay:finance").get(f"/en/statement/{number}")
    fay.send("/reverse", why="wrong-rate")
    assert "It is taken back whole" in fay.words
    assert office.acting("fay:finance").statements()[0]["state"] == "reversed"


def test_what_blocks_a_statement_is_said_and_in_no_sum(still):
    page = Browser(still, "fay:finance").get("/fr/statements?region=CA-ON&period=2023-02-20")
    assert page.status == 200
    assert "0 ligne coûte" in page.words
    assert "1 chose le bloque" in page.words
    assert (
        Browser(still, "fay:finance").get("/fr/statements?region=CA-ON&period=soon").status == 422
    )


def test_a_region_sees_its_own_and_no_other(made):
    office, _, browse = made
    number = office.acting("fay:finance").prepare_statement("CA-QC", NIGHT).data["statement"]
    assert number in browse("q:region@CA-QC").get("/en/statements").text
    assert number not in browse("o:region@CA-ON").get("/en/statements").text
    assert browse("o:region@CA-ON").get(f"/en/statement/{number}").status == 403
    assert browse("pia:placement").get("/en/statements").status == 403
