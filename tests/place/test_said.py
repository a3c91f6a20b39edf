"""A search says which priority it is at and how far it is, and finds the same."""

from __future__ import annotations

from offices import DAY, arrivals, opened


def test_each_priority_is_said_in_its_order_and_the_plan_is_the_same():
    plans, said = [], []
    for say in (None, lambda *told: said.append(told)):
        office = opened("memory:")
        office.acting("anna:intake").register(arrivals(*(f"r{n},{1 + n % 3}" for n in range(8))))
        plan, _ = office.acting("pia:placement").propose("redirect-all", DAY, say=say)
        assert plan is not None
        plans.append([(line.persons, line.site) for line in plan.lines])
    assert plans[0] == plans[1]
    names = list(dict.fromkeys((name, number, of) for name, number, of, _ in said))
    assert names == [("roof", 1, 3), ("due", 2, 3), ("short-ride", 3, 3)]
    assert all(p.bound is None or p.value is None or p.value <= p.bound for *_, p in said)
