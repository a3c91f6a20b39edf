"""``docs/reference/api.md``, printed from the table of routes and of refusals."""

from __future__ import annotations

import re

from partage.core.errors import REFUSALS
from partage.faces.api.problems import HERE
from partage.faces.api.routes import (
    MOST_BYTES,
    MOST_FILE_BYTES,
    NOT_HERE,
    OPEN,
    PREFIX,
    ROUTES,
    Route,
)

SMALL, FILE = MOST_BYTES // 10**6, MOST_FILE_BYTES // 10**6
HEAD = f"""# The API

Each verb of the command line over HTTP, with the same `data`. The contract is at `/openapi.json`;
this page is printed by `python -m partage.faces.api.reference`; do not edit by hand. How to begin:
[the API](../how-to/api.md).

* **Who comes** says so with `Authorization: Bearer TOKEN`, an access given with `partage token`.
  Without one there are only `/`, `/health` and `/openapi.json`.
* **An act** (*key: yes*) takes an `Idempotency-Key` of yours. Repeated by the same person for the
  same act on the same subject it gives the first answer, with `Idempotent-Replayed: true`; with
  another request under the same key it is 422.
* **A version**: an answer about a subject has its version as `ETag`; with `If-Match` an act is done
  on that version alone, else it is 412 with what changed.
* **Lists** come in pages: `limit`, and `cursor` from `next` or the header `Link`.
* **Bodies** are JSON of at most {SMALL} MB with exactly the names of the contract; a file
  (`register`) is sent as it is, at most {FILE} MB.
* **A refusal** is `application/problem+json` with `kind`, `detail` (what) and `do` (what next), its
  title in English or French by `Accept-Language`.
* **`verify`** answers 200 also where the record is not clean: look at `ok`.

## Routes

| verb | route | what | permit | key | version of |
|---|---|---|---|---|---|
"""


def as_markdown() -> str:
    """Every route, what has none and why, and every refusal, as one page."""
    lines = [_row(route) for route in ROUTES]
    lines += ["", "Without a permit of their own, for whoever is signed in:", ""]
    lines += [f"* `{verb}`: {why}." for verb, why in OPEN.items()]
    lines += ["", "## What has no route", "", "| verb | why |", "|---|---|"]
    lines += [f"| `{verb}` | {why} |" for verb, why in sorted(NOT_HERE.items())]
    lines += ["", "## Refusals", "", "| status | kind | title | titre |", "|---|---|---|---|"]
    for refusal in sorted((*REFUSALS, *HERE), key=lambda r: (r.http_status, r.kind)):
        lines.append(
            f"| {refusal.http_status} | `{refusal.kind}` | {refusal.title_en} | {refusal.title_fr} |"
        )
    return HEAD + "\n".join(lines) + "\n"


def _row(route: Route) -> str:
    path = re.sub(r":\w+\}", "}", route.path)
    what = str(route.call.__doc__).split("\n")[0].rstrip(".")
    permit = " or ".join(f"`{verb}`" for verb in route.permit.split("|") if verb)
    subject = route.subject or route.made
    version = f"`{subject}`" if subject else ""
    key = "yes" if route.writes else ""
    return f"| `{route.verb}` | `{route.method} {PREFIX}{path}` | {what} | {permit} | {key} | {version} |"


if __name__ == "__main__":
    print(as_markdown(), end="")
