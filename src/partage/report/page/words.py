"""Every word of the page in both languages, and numbers as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

Language = Literal["en", "fr"]
THIN = "\u202f"  # narrow no-break space between thousands in French

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
    "days": ("Days:", "Jours :"),
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
        "Linked groups together (in the same province), of all",
        "Groupes liés ensemble (dans la même province), sur tous",
    ),
    "longest": ("Longest ride", "Plus long trajet"),
    "cost": ("Cost per day of those placed", "Coût par jour des personnes placées"),
    "declines": (
        "Persons who would decline, under the stated assumption",
        "Personnes qui refuseraient, selon l’hypothèse indiquée",
    ),
    "proven": ("Best plan proven", "Meilleur plan prouvé"),
    "mechanism": ("Mechanism", "Mécanisme"),
    "kind": ("Kind, version", "Nature, version"),
    "review": ("To be looked at again", "À réexaminer"),
    "yes": ("yes", "oui"),
    "not_claimed": ("not claimed", "non affirmé"),
    "unknown": ("unknown", "inconnu"),
    "no_key": ("no key", "aucune clé"),
    "no_part": (
        "– = takes no part in the key of that policy.",
        "– = ne prend pas part à la clé de cette politique.",
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
    "chart": ("Chart: placed (bars) and due (marks)", "Graphique : placées (barres) et dues (traits)"),
    "chart_desc": (
        "The same numbers as in the table above.", "Les mêmes nombres que dans le tableau ci-dessus.",
    ),
    "due_axis": ("persons; the mark is what is due", "personnes; le trait est la part due"),
    "map": (
        "Map: persons placed by province or territory",
        "Carte : personnes placées par province ou territoire",
    ),
    "map_none": ("This pack has no map.", "Cet ensemble de données n’a pas de carte."),
    "map_twin": ("The numbers of the map", "Les nombres de la carte"),
    "sites": ("By site, against its places", "Par lieu, en regard de ses places"),
    "site": ("Site", "Lieu d’hébergement"),
    "places": ("Places for persons, last day", "Places pour personnes, dernier jour"),
    "ride": ("Ride", "Trajet"),
    "over": ("more there than agreed", "plus que ce qui est convenu"),
    "why": ("Why people are without a place", "Pourquoi des personnes sont sans place"),
    "reason": ("What stood against it", "Ce qui s’y opposait"),
    "keep": ("Everybody here keeps the roof they have.", "Tout le monde ici garde l’abri qu’il a."),
    "differs": ("Who would be treated otherwise", "Qui serait traité autrement"),
    "group": ("Group", "Groupe"),
    "all": ("Households", "Ménages"),
    "otherwise": ("treated otherwise", "traités autrement"),
    "other_region": ("other province", "autre province"),
    "loses": ("would lose a place", "perdraient une place"),
    "gains": ("would gain a place", "gagneraient une place"),
    "before_after": ("Province before and after, in households", "Province avant et après, en ménages"),
    "before": ("Before", "Avant"),
    "after": ("After", "Après"),
    "hidden": (
        "1-4 = hidden, so that nobody can be picked out.",
        "1-4 = masqué, pour que personne ne puisse être reconnu.",
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
    # kinds
    "proposal": ("proposal", "proposition"),
    "law": ("law", "loi"),
    "historical": ("historical", "historique"),
    # what stood against a place
    "why.full": ("no room for the whole household", "pas de place pour tout le ménage"),
    "why.ramp": ("limit of the day", "limite du jour"),
    "why.ends": ("agreed for too few nights", "convenu pour trop peu de nuits"),
    "why.blocked": ("places closed for now", "places fermées pour l’instant"),
    "why.unknown": ("capacity unknown", "capacité inconnue"),
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


class Voice:
    """One language: its words, and numbers as it writes them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.french = language == "fr"

    def __call__(self, key: str) -> str:
        """The word in this language."""
        return WORDS[key][self.french]

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
        return f"{whole} $ CA" if self.french else f"CAD {whole}"

    def of(self, part: int, whole: int) -> str:
        """3 of 7."""
        return f"{self.number(part)} {'sur' if self.french else 'of'} {self.number(whole)}"
