"""``make screenshots``: pictures of the main pages, of the demo's synthetic households, into docs/pictures.

python tests/browser/screenshots.py
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import uvicorn
from playwright.sync_api import sync_playwright

from offices import arrivals
from partage.faces.cli.demo_office import demo_office
from partage.faces.web.app import create_app
from web.asking import current
from web.conftest import opener

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SITE = "ca-on/windsor/ircc-hotels"
SHOTS = (  # name, who, address, width, height
    ("today", "pia:placement", "/en/today", 1180, 760),
    ("places", "pia:placement", "/fr/board", 1180, 760),
    ("plan", "rosa:approver", "/en/plan/{plan}", 1180, 900),
    ("approval", "rosa:approver", "/fr/plan/{plan}/approve", 1180, 620),
    ("case", "anna:intake", "/en/case/{case}", 1180, 900),
    ("site-phone", f"lea:site@{SITE}", f"/fr/site/{SITE}", 375, 720),
)


def main() -> None:
    """Everything anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo_office(f"sqlite:///{Path(folder) / 'demo.db'}", None)
        office = opener(Path(folder))
        rows = [f"picture-{n},{1 + n % 3},{n % 2}" for n in range(12)]
        office("anna:intake").register(arrivals(*rows))
        _, made = office("pia:placement").propose("redirect-all")
        names = {
            "plan": made.data["plan"],
            "case": next(iter(office("rita:auditor").journal.rows("cases", state="bound"))),
        }
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(office, current), log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        taken(f"http://127.0.0.1:{listening.getsockname()[1]}", names)
        server.should_exit = True
        thread.join(20)


def taken(address: str, names: dict[str, str]) -> None:
    """Each picture, in a browser of its own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        for name, who, where, width, height in SHOTS:
            context = browser.new_context(
                extra_http_headers={"x-who": who}, viewport={"width": width, "height": height}
            )
            page = context.new_page()
            page.goto(address + where.format(**names))
            page.evaluate("document.fonts.ready")
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
