"""What a person typed, as tantivy queries put together by hand: no text is ever read as query syntax."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tantivy import Occur, Query, Schema

from pobratim.lexicon.words import WORDS
from pobratim.search.fields import ABOUT, AROUND, AROUND_KEY, ID, KEY, LISTED, SHORT, TYPE, WHOLE, WORD, id_key, whole
from pobratim.text.folding import JOINING, dictionary_form, folded_words, is_latin, latin_key, stem
from pobratim.text.words import fold

MOST_LETTERS = 1_000
"""Characters of a query that count; nobody types more into a search box."""
MOST_WORDS = 16
_MOST_FUZZY = 8
"""Words of a query that are also looked for with typing errors; a longer one has enough words without."""
_SHORTEST_PREFIX = 2
_SHORTEST_FUZZY = 4
_SHORTEST_BEGUN = 6
"""Letters of a word that may be begun and mistyped at once; a shorter one would be like anything."""
_SAYS_TOWN = WORDS.of("says-town")
"""Words before the name of a town («город Смоленск»), as «г.» and «города» are joining words."""
_SPELT = WORDS.pairs("address-abbreviation")
_ORDINALS = WORDS.pairs("ordinal")
"""Stems of ordinal numbers, one to twenty: schools are called by them in speech («восьмая школа»)."""
_ORDINAL = re.compile(
    rf"({'|'.join(_ORDINALS)})(ый|ой|ая|ое|ые|ого|ому|ым|ом|ую|ых|ыми|ий|ья|ье|ьи|ьего|ьей|ьему|ьем|ью)"
)
_DISTRICT = re.compile(r"\bр-?н(?:а|у|е|ом)?\b", re.IGNORECASE)
_VOWEL = re.compile("[аеёиоуыэюяaeiouy]")

EXACT, STEM, PLACE, ABBREVIATION, PREFIX, OTHER, FUZZY, FUZZIER = 10.0, 9.0, 8.5, 8.0, 6.0, 5.0, 2.0, 1.0
"""Scores of one word by the way it is found, which choose the candidates; ``ranking`` orders them."""
_WHOLE = 50.0
"""A name that is just the query has its words too, and stands before all that only have the words."""


@dataclass(frozen=True)
class Question:
    """The words of a query: those that must be found, or all where there are only joining words."""

    all_words: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Question":
        """Return the question in a text; any string will do."""
        return cls(folded_words(_DISTRICT.sub("район", text[:MOST_LETTERS]))[:MOST_WORDS])

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the words that tell something, each once."""
        return telling_words(self.all_words)

    def respelt(self) -> "Question":
        """Return the question with abbreviations of kinds of places spelt out and ordinal numbers in figures."""
        return Question(tuple(_SPELT.get(word) or _figure(word) for word in self.all_words))


def telling_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the folded words that tell something, each once; all where none does."""
    telling = [word for word in words if word not in JOINING and word not in _SAYS_TOWN]
    return tuple(dict.fromkeys(telling or words))


def _figure(word: str) -> str:
    found = _ORDINAL.fullmatch(fold(word))
    return _ORDINALS[found[1]] if found else word


def allowed_distance(word: str) -> int:
    """Return how many typing errors a word may have: 1 up to 5 letters, 2 above.

    None in numbers, in the shortest, and in what has no vowel: that is an abbreviation or no word at all.
    """
    if word.isdigit() or len(word) < _SHORTEST_FUZZY or not _VOWEL.search(word):
        return 0
    return 1 if len(word) <= 5 else 2


def may_be_begun(word: str) -> bool:
    """Tell whether a mistyped word may be the beginning of a longer one."""
    return len(word) >= _SHORTEST_BEGUN


class QueryMaker:
    """Makes queries over one schema, limited to types if any are named."""

    def __init__(self, schema: Schema, types: Sequence[str] = ()) -> None:
        """Keep the schema and the types."""
        self._schema = schema
        self._types = types

    def strict(self, question: Question) -> Query:
        """Return the query for things that have every word, as it is, inflected, abbreviated or begun."""
        return self._of(question, [(Occur.Must, self._word(word, fuzzy=False)) for word in question.words])

    def fuzzy(self, question: Question) -> Query:
        """Return the query for things that have every word, some with typing errors."""
        few = len(question.words) <= _MOST_FUZZY
        return self._of(question, [(Occur.Must, self._word(word, fuzzy=few)) for word in question.words])

    def partial(self, question: Question, weight: Callable[[str], float]) -> Query:
        """Return the query for things that have all numbers and half of the other words.

        ``weight`` says how much a word tells. Another number is another thing, however much else is alike.
        """
        few = len(question.words) <= _MOST_FUZZY
        numbers = [(Occur.Must, self._word(word, fuzzy=False)) for word in question.words if word.isdigit()]
        others = [word for word in question.words if not word.isdigit()]
        parts = [(Occur.Should, Query.boost_query(self._word(word, fuzzy=few), weight(word))) for word in others]
        some = Query.boolean_query(parts, minimum_number_should_match=(len(parts) + 1) // 2)
        return self._of(question, [*numbers, (Occur.Must, some)] if parts else numbers)

    def known(self, text: str) -> Query:
        """Return the query for what is known by exactly this: an IRI, a key, a code."""
        return self._limited([(Occur.Must, self._term(ID, id_key(text), EXACT))])

    def every(self) -> Query:
        """Return the query for all things of the types."""
        return self._limited([])

    def _of(self, question: Question, parts: Iterable[tuple[Occur, Query]]) -> Query:
        return self._limited([*parts, (Occur.Should, self._term(WHOLE, whole(question.all_words), _WHOLE))])

    def _limited(self, clauses: Sequence[tuple[Occur, Query]]) -> Query:
        named = [(Occur.Should, self._term(TYPE, name, 0.0)) for name in self._types or (LISTED,)]
        return Query.boolean_query([*clauses, (Occur.Must, Query.boolean_query(named))])

    def _word(self, word: str, *, fuzzy: bool) -> Query:
        found = [self._term(WORD, word, EXACT), self._term(AROUND, word, PLACE)]
        found += [self._term(SHORT, word, ABBREVIATION), self._term(ABOUT, word, OTHER)]
        if not word.isdigit():
            written = latin_key(word) if is_latin(word) else word
            for key in {written} if is_latin(word) else {stem(word), stem(dictionary_form(word))}:
                found.append(self._term(KEY, key, STEM))
                found.append(self._term(AROUND_KEY, key, PLACE))
                found += [self._term(SHORT, key, ABBREVIATION), self._term(ABOUT, key, OTHER)]
            found += self._begun(word, written)
            if fuzzy:
                found += self._mistyped(word, written)
        return Query.disjunction_max_query(found)

    def _begun(self, word: str, written: str) -> list[Query]:
        if len(written) < _SHORTEST_PREFIX:
            return []
        latin = is_latin(word)
        names = (KEY, AROUND_KEY) if latin else (WORD, AROUND)
        begun = [self._near(field, written, 0, PREFIX) for field in names]
        return begun + ([self._near(WORD, word, 0, PREFIX)] if latin else [])

    def _mistyped(self, word: str, written: str) -> list[Query]:
        names = (KEY, AROUND_KEY) if is_latin(word) else (WORD, AROUND)
        distance = min(allowed_distance(word), allowed_distance(written))
        if not distance:
            return []
        scores, begun = ((1, FUZZY), (2, FUZZIER))[:distance], may_be_begun(written)
        return [self._near(field, written, off, score, begun) for off, score in scores for field in names]

    def _term(self, field: str, word: str, score: float) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, field, word, "basic"), score)

    def _near(self, field: str, word: str, distance: int, score: float, begun: bool = True) -> Query:
        found = Query.fuzzy_term_query(self._schema, field, word, distance, True, prefix=begun)
        return Query.const_score_query(found, score)
