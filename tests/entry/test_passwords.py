"""What may be a password, and how one is kept."""

from __future__ import annotations

import random
from hashlib import sha1

import pytest

from partage.core.errors import InputRefused, Unavailable
from partage.office import passwords


@pytest.mark.parametrize(
    "password",
    ["short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababab", "123456789012345", "qwertyuiop[]",
     "azertyuiopqsd", "anna anna anna", "anna-password", "Partage2023!", "x" * 257,
     "abcdefghijklmnop", "Password123456", "zyxwvutsrqponm"],
)  # fmt: skip
def test_what_is_guessed_first_is_refused_and_never_repeated(password):
    with pytest.raises(InputRefused) as refused:
        passwords.check_password(password, "anna")
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "quatre mots à moi",
        "8cd3-p952-1vwp",
        "x9$ Ma vie, mes mots. " * 11,
        "Þórr’s mjöð 77",
        "日本語のパスワードですよね",
    ],
)
def test_any_signs_make_a_good_one_with_no_rule_about_their_kinds(password):
    assert passwords.check_password(password, "anna")


def test_one_password_however_it_was_typed():
    composed = passwords.check_password("Ame\u0301lie se le\u0300ve to\u0302t", "anna")
    assert passwords.fits(passwords.hashed(composed), "Amélie se lève tôt")
    assert not passwords.fits(passwords.hashed(composed), "Amelie se leve tot")
    assert not passwords.fits("", "anything at all")
    assert not passwords.fits("not a hash", "anything at all")


def test_a_real_one_is_kept_by_argon2id_with_64_megabytes(monkeypatch):
    monkeypatch.undo()
    kept = passwords.hashed("correct horse battery staple")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_list_of_stolen_passwords_is_looked_up_where_there_is_one(tmp_path):
    words = [f"stolen word number {n}" for n in range(300)]
    lines = sorted(sha1(w.encode()).hexdigest().upper() + f":{n}" for n, w in enumerate(words))
    file = tmp_path / "stolen.txt"
    file.write_text("\n".join(lines) + "\n")
    lot = random.Random(7)
    for word in (*lot.sample(words, 40), words[0], words[-1]):
        with pytest.raises(InputRefused, match="stolen"):
            passwords.check_password(word, "anna", str(file))
    for line in (lines[0], lines[-1]):
        assert any(
            sha1(w.encode()).hexdigest().upper() == line[:40]
            and passwords.is_breached(w, str(file))
            for w in words
        )
    for number in range(100):
        assert not passwords.is_breached(f"my own {number}", str(file))
    file.write_text("")
    assert not passwords.is_breached("my own", str(file))
    with pytest.raises(Unavailable, match="PARTAGE_BREACHED_FILE"):
        passwords.is_breached("x", str(tmp_path / "none"))
