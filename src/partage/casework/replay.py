"""A kept plan judged again by the referee, from its arrays alone."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np

from partage.core.findings import Finding
from partage.ledger.facts import Entry
from partage.place.instance import load_instance
from partage.place.referee import faults_in_arrays


def plan_faults(entry: Entry, blob: Callable[[str], bytes | None]) -> list[Finding]:
    """What the referee says of the plan that a proposal kept, also when the people's data are gone."""
    instance, _ = load_instance(blob(entry.body["instance"]) or b"")
    with np.load(io.BytesIO(blob(entry.body["solution"]) or b""), allow_pickle=False) as file:
        site_of = file["site"]
    return faults_in_arrays(instance, site_of, value=entry.body["value"], bound=entry.body["bound"])
