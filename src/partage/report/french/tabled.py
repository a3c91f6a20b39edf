"""Titles, headings, notes and words of the tables of the command line: one a row.

Apart from the other books: a heading is a word, and would be found inside sentences.
"""

SENTENCES = """
what changes
= ce qui change

case
= dossier

cases
= dossiers

persons
= personnes

households
= ménages

before
= avant

after
= après

no place
= aucune place

night of {day}
= nuit du {day}

account
= compte

data of households that left
= données des ménages partis

may be erased from
= effaçables à partir du

held
= conservées pour

side by side
= côte à côte

cases that look alike
= dossiers qui se ressemblent

both are served until people say what they are: 'partage duplicate CASE CASE'
= les deux sont servis jusqu'à ce que l'on dise ce qu'il en est : « partage duplicate DOSSIER DOSSIER »

said
= dit

since
= depuis

who asks
= qui demande

asked
= demandé

differs
= diffère

both are served meanwhile
= les deux sont servis entre-temps

who would be placed otherwise
= qui serait placé autrement

accounts
= comptes

name
= nom

roles
= rôles

role
= rôle

state
= état

begun
= commencé

linked
= relié

second_factor
= second facteur

codes_left
= codes restants

sessions
= sessions

session
= session

by
= par

began
= début

seen
= vue

ends
= fin

active
= actif

ended
= terminé

yes
= oui

no
= non

accesses
= accès

token
= accès

scope
= portée

until
= jusqu'au

appointments
= nominations

from
= de

to
= à

hours
= heures

over
= portée

stands in for
= supplée

instrument
= acte

now
= à présent

acts now
= agit à présent

is not appointed
= n'est pas dans ce rôle

is not appointed any more, since {day}
= n'est plus dans ce rôle depuis le {day}

is appointed from {first} to {last}
= est dans ce rôle du {first} au {last}

is appointed at {hours} local time
= est dans ce rôle à {hours}, heure locale

closed to whoever is not listed here: {roles}
= fermé à qui n'est pas dans cette liste : {roles}

no role has an appointment: whoever is let in acts in the role they name
= aucun rôle n'a de nomination : qui entre agit dans le rôle qu'il nomme

agreement of {party}: not asked
= entente de {party} : pas demandée

agreement of {party}: proposed
= entente de {party} : demandée

agreement of {party}: agreed
= entente de {party} : convenue

agreement of {party}: declined
= entente de {party} : refusée

agreement of {party}: paused
= entente de {party} : suspendue

agreement of {party}: withdrawn
= entente de {party} : retirée

first day
= premier jour

last day
= dernier jour

counts from
= compte à partir du

terms
= conditions

takes nobody new from {first} to {last} ({why})
= n'accueille personne de nouveau du {first} au {last} ({why})

asked by {by} on {on}: {first} to {last}, {n} days of notice
= demandée par {by} le {on} : du {first} au {last}, {n} jours de préavis

at most {n} persons there
= au plus {n} personnes

at most {n} sent in a day
= au plus {n} envoyées par jour

those who use the rooms now: {text}
= qui occupe les chambres à présent : {text}

if it withdraws, those under way: receive
= en cas de retrait, qui est en route : accueillir

if it withdraws, those under way: return
= en cas de retrait, qui est en route : ramener

nobody new {first}..{last}
= personne de nouveau du {first} au {last}

condition: {text}
= condition : {text}

where
= où

what
= quoi

number
= nombre

entry {n}
= inscription {n}

{n} persons: from the ledger
= {n} personnes : tiré du registre

{n} persons: not from the ledger
= {n} personnes : ne vient pas du registre

{n} lines: from the ledger
= {n} lignes : tiré du registre

{n} lines: not from the ledger
= {n} lignes : ne vient pas du registre

{n} decisions: from the ledger
= {n} décisions : tiré du registre

{n} decisions: not from the ledger
= {n} décisions : ne vient pas du registre

{n} things: from the ledger
= {n} choses : tiré du registre

{n} things: not from the ledger
= {n} choses : ne vient pas du registre

{n} CAD cents: from the ledger
= {n} cents (CAD) : tiré du registre

{n} CAD cents: not from the ledger
= {n} cents (CAD) : ne vient pas du registre

{n} {unit}: from the ledger
= {n} {unit} : tiré du registre

{n} {unit}: not from the ledger
= {n} {unit} : ne vient pas du registre

manifest {run} version {version}: {n} persons to {site}
= manifeste {run}, version {version} : {n} personnes vers {site}

code
= code

child seats
= sièges d'enfant

wheelchairs
= fauteuils

together with
= avec

language
= langue

interpreter
= interprète

leaves at {at}; vehicle: {seats} seats, {children} child seats, {wheelchairs} wheelchair places
= part à {at} ; véhicule : {seats} places, {children} sièges d'enfant, {wheelchairs} places pour fauteuil

mark {mark}
= empreinte {mark}

anchor {seal}
= ancre {seal}

SUPERSEDED by version {version}: do not use, shred it
= REMPLACÉ par la version {version} : ne l'utilisez pas, déchiquetez-le

this run is '{state}': its manifest stands as it left
= ce trajet est « {state} » : son manifeste reste tel qu'au départ

supersedes {mark}: shred the version before
= remplace {mark} : déchiquetez la version précédente

run
= trajet

leaves at
= part à

seats
= places

boarding
= embarquement

on-road
= en route

none
= aucun

'partage board RUN' shows its manifest
= « partage board RUN » montre son manifeste

webhooks
= signalements

hook
= signalement

origin
= adresse

events
= événements

told_to
= signalé jusqu'à

misses
= échecs

why
= pourquoi

next_try
= prochain essai

deliveries
= envois

at
= le

event
= événement

status
= statut

attempt
= essai

again
= de nouveau

ms
= ms

entries
= inscriptions

seals
= sceaux

closed days
= jours clos

days not worked out
= jours qui n'ont pas été refaits

outside counts
= dénombrements extérieurs

draws
= tirages

plans
= plans

plans that cannot be read
= plans qui ne peuvent pas être lus

vault rows
= lignes du coffre

vault rows erased
= lignes du coffre effacées

vault rows missing
= lignes du coffre manquantes

{view} rows
= lignes de la vue {view}

{head} (as if in force): persons by province
= {head} (comme si elle était en vigueur) : personnes par province

{head}: persons by province
= {head} : personnes par province

{head} (as if in force): sites
= {head} (comme si elle était en vigueur) : lieux d'hébergement

{head}: sites
= {head} : lieux d'hébergement

{head} (as if in force): load against agreed places
= {head} (comme si elle était en vigueur) : charge et places convenues

{head}: load against agreed places
= {head} : charge et places convenues

{head} (as if in force): without a place, or with an officer
= {head} (comme si elle était en vigueur) : sans place, ou avec un agent

{head}: without a place, or with an officer
= {head} : sans place, ou avec un agent

{head} (as if in force): line by line
= {head} (comme si elle était en vigueur) : ligne par ligne

{head}: line by line
= {head} : ligne par ligne

{day}: moves since {plan}
= {day} : changements depuis {plan}

region
= province

site
= lieu

due
= part due

placed
= placées

difference
= écart

ride
= trajet

service
= service

agreed
= convenu

plan
= plan

load
= charge

basis
= fondement

decided
= décidé

look at
= à regarder

because
= parce que

approved before
= approuvé avant

no place; keeps its roof
= aucune place ; garde son abri

key: {note}
= clé : {note}

no key was applied: {note}
= aucune clé n'a été appliquée : {note}

{n} persons placed, {unplaced} without a place, {outside} household(s) with an officer, outside the engine
= {n} personnes placées, {unplaced} sans place, {outside} ménage(s) avec un agent, hors du moteur

placed counts {n} person(s) with a place in no line of this plan
= les placées comptent {n} personne(s) dont la place n'est dans aucune ligne de ce plan

load is rounded down
= la charge est arrondie vers le bas

{n} services with places and no load are not shown
= {n} services avec des places et sans charge ne sont pas montrés

with an officer: {why}
= avec un agent : {why}

everybody here keeps the roof they have
= chacun ici garde l'abri qu'il a

nobody
= personne

no site was possible
= aucun lieu n'était possible

no room (needed, left): {where}
= pas de place (nécessaire, reste) : {where}

limit of the day (needed, left): {where}
= limite du jour (nécessaire, reste) : {where}

most persons of the city or province (needed, left): {where}
= maximum de la ville ou de la province (nécessaire, reste) : {where}

agreed for too few nights (needed, left): {where}
= convenu pour trop peu de nuits (nécessaire, reste) : {where}

blocked (needed, left): {where}
= indisponible (nécessaire, reste) : {where}

capacity unknown: {where}
= capacité inconnue : {where}

silent too long: {where}
= muet depuis trop longtemps : {where}

no agreement: {where}
= pas d'entente : {where}

excluded by a rule: {where}
= exclu par une règle : {where}

an officer said: no place yet: {where}
= un agent a dit : pas encore de place : {where}

linked to a household that holds an offer elsewhere: {where}
= lié à un ménage qui tient une offre ailleurs : {where}

decided: only = no other site was possible; limit = a better site had a limit; room = a site as good was full; order = the priorities; lot = a draw between equals
= décidé : only = aucun autre lieu n'était possible ; limit = un meilleur lieu avait une limite ; room = un lieu aussi bon était plein ; order = les priorités ; lot = un tirage entre égaux

each reason: partage explain CASE
= chaque motif : partage explain CASE

{stay} of {n} households with a line keep it; {moved} move
= {stay} des {n} ménages qui ont une ligne la gardent ; {moved} changent

nothing has changed since that plan, so nobody moves
= rien n'a changé depuis ce plan : personne ne change

the policy lets {n} move without a word of whoever approves; only roofs go beyond; a move for the sake of points must gain {points} a person
= la politique laisse {n} changements sans un mot de qui approuve ; seuls les abris vont au-delà ; un changement pour des points doit gagner {points} par personne

OVER THE BOUND: look, then approve with --moves {n}
= AU-DELÀ DE LA BORNE : regardez, puis approuvez avec --moves {n}

{n} person(s) who hold an offer or have gone on count in what is due
= {n} personne(s) qui tiennent une offre ou ont avancé comptent dans la part due

proxy audit: destination by nationality (persons)
= vérification des effets par groupe : destination par nationalité (personnes)

proxy audit: destination by language (persons)
= vérification des effets par groupe : destination par langue (personnes)

cells of fewer than 5 persons or 3 households are hidden, and others with them where they could be worked out; for people who ask whether a rule treats groups unlike, never read by the engine
= les cases de moins de 5 personnes ou 3 ménages sont masquées, et d'autres avec elles si on pouvait les déduire ; pour qui demande si une règle traite des groupes autrement, jamais lu par le moteur

hidden
= masqué

not stated
= pas dit

runs that are loading or on the road
= trajets qui embarquent ou sont en route

site
= lieu

offers out
= offres en cours

answers
= réponses

asked by households
= demandes des ménages

request
= demande

about
= sujet

answer by
= réponse avant le
"""
