"""How far the person behind «имени» reaches."""

import pytest

from pobratim.names.honour import person_end
from pobratim.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Янки Купалы г. Минска", "Янки Купалы"),
        (". ген. А.И. Лебедя Минздрава", ". ген. А.И. Лебедя"),
        ("академика Г.Н. Флёрова", "академика Г.Н. Флёрова"),
        ("80-летия Победы", "80-летия Победы"),
        ("героев", ""),
        ("", ""),
    ],
)
def test_the_person(text: str, person: str) -> None:
    tokens = tokenize(text)
    end = person_end(tokens, 0)
    assert text[: tokens[end - 1].end if end else 0] == person


def test_a_place_ends_it() -> None:
    tokens = tokenize("Пушкина Витебска")
    assert person_end(tokens, 0, {1}) == 1 and person_end(tokens, 0) == 2
