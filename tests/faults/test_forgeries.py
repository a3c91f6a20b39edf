"""Somebody who can write the file, and make every seal fit again: what ``verify`` still sees.

Each row of the table is a story that the office would have refused, written into the entries by hand,
with numbers, versions, seals, views and head that fit.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import pytest

from forging import Facts, after, forge, line, read_facts, the
from offices import DAY, arrivals, opened
from partage.compose import open_office
from partage.core.findings import Finding
from partage.core.marks import canonical, mark_of_bytes
from partage.core.situation import Origin

NOW = datetime(2023, 2, 21, 14, 0, tzinfo=UTC)
ASSUMED = Origin(assumption="made up for a test")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day and a night of an office in which everything happens that the table below forges."""
    path = tmp_path_factory.mktemp("told") / "office.db"
    office = opened(f"sqlite:///{path}")
    anna, paul, rosa = (
        office.acting(a) for a in ("anna:intake", "paul:placement", "rosa:approver")
    )
    paul.adopt("redirect-all", "16:00")
    rosa.adopt("redirect-all", "16:00")
    rows = arrivals(*(f"r{n},{1 + n % 3}" for n in range(8)), "kin,2,2")
    cases = anna.register(rows).data["registered"]
    anna.emergency(cases[0], "ca-qc/montreal/ircc-hotels", why="no-roof")
    paul.place({cases[0]: "ca-on/ottawa/ircc-hotels"}, "redirect-all")
    _, done = paul.propose("redirect-all", DAY)
    plan = done.data["plan"]
    rosa.approve(plan)
    for case in office.journal.rows("cases", state="waiting"):
        rosa.approve(plan, only=[case])
    anna.register(arrivals("late,1"))
    paul.offer_plan(plan)
    first, second, third, fourth, *_ = office.journal.rows("cases", state="offered")
    for case in (first, second, third):
        anna.answer(case, "accept")
    anna.answer(fourth, "decline")
    for case in (first, second):
        site = (office.journal.row("cases", case) or {})["offer"]["site"]
        run = paul.depart(site, only=[case]).data["run"]
        if case == first:
            office.acting(f"lea:site@{site}").arrive(run)
            office.acting(f"lea:site@{site}").count(site, 1)
    review = anna.request_review(fourth, "language").data["review"]
    office.acting("olga:approver").answer_review(review, "upheld", note="looked at again")
    office.clock.move_to(NOW)  # type: ignore[attr-defined]
    roof = next(iter(office.journal.rows("matters", list="roof/open"))).partition("/")[2]
    rosa.review_roof(roof, "upheld")
    paul.close(DAY)
    adam = office.acting("adam:admin")
    anna.letter(fourth)
    anna.letter(fourth, adult=1)
    for outcome in ("corrected", "refused"):
        asked = anna.request_correction(fourth, "language", note="we speak Spanish")
        office.acting("ines:intake").answer_correction(
            asked.data["correction"], outcome, note="looked at",
            changes={"interpreter_language": "es"}, why="mistake",
        )  # fmt: skip
    adam.grant_token("pia:analyst", date(2023, 3, 1))
    adam.add_user("pia:analyst")
    adam.appoint(
        "rosa", "approver", first=date(2023, 2, 1), last=date(2023, 3, 1), instrument="letter 1"
    )
    office.journal.close()
    return path


@pytest.fixture
def path(told: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.db"
    shutil.copy(told, copy)
    shutil.copy(f"{told}.key", f"{copy}.key")
    return copy


def found(path: Path, anchor: str | None = None) -> list[Finding]:
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=NOW)
    try:
        return office.verify(anchor=anchor).findings
    finally:
        office.journal.close()


def faults(path: Path, anchor: str | None = None) -> list[str]:
    return [f"{f.where} {f.what}" for f in found(path, anchor) if f.weight == "fault"]


def test_the_story_as_it_happened_is_clean(path):
    assert faults(path) == []
    forge(path, lambda facts: None)
    assert faults(path) == [], "and the forger's hand alone changes nothing"


# -- stories that did not happen: each changes the facts; the words are what verify must say ----


def leaves_before_an_answer(facts: Facts) -> None:
    case = the(facts, "answer:accept", 1)
    facts.remove(case)


def arrives_before_leaving(facts: Facts) -> None:
    facts.remove(next(f for f in facts if f["body"].get("step") == "depart"))


def arrives_where_nothing_was_held(facts: Facts) -> None:
    body = the(facts, "arrive", 1)["body"]
    other = "ca-ns/halifax/shelter" if "halifax" not in body["case"]["account"] else "ca-nb/x/y"
    body["case"] |= {"account": f"hosted@{other}", "stay": {**body["case"]["stay"], "site": other}}
    body["moves"][0]["to"] = f"hosted@{other}"


def hosted_at_two_sites(facts: Facts) -> None:
    body = the(facts, "arrive", 1)["body"]
    body["moves"].append({"from": "outside:entry", "to": "hosted@ca-ns/halifax/x", "persons": 1})


def split_between_two_sites(facts: Facts) -> None:
    whole = next(f for f in facts if f["body"].get("step") == "register" and _persons(f) > 2)
    whole["body"]["moves"][0]["persons"] -= 1
    whole["body"]["moves"].append(
        {"from": "outside:entry", "to": "waiting@ca-qc/lacolle", "persons": 1}
    )


def made_fewer_on_the_way(facts: Facts) -> None:
    body = next(f for f in facts if f["body"].get("step") == "depart")["body"]
    body["case"]["persons"] = 9


def _persons(fact: dict) -> int:
    return int(fact["body"]["case"]["persons"])


def stays_where_it_is_not(facts: Facts) -> None:
    body = the(facts, "arrive", 1)["body"]
    body["case"]["stay"] = None


def waits_with_a_hold(facts: Facts) -> None:
    """A decline whose release never came: the place stays held for nobody."""
    facts.remove(the(facts, "release", 0, idem=the(facts, "answer:decline")["idem"]))


def declines_and_keeps_the_offer(facts: Facts) -> None:
    one = the(facts, "answer:decline")
    del one["body"]["case"]["offer"]
    facts.remove(the(facts, "release", 0, idem=one["idem"]))


def holds_more_than_it_offers(facts: Facts) -> None:
    hold = next(f for f in facts if f["verb"] == "hold" and "offer" in f["body"])
    hold["body"]["place"]["held"]["night"]["person"] += 1


def offers_what_was_not_approved(facts: Facts) -> None:
    body = the(facts, "offer")["body"]
    body["case"]["offer"]["site"] = body["case"]["fallback"]["site"]


def offers_without_time(facts: Facts) -> None:
    one = the(facts, "offer")
    one["body"]["case"]["offer"]["until"] = one["at"]


def offers_without_a_fallback(facts: Facts) -> None:
    one = the(facts, "offer")
    one["body"]["case"]["fallback"] = None


def accepts_too_late(facts: Facts) -> None:
    case = the(facts, "answer:accept")["subject"]
    until = "2023-02-20T14:00:00.000001Z"
    for fact in facts:
        offer = fact["body"].get("case", {}).get("offer")
        if fact["subject"] == case and offer:
            offer["until"] = until
    late = False
    for fact in facts:
        late = late or (fact["subject"] == case and fact["verb"] == "answer")
        if late and fact["at"] < "2023-02-21":
            fact["at"] = "2023-02-20T15:00:00.000000Z"


def offers_where_nothing_is_agreed(facts: Facts) -> None:
    site = the(facts, "offer")["body"]["case"]["offer"]["site"]
    one = the(facts, "agree", subject=f"site/{site}")
    one["body"]["place"]["consents"] = []


def offers_after_the_region_withdrew(facts: Facts) -> None:
    region = the(facts, "agree", subject="region/CA-ON")
    for consent in region["body"]["place"]["consents"]:
        consent["last"] = "2023-02-19"


def offers_in_a_pause(facts: Facts) -> None:
    region = the(facts, "agree", subject="region/CA-ON")
    region["body"]["place"]["pauses"] = [
        {"first": "2023-02-20", "last": "2023-02-22", "why": "staff"}
    ]


def offers_over_its_places(facts: Facts) -> None:
    site = the(facts, "offer")["body"]["case"]["offer"]["site"]
    one = the(facts, "agree", subject=f"site/{site}")
    for row in one["body"]["place"]["capacity"]:
        row["quantity"] = 0


def offers_over_the_regions_cap(facts: Facts) -> None:
    region = the(facts, "agree", subject="region/CA-ON")
    for consent in region["body"]["place"]["consents"]:
        consent["cap"] = 0


def offers_over_the_days_limit(facts: Facts) -> None:
    site = the(facts, "offer")["body"]["case"]["offer"]["site"]
    one = the(facts, "agree", subject=f"site/{site}")
    for consent in one["body"]["place"]["consents"]:
        consent["ramp"] = 0


def a_roof_over_what_is_agreed(facts: Facts) -> None:
    site = the(facts, "place:emergency")["body"]["case"]["stay"]["site"]
    one = the(facts, "agree", subject=f"site/{site}")
    for row in one["body"]["place"]["capacity"]:
        row["quantity"] = 0


def approved_by_the_proposer(facts: Facts) -> None:
    for fact in facts:
        if fact["verb"] == "approve":
            fact["actor"] = "PAUL"


def approved_by_an_intake_officer(facts: Facts) -> None:
    for fact in facts:
        if fact["verb"] == "approve":
            fact["role"] = "intake"


def approves_another_site(facts: Facts) -> None:
    """A household that the plan sends to one place is approved, offered and bound to another."""
    case = line(facts)["subject"]
    mine = [f for f in facts if f["subject"] == case]
    old = the(facts, "offer", subject=case)["body"]["case"]["offer"]["site"]
    new = next(
        s for f in facts if f["verb"] == "agree" and f["subject"].startswith("site/ca-on")
        and (s := f["subject"].partition("/")[2]) != old
    )  # fmt: skip
    for fact in mine:
        text = orjson.dumps(fact["body"]).replace(old.encode(), new.encode())
        fact["body"] = orjson.loads(text)


def approves_who_has_no_line(facts: Facts) -> None:
    [*_, late] = [f for f in facts if f["body"].get("step") == "register"]
    body = dict(line(facts)["body"])
    after(facts, late, body, verb="approve", actor="rosa", role="approver")


def approves_a_plan_shown_as_if(facts: Facts) -> None:
    plan = line(facts)["body"]["case"]["approved"]["plan"]
    the(facts, "propose", subject=f"plan/{plan}")["body"]["as_if"] = True


def approves_after_an_override(facts: Facts) -> None:
    plan = "plan/" + line(facts)["body"]["case"]["approved"]["plan"]
    one = the(facts, "propose", subject=plan)
    matter = {"state": "overridden", "by": "P-OTHER", "why": "wish", "moved": 1}
    after(facts, one, {"by": "P-OTHER", "case_id": "", "why": "wish", "moved": 1, "matter": matter},
          subject=plan, verb="override", actor="olga", role="placement")  # fmt: skip


def adopts_alone(facts: Facts) -> None:
    the(facts, "adopt", 1)["actor"] = "paul"


def adopts_what_nobody_proposed(facts: Facts) -> None:
    facts.remove(the(facts, "adopt", 0))


def reviews_its_own_roof(facts: Facts) -> None:
    next(f for f in facts if f["verb"] == "review" and f["subject"].startswith("roof/"))[
        "actor"] = "Anna"  # fmt: skip


def reviews_its_own_decision(facts: Facts) -> None:
    [*_, last] = [f for f in facts if f["subject"].startswith("review/")]
    last["actor"] = "rosa"


def appointed_by_a_site_clerk(facts: Facts) -> None:
    for fact in facts:
        if fact["verb"] == "appoint":
            fact["role"] = "site"


def appointed_under_another_name(facts: Facts) -> None:
    one = next(f for f in facts if f["subject"].startswith("appointment/"))
    one["subject"] = "appointment/approver/paul"


def acts_without_an_appointment(facts: Facts) -> None:
    one = next(f for f in facts if f["subject"] == "role/approver")
    facts.remove(one)
    first = next(n for n, f in enumerate(facts) if f["verb"] == "approve")
    facts.insert(first, {**one, "at": facts[first]["at"]})


def nights_of_nobody(facts: Facts) -> None:
    the(facts, "close")["body"]["nights"]["hosted@ca-ns/halifax/nowhere"] = 40


def nights_left_out(facts: Facts) -> None:
    body = the(facts, "close")["body"]
    account = next(a for a in body["nights"] if a.startswith("hosted@"))
    del body["nights"][account]
    body["ends"] = {at: [a for a in names if a != account] for at, names in body["ends"].items()}


def nights_at_another_hour(facts: Facts) -> None:
    body = the(facts, "close")["body"]
    body["ends"] = {at.replace("T09", "T05"): names for at, names in body["ends"].items()}


def closed_before_it_is_over(facts: Facts) -> None:
    for fact in facts:
        if fact["at"] >= "2023-02-21":
            fact["at"] = "2023-02-21T01:00:00.000000Z"


def closes_on_a_false_anchor(facts: Facts) -> None:
    the(facts, "close")["body"]["anchor"] = "sha256:" + "7" * 64


def closed_twice(facts: Facts) -> None:
    one = the(facts, "close")
    after(facts, one, one["body"])


def moves_of_nobody(facts: Facts) -> None:
    one = the(facts, "count")
    one["body"]["moves"] = [
        {"from": "outside:entry", "to": "waiting@ca-qc/roxham-road", "persons": 5}
    ]


def a_case_in_another_subject(facts: Facts) -> None:
    [*_, one] = [f for f in facts if f["body"].get("step") == "register"]
    one["subject"] = one["subject"].replace("case/", "group/")


def sent_across_by_a_correction(facts: Facts) -> None:
    one = the(facts, "answer:accept")
    case = one["subject"].partition("/")[2]
    after(facts, one, {
        "step": "correct:bound", "why": "mistake",
        "case": {"state": "bound", "account": "waiting@ca-on/windsor"},
        "moves": [{"from": "waiting@ca-qc/roxham-road", "to": "waiting@ca-on/windsor", "persons": 9}],
    }, subject=f"case/{case}", verb="correct", role="intake")  # fmt: skip


def a_repeated_act_of_another(facts: Facts) -> None:
    """A later entry under the key of an earlier act: whoever repeats that act is told a lie."""
    one = the(facts, "count")
    one["idem"] = the(facts, "close")["idem"]


def acts_of_two_hands(facts: Facts) -> None:
    one = next(f for f in facts if f["body"].get("step") == "offer")
    held = next(f for f in facts if f["idem"] == one["idem"] and f["verb"] == "hold")
    held["actor"] = "nobody"


def of(facts: Facts, kind: str, number: int = 0) -> dict:
    return [f for f in facts if f["subject"].startswith(f"{kind}/")][number]


def matter(kind: str, number: int = 0, **now: object) -> Callable[[Facts], None]:
    """One entry about a matter says something else of it."""

    def change(facts: Facts) -> None:
        of(facts, kind, number)["body"]["matter"] |= now

    return change


def corrected_in_word_alone(facts: Facts) -> None:
    one = of(facts, "correction", 1)
    facts[:] = [f for f in facts if f["idem"] != one["idem"] or f is one]


def refused_without_a_word(facts: Facts) -> None:
    of(facts, "correction", 3)["body"].pop("vault")


def a_letter_for_longer(facts: Facts) -> None:
    until = of(facts, "letter")["body"]["matter"]["until"]
    until["1"] = "2023-12-31"


def a_letter_given_twice(facts: Facts) -> None:
    first, second = (
        of(facts, "letter", 0)["body"]["matter"],
        of(facts, "letter", 1)["body"]["matter"],
    )
    second["codes"] = {"1": first["codes"]["1"]}


def a_letter_to_nobody(facts: Facts) -> None:
    one = of(facts, "letter")
    after(facts, one, {"matter": {"state": "given", "case": "H-0000000000", "codes": {"1": "L-1"},
          "until": {"1": "2023-03-23"}}}, subject="letter/H-0000000000", verb="letter")  # fmt: skip


def an_access_given_back(facts: Facts) -> None:
    one = of(facts, "token")
    after(facts, one, {"matter": {"state": "active", "scope": "all"}})


def a_role_of_ones_own(facts: Facts) -> None:
    of(facts, "user")["actor"] = "PIA"


def vouches(facts: Facts, actor: str, **said: object) -> None:
    row = {"state": "open", "name": "pia", "by": "rosa", "why": "phone-lost", "instrument": "a call",
           "at": "", "until": "", "seen_by": ""} | said  # fmt: skip
    after(facts, of(facts, "user"), {"matter": row}, subject="vouched/pia", verb="vouch",
          actor=actor, role="approver")  # fmt: skip


def vouches_for_oneself(facts: Facts) -> None:
    vouches(facts, "pia", by="pia")


def looks_at_its_own_word(facts: Facts) -> None:
    vouches(facts, "rosa")
    one = of(facts, "vouched")
    after(facts, one, {"matter": {"state": "seen", "seen_by": "rosa"}}, subject="vouched/pia",
          verb="user", actor="rosa", role="admin", idem="forged:2")  # fmt: skip


MATTERS: tuple[tuple[Callable[[Facts], None], str], ...] = (
    (a_letter_for_longer, "lets a letter count for other than 30 days"),
    (a_letter_given_twice, "gives a letter under the id of another"),
    (a_letter_to_nobody, "gives a letter to a household that is not received"),
    (matter("letter", 1, state="ended"), "ends letters of which none counts, or ends them by half"),
    (matter("correction", about="colour"), "is no request for a correction"),
    (matter("correction", case="H-0000000000"), "asks for a correction of a household that is not"),
    (matter("correction", answer_by="2024-01-01"), "another time than 10 days to be answered"),
    (matter("correction", 1, about="ages"), "changes what was asked for in a correction"),
    (matter("correction", 1, late=True), "answered on another day, or in time"),
    (matter("correction", 1, state="gone"), "answers a correction that is open, or with no outcome"),
    (corrected_in_word_alone, "says corrected, and nothing was corrected"),
    (refused_without_a_word, "answers a correction without a word of why"),
    (matter("review", answer_by="2024-01-01"), "gives a review another time than 10 days"),
    (matter("review", 1, state="open"), "answers a review that is open, or with no outcome"),
    (matter("token", until="2033-01-01"), "gives an access for longer than 366 days"),
    (an_access_given_back, "changes an access that was given"),
    (a_role_of_ones_own, "gives its own actor a role"),
    (vouches_for_oneself, "vouches for its own actor"),
    (looks_at_its_own_word, "looks at a colleague's word in which its own actor had a part"),
)  # fmt: skip


def test_what_is_said_falsely_of_letters_requests_and_accesses_is_named_by_its_entry(path):
    whole = path.read_bytes()
    for change, says in MATTERS:
        path.write_bytes(whole)
        forge(path, change)
        said = faults(path)
        assert any(re.match(rf"entry \d+ .*{says}", one) for one in said), (says, said)


def test_answers_of_before_entries_sealed_them_are_counted_as_such(path):
    """A journal begun by an older version: the answers are there, and no entry says their mark."""

    def older(facts: Facts) -> None:
        for fact in facts[:40]:
            fact["body"].pop("answer_mark", None)

    forge(path, older)
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=NOW)
    report = office.verify()
    office.journal.close()
    assert report.clean
    assert report.checked["answers whose words no entry seals"] > 1


FORGERIES: tuple[tuple[Callable[[Facts], None], str], ...] = (
    (leaves_before_an_answer, "first bad entry: 'depart' does not lead from 'offered'"),
    (arrives_before_leaving, "first bad entry: 'arrive' does not lead from 'bound'"),
    (arrives_where_nothing_was_held, "first bad entry: 'arrive' is for ca-.*, the offer was for"),
    (hosted_at_two_sites, "first bad entry: its moves change hosted@ca-ns.*whole"),
    (split_between_two_sites, "first bad entry: its moves change waiting@.*whole"),
    (made_fewer_on_the_way, "first bad entry: 'depart' makes 9 of . persons: nobody is split"),
    (stays_where_it_is_not, "first bad entry: it is at hosted@.* and stays at no site"),
    (waits_with_a_hold, "leaves ca-.* with . person held too many"),
    (declines_and_keeps_the_offer, "first bad entry: it is 'kept' and still a place offered"),
    (holds_more_than_it_offers, "leaves ca-.* with 1 person held too many"),
    (offers_what_was_not_approved, "first bad entry: 'offer' is for .*, the approved was for"),
    (offers_without_time, "first bad entry: the time to answer was over"),
    (offers_without_a_fallback, "first bad entry: it is 'offered' and no fallback place"),
    (accepts_too_late, "first bad entry: it accepts an offer that lapsed"),
    (offers_where_nothing_is_agreed, "takes places at .* and no agreement of ca-.* covers"),
    (offers_after_the_region_withdrew, "takes places at .* and no agreement of CA-ON covers"),
    (offers_in_a_pause, "takes places at .* when CA-ON takes nobody new"),
    (offers_over_its_places, "takes places at .* beyond what was agreed .* person, 0 agreed"),
    (offers_over_the_regions_cap, "takes places at .* beyond the cap of CA-ON"),
    (offers_over_the_days_limit, "takes places at .* beyond the limit of ca-"),
    (a_roof_over_what_is_agreed, "takes places at ca-qc/montreal.* beyond what was agreed"),
    (approved_by_the_proposer, "approves what its own actor proposed"),
    (approved_by_an_intake_officer, "is written by the role 'intake', which may not approve"),
    (approves_another_site, "approves ca-on.* for H-.*; the plan has ca-"),
    (approves_who_has_no_line, "approves ca-.* for H-.*; the plan has no place"),
    (approves_a_plan_shown_as_if, "the lines of this plan say as_if False, the entry True"),
    (approves_after_an_override, "approves a plan that was overridden by P-OTHER"),
    (adopts_alone, "confirms the standing policy that its own actor proposed"),
    (adopts_what_nobody_proposed, "confirms a standing policy that nobody proposed"),
    (reviews_its_own_roof, "looks again at a roof that its own actor gave"),
    (reviews_its_own_decision, "answers a review of what its own actor decided"),
    (appointed_by_a_site_clerk, "is written by the role 'site', which may not appoint"),
    (appointed_under_another_name, "appoints rosa as approver under approver/paul"),
    (acts_without_an_appointment, "its actor is not appointed as approver"),
    (nights_of_nobody, "counts 40 persons at hosted@ca-ns.*no end of the day"),
    (nights_left_out, "leaves out hosted@ca-"),
    (nights_at_another_hour, "lets the day of .* end at 2023-02-21T05"),
    (closed_before_it_is_over, "closes a day that is over at 2023-02-21T09"),
    (closes_on_a_false_anchor, "names an end of the chain that is the seal of no entry"),
    (closed_twice, "closes 2023-02-20 a second time"),
    (moves_of_nobody, "first bad entry: it moves persons of no household"),
    (a_case_in_another_subject, "first bad entry: it changes a household and is about"),
    (sent_across_by_a_correction, "first bad entry: 'correct' puts the household from"),
    (a_repeated_act_of_another, "an act of its own under the key of another"),
    (acts_of_two_hands, "its act was begun by another hand"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "says"), FORGERIES, ids=lambda x: getattr(x, "__name__", ""))
def test_a_story_that_did_not_happen_is_seen_though_every_seal_fits(path, change, says):
    forge(path, change)
    said = faults(path)
    assert said, "verify is blind to it"
    assert re.match("entry [0-9]+ ", said[0]), f"the first fault names its entry: {said}"
    assert re.search(says, said[0]), said


@pytest.mark.parametrize(
    ("verb", "about"),
    [("adopt", "standing/policy"), ("review", "roof/")],
)
def test_a_deputys_hand_is_seen_where_a_second_persons_was(path, verb, about):
    """Somebody writes another hand on an act of two persons: of whom was made the deputy of the first."""

    def by_a_deputy(facts):
        named = [f for f in facts if f["subject"].startswith(about)]
        first, second = named[0], next(f for f in named[1:] if f["verb"] == verb)
        deputy = {
            "state": "active", "name": "carl", "role": second["role"], "first": "2023-02-01",
            "last": "2023-03-01", "hours": "", "zone": "America/Montreal", "scopes": [],
            "deputy_for": first["actor"], "instrument": "letter 2",
        }  # fmt: skip
        named_in = the(facts, "open")
        facts.insert(
            1,
            named_in | {
                "verb": "appoint", "subject": f"appointment/{second['role']}/carl", "actor": "adam",
                "role": "admin", "idem": "appoint:carl", "body": {"matter": deputy},
            },
        )  # fmt: skip
        second["actor"] = "carl"

    forge(path, by_a_deputy)
    assert any("its own actor" in one for one in faults(path))


def test_lines_exchanged_in_the_document_of_a_plan_are_seen_in_its_arrays(path):
    """Two households change places in the lines, and in every entry that speaks of them."""
    plan = line(read_facts(path))["body"]["case"]["approved"]["plan"]
    mark = the(read_facts(path), "propose", subject=f"plan/{plan}")["body"]["document"]
    document = orjson.loads(blob(path, mark))
    placed = [one for one in document["lines"] if one["site"]]
    one = placed[0]
    other = next(x for x in placed if x["site"] != one["site"])
    for name in ("site", "region"):
        one[name], other[name] = other[name], one[name]
    data = canonical(document)

    def change(facts: Facts) -> None:
        for fact in facts:
            text = orjson.dumps(fact["body"]).replace(mark.encode(), mark_of_bytes(data).encode())
            fact["body"] = orjson.loads(text)

    forge(path, change, data)
    said = faults(path)
    assert re.match(r"entry \d+ the line of H-.* is not what the arrays of this plan say", said[0])


def blob(path: Path, mark: str) -> bytes:
    plain = sqlite3.connect(path)
    [[data]] = plain.execute("SELECT data FROM blobs WHERE mark = ?", (mark,))
    plain.close()
    return bytes(data)


@pytest.mark.parametrize("name", ["document", "instance", "solution"])
def test_a_blob_of_a_plan_changed_by_one_byte_is_named_by_the_entry_of_its_plan(path, name):
    proposal = the(read_facts(path), "propose")
    mark = proposal["body"][name]
    data = bytearray(blob(path, mark))
    data[len(data) // 2] ^= 1
    plain = sqlite3.connect(path)
    plain.execute("UPDATE blobs SET data = ? WHERE mark = ?", (bytes(data), mark))
    plain.commit()
    plain.close()
    said = [f for f in faults(path) if not f.startswith("vault")]
    assert said == [f"entry {proposal['no']} the {name} of this plan is missing or changed"]


def test_what_rests_on_a_false_entry_is_said_though_the_chain_goes_on(path):
    forge(path, approved_by_the_proposer)
    first = next(f for f in found(path) if f.weight == "fault")
    rests = next(f for f in found(path) if f.where == f"after {first.where}")
    assert re.match(r"\d later entries are about plan/P-.* and rest on it", rests.what)


def test_only_an_anchor_tells_a_story_that_could_have_happened(path):
    """An hour, an outside count, a cut end: nothing inside the file can contradict them."""

    def another_hour(facts: Facts) -> None:
        for fact in facts:
            fact["at"] = fact["at"].replace("T14:00", "T13:59")

    def another_count(facts: Facts) -> None:
        the(facts, "count")["body"]["reported"] = 2018

    def cut(facts: Facts) -> None:
        del facts[-2:]

    [*_, last] = read_facts(path)
    whole = path.read_bytes()
    for change in (another_hour, another_count, cut):
        path.write_bytes(whole)
        forge(path, change)
        assert faults(path) == [], change.__name__
        [said] = faults(path, anchor=last["seal"])
        assert "is not the seal of any entry: the journal was rewritten" in said


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE entries SET no = -5 WHERE no = 3", "journal file has an entry -5 outside the chain"),
        ("INSERT INTO entries SELECT -1, at, day, verb, 'eve', role, 'x/y', 1, body, 'k', prev, 'z' "
         "FROM entries WHERE no = 9", "journal file has an entry -1 outside the chain"),
        ("UPDATE head SET no = no - 1, seal = (SELECT prev FROM entries ORDER BY no DESC LIMIT 1)",
         "stands after the end that was acknowledged"),
        ("CREATE TRIGGER lie AFTER INSERT ON book BEGIN DELETE FROM answers; END",
         "journal file has a trigger 'lie' that is not its own"),
        ("CREATE VIEW shown AS SELECT 1", "journal file has a view 'shown' that is not its own"),
        ("DROP INDEX entries_idem", "journal file lacks its index 'entries_idem'"),
        ("DROP INDEX vault_reference", "journal file lacks its index 'vault_reference'"),
        ("INSERT INTO answers VALUES ('offer:once', '{}')", "keeps 1 answer(s) under keys of no act"),
        ("UPDATE vault SET blind = id WHERE kind = 'reference'", "is not what the chain committed"),
        ("UPDATE vault SET sealed = (SELECT sealed FROM vault o WHERE o.kind = vault.kind "
         "AND o.id <> vault.id) WHERE kind = 'profile'", "is not what the chain committed"),
        ("UPDATE keys SET wrapped = (SELECT wrapped FROM keys o WHERE o.subject <> keys.subject)",
         "is not what the chain committed"),
    ],
)  # fmt: skip
def test_what_stands_in_the_file_beside_the_chain_is_seen(path, statement, says):
    plain = sqlite3.connect(path)
    plain.execute(statement)
    plain.commit()
    plain.close()
    said = faults(path)
    assert any(says in one for one in said), said


def test_an_entry_beyond_the_end_is_seen_by_the_seals_alone(path):
    plain = sqlite3.connect(path)
    plain.execute(
        "UPDATE head SET no = no - 1, seal = (SELECT prev FROM entries ORDER BY no DESC LIMIT 1)"
    )
    plain.commit()
    plain.close()
    office = open_office(f"sqlite:///{path}", "rita:auditor", at=NOW)
    [fault] = office.verify_chain().findings
    office.journal.close()
    assert "outside the chain" in fault.what


@pytest.mark.parametrize(
    "disguise", [{"corrected": True}, {"verb": "release"}, {"verb": "leave"}, {"empty": True}]
)
def test_places_given_under_another_name_are_still_places_given(path, disguise):
    def change(facts: Facts) -> None:
        offers_over_its_places(facts)
        hold = next(f for f in facts if f["verb"] == "hold" and "offer" in f["body"])
        hold["verb"] = disguise.get("verb", "hold")
        hold["body"] |= {"corrected": True} if disguise.get("corrected") else {}
        hold["body"]["place"] |= {"occupied": {}} if disguise.get("empty") else {}

    forge(path, change)
    assert "beyond what was agreed" in faults(path)[0]
