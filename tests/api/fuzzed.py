"""A real server on an office in the middle of its day, for schemathesis; prints its address.

Whoever holds the access "fuzz" acts in a role that may use the route, so that requests get as far as
the office; without it nobody does. The contract is the one of the API, but for ids of this office among
those that may be tried.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from fastapi import FastAPI, Request

sys.path.insert(0, str(Path(__file__).parents[1]))

from offices import AT, arrivals, opened
from partage.compose import open_office
from partage.faces.api.app import create_app
from partage.faces.api.routes import PREFIX, ROUTES
from partage.faces.serve import bound
from partage.office.office import Office
from partage.office.permits import PERMITS, Actor
from partage.packs.loader import load_pack

SCOPES = {
    "region": "CA-ON", "city": "ca-on/ottawa", "site": "ca-on/ottawa/ircc-hotels",
}  # fmt: skip
Ids = dict[str, list[str]]


def role_for(permit: str) -> Actor:
    """Somebody who may use a route: wherever they like, if there is such a role."""
    verbs = permit.split("|") if permit else ["survey"]
    rows = [row for row in PERMITS if row.verb in verbs]
    row = next((row for row in rows if row.scope == "all"), rows[0])
    return Actor("fuzz", row.role, SCOPES.get(row.role, ""))


def fuzzer(app_routes: Callable[[], Any]) -> Callable[[Request], Actor | None]:
    """Who comes with the access ``fuzz``, by the route that the address leads to."""
    permits = {(PREFIX + r.path, r.method): r.permit for r in ROUTES}

    def who(request: Request) -> Actor | None:
        if request.headers.get("authorization") != "Bearer fuzz":
            return None
        for route in app_routes():
            match, _ = route.matches(request.scope)
            if match.value == 2 and (route.path, request.method) in permits:
                return role_for(permits[route.path, request.method])
        return Actor("fuzz", "intake")

    return who


def busy_day(office: Office) -> Ids:
    """Households in every state that a day brings, and the ids of all there is."""
    anna, paul, rosa = (
        office.acting(w) for w in ("anna:intake", "paul:placement", "rosa:approver")
    )
    cases = list(anna.register(arrivals(*(f"r{n},1" for n in range(8)))).data["registered"])
    alone = list(anna.register(arrivals("alone,0,1")).data["registered"])
    group = anna.headcount(3).data["group"]
    plan = paul.propose("redirect-all")[1].data["plan"]
    rosa.approve(plan, only=cases[:6])
    paul.offer_plan(plan)
    anna.answer(cases[0], "decline")
    for case in cases[1:4]:
        anna.answer(case, "accept")
    site = office.journal.row("cases", cases[1])["offer"]["site"]  # type: ignore[index]
    run = paul.depart(site, only=[cases[1]]).data["run"]
    other = paul.propose("redirect-all")[1].data["plan"]
    review = anna.request_review(cases[4], "family").data["review"]
    ask = paul.ask("CA-QC", "CA", "costs", text="Pay for it.", source="a letter").data["ask"]
    draw = paul.draw().data["draw"]
    hook = office.acting("adam:admin").add_hook("https://example.org/", ["close"])[0].data["hook"]
    token = office.acting("adam:admin").grant_token("eve:auditor", AT.date())[0].data["token"]
    everybody = [*cases, *alone]
    sites = [str(site.id) for site in office.pack.sites]
    regions = [str(region.id) for region in office.pack.regions][:4]
    return {
        "case": everybody, "kept": everybody, "other": everybody, "what": [*everybody, *regions],
        "group": [group], "plan": [plan, other], "run": [run], "review": [review], "ask": [ask],
        "draw": [draw], "token": [token], "hook": [hook], "site": sites, "where": [*sites, run],
        "party": [*regions, *sites], "region": regions,
    }  # fmt: skip


def knowing(document: dict[str, Any], ids: Ids) -> dict[str, Any]:
    """The contract, with ids that exist among those to try."""
    document = copy.deepcopy(document)
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] in ids:
                    there = ids[parameter["name"]]
                    parameter["schema"] = {"anyOf": [{"enum": there}, parameter["schema"]]}
    return document


def main() -> None:
    """Serve until it is ended."""
    with TemporaryDirectory() as folder:
        url, pack = f"sqlite:///{folder}/fuzz.db", load_pack("canada")
        office = opened(url)
        ids = busy_day(office)

        def open_(actor: Actor) -> Office:
            return open_office(url, actor, pack=pack, at=AT, create=False)

        apps: list[FastAPI] = []
        app = create_app(open_, who=fuzzer(lambda: apps[0].router.routes))
        apps.append(app)
        plain = app.openapi
        app.openapi = lambda: knowing(plain(), ids)  # type: ignore[method-assign]
        listening = bound("127.0.0.1", 0)
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_config=None)).run(sockets=[listening])


if __name__ == "__main__":
    main()
