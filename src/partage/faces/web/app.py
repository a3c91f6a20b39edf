"""The application: addresses from the table, refusals as pages, both languages alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from partage.core.errors import NotPermitted, Refusal, Unavailable, Unconfirmed
from partage.faces.web import forms, later, screens, static
from partage.faces.web.at import At, read_form
from partage.faces.web.door import Door, log_fault
from partage.faces.web.entry import to_sign_in
from partage.faces.web.landing import landing
from partage.faces.web.render import environment
from partage.faces.web.table import PAGES, Page
from partage.faces.web.visitor import Current, Visitor
from partage.faces.web.words import LANGUAGES, Words
from partage.office.office import Office
from partage.office.permits import PERMITS, Actor
from partage.office.tokens import NOBODY
from partage.report.french import refusal_in_french

Open = Callable[[Actor], Office]
assert screens.ALL  # its files put the pages in the table


class _Roof(Convertor[str]):
    """The id of a site: three parts."""

    regex = "[^/]+/[^/]+/[^/]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Owner(Convertor[str]):
    """A province, a city or a site: one, two or three parts."""

    regex = "[A-Z]{2}-[A-Z0-9]{1,3}|[^/]+/[^/]+(?:/[^/]+)?"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("roof", _Roof())
register_url_convertor("owner", _Owner())


def create_app(open_: Open, current: Current, more: Sequence[BaseRoute] = ()) -> Starlette:
    """The pages of one office.

    ``open_`` gives an office with an actor at the desk, for one request. ``current`` says who is signed
    in; ``more`` are the addresses of the way in.
    """
    routes: list[BaseRoute] = [Route(static.PATH, static.serve), Route("/", landing)]
    routes += [
        Route(f"/{lang}/{part}/worker.js", static.worker)
        for lang in LANGUAGES
        for part in later.PARTS
    ]
    for page in PAGES:
        for lang in LANGUAGES:
            routes.append(
                Route(f"/{lang}{page.path}", endpoint(page, lang), methods=[page.method],
                      name=f"{lang}:{page.method}:{page.path}")
            )  # fmt: skip
    app = Starlette(
        routes=[*routes, *more], exception_handlers={HTTPException: _off, Refusal: _away}
    )
    app.state.open, app.state.current = open_, current
    app.router.redirect_slashes = False
    app.add_middleware(Door, broken=_broken)
    return app


def endpoint(page: Page, lang: str) -> Callable[[Request], Any]:
    """An address as the framework calls it: read the form, then work in a thread of its own."""

    async def run(request: Request) -> Response:
        form, files = await read_form(request) if page.method == "POST" else ([], {})
        return await run_in_threadpool(_answered, page, lang, request, form, files)

    return run


def _answered(
    page: Page, lang: str, request: Request, form: list[tuple[str, str]], files: dict[str, bytes]
) -> Response:
    who: Visitor | None = request.app.state.current(request)
    by_itself = later.asked(request)
    if who is None and not page.public:
        return later.signed_out() if by_itself else _to_sign_in(request)
    actor = who.actor if who else NOBODY
    request.scope.setdefault("state", {})["role"] = actor.role if who else "-"
    office: Office = request.app.state.open(actor)
    with closing(office.journal):
        at = At(request, lang, Words(lang), who, office, form, files)
        try:
            check_role(at, page)
            if page.method == "POST":
                check_form(at, who)
            answer = page.call(at)
            return later.told(answer) if by_itself else answer
        except Refusal as refusal:
            return later.refused(at, refusal) if by_itself else refused(at, refusal, page.verb)


def _to_sign_in(request: Request) -> Response:
    path = request.url.path
    if path[3:] == "/own" or path[3:].startswith("/own/"):  # they have a letter, and no account
        return RedirectResponse(f"{path[:3]}/own/open", 303)
    return RedirectResponse(to_sign_in(request), 303)


def check_role(at: At, page: Page) -> None:
    """Refuse a role that has no row for the verb of a page, before anything is looked up."""
    verbs = page.verb.split("|") if page.verb else []
    role = at.actor.role
    if verbs and not any(row.verb in verbs and row.role == role for row in PERMITS):
        raise NotPermitted(f"The role '{role}' may not {verbs[0]}.", "")


def check_form(at: At, who: Visitor | None) -> None:
    """Refuse a form that did not come from a page of this office, shown to this session."""
    try:
        forms.check_form(at.request, at.sent("csrf"), who.csrf if who else "")
    except forms.NotOurs:
        raise forms.NotOurs(at.t("form.not-ours"), at.t("form.reload")) from None


def refused(at: At, refusal: Refusal, verb: str) -> Response:
    """A refusal as a page: what kind, what, what to do; and who may, where it is a permit."""
    title = refusal.title_fr if at.lang == "fr" else refusal.title_en
    who_may = at.who_may(verb) if isinstance(refusal, NotPermitted) and verb else ""
    return at.page(
        "refused.html",
        refusal.http_status,
        title=title,
        refusal=refusal,
        done_by=who_may,
        sure=not isinstance(refusal, Unconfirmed),
    )


async def _off(request: Request, error: Exception) -> Response:
    """No such page, another method, a body that is too large."""
    assert isinstance(error, HTTPException)
    answer = await run_in_threadpool(_plain, request, error.status_code)
    answer.headers.update(error.headers or {})  # which methods there are
    return answer


async def _broken(request: Request, error: Exception) -> Response:
    log_fault(error)
    return await run_in_threadpool(_plain, request, 500)


async def _away(request: Request, error: Exception) -> Response:
    """Refused before there was an office to make a page with: its database is away, say."""
    assert isinstance(error, Refusal)
    return await run_in_threadpool(_bare, request, error)


def _bare(request: Request, error: Exception) -> Response:
    """A page that needs no office: what is refused, in the language of the address, or in both."""
    langs = [lang for lang in LANGUAGES if request.url.path.startswith(f"/{lang}")] or LANGUAGES
    said = [(lang, t := Words(lang), *_told(t, error)) for lang in langs]
    text = environment().get_template("bare.html").render(said=said)
    status = error.http_status if isinstance(error, Refusal) else 500
    return HTMLResponse(text, status, {"Content-Language": ", ".join(langs)})


def _told(t: Words, error: Exception) -> tuple[str, str, str]:
    """Title, what and what to do; where a database is, and what a fault is about, is for the log."""
    if not isinstance(error, Refusal):
        return t("error.title-broken"), t("error.broken"), ""
    if isinstance(error, Unavailable):
        return t("error.title-away"), t("error.away"), t("refused.nothing-lost")
    if t.lang == "fr":
        return error.title_fr, *refusal_in_french(error)
    return error.title_en, error.what, error.do


def _plain(request: Request, status: int) -> Response:
    """A page for what has no page: in the language of the address, both at the root."""
    lang = "fr" if request.url.path.startswith("/fr") else "en"
    key = {404: "no-page", 405: "no-page", 413: "too-large", 400: "unreadable"}.get(
        status, "broken"
    )
    try:
        who: Visitor | None = request.app.state.current(request)
        office = request.app.state.open(who.actor if who else NOBODY)
    except Exception as error:
        return _bare(request, error)
    with closing(office.journal):
        at = At(request, lang, Words(lang), who, office)
        return at.page("error.html", status, key=key)
