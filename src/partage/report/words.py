"""Reasons in words, in English and French: one register for officers, one for the household."""

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
    "full": (
        "no room left: needs {needed} {service}, {left} left after this plan",
        "plus de place : il faut {needed} {service}, il en reste {left} après ce plan",
    ),
    "ramp": (
        "its limit of arrivals for the day is reached: needs {needed}, {left} left after this plan",
        "sa limite d'arrivées du jour est atteinte : il faut {needed}, il reste {left} après ce plan",
    ),
    "due": (
        "{persons} more person(s) would be missing from what the regions are due",
        "il manquerait {persons} personne(s) de plus à ce qui revient aux régions",
    ),
    "points": (
        "fewer points for '{priority}': {there} per person against {here} here",
        "moins de points pour « {priority} » : {there} par personne contre {here} ici",
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
    "lot": ("another site was exactly as good", "un autre lieu était exactement aussi bon"),
    "none": ("no site could take this household", "aucun lieu ne pouvait accueillir ce ménage"),
}


def why_not(other: Elsewhere, language: Language = "en") -> str:
    """Why not that site, in one sentence for an officer."""
    return _OFFICER[other.code][language == "fr"].format(**other.args)


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
    if "short-ride" in here:
        parts.append(
            f"{here['short-ride']} points par personne pour un trajet court"
            if fr
            else f"{here['short-ride']} points per person for a short ride"
        )
    if "due" in here:
        parts.append(
            f"sa région doit {here['due']} personnes et en a {here['placed']} avec ce plan"
            if fr
            else f"its region is due {here['due']} persons and has {here['placed']} with this plan"
        )
    return "; ".join(parts) or ("sans place" if fr else "no place")


def site_name(pack: Pack, site: str, language: Language = "en") -> str:
    """The name of a site in that language."""
    place = pack.site(site)
    return place.name_fr if language == "fr" else place.name_en


def for_household(
    reason: Reason, site: str | None, pack: Pack, language: Language, *, synthetic: bool
) -> str:
    """The same reason for the people concerned: plain words, nobody else's data, and how to contest.

    Says nothing of points or of what anybody is worth; a place to avoid is never named.
    """
    lines = []
    fr = language == "fr"
    if synthetic:
        lines.append(
            "(ménage synthétique : personne n'est décrit ici)"
            if fr
            else "(synthetic household: nobody is described here)"
        )
    if site is None:
        lines.append(
            "Nous n'avons pas encore de place pour vous. Vous gardez l'abri que vous avez. "
            "Un agent cherche une place et vous en parlera."
            if fr
            else "We do not have a place for you yet. You keep the roof you have. "
            "An officer is looking for a place and will talk with you."
        )
    else:
        name, km = site_name(pack, site, language), reason.here.get("km")
        far = f" ({km} km)" if km else ""
        lines.append(
            f"On vous offre une place à {name}{far}. Il y a assez de place pour tout votre ménage."
            if fr
            else f"You are offered a place at {name}{far}. There is room for your whole household."
        )
    lines += _household_limits(reason, pack, language)
    lines += _household_rights(language, offered=site is not None)
    return "\n".join(lines)


def _household_limits(reason: Reason, pack: Pack, language: Language) -> list[str]:
    fr = language == "fr"
    said = []
    for other in reason.elsewhere:
        name = site_name(pack, other.site, language)
        if other.code == "rule":
            said.append(
                f"- {name} : une règle en vigueur ne permet pas d'y offrir une place."
                if fr
                else f"- {name}: a rule in force does not allow a place to be offered there."
            )
        elif other.code in ("full", "ramp", "unknown", "consent"):
            said.append(
                f"- {name} : il n'y a pas de place libre pour votre ménage."
                if fr
                else f"- {name}: there is no free place for your household."
            )
    if not said:
        return []
    return ["Pourquoi pas ailleurs :" if fr else "Why not elsewhere:", *said]


def _household_rights(language: Language, *, offered: bool) -> list[str]:
    if language == "fr":
        rights = [
            "Vous pouvez demander à un agent de revoir cette décision ; dites-le ou écrivez-le."
        ]
        if offered:
            rights.insert(
                0,
                "Vous pouvez refuser. Vous gardez alors un abri, et un refus n'est pas noté contre vous.",
            )
        return rights
    rights = ["You can ask an officer to review this decision; say so or write it."]
    if offered:
        rights.insert(
            0, "You may say no. You then keep a roof, and a refusal is not held against you."
        )
    return rights
