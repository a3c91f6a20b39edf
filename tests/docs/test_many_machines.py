"""The page on many machines: its lines of Python run, and what it says of memory and size is so."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

from partage.simulate.compiled import compile_scenario
from partage.simulate.study import _Batch
from scenarios import the_pack

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "many-machines.md").read_text("utf-8")


def test_its_python_runs():
    (lines,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    exec(compile(lines, "many-machines.md", "exec"), {})


def test_a_run_is_handed_out_in_so_many_megabytes():
    (said,) = re.findall(r"What is handed out is\n([\d.]+) MB a run", PAGE)
    made = compile_scenario(the_pack().scenario("redirect-all"), the_pack())
    assert len(pickle.dumps(_Batch((made,), "x", 0, 1))) < 2 * float(said) * 1e6
