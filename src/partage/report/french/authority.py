"""Why a request is not carried out: who may act, the record itself, and what a command was not told."""

SENTENCES = """
Nobody vouches for themselves.
= Personne ne répond de soi-même.

A colleague does.
= Une ou un collègue le fait.

Nobody vouches for an administrator.
= Personne ne répond d'une personne de l'administration.

Another admin lets them begin again.
= Une autre personne de l'administration la fait recommencer.

It is not said how it is known that it is they.
= Il n'est pas dit comment on sait que c'est bien cette personne.

{name} came back on a colleague's word already, and no administrator has looked.
= {name} est déjà revenu sur la parole d'un collègue, et l'administration ne l'a pas regardé.

An administrator looks at it first, or lets them begin again.
= L'administration le regarde d'abord, ou fait recommencer.

Nobody vouched for {name} lately.
= Personne n'a répondu de {name} récemment.

Whoever had a part in it does not look at it.
= Qui y a pris part ne le regarde pas.

{name} does not ask for it now.
= {name} ne le demande pas en ce moment.

They sign in with their password first, and say there that they lost the rest.
= La personne se connecte d'abord avec son mot de passe, et y dit qu'elle a perdu le reste.

See who asks: 'partage vouch'.
= Voyez qui demande : « partage vouch ».

came back at {at} on the word of {by} ({why})
= est revenu le {at} sur la parole de {by} ({why})

look at it before {until}: then it opens no more
= regardez-le avant le {until} : ensuite, cela n'ouvre plus

It was set up on a colleague's word, and no administrator has looked at it in time.
= Cela a été préparé sur la parole d'un collègue, et l'administration ne l'a pas regardé à temps.

Ask an administrator to look at it, or for a code to begin anew.
= Demandez à l'administration de le regarder, ou un code pour recommencer.

The code is not right.
= Le code n'est pas le bon.

Ask the colleague for it again.
= Redemandez-le à votre collègue.

An appointment says from when to when.
= Une nomination dit de quand à quand.

Give --from and --to.
= Donnez --from et --to.

An appointment names the instrument it rests on.
= Une nomination nomme l'acte sur lequel elle repose.

Give it with --instrument.
= Donnez-le avec --instrument.

It is not said in which role.
= Il n'est pas dit dans quel rôle.

Write NAME ROLE, such as nora intake.
= Écrivez NOM RÔLE, par exemple nora intake.

Nobody appoints themselves.
= Personne ne se nomme soi-même.

Another admin does.
= Une autre personne de l'administration le fait.

Nobody is their own deputy.
= Personne n'est sa propre suppléance.

Name the other person.
= Nommez l'autre personne.

It ends on {last}, before it starts on {first}.
= Elle finit le {last}, avant de commencer le {first}.

{name} is not appointed as {role}.
= {name} n'est pas dans le rôle « {role} ».

{name} is not appointed as {role} (by {instrument}).
= {name} n'est pas dans le rôle « {role} » ({instrument}).

{name} is appointed from {first} to {last} as {role} (by {instrument}).
= {name} est dans le rôle « {role} » du {first} au {last} ({instrument}).

{name} is appointed at {hours} local time as {role} (by {instrument}).
= {name} est dans le rôle « {role} » de {hours}, heure locale ({instrument}).

{name} is not appointed any more, since {day} as {role} (by {instrument}).
= {name} n'est plus dans le rôle « {role} » depuis le {day} ({instrument}).

An admin appoints with 'partage appoint'.
= L'administration nomme avec « partage appoint ».

Nobody would be left who acts as admin today.
= Il ne resterait personne pour agir aujourd'hui comme administration.

Appoint another admin first, from today on.
= Nommez-en d'abord une autre, dès aujourd'hui.

There is no journal at '{url}'.
= Il n'y a pas de journal à « {url} ».

Give one with --db; 'partage agree' or 'partage register' begins a new one.
= Donnez-en un avec --db ; « partage agree » ou « partage register » en commence un nouveau.

The key of the vault is not at '{path}': data about people cannot be read.
= La clé du coffre n'est pas à « {path} » : les données sur les personnes ne peuvent être lues.

Put the key file of this journal back, or say with {name} where it lies.
= Remettez le fichier de clé de ce journal, ou dites avec {name} où il se trouve.

The journal '{path}' cannot be used now: {why}.
= Le journal « {path} » ne peut servir maintenant : {why}.

Nothing was written. Free the disk or the lock and repeat the command.
= Rien n'a été écrit. Libérez le disque ou le verrou et répétez la commande.

The data of {case} are kept until {day}, two years after their last use.
= Les données de {case} sont gardées jusqu'au {day}, deux ans après leur dernier usage.

Before, only with their consent in writing: --consent PAPER.
= Avant, seulement avec leur consentement écrit : --consent PAPIER.

{case} is '{state}': it is still received.
= {case} est dans l'état « {state} » : il est encore accueilli.

After they left.
= Après leur départ.

--for is officer or household.
= --for est officer ou household.

--lang is en or fr.
= --lang est en ou fr.

A brief is to somebody else.
= Une note s'adresse à quelqu'un d'autre.

The night of {day} is not closed, so nobody can say who was where.
= La nuit du {day} n'est pas close : nul ne peut dire qui était où.

Close it with 'partage close', or name a night that is closed.
= Fermez-la avec « partage close », ou nommez une nuit close.

That is no reference of a figure.
= Ce n'est pas la référence d'un chiffre.

Give --region QC or --city ca-on/cornwall, or act as NAME:region@CA-QC.
= Donnez --region QC ou --city ca-on/cornwall, ou agissez comme NOM:region@CA-QC.

No facts are stated.
= Aucun fait n'est énoncé.

Give FACTS.toml; docs/how-to/facts.toml shows one.
= Donnez FAITS.toml; docs/how-to/facts.toml en montre un.

It is not said what to compare.
= Il n'est pas dit quoi comparer.

Give --text PROPOSED.toml.
= Donnez --text PROPOSÉ.toml.

the claim lies before the entry
= la demande précède l'entrée

the decision lies before the claim
= la décision précède la demande

the decision lies before the entry
= la décision précède l'entrée

the birth date lies in the future
= la date de naissance est dans le futur

correct one; neither was used
= corrigez-en un; aucun n'a servi

correct it; not used
= corrigez-le; il n'a pas servi

is not a fact of this text
= n'est pas un fait de ce texte

is not a word of this text
= n'est pas un mot de ce texte

is not true or false
= n'est ni vrai ni faux

See 'partage {verb} --help'.
= Voyez « partage {verb} --help ».

See 'partage --help'.
= Voyez « partage --help ».

case
= dossier

run
= trajet

site
= lieu

group
= groupe

review
= demande de révision

roof
= abri

There were too many tries; the next one counts in {n} seconds.
= Il y a eu trop d'essais ; le prochain comptera dans {n} secondes.

Wait, then try again; if it was not you, tell an administrator.
= Attendez, puis essayez de nouveau ; si ce n'était pas vous, prévenez l'administration.

More than {n} of these came in a minute; the next one counts in {wait} seconds.
= Il en est venu plus de {n} en une minute ; la prochaine demande comptera dans {wait} secondes.

An officer tells it its offer and writes down its answer.
= La personne à l'accueil lui dit son offre et note sa réponse.

The board is written as .csv, .xlsx or .zip.
= Le tableau s'écrit en .csv, .xlsx ou .zip.

Name such a file.
= Nommez un tel fichier.

The file cannot be written: {why}.
= Le fichier ne peut être écrit : {why}.

Name a new file in a folder of yours.
= Nommez un nouveau fichier dans un dossier à vous.

Wait, then go on more slowly.
= Attendez, puis continuez plus lentement.

{name} is no whole number from {least} to {most}.
= {name} n'est pas un nombre entier de {least} à {most}.

Set it so, or leave it out.
= Réglez-le ainsi, ou omettez-le.
"""
