"""``propose --replan`` and ``--case``, and ``approve --moves``, at the terminal."""

from __future__ import annotations

from cli.commands import Terminal

HEAD = "reference,entered_at,entry_point,mode,age_0_4,age_5_17,age_18_64,age_65_plus,guardian"
ROW = "{name},2023-02-20T08:00:00-05:00,ca-qc/roxham-road,between-ports,0,0,{adults},0,"


def take_in(office: Terminal, name: str, *adults: int) -> list[str]:
    path = office.folder / f"{name}.csv"
    rows = [ROW.format(name=f"{name}-{n}", adults=a) for n, a in enumerate(adults)]
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    said = office("register", str(path), who="anna:intake")
    return list(said.json["data"]["registered"])


def proposed(office: Terminal, *more: str):  # type: ignore[no-untyped-def]
    return office("propose", *more, who="pia:placement")


def test_a_replan_says_each_move_and_asks_for_a_word_over_the_bound(office: Terminal):
    take_in(office, "a", *[2] * 14)
    plan = proposed(office, "--policy", "redirect-all").json["data"]["plan"]
    written = office.folder / "out"
    again = proposed(office, "--replan", plan, "--out", str(written))
    assert (again.code, again.json["data"]["moves"]) == (0, [])
    assert f"moves since {plan}" in (written / "plan.txt").read_text("utf-8")
    assert "so nobody moves" in (written / "plan.txt").read_text("utf-8")
    at = office("explain", again.json["data"]["plan"], who="pia:placement")
    assert at.code == 6
    site = "ca-on/ottawa/ircc-hotels"
    for place in (site, "ca-on/cornwall/dev-centre", "ca-on/niagara-falls/ircc-hotels"):
        said = office(
            "withdraw", place, "--from", "2023-02-20", "--why", "staff", who="c:region@CA-ON"
        )
        assert said.code == 0
    moved = proposed(office, "--replan", plan)
    number = len(moved.json["data"]["moves"])
    assert number > 10
    assert moved.json["data"]["replan"]["over"]
    refused = office("approve", moved.json["data"]["plan"], who="rosa:approver")
    assert (refused.code, refused.json["error"]["kind"]) == (7, "WrongState")
    assert f"--moves {number}" in refused.json["error"]["do"]
    wrong = office("approve", moved.json["data"]["plan"], "--moves", "1", who="rosa:approver")
    assert wrong.code == 2
    assert (
        office(
            "approve", moved.json["data"]["plan"], "--moves", str(number), who="rosa:approver"
        ).code
        == 0
    )
    assert office("verify", who="ada:auditor").code == 0
    old = office("approve", plan, who="rosa:approver")
    assert (old.code, "took the place of" in old.json["error"]["what"]) == (7, True)


def test_one_household_at_the_standing_prices(office: Terminal):
    take_in(office, "a", 1, 2, 3)
    policy = ("--policy", "redirect-all")
    assert proposed(office, *policy, "--case", "H-0000000000").code == 6
    proposed(office, *policy)
    [new] = take_in(office, "b", 2)
    said = proposed(office, *policy, "--case", new)
    assert (said.code, said.json["data"]["mechanism"]) == (0, "standing-prices")
    assert (
        office("approve", said.json["data"]["plan"], who="rosa:approver").json["data"]["lines"] == 1
    )
    again = proposed(office, *policy, "--case", new)
    assert again.code == 7


def test_what_does_not_go_together(office: Terminal):
    for more in (
        ("--replan", "P-0000000000", "--policy", "redirect-all"),
        ("--replan", "P-0000000000", "--as-if"),
        ("--case", "H-0000000000", "--replan", "P-0000000000"),
        ("--case", "H-0000000000", "--lots", "CA-ON,CA-NB"),
    ):
        said = proposed(office, *more)
        assert (said.code, said.json["error"]["kind"]) == (2, "InputRefused")
    assert proposed(office, "--replan", "P-0000000000").code == 6
