"""A re-plan in words: who moves, from where to where, and why; for whoever proposes and approves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.core.plan import Plan
from partage.packs.loader import Pack
from partage.report.table import Table
from partage.report.words import Language, site_name

_WHY: Mapping[str, tuple[str, str]] = {
    "gone": (
        "that site is no longer possible for it",
        "ce lieu n'est plus possible pour ce ménage",
    ),
    "less-room": (
        "that site has less room than those planned there need",
        "ce lieu a moins de place qu'il n'en faut à ceux qui y étaient prévus",
    ),
    "frees": ("its place there is for {others}", "sa place là-bas est pour {others}"),
    "better": (
        "it gains enough by it under the policy's priorities",
        "les priorités de la politique y gagnent assez",
    ),
}


def replan_text(said: Mapping[str, Any], pack: Pack, language: Language) -> list[str]:
    """What a re-plan did with a household's line, for an officer; nothing where none did."""
    if not said:
        return []
    fr = language == "fr"
    before, plan, start = said.get("before"), said["by"], said["plan"]
    name = site_name(pack, before, language) if before else ""
    if said["why"] == "kept":
        return [
            f"Replanifié ({plan}, à partir de {start}) : garde sa ligne, {name}"
            if fr
            else f"Planned again ({plan}, from {start}): keeps its line, {name}"
        ]
    if said["why"] == "new":
        return [
            f"Replanifié ({plan}, à partir de {start}) : n'y avait pas de ligne"
            if fr
            else f"Planned again ({plan}, from {start}): had no line there"
        ]
    others = ", ".join(said.get("frees_for") or ()) or ("d'autres" if fr else "others")
    why = _WHY[said["why"]][fr].format(others=others)
    after = said.get("after")
    where = site_name(pack, after, language) if after else ("aucune place" if fr else "no place")
    lines = [
        f"Replanifié ({plan}, à partir de {start}) : passe de {name} à {where}, car {why}"
        if fr
        else f"Planned again ({plan}, from {start}): moves from {name} to {where}, because {why}"
    ]
    if said.get("approved"):
        lines.append(
            "  La place approuvée tient tant que ce changement n'est pas approuvé à son tour"
            if fr
            else "  The approved place stands until this change is approved in its turn"
        )
    return lines


def moves(plan: Plan, pack: Pack, language: Language = "en") -> Table | None:
    """Each household whose line is another than in the plan that this one started from, and why."""
    one = plan.replanned
    if one is None:
        return None
    rows = tuple(
        (
            move.case,
            move.persons,
            move.before,
            move.after or "no place; keeps its roof",
            _WHY[move.why][language == "fr"].format(others=", ".join(move.frees_for)),
            "approved before" if move.approved else "",
        )
        for move in one.moves
    )
    stay = one.had - len(one.moves)
    notes = [f"{stay} of {one.had} households with a line keep it; {len(one.moves)} move"]
    if one.unchanged:
        notes.append("nothing has changed since that plan, so nobody moves")
    notes.append(
        f"the policy lets {one.at_most} move without a word of whoever approves; only roofs go beyond; "
        f"a move for the sake of points must gain {one.points} a person"
    )
    if one.over:
        notes.append(f"OVER THE BOUND: look, then approve with --moves {len(one.moves)}")
    if plan.settled:
        persons = sum(plan.settled.values())
        notes.append(f"{persons} person(s) who hold an offer or have gone on count in what is due")
    columns = ("case", "persons", "from", "to", "because", "look at")
    return Table(f"{plan.day}: moves since {one.plan}", columns, rows, tuple(notes))
