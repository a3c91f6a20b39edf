"""A site's day as text for a phone: short lines, what is to be done first."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from partage.packs.loader import Pack
from partage.report.words import Language, site_name

WIDTH = 60
WORDS = {
    "en": {
        "expected": "Expected", "boarding": "loading, leaves {at}", "on-road": "on the road since {day}",
        "not_boarded": "Accepted, on no vehicle yet", "kept": "A place is kept here for",
        "arrived": "Came today", "here": "Live here", "leaving": "Mean to leave",
        "looked_for": "Not seen any more: tell the office", "free": "Free tonight",
        "of": "{service}: {free} free of {agreed} agreed, {used} used or held",
        "to_count": "Nights to count", "none": "none",
        "who": "{h} household(s), {p} person(s)", "missing": ", {m} of them not seen",
        "ends": "Agreed until {last} ({party})", "pause": "Nobody new {first} to {last} ({party})",
        "condition": "Condition of {party}: {text}", "as_of": "Last confirmed",
        "never": "never: 'partage update {site}'",
        "by-ramp": "the day's limit", "by-cap": "a cap",
        "by-blocked": "blocked", "by-ends": "contract ends",
    },
    "fr": {
        "expected": "Attendus", "boarding": "en chargement, départ {at}",
        "on-road": "en route depuis le {day}",
        "not_boarded": "Ont accepté, dans aucun véhicule encore", "kept": "Une place est gardée ici pour",
        "arrived": "Arrivés aujourd'hui", "here": "Vivent ici", "leaving": "Comptent partir",
        "looked_for": "Plus vus : avertir le bureau", "free": "Libre cette nuit",
        "of": "{service} : {free} libre(s) sur {agreed} convenu(s), {used} occupé(s) ou gardé(s)",
        "to_count": "Nuits à compter", "none": "—",
        "who": "{h} ménage(s), {p} personne(s)", "missing": ", dont {m} pas encore vue(s)",
        "ends": "Convenu jusqu'au {last} ({party})",
        "pause": "Personne de nouveau du {first} au {last} ({party})",
        "condition": "Condition de {party} : {text}",
        "as_of": "Confirmé la dernière fois", "never": "jamais : « partage update {site} »",
        "by-ramp": "limite du jour", "by-cap": "plafond",
        "by-blocked": "bloqué", "by-ends": "fin de contrat",
    },
}  # fmt: skip


def site_text(seen: Mapping[str, Any], pack: Pack, language: Language) -> str:
    """The day of a site in that language, at most ``WIDTH`` characters a line."""
    words = WORDS["fr" if language == "fr" else "en"]
    colon = " :" if language == "fr" else ":"
    zone = pack.site(seen["site"]).zone
    lines = [f"{site_name(pack, seen['site'], language)}, {seen['day']}"]
    lines.append(f"{words['as_of']}{colon} {_local(seen['as_of'], zone)}")
    if not seen["as_of"]:
        lines[-1] = f"{words['as_of']}{colon} {words['never'].format(site=seen['site'])}"

    def block(name: str, rows: list[str]) -> None:
        lines.append(f"{words[name]}{colon}{'' if rows else ' ' + words['none']}")
        lines.extend(f"  {row}" for row in rows)

    def who(name: str, *, always: bool = False) -> None:
        group = seen[name]
        if group["households"] or always:
            block(name, [_who(group, words), *group.get("cases", ())])

    rows = []
    for run in seen["expected"]:
        at = _local(run["leaves_at"], zone)
        rows += [
            f"{run['run']} {words[run['state']].format(at=at, day=run['day'])}",
            _who(run, words),
        ]
        rows += [f"  {case}" for case in run.get("cases", ())]
    block("expected", rows)
    for name in ("not_boarded", "kept", "arrived", "looked_for"):
        who(name)
    who("here", always=True)
    if isinstance(seen["leaving"], list):
        block("leaving", [f"{p['case']} {p['on']} ({p['to']})" for p in seen["leaving"]])
    block(
        "free",
        [
            words["of"].format(
                service=name, free=row["free"], agreed=row["agreed"], used=row["in_use_or_held"]
            )
            + (f" ({words['by-' + row['why']]})" if row["why"] else "")
            for name, row in seen["places"].items()
        ],
    )
    block("to_count", list(seen["to_count"]))
    lines += _agreed(seen, words)
    return "\n".join(_wrapped(line) for line in lines)


def _agreed(seen: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    lines = []
    for one in seen["agreements"]:
        party, last = one["party"], max((c["last"] for c in one["consents"]), default="")
        if last:
            lines.append(words["ends"].format(last=last, party=party))
        said = {text for c in one["consents"] for text in c.get("conditions", ())}
        lines += [words["condition"].format(party=party, text=text) for text in sorted(said)]
        lines += [
            words["pause"].format(first=p["first"], last=p["last"], party=party)
            for p in one["pauses"]
            if p["last"] >= seen["day"]
        ]
    return lines


def _who(group: Mapping[str, Any], words: Mapping[str, str]) -> str:
    text = words["who"].format(h=group["households"], p=group["persons"])
    missing = group.get("missing")
    return text + (words["missing"].format(m=missing) if missing else "")


def _local(at: str, zone: str) -> str:
    """An instant as the clock on the wall there says it."""
    if not at:
        return "?"
    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _wrapped(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    return "\n".join(
        textwrap.wrap(line, WIDTH, subsequent_indent=indent + "  ", break_on_hyphens=False)
        or [line]
    )
