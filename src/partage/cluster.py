"""Many machines: a map over a Ray cluster, for ensembles of the office model (``partage[cluster]``).

Ray listens on all addresses of a machine even when it is told one, and whoever reaches its ports may run
programs: only behind a firewall, on machines that hold nobody's data. Simulations read none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from partage.core.errors import Unavailable
from partage.simulate.maps import Map

In = TypeVar("In")
Out = TypeVar("Out")
TRIES = 5  # of a run whose worker died


def on_cluster(address: str, *, ahead: int = 0) -> Map:
    """A map over the workers of a running Ray cluster; a run whose worker dies is played again.

    ``address`` is that of its head (``HOST:PORT``, or ``auto`` on one of its machines); ``ahead``: how
    many runs are handed out before the first answer is taken (0: four a core of the cluster). No usage
    statistics are sent. Refused: Ray is not installed, or nobody answers there.
    """

    def over(function: Callable[[In], Out], things: Iterable[In]) -> Iterator[Out]:
        ray, ours = joined(address)
        try:
            spread = {"num_cpus": 1, "max_retries": TRIES, "scheduling_strategy": "SPREAD"}
            task = ray.remote(**spread)(function)
            most = ahead or 4 * max(1, int(ray.cluster_resources().get("CPU", 1)))
            waiting: list[Any] = []
            try:
                for thing in things:
                    waiting.append(task.remote(thing))
                    if len(waiting) >= most:
                        yield ray.get(waiting.pop(0))
                while waiting:
                    yield ray.get(waiting.pop(0))
            finally:
                for left in waiting:
                    ray.cancel(left, force=True)
        finally:
            if ours:
                ray.shutdown()

    return over


def joined(address: str) -> tuple[Any, bool]:
    """Ray, connected to the cluster there, and whether this call connected it."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError:
        raise Unavailable(
            "Ray is not installed here.", "Install the extra: pip install 'partage[cluster]'."
        ) from None
    if ray.is_initialized():
        return ray, False
    try:
        ray.init(address=address, log_to_driver=False, configure_logging=False)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise Unavailable(
            f"No Ray cluster answers at '{address}' ({type(error).__name__}).",
            "Start one: 'ray start --head --include-dashboard=false --disable-usage-stats', then give its "
            "address.",
        ) from None
    return ray, True
