"""Manifests and runs as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.report.table import Table


def manifest_table(manifest: Mapping[str, Any]) -> Table:
    """A manifest as a table: codes and seats, no names; with its version, its mark and the anchor."""
    vehicle = manifest["vehicle"] or ["?", "?", "?"]
    names = (
        "no",
        "code",
        "now",
        "case",
        "persons",
        "child seats",
        "wheelchairs",
        "together with",
        "language",
        "interpreter",
    )
    rows = tuple(
        (
            line["no"],
            line["code"],
            line["now"],
            line["case"],
            line["persons"],
            line["child_seats"],
            line["wheelchairs"],
            ", ".join(line["with"]),
            line["language"],
            line["interpreter"],
        )
        for line in manifest["lines"]
    )
    title = (
        f"manifest {manifest['run']} version {manifest['manifest'] or '-'}: {manifest['persons']} "
        f"persons to {manifest['site']}"
    )
    notes = [
        f"leaves at {manifest['leaves_at'] or '?'}; vehicle: {vehicle[0]} seats, {vehicle[1]} child "
        f"seats, {vehicle[2]} wheelchair places",
        f"mark {manifest['mark']}",
        f"anchor {manifest['anchor']}",
    ]
    notes += [f"{one['where']}: {one['what']} -> {one['do']}" for one in manifest["changed"]]
    if manifest["superseded_by"]:
        notes.insert(0, f"SUPERSEDED by version {manifest['superseded_by']}: do not use, shred it")
    if manifest["state"] != "boarding":
        notes.insert(0, f"this run is '{manifest['state']}': its manifest stands as it left")
    if manifest["supersedes"]:
        notes.insert(0, f"supersedes {manifest['supersedes']}: shred the version before")
    return Table(title, names, rows, tuple(notes))


def runs_table(runs: Sequence[Mapping[str, Any]]) -> Table:
    """The runs that are loading or on the road, a line each."""
    names = ("run", "state", "to", "leaves at", "households", "persons", "seats")
    rows = tuple(
        (
            str(run["run"]), str(run["state"]), str(run["site"]), str(run["leaves_at"] or "?"),
            int(run["households"]), int(run["persons"] or 0), str((run["vehicle"] or ["?"])[0]),
        )
        for run in runs
    )  # fmt: skip
    notes = ("'partage board RUN' shows its manifest",) if runs else ("none",)
    return Table("runs that are loading or on the road", names, rows, notes)
