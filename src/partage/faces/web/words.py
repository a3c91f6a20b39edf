"""Words of the pages: each key has its English and its French, or it does not load."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from partage.core.units import parse_instant

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "fr")
LOCALES = {"en": "en_CA", "fr": "fr_CA"}
_BEFORE = re.compile(r" ([:;?!»%$])")


class Unknown(LookupError):
    """A key that no file of words has."""


@cache
def texts() -> Mapping[str, tuple[str, str]]:
    """Every key with its two texts; ``ValueError`` where one is missing or empty."""
    found: dict[str, tuple[str, str]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for prefix, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for name, pair in rows.items():
                key = f"{prefix}.{name}"
                if len(pair) != 2 or not all(pair) or key in found:
                    raise ValueError(f"{file.name}: {key} needs one English and one French text.")
                found[key] = (pair[0], french(pair[1]))
    return found


def french(text: str) -> str:
    """French as it is set: nonbreaking spaces before high signs and inside quotation marks."""
    return _BEFORE.sub("\u00a0\\1", text).replace("« ", "«\u00a0").replace("'", "’")


@dataclass(frozen=True, slots=True)
class Words:
    """The words, numbers and dates of one language; called with a key."""

    lang: str

    def __call__(self, key: str, /, **given: Any) -> str:
        """The text of a key, filled in; numbers as this language writes them."""
        try:
            text = texts()[key][self.lang == "fr"]
        except KeyError:
            raise Unknown(key) from None
        if "|" in text:
            one, many = text.split("|")
            text = one if self._is_one(int(given["n"])) else many
        if not given:
            return text
        return text.format(**{k: self.n(v) if isinstance(v, int) else v for k, v in given.items()})

    def has(self, key: str) -> bool:
        """Whether there is such a key."""
        return key in texts()

    def or_else(self, key: str, otherwise: str) -> str:
        """The text of a key, or what is given where there is none: codes of packs that are open lists."""
        return self(key) if self.has(key) else otherwise

    def _is_one(self, number: int) -> bool:
        return abs(number) < 2 if self.lang == "fr" else number == 1

    def n(self, number: Any) -> str:
        """A number: ``1,234`` or ``1 234``."""
        return _number(number, LOCALES[self.lang])

    def percent(self, share: float) -> str:
        """A share as a percentage, to a hundredth."""
        from babel.numbers import format_percent

        return str(format_percent(share, format="#,##0.##%", locale=LOCALES[self.lang])).replace(
            "%", "\u00a0%" if self.lang == "fr" else "%"
        )

    def money(self, cents: int) -> str:
        """An amount of cents: ``$1,234.50`` or ``1 234,50 $``."""
        from babel.numbers import format_currency

        return str(format_currency(Decimal(cents) / 100, "CAD", locale=LOCALES[self.lang]))

    def day(self, value: date | str) -> str:
        """A day: ``February 20, 2023`` or ``20 février 2023``."""
        from babel.dates import format_date

        day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        return str(format_date(day, "long", locale=LOCALES[self.lang]))

    def moment(self, value: datetime | str, zone: str) -> str:
        """An instant as clocks show it there, with its zone."""
        from babel.dates import format_datetime

        at = parse_instant(value) if isinstance(value, str) else value
        here = at.astimezone(ZoneInfo(zone))
        form = "d MMM y, HH:mm zzz"
        if self.lang == "en":
            form = "MMM d, y, HH:mm zzz"
        return str(format_datetime(here, form, tzinfo=ZoneInfo(zone), locale=LOCALES[self.lang]))

    def hour(self, value: str, zone: str) -> str:
        """The hour of an instant with its day: ``Feb 20, 14:00`` or ``20 févr. 14 h``."""
        from babel.dates import format_datetime

        here = parse_instant(value).astimezone(ZoneInfo(zone))
        form = "MMM d, HH:mm" if self.lang == "en" else "d MMM, HH 'h'"
        return str(format_datetime(here, form, tzinfo=ZoneInfo(zone), locale=LOCALES[self.lang]))

    def age(self, then: str, now: datetime) -> str:
        """How long ago, in the largest unit that says it: minutes, hours or days."""
        minutes = max(0, int((now - parse_instant(then)).total_seconds() // 60))
        for unit, size in (("day", 48 * 60), ("hour", 60), ("minute", 1)):
            if minutes >= size:
                return self(f"age.{unit}", n=minutes // (24 * 60 if unit == "day" else size))
        return self("age.now")


@lru_cache(maxsize=20_000)  # a page has hundreds, mostly the same small ones
def _number(number: Any, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale))
