"""``forecast`` as text, data and pages."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.series import month_name, month_number
from partage.core.streams import Stream
from partage.core.units import parse_day
from partage.forecast.backtest import BackTest, back_test
from partage.forecast.days import EVEN, SAYS, split_days
from partage.forecast.outlook import Band, Outlook, bands, look_ahead, now_cast
from partage.forecast.panel import Panel, large_series, pack_panel
from partage.forecast.predictors import DEFAULT
from partage.office.office import Office
from partage.packs.claimants import OFFICES
from partage.packs.pack import Pack
from partage.report.forecast.here import here_table
from partage.report.forecast.page import forecast_page
from partage.report.forecast.seen import Seen, as_data, as_text, breaks_near
from partage.report.forecast.words import Say
from partage.report.page.words import Language

SEED = "partage-forecast-1"
SCORED = 6  # months


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as it was typed."""

    region: str = ""
    office: str = "all"
    origin: str = ""
    months: int = 6
    predictor: str = DEFAULT
    so_far: str = ""
    days: int = 0
    profile: str = ""
    runs: int = 2_000
    seed: str = ""


def looked_ahead(
    pack: Pack, asked: Asked, progress: Callable[[str], None] = lambda said: None
) -> tuple[Seen, list[Finding]]:
    """The forecast that was asked for with its back-test; every fault of what was typed in a sentence."""
    whole = pack_panel(pack)
    panel = whole.until(month_number(asked.origin)) if asked.origin else whole
    id_ = _series(pack, panel, asked)
    stream = Stream(asked.seed or SEED)
    outlook = look_ahead(panel, asked.months, asked.runs, stream, predictor=asked.predictor)
    assumed = [
        f"Figures of {month_name(panel.last)} are taken as known when the month ends, though they are "
        "published weeks later and may be revised.",
        "A count rounded to 5 lies within two of it, a suppressed one between 1 and 5; kinds of events "
        "that move a level at once (border, agreement) do so for land borders, the others slowly.",
        str(panel.series[0].origin),
    ]
    start = date(outlook.first // 12, outlook.first % 12 + 1, 1)
    if asked.so_far:
        outlook, start, said = _now(outlook, id_, asked.so_far, start, stream)
        assumed.append(said)
    days, even = _days(outlook, id_, asked, start, stream)
    if days:
        assumed.append(SAYS)
    test, why = _tested(panel, whole, asked.predictor, stream, progress)
    seen = Seen(pack, outlook, (id_, *_parts(outlook, id_)), test, why, days, even, tuple(assumed))
    return seen, _findings(seen, asked)


def _series(pack: Pack, panel: Panel, asked: Asked) -> str:
    if asked.office not in OFFICES:
        raise InputRefused(
            f"'{asked.office}' is not an office.", f"Use one of {', '.join(OFFICES)}."
        )
    country = panel.series[0].region.partition("-")[0]
    given = asked.region.strip().upper()
    region = country if given in ("", country) else str(pack.region_id(asked.region))
    id_ = f"{region}/{asked.office}"
    known = {one.region for one in panel.series}
    if id_ not in panel.ids and not (asked.office == "all" and region in known):
        has = sorted(i for i in panel.ids if i.startswith(f"{region}/"))
        raise InputRefused(
            f"There is no series of {asked.office} for {region}.",
            f"It has: {', '.join(has) or 'none'}.",
        )
    return id_


def _parts(outlook: Outlook, id_: str) -> tuple[str, ...]:
    """The offices of a region whose total was asked for."""
    region, _, office = id_.partition("/")
    if office != "all":
        return ()
    return tuple(i for i in outlook.panel.ids if i.startswith(f"{region}/") and i != id_)


def _now(
    outlook: Outlook, id_: str, so_far: str, start: date, stream: Stream
) -> tuple[Outlook, date, str]:
    number, _, text = so_far.partition("@")
    if not number.strip().isascii() or not number.strip().isdigit() or len(number) > 9 or not text:
        raise InputRefused(
            "What was counted so far is not NUMBER@DAY.", "Write it as --so-far 1200@2023-02-20."
        )
    day = parse_day(text)
    if (day.year, day.month) != (start.year, start.month):
        raise InputRefused(
            f"{day} is not in {start:%Y-%m}, the month after the last known one.",
            f"Count in {start:%Y-%m}, or give the month before {day:%Y-%m} as --origin.",
        )
    of_days = calendar.monthrange(day.year, day.month)[1]
    cast = now_cast(outlook, id_, int(number), day.day, of_days, stream)
    said = (
        f"Now-cast of {day:%Y-%m}: {int(number):,} persons to the end of {day}, counted as the series "
        "counts; that the days of a month are alike up to 15 % half-way through is assumed."
    )
    return cast, day + timedelta(days=1), said


def _days(
    outlook: Outlook, id_: str, asked: Asked, start: date, stream: Stream
) -> tuple[list[tuple[str, Band]], bool]:
    try:
        profile = tuple(float(p) for p in asked.profile.split(",")) if asked.profile else EVEN
    except ValueError:
        profile = ()
    if not asked.days and not asked.profile:
        return [], True
    paths = split_days(outlook.of(id_), outlook.first, start, asked.days or 14, stream, profile)
    low, middle, high = bands(paths)
    found: list[tuple[str, Band]] = []
    for n in range(paths.shape[1]):
        ends = [tuple((level[n],) for level in side) for side in (low, high)]
        band = Band(id_, outlook.first, (middle[n],), *ends)
        found.append((str(start + timedelta(days=n)), band))
    return found, profile == EVEN


def _tested(
    panel: Panel, whole: Panel, predictor: str, stream: Stream, progress: Callable[[str], None]
) -> tuple[BackTest | None, str]:
    """The back-test on what was known by the origin; the series are always those of the whole pack."""
    predictors = dict.fromkeys((predictor, DEFAULT, "seasonal-naive", "ets", "theta"))
    progress("back-test: 24 origins, fitted again at each …")
    try:
        return back_test(panel, large_series(whole), stream, predictors=list(predictors)), ""
    except InputRefused as refusal:
        return None, refusal.what


def _findings(seen: Seen, asked: Asked) -> list[Finding]:
    found = [
        Finding(
            "breaks",
            f"{fact}: within three months of the last known one",
            "what follows it is hardly known yet; compare what the fact would do, not this alone",
        )
        for fact in breaks_near(seen)
    ]
    if seen.no_test:
        found.append(Finding("back-test", seen.no_test, "read the bands with care"))
    if asked.months > SCORED:
        found.append(
            Finding(
                "horizon", f"months beyond {SCORED} are not back-tested",
                "read their bands as a guess", "note",
            )
        )  # fmt: skip
    return found


def said(seen: Seen, language: Language) -> tuple[dict[str, Any], str]:
    """Data, and text in that language."""
    say = Say(language, seen.pack)
    return as_data(seen), as_text(seen, say)


def here_answer(
    office: Office, where: str, days: int, policy: str, language: Language
) -> tuple[dict[str, Any], str, list[str]]:
    """The next days of a destination as data and text."""
    answer = office.forecast(where, days=days, policy=policy)
    say = Say(language, office.pack)
    return answer, str(here_table(answer, say)), answer["assumptions"]


def write(out: Path, seen: Seen) -> dict[str, str]:
    """The page in both languages and the drawings, in that folder; their paths."""
    from partage.report.forecast.chart import drawn

    pages: dict[str, Language] = {"forecast.html": "en", "forecast.fr.html": "fr"}
    drawings: dict[str, Language] = {"forecast.svg": "en", "forecast.fr.svg": "fr"}
    files = {name: forecast_page(seen, language) for name, language in pages.items()}
    files |= {
        name: drawn(seen, seen.ids[0], Say(language, seen.pack))
        for name, language in drawings.items()
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputRefused(
            f"The folder '{out}' cannot be written: {error.strerror}.", "Give another with --out."
        ) from None
    return {name: str(out / name) for name in files}
