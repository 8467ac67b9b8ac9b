"""Words of what is published (``viz/words/publishing.yml``), and what periods are called."""

from collections.abc import Mapping

from pobratim.messages import LANGUAGES, Language, texts
from pobratim.publishing.folder.quarters import Quarter

_ROMAN = ("I", "II", "III", "IV")


def said(code: str, lang: Language, **values: object) -> str:
    """Return a text, filled."""
    return texts("publishing", lang)[code].format(**values)


def both(code: str, **values: object) -> Mapping[Language, str]:
    """Return a text in all languages, filled; a value may be a mapping by language itself."""
    return {lang: said(code, lang, **{name: _of(value, lang) for name, value in values.items()}) for lang in LANGUAGES}


def _of(value: object, lang: Language) -> object:
    return value[lang] if isinstance(value, Mapping) and lang in value else value


def period(quarter: Quarter, lang: Language) -> str:
    """Return a period in words."""
    year, mark, number = quarter.name.partition("-q")
    if mark:
        return said("quarter", lang, number=_ROMAN[int(number) - 1] if lang == "ru" else number, year=year)
    if quarter.name == str(quarter.start.year):
        return said("year", lang, year=year)
    return said("span", lang, start=quarter.start.isoformat(), end=quarter.end.isoformat())


def periods(quarter: Quarter) -> Mapping[Language, str]:
    """Return a period in the words of all languages."""
    return {lang: period(quarter, lang) for lang in LANGUAGES}
