"""Letters with a code: printed for each adult, one by one as PDF, and ended."""

from __future__ import annotations

from starlette.responses import Response

from partage.core.errors import NotFound
from partage.faces.pages import letter as paper
from partage.faces.pages.documents import pdf
from partage.faces.web.at import At
from partage.faces.web.table import act
from partage.office.letters import letter_of


@act("/case/{case}/letters", verb="letter")
def give_letters(at: At) -> Response:
    """A letter for each adult, or for one; the codes are on this page and nowhere else."""
    case = at.path["case"]
    done, codes = at.office.letter(case, adult=at.number("adult"), idem=at.key())
    said = at.office.letter_text(case, at.lang)
    address = _address(at)
    title = paper.SQUARE[at.lang == "fr"]
    sheets = [
        {"adult": adult, "code": code, "square": paper.square(address, at.lang, code, title)}
        for adult, code in codes.items()
    ]
    other = "en" if at.lang == "fr" else "fr"
    return at.page(
        "letters.html", case=case, sheets=sheets, said=said, until=done.data["until"],
        where=f"{address}/{at.lang}/own/open", twin=f"/{other}/case/{case}",
    )  # fmt: skip


@act("/case/{case}/letter-pdf", verb="letter")
def letter_pdf(at: At) -> Response:
    """The letter of one adult as a tagged PDF; its code is the one that was shown, never a new one."""
    case, zone = at.path["case"], at.office.pack.entry_points[0].zone
    said = at.office.letter_text(case, at.lang)
    whose, adult, _ = letter_of(at.office.journal, at.office.clock, zone, at.sent("code"))
    if whose != case:
        raise NotFound(at.t("letters.not-theirs"), "")
    made = paper.letter_document(
        case, adult, at.sent("code"), said, at.lang, address=_address(at), until=at.sent("until")
    )
    name = f"letter-{case}-{adult}.pdf"
    return Response(
        pdf(made, at.office.clock.now()), media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@act("/case/{case}/letters/end", verb="letter")
def end_letters(at: At) -> Response:
    """No letter of this household opens anything any more."""
    case = at.path["case"]
    done = at.office.end_letters(case, idem=at.key())
    return at.go(f"/case/{case}", done="letters-ended", said_=done)


def _address(at: At) -> str:
    """Where this office is, as the browser of whoever prints it knows."""
    known = getattr(at.request.app.state, "origin", "") or str(at.request.base_url)
    return str(known).rstrip("/")
