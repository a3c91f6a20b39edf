"""One request: who acts is known; the role's permit, the key, the version; the call; the answer."""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Header, Request, Response
from pydantic import StringConstraints

from partage.core.errors import InputRefused, Refusal, named
from partage.faces.api.keys import Keyed, mark_of_request, scoped
from partage.faces.api.problems import language_of
from partage.faces.api.routes import Route
from partage.faces.api.said import Said
from partage.faces.api.versions import IF_MATCH, Condition, etag
from partage.faces.api.words import Maybe
from partage.faces.pages.envelope import as_json, envelope
from partage.office.desk import OwnKey
from partage.office.office import Office
from partage.office.permits import PERMITS, Actor, permit
from partage.report.french import finding_in_french

if TYPE_CHECKING:
    from partage.office.ports import Journal

Open = Callable[[Actor], Office]
KEY = r"^[\x21-\x7e]{1,200}$"
OURS = ("office", "key", "again")  # parameters of a call that do not come from the request
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key", pattern=KEY,
        description="Yours, once per act: repeated, it gives the first answer; with another request, 422.",
    ),
]  # fmt: skip
IfMatch = Annotated[
    Maybe[Annotated[str, StringConstraints(pattern=IF_MATCH)]],
    Header(
        alias="If-Match",
        description="Act only on this version, as an ETag said it; another is 412.",
    ),
]  # fmt: skip


def endpoint(route: Route) -> Callable[..., Response]:
    """The route as a function that the framework can read: the call's own parameters and headers."""
    hints = typing.get_type_hints(route.call, include_extras=True)
    own = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(route.call).parameters.items()
        if name not in OURS
    ]
    headers: dict[str, Any] = {}
    if route.writes:
        headers["idempotency_key"] = (IdempotencyKey, inspect.Parameter.empty)
        if route.subject:
            headers["if_match"] = (IfMatch, None)

    known = frozenset(inspect.signature(route.call).parameters) - set(OURS)

    def run(request: Request, **given: Any) -> Response:
        check_query(request.query_params, known)
        key, if_match = given.pop("idempotency_key", ""), given.pop("if_match", None)
        actor: Actor = request.state.actor
        if "lang" in given and given["lang"] is None:
            given["lang"] = language_of(request.headers.get("accept-language", ""))
        office: Office = request.app.state.open(actor)
        with closing(office.journal):
            journal = office.journal
            subject = subject_of(office, route.subject, given)
            if key:
                # kept for ever, so blinded: nobody can guess who is named in it, or what stood in the file
                key = OwnKey(f"api:{journal.blind(scoped(actor, route, given, key))}")
                mark = journal.blind(mark_of_request(given))
                office.journal = cast("Journal", Keyed(journal, key, mark))
            if "again" in hints:  # the same office once more, for what goes on after the answer
                given["again"] = partial(request.app.state.open, actor)
            said = _call(route, office, given, key, subject, if_match)
            if isinstance(said, Response):
                return said
            tagged = subject_of(office, route.made, said.data) or subject
            version = journal.version(tagged) if tagged else 0
        return answer(request, route, said, version)

    parameters = [
        inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request),
        *own,
        *(
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
            )
            for name, (annotation, default) in headers.items()
        ),
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__name__, run.__doc__ = route.name, route.call.__doc__
    return run


def _call(
    route: Route,
    office: Office,
    given: Mapping[str, Any],
    key: str,
    subject: str,
    if_match: str | None,
) -> Said | Response:
    condition = Condition(office, subject, if_match) if if_match and subject else None
    try:
        said: Said | Response = route.call(office, key, **given)
    except Refusal as refusal:
        if condition is None:
            raise
        raise condition.explain(refusal) from None
    if condition is not None and isinstance(said, Said):
        condition.check(wrote=said.wrote, answered_before=said.again)
    return said


def check_query(asked: Iterable[str], known: Collection[str]) -> None:
    """Refuse a word of the query that nothing here reads: who asks for a preview must not get the act."""
    strange = sorted(set(asked) - set(known))
    if strange:
        raise InputRefused(
            f"This address reads nothing called {named(strange[0])}; nothing was done.",
            "See /openapi.json for what it reads.",
        )


def check_role(actor: Actor, verbs: str) -> None:
    """Refuse a role that has no row for any of the verbs, before anything is looked up.

    Where, and over what, the office asks itself; it is the same table.
    """
    names = verbs.split("|") if verbs else []
    if names and not any(row.verb in names and row.role == actor.role for row in PERMITS):
        permit(actor, names[0])


def subject_of(office: Office, template: str, given: Any) -> str:
    """The subject whose version counts, such as ``case/H-…``; "" if the route has none."""
    if not template or not isinstance(given, Mapping):
        return ""
    try:
        subject = template.format_map(given)
    except KeyError:
        return ""
    kind, _, name = subject.partition("/")
    if kind != "place":
        return subject
    if name.startswith("H-"):
        return f"case/{name}"
    if "/" in name:
        return f"{'city' if name.count('/') == 1 else 'site'}/{name}"
    return f"region/{office.pack.region_id(name)}"


def answer(request: Request, route: Route, said: Said, version: int) -> Response:
    """The envelope as JSON, with the version of its subject and the address of the next page."""
    findings = said.findings
    if language_of(request.headers.get("accept-language", "")) == "fr":
        findings = [finding_in_french(finding) for finding in findings]
    whole = envelope(
        route.verb, said.data, findings=findings, marks=said.marks,
        assumptions=said.assumptions, ok=said.ok, error=said.error,
    )  # fmt: skip
    headers: dict[str, str] = {}
    if version:
        headers["ETag"] = etag(version)
    if said.again:
        headers["Idempotent-Replayed"] = "true"
    if said.next:
        whole["next"] = said.next
        after = request.url.include_query_params(cursor=said.next)
        headers["Link"] = f'<{after.path}?{after.query}>; rel="next"'
    body = json.dumps(whole, ensure_ascii=False, default=as_json)
    return Response(body, headers=headers, media_type="application/json")
