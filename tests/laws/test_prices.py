"""Laws of prices: what a gap is made of, best answers or regret, and what one more place can bring."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from keptplans import best_by_trying, kept_of, plan_of
from partage.casework.changes import Asked, household_changes, officer_changes, wider
from partage.casework.flip import RE_SOLVES, nearest_flip
from partage.casework.priced import priced_gap, priced_reason
from partage.casework.worth import checked, worths
from partage.place.again import solve_again
from partage.place.certificate import Certificate, bound_of
from partage.place.instance import Instance, tier_instance
from partage.place.milp import solve_prices
from partage.place.priced import gap_parts, priced_rows
from partage.place.solved import plan_value
from worlds import household, policy, small_worlds

TIERS = ("roof", "due", "short-ride")


@st.composite
def admissible(draw: st.DrawFn, instance: Instance) -> Certificate:
    """Any prices at all that bound something."""
    m, k = instance.capacity.shape
    regions, tiers = len(instance.region_floor), len(instance.keep_least)
    scale = draw(st.integers(1, 9))

    def prices(n: int, most: int = 60) -> np.ndarray:
        return np.array(
            draw(st.lists(st.integers(0, most), min_size=n, max_size=n)), np.int64
        ).reshape(n)

    keep = prices(tiers)
    most = scale * int(instance.region_penalty) + int((keep * instance.keep_region_penalty).sum())
    return Certificate(
        scale, prices(m * k).reshape(m, k), prices(m, 0), prices(regions),
        prices(regions, most), keep,
    )  # fmt: skip


@given(small_worlds(), st.data())
@settings(max_examples=60)
def test_the_parts_of_a_gap_sum_to_it_for_any_prices_and_none_is_below_0(world_, data):
    people, world = world_
    kept = kept_of(plan_of(people, world, *TIERS), world)
    certificate = data.draw(admissible(kept.instance))
    parts = gap_parts(kept.instance, kept.site_of, certificate)
    value = plan_value(kept.instance, kept.site_of)
    gap = bound_of(kept.instance, certificate) - certificate.scale * value
    assert sum(parts.values()) == gap
    assert min(parts.values()) >= 0, parts


@given(st.data())
@settings(max_examples=40)
def test_floors_of_sites_and_ceilings_count_in_the_gap_too(data):
    whole = st.integers(0, 6)
    n, m = 3, 2
    array = lambda *shape: np.array(  # noqa: E731
        data.draw(st.lists(whole, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    ).reshape(shape)
    from partage.place.instance import instance_from

    instance, _ = instance_from(
        {
            "value": array(n, m), "need": array(n, 2), "capacity": 18 + array(m, 2),
            "floor": array(m), "floor_penalty": np.array(3), "unplaced": array(n),
            "count": np.ones(n), "region": np.array([0, 1]), "region_floor": array(2),
            "region_ceiling": 18 + array(2), "region_penalty": np.array(2),
        }
    )  # fmt: skip
    site_of = np.array(data.draw(st.lists(st.integers(-1, 1), min_size=n, max_size=n)), np.int32)
    one = data.draw(admissible(instance))
    most = one.scale * 3
    one = replace(one, floor_price=np.minimum(array(2), most).astype(np.int64))
    parts = gap_parts(instance, site_of, one)
    assert sum(parts.values()) == bound_of(instance, one) - one.scale * plan_value(
        instance, site_of
    )
    assert min(parts.values()) >= 0, parts


@given(small_worlds())
@settings(max_examples=40)
def test_every_place_is_a_best_answer_to_the_prices_or_the_regret_is_shown(world_):
    people, world = world_
    plan = plan_of(people, world, *TIERS)
    kept = kept_of(plan, world)
    rows = priced_rows(kept.instance, kept.certificate, np.arange(kept.instance.households))
    shown = Fraction(0)
    for line in plan.lines:
        row = kept.row_of(line.case)
        said = priced_reason(kept, line.case, line.reason)
        net = {one["site"]: Fraction(one["net"]) for one in said["sites"]}
        for one in said["sites"]:
            assert Fraction(one["worth"]) - Fraction(one["price"]) == Fraction(one["net"])
        own = net[line.site] if line.site else Fraction(0)
        best = max([Fraction(0), *net.values()])
        assert Fraction(said["regret"]) == best - own >= 0
        assert Fraction(said["regret"]) == Fraction(
            rows[row].regret(int(kept.site_of[row])), kept.certificate.scale
        )
        avoided = {e.site for e in line.reason.elsewhere if e.code == "avoid"}
        assert not avoided & set(net)
        shown += Fraction(said["regret"])
    parts = priced_gap(kept)
    assert Fraction(parts["regret"]) == shown
    assert sum(Fraction(n) for name, n in parts.items() if name != "gap") == Fraction(parts["gap"])


@given(small_worlds())
@settings(max_examples=25)
def test_one_more_place_gains_between_0_and_what_the_prices_allow(world_):
    people, world = world_
    kept = kept_of(plan_of(people, world, *TIERS), world)
    before = best_by_trying(kept.instance)
    for one in worths(kept)[:4]:
        found = checked(kept, one, seconds=20)
        assert found.gains is not None
        capacity = kept.instance.capacity.copy()
        capacity[kept.sites.index(one.site), kept.services.index(one.service)] += 1
        after = best_by_trying(replace(kept.instance, capacity=capacity))
        gains = [new - old for new, old in zip(after, before, strict=True)]
        assert [gain for _, gain in found.gains] == gains
        for gain, (name, most) in zip(gains, one.most, strict=True):
            assert 0 <= gain <= most, name
            if gain:
                break


@given(small_worlds())
@settings(max_examples=25)
def test_a_price_is_at_least_what_the_linear_program_gains_by_one_more(world_):
    people, world = world_
    kept = kept_of(plan_of(people, world, *TIERS), world)
    for tier, one in enumerate(kept.certificates):
        last = tier == len(kept.certificates) - 1
        problem = kept.instance if last else tier_instance(kept.instance, tier)
        for site in range(min(2, len(kept.sites))):
            for service in range(2):
                capacity = problem.capacity.copy()
                capacity[site, service] += 1
                more = replace(problem, capacity=capacity)
                price = Fraction(int(one.price[site, service]), one.scale)
                allowed = Fraction(bound_of(problem, one), one.scale) + price
                assert Fraction(bound_of(more, one), one.scale) == allowed
                best = solve_prices(more)
                lp = Fraction(bound_of(more, best), best.scale)
                assert lp <= allowed + Fraction(1, 1000), (tier, site, service)


@given(small_worlds())
@settings(max_examples=25)
def test_whoever_could_stay_in_a_plan_as_good_stays(world_):
    people, world = world_
    plan = plan_of(people, world, *TIERS)
    kept = kept_of(plan, world)
    for line in plan.lines[:2]:
        row = kept.row_of(line.case)
        here = int(kept.site_of[row])
        for change in list(officer_changes(kept, None, line.case, line.reason))[:4]:
            found = solve_again(change.instance, seconds=20, stay=(row, here))
            best = best_by_trying(change.instance)
            assert found.settled
            assert found.reached == best
            assert found.stays == (best_by_trying(change.instance, row, here) == best)


@given(small_worlds())
@settings(max_examples=25)
def test_a_flip_that_is_stated_does_flip(world_):
    people, world = world_
    plan = plan_of(people, world, *TIERS)
    kept = kept_of(plan, world)
    by_id = {h.id: h for h in people}
    for line in plan.lines[:3]:
        row = kept.row_of(line.case)
        here = int(kept.site_of[row])
        members = tuple(by_id[case] for case in kept.rows[row])
        asked = Asked(line.case, members, line.reason, _columns(world), policy(*TIERS))
        for own in (True, False):
            changes = list(
                household_changes(kept, asked)
                if own
                else officer_changes(kept, asked, line.case, line.reason)
            )
            more = None if own else wider(kept, line.case, line.reason)
            flip = nearest_flip(
                kept, line.case, changes, wider=more, proven=plan.proven, to_a_place=own
            )
            assert flip.re_solves <= RE_SOLVES == 10
            if not flip.code:
                assert flip.why == "none"
                continue
            mine = [c for c in changes if (c.code, c.args) == (flip.code, flip.args)]
            change = (
                mine
                or [c for c in map(more.change, range(1, more.most + 1)) if c.args == flip.args]  # type: ignore[union-attr]
            )[0]
            assert best_by_trying(change.instance, row, here) != best_by_trying(change.instance)
            assert flip.site or not own
            assert flip.site != (kept.sites[here] if here >= 0 else "")


def _columns(world):  # type: ignore[no-untyped-def]
    return tuple(sorted(world.sites, key=lambda s: s.id))


def test_linked_households_are_one_row_of_the_kept_arrays():
    from worlds import site, situation

    a, b = site("a", "CA-ON"), site("b", "CA-ON")
    people = [
        household("H-1", links=("H-2",)), household("H-2", links=("H-1",)), household("H-3"),
    ]  # fmt: skip
    free = {"person": 3, "room": 3, "room.family": 0}
    world = situation([a, b], [free, free], [100, 900])
    for seed in ("s", "t", "u"):
        kept = kept_of(plan_of(people, world, *TIERS, seed=seed), world)
        assert kept.row_of("H-1") == kept.row_of("H-2") != kept.row_of("H-3")
        assert {len(row) for row in kept.rows} == {1, 2}
