"""The days ahead on a page: a city sees its own, a desk chooses, nobody sees another's."""

from __future__ import annotations

import pytest

from web.asking import Browser


@pytest.fixture
def browse(still):
    return lambda who="": Browser(still, who)


def test_a_city_sees_its_own_days_in_its_language(browse):
    mia = browse("mia:city@ca-on/windsor").get("/fr/ahead?policy=redirect-all")
    assert mia.status == 200
    assert "ca-on/windsor" in mia.text
    assert mia.text.count("<tr>") == 15
    assert "Jours à venir" in mia.text
    assert mia.text.count("<svg") == 1
    assert "celles dont l’accueil peut revenir ici" in mia.text  # said to whoever does not see it
    assert "Places libres maintenant" in mia.text


def test_a_desk_chooses_whose_days_and_a_province_sees_no_other(browse):
    pia = browse("pia:placement").get("/en/ahead")
    assert pia.status == 200
    assert "CA-ON" in pia.text
    assert "<table" not in pia.text
    assert browse("pia:placement").get("/en/ahead?where=CA-ON").text.count("not said") == 14
    assert browse("x:region@CA-QC").get("/en/ahead?where=CA-ON").status == 403
    assert browse("pia:placement").get("/en/ahead?where=nowhere").status in (404, 422)
