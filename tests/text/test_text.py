from collections.abc import Callable, Sequence

import pytest

from pobratim.text.quotes import quotes
from pobratim.text.tokens import Telling, Token, tokenize
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


def _long(token: Token) -> int | None:
    return len(token.text) if len(token.text) > 5 else None


@pytest.mark.parametrize("text", ["", "мир", "г. Смоленск и город Смоленск", "Шестерёнка 1234567 … дом"])
@pytest.mark.parametrize("several", [tokenize, lambda text: list(tokenize(text))])
def test_what_words_tell_a_rule_is_what_asking_each_would_find(
    text: str, several: Callable[[str], Sequence[Token]]
) -> None:
    tokens = several(text)
    before = Telling(_long)
    asked = {(a, b): before.among(tokens, a, b) for a in range(len(tokens) + 1) for b in (a, a + 2, None)}
    after = Telling(_long)  # it comes when the cell was asked, and its words are known
    for (first, last), told in asked.items():
        plain = [(i, len(t.text)) for i, t in enumerate(tokens[first:last], first) if len(t.text) > 5]
        assert told == plain == after.among(tokens, first, last)


def test_a_word_that_no_text_had_tells_a_rule_the_same() -> None:
    rule = Telling(_long)
    fresh, known = tokenize("Небывальщина дом")
    assert (rule.of(fresh), rule.of(known)) == (12, None)
    rule.among(tokenize("Небывальщина дом"))
    assert (rule.of(fresh), rule.of(known)) == (12, None)


def test_a_rule_may_ask_another_one_about_a_word() -> None:
    inner = Telling(_long)
    outer = Telling(lambda token: inner.of(token) or (1 if token.kind == "number" else None))
    assert outer.among(tokenize("Невиданность 7 дом")) == [(0, 12), (1, 1)]
