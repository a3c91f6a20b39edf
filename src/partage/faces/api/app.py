"""The application: routes from the table, problems from the refusals, the contract at /openapi.json."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from partage import __version__
from partage.core.errors import REFUSALS, NotFound, Refusal
from partage.faces.api.calling import Open, check_role, endpoint
from partage.faces.api.door import Door, Who, too_large
from partage.faces.api.front import front_page
from partage.faces.api.problems import HERE, MEDIA, OF_STATUS, Problem, not_valid, problem
from partage.faces.api.routes import PREFIX, ROUTES, Route
from partage.office.pace import Pace
from partage.office.tokens import NOBODY

FILES = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)
ENVELOPE: dict[str, Any] = {
    "type": "object",
    "description": "The envelope of the command line's --json. `next` is the cursor of the next page.",
    "required": ["partage", "verb", "ok", "data", "findings", "marks", "assumptions"],
    "properties": {
        "partage": {"const": 1},
        "verb": {"type": "string"},
        "ok": {"type": "boolean"},
        "data": {},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what", "do", "weight"],
                "properties": {
                    **{name: {"type": "string"} for name in ("where", "what", "do")},
                    "weight": {"enum": ["fault", "warning", "note"]},
                },
            },
        },
        "marks": {"type": "object", "additionalProperties": {"type": "string"}},
        "assumptions": {"type": "array", "items": {"type": "string"}},
        "next": {"type": "string"},
        "error": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def create_app(open_: Open, who: Who | None = None, pace: Pace | None = None) -> FastAPI:
    """The API of one office.

    ``open_`` gives an office with an actor at the desk, for one request, and is closed after it.
    ``who`` says who comes with a request, None for nobody; without it, whoever holds an access that
    ``partage token`` gave. ``pace`` refuses what comes too often; without it, nothing is counted.
    """
    app = FastAPI(
        title="Partage", version=__version__, docs_url=None, redoc_url=None,
        summary="Decides with people, and explains to them, where arriving asylum seekers go.",
        description="Each verb of the command line, with the same data. Refusals are problem+json.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        redirect_slashes=False,
    )  # fmt: skip
    app.state.open = open_
    app.add_middleware(
        Door,
        who=who or bearer(open_),
        files=[PREFIX + r.path for r in ROUTES if r.takes_file],
        pace=pace,
    )
    app.add_exception_handler(Refusal, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _not_valid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _off)  # type: ignore[arg-type]
    for route in ROUTES:
        _add(app, route)
    app.get("/", include_in_schema=False)(front_page)
    app.get("/health", include_in_schema=False)(health)
    plain = app.openapi
    app.openapi = lambda: contract(plain())  # type: ignore[method-assign]
    return app


def bearer(open_: Open) -> Who:
    """Who holds an access given with ``partage token``."""

    def who(request: Request) -> Any:
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        try:
            office = open_(NOBODY)
        except NotFound:  # no journal yet, so no access either
            return None
        try:
            return office.bearer(secret.strip())
        finally:
            office.journal.close()

    return who


def health(request: Request) -> Response:
    """200 if the journal can be read; says nothing else."""
    try:
        office = request.app.state.open(NOBODY)
        try:
            office.journal.head()
        finally:
            office.journal.close()
    except NotFound:
        pass  # a server whose office has not begun is well
    return Response('{"ok": true}', media_type="application/json")


def _role(route: Route) -> Any:
    """The role's permit, asked before a path, a query or a body is looked at."""

    async def role(request: Request) -> None:
        check_role(request.state.actor, route.permit)

    return Depends(role)


def _add(app: FastAPI, route: Route) -> None:
    more: dict[str, Any] = {"security": [{"bearer": []}]}
    if route.takes_file:
        form = {"schema": {"type": "string", "format": "binary"}}
        more["requestBody"] = {"required": True, "content": dict.fromkeys(FILES, form)}
    summary = str(route.call.__doc__).split("\n")[0].rstrip(".")
    app.add_api_route(
        PREFIX + route.path, endpoint(route), methods=[route.method], response_class=Response,
        operation_id=route.name, tags=[route.verb], summary=summary, openapi_extra=more,
        responses=_answers(route), dependencies=[_role(route)],
    )  # fmt: skip


def _answers(route: Route) -> dict[int | str, dict[str, Any]]:
    """What a route may answer: its envelope, and every refusal of the table."""
    said: dict[int | str, dict[str, Any]] = {}
    said[200] = {"description": "Done.", "content": {"application/json": {"schema": ENVELOPE}}}
    if route.name == "template":
        binary: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
        kinds = ("text/csv", FILES[1], "application/schema+json")
        form: dict[str, Any] = {**dict.fromkeys(kinds, binary), kinds[-1]: {"schema": {}}}
        said[200] = {"description": "The template.", "content": form}
    if route.name.endswith("_sheet"):
        file: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
        kinds_of_sheet = ("text/csv", FILES[1], "application/zip")
        said[200] = {"description": "The list.", "content": dict.fromkeys(kinds_of_sheet, file)}
    if route.name in ("manifest_paper", "paper_form"):
        paper: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
        said[200] = {"description": "The paper.", "content": {"application/pdf": paper}}
    by_status: dict[int, list[str]] = {}
    for refusal in (*REFUSALS, *HERE):
        by_status.setdefault(refusal.http_status, []).append(refusal.kind)
    for status, kinds_ in sorted(by_status.items()):
        said[status] = {
            "description": ", ".join(kinds_),
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return said


def contract(document: dict[str, Any]) -> dict[str, Any]:
    """The contract with what the framework does not know: problems, and how one signs in."""
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for own in ("HTTPValidationError", "ValidationError"):
        schemas.pop(own, None)
    schemas["Problem"] = Problem.SCHEMA
    parts["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    return document


def _refused(request: Request, refusal: Refusal) -> Response:
    return problem(refusal, _accept(request))


def _not_valid(request: Request, error: RequestValidationError) -> Response:
    refusal, errors = not_valid(error.errors())
    return problem(refusal, _accept(request), errors=errors)


def _off(request: Request, error: HTTPException) -> Response:
    """What the framework itself refuses: no such address, another method, a body that is off."""
    if error.status_code == 413:
        return problem(too_large(int(error.detail)), _accept(request))
    kind, what, do = OF_STATUS.get(error.status_code, OF_STATUS[400])
    allowed = {"Allow": _methods(request)} if error.status_code == 405 else {}
    return problem(kind(what, do), _accept(request), headers=allowed)


def _methods(request: Request) -> str:
    """Every method that an address takes, whichever route has it."""
    there: set[str] = set()
    for route in request.app.router.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            there |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(there))


def _accept(request: Request) -> str:
    return request.headers.get("accept-language", "")
