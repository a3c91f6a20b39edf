"""The office: each verb asks the permit, reads what it needs, calls the pure verb and appends."""

from __future__ import annotations

from partage.office.ahead import Ahead
from partage.office.appointments import Appointments
from partage.office.archives import Archives
from partage.office.briefing import Briefing
from partage.office.by_hand import ByHand
from partage.office.checks import Checks
from partage.office.costs import Costs
from partage.office.door import Doors
from partage.office.hooks import Hooks
from partage.office.leafing import Leafing
from partage.office.letters import Letters
from partage.office.permits import Actor
from partage.office.policy_preview import PolicyPreviews
from partage.office.replans import Replans
from partage.office.road import Road
from partage.office.roofs import Roofs
from partage.office.taken_away import TakenAway
from partage.office.tokens import Tokens
from partage.office.users import Users
from partage.office.vouching import Vouching


class Office(
    TakenAway,
    Letters,
    Doors,
    Ahead,
    Replans,
    PolicyPreviews,
    ByHand,
    Road,
    Checks,
    Appointments,
    Costs,
    Leafing,
    Roofs,
    Tokens,
    Archives,
    Hooks,
    Briefing,
    Users,
    Vouching,
):
    """One journal, one pack, one clock and one actor; every verb is a method."""

    def acting(self, actor: str | Actor) -> Office:
        """The same office with somebody else at the desk."""
        who = Actor.parse(actor) if isinstance(actor, str) else actor
        other = Office(self.journal, self.pack, self.clock, who, self._seed)
        other.reach = self.reach
        other.seen = self.seen
        return other
