"""``brief`` and ``trace`` as text, data and documents."""

from __future__ import annotations

from typing import Any

from partage.packs.pack import Pack
from partage.report.brief import Brief, Figure, shown
from partage.report.brief_page import brief_document, brief_plots
from partage.report.document import Document
from partage.report.page.words import Language
from partage.report.table import Table
from partage.report.tracing import Traced

BOTH: tuple[Language, ...] = ("en", "fr")


def documents(brief: Brief, pack: Pack, lang: str, *, public: bool = False) -> dict[str, Document]:
    """A document for each language asked for, by the name of its files."""
    wanted = BOTH if lang == "both" else ("fr",) if lang == "fr" else ("en",)
    out: dict[str, Document] = {}
    for language in wanted:
        other = "fr" if language == "en" else "en"
        sibling = f"{name_of(brief, other)}.html" if len(wanted) > 1 else ""
        out[name_of(brief, language)] = brief_document(
            brief, pack, language, public=public, sibling=sibling
        )
    return out


def plots(brief: Brief, pack: Pack, lang: str, *, public: bool = False) -> dict[str, bytes]:
    """The plots of a brief as SVG files, for each language asked for: ``brief-federal-en-costs.svg``."""
    wanted = BOTH if lang == "both" else ("fr",) if lang == "fr" else ("en",)
    return {
        f"{name_of(brief, language)}-{plot.id}.svg": plot.svg.encode()
        for language in wanted
        for plot in brief_plots(brief, pack, language, public=public)
    }


def name_of(brief: Brief, language: str) -> str:
    """The name of the files of a brief in a language."""
    return f"brief-{brief.to}-{language}"


def brief_data(brief: Brief, *, public: bool) -> dict[str, Any]:
    """The brief as plain JSON, as that copy may show it."""

    def one(f: Figure) -> dict[str, Any]:
        seen = shown(f.value, public=public, exact=f.exact)
        row = {"figure": f.id, "value": seen, "ref": f.ref}
        if f.earlier is not None and not public:
            row |= {"earlier": f.earlier, "earlier_day": f.earlier_day, "earlier_ref": f.earlier_ref,
                    "earlier_from_ledger": f.earlier_ledger}  # fmt: skip
        return row

    def may(value: int | None) -> int | None:
        return None if value is None else shown(value, public=public)

    return {
        "to": brief.to, "scope": brief.scope, "day": str(brief.day), "policy": brief.policy,
        "public": public, "synthetic": brief.synthetic,
        "figures": [one(f) for f in brief.figures],
        "decisions": [one(f) for f in brief.hands],
        "shares": [
            {"region": s.region, "due": may(s.due), "hosted": may(s.hosted), "agreed": may(s.agreed),
             "carried": None if public or s.carried is None else str(s.carried)}
            for s in brief.standings
        ],
        "load": [
            {"service": one.service, "used": may(one.used), "agreed": may(one.agreed), "ref": one.ref,
             "agreed_ref": one.agreed_ref}
            for one in brief.loads
        ],
        "days_to_full": {"days": brief.full.days, "ref": brief.full.ref},
        "published": [
            {"day": p.day, "place": p.place, "value": p.value, "unit": p.unit, "ref": p.ref,
             "from_ledger": False, "definition": p.definition}
            for p in brief.published
        ],
        "ahead": [
            {"series": a.series, "month": a.month, "low": a.low, "middle": a.middle, "high": a.high,
             "ref": a.ref}
            for a in brief.ahead
        ],
        "options": [
            {"scenario": o.scenario, "measure": o.measure, "low": o.low, "middle": o.middle,
             "high": o.high, "ref": o.ref}
            for o in brief.options
        ],
        "costs": [] if public else [{"cost": c.id, "value": c.value, "ref": c.ref} for c in brief.costs],
        "asks": [a["ask"] for a in brief.asks],
        "unknown": list(brief.unknown),
        "review_on": brief.review_on,
        "refs": brief.refs(),
        "head": {"entry": brief.head[0], "seal": brief.head[1]},
    }  # fmt: skip


def trace_table(traced: Traced) -> Table:
    """What a reference rests on, for a terminal."""
    rows = tuple((p.where, p.what, p.number) for p in traced.pieces)
    kind = "from the ledger" if traced.ledger else "not from the ledger"
    notes = (f"{traced.value} {traced.unit}: {kind}", *([traced.source] if traced.source else []))
    return Table(traced.ref, ("where", "what", "number"), rows, notes)
