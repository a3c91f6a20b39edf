"""Words of the papers of a run, in both languages, and the columns that each of them has."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "manifest": (
        "no", "code", "case", "persons", "children", "child_seats", "wheelchairs", "with",
        "language", "luggage", "boarded", "off_on", "arrived", "remarks",
    ),
    "receiver": ("no", "code", "case", "persons", "ages", "with", "language", "needs", "unit", "arrived", "remarks"),
    "driver": (),
    "blank": (
        "no", "code", "persons", "children", "child_seats", "wheelchairs", "language", "luggage",
        "boarded", "off_on", "arrived", "remarks",
    ),
}  # fmt: skip

_PAIRS: Mapping[str, tuple[str, str]] = {
    "title-manifest": ("Manifest", "Manifeste"),
    "title-driver": ("Driver's sheet, without names", "Feuille de conduite, sans noms"),
    "title-receiver": ("Receiver's sheet", "Feuille du lieu d'accueil"),
    "title-blank": ("Manifest on paper", "Manifeste sur papier"),
    "kind": ("Run {run}: households who agreed to travel", "Trajet {run} : ménages qui ont accepté de voyager"),
    "kind-blank": (
        "For a day without power or network; type it in afterwards, then shred it",
        "Pour un jour sans courant ou sans réseau ; saisissez-le ensuite, puis détruisez-le",
    ),
    "superseded": (
        "SUPERSEDED by version {by}: do not use, shred it", "REMPLACÉE par la version {by} : ne pas utiliser, détruire",
    ),
    "over": ("This run has arrived: shred this sheet", "Ce trajet est arrivé : détruisez cette feuille"),
    "run": ("Run", "Trajet"),
    "version": ("Version", "Version"),
    "supersedes": ("{n}, supersedes {before}", "{n}, remplace la {before}"),
    "date": ("Made for", "Établi pour le"),
    "origin": ("From", "De"),
    "to": ("To", "À"),
    "address": ("Address there", "Adresse sur place"),
    "phone": ("Telephone, day and night", "Téléphone, jour et nuit"),
    "stops": ("Stops", "Arrêts"),
    "vehicle": ("Vehicle, operator, plate", "Véhicule, transporteur, plaque"),
    "driver": ("Driver", "Personne au volant"),
    "escort": ("Escort", "Personne qui accompagne"),
    "leaves": ("Leaves", "Départ"),
    "arrives": ("Is to arrive", "Arrivée prévue"),
    "persons": ("Persons", "Personnes"),
    "families": ("Households", "Ménages"),
    "children": ("Children 5 to 17", "Enfants de 5 à 17 ans"),
    "infants": ("Children under 5", "Enfants de moins de 5 ans"),
    "seats": ("Seats of the vehicle", "Sièges du véhicule"),
    "child_seats": ("Child seats", "Sièges d'enfant"),
    "wheelchairs": ("Wheelchair places", "Places pour fauteuil roulant"),
    "interpreters": ("Interpreter for", "Interprète pour"),
    "luggage": ("Luggage, pieces", "Bagages, nombre"),
    "animals": ("Animals", "Animaux"),
    "class": ("Classification, if one is ruled", "Classification, s'il y en a une"),
    "none": ("none", "aucun"),
    "of": ("{n} of {there}", "{n} sur {there}"),
    "square": ("Square that opens run {run} on a phone", "Carré qui ouvre le trajet {run} sur un téléphone"),
    "table": ("Households, each whole, linked ones together", "Ménages, chacun entier, ceux qui sont liés ensemble"),
    "c-no": ("No.", "No"),
    "c-code": ("Code", "Code"),
    "c-case": ("Case", "Dossier"),
    "c-persons": ("Pers.", "Pers."),
    "c-children": ("5-17", "5-17"),
    "c-child_seats": ("Child seats", "Sièges d'enf."),
    "c-wheelchairs": ("Wheel-chair", "Fauteuil"),
    "c-with": ("With", "Avec"),
    "c-language": ("Language (interpreter)", "Langue (interprète)"),
    "c-luggage": ("Luggage", "Bagages"),
    "c-boarded": ("Aboard, time", "À bord, heure"),
    "c-off_on": ("Off / on", "Desc. / rem."),
    "c-arrived": ("There", "Arrivé"),
    "c-remarks": ("Remarks", "Remarques"),
    "c-ages": ("Ages", "Âges"),
    "c-needs": ("Needs, rooms", "Besoins, chambres"),
    "c-unit": ("Room given", "Chambre donnée"),
    "age-under_5": ("under 5", "moins de 5"),
    "age-from_5_to_17": ("5-17", "de 5 à 17"),
    "age-from_18_to_64": ("18-64", "de 18 à 64"),
    "age-from_65": ("65 and over", "65 et plus"),
    "age-unknown": ("of unknown age", "d'âge inconnu"),
    "mobility": ("reduced mobility", "mobilité réduite"),
    "totals": ("Recount", "Recomptage"),
    "expected": ("Expected", "Attendus"),
    "both": ("{h} households, {p} persons", "{h} ménages, {p} personnes"),
    "boarded": ("Aboard", "À bord"),
    "not_come": ("Did not come", "Pas venus"),
    "declined": ("Said no at the door", "Ont dit non à la porte"),
    "arrived": ("Arrived", "Arrivés"),
    "sign-origin": ("Where they leave", "Au départ"),
    "sign-escort": ("Escort", "Accompagnement"),
    "sign-receiver": ("Where they arrive", "À l'arrivée"),
    "name": ("Name", "Nom"),
    "signature": ("Signature", "Signature"),
    "time": ("Time", "Heure"),
    "instructions": ("What to do", "Que faire"),
    "do-emergency": (
        "Danger, fire, a crime: 911 first, then the telephone above.",
        "Danger, feu, crime : d'abord le 911, puis le téléphone ci-dessus.",
    ),
    "do-medical": (
        "Somebody is ill: stop at the next safe place and call 911; 811 for advice. Nobody is left behind alone.",
        "Une personne est malade : arrêtez au prochain endroit sûr et appelez le 911 ; 811 pour un conseil. Personne n'est laissé seul derrière.",
    ),
    "do-absent": (
        "A household does not come, or not all of it: it keeps its roof and is asked again. It boards whole or not at all.",
        "Un ménage ne vient pas, ou pas tout entier : il garde son abri et sera consulté de nouveau. Il monte entier ou pas du tout.",
    ),
    "do-declined": (
        "A household says no at the door: it may. Its fallback place stays held; nothing is held against it.",
        "Un ménage dit non à la porte : c'est son droit. Sa place de repli reste gardée ; rien n'est retenu contre lui.",
    ),
    "do-recount": (
        "Count heads before leaving and after each stop; the number must be that of who is aboard.",
        "Comptez les personnes avant de partir et après chaque arrêt ; le nombre doit être celui de qui est à bord.",
    ),
    "do-wait": (
        "The escort says when to leave. Count heads with them after each stop.",
        "La personne qui accompagne dit quand partir. Comptez avec elle après chaque arrêt.",
    ),
    "do-receive": (
        "Say who is there, and the room each was given. From then on it is their roof.",
        "Dites qui est là, et la chambre que chacun a reçue. C'est dès lors son toit.",
    ),
    "do-missing": (
        "Whoever was not seen anywhere is looked for at once: call the placement office.",
        "Qui n'a été vu nulle part est recherché tout de suite : appelez le bureau de placement.",
    ),
    "do-blank": (
        "Give each household a number of your own, and write no name.",
        "Donnez à chaque ménage un numéro à vous, et n'écrivez aucun nom.",
    ),
    "do-data": (
        "These are data about people: keep the sheet on you, show it to nobody else, and shred it once the run is typed in and confirmed.",
        "Ce sont des données sur des personnes : gardez la feuille sur vous, ne la montrez à personne d'autre, et détruisez-la une fois le trajet saisi et confirmé.",
    ),
    "do-driver-data": (
        "This sheet names nobody. Give it back with the vehicle's papers.",
        "Cette feuille ne nomme personne. Rendez-la avec les papiers du véhicule.",
    ),
    "sealed": ("Mark {mark}. Head of the record {anchor}.", "Empreinte {mark}. Tête du registre {anchor}."),
}  # fmt: skip

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {key: pair[0] for key, pair in _PAIRS.items()},
    "fr": {key: pair[1].replace("'", "’").replace(" :", "\u00a0:").replace(" ;", "\u00a0;")
           for key, pair in _PAIRS.items()},
}  # fmt: skip
