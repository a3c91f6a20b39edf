"""What would flip a decision: tried, and stated only if it does."""

from __future__ import annotations

import re

import pytest

from daily import later, site_of, take_in
from keptplans import kept_of, plan_of
from offices import DAY, arrivals
from partage.casework.changes import (
    Asked,
    fits_what_is_known,
    household_changes,
    officer_changes,
    wider,
)
from partage.casework.flip import Flip, nearest_flip
from partage.core.household import Profile
from partage.faces.pages.show_prices import flip_answer
from partage.packs.loader import load_pack
from partage.report.priced import flip_text
from worlds import household, policy, site, situation

PACK = load_pack("canada")
FORBIDDEN = ("point", "price", "worth", "prix", "vaut", "valeur", "cost", "coût", "score")

ROOMY = {"person": 9, "room": 9, "room.family": 2, "clinic.fr": 1}
NONE = {**ROOMY, "person": 0}
WISHING = {"priorities": ("roof", "wish", "due", "short-ride"), "profile_blind": False}


def asked_of(kept, world, people, line, **more):  # type: ignore[no-untyped-def]
    by_id = {h.id: h for h in people}
    members = tuple(by_id[case] for case in kept.rows[kept.row_of(line.case)])
    sites = tuple(sorted(world.sites, key=lambda s: s.id))
    priorities = more.pop("priorities", ("roof", "due", "short-ride"))
    return Asked(line.case, members, line.reason, sites, policy(*priorities, **more))


def flips(people, world, case, *, own=False, **more):  # type: ignore[no-untyped-def]
    priorities = more.pop("priorities", ("roof", "due", "short-ride"))
    plan = plan_of(people, world, *priorities, **more)
    kept = kept_of(plan, world)
    line = next(line for line in plan.lines if line.case == case)
    asked = asked_of(kept, world, people, line, priorities=priorities, **more)
    assert fits_what_is_known(kept, asked)
    if own:
        return line, nearest_flip(
            kept, case, household_changes(kept, asked), proven=plan.proven, to_a_place=True
        )
    changes = officer_changes(kept, asked, case, line.reason)
    more_there = wider(kept, case, line.reason)
    return line, nearest_flip(kept, case, changes, wider=more_there, proven=plan.proven)


def test_one_more_place_where_it_would_rather_be_flips_it_for_an_officer():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    world = situation([near, far], [NONE, ROOMY], [100, 500])
    line, flip = flips([household("H-1")], world, "H-1")
    assert line.site == far.id
    assert flip == Flip("more", {"site": near.id, "units": "1 person"}, near.id, "", 1)


def test_a_couple_needs_two_more_and_one_is_not_said_to_be_enough():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    world = situation([near, far], [NONE, ROOMY], [100, 500])
    _, flip = flips([household("H-1", adults=2)], world, "H-1")
    assert (flip.code, flip.args["units"], flip.re_solves) == ("more", "2 person", 2)


def test_among_many_alike_the_least_that_is_surely_enough_is_said():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    world = situation([near, far], [NONE, ROOMY], [100, 500])
    _, flip = flips([household(f"H-{n}") for n in range(5)], world, "H-3")
    assert (flip.code, flip.args["units"], flip.site) == ("more", "5 person", near.id)
    assert flip.re_solves <= 10


def test_an_exception_to_the_rule_or_another_due_flips_it():
    quebec, ontario = site("m", "CA-QC"), site("o", "CA-ON")
    world = situation([quebec, ontario], [ROOMY, ROOMY], [60, 900])
    line, flip = flips(
        [household("H-1")], world, "H-1", key=None, priorities=("roof", "short-ride")
    )
    assert line.site == ontario.id
    assert (flip.code, flip.args["number"], flip.site) == ("rule", 1, quebec.id)
    avoiding = household("H-1", places_to_avoid=("CA-QC",))
    _, flip = flips([avoiding], world, "H-1", key=None, priorities=("roof", "short-ride"))
    assert (flip.code, flip.why) == ("", "none"), "never where it is not safe"
    fredericton = site("f", "CA-NB")
    world = situation([fredericton, ontario], [ROOMY, ROOMY], [60, 900])
    line, flip = flips([household("H-1")], world, "H-1")
    assert line.site == ontario.id
    assert (flip.code, flip.args, flip.site) == (
        "due", {"region": "CA-NB", "persons": 1, "less": "CA-ON"}, fredericton.id,
    )  # fmt: skip


def test_a_wish_flips_it_for_the_household_only_where_wishes_count():
    nb, on = site("f", "CA-NB"), site("o", "CA-ON")
    world = situation([nb, on], [ROOMY, ROOMY], [900, 60])
    line, flip = flips([household("H-1")], world, "H-1", own=True, **WISHING)
    assert line.site == on.id
    assert (flip.code, flip.args, flip.site) == ("wish", {"region": "CA-NB"}, nb.id)
    _, flip = flips([household("H-1")], world, "H-1", own=True)
    assert (flip.code, flip.why) == ("", "none")


def test_what_it_asked_for_or_its_link_or_its_room_flips_it_for_the_household():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    without = {k: n for k, n in ROOMY.items() if k != "clinic.fr"}
    world = situation([near, far], [without, ROOMY], [60, 900])
    asking = household("H-1", care=("clinic.fr",))
    line, flip = flips([asking], world, "H-1", own=True)
    assert line.site == far.id
    assert (flip.code, flip.args, flip.site) == ("without", {"service": "clinic.fr"}, near.id)

    world = situation([near, far], [{**ROOMY, "person": 1}, ROOMY], [60, 900])
    pair = [household("H-1", links=("H-2",)), household("H-2", links=("H-1",), adults=3)]
    line, flip = flips(pair, world, "H-1", own=True)
    assert line.site == far.id
    assert (flip.code, flip.site) == ("apart", near.id)

    world = situation([near, far], [{**ROOMY, "room.family": 0}, ROOMY], [60, 900])
    line, flip = flips([household("H-1", adults=3)], world, "H-1", own=True)
    assert line.site == far.id
    assert (flip.code, flip.args, flip.site) == ("room", {"room": "room", "number": 2}, near.id)


def test_nothing_is_stated_of_a_search_that_was_not_finished(monkeypatch):
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    world = situation([near, far], [NONE, ROOMY], [100, 500])
    from partage.casework import flip as module

    real = module.solve_again

    def unfinished(*words, **more):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        return replace(real(*words, **more), settled=False)

    monkeypatch.setattr(module, "solve_again", unfinished)
    _, found = flips([household("H-1")], world, "H-1")
    assert (found.code, found.why) == ("", "unsettled")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_household_reads_nothing_about_prices_or_others_in_a_flip(language):
    region, place = "CA-NB", PACK.sites[0].id
    found = [
        Flip("wish", {"region": region}, place), Flip("without", {"service": "clinic.fr"}, place),
        Flip("with", {"service": "clinic.fr"}, place), Flip("apart", {"number": 1}, place),
        Flip("room", {"room": "room", "number": 2}, place),
        *(Flip("", why=why) for why in (
            "none", "unsettled", "by-person", "mechanism", "changed", "erased")),
    ]  # fmt: skip
    for one in found:
        text = flip_text(one, PACK, language, household=True)
        assert text
        assert "{" not in text
        assert not [w for w in FORBIDDEN if re.search(rf"\b{w}", text.lower())], text
        assert not re.search(r"re-solve|résol|household|ménage|others|autres", text.lower()), text
    for one in (
        Flip("more", {"site": place, "units": "1 room"}, place, "", 3),
        Flip("due", {"region": region, "persons": 2, "less": ""}, place, "", 3),
        Flip("due", {"region": region, "persons": 2, "less": "CA-ON"}, "", "", 3),
        Flip("ceiling", {"region": region, "persons": 2}, place, "", 3),
        Flip("rule", {"number": 1, "title": "t"}, place, "", 3),
        *(Flip("", why=why) for why in (
            "none", "unsettled", "by-person", "mechanism", "changed", "erased")),
    ):  # fmt: skip
        assert "{" not in flip_text(one, PACK, language, household=False)


def test_a_wish_that_was_already_met_is_not_offered_as_a_flip():
    nb, on = site("f", "CA-NB"), site("o", "CA-ON")
    world = situation([nb, on], [ROOMY, ROOMY], [900, 60])
    wishing = household("H-1", profile=Profile(wishes=("CA-NB",)))
    line, flip = flips([wishing], world, "H-1", own=True, **WISHING)
    assert line.site == nb.id
    assert (flip.code, flip.args) == ("wish", {"region": "CA-ON"})


def test_a_flip_needs_a_plan_made_by_looking_and_what_is_known_as_it_was(office):
    a, b = take_in(office, "a,1", "b,2")
    pia = office.acting("pia:placement")
    assert pia.flip(a)[1] is None
    pia.propose("redirect-all", DAY)
    assert pia.flip(a)[1].re_solves > 0
    later(office, minutes=5)
    site_id = pia.explain(b)["site"]
    later(office, minutes=5)
    pia.place({b: site_id}, "redirect-all")
    assert pia.flip(b)[1] == Flip("", why="by-person")


def test_after_a_correction_or_erasure_no_flip_is_stated_from_what_was(office):
    a, b, c = take_in(office, "a,1", "b,2", "c,1")
    pia = office.acting("pia:placement")
    pia.propose("redirect-all", DAY)
    office.acting("anna:intake").correct(a, {"age_18_64": "2"}, why="mistake")
    asked_by_household = office.acting(f"x:household@{a}").flip(a)[1]
    assert asked_by_household == Flip("", why="changed")
    quebec = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{quebec}")
    clerk.arrive_late(b, quebec)
    clerk.exit(b, "housing")
    office.acting("adam:admin").erase(b, consent="a paper")
    assert pia.flip(b)[1] == Flip("", why="erased")
    assert "effacé" in flip_answer(pia, b, "officer", "fr")[1]
    found = pia.flip(c)[1]  # the others of its plan are not needed
    assert found is not None
    assert found.why in ("", "none")
    assert found.re_solves > 0


def test_wishes_flip_a_plan_of_the_office_for_the_household(office):
    data = arrivals("a,1")
    [case] = office.acting("anna:intake").register(data).data["registered"]
    office.acting("pia:placement").propose("wishes-first", DAY, as_if=True)
    known, flip = office.acting(f"x:household@{case}").flip(case)
    assert flip is not None
    assert flip.code == "wish"
    wished = arrivals("b,1", wishes=str(flip.args["region"]).removeprefix("CA-"))
    [other] = office.acting("anna:intake").register(wished).data["registered"]
    office.acting("pia:placement").propose("wishes-first", DAY, as_if=True)
    region = office.pack.site(office.acting("anna:intake").explain(other)["site"]).region
    assert region == flip.args["region"]
    assert known["site"]
