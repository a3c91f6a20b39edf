"""The placement arrays (``.npz``): the one format that engine, referee and certificate share."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from partage.core.errors import InputRefused
from partage.core.findings import Finding

Ints = npt.NDArray[Any]

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
    """The problem of a priority that was settled before: its worths, and what had been kept by then."""
    return replace(
        instance,
        value=np.where(instance.value >= 0, instance.keep_value[tier], -1).astype(np.int32),
        unplaced=np.zeros_like(instance.unplaced),
        floor_penalty=instance.keep_floor_penalty[tier],
        region_penalty=instance.keep_region_penalty[tier],
        keep_value=instance.keep_value[:tier],
        keep_floor_penalty=instance.keep_floor_penalty[:tier],
        keep_region_penalty=instance.keep_region_penalty[:tier],
        keep_least=instance.keep_least[:tier],
    )


def arrays_to_bytes(arrays: dict[str, Ints]) -> bytes:
    """Arrays as an ``.npz`` file with a fixed date: equal arrays, equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            entry = io.BytesIO()
            np.lib.format.write_array(
                entry, np.asarray(arrays[name], order="C"), allow_pickle=False
            )
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.getvalue())
    return out.getvalue()


def instance_from(arrays: dict[str, Ints]) -> tuple[Instance, list[Finding]]:
    """An instance from named arrays; refused in a sentence if they do not fit together.

    Optional arrays that are absent get their neutral value; unknown arrays are a finding.
    """
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
    cast = {name: _whole(name, array) for name, array in full.items()}
    for name in ("need", "capacity", "floor", "count", "floor_penalty", "region_penalty"):
        if (cast[name] < 0).any():
            raise InputRefused(f"'{name}' has a negative number.", "It counts things: 0 or more.")
    unknown = sorted(set(arrays) - set(REQUIRED) - set(OPTIONAL))
    findings = [
        Finding(f"array {name}", "is unknown and ignored", "remove it", "note") for name in unknown
    ]
    return Instance(**cast), findings


def load_instance(data: bytes) -> tuple[Instance, list[Finding]]:
    """The instance in an ``.npz`` file."""
    return instance_from(arrays_from_bytes(data))


def arrays_from_bytes(data: bytes) -> dict[str, Ints]:
    """The arrays in an ``.npz`` file; refused if it is not one."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (ValueError, OSError, zipfile.BadZipFile, EOFError, KeyError, zlib.error) as error:
        raise InputRefused(
            f"The file is not a readable .npz of plain arrays ({type(error).__name__}).",
            "Write it with numpy.savez_compressed.",
        ) from None


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
        _whole("region", arrays["region"])


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


def _whole(name: str, array: Ints) -> Ints:
    array = np.asarray(array)
    target: np.dtype[Any] = np.dtype(TYPES.get(name, np.int32))
    whole = array.dtype.kind in "iub" or (
        array.dtype.kind == "f" and np.isfinite(array).all() and not (array % 1 != 0).any()
    )
    if not whole:
        raise InputRefused(f"'{name}' is not in whole numbers.", "Use integers; no NaN.")
    limits = np.iinfo(target.type)
    if array.size and (array.min() < limits.min or array.max() > limits.max):
        raise InputRefused(
            f"'{name}' has a number beyond {target.name}.", "Use a smaller unit of value."
        )
    return array.astype(target)
