"""What names mean beyond their letters: other languages, adjectives of places, titles that are towns."""

import pytest

from bench.pairs import Pair, judged_same
from pobratim.extract.geography import Geographer
from pobratim.extract.names import read_name
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Institution
from pobratim.resolve.readings import Near, Readings
from pobratim.resolve.vocabulary import from_lexicon
from pobratim.text.sounding import skeleton, sounds_like
from pobratim.text.transliterate import cyrillic


def _same(one: str, place: str, other: str, at: str) -> bool:
    there, back = Pair("x", one, place, other, at, "", ""), Pair("x", other, at, one, place, "", "")
    assert judged_same(there) is judged_same(back)
    return judged_same(there)


@pytest.mark.parametrize(
    ("one", "place", "other", "at"),
    [
        ("Тампереская городская библиотека", "Тампере", "Tampere City Library", "Тампере"),
        ("Городская администрация Турку", "Турку", "City of Turku", "Турку"),
        ("Технический университет Дрездена", "Дрезден", "Technische Universität Dresden", "Дрезден"),
        ("Вильнюсский университет", "Вильнюс", "Vilnius University", ""),
        ("Краковский педагогический университет", "Краков", "Uniwersytet Pedagogiczny w Krakowie", "Краков"),
        ("Администрация Ельнинского района", "Ельня", "Ельнинская районная администрация", "Ельня"),
        ("Торгово-промышленная палата Тульской области", "", "Тульская ТПП", "Тула"),
        ("Союз «Тульская торгово-промышленная палата»", "Тула", "Тульская ТПП", "Тула"),
        ("Минский облисполком", "Минск", "Миноблисполком", "Минск"),
        ("Гродненская областная организация БРСМ", "Гродно", "Гродненский обком БРСМ", "Гродно"),
        ("ФК «Тосно»", "Тосно", "футбольный клуб «Тосно»", ""),
        ("Псковская больница СМП", "", "БСМП", "Псков"),
        ("Томский институт технологий", "Томск", "Томский технологический институт", "Томск"),
        ("Центр хирургии, терапии и реабилитации", "Томск", "Центр хирургии", "Томск"),
        ("филиал ВГТРК ГТРК «Псков»", "Псков", "ГТРК «Псков»", "Псков"),
        ("приход храма Рождества Христова", "Псков", "Христорождественский собор", "Псков"),
        ("Библиотека им. Джамбула", "Тараз", "Библиотека имени Жамбыла", "Тараз"),
    ],
)
def test_one_institution_by_what_its_names_mean(one: str, place: str, other: str, at: str) -> None:
    assert _same(one, place, other, at)


@pytest.mark.parametrize(
    ("one", "place", "other", "at"),
    [
        ("Харбинский университет", "Харбин", "Harbin City Library", "Харбин"),
        ("Университет Осаки", "Осака", "Osaka Medical University", "Осака"),
        ("Университет Турку", "Турку", "University of Oulu", "Оулу"),
        ("Uniwersytet Warszawski", "Варшава", "Warszawski Uniwersytet Medyczny", "Варшава"),
        ("Tampere University", "Тампере", "Tampere University of Applied Sciences", "Тампере"),
        ("Администрация Смоленского района", "Смоленск", "Администрация города Смоленска", "Смоленск"),
        ("Администрация Смоленского района", "", "Администрация Смоленской области", ""),
        ("Торгово-промышленная палата Псковской области", "", "Великолукская ТПП", "Великие Луки"),
        ("Союз художников «Палитра»", "Псков", "Союз «Псковская ТПП»", "Псков"),
        ("ФК «Гомель»", "", "ФК «Витебск»", ""),
        ("Минский облисполком", "Минск", "Мингорисполком", "Минск"),
        ("Храм Рождества Христова", "Псков", "Храм Рождества Богородицы", "Псков"),
        ("больница скорой помощи г. Пскова", "", "Псковская станция скорой помощи", "Псков"),
        ("Библиотека им. Гоголя", "Псков", "Библиотека им. Гегеля", "Псков"),
        ("Центр культуры, спорта и туризма", "Псков", "Школа спорта", "Псков"),
        ("Белорусский экзархат", "Минск", "Минская епархия", "Минск"),
    ],
)
def test_two_institutions_whatever_their_names_share(one: str, place: str, other: str, at: str) -> None:
    assert not _same(one, place, other, at)


def test_a_foreign_name_of_no_known_kind_is_left_as_it_is() -> None:
    one = Institution("i0", "Some Band", country="US")
    assert _readings().read(one, Near("Псков", "RU", "RU-PSK")) is one


def _readings() -> Readings:
    return Readings(Gazetteer.load(), from_lexicon(lexicon()))


@pytest.mark.parametrize(
    ("name", "kind", "place", "region"),
    [
        ("Амурская ТПП", "chamber-of-commerce", "", "RU-AMU"),
        ("исполком Добрушского района", "executive-committee", "Добруш", ""),
        ("ФК «Жлобин»", "sports-club", "Жлобин", ""),
        ("гостиница «Жлобин»", "hotel", "", ""),
        ("Музей «Добрушский фарфор»", "museum", "", ""),
    ],
)
def test_a_place_is_told_only_where_the_kind_is_a_places_own(name: str, kind: str, place: str, region: str) -> None:
    country = "RU" if region else "BY"
    near = Near("Благовещенск", "RU", "RU-AMU") if region else Near("", "BY", "")
    read = _readings().read(Institution("i0", name, country=country, kind=kind), near)
    assert (read.place, read.region) == (place, region)


def test_towns_that_only_reports_name_have_adjectives_too() -> None:
    near, one = Near("", "RU", ""), Institution("i0", "Выдумкинский дом культуры", country="RU", kind="culture-house")
    vocabulary = from_lexicon(lexicon())
    assert Readings(Gazetteer.load(), vocabulary).read(one, near).place == ""
    knowing = Readings(Gazetteer.load(), vocabulary)
    knowing.know([("Выдумкино", "RU")])
    assert knowing.read(one, near).place == "Выдумкино"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Białowieski", "Беловежа", True),
        ("Віцебска", "Витебск", True),
        ("Lübeck", "Любек", True),
        ("Warszawski", "Вязьма", False),
        ("Joensuu", "Ниш", False),
        ("", "Ниш", False),
    ],
)
def test_names_sound_alike_in_several_spellings(one: str, other: str, alike: bool) -> None:
    assert sounds_like(one, other) is alike and sounds_like(other, one) is alike


def test_sounds_forget_how_a_language_spells_them() -> None:
    assert skeleton("Jambyl") == "mbl" and skeleton("Жамбыл") == skeleton("Джамбул")
    assert cyrillic("Zeppelin Museum") == "Зеппелин Мусеум" and cyrillic("Музей") == "Музей"


@pytest.mark.parametrize("text", ["Брянский лес, заповедник", "«Брянский лес», биосферный заповедник"])
def test_a_kind_behind_a_comma_belongs_to_the_name(text: str) -> None:
    record = read_name(text, "", "a", Geographer(lexicon(), Gazetteer.load(), "RU", ""))
    assert [(one.kind, one.proper) for one in record.institutions] == [("nature-reserve", "Брянский лес")]


def test_the_gazetteer_knows_towns_in_latin_letters() -> None:
    assert "Любек" in {town.name for town in Gazetteer.load().by_english("LUBECK")}
    assert Gazetteer.load().by_english("No Such Town") == ()
