"""The record itself: checked whole, appointed to, opened to whom it is about, and erased in time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from partage.casework.acts import Acts
from partage.casework.appoint import appoint, end_appointment, key_of
from partage.casework.privacy import disclose, earliest_disposal, erase, hold
from partage.casework.verify import Report, check_anchor, verify
from partage.core.findings import Finding
from partage.ledger.facts import Draft, Entry
from partage.ledger.views import VIEWS
from partage.office.desk import Desk, Done
from partage.office.permits import Actor, may_write, permit


class Record(Desk):
    """The record itself: checked whole, appointed to, opened to whom it is about, and erased in time."""

    def appoint(
        self,
        name: str,
        role: str,
        *,
        first: date,
        last: date,
        hours: str = "",
        deputy_for: str = "",
        instrument: str,
        idem: str | None = None,
    ) -> Done:
        """Put a person in a role for some days and hours; from then on nobody else acts in it."""
        permit(self.actor, "appoint")
        who = Actor.parse(f"{name}:{role}")

        def act() -> Acts:
            return appoint(
                who.name, role, first=first.isoformat(), last=last.isoformat(), hours=hours,
                zone=self.pack.entry_points[0].zone, deputy_for=deputy_for, instrument=instrument,
                version=self.journal.version(key_of(role, who.name)), day=self._day(),
            )  # fmt: skip

        return self._do("appoint", act, idem)

    def end_appointment(self, name: str, role: str, *, idem: str | None = None) -> Done:
        """A person no longer acts in a role."""
        permit(self.actor, "appoint")
        row = self.journal.row("matters", key_of(role, name))
        return self._do("appoint", lambda: end_appointment(name, role, row, day=self._day()), idem)

    def erase(self, case: str, *, consent: str = "", idem: str | None = None) -> Done:
        """Erase what is known of a household that left, once it may be; the chain stays whole."""
        permit(self.actor, "erase", case=case)

        def act() -> Acts:
            row, subject = self._case(case), f"vault/{case}"
            rows = Counter(s.kind for s in self.journal.secrets(f"case/{case}"))
            held = ", ".join((self.journal.row("matters", subject) or {}).get("holds", ()))
            open_ = self.journal.rows("matters", list="review/open").values()
            if any(r["case"] == case for r in open_):
                held = ", ".join(filter(None, (held, "review")))
            return erase(
                case, row, last_use=self._last_use(case), rows=rows, held=held, consent=consent,
                version=self.journal.version(subject), day=self._day(),
            )  # fmt: skip

        return self._do("erase", act, idem)

    def hold_data(
        self, case: str, why: str, *, release: bool = False, idem: str | None = None
    ) -> Done:
        """Hold data whatever their date (a request for access, a review, a court), or release them."""
        permit(self.actor, "erase", case=case)
        self._case(case)
        subject = f"vault/{case}"
        return self._do(
            "erase",
            lambda: hold(
                case, why, self.journal.row("matters", subject), release=release,
                version=self.journal.version(subject), day=self._day(),
            ),
            idem,
        )  # fmt: skip

    def backup(self, *, with_key: bool = False, idem: str | None = None) -> Done:
        """Write down that a copy of the record is made, and whether the key of the vault goes with it."""
        permit(self.actor, "backup")
        day = self._day()
        draft = Draft("backup", f"backup/{day}", {"with_key": with_key}, day)
        return self._do("backup", lambda: Acts((draft,)), idem)

    def due_for_disposal(self) -> list[dict[str, Any]]:
        """Households that left, with the earliest day on which their data may be erased, and holds."""
        permit(self.actor, "erase")
        gone = {r["case"] for r in self.journal.rows("matters", list="vault/erased").values()}
        queue = []
        for case in self.journal.rows("cases", state="left"):
            if case not in gone and case.startswith("H-"):
                held = (self.journal.row("matters", f"vault/{case}") or {}).get("holds", [])
                due = earliest_disposal(self._last_use(case))
                queue.append({"case": case, "earliest": due, "holds": held})
        return sorted(queue, key=lambda row: (row["earliest"], row["case"]))

    def _last_use(self, case: str) -> str:
        """The last day on which data of a case were used: written, decided on or looked at."""
        days = [e.day for s in ("case", "read") for e in self.journal.read(subject=f"{s}/{case}")]
        return max(days)

    def export(self, case: str) -> dict[str, Any]:
        """Everything the office has on a household, for that household: data, decisions, who looked.

        Other people's data are not in it; officers appear by their role.
        """
        ground = permit(self.actor, "export", case=case)
        row = self._case(case)
        self._read("export", case, ground)
        known: dict[str, list[Any]] = {}
        for secret in self._secrets(f"case/{case}"):
            if secret.kind in OFFICE_ONLY:
                continue
            text = secret.data.decode("utf-8", "replace")
            try:
                value = json.loads(text) if secret.kind in ("case", "profile", "reason") else text
            except ValueError:
                value = text
            known.setdefault(secret.kind, []).append(value)
        told = [
            {k: r[k] for k in ("to", "fields", "ground", "instrument", "on")}
            for r in self.journal.rows("matters", list="disclosure/made").values()
            if r["case"] == case
        ]
        return {
            "case": case,
            "state": row["state"],
            "known": known,
            "what_happened": _steps(self.journal.read(subject=f"case/{case}")),
            "who_looked": _steps(self.journal.read(subject=f"read/{case}")),
            "who_was_told": told,
            "earliest_disposal": earliest_disposal(self._last_use(case)),
        }

    def disclose(
        self,
        case: str,
        to: str,
        fields: Sequence[str],
        *,
        ground: str,
        instrument: str,
        idem: str | None = None,
    ) -> Done:
        """Write down that data were told to somebody, on what ground."""
        permit(self.actor, "disclose", case=case)
        self._case(case)
        return self._do(
            "export",
            lambda: disclose(
                case, to, tuple(fields), ground, instrument,
                day=self._day(), stream=self._stream("export"),
            ),
            idem,
        )  # fmt: skip

    def verify_chain(self, *, anchor: str | None = None) -> Report:
        """The seals alone, link by link, on every core: was any entry changed, cut out or put in?

        ``anchor`` is looked for among them. Says nothing of states, sums, plans and the vault;
        ``verify`` does.
        """
        permit(self.actor, "verify")
        good, fault = self.journal.check_seals()
        report = Report(good, self.journal.head()[1], checked={"seals": good})
        if fault and good == self.journal.head()[0]:
            report.fault("journal file", fault)
        elif fault:
            report.fault(f"entry {good + 1}", f"is the first bad entry: {fault}")
        if anchor is not None:
            check_anchor(report, anchor, there=self.journal.has_seal(anchor))
        return report

    def verify(
        self,
        *,
        anchor: str | None = None,
        rebuild: bool = False,
        progress: Callable[[str], None] | None = None,
    ) -> Report:
        """Everything worked out again from the entries; finds the first that is not what it says.

        ``rebuild`` writes the views anew from the entries, if these are all there, and checks again;
        what they were stays a warning.
        ``progress`` is told now and then how far it is.
        """
        permit(self.actor, "verify")
        report = self._verify(anchor, progress)
        wrong = [f.where for f in report.findings if f.where.startswith("view ")]
        if rebuild and wrong and report.to_the_end:
            self.journal.restore_views(report.rows.tables, report.entries)
            report = self._verify(anchor, progress)
            few = "; ".join(wrong[:3]) + (" …" if len(wrong) > 3 else "")
            what = f"{len(wrong)} row(s) were not what the entries say and were written anew: {few}"
            do = "find out who changed them, and what people saw meanwhile"
            report.findings.append(Finding("views", what, do, "warning"))
        return report

    def _verify(self, anchor: str | None, progress: Callable[[str], None] | None) -> Report:
        with self.journal.snapshot():
            entries = self.journal.read()
            return verify(
                _told(entries, self.journal.head()[0], progress) if progress else entries,
                self.journal.head(),
                {view: self.journal.rows(view) for view in VIEWS},
                self.journal.secrets(),
                self.journal.blob,
                anchor,
                may=may_write,
                zones=self._zones(),
                strays=self.journal.strays(),
            )


TELL_EVERY = 50_000  # entries, some seconds of work
OFFICE_ONLY = (
    "like-reference",
    "like-household",
)  # signs by which a household taken in twice is found


def _told(entries: Iterator[Entry], last: int, progress: Callable[[str], None]) -> Iterator[Entry]:
    """The entries; after every so many of them it is said how many are read."""
    for entry in entries:
        if entry.no % TELL_EVERY == 0:
            progress(f"verify: {entry.no:,} of {last:,} entries")
        yield entry


def _steps(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "at": e.at, "role": e.role,
            **{k: e.body[k] for k in ("step", "what", "ground") if k in e.body},
        }
        for e in entries
    ]  # fmt: skip
