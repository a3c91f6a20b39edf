"""Reasons in words for officers, in English and French; ``household.py`` has the other register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from partage.core.plan import Elsewhere, Reason
from partage.packs.loader import Pack

Language = Literal["en", "fr"]

_OFFICER: Mapping[str, tuple[str, str]] = {
    "rule": ("rule {number} excludes it ({title})", "la règle {number} l'exclut ({title})"),
    "consent": (
        "no agreement covers places there on that day",
        "aucune entente n'y couvre de places ce jour-là",
    ),
    "unknown": (
        "the capacity of {service} is unknown there, so it cannot be counted on",
        "la capacité de {service} y est inconnue : on ne peut pas compter dessus",
    ),
    "silent": (
        "it has said nothing for too long, so plans leave it out until it does",
        "il n'a rien dit depuis trop longtemps : les plans l'omettent d'ici là",
    ),
    "full": (
        "no room left; needed, with what is left in brackets: {short}",
        "plus de place; il faut, avec ce qui reste entre parenthèses : {short}",
    ),
    "ramp": (
        "its limit of arrivals for the day is reached; needed, with what is left: {short}",
        "sa limite d'arrivées du jour est atteinte; il faut, avec ce qui reste : {short}",
    ),
    "cap": (
        "the most persons that its city or province agreed to are reached; needed, with what is "
        "left: {short}",
        "le plus grand nombre de personnes que sa ville ou sa province a accepté est atteint; il faut, "
        "avec ce qui reste : {short}",
    ),
    "ends": (
        "places there are agreed for too few nights; needed, with what is left: {short}",
        "les places y sont convenues pour trop peu de nuits; il faut, avec ce qui reste : {short}",
    ),
    "blocked": (
        "places there are blocked for now; needed, with what is left: {short}",
        "des places y sont bloquées pour l'instant; il faut, avec ce qui reste : {short}",
    ),
    "due": (
        "{persons} more person(s) would be missing from what the regions are due",
        "il manquerait {persons} personne(s) de plus à ce qui revient aux régions",
    ),
    "points": (
        "fewer points for '{priority}': {there} per person against {here} here",
        "moins de points pour « {priority} » : {there} par personne contre {here} ici",
    ),
    "unsettled": (
        "would serve the priorities better; this plan was made without finding it",
        "servirait mieux les priorités; ce plan a été fait sans le trouver",
    ),
    "ceiling": (
        "its region would pass the most that the policy lets it have today ({most} persons)",
        "sa région dépasserait le maximum que la politique lui laisse aujourd'hui ({most} personnes)",
    ),
    "by-hand": (
        "an officer said: no place yet",
        "une agente ou un agent a dit : pas encore de place",
    ),
    "beside": (
        "a household it is linked to holds an offer elsewhere, and they stay together",
        "un ménage auquel il est lié a une offre ailleurs, et ils restent ensemble",
    ),
    "points:stay": (
        "its line is here; a move must gain more than this one does",
        "sa ligne est ici; un changement doit apporter plus que celui-ci",
    ),
    "points:decided": (
        "a person decided on the place here",
        "une personne a décidé de la place ici",
    ),
    "points:moves": (
        "its line is here, and as many households move as the policy allows",
        "sa ligne est ici, et autant de ménages changent que la politique le permet",
    ),
    "points:place-kept": (
        "those who had a place have one first",
        "ceux qui avaient une place en ont une d'abord",
    ),
    "near": (
        "the household it is linked to is in another region ({region})",
        "le ménage auquel il est lié est dans une autre région ({region})",
    ),
    "lot": ("exactly as good; decided by lot", "exactement aussi bon ; tranché par le sort"),
}
_DECIDED: Mapping[str, tuple[str, str]] = {
    "only": ("no other site was possible", "aucun autre lieu n'était possible"),
    "limit": ("a better site had a limit", "un meilleur lieu avait une limite"),
    "order": (
        "every other possible site serves the priorities less well",
        "tout autre lieu possible sert moins bien les priorités",
    ),
    "room": (
        "another site was as good, but had no room",
        "un autre lieu était aussi bon, mais n'avait pas de place",
    ),
    "lot": ("another site was exactly as good", "un autre lieu était exactement aussi bon"),
    "unsettled": (
        "a better site had room, and this plan was made without finding it",
        "un meilleur lieu avait de la place, et ce plan a été fait sans le trouver",
    ),
    "none": ("no site could take this household", "aucun lieu ne pouvait accueillir ce ménage"),
}


def why_not(other: Elsewhere, language: Language = "en") -> str:
    """Why not that site, in one sentence for an officer."""
    code = f"{other.code}:{other.args.get('priority', '')}"
    return _OFFICER.get(code, _OFFICER[other.code])[language == "fr"].format(**other.args)


def decided_by(reason: Reason, pack: Pack, language: Language = "en") -> str:
    """Which limit decided, in one sentence for an officer."""
    said = _DECIDED[reason.decided][language == "fr"]
    if reason.by is None:
        return said
    return f"{said}: {site_name(pack, reason.by.site, language)}: {why_not(reason.by, language)}"


def why_here(reason: Reason, language: Language = "en") -> str:
    """Why this site, in one sentence for an officer."""
    here, parts = reason.here, []
    fr = language == "fr"
    if "together" in here:
        parts.append(
            f"avec les ménages liés, {here['together']} en tout"
            if fr
            else f"together with the households linked to it, {here['together']} in all"
        )
    if "km" in here:
        parts.append(f"{here['km']} km")
    if here.get("wish"):
        parts.append("une région souhaitée" if fr else "a region it wishes for")
    if "language" in here:
        parts.append(
            f"{here['language']} points par personne pour la langue"
            if fr
            else f"{here['language']} points per person for language"
        )
    if "short-ride" in here:
        parts.append(
            f"{here['short-ride']} points par personne pour un trajet court"
            if fr
            else f"{here['short-ride']} points per person for a short ride"
        )
    if "due" in here:
        parts.append(
            f"il revient à sa région {here['due']} personnes, et elle en a {here['placed']} avec ce plan"
            if fr
            else f"its region is due {here['due']} persons and has {here['placed']} with this plan"
        )
    return "; ".join(parts) or ("sans place" if fr else "no place")


def site_name(pack: Pack, site: str, language: Language = "en") -> str:
    """The name of a site in that language."""
    place = pack.site(site)
    return place.name_fr if language == "fr" else place.name_en
