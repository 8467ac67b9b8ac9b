"""Kind, topics and mode by words that reports of many regions use: titles of our own, of no report."""

import pytest

from tests.support.rows import record

PAIRS_OF_TOWNS = (("Хабаровск", "Брест"), ("Хабаровск", "Харбин"))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Волонтерский лагерь «Чистые берега»", "project"),
        ("Читательский марафон «Десять страниц»", "project"),
        ("Поэтический марафон «Строка»", "festival"),
        ("Ассамблея городов", "conference"),
        ("Хоровая ассамблея «Амур поет»", "festival"),
        ("Празднование Дня города Хабаровска", "festival"),
        ("Смотр художественной самодеятельности", "competition"),
        ("Полевые сборы геологов", "training"),
        ("Сборы спасателей двух стран", "training"),
        ("Учебно-тренировочные сборы гимнасток", "sports"),
        ("Школа молодых переводчиков", "training"),
        ("Слет туристов «Тайга»", "sports"),
        ("Заход парусника «Надежда»", "visit"),
        ("Студенческий десант в Хэйхэ", "visit"),
        ("ВКС с коллегами из Хэйхэ", "meeting"),
        ("Разбор клинических случаев", "meeting"),
        ("Видеоконференция врачей", "meeting"),
        ("Научно-практическая видеоконференция врачей", "conference"),
        ("Презентация города", "meeting"),
        ("Пролонгация договора с Харбином", "signing"),
        ("Телеконцерт «Две реки»", "concert"),
        ("Эпистолярный проект «Письмо другу»", "exchange"),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str) -> None:
    assert record(title).kind[0] == kind


@pytest.mark.parametrize(("home", "abroad"), PAIRS_OF_TOWNS)
@pytest.mark.parametrize("title", ["Встреча с делегацией г. {}а", "Визит делегации г. {}а", "Переговоры с г. {}ом"])
def test_a_meeting_with_a_municipality_is_about_local_government(title: str, home: str, abroad: str) -> None:
    assert "governance" in record(title.format(abroad), section=f"Город {home}").topics


@pytest.mark.parametrize("title", ["Выставка рисунков", "Турнир по самбо", "Концерт хора", "Книжная выставка"])
def test_twin_towns_at_a_show_or_match_are_no_topic(title: str) -> None:
    assert "governance" not in record(title, purpose="Приехали гости из города-побратима").topics
    assert "governance" in record("Встреча мэров", purpose="Приехали гости из города-побратима").topics


@pytest.mark.parametrize("body", ["школа № 5 г. Хабаровска", "лицей № 2 г. Хабаровска", "МБОУ «СОШ № 7»"])
def test_a_school_that_plays_a_match_teaches_nobody(body: str) -> None:
    assert record("Турнир по футболу", participants=body).topics == ["sport"]
    assert "education" in record("Телемост с друзьями", participants=body).topics


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Выставка карт XVIII века", "history"),
        ("Лекция о рекультивации карьеров", "environment"),
        ("Сбор вещей для пострадавших", "charity"),
        ("Симпозиум врачей", "science"),
        ("Заплыв через Амур", "sport"),
    ],
)
def test_the_title_tells_the_topic(title: str, topic: str) -> None:
    assert topic in record(title).topics


@pytest.mark.parametrize("words", ["Читательский марафон", "Поэтический марафон", "Литературный марафон"])
def test_a_marathon_of_readers_is_no_sport(words: str) -> None:
    assert "sport" not in record(f"{words} «Волна»").topics


@pytest.mark.parametrize(
    ("place", "mode"),
    [
        ("г. Хабаровск (подключение по Skype)", "online"),
        ("г. Хабаровск – г. Харбин, платформа VooV Meeting", "online"),
        ("на платформе «Яндекс Телемост»", "online"),
        ("г. Хабаровск; докладчики из Харбина – по видеоканалу", "online"),
        ("г. Хабаровск, очно и на платформе «Яндекс Телемост»", "hybrid"),
        ("г. Хабаровск, трансляция в сети Интернет", "hybrid"),
        ("г. Хабаровск, библиотека", "in-person"),
        ("дистанц.", "online"),
        ("удалённый доступ", "online"),
        ("социальные сети", "online"),
        ("сообщество МБУК «Дом ремёсел» ВКонтакте", "online"),
        ("официальный сайт библиотеки", "online"),
        ("YouTube-канал школы", "online"),
        ("в режиме zoom, Хабаровск – Харбин", "online"),
        ("ТОГУ, Хабаровск + ВКС", "hybrid"),
        ("санаторий «Уссури» и Zoom", "hybrid"),
        ("учебный корпус (частично по ВКС)", "hybrid"),
        ("музей (онлайн-подключение из Харбина)", "hybrid"),
        ("аэропорт, VIP-зал", "in-person"),
    ],
)
def test_the_place_tells_the_mode(place: str, mode: str) -> None:
    assert record("Семинар", place=place).mode == mode


@pytest.mark.parametrize(
    ("who", "mode"),
    [
        ("41 докладчик (12 — дистанционно)", "hybrid"),
        ("32 докладчика, из них 5 онлайн", "hybrid"),
        ("120 человек, в том числе 40 – по видеосвязи", "hybrid"),
        ("часть участников подключилась онлайн", "hybrid"),
        ("200 школьников (дистанционно)", "online"),
        ("Администрация города, 3 чел.", "in-person"),
        ("Бегуны: 40 чел., дистанции 5 и 10 км", "in-person"),
        ("3 чел., автор проекта «Урок онлайн»", "in-person"),
    ],
)
def test_how_the_participants_attended_is_the_mode(who: str, mode: str) -> None:
    assert record("Семинар", place="г. Хабаровск", participants=who).mode == mode


@pytest.mark.parametrize("what", ["консилиум", "урок", "конкурс", "семинар", "занятие"])
def test_what_is_distant_is_online(what: str) -> None:
    assert record(f"Дистанционный {what}", place="").mode == "online"
