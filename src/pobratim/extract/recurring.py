"""Series told by repetition: rows of one report whose titles are the same but for the stage of a contest."""

from collections import defaultdict
from collections.abc import Sequence

from pobratim.extract.cells import CellText, cell_text
from pobratim.extract.organisations.grow import inside
from pobratim.extract.subjects import occasion
from pobratim.lexicon.words import WORDS
from pobratim.record import Evidence, Record
from pobratim.text.transliterate import slug
from pobratim.text.words import fold

_STAGES = WORDS.of("stage", "stage-of-row")
_ATTENDING = WORDS.of("attendance")
_FEWEST_WORDS = 3


def note_recurring(records: Sequence[Record]) -> None:
    """Give a series to records without one whose event's name another row of another date has too."""
    groups: dict[tuple[str, ...], list[tuple[Record, CellText]]] = defaultdict(list)
    for record in records:
        cell = cell_text("name", record.cells.get("name", ""))
        name = _name(cell)
        if len(name) >= _FEWEST_WORDS:
            groups[name].append((record, cell))
    for group in groups.values():
        if len({(record.start, record.end) for record, _ in group}) > 1:
            title = min((_title(cell) for _, cell in group), key=len)
            for record, cell in group:
                if not record.series:
                    record.series, record.series_name = slug(title), title
                    last = cell.tokens[-1].end
                    record.evidence.append(
                        Evidence("/series", "name", 0, last, cell.raw[:last], "series-recurring", 0.8)
                    )


def note_named(records: Sequence[Record]) -> None:
    """Give the series of a row that tells it to rows of an event of the same quoted name."""
    told = {fold(record.series_name): record for record in reversed(records) if record.series and record.series_name}
    for record in records if told else ():
        if record.series:
            continue
        cell = cell_text("name", record.cells.get("name", ""))
        for quote in cell.quotes:
            first, last = inside(cell, quote)
            if (known := told.get(fold(cell.flat(first, last)))) and set(known.kind) & set(record.kind):
                record.series, record.series_name = known.series, known.series_name
                start, end = cell.tokens[first].start, cell.tokens[last - 1].end
                record.evidence.append(
                    Evidence("/series", "name", start, end, cell.raw[start:end], "series-named-elsewhere", 0.8)
                )
                break


def _name(cell: CellText) -> tuple[str, ...]:
    """Return the lemmas of a title's words up to the occasion, without attendance and stages, one a word."""
    tokens = cell.tokens[: occasion(cell)]
    lemmas = [t.word.readings[0].lemma if t.kind == "word" else t.text for t in tokens if t.kind != "mark"]
    return tuple(lemma for lemma in lemmas if lemma not in _STAGES | _ATTENDING)


def _title(cell: CellText) -> str:
    return cell.flat(0, occasion(cell))
