"""Whatever somebody writes is text on every page; a name that means something elsewhere is a name."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from offices import arrivals
from partage.core.errors import Refusal
from partage.faces.web.table import PAGES
from partage.office.permits import PERMITS
from partage.packs.loader import load_pack
from web.asking import Browser, asking
from web.conftest import opener
from web.test_table import VALUES

SIGNS = "<script>alert(7)</script><img src=x onerror=alert(7)>\"'&amp;{{7*7}}{% raw %}${7*7}%0d%0a"
RESERVED = (
    "__proto__",
    "constructor",
    "..",
    "null",
    "sign-in",
    "CON",
)  # names that mean something to others
OURS = re.compile(r"^/static/[0-9a-f]{12}/[\w./-]+\.js$")


class Tags(HTMLParser):
    """What a page would run, and where its text is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "script" and not OURS.match(said.get("src") or ""):
            self.ran.append(f"script {said}")
        self.ran += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.ran += [
            f"{tag} {v}" for _, v in attrs if (v or "").strip().lower().startswith("javascript:")
        ]
        if tag in ("iframe", "object", "embed", "base", "style"):
            self.ran.append(tag)


@pytest.fixture(scope="module")
def written(monday: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An office in which every field that takes a text has one that a page could run."""
    folder = tmp_path_factory.mktemp("stored")
    for file in monday.glob("demo.db*"):
        shutil.copy(file, folder / file.name)
    open_ = opener(folder)
    anna, pia, rosa, adam = (open_(f"{n}:{r}") for n, r in (
        ("anna", "intake"), ("pia", "placement"), ("rosa", "approver"), ("adam", "admin")))  # fmt: skip
    kept: list[str] = []

    def tried(act: Any, *words: Any, **named: Any) -> Any:
        """A field may refuse such a text; it may not keep it as something else."""
        try:
            done = act(*words, **named)
        except Refusal:
            return None
        kept.append(act.__name__)
        return done

    [case] = anna.register(arrivals("stored-1,2,1", entered_at="2023-02-21T12:00:00Z")).data["rows"]
    _, made = pia.propose("redirect-all", seconds=2)
    rosa.approve(made.data["plan"], only=[case])
    tried(pia.offer, case, contact=SIGNS)
    tried(anna.request_review, case, "other", note=SIGNS)
    asked = tried(anna.request_correction, case, "other", note=SIGNS)
    tried(anna.answer, case, "accept", adult=1, language="en", interpreter=SIGNS)
    if asked:
        tried(anna.answer_correction, asked.data["correction"], "refused", note=SIGNS)
    asks = [tried(pia.ask, SIGNS, SIGNS, "transfers", text=SIGNS, source=SIGNS, on=date(2023, 2, 20),
                  id_="A-0000000000")]  # fmt: skip
    asks += [tried(pia.ask, "a", "b", "transfers", text="c", source="d", on=date(2023, 2, 20), id_=name)
             for name in RESERVED]  # fmt: skip
    tried(anna.disclose, case, SIGNS, ["need"], ground="consent", instrument=SIGNS)
    for name in (SIGNS, *RESERVED):
        tried(adam.add_user, f"{name}:intake")
    tried(
        adam.appoint,
        "anna",
        "intake",
        first=date(2023, 2, 1),
        last=date(2023, 3, 1),
        instrument=SIGNS,
    )
    for one in (
        "offer",
        "request_review",
        "request_correction",
        "answer",
        "ask",
        "disclose",
        "add_user",
    ):
        assert one in kept, f"{one} was to keep the text, and refused it: give the field another"
    for office in (anna, pia, rosa, adam):
        office.journal.close()
    return folder, {"case": case, "plan": made.data["plan"], "ask": "A-0000000000"}


def test_what_is_written_anywhere_is_text_on_every_page(written):
    folder, there = written
    shown = seen = 0
    with asking(opener(folder)) as made:
        for page in PAGES:
            if page.method != "GET":
                continue
            where = re.sub(r"\{(\w+)(:\w+)?\}", lambda m: there.get(m[1], VALUES[m[1]]), page.path)
            roles = sorted({p.role for p in PERMITS if p.verb in page.verb.split("|")}) or ["admin"]
            for role in {roles[0], roles[-1], *({"intake", "admin"} & set(roles))}:
                scope = there["case"] if role == "household" else VALUES["site"]
                who = Browser(made, f"x:{role}@{scope}").get(f"/en{where}")
                if "html" not in who.headers["content-type"]:
                    continue
                seen += 1
                assert Tags(who.text).ran == [], (where, role)
                assert "alert(7)</script>" not in who.text, (where, role)
                assert "49" not in re.findall(r"&amp;amp;(.{2})", who.text), (where, role)
                shown += "&lt;script&gt;alert(7)" in who.text
    assert seen > 80
    assert shown > 5, "nothing of it was shown, so nothing was tried"


def test_a_name_that_means_something_elsewhere_is_a_name(written):
    folder, _ = written
    with asking(opener(folder)) as made:
        page = Browser(made, "x:admin").get("/en/users")
        assert page.status == 200
        users = {row["name"] for row in opener(folder)("adam:admin").users()}
        for name in users:
            assert escape(name) in page.text
    pack = load_pack("canada")
    for name in (*RESERVED, SIGNS):
        with pytest.raises(Refusal):
            pack.site(name)
