"""The whole story by command line and over the network: the same numbers, to the last finding."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from api.asking import Asking
from cli.commands import AT, Terminal
from offices import REGIONS, arrivals
from partage.compose import open_office
from partage.core.units import parse_instant
from partage.faces.api.app import create_app
from partage.packs.loader import load_pack

SEED = "the same lots and ids on both sides"
SEAL = re.compile(
    r"sha256:[0-9a-f]{64}"
)  # a seal covers the key of the act, which is each side's own
SAME = ("verb", "ok", "data", "findings", "marks", "assumptions")


class Both:
    """Says the same on the terminal and over the network, on two offices, and compares the answers."""

    def __init__(self, terminal: Terminal, ask: Asking) -> None:
        self.terminal, self.ask = terminal, ask
        self.compared: list[str] = []

    def __call__(
        self,
        words: list[str],
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str,
        data: Any = None,
    ) -> Any:
        there = self.ask(method, path, body, who=who, data=data)
        here = self.terminal(*words, who=who)
        said, told = there.json(), here.json
        if here.code:
            assert said["kind"] == told["error"]["kind"]
            assert (said["detail"], said["do"]) == (told["error"]["what"], told["error"]["do"])
            return said
        assert there.status_code == 200, said
        for part in SAME:
            assert plain(said[part]) == plain(told[part]), words
        self.compared.append(said["verb"])
        return said["data"]


def plain(part: Any) -> str:
    return SEAL.sub("a seal", json.dumps(part, sort_keys=True))


@pytest.fixture
def both(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    monkeypatch.setenv("PARTAGE_SEED", SEED)
    pack, at, url = load_pack("canada"), parse_instant(AT), f"sqlite:///{tmp_path / 'api.db'}"

    def open_(actor: Any, create: bool = False) -> Any:
        return open_office(url, actor, pack=pack, at=at, seed=SEED, create=create)

    first = REGIONS[0]
    terminal("agree", first, "--from-pack", who=f"c:region@{first}")
    office = open_(f"c:region@{first}", create=True)
    office.agree_as_in_pack(first)
    office.journal.close()
    return Both(terminal, Asking(create_app(open_, who=Asking.who), open_))


def test_from_the_road_to_a_verified_record_on_both_sides(both: Both):
    for code in REGIONS[1:]:
        both(
            ["agree", code, "--from-pack"],
            "POST",
            f"/agree/as-in-pack/{code}",
            who=f"c:region@{code}",
        )
    file = arrivals(*(f"r{n},{1 + n % 2}" for n in range(6)), "alone,0,1")
    name = both.terminal.file(file)
    anna, paul, rosa = "anna:intake", "paul:placement", "rosa:approver"
    both(["register", name, "--preview"], "POST", "/register/preview", data=file, who=anna)
    both(["register", name], "POST", "/register", data=file, who=anna)
    both(["survey"], "GET", "/survey", who=anna)
    both(["survey", "--state", "waiting"], "GET", "/survey/cases?state=waiting", who=anna)
    both(["propose"], "POST", "/propose", {}, who=paul)  # refused alike: no policy stands
    made = both(
        ["propose", "--policy", "redirect-all"],
        "POST",
        "/propose",
        {"policy": "redirect-all"},
        who=paul,
    )
    plan = made["plan"]
    both.ask("GET", f"/propose/audit/{plan}", who=paul)  # the terminal has shown it, and logged it
    both(["worth", plan], "GET", f"/worth/{plan}?lang=en", who=rosa)
    both(["approve", plan], "POST", f"/approve/{plan}", {}, who="paul:approver")  # refused alike
    both(["approve", plan], "POST", f"/approve/{plan}", {}, who=rosa)
    offers = both(["offer", plan], "POST", f"/offer/{plan}", {}, who=paul)["offers"]
    declined, *accepted = [offer["case"] for offer in offers]
    both(["explain", declined, "--lang", "fr"], "GET", f"/explain/{declined}?lang=fr", who=anna)
    both(["explain", declined, "--flip"], "GET", f"/explain/flip/{declined}?lang=en", who=anna)
    both(["offer", declined, "--text"], "GET", f"/offer/case/{declined}", who=anna)
    both(
        ["answer", declined, "decline"],
        "POST",
        f"/answer/{declined}",
        {"outcome": "decline"},
        who=anna,
    )
    for case in accepted:
        both(["answer", case, "accept"], "POST", f"/answer/{case}", {"outcome": "accept"}, who=anna)
    both(["arrive", declined, "--fallback"], "POST", f"/arrive/fallback/{declined}", who=paul)
    for site in sorted({offer["site"] for offer in offers if offer["case"] != declined}):
        clerk = f"lea:site@{site}"
        leaves = "2023-02-20T18:00:00Z"
        board = {"vehicles": ["50:6:2"], "leaves": leaves}
        runs = both(
            ["board", site, "--vehicle", "50:6:2", "--leaves", leaves],
            "POST",
            f"/board/{site}",
            board,
            who=paul,
        )["runs"]
        for run in (run["run"] for run in runs):
            both.ask(
                "GET", f"/board/run/{run}", who=paul
            )  # the terminal has shown it, and logged it
            both(["board", run], "GET", f"/board/run/{run}", who=paul)
            left = both(["depart", run], "POST", f"/depart/{run}", {}, who=paul)
            there = both(["arrive", run], "POST", f"/arrive/{run}", {}, who=clerk)
            assert there["persons"] == left["persons"]
        both(
            ["count", site, "1", "--by", "night-desk"],
            "POST",
            f"/count/{site}",
            {"persons": 1, "by": "night-desk"},
            who=clerk,
        )
    both(
        ["review", accepted[0], "--ground", "family"],
        "POST",
        f"/review/case/{accepted[0]}",
        {"ground": "family"},
        who=anna,
    )
    both(["export", accepted[0]], "GET", f"/export/{accepted[0]}", who=anna)
    both(["export", plan], "GET", f"/export/plan/{plan}", who=anna)
    both(["agree", "ON", "--show"], "GET", "/agree/ON", who=anna)
    both(["ask", "--from-pack"], "POST", "/ask/as-in-pack", who=paul)
    both(["ask"], "GET", "/ask", who=paul)
    both(["survey", "--overrides"], "GET", "/survey/overrides", who=anna)
    both(["erase"], "GET", "/erase", who="adam:admin")
    both(["parts"], "GET", "/parts", who=anna)
    due = {"keys": ["population"], "persons": 161, "day": "2023-02-20"}
    both(
        ["due", "population", "--persons", "161", "--day", "2023-02-20"],
        "POST",
        "/due",
        due,
        who=anna,
    )
    both(["verify", "--chain"], "GET", "/verify?chain=true", who="rita:auditor")
    done = both(["verify"], "GET", "/verify", who="rita:auditor")
    assert done["checked"]["plans"] == 1
    assert len(both.compared) > 35
