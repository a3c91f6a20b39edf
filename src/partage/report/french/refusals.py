"""Why a request is not carried out, and what to do: the sentences of the day's work."""

SENTENCES = """
There is no {kind} {id}.
= Il n'y a pas de {kind} {id}.

There is no such {kind}.
= Il n'y a pas de tel {kind}.

Nothing to do.
= Rien à faire.

See 'partage explain'.
= Voyez « partage explain ».

See 'partage survey'.
= Voyez « partage survey ».

See 'survey'.
= Voyez « survey ».

See its state.
= Voyez son état.

Check the id.
= Vérifiez le code.

Correct it.
= Corrigez-le.

Correct them.
= Corrigez-les.

Use one of: {codes}.
= Utilisez l'un de ceux-ci : {codes}.

Use: {codes}.
= Utilisez : {codes}.

Use one of them.
= Utilisez l'un d'eux.

Known: {codes}.
= Connus : {codes}.

{what} is not a reason.
= {what} n'est pas une raison.

{what} is not a ground.
= {what} n'est pas un motif.

{what} is not an outcome.
= {what} n'est pas une issue.

{what} is not an answer.
= {what} n'est pas une réponse.

{what} is no answer.
= {what} n'est pas une réponse.

{what} is not a state.
= {what} n'est pas un état.

{what} is not an instant.
= {what} n'est pas un instant.

{what} does not say its time zone.
= {what} ne dit pas son fuseau horaire.

{what} is too far away.
= {what} est trop loin.

{what} is not a day.
= {what} n'est pas un jour.

Nobody is at the desk: it is not said who acts.
= Personne n'est au poste : il n'est pas dit qui agit.

Say it with --as NAME:ROLE, such as --as anna:intake, or set PARTAGE_AS.
= Dites-le avec --as NOM:RÔLE, par exemple --as anna:intake, ou par PARTAGE_AS.

{who} does not say who acts in which role.
= {who} ne dit pas qui agit dans quel rôle.

Write NAME:ROLE or NAME:ROLE@SCOPE, the name in letters of one script; roles: {roles}.
= Écrivez NOM:RÔLE ou NOM:RÔLE@PORTÉE, le nom en lettres d'une seule écriture ; rôles : {roles}.

The role '{role}' may not {what}.
= Le rôle « {role} » ne peut pas faire ceci : {what}.

It can be done by: {roles}.
= Cela revient à : {roles}.

The role '{role}' may {verb} only for its own {scope}; you act for '{mine}', this is for all.
= Le rôle « {role} » ne peut faire ceci ({verb}) que pour ce qui est à lui ({scope}) ; vous agissez pour « {mine} », et ceci vaut pour tous.

Name what is yours, such as --site SITE, or ask whoever may.
= Nommez ce qui est à vous, par exemple avec --site SITE, ou demandez à qui le peut.

The role '{role}' may {verb} only for its own {scope}; you did not say for which, this is for all.
= Le rôle « {role} » ne peut faire ceci ({verb}) que pour ce qui est à lui ({scope}) ; vous n'avez pas dit pour lequel, et ceci vaut pour tous.

The role '{role}' may {verb} only for its own {scope}; you act for '{mine}', this is {where}.
= Le rôle « {role} » ne peut faire ceci ({verb}) que pour ce qui est à lui ({scope}) ; vous agissez pour « {mine} », et il s'agit de {where}.

The role '{role}' may {verb} only for its own {scope}; you did not say for which, this is {where}.
= Le rôle « {role} » ne peut faire ceci ({verb}) que pour ce qui est à lui ({scope}) ; vous n'avez pas dit pour lequel, et il s'agit de {where}.

Ask whoever owns it, or act as NAME:ROLE@SCOPE, such as x:region@CA-ON or x:city@ca-on/windsor.
= Demandez à qui cela appartient, ou agissez comme NOM:RÔLE@PORTÉE, par exemple x:region@CA-ON ou x:city@ca-on/windsor.

A case id is H- and ten characters.
= Le code d'un dossier est H- et dix caractères.

A group id is G- and ten characters.
= Le code d'un groupe est G- et dix caractères.

A review id is V- and ten characters.
= Le code d'une demande de révision est V- et dix caractères.

Name the run, R-….
= Nommez le trajet, R-….

Name the run, R-…; for a case add --fallback or --found.
= Nommez le trajet, R-… ; pour un dossier, ajoutez --fallback ou --found.

The data of {case} were erased.
= Les données de {case} ont été effacées.

It can no longer be placed.
= Il ne peut plus être placé.

No place is approved for this case.
= Aucune place n'est approuvée pour ce dossier.

Propose and approve first.
= Proposez et approuvez d'abord.

This case is {now}; '{fact}' is for a case that is {allowed}. Nothing was changed.
= L'état de ce dossier est : {now}. « {fact} » vaut pour un dossier dans l'état : {allowed}. Rien n'a été changé.

Look at it with 'partage explain'.
= Regardez-le avec « partage explain ».

{subject} has changed since it was read (version {now}, not {version}).
= {subject} a changé depuis sa lecture (version {now}, non {version}).

Look at it again and repeat the command.
= Regardez-le de nouveau et répétez la commande.

{n} reference(s) were registered meanwhile.
= {n} référence(s) ont été inscrites entre-temps.

Register the file again.
= Inscrivez le fichier de nouveau.

Whoever proposed a plan, or overrode a line of it, does not approve it.
= Qui a proposé un plan, ou dérogé à l'une de ses lignes, ne l'approuve pas.

A second person approves it; two spellings of one name are one person.
= Une deuxième personne l'approuve ; deux graphies d'un nom sont une personne.

The plan is for {planned}; on {day} it can no longer be approved.
= Le plan est pour le {planned} ; le {day}, il ne peut plus être approuvé.

Propose again.
= Proposez de nouveau.

Every line of this plan is approved already.
= Chaque ligne de ce plan est déjà approuvée.

{case} has no place in this plan.
= {case} n'a pas de place dans ce plan.

{one} is not in this plan.
= {one} n'est pas dans ce plan.

This plan has {case} without a place already.
= Ce plan laisse déjà {case} sans place.

This plan has {case} at {site} already.
= Ce plan place déjà {case} à {site}.

No standing policy is adopted.
= Aucune politique permanente n'est adoptée.

Name one with --policy.
= Nommez-en une avec --policy.

Name one with --policy, or 'partage adopt' one.
= Nommez-en une avec --policy, ou adoptez-en une avec « partage adopt ».

Whoever proposed a standing policy does not confirm it, nor a deputy for the one they stand in for.
= Qui a proposé une politique permanente ne la confirme pas, ni ne la confirme pour cette personne qui la supplée.

A second person does.
= Une deuxième personne le fait.

{day} is over; today is {today}.
= Le {day} est passé ; nous sommes le {today}.

Plan for today or later, or use --as-if to look at what would have been.
= Planifiez pour aujourd'hui ou plus tard, ou voyez avec --as-if ce qui aurait été.

{site} is in {there}; {case} is in {here}.
= {site} est dans {there} ; {case} est dans {here}.

A roof in an emergency is never across a region; choose a site there.
= Un abri d'urgence ne sort jamais de la province ; choisissez-y un lieu.

{roof} was looked at already.
= {roof} a déjà été examiné.

Whoever gave the roof does not look at it again, nor a deputy for the one they stand in for.
= Qui a donné l'abri ne l'examine pas, ni ne l'examine pour cette personne qui la supplée.

{review} is answered already.
= {review} a déjà sa réponse.

See 'partage survey' for open ones.
= Voyez avec « partage survey » celles qui restent ouvertes.

An answer says why.
= Une réponse dit pourquoi.

Give it with --note; it stays in the vault.
= Donnez-le avec --note ; cela reste dans le coffre.

Whoever took part in the decision does not review it.
= Qui a pris part à la décision ne la révise pas.

Another person does.
= Une autre personne le fait.

{day} is over at {ends}, not before.
= La journée {day} finit à {ends}, pas avant.

Close it after 04:00 everywhere.
= Clôturez-la après 4 h partout.

{day} is closed already.
= La journée {day} est déjà close.

{day} is not closed.
= La journée {day} n'est pas close.

Close it with 'partage close'.
= Clôturez-la avec « partage close ».

The night of {night} has not begun.
= La nuit du {night} n'a pas commencé.

Today is {today}.
= Nous sommes le {today}.

{n} persons cannot be counted.
= {n} personnes ne peuvent être comptées.

Give 0 or more.
= Donnez 0 ou plus.

There is no site or entry point {what}.
= Il n'y a pas de lieu ni de point d'entrée {what}.

of that name
= de ce nom

See 'partage survey' for the sites of the pack.
= Voyez avec « partage survey » les lieux connus.

An address is kept only if the household consents.
= Une adresse n'est gardée que si le ménage y consent.

Ask them, then add --consent; or leave the address out.
= Demandez-le-leur, puis ajoutez --consent ; ou omettez l'adresse.

{to} is not a destination.
= {to} n'est pas une destination.

{case} is looked for already, since {day}.
= {case} est déjà recherché, depuis le {day}.

To close the search say --why; if you know where they are, --to that.
= Pour clore la recherche, dites --why ; si vous savez où sont ces personnes, --to.

{case} is not looked for.
= {case} n'est pas recherché.

Leave --why out.
= Omettez --why.
"""
