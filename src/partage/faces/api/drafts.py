"""A draft of a policy: what it says, in sentences and key by key, and where it differs; nothing is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from partage.faces.api.said import Said
from partage.faces.api.words import Body, Lang, Maybe
from partage.faces.pages.policy_lines import beside, between, lines
from partage.office.office import Office
from partage.report.policy_words import sentences

MOST_BYTES = 200_000


class Drafted(Body):
    """The draft as TOML, as in the folder policies of a pack."""

    draft: Annotated[str, Field(min_length=1, max_length=MOST_BYTES)]


def draft_policy(office: Office, key: str, body: Drafted, lang: Maybe[Lang] = None) -> Said:
    """What a draft of a policy says, and where it differs from the one that stands; nothing is kept."""
    policy = office.drafted(body.draft.encode())
    against, why = beside(office, policy)
    said = sentences(policy, office.pack, "fr" if lang == "fr" else "en", str)
    rows = between(against, policy) if against else []
    return Said(
        {
            "policy": policy.id,
            "version": policy.version,
            "sentences": [{"says": one, "own_words": own} for one, own in said],
            "keys": dict(lines(policy)),
            "beside": {"policy": against.id, "version": against.version, "why": why}
            if against
            else None,
            "differs": [{"key": name, "before": old, "after": new} for name, old, new in rows],
        },
        marks={"policy": policy.mark},
    )
