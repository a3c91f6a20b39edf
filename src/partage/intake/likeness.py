"""What makes two rows look like one household taken in twice; people say whether they are.

Two signs, both narrow, because a long list of false alarms is read by nobody: the same reference but
for capitals, spaces and signs; or three persons or more with the same ages, nationality and minute of
entry at the same point.
"""

from __future__ import annotations

import re

from partage.core.household import Household

LEAST_PERSONS = 3  # single adults of one nationality enter in the same minute every day
NOISE = re.compile(r"[\W_]+")  # letters and digits of every script stay
SAME_LOOK = str.maketrans({"o": "0", "i": "1", "l": "1"})


def signs_of(reference: str, household: Household) -> dict[str, bytes]:
    """The signs of a household by kind, as the vault keeps them; nothing of it leaves the vault."""
    plain = _plain(reference)
    signs = {"like-reference": plain.encode()} if plain else {}
    need = household.need
    if household.persons >= LEAST_PERSONS:
        ages = (
            need.ages.under_5,
            need.ages.from_5_to_17,
            need.ages.from_18_to_64,
            need.ages.from_65,
            *([need.ages.unknown] if need.ages.unknown else []),
        )
        parts = [
            need.entry_point,
            need.entered_at[:16],
            *map(str, ages),
            household.profile.nationality,
        ]
        signs["like-household"] = "|".join(parts).casefold().encode()
    return signs


def _plain(reference: str) -> str:
    return NOISE.sub("", reference.casefold()).translate(SAME_LOOK)
