"""The words that people read, in Russian and English: messages of ``catalogue/*.yml``, words of pages of ``viz/words``.

A file of ``viz/words`` holds sections; in those that are texts, each key has its text by language. The texts of a page
are ``words``, its counted nouns ``counted``: forms for 1, 2, 5 in Russian and 1, 2 in English, separated by ``|``.
"""

import locale
import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from pobratim.content import content_root
from pobratim.errors import LedgerError, PobratimError, Told, UnreadableDocumentError
from pobratim.problems import Problem

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, Language] = ("ru", "en")


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where PyYAML has it, reads the words of all pages in a tenth of the time."""


def read_yaml(text: str) -> Any:
    """Return the plain values that a text in YAML holds."""
    return yaml.load(text, Loader=_LOADER)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for entry in sorted(files("pobratim").joinpath("catalogue").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yml"):
            merged.update(read_yaml(entry.read_text(encoding="utf-8")) or {})
    return merged


def text(code: str, lang: Language, /, **values: object) -> str:
    """Return the message ``code`` in ``lang`` with ``{placeholders}`` filled. Raises KeyError for an unknown code."""
    return _catalogue()[code][lang].format(**{name: _in_words(value, lang) for name, value in values.items()})


def is_message(code: str) -> bool:
    """Tell whether the catalogue has a message."""
    return code in _catalogue()


def _in_words(value: object, lang: Language) -> object:
    return text(value.code, lang, **value.values) if isinstance(value, Told) else value


def describe(problem: Problem, lang: Language) -> str:
    """Return one line: file, row and column as far as known, then the cause and what to do."""
    where = [problem.file]
    if problem.row is not None:
        where.append(text("at-row", lang, row=problem.row))
    if problem.column:
        known = f"column-{problem.column}"  # else it is the heading as the document has it
        name = text(known, lang) if known in _catalogue() else problem.column
        where.append(text("at-column", lang, column=name))
    return ", ".join(where) + ": " + text(problem.code, lang, file=problem.file, **dict(problem.values))


def explain(error: PobratimError, lang: Language) -> str:
    """Return the message of an exception."""
    if isinstance(error, UnreadableDocumentError):
        return describe(error.problem, lang)
    if isinstance(error, LedgerError):
        return "\n".join(describe(problem, lang) for problem in error.problems)
    return text(error.code, lang, **error.values)


@cache
def word_file(name: str) -> Mapping[str, Any]:
    """Return ``viz/words/NAME.yml``."""
    file = content_root() / "viz" / "words" / f"{name}.yml"
    found: Mapping[str, Any] = read_yaml(file.read_text(encoding="utf-8"))
    return found


@cache
def texts(name: str, lang: Language, *sections: str) -> Mapping[str, str]:
    """Return the texts of a file of ``viz/words`` in one language, those of ``sections`` or else of ``words``."""
    found = word_file(name)
    return {key: said[lang] for section in sections or ("words",) for key, said in found[section].items()}


def noun(forms: str, number: int, lang: Language) -> str:
    """Return the form of a counted noun that a whole number takes (Unicode CLDR, plural rules of ru and en)."""
    return forms.split("|")[_plural(number, lang)]


def _plural(number: int, lang: Language) -> int:
    if lang == "en":
        return int(number != 1)
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def default_language() -> Language:
    """Return the language of POBRATIM_LANG, else of the locale, else English."""
    wanted = os.environ.get("POBRATIM_LANG") or locale.getlocale()[0] or ""
    return "ru" if wanted.lower().startswith("ru") else "en"
