"""Identity beside single rules: many mentions in time that grows with their number, and what names' words say."""

from collections.abc import Iterator
from typing import Any

import pytest

from bench.identity import mentions
from bench.pairs import HELD_OUT, Pair, judge, judged_same, pairs, summary, table
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Institution
from pobratim.resolve.clusters import Clusters
from pobratim.resolve.identifying import naming
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.linking import Linker
from pobratim.resolve.namings import Mention
from pobratim.resolve.organisations import resolve_organisations
from pobratim.resolve.scoring import likeness
from pobratim.resolve.vocabulary import Vocabulary, from_lexicon
from pobratim.text.contracted import contracted
from pobratim.text.words import word


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return from_lexicon(lexicon())


# Scale


def _comparisons(count: int, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> int:
    calls = 0
    honest = Linker._compatible

    def counting(self: Linker, left: Any, right: Any) -> bool:
        nonlocal calls
        calls += 1
        return honest(self, left, right)

    monkeypatch.setattr(Linker, "_compatible", counting)
    resolve_organisations(mentions(count), vocabulary, Verdicts())
    monkeypatch.setattr(Linker, "_compatible", honest)
    return calls


def test_the_work_grows_with_the_number_of_mentions(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (_comparisons(count, vocabulary, monkeypatch) for count in (2_000, 8_000))
    assert 0 < small < large < 4 * small * 1.3


def test_one_body_that_every_report_names_is_compared_once_not_with_each(vocabulary: Vocabulary) -> None:
    asked = 0

    def allowed(left: int, right: int) -> bool:
        nonlocal asked
        asked += 1
        return left != right

    clusters = Clusters(range(1000), allowed, shape=lambda node: node % 2)
    assert all(clusters.join(0, node) for node in range(1, 1000))
    assert asked < 2 * 1000 and len(clusters.sets()) == 1
    named = [_mention("Министерство культуры России", "ministry", report=f"r{i}", near="ru-x") for i in range(300)]
    assert len(resolve_organisations(named, vocabulary, Verdicts()).entities) == 1


def test_keys_stay_apart_however_many_collide(vocabulary: Vocabulary) -> None:
    found = resolve_organisations(mentions(4_000), vocabulary, Verdicts())
    assert len({one.key for one in found.entities}) == len(found.entities)
    assert set(found.keys.values()) == {one.key for one in found.entities}


# Second pass: what one report teaches, another uses


def _mention(name: str, kind: str, *, report: str = "a", row: int = 1, near: str = "", **more: Any) -> Mention:
    one = Institution("i0", name, kind=kind, country=more.pop("country", "RU"), **more)
    place = f"{one.country.lower()}-{one.place.lower()}" if one.place else ""
    return Mention(report, row, one, place, near)


def _keys(vocabulary: Vocabulary, *found: Mention) -> list[str]:
    outcome = resolve_organisations(found, vocabulary, Verdicts())
    return [outcome.keys[one.report, one.row, one.institution.id] for one in found]


def test_a_firm_is_not_the_culture_house_that_bears_its_name(vocabulary: Vocabulary) -> None:
    town: dict[str, Any] = {"place": "Набережные Челны"}
    firm = _mention("ПАО «КАМАЗ»", "", aliases=["КАМАЗ"], legal_form="ПАО", **town)
    house = _mention("МАУ «Дворец культуры «КАМАЗ»", "culture-house", row=2, legal_form="МАУ", proper="КАМАЗ", **town)
    one, other = _keys(vocabulary, firm, house)
    assert one != other


def test_a_short_name_in_brackets_serves_the_other_reports_of_its_town(vocabulary: Vocabulary) -> None:
    full = _mention("Ассамблея столиц и крупных городов", "assembly", near="ru-moskva", aliases=["МАГ"])
    short = _mention("МАГ", "", report="b", near="ru-moskva")
    elsewhere = _mention("МАГ", "", report="c", near="ru-perm")
    first, second, third = _keys(vocabulary, full, short, elsewhere)
    assert first == second != third


def test_initials_mean_the_university_of_their_reporters_town(vocabulary: Vocabulary) -> None:
    full = _mention("Брянский государственный университет имени Петровского", "university", place="Bryansk")
    ours = _mention("БГУ", "university", report="b", near="ru-bryansk")
    other = _mention("БГУ", "university", report="c", near="ru-belgorod")
    first, second, third = _keys(vocabulary, full, ours, other)
    assert first == second != third


# Candidates


def test_a_candidate_is_scored_by_name_place_number_and_kind(vocabulary: Vocabulary) -> None:
    def score(left: Mention, right: Mention) -> tuple[float, tuple[str, ...]]:
        return likeness(naming(left, vocabulary), naming(right, vocabulary), vocabulary)

    club = _mention("Клуб «Луч»", "club", place="Vitebsk")
    same, why = score(club, _mention("Клуб «Луч»", "club", place="Vitebsk"))
    longer, _ = score(club, _mention("Клуб «Луч света»", "club", place="Vitebsk"))
    unplaced, _ = score(club, _mention("Клуб «Луч»", "club"))
    other, _ = score(club, _mention("Музей хлеба", "museum", place="Minsk"))
    assert same == 1.0 > longer > unplaced > other >= 0.0
    assert why == ("shared-name", "shared-kind", "shared-place")
    full = _mention("Белорусский металлургический завод", "plant", place="Zhlobin", country="BY")
    assert "shared-initials" in score(_mention("БМЗ", "", near="by-zhlobin", country="BY"), full)[1]


# Words


@pytest.mark.parametrize(
    ("low", "meanings", "head"),
    [
        ("облфилармонией", ("областной",), "филармония"),
        ("белгосфилармония", ("белорусский", "государственный"), "филармония"),
        ("мингорисполкома", ("минский", "городской"), "исполком"),
        ("госархив", ("государственный",), "архив"),
        ("физкультуре", ("физический",), "культура"),
        ("минкультуры", (), ""),
        ("горница", (), ""),
        ("театр", (), ""),
    ],
)
def test_contracted_words_are_spelt_out(low: str, meanings: tuple[str, ...], head: str) -> None:
    assert contracted(low) == (meanings, head)
    assert not head or head in {*word(low).lemmas, "культура", "архив"}


# The labelled pairs


def _pair(name_a: str, name_b: str, place: str = "") -> Pair:
    return Pair("x", name_a, place, name_b, place, "yes", "")


@pytest.mark.parametrize(
    ("one", "other", "place", "same"),
    [
        ("МБОУ «СШ № 8» г. Смоленска", "средняя школа № 8", "Смоленск", True),
        ("МБОУ «СШ № 8» г. Смоленска", "средняя школа № 18", "Смоленск", False),
        ("Посольство КНР в Российской Федерации", "Посольство Китая в РФ", "", True),
        ("Посольство Китая в РФ", "Посольство Китая в Республике Беларусь", "", False),
        ("Посольство Беларуси в РФ", "Отделение Посольства Беларуси в г. Смоленске", "Смоленск", False),
        ("Храм Св. Николая", "Свято-Никольский храм", "Добруш", True),
        ("Храм Св. Николая", "Свято-Успенский храм", "Добруш", False),
        ("Костел Св. Варвары", "Церковь Св. Варвары", "Витебск", False),
        ("Музей М. Шагала", "Музей Марка Шагала", "Витебск", True),
        ("Купаловский театр", "Национальный театр имени Янки Купалы", "Минск", True),
        ("Московская филармония", "Московская областная филармония", "Москва", False),
        ("ОАО «Витебские ковры»", "Витебскими коврами", "Витебск", True),
        ("Лицей БГУ", "БГУ", "Минск", False),
        ("газета «Маяк»", "кафе «Маяк»", "Стародуб", False),
        ("Польское землячество", "Армянское землячество", "Смоленск", False),
        ("Армянская община", "Смоленская армянская община", "Смоленск", True),
        ("Центр китайского языка", "Центр польского языка", "Смоленск", False),
    ],
)
def test_what_names_say(one: str, other: str, place: str, same: bool) -> None:
    assert judged_same(_pair(one, other, place)) is same and judged_same(_pair(other, one, place)) is same


def _sample() -> Iterator[Pair]:
    return (pair for number, pair in enumerate(pairs()) if number % 8 == 0)


def test_the_table_counts_what_is_judged() -> None:
    counts, wrong = judge(_sample())
    whole = sum(found.total() for found in counts.values())
    missed = sum(verdict == "missed" for verdict, _ in wrong)
    assert whole == 101 and sum(found[True, False] for found in counts.values()) == missed
    assert sum(found[True, True] for found in counts.values()) > 4 * missed
    lines = table(counts, {"precision": 0.5, "recall": 0.25})
    assert lines[-1] == "| all at first contact | 101 | 0.500 | 0.250 |" and len(lines) == len(counts) + 4


def test_pairs_held_out_stand_apart_in_the_table() -> None:
    counts, _ = judge([_pair("МБОУ «СШ № 8» г. Смоленска", "средняя школа № 8", "Смоленск")])
    assert summary("held out", counts, {"precision": 0.5, "recall": 0.25}) == [
        "| held out | 1 | 1.000 | 1.000 |",
        "| held out at first contact | 1 | 0.500 | 0.250 |",
    ]
    apart = {pair[1:5] for pair in pairs(HELD_OUT)}
    assert len(apart) >= 60 and not apart & {pair[1:5] for pair in pairs()}


def test_labelled_pairs_are_well_formed_and_many() -> None:
    found = [*pairs(), *pairs(HELD_OUT)]
    assert len(found) >= 640 and {pair.same for pair in found} == {"yes", "no"}
    assert all(pair.name_a and pair.name_b and pair.why for pair in found)
    assert len({(p.name_a, p.place_a, p.name_b, p.place_b) for p in found}) == len(found)
    assert sum(pair.same == "no" for pair in found) > len(found) / 3


SORTS = [
    ("Ковровая фабрика", "Обувная фабрика", "Брест"), ("Дельфинарий", "Зоопарк", "Минск"),
    ("Хор ветеранов", "Хор мальчиков", "Вязьма"), ("Фонд культуры", "Фонд мира", "Москва"),
    ("Дом актёра", "Дом архитектора", "Уфа"), ("Ледовый дворец", "Плавательный бассейн", "Псков"),
    ("Чувашский художественный музей", "Чебоксарский художественный музей", "Чебоксары"),
    ("Бурятский театр драмы", "Русский драматический театр", "Улан-Удэ"),
    ("Автовокзал", "Железнодорожный вокзал", "Гродно"), ("Лесопарк", "Природный парк", "Браслав"),
    ("Фонд «Русский мир»", "Фонд «Мир»", "Москва"), ("Русская гимназия", "Якутская национальная гимназия", "Якутск"),
    ("КПРФ", "ЛДПР", "Москва"), ("Духовное управление мусульман", "Уфимская епархия", "Уфа"),
    ("Муфтият Татарстана", "Казанская епархия", "Казань"),
]  # fmt: skip
ONE = [
    ("Кондитерская фабрика", "Тульская кондитерская фабрика", "Тула"), ("Молочный завод", "Молокозавод", "Тула"),
    ("Театр кукол", "Тувинский государственный театр кукол", "Кызыл"), ("Центр молодёжи", "Молодёжный центр", "Клин"),
    ("Удмуртский драматический театр", "Драматический театр", "Ижевск"),
    ("Новосибирский зоопарк", "Зоологический парк", "Новосибирск"),
    ("Мэрия города Ош", "Мэрия г. Ош Кыргызской Республики", "Ош"),
    ("Федерация шахмат Алтайского края", "Федерация шахмат", "Барнаул"),
    ("КПРФ", "Коммунистическая партия Российской Федерации", "Москва"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "town"), SORTS)
def test_bodies_of_one_kind_and_town_are_told_apart_by_their_sorts(left: str, right: str, town: str) -> None:
    assert not judged_same(Pair("", left, town, right, town, "no", ""))


@pytest.mark.parametrize(("left", "right", "town"), ONE)
def test_a_body_stays_one_in_another_wording_of_its_sort(left: str, right: str, town: str) -> None:
    assert judged_same(Pair("", left, town, right, town, "yes", ""))
