"""What a household is told about its own case: plain words, nobody else's data, how to contest.

Says nothing of points or of what anybody is worth, and never names a place to avoid. What is said
follows from the state of the case: a place that is only proposed is never called an offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from partage.core.plan import Elsewhere, Reason
from partage.core.units import parse_instant
from partage.packs.loader import Pack
from partage.report.words import Language, site_name

_KEEP = (
    "You keep the roof you have.",
    "Vous gardez l'abri que vous avez.",
)
_BY_STATE: Mapping[str, tuple[str, str]] = {
    "waiting": (
        "No decision has been made about a place for you yet. {keep} We look again with each plan.",
        "Aucune décision n'est encore prise sur une place pour vous. {keep} Nous cherchons de "
        "nouveau à chaque plan.",
    ),
    "unplaced": (
        "We looked for a place for you, and no site that may take you had one for your whole "
        "household. {keep} We look again with each plan.",
        "Nous avons cherché une place pour vous, et aucun lieu possible n'en avait une pour tout "
        "votre ménage. {keep} Nous cherchons de nouveau à chaque plan.",
    ),
    "outside-engine": (
        "An officer will speak with you in person; no computer proposes a place for you. {keep}",
        "Une agente ou un agent vous parlera en personne; aucun ordinateur ne propose de place pour "
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
        "Please answer by {until}. If you do not answer, nothing is lost: you keep a roof.",
        "On vous offre une place : {place}{far}. Il y a de la place pour tout votre ménage, ensemble. "
        "Veuillez répondre au plus tard {until}. Sans réponse, rien n'est perdu : vous gardez un abri.",
    ),
    "bound": (
        "You accepted a place at {place}{far}. An officer will tell you when and how you travel. Until "
        "you leave you may change your mind: a place stays held for you at {fallback}.",
        "Vous avez accepté une place : {place}{far}. On vous dira quand et comment vous voyagerez. "
        "Jusqu'au départ, vous pouvez changer d'avis : une place vous reste réservée ({fallback}).",
    ),
    "travelling": (
        "You are on your way to {place}.",
        "Vous êtes en route. Destination : {place}.",
    ),
    "hosted": ("Your place is at {stay}.", "Votre place : {stay}."),
    "kept": (
        "The place that was offered was not taken, or no answer was written down in time. Not taking "
        "it is your right, and it is not held against you. {keep} A place is kept for you at "
        "{fallback}; an officer will tell you when you can move there. If you did want the place, "
        "say so.",
        "La place offerte n'a pas été prise, ou aucune réponse n'a été notée à temps. Ne pas la "
        "prendre est votre droit, et ce n'est pas retenu contre vous. {keep} Une place vous est "
        "réservée ({fallback}); on vous dira quand vous pourrez y aller. Si vous vouliez la place, "
        "dites-le.",
    ),
    "unknown": (
        "We do not know where you are, and we are looking for you so that you have a place.",
        "Nous ne savons pas où vous êtes et nous vous cherchons pour que vous ayez une place.",
    ),
    "counted": (
        "You were counted when you arrived. An officer will ask who you are and what you need. {keep}",
        "On vous a comptés à votre arrivée. Un agent vous demandera qui vous êtes et ce qu'il vous "
        "faut. {keep}",
    ),
    "left": ("Your case here is closed.", "Votre dossier ici est fermé."),
}
_REFUSAL = (
    "You may say no. If you do, you keep a roof: a place is held for you at {fallback}. A refusal is "
    "not held against you.",
    "Vous pouvez dire non. Vous gardez alors un abri : une place vous est réservée ({fallback}). "
    "Un refus n'est pas retenu contre vous.",
)
_STILL_THERE = (
    "That rule is about where a place may be offered now, and it makes an exception for whoever has "
    "said no: so the place that is kept for you if you say no can be at {fallback}, where none may be "
    "offered to you.",
    "Cette règle dit où une place peut être offerte maintenant, et elle fait une exception pour qui a "
    "dit non : la place qui vous est réservée si vous refusez peut donc être là ({fallback}), où aucune "
    "ne peut vous être offerte.",
)
_CONTEST = (
    "If you think this is wrong, or if something about your household has changed, tell any officer "
    "or write it down; a person will look at it again and answer you.",
    "Si vous pensez que c'est une erreur, ou si quelque chose a changé dans votre ménage, dites-le à "
    "une agente ou à un agent, ou écrivez-le; une personne reverra votre dossier et vous répondra.",
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
    if state == "waiting" and reason is not None and reason.decided == "none":
        state = "unplaced"
    names = _names(row, reason, pack, language)
    lines = []
    if row.get("synthetic"):
        lines.append(
            "(ménage synthétique : aucune personne réelle n'est décrite)"
            if fr
            else "(synthetic household: nobody is described here)"
        )
    lines.append(_BY_STATE[state][fr].format(keep=_KEEP[fr], **names))
    if state == "offered":
        lines.append(_REFUSAL[fr].format(**names))
    if state in ("offered", "unplaced"):
        lines += _why_not_elsewhere(reason, pack, language)
        if state == "offered" and fallback_by_exception(row, reason, pack):
            lines.append(_STILL_THERE[fr].format(**names))
        lines.append(_HOW[fr])
    lines.append(_CONTEST[fr])
    return "\n".join(lines)


def fallback_by_exception(row: Mapping[str, Any], reason: Reason | None, pack: Pack) -> bool:
    """Whether the fallback place is in a region where a rule lets no place be offered to this household."""
    site = (row.get("fallback") or {}).get("site")
    if not site or reason is None:
        return False
    ruled_out = {pack.site(one.site).region for one in reason.elsewhere if one.code == "rule"}
    return pack.site(site).region in ruled_out


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
        "until": local_time(parse_instant(until), zone, language) if until else "?",
    }


DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def local_time(at: datetime, zone: str, language: Language) -> str:
    """A day and hour as one says them there, local to where the household is."""
    here = at.astimezone(ZoneInfo(zone))
    if language == "fr":
        day = f"le {DAYS[here.weekday()]} {here.day} {MONTHS[here.month - 1]} {here.year}"
        return f"{day} à {here.hour} h {here:%M} (heure locale)"
    return f"{here:%H:%M} on {here:%A} {here.day} {here:%B} {here.year} (local time)"


_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "rule": (
        "a rule in force does not allow a place to be offered there now ({title})",
        "une règle en vigueur ne permet pas d'y offrir une place maintenant (sa source, en anglais : "
        "« {title} »)",
    ),
    "consent": (
        "no places have been agreed to there for now",
        "aucune place n'y est convenue pour l'instant",
    ),
    "silent": (
        "it is not known for sure what is free there now",
        "on ne sait pas avec certitude ce qui y est libre maintenant",
    ),
    "unknown": (
        "it is not known whether what you need or asked for is there",
        "on ne sait pas si ce qu'il vous faut ou que vous avez demandé s'y trouve",
    ),
    "full": (
        "not enough room, or not what your household needs or asked for",
        "pas assez de place, ou pas ce qu'il faut à votre ménage ou qu'il a demandé",
    ),
    "ramp": (
        "no more people can arrive there on that day",
        "plus personne ne peut y arriver ce jour-là",
    ),
    "cap": (
        "the city or province can receive no more people now",
        "la ville ou la province ne peut pas accueillir plus de personnes pour l'instant",
    ),
    "ends": (
        "places there are only for a short time",
        "les places n'y sont que pour peu de temps",
    ),
    "blocked": ("places there are closed for now", "des places y sont fermées pour l'instant"),
    "due": (
        "possible, but that province would then have more than its agreed part, or another less",
        "possible, mais cette province aurait alors plus que sa part convenue, ou une autre moins",
    ),
    "by-hand": (
        "an officer is looking for a place with you",
        "une personne cherche une place avec vous",
    ),
    "beside": (
        "you asked to be with a household that has a place elsewhere",
        "vous avez demandé d'être avec un ménage qui a une place ailleurs",
    ),
    **dict.fromkeys(
        ("stay", "decided", "moves", "place-kept"),
        (
            "possible, but another place was already being prepared for you",
            "possible, mais on préparait déjà une autre place pour vous",
        ),
    ),
    "short-ride": ("possible, but farther away", "possible, mais plus loin"),
    "wish": (
        "possible, but in a region that you did not ask for",
        "possible, mais dans une région que vous n'avez pas demandée",
    ),
    "language": (
        "possible, but with less in a language of yours",
        "possible, mais avec moins de services dans une de vos langues",
    ),
    "roof": (
        "possible, but others would have no place",
        "possible, mais d'autres resteraient sans place",
    ),
    "ceiling": (
        "that province has as many people as it is to receive for now",
        "cette province accueille autant de personnes qu'elle doit en accueillir pour l'instant",
    ),
    "near": (
        "a place near the household that you are linked to comes first",
        "une place près du ménage auquel vous êtes lié passe avant",
    ),
    "unsettled": ("possible; an officer can look again", "possible; un agent peut revoir"),
    "lot": ("just as good; a draw decided", "tout aussi bien; un tirage au sort a décidé"),
}


def _why_not_elsewhere(reason: Reason | None, pack: Pack, language: Language) -> list[str]:
    fr = language == "fr"
    said = [
        f"- {site_name(pack, other.site, language)}{' :' if fr else ':'} "
        f"{_ELSEWHERE[_why(other)][fr].format(**other.args)}."
        for other in (reason.elsewhere if reason else ())
    ]
    if not said:
        return []
    return ["Pourquoi pas ailleurs :" if fr else "Why not elsewhere:", *said]


def _why(other: Elsewhere) -> str:
    """Points are never named to a household; what they are for is."""
    return str(other.args["priority"]) if other.code == "points" else other.code
