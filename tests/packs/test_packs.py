"""The shipped pack loads; every broken pack is refused with all its faults in sentences."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import partage.packs
from packfolders import short_copy
from partage.core.errors import InputRefused, NotFound
from partage.packs.loader import TABLES, check_pack, load_pack
from partage.packs.policies import parse_policy

SHIPPED = Path(partage.packs.__file__).parent / "canada"
POLICY = (SHIPPED / "policies" / "redirect-all.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "canada"))


def test_the_shipped_pack_has_what_the_natural_path_needs():
    pack = load_pack()
    assert len(pack.regions) == 13
    assert pack.services[0].id == "person"
    assert {s.city for s in pack.sites} >= {
        "Niagara Falls",
        "Cornwall",
        "Windsor",
        "Ottawa",
        "Montreal",
    }
    assert {s.region for s in pack.sites} == {"CA-ON", "CA-QC", "CA-NB", "CA-NS", "CA-NL"}
    assert {a.party for a in pack.agreements if a.party.startswith("CA-")} == {
        "CA-ON", "CA-QC", "CA-NB", "CA-NS", "CA-NL",
    }  # fmt: skip
    latest = pack.latest("population", "CA-ON", date(2023, 2, 20))
    assert latest is not None
    assert (latest.period, latest.value) == ("2023-01-01", "15407970")
    assert pack.latest("population", "CA-ON", date(2015, 12, 31)) is None
    total = next(f for f in pack.figures if f.measure == "interceptions" and f.period == "2022")
    assert total.value == "39171"
    assert "transferred" not in pack.policies["redirect-all"].id


def test_every_row_of_the_shipped_pack_has_a_source_or_an_assumption():
    rows = 0
    for file in SHIPPED.glob("*.csv"):
        name = file.stem
        for row in csv.DictReader(io.StringIO(file.read_text("utf-8"))):
            assert row["source"] or row["assumption"], (name, row)
            rows += 1
    assert rows > 100


def test_the_descriptor_names_every_table_and_its_columns():
    about = json.loads((SHIPPED / "datapackage.json").read_text("utf-8"))
    described = {
        r["name"]: [f["name"] for f in r["schema"]["fields"]]
        for r in about["resources"]
        if "schema" in r
    }
    assert set(described) >= {path.stem for path in SHIPPED.glob("*.csv")}
    for name in described:
        with (SHIPPED / f"{name}.csv").open(encoding="utf-8") as file:
            assert next(csv.reader(file)) == described[name]
    assert about["$schema"].endswith("/2.0/datapackage.json")


def test_frictionless_finds_the_shipped_pack_valid():
    from frictionless import validate

    report = validate(str(SHIPPED / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def replace(name: str, old: str, new: str, times: int = 1) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old} stands in {name}"
        path.write_text(text.replace(old, new, times), encoding="utf-8")

    return act


def row(name: str, cells: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(cells + "\n")

    return act


BROKEN = {
    "a table is missing": (lambda f: (f / "sites.csv").unlink(), "missing from the pack"),
    "a table is empty": (lambda f: (f / "sites.csv").write_text(""), "is empty"),
    "not UTF-8": (lambda f: (f / "sites.csv").write_bytes(b"\xff\xfe\x00"), "not UTF-8"),
    "cut in a quoted cell": (lambda f: (f / "sites.csv").write_bytes(
        (f / "sites.csv").read_bytes().rpartition(b'"')[0]), "not whole CSV"),
    "a column is missing": (replace("regions.csv", "name_fr", "nom"), "other columns"),
    "a row is cut off": (row("regions.csv", "CA-XX,Ex"), "has 2 cells"),
    "no source, no assumption": (row("regions.csv", "CA-XX,Ex,Exe,,,"), "neither a source nor"),
    "an unknown grade": (row("regions.csv", "CA-XX,Ex,Exe,somewhere,D,"), "'D' is not a grade"),
    "an id twice": (row("regions.csv", "CA-ON,Ontario,Ontario,s,A,"), "stands twice"),
    "an unknown region": (row("sites.csv", "ca-xx/a/b,CA-XX,a,b,c,UTC,o,s,A,"), "not a known region"),
    "an id in another region": (row("sites.csv", "ca-on/a/b,CA-QC,a,b,c,UTC,o,s,A,"), "does not begin"),
    "an unknown zone": (replace("sites.csv", "America/Halifax", "Mars/Olympus"), "not a time zone"),
    "a zone outside": (replace("sites.csv", "America/Halifax", "../../etc/passwd"), "not a time zone"),
    "an unknown service": (row("capacity.csv", "ca-on/cornwall/dev-centre,sauna,1,2023-01-01,2023-01-02,s,A,"), "not a known service"),
    "a negative number": (row("capacity.csv", "ca-on/cornwall/dev-centre,room,-1,2023-01-01,2023-01-02,s,A,"), "'-1' is not a whole number"),
    "a fraction": (row("capacity.csv", "ca-on/cornwall/dev-centre,room,1.5,2023-01-01,2023-01-02,s,A,"), "'1.5'"),
    "ends before it starts": (row("capacity.csv", "ca-on/cornwall/dev-centre,room,1,2023-02-01,2023-01-02,s,A,"), "before it starts"),
    "a bad day": (row("capacity.csv", "ca-on/cornwall/dev-centre,room,1,2023-02-30,2023-03-02,s,A,"), "not a day"),
    "an unknown party": (row("agreements.csv", "CA-ZZ,2023-01-01,2023-01-01,2023-01-02,0,,s,A,"), "not a known region or site"),
    "an agreement that ends first": (row("agreements.csv", "CA-MB,2023-01-01,2023-02-01,2023-01-02,0,,s,A,"), "before it starts"),
    "no distance": (row("sites.csv", "ca-on/a/b,CA-ON,a,b,c,UTC,o,s,A,"), "no distance"),
    "person is not first": (replace("services.csv", "person,person,night", "human,human,night"), "not 'person'"),
    "an unknown period": (replace("services.csv", ",week,", ",month,"), "'month' is not a period"),
    "a policy that is no TOML": (lambda f: (f / "policies" / "x.toml").write_text("[policy"), "not a readable TOML"),
    "a policy on no region": (replace("policies/redirect-all.toml", '"CA-QC"', '"CA-QQ"'), "names 'CA-QQ'"),
    "no descriptor": (lambda f: (f / "datapackage.json").unlink(), "cannot be read"),
    "a broken descriptor": (lambda f: (f / "datapackage.json").write_text('{"name": 3}'), "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_in_a_sentence(folder, name):
    act, says = BROKEN[name]
    assert load_pack(str(folder)).id == "canada"
    act(folder)
    with pytest.raises(InputRefused, match=r"fault") as refused:
        load_pack(str(folder))
    assert says in refused.value.what
    assert refused.value.do
    for finding in check_pack(str(folder)):
        assert finding.where
        assert finding.what
        assert finding.do


def test_all_faults_are_found_in_one_go(folder):
    for name in ("a negative number", "an unknown zone", "an id twice"):
        BROKEN[name][0](folder)
    assert len(check_pack(str(folder))) >= 3


@given(
    st.sampled_from(
        [*(f"{t}.csv" for t in TABLES), "datapackage.json", "policies/redirect-all.toml"]
    ),
    st.floats(0, 1),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_file_cut_anywhere_never_gives_a_traceback(tmp_path_factory, name, where):
    folder = short_copy(tmp_path_factory.mktemp("p") / "canada")
    path = folder / name
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * where)])
    try:
        pack = load_pack(str(folder))
    except InputRefused as refused:
        assert refused.what
    else:
        assert pack.id == "canada"


def test_a_pack_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        load_pack("atlantis")


def test_the_mark_changes_with_any_byte_and_regions_go_by_either_name(folder):
    before = load_pack(str(folder))
    assert before.mark == load_pack("canada").mark
    row("events.csv", "2023-01-01,test,a test,somewhere,,")(folder)
    assert load_pack(str(folder)).mark != before.mark
    assert {before.region_id(t) for t in ("ON", "on", "CA-ON", " ca-on ")} == {"CA-ON"}
    with pytest.raises(InputRefused, match="Known: CA-NL"):
        before.region_id("ZZ")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "proposal"', 'kind = "decree"', "kind 'decree'"),
        ("in_force_from = 2023-02-20", "in_force_from = 2023-02-20\nin_force_to = 2023-02-01", "before it is in force"),
        ('assumption = "The demo', 'note = "The demo', "'note' in \\[policy\\]"),
        ("assumption = \"The demo's office adopts the request the day after it was made; no text put it in force.\"\n", "", "in 'assumption'"),
        ('"declined-offer"]', '"whenever"]', "'whenever' in rule 1"),
        ('mode = "between-ports"', 'mode = "on-foot"', "'on-foot' in rule 1"),
        ('mode = "between-ports"', 'nationality = "HTI"', "rule 1 reads the profile"),
        ('id = "short-ride"', 'id = "wishes"', "'wishes' reads the profile"),
        ('id = "short-ride"', 'id = "language-match"', "reads the profile"),
        ("under_300_km = 40", "languages = 40", "reads the profile"),
        ("under_300_km = 40", "under_300_km = -4", "points"),
        ("under_300_km = 40", "under_300_km = 0.5", "points|exact form"),
        ("nights = 30", "nights = 0", "horizon"),
        ('regions = "consenting"', 'regions = "some"', "regions 'some'"),
        ("profile_blind = true", "profile_blind = 1", "profile_blind"),
        ("profile_blind = true", "", "profile_blind"),
        ('never = ["CA-QC"]', "", "names no region"),
        ("review_on = 2023-03-31", 'review_on = "soon"', "not a day"),
        ('[policy.source]\ntitle', "[policy.sauce]\ntitle", "sauce"),
    ],
)  # fmt: skip
def test_a_policy_that_contradicts_itself_is_refused_in_a_sentence(old, new, says):
    assert old in POLICY
    with pytest.raises(InputRefused, match=says) as refused:
        parse_policy(POLICY.replace(old, new, 1).encode(), "policies/test.toml")
    assert "policies/test.toml" in refused.value.what
    assert refused.value.do


def test_a_policy_that_is_not_blind_may_read_the_profile_in_its_priorities():
    text = POLICY.replace("profile_blind = true", "profile_blind = false")
    policy = parse_policy(text.replace('id = "short-ride"', 'id = "wishes"').encode(), "x")
    assert not policy.profile_blind
    assert policy.mark != parse_policy(POLICY.encode(), "x").mark
