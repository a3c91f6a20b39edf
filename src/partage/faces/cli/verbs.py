"""All verbs, in the order in which the help shows them; heavy parts are imported inside each."""

from __future__ import annotations

from partage.faces.cli import (
    agreement_verbs,
    brief_verbs,
    check_verbs,
    cost_verbs,
    daily_verbs,
    forecast_verbs,
    hook_verbs,
    keeping_verbs,
    law_verbs,
    letter_verbs,
    manifest_verbs,
    places_verbs,
    plan_verbs,
    privacy_verbs,
    record_verbs,
    road_verbs,
    serve_verbs,
    share_verbs,
    simulate_verbs,
    solve_verbs,
    survey_verbs,
    user_verbs,
)
from partage.faces.cli.app import app

__all__ = [
    "agreement_verbs", "app", "brief_verbs", "check_verbs", "cost_verbs", "daily_verbs",
    "forecast_verbs", "hook_verbs", "keeping_verbs", "law_verbs",
    "letter_verbs", "manifest_verbs", "places_verbs",
    "plan_verbs", "privacy_verbs", "record_verbs", "road_verbs", "serve_verbs", "share_verbs",
    "simulate_verbs", "solve_verbs", "survey_verbs", "user_verbs",
]  # fmt: skip

ORDER = (
    "agree", "withdraw", "update", "register", "duplicate", "correct", "adopt", "survey", "propose",
    "place", "explain", "worth", "override", "approve", "offer", "letter", "answer", "board", "depart",
    "arrive",
    "count",
    "exit", "close", "review", "ask", "appoint", "user", "vouch", "token", "hook",
    "export", "disclose", "archive", "erase", "rekey", "draw", "settle", "verify",
    "brief", "trace", "due",
    "forecast", "compare", "simulate", "eligibility", "certify", "solve",
    "parts", "backup", "restore", "migrate", "demo", "serve",
)  # fmt: skip
app.registered_commands.sort(key=lambda command: ORDER.index(command.callback.__name__))  # type: ignore[union-attr]
