"""Policies: the list with dates and sources, one in full, two beside each other, the standing one."""

from __future__ import annotations

from starlette.responses import Response

from partage.core.units import operational_day
from partage.faces.pages.policy_lines import between, lines
from partage.faces.web import charts
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.report.policy_words import sentences

SHOWN = 200  # households whose place would differ, on the page of a preview


@look("/policies", verb="")
def policies(at: At) -> Response:
    """Every policy of the pack, and which one stands."""
    today = operational_day(at.office.clock.now(), at.office.pack.entry_points[0].zone)
    known = sorted(at.office.pack.policies.values(), key=lambda one: one.id)
    watched = at.office.watch() if at.may("survey") else []
    return at.page(
        "policies.html", known=known, today=today,
        waits=[one for one in watched if one.where == "standing policy"],
        standing=at.office.standing() if at.may("survey") else {},
        in_force=[(one.id, f"{one.id} {one.version}") for one in known if one.in_force(today)],
        names=[(one.id, one.id) for one in known],
    )  # fmt: skip


@look("/policy/{policy}", verb="")
def policy(at: At) -> Response:
    """One policy, a key a line, with its source."""
    one = at.office.pack.policy(at.path["policy"])
    said = sentences(one, at.office.pack, "fr" if at.lang == "fr" else "en", at.t.day)
    return at.page("policy.html", one=one, lines=lines(one), sentences=said)


@look("/policies/difference", verb="")
def difference(at: At) -> Response:
    """Two policies beside each other: only where they differ."""
    pack = at.office.pack
    first, second = pack.policy(at.asked("before")), pack.policy(at.asked("after"))
    return at.page("difference.html", first=first, second=second, rows=between(first, second))


@act("/policies/preview", verb="adopt", takes_file=True)
def preview(at: At) -> Response:
    """What today's plan would be under a policy or a draft, beside another; nothing is kept."""
    pack, draft = at.office.pack, at.files.get("draft", b"") or at.sent("toml").encode()
    against = at.sent("against") or str(at.office.standing().get("policy", ""))
    lots = tuple(pack.region_id(one.strip()) for one in at.sent("lots").split(",") if one.strip())
    seen = at.office.preview_policy(at.sent("policy"), draft=draft, against=against, lots=lots)
    first = pack.policy(against)
    second = at.office.drafted(draft) if draft else pack.policy(at.sent("policy"))
    rows = [(_region(at, one["region"]), *one["placed"]) for one in seen["regions"]]
    names = [one["policy"] for one in seen["policies"]]
    return at.page(
        "policy_preview.html", seen=seen, rows=between(first, second), changes=seen["changes"][:SHOWN],
        chart=charts.dues(rows, at.t("effect.chart"), *names),
    )  # fmt: skip


def _region(at: At, code: str) -> str:
    found = at.office.pack.region(code)
    return found.name_fr if at.lang == "fr" else found.name_en


@act("/policies/adopt", verb="adopt")
def adopt(at: At) -> Response:
    """Propose the standing policy, or confirm as a second person what somebody proposed."""
    done = at.office.adopt(at.sent("policy"), at.sent("cut_off", "14:00"), idem=at.key())
    said = "adopted" if done.data["confirmed"] else "adopt-proposed"
    return at.go("/policies", done=said, said_=done)
