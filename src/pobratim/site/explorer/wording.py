"""The words of what is told of parties and pairs (``viz/words/dossier.yml``), and sentences made of counts."""

from collections.abc import Mapping, Sequence

from pobratim.messages import Language, noun, texts, word_file
from pobratim.site.values import date_text
from pobratim.site.words import grouped

FILE = "dossier"
Piece = tuple[str, bool]
"""A part of a sentence, and whether it is a figure that stands out."""
_YEARS_TOLD = 3
"""So many years are told one by one; of more the first and the last."""


class Wording:
    """The words in one language, for templates: ``w("code", slot=…)``, ``w.counted("events", n)``."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self._words, self._nouns = texts(FILE, lang), texts(FILE, lang, "counted")

    def __call__(self, code: str, **values: object) -> str:
        return self._words[code].format(**values) if values else self._words[code]

    @property
    def island(self) -> Mapping[str, str]:
        """Return the words of the island that shows evidence (``viz/app/drawer``)."""
        return {code: self._words[code] for code in ("at", "failed")}

    def counted(self, code: str, number: int) -> str:
        return f"{grouped(number, self.lang)}\u00a0{noun(self._nouns[code], number, self.lang)}"

    def by(self, names: Sequence[str]) -> str:
        """Return who reports: «сообщает Псков», «сообщают Клинцы, Стародуб»."""
        return f"{noun(self._nouns['reporting'], len(names), self.lang)} {', '.join(names)}"

    def date(self, value: str) -> str:
        """Return a date as it ends a sentence («сентябрь 2023 года»)."""
        said = date_text(value, self.lang)
        is_year = len(value) == 4 and value.isdecimal()
        return self("yearAlone" if is_year else "ofYear", date=said) if value[:4].isdecimal() else said

    def number(self, section: str, number: int) -> str:
        """Return a small number as a word, a larger one in figures."""
        names: Sequence[str] = word_file(FILE)[section][self.lang]
        return names[number] if number < len(names) else grouped(number, self.lang)


def capital(text: str) -> str:
    """Return a text with a capital first letter, as it begins a sentence or stands as a heading."""
    return text[:1].upper() + text[1:]


def meetings(w: Wording, total: int, years: Mapping[int, int], undated: int) -> list[Piece]:
    """Return how many events there are and in which years («5 мероприятий: четыре в 2023 году, у одного …»)."""
    if not total:
        return [(w("noEvents"), False)]
    count: Piece = (w.counted("events", total), True)
    if not years:
        return [count, (w("undatedOnly"), False)]
    if len(years) == 1 and not undated:
        return [count, (w("inYear", year=next(iter(years))), False)]
    when = [w("undatedAmong", number=w.number("among", undated))] if undated else []
    if len(years) <= _YEARS_TOLD:
        told = [w("someInYear", number=w.number("numbers", many), year=year) for year, many in sorted(years.items())]
    else:
        told = [w("fromTo", first=min(years), last=max(years))]
    return [count, (": " + ", ".join([*told, *when]), False)]
