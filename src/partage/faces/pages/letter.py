"""The letter with a code: what an adult of a household is given on paper, to read or print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any, Literal
from urllib.parse import quote

from partage.report.document import Block, Document, Section
from partage.report.household import DAYS, MONTHS

Pair = tuple[str, str]
TITLE: Pair = ("Your letter, and your own page", "Votre lettre, et votre page")
KIND: Pair = (
    "For adult {adult} of household {case}",
    "Pour l’adulte {adult} du ménage {case}",
)
OFFER: Pair = ("What we tell you", "Ce que nous vous disons")
PAGE: Pair = ("Your own page", "Votre page")
WHAT: Pair = (
    "With this code you see your offer and answer it for yourself, ask for another look, say what is "
    "wrong, and see who read what is known of you. No account is needed. You may also do all of it with an "
    "officer.",
    "Avec ce code, vous voyez votre offre et y répondez pour vous-même, demandez un nouvel examen, dites "
    "ce qui est faux et voyez qui a lu ce que l’on sait de vous. Aucun compte n’est nécessaire. Vous "
    "pouvez aussi tout faire avec une agente ou un agent.",
)
WHERE: Pair = ("Address: {address}", "Adresse : {address}")
CODE: Pair = ("Your code: {code}", "Votre code : {code}")
SQUARE: Pair = (
    "A square with this address and this code, for the camera of a telephone",
    "Un carré avec cette adresse et ce code, pour l’appareil photo d’un téléphone",
)
UNTIL: Pair = ("Good until {day}.", "Valable jusqu’au {day}.")
KEEP: Pair = (
    "Keep it as you keep a key: whoever has it sees your page. If it is lost, ask any desk for a new one; "
    "it is free, and the old code then opens nothing. Another adult has a letter of their own.",
    "Gardez-la comme une clé : qui l’a voit votre page. Si elle est perdue, demandez-en une nouvelle à "
    "n’importe quelle réception; c’est gratuit, et l’ancien code n’ouvre alors plus rien. Un autre adulte "
    "a sa propre lettre.",
)
INTERPRETER: Pair = (
    "This text is not approved yet in your language ({code}): an interpreter reads it to you. It costs "
    "you nothing. Do not answer before you have understood.",
    "Ce texte n’est pas encore approuvé dans votre langue ({code}) : une ou un interprète vous le lit. "
    "C’est gratuit. Ne répondez pas avant d’avoir compris.",
)
FOOTER: Pair = (
    "Nothing is lost with this paper. A no costs you no roof.",
    "Rien ne se perd avec ce papier. Un non ne vous coûte aucun abri.",
)


def link(address: str, language: str, code: str) -> str:
    """What the square says: the address of the page and, after ``#``, told to no server, the code."""
    return f"{address.rstrip('/')}/{language}/own/open#{quote(code, safe='-')}"


def square(address: str, language: str, code: str, title: str) -> str:
    """The square as a drawing that says what it is."""
    import segno

    made = BytesIO()
    segno.make(link(address, language, code), error="m", micro=False).save(
        made, kind="svg", scale=4, border=4, xmldecl=False, title=title
    )
    return made.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)


def letter_document(
    case: str, adult: int, code: str, said: Mapping[str, Any], language: str, *, address: str, until: str
) -> Document:  # fmt: skip
    """The letter of one adult; ``said`` is what the office answers for its text."""
    lang: Literal["en", "fr"] = "fr" if language == "fr" else "en"
    fr = lang == "fr"
    texts = dict(said["offer"]) or {lang: said["letter"]}
    told = tuple(
        Block("para", line, lang=one if one != lang else "")
        for one, text in texts.items()
        for line in text.splitlines()
        if line.strip()
    )
    if said["interpreter"]:
        told = (Block("para", INTERPRETER[fr].format(code=said["interpreter"])), *told)
    plain = f"{address.rstrip('/')}/{lang}/own/open"
    page = (
        Block("para", WHAT[fr]),
        Block("para", WHERE[fr].format(address=plain)),
        Block("para", CODE[fr].format(code=code)),
        Block("drawing", SQUARE[fr], svg=square(address, lang, code, SQUARE[fr]), width_mm=35),
        Block("para", UNTIL[fr].format(day=day_of(until, lang))),
        Block("para", KEEP[fr]),
    )
    return Document(
        lang, TITLE[fr], KIND[fr].format(adult=adult, case=case),
        (Section(OFFER[fr], told), Section(PAGE[fr], page)), FOOTER[fr],
    )  # fmt: skip


def day_of(text: str, language: str) -> str:
    """A day as one says it."""
    on = date.fromisoformat(text)
    if language == "fr":
        return f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"
    return f"{on:%A} {on.day} {on:%B} {on.year}"
