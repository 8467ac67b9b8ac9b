import pytest

from pobratim.text.quotes import quotes
from pobratim.text.tokens import tokenize
from pobratim.text.words import inflect, roman_value, straighten, word


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("МБОУ «СШ № 8» г. Смоленска", ["«СШ № 8»"]),
        ("ГУО «Школа № 3 «Маладик» г. Витебска", ["«Школа № 3 «Маладик»", "«Маладик»"]),
        ("«Центр «Радуга» в Бресте»", ["«Центр «Радуга» в Бресте»", "«Радуга»"]),
        ('"Первый" и "второй"', ['"Первый"', '"второй"']),
        ("„Немецкие“ кавычки", ["„Немецкие“"]),
        ("«без пары", []),
        ("без пары»", []),
        ("(СОГАУ «Дворец «Юбилейный») и «Заря»", ["«Дворец «Юбилейный»", "«Юбилейный»", "«Заря»"]),
    ],
)
def test_quotes_pair_nested_and_unbalanced_marks(text: str, stretches: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotes(text)] == stretches


def test_tokens_keep_their_offsets_over_every_kind_of_space() -> None:
    text = "г. Смоленск,\n№\u00a07 (в\u00adо\u200bда) 3х3"
    tokens = tokenize(text)
    assert [text[t.start : t.end] for t in tokens] == [t.text for t in tokens]
    assert "\u00ad" not in "".join(t.text for t in tokens)


def test_hyphened_words_are_one_token() -> None:
    assert [t.text for t in tokenize("конкурс-фестиваль научно‑практической")] == [
        "конкурс-фестиваль",
        "научно‑практической",
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("XI", 11), ("ХII", 12), ("IV", 4), ("МИР", 0), ("XXXIII", 33), ("IIII", 0), ("x", 0)]
)
def test_roman_numerals_also_with_cyrillic_letters(text: str, value: int) -> None:
    assert roman_value(text) == value


def test_latin_look_alikes_turn_cyrillic_only_where_all_of_them_can() -> None:
    assert straighten("Cмоленск") == "Смоленск"
    assert straighten("PRO") == "PRO"
    assert straighten("Zаря") == "Zаря"
    assert word("Cмоленск").mixed and not word("Смоленск").mixed


def test_inflect_keeps_the_case_of_letters() -> None:
    assert inflect("Гимназии", "NOUN", "nomn", "sing") == "Гимназия"
    assert inflect("ГИМНАЗИИ", "NOUN", "nomn", "sing") == "ГИМНАЗИЯ"
    assert inflect("городской", "VERB", "nomn") == ""


def test_words_know_their_lemmas_and_grammar() -> None:
    assert "витебск" in word("Витебска").lemmas
    assert word("Смоленского").adjectival()
    assert word("СШ").upper and not word("Сш").upper
    assert word("ёлка").low == "елка"
