"""A household's file: where it stands, why here, why not elsewhere, what was done: one page model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from partage.core.plan import Reason
from partage.office.office import Office
from partage.report.household import for_household
from partage.report.own_words import LOOKS
from partage.report.priced import FLAGS, prices_text
from partage.report.replanned import replan_text
from partage.report.words import Language, decided_by, why_here, why_not

LATEST = 20  # looks on the page; all of them are in what the household may read


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a page shows of a case; ``letter`` is what its household is told. Empty: not for this role."""

    case: str
    state: str
    persons: int
    synthetic: bool
    kind: str  # waiting, hosted, outside
    where: str  # the entry point or the site where they are
    since: str
    row: Mapping[str, Any]
    letter: str
    own: bool
    hold: str = ""
    plan: str = ""
    site: str = ""
    policy: str = ""
    as_if: bool = False
    why: str = ""
    decided: str = ""
    best: tuple[str, str] = ("", "")
    elsewhere: Sequence[tuple[str, str]] = ()
    prices: Sequence[str] = ()
    flags: Sequence[str] = ()
    moved: Sequence[str] = ()
    history: Sequence[Mapping[str, Any]] = field(default=())
    looked: int = 0  # how often somebody looked at what is known of it
    looks: Sequence[tuple[str, str, str]] = ()  # the last of them: when, who by role, at what


def case_file(office: Office, case: str, language: str) -> CaseFile:
    """The file of a case in a language; one look of the office, which is logged there."""
    lang: Language = "fr" if language == "fr" else "en"
    known = office.explain(case)
    row, reason, pack = known["row"], known["reason"], office.pack
    kind, _, where = str(row["account"]).partition("@")
    own = office.actor.role == "household"
    said: dict[str, Any] = {}
    if isinstance(reason, Reason) and not own:
        said = {
            "plan": known["plan"],
            "site": known["site"] or "",
            "policy": f"{known['proposal']['policy']} {known['proposal']['policy_version']}",
            "as_if": known["proposal"]["as_if"],
            "why": why_here(reason, lang),
            "decided": decided_by(reason, pack, lang),
            "best": (str(reason.best.site), why_not(reason.best, lang))
            if reason.best
            else ("", ""),
            "elsewhere": [(str(e.site), why_not(e, lang)) for e in reason.elsewhere],
            "prices": prices_text(known["prices"], pack, lang) if known["prices"] else (),
            "flags": [FLAGS[f][lang == "fr"] if f in FLAGS else f for f in known["flags"]],
            "moved": replan_text(known["replan"], pack, lang) if known["replan"] else (),
        }
    return CaseFile(
        case=case, state=str(row["state"]), persons=int(row["persons"]),
        synthetic=bool(row.get("synthetic")), kind=kind.partition(":")[0], where=where,
        since=str(row["since"]), row=row, own=own, hold=known["hold"],
        letter=for_household(row, reason, pack, lang), history=known["history"],
        looked=len(known["reads"]), looks=_looks(known["reads"], lang), **said,
    )  # fmt: skip


def _looks(reads: Sequence[Mapping[str, str]], lang: Language) -> list[tuple[str, str, str]]:
    """The last looks at a household, the newest first."""
    return [
        (one["at"], one["role"], LOOKS.get(one["what"], (one["what"],) * 2)[lang == "fr"])
        for one in reversed(reads[-LATEST:])
    ]
