"""The pages of what there is: parts, data, keys. Each is held against the lock, the tables, the source."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import partage
from partage.store.schema import columns

ROOT = Path(__file__).parents[2]
SOURCE = Path(partage.__file__).parent
PAGES = {
    name: (ROOT / f"docs/reference/{name}.md").read_text("utf-8")
    for name in ("parts", "data", "keys")
}
MAKES = {"hashlib", "hmac", "secrets", "cryptography", "argon2", "pyotp", "joserfc"}


def test_the_page_of_parts_has_each_part_of_the_lock_with_its_version_and_time():
    script = runpy.run_path(str(ROOT / "scripts/parts.py"))
    assert PAGES["parts"] == script["page"](), "python scripts/parts.py > docs/reference/parts.md"
    lock = (ROOT / "requirements/run.txt").read_text("utf-8")
    pinned = re.findall(r"^(\S+?)==(\S+)", lock, re.M)
    assert len(pinned) > 60
    for name, version in pinned:
        assert re.search(rf"^\| {re.escape(name)} \| {re.escape(version)} \| (reads|draws|builds) ",
                         PAGES["parts"], re.M), name  # fmt: skip
    blocks = re.split(r"\n(?=\S+==)", lock)[1:]
    assert all("--hash=sha256:" in block for block in blocks), "a part without a hash"
    known = {name for name, _ in pinned}
    assert script["READS"] | script["BUILDS"] <= known, "a part that is gone"
    for times in script["TIMES"].values():
        assert list(times[1:]) == sorted(times[1:])


def test_no_lock_names_where_a_part_would_come_from_but_the_index():
    for file in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(
            r"--(extra-)?index-url|--find-links|@ (https?|git|file)", file.read_text("utf-8")
        )


def test_the_page_of_data_has_each_column_and_each_kind_of_the_vault():
    tables = {f"{table}.{name}" for table, cells in columns().items() for name in cells}
    said = re.findall(r"`(\w+\.\w+)`", PAGES["data"].partition("## Tables")[2])
    assert sorted(said) == sorted(tables)
    kinds = {"correction", "like-reference", "like-household"}  # by a name, not by a word
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "new_secret"
                and node.args
            ):
                kind = node.args[1]
                kinds |= {kind.value} if isinstance(kind, ast.Constant) else set()
    rows = PAGES["data"].partition("## Kinds")[2].partition("## Tables")[0]
    said = {
        kind
        for row in re.findall(r"^\| (`.*?) \|", rows, re.M)
        for kind in re.findall(r"`(.+?)`", row)
    }
    assert said == kinds
    for table in (line for line in PAGES["data"].splitlines() if line.startswith("| `entries")):
        assert "| office |" in table


def test_the_page_of_keys_names_each_file_that_makes_or_checks_a_secret():
    there = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            if {name.partition(".")[0] for name in names} & MAKES:
                there.add(str(file.relative_to(SOURCE)))
    said = set(re.findall(r"`([a-z_/]+\.py)`", PAGES["keys"]))
    assert there - said == set(), "say on the page what it makes, and of what"
    assert said - there == set(), "named there, and makes nothing"
