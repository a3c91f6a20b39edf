"""What stands everywhere: no text is run, nothing is kept on the way, a fault says nothing, each try is logged."""

from __future__ import annotations

import ast
import logging
import re
import ssl
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import partage
from entry.coming import FIRST, HERE, House
from entry.test_headers import ADDRESSES, whole
from partage.faces import serve
from partage.faces.web import by_provider
from partage.faces.web.provider import Provider, Settings

__all__ = ["whole"]  # the fixture
SOURCE = Path(partage.__file__).parent
RUNS = {"eval", "exec", "system", "popen", "Popen", "check_output", "check_call"}
OBJECTS = {"pickle", "marshal", "shelve", "yaml", "subprocess", "md5"}
NASTY = "<script>alert(1)</script>\"'&{{7*7}}"


def test_the_source_runs_no_text_and_takes_no_object_from_outside():
    seen, sha1 = 0, []
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            seen += 1
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                assert name not in RUNS, (file.name, node.lineno)
                words = {word.arg: word.value for word in node.keywords}
                for word in ("shell", "allow_pickle"):
                    value = words.get(word)
                    assert value is None or ast.unparse(value) == "False", (file.name, node.lineno)
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [one.name.partition(".")[0] for one in node.names]
            if isinstance(node, ast.ImportFrom):
                names = [str(node.module).partition(".")[0], *(one.name for one in node.names)]
            assert not OBJECTS & set(names), (file.name, names)
            sha1 += [file.name for one in names if one == "sha1"]
    assert seen > 100_000
    assert sha1 == ["passwords.py"], "lists of stolen passwords are made with it"


def test_what_is_typed_in_a_page_comes_back_as_text(plain: House):
    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    shown = 0
    for path in ("/en/arrivals", "/en/case/x", "/en/sign-in", "/en/users", "/fr/nowhere"):
        page = browser.get(path, params={"to": f"/{NASTY}", "code": NASTY, "done": NASTY}).text
        assert "<script>alert" not in page, path
        assert "49" not in re.findall(r"\{\{.*?\}\}|alert\(1\)[^<]{0,20}", page)
        shown += "&lt;script&gt;alert" in page
    assert shown, "nothing of it was shown, so nothing was tried"


def test_trace_is_no_method_here(whole: Any):
    for path in ADDRESSES:
        client = TestClient(whole, base_url=HERE)
        answer = client.request("TRACE", path, headers={"X-Told": "zq-told"})
        assert answer.status_code in (401, 404, 405), path
        assert "zq-told" not in answer.text + str(answer.headers)


def test_nothing_is_kept_on_the_way_or_in_the_browser(whole: Any, plain: House):
    for path in ADDRESSES:
        told = TestClient(whole, base_url=HERE).get(path).headers
        assert told["cache-control"] == "no-store", path
    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    page = browser.get("/en/account")
    out = browser.post("/en/sign-out", csrf=browser.token(page.text))
    assert out.headers["clear-site-data"] == '"cache"'


def test_a_fault_says_nothing_of_itself(
    plain: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(*_: object) -> None:
        raise RuntimeError("the secret of Mrs Zq")

    plain.app.state.provider = Provider(Settings(HERE, "c", "s", HERE, "ID"))
    monkeypatch.setattr(by_provider.outside, "ask", broken)
    client = TestClient(plain.app, base_url=HERE, raise_server_exceptions=False)
    answer = client.get("/en/sign-in/provider")
    assert answer.status_code == 500
    for word in ("RuntimeError", "Zq", "Traceback", "by_provider"):
        assert word not in answer.text
    assert "fault RuntimeError at" in caplog.text
    assert "Zq" not in " ".join(record.getMessage() for record in caplog.records)


def test_each_try_at_the_door_is_in_the_log_and_no_name_is(
    plain: House,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    caplog.set_level(logging.INFO)
    browser = plain.browser()
    browser.begins("zqanna", plain.gives("zqanna:intake"))
    browser.signs_in("zqanna", "not this one at all")
    browser.signs_in("zqanna\nfake line")
    browser.signs_in("zqanna", FIRST)
    browser.get("/en/users")
    browser.get("/en/zqnowhere%0Afake line")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("partage")]
    assert "refused NotRecognised" in lines
    assert "sign-in password in" in lines
    assert any(re.search(r"^GET /en/users 403 .* intake$", line) for line in lines), lines
    assert not [line for line in lines if "zq" in line or "fake" in line or "\n" in line]
    monkeypatch.setenv("TZ", "America/Toronto")
    time.tzset()
    handler = serve.log_handler()
    handler.emit(caplog.records[0])
    written = capfd.readouterr().err
    at = datetime.fromtimestamp(caplog.records[0].created, UTC)
    assert written.startswith(f"{at:%Y-%m-%dT%H:%M:%SZ} ")


def test_certificates_are_checked():
    line = Provider(Settings(HERE, "c", "s", HERE, "ID"))._line()
    assert line.follow_redirects is False
    context = line._transport._pool._ssl_context  # type: ignore[attr-defined]
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
