"""What all files of the explorer share: labels of codes, who is ours, the reports, the day that all is judged by."""

from collections.abc import Callable, Mapping
from typing import Any

from pobratim.explore import Index
from pobratim.explore.concepts import codes_under
from pobratim.explore.register import reference_day
from pobratim.explore.reports import reports_at
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import LANGUAGES, Language, texts, word_file
from pobratim.publishing.explorer.columns import PART
from pobratim.site.explorer.wording import FILE as WORDS
from pobratim.site.words import words

_SCHOOL = "school"
_HEADING = "section"


def about(index: Index, document_of: Callable[[str], str]) -> Mapping[str, Any]:
    """Return labels by scheme and code (Russian, English), and what else a page needs to tell of rows of columns."""
    labels: dict[str, dict[str, list[str]]] = {}
    for (scheme, code), label in index.labels.items():
        labels.setdefault(scheme, {})[code] = [label.ru, label.en]
    return {
        "day": reference_day(index),
        "home": index.home.country,
        "ours": sorted(number - 1 for number in index.home.all),
        "schools": sorted(codes_under("party-kind", _SCHOOL)),
        "part": PART,
        "sizes": index.sizes,
        "labels": labels,
        "columns": _columns(),
        "reports": _reports(index),
        "odd": _odd(index, document_of),
        "words": {lang: _words(lang) for lang in LANGUAGES},
    }


def _words(lang: Language) -> Mapping[str, str]:
    """Return the words of pairs and evidence, counted nouns as "n-events"; lists of words are one text with ``|``."""
    lists = {name: word_file(WORDS)[name][lang] for name in ("numbers", "among")}
    lists |= {name: words()[name][lang] for name in ("months", "months-short", "months-alone")}
    counted = {f"n-{name}": forms for name, forms in texts(WORDS, lang, "counted").items()}
    return {**texts(WORDS, lang), **counted, **{name: "|".join(each) for name, each in lists.items()}}


def _columns() -> list[list[str]]:
    """Return the columns of reports in their usual order: name, what it is called in Russian and in English."""
    found = {each.local: [each.local, each.label, each.english or each.label] for each in lexicon().concepts("column")}
    heading = found.pop(_HEADING, None)
    return [*([heading] if heading else []), *found.values()]


def _reports(index: Index) -> list[list[str]]:
    """Return the reports by number: key, and what they are called in Russian and in English."""
    iris = [row["iri"] for row in index.rows("SELECT iri FROM report ORDER BY id")]
    told = reports_at(index, iris)
    return [[iri.rpartition("/")[2], *(told[iri].said(lang) for lang in LANGUAGES)] for iri in iris]


def _odd(index: Index, document_of: Callable[[str], str]) -> Mapping[str, str]:
    """Return the documents that bear another name than the key of their thing, by the path of its IRI."""
    found = {}
    for table in ("party", "event", "agreement", "report"):
        for row in index.rows(f"SELECT iri FROM {table}"):
            path = row["iri"].partition("/id/")[2]
            document = document_of(row["iri"]) if path else ""
            if document and document != f"doc/{path}":
                found[path] = document
    return dict(sorted(found.items()))
