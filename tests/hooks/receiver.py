"""Somebody who receives webhooks, in a process of their own: checks each by the published recipe, keeps it.

Run as a program with a secret file and a log file, it prints its address; each line of the log is one
message: its id, whether the signature is right, what it says, and the status that was answered. The file
``answer`` beside the log says what to answer: a number, or ``silent``, ``away NUMBER`` (another address).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


class Receiver(http.server.BaseHTTPRequestHandler):
    folder: Path

    def do_POST(self) -> None:  # the name is the library's
        body = self.rfile.read(int(self.headers["content-length"]))
        id_, stamp = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        key = (self.folder / "secret").read_text().removeprefix("whsec_")
        right = hmac.new(base64.b64decode(key), f"{id_}.{stamp}.".encode() + body, hashlib.sha256)
        signed = "v1," + base64.b64encode(right.digest()).decode()
        good = signed == self.headers["webhook-signature"] and abs(time.time() - int(stamp)) < 300
        answer = (self.folder / "answer").read_text().split()
        said = {
            "id": id_,
            "good": good,
            "said": json.loads(body),
            "answer": answer[0],
            "path": self.path,
        }
        with (self.folder / "log").open("a") as log:
            log.write(json.dumps(said) + "\n")
        if answer[0] == "silent":
            time.sleep(60)
        self.send_response(int(answer[0]))
        if len(answer) > 1:
            self.send_header("location", answer[1])
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *said: Any) -> None:
        """Nothing on the terminal."""


class Receiving:
    """That program, started and asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        (folder / "log").touch()
        self.know("whsec_")
        self.answer("204")
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()

    def know(self, secret: str) -> None:
        (self.folder / "secret").write_text(secret)

    def answer(self, what: str) -> None:
        (self.folder / "answer").write_text(what)

    def messages(self, least: int = 0, seconds: float = 30) -> list[dict[str, Any]]:
        """What has come; waits until there are so many."""
        until = time.monotonic() + seconds
        while True:
            found = [json.loads(line) for line in (self.folder / "log").read_text().splitlines()]
            if len(found) >= least or time.monotonic() > until:
                return found
            time.sleep(0.05)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


if __name__ == "__main__":
    Receiver.folder = Path(sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
