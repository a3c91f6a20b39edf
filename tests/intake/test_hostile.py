"""Files made to hurt: each is answered in a sentence, in little memory and time, and no process ends."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hostile import FILES
from offices import arrivals
from partage.intake.arrivals import read_arrival_rows
from partage.packs.loader import load_pack

MEGABYTES = 150  # above what was there before, on files of up to 50 MB
SECONDS = 10  # of the processor; a minute on the clock of a busy machine is no fault
CHILD = """
import json, resource, sys, time
from pathlib import Path
from partage.core.errors import InputRefused
from partage.intake import workbook
from partage.intake.arrivals import read_arrival_rows
from partage.packs.loader import load_pack

pack = load_pack("canada")
for path in map(Path, sys.argv[1:]):
    data = path.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    try:
        rows, findings = read_arrival_rows(data, pack)
        said = [len(rows), len(findings), ""]
    except InputRefused as refused:
        said = [0, 0, f"{refused.what} {refused.do}"]
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(json.dumps([path.name, *said, more, time.process_time() - began]), flush=True)
    del data
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, list[object]]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    asked = [str(folder / name) for name in FILES]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *asked], capture_output=True, text=True, check=False
    )
    for path in asked:
        Path(path).unlink()
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: rest for name, *rest in said}


@pytest.mark.parametrize("name", list(FILES))
def test_it_is_answered_within_bounds(answers, name):
    assert name in answers, "the process ended on it"
    rows, findings, refused, megabytes, seconds = answers[name]
    assert refused or rows or findings or name == "lying dimension"
    assert rows == 0
    assert (megabytes < MEGABYTES, megabytes) == (True, megabytes)
    assert (seconds < SECONDS, seconds) == (True, seconds)
    assert "Error" not in str(refused) or "ValueError" in str(refused) or "BadZip" in str(refused)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("far corner", ""),
        ("lying dimension", ""),
        ("many cells", "20,000 faults"),
        ("many elements", "more in it than a list"),
        ("many strings", "1,000,000 texts"),
        ("amplified", "more than 50 MB of text"),
        ("unpacks to much", "unpacks to more than 300 MB"),
        ("short rows", "100,000 rows"),
        ("quoted rows", "20,000 faults"),
        ("blank rows", "1,048,576 lines"),
        ("open quote", "a quote that is never closed"),
        ("many pieces", "names more than 50 things"),
        ("json, empty rows", "100,000 rows"),
        ("json, many names", "200 names of columns"),
        ("over 50 MB", "larger than 50 MB"),
    ],
)
def test_the_sentence_says_what_is_too_much(answers, name, says):
    assert says in str(answers[name][2])


PACK = load_pack("canada")


def test_a_hundred_thousand_good_rows_are_taken():
    head, line = arrivals("r-,1").decode().splitlines()
    data = "\n".join([head, *(line.replace("r-", f"r-{n}", 1) for n in range(100_000))]).encode()
    rows, findings = read_arrival_rows(data, PACK)
    assert (len(rows), findings) == (100_000, [])


def test_a_list_with_a_note_in_every_row_is_taken_in_as_much_time():
    head, line = arrivals("r-,0,1").decode().splitlines()  # a minor alone
    data = "\n".join([head, *(line.replace("r-", f"r-{n}", 1) for n in range(60_000))]).encode()
    began = time.process_time()
    rows, findings = read_arrival_rows(data, PACK)
    assert (len(rows), len(findings)) == (60_000, 60_000)
    assert time.process_time() - began < SECONDS
