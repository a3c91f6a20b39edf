"""Every word of the page in both languages, and numbers as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from partage.report.shown import Count

Language = Literal["en", "fr"]
THIN, NBSP = "\u202f", "\u00a0"  # narrow no-break space between thousands in French

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Policies side by side", "Politiques côte à côte"),
    "other": ("Français", "English"),
    "as_if": (
        "Each policy is shown as if in force, for the same households and the same places. Nobody is "
        "moved by this page.",
        "Chaque politique est montrée comme si elle était en vigueur, pour les mêmes ménages et les "
        "mêmes places. Cette page ne déplace personne.",
    ),
    "synthetic": (
        "The households are synthetic: no real person is described here.",
        "Les ménages sont synthétiques : aucune personne réelle n’est décrite ici.",
    ),
    "days": ("Days", "Jours"),
    "contents": ("On this page", "Sur cette page"),
    "measure": ("Measure", "Mesure"),
    "summary_caption": (
        "Every measure a row, every policy a column; persons, unless the row says otherwise",
        "Chaque mesure sur une ligne, chaque politique dans une colonne; des personnes, sauf indication",
    ),
    "basis": (
        "Tariffs, keys and assumptions with their sources are at the end of the page.",
        "Les tarifs, les clés et les hypothèses, avec leurs sources, sont à la fin de la page.",
    ),
    "summary": ("In short", "En bref"),
    "policy": ("Policy", "Politique"),
    "persons": ("Persons", "Personnes"),
    "placed": ("With a place", "Avec une place"),
    "unplaced": ("Without a place yet", "Sans place encore"),
    "outside": ("With an officer", "Suivies par un agent"),
    "wishes": (
        "Wishes met, of persons who stated one",
        "Souhaits respectés, parmi les personnes qui en ont exprimé un",
    ),
    "language": (
        "Services in a language asked for: households placed where they are, of those who asked",
        "Services demandés dans une langue : ménages placés là où ils existent, parmi ceux qui les ont "
        "demandés",
    ),
    "linked": (
        "Linked groups: together / in the same province / all",
        "Groupes liés : ensemble / dans la même province / tous",
    ),
    "longest": ("Longest ride", "Plus long trajet"),
    "cost": ("Cost per day of those placed", "Coût par jour des personnes placées"),
    "asked": (
        "Offered a place in a province they neither entered by nor wished for",
        "Place offerte dans une province où elles ne sont pas entrées et qu’elles n’ont pas souhaitée",
    ),
    "declines": (
        "Of these, would decline if the share assumed below held",
        "Parmi elles, refuseraient si la part supposée plus bas se vérifiait",
    ),
    "proven": ("Best plan proven", "Meilleur plan prouvé"),
    "mechanism": ("Mechanism", "Mécanisme"),
    "kind": ("Kind, version", "Nature, version"),
    "review": ("To be looked at again", "À réexaminer"),
    "yes": ("yes", "oui"),
    "not_claimed": ("not claimed", "non affirmé"),
    "unknown": ("unknown", "inconnu"),
    "no_key": ("no key", "aucune clé"),
    "no_part": ("no part", "hors clé"),
    "due_notes": (
        "In brackets: the part due. No key = the policy names no key. No part = the province or "
        "territory takes no part in that key.",
        "Entre parenthèses : la part due. Aucune clé = la politique ne nomme aucune clé. Hors clé = la "
        "province ou le territoire ne prend pas part à cette clé.",
    ),
    "no_date": ("no date", "aucune date"),
    "none": ("none", "aucun"),
    "nobody": ("nobody", "personne"),
    "no_place": ("no place", "sans place"),
    "provinces": (
        "Persons due and placed by province or territory",
        "Personnes dues et placées par province ou territoire",
    ),
    "province": ("Province or territory", "Province ou territoire"),
    "due_placed": ("placed (due)", "placées (dues)"),
    "chart": ("Chart: persons placed and due", "Graphique : personnes placées et dues"),
    "chart_desc": (
        "The same numbers as in the table above, for the provinces and territories with any.",
        "Les mêmes nombres que dans le tableau ci-dessus, là où il y en a.",
    ),
    "chart_key": (
        "Bar: persons placed. Upright line: part due. The scale is the same for all policies; the "
        "numbers are those of the table above.",
        "Barre : personnes placées. Trait vertical : part due. L’échelle est la même pour toutes les "
        "politiques; les nombres sont ceux du tableau ci-dessus.",
    ),
    "due": ("due {}", "dues : {}"),
    "map": (
        "Map: persons placed by province or territory",
        "Carte : personnes placées par province ou territoire",
    ),
    "map_desc": (
        "The darker, the more persons; the numbers are listed below the map and in the table.",
        "Plus c’est foncé, plus il y a de personnes; les nombres sont sous la carte et dans le tableau.",
    ),
    "map_key": ("Shades: persons placed", "Teintes : personnes placées"),
    "map_none": ("This pack has no map.", "Cet ensemble de données n’a pas de carte."),
    "map_twin": ("The numbers of the map", "Les nombres de la carte"),
    "sites": ("By site, against its places", "Par lieu, en regard de ses places"),
    "sites_caption": (
        "Persons placed per site over these days, and its places for persons on the last day",
        "Personnes placées par lieu au cours de ces jours, et ses places pour personnes le dernier jour",
    ),
    "site": ("Site", "Lieu d’hébergement"),
    "places": ("Places for persons, last day", "Places pour personnes, dernier jour"),
    "ride": ("Ride", "Trajet"),
    "over": (
        "over what was agreed: {} there",
        "au-delà de ce qui est convenu : {} sur place",
    ),
    "why": ("Why people are without a place", "Pourquoi des personnes sont sans place"),
    "why_caption": (
        "Persons without a place, by what stood against it",
        "Personnes sans place, selon ce qui s’y opposait",
    ),
    "reason": ("What stood against it", "Ce qui s’y opposait"),
    "keep": ("Everybody here keeps the roof they have.", "Tout le monde ici garde l’abri qu’il a."),
    "differs": ("Who would be treated otherwise", "Qui serait traité autrement"),
    "differs_caption": ("Households treated otherwise", "Ménages traités autrement"),
    "group": ("Group", "Groupe"),
    "all": ("Households", "Ménages"),
    "otherwise": ("treated otherwise", "traités autrement"),
    "other_region": ("other province", "autre province"),
    "loses": ("would lose a place", "perdraient une place"),
    "gains": ("would gain a place", "gagneraient une place"),
    "before_after": ("Province before and after, in households", "Province avant et après, en ménages"),
    "before": ("Before", "Avant"),
    "after": ("After", "Après"),
    "small": ("1-4", "1 à 4"),
    "or_more": ("{} or more", "{} ou plus"),
    "hidden": (
        "1-4 = hidden, so that nobody can be picked out; “or more” where the exact number would give a "
        "hidden one away.",
        "1 à 4 = masqué, pour que personne ne puisse être reconnu; « ou plus » là où le nombre exact "
        "trahirait un nombre masqué.",
    ),
    "notes": ("What the numbers rest on", "Sur quoi reposent les nombres"),
    "notes_language": (
        "Definitions and assumptions are quoted as the data have them.",
        "Les définitions et les hypothèses sont citées telles que les données les donnent, en anglais.",
    ),
    "keys": ("Keys and their figures", "Clés et leurs chiffres"),
    "triggers": ("Triggers", "Déclencheurs"),
    "costs": ("Tariffs", "Tarifs"),
    "decline": ("Declines", "Refus"),
    "assumptions": ("Assumptions", "Hypothèses"),
    "map_credit": (
        "Map: Victor Cazanave, svg-maps, CC BY 4.0, simplified.",
        "Carte : Victor Cazanave, svg-maps, CC BY 4.0, simplifiée.",
    ),
    # mechanisms
    "mechanism.optimum": ("plan of greatest value", "plan de plus grande valeur"),
    "mechanism.greedy": ("longest wait first", "plus longue attente d’abord"),
    "mechanism.lottery": ("by lot", "par tirage au sort"),
    "mechanism.key_only": ("by the key alone", "par la clé seule"),
    "mechanism.easy": ("as EASY in Germany", "comme EASY en Allemagne"),
    # kinds
    "proposal": ("proposal", "proposition"),
    "law": ("law", "loi"),
    "historical": ("historical", "historique"),
    # what stood against a place
    "why.full": ("no room for the whole household", "pas de place pour tout le ménage"),
    "why.ramp": ("limit of the day", "limite du jour"),
    "why.cap": (
        "most persons of the city or province reached",
        "plus grand nombre de personnes de la ville ou de la province atteint",
    ),
    "why.ends": ("agreed for too few nights", "convenu pour trop peu de nuits"),
    "why.blocked": ("places closed for now", "places fermées pour l’instant"),
    "why.unknown": ("capacity unknown", "capacité inconnue"),
    "why.silent": ("silent too long", "silencieux depuis trop longtemps"),
    "why.consent": ("no agreement", "aucune entente"),
    "why.rule": ("excluded by a rule", "exclu par une règle"),
    "why.ceiling": ("most persons of the province reached", "maximum de la province atteint"),
    "why.near": ("waits for the household it is linked to", "attend le ménage auquel il est lié"),
    "why.none": ("no site was possible", "aucun lieu n’était possible"),
    # groups
    "everybody": ("everybody", "tout le monde"),
    "one person": ("one person", "une personne"),
    "3 persons or more": ("3 persons or more", "3 personnes ou plus"),
    "with children": ("with children", "avec enfants"),
    "language of choice: French": ("language of choice: French", "langue choisie : français"),
    "asked for a service in French": (
        "asked for a service in French", "ont demandé un service en français",
    ),
    "reduced mobility": ("reduced mobility", "mobilité réduite"),
    "linked to another household": ("linked to another household", "liés à un autre ménage"),
    "wishes to stay in the province of entry": (
        "wishes to stay in the province of entry", "souhaitent rester dans la province d’entrée",
    ),
    "wishes for another province": (
        "wishes for another province", "souhaitent une autre province",
    ),
}  # fmt: skip


MONTHS = (
    ("January", "janvier"), ("February", "février"), ("March", "mars"), ("April", "avril"),
    ("May", "mai"), ("June", "juin"), ("July", "juillet"), ("August", "août"),
    ("September", "septembre"), ("October", "octobre"), ("November", "novembre"),
    ("December", "décembre"),
)  # fmt: skip


class Voice:
    """One language: its words, and numbers, dates and money as it writes them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.french = language == "fr"

    def __call__(self, key: str, *parts: str) -> str:
        """The word in this language, with its parts put in."""
        word = WORDS[key][self.french]
        return word.format(*parts) if parts else word

    def number(self, value: int) -> str:
        """1,234 or 1 234."""
        return f"{value:,}".replace(",", THIN) if self.french else f"{value:,}"

    def tenth(self, value: Fraction) -> str:
        """A number with one decimal."""
        text = f"{float(value):,.1f}"
        return text.replace(",", THIN).replace(".", ",") if self.french else text

    def dollars(self, value: Fraction) -> str:
        """Canadian dollars, whole."""
        whole = self.number(round(value))
        return f"{whole}{NBSP}${NBSP}CA" if self.french else f"CAD{NBSP}{whole}"

    def km(self, value: int) -> str:
        """Kilometres."""
        return f"{self.number(value)}{NBSP}km"

    def of(self, part: int, whole: int) -> str:
        """3 of 7."""
        return f"{self.number(part)} {'sur' if self.french else 'of'} {self.number(whole)}"

    def day(self, iso: str) -> str:
        """February 11, 2023 or 11 février 2023; what is no date stays as it is."""
        try:
            day = date.fromisoformat(iso)
        except ValueError:
            return iso
        month = MONTHS[day.month - 1][self.french]
        if self.french:
            return f"{'1er' if day.day == 1 else day.day}{NBSP}{month} {day.year}"
        return f"{month}{NBSP}{day.day}, {day.year}"

    def headed(self, title: str, rest: str) -> str:
        """A title, a colon as the language sets it, and what follows."""
        return f"{title}{NBSP if self.french else ''}: {rest}"

    def count(self, count: Count) -> str:
        """A count of households as it may be shown."""
        if count.floor is not None:
            return self("or_more", self.number(count.floor))
        return self("small") if count.small else self.number(count.value)

    def mechanism(self, name: str) -> str:
        """A mechanism in words; one that has none keeps its name."""
        key = f"mechanism.{name}"
        return self(key) if key in WORDS else name
