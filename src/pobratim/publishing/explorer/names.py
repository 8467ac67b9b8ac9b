"""What is looked up by its names: parties and reports in one file, events and agreements in another.

A record has its page, its kind by number, its labels, where it is, its names folded (``|`` between them), and what else
it is found by: stems, abbreviations and Latin spellings, so that a browser has but to compare. The best connected go
first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pobratim.messages import LANGUAGES, Language
from pobratim.search import SearchDocument
from pobratim.search.documents import read_documents
from pobratim.search.fields import short_words
from pobratim.site.suggestions import KINDS, reference
from pobratim.site.words import words
from pobratim.store.backend import GraphReader
from pobratim.text.folding import JOINING, folded_words, keys

_LATER = ("events", "agreements")
"""Kinds that are so many that only a page of results reads their names."""
_BETWEEN = "|"


def name_files(reader: GraphReader, page_of: Callable[[str], str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the files: name and what it holds. Raises ContentError for a query of ``queries/search/`` that fails."""
    every = (each for each in read_documents(reader) if each.listed and page_of(each.iri))
    found = [(each, kind) for each in every if (kind := _kind(each))]
    found.sort(key=lambda pair: (-pair[0].weight, pair[0].iri))
    for name, is_later in (("names", False), ("names-of-events", True)):
        yield name, _told([pair for pair in found if (pair[1] in _LATER) == is_later], page_of)


def _told(found: Sequence[tuple[SearchDocument, str]], page_of: Callable[[str], str]) -> Mapping[str, Any]:
    kinds = list(KINDS)
    documents = [each for each, _ in found]
    pages = [page_of(each.iri).removeprefix("doc/") for each in documents]
    return {
        "total": len(found),
        "kinds": [[kind, *(words()["suggested"][kind][lang] for lang in LANGUAGES)] for kind in kinds],
        "joining": sorted(JOINING),
        "columns": {
            "kind": [kinds.index(kind) for _, kind in found],
            "page": pages,
            "ref": [reference(each.type, each.iri) for each in documents],
            "label": [_said(each.labels, "ru") for each in documents],
            "label_en": [_english(each.labels) for each in documents],
            "weight": [each.weight for each in documents],
            "names": [_names(each) for each in documents],
            "keys": [_keys(each) for each in documents],
            **{f"note{ending}": _coded([_note(each, lang) for each in documents]) for lang, ending in _ENDINGS.items()},
        },
    }


_ENDINGS: Mapping[Language, str] = {"ru": "", "en": "_en"}


def _kind(document: SearchDocument) -> str:
    return next((kind for kind, types in KINDS.items() if document.type in types), "")


def _said(labels: Mapping[str, str], lang: Language) -> str:
    return labels.get(lang) or labels.get("ru") or labels.get("en") or ""


def _english(labels: Mapping[str, str]) -> str:
    """Return the English label, "" where it is the one that is shown in any language."""
    told = _said(labels, "en")
    return "" if told == _said(labels, "ru") else told


def _note(document: SearchDocument, lang: Language) -> str:
    parts = (_said(document.places, lang), _said(document.countries, lang))
    return ", ".join(dict.fromkeys(part for part in parts if part and part != _said(document.labels, lang)))


def _coded(values: Sequence[str]) -> list[list[Any]]:
    """Return the values, each once, and for each row the place of its."""
    held = {value: place for place, value in enumerate(sorted(set(values)))}
    return [list(held), [held[value] for value in values]]


def _names(document: SearchDocument) -> str:
    folded = (" ".join(folded_words(name)) for name in document.names)
    return _BETWEEN.join(dict.fromkeys(name for name in folded if name))


def _keys(document: SearchDocument) -> str:
    """Return what a thing is found by beside the words of its names; what stands there already is left out."""
    own = {word for name in document.names for word in folded_words(name)}
    short = [word for name in document.names for word in short_words(name, document.type)]
    found = dict.fromkeys([*short, *(key for word in [*sorted(own), *short] for key in keys(word))])
    return " ".join(each for each in found if each not in own)
