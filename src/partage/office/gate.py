"""The gate: from a name and a password, and a second factor, to a session; slower after each miss."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from partage.core.errors import InputRefused, Refusal
from partage.core.units import instant, parse_instant
from partage.office import factor, passwords
from partage.office.sessions import ENROL, FACTOR, IN, Sessions, key_of_user, posts_of

FREE_TRIES, FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 5, 30, 900
PROVED_MINUTES = 5  # for which the outside service's word counts in place of the password
FORGOTTEN_HOURS = 24  # after which misses no longer count
Row = dict[str, Any]


class NotRecognised(Refusal):
    """A name, a password or a code that is not right; never which of them."""

    kind, http_status = "NotRecognised", 403
    title_en = "You were not recognised"
    title_fr = "Vous n’avez pas été reconnu"


class TooMany(Refusal):
    """Too many tries: ``wait`` seconds are left."""

    kind, http_status = "TooMany", 429
    title_en = "Too many tries: wait a moment"
    title_fr = "Trop d’essais : attendez un moment"

    def __init__(self, what: str, do: str, wait: int) -> None:
        super().__init__(what, do)
        self.wait = wait


class Gate(Sessions):
    """Coming in, step by step; every step answers a secret for the browser and the stage reached."""

    def sign_in(self, name: str, password: str, lang: str = "en") -> tuple[str, str]:
        """With a name and a password; as slow, and the same words, where there is no such account."""
        user = key_of_user(name)
        self._try(user)
        active = bool(posts_of(self.journal.row("matters", f"user/{user}")))
        login = self._login(user) if active else {}
        if not passwords.fits(str(login.get("password", "")), password[: passwords.MOST]):
            raise _not_recognised()
        if login.get("totp"):
            self._untry(user)  # the misses before it stay counted until the second factor is right
            stage = FACTOR
        else:
            stage = ENROL if self.rules.second_factor else IN
            self._forgive(user)
        return self.begin(user, stage=stage, by="password", lang=lang, more={}), stage

    def second(self, secret: str, code: str) -> str:
        """With a code of the minute, or one from paper, each of them once; a new secret."""
        session = self.known(secret, FACTOR)
        if session is None:
            raise _too_late()
        self._try(session.user)
        by = self._second(session.user, code)
        return self._come_in(secret, session.user, f"{session.by}+{by}", session.lang)

    def start(self, name: str, code: str, password: str, lang: str = "en") -> tuple[str, str]:
        """With a code that somebody gave, once: a password of one's own; then the second factor."""
        user = key_of_user(name)
        self._try(user)
        login = self._login(user)
        now = instant(self.clock.now())
        given = factor.hash_of_code(code)
        if not self._may_start(user, login, given, now):
            raise _not_recognised()
        password = passwords.check_password(password, name, self.rules.breached)
        kept = passwords.hashed(password)
        used = False

        def begun(row: Row | None) -> Row | None:
            nonlocal used
            used = self._may_start(user, row or {}, given, now)
            return _login_row(password=kept) if used else row

        self._change_login(user, begun)
        if not used:
            raise _not_recognised()
        self._forgive(user)
        self.end_all(user)
        stage = ENROL if self.rules.second_factor else IN
        return self.begin(user, stage=stage, by="password", lang=lang, more={}), stage

    def enrolling(self, secret: str) -> tuple[str, str]:
        """The secret for an app, and what its square says; the same until it is confirmed."""
        session = self.known(secret, ENROL, IN)
        if session is None:
            raise _too_late()
        sealed = self.kept(secret, "enrolling")
        seed = (self.journal.unseal_aside(session.user, sealed) if sealed else None) or ""
        if not seed:
            seed = factor.new_secret()
            self.keep(secret, enrolling=self.journal.seal_aside(session.user, seed))
        return seed, factor.address(seed, session.actor.name)

    def enrol(
        self, secret: str, code: str, password: str = "", now: str = ""
    ) -> tuple[str, list[str]]:
        """The app shows the right code: it is the second factor now; a new secret, and codes for paper.

        Whoever is in already says again who they are, with the password and a code of what they have
        ``now``: a session that was left open changes nothing here.
        """
        session = self.known(secret, ENROL, IN)
        if session is None:
            raise _too_late()
        self._try(session.user)
        if session.stage == IN:
            self._check_first(secret, session.user, password)
        seed, _ = self.enrolling(secret)
        step = factor.step_of(seed, code, self.clock.now(), 0)
        if not step:
            raise _not_recognised()
        if session.stage == IN:  # last, so that a slip above uses up no code
            self._check_second(session.user, now)
        codes = [factor.new_code() for _ in range(factor.CODES)]
        sealed = self.journal.seal_aside(session.user, seed)
        more = {
            "totp": sealed,
            "step": step,
            "codes": [factor.hash_of_code(one) for one in codes],
        }
        self._change_login(session.user, lambda login: (login or _login_row()) | more)
        self.end_all(session.user, but=session.id)
        by = f"{session.by.partition('+')[0]}+app"
        return self._come_in(secret, session.user, by, session.lang), codes

    def new_codes(self, secret: str, password: str, code: str = "") -> list[str]:
        """Other codes for paper, with the password and a code; the old ones open nothing any more."""
        session = self.known(secret)
        if session is None or not self._login(session.user).get("totp"):
            raise _too_late()
        self._try(session.user)
        self._check_first(secret, session.user, password)
        self._check_second(session.user, code)
        self._forgive(session.user)
        codes = [factor.new_code() for _ in range(factor.CODES)]
        hashes = [factor.hash_of_code(one) for one in codes]
        self._change_login(session.user, lambda login: (login or _login_row()) | {"codes": hashes})
        return codes

    def change_password(self, secret: str, old: str, new: str, code: str = "") -> None:
        """Another password, with the one before and a code; every other session of the person ends.

        What is wrong with the new one is said first: it tells nobody whether the old one was right.
        """
        session = self.known(secret)
        if session is None:
            raise _too_late()
        chosen = passwords.check_password(new, session.actor.name, self.rules.breached)
        self._try(session.user)
        self._check_password(session.user, old)
        self._check_second(session.user, code)
        kept = passwords.hashed(chosen)
        self._change_login(session.user, lambda login: (login or _login_row()) | {"password": kept})
        self._forgive(session.user)
        self.end_all(session.user, but=session.id)

    def proved(self, secret: str) -> bool:
        """Whether the outside service has said anew, in these minutes, who is in this session."""
        at = self.kept(secret, "proved")
        now = self.clock.now()
        return bool(at) and instant(now - timedelta(minutes=PROVED_MINUTES)) <= at <= instant(now)

    def has_second(self, user: str) -> bool:
        """Whether an account has a second factor: it is asked again before what one signs in by changes."""
        return bool(self._login(user).get("totp"))

    # -- what is kept ----------------------------------------------------------------------

    def _second(self, user: str, code: str) -> str:
        """By which second factor a code opens, and it is used up; refused where it opens by none."""
        held = self._login(user).get("holds_until", "")
        if held and instant(self.clock.now()) >= held:
            raise InputRefused(
                "It was set up on a colleague's word, and no administrator has looked at it in time.",
                "Ask an administrator to look at it, or for a code to begin anew.",
            )
        by = ""

        def used(login: Row | None) -> Row | None:
            nonlocal by
            by = ""
            if login is None or not login.get("totp"):
                return login
            seed = self.journal.unseal_aside(user, login["totp"]) or ""
            step = factor.step_of(seed, code, self.clock.now(), int(login["step"])) if seed else 0
            left = factor.without(login["codes"], code)
            if step:
                by = "app"
                return login | {"step": step}
            if left is not None:
                by = "paper"
                return login | {"codes": left}
            return login

        self._change_login(user, used)
        if not by:
            raise _not_recognised()
        return by

    def _check_first(self, secret: str, user: str, password: str) -> None:
        """The password again, or the word of the outside service, where whoever is here was sent back."""
        if not self.proved(secret):
            self._check_password(user, password)

    def _check_second(self, user: str, code: str) -> None:
        """The second factor again, of whoever has one."""
        if self.has_second(user):
            self._second(user, code)

    def _check_password(self, user: str, password: str) -> None:
        kept = str(self._login(user).get("password", ""))
        if not passwords.fits(kept, password[: passwords.MOST]):
            raise _not_recognised()

    def _come_in(self, secret: str, user: str, by: str, lang: str) -> str:
        self._forgive(user)
        self.end_secret(secret)
        return self.begin(user, stage=IN, by=by, lang=lang, more={})

    def _login(self, user: str) -> Row:
        return self.journal.aside(f"login/{user}") or {}

    def _change_login(self, user: str, how: Callable[[Row | None], Row | None]) -> None:
        self.journal.change_aside(f"login/{user}", how)

    def _may_start(self, user: str, login: Row, given: str, now: str) -> bool:
        active = bool(posts_of(self.journal.row("matters", f"user/{user}")))
        right = given == login.get("code") and now < str(login.get("code_until", ""))
        return active and right

    def _try(self, user: str) -> None:
        """Count a try before it is looked at, so that many at once are no way round; or say wait."""
        now, wait = self.clock.now(), 0

        def counted(row: Row | None) -> Row | None:
            nonlocal wait
            wait = 0
            if row is not None and row["wait"] > instant(now):
                wait = max(1, int((parse_instant(row["wait"]) - now).total_seconds()))
                return row
            misses = (row or {}).get("misses", 0) + 1
            beyond = max(0, misses - FREE_TRIES)
            seconds = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(beyond - 1, 10))
            return {
                "list": "tries", "misses": misses,
                "wait": instant(now + timedelta(seconds=seconds)) if beyond else "",
                "until": instant(now + timedelta(hours=FORGOTTEN_HOURS)),
            }  # fmt: skip

        self.journal.change_aside(self._tries(user), counted)
        if wait:
            raise TooMany(
                f"There were too many tries; the next one counts in {wait} seconds.",
                "Wait, then try again; if it was not you, tell an administrator.",
                wait,
            )

    def _untry(self, user: str) -> None:
        def less(row: Row | None) -> Row | None:
            return None if row is None else row | {"misses": max(0, row["misses"] - 1), "wait": ""}

        self.journal.change_aside(self._tries(user), less)

    def _forgive(self, user: str) -> None:
        self.journal.change_aside(self._tries(user), lambda _: None)

    def _tries(self, user: str) -> str:
        return f"tries/{self.journal.blind(f'tries {user}')}"


def _login_row(password: str = "") -> Row:
    return {"list": "login", "password": password, "totp": "", "step": 0, "codes": []}


def give_code(gate: Gate, user: str, *, hours: int) -> str:
    """A code with which a password is chosen once; what they signed in by until now opens nothing."""
    code = factor.new_code()
    more = {
        "code": factor.hash_of_code(code),
        "code_until": instant(gate.clock.now() + timedelta(hours=hours)),
    }
    gate.journal.change_aside(f"login/{user}", lambda _: _login_row() | more)
    return code


def set_password(gate: Gate, user: str, password: str) -> None:
    """A password for an account of a demonstration: nobody chose it, and everybody may see it."""
    kept = passwords.hashed(password)
    gate.journal.change_aside(f"login/{user}", lambda _: _login_row(kept))


def _not_recognised() -> NotRecognised:
    return NotRecognised(
        "The name, the password or the code is not right.",
        "Try again; if it is lost, ask an administrator for a code to begin anew.",
    )


def _too_late() -> InputRefused:
    return InputRefused("The sign-in was not finished in time.", "Begin it again.")
