"""What the API answers: keys, versions, pages, languages, limits; and never anything about people."""

from __future__ import annotations

import logging
import threading

import pytest

from offices import arrivals
from partage.faces.api.problems import Moved, language_of
from partage.faces.api.routes import MOST_BYTES, MOST_FILE_BYTES
from partage.faces.api.versions import Matched
from partage.ledger.facts import Draft
from partage.office.permits import Actor
from partage.office.ports import Stamp
from partage.packs.loader import load_pack
from partage.store.memory import MemoryJournal

STAMP = Stamp("2023-02-20T14:00:00.000000Z", "x", "site")


def registered(ask, *rows: str, **columns: str) -> list[str]:  # type: ignore[no-untyped-def]
    answer = ask("POST", "/register", data=arrivals(*rows, **columns), who="anna:intake")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["registered"]


@pytest.fixture
def offered(ask) -> list[str]:  # type: ignore[no-untyped-def]
    """Cases with an offer."""
    cases = registered(ask, "a,1", "b,1")
    made = ask("POST", "/propose", {"policy": "redirect-all"}, who="paul:placement").json()
    plan = made["data"]["plan"]
    assert set(made["marks"]) == {"document", "instance", "solution"}
    assert ask("POST", f"/approve/{plan}", {}, who="rosa:approver").status_code == 200
    assert ask("POST", f"/offer/{plan}", {}, who="paul:placement").status_code == 200
    return cases


def test_a_key_repeated_gives_the_first_answer_to_the_same_person_for_the_same_case(ask, offered):
    one, other = offered
    first = ask("POST", f"/answer/{one}", {"outcome": "accept"}, who="anna:intake", key="k")
    again = ask("POST", f"/answer/{one}", {"outcome": "accept"}, who="anna:intake", key="k")
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json()["data"] == {**first.json()["data"], "answered_before": True}
    also = ask("POST", f"/answer/{other}", {"outcome": "decline"}, who="anna:intake", key="k")
    assert also.json()["data"]["case"] == other, "a key used for two cases does both"
    stranger = ask("POST", f"/answer/{one}", {"outcome": "accept"}, who="bo:intake", key="k")
    assert stranger.status_code == 409, "nobody gets another's answer by its key"


def test_a_key_with_another_request_is_refused_and_not_answered_with_the_first(ask, offered):
    one = offered[0]
    yes, no = {"outcome": "accept"}, {"outcome": "decline"}
    first = ask("POST", f"/answer/{one}", yes, who="anna:intake", key="k")
    other = ask("POST", f"/answer/{one}", no, who="anna:intake", key="k")
    assert (other.status_code, other.json()["kind"]) == (422, "KeyUsed")
    again = ask("POST", f"/answer/{one}", yes, who="anna:intake", key="k")
    assert again.json()["data"] == {**first.json()["data"], "answered_before": True}
    registered(ask, "x,1")
    sent = {"who": "anna:intake", "key": "file"}
    assert ask("POST", "/register", data=arrivals("y,1"), **sent).status_code == 200
    assert ask("POST", "/register", data=arrivals("z,1"), **sent).status_code == 422
    known = ask("GET", f"/export/{one}", who="anna:intake")
    assert "request" not in known.json()["data"]
    for code in ("ON", "CA-ON"):  # acts with keys of their own are not in the way
        who = "c:region@CA-ON"
        assert ask("POST", f"/agree/as-in-pack/{code}", who=who, key="k").status_code == 200


def test_an_act_without_a_key_is_400_and_does_nothing(ask, offered):
    answer = ask.client.post(
        f"/v1/answer/{offered[0]}", json={"outcome": "accept"}, headers={"x-who": "anna:intake"}
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["where"] == "header/Idempotency-Key"
    known = ask("GET", f"/explain/{offered[0]}", who="anna:intake").json()["data"]
    assert known["state"] == "offered"


def test_an_act_on_an_older_version_is_412_and_says_what_changed(ask):
    [case] = registered(ask, "a,1")
    read = ask("GET", f"/explain/{case}", who="anna:intake")
    assert read.headers["etag"] == '"1"'
    change = {"changes": {"age_18_64": "2"}, "why": "joined"}
    moved = ask("POST", f"/correct/{case}", change, who="bo:intake", match='"1"')
    assert (moved.status_code, moved.headers["etag"]) == (200, '"2"')
    late = ask("POST", f"/correct/{case}", change, who="anna:intake", match='"1"', key="late")
    assert late.status_code == 412
    assert [(c["version"], c["verb"], c["role"]) for c in late.json()["changed"]] == [
        (2, "correct", "intake")
    ]
    assert "bo" not in late.json()["changed"][0].values()
    for version, good in ((2, '"2"'), (3, "*")):
        other = {"changes": {"age_18_64": str(version + 1)}, "why": "mistake"}
        answer = ask("POST", f"/correct/{case}", other, who="anna:intake", match=good)
        assert (answer.status_code, answer.headers["etag"]) == (200, f'"{version + 1}"')
    weak = ask("POST", f"/correct/{case}", change, who="anna:intake", match='W/"4"')
    assert weak.status_code == 412, "a weak tag is never good enough"
    off = ask("POST", f"/correct/{case}", change, who="anna:intake", match="three")
    assert off.status_code == 400


def test_a_key_answered_before_is_answered_again_whatever_moved_since(ask):
    [case] = registered(ask, "a,1")
    change = {"changes": {"age_18_64": "2"}, "why": "joined"}
    first = ask("POST", f"/correct/{case}", change, who="anna:intake", match='"1"', key="k")
    again = ask("POST", f"/correct/{case}", change, who="anna:intake", match='"1"', key="k")
    assert (first.status_code, again.status_code) == (200, 200)


def test_what_cannot_be_done_because_it_moved_is_412(ask, offered):
    case = offered[0]
    etag = ask("GET", f"/explain/{case}", who="anna:intake").headers["etag"]
    ask("POST", f"/answer/{case}", {"outcome": "decline"}, who="anna:intake")
    late = ask("POST", f"/answer/{case}", {"outcome": "accept"}, who="anna:intake", match=etag)
    assert late.status_code == 412
    assert [c["verb"] for c in late.json()["changed"]] == ["answer"]


def test_who_may_not_see_a_case_learns_nothing_of_it_by_a_version(ask, offered):
    one, other = offered
    them = f"them:household@{other}"
    denied = ask("POST", f"/answer/{one}", {"outcome": "accept"}, who=them, match='"1"')
    assert denied.status_code == 403
    assert "changed" not in denied.json()
    off = {"outcome": "perhaps"}
    assert "changed" not in ask("POST", f"/answer/{one}", off, who=them, match='"1"').json()


def test_of_two_at_once_on_one_version_one_acts(ask):
    [case] = registered(ask, "a,1")
    statuses = []

    def correct(number: int) -> None:
        change = {"changes": {"age_18_64": str(number)}, "why": "joined"}
        answer = ask("POST", f"/correct/{case}", change, who=f"p{number}:intake", match='"1"')
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=correct, args=(n,)) for n in range(2, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 412, 412, 412, 412, 412]


def test_places_and_plans_have_versions(ask):
    party = "ca-on%2Fwindsor%2Fircc-hotels"
    read = ask("GET", f"/agree/{party}", who="anna:intake")
    assert read.json()["data"]["party"] == "ca-on/windsor/ircc-hotels"
    etag, clerk = read.headers["etag"], "lea:site@ca-on/windsor/ircc-hotels"
    assert ask("POST", f"/update/{party}", {}, who=clerk, match=etag).status_code == 200
    assert ask("POST", f"/update/{party}", {}, who=clerk, match=etag).status_code == 412
    assert ask("GET", "/agree/ON", who="anna:intake").json()["data"]["party"] == "CA-ON"
    registered(ask, "a,1")
    made = ask("POST", "/propose", {"policy": "redirect-all"}, who="paul:placement")
    plan, etag = made.json()["data"]["plan"], made.headers["etag"]
    assert ask("GET", f"/worth/{plan}", who="rosa:approver").headers["etag"] == etag
    rosa = {"who": "rosa:approver", "match": etag}
    assert ask("POST", f"/approve/{plan}", {}, **rosa).status_code == 200
    assert ask("POST", f"/approve/{plan}", {}, **rosa).status_code == 412


def test_a_list_comes_in_pages_and_a_row_added_meanwhile_moves_none(ask):
    cases = set(registered(ask, *(f"r{n},1" for n in range(7))))
    path, seen = "/survey/cases?state=waiting&limit=3", []
    while path:
        answer = ask("GET", path, who="anna:intake")
        rows = [row["case"] for row in answer.json()["data"]]
        assert len(rows) <= 3
        seen += rows
        path = answer.headers["link"].split(">")[0][1:] if "next" in answer.json() else ""
        registered(ask, f"late{len(seen)},1")
    assert len(seen) == len(set(seen))
    assert set(seen) >= cases
    for off in ("xx", "bm90", "W10", "W1td"):
        refused = ask("GET", f"/survey/cases?state=waiting&cursor={off}", who="anna:intake")
        assert refused.status_code in (200, 422)
    assert ask("GET", "/survey/cases?state=waiting&cursor=%2B", who="a:intake").status_code == 422


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"), ("fr", "fr"), ("fr-CA,fr;q=0.9,en;q=0.8", "fr"), ("en,fr;q=0.9", "en"),
        ("de, fr;q=0.4", "fr"), ("*", "en"), ("fr;q=0", "en"), ("fr;q=zwei", "en"), ("x" * 9999, "en"),
    ],
)  # fmt: skip
def test_the_title_is_in_the_language_asked_for(accept, language, ask):
    assert language_of(accept) == language
    titles = {"en": "This is not yours to do", "fr": "Cela ne vous appartient pas"}
    answer = ask("GET", "/verify", who="anna:intake", headers={"Accept-Language": accept})
    assert answer.json()["title"] == titles[language]
    assert answer.headers["content-language"] == language


def test_an_explanation_is_in_the_language_asked_for(ask):
    [case] = registered(ask, "a,1")
    said = ask("GET", f"/explain/{case}", who="a:intake", headers={"Accept-Language": "fr"})
    assert "aucun plan" in said.json()["data"]["text"]
    said = ask("GET", f"/explain/{case}?lang=en", who="a:intake", headers={"Accept-Language": "fr"})
    assert "no plan" in said.json()["data"]["text"]


def chunks(size: int):  # type: ignore[no-untyped-def]
    sent = 0
    while sent <= size:
        chunks.sent = sent  # type: ignore[attr-defined]
        yield b"x" * 100_000
        sent += 100_000


@pytest.mark.parametrize(
    ("path", "who", "most"),
    [("/register", "anna:intake", MOST_FILE_BYTES), ("/adopt", "paul:placement", MOST_BYTES)],
)
def test_a_body_that_is_too_large_is_refused(path, who, most, ask):
    claimed = ask("POST", path, data=b"x" * (most + 1), who=who)
    assert claimed.status_code == 413
    streamed = ask(
        "POST", path, data=chunks(most), who=who, headers={"content-type": "application/json"}
    )
    assert streamed.status_code == 413
    assert streamed.headers["connection"] == "close"


def test_nothing_about_people_is_in_a_refusal_or_in_the_log(ask, caplog, monkeypatch):
    name = "Aminata Diallo"
    [case] = registered(ask, "a,1")
    caplog.set_level(logging.DEBUG, logger="partage.api")
    body = {"changes": {name: name}, "why": "other", name: name}
    refused = ask("POST", f"/correct/{case}", body, who="anna:intake")
    assert refused.status_code == 422
    assert name not in refused.text
    off = ask("POST", f"/correct/{case}", data=f'{{"{name}'.encode(), who="anna:intake",
              headers={"content-type": "application/json"})  # fmt: skip
    assert off.status_code == 400
    assert name not in off.text

    def broken(*_: object, **__: object) -> None:
        raise ValueError(name)

    monkeypatch.setattr("partage.office.office.Office.correct", broken)
    body = {"changes": {"age_0_4": "1"}, "why": "birth"}
    failed = ask("POST", f"/correct/{case}", body, who="anna:intake")
    assert failed.status_code == 500
    assert name not in failed.text
    assert name not in caplog.text
    assert "fault ValueError at broken" in caplog.text
    assert case not in caplog.text, "the log has the template of the address, not the address"
    assert "POST /v1/correct/{case} 422" in caplog.text


def test_every_list_that_grows_comes_in_pages(ask):
    ask(
        "POST",
        "/register",
        data=arrivals("M-0001,1", "m 0001,1", "K9,1", "k-9,1"),
        who="anna:intake",
    )
    for path, who in (
        ("/agree", "paul:placement"),
        ("/duplicate", "anna:intake"),
        ("/review/roofs/all", "rosa:approver"),
        ("/settle/statements/all", "fred:finance"),
    ):
        whole = ask("GET", path, who=who).json()["data"]
        rows, cursor = [], ""
        for _ in range(len(whole) + 1):
            said = ask("GET", f"{path}?limit=1&cursor={cursor}", who=who).json()
            rows += said["data"]
            cursor = said.get("next", "")
            if not cursor:
                break
        assert rows == whole, path
    assert len(ask("GET", "/duplicate", who="anna:intake").json()["data"]) == 2


@pytest.mark.parametrize(
    ("method", "path", "word"),
    [("POST", "/register?preview=true", "preview"), ("GET", "/survey/queues?Maria=1", "")],
)
def test_a_word_of_the_query_that_nothing_reads_is_refused_and_nothing_is_done(
    method, path, word, ask
):
    before = len(ask.entries())
    kind = {"data": arrivals("a,1")} if method == "POST" else {}
    refused = ask(method, path, who="anna:intake", headers={"accept-language": "fr"}, **kind)
    assert refused.status_code == 422
    assert "ne lit rien" in refused.json()["detail"]
    assert word in refused.json()["detail"]
    assert "Maria" not in refused.text
    assert len(ask.entries()) == before


def test_a_body_without_its_type_is_refused_with_what_to_send(ask):
    answer = ask("POST", "/adopt", data=b'{"policy": "redirect-all"}', who="paul:placement")
    assert answer.status_code == 422
    assert "Content-Type: application/json" in answer.json()["errors"][0]["what"]


def test_text_that_is_no_unicode_is_refused(ask):
    [case] = registered(ask, "a,1")
    body = '{"changes": {"skills": "\\ud800"}, "why": "other"}'
    answer = ask("POST", f"/correct/{case}", data=body, who="anna:intake",
                 headers={"content-type": "application/json"})  # fmt: skip
    assert answer.status_code == 422


def test_the_front_page_is_bilingual_and_asks_for_nothing(ask):
    page = ask.client.get("/")
    assert page.status_code == 200
    assert 'lang="en"' in page.text
    assert 'lang="fr"' in page.text
    assert "/openapi.json" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert ask.client.get("/health").json() == {"ok": True}
    assert ask.client.get("/docs").status_code == 404
    assert ask.client.get("/v1/nothing", headers={"x-who": "a:intake"}).status_code == 404
    assert ask.client.get("/v1/nothing").status_code == 401
    wrong = ask.client.delete("/v1/survey", headers={"x-who": "a:intake"})
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET")
    both = ask.client.delete("/v1/token", headers={"x-who": "a:intake"})
    assert (both.status_code, both.headers["allow"]) == (405, "GET, POST")


def test_a_run_without_a_manifest_refuses_a_change_of_it_in_a_sentence(ask, offered):
    """Found by schemathesis: it was a KeyError."""
    case = offered[0]
    ask("POST", f"/answer/{case}", {"outcome": "accept"}, who="anna:intake")
    site = ask("GET", "/survey/cases?state=bound", who="anna:intake").json()["data"][0]["site"]
    run = ask("POST", f"/depart/{site}", {}, who="paul:placement").json()["data"]["run"]
    late = ask("POST", f"/board/run/{run}", {"remove": [case]}, who="paul:placement")
    assert late.status_code == 409
    assert "has left" in late.json()["detail"]


def test_who_moves_the_subject_between_the_look_and_the_act_is_seen_by_the_store():
    """Also where the act itself expects nothing of that subject."""

    class Racing(MemoryJournal):
        def version(self, subject: str) -> int:
            found = super().version(subject)
            if found == 0:
                self.append([Draft("x", subject, {}, "2023-02-20")], {}, "first", stamp=STAMP)
            return found

    journal = Racing()
    matched = Matched(journal, "site/s", '"0"')
    with pytest.raises(Moved) as moved:
        matched.append([Draft("x", "run/r", {}, "2023-02-20")], {}, "late", stamp=STAMP)
    assert [change["version"] for change in moved.value.changed] == [1]
    assert journal.head()[0] == 1


def test_a_check_that_nobody_waits_for_is_told_kept_and_stopped_only_while_it_goes_on(ask):
    assert ask("POST", "/verify/begin", {"how": "whole"}, who="anna:intake").status_code == 403
    begun = ask("POST", "/verify/begin", {"how": "whole"}, who="rita:auditor").json()["data"]
    assert begun["check"]["how"] == "whole"
    office = ask.open(Actor.parse("rita:auditor"))
    assert office.check_begun().ended.wait(120)
    head = office.journal.head()
    office.journal.close()
    told = ask("GET", "/verify/check", who="rita:auditor").json()
    assert not told["data"]["check"]["goes_on"]
    assert told["data"]["last"]["clean"]
    assert (told["data"]["last"]["entries"], told["marks"]["head"]) == head
    stopped = ask("POST", "/verify/stop", who="rita:auditor").json()["data"]
    assert not stopped["check"]["stopped"]
    assert stopped["last"] == told["data"]["last"]


def test_a_draft_of_a_policy_is_told_in_sentences_and_set_beside_the_one_in_force(ask):
    text = load_pack("canada").policy("redirect-all").text.replace("nights = 30", "nights = 14")
    told = ask("POST", "/adopt/draft", {"draft": text}, who="pia:placement").json()["data"]
    assert told["beside"] == {"policy": "redirect-all", "version": "1.1.0", "why": "in-force"}
    assert told["differs"] == [{"key": "horizon.nights", "before": "30", "after": "14"}]
    assert {"says": "A place must be free for 14 night(s).", "own_words": ""} in told["sentences"]
    french = {"Accept-Language": "fr-CA"}
    told = ask("POST", "/adopt/draft", {"draft": text}, who="pia:placement", headers=french).json()
    assert "Une place doit être libre 14 nuit(s)." in str(told["data"]["sentences"])
    assert ask("POST", "/adopt/draft", {"draft": "[x]"}, who="pia:placement").status_code == 422
    assert ask("POST", "/adopt/draft", {"draft": text}, who="mia:region@CA-ON").status_code == 403
