"""One file per page; importing them here puts them in the table."""

from partage.faces.web.screens import arrivals, board, cases, plans, policies, road, today

ALL = (arrivals, board, cases, plans, policies, road, today)
