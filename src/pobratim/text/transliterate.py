"""Russian in Latin letters: readable for labels, plain ASCII for keys.

Scheme: the Russian Interior Ministry's order No. 310 of 1997 (English variant), as iuliia implements it, with
ё read as е and the hard and soft signs dropped. It was chosen because every letter gives ASCII, й stays
visible («Новый» → Novyy) and ё/е, which reports mix, cannot tell two keys apart.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

import iuliia

_FOLDED = str.maketrans(
    {"ё": "е", "Ё": "Е", "ъ": "", "Ъ": "", "ь": "", "Ь": ""}
    # Belarusian and Ukrainian letters, which the scheme lacks: nearest Russian letter.
    | {"і": "и", "І": "И", "ў": "у", "Ў": "У", "ї": "и", "Ї": "И", "є": "е", "Є": "Е", "ґ": "г", "Ґ": "Г"}
    | {"«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "’": "'", "№": "No.", "–": "-", "—": "-", "‑": "-"}
)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LENGTH = 80
_HASH = 8


@lru_cache(maxsize=50_000)
def latin(text: str) -> str:
    """Return ``text`` in Latin letters: «Гимназия № 7» → ``Gimnaziya No. 7``. Other scripts stay."""
    # NFC first: a decomposed й would lose its breve below.
    composed = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return str(iuliia.MVD_310.translate(composed))


@lru_cache(maxsize=50_000)
def cyrillic(text: str) -> str:
    """Return Latin letters as a Russian reader would say them: «Zeppelin» → «Зеппелин». Other scripts stay."""
    made = "".join(base if (base := unicodedata.normalize("NFD", char)[0]).isascii() else char for char in text)
    for spelling, letters in _SOUNDS:
        made = made.replace(spelling, letters).replace(spelling.capitalize(), letters.capitalize())
    return made


_PAIRS = """
sch:ш sz:ш sh:ш cz:ч ch:ч zh:ж rz:ж kh:х ts:ц ph:ф th:т ck:к qu:кв ya:я yu:ю ł:л
a:а b:б c:ц d:д e:е f:ф g:г h:х i:и j:й k:к l:л m:м n:н o:о p:п q:к r:р s:с t:т u:у v:в w:в x:кс y:ы z:з
"""
_SOUNDS = tuple(tuple(pair.split(":")) for pair in _PAIRS.split())
"""How Latin letters and pairs of letters are read, the longest first: what most languages have in common."""


@lru_cache(maxsize=50_000)
def slug(text: str) -> str:
    """Return ``text`` as lower-case ASCII words joined by hyphens, at most 80 characters.

    What is longer is cut at a hyphen and closed with 8 hex digits of its SHA-256, so that two long texts stay
    apart; so is a text that lost letters of other scripts. A text without any letter or digit gives "".
    """
    folded = latin(text.replace("№", " ")).casefold()
    # Letters in other dress («ℳ», «㊊») are capitals and ideographs only once they are taken apart.
    plain = unicodedata.normalize("NFKD", folded).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    lost = any(char.isalnum() and not char.isascii() for char in kept)
    words = _NOT_SLUG.sub("-", kept).strip("-")
    # «ь» alone has no Latin letter.
    is_mute = not words and any(char.isalnum() for char in text)
    return shorten(words, folded or text, force=lost or is_mute)


def shorten(key: str, source: str = "", *, force: bool = False) -> str:
    """Return ``key`` cut to 80 characters; what closes a cut key is the hash of ``source`` or of the key."""
    if len(key) <= _LENGTH and not force:
        return key
    digest = hashlib.sha256((source or key).encode()).hexdigest()[:_HASH]
    head = key[: _LENGTH - _HASH - 1]
    if len(key) > len(head) and "-" in head:
        head = head.rsplit("-", 1)[0]
    return f"{head}-{digest}" if head else digest
