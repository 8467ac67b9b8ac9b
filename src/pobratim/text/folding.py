"""Names as they are searched: folded words, their stems and dictionary forms, keys of any Latin spelling."""

import re
import unicodedata
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from pobratim.text.transliterate import latin
from pobratim.text.words import fold, straighten, word

JOINING = frozenset(
    (
        "и", "в", "во", "на", "по", "при", "для", "о", "об", "с", "со", "из", "от", "к", "у", "г", "гор", "города",
        "им", "имени", "the", "of", "and", "in", "at", "for", "a", "an",
    )
)  # fmt: skip
"""Words that tell nothing apart: a search does without them, an abbreviation mostly too."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER_SIGN = re.compile(r"(?:№|#|\b(?:no?|номер)\.?)\s*(?=\d)", re.IGNORECASE)
_SLASHED = re.compile(r"\b([^\W\d_])/(?=[^\W\d_]\b)")
"""«д/с» is one word, unlike the initials «Д.С.»."""
_INSIDE = re.compile(r"[\u00ad\u200b\ufeff'’ʼ`ʹʺ]")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_CYRILLIC = re.compile(r"[а-яё]")
_LATIN = re.compile(r"[a-z]")
_LONGEST = 64
"""Letters of a word that count; longer runs are no words."""

# Spellings of one Russian sound in ISO 9, GOST 7.79, BGN/PCGN, passports and by ear; the longest come first.
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("kh", "h"), ("tch", "q"), ("ch", "q"), ("ts", "c"),
    ("tz", "c"), ("tc", "c"), ("cz", "c"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_ISO_9 = str.maketrans({"č": "ch", "š": "sh", "ž": "zh", "ŝ": "shch", "â": "ya", "û": "yu"})
_GLIDES = (("ie", "e"), ("io", "e"))
"""«е» and «ё» are written with and without a glide; both sides of a comparison lose it."""
_TWICE = re.compile(r"(.)(\1+)")
"""A doubled letter is one sound, so are several i, y and j; of longer runs («цццц») no spelling of a word is made."""

_KEYS_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_KEYS_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_CYRILLIC = str.maketrans(_KEYS_LATIN, _KEYS_CYRILLIC)
_TO_LATIN = str.maketrans(_KEYS_CYRILLIC, _KEYS_LATIN)


@lru_cache(maxsize=100_000)
def folded_words(text: str) -> tuple[str, ...]:
    """Return words and numbers of ``text`` in order: lower case, ё as е, without marks, quotes, hyphens and №.

    «МБОУ "СШ №8"» gives мбоу, сш, 8. Latin look-alikes inside a Cyrillic word become Cyrillic. Takes any string.
    """
    plain = unicodedata.normalize("NFC", _SURROGATE.sub(" ", text))
    plain = _NUMBER_SIGN.sub(" ", _SLASHED.sub(r"\1", _INSIDE.sub("", plain)))
    return tuple(_folded(found) for found in _TOKEN.findall(plain))


@lru_cache(maxsize=200_000)
def _folded(token: str) -> str:
    return fold(straighten(token))[:_LONGEST]


@cache
def _analyzer() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("russian")).build()


@lru_cache(maxsize=200_000)
def stem(low: str) -> str:
    """Return the Snowball stem of a folded word: «школы» and «школа» give «школ»."""
    return next(iter(_analyzer().analyze(low)), low)


@lru_cache(maxsize=200_000)
def dictionary_form(low: str) -> str:
    """Return the likeliest dictionary form of a folded Cyrillic word («орла»: «орел»), other words as they are."""
    if not is_cyrillic(low):
        return low
    readings = word(low).readings
    return readings[0].lemma if readings else low


def is_cyrillic(low: str) -> bool:
    """Tell whether a folded word has Cyrillic letters."""
    return _CYRILLIC.search(low) is not None


def is_latin(low: str) -> bool:
    """Tell whether a folded word has Latin letters and no Cyrillic ones."""
    return _LATIN.search(low) is not None and not is_cyrillic(low)


@lru_cache(maxsize=200_000)
def latin_key(low: str) -> str:
    """Return what all Latin spellings of a word share: «гимназия», gimnaziya and gimnazija give gimnazia."""
    key = unicodedata.normalize("NFKD", latin(low).lower().translate(_ISO_9))
    key = "".join(char for char in key if char.isalnum())
    for spelling, sound in (*_SOUNDS, *_GLIDES):
        key = key.replace(spelling, sound)
    return _TWICE.sub(lambda run: run[1] if len(run[2]) == 1 or (run[1] == "i" and key.strip("i")) else run[0], key)


@lru_cache(maxsize=200_000)
def keys(low: str) -> tuple[str, ...]:
    """Return what a word is found by besides itself: stems of it and of its dictionary form, and its Latin key."""
    if low.isdigit():
        return (low,)
    stems = (stem(low), stem(dictionary_form(low))) if is_cyrillic(low) else ()
    return tuple(dict.fromkeys((*stems, latin_key(low) or low)))


def other_layout(text: str) -> str:
    """Return ``text`` as typed with the other of the Russian and English keyboard layouts on: ghbdtn is «привет»."""
    return text.translate(_TO_LATIN if is_cyrillic(fold(text)) else _TO_CYRILLIC)
