"""The certificate: whatever the prices, no plan is worth more than they say; whatever is changed is found."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrayworlds import (
    Arrays,
    bound_again,
    counts_of,
    fits,
    plans,
    prices_for,
    small_arrays,
    tiny_arrays,
    worth,
    worth_of_counts,
)
from partage.core.errors import InputRefused
from partage.place.certificate import Certificate, bound_of, inadmissible, no_prices
from partage.place.certify import Certified, PlanFile, certify, load_plan, plan_from
from partage.place.instance import Instance, instance_from
from partage.place.npz import arrays_to_bytes
from partage.place.solve import solve


def of(arrays: Arrays) -> Instance:
    return instance_from(arrays)[0]


@st.composite
def priced(draw: st.DrawFn) -> tuple[Arrays, Arrays]:
    arrays = draw(tiny_arrays())
    return arrays, draw(prices_for(arrays))


@given(priced())
@settings(max_examples=150)
def test_no_plan_at_all_is_worth_more_than_any_prices_say(world):
    arrays, prices = world
    instance, certificate = of(arrays), Certificate.of(prices)
    assert inadmissible(instance, certificate) == []
    bound = Fraction(bound_of(instance, certificate), certificate.scale)
    assert bound == bound_again(arrays, prices)
    for plan in plans(arrays):
        if fits(arrays, plan):
            assert worth(arrays, plan)[0] <= bound


@given(priced(), st.data())
@settings(max_examples=150)
def test_what_certify_says_is_what_a_reader_of_the_docs_works_out(world, data):
    arrays, prices = world
    plan = tuple(data.draw(st.integers(-1, len(arrays["capacity"]) - 1)) for _ in arrays["value"])
    file = {"site": np.array(plan, np.int32), **prices}
    said = certify(of(arrays), plan_from(file, len(arrays["keep_value"])))
    assert said.price_bound == bound_again(arrays, prices)
    assert bool(said.faults) is not fits(arrays, plan)
    found = worth(arrays, plan)
    if found is not None:
        assert (said.value, [tier.reached for tier in said.tiers]) == found
        gap = (bound_again(arrays, prices) - found[0]) / max(1, abs(found[0]))
        assert said.price_gap == pytest.approx(float(gap))


@given(tiny_arrays(grouped=True), st.data())
@settings(max_examples=100)
def test_rows_that_stand_for_several_households_are_counted_so(arrays, data):
    prices = data.draw(prices_for(arrays))
    sites = len(arrays["capacity"])
    counts = [
        [data.draw(st.integers(0, int(n))) if v >= 0 else 0 for v in row]
        for n, row in zip(arrays["count"], arrays["value"].tolist(), strict=True)
    ]
    file = {"counts": np.array(counts, np.int32).reshape(len(counts), sites), **prices}
    said = certify(of(arrays), plan_from(file, len(arrays["keep_value"])))
    assert said.price_bound == bound_again(arrays, prices)
    found = worth_of_counts(arrays, counts)
    over = any(sum(row) > n for row, n in zip(counts, arrays["count"], strict=True))
    if found is None or over:
        assert said.faults
    else:
        assert (said.value, [tier.reached for tier in said.tiers]) == found
        kept = zip(found[1], arrays["keep_least"], strict=True)
        assert bool(said.faults) is any(had < least for had, least in kept)
        if not said.faults:
            assert found[0] <= said.price_bound


@given(tiny_arrays(), st.data())
@settings(max_examples=100)
def test_a_kept_priority_is_bounded_too_even_where_a_place_costs_it_something(arrays, data):
    tiers = len(arrays["keep_value"])
    own = [data.draw(prices_for(arrays, tier)) for tier in range(tiers)]
    file = {"site": np.full(len(arrays["value"]), -1, np.int32), **data.draw(prices_for(arrays))}
    file |= {f"tier{t}_{name}": array for t, one in enumerate(own) for name, array in one.items()}
    said = certify(of(arrays), plan_from(file, tiers))
    bounds = [tier.price_bound for tier in said.tiers]
    assert bounds == [bound_again(arrays, one, t) for t, one in enumerate(own)]
    for plan in plans(arrays):
        if fits(arrays, plan):
            assert all(r <= b for r, b in zip(worth(arrays, plan)[1], bounds, strict=True))


def test_large_numbers_are_exact_too():
    arrays = small_arrays(1) | {"floor_penalty": np.array(2**31 - 1)}
    prices = no_prices(of(arrays)).arrays()
    prices = prices | {
        "scale": np.array(2**40 + 1),
        "price": np.full_like(prices["price"], 2**60 + 7),
        "floor_price": np.full_like(prices["floor_price"], 2**61 + 3),
    }
    certificate = Certificate.of(prices)
    assert Fraction(bound_of(of(arrays), certificate), certificate.scale) == bound_again(
        arrays, prices
    )


# -- whatever is changed is found ------------------------------------------------------------

ARRAYS = small_arrays(3) | {
    "keep_value": np.maximum(small_arrays(4)["value"], 0)[None],
    "keep_floor_penalty": np.array([1]),
    "keep_region_penalty": np.array([1]),
    "keep_least": np.array([5000]),
}
ANSWER = solve(of(ARRAYS), seconds=20)
GOOD = ANSWER.plan.arrays()
DEAREST = np.unravel_index(GOOD["price"].argmax(), GOOD["price"].shape)


def judged(**changes: object) -> Certified:
    file = {name: np.array(array) for name, array in GOOD.items()} | changes
    whole = {name: array for name, array in file.items() if array is not None}
    claimed = {"value": ANSWER.value, "price_bound": ANSWER.price_bound}
    return certify(of(ARRAYS), load_plan(arrays_to_bytes(whole), 1), **claimed)


def changed(name: str, at: object, to: int) -> dict[str, object]:
    array = GOOD[name].copy()
    array[at] = to
    return {name: array}


def most(penalty: str) -> int:
    """What a person short may cost, in the unit of the prices."""
    (keep,) = GOOD["keep_price"].tolist()
    return int(GOOD["scale"]) * int(ARRAYS[penalty]) + keep * int(ARRAYS[f"keep_{penalty}"][0])


def not_allowed() -> dict[str, object]:
    i, j = np.argwhere(ARRAYS["value"] < 0)[0]
    return changed("site", i, j)


def test_the_untouched_plan_has_no_fault():
    said = judged()
    assert said.faults == ()
    assert (said.value, said.price_bound) == (ANSWER.value, ANSWER.price_bound)
    assert said.tiers[0].reached >= said.tiers[0].least == 5000


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (changed("site", 0, (GOOD["site"][0] + 1) % 6), "plan"),
        (changed("site", 0, 6), "does not exist"),
        (changed("site", 0, -2), "does not exist"),
        (not_allowed(), "not allowed"),
        ({"site": np.zeros(40, np.int32)}, "gives"),
        ({"site": np.full(40, -1, np.int32)}, "was promised"),
        ({"site": GOOD["site"][1:]}, "39 rows"),
        ({"site": GOOD["site"][None]}, "shape"),
        ({"site": GOOD["site"].astype(np.int64)}, "int64, not int32"),
        ({"site": GOOD["site"].astype(float)}, "float64, not int32"),
        (changed("price", (0, 0), -1), "negative"),
        (changed("price", (1, 1), GOOD["price"][1, 1] + 1), "as claimed"),
        (changed("price", DEAREST, GOOD["price"].max() - 1), "as claimed"),
        (changed("floor_price", 0, 2**60), "may cost"),
        (changed("floor_price", 0, most("floor_penalty") + 1), "may cost"),
        (changed("floor_price", 0, most("floor_penalty")), "as claimed"),
        (changed("region_floor_price", 0, most("region_penalty") + 1), "may cost"),
        (changed("region_floor_price", 0, 2**60), "may cost"),
        (changed("region_price", 0, 7), "as claimed"),
        (changed("keep_price", 0, -3), "negative"),
        ({"scale": np.array(0)}, "not 1 or more"),
        ({"scale": GOOD["scale"] * -1}, "not 1 or more"),
        ({"scale": GOOD["scale"] * 2}, "as claimed"),
        ({"scale": np.array([1, 2])}, "not one number"),
        ({"price": GOOD["price"].T}, "shape"),
        ({"price": GOOD["price"].astype(float)}, "float64, not int64"),
        ({"price": GOOD["price"].astype(np.int32)}, "int32, not int64"),
        ({"keep_price": np.zeros(2, np.int64)}, "shape"),
        ({"price": None}, "lacks price"),
        ({"scale": None}, "lacks scale"),
        (dict.fromkeys([n for n in GOOD if n != "site"]), "is missing"),
        ({"tier0_scale": np.array(1)}, "lacks"),
    ],
)
def test_a_change_to_the_plan_its_prices_or_their_form_is_found(changes, says):
    faults = judged(**changes).faults
    assert says in " ".join(f"{f.where} {f.what}" for f in faults)
    assert {f.weight for f in faults} == {"fault"}
    assert all(f.do for f in faults)


def test_another_value_or_bound_than_was_claimed_is_found():
    plan = load_plan(arrays_to_bytes(GOOD), 1)
    for claims in ({"value": ANSWER.value + 1}, {"price_bound": ANSWER.price_bound - 1}):
        (fault,) = certify(of(ARRAYS), plan, **claims).faults
        assert "as claimed" in fault.what


def test_a_plan_above_its_bound_is_found_whoever_worked_it_out_wrongly(monkeypatch):
    monkeypatch.setattr("partage.place.certify.bound_of", lambda *_: 0)
    plan = load_plan(arrays_to_bytes(GOOD), 1)
    assert "above the bound 0" in certify(of(ARRAYS), plan).faults[0].what


def test_an_unknown_array_is_a_note_and_a_file_without_a_plan_is_refused():
    said = judged(colour=np.array([1]))
    assert (said.faults, [n.weight for n in said.notes]) == ((), ["note"])
    with pytest.raises(InputRefused, match="'site' or 'counts'"):
        load_plan(arrays_to_bytes({"price": GOOD["price"]}), 1)
    with pytest.raises(InputRefused, match="and not both"):
        judged(counts=np.zeros((40, 6), np.int32))


def test_a_site_for_a_row_of_several_households_is_a_fault():
    arrays = ARRAYS | {"count": np.full(40, 2)}
    said = certify(of(arrays), PlanFile(GOOD["site"], None, (None, ANSWER.certificate)))
    assert said.value is None
    assert said.price_gap is None
    assert "several households" in said.faults[0].what


def test_counts_of_single_rows_are_the_same_plan():
    counts = np.array(counts_of(ARRAYS, tuple(GOOD["site"].tolist())), np.int32)
    said = certify(of(ARRAYS), PlanFile(None, counts, (None, ANSWER.certificate)))
    assert (said.value, said.faults) == (ANSWER.value, ())
    for wrong, says in ((-1, "places -1"), (2, "too many")):
        other = counts.copy()
        other[0, GOOD["site"][0]] = wrong
        faults = certify(of(ARRAYS), PlanFile(None, other, (None, ANSWER.certificate))).faults
        assert says in " ".join(f.what for f in faults)
