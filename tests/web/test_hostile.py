"""What goes wrong at a page: bombs and formulas, a file with a remark in every row, ten at once, another's case."""

from __future__ import annotations

import io
import threading
import zipfile

import pytest

from offices import arrivals
from partage.core.findings import Finding
from partage.faces.web import said
from partage.faces.web.screens.arrivals import SHOWN

ENTRIES = "rita:auditor"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


FILES = [
    (bomb(), "an archive, not a workbook", "une archive, pas un classeur"),
    (arrivals("a,1", nationality="=HYPERLINK(1)"), "begins like a formula", "comme une formule"),
]


@pytest.mark.parametrize(("file", "english", "french"), FILES, ids=["bomb", "formula"])
def test_a_bomb_and_a_formula_are_each_a_sentence_in_both_languages(
    file, english, french, browse, open_
):
    before = open_(ENTRIES).journal.head()
    for lang, says in (("en", english), ("fr", french)):
        anna = browse("anna:intake").get(f"/{lang}/arrivals")
        anna.send("/arrivals/preview", files={"file": ("a.xlsx", file)})
        assert anna.status in (200, 422)
        assert says in anna.words
        assert "/arrivals/file" not in anna.text, "it cannot be taken in"
    assert open_(ENTRIES).journal.head() == before


def test_a_remark_in_every_row_is_shown_in_part_and_the_gravest_first(browse, open_):
    names = [f"r{n},0" for n in range(SHOWN + 100)]  # nobody is in any of them
    anna = browse("anna:intake").get("/en/arrivals")
    anna.send("/arrivals/preview", files={"file": ("a.csv", arrivals("good,1", *names))})
    assert anna.text.count('<tr class="fault">') == SHOWN
    assert "The gravest are shown here;" in anna.words


def test_what_one_act_found_is_kept_in_part():
    found = [Finding(f"row {n}", "x", "", "note").as_dict() for n in range(1000)]
    fault = Finding("row 1000", "y", "", "fault").as_dict()
    kept = said.kept("me", said.keep("me", [*found, fault]))
    assert (len(kept), kept[0]) == (said.OF_ONE_ACT, fault)
    assert said.kept("you", said.keep("me", found)) == []


def test_of_ten_who_approve_on_their_pages_at_once_one_does_and_nine_are_told(browse, open_):
    cases = open_("anna:intake").register(arrivals("ten-1,1", "ten-2,1")).data["registered"]
    _, done = open_("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    asked = "&".join(f"line={case}" for case in cases)
    pages = [browse(f"a{n}:approver").get(f"/fr/plan/{plan}/approve?{asked}") for n in range(10)]
    answers: list[int] = []

    def approve(page) -> None:
        page.send(f"/plan/{plan}/approve", line=cases)
        answers.append(page.status)

    threads = [threading.Thread(target=approve, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = [
        e for e in open_(ENTRIES).journal.read(subject=f"plan/{plan}") if e.verb == "approve"
    ]
    assert len(written) == 1
    assert sorted(answers) == [200] + [409] * 9


def test_a_province_learns_nothing_of_anothers_case_by_its_id(browse, open_):
    [case] = open_("anna:intake").register(arrivals("far-1,1")).data["registered"]
    for role in ("luc:region@CA-QC", "lea:site@ca-on/cornwall/dev-centre", "c:city@ca-on/cornwall"):
        for path in ("/fr/case/{}", "/en/case/{}"):
            told = [browse(role).get(path.format(one)) for one in (case, "H-0000000000")]
            assert [page.status for page in told] in ([403, 403], [404, 404]), role
            words = {page.words.replace(case, "X").replace("H-0000000000", "X") for page in told}
            assert len(words) == 1, role
