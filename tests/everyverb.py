"""What the office offers: every method and command with its verb, and words to call it with."""

from __future__ import annotations

from offices import DAY, arrivals
from partage.casework.board import Vehicle
from partage.core.situation import Agreement, Origin
from partage.costs import period_of
from partage.office.permits import PERMITS, ROLES

CASE, PLAN, RUN = "H-0000000000", "P-0000000000", "R-00000000"  # none of them exists
SITE, CITY = "ca-on/cornwall/dev-centre", "ca-on/cornwall"
AGREED = Agreement(SITE, DAY, DAY, DAY, 0, None, Origin("a letter"))

# every public method of an office: its verb, what it cannot be done without, and words to call it with
METHODS: dict[str, tuple[str, str, tuple, dict]] = {
    "register": ("register", "case part", (arrivals("a,1"),), {}),
    "headcount": ("register", "persons counted", (3,), {}),
    "close_group": ("register", "case part", ("G-0000000000",), {}),
    "preview": ("register", "case part", (arrivals("a,1"),), {}),
    "side_by_side": ("duplicate", "", (CASE, CASE), {}),
    "duplicate": ("duplicate", "", (CASE, CASE, "same"), {}),
    "correct": ("correct", "", (CASE, {"age_0_4": "1"}), {"why": "birth"}),
    "agree": ("agree", "", (SITE, AGREED), {}),
    "decline_agreement": ("agree", "", (SITE,), {"why": "season"}),
    "agree_as_in_pack": ("agree", "", ("CA-ON",), {}),
    "propose_agreement": ("ask", "", (SITE, AGREED), {}),
    "withdraw": ("withdraw", "", (SITE,), {"why": "other"}),
    "resume": ("withdraw", "", (SITE,), {}),
    "agreement": ("survey", "", (SITE,), {}),
    "update": ("update", "", (SITE,), {}),
    "survey": ("survey", "", (), {}),
    "survey_for": ("survey", "", (None,), {}),
    "survey_site": ("survey", "", (SITE,), {}),
    "watch": ("survey", "", (), {}),
    "cases_in": ("survey", "case codes", ("waiting",), {}),
    "nights": ("survey", "", (DAY,), {}),
    "night": ("survey", "", (DAY,), {}),
    "settle": ("settle", "amounts", ("CA-QC", period_of("2023-02")), {}),
    "overrides": ("survey", "", (), {}),
    "asks": ("survey", "", (), {}),
    "standing": ("survey", "", (), {}),
    "queues": ("survey", "", (), {}),
    "capacity": ("survey", "", (), {}),
    "plans": ("survey", "", (), {}),
    "provenance": ("survey", "", (PLAN,), {}),
    "count": ("count", "", (SITE, 3), {}),
    "propose": ("propose", "", ("redirect-all",), {}),
    "replan": ("propose", "", (PLAN,), {}),
    "propose_one": ("propose", "", ([CASE],), {}),
    "audit": ("propose", "", (PLAN,), {}),
    "draw": ("draw", "", (), {}),
    "approve": ("approve", "", (PLAN,), {}),
    "explain": ("explain", "", (CASE,), {}),
    "flip": ("explain", "", (CASE,), {}),
    "read_plan": ("explain", "reason", (PLAN,), {}),
    "offer_text": ("explain", "", (CASE,), {}),
    "worth": ("worth", "", (PLAN,), {}),
    "forecast": ("forecast", "", (SITE,), {}),
    "adopt": ("adopt", "", ("redirect-all",), {}),
    "place": ("place", "", ({CASE: SITE},), {}),
    "emergency": ("place", "", (CASE, SITE), {"why": "no-roof"}),
    "override": ("override", "", (PLAN, CASE, ""), {"why": "other"}),
    "request_review": ("review", "", (CASE, "other"), {}),
    "answer_review": ("review", "reasons", ("V-0000000000", "upheld"), {"note": "n"}),
    "preview_review": ("review", "reasons", ("V-0000000000",), {}),
    "review_roof": ("review", "reasons", ("U-0000000000", "upheld"), {}),
    "ask": ("ask", "", ("CA-QC", "CA", "costs"), {"text": "t", "source": "s"}),
    "answer_ask": ("ask", "", ("A-0000000000", "yes"), {"source": "s"}),
    "keep_ask": ("ask", "", ("A-0000000000", "yes"), {"source": "s"}),
    "asks_of_pack": ("ask", "", (), {}),
    "offer": ("offer", "", (CASE,), {}),
    "offer_plan": ("offer", "", (PLAN,), {}),
    "answer": ("answer", "", (CASE, "accept"), {}),
    "board": ("board", "", (SITE, [Vehicle(50)], "09:00"), {}),
    "change_manifest": ("board", "", (RUN,), {}),
    "manifest": ("board", "", (RUN,), {}),
    "depart": ("depart", "", (RUN,), {}),
    "arrive": ("arrive", "", (RUN,), {}),
    "arrive_at_fallback": ("arrive", "", (CASE,), {}),
    "arrive_late": ("arrive", "", (CASE, SITE), {}),
    "found": ("arrive", "", (CASE,), {}),
    "exit": ("exit", "", (CASE, "housing"), {}),
    "plan_exit": ("exit", "", (CASE, "housing", DAY), {}),
    "close": ("close", "", (), {}),
    "appoint": ("appoint", "", ("n", "intake"), {"first": DAY, "last": DAY, "instrument": "m"}),
    "end_appointment": ("appoint", "", ("n", "intake"), {}),
    "appointments": ("appoint", "", (), {}),
    "erase": ("erase", "", (CASE,), {}),
    "hold_data": ("erase", "", (CASE, "legal"), {}),
    "due_for_disposal": ("erase", "", (), {}),
    "rekey": ("rekey", "", (), {}),
    "backup": ("backup", "", (), {}),
    "export": ("export", "", (CASE,), {}),
    "disclose": ("disclose", "", (CASE, "CA-ON", ["need"]), {"ground": "law", "instrument": "i"}),
    "verify": ("verify", "", (), {}),
    "verify_chain": ("verify", "", (), {}),
    "grant_token": ("token", "", ("n:intake", DAY), {}),
    "end_token": ("token", "", ("T-0000000000",), {}),
    "tokens": ("token", "", (), {}),
    "brief": ("brief", "", (), {}),
    "trace": ("trace", "", ("ask/A-letter-costs",), {}),
    "add_user": ("user", "", ("n:intake",), {}),
    "end_user": ("user", "", ("n",), {}),
    "reset_user": ("user", "", ("n", "a call"), {}),
    "users": ("user", "", (), {}),
    "sessions_of": ("user", "", ("n",), {}),
    "end_sessions": ("user", "", ("n",), {}),
}  # fmt: skip

# every command: words to call it with; None where it opens no journal
COMMANDS: dict[str, list[str] | None] = {
    "agree": ["CA-ON", "--from-pack"],
    "withdraw": [SITE, "--why", "other"],
    "update": [SITE],
    "register": ["{file}"],
    "duplicate": [CASE, CASE],
    "correct": [CASE, "--set", "age_0_4=1", "--why", "birth"],
    "adopt": ["redirect-all"],
    "survey": [],
    "propose": ["--policy", "redirect-all"],
    "place": [CASE, SITE, "--emergency", "--why", "no-roof"],
    "explain": [CASE],
    "worth": [PLAN],
    "forecast": ["--here", SITE],
    "override": [PLAN, CASE, "none", "--why", "other"],
    "approve": [PLAN],
    "offer": [CASE],
    "answer": [CASE, "accept"],
    "board": [RUN],
    "depart": [RUN],
    "arrive": [RUN],
    "count": [SITE, "3"],
    "exit": [CASE, "--to", "housing"],
    "close": [],
    "review": [CASE, "--ground", "other"],
    "ask": ["--by", "CA-QC", "--to", "CA", "--what", "costs", "--text", "t", "--source", "s"],
    "appoint": ["n", "intake", "--from", "2023-02-20", "--to", "2023-02-21", "--instrument", "m"],
    "export": [CASE],
    "disclose": [CASE, "--to", "CA-ON", "--field", "need", "--ground", "law", "--instrument", "i"],
    "erase": [CASE],
    "rekey": [],
    "backup": ["{new}"],
    "restore": ["{file}"],
    "migrate": [],
    "draw": [],
    "token": ["n:intake", "--until", "2023-02-21"],
    "settle": ["--region", "CA-QC", "--period", "2023-02"],
    "user": ["n:intake"],
    "verify": [],
    "brief": ["--out", "{new}"],
    "trace": ["ask/A-letter-costs"],
    "due": None,
    "compare": None,
    "eligibility": None,
    "simulate": None,
    "certify": None,
    "solve": None,
    "parts": None,
    "demo": None,
    "serve": None,
}


def without(verb: str, fields: str) -> list[str]:
    """The roles that have no row for this."""
    return [
        role
        for role in ROLES
        if not any(
            row.verb == verb
            and row.role == role
            and (not fields or fields in row.fields.split(", "))
            for row in PERMITS
        )
    ]
