"""The words that people read: one message a code, in Russian and English, from ``catalogue/*.yml``."""

import locale
import os
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from pobratim.errors import LedgerError, PobratimError, Told, UnreadableDocumentError
from pobratim.problems import Problem

Language = Literal["ru", "en"]


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for entry in sorted(files("pobratim").joinpath("catalogue").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yml"):
            merged.update(yaml.safe_load(entry.read_text(encoding="utf-8")) or {})
    return merged


def text(code: str, lang: Language, /, **values: object) -> str:
    """Return the message ``code`` in ``lang`` with ``{placeholders}`` filled. Raises KeyError for an unknown code."""
    return _catalogue()[code][lang].format(**{name: _in_words(value, lang) for name, value in values.items()})


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


def default_language() -> Language:
    """Return the language of POBRATIM_LANG, else of the locale, else English."""
    wanted = os.environ.get("POBRATIM_LANG") or locale.getlocale()[0] or ""
    return "ru" if wanted.lower().startswith("ru") else "en"
