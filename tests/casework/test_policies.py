"""Policies beyond redirect-all: what is refused, ceilings, carried claims, and reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from offices import DAY, arrivals, opened
from partage.casework.check_policy import check_policy
from partage.casework.compare import compare
from partage.casework.planning import place_households
from partage.core.errors import InputRefused
from partage.core.policy import KeyChoice, Priority, Rule, Source
from partage.packs.loader import load_pack
from partage.packs.policies import parse_policy
from partage.place.referee import faults_in_plan
from worlds import figures, household, policy, site, situation

PACK = load_pack("canada")
REGIONS = [region.id for region in PACK.regions]
SOURCE = Source("a test")
KEY = KeyChoice("population", "consenting", "hamilton", False, SOURCE)


def rule(number: int, never: tuple[str, ...], *modes: str) -> Rule:
    return Rule(number, never, modes, (), (), SOURCE)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(PACK.policies))
def test_every_policy_of_the_pack_is_sound(name):
    check_policy(PACK.policy(name), REGIONS)
    assert PACK.policy(name).source.title


def _use(changed, world):  # type: ignore[no-untyped-def]
    check_policy(changed, REGIONS)
    place_households([household("H-1")], world, changed, figures(), seed="s")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (policy(rules=(rule(1, ("CA-QC",)), rule(2, tuple(REGIONS[:6])), rule(3, tuple(REGIONS[6:])))),
         "rules of the policy 'test' contradict each other: rule(s) 1 and 2 and 3 leave no region"),
        (policy(key=None), "has the priority 'due', but no [key]"),
        (policy(key=replace(KEY, name="nobody")), "no key named 'nobody'"),
        (policy(key=replace(KEY, rounding="up")), "no rounding method named 'up'"),
        (policy(key=replace(KEY, rounding="rounded-alone")), "does not add up"),
        (policy(key=replace(KEY, rounding="webster", carry=True)), "carries claims over with the rounding"),
        (policy(key=replace(KEY, params={"months": 3})), "takes no parameter 'months'"),
        (policy(key=replace(KEY, name="weighted")), "needs the parameter 'weights'"),
        (policy(key=replace(KEY, name="population-capped", params={"capped": "CA-QC"})),
         "parameter 'capped' of the key 'population-capped' is 'CA-QC'"),
        (policy(mechanism="telephone"), "no mechanism named 'telephone'"),
        (policy("hope"), "names the priority 'hope'"),
        (policy(priorities=(Priority("language", {"fr": 3}, SOURCE),)), "no points named 'fr'"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_hold_is_a_sentence(changed, says):
    one = situation([site("a", "CA-ON")], [{"person": 1, "room": 1}], [9])
    with pytest.raises(InputRefused) as refused:
        _use(changed, one)
    assert says in str(refused.value)
    assert refused.value.do


def test_rules_for_different_modes_do_not_contradict():
    half, rest = tuple(REGIONS[:6]), tuple(REGIONS[6:])
    check_policy(policy(rules=(rule(1, half, "between-ports"), rule(2, rest, "airport"))), REGIONS)


TOML = """[policy]
id = "p"
version = "1"
kind = "law"
profile_blind = true
[policy.source]
title = "t"
[[trigger]]
region = "CA-QC"
service = "person"
percent = 100
days = 7
[place]
mechanism = "greedy"
[key]
name = "population-capped"
regions = "all"
rounding = "hamilton"
ceiling = ["CA-QC"]
[key.params]
capped = ["CA-QC"]
months = 12
[[priority]]
id = "roof"
"""


def test_the_new_blocks_are_read():
    read = parse_policy(TOML.encode(), "p")
    assert read.key.params == {"capped": ("CA-QC",), "months": 12}
    assert read.key.ceiling == ("CA-QC",)
    assert read.mechanism == "greedy"
    assert (
        str(read.triggers[0]) == "person in CA-QC above 100 % of what is agreed, 7 day(s) in a row"
    )
    keyless = parse_policy(
        TOML[: TOML.index("[key]")].encode() + b'[[priority]]\nid = "roof"\n', "p"
    )
    assert keyless.key is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("days = 7", "days = 0", "'days' that is not a whole number from 1 to 366"),
        ("percent = 100", 'percent = "100"', "'percent' that is not a whole number"),
        ("[[trigger]]", "[trigger]", "not a list of blocks"),
        ('mechanism = "greedy"', "mechanism = 3", "no text for 'mechanism'"),
        ("[key.params]", "[key.parameters]", "'parameters' in [key], which is not known"),
        ('ceiling = ["CA-QC"]', "ceiling = [3]", "not a word or a list of words"),
        ('kind = "law"', 'kind = "law"\nin_force_from = 2023-03-01\nin_force_to = 2023-02-01',
         "in force to 2023-02-01, before it is in force from 2023-03-01"),
    ],
)  # fmt: skip
def test_a_wrong_block_is_a_sentence(old, new, says):
    assert old in TOML
    with pytest.raises(InputRefused) as refused:
        parse_policy(TOML.replace(old, new).encode(), "p")
    assert says in str(refused.value)


# -- a ceiling binds ------------------------------------------------------------------------


def world_of_two():  # type: ignore[no-untyped-def]
    places = [site("a", "CA-ON"), site("b", "CA-QC")]
    return situation(places, [{"person": 2, "room": 2}, {"person": 9, "room": 9}], [100, 60])


def test_a_ceiling_holds_even_where_people_stay_without_a_place():
    capped = policy(rules=(), key=replace(KEY, ceiling=("CA-QC",)))
    people = [household(f"H-{n}") for n in range(6)]
    plan = place_households(people, world_of_two(), capped, figures(), seed="s")
    most = plan.due.of("CA-QC")
    assert most < 4  # of six, by population
    assert plan.persons_by_region()["CA-QC"] == most
    left = plan.unplaced[0].reason
    assert {e.site: e.code for e in left.elsewhere}["ca-qc/b/s"] == "ceiling"
    free = place_households(people, world_of_two(), policy(rules=()), figures(), seed="s")
    assert free.persons_by_region()["CA-QC"] == 4


def test_the_referee_sees_a_ceiling_that_was_passed():
    capped = policy(rules=(), key=replace(KEY, ceiling=("CA-QC",)))
    people = [household(f"H-{n}") for n in range(6)]
    plan = place_households(people, world_of_two(), policy(rules=()), figures(), seed="s")
    faults = faults_in_plan(plan, people, world_of_two(), capped)
    assert [f.where for f in faults] == ["region CA-QC"]


def test_quebec_share_places_nobody_in_quebec_while_it_is_above_its_share():
    people = [household(f"H-{n}", mode="airport") for n in range(30)]
    (result,) = compare(PACK, [PACK.policy("quebec-share")], [(DAY, people)], seed="s")
    (plan,) = result.plans
    assert plan.due.of("CA-QC") == 0
    assert "CA-QC" not in plan.persons_by_region()
    assert sum(plan.persons_by_region().values()) == 30


def test_population_2024_is_due_to_provinces_that_have_no_place_and_says_so():
    people = [household(f"H-{n}") for n in range(40)]
    (result,) = compare(
        PACK, [PACK.policy("population-2024")], [(DAY, people)], seed="s", lots=tuple(REGIONS)
    )
    (plan,) = result.plans
    assert plan.due.of("CA-BC") == 5
    assert "CA-BC" not in plan.persons_by_region()
    assert sum(persons for _, persons in plan.due.persons) == 40


# -- carried over -----------------------------------------------------------------------------


def test_what_a_province_did_not_get_is_due_the_next_day():
    """Ontario is closed on the first day; its claim is carried, to the person, by the comparison."""
    one = [household(f"A-{n}") for n in range(20)]
    two = [household(f"B-{n}") for n in range(20)]
    carry = replace(PACK.policy("redirect-all"), rules=())
    days = [(date(2023, 2, 20), one), (date(2023, 2, 21), two)]
    (result,) = compare(PACK, [carry], days, seed="s", lots=tuple(REGIONS))
    first, second = result.plans
    shares = dict(first.shares.of)
    for region, share in shares.items():
        together = first.due.of(region) + second.due.of(region)
        missing = first.due.of(region) - first.persons_by_region().get(region, 0)
        assert abs(together - share * 40) <= 1 + abs(missing)
    plain = replace(carry, key=replace(carry.key, carry=False))
    (alone,) = compare(PACK, [plain], days, seed="s", lots=tuple(REGIONS))
    assert alone.plans[0].due.persons == alone.plans[1].due.persons


def test_an_office_carries_what_was_approved_and_gives_back_what_was_declined():
    office = opened("memory:")
    office.acting("anna:intake").register(arrivals(*(f"r{n},1" for n in range(7))))
    plan, done = office.acting("paul:placement").propose("redirect-all", DAY)
    shares, given = dict(plan.shares.of), plan.persons_by_region()
    office.acting("rosa:approver").approve(done.data["plan"])

    def owed() -> dict[str, Fraction]:
        rows = office.journal.rows("places")
        return {
            region: Fraction(rows[region].get("carry", {}).get("redirect-all", "0"))
            for region in shares
        }

    assert owed() == {region: share * 7 - given.get(region, 0) for region, share in shares.items()}
    assert sum(owed().values()) == 0
    before = owed()
    until = "2023-02-21T12:00:00.000000Z"
    offers = office.acting("paul:placement").offer_plan(done.data["plan"], until=until)
    case = offers.data["offers"][0]["case"]
    region = next(str(line.region) for line in plan.lines if line.case == case)
    office.acting("anna:intake").answer(case, "decline")
    assert (
        owed()[region] == before[region] + 1
    )  # that person did not come: the region owes one more
    office.acting("anna:intake").register(arrivals(*(f"s{n},1" for n in range(5))))
    later, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert "carried over" in later.key_note
    assert office.acting("rita:auditor").verify().clean


def test_a_plan_shown_as_if_in_force_carries_nothing():
    office = opened("memory:")
    office.acting("anna:intake").register(arrivals("a,1"))
    _, done = office.acting("paul:placement").propose("redirect-all", DAY, as_if=True)
    import json

    document = json.loads(office.journal.blob(done.data["document"]))
    assert document["carry"] is False


# -- reasons ----------------------------------------------------------------------------------


def test_a_reason_names_the_rule_with_its_source_the_limit_and_the_best_alternative():
    near, far, barred = site("near", "CA-ON"), site("far", "CA-ON"), site("home", "CA-QC")
    free = [{"person": 0, "room": 0}, {"person": 2, "room": 1}, {"person": 9, "room": 9}]
    world = situation([near, far, barred], free, [100, 650, 60])
    plan = place_households([household("H-1")], world, policy(), figures(), seed="s")
    reason = plan.lines[0].reason
    codes = {e.site: e for e in reason.elsewhere}
    assert codes[barred.id].args == {"number": 1, "title": "the request"}
    assert (reason.decided, reason.by.site, reason.by.code) == ("limit", near.id, "full")
    assert reason.best.site == near.id  # it would have been the shorter ride
    again = type(reason).from_dict(reason.as_dict())
    assert again == reason


def test_a_mechanism_that_does_not_look_says_so_in_the_reason():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    world = situation([near, far], [{"person": 1, "room": 1}, {"person": 9, "room": 9}], [100, 900])
    people = [household("H-1")]
    plan = place_households(
        people, world, policy("roof", "short-ride"), figures(), seed="s", mechanism="key_only"
    )
    assert plan.lines[0].site == far.id  # most free places; the ride is not looked at
    assert plan.lines[0].reason.decided == "unsettled"
    assert not plan.proven
