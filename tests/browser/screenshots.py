"""``make screenshots``: pictures of the main pages, of the demo's synthetic households, into docs/pictures.

python tests/browser/screenshots.py [NAME ...]
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import uvicorn
from playwright.sync_api import sync_playwright

from offices import arrivals
from partage.casework.board import Vehicle
from partage.faces.cli.demo_office import demo_office
from partage.faces.web.app import create_app
from partage.office.office import Office
from web.asking import current
from web.conftest import opener

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES, MOST_HIGH, EDGE = 150_000, 900, 12
SITE = "ca-on/windsor/ircc-hotels"
PHONE, DESK = (390, 760), (1180, 760)
SHOTS = (  # name, who, address, size, what is pictured ("" is what one sees first)
    ("today", "pia:placement", "/en/today", DESK, ""),
    ("places", "pia:placement", "/fr/board", (1400, 760), ""),
    ("plan", "rosa:approver", "/en/plan/{plan}", (1180, 900), ""),
    ("plan-shares", "rosa:approver", "/en/plan/{monday}", DESK, "main .two"),
    ("approval", "rosa:approver", "/fr/plan/{plan}/approve", DESK, ""),
    ("case", "anna:intake", "/en/case/{case}", (1180, 900), "main section[aria-labelledby=why]"),
    ("nights", "pia:placement", "/en/nights", DESK, ""),
    ("scenario", "ana:analyst", "/en/scenario/redirect-all", (1180, 900), ""),
    ("public", "", "/fr/public", DESK, ""),
    ("site-phone", "lea:site@{site}", "/fr/site/{site}", PHONE, "main"),
    ("boarding-phone", "eve:escort@{run}", "/en/run/{run}/board", PHONE, "main"),
    ("desk-phone", "lea:site@{to}", "/fr/run/{road}/arrivals", PHONE, "main"),
    ("household-phone", "adult 1:household@{offered}", "/en/own", PHONE, "main"),
)  # fmt: skip


def main() -> None:
    """Everything anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo_office(f"sqlite:///{Path(folder) / 'demo.db'}", None)
        office = opener(Path(folder))
        names = told(office)
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(office, current), log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        taken(f"http://127.0.0.1:{listening.getsockname()[1]}", names)
        server.should_exit = True
        thread.join(20)


def told(office: Callable[[str], Office]) -> dict[str, str]:
    """A plan to approve, an offer out, a run that loads and one on the road."""
    anna, pia = office("anna:intake"), office("pia:placement")
    rows = anna.journal
    monday = next(iter(rows.rows("matters", list="plan/approved"))).partition("/")[2]
    first = anna.register(arrivals("picture-offer,2,1", entered_at="2023-02-21T12:00:00Z"))
    _, small = pia.propose("redirect-all")
    office("rosa:approver").approve(small.data["plan"])
    (offered,) = first.data["registered"]
    pia.offer(offered, contact="514 555 0100")
    bound = [row["offer"]["site"] for row in rows.rows("cases", state="bound").values()]
    sites = sorted(set(bound), key=lambda one: (-bound.count(one), one))
    runs = [
        pia.board(site, [Vehicle(12, 9, 9)], "2023-02-21T18:00:00.000000Z").data["runs"][0]["run"]
        for site in sites[:2]
    ]
    for number, line in enumerate(pia.manifest(runs[0])["lines"][:3]):
        pia.check_in(runs[0], line["code"], "aboard" if number < 2 else "not-come")
    pia.depart(runs[1])
    anna.register(arrivals(*[f"picture-{n},{1 + n % 3},{n % 2}" for n in range(40)]))
    _, made = pia.propose("redirect-all")
    return {
        "plan": made.data["plan"], "monday": monday, "run": runs[0], "road": runs[1], "to": sites[1], "site": SITE,
        "offered": offered, "case": next(iter(rows.rows("cases", state="bound"))),
    }  # fmt: skip


def taken(address: str, names: dict[str, str]) -> None:
    """Each picture, in a browser of its own; or those that are named after the command."""
    only = sys.argv[1:]
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        for name, who, where, (width, height), part in SHOTS:
            if only and name not in only:
                continue
            context = browser.new_context(
                extra_http_headers={"x-who": who.format(**names)} if who else {},
                viewport={"width": width, "height": height},
            )
            context.set_default_timeout(120_000)
            page = context.new_page()
            page.goto(address + where.format(**names))
            page.evaluate("document.fonts.ready")
            box = page.locator(part).first.bounding_box() if part else None
            if box:  # the part, and no more of it than a page of paper has
                box["x"], box["y"] = max(0, box["x"] - EDGE), max(0, box["y"] - EDGE)
                box["width"] += 2 * EDGE
                box["height"] = min(box["height"], MOST_HIGH)
            page.screenshot(path=FOLDER / f"{name}.png", full_page=bool(box), clip=box)  # type: ignore[arg-type]
            size = (FOLDER / f"{name}.png").stat().st_size
            assert size < MOST_BYTES, f"{name}.png has {size} bytes; picture less of the page"
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
