import unicodedata

import pytest

from pobratim.text.transliterate import latin, shorten, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Гимназия № 7", "gimnaziya-7"),
        ("Щелкунчик", "shchelkunchik"),
        ("Новый ветер", "novyy-veter"),
        ("Могилёв", "mogilev"),
        ("Магілёў", "magileu"),
        ("«Подъезд» – 3х3!", "podezd-3kh3"),
        ("Üsküdar Straße", "uskudar-strasse"),
        ("", ""),
        ("—", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_slug_does_not_tell_case_or_yo_apart() -> None:
    assert slug("ЁЛКА") == slug("елка")


def test_decomposed_letters_equal_composed_ones() -> None:
    assert slug(unicodedata.normalize("NFD", "Новый")) == "novyy"


def test_lost_letters_leave_a_hash_that_tells_texts_apart() -> None:
    assert slug("黄冈") and slug("黄冈") != slug("济宁")
    assert slug("黄冈").isascii()


def test_long_slugs_are_cut_at_a_word_and_stay_apart() -> None:
    left, right = slug("слово " * 30 + "раз"), slug("слово " * 30 + "два")
    assert left != right
    assert max(len(left), len(right)) <= 80
    assert left.rsplit("-", 1)[0] == right.rsplit("-", 1)[0]
    assert len(slug("а" * 200)) <= 80


def test_shorten_leaves_short_keys_alone() -> None:
    assert shorten("ru-smolensk") == "ru-smolensk"


def test_latin_keeps_case_and_marks() -> None:
    assert latin("ГУО «Гимназия № 7 г. Витебска»") == 'GUO "Gimnaziya No. 7 g. Vitebska"'
