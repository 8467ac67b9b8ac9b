"""The fields of the index, and how a document's names become their words."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from tantivy import Document, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from pobratim.names.abbreviations import abbreviated, blends, initials, spelt_out
from pobratim.search.documents import SearchDocument
from pobratim.text.folding import folded_words, keys

FORMAT = 3
"""The version of fields and analysis; raised when an index made before would give other answers."""

WORDS = "words"
"""Words are cut and folded before they come to tantivy, which only parts them at spaces."""

WHOLE, WORD, KEY, SHORT, AROUND, AROUND_KEY, ABOUT, TYPE, ID, DATA = (
    "whole", "word", "key", "short", "around", "around_key", "about", "type", "id", "data",
)  # fmt: skip
"""Whole names · their words · their keys (stems, Latin) · abbreviations and what they stand for · words of places and
countries · their keys · other words, all with their keys · types · what it is known by exactly, in lower case."""

LISTED = "listed"
"""A type of all that is found where no type is asked for."""


class Aside(NamedTuple):
    """Folded words that a thing is found by though no name has them, as the fields of those names."""

    short: tuple[str, ...]
    around: tuple[str, ...]
    about: tuple[str, ...]


_LONGEST_TERM = 500
"""Letters of a whole name that is compared as one term; tantivy drops terms over 65,530 bytes."""

_INITIALS = ("institution",)
"""Types whose names are abbreviated by initial letters."""


def schema() -> Schema:
    """Return the fields."""
    builder = SchemaBuilder()
    builder.add_text_field(WHOLE, tokenizer_name="raw", index_option="basic")
    for name in (WORD, KEY, SHORT, AROUND, AROUND_KEY, ABOUT):
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="basic")
    for name in (TYPE, ID):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(DATA, stored=True)
    return builder.build()


def analyzer() -> TextAnalyzer:
    """Return the analyzer of the fields of words."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).build()


def whole(words: Iterable[str]) -> str:
    """Return a folded name as one term."""
    return " ".join(words)[:_LONGEST_TERM]


def id_key(known: str) -> str:
    """Return what a thing is known by as a term: letters of either case are one."""
    return known.strip().casefold()[:_LONGEST_TERM]


def short_words(name: str, type_: str) -> tuple[str, ...]:
    """Return what a name is also found by: its abbreviations, and the words that its abbreviations stand for."""
    words = folded_words(name)
    found = [word for part in (*spelt_out(words), *abbreviated(words)) for word in part]
    if type_ in _INITIALS:
        found += [*initials(name), *blends(name)]
    return tuple(dict.fromkeys(found))


def to_tantivy(document: SearchDocument) -> Document:
    """Return a document as tantivy indexes it; what a hit shows lies in it as JSON."""
    names = [words for name in document.names if (words := folded_words(name))]
    short = dict.fromkeys(word for name in document.names for word in short_words(name, document.type))
    around, about = (_words(texts) for texts in (document.around, document.about))
    found = Document()
    for name in dict.fromkeys(map(whole, names)):
        found.add_text(WHOLE, name)
    found.add_text(WORD, " ".join(dict.fromkeys(word for words in names for word in words)))
    found.add_text(KEY, " ".join(_keys(word for words in names for word in words)))
    found.add_text(SHORT, " ".join(dict.fromkeys([*short, *_keys(short)])))
    found.add_text(AROUND, " ".join(around))
    found.add_text(AROUND_KEY, " ".join(_keys(around)))
    found.add_text(ABOUT, " ".join(dict.fromkeys([*about, *_keys(about)])))
    found.add_text(TYPE, document.type)
    if document.listed:
        found.add_text(TYPE, LISTED)
    for known in dict.fromkeys(map(id_key, document.ids)):
        found.add_text(ID, known)
    found.add_bytes(DATA, _pack(document, Aside(tuple(short), around, about)))
    return found


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in texts for word in folded_words(text)))


def _keys(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for word in words for key in keys(word)))


def _pack(document: SearchDocument, aside: Aside) -> bytes:
    shown = [
        document.iri, document.type, document.labels, document.names, document.places, document.countries,
        document.weight, document.ids, *aside,
    ]  # fmt: skip
    return json.dumps(shown, ensure_ascii=False).encode()


def unpack(data: bytes) -> tuple[SearchDocument, Aside]:
    """Return the document of a hit, its texts beside the names left out, and the words of those."""
    iri, type_, labels, names, places, countries, weight, ids, *aside = json.loads(data)
    document = SearchDocument(iri, type_, labels, tuple(names), places, countries, weight=weight, ids=tuple(ids))
    return document, Aside(*map(tuple, aside))
