"""Data about many households, handed to somebody on a ground: an encrypted archive, each logged as told."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from partage.casework.acts import Acts
from partage.casework.privacy import check_fields, disclose_many
from partage.core.errors import InputRefused, NotFound, no_such
from partage.core.units import CASE_ID
from partage.office.desk import Desk, Done
from partage.office.factor import new_code
from partage.office.permits import Permit
from partage.office.places import AT_A_SITE, site_in
from partage.report import archive as told
from partage.report.sheet import as_csv, as_xlsx

MOST_CASES = 2000
NEVER = ("places_to_avoid", "id")  # told to nobody in a list: the place itself could endanger


@dataclass(frozen=True, slots=True)
class Archive:
    """A file for whoever is told, and what opens it; both are kept nowhere, and empty in a repetition."""

    name: str
    content: bytes
    passphrase: str


class Archives(Desk):
    """Disclosures of many households at once, as a file that only a passphrase opens."""

    def archive(
        self,
        to: str,
        fields: Sequence[str],
        *,
        ground: str,
        instrument: str,
        cases: Sequence[str] = (),
        site: str = "",
        idem: str | None = None,
    ) -> tuple[Done, Archive]:
        """Hand data of these cases, or of all at a site, to somebody: by field, on a ground, encrypted.

        Every household gets its line in the ledger of disclosures, and the look is logged, before anything
        is shown. A clerk of a site hands over data of people at that site alone.
        """
        row = self._permit("archive", site=site)
        check_fields(fields)
        for field in fields:
            self._permit("archive", fields=field, site=site)
        people: dict[str, told.Case] = {}

        def act() -> Acts:
            people.clear()
            found = self._chosen(cases, site, row)
            people.update({case: self._of(case, known, fields) for case, known in found.items()})
            acts = disclose_many(
                list(people), to, tuple(fields), ground, instrument,
                day=self._day(), stream=self._stream("export"),
            )  # fmt: skip
            reads = self._read_drafts("archive", list(people), row, site=site)
            data = {"households": len(people), **acts.data}
            return Acts((*reads, *acts.drafts), acts.expect, acts.secrets, data=data)

        done = self._do("export", act, idem)
        if done.data.get("answered_before"):
            return done, Archive("", b"", "")
        words = {
            "n": len(people), "to": to.strip(), "fields": ", ".join(fields), "ground": ground,
            "instrument": instrument.strip(), "at": self._at(), "role": self.actor.role,
        }  # fmt: skip
        return done, _sealed(people, told.READ_ME.format(**words), self._at())

    def _chosen(self, cases: Sequence[str], site: str, row: Permit) -> dict[str, dict[str, Any]]:
        """The rows of the cases that are asked for, all in the part of the world that the permit covers."""
        if site:
            self.pack.site(site)
        found: dict[str, dict[str, Any]] = {}
        for case in dict.fromkeys(cases):
            known = self.journal.row("cases", case) if CASE_ID.match(case) else None
            if known is None or (site and not _is_at(known, site)):
                raise NotFound(
                    no_such("case", case) if not site else f"{no_such('case', case)[:-1]} there.",
                    "Name cases that are there.",
                )
            found[case] = known
        if not cases and site:
            for state in AT_A_SITE:
                rows = self.journal.rows("cases", state=state)
                found |= {case: known for case, known in rows.items() if _is_at(known, site)}
        if not found:
            raise InputRefused("It is about nobody.", "Name cases, or a site with people.")
        if len(found) > MOST_CASES:
            raise InputRefused(
                f"It is about {len(found)} households; {MOST_CASES} at most.", "Split it."
            )
        return found

    def _of(self, case: str, row: dict[str, Any], fields: Sequence[str]) -> told.Case:
        kinds = {"need": "case", "profile": "profile", "contact": "contact"}
        secrets = {secret.kind: secret for secret in self._secrets(f"case/{case}")}
        if "case" not in secrets:
            raise NotFound(f"The data of {case} were erased.", "Leave it out.")
        said: dict[str, dict[str, Any]] = {}
        for field in fields:
            if field == "placement":
                place = {"state": row["state"], "site": site_in(row), "since": row.get("since", "")}
                said[field] = place
            elif secret := secrets.get(kinds.get(field, "")):
                known = json.loads(secret.data)
                said[field] = {name: v for name, v in known.items() if name not in NEVER}
        return said


def _is_at(row: dict[str, Any], site: str) -> bool:
    return row.get("state") in AT_A_SITE and site_in(row) == site


def _sealed(people: dict[str, told.Case], read_me: str, at: str) -> Archive:
    """A ZIP with AES-256, by a passphrase of 120 random bits: too many to be guessed."""
    import pyzipper

    passphrase, out = new_code(), io.BytesIO()
    sheet = told.cases(people, at)
    with pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as file:
        file.setpassword(passphrase.encode())
        file.writestr("READ-ME_LISEZ-MOI.txt", read_me)
        file.writestr("cases.csv", "".join(as_csv(sheet)))
        file.writestr("cases.xlsx", as_xlsx(sheet))
    return Archive(f"cases-{at[:10]}.zip", out.getvalue(), passphrase)
