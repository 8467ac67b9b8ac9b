"""Which characters make a text: whole Unicode strings in one form, and what of them may reach a terminal."""

import unicodedata

_KEPT = frozenset("\n\t\u200c\u200d")
"""Line breaks and tabs; joiners, without which letters of some scripts and emoji fall apart."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's general categories of control and format characters, halves of UTF-16 pairs, and separators."""


def whole(text: str) -> str:
    """Return ``text`` as one Unicode string in the form NFC (Unicode Standard Annex 15).

    Halves of UTF-16 pairs that stand side by side become the character they make; one alone becomes U+FFFD.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", joined(text))


def joined(text: str) -> str:
    """Return ``text`` with every pair of halves of a character as that character, and U+FFFD for one alone."""
    return text if is_whole(text) else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_whole(text: str) -> bool:
    """Tell whether ``text`` holds no half of a UTF-16 pair, as undecodable file names and careless decoders do."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def visible(text: str) -> str:
    """Return ``text`` as a terminal may get it: control and format characters are written out, as ``\\x9b``.

    They could move the cursor, recolour what follows, or turn the order of the letters round.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in _KEPT or unicodedata.category(char) not in _HIDDEN:
        return char
    return char.encode("unicode_escape").decode()
