"""Every setting that the source reads is documented, with its default; nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import partage
from partage.faces.cli.settings import NUMBERS

PAGE = (Path(__file__).parents[2] / "docs/how-to/deploy.md").read_text("utf-8")
ROW = re.compile(r"^\| `(PARTAGE_[A-Z_]+)` \| ?(.*?) \| .+ \|$", re.M)


def test_every_setting_is_documented():
    files = Path(partage.__file__).parent.rglob("*.py")
    read = {
        name
        for f in files
        for name in re.findall(r"PARTAGE_[A-Z]+(?:_[A-Z]+)*", f.read_text("utf-8"))
    }
    assert len(read) > 10
    assert {name for name, _ in ROW.findall(PAGE)} == read


def test_the_defaults_are_those_of_the_source():
    said = dict(ROW.findall(PAGE))
    assert {one.name: f"`{one.default}`" for one in NUMBERS} == {
        one.name: said[one.name] for one in NUMBERS
    }
