"""Double entry in dollars: every cent that somebody bears is a cent that somebody else is relieved of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from partage.core.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Posting:
    """``cents`` from one account to another, for a night; never changed, only reversed.

    Accounts: ``cost/SITE`` (what was incurred), ``bearer/PARTY`` (who bears it), ``due/CLAIMANT/PAYER``
    (what one owes another). ``reverses`` is the id of the posting that it takes back.
    """

    id: str
    debit: str
    credit: str
    cents: int
    day: date
    evidence: tuple[int, ...] = ()
    reverses: str = ""


def reversing(posting: Posting, id_: str) -> Posting:
    """The posting that takes another back; both stay on record. Refused: taking back a taking back."""
    if posting.reverses:
        raise InputRefused(
            f"{posting.id} takes back {posting.reverses} itself.", "Post the right amount anew."
        )
    return replace(posting, id=id_, debit=posting.credit, credit=posting.debit, reverses=posting.id)


class Book:
    """Balances of accounts in cents; their sum is always nought."""

    def __init__(self, postings: Iterable[Posting] = ()) -> None:
        self.postings: dict[str, Posting] = {}
        self.balance: dict[str, int] = {}
        self._reversed: set[str] = set()
        for posting in postings:
            self.post(posting)

    def post(self, posting: Posting) -> None:
        """Enter a posting; the same one twice changes nothing. Refused: an amount below nought, an id that
        says something else, a second reversal."""
        if self.postings.get(posting.id) == posting:
            return
        if posting.id in self.postings:
            raise InputRefused(
                f"{posting.id} is on record with something else.", "Reverse it first."
            )
        if posting.cents < 0:
            raise InputRefused(f"{posting.id} is below nought.", "Reverse the posting it corrects.")
        if posting.reverses:
            before = self.postings.get(posting.reverses)
            if before is None or reversing(before, posting.id) != posting:
                raise InputRefused(
                    f"{posting.id} does not take back what {posting.reverses} says.", "Correct it."
                )
            if posting.reverses in self._reversed:
                raise InputRefused(
                    f"{posting.reverses} was taken back before.", "Nothing is to be done."
                )
            self._reversed.add(posting.reverses)
        self.postings[posting.id] = posting
        self._add(posting.debit, posting.cents)
        self._add(posting.credit, -posting.cents)

    def _add(self, account: str, cents: int) -> None:
        self.balance[account] = self.balance.get(account, 0) + cents
        if not self.balance[account]:
            del self.balance[account]

    def owed(self, claimant: str, payer: str) -> int:
        """What ``payer`` owes ``claimant``, in cents."""
        return self.balance.get(f"due/{claimant}/{payer}", 0)
