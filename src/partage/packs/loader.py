"""Loading a pack: everything is checked, every fault found in one go, nothing half loaded."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from partage.core.errors import InputRefused, NotFound
from partage.core.findings import Finding
from partage.core.policy import Policy
from partage.core.scenario import Scenario
from partage.core.series import Monthly
from partage.packs.claimants import CLAIMANTS, read_claimants
from partage.packs.hindcasts import read_hindcasts
from partage.packs.nouns import ASKS, TABLES, nouns, read_asks
from partage.packs.pack import Ask, Event, Pack, Report, Tariff
from partage.packs.policies import parse_policy
from partage.packs.published import read_hotels, read_nights, read_payments
from partage.packs.rates import read_rates, read_sharing
from partage.packs.scenario_base import Known, read_toml
from partage.packs.scenarios import parse_scenario
from partage.packs.shapes import SHAPES, read_shapes
from partage.packs.tables import Faults, read_table
from partage.packs.texts import read_texts

__all__ = ["TABLES", "Event", "Pack", "Report", "Tariff", "check_pack", "load_pack"]

SHOWN = 20
KINDS = (".toml", ".csv", ".json", ".txt")
FOLDERS = ("policies", "texts", "eligibility", "scenarios", "hindcasts")
ABOUT = "datapackage.json"
BUILT_IN = re.compile(r"^[a-z][a-z0-9_]*$")


def load_pack(name_or_path: str | Path = "canada") -> Pack:
    """The built-in pack of that name, or the pack in that folder; refused with all its faults."""
    pack, findings = _read(_folder(str(name_or_path)))
    if pack is None:
        shown = "; ".join(f"{f.where}: {f.what} ({f.do})" for f in findings[:SHOWN])
        more = f"; and {len(findings) - SHOWN} more" if len(findings) > SHOWN else ""
        raise InputRefused(
            f"The pack '{Path(name_or_path).name}' has {len(findings)} fault(s): {shown}{more}.",
            "Correct them; nothing of it was loaded.",
        )
    return pack


def check_pack(name_or_path: str | Path) -> list[Finding]:
    """Everything that is wrong with a pack."""
    return _read(_folder(str(name_or_path)))[1]


def _folder(name: str) -> Traversable:
    if BUILT_IN.match(name):
        built_in = resources.files("partage.packs") / name
        if (built_in / ABOUT).is_file():
            return built_in
    folder = Path(name)
    if not name or not folder.is_dir():
        raise NotFound(
            f"There is no pack '{folder.name}'.",
            "Give a built-in name such as canada, or a folder.",
        )
    return folder


def _read(folder: Traversable) -> tuple[Pack | None, list[Finding]]:
    faults = Faults()
    files = _files(folder, faults)
    about: dict[str, Any] = _about(files.get(ABOUT), faults)
    rows = {
        name: read_table(name, files.get(f"{name}.csv"), columns, faults)
        for name, columns in TABLES.items()
    }
    codes, points = (
        {row.cells["id"] for row in rows[name]} for name in ("regions", "entry_points")
    )
    made = nouns(rows, faults)
    policies = _policies(files, codes, points, faults)
    shapes = read_shapes(files.get(SHAPES), codes, faults)
    texts = read_texts(files, faults)
    asks: tuple[Ask, ...] = ()
    if "asks.csv" in files:  # a pack may do without
        asks = read_asks(read_table("asks", files["asks.csv"], ASKS, faults))
    claimants: tuple[Monthly, ...] = ()
    if "claimants.csv" in files:  # and without a forecast
        lines = read_table("claimants", files["claimants.csv"], CLAIMANTS, faults)
        claimants = read_claimants(lines, codes)
    site_ids = {row.cells["id"] for row in rows["sites"]}
    published = _published(files, codes, faults)
    site_ids |= {one.site for one in published["published_nights"]}  # of which no ledger speaks
    rates = read_rates(files["rates.csv"], site_ids, faults) if "rates.csv" in files else ()
    shared = "cost_sharing.csv" in files  # and without statements of cost
    sharing = read_sharing(files["cost_sharing.csv"], faults) if shared else ()
    if faults.findings:
        return None, faults.findings
    scenarios = _scenarios(files, made, policies, faults)
    hindcasts = read_hindcasts(files, faults)
    if faults.findings:
        return None, faults.findings
    mark = _mark(files)
    laws = {path: data for path, data in files.items() if path.startswith("eligibility/")}
    more: dict[str, Any] = {
        "policies": policies, "shapes": shapes, "texts": texts, "asks": asks, "laws": laws,
        "claimants": claimants, "scenarios": scenarios, "hindcasts": hindcasts, "rates": rates,
        "sharing": sharing, **published,
    }  # fmt: skip
    return Pack(**about, mark=mark, **more, **made), []


def _published(
    files: Mapping[str, bytes], codes: Collection[str], faults: Faults
) -> dict[str, tuple[Any, ...]]:
    """What was published of nights, payments and hotels; a pack may do without each."""
    countries = {code.partition("-")[0] for code in codes}
    readers: dict[str, tuple[Callable[..., list[Any]], Collection[str]]] = {
        "published_nights": (read_nights, codes), "ihap_payments": (read_payments, codes),
        "hotels": (read_hotels, {*codes, *countries}),
    }  # fmt: skip
    return {
        name: tuple(read(files[f"{name}.csv"], known, faults)) if f"{name}.csv" in files else ()
        for name, (read, known) in readers.items()
    }


def _files(folder: Traversable, faults: Faults) -> dict[str, bytes]:
    """Every file of the pack and of its policies, by path; hidden ones are not part of it."""
    files: dict[str, bytes] = {}
    for path, item in _walk(folder, faults):
        try:
            files[path] = item.read_bytes()
        except OSError as error:
            faults.add(path, f"cannot be read ({error.strerror})", "restore it")
    return files


def _walk(folder: Traversable, faults: Faults) -> list[tuple[str, Traversable]]:
    found = []
    try:
        for item in folder.iterdir():
            if item.name in FOLDERS and item.is_dir():
                found += [(f"{item.name}/{one.name}", one) for one in item.iterdir()]
            elif item.is_file() or item.name.endswith((".csv", ".json")):
                found.append((item.name, item))
    except OSError as error:
        faults.add("the folder", f"cannot be read ({error.strerror})", "restore it")
    return [
        (path, item)
        for path, item in found
        if not item.name.startswith(".") and (item.is_file() or path.endswith(KINDS))
    ]  # fmt: skip


def _mark(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        name = path.encode("utf-8", "surrogateescape")
        digest.update(b"%d\x00%b%d\x00%b" % (len(name), name, len(data), data))
    return f"sha256:{digest.hexdigest()}"


def _about(data: bytes | None, faults: Faults) -> dict[str, str]:
    if data is None:
        faults.add(ABOUT, "cannot be read: it is missing from the pack", "add it")
        return {}
    try:
        raw = json.loads(data.decode("utf-8"))
        titles = raw["title_i18n"]
        about = {
            "id": raw["name"], "version": raw["version"],
            "title_en": titles["en"], "title_fr": titles["fr"],
        }  # fmt: skip
        if not all(isinstance(value, str) and value for value in about.values()):
            raise ValueError("name, version and both titles are texts")
    except KeyError as error:
        faults.add(
            ABOUT,
            f"cannot be read: it does not say {error}",
            "say name, version and title_i18n (en, fr)",
        )
    except (ValueError, TypeError, RecursionError) as error:
        faults.add(
            ABOUT, f"cannot be read ({type(error).__name__})", "it must be whole JSON in UTF-8"
        )
    else:
        return about
    return {}


def _policies(
    files: Mapping[str, bytes], regions: set[str], points: set[str], faults: Faults
) -> dict[str, Policy]:
    out: dict[str, Policy] = {}
    for path, data in sorted(files.items()):
        if not (path.startswith("policies/") and path.endswith(".toml")):
            continue
        try:
            policy = parse_policy(data, path)
        except InputRefused as refusal:
            faults.add(path, refusal.what, refusal.do)
            continue
        if policy.id in out:
            faults.add(path, f"the policy '{policy.id}' stands twice", "rename one")
        for rule in policy.rules:
            for code in (*rule.never, *rule.entry_points):
                if code not in (regions if code in rule.never else points):
                    faults.add(
                        path, f"rule {rule.number} names '{code}', which this pack does not have",
                        "correct it",
                    )  # fmt: skip
        out[policy.id] = policy
    return out


def scenario_names(pack: Pack) -> Known:
    """What of a pack a scenario may name."""
    return _known(
        {name: getattr(pack, name) for name in ("regions", "sites", "cities", "services", "figures")},
        pack.policies,
        {id_: scenario.raw for id_, scenario in pack.scenarios.items()},
    )  # fmt: skip


def _known(
    made: Mapping[str, Any], policies: Mapping[str, Policy], others: Mapping[str, Any]
) -> Known:
    return Known(
        regions=[str(region.id) for region in made["regions"]],
        sites={str(site.id): str(site.region) for site in made["sites"]},
        cities=[city.id for city in made["cities"]],
        services=[str(service.id) for service in made["services"]],
        policies=sorted(policies),
        measures=frozenset((figure.measure, figure.region) for figure in made["figures"]),
        others=others,
    )


def _scenarios(
    files: Mapping[str, bytes], made: Mapping[str, Any], policies: Mapping[str, Policy],
    faults: Faults,
) -> dict[str, Scenario]:  # fmt: skip
    """Every scenario of the pack, those that others are based on among them."""
    raws: dict[str, Any] = {}
    paths = [p for p in sorted(files) if p.startswith("scenarios/") and p.endswith(".toml")]
    for path in paths:
        try:
            raws[path] = read_toml(files[path], path)
        except InputRefused as refusal:
            faults.add(path, refusal.what, refusal.do)
    heads = {path: raw.get("scenario") for path, raw in raws.items()}
    by_id = {
        head["id"]: raws[path]
        for path, head in heads.items()
        if isinstance(head, dict) and isinstance(head.get("id"), str)
    }
    known, out = _known(made, policies, by_id), {}
    for path, raw in raws.items():
        try:
            scenario = parse_scenario(raw, path, known)
        except InputRefused as refusal:
            faults.add(path, refusal.what, refusal.do)
            continue
        if scenario.id in out:
            faults.add(path, f"the scenario '{scenario.id}' stands twice", "rename one")
        out[scenario.id] = scenario
    return out
