"""The words of the pages: ``viz/pages.yml``."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from pobratim.content import content_root
from pobratim.messages import Language


@cache
def words() -> Mapping[str, Any]:
    """Return the words of the pages: ``viz/pages.yml``."""
    loaded: Mapping[str, Any] = yaml.safe_load((content_root() / "viz" / "pages.yml").read_text(encoding="utf-8"))
    return loaded


def word(code: str, lang: Language, **values: object) -> str:
    """Return a word or sentence of the pages, its {slots} filled. Raises KeyError for an unknown one."""
    text: str = words()["strings"][code][lang]
    return text.format(**values) if values else text


def counted(code: str, number: int, lang: Language) -> str:
    """Return a number with its noun; the forms stand in pages.yml by ``|``: 1, 2, 5 in Russian, 1, 2 in English."""
    forms = words()["counted"][code][lang].split("|")
    return f"{grouped(number, lang)} {forms[_plural(number, lang)]}"


def grouped(number: int, lang: Language) -> str:
    """Return a number with its thousands set apart."""
    return f"{number:,}".replace(",", "\u00a0" if lang == "ru" else ",")


def _plural(number: int, lang: Language) -> int:
    """Return which form a number takes (Unicode CLDR, plural rules of ru and en)."""
    if lang == "en":
        return int(number != 1)
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


class Words:
    """The words in one language, for templates: ``t("code")``, ``t.counted("code", n)``."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang

    def __call__(self, code: str, **values: object) -> str:
        return word(code, self._lang, **values)

    def counted(self, code: str, number: int) -> str:
        return counted(code, number, self._lang)

    def number(self, number: int) -> str:
        return grouped(number, self._lang)
