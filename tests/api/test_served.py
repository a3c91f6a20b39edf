"""What goes wrong around a request, and the clear answer to each; nothing is half done."""

from __future__ import annotations

import asyncio
import io
import threading
import zipfile
from datetime import timedelta
from typing import Any

import pytest

import postgres
from api.asking import Asking
from offices import AT, arrivals
from partage.compose import open_office
from partage.faces.api.app import create_app

ANNA, PAUL, ROSA = "anna:intake", "paul:placement", "rosa:approver"


def detail(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    said = answer.json()
    assert said["do"]
    return str(said["detail"])


def registered(ask: Asking, *rows: str) -> list[str]:
    done = ask("POST", "/register", data=arrivals(*rows), who=ANNA)
    return list(done.json()["data"]["registered"])


def whole(ask: Asking) -> None:
    assert ask("GET", "/verify", who="rita:auditor").json()["ok"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_full_disk_takes_nobody_in_and_the_same_request_does_it_when_there_is_room(ask):
    opened, room = ask.app.state.open, [5]

    def narrow(actor: Any) -> Any:
        office = opened(actor)
        pages = office.journal._conn.execute("PRAGMA page_count").fetchone()[0]
        office.journal._conn.execute(f"PRAGMA max_page_count = {pages + room[0]}")
        return office

    ask.app.state.open = narrow
    before = len(ask.entries())
    many = arrivals(*(f"r{n},1" for n in range(150)))
    assert "full" in detail(ask("POST", "/register", data=many, who=ANNA, key="k"), 503)
    assert len(ask.entries()) == before
    assert ask("GET", "/survey/queues", who=ANNA).status_code == 200, "it is still read"
    room[0] = 100_000
    again = ask("POST", "/register", data=many, who=ANNA, key="k")
    assert again.json()["data"]["households"] == 150
    whole(ask)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_database_that_is_gone_is_503_and_the_same_request_does_it_when_it_is_back(ask, url):
    name = url.partition("?")[0].rpartition("/")[2]
    postgres.ask(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        gone = ask("POST", "/register", data=arrivals("a,1"), who=ANNA, key="k")
        assert "cannot be" in detail(gone, 503)
        assert ask.client.get("/health").status_code == 503
    finally:
        postgres.ask(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    back = ask("POST", "/register", data=arrivals("a,1"), who=ANNA, key="k")
    assert back.json()["data"]["households"] == 1
    assert ask.client.get("/health").status_code == 200
    whole(ask)


def test_a_clock_that_was_set_back_is_said_and_nothing_is_written(ask, url):
    before = len(ask.entries())
    early = AT - timedelta(hours=1)
    app = create_app(lambda a: open_office(url, a, at=early, create=False), who=Asking.who)
    with Asking(app, ask.open) as behind:
        refused = behind("POST", "/register", data=arrivals("a,1"), who=ANNA)
        assert "The clock says" in detail(refused, 422)
    assert len(ask.entries()) == before
    assert registered(ask, "a,1")


def test_an_upload_without_an_end_is_read_no_further_than_it_may_be(ask):
    read: list[int] = []
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        read.append(1)
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": len(read) < 200}

    async def send(message: Any) -> None:
        said.append(message)

    headers = [
        (b"x-who", ANNA.encode()),
        (b"idempotency-key", b"k"),
        (b"content-type", b"text/csv"),
    ]
    scope = {"type": "http", "method": "POST", "path": "/v1/register", "raw_path": b"/v1/register",
             "query_string": b"", "headers": headers, "scheme": "http", "http_version": "1.1",
             "server": ("test", 80), "client": ("127.0.0.1", 1), "root_path": ""}  # fmt: skip
    asyncio.run(ask.app(scope, receive, send))
    assert said[0]["status"] == 413
    assert len(read) <= 51


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_bomb_and_a_formula_are_each_a_sentence(ask):
    before = len(ask.entries())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 301_000_000)
    assert "archive, not a workbook" in detail(ask("POST", "/register", data=out.getvalue(), who=ANNA), 422)  # fmt: skip
    formula = arrivals("a,1", nationality="=HYPERLINK(1)")
    assert "begins like a formula" in detail(ask("POST", "/register", data=formula, who=ANNA), 422)
    assert len(ask.entries()) == before


def test_of_ten_who_approve_at_once_one_does_and_an_old_version_does_not(ask):
    registered(ask, *(f"r{n},1" for n in range(6)))
    made = ask("POST", "/propose", {"policy": "redirect-all"}, who=PAUL).json()["data"]["plan"]
    answers: list[Any] = []

    def approve(number: int) -> None:
        answers.append(ask("POST", f"/approve/{made}", {}, who=f"a{number}:approver"))

    threads = [threading.Thread(target=approve, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.status_code for a in answers) == [200] + [409] * 9
    written = [e for e in ask.entries() if e.verb == "approve" and e.subject == f"plan/{made}"]
    assert len(written) == 1
    stale = ask("POST", f"/approve/{made}", {}, who=ROSA, match='"1"')
    assert "changed" in detail(stale, 412) or stale.json()["kind"]
    whole(ask)


def test_who_asks_for_a_case_that_is_not_theirs_is_told_the_same_as_for_one_that_is_not(ask):
    case, other = registered(ask, "a,1", "b,1")
    ask("POST", "/propose", {"policy": "redirect-all"}, who=PAUL)
    for who, method, path, body in (
        ("c:region@CA-QC", "GET", "/export/{}", None),
        ("c:region@CA-QC", "GET", "/explain/{}", None),
        ("c:region@CA-QC", "GET", "/offer/case/{}", None),
        (f"them:household@{other}", "GET", "/export/{}", None),
        (f"them:household@{other}", "POST", "/answer/{}", {"outcome": "accept"}),
    ):
        told = [ask(method, path.format(one), body, who=who) for one in (case, "H-0000000000")]
        assert [a.status_code for a in told] in ([403, 403], [404, 404]), (who, path)
        assert len({a.json()["detail"].replace(case, "X").replace("H-0000000000", "X") for a in told}) == 1  # fmt: skip
        assert "etag" not in told[0].headers
