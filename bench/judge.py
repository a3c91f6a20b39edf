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
        from partage.place.certify import certify, load_plan
        from partage.place.instance import instance_from
        from partage.place.npz import arrays_from_bytes
        from partage.place.referee import judge_counts, judge_sites

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
        sites = "site" in arrays
        judged = (judge_sites if sites else judge_counts)(
            instance, arrays["site" if sites else "counts"]
        )
        return {"value": judged.value, "faults": [str(fault) for fault in judged.faults]}


if __name__ == "__main__":
    serve(Judge().answer)
