"""The table: every route with its verb, the call of the office it is, and the permit it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from partage.faces.api import (
    accounts,
    briefs,
    checks,
    costs,
    drafts,
    files,
    hooks,
    law,
    people,
    places,
    plans,
    record,
    requests,
    road,
)

PREFIX = "/v1"
MOST_BYTES = 1_000_000  # of a body
MOST_FILE_BYTES = 50_000_000  # of a body that is a file, as on the command line


@dataclass(frozen=True, slots=True)
class Route:
    """A verb over the network.

    ``permit`` is its verb in the table of permits, two with ``|`` where either may be; "" for what is
    nobody's data (``OPEN``). ``subject`` is what an ETag and If-Match are the version of, ``made`` the
    same for what an act makes.
    """

    verb: str
    method: Literal["GET", "POST"]
    path: str  # below PREFIX
    call: Callable[..., Any]
    permit: str
    subject: str = ""
    made: str = ""
    writes: bool = False
    takes_file: bool = False

    @property
    def name(self) -> str:
        """Its name in the contract."""
        return self.call.__name__.rstrip("_")


def look(verb: str, path: str, call: Callable[..., Any], permit: str, subject: str = "") -> Route:
    """A route that only looks."""
    return Route(verb, "GET", path, call, permit, subject)


def act(
    verb: str, path: str, call: Callable[..., Any], permit: str, subject: str = "", made: str = ""
) -> Route:
    """A route that writes: it takes an Idempotency-Key."""
    return Route(verb, "POST", path, call, permit, subject, made, writes=True)


CASE, PLAN, STATED = "case/{case}", "plan/{plan}", "statement/{statement}"
HOOK = "hook/{hook}"
WRONG = "correction/{correction}"
ROUTES: tuple[Route, ...] = (
    look("agree", "/agree", places.agreements, "survey"),
    act("agree", "/agree/{party:party}", places.agree, "agree", "place/{party}"),
    look("agree", "/agree/{party:party}", places.agreement, "survey", "place/{party}"),
    act("agree", "/agree/propose/{party:party}", places.propose_agreement, "ask", "place/{party}"),
    act("agree", "/agree/decline/{party:party}", places.decline_agreement, "agree", "place/{party}"),
    act("agree", "/agree/as-in-pack/{region}", places.agree_as_in_pack, "agree"),
    act("withdraw", "/withdraw/{what:what}", places.withdraw, "withdraw|answer", "place/{what}"),
    Route("withdraw", "POST", "/withdraw/preview/{party:party}", places.preview_withdrawal, "withdraw"),
    act("withdraw", "/withdraw/resume/{party:party}", places.resume, "withdraw", "place/{party}"),
    act("update", "/update/{site:site}", places.update, "update", "place/{site}"),
    Route("register", "POST", "/register", people.register, "register", writes=True, takes_file=True),
    Route("register", "POST", "/register/preview", people.preview, "register", takes_file=True),
    act("register", "/register/headcount", people.headcount, "register"),
    act("register", "/register/close/{group}", people.close_group, "register", "case/{group}"),
    look("register", "/register/template/{kind}", people.template, "register"),
    look("duplicate", "/duplicate", people.pairs, "duplicate"),
    look("duplicate", "/duplicate/{kept}/{other}", people.side_by_side, "duplicate"),
    act("duplicate", "/duplicate/{kept}/{other}", people.duplicate, "duplicate", "case/{kept}"),
    act("correct", "/correct/{case}", people.correct, "correct", CASE),
    act("adopt", "/adopt", plans.adopt, "adopt"),
    Route("adopt", "POST", "/adopt/preview", plans.preview_policy, "adopt"),
    Route("adopt", "POST", "/adopt/draft", drafts.draft_policy, "adopt"),
    look("survey", "/survey", places.survey, "survey"),
    look("survey", "/survey/cases", places.cases, "survey"),
    look("survey", "/survey/overrides", places.overrides, "survey"),
    look("survey", "/survey/queues", places.queues, "survey"),
    look("survey", "/survey/lately", places.lately, "survey"),
    look("survey", "/survey/capacity", places.capacity, "survey"),
    look("survey", "/survey/capacity/{sheet}", places.capacity_sheet, "survey"),
    look("survey", "/survey/list/{of}/{sheet}", files.list_sheet, "survey"),
    look("survey", "/survey/plans", plans.plans, "survey"),
    look("survey", "/survey/site/{site:site}", places.survey_site, "survey", "place/{site}"),
    look("survey", "/survey/night/{day}", places.nights, "survey"),
    act("propose", "/propose", plans.propose, "propose", made=PLAN),
    act("propose", "/propose/replan/{plan}", plans.replan, "propose", PLAN, PLAN),
    act("propose", "/propose/one", plans.propose_one, "propose", made=PLAN),
    look("propose", "/propose/audit/{plan}", plans.audit, "propose", PLAN),
    act("place", "/place", plans.place, "place", made=PLAN),
    act("place", "/place/emergency/{case}", plans.emergency, "place", CASE),
    look("explain", "/explain/{case}", plans.explain, "explain", CASE),
    look("explain", "/explain/flip/{case}", plans.flip, "explain", CASE),
    look("explain", "/explain/plan/{plan}", plans.read_plan, "explain", PLAN),
    look("explain", "/explain/plan/{plan}/{sheet}", files.plan_sheet, "explain", PLAN),
    look("worth", "/worth/{plan}", plans.worth, "worth", PLAN),
    act("override", "/override/{plan}", plans.override, "override", PLAN, PLAN),
    Route("override", "POST", "/override/preview/{plan}", plans.override_preview, "override", PLAN),
    act("approve", "/approve/{plan}", plans.approve, "approve", PLAN),
    act("offer", "/offer/{plan}", road.offer_plan, "offer", PLAN),
    act("offer", "/offer/case/{case}", road.offer, "offer", CASE),
    look("offer", "/offer/case/{case}", road.offer_text, "explain", CASE),
    look("offer", "/offer/out", requests.offers, "survey"),
    act("offer", "/offer/withdraw/{case}", requests.withdraw_offer, "offer", CASE),
    act("letter", "/letter/{case}", requests.letter, "letter", "letter/{case}"),
    act("letter", "/letter/end/{case}", requests.end_letters, "letter", "letter/{case}"),
    look("letter", "/letter/{case}", requests.letter_text, "letter", CASE),
    look("letter", "/letter/own/{case}", requests.own_case, "explain", CASE),
    act("answer", "/answer/{case}", road.answer, "answer", CASE),
    act("board", "/board/{site:site}", road.board, "board", "place/{site}"),
    look("board", "/board", road.runs, "board"),
    look("board", "/board/run/{run}", road.manifest, "board", "run/{run}"),
    look("board", "/board/run/{run}/{sheet}", road.manifest_paper, "board"),
    look("board", "/board/paper-form", road.paper_form, "board"),
    act("board", "/board/run/{run}", road.change_manifest, "board", "run/{run}"),
    act("board", "/board/mark/{run}", road.check_in, "depart", "run/{run}"),
    act("depart", "/depart/{where:where}", road.depart, "depart"),
    act("arrive", "/arrive/{run}", road.arrive, "arrive", "run/{run}"),
    act("arrive", "/arrive/fallback/{case}", road.arrive_at_fallback, "arrive", CASE),
    act("arrive", "/arrive/found/{case}", road.found, "arrive", CASE),
    act("arrive", "/arrive/late/{case}", road.arrive_late, "arrive", CASE),
    act("count", "/count/{where:spot}", places.count, "count"),
    act("exit", "/exit/{case}", road.exit_, "exit", CASE),
    act("exit", "/exit/plan/{case}", road.plan_exit, "exit", CASE),
    act("close", "/close", record.close, "close"),
    act("review", "/review/case/{case}", record.request_review, "review", CASE),
    look("review", "/review/requests/all", requests.reviews, "review"),
    look("review", "/review/requests/{review}", requests.read_review, "review", "review/{review}"),
    act("review", "/review/correction/{case}", requests.request_correction, "review"),
    look("review", "/review/corrections/all", requests.corrections, "review"),
    look("correct", "/correct/request/{correction}", requests.read_correction, "correct", WRONG),
    act("correct", "/correct/request/{correction}", requests.answer_correction, "correct", WRONG),
    act("review", "/review/{review}", record.answer_review, "review", "review/{review}"),
    look("review", "/review/{review}", record.preview_review, "review", "review/{review}"),
    look("review", "/review/roofs/all", record.all_roofs, "review"),
    act("review", "/review/roof/{roof}", record.review_roof, "review", "roof/{roof}"),
    look("ask", "/ask", record.asks, "survey"),
    act("ask", "/ask", record.ask, "ask", made="ask/{ask}"),
    look("ask", "/ask/{ask}", record.one_ask, "survey", "ask/{ask}"),
    act("ask", "/ask/answer/{ask}", record.answer_ask, "ask", "ask/{ask}"),
    act("ask", "/ask/keep/{ask}", record.keep_ask, "ask", "ask/{ask}"),
    act("ask", "/ask/as-in-pack", record.asks_of_pack, "ask"),
    act("appoint", "/appoint", record.appoint, "appoint"),
    look("appoint", "/appoint", record.appointments, "appoint"),
    Route("appoint", "POST", "/appoint/preview", record.preview_appointment, "appoint"),
    act("appoint", "/appoint/end", record.end_appointment, "appoint"),
    act("archive", "/archive", files.archive, "archive"),
    look("export", "/export/{case}", record.export, "export", CASE),
    look("export", "/export/plan/{plan}", record.provenance, "survey", PLAN),
    act("disclose", "/disclose/{case}", record.disclose, "disclose"),
    look("erase", "/erase", record.disposal, "erase"),
    act("erase", "/erase/{case}", record.erase, "erase"),
    act("erase", "/erase/hold/{case}", record.hold, "erase"),
    act("draw", "/draw", plans.commit_draw, "draw", made="draw/{draw}"),
    act("draw", "/draw/{draw}", plans.hold_draw, "draw", "draw/{draw}"),
    look("settle", "/settle/{region}", costs.settle, "settle"),
    act("settle", "/settle/{region}", costs.prepare_statement, "settle", made=STATED),
    Route("settle", "POST", "/settle/{region}/held", costs.held, "settle"),
    look("settle", "/settle/statements/all", costs.statements, "settle"),
    look("settle", "/settle/statements/{statement}", costs.read_statement, "settle", STATED),
    act("settle", "/settle/statements/{statement}", costs.act_on_statement, "settle", STATED),
    look("verify", "/verify", checks.verify, "verify"),
    look("verify", "/verify/ledger", checks.ledger, "verify"),
    act("verify", "/verify/rebuild", checks.rebuild, "verify"),
    Route("verify", "POST", "/verify/begin", checks.begin_check, "verify"),
    look("verify", "/verify/check", checks.check, "verify"),
    Route("verify", "POST", "/verify/stop", checks.stop_check, "verify"),
    look("brief", "/brief", briefs.brief, "brief"),
    look("trace", "/trace/{ref:path}", briefs.trace, "trace"),
    Route("due", "POST", "/due", plans.due, ""),
    Route("eligibility", "POST", "/eligibility", law.eligibility, ""),
    look("forecast", "/forecast/{party:party}", places.forecast, "forecast"),
    look("parts", "/parts", plans.parts, ""),
    look("token", "/token", record.tokens, "token"),
    act("token", "/token", record.grant_token, "token", made="token/{token}"),
    look("user", "/user", accounts.users, "user"),
    act("user", "/user", accounts.add_user, "user"),
    act("user", "/user/end", accounts.end_user, "user"),
    act("user", "/user/reset", accounts.reset_user, "user"),
    act("user", "/user/link", accounts.link_user, "user"),
    act("user", "/user/unlink", accounts.unlink_user, "user"),
    look("vouch", "/vouch", accounts.locked_out, "vouch"),
    act("vouch", "/vouch", accounts.vouch, "vouch"),
    look("user", "/user/vouched", accounts.vouched, "user"),
    act("user", "/user/vouched/look", accounts.look_at_vouched, "user"),
    look("user", "/user/sessions/{user}", accounts.sessions, "user"),
    act("user", "/user/sessions/end", accounts.end_sessions, "user"),
    look("hook", "/hook", hooks.hooks, "hook"),
    act("hook", "/hook", hooks.add_hook, "hook", made=HOOK),
    act("hook", "/hook/end/{hook}", hooks.end_hook, "hook", HOOK),
    act("hook", "/hook/resume/{hook}", hooks.resume_hook, "hook", HOOK),
    act("hook", "/hook/again/{hook}", hooks.deliver_again, "hook", HOOK),
    act("hook", "/hook/test/{hook}", hooks.test_hook, "hook", HOOK),
    look("hook", "/hook/deliveries/{hook}", hooks.deliveries, "hook"),
    act("token", "/token/end/{token}", record.end_token, "token", "token/{token}"),
)  # fmt: skip

OPEN = {
    "due": "arithmetic on published figures: nobody's data, whoever is signed in",
    "eligibility": "the law applied to facts that are kept nowhere and name nobody, whoever is signed in",
    "parts": "what is on the shelves: nobody's data, whoever is signed in",
}
NOT_HERE = {
    "compare": "minutes of work that writes pages to a folder: on the machine, with no office",
    "simulate": "made-up runs that keep all cores busy: on the machine, with no office",
    "solve": "arrays of up to 2 GB and all cores of the machine: on the machine, with no office",
    "certify": "arrays of up to 2 GB: whoever doubts a plan checks it on a machine of their own",
    "rekey": "a new key file for the vault: whoever does it keeps the file, on the machine that has it",
    "backup": "a file of the whole record: it is written on the machine, never sent",
    "restore": "fills an empty database before there is an office to ask: on the machine",
    "migrate": "changes the tables while nobody works on them: on the machine, the server stopped",
    "serve": "is this server",
    "demo": "makes a journal and files of its own; 'serve --demo' serves it",
}
