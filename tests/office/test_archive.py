"""Data about many households leave encrypted, on a ground, with a line a household, or not at all."""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile

import pytest
import pyzipper

from daily import take_in
from offices import opened
from partage.casework.privacy import FIELDS
from partage.core.errors import InputRefused, NotFound, NotPermitted
from partage.office.office import Office
from partage.report.archive import cases as cases_sheet
from partage.report.sheet import as_csv

WHO = {"ground": "agreement", "instrument": "agreement 4 of Zoé Tremblay"}
TO = "Mme Côté, CA-ON"


@pytest.fixture
def office(tmp_path) -> Office:  # type: ignore[no-untyped-def]
    return opened(f"sqlite:///{tmp_path / 'o.db'}")


def read(content: bytes, passphrase: str) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(content)) as file:
        file.setpassword(passphrase.encode())
        return {name: file.read(name) for name in file.namelist()}


def bound(office: Office) -> tuple[list[str], str]:
    """Three households, one of them with an offer; its site."""
    cases = take_in(office, "a,1", "b,2", "c,1,1", nationality="HT")
    paul, rosa = office.acting("paul:placement"), office.acting("rosa:approver")
    rosa.approve(paul.propose("redirect-all")[1].data["plan"])
    return cases, str(paul.offer(cases[1]).data["site"])


def test_each_household_has_a_line_and_the_file_opens_by_the_passphrase_alone(office):
    cases, _ = bound(office)
    anna = office.acting("anna:intake")
    done, made = anna.archive(TO, ["need", "profile", "placement"], cases=cases, **WHO)
    files = read(made.content, made.passphrase)
    rows = list(csv.DictReader(io.StringIO(files["cases.csv"].decode())))[1:]
    assert [row["case"] for row in rows] == cases
    assert [row["need_ages_from_18_to_64"] for row in rows] == ["1", "2", "1"]
    assert rows[1]["placement_state"] == "offered"
    assert rows[0]["profile_nationality"] == "HT"
    assert TO in files["READ-ME_LISEZ-MOI.txt"].decode()
    with pytest.raises(RuntimeError):
        read(made.content, made.passphrase[:-1] + "x")
    with pytest.raises(RuntimeError):
        zipfile.ZipFile(io.BytesIO(made.content)).read("cases.csv", made.passphrase.encode())
    assert set(done.data["disclosures"]) == set(cases)
    told = anna.export(cases[0])["who_was_told"]
    assert [(one["to"], one["fields"]) for one in told] == [(TO, ["need", "profile", "placement"])]
    looks = [e.subject for e in office.journal.read() if e.body.get("what") == "archive"]
    assert looks == [f"read/{case}" for case in cases]
    assert office.acting("rita:auditor").verify().clean


def test_no_cell_is_a_formula():
    sheet = cases_sheet({"H-0000000000": {"contact": {"contact": "=CMD()"}}}, "2023-02-20")
    assert list(as_csv(sheet))[2] == "H-0000000000,'=CMD()\r\n"


def test_neither_data_nor_to_whom_stand_in_the_chain_and_nothing_is_kept(office, tmp_path):
    cases, _ = bound(office)
    _, made = office.acting("anna:intake").archive(TO, ["need"], cases=cases, **WHO)
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir() if ".key" not in p.name)
    for word in (made.passphrase, "Côté", "Tremblay"):
        assert word.encode() not in kept


def test_a_place_to_avoid_is_told_to_nobody(office):
    [case] = take_in(office, "a,1", avoid="CA-NB")
    known = office.acting("anna:intake").export(case)["known"]["case"][0]
    assert known["places_to_avoid"] == ["CA-NB"]
    _, made = office.acting("anna:intake").archive(TO, FIELDS, cases=[case], **WHO)
    text = read(made.content, made.passphrase)["cases.csv"].decode()
    assert "avoid" not in text
    assert "CA-NB" not in text


@pytest.mark.parametrize(
    "wrong",
    [{"ground": ""}, {"ground": "habit"}, {"instrument": " "}, {"to": " "}, {"fields": []}, {"cases": []}],
)  # fmt: skip
def test_without_a_ground_or_anybody_it_is_about_nothing_leaves_and_nothing_is_written(office, wrong):  # fmt: skip
    cases, _ = bound(office)
    before = office.journal.head()
    said = {"to": TO, "fields": ["need"], "cases": cases, **WHO, **wrong}
    with pytest.raises(InputRefused):
        office.acting("anna:intake").archive(**said)
    assert office.journal.head() == before


def test_a_clerk_hands_over_people_of_their_site_alone_and_the_fields_of_their_permit(office):
    cases, site = bound(office)
    clerk = office.acting(f"lea:site@{site}")
    done, _ = clerk.archive(TO, ["need"], site=site, **WHO)
    rows = office.journal.rows("cases", state="approved") | office.journal.rows(
        "cases", state="offered"
    )
    there = [c for c, row in rows.items() if (row.get("offer") or row["approved"])["site"] == site]
    assert sorted(done.data["disclosures"]) == sorted(there)
    for more in ({"fields": ["profile"], "site": site}, {"fields": ["need"], "cases": cases},
                 {"fields": ["need"], "site": "ca-on/ottawa/ircc-hotels" if "ottawa" not in site else "ca-on/windsor/ircc-hotels"}):  # fmt: skip
        with pytest.raises(NotPermitted):
            clerk.archive(TO, **{**WHO, **more})
    elsewhere = [case for case in cases if case not in there]
    for case in (*elsewhere, "H-0000000000"):
        with pytest.raises(NotFound, match=r"no case .* there"):
            clerk.archive(TO, ["need"], site=site, cases=[case], **WHO)
    for who in ("c:region@CA-ON", "adam:admin", "rita:auditor", "m:minister"):
        with pytest.raises(NotPermitted):
            office.acting(who).archive(TO, ["need"], cases=cases, **WHO)


def test_a_repetition_gives_no_second_file(office):
    cases, _ = bound(office)
    anna = office.acting("anna:intake")
    first, made = anna.archive(TO, ["need"], cases=cases, idem="k", **WHO)
    again, none = anna.archive(TO, ["need"], cases=cases, idem="k", **WHO)
    assert made.content
    assert (none.content, none.passphrase) == (b"", "")
    assert again.data["disclosures"] == first.data["disclosures"]


def test_by_the_api_and_the_command_line(office, tmp_path, capsys):
    from api.asking import Asking
    from cli.commands import Terminal
    from offices import AT
    from partage.compose import open_office
    from partage.faces.api.app import create_app

    url = f"sqlite:///{tmp_path / 'o.db'}"
    cases = take_in(office, "a,1")
    office.journal.close()
    body = {"to": TO, "fields": ["need"], "cases": cases, **WHO}
    with Asking(create_app(lambda a: open_office(url, a, at=AT, create=False), who=Asking.who), None) as ask:  # type: ignore[arg-type]  # fmt: skip
        said = ask("POST", "/archive", body, who="anna:intake").json()["data"]
        assert "cases.xlsx" in read(base64.b64decode(said["content"]), said["passphrase"])
        assert ask("POST", "/archive", {**body, "ground": "habit"}, who="anna:intake").status_code == 422  # fmt: skip
    file = tmp_path / "out.zip"
    words = ["archive", *cases, "--to", TO, "--field", "need", "--ground", "law",
             "--instrument", "s. 8(2)(c)", "--file", str(file)]  # fmt: skip
    terminal = Terminal(tmp_path, capsys)
    done = terminal(*words, who="anna:intake", db=url).json
    assert read(file.read_bytes(), done["data"]["passphrase"])
    assert file.stat().st_mode & 0o077 == 0
    assert json.dumps(done).count(done["data"]["passphrase"]) == 1
    assert not terminal(*words, who="anna:intake", db=url).json["ok"], "no file is written over"
    other = [*words[:-1], str(tmp_path / "other.zip")]
    assert not terminal(*other, who="rita:auditor", db=url).json["ok"]
    assert not (tmp_path / "other.zip").exists()
