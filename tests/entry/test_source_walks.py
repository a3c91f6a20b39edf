"""The source, walked: what is handed in is bound in a query, escaped in a pattern, named in a sentence, text in a paper."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import partage
from partage.faces.pages import documents
from partage.faces.web import voice
from partage.faces.web.words import Words
from partage.ledger.facts import Draft
from partage.office.office import Office
from partage.office.ports import Stamp
from partage.report.document import Block, Cell, Document, Section

SOURCE = Path(partage.__file__).parent
SQL = re.compile(
    r"\b(SELECT|INSERT INTO|DELETE FROM|UPDATE|PRAGMA|CREATE|ALTER|WHERE|ORDER BY|LIMIT|BEGIN)\b"
)
FILLS_A_QUERY = {  # names of tables and columns, numbers, and tests made of them: the source's own words
    "table_of(name)", "table", "names", "marks", "columns", "', '.join(cells)", "order", "PAGE", "query",
    "limit", "COLUMNS", "pragma", "SCHEMA", "FORMAT", "WRITER", "view_named(view)", "', '.join(names)",
    "', '.join((f':{name}' for name in names))", "', '.join((f'{n} = excluded.{n}' for n in names))",
    "', '.join((':' + name for name in names))", "' ON CONFLICT DO NOTHING' if ignore else ''", "asked",
    "said", "SHOWN", "', '.join(SEARCHED[view])", "int(most)", "int(skip)", "where", "test", "self._came",
}  # fmt: skip
FILLS_A_PATTERN = {  # parts of patterns that the source has, and texts that are escaped beside them
    "_FACT", "_DAY", "part",
}  # fmt: skip
COUNTED = {"part"}
DRAWN = {
    "faces/web/charts.py", "faces/web/maps.py", "faces/web/screens/ahead.py",
    "faces/web/screens/briefs.py", "faces/web/screens/scenarios.py",
}  # fmt: skip
NASTY = (
    "'; DROP TABLE entries; --", '" OR 1=1 --', ":subject", "%s", "\\'; SELECT 1", "x'); DELETE FROM head; --",
    "case/%", "_", "\u02bc; --",
)  # fmt: skip


def trees() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield str(file.relative_to(SOURCE)), ast.parse(file.read_text("utf-8"))


# -- V1.2.4: queries -----------------------------------------------------------------------------


def test_a_query_is_filled_with_the_sources_own_words_alone_and_runs_in_the_store_alone():
    filled: dict[str, str] = {}
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", "")
                runs = name in ("execute", "executemany", "executescript")
                assert not runs or file.startswith("store/"), f"{file}:{node.lineno} runs a query"
                assert name != "executescript", f"{file}:{node.lineno}: nothing can be bound in it"
            if not file.startswith("store/"):
                continue
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
                text = getattr(node.left, "value", None)
                assert not isinstance(text, str), f"{file}:{node.lineno}"
            if isinstance(node, ast.JoinedStr):
                texts = [p.value for p in node.values if isinstance(p, ast.Constant)]
                if SQL.search(" ".join(map(str, texts))):
                    for part in node.values:
                        if isinstance(part, ast.FormattedValue):
                            filled[ast.unparse(part.value)] = f"{file}:{node.lineno}"
    assert len(filled) > 20
    strange = {name: where for name, where in filled.items() if name not in FILLS_A_QUERY}
    assert strange == {}, "bind it; or, if no word of it comes from outside, name it above"
    assert set(filled) >= FILLS_A_QUERY, "named above, and nowhere any more"


def test_what_looks_like_a_query_is_a_value_in_each_database(office: Office):
    """Subjects, keys, roles, rows aside and what is looked for, all of them hostile: each comes back as it is."""
    journal = office.journal
    before = journal.head()[0]
    for number, text in enumerate(NASTY):
        stamp = Stamp(f"2023-02-20T14:00:{number:02}.000000Z", text, text)
        journal.append([Draft("count", text, {"n": text}, text)], {text: 0}, text, stamp=stamp)
        journal.change_aside(f"login/{text}", lambda _, text=text: {"list": text, "said": text})
    for number, text in enumerate(NASTY):
        [entry] = journal.read(subject=text)
        assert (entry.actor, entry.day, entry.body["n"], entry.version) == (text, text, text, 1)
        answered = journal.answered(text)
        assert answered is not None
        assert [one.no for one in answered.entries] == [before + number + 1]
        assert journal.asides(text) == {f"login/{text}": {"list": text, "said": text}}
        assert journal.rows("cases", state=text) == {}
        assert journal.rows("cases", account=text) == {}
        assert journal.secrets(text) == []
        assert journal.find("reference", [text.encode()]) == {}
    assert journal.head()[0] == before + len(NASTY)
    for unknown in NASTY[:2] if journal.url != "memory:" else ():
        with pytest.raises((ValueError, KeyError)):
            journal.rows(unknown)
        with pytest.raises((ValueError, KeyError)):
            journal.rows("cases", **{unknown: "x"})


# -- V1.2.9: patterns ----------------------------------------------------------------------------


def test_a_pattern_is_the_sources_own_and_what_fills_one_is_escaped():
    seen, open_ = 0, []
    for file, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if not (
                isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args
            ):
                continue
            pattern = node.args[0]
            seen += 1
            if isinstance(pattern, ast.Constant) or node.func.attr == "escape":
                continue
            if isinstance(pattern, ast.JoinedStr):
                fills = {
                    ast.unparse(p.value)
                    for p in pattern.values
                    if isinstance(p, ast.FormattedValue)
                }
                assert fills <= FILLS_A_PATTERN, (file, node.lineno)
            else:
                open_.append((file, ast.unparse(pattern)))
    assert seen > 80
    assert sorted(open_) == [
        ("faces/web/voice.py", "''.join(made)"), ("report/french/__init__.py", "pattern"),
    ], "both fill themselves with sentences of files of the package, escaped: tried below"  # fmt: skip
    assert voice._compiled("a {x} (b.*").fullmatch("a 1 (b.*")
    assert not voice._compiled("a {x} (b.*").fullmatch("a 1 (bzz")


def test_the_parts_of_form_names_are_the_sources_own():
    """The one pattern that a name fills: each who calls it gives a word of the source, or of a table in it."""
    given = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).rpartition(".")[2] == "count_of"
            ):
                given.add(ast.unparse(node.args[1]))
    assert given == COUNTED, given


# -- V1.3.10: sentences that are filled ----------------------------------------------------------


def test_a_sentence_is_filled_by_plain_names_and_never_looks_into_what_fills_it():
    """``{0.x}`` and ``{a[b]}`` would read attributes of what is filled in; no sentence of the package does."""
    texts = [
        str(node.value)
        for _, tree in trees() for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" in node.value
    ]  # fmt: skip
    for file in SOURCE.rglob("*.toml"):
        if "packs" not in file.parts:
            texts += [
                text for text in _strings(tomllib.loads(file.read_text("utf-8"))) if "{" in text
            ]
    names = 0
    for text in texts:
        try:
            fields = [field for _, field, _, _ in string.Formatter().parse(text) if field]
        except ValueError:
            continue  # a pattern or a style, no sentence
        names += len(fields)
        if all(re.fullmatch(r"\w+", field) for field in fields):
            continue
        assert not re.search(r"\{\w*(\.\w+|\[\w+\])+(![rsa])?(:[^}]*)?\}", text), text
    assert names > 1_000


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def test_what_fills_a_sentence_is_not_filled_again():
    nasty = "{0.__class__}"
    said, _ = voice.said(f"There is no case {nasty}.", Words("en"), lambda one: one, "UTC")
    assert nasty in said


# -- V1.2.8: papers ------------------------------------------------------------------------------


def test_what_stands_in_a_paper_is_text_to_the_typesetter():
    """Words of Typst in every place of a document: it is drawn, and they are there to be read."""
    nasty = '#read("/etc/hostname") #panic("run") $x$ \\u{41} */ #sys.inputs'
    blocks = (
        Block("para", nasty), Block("note", nasty), Block("list", items=(nasty,)),
        Block("table", nasty, columns=(nasty,), rows=((Cell(nasty, nasty),),)),
    )  # fmt: skip
    made = Document("en", nasty, nasty, (Section(nasty, blocks),), nasty)
    pages = PdfReader(BytesIO(documents.pdf(made, datetime(2023, 2, 20, tzinfo=UTC)))).pages
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    assert '#read("/etc/hostname")' in text.replace("\u201c", '"').replace("\u201d", '"')
    for template in (SOURCE / "faces/pages").glob("*.typ"):
        words_ = template.read_text("utf-8")
        assert not re.search(r"\b(eval|read|plugin|include)\(|#include|#import", words_), (
            template.name
        )


# -- V3.2.2: what a script writes ----------------------------------------------------------------


def test_no_script_of_ours_makes_a_page_of_text():
    files = list((SOURCE / "faces/web/static").glob("*.js"))
    assert len(files) > 1
    for file in files:
        text = file.read_text("utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser",
                     "createContextualFragment", "new Function"):  # fmt: skip
            assert word not in text, (file.name, word)
    unescaped = {
        found
        for file in (SOURCE / "faces/web/templates").rglob("*.html")
        for found in re.findall(r"\{\{[^}]*\| *safe\b", file.read_text("utf-8"))
    }
    assert unescaped == {"{{ square | safe", "{{ one.square | safe"}, "a square is drawn by segno"
    marked = {
        file for file, tree in trees() for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Markup"
    }  # fmt: skip
    assert marked == DRAWN, (
        "drawings: each writes what people typed by way of an escape, or not at all"
    )
