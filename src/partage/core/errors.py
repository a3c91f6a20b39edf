"""Refusals: sentences that say what, where and what to do; one table of exit codes and statuses."""

from __future__ import annotations

import re
from typing import ClassVar


class Refusal(Exception):
    """A request that is not carried out, with a sentence for the person who made it.

    ``what`` says what is wrong and where; ``do`` says what to do next. No personal data in either.
    """

    kind: ClassVar[str] = "Refusal"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    title_en: ClassVar[str] = "Not done"
    title_fr: ClassVar[str] = "Non effectué"
    do_fr: ClassVar[str] = "Regardez de nouveau ce qui est demandé."

    def __init__(self, what: str, do: str = "") -> None:
        super().__init__(f"{what} {do}".strip())
        self.what = what
        self.do = do


_CODE = re.compile(
    r"[a-z0-9][a-z0-9._:/+=-]{0,59}|[A-Z]{1,2}(-[0-9A-Z]{1,10})?|-?[0-9][0-9.,:TZ+-]*"
)


def shown(text: str, *, otherwise: str = "What was given") -> str:
    """What was given where a code was asked for, in quotes, if it looks like one; else nothing of it.

    A person's name typed in the wrong field must not go on into logs; a code with a slip may.
    """
    return f"'{text}'" if _CODE.fullmatch(text) else otherwise


def named(id_: str) -> str:
    """An id as it was given, or "what was given" if it does not look like one."""
    return id_ if _CODE.fullmatch(id_) else "what was given"


def no_such(kind: str, text: str) -> str:
    """The sentence that there is no such thing, with what was given only if it looks like an id."""
    return f"There is no {kind} {text}." if _CODE.fullmatch(text) else f"There is no such {kind}."


class InputRefused(Refusal):
    """What was handed in cannot be used as it is."""

    kind, exit_code, http_status = "InputRefused", 2, 422
    title_en = "What was sent cannot be used as it is"
    title_fr = "Ce qui a été envoyé ne peut être utilisé tel quel"
    do_fr = "Corrigez ce qui est nommé ici et refaites la commande ; rien n’a été écrit."


class LotsRequired(Refusal):
    """An exact tie that only a public draw may break; ``tied`` names those who are tied."""

    kind, exit_code, http_status = "LotsRequired", 3, 409
    title_en = "An exact tie: lots are to be drawn"
    title_fr = "Égalité exacte : il faut tirer au sort"
    do_fr = "Tenez un tirage au sort public avec « partage draw », puis donnez-le avec --lots."

    def __init__(self, what: str, do: str = "", tied: tuple[str, ...] = ()) -> None:
        super().__init__(what, do)
        self.tied = tied


class Stale(Refusal):
    """Somebody else changed the same subject first."""

    kind, exit_code, http_status = "Stale", 4, 409
    title_en = "Somebody else changed it first"
    title_fr = "Une autre personne l’a modifié avant vous"
    do_fr = "Regardez-le de nouveau et répétez la commande."


class NotPermitted(Refusal):
    """This actor may not do this."""

    kind, exit_code, http_status = "NotPermitted", 5, 403
    title_en = "This is not yours to do"
    title_fr = "Cela ne vous appartient pas"
    do_fr = "Demandez à une personne dont c’est le rôle."


class NotFound(Refusal):
    """No such thing."""

    kind, exit_code, http_status = "NotFound", 6, 404
    title_en = "There is no such thing"
    title_fr = "Cela n’existe pas"
    do_fr = "Vérifiez le code."


class WrongState(Refusal):
    """The thing exists but is not in a state in which this can be done."""

    kind, exit_code, http_status = "WrongState", 7, 409
    title_en = "It cannot be done as things stand"
    title_fr = "Cela ne peut se faire dans l’état actuel"
    do_fr = "Regardez où en sont les choses avec « partage survey » ; rien n’a été changé."


class Unfaithful(Refusal):
    """A check found a fault: the record, a plan or a certificate is not what it says."""

    kind, exit_code, http_status = "Unfaithful", 8, 500
    title_en = "A check found a fault"
    title_fr = "Une vérification a trouvé une faute"
    do_fr = "N’allez pas plus loin ; appelez une personne de la vérification."


class Unavailable(Refusal):
    """A part that is needed cannot be reached now."""

    kind, exit_code, http_status = "Unavailable", 9, 503
    title_en = "A part that is needed cannot be reached now"
    title_fr = "Une partie nécessaire est hors d’atteinte"
    do_fr = "Rien n’a été écrit. Appelez qui tient la machine, puis répétez la commande."


class Unconfirmed(Unavailable):
    """An act was begun and not confirmed: it may or may not be kept."""


REFUSALS: tuple[type[Refusal], ...] = (
    InputRefused,
    LotsRequired,
    Stale,
    NotPermitted,
    NotFound,
    WrongState,
    Unfaithful,
    Unavailable,
)
USAGE_EXIT = 64
INTERRUPT_EXIT = 130
