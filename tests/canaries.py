"""A name that must go nowhere, and an office in the middle of a day to type it into."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from daily import take_in
from everyverb import CASE, PLAN, RUN
from offices import opened
from partage.casework.board import Vehicle
from partage.office.office import Office

# what is about governments, officers and papers is written down as it was said (decisions 3 and 50)
IN_WORDS = {
    ("ask", "by"), ("ask", "to"), ("ask", "what"), ("ask", "text"), ("ask", "text_fr"), ("ask", "source"),
    ("ask", "id_"), ("answer_ask", "said"), ("answer_ask", "said_fr"), ("answer_ask", "source"), ("answer_ask", "promise"), ("keep_ask", "source"),
    ("appoint", "name"), ("appoint", "instrument"), ("appoint", "deputy_for"), ("appoint", "scopes"),
    ("end_appointment", "name"), ("reset_user", "instrument"), ("reset_user", "name"), ("add_user", "who"), ("add_hook", "address"),
    ("link_user", "instrument"), ("vouch", "instrument"), ("look_at_vouched", "name"),
}  # fmt: skip
OPTIONS_IN_WORDS = {"--by", "--to", "--what", "--text", "--source", "--promise", "--name", "--scope",
                    "--instrument", "--deputy-for", "--condition", "--displacement"}  # fmt: skip
ABOUT_PEOPLE = {
    "disclose",
    "exit",
    "count",
    "erase",
}  # where --to, --by and --instrument may not either

LETTERS = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=8, max_size=14)
NAMES = st.tuples(LETTERS, LETTERS).map(lambda two: f"Zq{two[0].lower()} Zq{two[1]}")


def everything_in(folder: Path) -> bytes:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and ".key" not in p.name)
    return b"".join(p.read_bytes() for p in files)


def running(folder: Path) -> tuple[Office, dict[str, str]]:
    """An office in the middle of a day, and ids of what is there."""
    office = opened(f"sqlite:///{folder / 'o.db'}")
    cases = take_in(office, *(f"r{n},1" for n in range(8)))
    pia, rosa = office.acting("pia:placement"), office.acting("rosa:approver")
    _, done = pia.propose("redirect-all")
    plan = done.data["plan"]
    rosa.approve(plan, only=cases[:4])
    site = pia.offer(cases[0]).data["site"]
    pia.answer(cases[0], "accept")
    run = pia.board(site, [Vehicle(50)], "09:00").data["runs"][0]["run"]
    pia.offer(cases[1])
    review = office.acting("anna:intake").request_review(cases[2], "other").data["review"]
    _, later = pia.propose("redirect-all")
    ids = {
        CASE: cases[3], PLAN: later.data["plan"], RUN: run, "V-0000000000": review,
        "answer": cases[1], "answered": cases[0],
    }  # fmt: skip
    return office, ids
