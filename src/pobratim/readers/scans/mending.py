"""What tesseract is known to misread, mended where the words around leave no doubt (ontology/scan-misreadings.tsv)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pobratim.content import content_root
from pobratim.lexicon.lexicon import lexicon
from pobratim.readers.scans.page import Lines, Said
from pobratim.text.tokens import Token, tokenize
from pobratim.text.words import look_cyrillic, roman_value, word

_AROUND = "«»\"'().,:;"
_SENTENCE_END = (".", "!", "?", ";")
_DASH = "–"
_AHEAD = 6
"""Words behind a numeral among which the noun is that it numbers («XI Открытый областной юношеский фестиваль»)."""


@dataclass(frozen=True, slots=True)
class _Misread:
    """The rules of the file: pieces of numerals, marks and digits with what they mean, and lemmas of numbered nouns."""

    pieces: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]
    digits: tuple[tuple[str, str], ...]
    numbered: frozenset[str]


_LEAST = 3
"""Letters up to which a word may be an abbreviation, or part of another."""


def mended(lines: Lines) -> Lines:
    """Return the lines of one cell with what is surely misread as it was meant; each word keeps its confidence."""
    words = [(row, said) for row, line in enumerate(lines) for said in line]
    found: list[list[Said]] = [[] for _ in lines]
    for at, (row, said) in enumerate(words):
        before = words[at - 1][1].text if at else ""
        behind = [one.text for _, one in words[at + 1 : at + 1 + _AHEAD]]
        text = _latin(said) or _lower(_digits(_numeral(_marks(said.text), before, behind)), before)
        found[row].append(replace(said, text=text) if text != said.text else said)
    return tuple(map(tuple, found))


def _latin(said: Said) -> str:
    """Return how a word reads in Latin letters, "" where it does not or is a Russian word."""
    parts = said.text.strip(_AROUND).split("-")
    if all(map(_is_known, parts)) or look_cyrillic(said.latin) != said.latin:  # «МБОУ» may be read as MBOY
        return ""
    return said.latin


def _digits(text: str) -> str:
    """Return a word in which digits were read as letters («З-10», «Зянваря»)."""
    for read, meant in _misread().digits:
        if text.startswith(read) and len(text) > _LEAST and _is_known(text[len(read) :]) and not _is_known(text):
            return f"{meant} {text[len(read) :]}"
        if read in text and not any(map(str.isalpha, text.replace(read, ""))):
            text = text.replace(read, meant)
    return text


def _lower(text: str, before: str) -> str:
    """Return a word in lower case that was read in capitals of the same shape («ЖИЗНИ», «НИжний»)."""
    core = text.strip(_AROUND)
    if len(core) <= _LEAST or not core.isalpha() or core[1:].islower() or not _is_known(core):
        return text
    if not core.isupper():
        return text.replace(core, core[0] + core[1:].lower())
    known = word(core.lower())
    follows = before.islower() and not before.endswith(_SENTENCE_END) and text.startswith(core)
    return text.lower() if follows and not (known.has("Abbr") or known.has("Name")) else text


def _is_known(text: str) -> bool:
    return text.isalpha() and word(text.lower()).known


def _marks(text: str) -> str:
    for read, meant in _misread().marks:
        text = text.replace(read, meant)
    return f"{text[:-1]} {text[-1]}" if text.endswith(_DASH) and text[-2:-1].isalpha() else text


def _numeral(text: str, before: str, behind: Sequence[str]) -> str:
    """Return a Roman numeral that was read as Cyrillic («П Международный конкурс»), else the word as it is."""
    core = text.strip(_AROUND)
    if not core or core.isdecimal() or roman_value(core):
        return text
    meant = _roman(core)
    begins = not before or before.endswith(_SENTENCE_END)
    if not roman_value(meant) or (begins and len(core) == 1 and core.isalpha() and _is_word(core)):
        return text
    return text.replace(core, meant) if _is_numbered(behind, cut=len(meant) > 1) else text


def _is_word(letter: str) -> bool:
    return any(token.word.has("PREP") or token.word.has("CONJ") for token in tokenize(letter))


def _roman(core: str) -> str:
    """Return a word put together of pieces of numerals as a numeral, "" where it is none."""
    made, at = "", 0
    while at < len(core):
        piece = next(((read, meant) for read, meant in _misread().pieces if core.startswith(read, at)), None)
        if piece is None:
            return ""
        made, at = made + piece[1], at + len(piece[0])
    return made


def _is_numbered(behind: Sequence[str], cut: bool) -> bool:
    """Tell whether words begin with a noun for what is numbered, or with adjectives of one.

    ``cut`` allows for adjectives alone: the page's end may part them from their noun.
    """
    tokens = tokenize(" ".join(behind).replace("- ", "-"))  # a line's end may part a word there
    led = next((n for n, token in enumerate(tokens) if not _leads(token)), len(tokens))
    if led == len(tokens):
        return cut and led > 0
    if tokens[led].kind == "word" and tokens[led].word.lemmas & _misread().numbered:
        return True
    return any(match.first <= led for match in lexicon().matcher("event-kind").find(tokens))


def _leads(token: Token) -> bool:
    """Tell whether a token may stand between a numeral and its noun: an adjective, or the dash of a compound one."""
    return token.text == "-" or (token.kind == "word" and token.word.adjectival())


@cache
def _misread() -> _Misread:
    told = (content_root() / "ontology" / "scan-misreadings.tsv").read_text(encoding="utf-8").splitlines()
    lines = [line.split("\t") for line in told if line and not line.startswith("#")]

    def pairs(where: str) -> Iterator[tuple[str, str]]:
        of = ((read.strip(), meant) for meant, reads, sort in lines if sort == where for read in reads.split(","))
        yield from sorted(of, key=lambda pair: -len(pair[0]))

    return _Misread(
        tuple(pairs("numeral")),
        tuple(pairs("mark")),
        tuple(pairs("digit")),
        frozenset(read for read, _ in pairs("numbered")),
    )
