"""Letters, offers taken back, and what households ask: why not, and what to do."""

SENTENCES = """
{case} has nobody of 18 or more; it gets no letter with a code.
= Personne n'a 18 ans ou plus dans {case}; il ne reçoit pas de lettre avec un code.

{case} has nobody of 18 or more, so nothing is answered here.
= Personne n'a 18 ans ou plus dans {case}; rien ne se répond donc ici.

An officer speaks with them, and with whoever looks after them.
= Une agente ou un agent leur parle, et parle à la personne qui prend soin d'eux.

{case} has left.
= {case} est parti.

Ask them how they wish to be reached.
= Demandez-leur comment les joindre.

No letter of {case} counts.
= Aucune lettre de {case} ne compte.

Each adult answers for themselves alone.
= Chaque adulte répond pour soi seulement.

You are adult {n}.
= Vous êtes l'adulte {n}.

{what} is not in the list.
= {what} n'est pas dans la liste.

It is not said what is wrong.
= On ne dit pas ce qui est faux.

Write what is wrong, and what is right.
= Écrivez ce qui est faux, et ce qui est juste.

Ask for what is known of you, or for its disposal.
= Demandez ce que l'on sait de vous, ou sa destruction.

{number} is answered already.
= {number} a déjà sa réponse.

A refusal says why.
= Un refus dit pourquoi.

Write it for them; it stays in the vault.
= Écrivez-le pour eux; cela reste dans le coffre.

It is not said what is corrected.
= On ne dit pas ce qui est corrigé.

Name a cell and its value.
= Nommez une case et sa valeur.

Its id is C- and ten characters.
= Son code : C- et dix caractères.

had its offer taken back; it waits for the next plan and keeps its roof
= son offre a été retirée; il attend le prochain plan et garde son abri

tell them today, and say that nothing is held against them
= dites-le-leur aujourd'hui, et dites que rien n'est retenu contre eux

This letter does not count any more.
= Cette lettre ne compte plus.

Ask for a new one; it is free.
= Demandez-en une nouvelle; c'est gratuit.

No letter has this code.
= Aucune lettre n'a ce code.

Look at it once more, or ask for a new one.
= Regardez-le encore une fois, ou demandez-en une nouvelle.

{case} says that something known of it is wrong; answer by {day}
= {case} dit que quelque chose que l'on sait de lui est faux ; répondez d'ici le {day}

look at it, correct it or say why not, and answer them
= examinez-le, corrigez ou dites pourquoi non, et répondez-leur
"""
