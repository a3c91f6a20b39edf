"""The states of a case: each transition is a row here, and ``docs/states.md`` is printed from it."""

from __future__ import annotations

from dataclasses import dataclass

from partage.core.errors import WrongState
from partage.core.statement_steps import as_lines


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed transition: what happened, from which states, to which state, and where people are."""

    fact: str  # verb, or verb:outcome
    before: tuple[str, ...]  # "" = no case yet
    after: str
    roof: str  # what it does to the roof people have
    hold: str  # what it does to places held


STATES: dict[str, tuple[str, str]] = {
    "waiting": ("Waiting for a place", "En attente d'une place"),
    "outside-engine": (
        "With an officer, never placed by the engine",
        "Suivi par un agent, jamais par le moteur",
    ),
    "approved": ("A place is approved, not yet offered", "Place approuvée, pas encore offerte"),
    "offered": ("Holds an offer", "A reçu une offre"),
    "bound": ("Accepted, leaving soon", "A accepté, départ prochain"),
    "travelling": ("On the road", "En route"),
    "hosted": ("At a place", "Hébergé"),
    "kept": ("Declined; a fallback place is held", "A refusé; une place de repli est gardée"),
    "unknown": ("Whereabouts unknown (alarm)", "Lieu inconnu (alarme)"),
    "left": ("Has left", "Parti"),
    "counted": ("Counted as a group, details to follow", "Comptées en groupe, détails à venir"),
}

STEPS: tuple[Step, ...] = (
    Step("register", ("",), "waiting", "waiting at the entry point", "none"),
    Step("register:outside-engine", ("",), "outside-engine", "waiting at the entry point", "none"),
    Step("approve", ("waiting",), "approved", "unchanged", "none"),
    Step("approve:moved", ("approved",), "approved", "unchanged", "none"),
    Step("reopen", ("approved",), "waiting", "unchanged", "none"),
    Step(
        "offer", ("approved",), "offered", "unchanged", "the place offered, and the fallback place"
    ),
    Step(
        "offer:withdrawn",
        ("offered", "bound"),
        "waiting",
        "unchanged",
        "all holds end: whoever made the offer took it back",
    ),
    Step(
        "answer:one",
        ("offered",),
        "offered",
        "unchanged",
        "unchanged, until each adult has answered",
    ),
    Step(
        "answer:accept",
        ("offered",),
        "bound",
        "unchanged",
        "the offered place is bound; the fallback stays held",
    ),
    Step(
        "answer:decline",
        ("offered", "bound"),
        "kept",
        "unchanged",
        "the offered place is free again; the fallback stays held",
    ),
    Step(
        "answer:expire",
        ("offered",),
        "kept",
        "unchanged",
        "the offered place is free again; the fallback stays held",
    ),
    Step(
        "answer:again",
        ("kept",),
        "waiting",
        "unchanged",
        "the fallback place is free again; the next plan looks for a place",
    ),
    Step("depart", ("bound",), "travelling", "unchanged until arrival", "unchanged"),
    Step("depart:no-show", ("bound",), "waiting", "unchanged", "all holds end"),
    Step(
        "depart:declined",
        ("bound",),
        "kept",
        "unchanged",
        "the offered place is free again; the fallback stays held",
    ),
    Step(
        "arrive",
        ("travelling",),
        "hosted",
        "at the site",
        "the hold becomes a stay; the fallback ends",
    ),
    Step(
        "arrive:fallback",
        ("kept",),
        "hosted",
        "at the fallback site",
        "the fallback becomes a stay",
    ),
    Step(
        "arrive:seen-at-origin", ("travelling",), "waiting", "the roof they left", "all holds end"
    ),
    Step("arrive:not-seen", ("travelling",), "unknown", "unknown, with an alarm", "all holds end"),
    Step(
        "arrive:elsewhere",
        ("travelling",),
        "hosted",
        "at the site that received them",
        "all holds end; a stay, if there is room",
    ),
    Step("arrive:whole", ("hosted",), "hosted", "unchanged: nobody of it is missing", "unchanged"),
    Step("arrive:whole-waiting", ("waiting",), "waiting", "unchanged", "unchanged"),
    Step("arrive:found", ("unknown",), "waiting", "waiting at the entry point", "none"),
    Step(
        "arrive:late",
        ("unknown",),
        "hosted",
        "at the site where they turned up",
        "a stay, if there is room",
    ),
    Step("correct", ("waiting",), "waiting", "unchanged", "none"),
    Step("correct:approved", ("approved",), "approved", "unchanged", "unchanged"),
    Step("correct:offered", ("offered",), "offered", "unchanged", "unchanged"),
    Step("correct:bound", ("bound",), "bound", "unchanged", "unchanged"),
    Step("correct:kept", ("kept",), "kept", "unchanged", "the fallback, for who they are now"),
    Step("correct:travelling", ("travelling",), "travelling", "unchanged", "unchanged"),
    Step("correct:hosted", ("hosted",), "hosted", "unchanged", "the stay, for who they are now"),
    Step(
        "correct:reopened",
        ("approved", "offered", "bound"),
        "waiting",
        "unchanged",
        "all holds end: their needs changed after the decision",
    ),
    Step(
        "correct:to-officer",
        ("waiting", "approved", "offered", "bound"),
        "outside-engine",
        "unchanged",
        "all holds end",
    ),
    Step("correct:with-officer", ("outside-engine",), "outside-engine", "unchanged", "none"),
    Step("correct:from-officer", ("outside-engine",), "waiting", "unchanged", "none"),
    Step(
        "register:headcount",
        ("",),
        "counted",
        "waiting at the entry point, or at the site where they turned up",
        "none, or a stay of persons, if there is room",
    ),
    Step(
        "register:described",
        ("counted",),
        "counted",
        "those described have cases of their own",
        "none",
    ),
    Step("register:group-closed", ("counted",), "left", "out of the book, with an alarm", "none"),
    Step(
        "review:reopened-hosted",
        ("hosted",),
        "waiting",
        "unchanged",
        "the stay goes on until they arrive elsewhere",
    ),
    Step(
        "review:reopened-kept",
        ("kept",),
        "waiting",
        "unchanged",
        "the fallback place is free again; the next plan looks for a place",
    ),
    *(
        Step(
            f"place:emergency-{state}" if state != "waiting" else "place:emergency",
            (state,),
            after,
            "at the site, for one night",
            "unchanged; a roof they had at another site is free again",
        )
        for state, after in (
            ("waiting", "waiting"),
            ("outside-engine", "outside-engine"),
            ("approved", "approved"),
            ("offered", "offered"),
            ("bound", "bound"),
            ("kept", "kept"),
            ("unknown", "waiting"),
            ("hosted", "waiting"),
        )
    ),
    Step(
        "arrive:walk-in",
        ("waiting",),
        "hosted",
        "at the site where they turned up",
        "a stay, if there is room",
    ),
    Step(
        "arrive:with-officer",
        ("outside-engine",),
        "outside-engine",
        "at the site where an officer brought them",
        "a stay, if there is room",
    ),
    Step("exit:planned", ("hosted",), "hosted", "unchanged until they leave", "unchanged"),
    Step(
        "exit",
        ("waiting", "outside-engine", "approved", "offered", "bound", "kept", "hosted", "unknown"),
        "left",
        "their own; where to is recorded if they say so",
        "all holds end; the stay ends",
    ),
    Step(
        "exit:unknown",
        ("waiting", "outside-engine", "approved", "offered", "bound", "kept", "hosted"),
        "unknown",
        "unknown, with an alarm until they are found or the search is closed",
        "all holds end; the stay ends",
    ),
    Step(
        "exit:search-closed",
        ("unknown",),
        "left",
        "unknown; a person closed the search, with a reason",
        "none",
    ),
    Step(
        "withdraw:reopened",
        ("approved", "offered", "bound"),
        "waiting",
        "unchanged",
        "all holds end: the agreement that the place rested on ended",
    ),
    *(
        Step(
            f"withdraw:fallback-{state}" if state != "offered" else "withdraw:fallback",
            (state,),
            state,
            "unchanged",
            "the fallback place is held elsewhere: the agreement that it rested on ended",
        )
        for state in ("offered", "bound", "kept")
    ),
    Step(
        "review:reopened",
        ("approved", "offered", "bound"),
        "waiting",
        "unchanged",
        "all holds end: a review changed the decision",
    ),
    Step(
        "duplicate:same",
        ("waiting", "outside-engine"),
        "left",
        "counted once, in the case that is kept",
        "none",
    ),
)

_BY_FACT = {step.fact: step for step in STEPS}


def step(fact: str, state: str) -> Step:
    """The transition that fact makes from that state; refused where there is none."""
    row = _BY_FACT[fact]
    if state not in row.before:
        allowed = " or ".join(f"'{name}'" for name in row.before)
        now = f"'{state}' ({STATES[state][0]})" if state in STATES else "not registered"
        raise WrongState(
            f"This case is {now}; '{fact.replace(':', ' ')}' is for a case that is {allowed}. "
            "Nothing was changed.",
            "Look at it with 'partage explain'.",
        )
    return row


def as_markdown() -> str:
    """``docs/states.md``, printed from the rows above."""
    lines = [
        "# States of a case",
        "",
        "Printed from `src/partage/core/steps.py` by `python -m partage.core.steps`; do not edit by hand.",
        "",
        "| state | on screen (EN) | à l'écran (FR) |",
        "|---|---|---|",
        *(f"| `{name}` | {en} | {fr} |" for name, (en, fr) in STATES.items()),
        "",
        "| fact | from | to | the roof people have | places held |",
        "|---|---|---|---|---|",
    ]
    for row in STEPS:
        before = ", ".join(f"`{s}`" for s in row.before if s) or "no case yet"
        lines.append(f"| `{row.fact}` | {before} | `{row.after}` | {row.roof} | {row.hold} |")
    return "\n".join([*lines, *as_lines()]) + "\n"


if __name__ == "__main__":
    print(as_markdown(), end="")
