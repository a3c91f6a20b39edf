"""What an act found, kept for the page that follows it: in memory, for whoever did it, a few minutes.

After a form is sent the browser is sent on, so that reloading sends nothing twice; what the office found
would be lost on the way. Nothing of it is needed: another process, or a restart, shows the page without.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

MOST = 500
OF_ONE_ACT = 200  # that a page shows; thousands of them would stay in memory
GRAVEST = ("fault", "warning", "note")
_KEPT: OrderedDict[str, tuple[str, list[dict[str, Any]]]] = OrderedDict()
_LOCK = threading.Lock()


def keep(whose: str, findings: Sequence[dict[str, Any]]) -> str:
    """Keep what was found; answers under which name, "" if there is nothing to keep."""
    if not findings:
        return ""
    name = secrets.token_urlsafe(9)
    with _LOCK:
        some = sorted(findings, key=lambda one: GRAVEST.index(one["weight"]))[:OF_ONE_ACT]
        _KEPT[name] = (whose, some)
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return name


def kept(whose: str, name: str) -> list[dict[str, Any]]:
    """What was kept under a name for that session; nothing for anybody else."""
    with _LOCK:
        owner, findings = _KEPT.get(name, ("", []))
    return findings if owner == whose else []
