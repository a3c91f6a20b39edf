"""Sets of figures beside the packs, the map, the cities: what they have, and what is refused."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from packfolders import SHIPPED, short_copy
from partage.core.errors import InputRefused, NotFound
from partage.packs.figure_sets import known_sets, load_figures
from partage.packs.loader import check_pack, load_pack

PACK = load_pack("canada")
HEAD = "measure,region,period,value,unit,definition,vintage,source,grade,assumption\n"


def test_the_built_in_sets_have_every_state_and_every_year():
    assert known_sets() == ["eu-2015", "grech-2017", "koenigstein"]
    eu = load_figures("eu-2015")
    assert {f.region for f in eu if f.measure == "gdp"} >= {"AT", "GB", "GR"}
    assert len({f.region for f in eu}) == 32
    austria = next(
        f for f in eu if (f.measure, f.region, f.period) == ("population", "AT", "2014-01-01")
    )
    assert austria.value == "8506889"
    for name in known_sets():
        assert all(f.origin.source and f.definition and f.vintage for f in load_figures(name))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("population,AT,2014-13-01,1,p,d,v,s,A,\n", "is not a period"),
        ("population,AT,2014,1,p,d,v,,,\n", "neither a source nor an assumption"),
        ("population,AT,2014,1,p,d,v,s,Z,\n", "is not a grade"),
        ("population,AT,2014,1,p,d,v,s,A,\npopulation,AT,2014,2,p,d,v,s,A,\n", "stands twice"),
        ("population,AT,2014,1\n", "has 4 cells"),
    ],
)
def test_a_set_with_a_fault_is_refused_with_its_row(tmp_path, row, says):
    (tmp_path / "own.csv").write_text(HEAD + row, "utf-8")
    with pytest.raises(InputRefused, match=says) as refused:
        load_figures(tmp_path / "own.csv")
    assert "row" in refused.value.what


def test_a_set_that_is_not_there_names_those_that_are(tmp_path):
    with pytest.raises(NotFound) as refused:
        load_figures("eu-1850")
    assert "koenigstein" in refused.value.do
    with pytest.raises(NotFound):
        load_figures(tmp_path)


def test_the_pack_has_thirteen_regions_with_figures_and_a_map_of_them():
    ids = {region.id for region in PACK.regions}
    assert len(ids) == 13
    root = ElementTree.fromstring(PACK.shapes)
    assert {e.get("id") for e in root.iter("{http://www.w3.org/2000/svg}path")} == ids
    assert "CC BY 4.0" in PACK.shapes
    for region in ids:
        found = PACK.latest("population", region, date(2023, 7, 1))
        assert found is not None
        assert found.period == "2023-07-01"
    assert PACK.latest("gdp", "CA-YT", date(2023, 7, 1)) is None  # absent, not 0


def test_claims_by_month_sum_and_say_what_was_suppressed():
    year = [
        f
        for f in PACK.figures
        if f.measure == "claims" and f.region == "CA-QC" and f.period[:4] == "2023"
    ]
    assert len(year) == 12
    together = sum(int(f.value) for f in year)
    annual = next(f for f in PACK.figures if f.measure == "claims-annual" and f.region == "CA-QC")
    # monthly cells to December 2023 say 65,195, what IRCC told La Presse in March 2024 65,575: two
    # vintages, half a percent apart, and both stand in the pack
    assert (together, int(annual.value)) == (65_195, 65_575)
    odd = [f for f in PACK.figures if f.measure == "claims" and f.origin.assumption]
    assert odd
    assert all("suppressed" in f.origin.assumption for f in odd)


def test_cities_carry_the_year_their_figures_are_from():
    city = PACK.city_of("ca-on/niagara-falls/ircc-hotels")
    assert city is not None
    assert "St. Catharines-Niagara" in city.origin.assumption
    vacancy = next(f for f in PACK.figures if f.measure == "vacancy-rate" and f.region == city.id)
    assert (vacancy.period, Fraction(vacancy.value)) == ("2025", Fraction("3.5"))
    assert "proxy" in vacancy.definition
    windsor = PACK.city_of("ca-on/windsor/ircc-hotels")
    assert windsor is not None
    assert PACK.city_of("ca-on/atlantis/ircc-hotels") is None
    assert len(PACK.cities) >= 43


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SVG.format("<script>alert(1)</script>"), "has a <script>"),
        (SVG.format('<path id="CA-ON" d="M0,0L1,1Z" onload="x()"/>'), "attribute 'onload'"),
        (
            SVG.format('<path id="CA-ON" d="M0,0Z" style="fill:url(http://x)"/>'),
            "attribute 'style'",
        ),
        (SVG.format('<path id="CA-ON" d="M0,0Z" fill="url(#a)"/>'), "attribute 'fill'"),
        (SVG.format('<a href="http://x"/>'), "has a <a>"),
        (SVG.format('<path id="US-NY" d="M0,0Z"/>'), "'US-NY', which is no region"),
        (SVG.format('<path id="CA-ON" d="M0,0Z"/>' * 2), "two paths 'CA-ON'"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "not an <svg> with a viewBox"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "document type or entities"),
        ("<svg", "not a readable SVG"),
    ],
)
def test_a_map_that_is_more_than_a_drawing_is_refused(tmp_path, text, says):
    folder = short_copy(tmp_path / "canada")
    (folder / "shapes.svg").write_text(text, "utf-8")
    assert any(says in f.what for f in check_pack(folder)), check_pack(folder)


def test_a_pack_without_a_map_has_none(tmp_path: Path):
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "canada"))
    (folder / "shapes.svg").unlink()
    assert load_pack(folder).shapes == ""
