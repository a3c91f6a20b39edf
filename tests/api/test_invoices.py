"""Invoices over the network: held against the draft to the cent; kept with a statement that is prepared."""

from __future__ import annotations

PRAIDA = "ca-qc/montreal/praida"
NIGHTS = {"site": PRAIDA, "first": "2023-02-01", "last": "2023-02-19", "unit": "person-night"}
RIGHT = {**NIGHTS, "quantity": 1150, "rate_cents": 41_10, "amount_cents": 1150 * 19 * 41_10}
URL = "/settle/CA-QC/held"
FAY = "fay:finance"


def held(ask, *invoices):
    return ask("POST", URL, {"period": "2023-02", "invoices": list(invoices)}, who=FAY).json()


def told(answer):
    return [f"{f['where']} {f['what']}" for f in answer["findings"] if "invoice" in f["what"]]


def test_an_invoice_that_agrees_changes_nothing_and_one_that_does_not_is_told_night_by_night(ask):
    agreed = held(ask, RIGHT)
    assert told(agreed) == []
    assert agreed["data"]["amount_cents"] == RIGHT["amount_cents"]
    more = held(ask, {**RIGHT, "quantity": 1151, "amount_cents": 1151 * 19 * 41_10})
    assert len(told(more)) == 19
    assert "is invoiced for 1151 persons, the book says 1150" in told(more)[0]
    assert more["data"]["amount_cents"] == 0
    dearer = held(ask, {**RIGHT, "rate_cents": 41_11, "amount_cents": 1150 * 19 * 41_11})
    assert "is invoiced at $41.11 a person-night, the rate is $41.10" in told(dearer)[0]
    odd = {**RIGHT, "amount_cents": 1}
    assert any("says $0.01, and 1150 x 19 nights x $41.10 are $898,035.00" in one for one in [
        f"{f['what']}" for f in held(ask, odd)["findings"]
    ])  # fmt: skip


def test_a_bad_line_is_refused_and_an_escort_holds_nothing_against_anybody(ask):
    for bad in ({"unit": "bed"}, {"quantity": -1}, {"rate_cents": 1.5}, {"site": "x"}):
        answer = ask("POST", URL, {"period": "2023-02", "invoices": [{**RIGHT, **bad}]}, who=FAY)
        assert answer.status_code == 422, bad
    body = {"period": "2023-02", "invoices": [RIGHT]}
    assert ask("POST", URL, body, who="eve:escort").status_code == 403


def test_invoices_given_with_a_statement_are_kept_with_it(ask):
    body = {
        "period": "2023-02",
        "invoices": [{**RIGHT, "last": "2023-02-18", "amount_cents": 1150 * 18 * 41_10}],
    }
    made = ask("POST", "/settle/CA-QC", body, who=FAY).json()["data"]["statement"]
    again = ask("GET", f"/settle/statements/{made}", who=FAY).json()
    assert again["data"]["on_record"]["invoices"].startswith("sha256:")
    assert any("is invoiced for 0 persons, the book says 1150" in one for one in told(again))
