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

_LISTS = "lists"
"""The words of lists."""
_SCHOOL = "school"
_HEADING = "section"


def about(index: Index, page_of: Callable[[str], str]) -> Mapping[str, Any]:
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
        **_pages(index, page_of),
        "words": {lang: _words(lang) for lang in LANGUAGES},
        "lists": {lang: {**texts(_LISTS, lang), **_counted(_LISTS, lang)} for lang in LANGUAGES},
    }


def _words(lang: Language) -> Mapping[str, str]:
    """Return the words of pairs and evidence, counted nouns as "n-events"; lists of words are one text with ``|``."""
    lists = {name: word_file(WORDS)[name][lang] for name in ("numbers", "among")}
    lists |= {name: words()[name][lang] for name in ("months", "months-short", "months-alone")}
    return {**texts(WORDS, lang), **_counted(WORDS, lang), **{name: "|".join(each) for name, each in lists.items()}}


def _counted(file: str, lang: Language) -> Mapping[str, str]:
    return {f"n-{name}": forms for name, forms in texts(file, lang, "counted").items()}


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


def _pages(index: Index, page_of: Callable[[str], str]) -> Mapping[str, Any]:
    """Return which things have pages elsewhere than their keys say, by the paths of their IRIs (``odd``), and of which
    kinds nothing has a page (``unseen``)."""
    odd, seen, kinds = dict[str, str](), set[str](), set[str]()
    for table in ("party", "event", "account", "agreement", "report"):
        for row in index.rows(f"SELECT iri FROM {table}"):
            path = row["iri"].partition("/id/")[2]
            page = page_of(row["iri"]) if path else ""
            kinds.add(path.partition("/")[0])
            if page:
                seen.add(path.partition("/")[0])
                odd |= {path: page} if page != f"doc/{path}" else {}
    return {"odd": dict(sorted(odd.items())), "unseen": sorted(kinds - seen - {""})}
