"""The placement arrays (``.npz``): the one format that engine, referee and certificate share."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, BinaryIO

import numpy as np

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.place.npz import Ints as Ints
from partage.place.npz import arrays_from_bytes, arrays_from_stream, arrays_to_bytes

REQUIRED = ("value", "need", "capacity", "floor", "floor_penalty", "unplaced", "count")
OPTIONAL = (
    "region",
    "region_floor",
    "region_ceiling",
    "region_penalty",
    "keep_value",
    "keep_floor_penalty",
    "keep_region_penalty",
    "keep_least",
    "order",
    "km",
)
COUNTS = (
    "need", "capacity", "floor", "count", "floor_penalty", "region_floor", "region_ceiling",
    "region_penalty", "keep_floor_penalty", "keep_region_penalty",
)  # fmt: skip
MOST = 2**62  # of any sum over a plan: whole numbers of the machine hold it
TYPES = {"need": np.int16, "region": np.int16, "keep_least": np.int64}  # all others are int32


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """One placement problem in whole numbers; nothing in it says who anybody is.

    Shapes: ``value`` (households, sites), negative = not allowed; ``need`` (households, services);
    ``capacity`` (sites, services); ``floor`` (sites,); ``unplaced``, ``count`` (households,);
    ``region`` (sites,); ``region_floor``, ``region_ceiling`` (regions,); ``keep_value``
    (tiers, households, sites); ``keep_floor_penalty``, ``keep_region_penalty``, ``keep_least``
    (tiers,); ``order`` (households,) = rank by waiting, ``km`` (households, sites), -1 unknown:
    both empty where nobody said. Meaning: docs/reference/arrays.md.
    """

    value: Ints
    need: Ints
    capacity: Ints
    floor: Ints
    floor_penalty: Ints
    unplaced: Ints
    count: Ints
    region: Ints
    region_floor: Ints
    region_ceiling: Ints
    region_penalty: Ints
    keep_value: Ints
    keep_floor_penalty: Ints
    keep_region_penalty: Ints
    keep_least: Ints
    order: Ints
    km: Ints

    @property
    def households(self) -> int:
        """Rows."""
        return int(self.value.shape[0])

    @property
    def sites(self) -> int:
        """Columns."""
        return int(self.value.shape[1])

    def to_bytes(self) -> bytes:
        """The arrays as an ``.npz`` file; the same arrays give the same bytes, so its mark is stable."""
        return arrays_to_bytes({f.name: getattr(self, f.name) for f in fields(self)})


def tier_instance(instance: Instance, tier: int) -> Instance:
    """The problem of a priority that was settled before: its worths, and what had been kept by then.

    Where a row would lose by a place, its worths are lifted so that none is negative: ``tier_lift``.
    """
    lift = _lifts(instance, tier)
    worth: Ints = instance.keep_value[tier]
    if lift.any():
        worth = worth.astype(np.int64) + lift[:, None]
    return replace(
        instance,
        value=np.where(instance.value >= 0, worth, -1).astype(worth.dtype),
        unplaced=lift.astype(worth.dtype),
        floor_penalty=instance.keep_floor_penalty[tier],
        region_penalty=instance.keep_region_penalty[tier],
        keep_value=instance.keep_value[:tier],
        keep_floor_penalty=instance.keep_floor_penalty[:tier],
        keep_region_penalty=instance.keep_region_penalty[:tier],
        keep_least=instance.keep_least[:tier],
    )


def tier_lift(instance: Instance, tier: int) -> int:
    """How much more every plan is worth in ``tier_instance`` than in the priority itself."""
    lifts = zip(_lifts(instance, tier).tolist(), instance.count.tolist(), strict=True)
    return sum(lift * count for lift, count in lifts)


def _lifts(instance: Instance, tier: int) -> Ints:
    worst = np.where(instance.value >= 0, instance.keep_value[tier], 0).min(axis=1, initial=0)
    lifts: Ints = -worst.astype(np.int64)
    return lifts


def instance_from(arrays: dict[str, Ints]) -> tuple[Instance, list[Finding]]:
    """An instance from named arrays; refused in a sentence if they do not fit together.

    Optional arrays that are absent get their neutral value; unknown arrays are a finding.
    """
    return _made(arrays, copy=True)


def load_instance(data: bytes) -> tuple[Instance, list[Finding]]:
    """The instance in an ``.npz`` file."""
    return _made(arrays_from_bytes(data), copy=False)


def read_instance(stream: BinaryIO) -> tuple[Instance, list[Finding]]:
    """The instance in an open ``.npz`` file, which may be larger than one would hold twice in memory."""
    return _made(arrays_from_stream(stream), copy=False)


def _made(arrays: dict[str, Ints], *, copy: bool) -> tuple[Instance, list[Finding]]:
    missing = [name for name in REQUIRED if name not in arrays]
    if missing:
        raise InputRefused(
            f"The instance lacks {', '.join(missing)}.", "See docs/reference/arrays.md."
        )
    n, m = _matrix(arrays["value"], "value").shape
    if m == 0:
        raise InputRefused("The instance has no site.", "Give at least one site.")
    if _matrix(arrays["need"], "need").shape[1] == 0:
        raise InputRefused("The instance has no service.", "The first service counts persons.")
    _check_ranks(arrays)
    full = _with_defaults(arrays, n, m)
    _check_shapes(full, n, m)
    made = Instance(**{name: _whole(name, array, copy=copy) for name, array in full.items()})
    for name in COUNTS:
        negative = np.argwhere(getattr(made, name) < 0)
        if len(negative):
            raise InputRefused(
                f"'{name}' has a negative number{_where(negative[0])}.", "It counts: 0 or more."
            )
    _check_sums(made)
    unknown = sorted(set(arrays) - set(REQUIRED) - set(OPTIONAL))
    findings = [
        Finding(f"array {name}", "is unknown and ignored", "remove it", "note") for name in unknown
    ]
    return made, findings


def _check_ranks(arrays: dict[str, Ints]) -> None:
    for name, rank in (
        ("region", 1),
        ("region_floor", 1),
        ("region_ceiling", 1),
        ("keep_value", 3),
        ("order", 1),
        ("km", 2),
    ):
        if name in arrays and np.ndim(arrays[name]) != rank:
            raise InputRefused(f"'{name}' does not have {rank} dimension(s).", "See the format.")
    if "region" in arrays:
        _whole("region", arrays["region"], copy=False)


def _with_defaults(arrays: dict[str, Ints], n: int, m: int) -> dict[str, Ints]:
    full = {name: np.asarray(arrays[name]) for name in (*REQUIRED, *OPTIONAL) if name in arrays}
    full.setdefault("region", np.zeros(m, np.int16))
    regions = int(full["region"].max()) + 1 if full["region"].size else 1
    for name in ("region_floor", "region_ceiling"):
        if name in full:
            regions = max(regions, full[name].shape[0])
    full.setdefault("region_floor", np.zeros(regions, np.int32))
    full.setdefault("region_ceiling", np.full(regions, np.iinfo(np.int32).max, np.int32))
    full.setdefault("region_penalty", np.int32(0))  # type: ignore[arg-type]
    full.setdefault("keep_value", np.zeros((0, n, m), np.int32))
    tiers = full["keep_value"].shape[0]
    full.setdefault("keep_floor_penalty", np.zeros(tiers, np.int32))
    full.setdefault("keep_region_penalty", np.zeros(tiers, np.int32))
    full.setdefault("keep_least", np.full(tiers, -(2**53), np.int64))
    full.setdefault("order", np.zeros(0, np.int32))
    full.setdefault("km", np.zeros((0, 0), np.int32))
    return full


def _check_shapes(arrays: dict[str, Ints], n: int, m: int) -> None:
    k = _matrix(arrays["need"], "need").shape[1]
    regions, tiers = arrays["region_floor"].shape[0], arrays["keep_value"].shape[0]
    expected: dict[str, tuple[int, ...]] = {
        "value": (n, m),
        "need": (n, k),
        "capacity": (m, k),
        "floor": (m,),
        "floor_penalty": (),
        "unplaced": (n,),
        "count": (n,),
        "region": (m,),
        "region_floor": (regions,),
        "region_ceiling": (regions,),
        "region_penalty": (),
        "keep_value": (tiers, n, m),
        "keep_floor_penalty": (tiers,),
        "keep_region_penalty": (tiers,),
        "keep_least": (tiers,),
        "order": (n,) if arrays["order"].size else (0,),
        "km": (n, m) if arrays["km"].size else np.shape(arrays["km"]),
    }
    for name, shape in expected.items():
        have = np.shape(arrays[name])
        if have != shape:
            raise InputRefused(
                f"'{name}' has the shape {have}, not {shape}.",
                "Shapes are (households, sites), (households, services), (sites, services).",
            )
    region = arrays["region"]
    if region.size and (region.min() < 0 or region.max() >= regions):
        raise InputRefused("'region' names a region that is not there.", "Number them from 0.")


def _matrix(array: Ints, name: str) -> Ints:
    if np.ndim(array) != 2:
        raise InputRefused(f"'{name}' is not a matrix.", "It has two dimensions.")
    return array


def _whole(name: str, array: Ints, *, copy: bool) -> Ints:
    array = np.asarray(array)
    target: np.dtype[Any] = np.dtype(TYPES.get(name, np.int32))
    if array.dtype.kind not in "iub":
        odd = np.zeros((1, array.ndim), int)
        if array.dtype.kind == "f":
            odd = np.argwhere(~np.isfinite(array) | (np.trunc(array) != array))
        if len(odd):
            raise InputRefused(
                f"'{name}' is not in whole numbers{_where(odd[0])}.", "Use integers; no NaN."
            )
    limits = np.iinfo(target.type)
    high, low = min(int(limits.max), MOST), max(int(limits.min), -MOST)
    if array.size and (array.max() > high or array.min() < low):
        first = np.argwhere((array > high) | (array < low))[0]
        raise InputRefused(
            f"'{name}' has a number beyond {target.name}{_where(first)}.",
            "Use a smaller unit of value.",
        )
    return np.asarray(array.astype(target, copy=copy), order="C")


def _where(place: Ints) -> str:
    """The first place in an array where something is wrong."""
    return f", first at [{', '.join(str(int(axis)) for axis in place)}]" if len(place) else ""


def _check_sums(made: Instance) -> None:
    """No sum over a plan can pass what the machine holds: worths, kept worths, units, shortfalls."""
    floors = float(made.floor.sum(dtype=np.int64)), float(made.region_floor.sum(dtype=np.int64))

    def most(worth: Ints, penalties: tuple[Ints, Ints]) -> float:
        cost = sum(float(p) * owed for p, owed in zip(penalties, floors, strict=True))
        return _largest(worth, made.count) + cost

    sums = [
        ("value", most(made.value, (made.floor_penalty, made.region_penalty))),
        ("unplaced", _largest(made.unplaced[:, None], made.count)),
        ("need", _largest(made.need, made.count)),
    ]
    for tier, kept in enumerate(made.keep_value):
        penalties = (made.keep_floor_penalty[tier], made.keep_region_penalty[tier])
        sums.append(("keep_value", most(kept, penalties)))
    for name, total in sums:
        if total > MOST / 2:
            raise InputRefused(
                f"'{name}' times 'count' could sum beyond 64 bits.", "Use a smaller unit of value."
            )


def _largest(worth: Ints, count: Ints) -> float:
    """The most that a number a row, times the count of the row, can sum to; compared with a limit only."""
    high = worth.max(axis=1, initial=0).astype(np.float64)
    low = worth.min(axis=1, initial=0).astype(np.float64)
    return float((np.maximum(high, -low) * count).sum())
