"""Texts as they go out: cells and titles by the names of their rows, labels and all else by what may be a name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy

from pobratim.extract.cells import CellText
from pobratim.publishing.people.capitals import labels_of
from pobratim.publishing.people.found import FoundNames
from pobratim.publishing.people.labels import addresses, occurrences, spelt, with_mask
from pobratim.publishing.people.rows import Name, Row
from pobratim.publishing.people.runs import sole_traders
from pobratim.publishing.people.shown import SHOWN
from pobratim.publishing.people.telling import NOTHING, Rows, RowTold, text_digest
from pobratim.publishing.settings import People
from pobratim.record import Record
from pobratim.resolve.decisions import OF_NAMES
from pobratim.resolve.ledger import Decision

_OF_ORGANISATION = ("organisation", "publisher")
_WITH_HOLDER = ("person", "post")
"""Things of which a phrase holds a person's name as well: what a row hides is hidden in their labels too."""
Span = tuple[int, int]


class Hidden:
    """What is masked in the texts of one generation, under one setting."""

    def __init__(
        self,
        people: People,
        decisions: Iterable[Decision] = (),
        found: FoundNames | None = None,
        kept: Callable[[str], Rows] | None = None,
    ) -> None:
        """``people`` tells whose names go out; of ``decisions`` those count that are of names in rows.

        ``found`` are names that were found before, ``kept`` gives the rows of a report that are not read here.
        """
        self._shown = SHOWN[people]
        self._found = found or FoundNames()
        self._decided: dict[str, dict[str, str]] = defaultdict(dict)
        for one in decisions:
            if one.verdict in OF_NAMES:
                self._decided[one.left][_folded(one.right).casefold()] = one.verdict
        self._kept = kept
        self.rows = Rows.none()
        self.things: dict[str, set[str]] = defaultdict(set)
        """Names that are hidden in phrases, by the thing that these name."""

    def read(self, records: Iterable[Record]) -> None:
        """Take the rows of a report."""
        for record in records:
            key = f"{record.report}/{record.row}"
            row = self._with_decisions(self._found.of_row(record), self._decided.get(key, {}))
            for column, text in record.cells.items():
                self.rows.read[f"{key}/{column}"] = text_digest(text)
            self.rows.read[key] = text_digest(_folded(record.title))
            hidden = tuple(name for name in row.names if name.person_class not in self._shown)
            shown = frozenset(name.text for name in row.names if name.person_class in self._shown)
            cells = self._cells(row, hidden)
            if hidden or cells:
                self.rows.told[key] = RowTold(hidden, shown, cells)

    def begun(self) -> "Hidden":
        """Return the same before any row was read."""
        other = copy(self)
        other.rows, other.things = Rows.none(), defaultdict(set)
        return other

    def join(self, things: Mapping[str, set[str]]) -> None:
        """Take what phrases of further rows name."""
        for thing, names in things.items():
            self.things[thing] |= names

    def decided(self, report: str) -> list[tuple[str, dict[str, str]]]:
        """Return what people decided of the names in a report's rows, sorted by row."""
        return sorted((row, told) for row, told in self._decided.items() if row.partition("/")[0] == report)

    def _told(self, row: str) -> RowTold:
        return self._rows(row).told.get(row, NOTHING)

    def _read(self, key: str) -> int | None:
        """Return the digest of a cell ("REPORT/7/name") or title ("REPORT/7") that was read, None for any other."""
        return self._rows(key).read.get(key)

    def _rows(self, key: str) -> Rows:
        """Return rows among which are those of the report that a key begins with."""
        return self.rows if self._kept is None else self._kept(key.partition("/")[0])

    def _with_decisions(self, row: Row, decided: Mapping[str, str]) -> Row:
        """Return a row whose names have the class that people gave them; a name that nothing finds is added."""
        if not decided:
            return row
        known = [_decided(name, decided.get(_folded(name.text).casefold(), "")) for name in row.names]
        for text, verdict in decided.items():
            for column, cell in row.record.cells.items():
                spans = [one[1:3] for one in known if one.column == column]
                fresh = [span for span in occurrences(cell, [text]) if not _meets(span, spans)]
                added = (Name(column, *span, cell[slice(*span)], "private", "", strong=True) for span in fresh)
                known += [_decided(name, verdict) for name in added]
        return Row(row.record, tuple(sorted(known)))

    def _cells(self, row: Row, hidden: Sequence[Name]) -> dict[str, str]:
        """Return the cells of a row of which something is masked: a hidden name wherever it stands again."""
        found = {}
        texts = {name.text for name in hidden}
        for column, text in row.record.cells.items():
            open_ = [one[1:3] for one in row.names if one.column == column and one.person_class in self._shown]
            spans = [(name.start, name.end) for name in hidden if name.column == column]
            spans += [span for span in occurrences(text, texts) if not _meets(span, open_)]
            spans += [*addresses(text), *(span for span in spelt(text, texts) if not _meets(span, open_))]
            if spans:
                found[column] = with_mask(text, spans)
        return found

    def mentioned(self, mention: str, thing: str) -> None:
        """Note that a phrase of a row names a thing: what is hidden in the phrase is hidden in the thing's labels."""
        _, report, row, column, place, *_ = (*mention.split("/"), "", "", "", "")
        told = self.rows.told.get(f"{report}/{row}")  # of this report, which is being read
        begin, _, end = place.partition("-")
        if told is None or not (begin.isdecimal() and end.isdecimal()):
            return
        span = (int(begin), int(end))
        whole = thing.partition("/")[0] in _WITH_HOLDER
        names = [name.text for name in told.hidden if whole or (name.column == column and _meets(span, [name[1:3]]))]
        if names:
            self.things[thing].update(names)

    # Texts

    def cell(self, row: str, column: str, text: str) -> str:
        """Return the text of a cell as it goes out: of the same length."""
        if self._read(f"{row}/{column}") != text_digest(text):
            return self.text(text)  # nobody has read it as it is
        return self._told(row).cells.get(column, text)

    def phrase(self, iri: str, exact: str) -> str:
        """Return the words of a stretch of a cell (``…/id/cell/REPORT/ROW/COLUMN#char=0,5``), of what goes out."""
        cell, _, place = iri.partition("#char=")
        report, row, column = cell.rsplit("/", 3)[1:]
        begin, _, end = place.partition(",")
        key = f"{report}/{row}"
        if self._read(f"{key}/{column}") is None or not (begin.isdecimal() and end.isdecimal()):
            return self.text(exact)
        masked = self._told(key).cells.get(column)
        return exact if masked is None else masked[int(begin) : int(end)]

    def of_rows(self, rows: Iterable[str], text: str) -> str:
        """Return a text that was read from some rows as it goes out."""
        rows = list(rows)
        told = [self._told(row) for row in rows]
        if all(one is NOTHING for one in told):
            digest = text_digest(_folded(text))
            if any(self._read(row) == digest for row in rows):
                return text  # a title of which nothing is hidden
        shown = list(occurrences(text, {name for one in told for name in one.shown}))
        hidden = occurrences(text, {name.text for one in told for name in one.hidden})
        spans = [span for span in hidden if not _meets(span, shown)]
        spans += [
            one[1:3] for one in self._hidden(self._found.of_text(text)) if one.strong and not _meets(one[1:3], shown)
        ]
        spans += addresses(text)
        return with_mask(text, spans)

    def label(self, thing: str, text: str) -> str:
        """Return a label of a thing ("organisation/by-minsk") as it goes out."""
        return with_mask(text, self._in_label(thing, text))

    def _in_label(self, thing: str, text: str) -> Iterator[Span]:
        kind, _, key = thing.partition("/")
        things = [thing, *(f"organisation/{one}" for one in key.split("--"))] if kind == "tie" else [thing]
        for one in things:
            yield from occurrences(text, self.things.get(one, ()))
        is_body = kind in _OF_ORGANISATION
        found = self._found.of_organisation(text) if is_body else self._found.of_text(text)
        yield from (one[1:3] for one in self._hidden(found) if one.strong)

    def text(self, text: str) -> str:
        """Return a text of which nothing is known as it goes out."""
        return with_mask(text, [*(one[1:3] for one in self._hidden(self._found.of_text(text))), *addresses(text)])

    def names(self, text: str) -> list[Name]:
        """Return what may be a name that does not go out in a text of which nothing is known."""
        return list(self._hidden(self._found.of_text(text)))

    def is_sole(self, text: str) -> bool:
        """Tell whether an organisation's name is that of one person («ИП Гусев А.А.»)."""
        cell = CellText("", text)
        return bool(sole_traders(cell, labels_of(cell)))

    def _hidden(self, names: Iterable[Name]) -> Iterator[Name]:
        return (name for name in names if name.person_class not in self._shown)


def _decided(name: Name, verdict: str) -> Name:
    """Return a name with the class that a decision gives it, as it is without one."""
    if not verdict:
        return name
    return name._replace(person_class="honoured" if verdict == "show-name" else "private", rule=verdict)


def _meets(span: Span, spans: Iterable[tuple[int, ...]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _folded(text: str) -> str:
    return " ".join(text.split())
