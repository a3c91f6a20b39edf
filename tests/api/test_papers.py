"""The papers of a run over the network and on the command line, for whoever may see what is on them."""

from __future__ import annotations

from casework.test_board import LEAVES, bound
from offices import AT
from partage.casework.board import Vehicle
from partage.compose import open_office
from partage.core.marks import mark_of_bytes


def test_a_paper_comes_as_pdf_and_without_needs_there_is_no_receivers_sheet(
    ask, url, terminal, tmp_path
):
    office = open_office(url, "pia:placement", at=AT, create=False)
    site, _ = bound(office, "a,1", "b,2,1")
    run = office.board(site, [Vehicle(50, 9, 3)], LEAVES).data["runs"][0]["run"]
    office.journal.close()
    for path, who, status in (
        (f"/v1/board/run/{run}/driver", "pia:placement", 200),
        (f"/v1/board/run/{run}/receiver?lang=fr", f"lea:site@{site}", 200),
        (f"/v1/board/run/{run}/receiver", f"eve:escort@{run}", 403),
        (f"/v1/board/run/{run}/nothing", "pia:placement", 422),
        ("/v1/board/paper-form?lang=fr", f"eve:escort@{run}", 200),
    ):
        answer = ask.client.get(path, headers={"x-who": who})
        assert answer.status_code == status, path
        assert (answer.headers["content-type"] == "application/pdf") == (status == 200)
    listed = ask.client.get("/v1/board", headers={"x-who": "pia:placement"}).json()["data"]
    assert [one["run"] for one in listed] == [run]
    file = tmp_path / "driver.pdf"
    done = terminal(
        "board", run, "--paper", "driver", "--out", str(file), who="pia:placement", db=url
    )
    assert done.code == 0, done.err
    assert done.json["data"]["mark"] == mark_of_bytes(file.read_bytes())
    for words in (("board", "--paper", "driver"), ("board", run, "--paper", "blank")):
        assert terminal(*words, who="pia:placement", db=url).code == 2
