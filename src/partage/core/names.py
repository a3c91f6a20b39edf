"""Names of those who act: written one way, and compared so that one person is not taken for two."""

from __future__ import annotations

import unicodedata

MOST = 80  # characters
_MIXED_FREELY = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"}
# letters of other scripts that look like a Latin one (after Unicode TR 39; those of everyday type)
_LIKE = (
    "\u0430\u0432\u0435\u0456\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443"
    "\u0445\u0455\u0458\u0501\u051b\u051d\u04bb\u04d9"  # Cyrillic
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03f2\u03f3"  # Greek
    "\u0131\u0251"  # Latin without its dot
)
_LOOKS = str.maketrans(_LIKE, "abeikmhopctyxsjdqwheaeikvoptyxcjia")


def written(name: str) -> str:
    """A name in its usual form (NFKC, single spaces); "" if it cannot stand for a person.

    Refused: signs that do not print or that nobody sees, and a word in letters of two scripts, which
    looks like somebody else's name.
    """
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if len(name) > MOST or not name.isprintable() or not any(c.isalnum() for c in name):
        return ""
    if any(_unseen(c) for c in name) or any(len(_scripts(word)) > 1 for word in name.split()):
        return ""
    return name


def same_person(name: str) -> str:
    """What two spellings of one name have in common: capitals, accents, signs and look-alikes aside.

    Two people whose names are one by this count as one where two are asked for: safe, and said.
    """
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(c for c in bare if c.isalnum()).translate(_LOOKS)
    return kept or name.strip().casefold()


def _unseen(sign: str) -> bool:
    """Variation selectors and the joiner: marks that change nothing one could see."""
    code = ord(sign)
    return code == 0x34F or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def _scripts(word: str) -> set[str]:
    scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()} - {"MODIFIER"}
    return {"CJK"} if scripts <= _MIXED_FREELY and scripts else scripts
