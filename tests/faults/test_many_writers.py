"""Many writers on one file or database: no update is lost, and only who wrote the same subject has to look again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from partage.compose import open_journal
from partage.core.errors import Stale
from partage.ledger.chain import first_fault
from partage.ledger.facts import Draft
from partage.office.ports import Stamp

WRITERS, EACH = {"sqlite": 64, "postgresql": 12}, 4
AT = "2023-02-20T14:00:00.000000Z"


def write(url: str, number: int) -> int:
    """Add to a common count and to one's own; answers how often somebody else was faster."""
    journal = open_journal(url)
    stamp, again = Stamp(AT, f"w{number}", "intake"), 0
    for turn in range(EACH):
        own = Draft("count", f"count/own-{number}", {"persons": turn}, "2023-02-20")
        journal.append([own], {own.subject: turn}, f"own:{number}:{turn}", stamp=stamp)
        while True:
            version = journal.version("count/common")
            common = Draft("count", "count/common", {"persons": version}, "2023-02-20")
            key = f"common:{number}:{turn}:{version}"
            try:
                journal.append([common], {common.subject: version}, key, stamp=stamp)
                break
            except Stale:
                again += 1
    journal.close()
    return again


@pytest.mark.parametrize("store", WRITERS)
def test_no_update_is_lost_among_many_writers(store, url_of):
    url, writers = url_of(store), WRITERS[store]
    open_journal(url).close()
    with ThreadPoolExecutor(writers) as pool:
        again = sum(pool.map(lambda n: write(url, n), range(writers)))
    journal = open_journal(url)
    entries = list(journal.read())
    common = [e.body["persons"] for e in entries if e.subject == "count/common"]
    assert common == list(range(writers * EACH))
    assert len(entries) == 2 * writers * EACH == journal.head()[0]
    assert first_fault(entries) is None
    assert again > 0, "nobody met anybody: this proves nothing"
    assert journal.check_seals() == (len(entries), "")
    journal.close()
