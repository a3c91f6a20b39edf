"""The morning survey: who needs a look first, and what can be given."""

SENTENCES = """
{n} household(s) are looked for
= {n} ménage(s) sont recherchés

{n} household(s) arrived without some of their persons
= {n} ménage(s) sont arrivés sans une partie de leurs personnes

{n} roof(s) were given on one officer's word and wait for a second person
= {n} abri(s) ont été donnés sur la parole d'une seule personne et attendent une deuxième personne

{n} offer(s) lapse soon or have lapsed
= {n} offre(s) expirent bientôt ou ont expiré

{n} site(s) wait for households that were to leave and have not
= {n} lieu(x) attendent des ménages qui devaient partir et ne sont pas partis

{n} household(s) wait long, declined, or did not show up
= {n} ménage(s) attendent longtemps, ont refusé ou ne se sont pas présentés

{n} household(s) are near or past the 15 days to file
= {n} ménage(s) approchent des 15 jours pour déposer leur demande, ou les ont dépassés

{n} household(s) have no plan to leave, or are past it
= {n} ménage(s) n'ont pas de projet de départ, ou sa date est passée

{n} group(s) were counted and are not described yet
= {n} groupe(s) ont été comptés et ne sont pas encore décrits

{n} request(s) for review wait for their answer
= {n} demande(s) de révision attendent leur réponse

its officers see which: this role sees counts
= les agents voient lesquels : ce rôle voit des nombres

was not seen since {day}, last at {site}: whereabouts unknown
= n'a pas été vu depuis le {day}, en dernier à {site} : on ne sait pas où sont ces personnes

was not seen since {day}: whereabouts unknown
= n'a pas été vu depuis le {day} : on ne sait pas où sont ces personnes

look for this household; 'partage arrive CASE --found' when it is seen, 'partage exit CASE --to …' once somebody knows where it is; '--to unknown --why …' ends the search
= cherchez ce ménage ; « partage arrive CASE --found » quand il est revu, « partage exit CASE --to … » quand on sait où il est ; « --to unknown --why … » clôt la recherche

{n} of its {persons} person(s) were not seen since it arrived
= {n} de ses {persons} personne(s) n'ont pas été vues depuis son arrivée

look for them now; 'partage arrive CASE --found' when they are together
= cherchez-les maintenant ; « partage arrive CASE --found » quand elles sont réunies

has an emergency roof at {site} since the night of {night}, on one officer's word ({why})
= a un abri d'urgence à {site} depuis la nuit du {night}, sur la parole d'une seule personne ({why})

a second person looks at it: 'partage review {roof}'
= une deuxième personne l'examine : « partage review {roof} »

was to leave for {site} at {at} and has not left
= devait partir pour {site} à {at} et n'est pas parti

'partage depart' when it leaves; who cannot come is --no-show and keeps its roof
= « partage depart » quand il part ; qui ne peut venir est --no-show et garde son abri

left on {day} for {site} and is not confirmed
= est parti le {day} pour {site} et n'est pas confirmé

ask the site who arrived; 'partage arrive' records it
= demandez au lieu qui est arrivé ; « partage arrive » l'inscrit

holds an offer that lapsed at {until}
= a une offre qui a expiré le {until}

record the answer, or 'partage answer CASE expire'
= inscrivez la réponse, ou « partage answer CASE expire »

holds an offer that lapses at {until}
= a une offre qui expire le {until}

ask for their answer
= demandez-leur leur réponse

{n} household(s) were to leave for it on {day} and have not left: {cases}
= {n} ménage(s) devaient partir pour ce lieu le {day} et ne sont pas partis : {cases}

put them on a vehicle with 'partage board', or ask what keeps them
= mettez-les dans un véhicule avec « partage board », ou demandez ce qui les retient

waits since {day}, longer than {n} days
= attend depuis le {day}, plus de {n} jours

see 'partage explain' for what stands against it; ask for such a place
= voyez avec « partage explain » ce qui s'y oppose ; demandez une telle place

declined {n} offers; nothing is held against it
= a refusé {n} offres ; rien ne lui est reproché

ask what it needs, in its language
= demandez ce qu'il lui faut, dans sa langue

did not show up at {n} departure(s)
= ne s'est pas présenté à {n} départ(s)

ask after it; its roof is unchanged
= prenez de ses nouvelles ; son abri ne change pas

is with an officer and waits since {day} at its entry point
= est suivi par un agent et attend depuis le {day} à son point d'entrée

ask its officer, or child protection, what stands against a place for it
= demandez à son agent, ou à la protection de la jeunesse, ce qui s'oppose à une place

declined {n} offers; its fallback place is held
= a refusé {n} offres ; sa place de repli est gardée

has a fallback place at {site} since {day} and has not moved in
= a une place de repli à {site} depuis le {day} et n'y a pas emménagé

bring them there ('partage arrive {case} --fallback'), or 'answer {case} again'
= amenez-les là (« partage arrive {case} --fallback »), ou « answer {case} again »

had until {day} to file (15 days, IRPR 159.8)
= avait jusqu'au {day} pour déposer sa demande (15 jours, RIPR art. 159.8)

has until {day} to file (15 days, IRPR 159.8)
= a jusqu'au {day} pour déposer sa demande (15 jours, RIPR art. 159.8)

help them file, and give the Division the address; 'correct --set filed_on='
= aidez-les à la déposer et donnez l'adresse à la Section ; « correct --set filed_on= »

meant to leave on {day} for {to}
= comptait partir le {day} ({to})

record that they left with 'partage exit', or a new day
= inscrivez leur départ avec « partage exit », ou un nouveau jour

lives at its place since {day} without a plan to leave
= vit à sa place depuis le {day} sans projet de départ

make one with them: 'partage exit CASE --plan DAY --to …'
= faites-en un avec ces personnes : « partage exit CASE --plan DAY --to … »

{n} person(s) counted on {day} at {site} and not described yet
= {n} personne(s) comptée(s) le {day} à {site} et pas encore décrite(s)

{n} person(s) counted on {day} and not described yet
= {n} personne(s) comptée(s) le {day} et pas encore décrite(s)

register who they are with --group, or close it with --close
= inscrivez qui elles sont avec --group, ou fermez le groupe avec --close

{case} asked for a review ({ground}); answer by {day}
= {case} a demandé une révision ({ground}) ; répondez d'ici le {day}

look at it with 'partage review', and answer them
= examinez-la avec « partage review », et répondez-leur

was asked for by {by} on {day} and is not answered
= a été demandée par {by} le {day} et n'a pas de réponse

its owner agrees with 'partage agree', or says no
= son propriétaire y consent avec « partage agree », ou dit non

{to} promised {by} by {day}: {promise}
= {to} a promis à {by} pour le {day} : {promise}

record with 'partage ask --kept' whether it was kept
= inscrivez avec « partage ask --kept » si c'est tenu

said what it has at {at}, more than {n} h ago
= a dit ce qu'il a le {at}, il y a plus de {n} h

never confirmed its places
= n'a jamais confirmé ses places

has said nothing since {at}, and plans leave it out after {n} h
= n'a rien dit depuis le {at}, et les plans l'omettent après {n} h

has said nothing yet, and plans leave it out after {n} h
= n'a encore rien dit, et les plans l'omettent après {n} h

has said nothing since {at}; only whom an officer placed there by hand is there
= n'a rien dit depuis le {at} ; seul qui un agent y a placé à la main y est

has said nothing yet; only whom an officer placed there by hand is there
= n'a encore rien dit ; seul qui un agent y a placé à la main y est

ask it; 'partage update SITE' confirms that nothing has changed, and brings it back
= demandez-le-lui ; « partage update SITE » confirme que rien n'a changé, et l'y ramène

ask it; 'partage update SITE' confirms that nothing has changed
= demandez-le-lui ; « partage update SITE » confirme que rien n'a changé

{n} person(s) live there, and {whose} ends on {day}
= {n} personne(s) y vivent, et {whose} prend fin le {day}

renew it, or plan with them where they go
= renouvelez-la, ou voyez avec ces personnes où elles vont

{policy} with cut-off {cut_off} was proposed by {by}
= {policy}, heure limite {cut_off}, a été proposée par {by}

a second person confirms: 'partage adopt {policy} --cut-off {cut_off}'
= une deuxième personne confirme : « partage adopt {policy} --cut-off {cut_off} »

'partage close --day {day}' writes down who was where at 04:00
= « partage close --day {day} » inscrit qui était où à 4 h

is over and not closed
= est passée et n'est pas close

takes nobody new on {day}: a pause or a closed season
= n'accueille personne de nouveau le {day} : une pause ou une saison fermée

who lives there stays; its owner can change it
= qui y vit y reste ; son propriétaire peut changer cela

{region} has not agreed to places on {day}
= {region} n'a consenti à aucune place pour le {day}

its places do not exist for the engine; the region can agree
= ses places n'existent pas pour le moteur ; la province peut y consentir

has agreed to nothing
= n'a consenti à rien

has agreed to places that count from {day}, after its notice
= a consenti à des places qui comptent à partir du {day}, après son préavis

has an agreement that does not cover {day}
= a une entente qui ne couvre pas le {day}

its owner can agree
= son propriétaire peut y consentir

the capacity of {services} is unknown
= la capacité de {services} est inconnue

not allocable until its owner states it; unknown is not 0
= pas attribuable tant que son propriétaire ne la dit pas ; inconnu n'est pas 0

{n} person(s) live there or are expected, and no agreement covers {day}
= {n} personne(s) y vivent ou y sont attendues, et aucune entente ne couvre le {day}

renew it, or plan with each household where it goes
= renouvelez-la, ou voyez avec chaque ménage où il va

{n} {service} in use or held, {units} agreed and {blocked} of them blocked
= {n} {service} occupé(s) ou réservé(s), {units} convenu(s) dont {blocked} indisponible(s)

{n} {service} in use or held, {units} agreed
= {n} {service} occupé(s) ou réservé(s), {units} convenu(s)

over what was agreed: tell its owner
= au-delà de ce qui est convenu : dites-le à son propriétaire

say where these households go, or free what is blocked with its owner
= dites où vont ces ménages, ou libérez avec son propriétaire ce qui est indisponible

{n} person(s) live there or are expected, its cap is {cap}
= {n} personne(s) y vivent ou y sont attendues, son plafond est {cap}

over what was agreed: tell it
= au-delà de ce qui est convenu : dites-le-lui

was not counted on the night of {night}
= n'a pas été compté la nuit du {night}

'partage count {site} PERSONS --by night-desk --night NIGHT'
= « partage count {site} PERSONS --by night-desk --night NIGHT »

{by} counted {n} persons on the night of {night}, the book says {book}
= {by} a compté {n} personne(s) la nuit du {night}, le registre dit {book}

{n} household(s), {persons} person(s), were looked for at the close of the night
= {n} ménage(s), {persons} personne(s), étaient recherchés à la fin de la nuit

they are in no site's number; 'partage survey --state unknown' lists who is looked for now
= ils ne sont dans le nombre d'aucun lieu ; « partage survey --state unknown » dit qui est recherché maintenant

find out who is where; neither number is changed by this
= trouvez qui est où ; aucun des deux nombres n'est changé par cela
"""
