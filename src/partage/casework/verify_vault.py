"""What stands beside the chain: the rows of the vault and the plans, as the entries promised them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from partage.core.marks import mark_of_bytes
from partage.ledger.facts import Entry, Secret
from partage.ledger.views import MemoryRows

SHOWN = 20


class Verified(Protocol):
    """What these checks need of the report of ``verify``."""

    checked: dict[str, int]
    rows: MemoryRows

    def fault(self, where: str, what: str, do: str = ..., /) -> None:
        """Add a fault."""


def check_vault(
    report: Verified, committed: Mapping[str, tuple[str, str]], secrets: Sequence[Secret]
) -> None:
    present = {secret.commitment: secret for secret in secrets}
    for commitment, secret in present.items():
        if secret.kind == "reason" and "plans that cannot be read" in report.checked:
            continue  # what it should be stands in a plan that is itself a fault
        if committed.get(commitment) != (secret.subject, secret.kind):
            report.fault(
                f"vault row {secret.id}",
                "is not what the chain committed to",
                "restore the vault from a copy",
            )
    erased = {
        f"case/{row['case']}"
        for row in report.rows.tables["matters"].values()
        if row["list"] == "vault/erased"
    }
    missing = sorted(
        {where for c, (where, _) in committed.items() if c not in present and where not in erased}
    )
    for where in missing[:SHOWN]:
        report.fault(
            f"vault of {where}",
            "lacks a row that the chain committed to, and no erasure is recorded",
            "restore the vault from a copy",
        )
    for where in sorted({s.subject for s in secrets} & erased):
        report.fault(f"vault of {where}", "has rows, though an erasure is recorded", "erase again")
    gone = sum(1 for c, (where, _) in committed.items() if c not in present and where in erased)
    lost = sum(1 for c in committed if c not in present) - gone
    report.checked |= {
        "vault rows": len(present), "vault rows missing": lost, "vault rows erased": gone,
    }  # fmt: skip


def check_plans(
    report: Verified,
    plans: Sequence[Entry],
    blob: Callable[[str], bytes | None],
    committed: dict[str, tuple[str, str]],
    approvals: Mapping[str, list[Entry]],
) -> None:
    """Each plan's blobs are what the chain says, the referee agrees, its reasons are committed to."""
    from partage.casework.replay import plan_faults
    from partage.casework.verify_lines import approval_faults

    for entry in plans:
        for name in ("document", "instance", "solution"):
            data = blob(entry.body[name])
            if data is None or mark_of_bytes(data) != entry.body[name]:
                report.fault(f"entry {entry.no}", f"the {name} of this plan is missing or changed")
                report.checked["plans that cannot be read"] = 1
                break
        else:
            document = json.loads(blob(entry.body["document"]) or b"{}")
            for line in document["lines"]:
                committed[line["reason"]] = (f"case/{line['case']}", "reason")
            for no, what in approval_faults(approvals, document["plan"], document):
                report.fault(f"entry {no}", what, "ask the approver")
            for finding in plan_faults(entry, blob, document):
                report.fault(f"entry {entry.no}", finding.what, finding.do)
    report.checked["plans"] = len(plans)
