"""All verbs, in the order in which the help shows them; heavy parts are imported inside each."""

from __future__ import annotations

from partage.faces.cli import check_verbs, places_verbs, plan_verbs, road_verbs, share_verbs
from partage.faces.cli.app import app

__all__ = ["app", "check_verbs", "places_verbs", "plan_verbs", "road_verbs", "share_verbs"]

ORDER = (
    "agree", "update", "register", "duplicate", "correct", "survey", "propose", "explain", "approve",
    "offer", "answer", "depart", "arrive", "count", "draw", "verify", "due", "compare", "parts", "demo",
)  # fmt: skip
app.registered_commands.sort(key=lambda command: ORDER.index(command.callback.__name__))  # type: ignore[union-attr]
