"""The seals of a file are the bytes of its columns, each in its own place."""

from __future__ import annotations

import sqlite3

from partage.ledger.facts import Draft
from partage.office.ports import Stamp
from partage.store.sqlite import SqliteJournal

STAMP = Stamp("2023-02-20T14:00:00.000000Z", 'Ms "W\\é\n', "intake")  # signs that JSON escapes


def test_the_same_bytes_cut_into_columns_at_another_place_are_not_sealed(tmp_path):
    path = str(tmp_path / "office.db")
    journal = SqliteJournal(path)
    plain = Stamp(STAMP.at, "w", "intake")
    body = {"a": "1", "day": "x"}
    for number in range(2):
        draft = Draft("count", "count/x", body, "2023-02-20")
        journal.append([draft], {"count/x": number}, f"x:{number}", stamp=plain)
    assert journal.check_seals() == (2, "")
    journal.close()
    with sqlite3.connect(path) as db:
        (text,) = db.execute("SELECT body FROM entries WHERE no = 2").fetchone()
        cut = text.removesuffix(',"day":"x"}')
        assert cut != text
        db.execute(
            "UPDATE entries SET body = ?, day = ? WHERE no = 2",
            (cut, 'x"},"day":"2023-02-20'),
        )
    db.close()
    journal = SqliteJournal(path)
    good, fault = journal.check_seals()
    assert (good, "entry 2" in fault) == (1, True)
    journal.close()


def test_texts_that_json_escapes_are_sealed_like_any_other(tmp_path):
    journal = SqliteJournal(str(tmp_path / "office.db"))
    draft = Draft("count", 'count/"x"\\', {"persons": 1}, "2023-02-20")
    journal.append([draft], {}, 'a "key"\t', stamp=STAMP)
    assert journal.check_seals() == (1, "")
    journal.close()


def test_a_file_is_opened_whatever_signs_are_in_its_name(tmp_path):
    folder = tmp_path / "a#b?c%20d"
    folder.mkdir()
    journal = SqliteJournal(str(folder / "office.db"))
    draft = Draft("count", "count/x", {"persons": 1}, "2023-02-20")
    [entry] = journal.append([draft], {}, "one", stamp=STAMP)
    assert journal.check_seals() == (1, "")
    assert journal.has_seal(entry.seal)
    assert not journal.has_seal(entry.prev)
    journal.close()


def test_an_escape_in_the_place_of_its_sign_is_another_text(tmp_path):
    """The bytes that were sealed for a new line are those of a backslash and an n."""
    path = str(tmp_path / "office.db")
    journal = SqliteJournal(path)
    draft = Draft("count", "count/x", {"persons": 1}, "2023-02-20")
    journal.append([draft], {}, "one", stamp=Stamp(STAMP.at, "w\n", "intake"))
    assert journal.check_seals() == (1, "")
    journal.close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE entries SET actor = ?", ("w\\n",))
    db.close()
    journal = SqliteJournal(path)
    good, fault = journal.check_seals()
    assert (good, "entry 1" in fault) == (0, True)
    journal.close()
