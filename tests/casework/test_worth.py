"""The value of one more place, to its owner first."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from daily import later, take_in
from offices import DAY
from partage.casework.worth import Worth, open_to
from partage.core.errors import NotPermitted
from partage.report.priced import one_more


def row(name: str) -> Worth:
    return Worth(name, "room", 3, 3, (("roof", Fraction(1)),), (("roof", 1),))


def test_owners_see_their_rows_first_and_others_after_them_or_on_the_day():
    rows = (row("a"), row("b"))
    assert open_to(rows, own={"a"}, looked=set(), begun=False) == ((rows[0],), 0)
    assert open_to(rows, own={"c"}, looked={"a"}, begun=True) == ((), 0)
    assert open_to(rows, own=None, looked=set(), begun=False) == ((), 2)
    assert open_to(rows, own=None, looked={"b"}, begun=False) == ((rows[1],), 1)
    assert open_to(rows, own=None, looked=set(), begun=True) == (rows, 0)


def test_worth_is_logged_for_owners_and_opens_to_others_then(office):
    take_in(office, *(f"r{n},2" for n in range(60)))
    tomorrow = DAY + timedelta(days=1)
    _, done = office.acting("pia:placement").propose("redirect-all", tomorrow)
    plan = done.data["plan"]
    pia = office.acting("pia:placement")
    before = office.journal.head()
    early = pia.worth(plan)
    assert early["rows"] == ()
    assert early["not_open_yet"] > 0
    assert office.journal.head() == before
    city = office.acting("mia:city@ca-on/cornwall").worth(plan, check=True)
    assert {one.site for one in city["rows"]} == {"ca-on/cornwall/dev-centre"}
    assert all(one.gains is not None for one in city["rows"])
    [*_, last] = office.journal.read()
    assert (last.verb, last.role, last.subject) == ("read", "city", f"read/plan/{plan}")
    assert last.body["own_sites"] == ["ca-on/cornwall/dev-centre"]
    assert {one.site for one in pia.worth(plan)["rows"]} == {"ca-on/cornwall/dev-centre"}
    later(office, days=1)
    assert pia.worth(plan)["not_open_yet"] == 0
    with pytest.raises(NotPermitted):
        office.acting("anna:intake").worth(plan)
    with pytest.raises(NotPermitted):
        office.acting("x:region").worth(plan)
    assert office.acting("rita:auditor").verify().clean


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_one_more_would_do_is_said_in_what_the_priority_counts(language):
    for name in ("roof", "due", "wish", "short-ride"):
        prices, most = ((name, Fraction(4)),), ((name, 4),)
        one = Worth("a", "room.family", 3, 3, prices, most)
        assert "4" in one_more(one, language)
        gained = Worth("a", "room.family", 3, 3, prices, most, ((name, 4),))
        assert one_more(gained, language) != one_more(one, language)
    none = Worth("a", "room", 3, 3, prices, most, ((name, 0),))
    assert one_more(none, language) in (
        "nothing more, solved again",
        "rien de plus, résolu de nouveau",
    )
