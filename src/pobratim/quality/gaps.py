"""Gaps: capitalised and quoted stretches of a row that no rule has claimed.

A gap is no fault. It is where a wording may be missing in the lexicon, and the only sign of quality that a report
without gold gives.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pobratim.quality.claims import Claims, Span, texts
from pobratim.quality.surroundings import Surroundings
from pobratim.record import Record

GapKind = Literal["quoted", "name", "title", "geography", "org", "loc", "per"]
PROPOSED: tuple[GapKind, ...] = ("org", "loc", "per")
"""What a model proposes: an organisation, a place, a person."""
KINDS: tuple[GapKind, ...] = ("quoted", "name", "title", "geography")
"""What was found, most telling first: a quotation; a run of capitalised words; the title of an event or work, or what
stands behind «в рамках»; a country, region or town that is no value of the row (mostly the home country)."""

_UNIT = r"[A-ZА-ЯЁ](?:\.|[\w’'-]*)"
_RUN = re.compile(rf"(?<![\w-]){_UNIT}(?:(?:(?<=\.)|[ \u00a0]+){_UNIT})*")
_WORD = re.compile(_UNIT)
_MARKS = '«»„“”"‹›'
_AROUND = 50
"""Characters of the cell that an example shows on either side."""
_LEAST_LETTERS = 2
"""Letters of a quotation that may be a name: 3 «Б» is a form of a school."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One unclaimed stretch: ``cells[column][start:end]`` of a row; ``text`` with white space folded, marks dropped.

    ``around`` is what stands before it, the stretch, and what stands behind, white space folded. ``origin`` says who
    found it: "rules" (no rule claimed it) or the name of a model that proposes it.
    """

    kind: GapKind
    text: str
    report: str
    row: int
    column: str
    start: int
    end: int
    around: tuple[str, str, str]
    origin: str = "rules"

    @property
    def context(self) -> str:
        """Return the stretch with what stands around it."""
        return "".join(self.around)


def gaps_of(record: Record) -> list[Gap]:
    """Return the gaps of a record, by column and place. A row of a register has none: its cells are values."""
    claims = Claims(record)
    found = []
    for column, text in texts(record):
        around = Surroundings(claims, column, text)
        spans = [*_quotations(claims, around), *_names(claims, around)]
        found += [gap_at(record, column, span, kind) for kind, span in sorted(spans, key=lambda one: one[1])]
    return found


def gap_at(record: Record, column: str, span: Span, kind: GapKind, origin: str = "rules") -> Gap:
    """Return a stretch of a cell as a gap, with its surroundings."""
    text, (start, end) = record.cells[column], span
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before[before.find(" ") :]
    if end + _AROUND < len(text):
        after = after[: after.rfind(" ") + 1] + "…"
    around = (_folded(before), _folded(text[start:end]), _folded(after))
    flat = around[1].strip(_MARKS + " ")
    return Gap(kind, flat, record.report, record.row, column, start, end, around, origin)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _quotations(claims: Claims, around: Surroundings) -> Iterator[tuple[GapKind, Span]]:
    for start, end, _ in around.quotes:
        span = Span(start, end)
        lettered = sum(map(str.isalpha, around.text[start:end])) >= _LEAST_LETTERS
        if lettered and not claims.covers(around.column, around.text, start, end) and not around.told(span):
            yield "title" if around.is_title(span, quoted=True) else "quoted", span


def _names(claims: Claims, around: Surroundings) -> Iterator[tuple[GapKind, Span]]:
    """Yield runs of capitalised words outside of quotations, without the words that are claimed."""
    for match in _RUN.finditer(around.text):
        start, end = match.span()
        if claims.holds(around.column, start, end) or any(one.start < start < one.end for one in around.quotes):
            continue
        for words in _unclaimed(claims, around, match):
            span = around.named(words)
            if span and not around.told(span) and (kind := _kind(claims, around, span)):
                yield kind, span


def _kind(claims: Claims, around: Surroundings, span: Span) -> GapKind | None:
    """Return what an unclaimed run of capitalised words is, None where it is understood after all."""
    if where := around.geography(span):
        return "geography" if where == "other" else None
    if claims.tells_kind(around.column, *span):
        return None
    return "title" if around.is_title(span, quoted=False) else "name"


def _unclaimed(claims: Claims, around: Surroundings, match: re.Match[str]) -> Iterable[Sequence[Span]]:
    """Return the longest runs of words of which none is claimed."""
    runs: list[list[Span]] = [[]]
    for word in _WORD.finditer(around.text, match.start(), match.end()):
        if claims.overlaps(around.column, word.start(), word.end()):
            runs.append([])
        else:
            runs[-1].append(Span(word.start(), word.end()))
    return filter(None, runs)
