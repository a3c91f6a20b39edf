"""Why agreements, asks, plans and headcounts are not recorded as they were sent, and what to do."""

SENTENCES = """
'{policy}' is historical: it can be compared, never adopted.
= « {policy} » est historique : elle peut être comparée, jamais adoptée.

Choose another.
= Choisissez-en une autre.

{what} is not a time of day.
= {what} n'est pas une heure du jour.

Write it as 14:00.
= Écrivez-la ainsi : 14:00.

'{policy}' is the standing policy already.
= « {policy} » est déjà la politique permanente.

{party} has not said what becomes of those who use these rooms now.
= {party} n'a pas dit ce que deviennent les personnes qui occupent ces chambres.

Say it with --displacement, also if it is nobody.
= Dites-le avec --displacement, même s'il n'y a personne.

Nothing is asked of {party}.
= Rien n'est demandé à {party}.

See 'partage agree PARTY --show'.
= Voyez « partage agree PARTY --show ».

Use receive or return.
= Utilisez receive (accueillir) ou return (revenir).

{what} cannot be lifted.
= {what} ne peut être levé.

{what} is stated and lifted.
= {what} est à la fois dit et levé.

Do one of the two.
= Faites l'un des deux.

{what} is not a day of the year.
= {what} n'est pas un jour de l'année.

Write MM-DD, such as 05-15.
= Écrivez MM-JJ, par exemple 05-15.

{what} is not a season.
= {what} n'est pas une saison.

Write 05-15..09-30.
= Écrivez 05-15..09-30.

A block needs a reason from the list.
= Une indisponibilité demande une raison de la liste.

{n} {service} cannot be blocked at {site}: {agreed} are agreed there.
= {n} {service} ne peuvent être rendus indisponibles à {site} : {agreed} y sont convenus.

Give the number of places that cannot be used.
= Donnez le nombre de places inutilisables.

{n} days of notice is not between 0 and 3,660.
= {n} jours de préavis n'est pas entre 0 et 3 660.

{n} {what} is not between 0 and {most}.
= {n} {what} n'est pas entre 0 et {most}.

Correct the number.
= Corrigez le nombre.

{what} ends on {last}, before it starts on {first}.
= {what} : la fin, le {last}, précède le début, le {first}.

Correct one of the two days.
= Corrigez l'un des deux jours.

An agreement says from when to when.
= Une entente dit de quand à quand.

Give --from and --to, or use --from-pack.
= Donnez --from et --to, ou utilisez --from-pack.

An agreement names the document it rests on.
= Une entente nomme le document sur lequel elle repose.

Give it with --source.
= Donnez-le avec --source.

{who} is no site: it consents, but its sites have the places.
= {who} n'est pas un lieu : il consent, mais ce sont ses lieux qui ont les places.

Give --service with a site.
= Donnez --service avec un lieu.

{what} is not SERVICE=NUMBER.
= {what} n'est pas SERVICE=NOMBRE.

Write room=3.
= Écrivez room=3.

These days are over, or in the wrong order.
= Ces jours sont passés, ou dans le mauvais ordre.

{party} has agreed to nothing from {day} on.
= {party} n'a consenti à rien à partir du {day}.

{party} is not paused from {day} on.
= {party} n'est pas en pause à partir du {day}.

The pack has no agreement of {region} made by {day}.
= Aucune entente de {region} n'est connue au {day}.

A province without consent has no places; record an agreement when there is one.
= Une province sans consentement n'a pas de places ; inscrivez une entente quand il y en aura une.

{who} stands in for {other}, who proposed this plan or overrode a line of it.
= {who} remplace {other}, qui a proposé ce plan ou dérogé à l'une de ses lignes.

Somebody who acts in their own right approves it.
= Une personne qui agit en son nom l'approuve.

This plan shows a policy as if in force; it can never be approved.
= Ce plan montre une politique comme si elle était en vigueur ; il ne peut jamais être approuvé.

This plan shows a policy as if in force; nobody is placed by it.
= Ce plan montre une politique comme si elle était en vigueur ; il ne place personne.

Propose under a policy that is in force.
= Proposez selon une politique en vigueur.

The policy '{policy}' is not in force as it was when the plan was made.
= La politique « {policy} » n'est plus en vigueur telle qu'elle était quand le plan a été fait.

No line of this plan can be approved now: {where} {what}.
= Aucune ligne de ce plan ne peut être approuvée maintenant : {where} {what}.

This plan moves {n} household(s), not {moves}.
= Ce plan change {n} ménage(s), non {moves}.

Look at it again, then say the number that it says.
= Regardez-le de nouveau, puis dites le nombre qu'il dit.

This plan moves {n} household(s); the policy lets a re-plan move {most} without a word of whoever approves.
= Ce plan change {n} ménage(s) ; la politique en permet {most} à un nouveau plan sans un mot de qui approuve.

Look at the moves, then say --moves {n}, or name lines with --line.
= Regardez les changements, puis dites --moves {n}, ou nommez des lignes avec --line.

The lines of {plan} are not in the journal.
= Les lignes de {plan} ne sont pas au journal.

Run 'partage verify'.
= Lancez « partage verify ».

{case} makes room for itself.
= {case} ferait de la place pour lui-même.

Name others with --displace.
= Nommez-en d'autres avec --displace.

The referee found {n} fault(s) in the plan: {first}.
= L'arbitre a trouvé {n} faute(s) dans le plan : {first}.

Nothing was kept. Please report this with the pack and the policy.
= Rien n'a été gardé. Signalez-le avec les données et la politique.

{case} is '{state}' ({words}): a line is overridden before it is approved.
= {case} est dans l'état « {state} » ({words}) : on déroge à une ligne avant qu'elle soit approuvée.

Ask for another look: 'partage review {case} --ground …'; answered 'changed', it waits again and is in the next plan.
= Demandez une révision : « partage review {case} --ground … » ; si la réponse est « changed », il attend de nouveau et sera dans le prochain plan.

Look at it with 'partage explain {case}'.
= Regardez-le avec « partage explain {case} ».

No plan is contested.
= Aucun plan n'est contesté.

Propose one, then look at it.
= Proposez-en un, puis regardez-le.

{case} has a line in {plan} already: {site}.
= {case} a déjà une ligne dans {plan} : {site}.

Approve that line, or override it.
= Approuvez cette ligne, ou dérogez-y.

{case} was taken in after the cut-off of the day.
= {case} a été accueilli après l'heure limite du jour.

It is in the next plan.
= Il est dans le prochain plan.

{case} is linked to {other}, who waits too; they are placed together.
= {case} est lié à {other}, qui attend aussi ; ils sont placés ensemble.

Name both: --case {case} --case {other}.
= Nommez les deux : --case {case} --case {other}.

{what} is not one household and one site.
= {what} n'est pas un ménage et un lieu.

Write CASE=SITE.
= Écrivez DOSSIER=LIEU.

The seed of the draw {draw} is gone.
= La graine du tirage {draw} n'existe plus.

Commit to a new one.
= Engagez-en un nouveau.

The draw {draw} was committed to, but not held yet.
= Le tirage {draw} a été engagé, mais pas encore tenu.

Hold it first: 'partage draw {draw} --among …'.
= Tenez-le d'abord : « partage draw {draw} --among … ».

It is not said {what}.
= Il n'est pas dit {what}.

Give --by, --to, --text and --source.
= Donnez --by, --to, --text et --source.

{day} is in the future.
= Le {day} est dans l'avenir.

Give the day on which it was asked.
= Donnez le jour où cela a été demandé.

A promise has a day.
= Une promesse a un jour.

Give --until DAY.
= Donnez --until JOUR.

{day} is before it was asked, or in the future.
= Le {day} précède la demande, ou est dans l'avenir.

{day} is before the answer, of {answered}.
= Le {day} précède la réponse, du {answered}.

Correct --until.
= Corrigez --until.

Nothing is promised under {ask}.
= Rien n'est promis sous {ask}.

Record its answer first.
= Inscrivez d'abord sa réponse.

{what} is not one of {codes}.
= {what} n'est pas parmi : {codes}.

{ask} has no open promise {which}.
= {ask} n'a pas de promesse ouverte {which}.

Open: {which}.
= Ouvertes : {which}.

{day} is before the promise, or in the future.
= Le {day} précède la promesse, ou est dans l'avenir.

It is not said where that stands written.
= Il n'est pas dit où cela est écrit.

Give --source.
= Donnez --source.

See 'partage ask' for all of them.
= Voyez-les toutes avec « partage ask ».

{n} vehicles.
= {n} véhicules.

Give 1 to {n}.
= Donnez-en 1 à {n}.

{what} is not when they leave.
= {what} n'est pas une heure de départ.

Write 09:00, or an instant.
= Écrivez 09:00, ou un instant.

{what} has no believable seats.
= {what} n'a pas un nombre de sièges plausible.

1 to {n} seats.
= 1 à {n} sièges.

This office began on {began}; {day} was before.
= Ce bureau a commencé le {began} ; le {day} était avant.

Correct --night.
= Corrigez --night.

{day} is longer ago than {n} nights.
= Le {day} est passé depuis plus de {n} nuits.

Tell the auditor; 'partage verify' has what the book says of that night.
= Avertissez la vérification ; « partage verify » a ce que le registre dit de cette nuit.

{what} is not a code for who counted.
= {what} n'est pas un code de qui a compté.
"""
