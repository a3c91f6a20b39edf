"""The papers of a run: manifest, driver's sheet, receiver's sheet, blank form; as data for a typesetter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from partage.packs.loader import Pack
from partage.report.run_paper_words import COLUMNS, WORDS
from partage.report.words import Language

Paper = Literal["manifest", "driver", "receiver", "blank"]
PAPERS: tuple[Paper, ...] = ("manifest", "driver", "receiver", "blank")
BLANK_ROWS = 16
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One household: cells ("[]" is a box to tick, "" a space to write in), what its square says."""

    cells: tuple[str, ...]
    square: str = ""


@dataclass(frozen=True, slots=True)
class RunPaper:
    """A paper with its head, groups of rows that stay together on a page, and what is signed below."""

    language: Language
    title: str
    title_other: str
    kind: str
    warning: str
    head: tuple[tuple[str, str], ...]
    square: str
    square_says: str
    columns: tuple[str, ...]
    groups: tuple[tuple[Row, ...], ...]
    totals: tuple[tuple[str, str], ...]
    totals_title: str
    signs: tuple[str, ...]
    sign_parts: tuple[str, ...]
    instructions_title: str
    instructions: tuple[str, ...]
    footer: str
    table_title: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data for the typesetter."""
        return asdict(self)


def blank_paper(language: Language, printed: str) -> RunPaper:
    """The form for a night without power or network: every field of a manifest, to be written by hand."""
    t = WORDS[language]
    columns = COLUMNS["blank"]
    rows = tuple(
        (Row(tuple(_cell(name, {}, t, {}) for name in columns)),) for _ in range(BLANK_ROWS)
    )
    names = ("run", "version", "date", "origin", "to", *WRITTEN, "leaves", "persons", *COUNTED)
    return _paper("blank", language, tuple((t[n], "") for n in names), rows, {}, "", printed)


WRITTEN = (
    "address",
    "phone",
    "stops",
    "vehicle",
    "driver",
    "escort",
    "arrives",
)  # nobody records them
COUNTED = (
    "families",
    "children",
    "infants",
    "child_seats",
    "wheelchairs",
    "luggage",
    "animals",
    "class",
)


def run_paper(
    manifest: Mapping[str, Any],
    paper: Paper,
    language: Language,
    pack: Pack,
    *,
    leaves: str,
    printed: str,
    address: str = "",
) -> RunPaper:
    """One paper of a run. ``leaves`` and ``printed`` are instants in words, with their zone.

    ``address`` is that of the page of the run, which its square says; without one it says the run. The
    driver's sheet has no line of a household: no name, no code, no need; seats are counted together.
    """
    t = WORDS[language]
    lines: Sequence[Line] = manifest["lines"]
    seats = manifest["vehicle"] or ("", "", "")
    interpreters = sorted({str(line["interpreter"]) for line in lines if line["interpreter"]})
    head = [
        (t["run"], str(manifest["run"])),
        (t["version"], _version(manifest, t)),
        (t["date"], str(manifest["day"])),
        (t["origin"], ", ".join(_spot(pack, one, language) for one in manifest["origins"])),
        (t["to"], _spot(pack, str(manifest["site"]), language)),
        *((t[name], "") for name in WRITTEN),
        (t["leaves"], leaves),
        (t["persons"], str(manifest["persons"])),
        (t["families"], str(len(lines))),
        (t["children"], str(sum(int(line["children"]) for line in lines))),
        (t["infants"], str(sum(int(line["child_seats"]) for line in lines))),
        (t["seats"], str(seats[0])),
        (t["child_seats"], _of(sum(int(line["child_seats"]) for line in lines), seats[1], t)),
        (t["wheelchairs"], _of(sum(int(line["wheelchairs"]) for line in lines), seats[2], t)),
        *((t[name], "") for name in ("luggage", "animals", "class")),
    ]
    if paper != "driver":
        head.insert(-3, (t["interpreters"], ", ".join(interpreters) or t["none"]))
    groups: tuple[tuple[Row, ...], ...] = ()
    names = {str(s.id): s.name_fr if language == "fr" else s.name_en for s in pack.services}
    if paper != "driver":
        groups = tuple(
            tuple(_row(line, paper, address, t, names) for line in together)
            for together in _grouped(lines)
        )
    made = _paper(paper, language, tuple(head), groups, manifest, address, printed)
    return made


def _paper(
    paper: Paper,
    language: Language,
    head: tuple[tuple[str, str], ...],
    groups: tuple[tuple[Row, ...], ...],
    manifest: Mapping[str, Any],
    address: str,
    printed: str,
) -> RunPaper:
    t, other = WORDS[language], WORDS["en" if language == "fr" else "fr"]
    run = str(manifest.get("run", ""))
    by = manifest.get("superseded_by")
    warning = t["superseded"].format(by=by) if by else ""
    if manifest.get("state") == "arrived":
        warning = warning or t["over"]
    expected = (str(len(manifest["lines"])), str(manifest["persons"])) if run else ("", "")
    totals = (
        (t["expected"], t["both"].format(h=expected[0], p=expected[1]) if run else ""),
        *((t[name], "") for name in ("boarded", "not_come", "declined", "arrived")),
    )
    seals = t["sealed"].format(mark=manifest["mark"], anchor=manifest["anchor"]) if run else ""
    return RunPaper(
        language=language,
        title=t[f"title-{paper}"],
        title_other=other[f"title-{paper}"],
        kind=t["kind"].format(run=run) if run else t["kind-blank"],
        warning=warning,
        head=head,
        square=(address or run) if run else "",
        square_says=t["square"].format(run=run),
        columns=tuple(t[f"c-{name}"] for name in COLUMNS[paper]) if groups else (),
        groups=groups,
        totals=totals if paper != "driver" else (),
        totals_title=t["totals"],
        signs=tuple(t[name] for name in ("sign-origin", "sign-escort", "sign-receiver")),
        sign_parts=tuple(t[name] for name in ("name", "signature", "time")),
        instructions_title=t["instructions"],
        instructions=tuple(t[f"do-{name}"] for name in DO[paper]),
        footer=" ".join(part for part in (seals, printed) if part),
        table_title=t["table"],
    )


DO = {
    "manifest": ("emergency", "medical", "absent", "declined", "recount", "data"),
    "driver": ("emergency", "medical", "wait", "driver-data"),
    "receiver": ("emergency", "receive", "missing", "data"),
    "blank": ("emergency", "medical", "absent", "declined", "recount", "blank", "data"),
}


def _row(
    line: Line, paper: Paper, address: str, t: Mapping[str, str], names: Mapping[str, str]
) -> Row:
    square = f"{address}/board?code={line['code']}" if address and paper == "manifest" else ""
    return Row(tuple(_cell(name, line, t, names) for name in COLUMNS[paper]), square)


def _cell(name: str, line: Line, t: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The text of one cell; "[]" is a box to tick; an empty one is written in by hand."""
    if name in ("boarded", "off_on", "arrived"):
        return "[]"
    if name == "with" and line:
        return ", ".join(str(one)[-4:] for one in line["with"])
    if name == "language" and line:
        return str(line["language"]) + (f" ({line['interpreter']})" if line["interpreter"] else "")
    if name == "ages" and line:
        return ", ".join(f"{n} {t['age-' + band]}" for band, n in line["ages"].items() if n)
    if name == "needs" and line:
        said = [t["mobility"]] if line["wheelchairs"] else []
        rooms = [f"{n} {names.get(one, one)}" for one, n in line["rooms"].items()]
        return ", ".join([*said, *(names.get(one, one) for one in line["care"]), *rooms])
    return str(line.get(name, ""))


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of households that are linked stand together, in the order of the manifest."""
    by_case = {str(line["case"]): line for line in lines}
    seen: set[str] = set()
    groups: list[list[Line]] = []
    for case in by_case:
        if case in seen:
            continue
        group, todo = [], [case]
        while todo:
            one = todo.pop()
            if one not in seen and one in by_case:
                seen.add(one)
                group.append(by_case[one])
                todo += sorted(by_case[one]["with"], reverse=True)
        groups.append(group)
    return groups


def _version(manifest: Mapping[str, Any], t: Mapping[str, str]) -> str:
    number = manifest["manifest"]
    if not number:
        return t["none"]
    if number == 1:
        return "1"
    return t["supersedes"].format(n=number, before=number - 1)


def _of(number: int, there: object, t: Mapping[str, str]) -> str:
    return t["of"].format(n=number, there=there) if there != "" else str(number)


def _spot(pack: Pack, code: str, language: Language) -> str:
    named = {str(s.id): (s.name_en, s.name_fr) for s in pack.sites}
    named |= {str(p.id): (p.name_en, p.name_fr) for p in pack.entry_points}
    return named[code][language == "fr"] if code in named else code
