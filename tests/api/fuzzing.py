"""Schemathesis against a real server: ``python tests/api/fuzzing.py [EXAMPLES [PHASES]]``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
EXAMPLES, PHASES = 50, "examples,coverage,fuzzing,stateful"


def fuzz(examples: int = EXAMPLES, phases: str = PHASES) -> tuple[int, str]:
    """The exit code and what was said; the same examples every time."""
    run = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    with subprocess.Popen(
        [sys.executable, str(HERE / "fuzzed.py")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    ) as server:  # fmt: skip
        assert server.stdout
        try:
            address = server.stdout.readline().strip()
            done = subprocess.run(
                [*run, "--no-color", "--config-file", str(HERE / "schemathesis.toml"), "run",
                 f"{address}/openapi.json", "-H", "Authorization: Bearer fuzz", "--checks", "all",
                 "--phases", phases, "--max-examples", str(examples), "--seed", "1", "--workers", "2"],
                capture_output=True, text=True, check=False, cwd=os.environ.get("TMPDIR", "/tmp"),
            )  # fmt: skip
        finally:
            server.terminate()
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    words = sys.argv[1:]
    code, said = fuzz(int(words[0]) if words else EXAMPLES, words[1] if words[1:] else PHASES)
    print(said)
    sys.exit(code)
