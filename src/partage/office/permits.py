"""Permits: one table of who may do what, where, with which fields and on what ground; deny by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from unicodedata import normalize

from partage.core.errors import InputRefused, NotPermitted, named, shown
from partage.core.names import written

Role = Literal[
    "intake",
    "placement",
    "approver",
    "region",
    "city",
    "organization",
    "site",
    "escort",
    "finance",
    "certifier",
    "auditor",
    "analyst",
    "minister",
    "admin",
    "household",
]
ROLES: tuple[str, ...] = get_args(Role)
SCOPES = (
    "all",
    "own-region",
    "own-city",
    "own-organization",
    "own-site",
    "own-run",
    "own-case",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which role, and over what: a region, a city, a site, a run or a case.

    ``InputRefused`` for a name nobody could read or that looks like another's, and an unknown role.
    """

    name: str
    role: str
    scope: str = ""

    def __post_init__(self) -> None:
        name = written(self.name)
        if not name or self.role not in ROLES:
            raise InputRefused(
                f"{shown(f'{self.name}:{self.role}')} does not say who acts in which role.",
                "Write NAME:ROLE or NAME:ROLE@SCOPE, the name in letters of one script; "
                f"roles: {', '.join(ROLES)}.",
            )
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "scope", normalize("NFKC", self.scope).strip())

    @classmethod
    def parse(cls, text: str) -> Actor:
        """An actor written as NAME:ROLE or NAME:ROLE@SCOPE."""
        name, _, rest = normalize("NFKC", text).partition(":")
        role, _, scope = rest.partition("@")
        return cls(name, role, scope)


@dataclass(frozen=True, slots=True)
class Permit:
    """One row: this role may do this, in this scope, seeing these fields, on this ground.

    ``agreement`` and its dates name the written agreement that a row rests on, where one is needed:
    outside those days the row does not exist. Empty where the office acts on its own ground.
    """

    verb: str
    role: str
    scope: str
    fields: str
    ground: str
    agreement: str = ""
    from_day: str = ""
    to_day: str = ""


_LAW = "Privacy Act s. 7(a) and 8(2)(a): the purpose it was collected for"
_OWN = "the places are theirs to offer; Privacy Act s. 4: no personal data needed"
_AUDIT = "Directive on Automated Decision-Making: quality assurance; Privacy Act s. 8(2)(h)"

PERMITS: tuple[Permit, ...] = (
    Permit("open", "admin", "all", "pack, clock", _OWN),
    Permit("open", "intake", "all", "pack, clock", _OWN),
    Permit("open", "region", "all", "pack, clock", _OWN),
    Permit("open", "city", "all", "pack, clock", _OWN),
    Permit("register", "intake", "all", "case part, profile, reference, persons counted", _LAW),
    Permit("register", "site", "own-site", "persons counted", _LAW),
    Permit(
        "correct", "intake", "all", "case part, profile", "Privacy Act s. 6(2) and 12(2): accuracy"
    ),
    Permit("duplicate", "intake", "all", "case part, profile", "Privacy Act s. 6(2): accuracy"),
    Permit("agree", "region", "own-region", "capacity, notice, ramp", _OWN),
    Permit("agree", "city", "own-city", "capacity, notice, ramp", _OWN),
    Permit("withdraw", "region", "own-region", "agreement", _OWN),
    Permit("withdraw", "city", "own-city", "agreement", _OWN),
    Permit("withdraw", "site", "own-site", "agreement", _OWN),
    Permit("ask", "placement", "all", "terms, asks", "no personal data"),
    Permit("ask", "approver", "all", "terms, asks", "no personal data"),
    Permit("ask", "region", "all", "terms, asks", "no personal data"),
    Permit("ask", "city", "all", "terms, asks", "no personal data"),
    Permit("ask", "minister", "all", "terms, asks", "no personal data"),
    Permit("update", "region", "own-region", "capacity", _OWN),
    Permit("update", "city", "own-city", "capacity", _OWN),
    Permit("update", "site", "own-site", "capacity", _OWN),
    Permit("survey", "intake", "all", "counts, case codes", _LAW),
    Permit("survey", "placement", "all", "counts, case codes", _LAW),
    Permit("survey", "approver", "all", "counts, case codes", _LAW),
    Permit("survey", "auditor", "all", "counts, case codes", _AUDIT),
    Permit("survey", "analyst", "all", "counts", "no personal data"),
    Permit("survey", "minister", "all", "counts", "no personal data"),
    Permit("survey", "region", "all", "counts", "no personal data"),
    Permit("survey", "city", "all", "counts", "no personal data"),
    Permit("brief", "minister", "all", "counts, amounts", "no personal data"),
    Permit("brief", "auditor", "all", "counts, amounts", "no personal data"),
    Permit("brief", "region", "own-region", "counts, amounts", "no personal data"),
    Permit("brief", "city", "own-city", "counts", "no personal data"),
    Permit("trace", "minister", "all", "entries by number", "no personal data"),
    Permit("trace", "auditor", "all", "entries by number", "no personal data"),
    Permit("trace", "region", "all", "entries by number", "no personal data"),
    Permit("trace", "city", "all", "entries by number", "no personal data"),
    Permit("propose", "placement", "all", "case part", _LAW),
    Permit("draw", "placement", "all", "a seed, an order", "a public draw: nobody's data"),
    Permit("draw", "approver", "all", "a seed, an order", "a public draw: nobody's data"),
    Permit("draw", "auditor", "all", "a seed, an order", "a public draw: nobody's data"),
    Permit("explain", "intake", "all", "reason", _LAW),
    Permit("explain", "placement", "all", "reason", _LAW),
    Permit("explain", "approver", "all", "reason", _LAW),
    Permit("explain", "auditor", "all", "reason", _AUDIT),
    Permit("explain", "household", "own-case", "own reason", "Privacy Act s. 12: access"),
    Permit("approve", "approver", "all", "plan lines, reasons", _LAW),
    Permit("offer", "placement", "all", "case part", _LAW),
    Permit("letter", "intake", "all", "offer, codes", _LAW),
    Permit("letter", "placement", "all", "offer, codes", _LAW),
    Permit("answer", "intake", "all", "answer", _LAW),
    Permit("answer", "placement", "all", "answer", _LAW),
    Permit("answer", "household", "own-case", "own answer", "the household's own consent"),
    Permit("board", "placement", "all", "manifest, needs", _LAW),
    Permit("board", "escort", "own-run", "manifest", _LAW),
    Permit("board", "site", "own-site", "manifest, needs", _LAW),
    Permit("depart", "escort", "own-run", "manifest", _LAW),
    Permit("depart", "placement", "all", "manifest", _LAW),
    Permit("depart", "escort", "own-site", "manifest", _LAW),
    Permit("arrive", "site", "own-site", "manifest", _LAW),
    Permit("arrive", "placement", "all", "manifest", _LAW),
    Permit("arrive", "escort", "own-run", "manifest", _LAW),
    Permit("count", "site", "own-site", "a number", _OWN),
    Permit("count", "city", "own-city", "a number", _OWN),
    Permit("count", "region", "own-region", "a number", _OWN),
    Permit("count", "intake", "all", "a number", _LAW),
    Permit("adopt", "placement", "all", "policy, cut-off", "no personal data"),
    Permit("adopt", "approver", "all", "policy, cut-off", "no personal data"),
    Permit("place", "placement", "all", "case part", _LAW),
    Permit("place", "intake", "all", "case part", _LAW),
    Permit("override", "placement", "all", "case part, reasons", _LAW),
    Permit("override", "approver", "all", "case part, reasons", _LAW),
    Permit("review", "approver", "all", "request, plan lines, reasons", _LAW),
    Permit("review", "placement", "all", "request, plan lines, reasons", _LAW),
    Permit("review", "intake", "all", "request", _LAW),
    Permit("review", "household", "own-case", "own request", "the household's own request"),
    Permit("exit", "site", "own-site", "destination, address by consent", _LAW),
    Permit("exit", "intake", "all", "destination, address by consent", _LAW),
    Permit("exit", "placement", "all", "destination, address by consent", _LAW),
    Permit("close", "placement", "all", "counts", "no personal data"),
    Permit("close", "approver", "all", "counts", "no personal data"),
    Permit("erase", "admin", "all", "all", "Privacy Regulations s. 4: retention and disposal"),
    Permit("rekey", "admin", "all", "keys", "Privacy Act s. 8(1): safeguards; no personal data"),
    Permit("backup", "admin", "all", "all, sealed", "Privacy Act s. 6: nothing kept is lost"),
    Permit("restore", "admin", "all", "all, sealed", "Privacy Act s. 6: nothing kept is lost"),
    Permit("migrate", "admin", "all", "format of the tables", "no personal data is read"),
    Permit("export", "household", "own-case", "all of their own", "Privacy Act s. 12: access"),
    Permit("export", "intake", "all", "all", "Privacy Act s. 12: access, at their request"),
    Permit("disclose", "intake", "all", "by field", "Privacy Act s. 8: agreement, consent or law"),
    Permit("disclose", "admin", "all", "by field", "Privacy Act s. 8: agreement, consent or law"),
    Permit(
        "archive",
        "intake",
        "all",
        "need, profile, contact, placement",
        "Privacy Act s. 8: agreement, consent or law",
    ),
    Permit(
        "archive",
        "placement",
        "all",
        "need, placement",
        "Privacy Act s. 8: agreement, consent or law",
    ),
    Permit(
        "archive",
        "site",
        "own-site",
        "need, placement",
        "Privacy Act s. 8: agreement, consent or law",
    ),
    Permit("appoint", "admin", "all", "name, role, instrument", "delegation of authority"),
    Permit("token", "admin", "all", "name, role, scope", "delegation of authority"),
    Permit("user", "admin", "all", "name, role, scope", "delegation of authority"),
    Permit("hook", "admin", "all", "origin, events", "no personal data: kinds, numbers, codes"),
    Permit("vouch", "approver", "all", "name, reason", "delegation of authority"),
    Permit("worth", "region", "own-region", "value of one more place", _OWN),
    Permit("worth", "city", "own-city", "value of one more place", _OWN),
    Permit("worth", "site", "own-site", "value of one more place", _OWN),
    Permit("worth", "placement", "all", "value of one more place", "no personal data"),
    Permit("worth", "approver", "all", "value of one more place", "no personal data"),
    Permit("worth", "auditor", "all", "value of one more place", "no personal data"),
    Permit("worth", "analyst", "all", "value of one more place", "no personal data"),
    Permit("worth", "minister", "all", "value of one more place", "no personal data"),
    Permit("survey", "site", "own-site", "counts, case codes there", _LAW),
    Permit("survey", "organization", "all", "counts", "no personal data"),
    Permit("survey", "finance", "all", "counts", "no personal data"),
    Permit("survey", "certifier", "all", "counts", "no personal data"),
    Permit("forecast", "region", "own-region", "counts", _OWN),
    Permit("forecast", "city", "own-city", "counts", _OWN),
    Permit("forecast", "site", "own-site", "counts", _OWN),
    Permit("forecast", "intake", "all", "counts", "no personal data"),
    Permit("forecast", "placement", "all", "counts", "no personal data"),
    Permit("forecast", "approver", "all", "counts", "no personal data"),
    Permit("forecast", "auditor", "all", "counts", "no personal data"),
    Permit("forecast", "analyst", "all", "counts", "no personal data"),
    Permit("forecast", "minister", "all", "counts", "no personal data"),
    Permit("settle", "finance", "all", "amounts, drafts, payments", "no personal data"),
    Permit("settle", "certifier", "all", "amounts, certification", "no personal data"),
    Permit("settle", "auditor", "all", "amounts", _AUDIT),
    Permit("settle", "region", "own-region", "amounts", _OWN),
    Permit("verify", "certifier", "all", "entries, marks", _AUDIT),
    Permit("verify", "auditor", "all", "entries, marks", _AUDIT),
    Permit("verify", "admin", "all", "entries, marks", _AUDIT),
    Permit("verify", "approver", "all", "entries, marks", _AUDIT),
)


WRITTEN_UNDER = {  # facts that verbs with another name write too
    "propose": ("propose", "place", "override"),
    "answer": ("answer", "close"),  # at the close an offer that nobody answered lapses
    "agree": ("agree", "ask"),
    "export": ("export", "disclose", "archive"),
    "draw": ("draw", "propose"),
}


def may_write(verb: str, role: str) -> bool:
    """Whether a fact of that verb can come from that role, wherever it acts.

    Facts that only go with others (a hold, a release, a stay) have no row of their own and are not
    asked about.
    """
    under = WRITTEN_UNDER.get(verb, (verb,))
    roles = {row.role for row in PERMITS if row.verb in under}
    return not roles or role in roles


def permit(
    actor: Actor,
    verb: str,
    *,
    fields: str = "",
    region: str = "",
    site: str = "",
    run: str = "",
    case: str = "",
    day: str = "",
) -> Permit:
    """The row that lets this actor do this here; ``NotPermitted`` where there is none.

    ``fields``: what this part of the verb cannot be done without, such as ``reasons``. ``day``: rows
    that rest on an agreement count only within its dates.
    """
    table = [
        row
        for row in _rows_of(verb)
        if (not fields or fields in row.fields.split(", ")) and in_time(row, day)
    ]
    rows = [row for row in table if row.role == actor.role]
    for row in rows:
        if _covers(row.scope, actor.scope, region=region, site=site, run=run, case=case):
            return row
    if rows:
        where = site or region or run or case
        mine = f"you act for '{named(actor.scope)}'" if actor.scope else "you did not say for which"
        this = f"this is {named(where)}" if where else "this is for all"
        raise NotPermitted(
            f"The role '{actor.role}' may {verb} only for its own "
            f"{rows[0].scope.removeprefix('own-')}; {mine}, {this}.",
            "Ask whoever owns it, or act as NAME:ROLE@SCOPE, such as x:region@CA-ON or "
            "x:city@ca-on/windsor."
            if where
            else "Name what is yours, such as --site SITE, or ask whoever may.",
        )
    may = sorted({row.role for row in table})
    what = f"{verb} with {fields}" if fields else verb
    raise NotPermitted(
        f"The role '{actor.role}' may not {what}.",
        f"It can be done by: {', '.join(may) or 'nobody'}.",
    )


_by_verb: tuple[Sequence[Permit], dict[str, list[Permit]]] = ((), {})


def _rows_of(verb: str) -> list[Permit]:
    """The rows of a verb: a page of many sites asks for each."""
    global _by_verb
    table, by_verb = _by_verb
    if table is not PERMITS:
        by_verb = {}
        for row in PERMITS:
            by_verb.setdefault(row.verb, []).append(row)
        _by_verb = PERMITS, by_verb
    return by_verb.get(verb, [])


def may_at_all(actor: Actor, verb: str) -> None:
    """Refuse, before anything is looked up, a role that has no row for this verb anywhere."""
    if not any(row.verb == verb and row.role == actor.role for row in PERMITS):
        permit(actor, verb)


def in_time(row: Permit, day: str) -> bool:
    """Whether a row counts on a day: always, unless the agreement it rests on has dates."""
    if not day or not (row.from_day or row.to_day):
        return not (row.from_day or row.to_day)
    return row.from_day <= day <= (row.to_day or day)


def _covers(scope: str, own: str, *, region: str, site: str, run: str, case: str) -> bool:
    """Whether somebody's own part of the world holds this; capitals aside, and never by being empty."""
    if scope == "all":
        return True
    mine, _, province = region.upper().partition("-")
    wanted = {
        "own-region": (region, province) if mine and province else (region,),
        "own-city": ("/".join(site.split("/")[:2]) if site.count("/") == 2 else "",),
        "own-site": (site,),
        "own-run": (run,),
        "own-case": (case,),
    }.get(scope, ())
    return bool(own) and own.upper() in {one.upper() for one in wanted if one}


def as_markdown() -> str:
    """``docs/reference/permits.md``, printed from the rows above."""
    lines = [
        "# Permits",
        "",
        "Who may do what, where, seeing which fields, on what ground. Whatever has no row is denied.",
        "Printed from `src/partage/office/permits.py` by `python -m partage.office.permits`; do not "
        "edit by hand.",
        "",
        "| verb | role | scope | fields | ground |",
        "|---|---|---|---|---|",
        *(
            f"| `{row.verb}` | `{row.role}` | {row.scope} | {row.fields} | {row.ground} |"
            for row in sorted(PERMITS, key=lambda row: (row.verb, ROLES.index(row.role)))
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(as_markdown(), end="")
