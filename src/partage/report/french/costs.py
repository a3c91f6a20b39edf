"""What is said of nights, rates, rules and statements of cost."""

SENTENCES = """
{site} night of {day}
= {site}, nuit du {day}

{site} nights of {first} to {last}
= {site}, nuits du {first} au {last}

nights of {first} to {last}
= nuits du {first} au {last}

statement {id}
= état des coûts {id}

cost-sharing rule {id}
= règle de partage des coûts {id}

the book says {n}, and nobody counted
= le livre dit {n}, et personne n'a compté

ask the night desk for its list, and put it on record with 'partage count'
= demandez sa liste à la veille de nuit, et consignez-la avec « partage count »

ask for a corrected invoice, or correct the book
= demandez une facture corrigée, ou corrigez le livre

ask the site, or close the day
= demandez au lieu, ou fermez la journée

stands twice
= figure deux fois

remove one
= enlevez-en une

{rules} say differently who bears {category}
= {rules} disent différemment qui assume {category}

end one of them
= mettez fin à l'une d'elles

{who} bears it until a rule is entered
= {who} l'assume jusqu'à ce qu'une règle soit entrée

no rule says who bears {category} of {who} on {day}
= aucune règle ne dit qui assume {category} de {who} le {day}

has a rate by the person and one by the room
= a un tarif par personne et un par chambre

{n} persons slept there, and no contract or rate is known for it
= {n} personnes y ont dormi, et on n'en connaît ni contrat ni tarif

enter its rate, or say since when it has none
= entrez son tarif, ou dites depuis quand il n'y en a pas

is paid by the room, and it is not known how many were slept in
= est payée par chambre, et on ne sait pas combien ont été occupées

has {n} of {rooms} rooms empty
= a {n} chambres vides sur {rooms}

{n} cents are above the cap of {id}
= {n} cents dépassent le plafond de {id}

the claimant bears them
= le demandeur les assume

{n} things block this statement; the first: {what}.
= {n} choses bloquent cet état des coûts ; la première : {what}.

{what}, then make the statement again.
= {what}, puis refaites l'état des coûts.

The statement has no lines.
= L'état des coûts n'a pas de ligne.

Look at the period and the region.
= Regardez la période et la région.

{n} lines rest on published figures and on no record: nobody can say that people were there.
= {n} lignes reposent sur des chiffres publiés et sur aucun registre : personne ne peut dire que des gens y étaient.

State the nights of the record apart, or bring the counts of that place into the record.
= Faites l'état des nuits du registre à part, ou faites entrer les comptes de ce lieu au registre.

A payment is above nought.
= Un paiement est supérieur à zéro.

has the share {share}
= a la part {share}

give 0 to 1
= donnez de 0 à 1

ends on {day}, before it begins
= finit le {day}, avant de commencer

correct a day
= corrigez un jour

has a cap below nought
= a un plafond inférieur à zéro

correct the amount
= corrigez le montant

and {id} both hold on {day}
= et {id} valent tous deux le {day}

has the unit '{unit}'
= a l'unité « {unit} »

is below nought
= est inférieur à zéro

begins while the one from {day} still holds: two rates for one night
= commence pendant que celui du {day} vaut encore : deux tarifs pour une nuit

end the one before on {day}
= mettez fin au précédent le {day}

Write a month as 2023-02, a quarter as 2022-Q4, a calendar year as 2023, a fiscal year as FY2022-23.
= Écrivez un mois 2023-02, un trimestre 2022-Q4, une année civile 2023, un exercice FY2022-23.

{what} is not a period.
= {what} n'est pas une période.

The period ends on {last}, before it begins on {first}.
= La période finit le {last}, avant de commencer le {first}.

Give the earlier day first.
= Donnez d'abord le jour le plus ancien.

The invoices have {n} fault(s): {what}.
= Les factures ont {n} faute(s) : {what}.

Correct the rows and give the file again; nothing was read from it.
= Corrigez les lignes et redonnez le fichier ; rien n'en a été lu.

are before this record began ({day})
= précèdent le début de ce registre ({day})

what is published of them stands beside, marked; the rest is in no sum
= ce qui en est publié figure à côté, marqué ; le reste n'est dans aucune somme

are not closed
= ne sont pas fermées

close each with 'partage close --day DAY' once it is over
= fermez chacune avec « partage close --day JOUR » une fois finie

{what} is no act.
= {what} n'est pas un acte.

It is not said which night.
= Il n'est pas dit quelle nuit.

Give --night.
= Donnez --night.

Look at its number again.
= Revoyez son numéro.

the record says something else of these nights than when it was prepared
= le registre dit autre chose de ces nuits que lors de la préparation

look what was corrected; take it back with 'reverse' and prepare it anew
= voyez ce qui a été corrigé ; reprenez-le avec « reverse » et préparez-le de nouveau

A statement id is S- and ten characters; see 'partage settle --list'.
= Le code d'un état des coûts est S- et dix caractères ; voyez « partage settle --list ».

are not from the ledger: {paper}.
= ne viennent pas du registre : {paper}.

are not from the ledger: {paper}. {assumed}
= ne viennent pas du registre : {paper}. (En anglais : {assumed})

has {n} rates by the {unit} that night
= a {n} tarifs par {unit} cette nuit-là

end all but one of them
= mettez fin à tous sauf un

hold them against the record of whoever ran the site before they are certified
= comparez-les au registre de qui tenait le lieu avant qu'elles soient attestées

are in no sum: this record does not have the site, and published nights stand only before it began ({day})
= ne sont dans aucune somme : ce registre n'a pas ce lieu, et des nuits publiées ne valent qu'avant son début ({day})

enter the site with its nights, or say since when it is closed
= entrez le lieu avec ses nuits, ou dites depuis quand il est fermé

Its lines are claimed of {who}.
= Ses lignes sont réclamées à {who}.

A statement goes to one payer: look at the rules of cost-sharing in the pack.
= Un état des coûts va à un seul payeur : regardez les règles de partage du paquet.

{other} states nights of {first} to {last} already.
= {other} porte déjà sur des nuits du {first} au {last}.

Take it back first ('reverse'), or choose another period.
= Reprenez-le d'abord (« reverse »), ou choisissez une autre période.

The record says something else of these nights since {id} was prepared.
= Le registre dit autre chose de ces nuits depuis que {id} a été préparé.

Take it back ('reverse') and prepare it anew.
= Reprenez-le (« reverse ») et préparez-le de nouveau.

{id} has no line for {site} and the night of {day}.
= {id} n'a pas de ligne pour {site} et la nuit du {day}.

Name a site and a night as they stand in the statement.
= Nommez un lieu et une nuit tels qu'ils figurent dans l'état des coûts.

An answer names the entry that shows it.
= Une réponse nomme l'inscription qui le montre.

Give its number with --entry.
= Donnez son numéro avec --entry.

{n} cents were paid above what is claimed now
= {n} cents ont été payés au-delà de ce qui est réclamé maintenant

have them paid back, or set off against the next statement
= faites-les rembourser, ou imputez-les au prochain état des coûts

{id} has {n} cents open, and {cents} would be paid.
= {id} a {n} cents à payer, et {cents} le seraient.

Pay no more than is open, or have the statement taken back and stated anew.
= Ne payez pas plus que ce qui reste, ou faites reprendre et refaire l'état des coûts.

{day} is before it was accepted, or in the future.
= Le {day} précède l'acceptation, ou est dans l'avenir.

{id} is {state}: {act} is for one that is {before}.
= {id} est « {state} » : {act} vaut pour un état des coûts qui est « {before} ».

See 'partage settle --list'.
= Voyez « partage settle --list ».

Whoever acted for the payer does not {act} for the claimant.
= Qui a agi pour le payeur ne peut faire pour le demandeur : {act}.

Whoever prepared or certified a statement does not {act} it.
= Qui a préparé ou attesté un état des coûts ne peut faire : {act}.

is a draft that {n} things block, and nobody can certify it
= est une ébauche que {n} choses bloquent, et personne ne peut l'attester

see them with 'partage settle'
= voyez-les avec « partage settle »

The amount is in {what}.
= Le montant est en {what}.

The amount names no currency.
= Le montant ne nomme pas de monnaie.

Give it in CAD, and say so.
= Donnez-le en CAD, et dites-le.

{what} is not an amount.
= {what} n'est pas un montant.

Write it as 208 or 208.50.
= Écrivez 208 ou 208.50.

The amount is too large.
= Le montant est trop grand.

Look at the number of digits.
= Regardez le nombre de chiffres.

It is not said whose statement, or of which nights.
= Il n'est pas dit de qui est l'état des coûts, ni de quelles nuits.

Give --region and --period, or a statement S-…; --list shows those on record.
= Donnez --region et --period, ou un état S-… ; --list montre ceux qui sont au registre.

correct it
= corrigez-le

Correct the amount.
= Corrigez le montant.

Correct the day.
= Corrigez le jour.

one of {units}
= une de {units}

is invoiced for {n} {units}, {who} says {book}
= est facturée pour {n} {units}, {who} dit {book}

is invoiced for {n} {units}, and the book has no such night
= est facturée pour {n} {units}, et le livre n'a pas cette nuit

persons
= personnes

rooms
= chambres

of the unit {unit}
= de l'unité {unit}

the book
= le livre

the recount
= le recomptage

ask for a corrected invoice, or have the night recounted
= demandez une facture corrigée, ou faites recompter la nuit

is invoiced at {amount} a {unit}, the rate is {rate}
= est facturée à {amount} par {unit}, le tarif est {rate}

ask for a corrected invoice, or enter the rate that was agreed
= demandez une facture corrigée, ou entrez le tarif convenu

ask for a corrected invoice
= demandez une facture corrigée

says {amount}, and {n} x {night} nights x {rate} are {comes}
= dit {amount}, et {n} x {night} nuits x {rate} font {comes}

is invoiced twice by the {unit}: {first} and {second}
= est facturée deux fois par {unit} : {first} et {second}

ask for one invoice
= demandez une seule facture

invoices.csv, row {n}
= invoices.csv, ligne {n}

invoice line {n}
= ligne de facture {n}

{unit} is not a unit.
= {unit} n'est pas une unité.

An invoice for {site} is of {n} nights.
= Une facture pour {site} est de {n} nuits.

Correct its days.
= Corrigez ses jours.

{site} on {day}
= {site}, le {day}

{site} {unit} from {day}
= {site}, {unit} à compter du {day}

tariff {site} {unit} from {day}
= tarif {site}, {unit} à compter du {day}

has {n} {units}, and no rate holds on that day
= a {n} {units}, et aucun tarif ne vaut ce jour-là

has a rate by the school seat, and it is not known how many were in use
= a un tarif par place à l'école, et on ne sait pas combien étaient occupées

state it apart with its papers, and end the rate here
= faites-en l'état à part avec ses papiers, et mettez fin au tarif ici

has a rate in this period, and this record has no count of the unit {unit}
= a un tarif dans cette période, et ce registre n'a aucun compte de l'unité {unit}

state the rooms under contract with 'partage agree', and have the rooms counted with 'partage count … --rooms'
= consignez les chambres sous contrat avec « partage agree », et faites compter les chambres avec « partage count … --rooms »

has {n} rooms slept in, and {rooms} are under contract
= a {n} chambres occupées, et {rooms} sont sous contrat

put on record what the site agreed to, or find out who slept where
= consignez ce que le lieu a accepté, ou établissez qui a dormi où

the night desk counted {n} rooms slept in, the book says {book}
= la veille de nuit a compté {n} chambres occupées, le livre dit {book}

find out who slept where; somebody else puts it on record with 'partage count … --rooms … --by recount'
= établissez qui a dormi où ; quelqu'un d'autre le consigne avec « partage count … --rooms … --by recount »

find out who was there; somebody else puts it on record with 'partage count … --by recount'
= établissez qui était là ; quelqu'un d'autre le consigne avec « partage count … --by recount »

is charged by the recount: {n}; the book says {book}, the headcount {counted}
= est facturée selon le recomptage : {n} ; le livre dit {book}, le dénombrement {counted}

both stay on record
= les deux restent au registre

are in no sum: {n} nights before this record began, and nothing is published of them
= ne sont dans aucune somme : {n} nuits avant le début de ce registre, et rien n'en est publié

state them apart, from the record of whoever ran the site then
= faites-en l'état à part, d'après le registre de qui tenait alors le lieu

both begin that day: keep one of the two
= les deux commencent ce jour-là : gardez-en un

{id} takes back {other} itself.
= {id} reprend elle-même {other}.

Post the right amount anew.
= Inscrivez de nouveau le bon montant.

{id} is on record with something else.
= {id} est au registre avec autre chose.

Reverse it first.
= Reprenez-la d'abord.

{id} is below nought.
= {id} est inférieure à zéro.

Reverse the posting it corrects.
= Reprenez l'inscription qu'elle corrige.

{id} does not take back what {other} says.
= {id} ne reprend pas ce que dit {other}.

{id} was taken back before.
= {id} a déjà été reprise.

Nothing is to be done.
= Il n'y a rien à faire.

The invoices of this statement are not in the record.
= Les factures de cet état des coûts ne sont pas au registre.

Restore them from a copy, or give them again with --invoices.
= Rétablissez-les d'une copie, ou redonnez-les avec --invoices.
"""
