"""Why offers, answers, departures and arrivals are not carried out, and what to do."""

SENTENCES = """
It is not said where {case} is seen again.
= Il n'est pas dit où {case} est revu.

At your own door: 'partage arrive {case} --found --site SITE', your own; it has its place there from then on.
= À votre propre porte : « partage arrive {case} --found --site LIEU », le vôtre ; il y a sa place dès lors.

It is not said where they turned up.
= Il n'est pas dit où ces personnes se sont présentées.

Add --site SITE.
= Ajoutez --site LIEU.

It is not said with what, and when.
= Il n'est pas dit avec quoi, ni quand.

Give --vehicle 50 and --leaves INSTANT.
= Donnez --vehicle 50 et --leaves INSTANT.

{what} is not one case and a number.
= {what} n'est pas un dossier et un nombre.

Write CASE=2, once.
= Écrivez DOSSIER=2, une fois.

Who did not arrive is recorded apart from who arrived elsewhere.
= Qui n'est pas arrivé s'inscrit à part de qui est arrivé ailleurs.

Name who is there with --only and --site; then record the others.
= Nommez qui est là avec --only et --site ; inscrivez ensuite les autres.

{who} cannot arrive with, or be absent from, run {run}.
= {who} ne peut arriver avec le trajet {run}, ni y manquer.

Name cases of this run that are on the road, each once.
= Nommez des dossiers de ce trajet qui sont en route, chacun une fois.

Nobody of run {run} is on the road.
= Personne du trajet {run} n'est en route.

Nobody is bound to {site}.
= Personne n'a accepté d'aller à {site}.

Nobody is bound to {site}, or all are on a manifest.
= Personne n'a accepté d'aller à {site}, ou tous sont sur un manifeste.

Offers must be accepted first.
= Les offres doivent d'abord être acceptées.

{who} is not bound to {site}.
= {who} n'a pas accepté d'aller à {site}.

No place is held for {case}.
= Aucune place n'est gardée pour {case}.

{seen} persons of {case} are no part of it; 1 to {most} are.
= {seen} personnes de {case} n'en sont pas une partie ; 1 à {most} le sont.

Whoever is there whole just arrives; of whom nobody is there, --not-seen.
= Qui est là au complet arrive simplement ; dont personne n'est là : --not-seen.

{site} has no {service} free for {case} tonight.
= {site} n'a pas de {service} libre pour {case} cette nuit.

{site} has no {service} free for {case}.
= {site} n'a pas de {service} libre pour {case}.

{site} has no {service} free {whom}.
= {site} n'a pas de {service} libre ({whom}).

Room tonight: {sites}.
= De la place cette nuit : {sites}.

No site of the region has room tonight: ask its coordinator for places now.
= Aucun lieu de la province n'a de place cette nuit : demandez-en maintenant à sa coordination.

No site of the region has room tonight: call the placement office now.
= Aucun lieu de la province n'a de place cette nuit : appelez maintenant le bureau de placement.

Give it a roof for the night by hand and tell the placement office; with --found alone it waits for the next plan.
= Donnez-lui à la main un abri pour la nuit et avertissez le bureau de placement ; avec --found seul, il attend le prochain plan.

Run {run} has left already.
= Le trajet {run} est déjà parti.

Run {run} has left; its manifest stands.
= Le trajet {run} est parti ; son manifeste reste.

Record it with 'arrive'.
= Inscrivez-le avec « arrive ».

{who} is on the manifest and not bound there any more.
= {who} est sur le manifeste et n'y va plus.

Remove it: 'partage board RUN --remove CASE', a new version.
= Enlevez-le : « partage board RUN --remove CASE », une nouvelle version.

{case} is on another manifest.
= {case} est sur un autre manifeste.

Remove it there first.
= Enlevez-le de là d'abord.

Run {run} has no version {version}.
= Le trajet {run} n'a pas de version {version}.

Its last is {last}.
= Sa dernière est {last}.

{case} is not on the manifest of {run}.
= {case} n'est pas sur le manifeste de {run}.

See 'partage board'.
= Voyez « partage board ».

{n} {kind} are needed, the vehicle has {there}.
= Il faut {n} ({kind}), le véhicule en a {there}.

Leave somebody out.
= Laissez quelqu'un pour un autre trajet.

{case} is linked to a household that would stay behind.
= {case} est lié à un ménage qui resterait.

Take both, or none.
= Prenez les deux, ou aucun.

{what} is not a vehicle.
= {what} n'est pas un véhicule.

Write 50, 50:6 or 50:6:2.
= Écrivez 50, 50:6 ou 50:6:2.

{site} takes nobody new on {day}: a pause, a season, or an agreement that has ended.
= {site} n'accueille personne de nouveau le {day} : une pause, une saison, ou une entente qui a pris fin.

Ask its owner ('partage agree PARTY --show'); they keep their roof meanwhile.
= Demandez à son propriétaire (« partage agree PARTY --show ») ; ces personnes gardent leur abri entre-temps.

{site} takes {ramp} persons a day; {sent} are sent today, and {persons} who were planned for another day would pass that.
= {site} accueille {ramp} personnes par jour ; {sent} y sont envoyées aujourd'hui, et {persons}, prévues un autre jour, dépasseraient cette limite.

Let fewer leave today, with --case, or ask the city.
= Faites partir moins de personnes aujourd'hui, avec --case, ou demandez à la ville.

{case} has no approved place to offer.
= {case} n'a pas de place approuvée à offrir.

No line of {plan} is approved and not yet offered.
= Aucune ligne de {plan} n'est approuvée et pas encore offerte.

Approve it first.
= Approuvez-la d'abord.

The time to answer is over before it begins.
= Le temps de répondre est fini avant de commencer.

Give a later --until.
= Donnez un --until plus tardif.

{case} holds no offer.
= {case} n'a pas d'offre.

Offer a place first.
= Offrez d'abord une place.

There is no approved text in {language}.
= Il n'y a pas de texte approuvé en {language}.

Use one of: {codes}; with an interpreter.
= Utilisez l'un de ceux-ci : {codes} ; avec un interprète.

Use accept, decline, expire or again.
= Utilisez accept, decline, expire ou again.

{case} has {n} adults, and each answers for themselves.
= {case} compte {n} adultes, et chacun répond pour soi.

Give --adult 1 to {n}.
= Donnez --adult 1 à {n}.

{case} has {n} adult(s); there is no adult {adult}.
= {case} compte {n} adulte(s) ; il n'y a pas d'adulte {adult}.

Give --adult 1 to {n}, or leave it out if each was asked apart.
= Donnez --adult 1 à {n}, ou omettez-le si chacun a été interrogé à part.

The offer to {case} lives until {until}.
= L'offre à {case} vaut jusqu'au {until}.

Wait for the answer.
= Attendez la réponse.

The offer to {case} lapsed at {until}.
= L'offre à {case} a expiré le {until}.

Record it with 'answer CASE expire'; if they want the place, then 'answer CASE again'.
= Inscrivez-le avec « answer CASE expire » ; si la place est voulue, « answer CASE again » ensuite.

{case} has accepted already: each of its adults said yes, or was asked with the others.
= {case} a déjà accepté : chacun de ses adultes a dit oui, ou a été interrogé avec les autres.

Nothing to do; 'answer CASE decline' takes the yes back, until they leave.
= Rien à faire ; « answer CASE decline » retire le oui, jusqu'au départ.

No household of {run} has the code {said}.
= Aucun ménage du trajet {run} n'a le code {said}.

Read it again from its line; or it is on another manifest.
= Relisez-le sur sa ligne ; ou ce ménage est sur un autre manifeste.

Two households of {run} end in {said}.
= Deux ménages du trajet {run} finissent par {said}.

Type one character more, as their lines show it.
= Tapez un caractère de plus, comme sur leurs lignes.

is on the manifest and does not travel on this run any more
= est sur le manifeste et ne fait plus ce trajet

take it off: a new version
= enlevez-le : une nouvelle version

needs {n} seats by now; the vehicle has {there}
= il y faut maintenant {n} sièges ; le véhicule en a {there}

needs {n} child seats by now; the vehicle has {there}
= il y faut maintenant {n} sièges d'enfant ; le véhicule en a {there}

needs {n} wheelchair places by now; the vehicle has {there}
= il y faut maintenant {n} places pour fauteuil roulant ; le véhicule en a {there}

take a household off, or find another vehicle
= enlevez un ménage, ou trouvez un autre véhicule

{n} household(s) bound there are on no vehicle yet
= {n} ménage(s) qui y vont ne sont dans aucun véhicule

add them to a run with room, or fill another vehicle
= ajoutez-les à un trajet qui a de la place, ou remplissez un autre véhicule

{what} is no paper of a run.
= {what} n'est pas un papier d'un trajet.

Name one of: {names}.
= Nommez l'un de : {names}.

It is not said of which run.
= Il n'est pas dit de quel trajet.

Name the run R-…, or print --paper blank alone.
= Nommez le trajet R-…, ou imprimez --paper blank seul.

{what} is nothing that can be said at the door.
= {what} n'est rien qui se dise à la porte.

Say on arrival who is there.
= Dites à l'arrivée qui est là.

{who} is marked aboard and not bound there any more.
= {who} est marqué à bord et n'y va plus.

Ask them and the placement office; take them off the manifest, or off the vehicle.
= Demandez-leur et au bureau de placement ; enlevez-les du manifeste, ou faites-les descendre.

{n} persons were counted on the vehicle; those marked aboard are {there}.
= {n} personnes ont été comptées dans le véhicule ; celles qui sont marquées à bord sont {there}.

Count again, and look who is not marked; nobody has left yet.
= Recomptez, et voyez qui n'est pas marqué ; personne n'est encore parti.

{who} cannot have said no and not have come.
= {who} ne peut avoir dit non et ne pas être venu.

Name it once.
= Nommez-le une fois.

Only a run with a manifest is counted at the door.
= Seul un trajet qui a un manifeste est compté à la porte.

Who did not come is marked before the vehicle is counted.
= Qui n'est pas venu est marqué avant que le véhicule soit compté.

Mark them: 'partage board RUN --not-come CODE'.
= Marquez-les : « partage board RUN --not-come CODE ».
"""
