"""Headings of a report in prose: what each heads, and which of them stand above a paragraph."""

from dataclasses import dataclass, field
from enum import Enum, auto

from pobratim.extract.cells import CellText
from pobratim.extract.dates import read_dating
from pobratim.extract.geography import Geographer
from pobratim.layout.columns import ColumnNamer
from pobratim.layout.numbering import unnumbered
from pobratim.layout.sections import MAX_HEADING, is_municipality
from pobratim.shapes.sentences import Span, is_item, tells_verb

_ENDS = (".", ";", "!", "?", ",", "…")
_MONTH = len("2024-05")
_SMALL = 3
"""Letters of a preposition or an abbreviation beside a date («в», «за», «г.»)."""


class Heads(Enum):
    """What a heading is about."""

    MUNICIPALITY = auto()
    PARTNER = auto()
    TIME = auto()
    THEME = auto()


@dataclass(slots=True)
class _Above:
    """A heading in force: ``depth`` by its number («3.1.»: 2, 0 for none), ``used`` once a paragraph stood under it."""

    sort: Heads
    text: str
    depth: int
    used: bool = False


@dataclass(slots=True)
class Outline:
    """The headings in force, the outermost first; ``year`` completes months without one."""

    geographer: Geographer
    namer: ColumnNamer
    year: int
    _above: list[_Above] = field(default_factory=list)

    def put(self, line: str) -> None:
        """Take a heading. It ends those of its depth and below, without numbers the one of its sort; a heading under
        which paragraphs stand ends with the next of another sort, unless it is a municipality's."""
        text = unnumbered(line).strip().rstrip(":")
        new = _Above(self._sort(text), text, _depth(line))
        kept = len(self._above)
        if new.sort is Heads.MUNICIPALITY:
            kept = 0
        elif new.depth:
            kept = next((n for n, one in enumerate(self._above) if one.depth >= new.depth), kept)
        elif any(one.sort is new.sort for one in self._above):
            kept = next(n for n, one in enumerate(self._above) if one.sort is new.sort)
        elif self._above and self._above[-1].used and self._above[-1].sort is not Heads.MUNICIPALITY:
            kept -= 1
        self._above[kept:] = [new]

    def use(self) -> None:
        """Note that a paragraph stands under the last heading."""
        if self._above:
            self._above[-1].used = True

    @property
    def section(self) -> str:
        """Return the headings above, a line each."""
        return "\n".join(one.text for one in self._above)

    def time(self) -> Span | None:
        """Return where in ``section`` a heading tells the month or day of what stands below; None where none does."""
        start = 0
        for one in self._above:
            if one.sort is Heads.TIME:
                return Span(start, start + len(one.text))
            start += len(one.text) + 1
        return None

    def _sort(self, text: str) -> Heads:
        if self._is_time(text):
            return Heads.TIME
        geos = self.geographer.find(CellText("section", text))
        if any(geo.country not in ("", self.geographer.home_country) for geo in geos):
            return Heads.PARTNER
        at_home = any(geo.kind in {"settlement", "district"} for geo in geos)
        return Heads.MUNICIPALITY if at_home and is_municipality(text, self.namer) else Heads.THEME

    def _is_time(self, text: str) -> bool:
        dating = read_dating(text, self.year)
        if dating is None or dating.fault or len(dating.start) < _MONTH:
            return False
        rest = f"{text[: dating.first]} {text[dating.last :]}"
        return all(len(word.strip(".,()")) <= _SMALL for word in rest.split())


def _depth(line: str) -> int:
    """Return how many levels the number of a heading has, 0 where it has none."""
    number = line[: len(line) - len(unnumbered(line))].strip(" .)\t")
    return number.count(".") + 1 if number else 0


def is_heading(text: str) -> bool:
    """Tell whether a paragraph has the form of a heading: short, a capital first, no stop and no verb of events.

    With a colon at its end it leads a list, and may have a verb.
    """
    bare = unnumbered(text).strip()
    if not bare or is_item(text) or len(bare) > MAX_HEADING or bare.endswith(_ENDS):
        return False
    if not (bare[0].isupper() or bare[0].isdigit() or bare[0] in '«"'):
        return False
    return bare.endswith(":") or not tells_verb(CellText("name", bare))
