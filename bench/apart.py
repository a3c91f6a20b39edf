"""A process of its own for every measurement: a hard wall, its peak memory, and an end whatever it does."""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent
STATUS = Path("/proc/self/status")


def resident_mb(*, peak: bool) -> float:
    """Resident memory of this process in MB (10^6 bytes), now or at its peak.

    Where the system tells neither apart (no /proc), the peak since the process began.
    """
    if STATUS.exists():
        name = "VmHWM:" if peak else "VmRSS:"
        for line in STATUS.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def forget_peak() -> None:
    """Begin the peak anew from what is resident now, where the system can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


class Child:
    """A script of this folder in a process of its own, asked and answered in lines of JSON.

    `ask` gives the answer, or a sentence under "failed" when it died, or took longer than the wall;
    then it is ended with everything it started, and asking again starts it anew.
    """

    def __init__(self, script: str, *words: str) -> None:
        self.command = [sys.executable, str(HERE / script), *words]
        self.process: subprocess.Popen[bytes] | None = None
        self._read = b""
        self._said: IO[bytes] | None = None  # what it wrote to standard error

    def ask(self, question: dict[str, Any], wall: float) -> dict[str, Any]:
        """The answer to one question within `wall` seconds."""
        if self.process is None:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `end`)
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                start_new_session=True,
            )
            self._read = b""
        assert self.process.stdin is not None
        begun = time.perf_counter()
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
            line = self._line(begun + wall)
        except BrokenPipeError:
            line = b""
        except BaseException:  # an interrupt: leave nothing running behind
            self.end()
            raise
        if line is None:
            self.end()
            return {"failed": f"no answer in {wall:.0f} s, ended", "wall": wall}
        if not line:
            return {"failed": self._last_words(), "wall": time.perf_counter() - begun}
        return dict(json.loads(line))

    def _line(self, until: float) -> bytes | None:
        """The next line it writes; empty if it ended, None if the time did."""
        assert self.process is not None
        assert self.process.stdout is not None
        out = self.process.stdout.fileno()
        with selectors.DefaultSelector() as ready:
            ready.register(out, selectors.EVENT_READ)
            while b"\n" not in self._read:
                left = until - time.perf_counter()
                if left <= 0 or not ready.select(left):
                    return None
                some = os.read(out, 1 << 16)
                if not some:
                    return b""
                self._read += some
        line, self._read = self._read.split(b"\n", 1)
        return line

    def _last_words(self) -> str:
        assert self.process is not None
        assert self._said is not None
        self.process.wait()
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip().splitlines()
        code = self.process.returncode
        self.end()
        how = f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        last = said[-1][:160] if said else ""
        return f"{how}: {last}" if last else how

    def end(self) -> None:
        """End it, and whatever it started itself."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self._said):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self.process = None

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The child's side: one line of JSON for each line it is asked.

    What libraries print to standard output goes to standard error.
    """
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()
