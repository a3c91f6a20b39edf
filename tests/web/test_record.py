"""The record on pages: what needs a look, checking it all, asks and answers, accounts."""

from __future__ import annotations

import pytest

from web.asking import Browser


@pytest.fixture
def look(still):
    return lambda who: Browser(still, who)


def test_an_auditor_checks_the_seals_and_then_everything(look):
    rita = look("rita:auditor").get("/en/record")
    assert "The record is whole" not in rita.words  # nothing is claimed before it is asked for
    rita.get("/en/record?check=chain")
    assert "The seals are whole" in rita.words
    assert "The record is whole" not in rita.words
    rita.get("/fr/record?check=whole")
    assert "Le registre est intact" in rita.words


def test_a_head_that_is_not_of_this_record_is_a_fault_on_the_page(look):
    rita = look("rita:auditor").get("/en/record?check=chain&anchor=sha256:" + "0" * 64)
    assert rita.status == 200
    assert "Something is not what the record says" in rita.words
    assert "The seals are whole" not in rita.words


def test_exceptions_show_counts_alone_to_who_may_not_see_codes(look):
    pia, mia = look("pia:placement"), look("mia:region@CA-ON")
    assert "H-" in pia.get("/en/exceptions").words
    assert mia.get("/fr/exceptions").status == 200
    assert "H-" not in mia.words


def test_overrides_are_told_in_both_languages(look):
    assert "Overrides" in look("rita:auditor").get("/en/overrides").words
    assert "Lignes modifiées" in look("rita:auditor").get("/fr/overrides").words


def test_an_ask_is_recorded_answered_with_a_promise_and_judged(browse):
    pia = browse("pia:placement").get("/en/asks")
    pia.send(
        "/asks", by="CA-QC", to="federal", what="places", text="Room for 500.", source="letter 1"
    )
    number = pia.at.rsplit("/", 1)[1].partition("?")[0]
    assert "not answered" in pia.words
    pia.send(
        f"/ask/{number}/answer", answer="partly", source="letter 2", said="Half of it.",
        promise="Room for 250.", until="2023-03-31",
    )  # fmt: skip
    assert "in part" in pia.words
    pia.get(f"/fr/ask/{number}").send(f"/ask/{number}/kept", kept="no", source="constat")
    assert "non tenu" in pia.words
    assert "Nobody has said" not in pia.get(f"/en/ask/{number}").words
    minister = browse("mo:minister").get(f"/en/ask/{number}")
    assert "not kept" in minister.words
    assert browse("fin:finance").get(f"/en/ask/{number}").words.count("Record an answer") == 0


def test_an_administrator_invites_gives_a_second_role_begins_again_and_ends(browse):
    ada = browse("ada:admin").get("/en/users")
    ada.send("/users", name="nina", role="city", scope="ca-on/windsor")
    assert "The code to begin with" in ada.words
    assert 'href="/fr/user/nina"' in ada.text  # the switch leads to a page, not to a form
    ada.get("/fr/users").send("/users", name="nina", role="region", scope="CA-ON")
    assert "coordination provinciale" in ada.words
    ada.get("/en/user/nina").send("/user/nina/end", post="region@CA-ON")
    assert "provincial coordinator" not in ada.words
    ada.send("/user/nina/reset", instrument="called back at the desk")
    assert "every session of it has ended" in ada.words
    ada.get("/en/user/nina").send("/user/nina/end")
    assert "The account has ended" in ada.words
    assert ada.get("/en/user/nobody").status == 404
