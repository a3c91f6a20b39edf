"""The story without JavaScript, in both languages: arrivals, plan, approval, offer, answer, road, arrival."""

from __future__ import annotations

import re

import pytest

from partage.faces.web.words import LANGUAGES
from web.asking import Browser

NUMBERS = {
    "age_0_4": "0",
    "age_5_17": "1",
    "age_18_64": "1",
    "age_65_plus": "0",
    "age_unknown": "0",
}


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, pattern
    return match[0]


def taken_in(anna: Browser, lang: str, reference: str) -> str:
    """One household by checked answers; its case."""
    before = set(re.findall(r"H-[0-9A-Z]{10}", anna.get(f"/{lang}/cases/waiting").text))
    anna.get(f"/{lang}/arrivals/household")
    assert anna.status == 200
    anna.send(
        "/arrivals/check", reference=reference, entered_at="2023-02-21T08:00", guardian="yes",
        entry_point="ca-qc/roxham-road", mode="between-ports", official_language=lang,
        synthetic="yes", **NUMBERS,
    )  # fmt: skip
    assert anna.status == 200
    assert reference in anna.words
    anna.send("/arrivals/household")  # change an answer: what was said is still there
    assert f'value="{reference}"' in anna.text
    anna.send("/arrivals/check", reference=reference, guardian="yes", synthetic="yes",
              entered_at="2023-02-21T08:00", entry_point="ca-qc/roxham-road",
              mode="between-ports", official_language=lang, **NUMBERS)  # fmt: skip
    anna.send("/arrivals/register")
    assert anna.status == 200
    assert 'role="status"' in anna.text
    after = set(re.findall(r"H-[0-9A-Z]{10}", anna.get(f"/{lang}/cases/waiting").text))
    (case,) = after - before
    return case


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_household_from_arrival_to_its_place(lang, browse, open_):
    anna, pia, rosa = browse("anna:intake"), browse("pia:placement"), browse("rosa:approver")
    case = taken_in(anna, lang, "web-1")
    pia.get(f"/{lang}/plans").send("/plans/propose", policy="redirect-all", day="2023-02-21")
    assert pia.status == 200
    plan = found(r"P-[0-9A-Z]{10}", pia.at)
    assert case in pia.text
    assert 'name="line"' not in pia.text  # whoever proposed it does not approve it
    rosa.get(f"/{lang}/plan/{plan}")
    assert f'value="{case}"' in rosa.text
    rosa.get(f"/{lang}/plan/{plan}/approve?line={case}")
    assert 'class="notice warning"' in rosa.text
    rosa.send(f"/plan/{plan}/approve", line=case)
    assert rosa.status == 200
    assert open_("rita:auditor").journal.row("cases", case)["state"] == "approved"  # type: ignore[index]
    pia.get(f"/{lang}/plan/{plan}").send(f"/plan/{plan}/offer", contact="desk 3")
    assert pia.status == 200
    assert case in pia.text
    letter = pia.get(f"/{lang}/case/{case}/letter")
    assert letter.text.count('class="letter"') == 2
    pia.get(f"/{lang}/case/{case}").send(
        f"/case/{case}/answer", outcome="accept", adult="1", language=lang
    )
    row = open_("rita:auditor").journal.row("cases", case)
    assert row is not None
    assert row["state"] == "bound"
    site = row["offer"]["site"]
    pia.get(f"/{lang}/departures/{site}").send(f"/departures/{site}")
    assert pia.status == 200
    lea = browse(f"lea:site@{site}")
    lea.get(f"/{lang}/today")
    assert f"/{lang}/site/{site}" in lea.at
    run = found(r"R-[0-9A-Z]{8,}", lea.text)
    lea.get(f"/{lang}/run/{run}/arrivals").send(f"/run/{run}/arrive")
    assert lea.status == 200
    row = open_("rita:auditor").journal.row("cases", case)
    assert row is not None
    assert (row["state"], row["account"]) == ("hosted", f"hosted@{site}")
    history = anna.get(f"/{lang}/case/{case}").words
    for word in (("registered", "place approved", "accepted", "arrived") if lang == "en" else
                 ("inscrit", "place approuvée", "accepté", "arrivé")):  # fmt: skip
        assert word in history
    assert open_("rita:auditor").verify().clean


def test_a_form_sent_twice_is_done_once(browse, open_):
    lea = browse("lea:site@ca-on/windsor/ircc-hotels").get("/en/site/ca-on/windsor/ircc-hotels")
    fields = next(
        f for a, f in __import__("web.asking").asking.Form(lea.text).forms if a.endswith("/same")
    )
    for _ in range(2):
        lea.post("/en/site/ca-on/windsor/ircc-hotels/same", fields)
        assert lea.status == 200
        assert "fresh as of now" in lea.words
    entries = list(open_("rita:auditor").journal.read(subject="site/ca-on/windsor/ircc-hotels"))
    assert [e.verb for e in entries].count("update") == 1


def test_three_taps_block_places_and_the_board_says_so(browse):
    site = "ca-on/windsor/ircc-hotels"
    lea = browse(f"lea:site@{site}").get(f"/fr/site/{site}")
    lea.send(f"/site/{site}/block", service="room", number="3", why="repairs", last="2023-02-25")
    assert "Ces places sont bloquées" in lea.words
    pia = browse("pia:placement").get("/fr/board?service=room&region=CA-ON")
    row = found(r"(?s)<tr[^>]*>\s*<th scope=\"row\">[^§]*?Windsor.*?</tr>", pia.text).rpartition(
        "<tr"
    )[2]
    assert "réparations" in row
    assert "il y a" in row or "à l’instant" in row
    lea.get(f"/fr/site/{site}").send(
        f"/site/{site}/block", service="room", number="x", why="repairs"
    )
    assert lea.status == 422
    assert "Un nombre entier manque" in lea.words


def test_an_override_shows_who_moves_before_it_is_made_and_another_approves(browse, open_):
    anna, pia, rosa = browse("anna:intake"), browse("pia:placement"), browse("rosa:approver")
    case = taken_in(anna, "en", "web-2")
    pia.get("/en/plans").send("/plans/propose", policy="redirect-all", day="2023-02-21")
    plan = found(r"P-[0-9A-Z]{10}", pia.at)
    sites = open_("pia:placement").survey().allocable
    now = open_("rosa:approver").read_plan(plan)
    here = next(line["site"] for line in now["lines"] if line["case"] == case)
    there = next(
        s for s, free in sites.items() if s != here and s.startswith("ca-on") and free.get("room")
    )
    rosa.get(f"/en/plan/{plan}/override/{case}")
    rosa.send(f"/override/{case}/preview", site=there, why="family", note="sister")
    assert rosa.status == 200
    assert "What follows" in rosa.words
    assert len(open_("rosa:approver").plans()) == 1
    rosa.send(f"/plan/{plan}/override/{case}")
    new = found(r"P-[0-9A-Z]{10}", rosa.at)
    assert new != plan
    assert "You proposed this plan or changed a line of it" in rosa.words
    assert "sister" not in rosa.text
    rosa.get(f"/en/plan/{plan}")
    assert f"/plan/{new}" in rosa.text


def test_a_spreadsheet_is_previewed_before_anybody_is_registered(browse, open_):
    from offices import arrivals

    anna = browse("anna:intake").get("/fr/arrivals")
    data = arrivals("t-1,2", "t-2,0,1") + b"t-3,bad\n"
    anna.send("/arrivals/preview", files={"file": ("a.csv", data, "text/csv")})
    assert anna.status == 200
    assert "Personne n’est encore inscrit" in anna.words
    head = open_("rita:auditor").journal.row("tally", "waiting")
    anna.send("/arrivals/file")
    assert anna.status == 200
    after = open_("rita:auditor").journal.row("tally", "waiting")
    assert head is not None
    assert after is not None
    assert after["households"] == head["households"] + 1  # the other has nobody of 18: an officer's
    for bad in (b"", b"\x00\x01nothing"):
        anna.get("/en/arrivals").send(
            "/arrivals/preview", files={"file": ("a.csv", bad, "text/csv")}
        )
        assert anna.status == 422


def test_a_preview_says_of_each_row_and_column_what_to_do_and_no_other_file_is_taken(browse, open_):
    from offices import arrivals

    anna = browse("anna:intake").get("/en/arrivals")
    data = arrivals("t-1,2", "t-2,1") + arrivals("t-3,x").splitlines(keepends=True)[1]
    anna.send("/arrivals/preview", files={"file": ("a.csv", data, "text/csv")})
    table = found(r"(?s)<tbody>.*?</tbody>", anna.text)
    assert re.search(
        r'data-label="Row">4</td><td data-label="Column"><code>age_18_64</code>', table
    )
    assert "What to do" in anna.words
    before = open_("rita:auditor").journal.row("tally", "waiting")
    other = arrivals("t-9,2")
    anna.send("/arrivals/file", files={"file": ("b.csv", other, "text/csv")})
    assert anna.status == 422
    assert "not the file that was looked at" in anna.words
    assert open_("rita:auditor").journal.row("tally", "waiting") == before


@pytest.mark.parametrize("answer", ["same", "different", "cannot-tell"])
def test_two_cases_that_look_alike_are_seen_side_by_side_and_people_say(answer, browse, open_):
    from offices import arrivals

    anna = browse("anna:intake")
    taken = open_("anna:intake").register(arrivals("twin-1,2,1", "TWIN 1,2,2"))
    kept, other = taken.data["registered"]
    anna.get("/fr/duplicates")
    assert "la même référence, écrite autrement" in anna.words
    address = found(r"/fr/duplicate/H-[0-9A-Z]{10}/H-[0-9A-Z]{10}", anna.text)
    anna.get(f"/fr/duplicate/{kept}/{other}")
    assert anna.status == 200
    assert address.count("H-") == 2
    assert anna.text.count('<tr class="differs">') == 1  # the ages of the children
    assert "Ressemblances" in anna.words
    looks = [e for e in open_("rita:auditor").journal.read() if e.verb == "read"]
    assert looks[-1].body["what"] == "side by side"
    anna.send(f"/duplicate/{kept}/{other}")
    assert anna.status == 422  # nothing was chosen
    anna.get(f"/fr/duplicate/{kept}/{other}").send(f"/duplicate/{kept}/{other}", answer=answer)
    assert anna.status == 200
    rows = open_("rita:auditor").journal.rows("cases")
    closed = (rows[kept]["state"], rows[other]["state"])
    assert closed == ("waiting", "left" if answer == "same" else "waiting")
    assert (f"/duplicate/{min(kept, other)}" in anna.text) == (answer == "cannot-tell")
    assert browse("pia:placement").get("/en/duplicates").status == 403
    assert open_("rita:auditor").verify().clean


def test_a_busload_is_counted_and_a_site_counts_at_its_own_door(browse):
    anna = browse("anna:intake").get("/en/arrivals/busload")
    anna.send(
        "/arrivals/busload",
        persons="12",
        entry_point="ca-qc/roxham-road",
        mode="between-ports",
        synthetic="yes",
    )
    assert "Each of them is in the book" in anna.words
    group = found(r"G-[0-9A-Z]{10}", anna.text)
    anna.get(f"/en/arrivals/group/{group}")
    assert "12 persons are not described yet" in anna.words
    anna.get(f"/en/arrivals/household?group={group}")
    answers = {
        "reference": "bus-1", "entered_at": "2023-02-21T08:00", "guardian": "yes",
        "entry_point": "ca-qc/roxham-road", "mode": "between-ports", "synthetic": "yes", **NUMBERS,
    }  # fmt: skip
    anna.send("/arrivals/check", **answers).send("/arrivals/register")
    assert "10 persons are not described yet" in anna.words
    anna.send(f"/arrivals/group/{group}/close")
    assert "no more details will come" in anna.words
    assert "10 person(s) were counted and never described" in anna.words
    assert anna.get(f"/en/arrivals/group/{group}").status == 404
    site = "ca-on/windsor/ircc-hotels"
    lea = browse(f"lea:site@{site}").get("/fr/arrivals")
    assert "/arrivals/household" not in lea.text
    lea.get("/fr/arrivals/busload").send("/arrivals/busload", persons="2", synthetic="yes")
    assert lea.status == 200


def test_a_policy_stands_once_two_persons_said_the_same(browse):
    pia, rosa = browse("pia:placement"), browse("rosa:approver")
    pia.get("/en/policies").send("/policies/adopt", policy="redirect-all", cut_off="15:00")
    assert "A second person confirms" in pia.words
    pia.send("/policies/adopt", policy="redirect-all", cut_off="15:00")
    assert pia.status == 409
    rosa.get("/fr/policies").send("/policies/adopt", policy="redirect-all", cut_off="15:00")
    assert "Politique permanente : redirect-all".replace(" :", "\u00a0:") in rosa.text


def test_a_household_sees_its_own_case_and_no_other(browse, open_):
    case, other = list(open_("rita:auditor").journal.rows("cases", state="bound"))[:2]
    them = browse(f"them:household@{case}").get(f"/fr/case/{case}")
    assert them.status == 200
    for word in ("Historique", "Pourquoi pas ailleurs", "/plan/P-"):
        assert word not in them.text
    them.get(f"/fr/case/{other}")
    assert them.status == 403
    them.get("/fr/plans")
    assert them.status == 403


def test_refusals_are_pages_in_the_language_with_what_to_do(browse):
    anna = browse("anna:intake")
    assert anna.get("/fr/case/H-0000000000").status == 404
    assert "Cela n’existe pas" in anna.words
    assert anna.get("/fr/cases/nothing").status == 404
    assert anna.get("/en/plan/P-0000000000").status == 404
    assert anna.get("/en/policy/none").status == 404


def test_two_cases_side_by_side_switch_to_themselves_in_the_other_language(browse, open_):
    from offices import arrivals

    taken = open_("anna:intake").register(arrivals("twin-1,2,1", "TWIN 1,2,2"))
    kept, other = taken.data["registered"]
    page = browse("anna:intake").get(f"/en/duplicate/{kept}/{other}")
    assert f'lang="fr" hreflang="fr" href="/fr/duplicate/{kept}/{other}"' in page.text
    assert f"{other} is closed and its people are counted once, in {kept}" in page.words
    assert f"Keep {other} instead" in page.words
