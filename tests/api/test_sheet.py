"""The capacity board as a file, by the API and by the command line: the same bytes."""

from __future__ import annotations

import pytest

from offices import arrivals
from partage.report.sheet import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_board_is_a_file_for_whoever_may_see_it(ask, kind):
    path = f"/v1/survey/capacity/{kind}?day=2023-02-20"
    got = ask.client.get(path, headers={"x-who": "paul:placement"})
    assert got.status_code == 200
    assert got.headers["content-type"] == KINDS[kind]
    assert (
        got.headers["content-disposition"] == f'attachment; filename="capacity-2023-02-20.{kind}"'
    )
    assert len(got.content) > 500
    assert ask.client.get(path).status_code == 401
    assert ask.client.get(path, headers={"x-who": "x:household@H-0000000000"}).status_code == 403
    assert ask("GET", "/survey/capacity/ods", who="paul:placement").status_code == 422


def test_the_command_line_writes_the_same_into_a_new_file(ask, terminal, url, tmp_path):
    file = tmp_path / "board.csv"
    done = terminal("survey", "--board", str(file), who="paul:placement", db=url)
    assert done.code == 0, done.err
    got = ask.client.get("/v1/survey/capacity/csv", headers={"x-who": "paul:placement"})
    without_at = [line.split(b",")[3:] for line in file.read_bytes().splitlines()]
    assert without_at == [line.split(b",")[3:] for line in got.content.splitlines()]
    again = terminal("survey", "--board", str(file), who="paul:placement", db=url)
    assert (again.code, again.json["error"]["kind"]) == (2, "InputRefused")
    other = str(tmp_path / "b.pdf")
    assert terminal("survey", "--board", other, who="paul:placement", db=url).code == 2


def test_lists_are_files_too_by_the_permit_to_see_them(ask, terminal, url, tmp_path):
    got = ask.client.get("/v1/survey/list/agreements/csv", headers={"x-who": "c:city@ca-on/ottawa"})
    assert got.status_code == 200
    assert got.headers["content-disposition"].endswith('"agreements-2023-02-20.csv"')
    path = "/v1/survey/list/answers/csv"
    assert ask.client.get(path, headers={"x-who": "c:city@ca-on/ottawa"}).status_code == 403
    assert ask.client.get(path, headers={"x-who": "paul:placement"}).status_code == 200
    assert ask("GET", "/survey/list/people/csv", who="paul:placement").status_code == 422
    ask("POST", "/register", data=arrivals("a,1"), who="anna:intake")
    made = ask("POST", "/propose", {"policy": "redirect-all"}, who="paul:placement").json()
    plan = made["data"]["plan"]
    got = ask.client.get(f"/v1/explain/plan/{plan}/csv", headers={"x-who": "rosa:approver"})
    assert got.text.splitlines()[2].startswith(plan)
    assert ask.entries()[-1].subject == f"read/plan/{plan}", "the look is logged"
    file = tmp_path / "plan.csv"
    done = terminal("survey", "--list", plan, "--file", str(file), who="rosa:approver", db=url)
    assert done.code == 0, done.err
    assert file.read_text().splitlines()[2].startswith(plan)
    assert terminal("survey", "--list", plan, who="rosa:approver", db=url).code == 2
