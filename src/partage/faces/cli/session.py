"""One invocation: who acts, on which journal, and how the answer is written."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from partage.core.errors import InputRefused, Refusal
from partage.core.findings import Finding
from partage.faces.pages.envelope import as_json, by_weight, envelope

if TYPE_CHECKING:
    from partage.office.office import Office
    from partage.report.table import Table

Language = Literal["en", "fr"]
MOST_BYTES = 50_000_000  # of any file handed in
SHOWN = 20  # findings shown in prose; --json has all
ALIKE = 3  # of those that ask for the same, so that a hundred of one kind hide no other


@dataclass(slots=True)
class Session:
    """The options that stand before the verb."""

    db: str
    actor: str
    as_json: bool
    at: str | None
    pack: str = "canada"
    language: Language = "en"

    def office(self, *, create: bool = False) -> Office:
        """The office on the journal of this invocation, with the actor at the desk."""
        from partage.compose import open_office
        from partage.core.units import parse_instant

        at = parse_instant(self.at) if self.at else None
        return open_office(
            self.db,
            self.who(),
            pack=self.pack,
            at=at,
            seed=os.environ.get("PARTAGE_SEED"),
            create=create,
        )

    def who(self) -> str:
        """Who acts; refused if nobody said so."""
        if not self.actor:
            raise InputRefused(
                "Nobody is at the desk: it is not said who acts.",
                "Say it with --as NAME:ROLE, such as --as anna:intake, or set PARTAGE_AS.",
            )
        return self.actor

    def progress(self, text: str) -> None:
        """A line about long work, on standard error."""
        if self.french:
            from partage.report.french import confirmation_in_french

            text = confirmation_in_french(text)
        print(text, file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """A line of prose: standard output, or standard error beside JSON."""
        print(text, file=sys.stderr if self.as_json else sys.stdout, flush=True)

    def answer(
        self,
        verb: str,
        data: Any,
        *,
        text: str = "",
        findings: Iterable[Finding] = (),
        marks: Mapping[str, str] | None = None,
        assumptions: Iterable[str] = (),
        ok: bool = True,
        error: Mapping[str, str] | None = None,
        findings_first: bool = False,
    ) -> None:
        """Write the answer: prose, or one JSON object as the last line of standard output."""
        remarks = by_weight(findings)
        if text and self.french:
            from partage.report.french import confirmation_in_french

            text = confirmation_in_french(text)
        prose = sys.stderr if self.as_json else sys.stdout
        if text and not findings_first:
            print(text.rstrip(), file=prose)
        shown = _of_each_kind(remarks)
        for finding in shown:
            print(self._line(finding), file=prose)
        if more := len(remarks) - len(shown):
            said = (
                "autres constats (tous avec --json)"
                if self.french
                else "more findings (all with --json)"
            )
            print(f"… {'et' if self.french else 'and'} {more} {said}", file=prose)
        if text and findings_first:
            print(text.rstrip(), file=prose)
        if self.as_json:
            whole = envelope(
                verb,
                data,
                findings=self.said(remarks),
                marks=marks,
                assumptions=assumptions,
                ok=ok,
                error=error,
            )
            print(json.dumps(whole, ensure_ascii=False, default=as_json))

    def label(self, text: str) -> str:
        """A heading or a word as whoever sits here reads it."""
        if self.french:
            from partage.report.french import label_in_french

            text = label_in_french(text)
        return text

    def table(self, table: Table) -> str:
        """A table as whoever sits here reads it."""
        if self.french:
            from partage.report.french import table_in_french

            table = table_in_french(table)
        return str(table)

    def refuse(self, verb: str, refusal: Refusal) -> None:
        """Write a refusal in the same envelope; in prose it goes to standard error."""
        what, do = refusal.what, refusal.do
        if self.french:
            from partage.report.french import refusal_in_french

            what, do = refusal_in_french(refusal)
        if self.as_json:
            self.answer(verb, None, ok=False, error={"kind": refusal.kind, "what": what, "do": do})
        kind = f"{refusal.title_fr}\u00a0" if self.french else refusal.kind
        print(f"{kind}: {what} {do}".rstrip(), file=sys.stderr)

    @property
    def french(self) -> bool:
        """Whether who sits here reads French."""
        return self.language == "fr"

    def said(self, remarks: Sequence[Finding]) -> Sequence[Finding]:
        """Findings as whoever sits here reads them."""
        if not self.french:
            return remarks
        from partage.report.french import finding_in_french

        return [finding_in_french(finding) for finding in remarks]

    def _line(self, finding: Finding) -> str:
        if not self.french:
            return str(finding)
        from partage.report.french import finding_text

        return finding_text(finding)


def _of_each_kind(remarks: Sequence[Finding]) -> list[Finding]:
    """The gravest findings, a few of each kind; all of them where they are few."""
    if len(remarks) <= ALIKE * 4:
        return list(remarks)
    seen: Counter[tuple[str, str]] = Counter()
    shown = []
    for finding in remarks:
        kind = (finding.where.partition(" ")[0], finding.do)
        seen[kind] += 1
        if seen[kind] <= ALIKE:
            shown.append(finding)
    return shown[:SHOWN]


def read_file(path: Path) -> bytes:
    """The bytes of a file, or a refusal that names it."""
    try:
        large = path.stat().st_size > MOST_BYTES  # before it is in memory
        with path.open("rb") as file:  # a device says that it is empty and has no end
            content = b"" if large else file.read(MOST_BYTES + 1)
        if large or len(content) > MOST_BYTES:
            raise InputRefused("The file is larger than 50 MB.", "Split it and send each part.")
        return content
    except OSError as error:
        raise InputRefused(
            f"The file cannot be read: {error.strerror}.", "Check its name."
        ) from None
