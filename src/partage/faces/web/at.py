"""One request at one page: who asks, in which language, the office, and how the answer is made."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from partage.core.errors import InputRefused, NotPermitted
from partage.core.findings import Finding
from partage.faces.web import said
from partage.faces.web.render import drawn
from partage.faces.web.visitor import Visitor
from partage.faces.web.words import Words
from partage.office.desk import Done
from partage.office.office import Office
from partage.office.permits import PERMITS, Actor, permit

KEY = "idempotency-key"


@dataclass(slots=True)
class At:
    """What a page is given. ``form`` has every field that was sent, in order."""

    request: Request
    lang: str
    t: Words
    who: Visitor | None
    office: Office
    form: Sequence[tuple[str, str]] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def path(self) -> dict[str, str]:
        """The parts of the address."""
        return {name: str(value) for name, value in self.request.path_params.items()}

    @property
    def actor(self) -> Actor:
        """Who is at the desk."""
        return self.office.actor

    @property
    def origin(self) -> str:
        """Where this office is reached, as far as it knows: for what is printed."""
        known = getattr(self.request.app.state, "origin", "") or ""
        return str(known or self.request.base_url).rstrip("/")

    def asked(self, name: str, otherwise: str = "") -> str:
        """A word of the query."""
        return self.request.query_params.get(name, otherwise)

    def sent(self, name: str, otherwise: str = "") -> str:
        """A field of the form, without the spaces around it; the last one of its name."""
        found = [value for key, value in self.form if key == name]
        return found[-1].strip() if found else otherwise

    def all_sent(self, name: str) -> list[str]:
        """Every field of that name, as boxes are ticked."""
        return [value for key, value in self.form if key == name and value]

    def number(self, name: str) -> int:
        """A whole number of the form; empty is 0, anything else that is none is refused."""
        text = self.sent(name)
        if text and not (text.isascii() and text.isdigit() and len(text) < 8):
            raise InputRefused(self.t("form.not-a-number"), self.t("form.write-a-number"))
        return int(text or 0)

    def key(self) -> str:
        """The key of this form: sent twice, it is done once and answered alike."""
        key = self.sent(KEY)
        if not (8 <= len(key) <= 64 and key.isalnum()):
            raise InputRefused(self.t("form.no-key"), self.t("form.reload"))
        actor, route = self.actor, self.request.url.path[3:]
        return f"web:{actor.name}:{actor.role}:{route}:{key}"

    @property
    def session(self) -> str:
        """What tells this session from any other, for what is kept in memory for it alone."""
        return f"{self.actor.name}:{self.actor.role}:{self.who.csrf if self.who else ''}"

    def may(self, verb: str, **where: str) -> bool:
        """Whether the permits let this role do it here; the office asks again when it is done."""
        try:
            permit(self.actor, verb, **where)
        except NotPermitted:
            return False
        return True

    def who_may(self, verb: str) -> str:
        """Who may: a sentence to stand where an action is left out."""
        roles = list(dict.fromkeys(row.role for row in PERMITS if row.verb in verb.split("|")))
        names = ", ".join(self.t(f"role.{role}") for role in roles)
        return self.t("refused.who-may", what=self.t(f"verb.{verb.split('|')[0]}"), roles=names)

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """The page, in this language."""
        return HTMLResponse(drawn(self, template, context), status)

    def go(self, path: str, *, done: str = "", said_: Done | None = None, **query: str) -> Response:
        """Back to a page after something was done, with what is to be said of it there."""
        if done:
            query["done"] = done
        if said_ is not None and self.who is not None:
            query["said"] = said.keep(self.who.csrf, list(map(Finding.as_dict, said_.findings)))
        query = {name: value for name, value in query.items() if value}
        tail = f"?{urlencode(query)}" if query else ""
        return RedirectResponse(f"/{self.lang}{path}{tail}", 303)

    def was_said(self) -> list[Finding]:
        """What the act before this page found, for whoever did it, once it is looked at."""
        if self.who is None or not self.asked("said"):
            return []
        return [Finding(**one) for one in said.kept(self.who.csrf, self.asked("said"))]


def new_key() -> str:
    """A key for a form that is shown."""
    return secrets.token_hex(12)


async def read_form(request: Request) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """Every field, and each file as bytes; at most 2,000 fields and one file."""
    async with request.form(max_files=1, max_fields=2000) as sent:
        texts, files = [], {}
        for name, value in sent.multi_items():
            if isinstance(value, UploadFile):
                files[name] = await value.read()
            else:
                texts.append((name, value.replace("\r\n", "\n")))
        return texts, files
