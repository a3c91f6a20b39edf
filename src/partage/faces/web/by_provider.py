"""In by an outside sign-in service: asked by a button, answered once, and only as an account of here."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from partage.faces.web.entry import BARE_FORM, FORM, on_this_machine, set_cookie
from partage.faces.web.forms import fresh_cookie
from partage.faces.web.here import Here
from partage.faces.web.provider import Down, Untrusted
from partage.office import outside
from partage.office.sessions import IN

log = logging.getLogger("partage.entry")
SAID = {  # what a person is told, and with which status
    "unlinked": 403, "no-factor": 403, "untrusted": 403, "declined": 403, "stale": 403,
    "down": 503, "none": 404,
}  # fmt: skip


def begin(here: Here) -> Response:
    """To the service, with a question of this browser."""
    if here.provider is None:
        return _say(here, "none")
    cookie = here.cookie or here.fresh or fresh_cookie()
    session = here.within(IN) if here.request.query_params.get("again") == "1" else None
    question = outside.ask(
        here.gate, here.lang, cookie, here.to, session.user if session is not None else ""
    )
    try:
        response = RedirectResponse(here.provider.address(question, here.lang), 303)
    except Down as why:
        return _down(here, why)
    if not here.cookie:
        name = BARE_FORM if on_this_machine(here.request) else FORM
        set_cookie(here.request, response, name, cookie)
    return response


def back(here: Here) -> Response:
    """Back from the service: what it says counts for the browser that asked, once."""
    asked = here.request.query_params
    if here.provider is None:
        return _say(here, "none")
    question = outside.answered(here.gate, asked.get("state", ""), here.cookie)
    if question is None:
        return _say(here, "stale")
    issuer = here.provider.settings.issuer
    if asked.get("iss", issuer) != issuer:  # RFC 9207
        return _untrusted(here, Untrusted("iss"))
    if asked.get("error") or not asked.get("code"):
        return _say(here, "declined")
    try:
        vouched = here.provider.vouched(asked["code"], question, here.gate.clock.now())
    except Untrusted as why:
        return _untrusted(here, why)
    except Down as why:
        return _down(here, why)
    mark = outside.mark_of(here.office.journal, issuer, vouched.subject)
    user = outside.account_of(here.office.journal, mark)
    if question.again:
        if not outside.said_again(here.gate, here.secret, user, question):
            return _say(here, "stale")
        log.info("sign-in provider again")
        return RedirectResponse(question.to or f"/{here.lang}/account", 303)
    if not user:
        return _say(here, "unlinked", outside.keep_subject(here.gate, here.cookie, vouched.subject))
    secret, stage = outside.come_in(
        here.gate, user, two_factors=vouched.two_factors, lang=here.lang
    )
    if not secret:
        return _say(here, "no-factor")
    here.gate.end_secret(here.secret)
    log.info("sign-in provider %s", stage)
    here.to = question.to
    return here.on(stage, secret)


def told(here: Here) -> Response:
    """What came of it, where somebody did not come in: what happened, and what to do."""
    what = here.request.query_params.get("what", "")
    what = what if what in SAID else "stale"
    subject = ""
    if what == "unlinked":
        ref = here.request.query_params.get("ref", "")
        subject = outside.kept_subject(here.gate, ref, here.cookie)
    return here.page("provider.html", SAID[what], what=what, subject=subject)


def _untrusted(here: Here, why: Untrusted) -> Response:
    log.warning("sign-in provider: not believed, for its %s", why)
    return _say(here, "untrusted")


def _down(here: Here, why: Down) -> Response:
    log.warning("sign-in provider: not reached (%s)", why)
    return _say(here, "down")


def _say(here: Here, what: str, ref: str = "") -> Response:
    if what not in ("untrusted", "down"):
        log.info("sign-in provider %s", what)
    query = urlencode({"what": what, **({"ref": ref} if ref else {})})
    return RedirectResponse(f"/{here.lang}/sign-in/answer?{query}", 303)


COUNTED = (begin, back)  # as often as forms of the way in, from one address
