"""Russian spelling of Chinese and Japanese names from their Latin one, for build_gazetteer.py.

Chinese: the Palladius system, from pinyin. Japanese: the Polivanov system, from Hepburn. Both are the ones that
Russian maps use; neither knows the traditional names (Пекин, Токио), which ontology/settlements-extra.tsv holds.
"""

import re
import unicodedata
from functools import cache

_PINYIN_FIRST = {
    "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к", "h": "х",
    "j": "цз", "q": "ц", "x": "с", "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с",
}  # fmt: skip
_PINYIN_REST = {
    "a": "а", "o": "о", "e": "э", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь", "ang": "ан",
    "eng": "эн", "ong": "ун", "u": "у", "ua": "уа", "uo": "о", "uai": "уай", "ui": "уй", "uan": "уань", "un": "унь",
    "uang": "уан", "i": "и", "ie": "е", "iao": "яо", "iu": "ю", "ian": "янь", "in": "инь", "ing": "ин", "ia": "я",
    "iang": "ян", "iong": "юн", "v": "юй", "ve": "юэ",
}  # fmt: skip
_PINYIN_WHOLE = {
    "a": "а", "o": "о", "e": "э", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь", "ang": "ан",
    "er": "эр", "wa": "ва", "wo": "во", "wai": "вай", "wei": "вэй", "wan": "вань", "wen": "вэнь", "wang": "ван",
    "weng": "вэн", "wu": "у", "ya": "я", "yao": "яо", "ye": "е", "you": "ю", "yan": "янь", "yin": "инь", "ying": "ин",
    "yang": "ян", "yong": "юн", "yu": "юй", "yuan": "юань", "yue": "юэ", "yun": "юнь", "yi": "и", "hui": "хуэй",
}  # fmt: skip
_AFTER_JQX = {"u": "юй", "ue": "юэ", "uan": "юань", "un": "юнь"}
_FLAT_I = {"z", "c", "s"}
_KANA = {
    "a": "а", "i": "и", "u": "у", "e": "э", "o": "о", "ya": "я", "yu": "ю", "yo": "ё", "wa": "ва", "wo": "о",
    "shi": "си", "sha": "ся", "shu": "сю", "sho": "сё", "chi": "ти", "cha": "тя", "chu": "тю", "cho": "тё",
    "tsu": "цу", "ji": "дзи", "ja": "дзя", "ju": "дзю", "jo": "дзё", "fu": "фу", "n": "н", "m": "м",
}  # fmt: skip
_KANA_FIRST = {
    "k": "к", "s": "с", "t": "т", "n": "н", "h": "х", "m": "м", "r": "р", "g": "г", "z": "дз", "d": "д", "b": "б",
    "p": "п",
}  # fmt: skip
_KANA_REST = {"a": "а", "i": "и", "u": "у", "e": "э", "o": "о", "ya": "я", "yu": "ю", "yo": "ё"}
_VOWELS = "аоуэыияюёе"


def plain(name: str) -> str:
    """Return a Latin name in lower case without tone marks and macrons; ü becomes v, ’ becomes '."""
    folded = name.lower().replace("ü", "v").replace("’", "'").replace("‘", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def palladius(name: str) -> str:
    """Return the Russian spelling of a Chinese name in pinyin, "" if it is none: Mudanjiang → Муданьцзян."""
    words = [_chinese_word(word) for word in plain(name).split()]
    return " ".join(word[:1].upper() + word[1:] for word in words) if all(words) else ""


def _chinese_word(word: str) -> str:
    syllables = [s for part in word.split("'") for s in _split(part) or ("?",)] if word else []
    if not syllables or "?" in syllables:
        return ""
    russian = ""
    for syllable in syllables:
        spelt = _pinyin()[syllable]
        # A final -ng is written н, so a hard sign must keep it apart from a vowel that follows.
        russian += ("ъ" if russian.endswith("н") and spelt[0] in _VOWELS else "") + spelt
    return russian


@cache
def _pinyin() -> dict[str, str]:
    table = dict(_PINYIN_WHOLE)
    for first, russian in _PINYIN_FIRST.items():
        for rest, ending in _PINYIN_REST.items():
            if first in {"j", "q", "x"}:
                ending = _AFTER_JQX.get(rest, ending)
            elif first in _FLAT_I and rest == "i":
                ending = "ы"
            table.setdefault(first + rest, russian + ending)
        if first in {"j", "q", "x"}:
            table[first + "ue"] = russian + "юэ"
    return table


def _split(word: str) -> tuple[str, ...] | None:
    """Return pinyin syllables, the longest first ones that work; inside a word none begins with a vowel."""
    if not word:
        return ()
    for length in range(min(6, len(word)), 0, -1):
        head, tail = word[:length], word[length:]
        if head in _pinyin() and tail[:1] not in set("aoe"):
            rest = _split(tail)
            if rest is not None:
                return (head, *rest)
    return None


def polivanov(name: str) -> str:
    """Return the Russian spelling of a Japanese name in Hepburn, "" if it is none: Kushiro → Кусиро."""
    parts = [_japanese_word(word) for word in re.split(r"[\s-]+", plain(name))]
    return "-".join(word[:1].upper() + word[1:] for word in parts) if all(parts) else ""


def _japanese_word(word: str) -> str:
    russian, index = "", 0
    while index < len(word):
        doubled = word[index] == word[index + 1 : index + 2] and word[index] not in "aeiounm"
        if word[index] == "'":
            russian += "ъ"
            index += 1
        elif doubled or word.startswith("tch", index):
            russian += _KANA_FIRST.get(word[index], "т")
            index += 1
        else:
            kana = next((word[index : index + n] for n in (3, 2, 1) if word[index : index + n] in _kana()), "")
            if not kana:
                return ""
            # A short i after another vowel is the second half of a diphthong.
            second = kana == "i" and russian[-1:] in set("аоуэяюё")
            russian += "й" if second else _kana()[kana]
            index += len(kana)
    return re.sub("н(?=[бпм])", "м", russian)


@cache
def _kana() -> dict[str, str]:
    table = dict(_KANA)
    for first, russian in _KANA_FIRST.items():
        for rest, ending in _KANA_REST.items():
            table.setdefault(first + rest, russian + ending)
    return table
