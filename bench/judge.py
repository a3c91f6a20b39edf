"""Every plan judged again, in a process of its own: by `certify` where it has prices, and by the referee.

{"instance", "plan"} -> value, price_bound (p/q, or nothing), faults (sentences)
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from apart import serve
from ours import text_of


class Judge:
    """Keeps the instance it judged last."""

    def __init__(self) -> None:
        self.path = ""
        self.instance: Any = None

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """What the plan in that file is worth, what its prices bound, and what is wrong with it."""
        from partage.core.errors import Refusal
        from partage.place.certificate import Certificate, bound_of
        from partage.place.certify import PlanFile, certify, load_plan
        from partage.place.instance import arrays_from_bytes, instance_from
        from partage.place.referee import faults_in_arrays, faults_in_counts, value_again

        if question["instance"] != self.path:
            with np.load(question["instance"]) as file:
                self.instance = instance_from({name: file[name] for name in file.files})[0]
            self.path = question["instance"]
        instance = self.instance
        if question.get("capacity"):  # a plan for a change of it
            instance = replace(instance, capacity=np.array(question["capacity"], np.int32))
        data = Path(question["plan"]).read_bytes()
        arrays = arrays_from_bytes(data)
        try:
            if "site" not in arrays and "counts" not in arrays:  # prices alone
                prices = Certificate.of(arrays)
                return {"price_bound": text_of(Fraction(bound_of(instance, prices), prices.scale))}
            if "scale" in arrays:
                found = certify(instance, load_plan(data, len(instance.keep_least)))
                bound = None if found.price_bound is None else text_of(found.price_bound)
                value, faults = found.value, [str(fault) for fault in found.faults]
                return {"value": value, "price_bound": bound, "faults": faults}
        except Refusal as refusal:
            return {"faults": [str(refusal)]}
        plan = PlanFile(arrays.get("site"), arrays.get("counts"), ())
        if plan.site is not None:
            value = value_again(instance, plan.site)
            found_faults = faults_in_arrays(instance, plan.site, value=value, bound=value)
        else:
            value, found_faults = faults_in_counts(instance, plan.counts)
        return {"value": value, "faults": [str(fault) for fault in found_faults]}


if __name__ == "__main__":
    serve(Judge().answer)
