"""Words of the record as a person reads it, in English and French: fields, steps, looks, roles."""

from __future__ import annotations

from collections.abc import Mapping

Pairs = Mapping[str, tuple[str, str]]

WORDS: Pairs = {
    "title": ("All that this office has on your household ({case})",
              "Tout ce que ce bureau a sur votre ménage ({case})"),
    "also": ("You were also taken in as: {cases}.", "Vous avez aussi été accueillis sous : {cases}."),
    "state": ("Where things stand: {state}.", "Où en sont les choses : {state}."),
    "known": ("What is known of you:", "Ce qui est connu de vous :"),
    "apart": ("What one adult said apart is told to that adult apart: ask an officer.",
              "Ce qu'un adulte a dit à part lui est dit à part : demandez à un agent."),
    "later": ("After correction {n}:", "Après la correction {n} :"),
    "persons": ("{n} person(s): {ages}", "{n} personne(s) : {ages}"),
    "entered": ("You entered at {where} ({how}), at {at}", "Votre entrée : {where} ({how}), {at}"),
    "unsaid": ("Nothing is on record for: {fields}", "Rien n'est inscrit pour : {fields}"),
    "reason": ("The reason of a decision (plan {plan}), worked out beside these other places: {sites}. "
               "Ask any officer for it in words",
               "Le motif d'une décision (plan {plan}), établi à côté de ces autres places : {sites}. "
               "Demandez-le en mots à tout agent"),
    "happened": ("What happened, and who wrote it down (hours are local):",
                 "Ce qui s'est passé, et qui l'a inscrit (heures locales) :"),
    "event": ("{at}: {what} ({who})", "{at} : {what} ({who})"),
    "looked": ("Who looked at your data, and why they may:",
               "Qui a regardé vos données, et à quel titre :"),
    "look": ("{at}: {who} looked at {what}", "{at} : {what}, par {who}"),
    "under": (", under the agreement {name}", ", selon l'entente {name}"),
    "ground": (". Ground: {ground}", ". Fondement (en anglais) : {ground}"),
    "told": ("To whom your data were told:", "À qui vos données ont été communiquées :"),
    "disclosed": ("{day}: {to} was told: {fields}; on the ground of {ground} ({instrument})",
                  "{day} : {to} a reçu : {fields} ; fondement : {ground} ({instrument})"),
    "nobody": ("nobody and nothing", "personne, rien"),
    "erased": ("These data may be erased from {day} on, two years after their last use; sooner if you ask "
               "for it in writing once you have left.",
               "Ces données pourront être effacées à partir de ce jour : {day}, deux ans après leur "
               "dernier usage ; plus tôt si "
               "vous le demandez par écrit après votre départ."),
    "gone": ("What was known of you was erased on {day}. What happened is still written down, without it.",
             "Ce qui était connu de vous a été effacé ({day}). Ce qui s'est passé reste inscrit, "
             "sans cela."),
    "wrong": ("If something is wrong here, tell any officer or write it down: it is corrected, and the "
              "correction is on record.",
              "Si quelque chose est faux ici, dites-le à un agent ou écrivez-le : ce sera corrigé, et la "
              "correction sera inscrite."),
    "yes": ("yes", "oui"), "no": ("no", "non"),
}  # fmt: skip

FIELDS: Pairs = {
    "under_5": ("under 5 years", "de moins de 5 ans"),
    "from_5_to_17": ("from 5 to 17 years", "de 5 à 17 ans"),
    "from_18_to_64": ("from 18 to 64 years", "de 18 à 64 ans"),
    "from_65": ("of 65 years or more", "de 65 ans ou plus"),
    "unknown": ("of an age that is not known", "d'un âge inconnu"),
    "care": ("Care you need or asked for", "Soins nécessaires ou demandés"),
    "consents": ("Consents", "Consentements"),
    "declined": ("You declined an offer", "Vous avez refusé une offre"),
    "holds": ("With an officer, or not to be moved", "Suivi par un agent, ou à ne pas déplacer"),
    "interpreter_language": ("Language of your interpreter", "Langue de votre interprète"),
    "links": ("Households you wish to be near", "Ménages près desquels vous souhaitez être"),
    "mobility": ("Reduced mobility", "Mobilité réduite"),
    "official_language": ("Official language you chose", "Langue officielle choisie"),
    "places_to_avoid": ("Places to avoid", "Lieux à éviter"),
    "room_need": ("Rooms you need", "Chambres nécessaires"),
    "languages": ("Languages you speak", "Langues parlées"),
    "nationality": ("Nationality", "Nationalité"),
    "skills": ("Skills", "Compétences"),
    "ties": ("People you know here", "Personnes connues ici"),
    "wishes": ("Where you wish to live", "Où vous souhaitez vivre"),
    "need": ("your needs", "vos besoins"), "profile": ("your profile", "votre profil"),
    "contact": ("how to reach you", "comment vous joindre"),
    "placement": ("your place", "votre place"),
}  # fmt: skip

KNOWN: Pairs = {
    "reference": ("Reference", "Référence"),
    "review": ("What you wrote when you asked for a review, and what was answered",
        "Ce que vous avez écrit en demandant une révision, et ce qui a été répondu"),
    "review-answer": ("What was answered", "Ce qui a été répondu"),
    "contact": ("Whom you can call, as your offer says", "Qui vous pouvez appeler, selon votre offre"),
    "correction": ("What you wrote about something that is wrong, and what was answered",
        "Ce que vous avez écrit sur une erreur, et ce qui a été répondu"),
    "address": ("Address that you wished to leave", "Adresse que vous avez souhaité laisser"),
    "interpreter": ("Who interpreted", "Qui a interprété"),
    "note": ("Note", "Note"),
    "agreement": ("an agreement", "une entente"), "consent": ("your consent", "votre consentement"),
    "law": ("a law", "une loi"),
}  # fmt: skip

MODES: Pairs = {
    "between-ports": ("between ports of entry", "entre les postes frontaliers"),
    "land-port": ("land port of entry", "poste frontalier terrestre"),
    "harbour": ("harbour", "port maritime"), "airport": ("airport", "aéroport"),
    "inland": ("inland", "à l'intérieur du pays"),
}  # fmt: skip

LOOKS: Pairs = {
    "explain": ("your case and its reason", "votre dossier et son motif"),
    "export": ("everything, for this page", "tout, pour cette page"),
    "offer": ("your offer", "votre offre"),
    "archive": ("a sealed file for somebody outside", "un fichier scellé pour quelqu'un d'extérieur"),
    "letter": ("your offer, for a letter", "votre offre, pour une lettre"),
    "own page": ("your own page", "votre propre page"),
    "manifest": ("the list of a vehicle", "la liste d'un véhicule"),
    "manifest with needs": ("the list of a vehicle, with what you need",
        "la liste d'un véhicule, avec ce dont vous avez besoin"),
    "change of a manifest": ("the list of a vehicle", "la liste d'un véhicule"),
    "answer": ("your answer", "votre réponse"),
    "audit": ("a check by groups, in counts", "une vérification par groupe, en nombres"),
    "correct": ("what is known of you, to correct it", "ce qui est connu de vous, pour le corriger"),
    "duplicate": ("whether two cases are one", "si deux dossiers sont le même"),
    "side by side": ("two cases side by side", "deux dossiers côte à côte"),
    "looks like": ("a case that looks like yours", "un dossier qui ressemble au vôtre"),
    "links": ("whom you wish to be near", "près de qui vous souhaitez être"),
    "override preview": ("what another place would change", "ce qu'une autre place changerait"),
    "review preview": ("what another plan would do", "ce que ferait un autre plan"),
    "policy preview": ("what another policy would do", "ce que ferait une autre politique"),
    "plan": ("the lines of a plan", "les lignes d'un plan"),
}  # fmt: skip

STEPS: Pairs = {
    "register": ("you were taken in", "vous avez été accueillis"),
    "correct": ("what is known of you was corrected", "ce qui est connu de vous a été corrigé"),
    "duplicate": ("two cases of yours were found to be one",
        "vos deux dossiers ont été reconnus comme un seul"),
    "approve": ("a place for you was approved", "une place pour vous a été approuvée"),
    "offer": ("a place was offered to you", "une place vous a été offerte"),
    "offer:withdrawn": ("the place offered was taken back", "la place offerte a été retirée"),
    "answer:accept": ("you said yes", "vous avez dit oui"),
    "answer:one": ("one adult said yes", "un adulte a dit oui"),
    "answer:decline": ("you said no", "vous avez dit non"),
    "answer:expire": ("the time to answer was over", "le temps de répondre a pris fin"),
    "answer:again": ("you wish to be asked again", "vous souhaitez une nouvelle offre"),
    "depart": ("you left on a vehicle", "vous êtes partis en véhicule"),
    "depart:no-show": ("you were not at the departure", "vous n'étiez pas au départ"),
    "depart:declined": ("you said no at the departure", "vous avez dit non au départ"),
    "arrive": ("you arrived at a place", "vous êtes arrivés à une place"),
    "arrive:fallback": ("you moved into the place kept for you",
        "vous avez emménagé à la place gardée pour vous"),
    "arrive:found": ("you were seen again", "vous avez été revus"),
    "arrive:not-seen": ("you were not seen, and looked for",
        "vous n'avez pas été vus, et avez été cherchés"),
    "arrive:seen-at-origin": ("you were seen where the run left",
        "vous avez été vus au point de départ"),
    "exit": ("you left", "vous êtes partis"),
    "exit:planned": ("you said when you mean to leave", "vous avez dit quand vous comptez partir"),
    "exit:unknown": ("you left and nobody knew where to", "vous êtes partis et personne ne savait où"),
    "exit:search-closed": ("the search for you was closed", "la recherche a été close"),
    "place": ("you were given a roof for a night", "un abri vous a été donné pour une nuit"),
    "reopen": ("a decision was opened again", "une décision a été rouverte"),
    "review": ("a decision was opened again after a review",
        "une décision a été rouverte après une révision"),
    "withdraw": ("the place kept or offered was changed, because an agreement ended",
                 "la place gardée ou offerte a changé, parce qu'une entente a pris fin"),
}  # fmt: skip

ROLES: Pairs = {
    "intake": ("an intake officer", "l'accueil"), "placement": ("a placement officer", "le placement"),
    "approver": ("an approver", "l'approbation"), "region": ("a province", "une province"),
    "city": ("a city", "une ville"), "organization": ("an organization", "un organisme"),
    "site": ("the desk of a place", "la réception d'un lieu"),
    "escort": ("an escort", "l'accompagnement"),
    "finance": ("finance", "les finances"), "certifier": ("a certifier", "la certification"),
    "auditor": ("an auditor", "la vérification"), "analyst": ("an analyst", "l'analyse"),
    "minister": ("a minister's office", "un cabinet de ministre"),
    "admin": ("the administration", "l'administration"), "household": ("you", "vous"),
}  # fmt: skip
