"""The words of the pages: ``viz/words/pages.yml``, of some kinds of pages a file of their own."""

import re
from collections.abc import Mapping
from typing import Any

from pobratim.messages import Language, noun, texts, word_file


def words() -> Mapping[str, Any]:
    """Return the words of the pages: ``viz/words/pages.yml``."""
    return word_file("pages")


def prefixes(base: str) -> dict[str, str]:
    """Return the namespaces by prefix under which data are shown; ``base`` begins the IRIs of things."""
    return {**words()["prefixes"], "id": f"{base}/id/"}


def word(code: str, lang: Language, file: str = "pages", /, **values: object) -> str:
    """Return a word or sentence of the pages, its {slots} filled. Raises KeyError for an unknown one."""
    text = texts(file, lang)[code]
    return text.format(**values) if values else text


def counted(code: str, number: int, lang: Language, file: str = "pages") -> str:
    """Return a number with its noun."""
    return f"{grouped(number, lang)} {noun(texts(file, lang, 'counted')[code], number, lang)}"


def island(name: str, lang: Language) -> Mapping[str, str]:
    """Return the words of an island of ``viz/app``. Raises KeyError for an unknown one."""
    return {code: said[lang] for code, said in words()["islands"][name].items()}


def read_as(rule: str, lang: Language) -> str:
    """Return what a phrase was read as by a rule (its code begins with that); the code where there are no words."""
    family = re.split(r"[-:]", rule, maxsplit=1)[0]
    return texts("dossier", lang).get(f"read-{family}", rule)


def in_hundred(share: float) -> str:
    """Return a share of one in hundredths."""
    return str(round(100 * share))


def grouped(number: int, lang: Language) -> str:
    """Return a number with its thousands set apart."""
    return f"{number:,}".replace(",", "\u00a0" if lang == "ru" else ",")


class Words:
    """The words of a file of ``viz/words`` in one language, for templates: ``t("code")``, ``t.counted("code", n)``."""

    def __init__(self, lang: Language, file: str = "pages") -> None:
        self._lang, self._file = lang, file

    def __call__(self, code: str, **values: object) -> str:
        return word(code, self._lang, self._file, **values)

    def counted(self, code: str, number: int) -> str:
        return counted(code, number, self._lang, self._file)

    def noun(self, code: str, number: int) -> str:
        return noun(texts(self._file, self._lang, "counted")[code], number, self._lang)

    def island(self, name: str) -> Mapping[str, str]:
        return island(name, self._lang)

    def number(self, number: int) -> str:
        return grouped(number, self._lang)
