"""Letters, requests and accesses: what one entry says of one of them, held against what stood before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from partage.casework.correction import ABOUT
from partage.casework.correction import OUTCOMES as CORRECTED
from partage.casework.letter import DAYS
from partage.casework.review import DAYS_TO_ANSWER, GROUND
from partage.casework.review import OUTCOMES as REVIEWED
from partage.casework.token import MOST_DAYS
from partage.core.names import same_person
from partage.ledger.facts import Entry
from partage.ledger.views import MemoryRows

Say = Callable[[str, str, str], None]  # which entry, what is wrong with it, what to do
Row = Mapping[str, Any]
REQUESTS = {  # what may be asked, how long an answer takes, what it may be, by which verb it is written
    "review": ("ground", GROUND, DAYS_TO_ANSWER, REVIEWED, "review"),
    "correction": ("about", ABOUT, DAYS_TO_ANSWER, CORRECTED, "correct"),
}
ASKED = ("case", "ground", "about", "asked_on", "answer_by", "by", "adult", "was", "plan")


class MattersCheck:
    """Reads entries after the check of their chain and before they are folded."""

    def __init__(self, rows: MemoryRows, say: Say) -> None:
        self._rows, self._say = rows, say
        self._letters: set[str] = set()  # every id that a letter ever had
        self._corrected: tuple[str, str] = ("", "")  # the last act that corrected a household
        self._checks: dict[str, Callable[[Entry, Row, Row], str]] = {
            "letter": self._letter,
            "review": self._request,
            "correction": self._request,
            "token": _token,
            "user": _user,
            "vouched": _vouched,
        }

    def note(self, entry: Entry) -> None:
        """What is wrong with what an entry says of a letter, a request, an access or an account."""
        if entry.verb == "correct" and "case" in entry.body:
            self._corrected = entry.idem, entry.subject
        check = self._checks.get(entry.subject.partition("/")[0])
        now = entry.body.get("matter")
        if check is None or now is None:
            return
        what = check(entry, self._rows.get("matters", entry.subject) or {}, now)
        if what:
            self._say(f"entry {entry.no}", what, "ask the office")

    def _letter(self, entry: Entry, before: Row, now: Row) -> str:
        """A letter is given to an adult of a household that is received, under an id that no letter had,
        for so many days; the others of that household stay as they were."""
        case = entry.subject.partition("/")[2]
        if now.get("state") == "ended":
            good = before.get("state") == "given" and not now.get("codes")
            return "" if good else "ends letters of which none counts, or ends them by half"
        row = self._rows.get("cases", case)
        if row is None or row["state"] == "left" or now.get("case") != case:
            return "gives a letter to a household that is not received"
        counts = before.get("state") == "given"
        kept, ends = (before.get(n, {}) if counts else {} for n in ("codes", "until"))
        codes, until = now.get("codes", {}), now.get("until", {})
        fresh = {one: id_ for one, id_ in codes.items() if kept.get(one) != id_}
        if not fresh or len({*fresh.values()}) < len(fresh) or {*fresh.values()} & self._letters:
            return "gives a letter under the id of another"
        self._letters |= {*fresh.values()}
        due = (date.fromisoformat(entry.day) + timedelta(days=DAYS)).isoformat()
        wanted = {one: due if one in fresh else ends.get(one) for one in codes}
        if until != wanted or not {*kept} <= {*codes}:
            return f"lets a letter count for other than {DAYS} days, or changes another adult's"
        return ""

    def _request(self, entry: Entry, before: Row, now: Row) -> str:
        """A request is asked once of a household there is, has its clock, and is answered once."""
        kind = entry.subject.partition("/")[0]
        what, allowed, days, outcomes, verb = REQUESTS[kind]
        if not before:
            due = (date.fromisoformat(entry.day) + timedelta(days=days)).isoformat()
            row = self._rows.get("cases", str(now.get("case")))
            if entry.verb != "review" or now.get("state") != "open" or now.get(what) not in allowed:
                return f"is no request for a {kind}"
            if row is None or (kind == "correction" and row["state"] == "left"):
                return f"asks for a {kind} of a household that is not received"
            if (now.get("asked_on"), now.get("answer_by")) != (entry.day, due):
                return f"gives a {kind} another time than {days} days to be answered"
            return ""
        if before.get("state") != "open" or entry.verb != verb or now.get("state") not in outcomes:
            return f"answers a {kind} that is {before.get('state')}, or with no outcome"
        if any(now.get(name, before.get(name)) != before.get(name) for name in ASKED):
            return f"changes what was asked for in a {kind}"
        late = entry.day > str(before.get("answer_by"))
        if (now.get("answered_on"), now.get("late")) != (entry.day, late):
            return (
                f"says of a {kind} that it was answered on another day, or in time when it was not"
            )
        return self._outcome(entry, kind, before, now)

    def _outcome(self, entry: Entry, kind: str, before: Row, now: Row) -> str:
        """A refusal says why, in the vault; what is corrected was corrected in the same act."""
        said = bool(entry.body.get("vault"))
        mine = entry.idem, f"case/{before.get('case')}"
        if kind == "correction" and now["state"] == "corrected":
            return "" if self._corrected == mine else "says corrected, and nothing was corrected"
        return "" if said else f"answers a {kind} without a word of why"


def _token(entry: Entry, before: Row, now: Row) -> str:
    """An access ends within a year, is given once, and ends once."""
    if not before:
        last = (date.fromisoformat(entry.day) + timedelta(days=MOST_DAYS)).isoformat()
        good = now.get("state") == "active" and entry.day <= str(now.get("until")) <= last
        return "" if good else f"gives an access for longer than {MOST_DAYS} days"
    ended = {"state": "ended", "ended": entry.day, "salt": "", "hash": ""}
    good = before.get("state") == "active" and now == ended
    return "" if good else "changes an access that was given, other than to end it"


def _user(entry: Entry, before: Row, now: Row) -> str:
    """Nobody gives themselves a role beside admin."""
    if same_person(str(now.get("name", before.get("name")))) != same_person(entry.actor):
        return ""
    had = before.get("posts", ()) if before.get("state") == "active" else ()
    mine = [post for post in now.get("posts", ()) if post not in had and post["role"] != "admin"]
    return "gives its own actor a role" if mine else ""


def _vouched(entry: Entry, before: Row, now: Row) -> str:
    """Nobody vouches for themselves, and whoever had a part in it does not look at it."""
    actor = same_person(entry.actor)
    if entry.verb == "vouch":
        who, by = (same_person(str(now.get(name, ""))) for name in ("name", "by"))
        good = who != actor and by == actor and before.get("state") != "open"
        return "" if good else "vouches for its own actor, in another's name, or twice"
    parts = {same_person(str(before.get(name, ""))) for name in ("name", "by")}
    good = before.get("state") == "open" and actor not in parts
    return "" if good else "looks at a colleague's word in which its own actor had a part"
