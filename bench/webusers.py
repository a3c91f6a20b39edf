"""The people of the benchmark of the server, in a process of their own: each asks, reads, waits.

Reads a world as JSON on standard input; writes what each request took to standard output as JSON. What was
acknowledged of updates is among it, to be looked for after kills. SIGTERM: nobody asks anew.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx

HEADER = "reference,entered_at,entry_point,mode,age_0_4,age_5_17,age_18_64,age_65_plus,guardian,synthetic"


class Until:
    """When nobody asks anew."""

    def __init__(self, seconds: float) -> None:
        self.instant = time.time() + seconds

    def is_past(self) -> bool:
        return time.time() > self.instant


class User:
    """One of them: what they do by their role, with one connection kept."""

    def __init__(self, who: str, world: dict[str, Any], seed: int) -> None:
        self.who, self.world = who, world
        self.name, _, rest = who.partition(":")
        self.role, _, self.scope = rest.partition("@")
        self.draw = random.Random(seed)
        self.took: list[tuple[str, str, float, int]] = []
        self.kept: list[dict[str, Any]] = []  # acknowledged acts
        self.lost = 0  # requests that found no server: repeated under the same key
        self.offers = list(
            world["offers"].get(who, ())
        )  # cases with an approved place, theirs alone
        self._n = 0

    def acts(self) -> Iterator[tuple[str, str, str, str, Any]]:
        """Kind (list, page or update), name, method, address, body: for ever."""
        draw, world = self.draw, self.world
        while True:
            yield "page", "page today", "GET", "/en/today", None
            if self.role in ("intake", "placement"):
                yield "list", "survey/cases", "GET", "/v1/survey/cases?state=waiting&limit=50", None
                yield "list", "survey/queues", "GET", "/v1/survey/queues", None
                yield "page", "page cases", "GET", "/en/cases/waiting", None
            if self.role == "intake":
                ref = f"{self.name}-{self._n}-{draw.randrange(10**9)}"
                row = f"{ref},2023-02-20T12:00:00Z,ca-qc/roxham-road,between-ports,0,0,1,0,,yes"
                yield "update", "register", "POST", "/v1/register", f"{HEADER}\n{row}\n"
            elif self.role == "placement":
                yield "list", "survey/plans", "GET", "/v1/survey/plans", None
                yield "list", "survey/capacity", "GET", "/v1/survey/capacity?limit=50", None
                if self.offers:
                    case = self.offers.pop()
                    yield "update", "offer", "POST", f"/v1/offer/case/{case}", {}
                    outcome = draw.choice(["accept", "decline"])
                    yield "update", "answer", "POST", f"/v1/answer/{case}", {"outcome": outcome}
                else:
                    case = draw.choice(world["cases"])
                    yield "update", "review", "POST", f"/v1/review/case/{case}", {"ground": "other"}
            elif self.role == "site":
                yield "page", "page site", "GET", f"/en/site/{self.scope}", None
                yield "list", "survey/site", "GET", f"/v1/survey/site/{self.scope}", None
                yield "update", "update", "POST", f"/v1/update/{self.scope}", {}
                persons = draw.randrange(200)
                yield "update", "count", "POST", f"/v1/count/{self.scope}", {"persons": persons}
            elif self.role == "region":
                yield "page", "page board", "GET", "/en/board", None
                yield "list", "survey/capacity", "GET", "/v1/survey/capacity?limit=50", None
                site = draw.choice([s for s in world["sites"] if s.startswith(self.scope.lower())])
                yield "update", "update", "POST", f"/v1/update/{site}", {}
            else:
                yield "list", "survey/queues", "GET", "/v1/survey/queues", None
                yield "list", "survey/plans", "GET", "/v1/survey/plans", None

    async def work(self, address: str, until: Until, think: float) -> None:
        cookie = f"partage={self.world['sessions'][self.who]}"
        bearer = f"Bearer {self.world['tokens'][self.who]}"
        limits = httpx.Timeout(60.0)
        async with httpx.AsyncClient(base_url=address, timeout=limits, trust_env=False) as client:
            await asyncio.sleep(self.draw.uniform(0, think))
            for kind, name, method, path, body in self.acts():
                if until.is_past():
                    return
                headers = (
                    {"cookie": cookie} if path.startswith("/en/") else {"authorization": bearer}
                )
                if method == "POST":
                    self._n += 1
                    headers["idempotency-key"] = f"{self.name}-{self._n}"
                await self._ask(client, until, kind, name, method, path, body, headers)
                await asyncio.sleep(self.draw.uniform(think / 3, think * 5 / 3))

    async def _ask(
        self,
        client: httpx.AsyncClient,
        until: Until,
        kind: str,
        name: str,
        method: str,
        path: str,
        body: Any,
        headers: dict[str, str],
    ) -> None:
        sent: dict[str, Any] = {"json": body} if isinstance(body, dict) else {"content": body}
        while True:
            began = time.perf_counter()
            try:
                answer = await client.request(method, path, headers=headers, **sent)
            except httpx.HTTPError:
                self.lost += 1
                if until.is_past():
                    return
                await asyncio.sleep(0.2)
                continue
            self.took.append((kind, name, time.perf_counter() - began, answer.status_code))
            if method == "POST" and answer.status_code == 200:
                self.kept.append(
                    {
                        "who": self.who,
                        "key": headers["idempotency-key"],
                        "path": path,
                        "said": answer.json()["data"],
                    }
                )
            return


async def main() -> None:
    asked = json.load(sys.stdin)
    world, until = asked["world"], Until(asked["seconds"])
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGTERM, lambda: setattr(until, "instant", 0.0)
    )
    people = [User(who, world, n) for n, who in enumerate(world["tokens"])]
    await asyncio.gather(*(one.work(asked["address"], until, asked["think"]) for one in people))
    took = [row for one in people for row in one.took]
    kept = [row for one in people for row in one.kept]
    json.dump({"took": took, "kept": kept, "lost": sum(one.lost for one in people)}, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
