"""Every word of the brief, in English and French."""

from __future__ import annotations

from collections.abc import Mapping

Pair = tuple[str, str]

WORDS: Mapping[str, Pair] = {
    "other": ("Français", "English"),
    "federal": ("for the federal government", "à l’intention du gouvernement fédéral"),
    "province": ("for {}", "à l’intention de la province ou du territoire : {}"),
    "city": ("for {}", "à l’intention de {}"),
    "title": ("Reception of asylum claimants: brief {}", "Accueil des demandeurs d’asile : note {}"),
    "kind": (
        "Briefing note · situation at 04:00 after {}",
        "Note d’information · situation à 4 h après le {}",
    ),
    "synthetic": (
        "Training: the households are synthetic. No real person is counted here.",
        "Formation : les ménages sont synthétiques. Aucune personne réelle n’est comptée ici.",
    ),
    "public": (
        "Public copy: 0 to 5 is shown as a dash, other numbers to the nearest 5; people who are not "
        "found are always counted exactly.",
        "Copie publique : de 0 à 5, un tiret; les autres nombres sont arrondis au multiple de 5 le plus "
        "proche; les personnes introuvables sont toujours comptées exactement.",
    ),
    "issue": ("Issue", "Objet"),
    "issue_text": (
        "Quebec asks that all who enter between ports of entry be redirected to other provinces, says it "
        "has done more than its share, and asks Ottawa to bear the costs. A transfer needs the consent "
        "of the person and of the province that receives; this office works under the policy “{}”.",
        "Le Québec demande que toutes les personnes entrées entre les postes frontaliers soient dirigées "
        "vers d’autres provinces, dit avoir fait plus que sa part, et demande qu’Ottawa assume les coûts. "
        "Un transfert exige le consentement de la personne et de la province d’accueil; ce bureau applique "
        "la politique « {} ».",
    ),
    "status": ("Current status", "État de la situation"),
    "status_text": (
        "At 04:00 after {day}, {hosted} persons were in temporary places, {waiting} waited at an entry "
        "point, and {lost} were not found and are looked for. By this ledger nobody else is without a "
        "roof.",
        "À 4 h après le {day}, {hosted} personnes étaient dans des lieux temporaires, {waiting} "
        "attendaient à un point d’entrée, et {lost} restaient introuvables et sont recherchées. Selon "
        "ce registre, personne d’autre n’est sans abri.",
    ),
    "figures": ("Five figures", "Cinq chiffres"),
    "figures_caption": (
        "Persons; each with its definition and reference",
        "Personnes; chacun avec sa définition et sa référence",
    ),
    "figure": ("Figure", "Chiffre"),
    "number": ("Number", "Nombre"),
    "change": ("Change", "Variation"),
    "definition": ("What it counts", "Ce qu’il compte"),
    "ref": ("Reference", "Référence"),
    "since": ("{} since {}", "{} depuis le {}"),
    "since_published": (
        "{} since {} ({}, published, not from the ledger)",
        "{} depuis le {} ({}, publié, hors registre)",
    ),
    "hidden_change": ("not shown", "non montrée"),
    "no_earlier": ("no earlier night in this ledger", "aucune nuit antérieure dans ce registre"),
    "not-found": ("Without a roof: not found", "Sans abri : introuvables"),
    "not-found.means": (
        "Persons who were expected, were not seen, and are looked for at 04:00",
        "Personnes attendues, non vues, et recherchées à 4 h",
    ),
    "arrived": ("Arrived", "Arrivées"),
    "arrived.means": (
        "Persons registered at an entry point in the operational day, which ends at 04:00",
        "Personnes inscrites à un point d’entrée pendant la journée d’activité, qui se termine à 4 h",
    ),
    "waiting": ("Waiting", "En attente"),
    "waiting.means": ("Persons at an entry point at 04:00", "Personnes à un point d’entrée à 4 h"),
    "hosted": ("In temporary places", "Dans des lieux temporaires"),
    "hosted.means": (
        "Persons charged to a site for the night, by this ledger alone",
        "Personnes inscrites à un lieu d’hébergement pour la nuit, selon ce seul registre",
    ),
    "elsewhere": ("Received in other provinces", "Accueillies dans d’autres provinces"),
    "elsewhere.means": (
        "Persons who arrived at a site outside the province of entry during the day",
        "Personnes arrivées pendant la journée dans un lieu hors de la province d’entrée",
    ),
    "received": ("Received", "Accueillies"),
    "received.means": (
        "Persons who arrived at a site there during the day",
        "Personnes arrivées pendant la journée dans un lieu de cet endroit",
    ),
    "shares": ("Share, places and people", "Part, places et personnes"),
    "shares_caption": (
        "Persons due by the day’s plan, hosted at 04:00, places agreed for persons, and persons still owed "
        "(+) or given beyond what is due (−) after the approved plans",
        "Personnes dues selon le plan du jour, hébergées à 4 h, places convenues pour personnes, et "
        "personnes encore dues (+) ou accueillies au-delà de la part due (−) après les plans approuvés",
    ),
    "region": ("Province or territory", "Province ou territoire"),
    "due": ("Due", "Dues"),
    "given": ("Hosted", "Hébergées"),
    "agreed": ("Places agreed", "Places convenues"),
    "carried": ("Carried over", "Report"),
    "none": ("no part", "hors clé"),
    "unknown_n": ("unknown", "inconnu"),
    "plot.shares": (
        "Hosted (bar) / due (upright line) / places agreed (outline) / carried over",
        "Hébergées (barre) / dues (trait) / places convenues (contour) / report",
    ),
    "plot.load": (
        "Units in use (bar) / agreed (outline), by service",
        "Unités occupées (barre) / convenues (contour), par service",
    ),
    "plot.costs": ("Cost this month by who bears it", "Coût du mois selon qui l’assume"),
    "bears.claimed": ("asked of it", "lui est demandé"),
    "bears.borne": ("its own part", "sa propre part"),
    "bears.direct": ("pays itself", "paie directement"),
    "load_caption": (
        "Units in use at 04:00, or taken in the week, over units agreed",
        "Unités occupées à 4 h, ou prises dans la semaine, sur les unités convenues",
    ),
    "service": ("Service", "Service"),
    "used": ("In use", "Occupées"),
    "units": ("Agreed", "Convenues"),
    "percent": ("In use, of agreed", "Occupées, des convenues"),
    "full": ("Days to full", "Jours avant saturation"),
    "full.means": (
        "if as many came each day as on this one, and nobody left",
        "s’il en venait autant chaque jour que celui-ci, et que personne ne partait",
    ),
    "refs": (
        "References: due, agreed, carried/{day}/CODE; night/{day}/hosted/CODE; load, units/{day}/SERVICE; "
        "full/{day}/days.",
        "Références : due, agreed, carried/{day}/CODE; night/{day}/hosted/CODE; load, units/{day}/SERVICE; "
        "full/{day}/days.",
    ),
    "no_pace": ("nobody came that day", "personne n’est venu ce jour-là"),
    "before": ("Before this ledger: published aggregates", "Avant ce registre : données publiées"),
    "before_caption": (
        "Not from the ledger: each with its own definition, in the language of its source",
        "Hors registre : chacune avec sa définition, dans la langue de sa source",
    ),
    "on": ("Day", "Jour"),
    "where": ("Where", "Où"),
    "not_ledger": ("not from the ledger", "hors registre"),
    "ahead": ("Looking ahead", "Perspectives"),
    "ahead_caption": (
        "Claims a month: the middle of the paths, and where 80 % of them lie",
        "Demandes par mois : le milieu des trajectoires, et où se trouvent 80 % d’entre elles",
    ),
    "ahead_note": (
        "From the months before this one, as published later; no change of law or policy is in it. "
        "Eighty percent of the paths is not a promise of eighty percent.",
        "D’après les mois précédents, tels que publiés plus tard; aucun changement de loi ou de politique "
        "n’y figure. Quatre-vingts pour cent des trajectoires ne promettent pas quatre-vingts pour cent.",
    ),
    "options": ("Options", "Options"),
    "options_caption": (
        "What a few scenarios would have meant from July 2022 to December 2023: the middle of {} runs, and "
        "where 80 % of them lie, all under the same luck",
        "Ce que quelques scénarios auraient donné de juillet 2022 à décembre 2023 : le milieu de {} "
        "passages, et où se trouvent 80 % d’entre eux, tous avec la même chance",
    ),
    "options_note": (
        "A scenario is a model with assumptions of its own, listed by 'partage simulate': compare them "
        "with one another, and none with what will be.",
        "Un scénario est un modèle avec ses propres hypothèses, que « partage simulate » énumère : "
        "comparez-les entre eux, et aucun avec ce qui sera.",
    ),
    "scenario": ("Scenario", "Scénario"),
    "measure": ("Measure", "Mesure"),
    "option.most-without-roof": (
        "persons without a roof on the worst night", "personnes sans toit la pire nuit",
    ),
    "option.transferred": (
        "persons placed in another province", "personnes placées dans une autre province",
    ),
    "series": ("Series", "Série"),
    "month": ("Month", "Mois"),
    "middle": ("Middle", "Milieu"),
    "likely": ("80 % of the paths", "80 % des trajectoires"),
    "from_to": ("{} to {}", "de {} à {}"),
    "office.all": ("all offices", "tous les bureaux"),
    "office.land_border": ("land border", "frontière terrestre"),
    "origin": ("Origin", "Origine"),
    "ottawa": ("Canada", "Canada"),
    "hands": ("Who decided", "Qui a décidé"),
    "hands_text": (
        "People decided: of {lines} lines proposed, {approved} were approved by a second person, and "
        "{overrides} were overridden ({rate}). {accepted} households accepted an offer and {declined} "
        "declined; declining costs no roof.",
        "Des personnes ont décidé : sur {lines} lignes proposées, {approved} ont été approuvées par une "
        "deuxième personne et {overrides} ont été modifiées ({rate}). {accepted} ménages ont accepté une "
        "offre et {declined} l’ont déclinée; décliner ne coûte aucun abri.",
    ),
    "hands_caption": ("Decisions of the day", "Décisions de la journée"),
    "lines": ("Lines proposed", "Lignes proposées"),
    "approved": ("Lines approved", "Lignes approuvées"),
    "overrides": ("Lines overridden", "Lignes modifiées"),
    "accepted": ("Households that accepted", "Ménages ayant accepté"),
    "declined": ("Households that declined", "Ménages ayant décliné"),
    "asks": (
        "What was asked, answered, promised and kept",
        "Ce qui a été demandé, répondu, promis et tenu",
    ),
    "asks_caption": ("Asks between governments", "Demandes entre gouvernements"),
    "ask": ("Ask", "Demande"),
    "answer": ("Answer", "Réponse"),
    "commitment": ("Commitment and date", "Engagement et date"),
    "kept": ("Kept", "Tenu"),
    "no_answer": ("no answer on record", "aucune réponse consignée"),
    "no_asks": ("No ask is on record.", "Aucune demande n’est consignée."),
    "not_due": ("not due yet", "pas encore échu"),
    "overdue": ("overdue: nobody has said", "échu : personne ne l’a dit"),
    "yes": ("yes", "oui"), "partly": ("partly", "en partie"), "no": ("no", "non"),
    "later": ("later", "plus tard"),
    "unknown": ("What is not known", "Ce qu’on ne sait pas"),
    "unknown.earlier-nights": (
        "Who was where on the nights before: this ledger begins on this day.",
        "Qui était où les nuits précédentes : ce registre commence ce jour-là.",
    ),
    "unknown.sizes": (
        "Household sizes, wishes and languages of those who arrive are not published.",
        "La taille des ménages, les souhaits et les langues des personnes qui arrivent ne sont pas "
        "publiés.",
    ),
    "unknown.onward": (
        "Where people go after they leave a temporary place is not known, unless they say so.",
        "On ne sait pas où vont les personnes après un lieu temporaire, sauf si elles le disent.",
    ),
    "unknown.capacity-assumed": (
        "Free places were not published: some capacities are assumed, each with its sentence in the pack.",
        "Les places libres n’étaient pas publiées : des capacités sont supposées, chacune avec sa phrase.",
    ),
    "unknown.not-counted": (
        "Some sites were not counted that night; the number there is the book’s alone.",
        "Des lieux n’ont pas été dénombrés cette nuit-là; leur nombre est celui du seul registre.",
    ),
    "unknown.forecast": (
        "No forecast is part of this brief.",
        "Cette note ne contient aucune prévision.",
    ),
    "unknown.costs": (
        "What was paid elsewhere than on this record; a claim in draft rests on assumed nights and rates.",
        "Ce qui a été payé ailleurs que dans ce registre; une réclamation à l’état d’ébauche repose sur "
        "des nuits et des tarifs supposés.",
    ),
    "costs": ("Costs this month, in draft", "Coûts du mois, ébauche"),
    "costs_caption": (
        "{}, from the 1st of the month to this night, in Canadian dollars; a later headcount changes it",
        "{}, du 1er du mois à cette nuit, en dollars canadiens; un décompte ultérieur la modifie",
    ),
    "claimed": ("Claimed of the federal government", "Réclamé au gouvernement fédéral"),
    "borne": ("Borne by the province itself", "Assumé par la province elle-même"),
    "stated": ("Claimed on record, certified and submitted", "Réclamé au registre, attesté et soumis"),
    "paid": ("Paid on record", "Payé au registre"),
    "direct": ("Borne by others at its sites", "Assumé par d’autres dans ses lieux"),
    "left-out": ("Things in no sum, to be settled", "Éléments dans aucune somme, à régler"),
    "nothing": ("nothing", "rien"),
    "ledger": ("from the ledger", "selon le registre"),
    "next": ("Next decision", "Prochaine décision"),
    "next_review": (
        "The policy “{}” is to be looked at again by {}.",
        "La politique « {} » doit être réexaminée au plus tard le {}.",
    ),
    "next_lost": (
        "Now: the search for {} persons who are not found.",
        "Maintenant : la recherche de {} personnes introuvables.",
    ),
    "next_none": (
        "No date of review is set: set one.",
        "Aucune date de réexamen n’est fixée : fixez-en une.",
    ),
    "method": (
        "Each number is the value of its reference; ‘partage trace REFERENCE’ lists the entries of the "
        "journal or the row of the pack that it rests on. No personal data.",
        "Chaque nombre est la valeur de sa référence; « partage trace RÉFÉRENCE » énumère les écritures "
        "du journal ou la ligne de données sur lesquelles il repose. Aucun renseignement personnel.",
    ),
    "assumed": ("Assumed: {}", "Hypothèse (en anglais) : {}"),
    "footer": (
        "Head of the chain: entry {}, {} · policy {}",
        "Tête de chaîne : écriture {}, {} · politique {}",
    ),
}  # fmt: skip
