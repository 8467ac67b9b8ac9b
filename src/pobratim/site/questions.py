"""The library for people: the lists of questions, and a form for each with its answer. Works without JavaScript."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pobratim.messages import Language
from pobratim.query.answers import FORMATS_OF
from pobratim.query.library import library, queries_root
from pobratim.query.question import THINGS, NamedQuery, Parameter
from pobratim.query.words import question_words
from pobratim.search.references import Reference, said_of_nothing
from pobratim.site.asking import Asker
from pobratim.site.entity import Item
from pobratim.site.page import Page, Visit
from pobratim.site.question_links import address_of, links_of
from pobratim.sparql.text import outline

GROUPS = ("", "views", "checks")
"""The folders of queries/ that are shown; remote questions are for loading."""
LANGUAGE = "lang"
"""The parameter of every address that chooses the language of labels."""
_FOR_OFFICES = ("xlsx",)
"""Formats that are offered first."""
_HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
"""The lines of a question's file that the page tells in words (query/header.py)."""
_TAGS = ("ties", "agreements", "events", "countries", "institutions", "people", "map", "view", "search", "sources")
"""The order of the groups, as in the workbench (gallery.ts); others follow by name."""
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "string": {"type": "text"},
    "iri": {"type": "url"},
    "integer": {"type": "number", "step": "1"},
    "date": {"type": "date"},
    "lang": {"type": "text", "pattern": "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"},
    **{thing: {"type": "text"} for thing in sorted(THINGS)},
}
"""Attributes of a form's field by the type of a parameter; patterns as query/question.py reads values."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A question's form as a visitor filled it in. ``values`` are his, ``pairs`` the whole query string.

    ``table`` is the answer (``answer_table`` with total, first, last and pages), None where there is none yet;
    ``problem`` says what is wrong, ``near`` are the things that the value of ``wrong`` may have meant (iri, label).
    """

    query: NamedQuery
    group: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    pairs: Sequence[tuple[str, str]] = ()
    chosen_lang: str = ""
    references: tuple[Reference, ...] = ()
    table: Mapping[str, Any] | None = None
    problem: str = ""
    wrong: str = ""
    near: Sequence[Mapping[str, str]] = ()
    status: int = 200


def list_page(
    queries: Sequence[NamedQuery], broken: Sequence[tuple[str, Mapping[Language, str]]], visit: Visit, group: str
) -> Page:
    """Return the list of a group's questions, by tag; ``broken`` are files that are none, with the reason."""
    lang, root = visit.lang, visit.addresses.root
    by_tag: dict[str, list[dict[str, Any]]] = {}
    for query in queries:
        links = links_of(query, root, group, query.example)
        shown = {"name": query.name, "summary": query.summary[lang], "about": visit.link(links["about"])}
        shown["description"] = query.description.get(lang, "")
        by_tag.setdefault(query.tags[0] if query.tags else "", []).append(shown)
    known = question_words(lang)
    values = {
        "groups": [
            (tag or "other", known.get(f"tag-{tag}", tag or known["tag-other"]), by_tag[tag])
            for tag in sorted(by_tag, key=lambda tag: (_TAGS.index(tag) if tag in _TAGS else len(_TAGS), tag))
        ],
        "broken": [(name, error[lang]) for name, error in broken],
        "title": known[f"title-{group}" if group else "title"],
        "others": [
            (known[f"title-{each}" if each else "title"], visit.link(address_of(root, each)))
            for each in GROUPS
            if each != group
        ],
    }
    return Page("queries.html", {"words": known, **values})


def question_page(filled: Filled, visit: Visit) -> Page:
    """Return the page of a question: its form, and its answer or what is wrong where there is one."""
    query, lang, root = filled.query, visit.lang, visit.addresses.root
    links = links_of(query, root, filled.group, filled.values or query.example)
    labels = {parameter.name: parameter.label[lang] for parameter in query.parameters}
    values = {
        "name": query.name,
        "title": query.summary[lang],
        "description": query.description.get(lang, ""),
        # The language of labels is that of the page, unless the question has a default of its own.
        "fields": [
            _field(parameter, filled, lang)
            for parameter in query.parameters
            if (parameter.name, parameter.type, parameter.default) != (LANGUAGE, "lang", None)
        ],
        "formats": sorted(FORMATS_OF[outline(query.text).form], key=lambda name: name not in _FOR_OFFICES),
        "links": links,
        "home": visit.link(address_of(root, filled.group)),
        "text": _HEADER.sub("", query.text),
        "chosen_lang": filled.chosen_lang,
        "table": filled.table,
        "problem": _problem(filled, lang),
        "near": _near(filled, links["self"]),
        "understood": [
            (labels[each.parameter], each.given, Item(each.label, visit.about(each.iri)))
            for each in filled.references
            if each.parameter in filled.values
        ],
        "empty": said_of_nothing(query, filled.values, filled.references, lang),
    }
    return Page("query.html", {"words": question_words(lang), **values}, filled.status)


async def questions_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the list of the installed questions at ``/queries``, ``/queries/views`` or ``/queries/checks``."""
    del asker
    group = path.removeprefix("queries").strip("/")
    installed = library(queries_root(), group)
    return list_page([installed[name] for name in sorted(installed)], (), visit, group)


async def question_at(asker: Asker, visit: Visit, path: str) -> Page | None:
    """Return the page of an installed question, before anything is asked; None where there is none of the name."""
    del asker
    group, _, name = path.rpartition("/")
    query = library(queries_root(), group).get(name) if group in GROUPS else None
    return question_page(Filled(query, group), visit) if query else None


def _problem(filled: Filled, lang: Language) -> str:
    """Return what is wrong in the words of the form: a field that is empty, or holds what does not fit."""
    field_of = next((each for each in filled.query.parameters if each.name == filled.wrong), None)
    if field_of is None or filled.near:
        return filled.problem
    value, sample = filled.values.get(filled.wrong, ""), filled.query.example.get(filled.wrong) or field_of.example
    code = "field-wrong" if value else "field-empty"
    return question_words(lang)[code].format(label=field_of.label[lang], value=value, example=sample)


def _near(filled: Filled, address: str) -> list[tuple[str, str]]:
    """Return what may have been meant by a name that means nothing: labels, and the question asked with each."""
    others = [pair for pair in filled.pairs if pair[0] != filled.wrong]
    return [(each["label"], f"{address}?{urlencode([*others, (filled.wrong, each['iri'])])}") for each in filled.near]


def _field(parameter: Parameter, filled: Filled, lang: Language) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "label": parameter.label[lang],
        "required": parameter.required,
        "value": filled.values.get(parameter.name, ""),
        "example": filled.query.example.get(parameter.name) or parameter.example,
        "attributes": _FIELDS[parameter.type],
    }
