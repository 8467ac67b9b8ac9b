"""The short form of a name, which fits under a node of a drawing: abbreviated kind, number, proper name."""

import re
from collections.abc import Iterable

from pobratim.lexicon.words import WORDS
from pobratim.names.parts import dedication, parse

_OWNER = re.compile(r"^[^«»\"]*?(?=\s+г\.|[»\"]|$)")
_SEAT = re.compile(
    rf"\s*\b(?:(?:{WORDS.pattern('settlement-abbreviation')})\.|города)\s*[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][а-яё]+ой\s+области)?"
)
_ACRONYM = re.compile(r"^[А-ЯЁ]{2,8}\s+(?=[«\"]|[А-ЯЁа-яё])")
_NUMBERED = re.compile(r"^(.*?№\s*\d+[а-яА-Я]?)(?:\s*(«[^«»]+»)|\b.*)?.*$")


def short_name(name: str, legal_forms: Iterable[str], abbreviations: Iterable[str]) -> str:
    """Return what tells an organisation apart: «ДШИ № 3 «Маладик»» of «ГУО «Детская школа искусств № 3 …».

    ``legal_forms`` are names of its legal form, ``abbreviations`` those of its kind. A name of which nothing
    would be left stays as it is.
    """
    text = _SEAT.sub("", _without_honour(name))
    text = _without_legal_form(text, legal_forms)
    text = _abbreviated(text, abbreviations)
    text = _NUMBERED.sub(lambda match: f"{match[1]} {match[2] or ''}", text)
    text = " ".join(_balanced(text).split()).strip(" ,;–-")
    return (text[0].upper() + text[1:]) if text else name


def _without_honour(name: str) -> str:
    """Return a name without whom it honours, and whose part it is behind that; a quotation is closed, a town kept."""
    honour = dedication(parse(name))
    return name[: honour.start].rstrip() + _OWNER.sub("", name[honour.end :], count=1) if honour else name


def _without_legal_form(text: str, legal_forms: Iterable[str]) -> str:
    for form in sorted(legal_forms, key=len, reverse=True):
        if text.lower().startswith(form.lower()) and len(text) > len(form) + 1:
            text = text[len(form) :].lstrip()
            break
    return _ACRONYM.sub("", text)


def _abbreviated(text: str, abbreviations: Iterable[str]) -> str:
    """Replace words whose initials spell an abbreviation of the kind («Детская школа искусств» by «ДШИ»)."""
    for letters in sorted(abbreviations, key=len, reverse=True):
        pattern = r"\s+".join(rf"\b{letter}[а-яё]{{2,}}" for letter in letters)
        text, count = re.subn(pattern, letters, text, count=1, flags=re.IGNORECASE)
        if count:
            break
    return text


def _balanced(text: str) -> str:
    """Take away the quotation marks around the whole, and those that have lost their partner."""
    text = text.strip()
    if text.startswith("«") and (text.endswith("»") or text.count("«") > text.count("»")):
        text = text[1:-1] if text.endswith("»") and text.count("«") == text.count("»") else text[1:]
    while text.count("»") > text.count("«") and text.endswith("»"):
        text = text[:-1].rstrip()
    if text.count("«") > text.count("»"):
        text += "»"
    return text
