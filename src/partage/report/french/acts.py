"""What an act found: on the road, at a count, at the close, in a plan, in an appointment."""

SENTENCES = """
is with an officer; a roof for the night changes nothing in that
= est suivi par un agent ; un abri pour la nuit n'y change rien

whoever protects them is told tonight
= avertissez ce soir qui protège ces personnes

tell them, and propose
= dites-le-leur, et proposez

tell them what follows
= dites-leur ce qui s'ensuit

has its fallback place at {site}, whose agreement ends
= a sa place de repli à {site}, dont l'entente prend fin

has no seat on these vehicles
= n'a pas de siège dans ces véhicules

add a vehicle for it
= ajoutez un véhicule

{n} {service} are blocked, but {used} of {agreed} are lived in
= {n} {service} sont indisponibles, mais {used} sur {agreed} sont habités

say where these households go
= dites où vont ces ménages

left and was not seen again
= est parti et n'a pas été revu

look for this household now
= cherchez ce ménage maintenant

look for this household; 'partage arrive CASE --found' when it is seen
= cherchez ce ménage ; « partage arrive CASE --found » quand il est revu

left and nobody knows where to
= est parti et personne ne sait où

arrived without {n} of its {persons} person(s)
= est arrivé sans {n} de ses {persons} personne(s)

did not show up
= ne s'est pas présenté

its roof is unchanged; ask after it
= son abri ne change pas ; prenez de ses nouvelles

this is recorded for the night of {today}, which began at 04:00 today
= ceci est inscrit pour la nuit du {today}, qui a commencé aujourd'hui à 4 h

for the night just over, count again with --night {night}
= pour la nuit qui vient de finir, comptez de nouveau avec --night {night}

A recount is of a closed night.
= Un recomptage est celui d'une nuit close.

Correct the book, or close the day first.
= Corrigez le livre, ou fermez d'abord la journée.

Count the rooms of a site that somebody slept in; at an entry point leave them out.
= Comptez les chambres d'un lieu où quelqu'un a dormi ; à un point d'entrée, laissez-les.

Say which with --night.
= Dites laquelle avec --night.

The night of {night} is not closed: its book can still be put right.
= La nuit du {night} n'est pas close : son livre peut encore être corrigé.

{n} rooms slept in by {persons} persons cannot be.
= {n} chambres occupées par {persons} personnes, cela ne se peut pas.

statements take the recount, if somebody else did the headcount
= les états des coûts prennent le recomptage, si quelqu'un d'autre a fait le dénombrement

{by} counted {n} persons, the book says {book} for the night of {night}
= {by} a compté {n} personne(s), le registre dit {book} pour la nuit du {night}

{by} counted {n} persons, the book says {book}
= {by} a compté {n} personne(s), le registre dit {book}

the night desk counted {n}, the book says {book}
= la réception de nuit a compté {n}, le registre dit {book}

the night of {night} is closed: what was charged stands
= la nuit du {night} est close : ce qui a été facturé reste

if the book was wrong, have somebody else say so with 'partage count … --by recount'
= avertissez les finances si le registre était faux cette nuit-là

left on {day} and is not reconciled
= est parti le {day} et n'est pas rapproché

record with 'partage arrive' who arrived, who stayed behind and who was not seen
= inscrivez avec « partage arrive » qui est arrivé, qui est resté et qui n'a pas été vu

ask its night desk; 'partage count … --night {day}' puts it on record
= demandez à sa réception de nuit ; « partage count … --night {day} » l'inscrit

is on the road (run {run}) and is received as agreed
= est en route (trajet {run}) et sera accueilli comme convenu

nothing; tell the site
= rien ; avertissez le lieu

{n} person(s) live there; they keep their roof until they have another
= {n} personne(s) y vivent ; elles gardent leur abri jusqu'à ce qu'elles en aient un autre

plan with each household where it goes
= voyez avec chaque ménage où il va

is on the road (run {run}); its agreement says that they return
= est en route (trajet {run}) ; son entente dit qu'il revient

turn the run back; 'partage arrive RUN --seen-at-origin CASE' when they are there
= faites revenir le trajet ; « partage arrive RUN --seen-at-origin CASE » quand ces personnes sont là

needs an interpreter, and none is on record with this answer
= a besoin d'un interprète, et aucun n'est inscrit avec cette réponse

ask them again with one before they leave; --interpreter says who, --lang in what language
= redemandez-leur avec un interprète avant leur départ ; --interpreter dit qui, --lang en quelle langue

was received at {site}; it had agreed to {planned}
= a été accueilli à {site} ; il avait consenti à {planned}

ask each adult if they wish to stay; if not, 'partage review CASE --ground not-asked'
= demandez à chaque adulte s'il souhaite rester ; sinon, « partage review CASE --ground not-asked »

places nobody
= ne place personne

propose again
= proposez de nouveau

plan everybody again with --replan if that is much
= replanifiez pour tout le monde avec --replan si c'est beaucoup

has a link that joins nobody in this plan
= a un lien qui n'unit personne dans ce plan

has a link that joins nobody in this plan: the other is with an officer, placed already, or did not ask for the link
= a un lien qui n'unit personne dans ce plan : l'autre est suivi par un agent, déjà placé, ou n'a pas demandé le lien

ask both before this line is approved
= demandez aux deux avant d'approuver cette ligne

had a line at {site}, and no place is left for it; it keeps its roof
= avait une ligne à {site}, et il n'y a plus de place ; il garde son abri

an officer looks for a place, or asks for more; see 'partage explain'
= un agent cherche une place, ou en demande d'autres ; voyez « partage explain »

moves {n} household(s), more than the {most} that the policy lets a re-plan move; no roof could be kept with fewer
= change {n} ménage(s), plus que les {most} que la politique permet à un nouveau plan ; aucune place n'a pu être gardée avec moins

whoever approves says that they looked: --moves {n}
= qui approuve dit avoir regardé : --moves {n}

is worth {value}; nothing better than {bound} is possible, the rest is not settled
= vaut {value} ; rien de mieux que {bound} n'est possible, le reste n'est pas tranché

give it more time with --seconds
= donnez-lui plus de temps avec --seconds

{n} linked households fit together at no site; the link was released to the same region: {where}, {near} of {others} other(s) placed there
= {n} ménages liés ne tiennent ensemble dans aucun lieu ; le lien est ramené à la même province : {where}, {near} autre(s) sur {others} y sont placés

ask them whether they accept to be near each other; approve their lines by name
= demandez-leur s'ils acceptent d'être proches ; approuvez leurs lignes par leur nom

was to be looked at again on {day}
= devait être réexaminée le {day}

ask whoever adopted it
= demandez à qui l'a adoptée

{n} {service} in use or held in {region} on {day}, {agreed} agreed: above the {percent} % of its trigger
= {n} {service} occupé(s) ou réservé(s) dans {region} le {day}, {agreed} convenu(s) : au-dessus des {percent} % de son déclencheur

{n} such day(s) in a row meet it; tell whoever decides on it
= {n} jour(s) de suite l'atteignent ; avertissez qui en décide

its offer lapsed at {until} without an answer
= son offre a expiré le {until} sans réponse

its fallback place is held; ask what they wish
= sa place de repli est gardée ; demandez ce qu'ils souhaitent

was approved for {day} and never offered
= a été approuvé pour le {day} et jamais offert

it is in the next plan
= il est dans le prochain plan

was taken in after the cut-off of {cut_off}
= a été accueilli après l'heure limite ({cut_off})

it keeps its roof and is in the next plan
= il garde son abri et sera dans le prochain plan

this is its first appointment: from it on only who is appointed acts or reads in it
= c'est sa première nomination : à partir d'elle, seules les personnes nommées agissent ou lisent dans ce rôle

this is its first appointment: from it on only who is appointed acts or reads in it; of those who acted in it in the last {n} days, not {names}
= c'est sa première nomination : à partir d'elle, seules les personnes nommées agissent ou lisent dans ce rôle ; de celles qui y ont agi ces {n} derniers jours, plus {names}

appoint everybody who is to go on in it
= nommez toutes les personnes qui doivent y continuer

nobody acts or reads in it now: it stays closed to whoever is not appointed
= plus personne n'y agit ni n'y lit : il reste fermé à qui n'est pas nommé

appoint somebody, from today on; 'partage appoint' alone lists all
= nommez quelqu'un, dès aujourd'hui ; « partage appoint » seul donne la liste

is not at '{path}': nothing about people can be read or written until it is
= n'est pas à « {path} » : rien sur les personnes ne peut être lu ou écrit avant qu'elle n'y soit

put the key file there
= mettez-y le fichier de la clé

whoever did this {why} in this record
= la personne qui a fait ceci, dans ce registre : {why}

is not appointed
= n'est pas nommée

look who keeps the machine; to act in the record, an admin of it appoints with 'partage appoint'
= voyez qui tient la machine ; pour agir dans le registre, une personne de son administration nomme avec « partage appoint »
"""
