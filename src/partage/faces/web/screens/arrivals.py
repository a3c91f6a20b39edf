"""Taking people in: one household by checked answers, a busload, a spreadsheet with its preview."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from partage.core.errors import InputRefused, NotFound
from partage.core.findings import Finding
from partage.core.household import MODES
from partage.core.marks import mark_of_bytes
from partage.core.units import instant
from partage.faces.web import later
from partage.faces.web.at import At
from partage.faces.web.screens.groups import open_group
from partage.faces.web.table import act, look
from partage.intake.arrivals import AGE_COLUMNS, UNKNOWN, read_arrival_rows
from partage.intake.template import TEMPLATES, services

COUNTED = (*AGE_COLUMNS, UNKNOWN)
ANSWERS = (
    "reference", "entered_at", "entry_point", "mode", *COUNTED, "guardian", "age_disputed",
    "objects_to_automation", "hold", "mobility", "care", "official_language",
    "interpreter_language", "languages", "wishes", "avoid", "linked_to", "referred_on", "synthetic",
)  # fmt: skip
MANY = ("care", "wishes", "avoid", "languages", "linked_to")
CARRIED = (
    3_000_000  # bytes of a file that are carried from the preview to the form that takes it in
)
SHOWN = 500  # remarks on a page: nobody reads more, and a phone would not open it
WEIGHTS = ("fault", "warning", "note")
ROW = re.compile(r"row (?P<row>\d+)(?:, columns? (?P<column>.+))?")
AMISS = re.compile(r"row 1, column (?P<column>entered_at|reference) (?P<what>[^;]+)")
MEDIA = {
    "csv": "text/csv; charset=utf-8", "json": "application/schema+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@look("/arrivals", verb="register")
def arrivals(at: At) -> Response:
    """The three ways in: a household, a busload, a spreadsheet."""
    return at.page("arrivals.html", whole=_whole(at), groups=_groups(at), kinds=list(TEMPLATES))


def _whole(at: At) -> bool:
    """Whether this role takes in what is known of people, or may only count them."""
    return at.may("register", fields="case part")


def _groups(at: At) -> list[dict[str, Any]]:
    return at.office.cases_in("counted") if at.may("survey", fields="case codes") else []


@look("/arrivals/household", verb="register")
def household(at: At) -> Response:
    """The questions about one household, with nothing answered yet."""
    zone = ZoneInfo(at.office.pack.entry_points[0].zone)
    now = at.office.clock.now().astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    synthetic = "yes" if getattr(at.office.clock, "kind", "") == "stated" else ""
    roof = open_group(at, at.asked("group"))["roof"] if at.asked("group") else ""
    of = roof.partition("@")[2] if roof.startswith("waiting@") else ""
    given = {"entered_at": now, "hold": "none", "synthetic": synthetic, "entry_point": of}
    return _questions(at, given)


@act("/arrivals/household", verb="register")
def household_again(at: At) -> Response:
    """The same questions with what was answered."""
    return _questions(at, _answers(at))


def _questions(
    at: At, given: dict[str, Any], amiss: Mapping[str, list[Finding]] | None = None
) -> Response:
    """The questions, with what was answered and what is wrong with it."""
    pack, french = at.office.pack, at.lang == "fr"
    named = {str(s.id): s.name_fr if french else s.name_en for s in pack.services}
    return at.page(
        "household_form.html", 422 if amiss else 200, amiss=amiss or {},
        group=at.sent("group") or at.asked("group"),
        given={**{name: [] if name in MANY else "" for name in ANSWERS}, **given},
        points=[(p.id, p.name_fr if french else p.name_en) for p in pack.entry_points],
        modes=[(mode, at.t(f"mode.{mode}")) for mode in MODES],
        care=[(code, named[code]) for code in services(pack)], counted=COUNTED,
        regions=[(r.id, r.name_fr if french else r.name_en) for r in pack.regions],
    )  # fmt: skip


def _answers(at: At) -> dict[str, Any]:
    """What was sent, by the columns of the arrivals file; lists as lists."""
    found: dict[str, Any] = {}
    for name in ANSWERS:
        if name in MANY:
            sent = [part.strip() for one in at.all_sent(name) for part in one.split(",")]
            found[name] = [one for one in sent if one]
        else:
            found[name] = at.sent(name)
    return found


def _as_file(at: At, given: dict[str, Any]) -> bytes:
    """The answers as an arrivals file of one row; the hour is that of the entry point."""
    row = {name: value for name, value in given.items() if value}
    row |= {name: given[name] or "0" for name in COUNTED}
    point = next((p for p in at.office.pack.entry_points if p.id == given["entry_point"]), None)
    try:
        local = datetime.fromisoformat(given["entered_at"])
        zone = ZoneInfo((point or at.office.pack.entry_points[0]).zone)
        row["entered_at"] = instant(local.replace(tzinfo=zone))
    except ValueError:
        row["entered_at"] = given["entered_at"]
    return json.dumps([row]).encode()


@act("/arrivals/check", verb="register")
def check(at: At) -> Response:
    """The answers once more before anything is kept, with what the office would say of them."""
    given = _answers(at)
    try:
        done = at.office.preview(_as_file(at, given))
    except InputRefused as refusal:
        return _questions(at, given, _amiss(at, given, refusal))
    return at.page(
        "household_check.html", given=given, data=done.data, remarks=done.findings,
        group=at.sent("group"),
        rows=[(name, _shown(at, name, given[name])) for name in ANSWERS if given[name]],
    )  # fmt: skip


def _amiss(at: At, given: dict[str, Any], refusal: InputRefused) -> dict[str, list[Finding]]:
    """What is wrong, by the question it is about; what is about none of them stands under ""."""
    if not given["reference"]:
        return {"reference": [Finding("", at.t("arrivals.no-reference"), "", "fault")]}
    _, found = read_arrival_rows(_as_file(at, given), at.office.pack)
    wrong: dict[str, list[Finding]] = {}
    for one in found:
        where = ROW.fullmatch(one.where)
        if one.weight == "fault" and where and where["column"] in ANSWERS:
            wrong.setdefault(where["column"], []).append(one)
    if not wrong and (one_ := AMISS.search(refusal.what)):
        wrong[one_["column"]] = [Finding("", one_["what"], "", "fault")]
    return wrong or {"": [Finding("", refusal.what, refusal.do, "fault")]}


def _shown(at: At, name: str, value: Any) -> str:
    """An answer in words."""
    if name in MANY:
        return ", ".join(_one(at, name, one) for one in value)
    if name in ("mode", "guardian"):
        return at.t(f"{name}.{value}") if at.t.has(f"{name}.{value}") else str(value)
    if value in ("yes", "no"):
        return at.t(f"form.{value}")
    return _one(at, name, str(value))


def _one(at: At, name: str, code: str) -> str:
    """A code by its name, where it is one of the pack."""
    named = named_codes(at)
    return named.get(code, code) if name in ("care", "wishes", "avoid", "entry_point") else code


def named_codes(at: At) -> dict[str, str]:
    """Services, provinces, sites and entry points by their codes, in this language."""
    pack, french = at.office.pack, at.lang == "fr"
    named: dict[str, str] = {s.id: s.name_fr if french else s.name_en for s in pack.services}
    named |= {r.id: r.name_fr if french else r.name_en for r in pack.regions}
    named |= {s.id: s.name_fr if french else s.name_en for s in pack.sites}
    named |= {p.id: p.name_fr if french else p.name_en for p in pack.entry_points}
    return named


@act("/arrivals/register", verb="register")
def register(at: At) -> Response:
    """Take the household in."""
    done = at.office.register(_as_file(at, _answers(at)), group=at.sent("group"), idem=at.key())
    if not done.data["registered"] and not done.data.get("already"):
        if later.asked(at.request):
            said = done.findings[0] if done.findings else None
            raise InputRefused(
                said.what if said else at.t("arrivals.cannot"), said.do if said else ""
            )
        given = _answers(at)
        return at.page(
            "household_check.html", 422, given=given, data={**done.data, "households": 0},
            remarks=done.findings, group=at.sent("group"),
            rows=[(name, _shown(at, name, given[name])) for name in ANSWERS if given[name]],
        )  # fmt: skip
    back = f"/arrivals/group/{at.sent('group')}" if at.sent("group") else "/arrivals"
    return at.go(back, done="registered", said_=done)


@look("/arrivals/busload", verb="register")
def busload(at: At) -> Response:
    """How many persons came, before anybody is described."""
    french = at.lang == "fr"
    return at.page(
        "busload.html", whole=_whole(at), modes=[(mode, at.t(f"mode.{mode}")) for mode in MODES],
        points=[
            (p.id, p.name_fr if french else p.name_en) for p in at.office.pack.entry_points
        ],
    )  # fmt: skip


@act("/arrivals/busload", verb="register")
def count(at: At) -> Response:
    """Count them: each is in the book from now on."""
    site = "" if _whole(at) else at.actor.scope
    done = at.office.headcount(
        at.number("persons"), at.sent("entry_point"), mode=at.sent("mode", MODES[0]), site=site,
        synthetic=at.sent("synthetic") == "yes", idem=at.key(),
    )  # fmt: skip
    return at.go("/arrivals", done="counted", said_=done)


@look("/arrivals/template/{kind}", verb="register")
def template(at: At) -> Response:
    """A template of the arrivals file, to be filled in."""
    kind = at.path["kind"]
    if kind not in MEDIA:
        raise NotFound(at.t("arrivals.no-template"), "")
    return Response(
        TEMPLATES[f".{kind}"](at.office.pack), media_type=MEDIA[kind],
        headers={"Content-Disposition": f'attachment; filename="arrivals.{kind}"'},
    )  # fmt: skip


@act("/arrivals/preview", verb="register", takes_file=True)
def preview(at: At) -> Response:
    """What taking a file in would do, row by row; nobody is registered."""
    data = at.files.get("file", b"")
    if not data:
        raise InputRefused(at.t("arrivals.no-file"), at.t("arrivals.choose-file"))
    done = at.office.preview(data)
    packed = base64.b64encode(zlib.compress(data)).decode() if len(data) <= CARRIED else ""
    return at.page(
        "file_preview.html", data=done.data, remarks=by_row(gravest(done.findings)),
        more=max(0, len(done.findings) - SHOWN), packed=packed,
        group=at.sent("group"), mark=mark_of_bytes(data),
    )  # fmt: skip


@act("/arrivals/file", verb="register", takes_file=True)
def take_file(at: At) -> Response:
    """Take in the households of the file that was looked at."""
    data = at.files.get("file", b"") or _unpacked(at)
    if mark_of_bytes(data) != at.sent("mark"):
        raise InputRefused(at.t("arrivals.other-file"), at.t("arrivals.preview-again"))
    done = at.office.register(data, group=at.sent("group"), idem=at.key())
    return at.go("/arrivals", done="registered", said_=done)


def gravest(findings: Sequence[Finding]) -> list[Finding]:
    """Those that a page shows: the gravest first, in the order of the file among equals."""
    return sorted(findings, key=lambda one: WEIGHTS.index(one.weight))[:SHOWN]


def by_row(findings: Sequence[Finding]) -> list[tuple[int, str, Finding]]:
    """What is said of a file, by row and column; 0 and "" where it is of the whole."""
    found = []
    for one in findings:
        match = ROW.match(one.where)
        row, column = (int(match["row"]), match["column"] or "") if match else (0, "")
        found.append((row, column, one))
    return sorted(found, key=lambda line: (line[0], line[1]))


def _unpacked(at: At) -> bytes:
    """The file as the preview handed it on; no more of it than was carried."""
    try:
        opener = zlib.decompressobj()
        data = opener.decompress(base64.b64decode(at.sent("packed"), validate=True), CARRIED + 1)
    except (binascii.Error, zlib.error):
        data = b""
    if not data or len(data) > CARRIED:
        raise InputRefused(at.t("arrivals.no-file"), at.t("arrivals.choose-file"))
    return data
