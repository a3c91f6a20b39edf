"""The record on pages: what needs a look, checking it all, asks and answers, accounts."""

from __future__ import annotations

from threading import Event

import pytest

from partage.core.errors import Unavailable
from partage.faces.web.screens import record
from partage.office import checks
from web.asking import Browser


@pytest.fixture
def look(still):
    return lambda who: Browser(still, who)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A check is waited for, but where a test is about one that goes on."""
    monkeypatch.setattr(record, "SHORT", 120.0)


def test_an_auditor_checks_the_seals_and_then_everything_and_it_is_kept(browse):
    rita = browse("rita:auditor").get("/en/record")
    assert "The record is whole" not in rita.words  # nothing is claimed before it is asked for
    rita.send("/record/check", check="chain")
    assert "The seals are whole" in rita.words
    assert "The record is whole" not in rita.words
    rita.get("/fr/record").send("/record/check", check="whole")
    assert "Le registre est intact" in rita.words
    head = rita.text.partition("Tête de la chaîne vérifiée")[2].partition("</code>")[0][-71:]
    checks._KNOWN.clear()  # as a server that was started again
    pia = browse("pia:placement")
    pia.get("/en/asks").send("/asks", by="CA-QC", to="CA", what="places", text="T", source="l")
    later = browse("adam:admin").get("/en/record")
    assert "The record is whole" in later.words
    assert head in later.text
    assert "Since then 1 entry was written" in later.words
    assert browse("pia:placement").get("/en/record").status == 403


def test_what_is_kept_of_a_check_cannot_be_written_by_somebody_else(browse, open_):
    browse("rita:auditor").get("/en/record").send("/record/check", check="whole")
    checks._KNOWN.clear()
    office = open_("rita:auditor")
    assert office.last_check()["clean"]
    office.journal.change_aside(
        checks.KEPT, lambda row: {**row, "sealed": row["sealed"][:-8] + "AAAAAAA="}
    )
    assert office.last_check() is None
    office.journal.close()


def test_a_head_that_is_not_of_this_record_is_a_fault_on_the_page(browse):
    rita = browse("rita:auditor").get("/en/record")
    rita.send("/record/check", check="chain", anchor="sha256:" + "0" * 64)
    assert rita.status == 200
    assert "Something is not what the record says" in rita.words
    assert "The seals are whole" not in rita.words
    assert rita.get("/en/record").send("/record/check", check="whole", anchor="x").status == 422


def test_a_check_that_takes_long_is_told_and_can_be_stopped_and_the_last_one_stays(
    browse, open_, monkeypatch
):
    rita = browse("rita:auditor").get("/en/record")
    rita.send("/record/check", check="chain")
    monkeypatch.setattr("partage.office.record.TELL_EVERY", 1)
    monkeypatch.setattr(record, "SHORT", 0.0)
    reached, go_on, told = Event(), Event(), checks.Check.told

    def held(self, done, of):
        if done == 3:
            reached.set()
            assert go_on.wait(60)
        told(self, done, of)

    monkeypatch.setattr(checks.Check, "told", held)
    rita.send("/record/check", check="whole")
    assert reached.wait(60)
    rita.get("/en/record")
    assert "A check is going on" in rita.words
    assert "2 of" in rita.words
    assert "The seals are whole" in rita.words  # what the last one found is still there
    assert "One check at a time" in rita.words
    assert "/record/check" not in rita.text
    other = open_("cem:certifier")
    assert other.begin_check("chain", lambda: other) is other.check_begun()  # no second one
    assert "Une vérification est en cours" in browse("adam:admin").get("/fr/record").words
    assert "Being stopped" in rita.get("/en/record").send("/record/stop").words
    go_on.set()
    assert other.check_begun().ended.wait(60)
    rita.get("/en/record")
    assert "was stopped after 3 of" in rita.words
    assert "The record is whole" not in rita.words
    assert "The seals are whole" in rita.words
    assert not other.stop_check()
    other.journal.close()


def test_a_check_that_breaks_off_says_so_and_claims_nothing(browse, monkeypatch):
    def broken(*_, **__):
        raise Unavailable("The disk is gone.", "Put it back.")

    monkeypatch.setattr("partage.office.record.verify", broken)
    rita = browse("rita:auditor").get("/en/record").send("/record/check", check="whole")
    assert "broke off before its end" in rita.words
    assert "The disk is gone" in rita.words
    assert "The record is whole" not in rita.words


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
