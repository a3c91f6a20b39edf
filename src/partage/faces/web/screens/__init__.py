"""One file per page; importing them here puts them in the table."""

from partage.faces.web.screens import (
    agreements,
    ahead,
    arrivals,
    board,
    cases,
    duplicates,
    groups,
    later,
    plans,
    policies,
    record,
    road,
    today,
    transport,
    users,
    vouch,
)

ALL = (
    agreements,
    ahead,
    arrivals,
    board,
    cases,
    duplicates,
    groups,
    later,
    plans,
    policies,
    record,
    road,
    today,
    transport,
    users,
    vouch,
)
