"""A policy in sentences, in English and French: what an officer reads before the file itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from partage.core.policy import HAIR_SHARE, KeyChoice, Policy, Priority, Rule, Trigger
from partage.packs.pack import Pack
from partage.report.words import Language

Pair = tuple[str, str]
Sentence = tuple[
    str, str
]  # what is said, and what the policy itself says in its own words ("" = nothing)

KINDS: Mapping[str, Pair] = {
    "proposal": ("a proposal", "une proposition"),
    "law": ("a law", "une loi"),
    "historical": (
        "what was done in the past: compared, never approved",
        "ce qui se faisait : comparé, jamais approuvé",
    ),
}
MODES: Mapping[str, Pair] = {
    "between-ports": ("between ports of entry", "entre les postes frontaliers"),
    "land-port": ("at a land port of entry", "à un poste frontalier terrestre"),
    "harbour": ("at a harbour", "dans un port maritime"),
    "airport": ("at an airport", "dans un aéroport"),
    "inland": ("inside the country", "à l'intérieur du pays"),
}
EXCEPTIONS: Mapping[str, Pair] = {
    "protected-path": (
        "those who are with an officer, never with the engine",
        "les ménages confiés à une personne, jamais au moteur",
    ),
    "medical-hold": (
        "those who may not travel for a medical reason",
        "les ménages qui ne peuvent voyager pour raison médicale",
    ),
    "declined-offer": ("those who declined an offer", "les ménages qui ont refusé une offre"),
}
AIMS: Mapping[str, Pair] = {
    "roof": (
        "a roof for as many persons as possible",
        "un toit pour le plus de personnes possible",
    ),
    "due": (
        "as few persons as possible short of what each province is due",
        "que le moins de personnes possible manquent à ce qui revient à chaque province",
    ),
    "short-ride": ("short rides", "des trajets courts"),
    "wish": (
        "as many as possible in a province their household wishes for",
        "le plus de personnes possible dans une province souhaitée par leur ménage",
    ),
    "language": (
        "provinces where their languages count",
        "des provinces où leurs langues comptent",
    ),
}


def sentences(
    policy: Policy, pack: Pack, language: Language, day: Callable[[date], str]
) -> list[Sentence]:
    """The policy, a sentence a thing that it says; ``day`` writes a day."""
    return _Saying(pack, language, day).all_of(policy)


class _Saying:
    def __init__(self, pack: Pack, language: Language, day: Callable[[date], str]) -> None:
        self.fr, self.day = language == "fr", day
        self.regions = {str(r.id): (r.name_en, r.name_fr) for r in pack.regions}
        self.points = {str(p.id): (p.name_en, p.name_fr) for p in pack.entry_points}
        self.services = {str(s.id): (s.name_en, s.name_fr) for s in pack.services}

    def all_of(self, policy: Policy) -> list[Sentence]:
        """Every sentence, in the order of a file."""
        said: list[Sentence] = [
            (f"{policy.id} {policy.version}: {self.of(KINDS, policy.kind)}.", policy.source.title),
            (self._dates(policy), policy.assumption),
        ]
        if policy.review_on:
            on = self.day(policy.review_on)
            said.append(
                (
                    self.two(
                        f"It must be looked at again on {on}.", f"Elle doit être revue le {on}."
                    ),
                    "",
                )
            )
        if policy.trigger:
            said.append(
                (
                    self.two("What brings it into force:", "Ce qui la met en vigueur :"),
                    policy.trigger,
                )
            )
        said += [(self._trigger(one), one.source.title) for one in policy.triggers]
        said.append((self._blind(policy), ""))
        said += [(self._rule(rule), rule.source.title) for rule in policy.rules]
        said.append((self._key(policy.key), policy.key.source.title if policy.key else ""))
        said += [
            (self._priority(number, one), one.source.title)
            for number, one in enumerate(policy.priorities)
        ]
        return said + [(one, "") for one in self._numbers(policy)]

    def two(self, english: str, french: str) -> str:
        """Which of the two."""
        return french if self.fr else english

    def of(self, names: Mapping[str, Pair], code: str) -> str:
        """The name of a code; the code itself where it has none."""
        return names[code][self.fr] if code in names else code

    def _list(self, names: Mapping[str, Pair], codes: Sequence[str]) -> str:
        return self.two(" or ", " ou ").join(self.of(names, code) for code in codes)

    def _dates(self, policy: Policy) -> str:
        first, last = policy.in_force_from, policy.in_force_to
        if first is None:
            return self.two("It is in force on no day.", "Elle n'est en vigueur aucun jour.")
        if last is None:
            return self.two(
                f"It is in force from {self.day(first)}, until somebody ends it.",
                f"Elle est en vigueur dès le {self.day(first)}, tant qu'on n'y met pas fin.",
            )
        return self.two(
            f"It is in force from {self.day(first)} to {self.day(last)}.",
            f"Elle est en vigueur du {self.day(first)} au {self.day(last)}.",
        )

    def _trigger(self, one: Trigger) -> str:
        region, service = self.of(self.regions, one.region), self.of(self.services, one.service)
        return self.two(
            f"Watched: {service} in {region} above {one.percent} % of what is agreed, {one.days} day(s) in "
            "a row. Nothing is put in force by it.",
            f"Surveillé : {service}, {region}, au-dessus de {one.percent} % de ce qui est convenu, "
            f"{one.days} jour(s) de suite. Cela ne met rien en vigueur.",
        )

    def _blind(self, policy: Policy) -> str:
        if policy.profile_blind:
            return self.two(
                "Nothing of it reads nationality, languages, wishes, ties or skills.",
                "Rien n'y lit la nationalité, les langues, les souhaits, les liens ni les "
                "compétences.",
            )
        return self.two(
            "It reads what households said of themselves: wishes or languages.",
            "Elle lit ce que les ménages ont dit d'eux-mêmes : souhaits ou langues.",
        )

    def _rule(self, rule: Rule) -> str:
        who = []
        if rule.modes:
            who.append(self.two("who entered ", "entrés ") + self._list(MODES, rule.modes))
        if rule.entry_points:
            points = self._list(self.points, rule.entry_points)
            who.append(self.two("who came by ", "venus par ") + points)
        where = ", ".join(self.of(self.regions, code) for code in rule.never)
        but = "; ".join(self.of(EXCEPTIONS, one) for one in rule.exceptions)
        some = (" " + self.two(" and ", " et ").join(who)) if who else ""
        return self.two(
            f"Rule {rule.number}: households{some} are never placed in: {where}"
            + (f"; except: {but}." if but else "; without exception."),
            f"Règle {rule.number} : les ménages{some} ne sont jamais placés dans : {where}"
            + (f" ; sauf : {but}." if but else " ; sans exception."),
        )

    def _key(self, key: KeyChoice | None) -> str:
        if key is None:
            return self.two(
                "No key: no province is due anything.",
                "Aucune clé : rien ne revient à aucune province.",
            )
        params = ", ".join(f"{name} = {_plain(value)}" for name, value in key.params.items())
        of = f" ({params})" if params else ""
        english = (
            f"What each province is due goes by the key '{key.name}'{of}, among "
            + ("those that agreed to places" if key.regions == "consenting" else "all of them")
            + f", rounded by '{key.rounding}'."
            + (" What is not met is carried to the next plan." if key.carry else "")
        )
        french = (
            f"Ce qui revient à chaque province suit la clé « {key.name} »{of}, entre "
            + ("celles qui ont convenu de places" if key.regions == "consenting" else "toutes")
            + f", arrondi par « {key.rounding} »."
            + (" Ce qui manque est reporté au prochain plan." if key.carry else "")
        )
        if key.ceiling:
            where = ", ".join(self.of(self.regions, code) for code in key.ceiling)
            english += f" What is due is also the most for: {where}."
            french += f" Ce qui revient est aussi le maximum pour : {where}."
        return self.two(english, french)

    def _priority(self, number: int, one: Priority) -> str:
        points = ", ".join(f"{value} {self._reach(name)}" for name, value in one.points.items())
        before = self.two("First: ", "D'abord : ") if number == 0 else self.two("Then: ", "Puis : ")
        tail = self.two(f" (points a person: {points})", f" (points par personne : {points})")
        lost = self.two(", where nothing above it is lost", ", sans rien perdre de ce qui précède")
        said = before + self.of(AIMS, one.id)
        return said + (tail if points else "") + (lost if number else "") + "."

    def _reach(self, name: str) -> str:
        """What points are for: a ride below so many km, or a language in a region."""
        far, spoken = re.fullmatch(r"under_(\d+)_km", name), re.fullmatch(r"([a-z]+):(.+)", name)
        if far:
            return self.two(f"under {far[1]} km", f"à moins de {far[1]} km")
        if spoken:
            region = self.of(self.regions, spoken[2])
            return self.two(f"for {spoken[1]} in {region}", f"pour {spoken[1]}, {region}")
        return name

    def _numbers(self, policy: Policy) -> list[str]:
        moves, stay, hair = policy.replan.moves_at_most, policy.replan.stay, policy.hair
        said = [
            self.two(
                f"A place must be free for {policy.nights} night(s).",
                f"Une place doit être libre {policy.nights} nuit(s).",
            ),
            self.two(
                f"A site silent for more than {policy.silent_hours} hour(s) is in no plan.",
                f"Un lieu muet depuis plus de {policy.silent_hours} heure(s) n'est dans aucun plan.",
            ),
            self.two(
                f"A plan made again moves at most {moves} household(s) that no roof needs moved",
                f"Un plan refait déplace au plus {moves} ménage(s) qu'aucun toit n'oblige à déplacer",
            )
            + (
                self.two(
                    f", for {stay} point(s) a person at the least.",
                    f", pour {stay} point(s) par personne au moins.",
                )
                if stay
                else "."
            ),
            self._hair(hair),
        ]
        if policy.mechanism != "optimum":
            name = policy.mechanism
            said.append(
                self.two(
                    f"Places are given by '{name}', not by a search for the best plan.",
                    f"Les places sont données par « {name} », sans chercher le meilleur plan.",
                )
            )
        return said

    def _hair(self, hair: int | None) -> str:
        if hair is None:
            return self.two(
                f"An officer decides where two places differ by one {HAIR_SHARE}th of the most points.",
                f"Une personne décide si deux places diffèrent d'un {HAIR_SHARE}e du maximum de points.",
            )
        return self.two(
            f"An officer decides where two places differ by {hair} point(s) a person or less.",
            f"Une personne décide si deux places diffèrent de {hair} point(s) par personne au plus.",
        )


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
