"""Regardless of the profile: under a profile-blind policy nothing in it moves anybody, to the byte.

What a family needs may decide; who it is, what it speaks and what it wishes may not. The same test
fails on a policy that is driven by language, which is how we know that it can fail.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import partage
from partage.casework.planning import place_households
from partage.core.household import Household, Profile
from partage.core.policy import Policy, Priority, Source
from worlds import figures, household, policy, site, situation

ORDER = ("CA-ON", "CA-NB", "CA-QC")
PROFILES = st.builds(
    Profile,
    nationality=st.sampled_from(["HTI", "TUR", "COL", "NGA", ""]),
    languages=st.lists(st.sampled_from(["fr", "en", "tr", "ht"]), max_size=2).map(tuple),
    wishes=st.lists(st.sampled_from(["CA-ON", "CA-QC", "CA-NB"]), max_size=2).map(tuple),
    ties=st.lists(st.sampled_from(["cousin in Toronto"]), max_size=1).map(tuple),
    skills=st.lists(st.sampled_from(["welder", "nurse"]), max_size=1).map(tuple),
)
BLIND = policy("roof", "due", "short-ride")
BY_LANGUAGE = policy(
    "roof", "language", rules=(), profile_blind=False,
    priorities=(
        Priority("roof", {}, Source("t")),
        Priority("language", {"fr:CA-QC": 10, "en:CA-ON": 10}, Source("t")),
    ),
)  # fmt: skip


@st.composite
def worlds_with_profiles(draw: st.DrawFn):  # type: ignore[no-untyped-def]
    regions = draw(st.lists(st.sampled_from(ORDER), min_size=2, max_size=4))
    places = [site(f"c{n}", region) for n, region in enumerate(regions)]
    free = [
        {"person": draw(st.integers(1, 6)), "room": draw(st.integers(0, 3)),
         "room.family": draw(st.integers(0, 1)), "clinic.fr": draw(st.integers(0, 1))}
        for _ in places
    ]  # fmt: skip
    people = [
        household(f"H-{n}", adults=draw(st.integers(1, 3)),
                  care=draw(st.sampled_from([(), ("clinic.fr",)])), profile=draw(PROFILES))
        for n in range(draw(st.integers(2, 5)))
    ]  # fmt: skip
    order = draw(st.permutations(range(len(people))))
    world = situation(places, free, [draw(st.sampled_from([60, 400, 900])) for _ in places])
    return (
        people,
        [replace(h, profile=people[k].profile) for h, k in zip(people, order, strict=True)],
        world,
    )


def outcome(people: list[Household], world, rule: Policy, mechanism: str):  # type: ignore[no-untyped-def]
    plan = place_households(
        people, world, rule, figures(), seed="s", lots=ORDER, mechanism=mechanism
    )
    return plan.arrays, plan.lines, plan.tiers, plan.due, plan.findings


@pytest.mark.parametrize("mechanism", ["optimum", "greedy", "lottery", "key_only", "easy"])
@given(world=worlds_with_profiles())
@settings(max_examples=30, deadline=None)
def test_exchanging_profiles_leaves_every_site_as_it_was_to_the_byte(mechanism, world):
    before, after, places = world
    assert outcome(before, places, BLIND, mechanism) == outcome(after, places, BLIND, mechanism)


def test_the_same_test_fails_on_a_policy_driven_by_language():
    @given(world=worlds_with_profiles())
    @settings(
        max_examples=200, deadline=None, database=None, derandomize=True, phases=[Phase.generate]
    )
    def blind_to_profiles(world):  # type: ignore[no-untyped-def]
        before, after, places = world
        assert outcome(before, places, BY_LANGUAGE, "optimum") == outcome(
            after, places, BY_LANGUAGE, "optimum"
        )

    with pytest.raises(AssertionError):
        blind_to_profiles()


@dataclass(frozen=True)
class Watched(Profile):
    """A profile that will not say a nationality to anybody who asks."""

    def __getattribute__(self, name: str) -> object:
        if name == "nationality":
            raise AssertionError("the engine asked for a nationality")
        return super().__getattribute__(name)


@pytest.mark.parametrize("rule", [BLIND, BY_LANGUAGE], ids=["blind", "by-language"])
def test_nationality_never_reaches_the_engine(rule):
    places = [site("a", "CA-ON"), site("b", "CA-QC")]
    free = [{"person": 3, "room": 2}] * 2
    people = [household(f"H-{n}", profile=Watched("HTI", ("fr",))) for n in range(4)]
    plan = place_households(
        people, situation(places, free, [90, 60]), rule, figures(), seed="s", lots=ORDER
    )
    assert len(plan.lines) == 4
    one = [replace(h, profile=Profile("HTI", ("fr",))) for h in people]
    other = [replace(h, profile=Profile("TUR", ("fr",))) for h in people]
    world = situation(places, free, [90, 60])
    assert outcome(one, world, rule, "optimum") == outcome(other, world, rule, "optimum")


def test_a_fence_no_part_below_the_plan_names_nationality_or_reads_the_audit():
    root = Path(partage.__file__).parent
    floors = [*(root / "place").rglob("*.py"), *(root / "keys").rglob("*.py"),
              *(root / "apportion").rglob("*.py"), *(root / "casework").rglob("*.py")]  # fmt: skip
    assert len(floors) > 40
    for path in floors:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        names |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        assert "nationality" not in names, path
        imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert not any(re.search(r"report|audit", module) for module in imported), path
