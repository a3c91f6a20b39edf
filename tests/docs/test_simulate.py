"""The page on scenarios: its ten lines run, its tables name what is read."""

from __future__ import annotations

import re
from pathlib import Path

from partage.faces.cli.main import run
from partage.packs.scenario_base import BLOCKS
from partage.packs.scenarios import PARAMETERS

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "simulate.md").read_text("utf-8")


def test_a_scenario_of_ones_own_takes_ten_lines_and_runs(tmp_path, capsys):
    (own,) = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    assert len(own.splitlines()) == 10
    (tmp_path / "mine.toml").write_text(own, "utf-8")
    words = ["simulate", str(tmp_path / "mine.toml"), "--runs", "20", "--out", str(tmp_path)]
    assert run(words) == 0
    said = capsys.readouterr().out
    assert "200 more places in Nova Scotia" in said
    assert re.search(r"Cornwallis Park.* 450 ", said)
    assert (tmp_path / "simulate.json").stat().st_size > 1000


def test_arrivals_on_the_forecast_hold_as_many_bands_as_the_page_says(tmp_path, capsys):
    assert run(["simulate", "practice-2022-23", "--runs", "3", "--out", str(tmp_path)]) == 0
    assert "5 of 7 bands of 80 % hold them" in capsys.readouterr().out
    assert "In `practice-2022-23` five of seven bands hold" in PAGE


def test_blocks_and_parameters_are_those_that_are_read():
    named = set(re.findall(r"^\| `\[\[?([a-z]+)\]\]?` \|", PAGE, re.M))
    assert named == {"scenario", *BLOCKS}
    section = PAGE.split("| parameter | what it is |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z_]+)`", section)) - {"site"} == set(PARAMETERS)
