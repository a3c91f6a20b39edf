"""An outside sign-in service: OpenID Connect Core 1.0 with a code, PKCE, state and nonce; nothing else.

What the service says is believed only in an ID token that its keys signed, for this client, for this
question, and not too old. Its access token is not used and not kept. The service is asked at the addresses
that its own description names, each of them TLS or on this machine; redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from partage.core.units import parse_instant
from partage.office.outside import Question

if TYPE_CHECKING:
    import httpx

SECONDS = 5.0  # to wait for the service, each time
KEPT_SECONDS = 3600  # its description
AGAIN_SECONDS = 60  # before its keys are asked for again, should one be unknown
MOST_BYTES = 500_000  # of any of its answers
LEEWAY_SECONDS = 60  # between its clock and this one
OLDEST_SECONDS = 600  # of a token that is handed over at once
SIGNED_BY = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
BACK = "/sign-in/back"


class Untrusted(Exception):
    """An answer that is not believed; which part of it, never what it said."""


class Down(Exception):
    """The service cannot be reached, or does not answer as such a service does."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Which service, who this office is to it, and at which address this office is.

    ``two_factors``: what the service writes into ``acr`` or ``amr`` when it asked for two factors.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    origin: str
    name: str
    two_factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who somebody is, by the service's word, and whether it asked them for two factors."""

    subject: str
    two_factors: bool


class Provider:
    """One service; its description and keys are asked for when they are needed, and kept a while."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._said: dict[str, Any] = {}
        self._said_at = self._keys_at = -1e9
        self._keys: Any = None
        self._client: httpx.Client | None = None

    def address(self, question: Question, lang: str) -> str:
        """Where the browser goes to be asked; ``Down`` if the service does not say where that is."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        mine = self.settings
        more = {"acr_values": " ".join(mine.two_factors)} if mine.two_factors else {}
        if question.again:  # it asks them anew, and says when it did
            more |= {"prompt": "login", "max_age": "0"}
        return str(
            prepare_grant_uri(
                self._description()["authorization_endpoint"], mine.client, "code",
                redirect_uri=mine.origin + BACK, scope="openid", state=question.state,
                nonce=question.nonce, code_challenge_method="S256", response_mode="query",
                code_challenge=create_s256_code_challenge(question.verifier), ui_locales=lang, **more,
            )
        )  # fmt: skip

    def vouched(self, code: str, question: Question, now: datetime) -> Vouched:
        """Who came back with a code; ``Untrusted`` unless the service says it to this question."""
        said = self._description()
        token = self._token(said, code, question).get("id_token")
        if not isinstance(token, str):
            raise Untrusted("id_token")
        return self._checked(self._claims(said, token), question, now)

    def leave(self, lang: str) -> str:
        """Where somebody ends their session at the service too; "" where it says no such address."""
        with self._lock:
            end = str(self._said.get("end_session_endpoint", ""))
        back = f"{self.settings.origin}/{lang}/sign-in"
        query = urlencode({"client_id": self.settings.client, "post_logout_redirect_uri": back})
        return f"{end}{'&' if '?' in end else '?'}{query}" if end else ""

    # -- what the service says ---------------------------------------------------------------

    def _description(self) -> dict[str, Any]:
        """What it says of itself, under the very name that is in the settings."""
        with self._lock:
            if time.monotonic() - self._said_at < KEPT_SECONDS:
                return self._said
        issuer = self.settings.issuer
        said = self._asked("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        if said.get("issuer") != issuer:
            raise Down("issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not safe_address(str(said.get(name, ""))):
                raise Down(name)
        if not safe_address(str(said.get("end_session_endpoint", ""))):
            said.pop("end_session_endpoint", None)
        if "S256" not in said.get("code_challenge_methods_supported", ("S256",)):
            raise Down("code_challenge_methods_supported")
        with self._lock:
            self._said, self._said_at = said, time.monotonic()
        return said

    def _token(self, said: Mapping[str, Any], code: str, question: Question) -> dict[str, Any]:
        mine = self.settings
        fields = {
            "grant_type": "authorization_code", "code": code, "code_verifier": question.verifier,
            "redirect_uri": mine.origin + BACK,
        }  # fmt: skip
        ways = said.get("token_endpoint_auth_methods_supported", ("client_secret_basic",))
        if "client_secret_basic" in ways:
            auth = (quote(mine.client, safe=""), quote(mine.secret, safe=""))
            return self._asked("POST", said["token_endpoint"], fields, auth)
        fields |= {"client_id": mine.client, "client_secret": mine.secret}
        return self._asked("POST", said["token_endpoint"], fields)

    def _claims(self, said: Mapping[str, Any], token: str) -> dict[str, Any]:
        """What a token says, if one of the service's keys signed it; newer keys are asked for once."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        for again in (False, True):
            keys = self._key_set(said["jwks_uri"], again=again)
            try:
                return dict(jwt.decode(token, keys, algorithms=SIGNED_BY).claims)
            except (JoseError, ValueError, TypeError, KeyError):
                continue
        raise Untrusted("signature")

    def _key_set(self, address: str, *, again: bool) -> Any:
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        with self._lock:
            age, kept = time.monotonic() - self._keys_at, self._keys
        if kept is not None and age < (AGAIN_SECONDS if again else KEPT_SECONDS):
            return kept
        said = self._asked("GET", address)
        try:
            fresh = KeySet.import_key_set({"keys": [k for k in said["keys"] if _signs(k)]})
        except (JoseError, ValueError, TypeError, KeyError):
            raise Down("jwks_uri") from None
        with self._lock:
            self._keys, self._keys_at = fresh, time.monotonic()
        return fresh

    def _asked(
        self,
        method: str,
        address: str,
        fields: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> dict[str, Any]:
        """What the service answers, as an object; ``Down`` for anything else, ``Untrusted`` for a no."""
        import httpx

        body, began = b"", time.monotonic()
        try:
            with self._line().stream(
                method, address, data=dict(fields) if fields else None, auth=auth,
                headers={"Accept": "application/json"},
            ) as answer:  # fmt: skip
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > MOST_BYTES or time.monotonic() - began > 2 * SECONDS:
                        raise Down("too much")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Down(type(error).__name__) from None
        if answer.status_code in (400, 401, 403):
            raise Untrusted("code")
        try:
            said = json.loads(body)
        except ValueError:
            said = None
        if answer.status_code != 200 or not isinstance(said, dict):
            raise Down(f"status {answer.status_code}")
        return said

    def _line(self) -> httpx.Client:
        """One client for the life of the server: it checks certificates and follows no redirect."""
        import httpx

        with self._lock:
            if self._client is None:
                self._client = httpx.Client(timeout=SECONDS, follow_redirects=False)
            return self._client

    def _checked(self, claims: dict[str, Any], question: Question, now: datetime) -> Vouched:
        """OpenID Connect Core 1.0, section 3.1.3.7: from whom, for whom, to which question, how old."""
        from joserfc.errors import JoseError
        from joserfc.jwt import JWTClaimsRegistry

        mine, at = self.settings, int(now.timestamp())
        wanted = JWTClaimsRegistry(
            now=at, leeway=LEEWAY_SECONDS, iss={"essential": True, "value": mine.issuer},
            aud={"essential": True, "value": mine.client}, sub={"essential": True},
            exp={"essential": True}, iat={"essential": True},
            nonce={"essential": True, "value": question.nonce},
        )  # fmt: skip
        try:
            wanted.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise Untrusted(str(getattr(error, "claim", "") or type(error).__name__)) from None
        party = claims.get(
            "azp", mine.client if claims["aud"] in (mine.client, [mine.client]) else ""
        )
        if party != mine.client:
            raise Untrusted("azp")
        if claims["iat"] < at - OLDEST_SECONDS:
            raise Untrusted("iat")
        if question.again:
            said_at, asked = claims.get("auth_time"), parse_instant(question.asked).timestamp()
            if not isinstance(said_at, int) or said_at < asked - LEEWAY_SECONDS:
                raise Untrusted("auth_time")
        if not (isinstance(claims["sub"], str) and 0 < len(claims["sub"]) <= 255):
            raise Untrusted("sub")
        methods = claims.get("amr")
        said = {str(claims.get("acr", "")), *(methods if isinstance(methods, list) else ())}
        return Vouched(claims["sub"], any(one in said for one in mine.two_factors))


def safe_address(address: str) -> bool:
    """Whether what is sent to an address is read by nobody on the way: TLS, or this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and on_loopback(host))
    )


def on_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _signs(key: Any) -> bool:
    return isinstance(key, dict) and key.get("use", "sig") == "sig" and key.get("kty") != "oct"
