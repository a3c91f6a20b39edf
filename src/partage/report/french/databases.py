"""What a database, a backup and the server say when they cannot, and the API of what was asked of it."""

SENTENCES = """
The server of '{url}' cannot be reached: {why}.
= Le serveur de « {url} » est hors d'atteinte : {why}.

it has no connection to spare
= il n'a plus de connexion libre

it is starting, stopping or recovering
= il démarre, s'arrête ou se rétablit

its name is not known here
= son nom n'est pas connu ici

it does not answer
= il ne répond pas

no protected connection could be made with it
= aucune connexion protégée n'a pu être établie

nobody listens there, or the network does not lead to it
= personne n'écoute là, ou le réseau n'y mène pas

the connection was lost
= la connexion a été perdue

Nothing was written. Look whether it runs and whether --db is right, then repeat the command.
= Rien n'a été écrit. Voyez s'il marche et si --db est juste, puis répétez la commande.

The server of '{url}' does not let us in as {user}: user or password are not right.
= Le serveur de « {url} » ne nous laisse pas entrer comme {user} : l'usager ou le mot de passe ne sont pas les bons.

who we are
= l'usager de ce compte

Write postgresql://USER@HOST:PORT/DATABASE, and the password in a password file (PGPASSFILE); in a URL its signs such as @ : / % are written %40 %3A %2F %25.
= Écrivez postgresql://USAGER@HÔTE:PORT/BASE, et le mot de passe dans un fichier (PGPASSFILE) ; dans une adresse, ses signes tels que @ : / % s'écrivent %40 %3A %2F %25.

Check both. Write postgresql://USER@HOST:PORT/DATABASE, and the password in a password file (PGPASSFILE); in a URL its signs such as @ : / % are written %40 %3A %2F %25.
= Vérifiez les deux. Écrivez postgresql://USAGER@HÔTE:PORT/BASE, et le mot de passe dans un fichier (PGPASSFILE) ; dans une adresse, ses signes tels que @ : / % s'écrivent %40 %3A %2F %25.

The URL of the database ('{url}') cannot be read.
= L'adresse de la base de données (« {url} ») est illisible.

The server is PostgreSQL {version}; Partage needs {oldest} or newer.
= Le serveur est PostgreSQL {version} ; Partage demande {oldest} ou plus récent.

Upgrade the server, or use SQLite.
= Mettez le serveur à jour, ou utilisez SQLite.

The database is on another machine, and sslmode is '{mode}': somebody between the two could read and change what is written.
= La base de données est sur une autre machine, et sslmode est « {mode} » : quelqu'un entre les deux pourrait lire et changer ce qui s'écrit.

Say sslmode=verify-full and, in sslrootcert, whose certificates count (docs/how-to/databases.md).
= Dites sslmode=verify-full et, dans sslrootcert, quels certificats comptent (docs/how-to/databases.md).

The database is kept in {encoding}; a journal is kept in UTF8.
= La base de données est tenue en {encoding} ; un journal est tenu en UTF8.

Make it with: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.
= Créez-la par : CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.

Check its name, or make it: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.
= Vérifiez son nom, ou créez-la : CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.

There is no database at '{url}'.
= Il n'y a pas de base de données à « {url} ».

There is no journal in the database '{name}'.
= Il n'y a pas de journal dans la base de données « {name} ».

Give another --db; 'partage agree' or 'partage register' begins a new one.
= Donnez un autre --db ; « partage agree » ou « partage register » en commence un nouveau.

The server acknowledges before it has written to the disk (fsync is off).
= Le serveur confirme avant d'avoir écrit sur le disque (fsync est coupé).

Set fsync to on: what an office was told is kept must not be lost.
= Mettez fsync à on : ce dont un bureau a eu confirmation ne doit pas se perdre.

The database '{name}' does not let this user do that: {why}.
= La base de données « {name} » ne permet pas cela à cet usager : {why}.

Nothing was written. Ask whoever keeps the server; docs/how-to/databases.md says which rights a journal needs. A standby can only be read.
= Rien n'a été écrit. Demandez à qui tient le serveur ; docs/how-to/databases.md dit quels droits il faut à un journal. Un serveur de réserve ne se lit que.

The database '{name}' cannot keep this: {why}.
= La base de données « {name} » ne peut garder cela : {why}.

Nothing was written. Shorten the text, or take out signs that nobody can read.
= Rien n'a été écrit. Raccourcissez le texte, ou retirez-en les signes que personne ne peut lire.

a text in it has a sign (NUL) that no text may have there
= un texte y a un signe (NUL) qu'aucun texte ne peut y avoir

The database '{name}' cannot be used now: {why}.
= La base de données « {name} » ne peut servir maintenant : {why}.

Nothing was written. Free the disk or the lock, or wait for the server, and repeat the command.
= Rien n'a été écrit. Libérez le disque ou le verrou, ou attendez le serveur, et répétez la commande.

The database '{name}' did not confirm the last act: {why}.
= La base de données « {name} » n'a pas confirmé le dernier acte : {why}.

It may or may not be kept. When the server is back, look whether it was done before you repeat it; a command with --idem can be repeated as it is.
= Il est peut-être gardé, ou non. Quand le serveur est revenu, voyez s'il a été fait avant de le répéter ; une commande avec --idem peut être répétée telle quelle.

'{name}' was written by {age} version of Partage: its format is {format}, this version reads {mine}. Nothing was changed.
= « {name} » vient {age} version de Partage : son format est {format}, cette version lit {mine}. Rien n'a été changé.

'{name}' has the format {format}, this version of Partage reads {mine}.
= « {name} » a le format {format}, cette version de Partage lit {mine}.

a newer
= d'une plus récente

an older
= d'une plus ancienne

Use the version that wrote it; 'partage --version' says that this one is {version}.
= Utilisez la version qui l'a écrit ; « partage --version » dit que celle-ci est {version}.

'{name}' is a database, but not a journal of Partage.
= « {name} » est une base de données, mais pas un journal de Partage.

Give another --db.
= Donnez un autre --db.

Make a backup with the version that wrote it, then run 'partage migrate'.
= Faites une copie avec la version qui l'a écrit, puis lancez « partage migrate ».

The journal '{name}' has {n} heads instead of one.
= Le journal « {name} » a {n} têtes au lieu d'une.

Restore it from a copy.
= Rétablissez-le depuis une copie.

The key of the vault at '{path}' is not the key of this journal.
= La clé du coffre à « {path} » n'est pas celle de ce journal.

Put the key file of this journal back; nothing was read or written.
= Remettez le fichier de clé de ce journal ; rien n'a été lu ni écrit.

The key of the vault was not changed: {what} was changed after it was sealed.
= La clé du coffre n'a pas été remplacée : {what} a été changé après avoir été scellé.

The data are erased; {left}
= Les données sont effacées ; {left}

the server could not write its file of keys anew, because somebody still reads as of a moment before.
= le serveur n'a pu récrire son fichier de clés, car quelqu'un lit encore l'état d'un moment d'avant.

The next erasure does it, or whoever keeps the server with: VACUUM FULL partage.keys
= Le prochain effacement le fera, ou bien qui tient le serveur, par : VACUUM FULL partage.keys

'{name}' is not empty: a backup is never restored over anything.
= « {name} » n'est pas vide : une copie ne se rétablit jamais par-dessus autre chose.

Give the name of a new file, or an empty database, with --db.
= Donnez avec --db le nom d'un nouveau fichier, ou une base de données vide.

The chain is broken: {what}.
= La chaîne est rompue : {what}.

Keep the journal as it is, for whoever looks into it, and go back to the last good backup.
= Gardez le journal tel qu'il est, pour qui l'examinera, et revenez à la dernière bonne copie.

'{file}' is not a whole backup of Partage.
= « {file} » n'est pas une copie entière de Partage.

'{file}' is not a backup of Partage, or was changed.
= « {file} » n'est pas une copie de Partage, ou a été changé.

'{file}' is not a backup of Partage.
= « {file} » n'est pas une copie de Partage.

'{file}' was changed after it was made: its mark does not fit.
= « {file} » a été changé après avoir été fait : sa marque ne concorde pas.

The file '{file}' cannot be read: {why}.
= Le fichier « {file} » est illisible : {why}.

'{file}' has the format {format}, this version of Partage restores {mine}.
= « {file} » a le format {format}, cette version de Partage rétablit {mine}.

Restore it with the version that made it ({version}), then migrate.
= Rétablissez-le avec la version qui l'a fait ({version}), puis migrez.

'{file}' lacks the tables {names}.
= Il manque à « {file} » les tables {names}.

The head in the backup is not its last entry.
= La tête dans la copie n'est pas sa dernière inscription.

'{file}' has a table '{name}' of another kind.
= « {file} » a une table « {name} » d'une autre sorte.

The database does not give back what was written: {what}.
= La base de données ne rend pas ce qui a été écrit : {what}.

Do not use it. Look at its disk, and restore into another.
= Ne l'utilisez pas. Regardez son disque, et rétablissez dans une autre.

A backup is restored into a file or a database.
= Une copie se rétablit dans un fichier ou une base de données.

Say with --db which: sqlite:///PATH or postgresql://USER@HOST/DATABASE.
= Dites lequel avec --db : sqlite:///CHEMIN ou postgresql://USAGER@HÔTE/BASE.

The key at '{path}' is not the key of this journal.
= La clé à « {path} » n'est pas celle de ce journal.

Put the right key file there, or say with PARTAGE_KEY_FILE where it lies; nothing was restored.
= Mettez-y le bon fichier de clé, ou dites avec PARTAGE_KEY_FILE où il est ; rien n'a été rétabli.

'{path}' is there already, or its folder is not.
= « {path} » existe déjà, ou son dossier n'existe pas.

Give the name of a new file.
= Donnez le nom d'un nouveau fichier.

Free the disk, or give another name.
= Libérez le disque, ou donnez un autre nom.

The body is larger than {n} MB; it was not read to its end.
= L'envoi dépasse {n} Mo ; il n'a pas été lu jusqu'au bout.

The programme failed in this request; what was acknowledged before stays.
= Le programme a échoué dans cette requête ; ce qui avait été confirmé reste.

Repeat it with the same Idempotency-Key; if it fails again, report the hour.
= Répétez-la avec la même Idempotency-Key ; si l'échec se répète, signalez l'heure.

This Idempotency-Key came before, with another request; that one was answered.
= Cette Idempotency-Key est déjà venue, avec une autre requête ; c'est à celle-là qu'il a été répondu.

Send each act with a key of its own.
= Envoyez chaque acte avec sa propre clé.

This cursor is not one that a page gave.
= Ce curseur n'est pas de ceux qu'une page a donnés.

Begin with the first page.
= Commencez par la première page.

See '/v1/ask' for all of them.
= Voyez-les toutes à « /v1/ask ».

{subject} is at version {version} now; the request was made for another.
= {subject} en est maintenant à la version {version} ; la requête en visait une autre.

Read it again, look at what changed, and decide again.
= Relisez-le, regardez ce qui a changé, et décidez de nouveau.

Nobody could give an access to a journal in memory.
= Personne ne pourrait donner d'accès à un journal en mémoire.

Name a file.
= Nommez un fichier.

A demonstration is not served on {host}: whoever sees the screen has its accesses.
= Une démonstration n'est pas servie sur {host} : qui voit l'écran a ses accès.

Leave --host out, or serve an office of its own without --demo.
= Omettez --host, ou servez un bureau à lui sans --demo.

Others reach {address}, and no proxy with TLS is named: what they send would travel in clear.
= D'autres atteignent {address}, et aucun mandataire avec TLS n'est nommé : ce qu'ils envoient voyagerait en clair.

Name it with PARTAGE_PROXIES, or serve at 127.0.0.1 behind a proxy of this machine.
= Nommez-le par PARTAGE_PROXIES, ou servez à 127.0.0.1 derrière un mandataire de cette machine.

Nothing can be served at {host}, port {port}: {why}.
= Rien ne peut être servi à {host}, port {port} : {why}.

Choose another --port or --host, or end what is there.
= Choisissez un autre --port ou --host, ou mettez fin à ce qui s'y trouve.

This journal is of real work.
= Ce journal est celui d'un vrai travail.

--demo serves training alone.
= --demo ne sert qu'à l'exercice.

This address reads nothing called {name}; nothing was done.
= Cette adresse ne lit rien du nom de {name} ; rien n'a été fait.

See /openapi.json for what it reads.
= Voyez /openapi.json pour ce qu'elle lit.

There is nothing at this address.
= Il n'y a rien à cette adresse.

See /openapi.json for all there is.
= Voyez /openapi.json pour tout ce qu'il y a.

This address takes another method.
= Cette adresse prend une autre méthode.

See the header Allow.
= Voyez l'en-tête Allow.

The body is not what it says it is.
= Le corps n'est pas ce qu'il dit être.

Send JSON in UTF-8.
= Envoyez du JSON en UTF-8.

No access that is in force came with the request.
= Aucun accès en vigueur n'est venu avec la requête.

Send 'Authorization: Bearer TOKEN'; an admin gives one with 'partage token'.
= Envoyez « Authorization: Bearer JETON » ; l'administration en donne un avec « partage token ».

{n} part(s) of the request do not fit the contract: {where}.
= {n} partie(s) de la requête ne conviennent pas au contrat : {where}.

See 'errors' here, and /openapi.json for what fits.
= Voyez ici « errors », et /openapi.json pour ce qui convient.
"""
