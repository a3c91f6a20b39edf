"""One file per page; importing them here puts them in the table."""

from partage.faces.web.screens import board, today

ALL = (board, today)
