"""Name the columns of a source's tables by the headings that its source.yml lists."""

from collections.abc import Iterable
from pathlib import Path

from pobratim.layout.columns import ColumnNamer, fold
from pobratim.lexicon.skos import read_concepts
from pobratim.sources.source import Source


class MappedNamer(ColumnNamer):
    """Knows the headings of one source first; those of ontology/columns.ttl too where rows tell of events.

    In a register a row needs no more than a partner's name to be one, and lines with nothing else are no headings.
    """

    def __init__(self, source: Source, columns: Path) -> None:
        """Take the source's headings; ``columns`` is the file of the scheme ``column``."""
        super().__init__(concept for concept in read_concepts(columns) if concept.scheme == "column")
        self._headings = {_key(text): name for name, texts in source.columns.items() for text in texts}
        self._ignored = frozenset(map(_key, source.ignore))
        self._register = source.states_agreements
        if self._register:
            self.title_column = "partner"

    def names(self, heading: str) -> tuple[str, ...]:
        """Return what a column with this heading holds: the heading itself or the longest listed beginning of it."""
        key = _key(heading)
        if key in self._ignored:
            return ()
        if key in self._headings:
            return (self._headings[key],)
        begun = [known for known in self._headings if key.startswith(f"{known} ")]
        if begun:
            return (self._headings[max(begun, key=len)],)
        return () if self._register else super().names(heading)

    def ignores(self, heading: str) -> bool:
        """Tell whether a column is of no interest and goes unread without a word."""
        return _key(heading) in self._ignored

    def is_report(self, named: Iterable[str]) -> bool:
        """Tell whether a row of headings that name these columns is a table of this source."""
        return "partner" in named if self._register else super().is_report(named)

    def is_of_events(self, headings: Iterable[str], above: str) -> bool:
        """Tell that the headings are of what the source says: whoever names a source knows what is in it."""
        del headings, above
        return True


def _key(text: str) -> str:
    """Return a heading as it is compared: folded, punctuation as spaces."""
    return " ".join("".join(char if char.isalnum() or char in "№%" else " " for char in fold(text)).split())
