"""Files of the pages: read once, compressed once, named by what is in them."""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "static"
PATH = "/static/{mark}/{file:path}"
KINDS = {
    ".woff2": "font/woff2",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """One file: as it is, and compressed where that is smaller."""

    kind: str
    data: bytes
    small: bytes | None


@cache
def files() -> dict[str, File]:
    """All of them by their names."""
    found = {}
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix not in KINDS:
            continue
        data = path.read_bytes()
        small = gzip.compress(data, 9, mtime=0)
        kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or ""
        found[path.relative_to(FOLDER).as_posix()] = File(
            kind, data, small if len(small) < 0.95 * len(data) else None
        )
    return found


@cache
def mark() -> str:
    """Changes when any file does: part of every address, so that a browser may keep them for ever."""
    return sha256(b"".join(file.data for file in files().values())).hexdigest()[:12]


def address(file: str) -> str:
    """Where a file is; a name that is none is a fault of the template."""
    assert file in files(), file
    return f"/static/{mark()}/{file}"


def serve(request: Request) -> Response:
    """One file; 404 for whatever is none."""
    file = files().get(request.path_params["file"])
    if file is None:
        return Response("", 404, media_type="text/plain")
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if file.small is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            file.small, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.kind
        )
    return Response(file.data, headers=headers, media_type=file.kind)


def worker(request: Request) -> Response:
    """The worker of the folder it is asked in: that folder is all it may ever serve."""
    file = files()["worker.js"]
    return Response(file.data, headers={"Cache-Control": "no-cache"}, media_type=file.kind)
