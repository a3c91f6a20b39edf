"""The way in and out: sign in, a second factor, a first password, one's own account."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from partage.core.errors import InputRefused, Refusal
from partage.faces.web import by_letter, by_provider, lost
from partage.faces.web.entry import pace_of, set_secret, to_sign_in
from partage.faces.web.forms import FIELD, check_form
from partage.faces.web.here import Here, Step, local
from partage.faces.web.provider import BACK
from partage.office.gate import NotRecognised, TooMany
from partage.office.letters import NoLonger
from partage.office.office import Office
from partage.office.outside import BY
from partage.office.sessions import ENROL, FACTOR, IN
from partage.office.tokens import NOBODY

log = logging.getLogger("partage.entry")
MOST_BYTES = 20_000  # of a form here
LANGUAGES = ("en", "fr")


def sign_in_page(here: Here) -> Response:
    """The sign-in form; whoever is signed in goes on."""
    left = here.request.query_params.get("left") == "1" and here.provider is not None
    there = here.provider.leave(here.lang) if left and here.provider else ""
    return here.page("sign-in.html", left=left, leave=there)


def sign_in(here: Here) -> Response:
    """A name and a password."""
    secret, stage = here.gate.sign_in(
        here.form.get("name", ""), here.form.get("password", ""), here.lang
    )
    here.gate.end_secret(here.secret)
    log.info("sign-in password %s", stage)
    return here.on(stage, secret)


def code_page(here: Here) -> Response:
    """The form for the second factor."""
    return here.page("code.html") if here.within(FACTOR) else here.go("/sign-in")


def code(here: Here) -> Response:
    """The second factor, from the app or from paper."""
    secret = here.gate.second(here.secret, here.form.get("code", ""))
    log.info("sign-in second factor")
    return here.on(IN, secret)


def start_page(here: Here) -> Response:
    """The form for a first password."""
    return here.page("start.html")


def start(here: Here) -> Response:
    """A first password, with the code that somebody gave."""
    password = here.form.get("password", "")
    if password != here.form.get("again", ""):
        raise InputRefused("The two passwords are not the same.", "Type it twice alike.")
    secret, stage = here.gate.start(
        here.form.get("name", ""), here.form.get("code", ""), password, here.lang
    )
    log.info("a first password was chosen")
    return here.on(stage, secret)


def factor_page(here: Here) -> Response:
    """The square for the app, and the form that shows that it works."""
    if not here.within(ENROL, IN):
        return here.go("/sign-in")
    seed, address = here.gate.enrolling(here.secret)
    in_ = here.within(IN)
    return here.page(
        "second-factor.html", seed=seed, square=_square(address), again=in_ is not None,
        second=in_ is not None and here.gate.has_second(in_.user),
        proved=here.gate.proved(here.secret), outside=_outside(here),
    )  # fmt: skip


def factor(here: Here) -> Response:
    """The app shows the right code: codes for paper, shown this once."""
    secret, codes = here.gate.enrol(
        here.secret, here.form.get("code", ""), here.form.get("password", ""),
        here.form.get("now", ""),
    )  # fmt: skip
    here.secret, here.session = secret, here.gate.known(secret)
    log.info("a second factor was set up")
    response = here.page("paper-codes.html", codes=codes)
    set_secret(here.request, response, secret)
    return response


def account_page(here: Here) -> Response:
    """One's own account: roles, sessions, the ways to change what one signs in by."""
    session = here.within(IN)
    if session is None:
        return RedirectResponse(to_sign_in(here.request), 303)
    if session.by == by_letter.BY:  # no account stands behind it
        return here.go("/own")
    return here.page(
        "account.html", session=session, sessions=here.gate.of(session.user),
        second=here.gate.has_second(session.user), proved=here.gate.proved(here.secret),
        outside=_outside(here),
    )  # fmt: skip


def account(here: Here) -> Response:
    """End a session or all others, act in another role, change the password, get other codes."""
    session = here.within(IN)
    if session is None:
        return RedirectResponse(to_sign_in(here.request), 303)
    if session.by == by_letter.BY:
        return here.go("/own")
    do = here.form.get("do", "")
    if do == "end":
        if here.form.get("session", "") == session.id:
            return sign_out(here)
        here.gate.end(session.user, here.form.get("session", ""))
    elif do == "end-others":
        here.gate.end_all(session.user, but=session.id)
    elif do == "act-as":
        number = here.form.get("post", "")
        here.gate.act_as(here.secret, int(number) if number.isdecimal() else -1)
        return here.go("")
    elif do == "password":
        if here.form.get("new", "") != here.form.get("again", ""):
            raise InputRefused("The two passwords are not the same.", "Type it twice alike.")
        here.gate.change_password(
            here.secret, here.form.get("password", ""), here.form.get("new", ""),
            here.form.get("code", ""),
        )  # fmt: skip
    elif do == "codes":
        return here.page(
            "paper-codes.html",
            codes=here.gate.new_codes(
                here.secret, here.form.get("password", ""), here.form.get("code", "")
            ),
        )
    return here.go("/account")


def sign_out(here: Here) -> Response:
    """The session ends on the server; a copy of its cookie opens nothing any more."""
    by = here.session.by if here.session else ""
    here.gate.end_secret(here.secret)
    log.info("sign-out")
    where = "/sign-in?left=1" if by.startswith(BY) else "/sign-in"
    response = here.go("/own/open" if by == by_letter.BY else where, "")
    # not "storage": what was typed without a connection waits there
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


PAGES: tuple[tuple[str, str, Step, Step], ...] = (  # path, method, step, the page shown on a refusal
    ("/sign-in", "GET", sign_in_page, sign_in_page),
    ("/sign-in", "POST", sign_in, sign_in_page),
    ("/sign-in/code", "GET", code_page, code_page),
    ("/sign-in/code", "POST", code, code_page),
    ("/sign-in/lost", "GET", lost.page, lost.page),
    ("/sign-in/lost", "POST", lost.act, lost.page),
    ("/start", "GET", start_page, start_page),
    ("/start", "POST", start, start_page),
    ("/second-factor", "GET", factor_page, sign_in_page),
    ("/second-factor", "POST", factor, factor_page),
    ("/account", "GET", account_page, sign_in_page),
    ("/account", "POST", account, account_page),
    ("/own/open", "GET", by_letter.letter_page, by_letter.letter_page),
    ("/own/open", "POST", by_letter.open_own, by_letter.letter_page),
    ("/sign-out", "POST", sign_out, sign_in_page),
    ("/sign-in/provider", "GET", by_provider.begin, by_provider.told),
    ("/sign-in/answer", "GET", by_provider.told, by_provider.told),
)  # fmt: skip


def routes() -> list[BaseRoute]:
    """The addresses of the way in, each in both languages."""
    made: list[BaseRoute] = [
        Route("/sign-in", _in_a_language, methods=["GET"]),
        Route(BACK, _back, methods=["GET"]),
    ]
    for lang in LANGUAGES:
        for path, method, step, again in PAGES:
            made.append(Route(f"/{lang}{path}", _endpoint(lang, step, again), methods=[method]))
    return made


def _in_a_language(request: Request) -> Response:
    """``/sign-in`` alone: in the language that the browser asks for."""
    to = request.query_params.get("to", "")
    where = to_sign_in(request).partition("?")[0]
    return RedirectResponse(where + (f"?to={to}" if local(to) else ""), 303)


async def _back(request: Request) -> Response:
    """The one address to which the outside service sends people back; its question knows the language."""
    lang = "fr" if request.query_params.get("state", "").startswith("fr.") else "en"
    answer: Response = await _endpoint(lang, by_provider.back, by_provider.told)(request)
    return answer


def _endpoint(lang: str, step: Step, again: Step) -> Callable[[Request], Any]:
    async def run(request: Request) -> Response:
        form = await _form(request) if request.method == "POST" else {}
        return await run_in_threadpool(_answered, request, lang, form, step, again)

    return run


def _answered(
    request: Request, lang: str, form: Mapping[str, str], step: Step, again: Step
) -> Response:
    office: Office = request.app.state.open(NOBODY)
    with closing(office.journal):
        here = Here(request, lang, form, office)
        try:
            if request.method == "POST" or step in by_provider.COUNTED:
                pace_of(request).sign_in(request.client.host if request.client else "")
            check_form(request, form.get(FIELD, ""), here.token if not here.fresh else "")
            return step(here)
        except Refusal as refusal:
            log.info("refused %s", refusal.kind)
            if isinstance(refusal, (NotRecognised, NoLonger, TooMany, InputRefused)):
                request.state.refusal = refusal
                response = again(here)
            else:
                response = here.page("refused.html", refusal=refusal)
            response.status_code = max(response.status_code, refusal.http_status)
            if isinstance(refusal, TooMany):
                response.headers["Retry-After"] = str(refusal.wait)
            return response


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; what is too large or no form has none, and so no token."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return {}
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return {}


def _outside(here: Here) -> bool:
    """Whether whoever is here came by the outside service, and can be sent there to say it anew."""
    came = here.session is not None and here.session.by.startswith(BY)
    return came and here.provider is not None


def _square(address: str) -> str:
    import segno

    made = segno.make(address, error="m", micro=False)
    return str(made.svg_inline(scale=4, border=2))
