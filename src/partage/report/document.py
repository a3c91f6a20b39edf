"""A document as blocks, whatever it is printed with: one page of HTML here, a PDF by the face's writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Literal

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#1b1b1b;max-width:52rem;margin:1.5rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.2rem 0 .3rem}p,li{margin:.25rem 0}
table{border-collapse:collapse;width:100%;margin:.3rem 0}caption{text-align:left;font-weight:600}
th,td{text-align:left;vertical-align:top;padding:.2rem .5rem .2rem 0;border-bottom:1px solid #bbb}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.ref,.note{color:#4a4a4a;font-size:.82rem;overflow-wrap:anywhere}.kind{color:#4a4a4a}svg{max-width:100%;height:auto}
.plots{display:flex;flex-wrap:wrap;gap:1rem}.plots figure{flex:1 1 14rem;margin:0;max-width:24rem}
figcaption{font-size:.82rem;font-weight:600}
@media print{body{margin:0;max-width:none;font-size:10px}}
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a table; ``ref`` where it is a figure, which is then set as a number."""

    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: a paragraph, a note, a list, a table with its caption, or a drawing with its words."""

    kind: Literal["para", "note", "list", "table", "drawing"]
    text: str = ""
    items: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    svg: str = ""
    lang: str = ""  # of a paragraph that is in another language than its document
    width_mm: int = 58  # of a drawing, on paper


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Title, what kind of paper it is, sections, and a footer that every sheet carries."""

    language: Literal["en", "fr"]
    title: str
    kind: str
    sections: tuple[Section, ...]
    footer: str
    sibling: str = ""  # the file in the other language
    sibling_said: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON, for whoever prints it."""
        return asdict(self)


def to_html(document: Document) -> str:
    """One HTML file; nothing in it is fetched or run."""
    other = "en" if document.language == "fr" else "fr"
    parts = [
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head><body><main>",
        f'<p class="kind">{escape(document.kind)}</p><h1>{escape(document.title)}</h1>',
    ]
    if document.sibling:
        link = f'<a href="{escape(document.sibling)}" lang="{other}" hreflang="{other}">'
        parts.append(f"<p>{link}{escape(document.sibling_said)}</a></p>")
    for section in document.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        drawn = [block for block in section.blocks if block.kind == "drawing"]
        if drawn:
            parts.append('<div class="plots">' + "".join(map(_block, drawn)) + "</div>")
        parts += [_block(block) for block in section.blocks if block.kind != "drawing"]
    parts.append(
        f'</main><footer><p class="note">{escape(document.footer)}</p></footer></body></html>\n'
    )
    return "\n".join(parts)


def _block(block: Block) -> str:
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in block.items) + "</ul>"
    if block.kind == "table":
        return _table(block.text, block.columns, block.rows)
    if block.kind == "drawing":
        return f"<figure><figcaption>{escape(block.text)}</figcaption>{block.svg}</figure>"
    kind = ' class="note"' if block.kind == "note" else ""
    kind += f' lang="{escape(block.lang)}" dir="auto"' if block.lang else ""
    return f"<p{kind}>{escape(block.text)}</p>"


def _table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(_cell(cell, first=n == 0) for n, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    top = f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
    return f"<table>{top}<tbody>{body}</tbody></table>"


def _cell(cell: Cell, *, first: bool) -> str:
    if cell.ref:
        return f'<td class="n" data-ref="{escape(cell.ref)}">{escape(cell.text)}</td>'
    return f'<th scope="row">{escape(cell.text)}</th>' if first else f"<td>{escape(cell.text)}</td>"
