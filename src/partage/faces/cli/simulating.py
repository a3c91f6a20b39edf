"""``simulate`` as text and data: scenarios read, run many times, told with their spread."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from partage.cluster import on_cluster
from partage.compose import simulate_office
from partage.core.errors import InputRefused, shown
from partage.core.scenario import Scenario
from partage.faces.cli.session import read_file
from partage.packs.loader import scenario_names
from partage.packs.pack import Pack
from partage.packs.scenario_base import read_toml
from partage.packs.scenarios import parse_scenario
from partage.report.simulated import THREE, as_data, percents, tables
from partage.report.simulated_charts import charts, differences
from partage.report.simulated_drawing import Chart
from partage.report.simulated_page import COMPARED, difference_rows, simulation_page
from partage.report.simulated_words import Words
from partage.report.table import Table
from partage.simulate.compiled import compile_scenario
from partage.simulate.study import Study, study

SEED = "partage-simulate-1"
MODELS = {"flow": 200, "office": 4}  # and how many runs of each, if nothing is said
OFFICE = (
    "Office model: each run is played by the office's own verbs on a journal in memory, a plan a day with "
    "its certificate, every policy as if in force. No offer is made without a fallback place held in the "
    "region; places whose contract ends within the horizon of the policy are not planned with; who does "
    "not come is asked again; whoever is in a place that is agreed no more gets a roof in the region, or "
    "counts as waiting where they are; households ask for no service."
)


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
    model: str = "flow",
    cluster: str = "",
) -> Study:
    """Each scenario so many times, all under the same luck, by one of the two models."""
    scenarios = [read_scenario(pack, name) for name in names]
    ids = [scenario.id for scenario in scenarios]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise InputRefused(
            f"The scenario '{twice[0]}' is named twice.",
            "Name each once, each with an id of its own.",
        )
    if len(scenarios) > 1:
        same_days(scenarios)
    made = [compile_scenario(scenario, pack) for scenario in scenarios]
    if model not in MODELS:
        raise InputRefused(
            f"There is no model {shown(model)}.", f"Use one of: {', '.join(MODELS)}."
        )
    if model == "office":
        map_ = on_cluster(cluster) if cluster else None
        return simulate_office(made, runs, seed=seed, map_=map_, progress=progress, heard=heard)
    if cluster:
        raise InputRefused(
            "The flow model is done before a cluster has begun.",
            "Leave --cluster out, or add --model office.",
        )
    return study(made, runs, seed=seed, progress=progress, heard=heard)


def heard() -> None:
    """An interrupt that was heard does not come again; whoever presses once more ends the command."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def assumptions(done: Study) -> list[str]:
    """What is assumed in any of the scenarios, once each."""
    said = [one for made in done.made for one in made.scenario.assumptions()]
    said.append(
        "Households are made up; nobody's data are read. A stay ends with the same chance every day."
    )
    if done.model == "office":
        said.append(OFFICE)
    if done.stopped:
        said.append(
            f"Stopped after {done.runs:,} of {done.wanted:,} runs: what is shown are those."
        )
    return list(dict.fromkeys(said))


def text(done: Study, say: Words) -> str:
    """All tables of all scenarios."""
    return "\n".join(str(t) for n in range(len(done.made)) for t in tables(done, n, say))


def written(files: dict[str, str], name: str, say: Words) -> str:
    """Where the pages are."""
    page = f"{name}.fr.html" if say.french else f"{name}.html"
    return say.format("written", file=files[page], more=str(len(files) - 1))


def listed(pack: Pack, say: Words) -> tuple[list[dict[str, str]], str]:
    """Which scenarios there are: data, and a line each."""
    known = [
        {
            "id": s.id, "en": s.title_en, "fr": s.title_fr,
            "first_day": str(s.first_day), "last_day": str(s.last_day),
        }
        for s in pack.scenarios.values()
    ]  # fmt: skip
    lines = [
        say.format("listed", id=k["id"], title=k[say.language], first=k["first_day"], last=k["last_day"])
        for k in known
    ]  # fmt: skip
    return known, "\n".join(lines)


def write(out: Path, done: Study, name: str, say: Words) -> dict[str, str]:
    """Pages in both languages, the drawings as SVG and PNG, and all of it as JSON; their paths by name."""
    said = assumptions(done)
    data = {**as_data(done), "assumptions": said}
    drawn = [chart for n in range(len(done.made)) for chart in _drawings(done, n, say)]
    return write_all(
        out,
        {
            f"{name}.html": simulation_page(done, "en", said, f"{name}.fr.html"),
            f"{name}.fr.html": simulation_page(done, "fr", said, f"{name}.html"),
            f"{name}.json": json.dumps(data, ensure_ascii=False, indent=1),
            **{f"{name}-{id_}.svg": chart.svg() for id_, chart in drawn},
            **{f"{name}-{id_}.png": chart.png() for id_, chart in drawn},
        },
    )


def _drawings(done: Study, which: int, say: Words) -> list[tuple[str, Chart]]:
    """The drawings of a scenario, or its differences from the first, by the names of their files."""
    if len(done.made) == 1:
        return [(chart.id, chart) for chart in charts(done, which, say)]
    if which == 0:
        return []
    return [
        (
            f"{done.made[which].scenario.id}-less-{done.made[0].scenario.id}",
            differences(done, which, COMPARED, say),
        )
    ]


def differences_text(done: Study, say: Words) -> str:
    """Paired differences from the first scenario, a table each."""
    out = []
    for which in range(1, len(done.made)):
        after, before = done.made[which].scenario.id, done.made[0].scenario.id
        title = say.format("differences-table", after=after, before=before)
        columns = ("", *percents(THREE, say), say("difference-mean"))
        out.append(str(Table(title, columns, tuple(difference_rows(done, which, say)))))
    return "\n".join(out)


def differences_data(done: Study) -> list[dict[str, Any]]:
    """The same as plain JSON."""
    out = []
    for which in range(1, len(done.made)):
        found = done.differences[which - 1]
        mean, half = found.mean_interval()
        quantiles = found.quantiles((0.05, 0.5, 0.95))
        names = done.rows[0].totals
        out.append(
            {
                "before": done.made[0].scenario.id, "after": done.made[which].scenario.id,
                "measures": {
                    name: {
                        "quantiles": [round(float(x), 1) for x in quantiles[names.index(name)]],
                        "mean": round(float(mean[names.index(name)]), 2),
                        "half_width_95": round(float(half[names.index(name)]), 2),
                    }
                    for name in COMPARED
                },
            }
        )  # fmt: skip
    return out


def same_days(done_of: Sequence[Scenario]) -> None:
    """Refuse scenarios over different days: their runs cannot be set against each other."""
    days = {(scenario.first_day, scenario.last_day) for scenario in done_of}
    if len(days) > 1:
        said = "; ".join(f"{s.id} {s.first_day} to {s.last_day}" for s in done_of)
        raise InputRefused(
            f"The scenarios do not run over the same days: {said}.",
            "Give scenarios of one window, or base one on the other.",
        )


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


def compared(
    pack: Pack,
    names: Sequence[str],
    runs: int,
    out: Path,
    progress: Callable[[str], None],
    say: Words,
) -> tuple[dict[str, Any], str, list[str]]:
    """Scenarios side by side under the same luck: data, text, assumptions; pages are written to ``out``."""
    if len(names) < 2:
        raise InputRefused(
            "One scenario cannot be compared.", "Name two or more, the present one first."
        )
    done = simulate(pack, names, runs, progress=progress)
    files = write(out, done, "scenarios", say)
    said = f"{differences_text(done, say)}\n{text(done, say)}\n{written(files, 'scenarios', say)}"
    data = {**as_data(done), "differences": differences_data(done), "files": files}
    return data, said, assumptions(done)
