"""Permits: one table, deny by default, every verb has a row, scopes are kept, for acts and for reads."""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest

from daily import take_in
from everyverb import CASE, CITY, COMMANDS, METHODS, RUN, SITE, without
from offices import AT, opened
from partage.core.errors import InputRefused, NotPermitted
from partage.faces.cli.verbs import app
from partage.office import permits
from partage.office.office import Office
from partage.office.permits import PERMITS, ROLES, SCOPES, Actor, Permit, permit

ON_JOURNALS = {"restore", "migrate"}  # asked before there is an office to open


def test_every_method_and_command_stands_in_these_tables_and_every_verb_has_a_row():
    public = {
        name for name, _ in inspect.getmembers(Office, callable) if not name.startswith("_")
    } - {"acting", "bearer"}  # who comes: nobody is at the desk before it is known
    assert public == set(METHODS)
    named = {(c.name or c.callback.__name__) for c in app.registered_commands}  # type: ignore[union-attr]
    assert named == set(COMMANDS)
    verbs = {verb for verb, *_ in METHODS.values()}
    assert verbs | {"open"} | ON_JOURNALS == {row.verb for row in PERMITS}
    assert {name for name, words in COMMANDS.items() if words is not None} <= verbs | ON_JOURNALS


def test_a_method_of_a_verb_without_a_row_is_refused_to_everybody(monkeypatch):
    monkeypatch.setattr(permits, "PERMITS", ())
    office = opened_without_permits()
    for name, (_, _, args, more) in METHODS.items():
        for role in ROLES:
            with pytest.raises(NotPermitted):
                getattr(office.acting(Actor("x", role, "x")), name)(*args, **more)


def opened_without_permits() -> Office:
    from partage.office.ports import StatedClock
    from partage.packs.loader import load_pack
    from partage.store.memory import MemoryJournal

    return Office(MemoryJournal(), load_pack("canada"), StatedClock(AT), Actor("x", "admin"), None)


def test_a_role_without_a_row_is_refused_each_method_before_anything_is_looked_up():
    office = opened("memory:")
    head = office.journal.head()
    for name, (verb, fields, args, more) in METHODS.items():
        for role in without(verb, fields):
            for scope in ("", "CA-ON", SITE, CITY, RUN, CASE):
                with pytest.raises(NotPermitted, match=f"may not {verb}"):
                    getattr(office.acting(Actor("x", role, scope)), name)(*args, **more)
    assert office.journal.head() == head, "a refusal writes nothing"


def test_each_row_covers_its_own_part_of_the_world_and_nothing_else():
    there = {"region": "CA-ON", "site": SITE, "run": RUN, "case": CASE}
    own = {
        "own-region": ["CA-ON", "ca-on", "ON"],
        "own-city": [CITY, CITY.upper()],
        "own-site": [SITE],
        "own-run": [RUN],
        "own-case": [CASE],
    }
    others = [
        "", " ", "*", "all", "CA", "CA-", "-ON", "CA-QC", "CA-ON@CA-QC", "CA-ON CA-QC", "CA-ОN",
        "ca-on/", "ca-on/windsor", "ca-on/cornwall/", "ca-on/cornwall/x", "ca-on/windsor/dev-centre",
        "R-11111111", "R-", "H-1111111111", "H-", "%", "None",
    ]  # fmt: skip
    for row in PERMITS:
        mine = own.get(row.scope, ["", "anything"])
        fields = {"fields": row.fields.split(", ")[0]}
        for scope in mine:
            assert permit(Actor("x", row.role, scope), row.verb, **there, **fields).verb == row.verb
        if row.scope == "all":
            continue
        wide = [r.scope for r in PERMITS if (r.verb, r.role) == (row.verb, row.role)]
        for scope in others:
            if any(scope.upper() in [o.upper() for o in own[w]] for w in wide):
                continue
            with pytest.raises(NotPermitted, match="only for its own"):
                permit(Actor("x", row.role, scope), row.verb, **there)
        for scope in mine:  # and where nothing is named, nobody's own part holds it
            with pytest.raises(NotPermitted):
                permit(Actor("x", row.role, scope), row.verb)


def test_rows_use_known_roles_and_scopes_and_name_a_ground():
    for row in PERMITS:
        assert row.role in ROLES
        assert row.scope in SCOPES
        assert row.ground
        assert row.fields
        # no row rests on an agreement yet; one that will names its days
        assert bool(row.agreement) == bool(row.from_day or row.to_day)


def test_a_row_that_rests_on_an_agreement_counts_only_within_its_dates(monkeypatch):
    office = opened("memory:")
    [case] = take_in(office, "a,1")
    row = Permit("explain", "region", "all", "reason", "s. 8(2)(f)", "accord 7", "2023-02-21", "2023-02-22")  # fmt: skip
    monkeypatch.setattr(permits, "PERMITS", (*PERMITS, row))
    coordinator = office.acting("x:region@CA-ON")
    for days, allowed in ((0, False), (1, True), (1, True), (1, False)):
        office.clock.move_to(office.clock.now() + timedelta(days=days))  # type: ignore[attr-defined]
        if not allowed:
            with pytest.raises(NotPermitted):
                coordinator.explain(case)
            continue
        coordinator.explain(case)
        read = list(office.journal.read())[-1]
        assert read.body["agreement"] == {
            "name": "accord 7", "from": "2023-02-21", "to": "2023-02-22",
        }  # fmt: skip
        assert read.day


@pytest.mark.parametrize(
    ("actor", "verb", "where", "allowed"),
    [
        ("x:region@CA-ON", "agree", {"region": "CA-ON"}, True),
        ("x:region@ca-on", "agree", {"region": "CA-ON"}, True),
        ("x:region@ON", "agree", {"region": "CA-ON"}, True),
        ("x:region@CA-QC", "agree", {"region": "CA-ON"}, False),
        ("x:region", "agree", {"region": "CA-ON"}, False),
        ("x:region@", "agree", {"region": ""}, False),
        ("x:city@ca-on/windsor", "agree", {"region": "CA-ON", "site": "ca-on/windsor/h"}, True),
        ("x:city@CA-ON/Windsor", "agree", {"region": "CA-ON", "site": "ca-on/windsor/h"}, True),
        ("x:city@ca-on/windsor", "agree", {"region": "CA-ON", "site": "ca-on/ottawa/h"}, False),
        ("x:city@ca-on", "agree", {"region": "CA-ON", "site": "ca-on/ottawa/h"}, False),
        ("x:city@ca-on/windsor", "agree", {"region": "CA-ON"}, False),
        ("x:city@ca-qc/roxham-road", "count", {"site": "ca-qc/roxham-road"}, False),
        ("x:site@s", "update", {"region": "CA-ON", "site": "s"}, True),
        ("x:site@s", "update", {"region": "CA-ON", "site": "t"}, False),
        ("x:site", "update", {"region": "CA-ON", "site": ""}, False),
        ("x:escort@R-1", "arrive", {"run": "R-1", "site": "s"}, True),
        ("x:escort@R-2", "arrive", {"run": "R-1", "site": "s"}, False),
        ("x:household@H-1", "answer", {"case": "H-1"}, True),
        ("x:household@H-2", "answer", {"case": "H-1"}, False),
        ("x:household@H-1@H-2", "answer", {"case": "H-1"}, False),
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


@pytest.mark.parametrize(
    "text",
    [
        "", "anna", ":intake", "anna:", "anna:king", "anna@intake", " :intake", "--:intake",
        "anna:Intake", "anna:intake:approver", "an\u200bna:intake", "anna\ufe0f:intake",
        "\u0430nna:intake", "anna\n:intake\x00", "x" * 81 + ":intake",
    ],
)  # fmt: skip
def test_an_actor_says_name_and_role(text):
    with pytest.raises(InputRefused):
        Actor.parse(text)


def test_an_actor_made_by_hand_is_held_to_the_same():
    assert Actor("  Anna\u00a0 Roy ", "intake", " CA-ON ") == Actor.parse("Anna Roy:intake@CA-ON")
    for name, role in (("", "intake"), ("anna", "king"), ("an\u200dna", "intake")):
        with pytest.raises(InputRefused):
            Actor(name, role)


# -- fields --------------------------------------------------------------------------------


def test_who_sees_counts_only_is_told_how_many_and_never_which():
    office = opened("memory:")
    cases = take_in(office, "a,1", "b,2")
    office.clock.move_to(office.clock.now() + timedelta(days=9))  # type: ignore[attr-defined]
    full = [f for f in office.acting("anna:intake").watch() if f.where.startswith("case")]
    assert len(full) >= 2
    for role in without("survey", "case codes"):
        if not any((r.verb, r.role, r.scope) == ("survey", role, "all") for r in PERMITS):
            continue  # no row, or its own site alone
        seen = office.acting(f"x:{role}@CA-ON").watch()
        assert not any(case in str(f) for f in seen for case in cases), role
        assert any(f.what.startswith("2 household(s) wait long") for f in seen)
        with pytest.raises(NotPermitted, match="survey with case codes"):
            office.acting(f"x:{role}@CA-ON").cases_in("waiting")
