"""Templates to pages: one environment, escaped throughout, with the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from partage.core import statement_steps as statements
from partage.core.steps import STATES
from partage.faces.pages.envelope import by_weight
from partage.faces.web import charts, later, static, voice
from partage.faces.web.nav import navigation
from partage.faces.web.words import texts
from partage.report.words import Language, site_name

if TYPE_CHECKING:
    from partage.faces.web.at import At

FOLDER = Path(__file__).parent / "templates"
SIGNS = {
    "waiting": "◔", "outside-engine": "☂", "approved": "✓", "offered": "✉", "bound": "→",
    "travelling": "⇒", "hosted": "⌂", "kept": "↺", "unknown": "!", "left": "↗", "counted": "#",
    "proposed": "◔", "overridden": "↺", "replanned": "↺", "as-if": "?",
}  # fmt: skip
LINKS = {
    "case": "/case/", "site": "/site/", "plan": "/plan/", "review": "/review/",
    "correction": "/correction/",
}  # fmt: skip


MAY_BE_SAID_ANEW = {
    "amiss",
    "twin",
    "keep",
}  # a form that was sent stands elsewhere; what a device keeps


@cache
def environment() -> Environment:
    """Escapes everything, and refuses a name that is not there."""
    made = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals["static"] = static.address
    return made


def drawn(at: At, template: str, context: Mapping[str, Any]) -> str:
    """One page as text; a page says none of the names of every page anew."""
    shell = _shell(at)
    if taken := sorted({*shell} & {*context} - MAY_BE_SAID_ANEW):
        raise ValueError(f"{template}: {', '.join(taken)} is a name of every page; use another.")
    return environment().get_template(template).render({**shell, **context})


def names(at: At) -> set[str]:
    """What every page is given: no template and no screen uses one of these names for its own."""
    return {*_shell(at)}


def _shell(at: At) -> dict[str, Any]:
    """What every page is given."""
    from partage.faces.web.at import new_key

    other = "en" if at.lang == "fr" else "fr"
    query = at.request.url.query
    tail = at.request.url.path[3:] + (f"?{query}" if query else "")
    signed_in = at.who is not None
    return {
        "at": at, "t": at.t, "n": at.t.n, "day": at.t.day, "lang": at.lang, "other": other,
        "moment": lambda value, zone="": at.t.moment(value, zone or _zone(at)),
        "leaves_at": lambda value: at.t.moment(value, _zone(at)) if "T" in value else value,
        "age": lambda value: at.t.age(value, at.office.clock.now()),
        "colon": "\u00a0:" if at.lang == "fr" else ":",
        "amiss": {},  # what is wrong with what was sent, by field
        "here": at.request.url.path[3:], "twin": f"/{other}{tail}", "root": f"/{at.lang}",
        "may": at.may, "who_may": at.who_may, "who": at.who, "new_key": new_key,
        "site": lambda one: site_name(at.office.pack, one, _lang(at.lang)),
        "region": lambda one: _region(at, one), "spot": lambda one: _spot(at, one),
        "nav": navigation(at) if signed_in else [],
        "now": at.office.clock.now(), "training": getattr(at.office.clock, "kind", "") == "stated",
        "found": by_weight(at.was_said()), "done": _done(at),
        "bullet": lambda units: charts.bullet(units, _bullet(at, units)),
        "spark": charts.spark, "money": at.t.money,
        "hour": lambda value: at.t.hour(value, _zone(at)),
        "statement_state": lambda one: statements.STATES[one][at.lang == "fr"],
        "block_choices": lambda places, names: [(s, names[s]) for s in places],
        "reason_choices": lambda codes: [(c, at.t(f"why.{c}")) for c in codes],
        "answer_choices": lambda state, own: _answers(at, state, own=own),
        "override_choices": lambda codes: [(c, at.t(f"override.why-{c}")) for c in codes],
        "group_choices": lambda rows: [(r["case"], f"{r['case']} ({r['persons']})") for r in rows],
        "percent": at.t.percent,
        "mark_choices": lambda marks: [(m, at.t(f"door.{m}")) for m in marks],
        "service_name": lambda code: _service(at, code),
        "later": signed_in and later.is_for(at.actor.role), "keep": "",
        "worker": later.worker_for(at.request.url.path[3:], f"/{at.lang}"),
        "state_name": lambda one: state_name(at.lang, one), "sign_of": lambda one: SIGNS.get(one, "•"),
        "where_of": lambda where: _where(at, where), "party_name": lambda one: _party(at, one),
        "link_of": lambda where: _link(at, where), "voiced": lambda text: _voiced(at, text),
        "own_words": lambda text: text in _own_words(),
    }  # fmt: skip


@cache
def _own_words() -> frozenset[str]:
    return frozenset(text for pair in texts().values() for text in pair)


def _zone(at: At) -> str:
    return at.office.pack.entry_points[0].zone


def _lang(lang: str) -> Language:
    return "fr" if lang == "fr" else "en"


def _region(at: At, code: str) -> str:
    found = at.office.pack.region(code)
    return str(found.name_fr if at.lang == "fr" else found.name_en)


def _service(at: At, code: str) -> str:
    """The name of a service."""
    named = {str(s.id): (s.name_en, s.name_fr) for s in at.office.pack.services}
    return named[code][at.lang == "fr"]


def _party(at: At, code: str) -> str:
    """The name of a province, a city or a site, as parties of agreements are named."""
    if "/" not in code:
        return _region(at, code)
    cities = [site.city for site in at.office.pack.sites if site.id.startswith(f"{code}/")]
    return cities[0] if cities else _spot(at, code)


def _spot(at: At, code: str) -> str:
    """The name of a site or an entry point; the code itself where the pack has none of it any more."""
    french = at.lang == "fr"
    for site in at.office.pack.sites:
        if site.id == code:
            return site.name_fr if french else site.name_en
    for point in at.office.pack.entry_points:
        if point.id == code:
            return point.name_fr if french else point.name_en
    return code


def _done(at: At) -> str:
    """The sentence for what was just done, if the address names one."""
    key = f"done.{at.asked('done')}"
    return at.t(key) if at.asked("done") and at.t.has(key) else ""


def state_name(lang: str, code: str) -> str:
    pair = STATES.get(code)
    return pair[lang == "fr"].replace("'", "’") if pair else code


def _where(at: At, where: str) -> str:
    """What a finding is about, in this language: ``day 2023-02-20`` is the day of 20 February."""
    kind, _, name = where.partition(" ")
    if not at.t.has(f"where.{kind}"):
        return where
    if kind == "day" and name:
        return at.t("where.day", name=at.t.day(name))
    return at.t(f"where.{kind}", name=_spot(at, name))


def _link(at: At, where: str) -> dict[str, str] | None:
    """The page of what a finding is about, where there is one that this role may see."""
    kind, _, name = where.partition(" ")
    verb = {
        "case": "explain", "plan": "explain", "site": "survey", "review": "review", "correction": "correct",
    }.get(kind, "")  # fmt: skip
    if not name or not verb or not at.may(verb, **_whose(at, kind, name)):
        return None
    return {"path": LINKS[kind] + name, "text": _spot(at, name)}


def _whose(at: At, kind: str, name: str) -> dict[str, str]:
    if kind == "case":
        return {"case": name}
    if kind != "site" or not any(one.id == name for one in at.office.pack.sites):
        return {}
    return {"site": name, "region": str(at.office.pack.site(name).region)}


def _bullet(at: At, units: Mapping[str, Any]) -> str:
    return at.t(
        "board.bullet", used=units["in_use"], held=units["held"], blocked=units["blocked"],
        free=units["allocable"], funded=units["funded"],
    )  # fmt: skip


def _answers(at: At, state: str, *, own: bool) -> list[tuple[str, str]]:
    """What may be answered: who accepted may still say no; that time ran out, only an officer says."""
    codes = ["decline"] if state == "bound" else ["accept", "decline"]
    if state == "offered" and not own:
        codes.append("expire")
    return [(code, at.t(f"case.{code}")) for code in codes]


def _voiced(at: At, text: str) -> tuple[str, str]:
    return voice.said(text, at.t, lambda one: _spot(at, one), _zone(at))
