"""The reference cannot lag: tables, names and examples in the documents are held against the code."""

from __future__ import annotations

import importlib
import io
import re
import sqlite3
import subprocess
import sys
import tomllib
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

import partage
from offices import AT, opened
from partage.core.errors import INTERRUPT_EXIT, REFUSALS, USAGE_EXIT, InputRefused
from partage.core.household import HOLDS, MODES
from partage.core.policy import EXCEPTIONS
from partage.intake.arrivals import (
    MAX_PERSONS,
    OPTIONAL,
    REQUIRED,
    read_arrival_rows,
    read_arrivals,
)
from partage.intake.limits import MAX_BYTES
from partage.ledger.facts import Draft, Entry, Secret
from partage.office.permits import PERMITS, ROLES
from partage.office.ports import Stamp
from partage.packs.policies import KINDS, POLICY_KEYS, RULE_KEYS, parse_policy
from partage.place import instance as arrays
from partage.store.sqlite import FORMAT, SqliteJournal

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "CONTRIBUTING.md",
    "docs/glossary.md",
    "docs/how-to/databases.md",
    "docs/how-to/simulate.md",
    "docs/reference/arrays.md",
    "docs/reference/arrivals.md",
    "docs/reference/journal.md",
    "docs/reference/policies.md",
)
LEFT_ALONE = ("illegal", "overflow", "flow management", "influx", "burden", "clandestin")
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tables(text: str) -> list[Table]:
    """Header and rows of each table of a page."""
    found: list[Table] = []
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        rows = [
            tuple(cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1])
            for line in block.splitlines()
        ]
        assert {len(row) for row in rows} == {len(rows[0])}, f"ragged table: {rows[0]}"
        found.append((rows[0], rows[2:]))
    return found


def table(name: str, *header: str, number: int = 0) -> list[tuple[str, ...]]:
    """The rows of the table of a page with that header."""
    return [rows for head, rows in tables(page(name)) if head == header][number]


def section(name: str, title: str) -> str:
    """The part of a page under a heading of the second level."""
    return page(name).split(f"\n## {title}\n")[1].split("\n## ")[0]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def name_of(cell: str) -> str:
    (only,) = code(cell)
    return only


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)


# -- every page ------------------------------------------------------------------------------


def journal_of_three(path: Path) -> tuple[int, str]:
    """A journal of three entries, one by somebody whose name is not ASCII; its head."""
    journal = SqliteJournal(str(path))
    stamp = Stamp("2023-02-20T13:00:00.000000Z", "Zoé", "intake")
    for number in range(3):
        case = f"case/H-{number}"
        change = {"state": "waiting", "persons": 2, "account": "waiting@e"}
        move = {"from": "outside:entry", "to": "waiting@e", "persons": 2}
        body = {"step": "register", "case": change, "moves": [move], "note": "arrivée"}
        secret = Secret(f"V-{number}", "case", case, "salt", b"{}")
        draft = Draft("register", case, body, "2023-02-20")
        journal.append([draft], {case: 0}, f"k{number}", stamp=stamp, secrets=[secret])
    head = journal.head()
    journal.close()
    return head


def run(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the python of a page in a folder with the files that the pages speak of."""
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning", "-c", source],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files that the examples read."""
    (tmp_path / "arrivals.csv").write_text(blocks("docs/reference/arrivals.md", "csv")[0], "utf-8")
    (tmp_path / "my-policy.toml").write_text(
        blocks("docs/reference/policies.md", "toml")[0], "utf-8"
    )
    journal_of_three(tmp_path / "partage.db")
    return tmp_path


@pytest.mark.parametrize("name", [name for name in PAGES if "```python" in page(name)])
def test_the_python_of_each_page_runs(name, desk):
    done = run("\n".join(blocks(name, "python")), desk)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    prose = re.sub(r"^```.*?^```$", "", page(name), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)\)", prose):
        assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_words_we_leave_alone_stand_only_where_they_are_named(name):
    text = page(name)
    if name == "docs/glossary.md":
        text = "\n".join(" ".join(row[:-1]) for _, rows in tables(text) for row in rows)
    assert [word for word in LEFT_ALONE if word in text.lower()] == []


# -- glossary --------------------------------------------------------------------------------


def glossary() -> list[tuple[str, ...]]:
    return [row for _, rows in tables(page("docs/glossary.md")) for row in rows]


def test_each_word_of_the_glossary_has_a_source_two_languages_and_a_name():
    heads = {head[1:] for head, _ in tables(page("docs/glossary.md"))}
    assert heads == {
        ("on screen (EN)", "à l'écran (FR)", "name in code", "words we avoid, and why")
    }
    assert [row for row in glossary() if not all(row[:4])] == []


def test_names_in_the_glossary_are_in_the_source():
    floors = "core|ledger|packs|keys|apportion|place|intake|forecast|casework|simulate|report|office|store"
    for row in glossary():
        for name in code(row[3]):
            if re.match(rf"^(?:{floors})\.", name):
                assert found(name), f"{name} is not in the source"


def found(name: str) -> bool:
    """Whether a dotted name below the package is a module or something inside one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(("partage", *parts[:cut])))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(thing, part):
                return False
            thing = getattr(thing, part)
        return True
    return False


def test_services_and_modes_have_the_words_of_the_pack():
    pack = partage.load_pack("canada")
    words = {tuple(row[1:4]) for row in glossary()}
    said = [(s.name_en, s.name_fr, f"`{s.id}`") for s in pack.services]
    assert len(said) == 10
    assert [one for one in said if one not in words] == []
    assert {f"`{mode}`" for mode in MODES} <= {row[3] for row in glossary()}


# -- arrivals --------------------------------------------------------------------------------

ARRIVALS = "docs/reference/arrivals.md"


def columns() -> dict[str, tuple[str, ...]]:
    rows = table(ARRIVALS, "column", "required", "filled", "what to write")
    return {name_of(row[0]): row[1:] for row in rows}


def test_columns_are_those_that_are_read():
    assert tuple(columns()) == (*REQUIRED, *OPTIONAL)
    assert tuple(name for name, row in columns().items() if row[0] == "yes") == REQUIRED


def test_cells_that_must_be_filled_are_faults_when_blank():
    lines = [line.split(",") for line in blocks(ARRIVALS, "csv")[0].splitlines()]
    full = dict(zip(lines[0], lines[1], strict=True))
    for column, (_, filled, _) in columns().items():
        row = {**dict.fromkeys(columns(), ""), **full, column: ""}
        data = f"{','.join(row)}\n{','.join(row.values())}\n".encode()
        _, findings = read_arrivals(data, partage.load_pack("canada"))
        faults = [f for f in findings if f.weight == "fault"]
        assert (len(faults) > 0) is (filled == "yes"), (column, faults)


def test_codes_of_the_arrivals_file_are_those_of_the_code():
    pack = partage.load_pack("canada")
    rows = columns()
    assert tuple(code(rows["mode"][2])) == MODES
    assert tuple(code(rows["hold"][2])) == HOLDS
    services = [s.id for s in pack.services if not s.id.startswith(("person", "room"))]
    assert code(rows["care"][2]) == services
    assert code(rows["entry_point"][2]) == [pack.entry_points[0].id]
    assert f"{MAX_BYTES // 10**6} MB" in page(ARRIVALS)
    assert f"more than {MAX_PERSONS} persons" in " ".join(page(ARRIVALS).split())


def test_the_example_file_parses_with_one_household_on_the_protected_path():
    data = blocks(ARRIVALS, "csv")[0].encode()
    households, findings = read_arrivals(data, partage.load_pack("canada"))
    assert [h.need.holds for h in households] == ["none", "none", "protected-path"]
    assert households[0].need.links == (households[1].id,)
    assert [(f.weight, f.where) for f in findings] == [("note", "row 4")]


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({}, "none"),
        ({"guardian": ""}, "protected-path"),
        ({"guardian": "no"}, "protected-path"),
        ({"guardian": "unknown"}, "protected-path"),
        ({"age_disputed": "yes"}, "protected-path"),
        ({"objects_to_automation": "yes"}, "protected-path"),
        ({"age_18_64": "0", "hold": "medical-hold"}, "protected-path"),
        ({"hold": "protected-path"}, "protected-path"),
        ({"hold": "medical-hold"}, "medical-hold"),
    ],
)
def test_the_protected_path_is_as_written(change, held):
    row = dict.fromkeys(columns(), "") | {
        "reference": "a", "entered_at": "2023-02-20T12:00:00Z", "entry_point": "ca-qc/roxham-road",
        "mode": "between-ports", "age_0_4": "1", "age_5_17": "0", "age_18_64": "1",
        "age_65_plus": "0", "guardian": "yes", **change,
    }  # fmt: skip
    data = f"{','.join(row)}\n{','.join(row.values())}\n".encode()
    (arrival,), _ = read_arrival_rows(data, partage.load_pack("canada"))
    assert arrival.household.need.holds == held


def test_a_file_sent_twice_and_a_known_reference_are_as_written():
    office = opened("memory:", at=AT + timedelta(days=1)).acting("anna:intake")
    data = blocks(ARRIVALS, "csv")[0]
    first = office.register(data.encode())
    again = office.register(data.encode())
    assert again.data["answered_before"]
    assert again.data["registered"] == first.data["registered"]
    more = office.register(
        (data + data.splitlines()[3].replace("A-0003", "A-0004") + "\n").encode()
    )
    assert (more.data["households"], more.data["already"]) == (1, 3)
    assert first.data["registered"][0] in " ".join(f.what for f in more.findings)


# -- arrays ----------------------------------------------------------------------------------

ARRAYS = "docs/reference/arrays.md"
SIZES = {"households": 2, "sites": 3, "services": 4, "regions": 5, "tiers": 6}


def shape(cell: str) -> tuple[int, ...]:
    return tuple(SIZES[word] for word in re.findall(r"\w+", cell))


def test_arrays_are_those_that_are_read_with_their_types_and_shapes():
    rows = table(ARRAYS, "array", "required", "type", "shape", "meaning")
    names = [name_of(row[0]) for row in rows]
    assert tuple(names) == (*arrays.REQUIRED, *arrays.OPTIONAL)
    assert set(names) == {f.name for f in fields(arrays.Instance)}
    assert (
        tuple(n for n, row in zip(names, rows, strict=True) if row[1] == "yes") == arrays.REQUIRED
    )
    given = {n: np.zeros(shape(row[3]), int) for n, row in zip(names, rows, strict=True)}
    made, findings = arrays.instance_from(given)  # refused if a shape does not fit
    assert findings == []
    assert [str(getattr(made, n).dtype) for n in names] == [row[2] for row in rows]
    for wrong in names:
        with pytest.raises(InputRefused):
            arrays.instance_from(given | {wrong: np.zeros((7, *shape("sites")), int)})


def test_defaults_of_the_arrays_are_as_written():
    rows = table(ARRAYS, "array", "if absent")
    assert tuple(name for row in rows for name in code(row[0])) == arrays.OPTIONAL
    shapes = {
        name_of(row[0]): shape(row[3])
        for row in table(ARRAYS, "array", "required", "type", "shape", "meaning")
    }
    given = {name: np.zeros(shapes[name], int) for name in (*arrays.REQUIRED, "keep_value")}
    made, _ = arrays.instance_from(given)
    said = {name: row[1] for row in rows for name in code(row[0])}
    ceiling = int(said["region_ceiling"].split(":")[0].replace(" ", ""))
    assert made.region_ceiling.tolist() == [ceiling]
    assert made.keep_least.tolist() == [-(2**53)] * 6
    assert "-2^53" in said["keep_least"]
    zero = ("region", "region_floor", "region_penalty", "keep_floor_penalty", "keep_region_penalty")
    assert [name for name in zero if getattr(made, name).any()] == []


def test_the_plan_file_is_as_written():
    from worlds import figures, household, policy, site, situation

    rows = table(ARRAYS, "array", "type", "shape", "meaning")
    s = site("a", "CA-ON")
    here = situation([s], [{"person": 4, "room": 2}], [10])
    plan = partage.place_households([household("H-1")], here, policy(), figures(), seed="s")
    with np.load(io.BytesIO(plan.arrays["plan"])) as file:
        own = [n for n in file.files if not n.startswith("tier")]
        assert [(f"`{n}`", str(file[n].dtype)) for n in own] == [row[:2] for row in rows]
        before = {f"tier{t}_{n}" for t in (0, 1) for n in own if n != "site"}
        assert set(file.files) - set(own) == before
        assert file["site"].shape == (1,)


def test_the_example_of_the_arrays_gives_the_plan_it_shows(desk):
    source = blocks(ARRAYS, "python")[0]
    assert "# [ 1  1  0] 14 True" in source
    check = "assert (solved.site_of.tolist(), solved.value, solved.proven) == ([1, 1, 0], 14, True)"
    done = run(f"{source}\n{check}", desk)
    assert done.returncode == 0, done.stderr


# -- journal ---------------------------------------------------------------------------------

JOURNAL = "docs/reference/journal.md"


def test_fields_of_an_entry_are_as_written(tmp_path):
    rows = table(JOURNAL, "field", "type", "what it says")
    assert tuple(name_of(row[0]) for row in rows) == Entry.__slots__
    journal_of_three(tmp_path / "j.db")
    kinds = {name: kind.lower() for _, name, kind, *_ in _columns(tmp_path / "j.db", "entries")}
    said = {name_of(row[0]): "text" if row[1] == "JSON" else row[1] for row in rows}
    assert said == kinds


def test_tables_of_the_file_are_as_written(tmp_path):
    journal_of_three(tmp_path / "j.db")
    with sqlite3.connect(tmp_path / "j.db") as db:
        names = [
            row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        version = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    rows = table(JOURNAL, "table", "columns", "holds")
    said = {name_of(row[0]): code(row[1]) for row in rows}
    assert said == {n: [c[1] for c in _columns(tmp_path / "j.db", n)] for n in names}
    assert version == FORMAT
    assert f"`PRAGMA user_version` is {version}." in page(JOURNAL)


def _columns(path: Path, name: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    try:
        return list(db.execute(f"PRAGMA table_info({name})"))
    finally:
        db.close()


def test_roles_and_what_they_may_are_as_written():
    rows = {name_of(row[0]): row[1] for row in table(JOURNAL, "role", "may")}
    assert tuple(rows) == ROLES
    verbs = {row.verb for row in PERMITS}
    for role, may in rows.items():
        said = {word for word in re.findall(r"[a-z]+", may) if word in verbs}
        assert said == {row.verb for row in PERMITS if row.role == role}, role
        assert (may == "nothing yet") == (not said)
        scopes = {
            f"own {row.scope[4:]}" for row in PERMITS if row.role == role and row.scope != "all"
        }
        assert set(re.findall(r"own [a-z]+", may)) == scopes, role


def test_refusals_and_exit_codes_are_as_written():
    rows = table(JOURNAL, "kind", "exit code", "when")
    codes = {row[0].strip("`"): int(row[1]) for row in rows}
    assert codes == {
        "none": 0,
        **{kind.kind: kind.exit_code for kind in REFUSALS},
        "usage": USAGE_EXIT,
        "interrupt": INTERRUPT_EXIT,
    }


def test_the_verbs_in_the_journal_are_named():
    text = section(JOURNAL, "An entry").split("The verbs are")[1].split("Subjects are")[0]
    reading = {"survey", "forecast", "explain", "worth", "compare", "verify", "disclose", "restore", "migrate",
               "brief", "trace", "archive"}  # fmt: skip
    inside = {"open", "reopen", "replan", "hold", "release", "stay", "leave", "carry", "read"}
    assert set(code(text)) == ({row.verb for row in PERMITS} - reading) | inside


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET body = replace(body, '2', '3') WHERE no = 2",
        "UPDATE entries SET actor = 'Zoe' WHERE no = 2",
        "UPDATE entries SET seal = 'sha256:0' WHERE no = 2",
        "DELETE FROM entries WHERE no = 2",
    ],
)
def test_the_lines_that_check_the_chain_find_a_change(change, tmp_path):
    head = journal_of_three(tmp_path / "partage.db")
    (source,) = blocks(JOURNAL, "python")
    good = run(source, tmp_path)
    assert (good.returncode, good.stdout) == (0, f"{head[0]} entries; head {head[1]}\n"), (
        good.stderr
    )
    db = sqlite3.connect(tmp_path / "partage.db")
    db.execute("DROP INDEX entries_subject")
    changed = db.execute(change).rowcount
    db.commit()
    db.close()
    assert changed == 1
    bad = run(source, tmp_path)
    assert bad.returncode == 1
    assert bad.stderr.strip() == "Entry 2 is the first bad entry."


def test_the_lines_that_check_the_chain_are_ten_and_need_nothing_of_ours():
    (source,) = blocks(JOURNAL, "python")
    lines = [line for line in source.splitlines() if line and not line.startswith("import ")]
    assert len(lines) == 10
    assert set(re.findall(r"^import (\w+)$", source, re.M)) == {"hashlib", "json", "sqlite3"}


# -- policies --------------------------------------------------------------------------------

POLICIES = "docs/reference/policies.md"
HEADS = ("[policy]", "[horizon]", "[[rule]]", "[key]", "[[priority]]")
EVERY_KEY = (
    POLICY_KEYS
    | RULE_KEYS
    | {"name", "regions", "rounding", "carry", "points", "nights", "ceiling", "params"}
)


def keys_of(head: str) -> dict[str, str]:
    """The keys under a heading of the page, and whether each is required."""
    ((_, rows),) = tables(section(POLICIES, f"`{head}`"))
    return {name_of(row[0]): row[1] for row in rows}


def example() -> str:
    return blocks(POLICIES, "toml")[0]


@pytest.mark.parametrize("head", HEADS)
def test_keys_of_the_policy_file_are_those_that_are_known(head):
    seeing = example().replace("profile_blind = true", "profile_blind = false")
    known = set()
    for key in sorted(EVERY_KEY):
        text = seeing.replace(f"{head}\n", f'{head}\n{key} = "2023"\n', 1)
        try:
            parse_policy(text.encode(), "p")
        except InputRefused as refusal:
            if f"has '{key}' in" in refusal.what and "which is not known" in refusal.what:
                continue
        known.add(key)
    assert known == set(keys_of(head))


def test_the_closed_lists_of_the_policy_file_are_as_written():
    rows = {name_of(r[0]): r[2] for r in tables(section(POLICIES, "`[policy]`"))[0][1]}
    assert tuple(code(rows["kind"])) == KINDS
    rows = {name_of(r[0]): r[2] for r in tables(section(POLICIES, "`[[rule]]`"))[0][1]}
    assert tuple(code(rows["except"])) == EXCEPTIONS
    rows = {name_of(r[0]): r[2] for r in tables(section(POLICIES, "`[key]`"))[0][1]}
    assert code(rows["name"]) == sorted(partage.KEYS)
    assert set(code(rows["rounding"])) == set(partage.METHODS)
    rows = {name_of(r[0]): r[2] for r in tables(section(POLICIES, "`[[priority]]`"))[0][1]}
    aims = importlib.import_module("partage.place.value").AIMS
    assert sorted(code(rows["id"])) == sorted(aims)


@pytest.mark.parametrize("head", HEADS)
def test_keys_that_are_required_are_refused_when_they_are_missing(head):
    lines = example().splitlines(keepends=True)
    start = lines.index(f"{head}\n")
    end = next(n for n in range(start + 1, len(lines) + 1) if n == len(lines) or lines[n][0] == "[")
    for key, required in keys_of(head).items():
        kept = [line for line in lines[start:end] if not line.startswith(f"{key} =")]
        if len(kept) == end - start or required not in ("yes", "no"):
            continue  # a table of its own, or required only under a condition
        text = "".join((*lines[:start], *kept, *lines[end:]))
        if required == "yes":
            with pytest.raises(InputRefused):
                parse_policy(text.encode(), "p")
        elif key != "in_force_from":
            parse_policy(text.encode(), "p")


def test_the_example_of_a_policy_is_that_of_the_pack():
    ours = parse_policy(example().encode(), "p")
    theirs = partage.load_pack("canada").policies["redirect-all"]
    for name in ("id", "kind", "nights", "in_force_from", "in_force_to", "profile_blind"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert [(r.never, r.modes, r.exceptions) for r in ours.rules] == [
        (r.never, r.modes, r.exceptions) for r in theirs.rules
    ]
    assert [(p.id, p.points) for p in ours.priorities] == [
        (p.id, p.points) for p in theirs.priorities
    ]
    assert (ours.key.name, ours.key.rounding) == (theirs.key.name, theirs.key.rounding)


# -- contributing ----------------------------------------------------------------------------


def test_the_floors_are_those_that_are_checked():
    project = tomllib.loads(page("pyproject.toml"))
    (floors,) = [c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "floors"]
    rows = table("CONTRIBUTING.md", "floor", "does")
    # in brackets: a floor that may be there; it is described once it is
    there = [
        " | ".join(part for part in floor.split(" | ") if not part.startswith("("))
        for floor in floors["layers"]
    ]
    assert [name_of(row[0]) for row in rows] == [floor for floor in there if floor]


def test_the_targets_of_make_are_there():
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    said = set(re.findall(r"^make ([a-z]+)", "\n".join(blocks("CONTRIBUTING.md", "sh")), re.M))
    assert {"setup", "test", "check", "mutants", "lock"} <= said <= targets
