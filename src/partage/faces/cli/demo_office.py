"""An office to try: the demo's Monday in a journal, and who works there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from partage.compose import open_office
from partage.core.errors import NotFound, WrongState
from partage.core.units import parse_instant
from partage.faces.cli.demo import LATER, monday
from partage.packs.loader import load_pack

WHO = {
    "intake": "anna:intake", "placement": "pia:placement", "approver": "rosa:approver",
    "region": "mary:region@CA-ON", "city": "mia:city@{city}", "organization": "olga:organization",
    "site": "lea:site@{site}", "escort": "eve:escort@{run}", "finance": "fay:finance",
    "certifier": "cem:certifier", "auditor": "rita:auditor", "analyst": "ana:analyst",
    "minister": "min:minister", "admin": "adam:admin", "household": "them:household@{case}",
}  # fmt: skip


def demo_office(url: str, at: str | None) -> tuple[str, dict[str, str]]:
    """Fill the journal with the demo's Monday unless it has it; the instant, and one person a role.

    A journal that is not the demo's own is ``WrongState``: nothing is written to it.
    """
    pack, later = load_pack("canada"), at or LATER
    try:
        office = open_office(url, "demo:admin", pack=pack, at=parse_instant(later), create=False)
    except NotFound:
        with TemporaryDirectory(prefix="partage-demo-") as folder:
            monday(pack, Path(folder), lambda _: None, url)
        office = open_office(url, "demo:admin", pack=pack, at=parse_instant(later), create=False)
    try:
        first = next(office.journal.read())
        if (first.actor, first.role) != ("demo", "admin"):
            raise WrongState(
                "This journal is not the demonstration's own.", "Give another --db, or none."
            )
        runs = office.journal.rows("matters", list="run/arrived") or office.journal.rows(
            "matters", list="run/on-road"
        )
        run, row = next(iter(runs.items()))
        bound = office.journal.rows("cases", state="bound")
        site = str(row["site"])
        names = {
            "run": run.partition("/")[2], "site": site, "city": site.rpartition("/")[0],
            "case": next(iter(bound), "H-0000000000"),
        }  # fmt: skip
    finally:
        office.journal.close()
    return later, {role: who.format(**names) for role, who in WHO.items()}
