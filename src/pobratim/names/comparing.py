"""What the words of two names of like kind in one place say: one organisation, two, or too little to be sure.

Two decision tables, one of names in initials and one of all others. The reasons are codes of messages
(catalogue/resolve.yml), which ``pobratim review`` shows.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.names.features import STEM, WHOLE, Features
from pobratim.names.initials import abbreviates
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.similarity import akin, alike, one_person, typos
from pobratim.names.telling import WEAK

Verdict = Literal["same", "different", "open"]
SAME: Verdict = "same"
DIFFERENT: Verdict = "different"
OPEN: Verdict = "open"
"""One of the two says too little: it is the other only if there is no third."""

_TAIL = re.compile(rf"\s(?:в\s+)?(?:(?:{WORDS.pattern('settlement-abbreviation')})\.|города|городе)\s?(?=[А-ЯЁ])")
"""A town's word in what features leave of a name (``core``, a text without parts), whatever its case."""
_AREA_BEHIND = re.compile(r"\s[А-ЯЁ]\S*[сц]к(?:ого|ой)\s(?:район|округ|област|кра[яй]).*$")
_SEVERAL = re.compile(r"[А-ЯЁ]{2,}(?: [А-ЯЁ]{2,})+(?![а-яё])")
_LISTED = re.compile(r"[а-яё]{4,}, [а-яё]{4,}(?:, [а-яё]{4,})* и [а-яё]{4,}")
_OWNER = re.compile(r"^\s*(?:\S+\s){0,2}[^\W\d_]{2,}(?:-[^\W\d_]+)?\s([^\W\d_])\.(?:\s?([^\W\d_])\.)?$")
"""A form, a surname with its initials: who works alone."""
_MOST_BEFORE = 3
"""Words of a name (kind, level) that may stand before the ones of which initials are made."""


@dataclass(frozen=True)
class Pair:
    """Two names; ``numbered`` tells that both bear one number."""

    a: Features
    b: Features
    numbered: bool = False

    @cached_property
    def titled(self) -> bool:
        """Tell whether both have one title."""
        return alike(self.a.title, self.b.title)

    @cached_property
    def honoured(self) -> bool:
        """Tell whether both honour one person, be it by an adjective («Пушкинский», «имени Пушкина»)."""
        a, b = self.a, self.b
        if a.honour and b.honour:
            return one_person(a.honour, b.honour)
        person, said = (a.honour, b.rest) if a.honour else (b.honour, a.rest)
        return any(len(name) >= STEM and akin(name, one) for name in person for one in said)

    @cached_property
    def profiles(self) -> tuple[bool, bool]:
        """Tell of each side whether it has a profile that the other one lacks."""
        return bool(self.a.profile - self.b.profile), bool(self.b.profile - self.a.profile)

    @cached_property
    def others(self) -> tuple[AbstractSet[str], AbstractSet[str]]:
        """Return each side's words that are neither profile nor level."""
        return self.a.rest | self.a.title, self.b.rest | self.b.title

    @cached_property
    def initialled(self) -> tuple[Features, Features]:
        """Return the name in initials and the other one."""
        return (self.a, self.b) if self.a.acronym else (self.b, self.a)


def compared(a: Features, b: Features, *, numbered: bool = False) -> Rule[[Pair], Verdict]:
    """Return what the words of two names of like kind in one place say, and why."""
    table = INITIALS if a.acronym or b.acronym else BY_WORDS
    return table.decide(Pair(a, b, numbered))


# Names in words


def _other_levels(pair: Pair) -> bool:
    """«Областная библиотека», «городская библиотека»."""
    a, b = pair.a.levels, pair.b.levels
    return bool(a and b and not a & b)


def _other_titles(pair: Pair) -> bool:
    """«Клуб «Луч», «клуб «Заря»."""
    return bool(pair.a.title and pair.b.title) and not pair.titled


def _title_of_one_and_of_several(pair: Pair) -> bool:
    """«Ансамбль «Родничок»», «ансамбль «Роднички»»."""
    return pair.a.title == pair.b.title and pair.a.several != pair.b.several


def _other_persons(pair: Pair) -> bool:
    """«Библиотека имени Пушкина», «библиотека имени Гоголя»; schools of one number keep it when they are renamed;
    «ИП Сидоров А.В.», «ИП Сидорова Г.П.»."""
    if _owners_apart(pair.a.core, pair.b.core):
        return True
    return bool(pair.a.honour and pair.b.honour) and not pair.honoured and not pair.numbered


def _owners_apart(ours: str, theirs: str) -> bool:
    """Tell whether both names end with an owner's surname and initials, and these differ."""
    owners = [match.groups() for name in (ours, theirs) if (match := _OWNER.match(name))]
    return len(owners) > 1 and any(a and b and a != b for a, b in zip(*owners, strict=True))


def _of_men_and_of_women(pair: Pair) -> bool:
    """«Мужской монастырь», «женский монастырь»."""
    return bool(pair.a.of_whom and pair.b.of_whom) and not pair.a.of_whom & pair.b.of_whom


def _other_profiles(pair: Pair) -> bool:
    """«Медицинский колледж», «педагогический колледж»."""
    return all(pair.profiles)


def _one_has_a_profile(pair: Pair) -> bool:
    """«Медицинский колледж», «колледж», where neither title nor person says that both are one."""
    return any(pair.profiles) and not (pair.titled or pair.honoured)


def _one_number_other_words(pair: Pair) -> bool:
    """«Лицей № 1 Заречный», «Лицей № 1 Северный»."""
    return pair.numbered and bool(pair.a.rest and pair.b.rest) and not pair.a.rest & pair.b.rest


def _one_number(pair: Pair) -> bool:
    """«СШ № 8», «средняя школа № 8»."""
    return pair.numbered


def _other_sorts(pair: Pair) -> bool:
    """«Костёл Св. Варвары», «церковь Св. Варвары»; «зоопарк», «дельфинарий»: one kind puts both together."""
    return _of_two_sorts(pair.a, pair.b) and not (pair.titled or (pair.a.own and pair.b.own and pair.honoured))


def _of_two_sorts(a: Features, b: Features) -> bool:
    """Tell whether each name has a word for its sort that the other lacks, or one alone is called as the kind is."""
    each = _beyond(a.soft, b.soft) and _beyond(b.soft, a.soft)
    return each or _called_otherwise(a, b) or _called_otherwise(b, a)


def _beyond(ours: AbstractSet[str], theirs: AbstractSet[str]) -> bool:
    """Tell whether a word of ours is none of theirs, nor a compound with one («молокозавод», «завод»)."""

    def is_of(one: str, other: str) -> bool:
        return one.endswith(other) or other.endswith(one) or akin(one, other)

    return any(not any(is_of(one, other) for other in theirs) for one in ours)


def _called_otherwise(a: Features, b: Features) -> bool:
    return bool(a.soft) and not a.own and b.own and not b.soft


def _one_title(pair: Pair) -> bool:
    """«Клуб «Луч», «молодёжный клуб «Луч»."""
    return pair.titled


def _one_person(pair: Pair) -> bool:
    """«Купаловский театр», «театр имени Янки Купалы»."""
    return pair.honoured


def _country_and_town(pair: Pair) -> bool:
    """«Национальная библиотека Беларуси», «библиотека г. Бреста»: nothing else is said of either."""
    said = any(pair.others) or pair.a.profile or pair.a.soft
    return not said and (_above(pair.a, pair.b) or _above(pair.b, pair.a))


def _above(whole: Features, other: Features) -> bool:
    """Tell whether one name is of the whole country and the other of a town."""
    return bool(WHOLE & whole.levels) and not WHOLE & other.levels and other.placed


def _neither_dedicated(pair: Pair) -> bool:
    """«Храм», «церковь» of one level, of which neither tells to whom it is dedicated."""
    return pair.a.dedicated and not any(pair.others) and pair.a.levels == pair.b.levels


def _one_dedicated(pair: Pair) -> bool:
    """«Храм Св. Николая», «храм»."""
    return pair.a.dedicated and not all(pair.others)


def _one_dedication(pair: Pair) -> bool:
    """«Свято-Николаевский храм», «храм Св. Николая Чудотворца»."""
    ours, theirs = pair.others
    return pair.a.dedicated and (ours <= theirs or theirs <= ours)


def _same_words(pair: Pair) -> bool:
    """«Музей хлеба», «музею хлеба»."""
    return bool(pair.others[0] or pair.a.profile) and _spelt_alike(pair)


def _nothing_said(pair: Pair) -> bool:
    """«Больница», «центральная больница»: neither tells more than kind, place and one level."""
    return _spelt_alike(pair) and pair.a.levels == pair.b.levels and pair.a.honour == pair.b.honour


def _nothing_beside(pair: Pair) -> bool:
    """«Областная больница», «больница»: beside the kind one tells a level or a person, the other nothing."""
    return _spelt_alike(pair)


def _spelt_alike(pair: Pair) -> bool:
    """Tell whether the other words are the same, misprints apart."""
    ours, theirs = pair.others
    return ours == theirs or bool(ours and theirs and typos(ours, theirs))


def _one_lists_more(pair: Pair) -> bool:
    """«Центр травматологии, ортопедии и нейрохирургии», «центр травматологии»."""
    ours, theirs = pair.others
    return _lists(pair.a, ours, theirs) or _lists(pair.b, theirs, ours)


def _lists(full: Features, said: AbstractSet[str], some: AbstractSet[str]) -> bool:
    """Tell whether a name lists fields of which the other tells some only."""
    return bool(some) and some < said and _LISTED.search(full.core) is not None


BY_WORDS: DecisionTable[[Pair], Verdict] = DecisionTable(
    Rule(_other_levels, DIFFERENT, "why-other-levels"),
    Rule(_other_titles, DIFFERENT, "why-other-titles"),
    Rule(_title_of_one_and_of_several, DIFFERENT, "why-title-of-one-and-of-several"),
    Rule(_other_persons, DIFFERENT, "why-other-persons"),
    Rule(_of_men_and_of_women, DIFFERENT, "why-of-men-and-of-women"),
    Rule(_other_profiles, DIFFERENT, "why-other-profiles"),
    Rule(_one_has_a_profile, DIFFERENT, "why-one-profile"),
    Rule(_one_number_other_words, DIFFERENT, "why-number-other-words"),
    Rule(_one_number, SAME, "why-one-number"),
    Rule(_other_sorts, DIFFERENT, "why-other-sorts"),
    Rule(_one_title, SAME, "why-one-title"),
    Rule(_one_person, SAME, "why-one-person"),
    Rule(_country_and_town, DIFFERENT, "why-country-and-town"),
    Rule(_neither_dedicated, SAME, "why-neither-dedicated"),
    Rule(_one_dedicated, OPEN, "why-one-dedicated"),
    Rule(_one_dedication, SAME, "why-one-dedication"),
    Rule(_same_words, SAME, "why-same-words"),
    Rule(_nothing_said, SAME, "why-nothing-said"),
    Rule(_nothing_beside, OPEN, "why-nothing-beside"),
    Rule(_one_lists_more, OPEN, "why-one-lists-more"),
    otherwise=DIFFERENT,
    reason="why-other-words",
)
"""Names without initials: what tells two apart goes before what makes them one."""


# Names in initials


def _same_initials(pair: Pair) -> bool:
    """«БГУ», «БГУ»."""
    a, b = pair.a, pair.b
    return bool(a.acronym and b.acronym) and folded(a.acronym) == folded(b.acronym) and a.title == b.title


def _other_initials(pair: Pair) -> bool:
    """«БГУ», «БГПУ»."""
    return bool(pair.a.acronym and pair.b.acronym)


def _initials_of_another_person(pair: Pair) -> bool:
    """«ГГУ имени Скорины», «Гродненский государственный университет имени Янки Купалы»."""
    a, b = pair.a.honour, pair.b.honour
    return bool(a and b and not a & b)


def _initials_with_another_title(pair: Pair) -> bool:
    """«ДК «Юность», «Дворец культуры «Металлург»."""
    short, full = pair.initialled
    return bool(short.title) and short.title != full.title


def _initials_of_some_words(pair: Pair) -> bool:
    """«Музей истории ВОВ», «Музей истории Великой Отечественной войны»."""
    short, full = pair.initialled
    words = _spelt_out(full)
    return any(
        _stands_for(short, full, words[begin:end])
        for begin in range(len(words))
        for end in range(begin + 3, len(words) + 1)
    )


def _initials_of_the_words(pair: Pair) -> bool:
    """«БГУ», «Брянский государственный университет»; «лицей БГУ»: the initials are of what follows the kind."""
    short, full = pair.initialled
    words = _spelt_out(full)
    tails = [" ".join(words[begin:]) for begin in range(min(len(words), _MOST_BEFORE))]
    tails += [_AREA_BEHIND.sub("", tail) for tail in tails]
    # «НИШ ФМН»: the kind is written in initials too.
    several = _SEVERAL.match(short.core)
    spelt = [short.acronym, *([several[0].replace(" ", "")] if several else [])]
    return any(abbreviates(initials, tail) for initials in spelt for tail in tails)


def _spelt_out(full: Features) -> list[str]:
    """Return the words of a name before its town."""
    return _TAIL.split(full.core, maxsplit=1)[0].split()


def _stands_for(short: Features, full: Features, words: list[str]) -> bool:
    """Tell whether initials stand for some words of a full name, the others being alike."""
    if not short.rest or not abbreviates(short.acronym, " ".join(words)):
        return False
    spelt = frozenset(lemma for text in words for lemma in lemmas(text))
    return full.rest - spelt - WEAK <= short.rest <= full.rest | spelt


INITIALS: DecisionTable[[Pair], Verdict] = DecisionTable(
    Rule(_same_initials, SAME, "why-same-initials"),
    Rule(_other_initials, DIFFERENT, "why-other-initials"),
    Rule(_initials_of_another_person, DIFFERENT, "why-other-persons"),
    Rule(_initials_with_another_title, DIFFERENT, "why-other-titles"),
    Rule(_initials_of_some_words, SAME, "why-initials"),
    Rule(_initials_of_the_words, SAME, "why-initials"),
    otherwise=DIFFERENT,
    reason="why-initials-of-another",
)
"""Names of which at least one is in initials."""
