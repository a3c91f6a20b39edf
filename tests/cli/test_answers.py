"""How answers are written: a hundred findings of one kind hide no other."""

from __future__ import annotations

from partage.core.findings import Finding
from partage.faces.cli.session import Session


def test_many_findings_of_one_kind_do_not_hide_the_others(capsys):
    waits = [
        Finding(f"case H-{n:010d}", "waits long", "ask for a place", "fault") for n in range(100)
    ]
    other = Finding("site ca-on/x/y", "an offer lapses soon", "ask them", "warning")
    Session("memory:", "a:intake", False, None).answer("survey", {}, findings=[*waits, other])
    lines = capsys.readouterr().out.splitlines()
    assert str(other) in lines
    assert lines[-1] == "… and 97 more findings (all with --json)"
    assert len(lines) == 5


def test_few_findings_are_all_shown(capsys):
    few = [Finding(f"case H-{n:010d}", "waits long", "ask for a place", "fault") for n in range(12)]
    Session("memory:", "a:intake", False, None).answer("survey", {}, findings=few)
    assert len(capsys.readouterr().out.splitlines()) == 12
