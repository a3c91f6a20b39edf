"""Why a file is not read, or a correction not made, and what to do."""

SENTENCES = """
The file is larger than 50 MB.
= Le fichier dépasse 50 Mo.

Split it and register each part.
= Divisez-le et inscrivez chaque partie.

Split it and send each part.
= Divisez-le et envoyez chaque partie.

The file cannot be read: {why}.
= Le fichier ne peut être lu : {why}.

No such file or directory
= il n'existe pas

Permission denied
= l'accès en est refusé

Is a directory
= c'est un dossier de fichiers

Check its name.
= Vérifiez son nom.

The file is {kind}.
= Le fichier est d'un autre genre : {kind}.

Save the list as .xlsx without a password, or as CSV in UTF-8.
= Enregistrez la liste en .xlsx sans mot de passe, ou en CSV UTF-8.

Save it as .xlsx, or as CSV in UTF-8.
= Enregistrez-le en .xlsx, ou en CSV UTF-8.

Save it as CSV in UTF-8.
= Enregistrez-le en CSV UTF-8.

Save it as UTF-8.
= Enregistrez-le en UTF-8.

The file is empty.
= Le fichier est vide.

Its first row names: {names} …. See docs/reference/arrivals.md.
= Sa première ligne nomme : {names} …. Voyez docs/reference/arrivals.md.

The first row lacks {names}.
= Il manque à la première ligne : {names}.

See docs/reference/arrivals.md.
= Voyez docs/reference/arrivals.md.

A column stands twice in the first row.
= Une colonne figure deux fois dans la première ligne.

Keep one of them.
= Gardez-en une.

The first row names more than {n} columns.
= La première ligne nomme plus de {n} colonnes.

The households have more than {n} names of columns.
= Les ménages ont plus de {n} noms de colonnes.

Keep those that are read. See docs/reference/arrivals.md.
= Gardez celles qui sont lues. Voyez docs/reference/arrivals.md.

The file has more than {n} rows.
= Le fichier a plus de {n} lignes.

The list has more than {n} rows.
= La liste a plus de {n} lignes.

Split it into parts of {n} at most.
= Divisez-le en parties d'au plus {n}.

Split it into parts of {n}.
= Divisez-la en parties de {n}.

The list has more than 50 MB of text.
= La liste a plus de 50 Mo de texte.

The file has more than {n} faults. The first: {where} {what}.
= Le fichier a plus de {n} fautes. La première : {where} {what}.

Correct what is wrong in every row, and send it again.
= Corrigez ce qui est faux à chaque ligne, et renvoyez-le.

No row of the file could be registered: {faults}
= Aucune ligne du fichier n'a pu être inscrite : {faults}

Correct the rows.
= Corrigez les lignes.

The file is not whole JSON; it may have been cut off.
= Le fichier n'est pas du JSON entier ; il a peut-être été coupé.

Export it again.
= Exportez-le de nouveau.

Export the file again.
= Exportez le fichier de nouveau.

The JSON is not a list of households.
= Le JSON n'est pas une liste de ménages.

Write [{"reference": …}, …] or {"arrivals": […]}.
= Écrivez [{"reference": …}, …] ou {"arrivals": […]}.

The file is not UTF-8 text (before byte {n}).
= Le fichier n'est pas du texte UTF-8 (avant l'octet {n}).

The file is not UTF-8 text (line {n}).
= Le fichier n'est pas du texte UTF-8 (ligne {n}).

In a spreadsheet, save it as 'CSV UTF-8'; otherwise accents would be guessed.
= Dans un tableur, enregistrez-le en « CSV UTF-8 » ; sinon les accents seraient devinés.

A household is longer than {n} signs, or is not whole JSON.
= Un ménage dépasse {n} signes, ou n'est pas du JSON entier.

The file is not whole UTF-16 text.
= Le fichier n'est pas du texte UTF-16 entier.

The file is not whole CSV (line {n}: {error}); it may have been cut off.
= Le fichier n'est pas du CSV entier (ligne {n} : {error}) ; il a peut-être été coupé.

The file has NUL bytes: it is not CSV text.
= Le fichier a des octets nuls : ce n'est pas du texte CSV.

The file has more than {n} lines.
= Le fichier a plus de {n} rangées.

Delete the empty ones, or split it.
= Supprimez celles qui sont vides, ou divisez-le.

A row is longer than {n} bytes (line {line}).
= Une ligne dépasse {n} octets (rangée {line}).

Look for a quote that is never closed; write one household in a row.
= Cherchez un guillemet jamais fermé ; écrivez un ménage par ligne.

The sheet has more in it than a list of households.
= La feuille contient plus qu'une liste de ménages.

Keep the list of households only.
= Ne gardez que la liste des ménages.

The sheet has more than {n} cells.
= La feuille a plus de {n} cellules.

Delete the empty rows and columns below and beside the list.
= Supprimez les lignes et colonnes vides sous la liste et à côté.

The list has merged cells: all but the first of them are blank.
= La liste a des cellules fusionnées : toutes sont vides sauf la première.

Take the merging back, and fill in every row.
= Défaites la fusion, et remplissez chaque ligne.

Row {row} is longer than {n} signs.
= La ligne {row} dépasse {n} signes.

The workbook has more than 50 MB of text.
= Le classeur a plus de 50 Mo de texte.

A sheet unpacks to more than 200 MB.
= Une feuille se déplie à plus de 200 Mo.

The workbook unpacks to more than 300 MB.
= Le classeur se déplie à plus de 300 Mo.

The workbook has more than {n} texts.
= Le classeur a plus de {n} textes.

The workbook has more than {n} parts.
= Le classeur a plus de {n} parties.

The file is an archive, not a workbook.
= Le fichier est une archive, pas un classeur.

Register the file inside it.
= Inscrivez le fichier qu'elle contient.

The workbook has a password.
= Le classeur a un mot de passe.

Save it without one.
= Enregistrez-le sans mot de passe.

The workbook has no sheet.
= Le classeur n'a pas de feuille.

Name one '{name}'.
= Nommez-en une « {name} ».

The sheet with the list is hidden.
= La feuille de la liste est masquée.

Show it, and look at what is registered.
= Affichez-la, et regardez ce qui est inscrit.

The file is not a whole workbook ({error}); it may have been cut off.
= Le fichier n'est pas un classeur entier ({error}) ; il a peut-être été coupé.

Export it again, or save it as CSV in UTF-8.
= Exportez-le de nouveau, ou enregistrez-le en CSV UTF-8.

The correction cannot be made: {why}.
= La correction ne peut être faite : {why}.

Correct it and send it again.
= Corrigez-la et renvoyez-la.

{column} cannot be corrected.
= {column} ne peut être corrigé.

Nothing is to be corrected.
= Rien n'est à corriger.

Columns: {columns}.
= Colonnes : {columns}.

{what} is not a case.
= {what} n'est pas un dossier.

Link to H- and ten characters.
= Liez à H- et dix caractères.

A household cannot be linked to itself.
= Un ménage ne peut être lié à lui-même.

Name the other one.
= Nommez l'autre.

an old Excel workbook (.xls), or one with a password
= un ancien classeur Excel (.xls), ou un classeur avec mot de passe

a PDF
= un PDF

an image
= une image

packed (gzip)
= compressé (gzip)

packed (7z)
= compressé (7z)

packed (rar)
= compressé (rar)

a web page
= une page Web
"""
