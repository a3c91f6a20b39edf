"""What the server is told of an outside sign-in service: whole or not at all, and its secret in no sentence."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from entry.coming import FIRST, HERE, House
from partage.core.errors import InputRefused
from partage.faces import serve
from partage.faces.cli import settings

SECRET = "kept-to-itself"
WHOLE = {
    "PARTAGE_OIDC_ISSUER": "https://id.example", "PARTAGE_OIDC_CLIENT": "partage",
    "PARTAGE_OIDC_SECRET": SECRET, "PARTAGE_ORIGIN": "https://office.example",
}  # fmt: skip


def test_a_service_is_named_whole_or_not_at_all():
    assert settings.provider({}) is None
    assert settings.provider({"PARTAGE_ORIGIN": "https://office.example"}) is None
    found = settings.provider({**WHOLE, "PARTAGE_OIDC_TWO_FACTORS": "mfa phr"})
    assert found is not None
    assert (found.name, found.two_factors) == ("id.example", ("mfa", "phr"))
    assert SECRET not in repr(found)
    for name in WHOLE:
        with pytest.raises(InputRefused) as refused:
            settings.provider({**WHOLE, name: ""})
        assert SECRET not in str(refused.value)


def test_its_secret_is_read_from_a_file_or_given_and_never_both(tmp_path: Path):
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", "utf-8")
    bare = {name: value for name, value in WHOLE.items() if name != "PARTAGE_OIDC_SECRET"}
    found = settings.provider({**bare, "PARTAGE_OIDC_SECRET_FILE": str(file)})
    assert found is not None
    assert found.secret == SECRET
    file.write_text(" ", "utf-8")
    for wrong in ({**WHOLE, "PARTAGE_OIDC_SECRET_FILE": str(file)},
                  {**bare, "PARTAGE_OIDC_SECRET_FILE": str(file)},
                  {**bare, "PARTAGE_OIDC_SECRET_FILE": str(tmp_path / "none")}):  # fmt: skip
        with pytest.raises(InputRefused, match="secret"):
            settings.provider(wrong)


@pytest.mark.parametrize(
    "wrong", ["http://office.example", "https://office.example/", "office", "https://"]
)
def test_an_address_of_this_office_is_one(wrong):
    with pytest.raises(InputRefused, match="PARTAGE_ORIGIN"):
        settings.provider({**WHOLE, "PARTAGE_ORIGIN": wrong})
    with pytest.raises(InputRefused):
        settings.provider({**WHOLE, "PARTAGE_OIDC_ISSUER": "http://id.example"})
    assert settings.origin({"PARTAGE_ORIGIN": HERE}) == HERE


def test_where_its_address_is_said_no_other_page_sends_it_forms(plain: House):
    plain.browser().begins("anna", plain.gives("anna:intake"))
    plain.app.state.origin = "https://office.example"
    browser = plain.browser()
    for origin, status in ((HERE, 403), ("https://office.example", 303)):
        sent = browser.send("/en/sign-in", {"Origin": origin}, name="anna", password=FIRST)
        assert sent.status_code == status


def test_a_line_of_the_log_is_a_text_or_one_json_object():
    record = logging.LogRecord(
        "partage.api", logging.INFO, "", 0, 'GET "%s" 200\n', ("/v1/é",), None
    )
    record.created = 1_676_901_600.0
    said = serve.log_handler(settings.log_form({"PARTAGE_LOG": "json"})).format(record)
    assert "\n" not in said
    assert json.loads(said) == {
        "at": "2023-02-20T14:00:00Z", "level": "INFO", "logger": "partage.api",
        "message": 'GET "/v1/é" 200\n',
    }  # fmt: skip
    assert (
        serve.log_handler(settings.log_form({}))
        .format(record)
        .startswith("2023-02-20T14:00:00Z INFO GET")
    )
    with pytest.raises(InputRefused):
        settings.log_form({"PARTAGE_LOG": "xml"})
