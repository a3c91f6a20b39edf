"""What may stand in a pack only once, only in form, or only with a known code; and what a period is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partage.packs
from packfolders import short_copy
from partage.core.errors import InputRefused, NotFound
from partage.packs.loader import TABLES, check_pack, load_pack
from partage.packs.periods import span
from partage.packs.policies import parse_policy

SHIPPED = Path(partage.packs.__file__).parent / "canada"
TOML = "policies/redirect-all.toml"
FILES = (*(f"{table}.csv" for table in TABLES), "datapackage.json", TOML)
Break = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "canada"))


def add(text: str) -> Break:
    return lambda path: path.write_text(path.read_text("utf-8") + text, "utf-8")


def swap(old: str, new: str) -> Break:
    def act(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text, f"{old} stands in {path.name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return act


def second_row_again(path: Path) -> None:
    add(path.read_text("utf-8").splitlines()[1] + "\n")(path)


def only_the_header(path: Path) -> None:
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")


def a_folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut(number: int) -> Break:
    return lambda path: path.write_bytes(path.read_bytes()[:-number])


BROKEN: dict[str, tuple[str, Break, str]] = {
    "a distance twice": ("distances.csv", second_row_again, "stands twice"),
    "a contract twice": ("capacity.csv", second_row_again, "stands twice"),
    "a figure twice": ("figures.csv", second_row_again, "stands twice"),
    "an agreement that overlaps": ("agreements.csv", second_row_again, "overlaps"),
    "a daily limit of a region": (
        "agreements.csv", add("CA-MB,2023-01-01,2023-01-01,2023-01-02,0,9,s,A,\n"), "to a site",
    ),
    "a notice of a million days": ("agreements.csv", swap(",7,,,", ",1000000,,,"), "0 to 3,660"),
    "a day without dashes": ("agreements.csv", swap("2023-02-13", "20230213"), "not a day"),
    "a day of the year 9999": ("capacity.csv", swap("2023-05-31", "9999-12-31"), "not a day"),
    "a figure of nowhere": ("figures.csv", swap(",CA-NL,", ",CA-ZZ,"), "not a known region"),
    "a figure of some time": ("figures.csv", swap("2022-10-01", "soon"), "not a period"),
    "a month that is none": ("figures.csv", swap(",2022-01,", ",2022-13,"), "not a period"),
    "a rate of nowhere": ("tariffs.csv", swap("ca-on/niagara", "ca-on/nowhere"), "not a known region"),
    "a report of some day": ("history.csv", swap("2023-02-12", "a Sunday"), "not a day"),
    "a report of nowhere": ("history.csv", swap(",CA-QC,", ",CA-ZZ,"), "not a known region"),
    "an event on no day": ("events.csv", swap("2017-08-01", "2017-13-01"), "not a day"),
    "a region that is no code": ("regions.csv", add("Ontario,a,b,s,A,\n"), "not an id"),
    "a site that is no path": ("sites.csv", swap("ca-on/ottawa/ircc-hotels", "ca-on/Ottawa"), "not an id"),
    "no entry point": ("entry_points.csv", only_the_header, "no row"),
    "no service": ("services.csv", only_the_header, "no row"),
    "cut in the last cell": ("agreements.csv", cut(12), "line end"),
    "a table that is a folder": ("figures.csv", a_folder_instead, "cannot be read"),
    "a policy that is a folder": (TOML, a_folder_instead, "cannot be read"),
    "a policy in Latin-1": (TOML, lambda p: p.write_bytes(b"# \xe9\n" + p.read_bytes()), "not UTF-8"),
    "brackets without end": (TOML, add("\n[[priority]]\nid = " + "[" * 20_000), "not a readable"),
    "a number without end": (TOML, swap("nights = 30", "nights = " + "9" * 5_000), "not a readable TOML"),
    "a stray key in the horizon": (TOML, swap("nights = 30", "nights = 30\nweeks = 4"), "'weeks' in"),
    "a rule on an unknown road": (
        TOML, swap('mode = "between-ports"', 'entry_point = "ca-qc/x"'), "names 'ca-qc/x'",
    ),
    "a priority twice": (TOML, add('\n[[priority]]\nid = "roof"\n'), "'roof' twice"),
    "a policy twice": (TOML, lambda p: shutil.copy(p, p.with_name("copy.toml")), "stands twice"),
    "a descriptor without titles": ("datapackage.json", swap("title_i18n", "titel"), "'title_i18n'"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_pack_with_one_thing_wrong_is_refused_and_says_which(folder, name):
    file, act, says = BROKEN[name]
    assert check_pack(folder) == []
    act(folder / file)
    with pytest.raises(InputRefused) as refused:
        load_pack(folder)
    assert says in refused.value.what
    assert str(folder.parent) not in str(refused.value)
    assert any(finding.where.startswith(file.partition("/")[0]) for finding in check_pack(folder))


def test_one_fault_in_a_region_is_told_once_and_not_by_every_row_that_names_it(folder):
    text = (folder / "regions.csv").read_text("utf-8").splitlines()
    text = ["CA-ON,Ontario,Ontario,,," if line.startswith("CA-ON,") else line for line in text]
    (folder / "regions.csv").write_text("\n".join(text) + "\n", "utf-8")
    (finding,) = check_pack(folder)
    assert finding.where == "regions.csv, row 7, column source"


def test_a_contract_may_end_before_another_begins(folder):
    agreement = "CA-MB,2023-01-01,{},{},0,,s,A,\n"
    path = folder / "agreements.csv"
    add(
        agreement.format("2023-01-01", "2023-01-31") + agreement.format("2023-02-01", "2023-02-28")
    )(path)
    assert check_pack(folder) == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_whatever_bytes_a_file_has_there_is_a_refusal_and_no_traceback(
    tmp_path_factory, name, data
):
    folder = short_copy(tmp_path_factory.mktemp("p") / "canada")
    path = folder / name
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before)))
    rest = before[data.draw(st.integers(at, len(before))) :]
    path.write_bytes(before[:at] + data.draw(st.binary(max_size=40)) + rest)
    with suppress(InputRefused):
        load_pack(folder)
    for finding in check_pack(folder):
        assert finding.where
        assert finding.what
        assert finding.do


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(set(FILES) - {"datapackage.json"})), st.data())
def test_a_table_cut_within_a_row_is_never_loaded(tmp_path_factory, name, data):
    folder = short_copy(tmp_path_factory.mktemp("p") / "canada")
    path = folder / name
    whole = path.read_bytes()
    at = data.draw(st.integers(1, len(whole) - 1))
    path.write_bytes(whole[:at])
    if name.endswith(".csv") and whole[at - 1 : at] != b"\n":
        assert check_pack(folder)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "canada/policies", "__pycache__", "a\0b", "Canada "]
)
def test_a_name_that_is_no_pack_is_refused(name):
    with pytest.raises((NotFound, InputRefused)):
        load_pack(name)


def test_no_name_is_not_the_folder_one_stands_in(monkeypatch, folder):
    monkeypatch.chdir(folder)
    with pytest.raises(NotFound):
        load_pack("")


def test_the_mark_covers_every_file_and_not_the_order_of_the_folder(folder):
    before = load_pack(folder).mark
    (folder / "notes.txt").write_text("a remark", "utf-8")
    after = load_pack(folder).mark
    assert after != before
    (folder / ".hidden").write_text("not part of the pack", "utf-8")
    assert load_pack(folder).mark == after


PERIODS = {
    "2023-02-20": ("2023-02-20", "2023-02-20"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2022-Q4": ("2022-10-01", "2022-12-31"),
    "2022": ("2022-01-01", "2022-12-31"),
    "FY2022-23": ("2022-04-01", "2023-03-31"),
    "FY1999-00": ("1999-04-01", "2000-03-31"),
    "2023-02-16/2023-02-26": ("2023-02-16", "2023-02-26"),
    "2023-02/2024-02": ("2023-02-01", "2024-02-29"),
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_names_its_calendar(text):
    first, last = map(date.fromisoformat, PERIODS[text])
    assert span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2022-Q5", "2022-13", "2022-00", "FY2022-24", "0001", "9999", "2023-02/2023-01",
     "2023-02/", "/2023", "2023-2", "٢٠٢٣", "2023-02-30", "2023-02\n"],
)  # fmt: skip
def test_what_is_not_a_period_is_none(text):
    assert span(text) is None


def test_the_latest_figure_is_of_a_period_that_is_over():
    pack = load_pack()

    def month(day: date) -> str | None:
        figure = pack.latest("interceptions", "CA-QC", day)
        return figure.period if figure else None

    assert month(date(2022, 1, 30)) is None, "January is not over, nor is 2022"
    assert month(date(2022, 1, 31)) == "2022-01"
    assert month(date(2022, 12, 31)) == "2022-12", "the month, not the year that ends with it"
    assert month(date(2023, 2, 20)) == "2023-01"


def test_every_distance_has_its_origin():
    pack = load_pack()
    assert pack.distances.keys() == pack.distance_origins.keys()
    assert all(origin.source or origin.assumption for origin in pack.distance_origins.values())


def test_values_are_exact_and_a_share_of_one_city_is_not_told_of_a_province():
    pack = load_pack()
    split = [Fraction(f.value) for f in pack.figures if f.measure == "transferred-split"]
    assert sum(split) == 1
    assert all(Fraction(f.value) >= 0 for f in pack.figures)
    assert pack.latest("francophone-share", "CA-ON", date(2023, 3, 1)) is None
    reported = {(str(r.day), r.measure): r.value for r in pack.history if r.place == "Roxham Road"}
    assert reported["2023-02-12", "arrived"] == "380"
    assert reported["2023-02-13", "arrived-in-three-days"] == "505"
    assert all(isinstance(r.day, date) and r.unit for r in pack.history)


def test_a_number_of_places_never_stands_without_its_sentence():
    for row in load_pack().capacity:
        assert len(row.origin.assumption.split()) > 8, (row.site, row.service)


def test_every_field_is_described_in_both_languages():
    about = json.loads((SHIPPED / "datapackage.json").read_text("utf-8"))
    for resource in about["resources"]:
        for field in resource.get("schema", {}).get("fields", ()):
            assert field["description_i18n"].keys() == {"en", "fr"}, (
                resource["name"],
                field["name"],
            )
            assert all(field["description_i18n"].values())


def test_every_block_of_the_policy_names_its_own_source():
    import tomllib

    raw = tomllib.loads((SHIPPED / TOML).read_text("utf-8"))
    blocks = [raw["policy"], raw["horizon"], raw["key"], *raw["rule"], *raw["priority"]]
    assert all(block["source"]["title"] for block in blocks)
    policy = parse_policy((SHIPPED / TOML).read_bytes(), TOML)
    assert policy.profile_blind
    assert policy.key.carry
