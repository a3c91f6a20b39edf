"""Every word of history as the test, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "low": ("10 %", "10 %"),
    "middle": ("middle", "milieu"),
    "high": ("90 %", "90 %"),
    "happened": ("happened", "arrivé"),
    "narrow": ("no wider than it", "pas plus large"),
    "holds": ("holds", "contenu"),
    "miss": ("MISS", "MANQUÉ"),
    "yes": ("yes", "oui"),
    "wide": ("no: it says little", "non : elle dit peu"),
    "offer": ("offer to all", "offre à tous"),
    "to": ("{low} to {high}", "{low} à {high}"),
    "foretold": (
        "{id}: foretold from what was known on {day}, then looked up",
        "{id} : prédit de ce qui était connu le {day}, puis vérifié",
    ),
    "moved": (
        "persons moved by {day}, by city; and of the {given} who entered on {first} to {last}, "
        "how many were "
        "moved, given that all were offered it",
        "personnes déplacées d’ici au {day}, par ville; et des {given} entrées du {first} au "
        "{last}, combien "
        "ont été déplacées, étant donné que l’offre a été faite à toutes",
    ),
    "free": (
        "{free} free parameters, {counts} counts to learn them from: the stated ranges decide most of what "
        "is said here",
        "{free} paramètres libres, {counts} décomptes pour les apprendre : les fourchettes énoncées "
        "décident de l’essentiel de ce qui est dit ici",
    ),
    "no-count": (
        "{cities} had no count by then: where they start rests on an assumption",
        "{cities} n’avaient pas de décompte alors : leur point de départ repose sur une hypothèse",
    ),
    "missed-of": (
        "{missed} of {all} bands miss; none was changed after it was seen",
        "fourchettes qui manquent : {missed} sur {all}; aucune n’a été changée après avoir été vue",
    ),
    "missed-few": ("{missed} of {all} bands miss", "fourchettes qui manquent : {missed} sur {all}"),
    "beside": (
        "the same with {other}: how much of it is the prior's",
        "la même chose avec {other} : ce qui y tient à la loi de départ",
    ),
    "in-place": ("{name} {other} in place of {shape}", "{name} de forme {other} au lieu de {shape}"),
    "free-title": (
        "free parameters: the range stated, and the middle 80 % after the counts",
        "paramètres libres : la fourchette énoncée, et les 80 % du milieu après les décomptes",
    ),
    "parameter": ("parameter", "paramètre"),
    "spread": ("spread", "forme"),
    "stated": ("stated", "énoncé"),
    "after": ("after", "après"),
    "even": ("even", "uniforme"),
    "arcsine": ("arcsine", "arcsinus"),
    "whole": ("whole", "entiers"),
    "log": ("log", "log"),
    "log-triangle": ("log-triangle", "triangle log"),
    "observed": ("observed", "observé"),
    "bound": ("bound", "borne"),
    "count": ("{day} {place} {n} (grade {grade})", "{day} {place} {n} (cote {grade})"),
    "and-mix": (
        "and {n} numbers of the new mix of cities; counts: {counts}",
        "et {n} nombres de la nouvelle répartition entre villes; décomptes : {counts}",
    ),
    "aside": ("read and set aside: {day} {place} {n}", "lu et mis de côté : {day} {place} {n}"),
    "months-read": (
        "{n} months of arrivals read; the weighed draws are worth {draws} equal ones",
        "{n} mois d’arrivées lus; les tirages pondérés en valent {draws} de poids égal",
    ),
    "rows-read": ("rows read", "lignes lues"),
    "for": ("for", "pour"),
    "table": ("table", "tableau"),
    "rows": ("rows", "lignes"),
    "first-day": ("first day", "premier jour"),
    "last-day": ("last day", "dernier jour"),
    "calibration": ("calibration", "calibrage"),
    "given": ("given", "donné"),
    "truth": ("truth", "vérité"),
    "each-row": (
        "each row stands in the answer with --json", "chaque ligne figure dans la réponse avec --json",
    ),
    "from-known": (
        "{id}: from what was known on {day}, then looked up",
        "{id} : de ce qui était connu le {day}, puis vérifié",
    ),
    "claims": (
        "claims by stream, whole months from {first} to {last}",
        "demandes par flux, mois entiers du {first} au {last}",
    ),
    "not-apart": (
        "{one} and {other} cannot be told apart: they change {streams} together; of the months "
        "read {known} "
        "have one without the other, of those scored {scored}",
        "{one} et {other} ne peuvent être distingués : ils changent {streams} ensemble; des mois lus, "
        "{known} ont l’un sans l’autre, des mois évalués, {scored}",
    ),
    "parameters": (
        "{id}: {n} free parameters, and how many months speak of each",
        "{id} : {n} paramètres libres, et combien de mois parlent de chacun",
    ),
    "months": ("windows or months", "fenêtres ou mois"),
    "apart": ("that do not overlap", "sans chevauchement"),
    "rehearsed": ("80 % band held before", "tenue de la fourchette de 80 % avant"),
    "of": ("{n} of {all}", "{n} sur {all}"),
    "windows": (
        "the level is that of the forecast (partage forecast), from what was known then. From each earlier "
        "month on which it could be made, the border open, the sum of as many months was foretold: {held} "
        "of {tried} were held by a band of 80 %. The windows overlap, so there is less to learn from than "
        "their number says",
        "le niveau est celui de la prévision (partage forecast), de ce qui était connu alors. De chaque "
        "mois antérieur où elle pouvait être faite, la frontière ouverte, la somme d’autant de mois a été "
        "prédite : {held} sur {tried} étaient dans une fourchette de 80 %. Les fenêtres se chevauchent : "
        "il y a moins à apprendre que leur nombre ne le dit",
    ),
    "nearly": ("{said}, within the draw", "{said}, au tirage près"),
    "ends": (
        "another draw moves the ends by {error} at the most (two standard errors)",
        "un autre tirage déplace les extrémités de {error} au plus (deux erreurs types)",
    ),
    "rehearsal": (
        "what was known by {day}, foretold from what was known before it",
        "ce qui était connu le {day}, prédit de ce qui était connu avant",
    ),
    "one-count": (
        "second counts of a city: {n}; it says little of the bands above",
        "deuxièmes décomptes d’une ville : {n}; cela dit peu des fourchettes ci-dessus",
    ),
    "level-before": (
        "level of arrivals a month ahead: {held} of {tried} known months were held by a band of 80 %",
        "niveau des arrivées à un mois : {held} mois connus sur {tried} dans une fourchette de 80 %",
    ),
    "level-of": ("level of {stream}", "niveau de {stream}"),
    "judgement": (
        "no month read speaks of {names}: each is a judgement with a range, and the range was written by "
        "people who knew what followed",
        "aucun mois lu ne parle de {names} : chacun est un jugement avec une fourchette, écrite "
        "par des gens "
        "qui savaient la suite",
    ),
}  # fmt: skip
