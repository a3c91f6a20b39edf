"""What a finding is about, and words that stand inside other sentences."""

SENTENCES = """
row {row}, column {column}
= ligne {row}, colonne {column}

row {row}
= ligne {row}

column {column}
= colonne {column}

the sheet '{name}'
= la feuille « {name} »

the workbook
= le classeur

the cells
= les cellules

case {case}
= dossier {case}

cases
= dossiers

site {site}
= lieu {site}

run {run}
= trajet {run}

group {group}
= groupe {group}

review {review}
= demande de révision {review}

agreement {party}
= entente {party}

ask {ask}
= demande {ask}

region {region}
= province {region}

city {city}
= ville {city}

role {role}
= rôle {role}

day {day}
= journée {day}

night {night}
= nuit du {night}

policy {policy}
= politique {policy}

hosted@{place}
= {place}

waiting@{place}
= {place}

standing policy
= politique permanente

key of the vault
= clé du coffre

plan
= plan

What was given
= Ce qui a été écrit

what was given
= ce qui a été écrit

'{code}'
= « {code} »

person
= place(s)

room
= chambre(s)

room.family
= chambre(s) familiale(s)

somebody
= quelqu'un

nobody
= personne

its agreement
= son entente

the agreement of {party}
= l'entente de {party}

comma
= virgule

semicolon
= point-virgule

tab
= tabulation

hidden columns
= des colonnes masquées

{n} hidden row(s)
= {n} ligne(s) masquée(s)

waiting
= en attente

outside-engine
= suivi par un agent

approved
= place approuvée

offered
= place offerte

bound
= a accepté

kept
= place de repli gardée

travelling
= en route

hosted
= hébergé

counted
= compté, pas encore décrit

left
= parti

unknown
= recherché
"""
