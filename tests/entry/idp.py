"""A sign-in service of its own, as a process: `python idp.py ISSUER-PORT-FILE`.

Authlib's authorization server does the protocol (redirect addresses, client secret, PKCE, a code used once);
what it says of somebody, and which lie it tells, is set over /control by the test.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Payload, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

CLIENT, SECRET = "partage", "a secret: with / signs & all"
SAYS: dict[str, Any] = {"sub": "s-anna", "at": 0, "lie": "", "acr": "", "amr": [], "down": False}
CODES: dict[str, dict[str, Any]] = {}
KEYS = {"key": ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})}
SEEN: list[dict[str, Any]] = []


class Client(ClientMixin):
    def __init__(self, backs: set[str]) -> None:
        self.backs = backs

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return "openid" if "openid" in scope.split() else ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.backs

    def check_client_secret(self, client_secret: str) -> bool:
        from urllib.parse import unquote

        return unquote(client_secret) == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Payload(OAuth2Payload):
    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs

    @property
    def data(self) -> dict[str, str]:
        return dict(self.pairs)

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in self.pairs:
            found[name].append(value)
        return found


class Asked(OAuth2Request):
    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(
            environ["REQUEST_METHOD"], "http://127.0.0.1" + environ["PATH_INFO"],
            headers={"Authorization": environ.get("HTTP_AUTHORIZATION", "")},
        )  # fmt: skip
        size = int(environ.get("CONTENT_LENGTH") or 0)
        self._form = dict(parse_qsl(environ["wsgi.input"].read(size).decode())) if size else {}
        query = parse_qsl(environ["QUERY_STRING"], keep_blank_values=True)
        self.payload = Payload([*query, *self._form.items()])

    @property
    def args(self) -> dict[str, str]:
        return self.payload.data

    @property
    def form(self) -> dict[str, str]:
        return self._form


class Code(dict):  # type: ignore[type-arg]
    def get_redirect_uri(self) -> str:
        return str(self["redirect_uri"])

    def get_scope(self) -> str:
        return "openid"

    def __getattr__(self, name: str) -> Any:
        return self.get(name)


class Grant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

    def save_authorization_code(self, code: str, request: Asked) -> None:
        CODES[code] = {**request.payload.data, "code": code}

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return Code(CODES[code]) if code in CODES else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        CODES.pop(authorization_code["code"], None)

    def authenticate_user(self, authorization_code: Code) -> str:
        return str(SAYS["sub"])


class Speaks(OpenIDCode):
    """The ID token: true, or with the one lie that was asked for."""

    def __init__(self, issuer: str) -> None:
        super().__init__(require_nonce=True)
        self.issuer = issuer

    def exists_nonce(self, nonce: str, request: Asked) -> bool:
        return any(one.get("nonce") == nonce for one in CODES.values())

    def encode_id_token(self, token: dict[str, Any], request: Asked) -> str:
        lie, at = SAYS["lie"], int(SAYS["at"])
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": SAYS["sub"], "iat": at, "exp": at + 300,
            "nonce": request.authorization_code["nonce"], "auth_time": int(SAYS.get("auth_time") or at),
            **{name: SAYS[name] for name in ("acr", "amr") if SAYS[name]},
        }  # fmt: skip
        claims |= {
            "nonce": {"nonce": "another"}, "audience": {"aud": "another"},
            "audience, our party": {"aud": "another", "azp": CLIENT}, "two audiences": {"aud": [CLIENT, "another"]}, "party": {"azp": "another"},
            "issuer": {"iss": "https://other.example"}, "expired": {"exp": at - 90},
            "old": {"iat": at - 3600}, "nobody": {"sub": ""},
        }.get(lie, {})  # fmt: skip
        for name in ("nonce", "exp"):
            if lie == f"no {name}":
                del claims[name]
        if lie == "unsigned":
            return jwt.encode({"alg": "none"}, claims, OctKey.generate_key(256), ["none"])
        if lie == "shared key":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET), ["HS256"])
        if lie == "other key":
            key = ECKey.generate_key("P-256", {"kid": "one"})
            return jwt.encode({"alg": "ES256", "kid": "one"}, claims, key)
        key = KEYS["key"]
        signed = jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)
        if lie == "changed":
            head, body, seal = signed.split(".")
            return f"{head}.{body[:-2]}{'A' if body[-2] != 'A' else 'B'}{body[-1]}.{seal}"
        return signed

    def generate_user_info(self, user: str, scope: str) -> dict[str, str]:
        return {}


class Service(AuthorizationServer):
    def __init__(self, issuer: str, client: Client) -> None:
        super().__init__()
        self.client = client
        self.register_token_generator(
            "default", BearerTokenGenerator(lambda **_: os.urandom(16).hex())
        )
        self.register_grant(Grant, [Speaks(issuer), CodeChallenge(required=True)])

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: Asked) -> None:
        pass

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        pass

    def create_oauth2_request(self, request: Any) -> OAuth2Request:
        return request if isinstance(request, Asked) else Asked(request)

    def handle_response(self, status: int, body: Any, headers: Any) -> Any:
        return status, json.dumps(body) if isinstance(body, dict) else body, list(headers)


def application(issuer: str, client: Client) -> Any:
    service = Service(issuer, client)

    def answer(environ: dict[str, Any]) -> tuple[int, str, list[tuple[str, str]]]:
        path = environ["PATH_INFO"]
        if path == "/control":
            size = int(environ.get("CONTENT_LENGTH") or 0)
            said = json.loads(environ["wsgi.input"].read(size) or b"{}")
            client.backs |= set(said.pop("backs", ()))
            if said.pop("new key", False):
                KEYS["key"] = ECKey.generate_key(
                    "P-256", {"kid": os.urandom(4).hex(), "use": "sig"}
                )
            SAYS.update(said)
            return 200, json.dumps({"seen": SEEN}), []
        if SAYS["down"]:
            return 503, "closed", []
        if path == "/.well-known/openid-configuration":
            return 200, json.dumps(
                {
                    "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys",
                    "end_session_endpoint": f"{issuer}/leave",
                    "code_challenge_methods_supported": ["S256"],
                }
            ), []  # fmt: skip
        if path == "/keys":
            return 200, json.dumps(KeySet([KEYS["key"]]).as_dict(private=False)), []
        if path == "/authorize":
            asked = Asked(environ)
            SEEN.append(asked.payload.data)
            if SAYS["lie"] == "declines":
                back = asked.payload.data
                where = f"{back['redirect_uri']}?error=access_denied&state={back['state']}"
                return 302, "", [("Location", where)]
            grant = service.get_consent_grant(asked, "somebody")
            return service.create_authorization_response(asked, "somebody", grant)
        if path == "/token":
            return service.create_token_response(environ)
        return 404, "", []

    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        status, body, headers = answer(environ)
        kind = [] if any(n.lower() == "content-type" for n, _ in headers) else [
            ("Content-Type", "application/json")
        ]  # fmt: skip
        start(f"{status} .", [*headers, *kind])
        return [(body or "").encode()]

    return wsgi


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def main() -> None:
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback alone
    server = make_server("127.0.0.1", 0, lambda *_: [], handler_class=Quiet)
    issuer = f"http://127.0.0.1:{server.server_port}"
    server.set_app(application(issuer, Client(set())))
    Path(sys.argv[1]).write_text(issuer, "utf-8")
    server.serve_forever()


if __name__ == "__main__":
    main()
