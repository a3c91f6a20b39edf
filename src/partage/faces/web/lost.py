"""The way back for whoever has neither their app nor their codes: ask, and type what a colleague says."""

from __future__ import annotations

import logging

from starlette.responses import Response

from partage.faces.web.here import Here
from partage.office.sessions import ENROL, FACTOR

log = logging.getLogger("partage.entry")


def page(here: Here) -> Response:
    """How one comes back, and whether one has asked."""
    if not here.within(FACTOR):
        return here.go("/sign-in")
    asked = here.request.query_params.get("asked") == "1" or here.form.get("do") == "code"
    return here.page("lost.html", asked=asked)


def act(here: Here) -> Response:
    """Ask, or come back with the code that a colleague was given."""
    if not here.within(FACTOR):
        return here.go("/sign-in")
    if here.form.get("do") != "code":
        here.gate.ask_back(here.secret)
        log.info("way back: asked")
        return here.go("/sign-in/lost?asked=1")
    secret = here.gate.come_back(here.secret, here.form.get("code", ""))
    log.info("way back: a colleague's code opened")
    return here.on(ENROL, secret)
