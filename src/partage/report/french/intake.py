"""Taking people in: what is found in a file, row by row."""

SENTENCES = """
is empty
= est vide

give the household a reference
= donnez une référence au ménage

this reference already stands in row {row}
= cette référence figure déjà à la ligne {row}

give each household its own reference
= donnez à chaque ménage sa propre référence

is not an instant with its zone
= n'est pas un instant avec son fuseau

is not a day
= n'est pas un jour

Write it as 2023-02-20T14:05:00Z.
= Écrivez-le ainsi : 2023-02-20T14:05:00Z.

Add Z for UTC or an offset such as -05:00.
= Ajoutez Z pour UTC, ou un décalage tel que -05:00.

State an instant of our time.
= Indiquez un instant de notre époque.

Write it as 2023-02-20.
= Écrivez-le ainsi : 2023-02-20.

the household has no one in it
= le ménage ne compte personne

enter its persons
= inscrivez ses personnes

{n} persons in one household
= {n} personnes dans un seul ménage

register each household on a row of its own and link them
= inscrivez chaque ménage sur sa ligne et liez-les

is not a number of persons
= n'est pas un nombre de personnes

write 0 or more, never blank
= écrivez 0 ou plus, jamais rien

do not fit the persons counted in the age columns
= ne correspondent pas aux personnes comptées dans les colonnes d'âge

leave one of the two blank, or correct it
= laissez l'un des deux vide, ou corrigez-le

has no date at place {n} that can be read
= n'a pas de date lisible à la place {n}

write dates such as 1990-05-17, 1990-05 or 1990, and unknown for a person of unknown age
= écrivez des dates telles que 1990-05-17, 1990-05 ou 1990, et unknown pour une personne d'âge inconnu

has a date at place {n} that lies after the entry
= a, à la place {n}, une date postérieure à l'entrée

correct it; count a child that was born since in the age columns, without birth dates
= corrigez-la ; comptez un enfant né depuis dans les colonnes d'âge, sans dates de naissance

has a date at place {n} that lies more than {years} years before the entry
= a, à la place {n}, une date de plus de {years} ans avant l'entrée

correct it, or write unknown
= corrigez-la, ou écrivez unknown

is not a known code
= n'est pas un code connu

is not a known hold
= n'est pas une suspension connue

use one of: {codes}
= utilisez l'un de ceux-ci : {codes}

is neither yes nor no
= n'est ni yes ni no

write yes, no or leave it blank
= écrivez yes (oui), no (non), ou laissez vide

names more than {n} things
= nomme plus de {n} choses

write what is needed
= écrivez ce qui est nécessaire

has a code that is not known
= a un code inconnu

see docs/reference/arrivals.md
= voyez docs/reference/arrivals.md

names a code twice
= nomme un code deux fois

name it once
= nommez-le une fois

names a region that is not known
= nomme une province inconnue

use a code such as ON
= utilisez un code tel que ON

is not a room need
= n'est pas un besoin de chambre

write room, room.family or room.family:2
= écrivez room, room.family ou room.family:2

protected path: {why}
= voie protégée : {why}

an age is not known
= un âge est inconnu

nobody of 18 or more
= personne de 18 ans ou plus

it is not stated that the adults are parents or guardians
= il n'est pas dit que les adultes sont parents ou tuteurs

an age is disputed
= un âge est contesté

objects to automated support
= refuse l'aide automatisée

an officer decides; the engine never places this household
= un agent décide ; le moteur ne place jamais ce ménage

is in the future
= est dans l'avenir

correct the instant or its zone
= corrigez l'instant ou son fuseau

is registered already as {case}; not registered twice
= est déjà inscrit comme {case} ; n'est pas inscrit deux fois

is registered already as {case}; not registered twice. It says otherwise than what is known in: {columns}; that was not read
= est déjà inscrit comme {case} ; n'est pas inscrit deux fois. La ligne diffère de ce qui est connu dans : {columns} ; cela n'a pas été lu

if the row is right: 'partage correct {case} --set COLUMN=VALUE --why REASON'
= si la ligne est juste : « partage correct {case} --set COLUMN=VALUE --why REASON »

nothing, unless it is another household: then give it its own reference
= rien, sauf si c'est un autre ménage : donnez-lui alors sa propre référence

looks like {case}; it is taken in all the same, so that nobody is left out
= ressemble à {case} ; il est accueilli quand même, pour que personne ne soit oublié

looks like {case} since {day}; both are served
= ressemble à {case} depuis le {day} ; les deux sont servis

say whether they are one: 'partage duplicate {case} {own}'
= dites si c'est le même ménage : « partage duplicate {case} {own} »

a link is to no household that is known; it was not kept
= un lien ne mène à aucun ménage connu ; il n'a pas été gardé

link two households by each other's reference, or correct the row that was left out
= liez deux ménages par la référence l'un de l'autre, ou corrigez la ligne laissée de côté

a link is to {other}, which was taken in before; they are kept together once it asks too
= un lien mène à {other}, accueilli auparavant ; ils resteront ensemble quand il le demandera aussi

ask it apart, then: 'partage correct {other} --set linked_to={case} --why wish'
= demandez-le-lui à part, puis : « partage correct {other} --set linked_to={case} --why wish »

a link is to the household itself; it was not kept
= un lien mène au ménage lui-même ; il n'a pas été gardé

name the other household
= nommez l'autre ménage

a link is to row {row}, which does not ask for it; it joins nobody yet
= un lien mène à la ligne {row}, qui ne le demande pas ; il n'unit encore personne

ask the household of row {row} apart; if it wishes so, link it too
= demandez à part au ménage de la ligne {row} ; s'il le souhaite, liez-le aussi

has {n} sheets; '{name}' was read
= a {n} feuilles ; « {name} » a été lue

keep one
= gardez-en une

has cells that are worked out by formulas; their last values were read
= a des cellules calculées par des formules ; leurs dernières valeurs ont été lues

replace formulas by values, so that what is registered is what you see
= remplacez les formules par leurs valeurs, pour que ce qui est inscrit soit ce que vous voyez

has {rows}; they were read too
= a {rows} ; elles ont été lues aussi

show them, and look at the list
= affichez-les, et regardez la liste

have a {sign} between them; they were read so
= sont séparées par ce signe : {sign} ; elles ont été lues ainsi

nothing, if the rows are right
= rien, si les lignes sont justes

has {n} cells, the first row has {width}
= a {n} cellules, la première ligne en a {width}

complete the row; the file may have been cut off
= complétez la ligne ; le fichier a peut-être été coupé

is not known and was not read
= est inconnue et n'a pas été lue

remove or rename it
= enlevez-la ou renommez-la

begins like a formula
= commence comme une formule

write the value itself, without = + - or @ before it
= écrivez la valeur elle-même, sans = + - ni @ devant

is an error of a spreadsheet
= est une erreur de tableur

write the value itself
= écrivez la valeur elle-même

is longer than {n} signs
= dépasse {n} signes

write what is needed to find a place
= écrivez ce qu'il faut pour trouver une place

has a sign that is no text
= a un signe qui n'est pas du texte

write it again by hand
= récrivez-la à la main

has a name twice
= a un nom deux fois

write each column once
= écrivez chaque colonne une fois

has a list in a list
= a une liste dans une liste

write words, or one list
= écrivez des mots, ou une seule liste

{n} household(s) are described at another entry point than was counted
= {n} ménage(s) sont décrits à un autre point d'entrée que celui du décompte

correct the entry point, or see whether they belong to another group
= corrigez le point d'entrée, ou voyez s'ils appartiennent à un autre groupe

{now} persons are described, {left} of the count were left
= {now} personnes sont décrites, il en restait {left} du décompte

the others are counted as new arrivals; correct the rows if they are not
= les autres sont comptées comme de nouvelles arrivées ; corrigez les lignes si ce n'est pas le cas

{n} household(s) were registered before and are not taken off the count
= {n} ménage(s) étaient déjà inscrits et ne sont pas retirés du décompte

if they were counted in this group, close it once the others are described
= s'ils ont été comptés dans ce groupe, fermez-le une fois les autres décrits

{n} person(s) were counted and never described
= {n} personne(s) ont été comptées et jamais décrites

find out whether the count was wrong or somebody is missing
= voyez si le décompte était faux ou si quelqu'un manque

was counted at {site} and is in the book where it came in
= a été compté à {site} et figure au registre là où il est entré

'partage arrive CASE --walk-in --site {site}' gives it its room there
= « partage arrive CASE --walk-in --site {site} » lui donne sa chambre là

was '{state}'; its needs changed, so it waits again and keeps its roof
= était « {state} » ; ses besoins ont changé, il attend de nouveau et garde son abri

tell them, and propose again
= dites-le-leur, et proposez de nouveau

is with an officer from now on; the engine does not place it
= est suivi par un agent à partir de maintenant ; le moteur ne le place pas

an officer speaks with them
= un agent parle avec ces personnes

uses other units at its site than before
= n'occupe plus les mêmes unités qu'avant à son lieu

see 'partage survey' whether the site is over what was agreed
= voyez avec « partage survey » si le lieu dépasse ce qui est convenu
"""
