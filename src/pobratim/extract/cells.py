"""A cell as the rules see it: tokens, quotations, and what stands between them."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from pobratim.extract.written_out import written_out
from pobratim.layout.unit_headings import in_full
from pobratim.text.quotes import Quote, quotes
from pobratim.text.tokens import Token, Tokens, tokenize
from pobratim.text.typed_quotes import in_single_marks
from pobratim.text.words import Word

_SENTENCE_END = {".", "!", "?", ";", "…"}
_YEAR = 4
"""Digits of a year."""
_REPEATED = 80
"""Cells of so many characters at most are often met again in a report."""


@dataclass(slots=True, eq=False)
class CellText:
    """One cell: ``quote_of[i]`` is the innermost quotation around token ``i``, None outside of any;
    ``opening`` gives the quotation that opens at an offset."""

    column: str
    raw: str
    tokens: Tokens = field(init=False)
    quotes: list[Quote] = field(init=False)
    quote_of: list[Quote | None] = field(init=False)
    opening: dict[int, Quote] = field(init=False)
    _lows: list[str] = field(init=False)
    _written: bool = field(init=False)
    _tested: dict[tuple[int, Callable[[Word], bool]], bool] = field(init=False, default_factory=dict)
    _parted: list[tuple[int, int]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Cut the raw text."""
        plain = in_single_marks(self.raw)
        cut = tokenize(plain)
        spelt = cut if plain is self.raw else Tokens(_widened(cut, plain, self.raw))
        read = written_out(in_full(spelt) if self.column == "section" else spelt)
        self._written = read is not cut
        self.tokens = Tokens(read) if self._written else cut
        self._lows = [token.low for token in self.tokens]
        self.quotes = quotes(plain)
        self.opening = {quote.start: quote for quote in reversed(self.quotes)}
        self.quote_of = [None] * len(self.tokens)
        for quote in sorted(self.quotes, key=lambda q: q.depth):
            self._mark(quote)

    def _mark(self, quote: Quote) -> None:
        """Note a quotation as the innermost one of its tokens; deeper ones come later."""
        index = self.index_at(quote.start)
        while index < len(self.tokens) and self.tokens[index].end < quote.end:
            if self.tokens[index].start > quote.start:
                self.quote_of[index] = quote
            index += 1

    @property
    def says_something(self) -> bool:
        """Tell whether the cell holds a letter or digit: «-» and «…» stand where nothing was to be said."""
        return any(token.kind != "mark" for token in self.tokens)

    def text(self, first: int, last: int) -> str:
        """Return the raw text of ``tokens[first:last]``."""
        return self.raw[self.tokens[first].start : self.tokens[last - 1].end] if first < last else ""

    def flat(self, first: int, last: int) -> str:
        """Return the text of ``tokens[first:last]`` with white space folded, words written short in full."""
        return self.spelt(first, last, {}) if self._written else " ".join(self.text(first, last).split())

    def spelt(self, first: int, last: int, changed: Mapping[int, str]) -> str:
        """Return the text of ``tokens[first:last]`` with some words changed, white space folded."""
        if first >= last:
            return ""
        parts, at = [], self.tokens[first].start
        for index in range(first, last):
            token = self.tokens[index]
            parts.append(self.raw[at : token.start])
            if (
                index > first
                and at == token.start
                and self.raw[at - 1] in "./"
                and self.tokens[index - 1].kind == "word"
            ):
                parts.append(" ")  # «нац.библиотека», «дет/сад»
            parts.append(changed.get(index, token.text))
            at = token.end
        return " ".join("".join(parts).split())

    def low(self, index: int) -> str:
        """Return the folded token at ``index``, "" outside of the cell."""
        return self._lows[index] if 0 <= index < len(self._lows) else ""

    def new_line(self, index: int) -> bool:
        """Tell whether a line break stands before the token at ``index``."""
        return index > 0 and "\n" in self.raw[self.tokens[index - 1].end : self.tokens[index].start]

    def quote_at(self, index: int) -> Quote | None:
        """Return the quotation that opens at token ``index``."""
        if not self.opening or not 0 <= index < len(self.tokens):
            return None
        return self.opening.get(self.tokens[index].start)

    def first_in(self, quote: Quote) -> int:
        """Return the index of the first token behind the opening mark."""
        return self.index_at(quote.start) + 1

    def index_at(self, offset: int) -> int:
        """Return the index of the first token that ends behind ``offset``."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield (first, last) token ranges that end at a full stop before a capital, or at a line's end after one.

        A stop after an initial or a short abbreviation (г., им.) ends nothing, nor does one inside quotation marks.
        """
        return iter(self._sentences())

    def sentence_at(self, index: int) -> tuple[int, int] | None:
        """Return the sentence that holds a token, None outside of the cell."""
        if not 0 <= index < len(self.tokens):
            return None
        found = self._sentences()
        return found[bisect_right(found, index, key=itemgetter(0)) - 1]

    def sentence_has(self, index: int, test: Callable[[Word], bool]) -> bool:
        """Tell whether a word of the sentence that holds a token passes a test; each is tried once a sentence."""
        span = self.sentence_at(index)
        if span is None:
            return False
        found = self._tested.get((span[0], test))
        if found is None:
            found = self._tested[span[0], test] = any(test(token.word) for token in self.tokens[slice(*span)])
        return found

    def _sentences(self) -> list[tuple[int, int]]:
        """Return the sentences, found once: rules ask for them at every name."""
        if self._parted is None:
            self._parted = list(self._part())
        return self._parted

    def _part(self) -> Iterator[tuple[int, int]]:
        first = 0
        for index, token in enumerate(self.tokens):
            if token.text in _SENTENCE_END and self.quote_of[index] is None and self._ends(index):
                yield first, index + 1
                first = index + 1
        if first < len(self.tokens):
            yield first, len(self.tokens)

    def _ends(self, index: int) -> bool:
        if index + 1 >= len(self.tokens):
            return True
        if self.tokens[index].text != ".":
            return True
        before, after = self.tokens[index - 1] if index else None, self.tokens[index + 1]
        if after.start == self.tokens[index].end and after.kind == "number":
            return False
        if (
            before is not None
            and before.kind == "word"
            and len(before.text) <= 2
            and before.end == self.tokens[index].start
        ):
            return self._behind_a_year(index)
        return after.kind != "word" or after.word.title

    def _behind_a_year(self, index: int) -> bool:
        """Tell whether the stop of «2011 г.» ends a sentence: a word follows that is of the dictionary and no name."""
        year, after = self.tokens[index - 2] if index > 1 else None, self.tokens[index + 1].word
        dated = year is not None and year.kind == "number" and len(year.text) == _YEAR
        if dated and after.has("PREP") and after.title:  # «… до 2029 г. С музеем подписан …», and «2029 г. С. Иванов»
            return index + 2 < len(self.tokens) and self.tokens[index + 2].text != "."
        return dated and after.title and after.known and not any(map(after.has, ("Geox", "Name", "Surn", "Orgn")))


def _widened(tokens: Tokens, plain: str, raw: str) -> list[Token]:
    """Return tokens of ``plain`` on the offsets of ``raw``, where a quotation mark may be of two characters."""

    def wide(token: Token) -> Token:
        if token.text == "«" and plain[token.end : token.end + 1] != raw[token.end : token.end + 1]:
            return token._replace(end=token.end + 1)
        if token.text == "»" and plain[token.start - 1] != raw[token.start - 1]:
            return token._replace(start=token.start - 1)
        return token

    return [wide(token) for token in tokens]


def cell_text(column: str, raw: str) -> CellText:
    """Return a cell as the rules see it; a short one that was met before is not cut again, nor is the name of a row."""
    if len(raw) <= _REPEATED:
        return _short(column, raw)
    return _of_name(column, raw) if column == "name" else CellText(column, raw)


@lru_cache(maxsize=4_096)
def _short(column: str, raw: str) -> CellText:
    return CellText(column, raw)


@lru_cache(maxsize=256)
def _of_name(column: str, raw: str) -> CellText:
    # Names are looked at again once all rows of a report are read.
    return CellText(column, raw)
