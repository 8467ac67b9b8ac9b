"""How a person's name is in the nominative: the forms of first names, surnames, and of names that no dictionary has."""

from collections.abc import Callable

from pobratim.extract.person_ahead import family_first
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.text.contracted import VOWELS
from pobratim.text.tokens import Token
from pobratim.text.words import Reading, inflect

_SIBILANTS, _EY, _TSEY = "жшчщцй", "ей", "цей"
"""Letters that are followed by no soft sign where a name ends («Винайя» of «Винай»), and endings behind them."""
_OY, _OF_A_MAN = WORDS.endings("first-name-in-the-ablative"), WORDS.endings("surname-of-a-man-in-the-ablative")
_WOMEN = WORDS.pairs("surname-of-a-woman")
_IN_A = WORDS.pairs("name-in-the-genitive")
_IEY, _WITHOUT_CASES = WORDS.pairs("name-in-ia-in-the-ablative"), WORDS.endings("name-without-cases")
_GENITIVE = frozenset({"gent"})
_SHORT_STEM = 3
"""Letters of «Ким», which has no ending."""
# Endings of masculine surnames that the dictionary lacks, by the case that the first name shows.
_CASE_ENDINGS = {"gent": ("а", "я"), "accs": ("а", "я"), "datv": ("у", "ю"), "ablt": ("ом", "ем", "ым")}
_SOFT = {_CASE_ENDINGS["gent"][1], _CASE_ENDINGS["datv"][1]}


def nominative_name(tokens: list[Token], case: str) -> str:
    """Return a person's name in the nominative; the first name tells the gender.

    ``case`` is that of the post before it ("" if in doubt): behind a nominative nothing is changed, behind an ablative
    the endings of masculine names that no dictionary has are taken off.
    """
    if case == "nomn":
        return _written(tokens)
    if case in {"ablt", "gent", "datv"} and (surname := _initialled_surname(tokens, case)):
        return surname
    firsts = [r for t in tokens if t.word.known for r in t.word.readings if _is_first_name(r)]
    told = [r for r in firsts if case in {"gent", "datv"} and case in r.grammemes]
    shown = min(told, key=lambda r: "Fixd" in r.grammemes, default=None)
    if shown is not None and not _patronymic_nominative(tokens):
        return _formed(tokens, shown)
    if not firsts and case == "gent":
        men = _strange_men(tokens)
        return _joined([_without_ending(t, _GENITIVE) if men else _of_an_unknown_in_a(t) for t in tokens])
    if not firsts and case == "ablt":
        woman = tokens[-1].word.has("Surn", "femn", "ablt")
        return _joined([_of_a_woman(t) if woman else _bare(t) for t in tokens])
    if not firsts and case == "datv" and all(t.low.endswith(_CASE_ENDINGS["datv"]) for t in tokens):
        return _joined([_without_ending(t, frozenset({"datv"})) for t in tokens])
    if not firsts or (_in_nominative(tokens) and not any(_led(token, case) for token in tokens[1:])):
        return _written(tokens)
    if case == "ablt" and family_first(tokens[0].word) and tokens[-1].low.endswith(_CASE_ENDINGS["ablt"]):
        return _joined([_bare(token) for token in tokens])  # «Вэй Дуном»
    return _formed(tokens, firsts[0], case if "Fixd" in firsts[0].grammemes else "")


def _initialled_surname(tokens: list[Token], case: str) -> str:
    """Return a name of initials and a surname in the nominative, "" where the surname shows no such case.

    «Кораблёвой И.Д.» is a woman's behind an ablative; behind a genitive «Р.Р. Ильина» is a man's.
    """
    words = [token for token in tokens if token.kind == "word" and len(token.text) > 1]
    if len(words) != 1 or len(words) == len(tokens):
        return ""
    surnames = [r for r in words[0].word.readings if {"Surn", "sing", case} <= r.grammemes]
    if not surnames and case == "ablt" and words[0].low.endswith(_OF_A_MAN):
        return _joined([words[0].text[:-2] if token is words[0] else token.text for token in tokens])
    if not surnames and words[0].word.has("ADJF", case, "sing", "masc"):
        form = inflect(words[0].text, "ADJF", "nomn", "sing", "masc")
        return _joined([form if token is words[0] else token.text for token in tokens])
    told = sorted(surnames, key=lambda r: case == "gent" and "masc" not in r.grammemes)
    if not told or "Fixd" in told[0].grammemes:
        return ""
    gender = "femn" if "femn" in told[0].grammemes else "masc"
    form = inflect(words[0].text, "NOUN", "nomn", "sing", "Surn", gender)
    if not form:
        return ""
    return _joined([form if token is words[0] else token.text for token in tokens])


def _of_an_unknown_in_a(token: Token) -> str:
    """Return an unknown name whose genitive shows its nominative («Маиды»: «Маида»), others as they are."""
    ending = next((e for e in _IN_A if token.low.endswith(e)), "")
    return token.text[: -len(ending)] + _IN_A[ending] if ending and not token.word.known else token.text


def _strange_men(tokens: list[Token]) -> bool:
    """Tell whether a name of words that no dictionary has shows the genitive of a man's («Сомчая Вонга»).

    The last word does, and the others too, or they have no cases («Эмре Йылдыза»); a woman's would end otherwise.
    """
    words = [token for token in tokens if token.kind == "word" and len(token.text) > 1]
    if len(words) < 2 or family_first(words[0].word) or not words[-1].low.endswith(_CASE_ENDINGS["gent"]):
        return False
    known = any(word.word.known and not word.word.has("gent", "masc") for word in words)
    return not known and all(word.low.endswith((*_CASE_ENDINGS["gent"], *_WITHOUT_CASES)) for word in words)


def _of_a_woman(token: Token) -> str:
    """Return a word of a woman's name without the ablative that her surname shows («Пепой Николовой»)."""
    if token.word.has("Surn", "femn", "ablt"):
        return _known_form(token, "femn")
    return _with_a(token, frozenset()) if token.low.endswith(_OY) else token.text


def _written(tokens: list[Token]) -> str:
    return _joined([t.text for t in tokens])


def _formed(tokens: list[Token], first: Reading, case: str = "") -> str:
    """Return a name in the nominative by the gender and case in which its first name is read; ``case`` is that of the
    post where a first name shows none («председателем Ли Хэ Донгом»)."""
    if family_first(tokens[0].word) and not case:
        return _written(tokens)
    gender = "femn" if "femn" in first.grammemes else "masc"
    grammemes = first.grammemes - {"nomn"} | {case} if case else first.grammemes
    return _joined([_person_form(t, gender, grammemes) for t in tokens])


def _patronymic_nominative(tokens: list[Token]) -> bool:
    """Tell whether a patronymic shows the nominative, however the post before it may be read («Анна Петровна»)."""
    return any(t.word.has("Patr", "nomn") and not t.word.has("Patr", "gent") for t in tokens)


def _is_first_name(reading: Reading) -> bool:
    return "Name" in reading.grammemes and bool(reading.grammemes & {"masc", "femn"})


def _bare(token: Token) -> str:
    """Return an unknown name without the ablative ending («Миланом» → «Милан»)."""
    unknown = not token.word.known and len(token.text) > _SHORT_STEM + 1
    if unknown and (ending := next((e for e in _IEY if token.low.endswith(e)), "")):
        return token.text[: -len(ending)] + _IEY[ending]
    if token.text.endswith(_TSEY) or (unknown and token.text.endswith(_OY)):
        return _with_a(token, frozenset())
    if token.text.endswith("ем") and len(token.text) > _SHORT_STEM:
        return f"{token.text[:-2]}{_soft_end(token.low[-3])}"
    ending = next((e for e in _CASE_ENDINGS["ablt"] if token.text.endswith(e) and len(token.text) > len(e) + 1), "")
    return token.text[: len(token.text) - len(ending)]


def _soft_end(before: str) -> str:
    """Return how a name ends that has «-ем» in the ablative: «Вэем» of «Вэй», «Цинем» of «Цинь», «Дичем» of «Дич»."""
    return "й" if before in VOWELS else "" if before in _SIBILANTS else "ь"


def _led(token: Token, case: str) -> bool:
    """Tell whether an unknown word shows the ablative that the post before the name is in («Ли Вэнем»)."""
    return case == "ablt" and not token.word.known and token.low.endswith(_CASE_ENDINGS["ablt"])


def _in_nominative(tokens: list[Token]) -> bool:
    """Tell whether all words of the name may stand in the nominative as they are."""
    return all(t.word.has("nomn") or t.kind != "word" or len(t.text) == 1 for t in tokens)


def _person_form(token: Token, gender: str, case: frozenset[str]) -> str:
    """Return a word of a name in the nominative; ``case`` are the grammemes of the first name."""
    if token.kind != "word" or len(token.text) == 1:
        return token.text
    return _known_form(token, gender) or UNKNOWN.verdict(token, gender, case)(token, case)


def _known_form(token: Token, gender: str) -> str:
    """Return the nominative of a name that the dictionary has, "" if it has none; a woman's surname keeps her form."""
    for mark in ("Name", "Surn", "Patr"):
        for reading in sorted(token.word.readings, key=lambda one: "Fixd" in one.grammemes):
            guessed = "Infr" in reading.grammemes and not token.word.known  # «Кылычем» is of no Кылович
            if {mark, gender, "sing"} <= reading.grammemes and not guessed:
                form = reading.lemma
                if mark == "Surn" and gender == "femn":
                    form = inflect(token.text, "NOUN", "nomn", "sing", "femn").lower() or form
                return form[:1].upper() + form[1:]
    return ""


def _man_of_an_unknown_name(token: Token, gender: str, _case: frozenset[str]) -> bool:
    """«Юнуса», «Айдыном»."""
    return gender == "masc" and not token.word.has("nomn", "Surn") and not token.text.endswith(("ии", _TSEY))


def _name_in_a(token: Token, gender: str, case: frozenset[str]) -> bool:
    """«Гарсицей» of «Гарсица»: the ablative of a man's name in -а behind a sibilant."""
    return "ablt" in case and gender == "masc" and token.text[-3:-2] in _SIBILANTS and token.text.endswith(_EY)


def _name_in_ya(token: Token, _gender: str, case: frozenset[str]) -> bool:
    """«Гарсии» of «Гарсия»."""
    return "gent" in case and token.text.endswith("ии") and not token.word.known


def _woman_of_a_surname(token: Token, gender: str, case: frozenset[str]) -> bool:
    """«Озёрновой», «Заречной»: surnames of women that are an adjective's forms too."""
    return gender == "femn" and "nomn" not in case and token.low.endswith(tuple(_WOMEN))


def _as_a_woman(token: Token, _case: frozenset[str]) -> str:
    ending = next(ending for ending in _WOMEN if token.low.endswith(ending))
    return token.text[: -len(ending)] + _WOMEN[ending]


def _without_ending(token: Token, case: frozenset[str]) -> str:
    if "ablt" in case:
        return _bare(token)
    endings = [ending for name in sorted(case & _CASE_ENDINGS.keys()) for ending in _CASE_ENDINGS[name]]
    found = next((ending for ending in endings if token.text.endswith(ending)), "")
    stem = token.text[: len(token.text) - len(found)]
    soft = found in _SOFT and stem
    return f"{stem}{_soft_end(stem[-1].lower())}" if soft else stem


def _with_a(token: Token, _case: frozenset[str]) -> str:
    return f"{token.text[:-2]}а"


def _with_ya(token: Token, _case: frozenset[str]) -> str:
    return f"{token.text[:-1]}я"


def _as_it_stands(token: Token, _case: frozenset[str]) -> str:
    return token.text


UNKNOWN: DecisionTable[[Token, str, frozenset[str]], Callable[[Token, frozenset[str]], str]] = DecisionTable(
    Rule(_man_of_an_unknown_name, _without_ending),
    Rule(_name_in_a, _with_a),
    Rule(_name_in_ya, _with_ya),
    Rule(_woman_of_a_surname, _as_a_woman),
    otherwise=_as_it_stands,
    reason="not-inflected",
)
"""How a name that no dictionary has is put into the nominative."""


def _joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        text += part if part == "." or not text or (text.endswith(".") and len(part) == 1) else f" {part}"
    return text
