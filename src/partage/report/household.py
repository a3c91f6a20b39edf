"""What a household is told about its own case: plain words, nobody else's data, how to contest.

Says nothing of points or of what anybody is worth, and never names a place to avoid. What is said
follows from the state of the case: a place that is only proposed is never called an offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from partage.core.plan import Reason
from partage.core.units import parse_instant
from partage.packs.loader import Pack
from partage.report.words import Language, site_name

_KEEP = (
    "You keep the roof you have.",
    "Vous gardez l'abri que vous avez.",
)
_BY_STATE: Mapping[str, tuple[str, str]] = {
    "waiting": (
        "No decision has been made about a place for you yet. {keep}",
        "Aucune décision n'est encore prise sur une place pour vous. {keep}",
    ),
    "outside-engine": (
        "An officer is looking after your case in person; no computer proposes a place for you. {keep}",
        "Un agent s'occupe lui-même de votre dossier; aucun ordinateur ne propose de place pour "
        "vous. {keep}",
    ),
    "approved": (
        "A place is being prepared for you. An officer will offer it to you soon; you will be free "
        "to say yes or no. {keep}",
        "On prépare une place pour vous. Un agent vous l'offrira bientôt; vous serez libre de dire "
        "oui ou non. {keep}",
    ),
    "offered": (
        "You are offered a place at {place}{far}. There is room for your whole household together. "
        "Please answer by {until}.",
        "On vous offre une place : {place}{far}. Il y a de la place pour tout votre ménage, ensemble. "
        "Répondez avant {until}, s'il vous plaît.",
    ),
    "bound": (
        "You accepted a place at {place}{far}. Until you leave you may change your mind. {keep}",
        "Vous avez accepté une place : {place}{far}. Vous pouvez changer d'avis jusqu'au départ. {keep}",
    ),
    "travelling": (
        "You are on your way to {place}.",
        "Vous êtes en route. Destination : {place}.",
    ),
    "hosted": ("Your place is at {stay}.", "Votre place : {stay}."),
    "kept": (
        "You did not take the place that was offered, and that is your right. It is not held against "
        "you. A place is kept for you at {fallback}.",
        "Vous n'avez pas pris la place offerte, et c'est votre droit. Ce n'est pas retenu contre "
        "vous. Une place est gardée pour vous : {fallback}.",
    ),
    "unknown": (
        "We do not know where you are, and we are looking for you so that you have a place.",
        "Nous ne savons pas où vous êtes et nous vous cherchons pour que vous ayez une place.",
    ),
    "left": ("Your case here is closed.", "Votre dossier ici est fermé."),
}
_REFUSAL = (
    "You may say no. If you do, you keep a roof: a place is held for you at {fallback}. A refusal is "
    "not held against you.",
    "Vous pouvez dire non. Vous gardez alors un abri : une place est gardée pour vous ({fallback}). "
    "Un refus n'est pas retenu contre vous.",
)
_CONTEST = (
    "If you think this is wrong, or if something about your household has changed, tell any officer "
    "or write it down; a person will look at it again and answer you.",
    "Si vous pensez que c'est une erreur, ou si quelque chose a changé dans votre ménage, dites-le à "
    "un agent ou écrivez-le; une personne reverra votre dossier et vous répondra.",
)
_HOW = (
    "A computer helped to compare the places; people decided.",
    "Un ordinateur a aidé à comparer les places; ce sont des personnes qui ont décidé.",
)


def for_household(
    row: Mapping[str, Any], reason: Reason | None, pack: Pack, language: Language
) -> str:
    """What a household is told, from the state of its case and the reason of its approved plan."""
    fr = language == "fr"
    state = str(row["state"])
    names = _names(row, reason, pack, language)
    lines = []
    if row.get("synthetic"):
        lines.append(
            "(ménage synthétique : personne n'est décrit ici)"
            if fr
            else "(synthetic household: nobody is described here)"
        )
    lines.append(_BY_STATE[state][fr].format(keep=_KEEP[fr], **names))
    if state in ("offered", "bound"):
        lines.append(_REFUSAL[fr].format(**names))
        lines += _why_not_elsewhere(reason, pack, language)
        lines.append(_HOW[fr])
    lines.append(_CONTEST[fr])
    return "\n".join(lines)


def _names(
    row: Mapping[str, Any], reason: Reason | None, pack: Pack, language: Language
) -> dict[str, str]:
    def name(part: str) -> str:
        site = (row.get(part) or {}).get("site")
        return site_name(pack, site, language) if site else "?"

    km = reason.here.get("km") if reason else None
    until = (row.get("offer") or {}).get("until")
    zone = pack.entry_point(row["entry_point"]).zone
    return {
        "place": name("offer"),
        "stay": name("stay"),
        "fallback": name("fallback"),
        "far": f" ({km} km)" if km else "",
        "until": _local(parse_instant(until), zone, language) if until else "?",
    }


def _local(at: datetime, zone: str, language: Language) -> str:
    here = at.astimezone(ZoneInfo(zone))
    day = here.date().isoformat()
    return f"{day}, {here:%H} h {here:%M}" if language == "fr" else f"{day}, {here:%H:%M}"


def _why_not_elsewhere(reason: Reason | None, pack: Pack, language: Language) -> list[str]:
    fr = language == "fr"
    said = []
    for other in reason.elsewhere if reason else ():
        name = site_name(pack, other.site, language)
        if other.code == "rule":
            text = (
                "une règle en vigueur ne permet pas d'y offrir une place maintenant"
                if fr
                else "a rule in force does not allow a place to be offered there now"
            )
        elif other.code in ("full", "ramp", "unknown", "consent"):
            text = (
                "aucune place libre pour votre ménage" if fr else "no free place for your household"
            )
        else:
            text = "possible, mais moins indiqué" if fr else "possible, but less suited"
            if other.code == "due":
                text = (
                    "possible, mais la répartition entre les provinces compte"
                    if fr
                    else "possible, but the sharing between provinces counts"
                )
        said.append(f"- {name}{' :' if fr else ':'} {text}.")
    if not said:
        return []
    return ["Pourquoi pas ailleurs :" if fr else "Why not elsewhere:", *said]
