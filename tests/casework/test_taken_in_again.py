"""The same people in another file: nobody twice, nothing merged or lost in silence."""

from __future__ import annotations

import pytest

from offices import DAY, arrivals, opened
from partage.casework.group import described
from partage.casework.register import register
from partage.core.streams import Stream
from partage.intake.arrivals import read_arrival_rows
from partage.packs.loader import load_pack

ROAD = "waiting@ca-qc/roxham-road"
FILE = arrivals("a,2", "b,1,3", "c,1")


@pytest.fixture
def office():  # type: ignore[no-untyped-def]
    return opened("memory:")


def there(office) -> int:  # type: ignore[no-untyped-def]
    assert office.acting("rita:auditor").verify().clean
    return office.journal.row("book", ROAD)["persons"]


def other_order(data: bytes) -> bytes:
    head, *lines = data.decode().splitlines()
    return "\n".join([head, *reversed(lines)]).encode()


@pytest.mark.parametrize(
    "again",
    [
        other_order(FILE),
        b"\xef\xbb\xbf" + FILE,
        FILE.decode().encode("utf-16"),
        FILE.replace(b"\n", b"\r\n"),
        FILE.replace(b",", b"\t"),
    ],
    ids=["another order", "mark", "utf-16", "line ends", "tabs"],
)
def test_the_same_rows_in_other_bytes_are_registered_once(office, again):
    anna = office.acting("anna:intake")
    first = anna.register(FILE)
    before = office.journal.head()
    done = anna.register(again)
    assert (done.data["households"], done.data["already"]) == (0, 3)
    assert [f.weight for f in done.findings if "registered already" in f.what] == ["note"] * 3
    assert office.journal.head() == before
    assert {case for case in first.data["registered"] if any(case in f.what for f in done.findings)}
    assert there(office) == 7


def test_a_row_that_says_otherwise_than_before_is_said_and_not_read(office):
    anna = office.acting("anna:intake")
    (case,) = anna.register(arrivals("a,2")).data["registered"]
    changed = arrivals("a,3", "n,1", care="clinic.fr")
    for look in (anna.preview, anna.register):
        done = look(changed)
        (finding,) = [f for f in done.findings if "registered already" in f.what]
        assert finding.weight == "warning"
        assert finding.what.endswith(
            "It says otherwise than what is known in: age_18_64, care; that was not read"
        )
        assert done.data["households"] == 1
    assert f"partage correct {case}" in finding.do
    assert "clinic.fr" not in str(done.findings)
    assert office.journal.row("cases", case)["persons"] == 2
    anna.correct(case, {"age_18_64": "3", "care": "clinic.fr"}, why="mistake")
    again = anna.preview(changed)
    assert [f.weight for f in again.findings if case in f.what] == ["note"]
    assert there(office) == 4


def test_an_erased_household_is_not_compared(office):
    anna = office.acting("anna:intake")
    (case,) = anna.register(arrivals("a,2")).data["registered"]
    for secret in office.journal.secrets(f"case/{case}"):
        if secret.kind == "case":
            office.journal._vault.pop(secret.id)
    done = anna.preview(arrivals("a,3"))
    assert [f.weight for f in done.findings] == ["note"]


def test_a_file_that_was_registered_without_its_group_is_not_taken_off_and_it_is_said(office):
    anna = office.acting("anna:intake")
    anna.register(FILE)
    group = anna.headcount(7).data["group"]
    for data in (FILE, other_order(FILE)):
        done = anna.register(data, group=group)
        assert [f.what for f in done.findings if f.where == f"group {group}"] == [
            "3 household(s) were registered before and are not taken off the count"
        ]
    assert there(office) == 14
    assert anna.close_group(group).data["never_described"] == 7
    assert there(office) == 7


def test_the_same_file_for_the_same_group_has_nothing_to_say(office):
    anna = office.acting("anna:intake")
    group = anna.headcount(7).data["group"]
    assert anna.register(FILE, group=group).findings == ()
    assert anna.register(FILE, group=group).findings == ()
    assert there(office) == 7


def test_a_group_counted_elsewhere_is_said():
    rows, _ = read_arrival_rows(arrivals("a,2"), load_pack("canada"))
    acts = register(rows, {}, at="2023-02-21", day="2023-02-20", stream=Stream("s"))
    group = {"state": "counted", "persons": 3, "account": "waiting@ca-bc/x", "entry_point": "ca-bc/x",
             "version": 1}  # fmt: skip
    done = described(acts, "G-1", group, day="2023-02-20")
    assert [f.what for f in done.findings] == [
        "1 household(s) are described at another entry point than was counted"
    ]
    assert done.drafts[-1].body["case"]["persons"] == 1


@pytest.mark.parametrize("answer", ["different", "cannot-tell"])
def test_people_are_served_while_nobody_can_tell(office, answer):
    anna = office.acting("anna:intake")
    one = anna.register(arrivals("A-12,1")).data["registered"][0]
    two = anna.register(arrivals("a 12,1")).data["registered"][0]
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])  # before anybody has answered
    for case in (one, two):
        office.acting("paul:placement").offer(case)
    anna.duplicate(one, two, answer)
    states = {office.journal.row("cases", case)["state"] for case in (one, two)}
    assert states == {"offered"}
    assert there(office) == 2
