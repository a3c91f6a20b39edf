"""Data about people: sealed in the file, erased in time, handed to whom they are about, and never elsewhere."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daily import later, site_of, state, take_in
from offices import DAY, arrivals, opened
from partage.compose import open_office
from partage.core.errors import (
    InputRefused,
    NotFound,
    NotPermitted,
    Refusal,
    Unavailable,
    WrongState,
)
from partage.office.office import Office
from partage.store.sqlite import SqliteJournal


@pytest.fixture(params=["memory:", "sqlite"])
def office(request, tmp_path):
    url = "memory:" if request.param == "memory:" else f"sqlite:///{tmp_path / 'office.db'}"
    office = opened(url)
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def gone(office: Office) -> str:
    [case] = take_in(office, "CANARY-REF,1", nationality="CANARY-NATION", ties="CANARY-TIE")
    site = site_of(office, "CA-QC")
    office.acting(f"q:site@{site}").arrive_late(case, site)
    office.acting(f"q:site@{site}").exit(case, "housing", address="CANARY-STREET", consent=True)
    return case


def test_data_are_kept_two_years_after_their_last_use_and_then_erased(office):
    case = gone(office)
    admin = office.acting("adam:admin")
    assert admin.due_for_disposal() == [{"case": case, "earliest": "2025-02-20", "holds": []}]
    with pytest.raises(WrongState, match="kept until 2025-02-20"):
        admin.erase(case)
    later(office, days=731)
    done = admin.erase(case)
    assert done.data["rows"]["case"] == 1
    assert office.journal.secrets(f"case/{case}") == []
    assert admin.due_for_disposal() == []
    with pytest.raises(WrongState, match="erased before"):
        admin.erase(case)
    report = office.acting("rita:auditor").verify()
    assert report.clean
    assert report.checked["vault rows erased"] > 0


def test_before_the_date_only_by_consent_in_writing_and_never_while_received_or_held(office):
    case = gone(office)
    [still] = take_in(office, "b,1")
    admin = office.acting("adam:admin")
    with pytest.raises(WrongState, match="still received"):
        admin.erase(still, consent="a paper")
    admin.hold_data(case, "access-request")
    with pytest.raises(WrongState, match="held"):
        admin.erase(case, consent="a paper")
    admin.hold_data(case, "access-request", release=True)
    assert admin.erase(case, consent="a paper").data["ground"] == "consent in writing"
    with pytest.raises(NotFound, match="erased"):
        office._household(case, state(office, case))


def test_a_look_at_the_data_is_a_use_of_them(office):
    case = gone(office)
    later(office, days=100)
    office.acting("rita:auditor").explain(case)
    [row] = office.acting("adam:admin").due_for_disposal()
    assert row["earliest"] == "2025-05-31"


def test_a_household_gets_all_that_is_known_of_it_and_who_looked_and_nobody_elses(office):
    case = gone(office)
    take_in(office, "OTHER-REF,1", nationality="OTHER-NATION")
    office.acting("anna:intake").disclose(
        case, "CA-ON", ["need"], ground="consent", instrument="form 3"
    )
    mine = office.acting(f"them:household@{case}").export(case)
    text = json.dumps(mine, default=str)
    for canary in ("CANARY-REF", "CANARY-NATION", "CANARY-TIE", "CANARY-STREET", "form 3"):
        assert canary in text
    assert "OTHER" not in text
    assert "anna" not in text  # officers by their role
    assert any(look["what"] == "export" for look in mine["who_looked"])
    with pytest.raises(NotPermitted):
        office.acting("them:household@H-0000000000").export(case)


def test_a_disclosure_names_fields_ground_and_instrument(office):
    case = gone(office)
    anna = office.acting("anna:intake")
    for change in (
        {"ground": "because"},
        {"instrument": " "},
        {"fields": ["everything"]},
        {"fields": []},
    ):
        said = {"fields": ["need"], "ground": "agreement", "instrument": "i"} | change
        with pytest.raises(InputRefused):
            anna.disclose(
                case, "CA-ON", said["fields"], ground=said["ground"], instrument=said["instrument"]
            )


# -- the file -------------------------------------------------------------------------------


def everything_in(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.iterdir()) if not p.name.endswith(".key"))


def test_no_byte_of_the_file_says_who_is_in_it_and_erasing_leaves_no_trace(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    case = gone(office)
    held = everything_in(tmp_path)
    assert b"CANARY" not in held
    journal = office.journal
    assert isinstance(journal, SqliteJournal)
    rows = list(
        journal._conn.execute(
            "SELECT sealed, blind FROM vault WHERE subject = ?", (f"case/{case}",)
        )
    )
    [[wrapped]] = journal._conn.execute(
        "SELECT wrapped FROM keys WHERE subject = ?", (f"case/{case}",)
    )
    assert all(sealed in held for sealed, _ in rows)
    office.acting("adam:admin").erase(case, consent="a paper")
    left = everything_in(tmp_path)
    assert wrapped not in left
    for sealed, blind in rows:
        assert sealed not in left
        assert blind.encode() not in left
    journal.close()


def test_the_key_lies_beside_the_journal_readable_by_its_owner_alone(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    [case] = take_in(office, "a,1")
    key = tmp_path / "office.db.key"
    assert key.stat().st_mode & 0o077 == 0
    office.journal.close()
    kept = key.read_bytes()
    key.unlink()
    again = open_office(f"sqlite:///{tmp_path / 'office.db'}", "x:auditor", at=office.clock.now())
    again.watch()  # counts need no key
    with pytest.raises(Unavailable, match="key of the vault"):
        again.explain(case)
    with pytest.raises(Unavailable, match="key of the vault"):
        again.acting("anna:intake").register(arrivals("b,1"))
    key.write_bytes(b"00" * 32)
    with pytest.raises(Refusal, match=r"changed after it was sealed|key of the vault"):
        open_office(
            f"sqlite:///{tmp_path / 'office.db'}", "x:placement", at=office.clock.now()
        ).propose("redirect-all")
    key.write_bytes(kept)
    again.journal.close()


def test_a_row_moved_to_another_household_is_not_read(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    one, other = take_in(office, "a,1", "b,2")
    conn = office.journal._conn  # type: ignore[attr-defined]
    conn.execute(
        "UPDATE vault SET sealed = (SELECT sealed FROM vault WHERE subject = ? AND kind = 'case') "
        "WHERE subject = ? AND kind = 'case'", (f"case/{one}", f"case/{other}"),
    )  # fmt: skip
    with pytest.raises(Refusal, match="changed after it was sealed"):
        office._household(other, state(office, other))
    assert not office.acting("rita:auditor").verify().clean
    office.journal.close()


def test_what_was_known_before_a_correction_is_not_read_in_its_place(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'office.db'}")
    [case] = take_in(office, "a,1")
    office.acting("anna:intake").correct(case, {"age_18_64": "2"}, why="mistake")
    conn = office.journal._conn  # type: ignore[attr-defined]
    old, new = conn.execute(
        "SELECT id, sealed FROM vault WHERE subject = ? AND kind = 'case' ORDER BY rowid",
        (f"case/{case}",),
    ).fetchall()
    conn.execute("UPDATE vault SET sealed = ? WHERE id = ?", (old[1], new[0]))
    with pytest.raises(Refusal, match="changed after it was sealed"):
        office._household(case, state(office, case))
    office.journal.close()


TEXT = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=8, max_size=14).map(lambda t: f"ZQ{t}")


@given(words=st.lists(TEXT, min_size=6, max_size=6, unique=True), pick=st.integers(0, 99))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_canaries_in_every_free_field_never_leave_the_vault(words, pick, tmp_path, capfd):
    """Whatever is written into free fields: not in entries, answers, findings, refusals, plans, file, output."""
    folder = tmp_path / f"{pick}-{words[0]}"
    folder.mkdir(exist_ok=True)
    office = opened(f"sqlite:///{folder / 'o.db'}")
    said: list[str] = []

    def attempt(act) -> None:  # type: ignore[no-untyped-def]
        try:
            done = act()
            said.append(f"{getattr(done, 'data', '')} {getattr(done, 'findings', '')}")
        except Refusal as refusal:
            said.append(f"{refusal.what} {refusal.do}")

    anna, pia, rosa = (office.acting(x) for x in ("anna:intake", "pia:placement", "rosa:approver"))
    columns = {"nationality": words[0], "languages": words[1], "ties": words[2], "skills": words[3],
               "interpreter_language": words[4]}  # fmt: skip
    attempt(lambda: anna.register(arrivals(f"{words[5]},2,1", f"{words[5]}x,1", **columns)))
    attempt(lambda: anna.register(arrivals(f"{words[5]},2,1", **{**columns, "mode": words[0]})))
    attempt(lambda: anna.register(arrivals(f"{words[5]},9", **columns)))
    case, *_ = office.journal.rows("cases")
    attempt(
        lambda: anna.correct(case, {"nationality": words[1], "wishes": words[2]}, why="mistake")
    )
    attempt(lambda: anna.correct(case, {"ties": words[4]}, why="mistake"))
    attempt(lambda: pia.propose("redirect-all"))
    plan = next((e.subject[5:] for e in office.journal.read() if e.verb == "propose"), "")
    attempt(lambda: pia.override(plan, case, "", why="other", note=words[0], preview=pick % 2 == 0))
    attempt(lambda: rosa.approve(plan, only=[case]))
    attempt(lambda: pia.offer(case))
    attempt(lambda: anna.answer(case, "accept", interpreter=words[3]))
    attempt(lambda: anna.request_review(case, "other", note=words[2]))
    attempt(lambda: anna.exit(case, "housing", address=words[1], consent=True))
    attempt(lambda: pia.survey(DAY))
    attempt(lambda: office.acting("rita:auditor").verify())
    entries = str(list(office.journal.read()))
    held = everything_in(folder)
    out, err = capfd.readouterr()
    for word in words:
        assert word not in entries
        assert word not in " ".join(said)
        assert word.encode() not in held
        assert word not in out + err
    office.journal.close()


def test_the_umask_does_not_matter(tmp_path):
    old = os.umask(0)
    try:
        opened(f"sqlite:///{tmp_path / 'o.db'}").journal.close()
    finally:
        os.umask(old)
    assert (tmp_path / "o.db.key").stat().st_mode & 0o077 == 0


def test_nobody_else_reads_a_new_journal_and_an_old_one_stays_as_the_office_set_it(tmp_path):
    old = os.umask(0)
    try:
        office = opened(f"sqlite:///{tmp_path / 'o.db'}")
        assert {f.name: oct(f.stat().st_mode & 0o777) for f in tmp_path.iterdir()} == dict.fromkeys(
            ("o.db", "o.db-wal", "o.db-shm", "o.db.key", "o.db.lock"), "0o600"
        )
        office.journal.close()
        (tmp_path / "o.db").chmod(0o640)
        open_office(
            f"sqlite:///{tmp_path / 'o.db'}", "a:admin", at=office.clock.now()
        ).journal.close()
        assert (tmp_path / "o.db").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(old)
