"""One request at the way in: the form, the gate, and who has come how far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from partage.faces.web.at import At
from partage.faces.web.entry import rules_of, secret_of, set_secret, who_of
from partage.faces.web.forms import form_cookie, fresh_cookie, new_form, token_of
from partage.faces.web.provider import Provider
from partage.faces.web.words import Words
from partage.office.office import Office
from partage.office.sessions import ENROL, FACTOR, IN, Session
from partage.office.way_back import WayBack


class Here:
    """One request at the way in: the form, the gate, who has come how far."""

    def __init__(
        self, request: Request, lang: str, form: Mapping[str, str], office: Office
    ) -> None:
        self.request, self.lang, self.form, self.office = request, lang, form, office
        self.gate = WayBack(office.journal, office.clock, rules_of(request))
        self.secret = secret_of(request)
        self.session = self.gate.known(self.secret, IN, FACTOR, ENROL)
        self.cookie = form_cookie(request)
        self.fresh = "" if self.cookie or self.session else fresh_cookie()
        self.to = local(form.get("to", request.query_params.get("to", "")))

    @property
    def token(self) -> str:
        """The token that forms here bring back."""
        if self.session:
            return self.session.csrf
        return token_of(self.office.journal, self.cookie or self.fresh)

    @property
    def provider(self) -> Provider | None:
        """The outside sign-in service, where this office has one."""
        found: Provider | None = getattr(self.request.app.state, "provider", None)
        return found

    def within(self, *stages: str) -> Session | None:
        """Whoever has come that far."""
        return self.session if self.session and self.session.stage in stages else None

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """A page of the way in."""
        within = self.within(IN)
        who = who_of(within) if within else None
        office = self.office.acting(who.actor) if who else self.office
        at = At(self.request, self.lang, Words(self.lang), who, office)
        refusal = getattr(self.request.state, "refusal", None)
        service = self.provider.settings.name if self.provider else ""
        shown = {
            "csrf": self.token, "to": self.to, "refusal": refusal, "service": service, **context,
        }  # fmt: skip
        response = at.page(f"way-in/{template}", status, **shown)
        new_form(self.request, response, self.office.journal, self.fresh)
        return response

    def go(self, path: str, secret: str | None = None) -> Response:
        """To another page, as another session where one began or ended."""
        response = RedirectResponse(f"/{self.lang}{path}", 303)
        if secret is not None:
            set_secret(self.request, response, secret)
        return response

    def on(self, stage: str, secret: str) -> Response:
        """To what comes after a step: the second factor, or where they wanted to go."""
        query = f"?to={self.to}" if self.to else ""
        if stage == FACTOR:
            return self.go(f"/sign-in/code{query}", secret)
        if stage == ENROL:
            return self.go(f"/second-factor{query}", secret)
        response = RedirectResponse(self.to or f"/{self.lang}", 303)
        set_secret(self.request, response, secret)
        return response


Step = Callable[[Here], Response]


def local(to: str) -> str:
    """Where somebody wanted to go, if it is a page of this office; "" for anything else."""
    plain = to.isprintable() and to.isascii() and "\\" not in to and len(to) < 500
    return to if plain and to.startswith("/") and not to.startswith("//") else ""
