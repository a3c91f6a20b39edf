"""Named placement instances, reproducible from their names; the format is docs/reference/arrays.md.

    python bench/instances.py roxham13 out.npz     write one instance
    python bench/instances.py week@101 out.npz     the same structure with another seed
    python bench/instances.py overload@3 out.npz   a structure that the names lack, with its seed
    python bench/instances.py office@1 out.npz     an office day (office_days.py), with its seed
    python bench/instances.py --list               names, sizes and reference optima (reference.csv)

The unit of value is 1e-4 probability-persons. Everybody in them is synthetic: households of 1 to 8 (mean
2.2), four further services, 10 % of pairs not allowed, 5 % slack in places, 5 to 35 % in services.
The numbers are drawn with float32: on a processor without fused multiply-add a few values of the large
instances differ by one unit, so a reference optimum is only used where the mark of the arrays is the one
it was proven for (`mark_of`, marks.csv).
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

Arrays = dict[str, Any]

REFERENCE = Path(__file__).with_name("reference.csv")
MARKS = Path(__file__).with_name("marks.csv")
NOT_ALLOWED = np.float32(-1e9)
SIZES = np.arange(1, 9)
SIZE_SHARE = np.array([0.505, 0.18, 0.12, 0.09, 0.05, 0.03, 0.015, 0.01])
SIZE_SHARE = SIZE_SHARE / SIZE_SHARE.sum()

NAMED: dict[str, dict[str, Any]] = {
    "day": {"N": 150, "M": 13, "seed": 11},
    "week": {"N": 1000, "M": 60, "seed": 12},
    "roxham13": {"N": 17800, "M": 13, "seed": 13},
    "roxham100": {"N": 17800, "M": 100, "seed": 14},
    "de16": {"N": 500000, "M": 16, "seed": 15},
    "de400": {"N": 500000, "M": 400, "seed": 16},
    "unit1000": {"N": 1000, "M": 60, "K": 0, "seed": 17, "unit_sizes": True},
    "unit17800": {"N": 17800, "M": 13, "K": 0, "seed": 18, "unit_sizes": True},
    "unit17800x100": {"N": 17800, "M": 100, "K": 0, "seed": 18, "unit_sizes": True},
    "prof500k": {"N": 500000, "M": 16, "seed": 19, "profiles": 2000},
}


def generate(
    N: int,
    M: int,
    K: int = 4,
    seed: int = 1,
    tight: float = 1.05,
    mask: float = 0.10,
    profiles: int | None = None,
    noise: float = 0.35,
    unit_sizes: bool = False,
    flat: bool = False,
    size_of_all: int | None = None,
) -> Arrays:
    """One instance as a dict of arrays.

    The order of the draws is part of the format: the same arguments give the same bytes.
    """
    r = np.random.Generator(np.random.PCG64([seed, N, M, K]))
    T = profiles or N
    size = r.choice(SIZES, T, p=SIZE_SHARE).astype(np.int16)
    if unit_sizes:
        size[:] = 1
    if size_of_all:
        size[:] = size_of_all
    need = _needs(r, size, K)
    worth = _worths(r, size, M, mask, noise)
    count = r.multinomial(N - T, r.dirichlet(np.full(T, 0.5))) + 1 if profiles else np.ones(T, int)
    total = (need * count[:, None]).sum(0)
    share = r.dirichlet(np.full(M, 1e6 if flat else 8.0))
    share = np.maximum(share, 0.2 / M)
    share /= share.sum()
    capacity = np.zeros((M, K + 1), np.int64)
    capacity[:, 0] = np.ceil(tight * total[0] * share) + 8
    for k in range(1, K + 1):
        at = share * r.lognormal(0, 0.35, M)
        at /= at.sum()
        capacity[:, k] = np.ceil(r.uniform(1.05, 1.35) * total[k] * at) + 1
    floor = np.floor(0.80 * total[0] * share).astype(np.int64)
    o = np.lexsort(need.T[::-1])
    return {
        "value": worth[o].astype(np.int32),
        "need": need[o],
        "capacity": capacity.astype(np.int32),
        "floor": floor.astype(np.int32),
        "floor_penalty": np.int32(10000),
        "unplaced": (-1e4 * size[o]).astype(np.int32),
        "count": count[o].astype(np.int32),
    }


def _needs(r: np.random.Generator, size: Any, K: int) -> Any:
    """Units of each service, persons first: (households, services)."""
    T = len(size)
    kids = r.binomial(np.maximum(size - 1, 0), 0.6)
    adults = size - kids
    further = [
        kids,
        r.binomial(adults, 0.45),
        (r.random(T) < 0.05) * 1,
        r.binomial(size, 0.06),
        (r.random(T) < 0.12) * 1,
    ]
    needs = [size, *(np.minimum(further[k % 5], 32767) for k in range(K))]
    return np.stack(needs, 1).astype(np.int16)


def _worths(r: np.random.Generator, size: Any, M: int, mask: float, noise: float) -> Any:
    """Worth of each pair, negative where it is not allowed: (households, sites), float32."""
    L, T = 4, len(size)
    profile = r.normal(size=(T, L)).astype(np.float32) * 0.6
    own = r.normal(size=T).astype(np.float32) * 0.5
    site = r.normal(size=(M, L)).astype(np.float32) * 0.6
    level = (r.normal(size=M) * 0.35 - 0.5).astype(np.float32)
    worth = np.empty((T, M), np.float32)
    for s in range(0, T, 65536):
        e = min(T, s + 65536)
        z = profile[s:e] @ site.T + own[s:e, None] + level
        z = z + noise * r.standard_normal((e - s, M), dtype=np.float32)
        p = 1 / (1 + np.exp(-z))
        x = np.rint(1e4 * p).astype(np.float32) * size[s:e, None]
        x[r.random((e - s, M), dtype=np.float32) < mask] = NOT_ALLOWED
        worth[s:e] = x
    return worth


ODD_SIZE = {"N": 400, "M": 20}


def overload(seed: int) -> Arrays:
    """Places for seven persons in ten: somebody stays without one."""
    arrays = generate(**ODD_SIZE, seed=seed)
    capacity = arrays["capacity"].astype(np.int64)
    persons = int(arrays["need"][:, 0].sum(dtype=np.int64))
    capacity[:, 0] = capacity[:, 0] * 7 * persons // (10 * capacity[:, 0].sum())
    return arrays | {
        "capacity": capacity.astype(np.int32),
        "floor": (capacity[:, 0] * 8 // 10).astype(np.int64),
    }


def no_slack(seed: int) -> Arrays:
    """Exactly what one hidden plan uses of every service at every site, and not one unit more."""
    arrays = generate(**ODD_SIZE, seed=seed)
    allowed = arrays["value"] >= 0
    r = np.random.Generator(np.random.PCG64([seed, 1]))
    site = np.where(allowed, r.random(allowed.shape), -1.0).argmax(1)
    capacity = np.zeros(arrays["capacity"].shape, np.int64)
    np.add.at(capacity, site, arrays["need"].astype(np.int64))
    return arrays | {
        "capacity": capacity.astype(np.int32),
        "floor": (capacity[:, 0] * 8 // 10).astype(np.int64),
    }


def all_ties(seed: int) -> Arrays:
    """Every allowed site is worth the same to everybody, per person."""
    arrays = generate(**ODD_SIZE, seed=seed)
    worth = 5000 * arrays["need"][:, :1].astype(np.int32)
    return arrays | {"value": np.where(arrays["value"] >= 0, worth, -1).astype(np.int32)}


def one_service(seed: int) -> Arrays:
    """Places in plenty; the first further service has six in ten of what is needed, at every site."""
    arrays = generate(**ODD_SIZE, seed=seed, flat=True)
    total = arrays["need"].astype(np.int64).sum(0)
    sites = arrays["capacity"].shape[0]
    capacity = np.tile(2 * total // sites + 8, (sites, 1))
    capacity[:, 1] = 6 * total[1] // (10 * sites)
    return arrays | {"capacity": capacity.astype(np.int32)}


def of_eight(seed: int) -> Arrays:
    """Households of eight only, at sites whose places are no multiple of eight."""
    arrays = generate(**ODD_SIZE, seed=seed, size_of_all=8)
    capacity = arrays["capacity"].copy()
    capacity[:, 0] += (capacity[:, 0] % 8 == 0) * 5
    return arrays | {"capacity": capacity}


def one_giant(seed: int) -> Arrays:
    """One site has room for nine persons in ten, the others share the rest."""
    arrays = generate(**ODD_SIZE, seed=seed)
    total = arrays["need"].astype(np.int64).sum(0)
    sites = arrays["capacity"].shape[0]
    capacity = np.tile(np.ceil(0.15 * total / (sites - 1)).astype(np.int64) + 1, (sites, 1))
    capacity[0] = np.ceil(0.9 * total)
    return arrays | {
        "capacity": capacity.astype(np.int32),
        "floor": (capacity[:, 0] * 8 // 10).astype(np.int64),
    }


def forbidden40(seed: int) -> Arrays:
    """Four pairs in ten are not allowed."""
    return generate(**ODD_SIZE, seed=seed, mask=0.40)


def dues_unmet(seed: int) -> Arrays:
    """Four regions: two are due more than they have places, one has a hard ceiling below its due."""
    arrays = generate(**ODD_SIZE, seed=seed)
    sites = arrays["capacity"].shape[0]
    region = (np.arange(sites) % 4).astype(np.int16)
    places = np.bincount(region, arrays["capacity"][:, 0], 4).astype(np.int64)
    most = np.iinfo(np.int32).max
    return arrays | {
        "region": region,
        "region_floor": np.array([places[0] * 13 // 10, places[1] * 11 // 10, places[2], 0]),
        "region_ceiling": np.array([most, most, places[2] * 6 // 10, places[3]]),
        "region_penalty": np.int32(4000),
    }


ODD: dict[str, Callable[[int], Arrays]] = {
    "overload": overload,
    "no-slack": no_slack,
    "all-ties": all_ties,
    "one-service": one_service,
    "of-eight": of_eight,
    "one-giant": one_giant,
    "forbidden40": forbidden40,
    "dues-unmet": dues_unmet,
}


def arrays_of(name: str) -> Arrays:
    """The arrays of `NAME` or `NAME@SEED`; without a seed a named instance has its own, others have 1."""
    base, _, said = name.partition("@")
    if said and not said.isdigit():
        raise SystemExit(f"'{name}': the seed after @ is a whole number, as in week@101.")
    if base in NAMED:
        return generate(**NAMED[base] | ({"seed": int(said)} if said else {}))
    if base in ODD:
        return ODD[base](int(said or 1))
    if base == "office":
        from office_days import office_day

        instance = office_day(int(said or 1))
        return {f.name: getattr(instance, f.name) for f in fields(instance)}
    known = ", ".join([*NAMED, *ODD, "office"])
    raise SystemExit(f"There is no instance '{base}'. There are {known}.")


def mark_of(arrays: Arrays) -> str:
    """The mark of the arrays: SHA-256 of names, types, shapes and bytes."""
    seal = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        seal.update(f"{name} {array.dtype.str} {np.shape(arrays[name])} ".encode())
        seal.update(array.data)
    return seal.hexdigest()


def reference_of(name: str, mark: str) -> dict[str, str]:
    """The row of reference.csv for an instance, if its arrays are those it was proven for; else nothing."""
    with MARKS.open(encoding="utf-8") as file:
        if {row["name"]: row["mark"] for row in csv.DictReader(file)}.get(name) != mark:
            return {}
    with REFERENCE.open(encoding="utf-8") as file:
        return {row["name"]: row for row in csv.DictReader(file)}[name]


def main() -> None:
    """Write one instance, or list the names."""
    if sys.argv[1:] == ["--list"]:
        with REFERENCE.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                print(*row.values(), sep="\t")
        return
    if len(sys.argv) != 3:
        raise SystemExit("Say a name and a file: python bench/instances.py week out.npz")
    np.savez_compressed(sys.argv[2], **arrays_of(sys.argv[1]))


if __name__ == "__main__":
    main()
