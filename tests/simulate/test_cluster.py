"""The office model on a real cluster of two nodes: the same to the bit, and no run lost with its worker."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from partage.cluster import on_cluster
from partage.core.errors import Unavailable
from partage.faces.cli.main import run

SCRIPT = Path(__file__).parent / "on_two_nodes.py"


@pytest.fixture(scope="module")
def came(tmp_path_factory):
    marker = tmp_path_factory.mktemp("cluster") / "killed"
    words = [sys.executable, str(SCRIPT), str(marker)]
    for _ in range(
        3
    ):  # Ray gives a node thirty seconds to begin, which a busy machine may not have
        marker.unlink(missing_ok=True)
        done = subprocess.run(words, capture_output=True, text=True, timeout=900, check=False)
        if "timed out during startup" not in done.stderr:
            break
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_two_nodes_tell_the_same_to_the_bit_as_one_process(came):
    assert (came["nodes"], came["used"]) == (2, 2)
    assert came["same"]
    assert came["lodged"] > 0


def test_a_killed_worker_loses_no_run(came):
    assert came["killed"]
    assert came["runs"] == 4


def test_without_ray_or_without_a_cluster_it_is_said(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(Unavailable, match="not installed"):
        list(on_cluster("127.0.0.1:1")(str, [1]))
    assert run(["simulate", "redirect-all", "--cluster", "127.0.0.1:1"]) == 2
    assert "--model office" in capsys.readouterr().err
