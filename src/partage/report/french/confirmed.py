"""What the office says after an act at the command line: one sentence a row."""

SENTENCES = """
A message without content is sent to {hook}.
= Un message sans contenu est envoyé à {hook}.

Nothing written.
= Rien n'est écrit.

Nothing is written.
= Rien n'est écrit.

Written: {files}
= Écrit : {files}

{policy} is the standing policy; cut-off {time}.
= {policy} est la politique en vigueur ; heure limite {time}.

{policy} is proposed; a second person confirms it with the same words; cut-off {time}.
= {policy} est proposée ; une seconde personne la confirme dans les mêmes termes ; heure limite {time}.

{case} has a roof at {site} for the night of {day}; a second person looks at it tomorrow: {roof}.
= {case} a un toit à {site} pour la nuit du {day} ; une seconde personne l'examine demain : {roof}.

No letter of {case} opens anything any more.
= Aucune lettre de {case} n'ouvre plus rien.

Letters of {case} were made under this key before; their codes are kept nowhere.
= Des lettres de {case} ont déjà été faites sous cette clé ; leurs codes ne sont gardés nulle part.

{case}: the offer is taken back; the household keeps its roof and waits.
= {case} : l'offre est retirée ; le ménage garde son abri et attend.

{request}: {case}, {about}, {state}; to be answered by {day}.
= {request} : {case}, {about}, {state} ; réponse au plus tard le {day}.

{request}: refused.
= {request} : refusé.

{request}: corrected.
= {request} : corrigé.

New plan {plan} instead of {before}.
= Nouveau plan {plan} à la place de {before}.

{case} means to leave on {day} for {to}.
= {case} compte partir le {day} ({to}).

{case} has left for {to}.
= {case} est parti ({to}).

{case} is looked for from now on.
= {case} est recherché à partir de maintenant.

{case} is no longer looked for.
= {case} n'est plus recherché.

Anchor of the day: {seal}
= Ancre du jour : {seal}

Would register {n} household(s), {persons} person(s).
= Seraient inscrits : {n} ménage(s), {persons} personne(s).

Registered {n} household(s), {persons} person(s).
= Inscrits : {n} ménage(s), {persons} personne(s).

Registered {n} household(s), {persons} person(s) (when this file, or this key, came first; nothing was taken in twice).
= Inscrits : {n} ménage(s), {persons} personne(s) (quand ce fichier, ou cette clé, est venu la première fois ; rien n'a été pris deux fois).

{n} row(s) NOT registered: correct them and send them again.
= {n} ligne(s) NON inscrite(s) : corrigez-les et renvoyez-les.

row {n}: {case}
= ligne {n} : {case}

… and {n} more (all with --json)
= … et {n} de plus (tous avec --json)

Counted {n} person(s) as {group}; describe them with --group.
= {n} personne(s) comptée(s) sous {group} ; décrivez-les avec --group.

Counted {n} person(s) as {group} at {site}; describe them with --group.
= {n} personne(s) comptée(s) sous {group} à {site} ; décrivez-les avec --group.

Closed {group}; {n} person(s) were never described.
= {group} est fermé ; {n} personne(s) n'ont jamais été décrites.

{case}: corrected {fields}; now {state}.
= {case} : corrigé {fields} ; maintenant {state}.

Recorded: same.
= Consigné : même ménage.

Recorded: different.
= Consigné : ménages différents.

Recorded: cannot-tell.
= Consigné : on ne peut pas dire.

{site}: nothing has changed, as of {moment}.
= {site} : rien n'a changé, au {moment}.

{site}: {units} blocked until {day}.
= {site} : {units} bloqué(s) jusqu'au {day}.

{who} says no; what it agreed to before stands.
= {who} refuse ; ce à quoi il a consenti avant demeure.

{who} says no; nothing counts.
= {who} refuse ; rien ne compte.

{n} agreements of {party} recorded as the pack has them.
= {n} ententes de {party} consignées telles que le paquet les donne.

{who} is asked to agree; nothing counts until it does.
= On demande à {who} de consentir ; rien ne compte avant.

The agreement of {who} is recorded; it counts from {day}.
= L'entente de {who} est consignée ; elle compte à partir du {day}.

The agreement of {who} is recorded; it counts from {day}, with {terms}.
= L'entente de {who} est consignée ; elle compte à partir du {day}, avec {terms}.

{case} withdrew its consent; it keeps its roof and its fallback place.
= {case} a retiré son consentement ; il garde son toit et sa place de repli.

The pause of {party} is over; people may come from {day} on.
= La pause de {party} est terminée ; des personnes peuvent venir à partir du {day}.

The agreement of {party} is paused; {n} household(s) wait again and keep their roof.
= L'entente de {party} est suspendue ; {n} ménage(s) attendent de nouveau et gardent leur toit.

The agreement of {party} is withdrawn; {n} household(s) wait again and keep their roof.
= L'entente de {party} est retirée ; {n} ménage(s) attendent de nouveau et gardent leur toit.

{n} household(s) would wait again and keep their roof; {m} person(s) live there.
= {n} ménage(s) attendraient de nouveau et garderaient leur toit ; {m} personne(s) y vivent.

{n} fallback place(s) are held elsewhere now.
= {n} place(s) de repli sont maintenant retenues ailleurs.

{case}: held for {reasons}.
= {case} : conservé pour {reasons}.

{case}: {n} rows erased ({ground}); the record stays whole.
= {case} : {n} lignes effacées ({ground}) ; le registre reste entier.

{n} keys sealed anew.
= {n} clés scellées de nouveau.

Keep a copy of the new key file, and apart.
= Gardez une copie du nouveau fichier de clé, et à part.

{disclosure}: written down.
= {disclosure} : consigné.

{case} would go to no place.
= {case} n'irait à aucune place.

{case} would go to {site}.
= {case} irait à {site}.

{review}: to be answered by {day}.
= {review} : réponse due le {day}.

{roof}: {outcome}; the household keeps its roof.
= {roof} : {outcome} ; le ménage garde son toit.

{review}: upheld.
= {review} : maintenue.

{review}: changed.
= {review} : modifiée.

{review}: withdrawn.
= {review} : retirée.

{n} entries of the pack.
= {n} inscriptions du paquet.

{ask}: open.
= {ask} : ouverte.

{ask}: answered.
= {ask} : répondue.

{ask}: promised.
= {ask} : promise.

{ask}: kept.
= {ask} : tenue.

{ask}: partly-kept.
= {ask} : tenue en partie.

{ask}: not-kept.
= {ask} : non tenue.

{name} no longer acts as {role}.
= {name} n'agit plus comme {role}.

{name} acts as {role} from {first} to {last}.
= {name} agit comme {role} du {first} au {last}.

{name} would act as {role} from {first} to {last}.
= {name} agirait comme {role} du {first} au {last}.

{name} acts as {role} from {first} to {last}, in place of {other}.
= {name} agit comme {role} du {first} au {last}, à la place de {other}.

{name} would act as {role} from {first} to {last}, in place of {other}.
= {name} agirait comme {role} du {first} au {last}, à la place de {other}.

It is the first appointment as {role}: from it on nobody acts or reads in that role who is not appointed.
= C'est la première nomination comme {role} : à partir d'elle, personne n'agit ni ne lit dans ce rôle sans nomination.

It is the first appointment as {role}: from it on nobody acts or reads in that role who is not appointed, {other} included.
= C'est la première nomination comme {role} : à partir d'elle, personne n'agit ni ne lit dans ce rôle sans nomination, {other} compris.

{n} offers made, each with a fallback place held.
= {n} offres faites, chacune avec une place de repli retenue.

Offer made to {case}, with a fallback place held.
= Offre faite à {case}, avec une place de repli retenue.

{case}: one adult accepts; {n} more to ask, each apart.
= {case} : un adulte accepte ; {n} encore à interroger, chacun à part.

{case}: accept; bound for its new place.
= {case} : accepte ; en route vers sa nouvelle place.

{case}: decline; keeps its roof; its fallback place stays held.
= {case} : refuse ; garde son toit ; sa place de repli reste retenue.

{case}: expire; keeps its roof; its fallback place stays held.
= {case} : sans réponse à temps ; garde son toit ; sa place de repli reste retenue.

{case}: again; waits for the next plan.
= {case} : de nouveau ; attend le prochain plan.

The paper '{paper}' is in {file}.
= Le papier « {paper} » est dans {file}.

Run {run} left for {site} with {n} persons.
= Le trajet {run} est parti pour {site} avec {n} personnes.

{case} turned up at {site} and stays there.
= {case} s'est présenté à {site} et y reste.

{case} is at its fallback place.
= {case} est à sa place de repli.

{case} is seen again.
= {case} a été revu.

{n} persons of run {run} arrived.
= {n} personnes du trajet {run} sont arrivées.

{n} persons of run {run} arrived at {site}.
= {n} personnes du trajet {run} sont arrivées à {site}.

{n} more of their households were not seen: look for them now.
= {n} de plus de leurs ménages n'ont pas été vues : cherchez-les maintenant.

{n} household(s) are still on the road.
= {n} ménage(s) sont encore en route.

Approved {n} lines, {persons} persons.
= {n} lignes approuvées, {persons} personnes.

{hook} tells {origin}.
= {hook} avertit {origin}.

It is signed by this secret, shown this once: {secret}
= La signature se fait avec ce secret, montré cette seule fois : {secret}

Its secret was shown before.
= Son secret a déjà été montré.

Entry {no} is told to {hook} once more.
= L'inscription {no} est envoyée encore une fois à {hook}.

{hook} goes on where it stopped.
= {hook} reprend là où il s'était arrêté.

It was made before, and is kept nowhere.
= L'archive a déjà été faite et n'est gardée nulle part.

It opens by {passphrase}, shown this once.
= Elle s'ouvre avec {passphrase}, montré cette seule fois.

{n} household(s).
= {n} ménage(s).

{end} has ended.
= {end} a pris fin.

{token}, to the end of {day}.
= {token}, jusqu'à la fin du {day}.

It is shown this once: {secret}
= Il n'est montré que cette fois : {secret}

It was shown before, and is not kept.
= Il a été montré avant, et n'est pas gardé.

{file}: {n} entries, head {seal}.
= {file} : {n} inscriptions, tête {seal}.

The key of the vault is not in it; without it nobody reads what is known of people.
= La clé du coffre n'y est pas ; sans elle, personne ne lit ce qui est connu des personnes.

The key of the vault is in it: whoever has this file can read what is known of every household.
= La clé du coffre y est : qui a ce fichier peut lire ce qui est connu de chaque ménage.

Keep it under lock, apart from other copies, and say in your register who has it.
= Gardez-le sous clé, à part des autres copies, et notez dans votre registre qui l'a.

Keep a copy of {key} too, and not where copies of the record are.
= Gardez aussi une copie de {key}, et pas là où sont les copies du registre.

Restored: {n} entries, head {seal}.
= Restauré : {n} inscriptions, tête {seal}.

Compare it with the last head you wrote down, run 'partage verify', and see that nobody works on the journal it was copied from.
= Comparez-la à la dernière tête que vous avez notée, lancez « partage verify », et voyez que personne ne travaille sur le journal d'où vient la copie.

Nothing to do: the format is {after}.
= Rien à faire : le format est {after}.

The format was {before} and is {after} now; the entries are as they were.
= Le format était {before} et est maintenant {after} ; les inscriptions sont comme elles étaient.

Clean: {checked}.
= En règle : {checked}.

Head {seal}
= Tête {seal}

NOT clean: {n} fault(s).
= PAS en règle : {n} faute(s).

Recorded: {answer}.
= Consigné : {answer}.

Committed to {draw}: {hash}.
= Engagement pris pour {draw} : {hash}.

Publish this hash, before witnesses; then hold the draw among the regions that are tied: 'partage draw {draw} --among CA-NS,CA-NB'.
= Publiez cette empreinte, devant témoins ; tenez ensuite le tirage entre les régions à égalité : « partage draw {draw} --among CA-NS,CA-NB ».

Drawn: {order}.
= Tiré : {order}.

Anybody can check it: the seed is {seed}.
= Chacun peut le vérifier : la graine est {seed}.

Use --lots {draw}
= Utilisez --lots {draw}

Counted {n} at {account}; the book says {book}.
= {n} compté(s) à {account} ; le livre dit {book}.

Counted {n} at {account} for the night of {day}; the book says {book}.
= {n} compté(s) à {account} pour la nuit du {day} ; le livre dit {book}.

The agreement of {party} is {state}; {n} household(s) wait again and keep their roof.
= L'entente de {party} est dans l'état « {state} » ; {n} ménage(s) attendent de nouveau et gardent leur toit.

With it they choose a password at /en/start (/fr/start) and set up their second factor.
= Avec lui, la personne choisit un mot de passe à /fr/start (/en/start) et règle son second facteur.

Would register {n} household(s), {persons} person(s) (when this file, or this key, came first; nothing was taken in twice).
= Seraient inscrits : {n} ménage(s), {persons} personne(s) (quand ce fichier, ou cette clé, est venu la première fois ; rien n'a été pris deux fois).

{name} comes in by {issuer} too.
= {name} entre aussi par {issuer}.

What was set up for {name} stays.
= Ce qui a été préparé pour {name} reste.

The code for {name}, shown this once and good for 30 minutes: {code}
= Le code pour {name}, montré cette seule fois et bon pour 30 minutes : {code}

Nobody asks.
= Personne ne demande.

{name} comes in by it no more.
= {name} n'entre plus par ce service.

{name} has ended, with every session of it.
= {name} a pris fin, avec toutes ses sessions.

{n} session(s) of {name} ended.
= {n} session(s) de {name} terminée(s).

The code to begin with, shown this once and good for 72 hours: {code}
= Le code pour commencer, montré cette seule fois et bon pour 72 heures : {code}

Entry {n} is told to {hook} once more.
= L'inscription {n} est signalée à {hook} encore une fois.

It is signed by this secret, shown this once: {secret}
= C'est signé avec ce secret, montré cette seule fois : {secret}

Its secret was shown before.
= Son secret a été montré avant.

{hook} goes on where it stopped.
= {hook} reprend où il s'était arrêté.

{hook} tells {origin}.
= {hook} signale à {origin}.

They sign in as before; no code was made.
= La personne se connecte comme avant ; aucun code n'a été fait.

{done} of {runs} runs, {seconds} s left
= {done} tirages sur {runs}, encore {seconds} s

back-test: 24 origins, fitted again at each …
= essai rétrospectif : 24 origines, réajusté à chacune …
"""
