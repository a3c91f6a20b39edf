"""Texts of a pack for the people it is about: English, French, and translations that were approved."""

from __future__ import annotations

import re
from collections.abc import Mapping

from partage.core.marks import mark_of_bytes
from partage.packs.tables import Faults

PATH = re.compile(r"^texts/offer\.([a-z]{2,3})\.txt$")
BLANK = re.compile(r"\{([a-z]+)\}")
KNOWN = frozenset({"case", "place", "far", "there", "conditions", "until", "fallback", "contact"})
BOTH = ("en", "fr")


def read_texts(files: Mapping[str, bytes], faults: Faults) -> dict[str, str]:
    """The text of an offer by language; none where the pack has none.

    A translation names who approved it, when, and the mark of the English text it translates: if
    the English changes, the translation is refused until somebody approves it again.
    """
    found: dict[str, tuple[dict[str, str], str]] = {}
    for path, data in sorted(files.items()):
        match = PATH.match(path)
        if not match:
            continue
        try:
            head, dashes, body = data.decode("utf-8").partition("\n---\n")
        except UnicodeDecodeError:
            faults.add(path, "is not UTF-8", "save it as UTF-8")
            continue
        said = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        missing = [k for k in ("language", "approved-by", "approved-on") if not said.get(k)]
        if not dashes or missing or said["language"] != match[1]:
            faults.add(
                path,
                f"does not say {', '.join(missing) or 'its language, and --- before the text'}",
                "begin it with language, approved-by and approved-on, then a line ---",
            )
            continue
        found[match[1]] = (said, body)
    if not found:
        return {}
    for language in BOTH:
        if language not in found:
            faults.add(
                f"texts/offer.{language}.txt", "is missing", "nothing is offered in one only"
            )
            return {}
    _check(found, faults)
    return {language: body for language, (_, body) in found.items()}


def _check(found: Mapping[str, tuple[Mapping[str, str], str]], faults: Faults) -> None:
    english = found["en"][1]
    wanted = set(BLANK.findall(english))
    mark = mark_of_bytes(english.encode())
    for language, (said, body) in found.items():
        path = f"texts/offer.{language}.txt"
        blanks = set(BLANK.findall(body))
        if blanks - KNOWN or blanks != wanted:
            odd = sorted((blanks ^ wanted) | (blanks - KNOWN))
            faults.add(
                path, f"has other blanks than the English text: {', '.join(odd)}", "correct it"
            )
        if language not in BOTH and said.get("of") != mark:
            faults.add(
                path,
                "translates another English text than the one that stands",
                f"have it approved again, with 'of: {mark}'",
            )
