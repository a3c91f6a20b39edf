"""What leaves the office: sheets, archives of data about people."""

SENTENCES = """
{name} is no list that is taken away.
= {name} n'est pas une liste qui s'emporte.

Name one of: {lists}; or a plan, P-….
= Nommez-en une : {lists} ; ou un plan, P-….

There is no case {case} there.
= Il n'y a pas de dossier {case} à cet endroit.

There is no such case there.
= Il n'y a pas de tel dossier à cet endroit.

Name cases that are there.
= Nommez des dossiers qui s'y trouvent.

It is about nobody.
= Cela ne concerne personne.

Name cases, or a site with people.
= Nommez des dossiers, ou un lieu où il y a des gens.

It is about {n} households; {most} at most.
= Cela concerne {n} ménages ; {most} au plus.

Split it.
= Séparez-le.
"""
