"""Why nothing is looked ahead to as it was asked, and what to do."""

SENTENCES = """
The month {month} is outside the data, which run from {first} to {last}.
= Le mois {month} est hors des données, qui vont de {first} à {last}.

Choose a month within.
= Choisissez un mois qui s'y trouve.

There is no series {id}.
= Il n'y a pas de série {id}.

There is no monthly series to look ahead from.
= Il n'y a pas de série mensuelle d'où regarder vers l'avenir.

Add claimants.csv to the pack, or name a series that it has.
= Ajoutez claimants.csv à l'ensemble de données, ou nommez une série qu'il contient.

The series '{id}' stands twice.
= La série « {id} » figure deux fois.

Give each once.
= Donnez chacune une fois.

The longest series has {most} known months by {month}; a forecast needs {least}.
= La plus longue série a {most} mois connus en {month} ; une prévision en demande {least}.

Choose a later month, or give a longer series. Gaps are not counted as months.
= Choisissez un mois plus tardif, ou donnez une série plus longue. Les lacunes ne comptent pas comme des mois.

A horizon of {months} months cannot be looked ahead.
= On ne peut regarder {months} mois vers l'avenir.

Ask for 1 to {most}; bands are back-tested at 1, 3 and 6 months.
= Demandez de 1 à {most} ; les fourchettes sont éprouvées à 1, 3 et 6 mois.

{runs} paths cannot be drawn.
= {runs} trajectoires ne peuvent être tirées.

Ask for 1 to {most}.
= Demandez de 1 à {most}.

Day {day} is not a day of a month of {days}.
= Le jour {day} n'est pas un jour d'un mois de {days}.

Count from 1 to its last day.
= Comptez de 1 à son dernier jour.

{seen} persons cannot have been counted.
= {seen} personnes ne peuvent avoir été comptées.

A profile of weekdays has seven weights of 0 or more, Monday to Sunday, not all 0.
= Un profil de la semaine a sept poids de 0 ou plus, du lundi au dimanche, pas tous nuls.

Write it as 1,1,1,1,1,1.5,1.5.
= Écrivez-le ainsi : 1,1,1,1,1,1.5,1.5.

{days} days cannot be shown.
= {days} jours ne peuvent être montrés.

The days from {start} to {end} lie outside the months looked ahead to.
= Les jours du {start} au {end} sont hors des mois regardés.

Choose a day after the last known month and a horizon that reaches far enough.
= Choisissez un jour après le dernier mois connu et un horizon qui va assez loin.

From {first} to {last} there is too little to back-test {origins} months up to {most} ahead.
= De {first} à {last}, il y a trop peu pour éprouver {origins} mois jusqu'à {most} d'avance.

Give a series of at least {months} months.
= Donnez une série d'au moins {months} mois.

The figures end in {month}; the days from {day} on lie {months} months behind them.
= Les chiffres s'arrêtent en {month} ; les jours à partir du {day} viennent {months} mois après.

Bring claimants.csv of the pack up to date: at most {most} months are looked ahead.
= Mettez à jour claimants.csv de l'ensemble de données : on regarde {most} mois vers l'avenir au plus.

The pack '{pack}' has no monthly series to look ahead from.
= L'ensemble de données « {pack} » n'a pas de série mensuelle d'où regarder vers l'avenir.

Add claimants.csv to it; docs/how-to/forecast.md says how.
= Ajoutez-lui claimants.csv ; docs/how-to/forecast.md dit comment.

'{office}' is not an office.
= « {office} » n'est pas un bureau.

Use one of {names}.
= Utilisez l'un de : {names}.

Give another with --out.
= Donnez-en un autre avec --out.

There is no series of {office} for {region}.
= Il n'y a pas de série {office} pour {region}.

It has: {series}.
= Elle a : {series}.

What was counted so far is not NUMBER@DAY.
= Ce qui a été compté jusqu'ici n'est pas NOMBRE@JOUR.

Write it as --so-far 1200@2023-02-20.
= Écrivez-le ainsi : --so-far 1200@2023-02-20.

{day} is not in {month}, the month after the last known one.
= {day} n'est pas en {month}, le mois qui suit le dernier connu.

Count in {month}, or give the month before {other} as --origin.
= Comptez en {month}, ou donnez le mois avant {other} avec --origin.

breaks
= ruptures

{fact}: within three months of the last known one
= {fact} : dans les trois mois avant le dernier connu

what follows it is hardly known yet; compare what the fact would do, not this alone
= ce qui suit est à peine connu ; comparez ce que le fait changerait, et non ceci seul

back-test
= essai rétrospectif

read the bands with care
= lisez les fourchettes avec prudence

horizon
= horizon

months beyond {months} are not back-tested
= les mois au-delà de {months} ne sont pas éprouvés

read their bands as a guess
= lisez leurs fourchettes comme une conjecture
"""
