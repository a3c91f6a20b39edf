"""The record itself: checked whole, opened to whom it is about, and erased in time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from partage.casework.acts import Acts
from partage.casework.correction import OUTCOMES as CORRECTED
from partage.casework.privacy import disclose, earliest_disposal, erase, hold
from partage.casework.review import OUTCOMES
from partage.casework.verify import Report, check_anchor, verify
from partage.core.errors import Unavailable
from partage.core.findings import Finding
from partage.ledger.facts import Draft, Entry, Secret
from partage.ledger.views import VIEWS
from partage.office.desk import Desk, Done
from partage.office.permits import may_write


class Record(Desk):
    """The record itself: checked whole, opened to whom it is about, and erased in time."""

    def erase(self, case: str, *, consent: str = "", idem: str | None = None) -> Done:
        """Erase what is known of a household that left, once it may be; the chain stays whole."""
        self._permit("erase", case=case)

        def act() -> Acts:
            row, all_ = self._case(case), self._same_household(case)
            rows = Counter(s.kind for one in all_ for s in self.journal.secrets(f"case/{one}"))
            return erase(
                case, row, last_use=self._last_use(all_), rows=rows,
                held=", ".join(self._holds(all_)), consent=consent,
                versions={one: self.journal.version(f"vault/{one}") for one in all_},
                day=self._day(), stream=self._stream("erase"),
            )  # fmt: skip

        return self._do("erase", act, idem)

    def hold_data(
        self, case: str, why: str, *, release: bool = False, idem: str | None = None
    ) -> Done:
        """Hold data whatever their date (a request for access, a review, a court), or release them."""
        self._permit("erase", case=case)
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

    def rekey(self, *, idem: str | None = None) -> Done:
        """Seal the keys of all households by a new key file; the old one opens nothing any more.

        An entry says that and when. Copies of the journal made before still need the old key.
        """
        self._permit("rekey")
        if idem and (first := self.journal.answered(f"rekey:{self._blinded(idem)}")) is not None:
            return Done(first.entries, {**first.data, "answered_before": True})
        keys = self.journal.change_key()
        draft = Draft("rekey", "vault/keys", {"keys": keys}, self._day())
        return self._do("rekey", lambda: Acts((draft,), data={"keys": keys}), idem)

    def backup(self, *, with_key: bool = False, idem: str | None = None) -> Done:
        """Write down that a copy of the record is made, and whether the key of the vault goes with it."""
        self._permit("backup")
        day = self._day()
        draft = Draft("backup", f"backup/{day}", {"with_key": with_key}, day)
        return self._do("backup", lambda: Acts((draft,)), idem)

    def due_for_disposal(self) -> list[dict[str, Any]]:
        """Households that left, with the earliest day on which their data may be erased, and holds."""
        self._permit("erase")
        gone = {r["case"] for r in self.journal.rows("matters", list="vault/erased").values()}
        queue = []
        twice, beside = self._taken_in_twice(), self._reviewed_and_told()
        for case, row in self.journal.rows("cases", state="left").items():
            if case not in gone and case.startswith("H-") and not row.get("same_as"):
                all_ = self._same_household(case, twice)
                due = earliest_disposal(self._last_use(all_, beside))
                queue.append({"case": case, "earliest": due, "holds": self._holds(all_)})
        return sorted(queue, key=lambda row: (row["earliest"], row["case"]))

    def _same_household(self, case: str, twice: Mapping[str, list[str]] | None = None) -> list[str]:
        """The case, and every case that people found to be the same household, directly or in turn."""
        known = self._taken_in_twice() if twice is None else twice
        found = [case]
        for one in found:  # it grows while it is walked
            found += known.get(one, [])
        return found

    def _taken_in_twice(self) -> dict[str, list[str]]:
        """By the case that was kept, those that people found to be the same household."""
        twice: dict[str, list[str]] = {}
        for case, row in self.journal.rows("cases", state="left").items():
            if row.get("same_as"):
                twice.setdefault(str(row["same_as"]), []).append(case)
        return twice

    def _holds(self, cases: Sequence[str]) -> list[str]:
        """Why the data of these cases are held; an open review holds them by itself."""
        held = [
            why
            for one in cases
            for why in (self.journal.row("matters", f"vault/{one}") or {}).get("holds", ())
        ]
        for name in ("review", "correction"):
            open_ = self.journal.rows("matters", list=f"{name}/open").values()
            held += [name] if any(row["case"] in cases for row in open_) else []
        return list(dict.fromkeys(held))

    def _last_use(self, cases: Sequence[str], beside: Mapping[str, list[str]] | None = None) -> str:
        """The last day on which data of these cases were used: written, decided on, reviewed, told to
        somebody, or looked at."""
        others = self._reviewed_and_told() if beside is None else beside
        days = [day for one in cases for day in others.get(one, ())]
        for one in cases:
            for kind in ("case", "read"):
                days += [e.day for e in self.journal.read(subject=f"{kind}/{one}")]
        return max(days)

    def _reviewed_and_told(self) -> dict[str, list[str]]:
        """By case, the days of its reviews, their answers, and its disclosures."""
        days: dict[str, list[str]] = {}
        asked = [f"review/{one}" for one in ("open", *OUTCOMES)]
        asked += [f"correction/{one}" for one in ("open", *CORRECTED)]
        for name in (*asked, "disclosure/made"):
            for row in self.journal.rows("matters", list=name).values():
                said = (row.get(k) for k in ("on", "asked_on", "answered_on"))
                days.setdefault(str(row["case"]), []).extend(str(day) for day in said if day)
        return days

    def export(self, case: str, *, adult: int = 0) -> dict[str, Any]:
        """Everything the office has on a household, for that household: data, decisions, who looked.

        Other people's data are not in it; officers appear by their role. What one adult answered apart
        is in the export for that ``adult`` only, and where there is more than one, the places somebody
        wished to avoid are told to each apart by an officer (Privacy Act s. 26).
        """
        ground = self._permit("export", case=case)
        row = self._case(case)
        self._read("export", [case], ground)
        all_ = self._same_household(case)
        apart = self._written_apart(all_, adult)
        known: dict[str, list[Any]] = {}
        for secret in (s for one in all_ for s in self._secrets(f"case/{one}")):
            if secret.kind in OFFICE_ONLY or secret.commitment in apart:
                continue
            text = secret.data.decode("utf-8", "replace")
            try:
                value = json.loads(text) if secret.kind in AS_JSON else text
            except ValueError:
                value = text
            known.setdefault(secret.kind, []).append(value)
        withheld = [*_told_apart(known.get("case", ())), *(["requests"] if apart else [])]
        papers = {told["disclosure"]: told for told in known.pop("disclosure", [])}
        told = [
            {**{k: r[k] for k in ("fields", "ground", "on")}, **papers.get(subject[11:], {})}
            for subject, r in self.journal.rows("matters", list="disclosure/made").items()
            if r["case"] in all_
        ]

        def log(kind: str) -> list[dict[str, Any]]:
            entries = (e for one in all_ for e in self.journal.read(subject=f"{kind}/{one}"))
            return _steps(
                e
                for e in entries
                if e.body.get("step") != "answer:one" or (adult and e.body.get("asked") == adult)
            )

        return {
            "case": case,
            **({"also_taken_in_as": all_[1:]} if all_[1:] else {}),
            "state": row["state"],
            "known": known,
            **({"told_to_each_apart": withheld} if withheld else {}),
            "what_happened": log("case"),
            "who_looked": log("read"),
            "who_was_told": told,
            "earliest_disposal": earliest_disposal(self._last_use(all_)),
            **self._erased_on(case),
        }

    def _erased_on(self, case: str) -> dict[str, str]:
        """The day on which the data of a case were erased, if they were."""
        row = self.journal.row("matters", f"vault/{case}") or {}
        return {"erased_on": str(row["on"])} if row.get("state") == "erased" else {}

    def _written_apart(self, cases: Sequence[str], adult: int) -> set[str]:
        """The commitments of what another adult wrote with a letter of their own, and was answered."""
        return {
            str(value)
            for kind, states in (("review", OUTCOMES), ("correction", CORRECTED))
            for state in ("open", *states)
            for subject, row in self.journal.rows("matters", list=f"{kind}/{state}").items()
            if row["case"] in cases and row.get("adult") and row["adult"] != adult
            for entry in self.journal.read(subject=subject)
            for value in entry.body.get("vault", {}).values()
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
        self._permit("disclose", case=case)
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
        self._permit("verify")
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
        progress: Callable[[int, int], None] | None = None,
    ) -> Report:
        """Everything worked out again from the entries; finds the first that is not what it says.

        ``rebuild`` writes the views anew from the entries, if these are all there, and checks again;
        what they were stays a warning.
        ``progress`` is told now and then how many entries are read, and of how many; what it raises
        ends the check.
        """
        self._permit("verify")
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

    def _verify(self, anchor: str | None, progress: Callable[[int, int], None] | None) -> Report:
        with self.journal.snapshot():
            entries, last = self.journal.read(), self.journal.head()[0]

            def told_blob(mark: str) -> bytes | None:
                if progress:  # plans are judged again after the last entry is read
                    progress(last, last)
                return self.journal.blob(mark)

            try:
                secrets: list[Secret] | None = self.journal.secrets()
            except Unavailable:
                secrets = None
            return verify(
                _told(entries, last, progress) if progress else entries,
                self.journal.head(),
                {view: self.journal.rows(view) for view in VIEWS},
                secrets,
                told_blob,
                anchor,
                may=may_write,
                zones=self._zones(),
                strays=self.journal.strays(),
                beside=self.journal.beside(),
            )


TELL_EVERY = 1_000  # entries, some hundredths of a second of work
AS_JSON = ("case", "profile", "reason", "disclosure", "contact")
OFFICE_ONLY = (
    "like-reference",
    "like-household",
)  # signs by which a household taken in twice is found


def _told(
    entries: Iterator[Entry], last: int, progress: Callable[[int, int], None]
) -> Iterator[Entry]:
    """The entries; after every so many of them it is said how many are read."""
    for entry in entries:
        if entry.no % TELL_EVERY == 0:
            progress(entry.no, last)
        yield entry


def _told_apart(cases: Sequence[dict[str, Any]]) -> list[str]:
    """Take out what only the adult who said it may read, where there are others; the names of it."""
    apart = set()
    for case in cases:
        ages = case["ages"]
        if ages["from_18_to_64"] + ages["from_65"] > 1 and case.pop("places_to_avoid", None):
            apart.add("places_to_avoid")
    return sorted(apart)


def _steps(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "at": e.at, "role": e.role,
            **{k: e.body[k] for k in ("step", "what", "ground", "agreement") if k in e.body},
        }
        for e in entries
    ]  # fmt: skip
