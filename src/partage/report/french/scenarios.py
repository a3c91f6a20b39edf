"""Why a scenario or a test of history is not run as it was asked, what to do, and what was found on the way."""

SENTENCES = """
The scenario {where} has '{name}', which is not known.
= Le scénario {where} a « {name} », qui n'est pas connu.

The scenario {where} ends on {last}, before it begins on {first}.
= Le scénario {where} finit le {last}, avant de commencer le {first}.

Correct the days.
= Corrigez les jours.

The scenario {where} runs over more than ten years.
= Le scénario {where} s'étend sur plus de dix ans.

Give {n} days at the most.
= Donnez {n} jours au plus.

The scenario {where} says neither a source nor what is assumed.
= Le scénario {where} ne dit ni source ni hypothèse.

Add source = or assumption =.
= Ajoutez source = ou assumption =.

The scenario {where} has shares of households that sum to {total}.
= Le scénario {where} a des parts de ménages dont la somme est {total}.

Make them sum to exactly 1.
= Faites que leur somme soit exactement 1.

The scenario {where} has no persons.
= Le scénario {where} n'a aucune personne.

Give one at the least.
= Donnez-en une au moins.

The scenario {where} reads '{measure}', which the pack does not have for {region}.
= Le scénario {where} lit « {measure} », que le jeu de données n'a pas pour {region}.

The scenario {where} says neither 'measure' nor 'per_day'.
= Le scénario {where} ne dit ni « measure » ni « per_day ».

Give one of them.
= Donnez l'un des deux.

The scenario {where} has a band that does not hold 1.
= Le scénario {where} a une fourchette qui ne contient pas 1.

Give factors such as 0.8 and 1.3.
= Donnez des facteurs tels que 0.8 et 1.3.

The scenario {where} has a share 'lodged' outside its own range.
= Le scénario {where} a une part « lodged » hors de sa propre fourchette.

The scenario {where} is a site of the pack already.
= Le scénario {where} est déjà un lieu du jeu de données.

Leave the block out.
= Laissez ce bloc de côté.

The scenario {where} names the site '{site}', which neither the pack nor a [[site]] has.
= Le scénario {where} nomme le lieu « {site} », que n'ont ni le jeu de données ni un bloc [[site]].

The scenario {where} does not say for how many persons.
= Le scénario {where} ne dit pas pour combien de personnes.

Add person =.
= Ajoutez person =.

The scenario {where} asks whom it does not say.
= Le scénario {where} ne dit pas qui est sollicité.

Write asks = 'all' or 'willing'.
= Écrivez asks = 'all' ou 'willing'.

The scenario {where} has no policy on its first day.
= Le scénario {where} n'a pas de politique à son premier jour.

Add policy = or a [[policy]] from that day on.
= Ajoutez policy = ou un bloc [[policy]] à partir de ce jour.

The scenario {where} names a site.
= Le scénario {where} nomme un lieu.

Only stay_days may differ by site.
= Seul stay_days peut varier selon le lieu.

The scenario {where} is a stay of no day at all.
= Le scénario {where} est un séjour d'aucun jour.

Give more than 0.
= Donnez plus que 0.

The scenario {where} has no parameter '{name}'.
= Le scénario {where} n'a pas de paramètre « {name} ».

Add it, with its source.
= Ajoutez-le, avec sa source.

The scenario {where} has shares of those who leave that may sum to more than 1.
= Le scénario {where} a des parts de départs dont la somme peut dépasser 1.

Lower them.
= Diminuez-les.

The scenario {where} reads nothing after {last}, but '{name}' was known on {day}.
= Le scénario {where} ne lit rien après le {last}, mais « {name} » a été connu : {day}.

a day that it does not say
= un jour qu'il ne dit pas

Give it a figure known by then, with known_on.
= Donnez-lui un chiffre connu d'ici là, avec known_on.

The scenario {where} reads nothing after {last} but has no as_of by then.
= Le scénario {where} ne lit rien après le {last}, mais n'a pas d'as_of d'ici là.

Add as_of.
= Ajoutez as_of.

The scenario {where} is not UTF-8 text.
= Le scénario {where} n'est pas un texte en UTF-8.

The scenario {where} is not a readable TOML file.
= Le scénario {where} n'est pas un fichier TOML lisible.

The scenario {where} is not a readable TOML file ({said}).
= Le scénario {where} n'est pas un fichier TOML lisible (en anglais : {said}).

The scenario {where} has no [scenario].
= Le scénario {where} n'a pas de [scenario].

The scenario {where} is based on itself by way of '{base}'.
= Le scénario {where} repose sur lui-même par « {base} ».

Break the circle.
= Rompez le cercle.

The scenario {where} is based on {base}, which is not there.
= Le scénario {where} repose sur {base}, qui n'existe pas.

something
= quelque chose

The scenario {where} is 'without' something that is no kind of block.
= Le scénario {where} est « without » quelque chose qui n'est pas une sorte de bloc.

Write a list of: {blocks}.
= Écrivez une liste de : {blocks}.

The scenario {where} is not a block.
= Le scénario {where} n'est pas un bloc.

Write it as [[…]] with fields.
= Écrivez-le ainsi : [[…]], avec des champs.

The scenario {where} has no text for '{name}'.
= Le scénario {where} n'a pas de texte pour « {name} ».

The scenario {where} has '{name}' that is not a word or a list of words.
= Le scénario {where} a « {name} », qui n'est ni un mot ni une liste de mots.

The scenario {where} has '{name}' that is not a day.
= Le scénario {where} a « {name} », qui n'est pas un jour.

Write it as 2023-02-20, unquoted.
= Écrivez-le ainsi : 2023-02-20, sans guillemets.

The scenario {where} has '{name}' that is not a whole number from 0 to {most}.
= Le scénario {where} a « {name} », qui n'est pas un nombre entier de 0 à {most}.

The scenario {where} has '{name}' that is not a number from 0 to {most}.
= Le scénario {where} a « {name} », qui n'est pas un nombre de 0 à {most}.

The scenario {where} has '{name}' ({given}) that is not a number from 0 to {most}.
= Le scénario {where} a « {name} » ({given}), qui n'est pas un nombre de 0 à {most}.

The scenario {where} does not say {name} = true or false.
= Le scénario {where} ne dit pas {name} = true ou false.

Say it.
= Dites-le.

The scenario {where} has a grade that is not A, B or C.
= Le scénario {where} a une cote qui n'est ni A, ni B, ni C.

The scenario {where} has {likely} outside its own range, {least} to {most}.
= Le scénario {where} a {likely} hors de sa propre fourchette, de {least} à {most}.

Correct value, least or most.
= Corrigez value, least ou most.

The scenario {where} has '{name}' that is not a list of blocks.
= Le scénario {where} a « {name} », qui n'est pas une liste de blocs.

Write [[{name}]].
= Écrivez [[{name}]].

The scenario {where} names {name}, which is no {kind}.
= Le scénario {where} nomme {name}, qui n'est pas : {kind}.

region of the pack
= région du jeu de données

mode of entry
= mode d'entrée

stream of arrivals
= flux d'arrivées

region, city or site
= région, ville ou lieu

policy of the pack
= politique du jeu de données

parameter
= paramètre

The scenario '{id}' has {n} persons at {site} on the first day, and {places} places there.
= Le scénario « {id} » a {n} personnes à {site} le premier jour, et {places} places là.

Correct 'occupied' or 'person'.
= Corrigez « occupied » ou « person ».

is capped, and no site of this scenario lies there
= est plafonné, et aucun lieu de ce scénario ne s'y trouve

arrivals {stream}
= arrivées {stream}

after {day} taken as {n} persons a day, the mean of the last {months} months known, times {least} to {most}
= après le {day}, pris à {n} personnes par jour, la moyenne des {months} derniers mois connus, fois {least} à {most}

after {day} on a path of the forecast from what was known then; months beyond six are not back-tested
= après le {day}, sur une trajectoire de la prévision faite de ce qui était connu alors ; les mois au-delà de six ne sont pas éprouvés

The scenario {where} does not say how arrivals go on.
= Le scénario {where} ne dit pas comment les arrivées se poursuivent.

Write arrivals = 'level' or 'forecast'.
= Écrivez arrivals = 'level' ou 'forecast'.

The scenario '{id}' reads '{measure}', which is not forecast.
= Le scénario « {id} » lit « {measure} », qui n'est pas prévu.

Leave arrivals = 'forecast' out, or read one of: {known}.
= Laissez arrivals = 'forecast' de côté, ou lisez l'un de : {known}.

The scenario '{id}' runs to {last}, {n} months after {month}, the last month known.
= Le scénario « {id} » va jusqu'au {last}, {n} mois après {month}, le dernier mois connu.

Forecast arrivals reach {n} months at the most: give an earlier last_day, or leave arrivals = 'forecast' out.
= Les arrivées prévues vont à {n} mois au plus : donnez un last_day plus proche, ou laissez arrivals = 'forecast' de côté.

The scenario '{id}' reads '{measure}' of {region}, of which no month is over by {day}.
= Le scénario « {id} » lit « {measure} » de {region}, dont aucun mois n'est terminé le {day}.

Give the stream per_day, or a later as_of.
= Donnez au flux per_day, ou un as_of plus tardif.

The scenario '{id}' runs from {first} to {last}; '{measure}' of {region} is known from {one} to {other}.
= Le scénario « {id} » va du {first} au {last} ; « {measure} » de {region} est connu du {one} au {other}.

Give days within the data; or per_day; or as_of, and the level of the last months is carried on for three years at the most.
= Donnez des jours couverts par les données ; ou per_day ; ou as_of, et le niveau des derniers mois est prolongé de trois ans au plus.

The hindcast '{id}' finds no count of {places} by {day}.
= Le test « {id} » ne trouve aucun décompte de {places} d'ici au {day}.

Add them to history.csv or figures.csv of the pack, with their day.
= Ajoutez-les à history.csv ou figures.csv du jeu de données, avec leur jour.

Nothing within the ranges of the hindcast explains the counts.
= Rien dans les fourchettes du test n'explique les décomptes.

Widen a range, and say why.
= Élargissez une fourchette, et dites pourquoi.

Nothing was published of {what} on {day}, so nothing can be judged.
= Rien n'a été publié sur {what} le {day} : rien ne peut être jugé.

Add it to history.csv of the pack.
= Ajoutez-le à history.csv du jeu de données.

The scenario '{name}' may read figures of any day, so it is no test.
= Le scénario « {name} » peut lire des chiffres de tout jour : ce n'est pas un test.

Give it nothing_after, and as_of no later.
= Donnez-lui nothing_after, et un as_of qui ne soit pas plus tardif.

Too few months are known for a level to be learned from them.
= Trop peu de mois sont connus pour qu'un niveau en soit appris.

Give an earlier series.
= Donnez une série plus ancienne.

The pack has no report '{measure}' of {day}.
= Le jeu de données n'a pas de rapport « {measure} » du {day}.

{n} persons cannot be there of {all} who were or came.
= {n} personnes ne peuvent être là sur {all} qui y étaient ou sont venues.

Correct the counts.
= Corrigez les décomptes.

{runs} runs cannot be made.
= {runs} tirages ne peuvent être faits.

Give --runs 1 to {most}.
= Donnez --runs de 1 à {most}.

the key '{key}' is played as population shares of all claims, those of the {n} months before the first day included
= la clé « {key} » est jouée comme des parts de population de toutes les demandes, celles des {n} mois avant le premier jour comprises

no region has places in this scenario, so nobody is due anywhere
= aucune région n'a de places dans ce scénario : personne n'est dû nulle part

The scenario '{id}' is named twice.
= Le scénario « {id} » est nommé deux fois.

Name each once, each with an id of its own.
= Nommez chacun une fois, chacun avec son propre identifiant.

There is no model '{name}'.
= Il n'y a pas de modèle « {name} ».

The flow model is done before a cluster has begun.
= Le modèle « flow » a fini avant qu'une grappe ait commencé.

Leave --cluster out, or add --model office.
= Laissez --cluster de côté, ou ajoutez --model office.

The scenarios do not run over the same days: {said}.
= Les scénarios ne couvrent pas les mêmes jours : {said}.

Give scenarios of one window, or base one on the other.
= Donnez des scénarios d'une même période, ou fondez l'un sur l'autre.

One scenario cannot be compared.
= Un seul scénario ne peut être comparé.

Name two or more, the present one first.
= Nommez-en deux ou plus, l'actuel d'abord.

History is one test of the whole pack, not of one scenario.
= L'histoire est un test de tout le jeu de données, non d'un scénario.

Leave the scenario out: partage simulate --history.
= Laissez le scénario de côté : partage simulate --history.

The pack '{id}' has no hindcast.
= Le jeu de données « {id} » n'a pas de test d'histoire.

Add a file to its folder hindcasts; docs/how-to/history.md says what it says.
= Ajoutez un fichier à son dossier hindcasts ; docs/how-to/history.md dit ce qu'il contient.

Ray is not installed here.
= Ray n'est pas installé ici.

Install the extra: pip install 'partage[cluster]'.
= Installez le supplément : pip install 'partage[cluster]'.

No Ray cluster answers at '{address}' ({error}).
= Aucune grappe Ray ne répond à « {address} » ({error}).

Start one: 'ray start --head --include-dashboard=false --disable-usage-stats', then give its address.
= Lancez-en une : « ray start --head --include-dashboard=false --disable-usage-stats », puis donnez son adresse.

No other scenario over the same days is called {name}.
= Aucun autre scénario des mêmes jours ne s'appelle {name}.

'{share}' is not a share from 0 to 1
= « {share} » n'est pas une part de 0 à 1

write it as 95/100
= écrivez-la ainsi : 95/100
"""
