"""Keys: from regions and figures to exact shares."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, get_type_hints

from partage.core.errors import InputRefused
from partage.core.registry import Shelf
from partage.core.shares import Key, Shares
from partage.core.situation import Figure
from partage.keys.blend import eu_2024, half_population_half_gdp, nrw_area, weighted
from partage.keys.danish import denmark
from partage.keys.european import eu_2015_may, eu_2015_september
from partage.keys.history import history_corrected, population_capped
from partage.keys.population import koenigstein, population, published_shares

KEYS: Shelf[Key] = Shelf("key")
KEYS.add("population", population, source="Federal proposal of 2024; CH: AsylV 1; AT, UK")
KEYS.add("weighted", weighted, source="e.g. Belgium, plan of November 2015; SE")
KEYS.add(
    "half-population-half-gdp",
    half_population_half_gdp,
    source="As in Regulation (EU) 2024/1351, among provinces",
)
KEYS.add("published-shares", published_shares, source="Shares as data, e.g. Bavaria DVAsyl")
KEYS.add("koenigstein", koenigstein, source="AsylG § 45; Bundesanzeiger, per year")
KEYS.add("nrw-area", nrw_area, source="FlüAG NRW § 3 (1)-(2)")
KEYS.add("denmark", denmark, source="BEK 550/2022 § 4")
KEYS.add("eu-2015-may", eu_2015_may, source="COM(2015)240 annex; COM(2015)286")
KEYS.add("eu-2015-september", eu_2015_september, source="COM(2015)450 annex; Grech 2017")
KEYS.add("eu-2024-1351", eu_2024, source="Regulation (EU) 2024/1351")
KEYS.add(
    "history-corrected",
    history_corrected,
    source="Quebec's proposal of 22 July 2024 (historical effort); cumulative claims",
)
KEYS.add(
    "population-capped",
    population_capped,
    source="Quebec's requests of 2023 and 2024: no more than its share, all modes counted",
)


def shares_of(
    name: str,
    params: Mapping[str, Any],
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    *,
    persons: int,
) -> Shares:
    """The shares that a key on the shelf gives, with the parameters of a policy.

    ``persons`` (how many are to be shared out) is handed to the keys that ask for it.
    """
    key = KEYS[name]
    given = dict(params)
    if "persons" in inspect.signature(key).parameters:
        given.setdefault("persons", persons)
    check_params(name, given)
    return key(regions, history, at, **given)


def check_params(name: str, params: Mapping[str, Any]) -> None:
    """Refuse parameters that a key does not take or that are of another kind, and the lack of one."""
    key = KEYS[name]
    hints = get_type_hints(key)
    takes = {
        parameter.name: parameter
        for parameter in inspect.signature(key).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    said = f"It takes: {', '.join(takes) or 'none'}."
    for param, value in params.items():
        if param not in takes:
            raise InputRefused(f"The key '{name}' takes no parameter '{param}'.", said)
        fits, kind = KINDS.get(str(hints.get(param)), (_anything, ""))
        if not fits(value):
            raise InputRefused(f"The parameter '{param}' of the key '{name}' is '{value}'.", kind)
    for param, parameter in takes.items():
        if (
            parameter.default is inspect.Parameter.empty
            and param not in params
            and param != "persons"
        ):
            raise InputRefused(f"The key '{name}' needs the parameter '{param}'.", said)


def _anything(value: object) -> bool:
    return True


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _text(value: object) -> bool:
    return isinstance(value, str)


def _list(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _table(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value)


KINDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    str(int): (_whole, "It must be a whole number of 0 or more."),
    str(str): (_text, "It must be a text."),
    str(Sequence[str]): (_list, 'It must be a list of texts, such as ["CA-QC"].'),
    str(Mapping[str, object]): (_table, 'It must be a table, such as population = "1/2".'),
}
