"""What is known of a word form: its folded spelling, lemmas and grammar. One object a form, made once.

Morphology is pymorphy3's; this is the only module that imports it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3
from pymorphy3.analyzer import Parse

from pobratim.lexicon.words import WORDS
from pobratim.text.contracted import PREFIXES, contracted, office_at

FIRST_CYRILLIC, LAST_CYRILLIC = "Ѐ", "ӿ"
"""The block Cyrillic of Unicode, U+0400 to U+04FF."""
_LATIN = "aceopxykmhtbABCEHKMOPTXY"
_CYRILLIC = "асеорхукмнтвАВСЕНКМОРТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_ROMAN = str.maketrans("ХІСМУ", "XICMV")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Adjectives of places in -ский and -цкий, which the dictionary often takes for surnames: case and gender by ending.
_TOPONYMIC = re.compile(r"(?P<stem>[а-яё-]{2,}(?:ск|цк))(?P<ending>ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)")
_ENDINGS = {
    "ий": "nomn sing masc", "ого": "gent sing masc", "ому": "datv sing masc", "им": "ablt sing masc",
    "ом": "loct sing masc", "ая": "nomn sing femn", "ой": "gent sing femn", "ую": "accs sing femn",
    "ое": "nomn sing neut", "ие": "nomn plur", "их": "gent plur", "ими": "ablt plur",
}  # fmt: skip
TOPONYMIC = ("ский", "цкий", "ской", "цкой")
"""How masculine adjectives of places end in their dictionary form."""
_SHORT = WORDS.pairs("area-abbreviation")
_STEM = 4
_ADJECTIVES = {"ADJF", "PRTF"}
_NOMINATIVES = {"masc": "ий", "femn": "ая", "neut": "ое", "plur": "ие"}
_HAS_LATIN = re.compile(r"[A-Za-z]")
_HAS_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def _parses(text: str) -> list[Parse]:
    """Return the analyzer's readings; it asks for the Unicode name of every letter, and rare scripts have none."""
    return list(_analyzer().parse(text)) if all(unicodedata.name(char, "") for char in text) else []


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form: lemma (folded), part of speech and grammemes of OpenCorpora."""

    lemma: str
    pos: str
    grammemes: frozenset[str]
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word form. ``low`` is lower case with ё as е and look-alike Latin letters turned Cyrillic.

    ``upper`` means all capitals (two letters or more), ``title`` a capital first letter.
    ``roman`` is the value of a Roman numeral up to 99, else 0. ``mixed`` tells that the form mixed alphabets,
    ``known`` that the dictionary has it, ``full_adjective`` what ``adjectival`` returns.
    """

    text: str
    low: str
    lemmas: frozenset[str]
    readings: tuple[Reading, ...]
    title: bool
    upper: bool
    roman: int
    mixed: bool
    known: bool
    full_adjective: bool

    def has(self, *grammemes: str) -> bool:
        """Tell whether some reading carries all of ``grammemes`` (a part of speech counts as one)."""
        return _has(self, grammemes)

    def adjectival(self) -> bool:
        """Tell whether the form may be a full adjective, participle or ordinal."""
        return self.full_adjective


@lru_cache(maxsize=500_000)
def _has(known: Word, grammemes: tuple[str, ...]) -> bool:
    """Remember what the rules ask of every word: the most called function of all."""
    return any(all(map(reading.grammemes.__contains__, grammemes)) for reading in known.readings)


def fold(text: str) -> str:
    """Return ``text`` in lower case with ё as е."""
    return text.lower().replace("ё", "е")


def straighten(text: str) -> str:
    """Return a mixed-alphabet word in Cyrillic, where each of its Latin letters looks like a Cyrillic one."""
    if not _HAS_CYRILLIC.search(text) or not _HAS_LATIN.search(text):
        return text
    return look_cyrillic(text)


def look_cyrillic(text: str) -> str:
    """Return a word with its Latin letters as the Cyrillic ones that they look like, unchanged if one has no like."""
    changed = text.translate(_TO_CYRILLIC)
    return text if _HAS_LATIN.search(changed) else changed


def roman_value(text: str) -> int:
    """Return the value of a Roman numeral (Cyrillic Х, І, С, У allowed for the Latin ones), 0 for other words."""
    latin = text.translate(_TO_ROMAN)
    if not latin.isupper() or not _ROMAN.fullmatch(latin):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in latin]
    return sum(-v if later > v else v for v, later in zip(values, [*values[1:], 0], strict=True))


@lru_cache(maxsize=400_000)
def word(text: str) -> Word:
    """Return the Word of a form. The cache holds the vocabulary of many thousand reports."""
    roman = roman_value(text)
    straight = text if roman else straighten(text)
    known = _analyzer().word_is_known(straight.lower())
    low = fold(straight)
    office = 0 if known else office_at(low)
    readings = tuple(_reading(parse, low[:office], known=known) for parse in _parses(straight[office:]))
    lemmas = {low} | _compound(straight, known=known) | _written_short(low) | (set() if known else _spelt_out(low))
    if straight[:1].isupper() and not any(reading.pos == "ADJF" for reading in readings):
        readings += _toponymic_readings(low)
    return Word(
        text=straight,
        low=low,
        lemmas=frozenset(lemmas) | {reading.lemma for reading in readings},
        readings=readings,
        title=straight[:1].isupper(),
        upper=len(straight) > 1 and straight.isupper(),
        roman=roman,
        mixed=straight != text,
        known=known,
        full_adjective=any(not reading.grammemes.isdisjoint(_ADJECTIVES) for reading in readings),
    )


def _written_short(low: str) -> set[str]:
    """Return the lemma of a common abbreviation of an area («Смоленской обл.», «р-на»)."""
    return {_SHORT[low]} if low in _SHORT else set()


def _spelt_out(low: str) -> set[str]:
    """Return the lemmas of what a contracted word ends with: the office itself («мингорисполком»: «горисполком»)."""
    meanings, head = contracted(low)
    if not head:
        return set()
    short = [short for short, meaning in PREFIXES.items() if meaning == meanings[-1]]
    return {head, *(part + head for part in short)}


def _compound(text: str, *, known: bool) -> set[str]:
    """Return the lemma of an unknown compound as that of each part («яслями-садом»: «ясли-сад»)."""
    parts = text.split("-")
    if known or len(parts) < 2:
        return set()
    nouns = [next((p for p in _parses(part) if p.tag.POS == "NOUN"), None) for part in parts]
    return {"-".join(fold(str(p.normal_form)) for p in nouns if p is not None)} if all(nouns) else set()


def _reading(parse: Parse, begin: str, *, known: bool) -> Reading:
    """Return one reading of a word without its ``begin``.

    That an unknown word be a first name is only guessed from its ending, and left out.
    """
    grammemes = frozenset(map(str, parse.tag.grammemes)) - (frozenset() if known else {"Name"})
    return Reading(begin + fold(parse.normal_form), str(parse.tag.POS or ""), grammemes, parse.score)


def _toponymic_readings(low: str) -> tuple[Reading, ...]:
    match = _TOPONYMIC.fullmatch(low)
    if match is None:
        return ()
    grammemes = frozenset(["ADJF", *_ENDINGS[match["ending"]].split()])
    return (Reading(match["stem"] + "ий", "ADJF", grammemes, 0.1),)


@lru_cache(maxsize=50_000)
def inflect(text: str, pos: str, *grammemes: str) -> str:
    """Return a form of ``text`` (read as part of speech ``pos``) with ``grammemes``, or "" where there is none.

    The letters' case follows ``text``: ГИМНАЗИИ, Гимназии, гимназии.
    """
    office = 0 if _analyzer().word_is_known(text.lower()) else office_at(fold(text))
    if office:
        form = inflect(text[office:].lower(), pos, *grammemes)
        return recased(text, text[:office].lower() + form) if form else ""
    # «Духовой оркестр» is of wind, not of a man named Духов: what is whose comes after what is what.
    for parse in sorted(_parses(text), key=lambda parse: "Poss" in parse.tag):
        if str(parse.tag.POS) == pos:
            form = parse.inflect(set(grammemes))
            if form is not None:
                return recased(
                    text, _hyphened(text.lower(), _nearest(text.lower(), str(form.word), parse, set(grammemes)))
                )
    match = _TOPONYMIC.fullmatch(fold(text)) if pos == "ADJF" and "nomn" in grammemes else None
    if match is None:
        return ""
    return recased(text, match["stem"] + next((_NOMINATIVES[g] for g in grammemes if g in _NOMINATIVES), "ий"))


@lru_cache(maxsize=1_000)
def forms(lemma: str) -> tuple[str, ...]:
    """Return all forms of a dictionary word, folded, in the order of its cases; those of its first reading."""
    return tuple(fold(str(form.word)) for form in _parses(lemma)[0].lexeme)


def _nearest(text: str, form: str, parse: Parse, grammemes: set[str]) -> str:
    """Return the form of a lexeme that begins as ``text`` does: «высшего» gives «высшее», not «высочайшее»."""
    if form[:_STEM] == text[:_STEM] or not parse.tag.grammemes & {"Supr", "Cmp2"}:
        return form
    like = [str(f.word) for f in parse.lexeme if grammemes <= f.tag.grammemes and f.word[:_STEM] == text[:_STEM]]
    return next(iter(like), form)


def _hyphened(text: str, form: str) -> str:
    """Return a form with the hyphen that the dictionary's spelling lacks («Южно-Уральский», not «Южноуральский»)."""
    begin, hyphen, _ = text.partition("-")
    return f"{begin}-{form[len(begin) :]}" if hyphen and "-" not in form and form.startswith(begin) else form


def recased(model: str, form: str) -> str:
    """Return a form of a word in lower case with the capitals of ``model``, and without «ё» where that has none."""
    if model.isupper() and len(model) > 1:
        return form.upper()
    restored = "ё" in model.lower()
    form = form if restored else form.replace("ё", "е")
    parts, models = form.split("-"), model.split("-")
    if len(parts) == len(models):
        return "-".join(p[:1].upper() + p[1:] if m[:1].isupper() else p for p, m in zip(parts, models, strict=True))
    return form[:1].upper() + form[1:] if model[:1].isupper() else form
