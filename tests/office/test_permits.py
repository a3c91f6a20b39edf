"""Permits: one table, deny by default, every verb has a row, scopes are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

import partage.office as office_package
from partage.core.errors import InputRefused, NotPermitted
from partage.office.office import Office
from partage.office.permits import PERMITS, ROLES, SCOPES, Actor, permit

VERBS = (
    "register", "agree", "update", "survey", "propose", "explain", "approve", "offer", "answer",
    "depart", "arrive", "count", "verify", "worth",
)  # fmt: skip


def test_every_verb_of_the_office_asks_for_a_permit_and_has_a_row():
    source = "".join(
        path.read_text("utf-8") for path in Path(office_package.__file__).parent.glob("*.py")
    )
    for verb in VERBS:
        assert f'permit(self.actor, "{verb}"' in source, verb
        assert hasattr(Office, verb)
        assert any(row.verb == verb for row in PERMITS), f"{verb} has no row"


def test_rows_use_known_roles_and_scopes_and_name_a_ground():
    for row in PERMITS:
        assert row.role in ROLES
        assert row.scope in SCOPES
        assert row.ground
        assert row.fields


def test_whatever_has_no_row_is_denied():
    for verb in (*VERBS, "no-such-verb"):
        for role in ROLES:
            if not any(row.verb == verb and row.role == role for row in PERMITS):
                with pytest.raises(NotPermitted, match=f"may not {verb}") as refused:
                    permit(Actor("x", role, "CA-ON"), verb, region="CA-ON", site="ca-on/a/b")
                assert refused.value.do


@pytest.mark.parametrize(
    ("actor", "verb", "where", "allowed"),
    [
        ("x:region@CA-ON", "agree", {"region": "CA-ON"}, True),
        ("x:region@ca-on", "agree", {"region": "CA-ON"}, True),
        ("x:region@CA-QC", "agree", {"region": "CA-ON"}, False),
        ("x:region", "agree", {"region": "CA-ON"}, False),
        ("x:region@", "agree", {"region": ""}, False),
        ("x:city@ca-on/windsor", "agree", {"region": "CA-ON", "site": "ca-on/windsor/h"}, True),
        ("x:city@ca-on/windsor", "agree", {"region": "CA-ON", "site": "ca-on/ottawa/h"}, False),
        ("x:city@ca-on", "agree", {"region": "CA-ON", "site": "ca-on/ottawa/h"}, False),
        ("x:city@ca-on/windsor", "agree", {"region": "CA-ON"}, False),
        ("x:site@s", "update", {"region": "CA-ON", "site": "s"}, True),
        ("x:site@s", "update", {"region": "CA-ON", "site": "t"}, False),
        ("x:site", "update", {"region": "CA-ON", "site": ""}, False),
        ("x:escort@R-1", "arrive", {"run": "R-1", "site": "s"}, True),
        ("x:escort@R-2", "arrive", {"run": "R-1", "site": "s"}, False),
        ("x:household@H-1", "answer", {"case": "H-1"}, True),
        ("x:household@H-2", "answer", {"case": "H-1"}, False),
        ("x:household", "answer", {"case": ""}, False),
        ("x:intake", "answer", {"case": "H-1"}, True),
    ],
)
def test_scopes(actor, verb, where, allowed):
    if allowed:
        assert permit(Actor.parse(actor), verb, **where).verb == verb
    else:
        with pytest.raises(NotPermitted):
            permit(Actor.parse(actor), verb, **where)


@pytest.mark.parametrize("text", ["", "anna", ":intake", "anna:", "anna:king", "anna@intake"])
def test_an_actor_says_name_and_role(text):
    with pytest.raises(InputRefused):
        Actor.parse(text)
