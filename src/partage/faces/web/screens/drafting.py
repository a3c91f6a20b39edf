"""A policy drafted on a page: a form or a file, its faults all at once, then what it says and changes."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response

from partage.core.errors import InputRefused, NotFound
from partage.core.household import MODES
from partage.core.policy import EXCEPTIONS
from partage.faces.pages.policy_fields import PARTS, count_of, fields_of
from partage.faces.pages.policy_form import Fault, read_form, roundings
from partage.faces.pages.policy_lines import beside, between
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.keys import KEYS
from partage.packs.policies import KINDS
from partage.place.mechanisms import MECHANISMS
from partage.place.value import AIMS
from partage.report.policy_words import AIMS as AIM_WORDS
from partage.report.policy_words import EXCEPTIONS as EXCEPTION_WORDS
from partage.report.policy_words import MODES as MODE_WORDS
from partage.report.policy_words import sentences
from partage.report.toml import as_toml

MOST_BYTES = 200_000  # of a draft as text
MOST_BLOCKS = 30  # of each part on the page
Fields = dict[str, list[str]]
BLANK: Fields = {
    "kind": ["proposal"], "blind": ["yes"], "mechanism": ["optimum"], "key-regions": ["consenting"],
    "key-rounding": ["hamilton"], "key-carry": ["yes"],
}  # fmt: skip


@look("/policies/draft", verb="adopt")
def policy_draft(at: At) -> Response:
    """The form: empty, or with what a policy of the pack says."""
    begun = at.asked("from")
    if not begun:
        return _form(at, BLANK)
    policy = at.office.pack.policy(begun)
    if not policy.text:
        raise NotFound(at.t("drafting.no-file"), at.t("drafting.begin-empty"))
    return _form(at, fields_of(policy.text))


@act("/policies/drafted", verb="adopt")
def policy_drafted(at: At) -> Response:
    """What the form says, as sentences, as a file and beside the standing policy; or its faults."""
    fields: Fields = {}
    for name, value in at.form:
        fields.setdefault(name, []).append(value)
    do = at.sent("do")
    if do in PARTS:  # one more of them, and nothing is judged yet
        return _form(at, fields, more=do)
    data, faults = read_form(fields, at.office.pack, at.office.drafted)
    return _form(at, fields, faults) if faults else _shown(at, as_toml(data))


@act("/policies/drafted/text", verb="adopt")
def policy_drafted_text(at: At) -> Response:
    """The same of a draft that is given as a file's text, or the form with what it says."""
    text = at.sent("toml")
    if len(text.encode()) > MOST_BYTES:
        raise InputRefused(at.t("drafting.too-long"), at.t("drafting.shorter"))
    try:
        at.office.drafted(text.encode())
    except InputRefused as refusal:
        return _form(at, BLANK, [Fault("toml", said=refusal)], text=text)
    return _form(at, fields_of(text)) if at.sent("do") == "form" else _shown(at, text)


@act("/policies/drafted/file", verb="adopt")
def policy_drafted_file(at: At) -> Response:
    """The draft as a file, to be put into a pack; nothing of it is kept here."""
    text = at.sent("toml")
    policy = at.office.drafted(text.encode())
    return Response(
        text + ("" if text.endswith("\n") else "\n"), media_type="application/toml",
        headers={"Content-Disposition": f'attachment; filename="{_file_name(policy.id)}"'},
    )  # fmt: skip


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)[:60] + ".toml"


def _shown(at: At, text: str) -> Response:
    """A draft that has no fault: nothing of it is kept or adopted."""
    policy, pack = at.office.drafted(text.encode()), at.office.pack
    against, why = beside(at.office, policy)
    return at.page(
        "policy_drafted.html", policy=policy, toml=text, against=against, why=why,
        rows=between(against, policy) if against else [],
        sentences=sentences(policy, pack, "fr" if at.lang == "fr" else "en", at.t.day),
        names=sorted(pack.policies), twin=_twin(at),
    )  # fmt: skip


def _form(
    at: At, fields: Fields, faults: list[Fault] | None = None, *, more: str = "", text: str = ""
) -> Response:
    pack, fr, found = at.office.pack, at.lang == "fr", faults or []
    told: dict[str, list[Any]] = {}
    for fault in found:
        told.setdefault(fault.field, []).append(fault)
    counts = {
        part: min(MOST_BLOCKS, count_of(fields, part) + (part == more) or 1) for part in PARTS
    }

    def named(codes: Any, words: Any) -> list[tuple[str, str]]:
        return [(code, words[code][fr] if code in words else code) for code in codes]

    return at.page(
        "policy_draft.html", 422 if found else 200, fields=fields, faults=found, told=told,
        counts=counts, text=text, label=lambda name: _label(at, name),
        kinds=[(kind, at.t(f"policies.kind-{kind}")) for kind in KINDS],
        keys=[("", at.t("drafting.no-key")), *((name, name) for name in KEYS)],
        roundings=[(name, name) for name in roundings()],
        mechanisms=[(name, name) for name in MECHANISMS],
        regions=[(str(r.id), r.name_fr if fr else r.name_en) for r in pack.regions],
        points=[(str(p.id), p.name_fr if fr else p.name_en) for p in pack.entry_points],
        services=[(str(s.id), s.name_fr if fr else s.name_en) for s in pack.services],
        modes=named(MODES, MODE_WORDS), exceptions=named(EXCEPTIONS, EXCEPTION_WORDS),
        aims=named(AIMS, AIM_WORDS), policies=sorted(pack.policies), twin=_twin(at),
    )  # fmt: skip


def _twin(at: At) -> str:
    """The same page in the other language, also where a form was just sent."""
    query = at.request.url.query if at.request.method == "GET" else ""
    return f"/{'en' if at.lang == 'fr' else 'fr'}/policies/draft" + (f"?{query}" if query else "")


def _label(at: At, name: str) -> str:
    """What a field is called, for the list of faults above the form."""
    part, _, rest = name.partition("-")
    number, _, last = rest.partition("-")
    if part in PARTS and number.isdigit():
        return f"{at.t(f'drafting.{part}-one', n=number)}: {at.t(f'drafting.{part}-{last}')}"
    if name.endswith(("-source", "-url")) and part != "key":
        return at.t(f"drafting.{part}") + ": " + at.t(f"drafting.{name.rpartition('-')[2]}")
    return at.t(f"drafting.{name}")
