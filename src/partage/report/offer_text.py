"""The offer as a household reads it, in its language: place, distance, what is there, what no means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.core.errors import InputRefused, WrongState, shown
from partage.core.units import parse_instant
from partage.packs.pack import Pack
from partage.report.household import local_time
from partage.report.words import Language, site_name

ACCEPTED = {
    "en": "You have accepted this place ({place}). There is nothing more to answer: an officer tells you "
    "when and how you travel. You may still change your mind until you leave. Below is the offer as it "
    "was put to you.",
    "fr": "Vous avez accepté cette place ({place}). Il n’y a plus rien à répondre : on vous dira quand et "
    "comment vous voyagerez. Vous pouvez encore changer d’avis jusqu’au départ. Voici l’offre telle "
    "qu’elle vous a été faite.",
}


def offer_text(
    case: str,
    row: Mapping[str, Any],
    pack: Pack,
    language: str,
    agreed: Mapping[str, int],
    conditions: tuple[str, ...] = (),
    contact: str = "",
) -> str:
    """The text of the offer that a case holds; refused in a language that has no approved text.

    ``agreed`` are units by service at the place on the day of the offer. Names of places and
    services are in English in a translation that is neither of the two.
    """
    held = row.get("offer")
    if not held:
        raise WrongState(f"{case} holds no offer.", "Offer a place first.")
    if language not in pack.texts:
        raise InputRefused(
            f"There is no approved text in {shown(language, otherwise='that language')}.",
            f"Use one of: {', '.join(sorted(pack.texts)) or 'none in this pack'}; with an interpreter.",
        )
    speaks: Language = "fr" if language == "fr" else "en"
    fr = speaks == "fr"
    zone = pack.entry_point(row["entry_point"]).zone
    km = pack.distances.get((row["entry_point"], held["site"]))
    there = [
        service.name_fr if fr else service.name_en
        for service in pack.services
        if agreed.get(service.id) and service.id != "person"
    ]
    nothing = (
        "un toit; le reste n'est pas connu" if fr else "a roof; what else is there is not known"
    )
    said = "; ".join(conditions)
    word = "Conditions : " if fr else "Conditions: "
    desk = (
        "la réception du lieu où vous logez" if fr else "the desk of the place where you live now"
    )
    values = {
        "case": case,
        "place": site_name(pack, held["site"], speaks),
        "far": f" ({km} km)" if km else "",
        "there": ", ".join(there) or nothing,
        "conditions": f"{word}{said}.\n" if said else "",
        "until": local_time(parse_instant(held["until"]), zone, speaks),
        "fallback": site_name(pack, row["fallback"]["site"], speaks),
        "contact": contact or desk,
    }
    text = pack.texts[language]
    if row.get("state") == "bound":
        text = _accepted(text, language)
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _accepted(text: str, language: str) -> str:
    """The offer as it was put, under words that it was accepted: nobody who said yes is asked again.

    The line that asks for an answer goes in English and French; an approved translation is left whole,
    under the two sentences.
    """
    if language not in ACCEPTED:
        return "\n".join((*ACCEPTED.values(), "", text))
    kept = [line for line in text.splitlines() if "{until}" not in line]
    return "\n".join((ACCEPTED[language], "", *kept))
