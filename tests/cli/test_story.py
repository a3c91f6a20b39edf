"""The whole story by command line, with people counted at every step."""

from __future__ import annotations

from offices import arrivals


def persons(office) -> dict[str, int]:  # type: ignore[no-untyped-def]
    states = office("survey", who="anna:intake").json["data"]["states"]
    return {state: n["persons"] for state, n in states.items()}


def test_from_the_road_to_a_verified_record(office):
    rows = [f"r{n},{1 + n % 2}" for n in range(10)]
    total = sum(1 + n % 2 for n in range(10))
    registered = office("register", office.file(arrivals(*rows)), who="anna:intake").json["data"]
    assert (registered["households"], registered["persons"]) == (10, total)
    assert persons(office) == {"waiting": total}

    made = office("propose", "--policy", "redirect-all", who="paul:placement").json
    assert made["assumptions"]
    assert set(made["marks"]) == {"document", "instance", "solution"}
    plan = made["data"]["plan"]
    assert office("approve", plan, who="paul:approver").code == 5
    assert office("approve", plan, who="rosa:approver").json["data"]["lines"] == 10
    offers = office("offer", plan, who="paul:placement").json["data"]["offers"]
    assert len(offers) == 10
    assert persons(office) == {"offered": total}

    declined, *accepted = [offer["case"] for offer in offers]
    assert office("answer", declined, "decline", who="anna:intake").json["data"]["state"] == "kept"
    for case in accepted:
        them, waits = f"h:household@{case}", 1
        while waits:  # each adult answers for themselves
            said = office("answer", case, "accept", "--adult", str(waits), who=them).json["data"]
            waits = waits + 1 if said.get("waits_for") else 0
    sites = {offer["site"] for offer in offers if offer["case"] != declined}
    arrived = absent = 0
    for site in sorted(sites):
        left = office("depart", site, who="paul:placement").json["data"]
        boarded = left["boarded"]
        flags: list[str] = []
        if len(boarded) > 2 and not absent:
            flags = ["--seen-at-origin", boarded[0], "--not-seen", boarded[1]]
            absent = 2
        there = office("arrive", left["run"], *flags, who=f"lea:site@{site}").json["data"]
        arrived += there["persons"]
        assert office("count", site, str(there["persons"]), who=f"lea:site@{site}").code == 0
    assert absent == 2
    assert office("arrive", declined, "--fallback", who="paul:placement").code == 0
    states = persons(office)
    assert sum(states.values()) == total
    assert set(states) == {"hosted", "waiting", "unknown"}
    alarms = office("survey", who="anna:intake").json["findings"]
    assert any("whereabouts unknown" in finding["what"] for finding in alarms)
    done = office("verify", who="rita:auditor").json
    assert done["data"]["checked"]["plans"] == 1
    head = done["marks"]["head"]
    assert office("verify", "--anchor", head, who="rita:auditor").code == 0
    assert office("verify", "--anchor", head[:20], who="rita:auditor").code == 8
    assert office("verify", "--anchor", "sha256:" + "0" * 64, who="rita:auditor").code == 8


def test_explain_in_both_languages_and_registers(office):
    rows = [f"r{n},1" for n in range(3)] + ["alone,0,1"]
    cases = office("register", office.file(arrivals(*rows)), who="anna:intake").json["data"][
        "registered"
    ]
    plan = office("propose", "--policy", "redirect-all", who="paul:placement").json["data"]["plan"]
    office("approve", plan, who="rosa:approver")
    office("offer", plan, who="paul:placement")
    for case in cases:
        for words in (
            ["--lang", "fr"],
            ["--for", "household"],
            ["--for", "household", "--lang", "fr"],
            [],
        ):
            assert len(office("explain", case, *words, who="anna:intake").json["data"]["text"]) > 40
        own = office("explain", case, who=f"h:household@{case}").json["data"]
        assert "point" not in own["text"]
        assert "reason" not in own
    assert office("explain", cases[0], who=f"h:household@{cases[1]}").code == 5
