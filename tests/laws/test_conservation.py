"""Persons are conserved in every random history, on every store, whatever is tried in which order."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from histories import Histories


class SqliteHistories(Histories):
    """The same on SQLite."""

    store = "sqlite"


TestMemoryHistories = Histories.TestCase
TestSqliteHistories = SqliteHistories.TestCase
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much]
TestMemoryHistories.settings = settings(
    max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=QUIET
)
TestSqliteHistories.settings = settings(
    max_examples=5, stateful_step_count=12, deadline=None, suppress_health_check=QUIET
)
