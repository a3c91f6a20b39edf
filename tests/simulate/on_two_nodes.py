"""What test_cluster.py runs in a process of its own: two nodes, one killed worker; prints what came of it."""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import date
from pathlib import Path

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
sys.path.insert(0, str(Path(__file__).parents[1]))

import ray
from ray.cluster_utils import Cluster

from partage.cluster import on_cluster
from partage.compose import play_office, simulate_office
from partage.simulate.maps import in_turn
from scenarios import made

RUNS = 4


def plays_where_it_is(batch):
    """A run, and where it was played; the first worker to get run 1 is killed before it answers."""
    marker = Path(os.environ["MARKER"])
    if batch.first == 1 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return ray.get_runtime_context().get_node_id(), play_office(batch)


def main() -> None:
    """Play four runs here and there, and compare."""
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "MARKER": sys.argv[1]}
    os.environ.update(env)
    cluster = Cluster(
        initialize_head=True,
        head_node_args={
            "num_cpus": 1,
            "include_dashboard": False,
            "object_store_memory": 80_000_000,
        },
    )
    cluster.add_node(num_cpus=1, object_store_memory=80_000_000)
    ray.init(address=cluster.address, log_to_driver=False, runtime_env={"env_vars": env})
    ready = made(scenario={"first_day": date(2023, 2, 20), "last_day": date(2023, 2, 22)})
    here = simulate_office([ready], RUNS, seed="two nodes", map_=in_turn)
    nodes = set()

    def over(function, things):
        for node, answer in on_cluster(cluster.address)(plays_where_it_is, things):
            nodes.add(node)
            yield answer

    there = simulate_office([ready], RUNS, seed="two nodes", map_=over)
    print(json.dumps({
        "nodes": sum(node["Alive"] for node in ray.nodes()), "used": len(nodes), "runs": there.runs,
        "killed": Path(sys.argv[1]).exists(),
        "same": bool(
            (here.totals[0].counts == there.totals[0].counts).all()
            and (here.series[0].counts == there.series[0].counts).all()
        ),
        "lodged": there.mean(0, "lodged"),
    }))  # fmt: skip
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main()
