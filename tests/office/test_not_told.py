"""Whoever acts for one place is refused another's case or run in the words for one that is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partage.core.errors import NotFound, NotPermitted, Refusal
from partage.faces.cli.demo_office import demo_office
from partage.office.office import Office
from partage.office.permits import Actor
from web.conftest import opener

NOBODY, NO_RUN, HERE = "H-0000000000", "R-00000000", "ca-on/windsor/ircc-hotels"
Open = Callable[[Actor | str], Office]


@pytest.fixture(scope="module")
def open_(tmp_path_factory: pytest.TempPathFactory) -> Open:
    folder: Path = tmp_path_factory.mktemp("not-told")
    demo_office(f"sqlite:///{folder / 'demo.db'}", None)
    return opener(folder)


def elsewhere(open_: Open, state: str) -> str:
    """A case in that state that is not of the site ``HERE``."""
    rows = open_("rita:auditor").journal.rows("cases", state=state)
    return next(
        case for case, row in rows.items()
        if HERE not in f"{row['account']} {row.get('fallback')}"
    )  # fmt: skip


def said(call: Callable[[], object], name: str) -> tuple[type[Refusal], str]:
    """How a call is refused, the name it was asked about left out."""
    with pytest.raises(Refusal) as refused:
        call()
    return type(refused.value), refused.value.what.replace(name, "…")


def both(
    open_: Open, who: str, there: str, gone: str, how: Callable[[Office, str], object]
) -> None:
    here = [said(lambda one=one: how(open_(who), one), one) for one in (there, gone)]  # type: ignore[misc]
    assert here[0] == here[1]
    assert here[0][0] is NotPermitted


@pytest.mark.parametrize(
    "how",
    [
        lambda office, case: office.exit(case, "other"),
        lambda office, case: office.plan_exit(case, "other", office.clock.now().date()),
        lambda office, case: office.arrive_at_fallback(case),
    ],
    ids=["exit", "plan_exit", "arrive_at_fallback"],
)
@pytest.mark.parametrize("state", ["hosted", "bound", "waiting"])
def test_a_case_of_another_site_is_refused_as_one_that_is_not_there(how, state, open_):
    both(open_, f"lea:site@{HERE}", elsewhere(open_, state), NOBODY, how)


@pytest.mark.parametrize(
    "how",
    [
        lambda office, run: office.manifest(run),
        lambda office, run: office.depart(run, counted=3),
        lambda office, run: office.check_in(run, "AAAA", "aboard"),
        lambda office, run: office.change_manifest(run, add=[NOBODY], remove=[]),
        lambda office, run: office.arrive(run),
    ],
    ids=["manifest", "depart", "check_in", "change", "arrive"],
)
def test_a_run_of_somebody_else_is_refused_as_one_that_is_not_there(how, open_):
    runs = open_("rita:auditor").journal.rows("matters", list="run/arrived")
    run = next(iter(runs)).partition("/")[2]
    both(open_, "eve:escort@R-ZZZZZZZZ", run, NO_RUN, how)


def test_a_household_not_seen_is_asked_about_in_one_way(open_):
    who = f"lea:site@{HERE}"
    case = elsewhere(open_, "waiting")
    assert said(lambda: open_(who).found(case), case) == said(
        lambda: open_(who).found(NOBODY), NOBODY
    )


def test_whoever_acts_for_all_is_told_that_it_is_not_there(open_):
    pia = open_("pia:placement")
    for call in (
        lambda: pia.exit(NOBODY, "other"), lambda: pia.arrive_at_fallback(NOBODY),
        lambda: pia.manifest(NO_RUN), lambda: pia.depart(NO_RUN, counted=1), lambda: pia.arrive(NO_RUN),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            call()
