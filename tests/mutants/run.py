"""Apply each small fault to a copy of the source and see that the tests named for it fail.

    python tests/mutants/run.py [-k WORD] [--part 0/3]

A mutant that survives is printed and the exit code is 1. ``by`` is the test that caught it before: it
is tried first, and the others only if it passes. ``--part`` runs every third, from the first, second or
third on; that each mutant still has its place in the source is looked at for all of them.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 300


def misplaced(mutant: dict[str, Any]) -> str:
    """Why a mutant cannot be applied, or nothing."""
    text = (ROOT / "src" / "partage" / mutant["file"]).read_text(encoding="utf-8")
    times = text.count(mutant["old"])
    return (
        ""
        if times == 1
        else f"{mutant['name']}: its old text stands {times} times in {mutant['file']}"
    )


def survives(mutant: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with this mutant, or nothing and the test that caught it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        text = (ROOT / "src" / "partage" / mutant["file"]).read_text(encoding="utf-8")
        # What was compiled from the other files goes along, or every mutant would compile them all
        # again; but a kernel is compiled together with what it calls, from whatever file.
        stale = ("*.nbi", "*.nbc") if "njit" in text else ()
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns(*stale))
        file = source / "partage" / mutant["file"]
        if why := misplaced(mutant):
            return why, ""
        file.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")
        paths = {
            "PYTHONPATH": str(source),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PARTAGE_MUTANT": mutant["file"],
            # none is needed, and to load them takes longer than most tests here
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        tests = [mutant["by"]] if "by" in mutant else mutant["tests"]
        try:
            run = subprocess.run(
                [
                    sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider",
                    "-p", "no:randomly", *tests,
                ],
                cwd=ROOT,
                env={**os.environ, **paths},
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"its tests did not end within {SECONDS} s", ""
    if run.returncode == 1:
        failed = re.search(r"^FAILED (.+?)(?: - |$)", run.stdout, re.MULTILINE)
        return "", failed[1] if failed else ""
    if "by" in mutant:  # it passed, or is not there any more
        return survives({name: value for name, value in mutant.items() if name != "by"})
    if run.returncode == 0:
        return f"SURVIVED: {', '.join(mutant['tests'])} passed", ""
    return f"the tests did not run (exit {run.returncode}): {(run.stdout + run.stderr)[-300:]}", ""


def timed(mutant: dict[str, Any]) -> tuple[str, str, float]:
    """What is wrong with this mutant, the test that caught it, and how long it took to know."""
    start = time.monotonic()
    fault, by = survives(mutant)
    return fault, by, time.monotonic() - start


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("-k", default="", help="only mutants whose name has this word")
    words.add_argument("--part", default="0/1", help="N/M: every Mth mutant, from number N on")
    given = words.parse_args()
    wanted, (number, parts) = given.k, (int(word) for word in given.part.split("/"))
    with (ROOT / "tests" / "mutants" / "mutants.toml").open("rb") as file:
        listed = tomllib.load(file)["mutant"]
    mutants = [m for m in listed[number::parts] if wanted in m["name"]]
    bad = 0
    for why in filter(None, (misplaced(mutant) for mutant in listed if mutant not in mutants)):
        print(f"NOT CAUGHT  {why}")
        bad += 1
    with ThreadPoolExecutor(2) as pool:
        for mutant, (fault, by, seconds) in zip(mutants, pool.map(timed, mutants), strict=True):
            verdict = "NOT CAUGHT" if fault else "caught"
            print(
                f"{verdict}  {seconds:3.0f} s  {mutant['name']}  {fault or f'by {by}'}", flush=True
            )
            bad += bool(fault)
    print(f"{len(mutants)} of {len(listed)} mutants tried, {bad} not caught")
    return 1 if bad or not mutants else 0


if __name__ == "__main__":
    sys.exit(main())
