"""``draw``: a public draw whose seed is committed by its hash before anybody knows what it decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.apportion.draw import check_draw, commitment, drawn_order
from partage.casework.acts import Acts, new_secret
from partage.core.errors import InputRefused, Unfaithful, WrongState
from partage.core.streams import Stream
from partage.ledger.facts import Draft


def commit_draw(stream: Stream, day: str) -> Acts:
    """A fresh seed in the vault, and its hash in the chain: from now on it cannot be changed."""
    draw = f"D-{stream.child('draw-id').token(10)}"
    seed = stream.child("draw-seed").token(26)
    secret = new_secret(stream, "draw-seed", f"draw/{draw}", seed.encode())
    body = {"committed": commitment(seed), "vault": {"draw-seed": secret.commitment}}
    return Acts(
        (Draft("draw", f"draw/{draw}", body, day),),
        expect={f"draw/{draw}": 0},
        secrets=(secret,),
        data={"draw": draw, "committed": body["committed"]},
    )


def hold_draw(
    draw: str, committed: Mapping[str, Any], version: int, seed: str, among: Sequence[str], day: str
) -> Acts:
    """The order in which the committed seed brings out the tied regions; the seed becomes public.

    Refused: a draw that was held before, fewer than two regions, a seed that is not the one
    committed to.
    """
    if version != 1:
        raise WrongState(
            f"The draw {draw} was held before.", "Commit to a new one: 'partage draw'."
        )
    if len(set(among)) < 2 or len(set(among)) != len(among):
        raise InputRefused(
            "A draw is held among two regions or more, each named once.",
            "Name those that the refusal says are tied, such as --among CA-NS,CA-NB.",
        )
    order = drawn_order(seed, tuple(among))
    wrong = check_draw(committed["committed"], seed, tuple(among), order)
    if wrong:
        raise Unfaithful(f"The draw {draw} is not as committed: {wrong[0]}.", "Call an auditor.")
    body = {"seed": seed, "among": sorted(among), "order": list(order)}
    return Acts(
        (Draft("draw", f"draw/{draw}", body, day),),
        expect={f"draw/{draw}": version},
        data={"draw": draw, "committed": committed["committed"], **body},
    )


def draw_faults(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with a draw, from the bodies of its entries: committed, then held."""
    if len(entries) < 2:
        return []
    first, held = entries[0], entries[1]
    return check_draw(
        first["committed"], held["seed"], tuple(held["among"]), tuple(held["order"])
    ) + [f"was held {len(entries) - 1} times" for _ in entries[2:3]]
