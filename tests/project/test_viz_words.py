"""The words of the pages (``viz/words``): one shape of files, both languages, one plural rule."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from pobratim.content import content_root
from pobratim.messages import LANGUAGES, Language, noun, word_file

FILES = sorted(file.stem for file in (content_root() / "viz" / "words").glob("*.yml"))
FORMS = {"ru": 3, "en": 2}
SLOT = re.compile(r"\{\w+\}")


def _texts(node: Any, path: str = "") -> list[tuple[str, Mapping[str, Any]]]:
    """All texts of a file, wherever they stand: what has a language for a key."""
    if isinstance(node, list):
        return [found for number, item in enumerate(node) for found in _texts(item, f"{path}/{number}")]
    if not isinstance(node, dict):
        return []
    if set(node) & set(LANGUAGES) and all(isinstance(value, str) for value in node.values()):
        return [(path, node)]
    return [found for key, value in node.items() for found in _texts(value, f"{path}/{key}")]


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_in_both_languages_with_the_same_slots(name: str) -> None:
    texts = _texts(word_file(name))
    assert len(texts) > 10
    assert [path for path, text in texts if set(text) != set(LANGUAGES)] == []
    assert [path for path, text in texts if set(SLOT.findall(text["ru"])) != set(SLOT.findall(text["en"]))] == []


@pytest.mark.parametrize("name", FILES)
def test_counted_nouns_have_their_forms_and_nothing_else_has(name: str) -> None:
    found = word_file(name)
    for key, text in found.get("counted", {}).items():
        assert {lang: len(text[lang].split("|")) for lang in LANGUAGES} == FORMS, key
    assert [key for key, text in found.get("words", {}).items() if "|" in "".join(text.values())] == []


@pytest.mark.parametrize(
    ("lang", "forms", "said"),
    [
        (
            "ru",
            "строка|строки|строк",
            {1: 0, 2: 1, 4: 1, 5: 2, 0: 2, 11: 2, 12: 2, 14: 2, 21: 0, 22: 1, 111: 2, 1001: 0},
        ),
        ("en", "row|rows", {1: 0, 0: 1, 2: 1, 11: 1, 21: 1, 101: 1}),
    ],
)
def test_a_number_takes_the_form_of_its_language(lang: Language, forms: str, said: Mapping[int, int]) -> None:
    assert {number: noun(forms, number, lang) for number in said} == {
        number: forms.split("|")[index] for number, index in said.items()
    }
