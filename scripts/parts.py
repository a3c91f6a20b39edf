"""The page of parts: every library that runs, its version, and how soon a fault in it is mended.

    python scripts/parts.py > docs/reference/parts.md

Versions are those of requirements/run.txt, whose hashes decide what is installed.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.M)
TIMES = {  # how near a part stands to strangers: a fault that is used now, a grave one, any other; days
    "reads": ("what strangers send passes through it, or it keeps a secret", 2, 7, 30),
    "draws": ("it computes, draws or prints what the office has", 7, 30, 90),
    "builds": ("it builds or installs, and is not there while the office runs", 7, 30, 90),
}
READS = {  # everything else that runs draws
    "anyio", "argon2-cffi", "argon2-cffi-bindings", "authlib", "certifi", "cffi", "cryptography", "fastapi",
    "h11", "httpcore", "httpx", "idna", "jinja2", "joserfc", "limits", "markupsafe", "numpy", "orjson",
    "psycopg", "psycopg-binary", "pycparser", "pycryptodomex", "pydantic", "pydantic-core", "pyotp",
    "python-multipart", "pyzipper", "starlette", "uvicorn", "annotated-types", "typing-extensions",
    "typing-inspection", "annotated-doc", "click", "typer",
}  # fmt: skip
BUILDS = {
    "editables",
    "hatchling",
    "packaging",
    "pathspec",
    "pluggy",
    "trove-classifiers",
    "tomlkit",
}
WORDS = """# Parts: what runs, and how soon a fault in it is mended

Printed by `scripts/parts.py` from `requirements/run.txt`; `make lock` prints it anew. Everything comes
from the Python Package Index, by version and SHA-256: what has another hash is not installed. Nothing
else is fetched, at installation or while the office runs; styles, fonts and htmx of the pages are files
of the package, with their digests (`src/partage/faces/web/static/vendor`).

## How soon

Days from the day on which a fault and its remedy are published, to a version of Partage without it;
where there is no remedy yet, the way round is published in that time, or the function is turned off.

| nearness | what it is | used by somebody already, or critical | high | any other |
|---|---|---|---|---|
{times}

Without any fault, every part is looked at for a newer version at each release, and every 90 days at the
latest (`make lock LOCK_ARGS=--upgrade`, then all tests). A part without a release in two years is
looked at: kept by whom, and what else there is. Whoever runs an office takes a version that mends a
fault within the same days.

## Which

| part | version | nearness | asked for by |
|---|---|---|---|
{parts}
"""


def nearness(name: str) -> str:
    """How near a part stands to strangers."""
    return "reads" if name in READS else "builds" if name in BUILDS else "draws"


def pins(text: str) -> list[tuple[str, str, list[str]]]:
    """Name, version and who asked for it, in the order of the lock."""
    found = []
    starts = list(PIN.finditer(text))
    for one, after in zip(starts, [*starts[1:], None], strict=True):
        block = text[one.end() : after.start() if after else len(text)]
        said = block.partition("# via")[2]
        asked = [w.strip(" #") for w in said.splitlines()]
        found.append((one[1], one[2], [w.partition(" (")[0] for w in asked if w]))
    return found


def page() -> str:
    """The page."""
    times = [f"| {name} | {what} | {a} | {b} | {c} |" for name, (what, a, b, c) in TIMES.items()]
    rows = [
        f"| {name} | {version} | {nearness(name)} | {', '.join(dict.fromkeys(asked))} |"
        for name, version, asked in pins((ROOT / "requirements/run.txt").read_text("utf-8"))
    ]
    return WORDS.format(times="\n".join(times), parts="\n".join(rows))


if __name__ == "__main__":
    print(page(), end="")
