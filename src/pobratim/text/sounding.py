"""How a name sounds in any spelling: the consonants that Latin, Russian and other Cyrillic spellings of it share."""

import re
import unicodedata
from functools import lru_cache

from pobratim.text.transliterate import latin

_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ı": "i", "æ": "e", "œ": "e"})
# Belarusian hisses what Russian does not: Віцебск, Гродзенскі. Serbian letters the scheme of Russian ones lacks.
_BELARUSIAN = (("дз", "д"), ("ц", "т"))
_SERBIAN = str.maketrans({"ј": "й", "љ": "л", "њ": "н", "ћ": "ч", "ђ": "дж", "џ": "дж"})
_CLASSES = (
    ("shch", "s"), ("sch", "s"), ("dzh", "s"), ("sz", "s"), ("sh", "s"), ("zh", "s"), ("ch", "s"), ("cz", "s"),
    ("ts", "s"), ("tz", "s"), ("dj", "s"), ("dz", "s"), ("rz", "s"), ("kh", "h"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("qu", "k"), ("w", "v"), ("q", "k"), ("x", "s"), ("z", "s"),
)  # fmt: skip
"""Spellings of one sound in English, German, Polish and the romanisation of Russian, the longest first."""
_SOFT_C, _VOWELS = re.compile(r"c(?=[eiy])"), re.compile(r"[aeiouyj'’ʼ]")


@lru_cache(maxsize=50_000)
def plain_latin(text: str) -> str:
    """Return ``text`` in lower case without accents and strokes: «Białowieża» gives "bialowieza"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(char for char in apart if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def skeleton(text: str) -> str:
    """Return the consonants of a word, sounds that languages spell or soften otherwise as one letter.

    «Białowieski» and «Беловежский» give "blvssk" and "blvssk" or nearly so; vowels and doubled letters are left out.
    """
    low = text.casefold()
    if any(char in "іў" for char in low):
        for ours, theirs in _BELARUSIAN:
            low = low.replace(ours, theirs)
    low = plain_latin(latin(low.translate(_SERBIAN)))
    for spelling, sound in _CLASSES:
        low = low.replace(spelling, sound)
    low = _SOFT_C.sub("s", low).replace("c", "k")
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", low))


def sounds_like(one: str, other: str) -> bool:
    """Tell whether two words, perhaps declined or made an adjective, may be one name: the consonants go on alike."""
    if not one or not other or bool(skeleton(one[:1])) != bool(skeleton(other[:1])):
        return False
    short, long = sorted((skeleton(one), skeleton(other)), key=len)
    short = short.removesuffix("sk") if len(short) > _SHORTEST + 2 else short
    short = short[:-1] if len(short) > _SHORTEST + 1 and short[-1] in "sk" else short
    return len(short) >= _SHORTEST and long.startswith(short) and long[len(short) :] in _TAILS


_SHORTEST = 2
"""Consonants that a name must have to be told by them."""
_TAILS = {"", "s", "k", "sk", "ks", "nsk", "ssk", "m", "v", "h", "g", "mu"}
"""What adjectives and cases put behind a stem."""
