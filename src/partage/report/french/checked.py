"""What ``verify`` finds: the first bad entry, what rests on it, and what stands beside the entries."""

SENTENCES = """
entry {n}
= inscription {n}

after entry {n}
= après l'inscription {n}

entry {n} is missing
= l'inscription {n} manque

entry {n} is missing, or moved
= l'inscription {n} manque, ou a changé de place

entry {n} is not what its seal says
= l'inscription {n} n'est pas ce que dit son sceau

entry {n} cannot be read
= l'inscription {n} ne peut pas être lue

journal file
= fichier du registre

book
= livre

views
= vues

anchor
= ancre

anchor {n}
= ancre {n}

account {n}
= compte {n}

draw/{draw}
= tirage {draw}

view {view}, row {row}
= vue {view}, ligne {row}

vault row {row}
= ligne du coffre {row}

vault of {row}
= coffre de {row}

is the first bad entry: {what}
= est la première inscription fautive : {what}

number {no} follows {before}: an entry is missing, doubled or moved
= le numéro {no} suit {before} : une inscription manque, est en double ou a changé de place

it does not follow from the seal of the entry before it
= elle ne suit pas du sceau de l'inscription précédente

its content does not match its seal: it was changed after it was sealed
= son contenu ne correspond pas à son sceau : elle a été changée après avoir été scellée

version {n} of {subject} follows version {before}
= la version {n} de {subject} suit la version {before}

it is dated before the entry that precedes it
= elle est datée d'avant l'inscription qui la précède

the body of entry {n} is not canonical JSON: it was changed after it was sealed
= le corps de l'inscription {n} n'est pas du JSON canonique : elle a été changée après avoir été scellée

its effect is impossible: {why}
= son effet est impossible : {why}

'{step}' is not a step of '{verb}'
= « {step} » n'est pas une étape de « {verb} »

'{step}' does not lead from '{before}' to '{after}'
= « {step} » ne mène pas de « {before} » à « {after} »

it is missing; {n} entries were acknowledged, {there} are there
= elle manque ; {n} inscriptions ont été confirmées, {there} sont là

stands after the end that was acknowledged: {n} entries
= se trouve après la fin qui a été confirmée : {n} inscriptions

restore the journal from a copy
= restaurez le registre d'une copie

restore the journal from a copy: its end was cut off
= restaurez le registre d'une copie : sa fin a été coupée

restore the journal from a copy; nothing after this entry can be relied on
= restaurez le registre d'une copie ; on ne peut se fier à rien après cette inscription

restore the vault from a copy
= restaurez le coffre d'une copie

look at each of them with those who wrote them
= examinez chacune avec qui l'a écrite

look at each again once the journal is restored
= réexaminez chacune quand le registre est restauré

{n} later entries are about {subject} and rest on it
= {n} inscriptions ultérieures portent sur {subject} et reposent sur elle

{n} entries follow, {same} of them about {subject}: {kinds}
= {n} inscriptions suivent, dont {same} sur {subject} : {kinds}

is not what the entries say
= n'est pas ce que disent les inscriptions

rebuild the views with 'partage verify --rebuild'
= refaites les vues avec « partage verify --rebuild »

is not a whole seal: sha256: and 64 hexadecimal digits
= n'est pas un sceau entier : sha256: et 64 chiffres hexadécimaux

copy it whole
= copiez-le en entier

is not the seal of any entry: the journal was rewritten
= n'est le sceau d'aucune inscription : le registre a été récrit

compare with the copy the anchor was printed from
= comparez avec la copie d'où l'ancre a été imprimée

sums to {n} persons, not 0
= donne une somme de {n} personnes, pas 0

has {n} persons, its households {lived}
= a {n} personnes, ses ménages {lived}

counts {n} {service} {kind}, its cases {wanted}
= compte {n} {service} {kind}, ses dossiers {wanted}

leaves {site} with {n} {service} {kind} too many for its households
= laisse {site} avec {n} {service} {kind} de trop pour ses ménages

leaves {site} with {n} {service} {kind} too few for its households
= laisse {site} avec {n} {service} {kind} de moins que pour ses ménages

takes places at {site} for {day}, and no agreement of {party} covers that day
= prend des places à {site} pour le {day}, et aucune entente de {party} ne couvre ce jour

takes places at {site} for {day}, when {party} takes nobody new
= prend des places à {site} pour le {day}, quand {party} n'accueille personne de nouveau

takes places at {site} beyond what was agreed for {day}: {used} {service}, {units} agreed
= prend à {site} plus de places que convenu pour le {day} : {used} {service}, {units} convenus

takes places at {site} beyond the cap of {party}: {n} persons, {cap} agreed
= prend à {site} des places au-delà du plafond de {party} : {n} personnes, {cap} convenues

takes places at {site} beyond the limit of {party} for {day}: {n} persons sent, {ramp} agreed
= prend à {site} des places au-delà de la limite de {party} pour le {day} : {n} personnes envoyées, {ramp} convenues

an outside count of {account} found {n} persons, the book said {book}
= un dénombrement extérieur de {account} a trouvé {n} personnes, le livre disait {book}

an outside count of {account} found {n} persons, the book said {book} for the night of {night}
= un dénombrement extérieur de {account} a trouvé {n} personnes, le livre disait {book} pour la nuit du {night}

held
= retenus

occupied
= occupés

taken
= pris

find out who is where
= trouvez qui est où

offers a place without a fallback place
= offre une place sans place de repli

ask the office
= demandez au bureau

ask both
= demandez aux deux

ask finance
= demandez aux finances

ask the admin
= demandez à l'administration

ask the approver
= demandez à qui approuve

is an act of its own under the key of another
= est un acte à part sous la clé d'un autre

its act was begun by another hand, or at another time
= son acte a été commencé par une autre main, ou à un autre moment

is written by the role '{role}', which may not {verb}
= est écrite par le rôle « {role} », qui ne peut pas faire ceci : {verb}

its actor {why} as {role}
= dans le rôle « {role} », son auteur {why}

is not appointed any more, since {day}
= n'est plus nommé depuis le {day}

is appointed from {first} to {last}
= est nommé du {first} au {last}

is appointed at {hours} local time
= est nommé à {hours}, heure locale

approves what its own actor proposed or overrode
= approuve ce que son propre auteur a proposé ou à quoi il a dérogé

approves a plan that {why}
= approuve un plan qui {why}

shows a policy as if in force
= montre une politique comme si elle était en vigueur

was overridden by {plan}
= a été remplacé par dérogation ({plan})

changes what a statement says
= change ce que dit un état des coûts

does '{act}' to a statement that is {state}
= fait « {act} » d'un état des coûts dont le statut est {state}

does '{act}' to a statement of its own actor
= fait « {act} » d'un état des coûts de son propre auteur

does not say who acted for the payer
= ne dit pas qui a agi pour le payeur

does '{act}' on both sides of a statement
= fait « {act} » des deux côtés d'un état des coûts

does not say whose hands a statement went through
= ne dit pas par quelles mains un état des coûts est passé

does not say who prepared a statement
= ne dit pas qui a préparé un état des coûts

changes what was paid on a statement
= change ce qui a été payé sur un état des coûts

pays more than is claimed
= paie plus que ce qui est réclamé

is no act on a statement
= n'est pas un acte sur un état des coûts

the seed is not the one whose hash was published beforehand
= la graine n'est pas celle dont l'empreinte a été publiée avant

the order is not the one that the seed gives
= l'ordre n'est pas celui que donne la graine

was held {n} times
= a été tenu {n} fois

the draw does not count; hold another before witnesses
= le tirage ne compte pas ; tenez-en un autre devant témoins

confirms a standing policy that nobody proposed
= confirme une politique permanente que personne n'a proposée

confirms the standing policy that its own actor proposed
= confirme la politique permanente que son propre auteur a proposée

proposes a standing policy in the name of somebody else
= propose une politique permanente au nom de quelqu'un d'autre

looks again at a roof that its own actor gave
= réexamine un abri que son propre auteur a donné

answers a review of what its own actor decided
= répond à la révision de ce que son propre auteur a décidé

appoints {name} as {role} under {rest}
= nomme {name} comme {role} sous {rest}

approves {site} for {case}; the plan has {other}
= approuve {site} pour {case} ; le plan a {other}

the document of this plan is missing or changed
= le document de ce plan manque ou a été changé

the instance of this plan is missing or changed
= les données de ce plan manquent ou ont été changées

the solution of this plan is missing or changed
= la solution de ce plan manque ou a été changée

is not what the chain committed to
= n'est pas ce sur quoi la chaîne s'est engagée

lacks a row that the chain committed to, and no erasure is recorded
= il y manque une ligne sur laquelle la chaîne s'est engagée, et aucun effacement n'est inscrit

has rows, though an erasure is recorded
= a des lignes, quoiqu'un effacement soit inscrit

vault
= coffre

was not checked: its key is not here, or is another's; all else was
= n'a pas été vérifié : sa clé n'est pas ici, ou est celle d'un autre ; tout le reste l'a été

put the key file of this journal back and verify again
= remettez le fichier de clé de ce registre et vérifiez de nouveau

erase again
= effacez de nouveau

has an entry {n} outside the chain, which ends at {head}
= a une inscription {n} hors de la chaîne, qui finit à {head}

keeps {n} answer(s) under keys of no act: such a request would do nothing
= garde {n} réponse(s) sous les clés d'aucun acte : une telle demande ne ferait rien

find out who put them there, and take them away
= trouvez qui les y a mises, et enlevez-les

its answer was changed: a repeat of this act is refused
= sa réponse a été changée : une répétition de cet acte est refusée

its answer is missing: a repeat of this act is told its first entry instead
= sa réponse manque : qui répète cet acte reçoit à sa place sa première inscription

restore the answers from a copy
= restaurez les réponses d'une copie

document {n}
= document {n}

aside {key}
= ligne à côté {key}

letter {n}
= lettre {n}

letter/{case}
= lettre de {case}

hook/{n}
= adresse {n}

was put there or changed by a hand without the key: it opens nothing
= y a été mise ou a été changée par une main sans la clé : elle n'ouvre rien

is a way to sign in for nobody who has an account: it opens nothing
= est une façon d'entrer pour qui n'a pas de compte : elle n'ouvre rien

tells an address what nobody said it should be told
= dit à une adresse ce que personne n'a dit de lui dire

has a code that nobody gave, or a second one
= a un code que personne n'a donné, ou un second

the letter of adult {n} counts, and no code opens it
= la lettre de l'adulte {n} compte, et aucun code ne l'ouvre

is told nothing: its address is gone
= n'apprend rien : son adresse n'est plus là

give that adult a new letter
= donnez une nouvelle lettre à cet adulte

end it, and give the address anew
= mettez-y fin, et donnez l'adresse de nouveau

is named by no entry: nothing rests on it
= n'est nommé par aucune inscription : rien ne repose sur lui

find out who put it there, and take it away
= trouvez qui l'y a mis, et enlevez-le

find out who put it there
= trouvez qui l'y a mis

the invoices of this statement are missing or changed
= les factures de cet état des coûts manquent ou ont été changées

has its rows in another order than they were written: an older one would count
= a ses lignes dans un autre ordre que celui où elles ont été écrites : une plus ancienne compterait

still has its key, though an erasure is recorded: copies can be read with it
= a encore sa clé, quoiqu'un effacement soit inscrit : des copies peuvent être lues avec elle

has a key, and the chain committed to no row of it
= a une clé, et la chaîne ne s'est engagée sur aucune de ses lignes

ends letters of which none counts, or ends them by half
= met fin à des lettres dont aucune ne compte, ou n'y met fin qu'à moitié

gives a letter to a household that is not received
= donne une lettre à un ménage qui n'est pas accueilli

gives a letter under the id of another
= donne une lettre sous l'identifiant d'une autre

lets a letter count for other than {days} days, or changes another adult's
= laisse compter une lettre autrement que {days} jours, ou change celle d'un autre adulte

is no request for a {kind}
= n'est pas une demande ({kind})

asks for a {kind} of a household that is not received
= fait une demande ({kind}) pour un ménage qui n'est pas accueilli

gives a {kind} another time than {days} days to be answered
= donne à une demande ({kind}) un autre délai de réponse que {days} jours

answers a {kind} that is {state}, or with no outcome
= répond à une demande ({kind}) dont le statut est {state}, ou sans issue

changes what was asked for in a {kind}
= change ce qui était demandé ({kind})

says of a {kind} that it was answered on another day, or in time when it was not
= dit d'une demande ({kind}) qu'elle a eu sa réponse un autre jour, ou à temps alors que non

says corrected, and nothing was corrected
= dit « corrigé », et rien n'a été corrigé

answers a {kind} without a word of why
= répond à une demande ({kind}) sans un mot du pourquoi

gives an access for longer than {days} days
= donne un accès pour plus de {days} jours

changes an access that was given, other than to end it
= change un accès qui a été donné, autrement que pour y mettre fin

gives its own actor a role
= donne un rôle à son propre auteur

vouches for its own actor, in another's name, or twice
= se porte garante de son propre auteur, au nom d'un autre, ou deux fois

looks at a colleague's word in which its own actor had a part
= examine la parole d'un collègue à laquelle son propre auteur a eu part

has a {kind} '{name}' that is not its own
= a un objet « {name} » ({kind}) qui n'est pas à lui

lacks its {kind} '{name}'
= n'a pas son objet « {name} » ({kind})

is not whole on the disk: {line}
= n'est pas entier sur le disque : {line}
"""
