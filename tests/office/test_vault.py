"""The vault: its keys, what a use is, what goes with whom when data are erased, and what stays."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from daily import later, site_of, state, take_in
from offices import DAY, arrivals, opened
from partage.casework.privacy import earliest_disposal
from partage.compose import open_office
from partage.core.errors import Unavailable, Unfaithful, WrongState
from partage.faces.pages.show import explain_answer
from partage.office.office import Office
from partage.report.own_record import own_record_text


def left(office: Office, reference: str = "a,1", **columns: str) -> str:
    [case] = take_in(office, reference, **columns)
    site = site_of(office, "CA-QC")
    office.acting(f"q:site@{site}").arrive_late(case, site)
    office.acting(f"q:site@{site}").exit(case, "housing")
    return case


def everything_in(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.iterdir()) if ".key" not in p.name)


@pytest.fixture
def file(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'o.db'}")
    yield office, tmp_path / "o.db", tmp_path / "o.db.key"
    office.journal.close()


def again(office: Office, path: Path) -> Office:
    return open_office(f"sqlite:///{path}", "rita:auditor", at=office.clock.now())


# -- keys -----------------------------------------------------------------------------------


def test_the_key_of_another_journal_opens_nothing_and_seals_nothing(file, tmp_path):
    office, path, key = file
    [case] = take_in(office, "a,1")
    kept = key.read_bytes()
    other = tmp_path / "other"
    other.mkdir()
    opened(f"sqlite:///{other / 'o.db'}").journal.close()
    key.write_bytes((other / "o.db.key").read_bytes())
    wrong = again(office, path)
    with pytest.raises(Unavailable, match="not the key of this journal"):
        wrong.explain(case)
    with pytest.raises(Unavailable, match="not the key of this journal"):
        wrong.acting("anna:intake").register(arrivals("b,1"))
    key.write_bytes(kept)
    right = again(office, path)
    right.explain(case)
    assert right.verify().clean
    for one in (wrong, right):
        one.journal.close()


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o660, 0o666])
def test_a_key_that_others_can_read_or_change_is_refused(file, mode):
    office, path, key = file
    [case] = take_in(office, "a,1")
    key.chmod(mode)
    fresh = again(office, path)
    with pytest.raises(Unavailable, match=r"by others.*chmod 600"):
        fresh.explain(case)
    fresh.watch()
    key.chmod(0o640)  # a group that reads is the office's own choice
    fresh.explain(case)
    fresh.journal.close()


@pytest.mark.parametrize("text", [b"", b"00", b"zz" * 32, b"\xff\xfe", b"00" * 33])
def test_a_broken_key_file_is_a_sentence(file, text):
    office, path, key = file
    [case] = take_in(office, "a,1")
    key.write_bytes(text)
    fresh = again(office, path)
    with pytest.raises(Unavailable, match="key of the vault"):
        fresh.explain(case)
    fresh.journal.close()


def test_a_new_key_opens_everything_and_the_old_one_nothing(file):
    office, path, key = file
    cases = take_in(office, "a,1", "b,2")
    old = key.read_bytes()
    other = again(office, path)  # a second office, which has the old key in its memory
    other.explain(cases[0])
    done = office.acting("adam:admin").rekey()
    assert done.data["keys"] >= 2
    assert key.read_bytes() != old
    assert key.stat().st_mode & 0o077 == 0
    assert not path.with_name("o.db.key.next").exists()
    other.explain(cases[1])
    take_in(other, "c,1")
    assert take_in(office, "a,1") == [], "found again by its reference"
    assert office.acting("rita:auditor").verify().clean
    key.write_bytes(old)
    late = again(office, path)
    with pytest.raises(Unavailable, match="not the key of this journal"):
        late.explain(cases[0])
    for one in (other, late):
        one.journal.close()


def test_a_change_of_key_that_is_cut_off_is_finished_or_undone(file, monkeypatch):
    office, path, key = file
    [case] = take_in(office, "a,1")
    old = key.read_bytes()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("partage.store.sql.keep_key", cut)
    with pytest.raises(KeyboardInterrupt):
        office.acting("adam:admin").rekey()
    assert key.read_bytes() == old
    fresh = again(office, path)
    fresh.explain(case)  # everything is wrapped by the next key: it takes its place
    assert key.read_bytes() != old
    monkeypatch.undo()
    monkeypatch.setattr("partage.store.sql.change_key", cut)
    with pytest.raises(KeyboardInterrupt):
        fresh.acting("adam:admin").rekey()
    monkeypatch.undo()
    fresh.explain(case)
    assert fresh.verify().clean
    fresh.journal.close()


def test_a_vault_that_was_tampered_with_is_not_sealed_anew(file):
    office, path, key = file
    take_in(office, "a,1")
    kept = key.read_bytes()
    with sqlite3.connect(path) as plain:
        plain.execute("UPDATE vault SET sealed = zeroblob(60) WHERE kind = 'case'")
    plain.close()
    with pytest.raises(Unfaithful, match="not changed"):
        office.acting("adam:admin").rekey()
    assert key.read_bytes() == kept


# -- retention ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("used", "due"),
    [("2023-02-20", "2025-02-20"), ("2024-02-29", "2026-03-01"), ("2022-02-28", "2024-02-28")],
)
def test_two_years_also_from_a_leap_day(used, due):
    assert earliest_disposal(used) == due


def test_a_review_and_a_disclosure_are_uses(office):
    case = left(office)
    admin = office.acting("adam:admin")
    later(office, days=10)
    review = office.acting("anna:intake").request_review(case, "other").data["review"]
    assert admin.due_for_disposal()[0] == {
        "case": case, "earliest": "2025-03-02", "holds": ["review"],
    }  # fmt: skip
    with pytest.raises(WrongState, match=r"held \(review\)"):
        admin.erase(case, consent="form 9")
    later(office, days=10)
    office.acting("omar:approver").answer_review(review, "upheld", note="as it was")
    assert admin.due_for_disposal()[0]["earliest"] == "2025-03-12"
    later(office, days=10)
    office.acting("anna:intake").disclose(case, "CA-ON", ["need"], ground="law", instrument="s. 8")
    assert admin.due_for_disposal()[0]["earliest"] == "2025-03-22"


def test_a_hold_stops_erasure_after_the_date_and_with_consent_and_none_comes_after_it(office):
    case = left(office)
    admin = office.acting("adam:admin")
    later(office, days=800)
    admin.hold_data(case, "legal")
    for consent in ("", "form 9"):
        with pytest.raises(WrongState, match=r"held \(legal\)"):
            admin.erase(case, consent=consent)
    admin.hold_data(case, "legal", release=True)
    admin.erase(case)
    with pytest.raises(WrongState, match="were erased"):
        admin.hold_data(case, "legal")
    assert office.acting("rita:auditor").verify().clean


def test_the_day_before_the_date_is_refused_and_the_day_itself_is_not(office):
    case = left(office)
    admin = office.acting("adam:admin")
    later(office, days=730)  # 2025-02-19
    with pytest.raises(WrongState, match="kept until 2025-02-20"):
        admin.erase(case)
    later(office, days=1)
    assert admin.erase(case).data["ground"] == "retention"


def test_what_was_erased_is_said_to_be_gone_and_not_to_wait_for_its_date(office):
    case = left(office)
    admin, anna = office.acting("adam:admin"), office.acting("anna:intake")
    admin.erase(case, consent="form 9")
    with pytest.raises(WrongState, match="were erased before"):
        admin.erase(case)
    data = anna.export(case)
    assert data["erased_on"] == DAY.isoformat()
    for language, gone in (("en", "was erased on"), ("fr", "a été effacé (")):
        text = own_record_text(data, office.pack, language)
        assert gone in text
        assert "2025" not in text
        _, said = explain_answer(anna, case, "officer", language)
        assert said.count(".") == 2, "has left, and its data are gone"


def test_without_its_key_all_but_the_vault_is_checked_and_nothing_is_called_clean(file):
    office, path, key = file
    take_in(office, "a,1")
    office.journal.close()
    key.unlink()
    office = again(office, path)
    report = office.verify()
    assert [f.where for f in report.findings if f.weight == "fault"] == ["vault"]
    assert report.checked["entries"] == office.journal.head()[0]
    office.journal.close()


# -- what goes, and what stays --------------------------------------------------------------


def test_whoever_was_taken_in_twice_is_erased_and_handed_out_whole(office):
    kept = left(office, "KEPT-REF,1", nationality="KEPT-NATION")
    twice, thrice = take_in(office, "TWICE-REF,1", "THRICE-REF,1", nationality="TWICE-NATION")
    anna, admin = office.acting("anna:intake"), office.acting("adam:admin")
    anna.duplicate(twice, thrice, "same")
    anna.duplicate(kept, twice, "same")
    mine = json.dumps(office.acting(f"x:household@{kept}").export(kept), default=str)
    for word in ("KEPT-REF", "KEPT-NATION", "TWICE-REF", "THRICE-REF", "TWICE-NATION"):
        assert word in mine
    assert [row["case"] for row in admin.due_for_disposal()] == [kept]
    with pytest.raises(WrongState, match=f"Erase {kept}"):
        admin.erase(twice, consent="form 9")
    later(office, days=5)
    anna.side_by_side(kept, thrice)  # a look at one is a use of all
    assert admin.due_for_disposal()[0]["earliest"] == "2025-02-25"
    admin.hold_data(thrice, "legal")
    with pytest.raises(WrongState, match="held"):
        admin.erase(kept, consent="form 9")
    admin.hold_data(thrice, "legal", release=True)
    assert set(admin.erase(kept, consent="form 9").data["with"]) == {twice, thrice}
    assert all(office.journal.secrets(f"case/{one}") == [] for one in (kept, twice, thrice))
    assert admin.due_for_disposal() == []
    assert office.acting("rita:auditor").verify().clean


def test_one_of_two_linked_households_is_erased_and_the_other_is_whole(office):
    one, other = take_in(office, "a,1", "b,1", nationality="NATION")
    anna, admin = office.acting("anna:intake"), office.acting("adam:admin")
    anna.correct(one, {"linked_to": other}, why="wish")
    anna.correct(other, {"linked_to": one}, why="wish")
    anna.exit(one, "housing")
    admin.erase(one, consent="form 9")
    assert office._household(other, state(office, other)).need.links == (one,)
    plan, _ = office.acting("pia:placement").propose("redirect-all")
    assert [line.case for line in plan.lines] == [other]
    office.acting("rita:auditor").explain(other)
    assert office.acting("rita:auditor").verify().clean


def test_nothing_said_of_a_household_is_left_in_the_file_after_it_was_erased(file):
    """Its words in every part of the file: notes on a plan, a review, who was told, on what paper."""
    office, path, _ = file
    anna, pia = office.acting("anna:intake"), office.acting("pia:placement")
    [case] = take_in(office, "CANARY-REF,1", nationality="CANARY-NATION")
    _, done = pia.propose("redirect-all")
    pia.override(done.data["plan"], case, "", why="other", note="CANARY-NOTE")
    review = anna.request_review(case, "other", note="CANARY-ASKED").data["review"]
    office.acting("omar:approver").answer_review(review, "upheld", note="CANARY-ANSWER")
    anna.disclose(case, "CANARY-TO", ["need"], ground="consent", instrument="CANARY-PAPER")
    anna.exit(case, "housing", address="CANARY-STREET", consent=True)
    mine = json.dumps(office.acting(f"x:household@{case}").export(case), default=str)
    for word in ("REF", "NATION", "NOTE", "ASKED", "ANSWER", "TO", "PAPER", "STREET"):
        assert f"CANARY-{word}" in mine, word
    conn = office.journal._conn  # type: ignore[attr-defined]
    rows = conn.execute(
        "SELECT sealed, blind FROM vault WHERE subject = ?", (f"case/{case}",)
    ).fetchall()
    assert len(rows) >= 9
    subjects = {r[0] for r in conn.execute("SELECT subject FROM vault")}
    assert subjects == {f"case/{case}"}, "nothing of it lies under another name"
    office.acting("adam:admin").erase(case, consent="letter of CANARY-NAME")
    held = everything_in(path.parent)
    assert b"CANARY" not in held
    for sealed, blind in rows:
        assert sealed not in held
        assert blind.encode() not in held
    assert office.acting("rita:auditor").verify().clean


def test_the_chain_confirms_no_guess_of_what_a_file_said(file):
    """The mark of a file about one person is a guess away from the person: it stays out of the chain."""
    from partage.core.marks import mark_of_bytes

    office, path, _ = file
    real = open_office(f"sqlite:///{path.with_name('real.db')}", "anna:intake")
    data = arrivals("a,1", entered_at="2023-02-20T12:00:00Z")
    for one in (office.acting("anna:intake"), real):
        one.register(data)
        assert one.register(data).data["answered_before"]
        one.count("ca-qc/roxham-road", 1, idem="Jean Diallo")
        assert one.count("ca-qc/roxham-road", 1, idem="Jean Diallo").data["answered_before"]
        chain = str(list(one.journal.read()))
        assert mark_of_bytes(data).removeprefix("sha256:") not in chain
        assert "Diallo" not in chain
    real.journal.close()
    assert b"Diallo" not in everything_in(path.parent)


def test_a_key_of_a_request_is_known_again_after_a_change_of_key(file):
    _, path, _ = file
    real = open_office(f"sqlite:///{path.with_name('real.db')}", "anna:intake")
    real.count("ca-qc/roxham-road", 0, idem="one")
    real.acting("adam:admin").rekey(idem="r")
    real.acting("adam:admin").rekey(idem="r")
    assert real.count("ca-qc/roxham-road", 0, idem="one").data["answered_before"]
    assert sum(e.verb == "rekey" for e in real.journal.read()) == 1
    assert real.acting("rita:auditor").verify().clean
    real.journal.close()


def test_an_erasure_says_so_where_the_log_could_not_be_emptied(file, monkeypatch):
    office, path, _ = file
    case = left(office)
    conn = office.journal._conn  # type: ignore[attr-defined]
    conn.execute("PRAGMA busy_timeout=50")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    with pytest.raises(Unavailable, match="are erased; the log"):
        office.acting("adam:admin").erase(case, consent="form 9")
    reader.execute("COMMIT")
    reader.close()
    assert office.journal.secrets(f"case/{case}") == []
    assert office.acting("rita:auditor").verify().clean


def test_no_adult_reads_what_another_said_apart(office):
    [case] = take_in(office, "a,2", avoid="ca-on/windsor/ircc-hotels")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=[case])
    office.acting("pia:placement").offer(case)
    office.acting("anna:intake").answer(case, "accept", adult=2)
    household = office.acting(f"x:household@{case}")

    def steps(adult: int) -> list[str]:
        return [step["step"] for step in household.export(case, adult=adult)["what_happened"]]

    assert "answer:one" not in steps(0) + steps(1)
    assert "answer:one" in steps(2)
    assert "said_yes" not in household.explain(case)["row"]
    mine = household.export(case)
    assert "windsor" not in json.dumps(mine["known"]["case"])
    assert mine["told_to_each_apart"] == ["places_to_avoid"]
    [alone] = take_in(office, "b,1", avoid="ca-on/windsor/ircc-hotels")
    assert "windsor" in json.dumps(office.acting(f"x:household@{alone}").export(alone))


def test_a_sealed_row_opens_as_itself_alone():
    from partage.ledger.facts import Secret
    from partage.store.vault import KEY_BYTES, Sealer

    sealer = Sealer(b"k" * KEY_BYTES)
    key, _ = sealer.new_key("case/H-1")
    row = Secret("id", "case", "case/H-1", "salt", b"data")
    sealed = sealer.seal(key, row)
    assert sealer.open(key, "id", "case", "case/H-1", sealed) == row
    for moved in (
        ("other", "case", "case/H-1"),
        ("id", "case", "case/H-2"),
        ("id", "note", "case/H-1"),
    ):
        assert not sealer.open(key, *moved, sealed).salt, moved
