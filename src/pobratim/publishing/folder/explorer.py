"""What the explorer reads from a plain host: columns that a browser filters by itself, and names to be looked up."""

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pobratim.explore import Index
from pobratim.explore.columns import NAMES, columns
from pobratim.messages import LANGUAGES
from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.tree import Tree
from pobratim.search.documents import SearchDocument, read_documents
from pobratim.search.fields import short_words
from pobratim.site.suggestions import KINDS
from pobratim.site.words import words
from pobratim.store.backend import GraphReader
from pobratim.text.folding import folded_words, keys

FOLDER = "explore"
NAMES_FILE = f"{FOLDER}/names.json.gz"
_LEVEL = 9


def write_columns(tree: Tree, index: Index) -> None:
    """Write the columns of parties, ties, events and agreements, compressed. Raises OSError."""
    for name in NAMES:
        told: dict[str, Any] = json.loads(gzip.decompress(columns(index, name)))
        # The number of a load says nothing here, and would make equal data differ.
        tree.put(f"{FOLDER}/{name}.json.gz", _packed(told | {"generation": 0}))


def write_names(tree: Tree, reader: GraphReader, documents: Documents) -> None:
    """Write what is found by its names, the best connected first, compressed. Raises OSError.

    A record has its labels, where it is, its document, its kind by number, and the folded words, abbreviations and
    stems that it is found by, so that a browser has but to compare.
    """
    found = [each for each in read_documents(reader) if each.listed and (_kind(each) in KINDS)]
    found.sort(key=lambda each: (-each.weight, each.iri))
    kinds = list(KINDS)
    said: dict[str, list[Any]] = {
        "page": [documents.of(each.iri) for each in found],
        "kind": [kinds.index(_kind(each)) for each in found],
        "words": [" ".join(_words(each)) for each in found],
    }
    for lang in LANGUAGES:
        said[f"label_{lang}"] = [_said(each.labels, lang) for each in found]
        said[f"note_{lang}"] = [_note(each, lang) for each in found]
    names = words()["suggested"]
    told = {
        "kinds": [{"name": kind, **{lang: names[kind][lang] for lang in LANGUAGES}} for kind in kinds],
        "columns": said,
    }
    tree.put(NAMES_FILE, _packed(told))


def _kind(document: SearchDocument) -> str:
    return next((kind for kind, types in KINDS.items() if document.type in types), "")


def _said(labels: Mapping[str, str], lang: str) -> str:
    return labels.get(lang) or labels.get("ru") or labels.get("en") or ""


def _note(document: SearchDocument, lang: str) -> str:
    parts = (_said(document.places, lang), _said(document.countries, lang))
    return ", ".join(dict.fromkeys(part for part in parts if part and part != _said(document.labels, lang)))


def _words(document: SearchDocument) -> Sequence[str]:
    folded = [word for name in document.names for word in folded_words(name)]
    short = [word for name in document.names for word in short_words(name, document.type)]
    stems = [key for word in (*folded, *short) for key in keys(word)]
    return list(dict.fromkeys([*folded, *short, *stems]))


def _packed(told: Mapping[str, Any]) -> bytes:
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(content, _LEVEL, mtime=0)
