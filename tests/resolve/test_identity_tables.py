"""The decision tables of identity: each line has names for which it decides, and lines that overrule later ones."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from pobratim.content import content_root
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import text
from pobratim.names.comparing import BY_WORDS, INITIALS, Pair, compared
from pobratim.names.features import Features
from pobratim.record import Institution, Record
from pobratim.resolve.activities import WHY_TWO, Telling
from pobratim.resolve.agreements import DATES
from pobratim.resolve.compatibility import COMPATIBLE, FULLER, Knowledge, why
from pobratim.resolve.identifying import naming
from pobratim.resolve.namings import Mention, Naming
from pobratim.resolve.vocabulary import Vocabulary, from_lexicon

Named = Callable[..., Naming]
HERE: dict[str, Any] = {"place": "vitebsk"}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return from_lexicon(lexicon())


@pytest.fixture(scope="module")
def named(vocabulary: Vocabulary) -> Named:
    """Return a function that gives the naming of a name and a kind in a row of Vitebsk."""

    def make(name: str, kind: str = "", *, near: str = "by-vitebsk", area: str = "", **more: Any) -> Naming:
        one = Institution("i0", name, kind=kind, country=more.pop("country", "BY"), **more)
        place = f"{one.country.lower()}-{one.place}" if one.place else ""
        return naming(Mention("a", 1, one, place, near, area), vocabulary)

    return make


@pytest.fixture(scope="module")
def known(vocabulary: Vocabulary) -> Knowledge:
    return Knowledge(vocabulary)


# The table itself


def _even(number: int) -> bool:
    return number % 2 == 0


def _large(number: int) -> bool:
    return number > 9


def test_the_first_line_that_holds_decides_and_tells_why() -> None:
    table: DecisionTable[[int], str] = DecisionTable(
        Rule(_even, "even"), Rule(_large, "large", "why-large"), otherwise="neither", reason="small-and-odd"
    )
    assert [(table.decide(n).verdict, table.decide(n).reason) for n in (12, 11, 3)] == [
        ("even", "even"), ("large", "why-large"), ("neither", "small-and-odd"),
    ]  # fmt: skip
    assert [table.verdict(n) for n in (12, 11, 3)] == ["even", "large", "neither"]
    assert table.reasons() == ("even", "why-large", "small-and-odd")


# What the words of two names say


PUSHKIN = {**HERE, "honorific": "имени Пушкина"}
CASES: list[tuple[str, str, dict[str, Any], str, dict[str, Any], str, str]] = [
    ("library", "Областная библиотека", HERE, "Городская библиотека", HERE, "different", "other-levels"),
    ("club", "Клуб «Луч»", HERE, "Клуб «Заря»", HERE, "different", "other-titles"),
    ("club", "Ансамбль «Родничок»", HERE, "Ансамбль «Роднички»", HERE, "different", "title-of-one-and-of-several"),
    ("library", "Библиотека имени Пушкина", PUSHKIN, "Библиотека имени Гоголя", {**HERE, "honorific": "имени Гоголя"},
     "different", "other-persons"),
    ("club", "Мужской хор «Луч»", HERE, "Женский хор «Луч»", HERE, "different", "of-men-and-of-women"),
    ("monastery", "Свято-Троицкий женский монастырь", HERE, "Свято-Троицкий мужской монастырь", HERE,
     "different", "of-men-and-of-women"),
    ("monastery", "Свято-Троицкий женский монастырь", HERE, "Свято-Троицкий монастырь", HERE, "same", "one-dedication"),
    ("college", "Медицинский колледж", HERE, "Педагогический колледж", HERE, "different", "other-profiles"),
    ("college", "Медицинский колледж", HERE, "Колледж", HERE, "different", "one-profile"),
    ("lyceum", "Лицей № 1 Заречный", {**HERE, "number": "1"}, "Лицей № 1 Северный", {**HERE, "number": "1"},
     "different", "number-other-words"),
    ("school", "СШ № 8", {**HERE, "number": "8"}, "Средняя школа № 8", {**HERE, "number": "8"}, "same", "one-number"),
    ("club", "Клуб «Луч»", HERE, "Молодежный клуб «Луч»", HERE, "same", "one-title"),
    ("theatre", "Купаловский театр", HERE, "Театр имени Янки Купалы", {**HERE, "honorific": "имени Янки Купалы"},
     "same", "one-person"),
    ("library", "Национальная библиотека", {}, "Библиотека", HERE, "different", "country-and-town"),
    ("religious-community", "Храм", HERE, "Церковь", HERE, "same", "neither-dedicated"),
    ("religious-community", "Храм Св. Николая", HERE, "Храм", HERE, "open", "one-dedicated"),
    ("religious-community", "Храм Св. Николая", HERE, "Свято-Никольский храм", HERE, "same", "one-dedication"),
    ("museum", "Музей хлеба", HERE, "Музею хлеба", HERE, "same", "same-words"),
    ("hospital", "Больница", HERE, "Центральная больница", HERE, "same", "nothing-said"),
    ("hospital", "Областная больница", HERE, "Больница", HERE, "open", "nothing-beside"),
    ("hospital", "Центр травматологии, ортопедии и нейрохирургии", HERE, "Центр травматологии", HERE,
     "open", "one-lists-more"),
    ("museum", "Музей хлеба", HERE, "Музей соли", HERE, "different", "other-words"),
    ("university", "БГУ", HERE, "БГУ", HERE, "same", "same-initials"),
    ("university", "БГУ", HERE, "БГПУ", HERE, "different", "other-initials"),
    ("university", "ГГУ имени Скорины", {**HERE, "honorific": "имени Скорины"},
     "Гродненский государственный университет имени Янки Купалы", {**HERE, "honorific": "имени Янки Купалы"},
     "different", "other-persons"),
    ("culture-house", "ДК «Юность»", HERE, "Дворец культуры «Металлург»", HERE, "different", "other-titles"),
    ("museum", "Музей истории ВОВ", HERE, "Музей истории Великой Отечественной войны", HERE, "same", "initials"),
    ("college", "САТК", HERE, "Смоленский автотранспортный колледж", HERE, "same", "initials"),
    ("college", "САТК", HERE, "Смоленский медицинский колледж", HERE, "different", "initials-of-another"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "one", "more", "other", "further", "verdict", "reason"), CASES)
def test_the_words_of_two_names(
    named: Named, kind: str, one: str, more: Any, other: str, further: Any, verdict: str, reason: str
) -> None:
    left, right = named(one, kind, **more), named(other, kind, **further)
    numbered = bool(left.number) and left.number == right.number
    for a, b in ((left, right), (right, left)):
        rule = compared(a.features, b.features, numbered=numbered)
        assert (rule.verdict, rule.reason) == (verdict, f"why-{reason}")


def test_two_sorts_of_one_kind() -> None:
    church, chapel = Features(soft=frozenset({"костел"})), Features(soft=frozenset({"часовня"}))
    assert compared(church, chapel).reason == "why-other-sorts"
    # One title overrules it.
    title = frozenset({"луч"})
    assert compared(
        Features(soft=church.soft, title=title), Features(soft=chapel.soft, title=title)
    ).reason == "why-one-title"  # fmt: skip


def test_every_line_about_words_has_names_for_which_it_decides() -> None:
    shown = {f"why-{case[-1]}" for case in CASES} | {"why-other-sorts"}
    assert shown == {*BY_WORDS.reasons(), *INITIALS.reasons()}


def test_what_tells_names_apart_goes_before_what_makes_them_one() -> None:
    def features(**said: str) -> Features:
        return Features(**{name: frozenset(value.split()) for name, value in said.items()})  # type: ignore[arg-type]

    # One number, but other titles: «Гимназия № 1 «Луч», «Гимназия № 1 «Заря»; one title, but other levels.
    assert compared(features(title="луч"), features(title="заря"), numbered=True).verdict == "different"
    assert compared(
        features(title="луч", levels="областной"), features(title="луч", levels="городской")
    ).reason == "why-other-levels"  # fmt: skip
    # A school keeps its number under another person's name; without a number the persons part two schools.
    assert compared(features(honour="пушкин"), features(honour="гоголь"), numbered=True).verdict == "same"
    assert compared(features(honour="пушкин"), features(honour="гоголь")).verdict == "different"
    # A profile that only one tells parts them, unless the title is one.
    assert compared(features(profile="детский"), features()).reason == "why-one-profile"
    assert compared(features(profile="детский", title="луч"), features(title="луч")).reason == "why-one-title"


def test_two_initials_are_never_spelt_out() -> None:
    both = Pair(
        Features(acronym="БГУ", core="БГУ"), Features(acronym="БГУИР", core="Белорусский государственный университет")
    )
    assert INITIALS.decide(both).reason == "why-other-initials"


# Whether anything contradicts


NUMBER_8 = {**HERE, "number": "8"}
FACTS: list[tuple[str, str, dict[str, Any], str, str, dict[str, Any], bool, str]] = [
    ("Гимназия № 4", "gymnasium", {**HERE, "number": "4"}, "Гимназия № 7", "gymnasium", {**HERE, "number": "7"},
     False, "why-other-numbers"),
    ("Музей хлеба", "museum", HERE, "Музей хлеба", "museum", {"place": "brest"}, False, "why-other-places"),
    ("Министерство культуры", "ministry", {"country": "RU"}, "Министерство культуры", "ministry", {"country": "BY"},
     False, "why-other-countries"),
    ("Минспорта России", "ministry", {"country": "RU"}, "Министерство спорта", "ministry",
     {"country": "RU", "region": "RU-PER"}, False, "why-whole-country-and-place"),
    ("Московская филармония", "philharmonic", {"country": "RU", "place": "moskva", "area": "RU-MOW"},
     "Московская областная филармония", "philharmonic", {"country": "RU", "place": "moskva", "area": "RU-MOW"},
     False, "why-city-and-its-region"),
    ("ПАО «КАМАЗ»", "", {**HERE, "legal_form": "ПАО"}, "МАУ «Дворец культуры «КАМАЗ»", "culture-house",
     {**HERE, "legal_form": "МАУ"}, False, "why-firm-and-institution"),
    ("ООО «Вектор»", "", {**HERE, "legal_form": "ООО"}, "АО «Вектор»", "", {**HERE, "legal_form": "АО"},
     False, "why-other-firms"),
    ("Департамент финансов города Витебска", "department", HERE, "Департамент финансов Витебской области", "department",
     {**HERE, "region": "BY-VI"}, False, "why-city-and-its-region"),
    ("Хэйлунцзянский университет", "university", {"country": "CN", "region": "CN-HL"}, "Харбинский университет",
     "university", {"country": "CN", "place": "Харбин"}, False, "why-region-and-another-name"),
    ("Клуб «Заря»", "club", {"area": "BY-VI"}, "Клуб «Заря»", "club", {"area": "BY-BR"}, False, "why-other-regions"),
    ("ДШИ № 8", "art-school", NUMBER_8, "Школа № 8", "school", NUMBER_8, False, "why-one-number-two-kinds"),
    ("Библиотека имени Пушкина", "library", PUSHKIN, "Библиотека имени Гоголя", "library",
     {**HERE, "honorific": "имени Гоголя"}, False, "why-other-persons"),
    ("Ассамблея столиц", "assembly", {"aliases": ["МАГ"]}, "МАГ", "", {}, True, "why-short-name"),
    ("Музей хлеба", "museum", HERE, "Музей соли", "museum", HERE, False, "why-words"),
    ("САТК", "", HERE, "Смоленский автотранспортный колледж", "college", HERE, True, "spelt-or-in-initials"),
    ("Центр «Юность»", "centre", HERE, "Культурный центр «Юность»", "culture-house", HERE,
     True, "one-title-wider-kind"),
    ("Хоккейный клуб", "sports-club", HERE, "Спортивная школа хоккейная", "sports-school", HERE, True, "one-game"),
    ("Музей хлеба", "museum", HERE, "Музею хлеба", "museum", HERE, True, "related-kinds"),
    ("Кафе «Маяк»", "company", HERE, "Газета «Маяк»", "media", HERE, False, "why-other-kinds"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "kind", "more", "other", "wider", "further", "together", "reason"), FACTS)
def test_what_is_known_of_two_namings(
    named: Named, known: Knowledge, one: str, kind: str, more: Any, other: str, wider: str, further: Any,
    together: bool, reason: str,
) -> None:  # fmt: skip
    left, right = named(one, kind, **more), named(other, wider, **further)
    for a, b in ((left, right), (right, left)):
        rule = COMPATIBLE.decide(a, b, known)
        assert (rule.verdict, rule.reason) == (together, reason)


def test_every_line_about_facts_has_namings_for_which_it_decides() -> None:
    assert {case[-1] for case in FACTS} | {"why-kept-apart"} == set(COMPATIBLE.reasons())


def test_people_overrule_what_names_say_and_facts_overrule_short_names(named: Named, vocabulary: Vocabulary) -> None:
    full, short = named("Ассамблея столиц", "assembly", aliases=["МАГ"]), named("МАГ")
    apart = Knowledge(vocabulary, {full: "a", short: "b"}, frozenset({frozenset("ab")}))
    assert COMPATIBLE.decide(full, short, apart).reason == "why-kept-apart"
    elsewhere = named("МАГ", place="brest")
    here = named("Ассамблея столиц", "assembly", aliases=["МАГ"], **HERE)
    assert COMPATIBLE.decide(here, elsewhere, Knowledge(vocabulary)).reason == "why-other-places"


def test_where_the_words_decide_their_reason_is_told(named: Named, known: Knowledge) -> None:
    bread = named("Музей хлеба", "museum", **HERE)
    assert why(bread, named("Музей соли", "museum", **HERE), known) == "why-other-words"
    assert why(bread, named("Музею хлеба", "museum", **HERE), known) == "why-same-words"
    assert why(bread, named("Музей хлеба", "museum", place="brest"), known) == "why-other-places"
    town, region = named("Больница", "hospital", **HERE), named("Областная больница", "hospital", **HERE)
    assert why(town, region, known) == "why-nothing-beside"


def test_every_reason_is_a_message_in_both_languages() -> None:
    tables = (BY_WORDS, INITIALS, COMPATIBLE, DATES, WHY_TWO)
    told = {reason for table in tables for reason in table.reasons() if reason.startswith("why-")}
    told |= {rule.verdict for rule in WHY_TWO.rules} - {"why-words"}
    for code in told - {"why-words", "why-other-dates"}:
        assert text(code, "ru") != text(code, "en")
    file = content_root() / "src" / "pobratim" / "catalogue" / "resolve.yml"
    written = {code for code in yaml.safe_load(file.read_text(encoding="utf-8")) if code.startswith("why-")}
    places = {"why-namesakes", "why-one-adjective"}
    assert written - places - {"why-few-words-shared"} == told - {"why-words", "why-other-dates"}


# Which of two says more


FULLER_CASES: list[tuple[str, str, dict[str, Any], str, str, dict[str, Any], bool, str]] = [
    ("Музей хлеба", "museum", HERE, "Музей хлеба", "museum", {"place": "brest"}, False, "contradicted"),
    ("Союз писателей", "union", {}, "Союз писателей", "union", {"region": "BY-VI"}, False, "outside-its-region"),
    ("Ассамблея столиц", "assembly", {"aliases": ["МАГ"]}, "МАГ", "", {}, True, "has-it-as-short-name"),
    ("Больница", "hospital", HERE, "Областная больница", "hospital", {}, False, "says-something-else"),
    ("Библиотека", "library", HERE, "Библиотека имени Пушкина", "library", {"honorific": "имени Пушкина"},
     False, "named-after-more"),
    ("Гимназия № 7", "gymnasium", {**HERE, "number": "7"}, "Гимназия № 7", "gymnasium", {"number": "7"},
     True, "tells-its-place"),
    ("Союз писателей", "union", {"region": "BY-VI"}, "Союз писателей", "union", {}, True, "tells-its-area"),
    ("Клуб «Луч»", "sports-club", HERE, "Клуб «Луч»", "club", HERE, True, "tells-its-kind"),
    ("Библиотека имени Пушкина", "library", PUSHKIN, "Библиотека", "library", HERE, True, "tells-its-person"),
    ("Музей хлеба", "museum", HERE, "Музей хлеба", "museum", HERE, False, "otherwise"),
]  # fmt: skip


@pytest.mark.parametrize(("full", "kind", "more", "name", "wider", "further", "fuller", "reason"), FULLER_CASES)
def test_which_of_two_says_more(
    named: Named, known: Knowledge, full: str, kind: str, more: Any, name: str, wider: str, further: Any,
    fuller: bool, reason: str,
) -> None:  # fmt: skip
    rule = FULLER.decide(named(full, kind, **more), named(name, wider, **further), known)
    assert (rule.verdict, rule.reason) == (fuller, reason)


def test_every_line_about_saying_more_has_namings_for_which_it_decides() -> None:
    assert {case[-1] for case in FULLER_CASES} == set(FULLER.reasons())


# Dates of agreements, and events


@pytest.mark.parametrize(
    ("one", "other", "may_be_one", "reason"),
    [
        ("", "2023-01-27", True, "why-no-date"),
        ("2023", "2023-01-27", True, "why-vague-date"),
        ("2023-01-27", "2023-02-01", False, "why-other-dates"),
    ],
)
def test_dates_of_agreements(one: str, other: str, may_be_one: bool, reason: str) -> None:
    for a, b in ((one, other), (other, one)):
        assert (DATES.decide(a, b).verdict, DATES.decide(a, b).reason) == (may_be_one, reason)


@pytest.mark.parametrize(
    ("one", "other", "score", "reason"),
    [
        ("Турнир «Кубок Победы»", "Хоккей: «Кубок Победы»", 1.0, "why-told-by-one"),
        ("Турнир по хоккею", "Турнир по хоккею с мячом", 0.3, "why-no-name-shared"),
        ("Турнир «Кубок Победы»", "Игры на призы «Кубок Победы»", 0.3, "why-few-words-shared"),
    ],
)
def test_what_keeps_two_accounts_of_events_apart(one: str, other: str, score: float, reason: str) -> None:
    left, right = (Telling(Record("r", 1, title=title), title, "", frozenset(), ()) for title in (one, other))
    assert WHY_TWO.verdict(left, right, score) == reason
