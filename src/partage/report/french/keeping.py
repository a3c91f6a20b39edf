"""Why what is known is not corrected, held or erased, and why the record cannot be opened; what to do."""

SENTENCES = """
Nothing changes for {case}.
= Rien ne change pour {case}.

It is recorded like that already.
= C'est déjà inscrit ainsi.

{case} is '{state}'; it is corrected once it has arrived or was found.
= {case} est dans l'état « {state} » ; il sera corrigé une fois arrivé ou retrouvé.

Record the arrival first.
= Inscrivez d'abord l'arrivée.

{what} is not a reason for a correction.
= {what} n'est pas une raison de corriger.

Give one day.
= Donnez un seul jour.

Write referred_on=2023-02-14 or filed_on=2023-02-20.
= Écrivez referred_on=2023-02-14 ou filed_on=2023-02-20.

This day is in the future.
= Ce jour est dans l'avenir.

{what} is not one change.
= {what} n'est pas un seul changement.

Write each once: --set COLUMN=VALUE.
= Écrivez chacun une fois : --set COLONNE=VALEUR.

{case} is one case.
= {case} est un seul dossier.

Name the two that look alike.
= Nommez les deux qui se ressemblent.

{n} persons cannot be counted as one group.
= {n} personnes ne peuvent être comptées comme un seul groupe.

Count 1 to {n}.
= Comptez-en 1 à {n}.

The group {group} is closed.
= Le groupe {group} est fermé.

Register the file without --group.
= Inscrivez le fichier sans --group.

A headcount and --close take no file, and a headcount no --group.
= Un décompte et --close ne prennent pas de fichier, et un décompte pas de --group.

Count first; then register the file with --group.
= Comptez d'abord ; inscrivez ensuite le fichier avec --group.

{what} is not a mode of entry.
= {what} n'est pas un mode d'entrée.

--why closes a search, and they left for a place.
= --why clôt une recherche, et ces personnes sont parties vers un lieu.

Leave it out.
= Omettez-le.

Leave one out.
= Omettez l'un des deux.

Nobody plans to leave for 'unknown'.
= Personne ne prévoit de partir vers « unknown ».

Ask where they mean to go.
= Demandez où ces personnes comptent aller.

{day} is over.
= Le {day} est passé.

Give the day on which they mean to leave.
= Donnez le jour où ces personnes comptent partir.

The language in which they were asked is no code.
= La langue dans laquelle ces personnes ont été interrogées n'est pas un code.

Give two or three small letters, such as fr or ht; a name goes to --interpreter.
= Donnez deux ou trois minuscules, par exemple fr ou ht ; un nom va dans --interpreter.

{case} is the same household as {other}.
= {case} est le même ménage que {other}.

Erase {case}; both go together.
= Effacez {case} ; les deux vont ensemble.

The data of {case} are held ({why}).
= Les données de {case} sont retenues ({why}).

Release the hold first.
= Levez d'abord la retenue.

The data of {case} were erased before.
= Les données de {case} ont déjà été effacées.

{what} is not a reason to hold.
= {what} n'est pas une raison de retenir.

There is nothing to hold.
= Il n'y a rien à retenir.

{case} is not held for '{why}'.
= {case} n'est pas retenu pour « {why} ».

{case} is held for '{why}'.
= {case} est retenu pour « {why} ».

{what} is no field.
= {what} n'est pas un champ.

Fields: {fields}.
= Champs : {fields}.

A disclosure names who is told, and the agreement, consent or law it rests on.
= Une communication nomme qui est informé, et l'entente, le consentement ou la loi sur laquelle elle repose.

Give --to and --instrument.
= Donnez --to et --instrument.

{case} is on the road (run {run}).
= {case} est en route (trajet {run}).

Record its arrival with 'partage arrive', then answer.
= Inscrivez son arrivée avec « partage arrive », puis répondez.

{case} is '{state}' ({words}): a roof for a night is for people who are here.
= {case} est dans l'état « {state} » ({words}) : un abri pour une nuit est pour des personnes qui sont ici.

Who left and is back is registered again; who is on the road arrives with 'partage arrive'.
= Qui est parti et revenu s'inscrit de nouveau ; qui est en route arrive avec « partage arrive ».

It would end on {until}.
= Il finirait le {until}.

Name a day from {first} to {last}; renew it then.
= Nommez un jour du {first} au {last} ; renouvelez-le alors.

{token} has ended already.
= {token} est déjà terminé.

An access is given or ended, not both.
= Un accès se donne ou se termine, pas les deux.

An access has a last day.
= Un accès a un dernier jour.

Give it with --until.
= Donnez-le avec --until.

See 'partage token' for all.
= Voyez-les tous avec « partage token ».

{case} is not on run {run}.
= {case} n'est pas du trajet {run}.

Name cases on the road.
= Nommez des dossiers en route.

{name} is appointed for {scopes} as {role} (by {instrument}).
= {name} est dans le rôle « {role} » pour {scopes} ({instrument}).

{name} is appointed for {scopes} as {role}.
= {name} est dans le rôle « {role} » pour {scopes}.

{what} are no hours of a day.
= {what} n'est pas un horaire du jour.

Write local times: 20:00-06:00.
= Écrivez des heures locales : 20:00-06:00.

{what} are no hours.
= {what} n'est pas un horaire.

Write 20:00-06:00.
= Écrivez 20:00-06:00.

Row {id} of the vault was changed after it was sealed.
= La ligne {id} du coffre a été changée après avoir été scellée.

Run 'partage verify'; restore the vault from a copy.
= Lancez « partage verify » ; restaurez le coffre à partir d'une copie.

A clock is not set back.
= Une horloge ne recule pas.

State a later instant.
= Indiquez un instant plus tardif.

is the first bad entry: {fault}
= est la première inscription fautive : {fault}

{n} row(s) were not what the entries say and were written anew: {rows}
= {n} ligne(s) n'étaient pas ce que disent les inscriptions et ont été récrites : {rows}

find out who changed them, and what people saw meanwhile
= trouvez qui les a changées, et ce que l'on a vu entre-temps

{what} is there already.
= {what} existe déjà.

Give another name.
= Donnez un autre nom.

{what} cannot be written: {why}.
= {what} ne peut être écrit : {why}.

Give another.
= Donnez-en un autre.

'{url}' is not a journal.
= « {url} » n'est pas un journal.

Use sqlite:///PATH, postgresql://USER@HOST/DATABASE or memory:.
= Utilisez sqlite:///CHEMIN, postgresql://NOM@HÔTE/BASE ou memory:.

A seed repeats the same lots and ids, which only training may do.
= Une graine répète les mêmes sorts et codes, ce que seule la formation peut faire.

Leave the seed out, or state the instant too.
= Omettez la graine, ou indiquez aussi l'instant.

The journal '{url}' has no entry: it was emptied or never begun.
= Le journal « {url} » n'a aucune inscription : il a été vidé ou jamais commencé.

Restore it from a copy, or begin a new one with 'partage agree'.
= Restaurez-le à partir d'une copie, ou commencez-en un avec « partage agree ».

Entry {n} is the first bad entry: a journal begins with entry 1, 'open'.
= L'inscription {n} est la première fautive : un journal commence par l'inscription 1, « open ».

The journal '{name}' is damaged: {why}.
= Le journal « {name} » est abîmé : {why}.

{n} bytes were cut off its end
= {n} octets de sa fin ont été coupés

Restore it from a copy; 'partage verify' on the copy names the last good entry.
= Restaurez-le à partir d'une copie ; « partage verify » sur la copie nomme la dernière bonne inscription.

Restore the journal from a copy.
= Restaurez le journal à partir d'une copie.

This journal was opened with a {clock} clock.
= Ce journal a été ouvert avec une horloge d'un autre genre ({clock}).

Leave --at out.
= Omettez --at.

State the instant with --at.
= Indiquez l'instant avec --at.

This journal was opened with the pack '{pack}'.
= Ce journal a été ouvert avec les données « {pack} ».

Use that pack.
= Utilisez celles-là.

A journal in memory is not copied.
= Un journal en mémoire ne se copie pas.

Use a file or a database with --db.
= Utilisez un fichier ou une base de données avec --db.

The clock says {at}, but the last entry was written at {last}.
= L'horloge dit {at}, mais la dernière inscription a été écrite à {last}.

Set the clock right and repeat the command; nothing was written.
= Réglez l'horloge et répétez la commande ; rien n'a été écrit.

The journal has {n} entries now, not {expected}.
= Le journal a maintenant {n} inscriptions, non {expected}.

Verify again.
= Vérifiez de nouveau.

The key of the vault cannot be written to '{path}': {why}.
= La clé du coffre ne peut être écrite à « {path} » : {why}.

Say with PARTAGE_KEY_FILE where it may lie.
= Dites avec PARTAGE_KEY_FILE où elle peut se trouver.

The key of the vault at '{path}' can be read or changed by others.
= La clé du coffre à « {path} » peut être lue ou changée par d'autres.

Look who has read it, then: chmod 600 '{path}'.
= Voyez qui l'a lue, puis : chmod 600 « {path} ».

'{path}' cannot be a journal: its folder is not there, or it is a folder.
= « {path} » ne peut être un journal : son dossier n'existe pas, ou c'en est un.

Make the folder or give another --db.
= Créez le dossier ou donnez un autre --db.

The disk of the journal '{path}' did not confirm the last act: {why}.
= Le disque du journal « {path} » n'a pas confirmé le dernier acte : {why}.

It may or may not be kept. Look at the disk, then repeat the command: it is not done twice.
= Il est peut-être gardé, ou non. Regardez le disque, puis répétez la commande : elle n'est pas faite deux fois.

End what is not used.
= Mettez fin à ce qui ne sert pas.

Give another one first.
= Donnez-en d'abord un autre.

Name it with --instrument.
= Nommez-le avec --instrument.

Nobody gives themselves a role.
= Personne ne se donne un rôle à soi-même.

See 'partage user' for all.
= Voyez-les tous avec « partage user ».

There is an account whose name reads the same.
= Il existe un compte dont le nom se lit de la même façon.

It is not said how it is known that it is theirs.
= Il n'est pas dit comment on sait que c'est la sienne.

That identity opens another account.
= Cette identité ouvre un autre compte.

Unlink it there first.
= Déliez-la d'abord là.

It is not said who they are at which sign-in service.
= Il n'est pas dit qui ils sont auprès de quel service de connexion.

Give its issuer, and what it calls them: they see it when they try to sign in.
= Donnez son émetteur, et comment il les désigne : ils le voient quand ils essaient de se connecter.

{who} is not linked.
= {who} n'est pas relié.

One thing is done with an account, not two.
= On fait une chose d'un compte, pas deux.

PARTAGE_ORIGIN is no address of this office.
= PARTAGE_ORIGIN n'est pas une adresse de ce bureau.

Write it as https://HOST, without a path; http only on this machine.
= Écrivez-la https://HÔTE, sans chemin ; http seulement sur cette machine.

The outside sign-in service is named in part only.
= Le service de connexion externe n'est nommé qu'en partie.

Set PARTAGE_OIDC_ISSUER, PARTAGE_OIDC_CLIENT and PARTAGE_ORIGIN, or none of them.
= Donnez PARTAGE_OIDC_ISSUER, PARTAGE_OIDC_CLIENT et PARTAGE_ORIGIN, ou aucun des trois.

PARTAGE_OIDC_ISSUER is no issuer.
= PARTAGE_OIDC_ISSUER n'est pas un émetteur.

Write it as the service does, with https://.
= Écrivez-le comme le service, avec https://.

The secret of the outside sign-in service is not given once.
= Le secret du service de connexion externe n'est pas donné une seule fois.

Set PARTAGE_OIDC_SECRET_FILE, or PARTAGE_OIDC_SECRET.
= Donnez PARTAGE_OIDC_SECRET_FILE, ou PARTAGE_OIDC_SECRET.

PARTAGE_OIDC_SECRET_FILE names no file with a secret.
= PARTAGE_OIDC_SECRET_FILE ne nomme aucun fichier avec un secret.

Write the secret into it, readable by the service alone.
= Écrivez-y le secret, lisible par le service seulement.

{who} has no account.
= {who} n'a pas de compte.

{who} has no such role.
= {who} n'a pas ce rôle.

{who} is the last admin with an account.
= {who} est la dernière personne de l'administration qui ait un compte.

The sign-in was not finished in time.
= La connexion n'a pas été terminée à temps.

Begin it again.
= Recommencez.

Choose another one.
= Choisissez-en un autre.

Four or five words that belong together for you alone are a good one.
= Quatre ou cinq mots qui ne vont ensemble que pour vous en font un bon.

This password is guessed early: a row of keys, a few signs again and again, your name.
= Ce mot de passe se devine vite : une suite de touches, quelques signes répétés, votre nom.

This password is in a list of stolen ones.
= Ce mot de passe figure dans une liste de mots de passe volés.
"""
