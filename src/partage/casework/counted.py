"""Remarks on households as counts: for roles that see how many, and never which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from partage.core.findings import Finding

ABOUT_PEOPLE = {"case": "household", "group": "busload", "review": "review", "run": "run"}
_CODE = r"\b[A-Z]-[0-9A-HJKMNP-TV-Z]{8,10}\b"
CODES = re.compile(rf":? ?{_CODE}(, {_CODE})*( …)?")  # one code, or a few after a colon
DETAIL = re.compile(r"\b\d{4}-\d{2}-\d{2}\S*|\b[a-z]{2}-[a-z]{2}/[a-z0-9/-]+|\b\d+\b")


def in_counts(findings: Sequence[Finding]) -> list[Finding]:
    """The same remarks, gravest first: those on households of one kind as one, with how many.

    Codes, days, sites and numbers of a single household are left out.
    """
    seen: dict[Finding, int] = {}
    for finding in findings:
        kind = ABOUT_PEOPLE.get(finding.where.partition(" ")[0])
        what, do = CODES.sub("", finding.what), CODES.sub("", finding.do)
        if kind is None:
            plain = replace(finding, what=what, do=do)
        else:
            said = DETAIL.sub("…", what).strip()
            plain = Finding(kind, said, do, finding.weight)
        seen[plain] = seen.get(plain, 0) + 1
    kinds = {*ABOUT_PEOPLE.values()}
    return [
        replace(f, where=f"{n} {f.where}(s)") if f.where in kinds else f for f, n in seen.items()
    ]
