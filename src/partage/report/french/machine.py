"""What an administrator is told of what leaves by itself, of accounts and of lists that are taken away."""

SENTENCES = """
Name some of: {events}.
= Nommez-en parmi : {events}.

Nothing is no event that is told.
= Rien n'est pas un événement qui se signale.

{event} is no event that is told.
= {event} n'est pas un événement qui se signale.

Resume it first.
= Reprenez-le d'abord.

See 'partage hook {hook} --log'.
= Voyez « partage hook {hook} --log ».

See 'partage hook' for all.
= Voyez « partage hook » pour les voir tous.

Too many deliveries wait already.
= Trop d'envois attendent déjà.

Wait until they are made.
= Attendez qu'ils soient faits.

{hook} is not told of an entry {no}.
= On ne signale pas d'inscription {no} à {hook}.

{hook} is told nothing now.
= On ne signale rien à {hook} pour le moment.

A password has {least} to {most} characters.
= Un mot de passe a de {least} à {most} caractères.

Put it back, or leave PARTAGE_BREACHED_FILE out.
= Remettez-la, ou laissez PARTAGE_BREACHED_FILE de côté.

The list of stolen passwords cannot be read: {why}.
= La liste des mots de passe volés ne peut pas être lue : {why}.

Give a public one, or have its network named in PARTAGE_HOOKS_TO.
= Donnez une adresse publique, ou faites nommer son réseau dans PARTAGE_HOOKS_TO.

Give an https address; http only on this machine.
= Donnez une adresse https ; http seulement sur cette machine.

It is an address of a private network or of this machine itself.
= C'est une adresse d'un réseau privé ou de cette machine même.

It is no web address that something can be sent to.
= Ce n'est pas une adresse web à laquelle on puisse envoyer quelque chose.

It would travel in clear.
= Cela voyagerait en clair.

Name networks such as 10.1.0.0/16, with commas.
= Nommez des réseaux comme 10.1.0.0/16, séparés par des virgules.

PARTAGE_HOOKS_TO names something that is no address and no network.
= PARTAGE_HOOKS_TO nomme quelque chose qui n'est ni une adresse ni un réseau.

Write https://HOST/PATH, without a name, a password or a # in it.
= Écrivez https://HOST/PATH, sans nom, sans mot de passe et sans # dedans.

{list} is no list that is taken away.
= {list} n'est pas une liste que l'on emporte.

Write it as it is: {name}.
= Écrivez-le tel qu'il est : {name}.

{name} would have {n} roles.
= {name} aurait {n} rôles.
"""
