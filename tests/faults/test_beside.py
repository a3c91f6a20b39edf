"""What lies beside the entries is held against them, in a file and on a server: answers, documents, keys."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from offices import AT, DAY, arrivals, opened
from partage.compose import open_office
from partage.core.errors import Unfaithful
from partage.core.findings import Finding
from partage.report import french

LATER = AT + timedelta(minutes=5)
TABLES = (
    "answers",
    "blobs",
    "keys",
    "aside",
    "passing",
)  # put back after each row of the table below


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, url_of: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    """A day with a plan, a correction and an erasure in it; where it lies, and a hand in its tables."""
    url = url_of(request.param)
    office = opened(url)
    anna, paul = office.acting("anna:intake"), office.acting("paul:placement")
    kept, gone = anna.register(arrivals("a,1", "b,1")).data["registered"]
    paul.propose("redirect-all", DAY)
    anna.correct(kept, {"interpreter_language": "es"}, why="mistake", idem="corrected")
    anna.exit(gone, to="housing")
    adam = office.acting("adam:admin")
    adam.erase(gone, consent="letter of 20 February")
    adam.add_user("rosa:approver")
    anna.letter(kept)
    office.journal.close()
    if request.param == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///")) as plain:
            yield url, plain
        plain.close()
    else:
        options = "-c search_path=partage"
        with psycopg.connect(url, autocommit=True, options=options) as server:
            yield url, server


def verified(url: str) -> tuple[list[Finding], dict[str, int]]:
    office = open_office(url, "rita:auditor", at=LATER)
    try:
        report = office.verify()
        return [f for f in report.findings if f.weight == "fault"], report.checked
    finally:
        office.journal.close()


def by_hand(plain: Any, command: str) -> None:
    plain.execute(command)
    plain.commit()


CASES = "(SELECT subject FROM keys WHERE subject LIKE 'case/%')"
TAMPERINGS = (
    ("UPDATE answers SET data = '{\"case\":\"H-0000000000\"}' WHERE idem LIKE 'correct:%'",
     r"entry \d+ its answer was changed: a repeat"),
    ("DELETE FROM answers WHERE idem LIKE 'correct:%'",
     r"entry \d+ its answer is missing: a repeat"),
    ("INSERT INTO answers VALUES ('offer:once', '{}')",
     r"journal file keeps 1 answer\(s\) under keys of no act"),
    ("INSERT INTO blobs SELECT 'sha256:' || substr(mark, 9) || '0', data FROM blobs LIMIT 1",
     r"document sha256:\w+ is named by no entry"),
    ("INSERT INTO keys SELECT 'case/H-0000000000', wrapped FROM keys LIMIT 1",
     r"vault of case/H-0000000000 has a key, and the chain committed to no row"),
    ("INSERT INTO keys SELECT replace(max(subject), 'vault/', 'case/'), max(wrapped) FROM ("
     "SELECT subject, (SELECT max(wrapped) FROM keys) AS wrapped FROM entries WHERE verb = 'erase') e",
     r"vault of case/H-\w+ still has its key, though an erasure is recorded"),
    ("UPDATE aside SET row = replace(row, '2023', '2033') WHERE key = 'login/rosa'",
     "aside login/rosa was put there or changed by a hand"),
    ("INSERT INTO aside SELECT 'login/eve', list, row FROM aside WHERE key = 'login/rosa'",
     "aside login/eve was put there or changed by a hand"),
    ("UPDATE aside SET list = 'logins' WHERE list = 'login'",
     r"aside login/rosa was put there or changed by a hand"),
    ("INSERT INTO passing VALUES ('session/x', 'session/rosa', '2099', '{\"list\": \"session/rosa\"}')",
     "aside session/x was put there or changed by a hand"),
    ("DELETE FROM aside WHERE list = 'letter'",
     r"letter/H-\w+ the letter of adult 1 counts, and no code opens it"),
)  # fmt: skip


def test_a_row_aside_that_no_hand_of_the_office_left_so_opens_nothing(told):
    url, plain = told
    by_hand(
        plain, "INSERT INTO aside SELECT 'login/eve', list, row FROM aside WHERE list = 'login'"
    )
    office = open_office(url, "adam:admin", at=LATER)
    assert office.journal.aside("login/rosa")
    assert office.journal.aside("login/eve") is None
    assert list(office.journal.asides("login")) == ["login/rosa"]
    office.journal.change_aside("login/eve", lambda row: row and {**row, "password": "known"})
    assert office.journal.aside("login/eve") is None
    office.journal.close()


def test_a_row_aside_that_the_facts_know_nothing_of_is_named(told):
    """As an office leaves it that was stopped between a fact and its row, or between a row and its end."""
    url, _ = told
    office = open_office(url, "adam:admin", at=LATER)
    office.journal.change_aside("login/eve", lambda _: {"list": "login"})
    hook = {"list": "hook", "events": ["offer"]}
    office.journal.change_aside("hook/W-0000000000", lambda _: hook)
    [letter] = office.journal.asides("letter").values()
    office.journal.change_aside("letter/abc", lambda _: letter)
    office.journal.close()
    said = [f"{f.where} {f.what}" for f in verified(url)[0]]
    assert said == [
        "aside hook/W-0000000000 tells an address what nobody said it should be told",
        "aside login/eve is a way to sign in for nobody who has an account: it opens nothing",
        f"letter {letter['id']} has a code that nobody gave, or a second one",
    ]
    assert all(french.knows(f.what) and french.knows(f.do) for f in verified(url)[0])


def test_what_lies_beside_the_entries_is_named_and_what_follows_from_it(told):
    url, plain = told
    faults, checked = verified(url)
    assert faults == []
    assert checked["answers"] > 5
    for command, says in TAMPERINGS:
        before = {name: plain.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
        by_hand(plain, command)
        faults, _ = verified(url)
        said = [f"{f.where} {f.what}" for f in faults]
        assert len(said) == 1, (command, said)
        assert re.match(says, said[0]), said
        assert french.knows(faults[0].what), faults[0].what
        assert french.knows(faults[0].do), faults[0].do
        mark = "?" if url.startswith("sqlite") else "%s"
        for name, rows in before.items():
            plain.execute(f"DELETE FROM {name}")
            for row in rows:
                plain.execute(f"INSERT INTO {name} VALUES ({', '.join([mark] * len(row))})", row)
        plain.commit()
    assert verified(url)[0] == []


def test_an_answer_that_was_changed_is_not_given_again(told):
    url, plain = told
    by_hand(plain, "UPDATE answers SET data = '{}' WHERE idem LIKE 'correct:%'")
    office = open_office(url, "anna:intake", at=LATER, seed="a seed for tests")
    case = next(iter(office.journal.rows("cases", state="waiting")))
    with pytest.raises(Unfaithful, match=r"the answer of entry \d+ was changed"):
        office.correct(case, {"interpreter_language": "es"}, why="mistake", idem="corrected")
    office.journal.close()


def test_an_older_row_of_the_vault_made_the_newest_is_seen(told):
    """The last row of a household counts: whoever moves an older one behind it changes what is known."""
    url, plain = told
    names = "id, kind, subject, blind, sealed"
    moved = f"SELECT {names} FROM vault WHERE kind = 'case' ORDER BY {came(url)} LIMIT 1"
    [row] = plain.execute(moved).fetchall()
    mark = "?" if url.startswith("sqlite") else "%s"
    plain.execute(f"DELETE FROM vault WHERE id = {mark}", (row[0],))
    plain.execute(f"INSERT INTO vault ({names}) VALUES ({', '.join([mark] * 5)})", row)
    plain.commit()
    [fault] = verified(url)[0]
    assert (
        fault.what
        == "has its rows in another order than they were written: an older one would count"
    )
    assert french.knows(fault.what)


def came(url: str) -> str:
    return "rowid" if url.startswith("sqlite") else "came"
