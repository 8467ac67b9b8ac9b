"""Names in other languages."""

import pytest

from pobratim.content import content_root
from pobratim.lexicon.foreign_words import ForeignWord, foreign_words
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.names.foreign import is_foreign, render


@pytest.mark.parametrize(
    ("name", "foreign"),
    [
        ("University of Toyama", True),
        ("Универзитет у Нишу", True),
        ("Софийски университет", True),
        ("Гродзенскі ўніверсітэт", True),
        ("Софийский университет", False),
        ("Клуб «Fan Club Россия»", False),
    ],
)
def test_foreign_names_are_told_by_letters_and_endings(name: str, foreign: bool) -> None:
    assert is_foreign(name) is foreign


@pytest.mark.parametrize(
    ("name", "kind", "proper"),
    [
        ("University Library of Tampere", "library", ["Tampere"]),
        ("Museum of the University of Tartu", "museum", ["Tartu"]),
        ("Beijing Foreign Studies University", "university", ["Beijing"]),
        ("Industrie- und Handelskammer Lübeck", "chamber-of-commerce", ["Lübeck"]),
        ("Uniwersytet Pedagogiczny w Krakowie", "university", ["Krakowie"]),
        ("Some Band", "", ["Some", "Band"]),
    ],
)
def test_the_kind_is_the_last_noun_before_of(name: str, kind: str, proper: list[str]) -> None:
    made = render(name)
    assert made.kind == kind and [piece.text for piece in made.pieces if piece.russian is None] == proper


def test_the_foreign_words_are_well_formed() -> None:
    text = (content_root() / "ontology" / "foreign-words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    kinds = {concept.local for concept in lexicon().concepts("organisation-kind")} | {"-"}
    spellings = [part.strip() for row in rows for part in row[2].split(",")]
    assert all(len(row) == 3 and row[1] in kinds for row in rows) and all(spellings)
    plain = [spelling.rstrip("^") for spelling in spellings]
    assert [one for one in set(plain) if plain.count(one) > 1 or "^" in one] == []


def test_a_foreign_word_stands_in_one_place() -> None:
    """What has a Russian counterpart is not listed again among the words that only tell that a name is one."""
    listed = WORDS.of("latin-small", "latin-form", "latin-business", "latin-body")
    known = {one: foreign_words().word(one) for one in listed}
    assert [one for one, word in known.items() if word is not None and (word.kind or not word.russian)] == []
    assert foreign_words().word("Universität") == ForeignWord("университет", "university", leads=True)
