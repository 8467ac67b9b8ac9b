"""Names in texts that are no cells: titles of a row, labels of things that outlive it, what people wrote themselves."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pobratim.lexicon.lexicon import lexicon
from pobratim.names.parts import parse
from pobratim.publishing.people.rows import Name, named
from pobratim.publishing.people.shown import MASK
from pobratim.record import Evidence, Institution, Record
from pobratim.text.tokens import tokenize
from pobratim.text.transliterate import slug

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+7|\b8)[ (-]*\d{3,4}[ )-]*\d{2,3}[ -]?\d{2}[ -]?\d{2}\b")
_LATIN = re.compile(r"[!-~]*[A-Za-z]{3}[!-~]*")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_SPELT = 4
"""Letters of the shortest word that is looked for within others."""


def with_mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with the mask over some of its stretches, one sign for each code point."""
    for start, end in spans:
        text = text[:start] + MASK * (end - start) + text[end:]
    return text


def occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where names stand in a text, whatever its capitals and white space."""
    for name in names:
        words = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<![\w-]){words}(?![\w-])", text, re.IGNORECASE):
            yield match.span()


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where e-mail addresses and telephone numbers stand: they lead to a person whatever his name is."""
    for match in _ADDRESS.finditer(text):
        yield match.span()


def spelt(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in Latin letters without white space that spell a word of some names (in links, say)."""
    slugs = {slug(word) for name in names for word in _WORD.findall(name)}
    known = [one for one in slugs if len(one) >= _SHORTEST_SPELT]
    for match in _LATIN.finditer(text) if known else ():
        if any(one in match[0].lower() for one in known):
            yield match.span()


def has_capital(text: str) -> bool:
    """Tell whether a text has a capital letter, without which there is no name."""
    return text != text.lower()


@lru_cache(maxsize=200_000)
def names_in(text: str) -> tuple[Name, ...]:
    """Return all that may be a name in a text of which nothing is known."""
    return named(Record(report="", row=0, cells={"name": text})).names if has_capital(text) else ()


@lru_cache(maxsize=200_000)
def names_in_organisation(text: str) -> tuple[Name, ...]:
    """Return what is a name by its shape in an organisation's name; the words of an organisation are no names else."""
    if not has_capital(text):
        return ()
    kind = next((match.concept.local for match in lexicon().matcher("organisation-kind").find(tokenize(text))), "")
    one = Institution(id="i0", name=text, kind=kind, parts=parse(text))
    whole = Evidence("/institutions/0", "name", 0, len(text), text, "label")
    record = Record(report="", row=0, cells={"name": f"{text} "}, institutions=[one], evidence=[whole])
    return named(record).names
