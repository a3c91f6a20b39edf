"""The way in by a letter: a code on paper, and the page of the household whose adult it was given to."""

from __future__ import annotations

import logging

from starlette.responses import Response

from partage.faces.web.entry import pace_of
from partage.faces.web.here import Here
from partage.office.gate import NotRecognised
from partage.office.letters import NoLonger, open_letter

log = logging.getLogger("partage.entry")
BY = "letter"  # how a session was begun


def letter_page(here: Here) -> Response:
    """The form for the code of a letter; no address that a server sees has the code."""
    return here.page("letter.html")


def open_own(here: Here) -> Response:
    """With the code of a letter: the household's own page, for the adult whose letter it is."""
    host = here.request.client.host if here.request.client else ""
    pace_of(here.request).may_open(host)
    code = here.form.get("code", "")
    try:
        secret = open_letter(here.gate, here.office.pack.entry_points[0].zone, code, here.lang)
    except (NotRecognised, NoLonger):
        pace_of(here.request).letter(host)
        raise
    here.gate.end_secret(here.secret)
    log.info("a letter was opened")
    return here.go("/own", secret)
