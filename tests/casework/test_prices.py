"""Reasons in prices: what was scarce, who gives way, and who sees which of it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from daily import take_in
from keptplans import kept_of, plan_of
from offices import DAY
from partage.casework.priced import priced_gap, priced_reason
from partage.core.errors import WrongState
from partage.core.household import Profile
from partage.faces.pages.show import explain_answer
from partage.faces.pages.show_prices import flip_answer
from partage.report.priced import prices_text
from worlds import household, site, situation

FORBIDDEN = ("point", "price", "worth", "prix", "vaut", "valeur", "cost", "coût", "score")

ROOMY = {"person": 9, "room": 9, "room.family": 2, "clinic.fr": 1}
NAMED: Any = SimpleNamespace(  # a pack that names every site and region by its id
    site=lambda name: SimpleNamespace(name_en=name, name_fr=name),
    region=lambda name: SimpleNamespace(name_en=name, name_fr=name),
)


def test_the_limit_that_decided_has_its_price_and_full_sites_cost_what_they_bring():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    world = situation([near, far], [{**ROOMY, "person": 2}, ROOMY], [100, 500])
    people = [household(f"H-{n}", adults=2) for n in range(3)]
    plan = plan_of(people, world)
    kept = kept_of(plan, world)
    line = next(line for line in plan.lines if line.site == far.id)
    said = priced_reason(kept, line.case, line.reason)
    assert {one["site"]: (one["worth"], one["price"], one["net"]) for one in said["sites"]} == {
        near.id: ("80", "50", "30"), far.id: ("30", "0", "30"),
    }  # fmt: skip
    assert said["scarce"] == [
        {"what": "person", "where": near.id, "price": "25", "units": 2, "used": 2}
    ]
    assert (said["regret"], said["unit"]) == ("0", "short-ride")


def test_a_household_that_gives_way_so_that_all_fit_whole_is_told_to_the_officer():
    wished, other = site("w", "CA-ON"), site("o", "CA-NB")
    # two couples wish for one site with three places; whole, one of them fits, and the single beside it
    world = situation([wished, other], [{**ROOMY, "person": 3}, {**ROOMY, "person": 2}], [100, 100])
    wish = Profile(wishes=("CA-ON",))
    couples = [household(name, adults=2, profile=wish) for name in ("H-1", "H-2")]
    people = [*couples, household("H-3")]
    plan = plan_of(people, world, "roof", "wish", profile_blind=False, key=None)
    kept = kept_of(plan, world)
    said = {line.case: priced_reason(kept, line.case, line.reason) for line in plan.lines}
    site_of = {line.case: line.site for line in plan.lines}
    assert site_of["H-3"] == wished.id
    assert {case: said[case]["regret"] for case in said} == {"H-1": "0", "H-2": "0", "H-3": "1"}
    assert plan.price_bounds[-1] - plan.value == 1
    for language, words in (("en", "gives up 1 so that everybody fits whole"), ("fr", "cède 1 ")):
        text = "\n".join(prices_text({**said["H-3"], "plan": priced_gap(kept)}, NAMED, language))
        assert words in text
        assert "1 given up by households" in text or "1 cédés" in text


def test_officers_see_prices_and_the_household_none(office):
    [case] = take_in(office, "a,2")
    office.acting("pia:placement").propose("redirect-all", DAY)
    data, text = explain_answer(office.acting("rosa:approver"), case, "officer", "en")
    assert data["prices"]["sites"]
    assert "worth" in text
    assert "best answer to these prices" in text
    data, text = explain_answer(office.acting(f"x:household@{case}"), case, "officer", "en")
    assert "prices" not in data
    assert not [w for w in FORBIDDEN if w in text.lower()]
    assert office.acting(f"x:household@{case}").explain(case)["prices"] is None
    data, text = flip_answer(office.acting(f"x:household@{case}"), case, "officer", "en")
    assert set(data["flip"]) == {"code", "args", "site", "why", "re_solves"}
    assert "plan" not in data


def test_the_pack_of_another_day_is_told_and_names_no_price(office):
    [case] = take_in(office, "a,2")
    office.acting("pia:placement").propose("redirect-all", DAY)
    from dataclasses import replace

    office.pack = replace(office.pack, sites=office.pack.sites[:-1])
    known = office.acting("rosa:approver").explain(case)
    assert known["prices"] is None
    assert "no longer those of this plan" in known["no_prices"]
    with pytest.raises(WrongState):
        office.acting("pia:placement").worth(known["plan"])


def test_prices_and_flips_are_plain_json(office):
    [case] = take_in(office, "a,2")
    office.acting("pia:placement").propose("redirect-all", DAY)
    pia = office.acting("pia:placement")
    for data, _ in (
        explain_answer(pia, case, "officer", "fr"),
        flip_answer(pia, case, "officer", "fr"),
    ):
        assert json.loads(json.dumps(data["case"])) == case
        json.dumps({k: v for k, v in data.items() if k != "reason"})
