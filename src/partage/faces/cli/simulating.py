"""``simulate`` as text and data: scenarios read, run many times, told with their spread."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from partage.core.errors import InputRefused
from partage.core.scenario import Scenario
from partage.faces.cli.session import read_file
from partage.packs.loader import scenario_names
from partage.packs.pack import Pack
from partage.packs.scenario_base import read_toml
from partage.packs.scenarios import parse_scenario
from partage.report.simulated import as_data, tables
from partage.simulate.compiled import compile_scenario
from partage.simulate.study import Study, study

SEED = "partage-simulate-1"


def read_scenario(pack: Pack, name: str) -> Scenario:
    """The scenario of that name, or the one in that file."""
    if not name.endswith(".toml"):
        return pack.scenario(name)
    path = Path(name)
    return parse_scenario(read_toml(read_file(path), path.name), path.name, scenario_names(pack))


def simulate(
    pack: Pack,
    names: Sequence[str],
    runs: int,
    *,
    seed: str = SEED,
    progress: Callable[[str], None] = lambda said: None,
) -> Study:
    """Each scenario so many times, all under the same luck."""
    scenarios = [read_scenario(pack, name) for name in names]
    ids = [scenario.id for scenario in scenarios]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise InputRefused(
            f"The scenario '{twice[0]}' is named twice.",
            "Name each once, each with an id of its own.",
        )
    made = [compile_scenario(scenario, pack) for scenario in scenarios]
    return study(made, runs, seed=seed, progress=progress)


def assumptions(done: Study) -> list[str]:
    """What is assumed in any of the scenarios, once each."""
    said = [one for made in done.made for one in made.scenario.assumptions()]
    said.append(
        "Households are made up; nobody's data are read. A stay ends with the same chance every day."
    )
    if done.stopped:
        said.append(
            f"Stopped after {done.runs:,} of {done.wanted:,} runs: what is shown are those."
        )
    return list(dict.fromkeys(said))


def text(done: Study) -> str:
    """All tables of all scenarios."""
    return "\n".join(str(t) for n in range(len(done.made)) for t in tables(done, n))


def write(out: Path, done: Study, name: str) -> dict[str, str]:
    """``simulate.json`` in that folder; its path."""
    data = {**as_data(done), "assumptions": assumptions(done)}
    return write_all(out, {f"{name}.json": json.dumps(data, ensure_ascii=False, indent=1)})


def write_all(out: Path, files: dict[str, Any]) -> dict[str, str]:
    """Texts and bytes as files of that folder; their paths by name."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            if isinstance(content, bytes):
                (out / name).write_bytes(content)
            else:
                (out / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputRefused(
            f"The folder '{out}' cannot be written: {error.strerror}.", "Give another with --out."
        ) from None
    return {name: str(out / name) for name in files}
