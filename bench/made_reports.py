"""Made-up reports as large as wanted, in the wording of real ones: what growth is measured on.

Twenty regions send a report a quarter, with sections for three towns each. The towns have schools, museums and clubs
that turn up again and again, with partners in towns of six other countries; the rows follow templates of contests,
meetings, visits, agreements, exchanges. The first report is of a region that sends no other, with partners in a country
that no other report names: what is told of them is the same however many rows there are, so that what grows there is
the cost and not the answer. The same number of rows gives the same bytes.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path

ROWS_OF_A_REPORT = 70
QUIET_TOWN, QUIET_PARTNER = "Магадан", "Варна"
"""Towns with ties to each other of which the first report alone tells."""
QUIET_COUNTRY = "Республика Болгария"
"""The country of the latter, named by no other report."""
_QUIET_REGION = ("Магаданской", f"{QUIET_TOWN} Сусуман Среднекан")
_HEADINGS = (
    "№ п/п",
    "Наименование мероприятия",
    "Место проведения мероприятия",
    "Сроки проведения мероприятия",
    "Цель, содержание и результат мероприятия (в том числе краткая информация о достигнутых договоренностях, "
    "подписанных документах)",
    "Участники мероприятия (общее количество, другие дополнительные сведения)",
)
_REGIONS = {
    "Смоленской": "Смоленск Вязьма Рославль",
    "Псковской": "Псков Невель Порхов",
    "Брянской": "Брянск Клинцы Новозыбков",
    "Калужской": "Калуга Обнинск Людиново",
    "Тверской": "Тверь Ржев Торжок",
    "Тульской": "Тула Новомосковск Узловая",
    "Орловской": "Орёл Ливны Мценск",
    "Курской": "Курск Железногорск Льгов",
    "Белгородской": "Белгород Губкин Валуйки",
    "Воронежской": "Воронеж Борисоглебск Россошь",
    "Рязанской": "Рязань Касимов Скопин",
    "Владимирской": "Владимир Муром Ковров",
    "Ивановской": "Иваново Кинешма Шуя",
    "Ярославской": "Ярославль Рыбинск Тутаев",
    "Вологодской": "Вологда Череповец Сокол",
    "Новгородской": "Боровичи Валдай Чудово",
    "Саратовской": "Саратов Балаково Вольск",
    "Самарской": "Самара Тольятти Сызрань",
    "Омской": "Омск Тара Калачинск",
    "Новосибирской": "Новосибирск Бердск Искитим",
}
_PARTNERS = {
    "Республика Беларусь": (
        "Минск Витебск Орша Полоцк Могилёв Бобруйск Гомель Мозырь Гродно Лида Брест Пинск Барановичи"
    ),
    "Республика Казахстан": "Астана Алматы Караганда Костанай Павлодар Петропавловск Уральск Актобе Семей",
    "Китайская Народная Республика": "Харбин Чанчунь Шэньян Далянь Циндао Ухань",
    "Республика Узбекистан": "Ташкент Самарканд Бухара Фергана",
    "Республика Армения": "Ереван Гюмри Ванадзор",
    "Республика Сербия": "Белград Ниш Крагуевац",
}
_Places = list[tuple[str, str]]
_PLACES: _Places = [(town, country) for country, towns in _PARTNERS.items() for town in towns.split()]
_QUIET_PLACES: _Places = [(town, QUIET_COUNTRY) for town in (QUIET_PARTNER, "Бургас")]
_NAMES = [
    "Пушкина",
    "Гоголя",
    "Гагарина",
    "Чехова",
    "Толстого",
    "Горького",
    "Глинки",
    "Тургенева",
    "Есенина",
    "Некрасова",
]
_TITLES = (
    "Радуга",
    "Надежда",
    "Дружба",
    "Вдохновение",
    "Родник",
    "Созвездие",
    "Мечта",
    "Звонница",
    "Гармония",
    "Исток",
)
_GIVEN = [
    "Александр",
    "Сергей",
    "Андрей",
    "Дмитрий",
    "Алексей",
    "Николай",
    "Игорь",
    "Виктор",
    "Ольга",
    "Елена",
    "Наталья",
    "Ирина",
    "Марина",
]
_SURNAMES = [
    "Ивано",
    "Петро",
    "Сидоро",
    "Кузнецо",
    "Морозо",
    "Волко",
    "Соколо",
    "Лебеде",
    "Козло",
    "Новико",
    "Павло",
    "Семёно",
    "Голубе",
    "Виноградо",
]
_FESTIVALS = ("Славянский венец", "Мир без границ", "Золотой ключ", "Музыка дружбы", "Северное сияние", "Живая вода")


def documents(rows: int) -> Iterator[tuple[str, str]]:
    """Yield (file name, HTML) of reports with so many rows in all."""
    for number in range(0, rows, ROWS_OF_A_REPORT):
        report = number // ROWS_OF_A_REPORT
        yield f"report-{report:04}.html", _document(report, min(ROWS_OF_A_REPORT, rows - number))


def write_reports(folder: Path, rows: int) -> list[Path]:
    """Write the reports with so many rows into ``folder``; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in documents(rows):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def _document(report: int, rows: int) -> str:
    is_quiet = report == 0
    regions = [_QUIET_REGION] if is_quiet else list(_REGIONS.items())
    region, towns = regions[(report - 1) % len(regions)]
    places = _QUIET_PLACES if is_quiet else _PLACES
    year, quarter = divmod(max(report - 1, 0) // len(_REGIONS), 4)
    first = date(2022 + year, quarter * 3 + 1, 1)
    title = (
        f"Отчет органов местного самоуправления муниципальных образований {region} области о проведенных "
        f"международных мероприятиях за {('I', 'II', 'III', 'IV')[quarter]} квартал {first.year} года"
    )
    table = "".join(_table(report, towns.split(), places, first, rows))
    return (
        f'<!doctype html><html lang="ru"><meta charset="utf-8"><body><p>{title}</p><table>{table}</table></body></html>'
    )


def _table(report: int, towns: list[str], places: _Places, first: date, rows: int) -> Iterator[str]:
    yield _tr(_HEADINGS)
    section = ""
    for number in range(rows):
        town = towns[number * len(towns) // ROWS_OF_A_REPORT]
        if town != section:
            yield f'<tr><td colspan="{len(_HEADINGS)}">Город {town}</td></tr>'
            section = town
        yield _tr((f"{number + 1}.", *_row(random.Random(report * 1000 + number), town, places, first)))


def _tr(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _row(chance: random.Random, town: str, places: _Places, first: date) -> tuple[str, str, str, str, str]:
    partner, country = chance.choice(places)
    templates = (_contest, _festival, _meeting, _agreement, _visit, _exchange, _conference, _exhibition)
    name, place, purpose, who = chance.choice(templates)(chance, town, partner, country)
    return name, place, _dates(chance, first), purpose, who


def _dates(chance: random.Random, first: date) -> str:
    day = first + timedelta(days=chance.randrange(88))
    months = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ]
    if chance.random() < 0.3 and day.day < 24:
        return f"{day.day}-{day.day + chance.randint(1, 5)} {months[day.month - 1]} {day.year} года"
    return f"{day.day} {months[day.month - 1]} {day.year} года"


def _school(chance: random.Random) -> str:
    number = chance.randint(1, 6)
    return chance.choice(
        (
            f"МБОУ «Средняя школа № {number}»",
            f"МБУДО «Детская школа искусств № {number} имени {_NAMES[number]}»",
            f"МБОУ «Гимназия № {number}»",
            f"МБУК «Библиотека имени {_NAMES[number]}»",
            f"МБУДО «Детская музыкальная школа № {number}»",
        )
    )


def _abroad(chance: random.Random) -> str:
    number = chance.randint(1, 5)
    return chance.choice((f"Гимназия № {number}", f"Средняя школа № {number}", f"Детская школа искусств № {number}"))


def _club(chance: random.Random) -> str:
    kind = chance.choice(("Народный ансамбль", "Молодёжный клуб", "Музей", "Хореографическая студия"))
    return f"{kind} «{chance.choice(_TITLES)}»"


def _person(chance: random.Random) -> str:
    name = chance.choice(_GIVEN)
    return f"{name} {chance.choice(_SURNAMES)}в{'а' if name[-1] in 'ая' else ''}"


_Told = tuple[str, str, str, str]


def _contest(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    name = f"Участие в {chance.choice(('II', 'III', 'IV', 'X'))} Международном конкурсе «{chance.choice(_FESTIVALS)}»"
    who = f"Учащиеся {_school(chance)} города {town}, {_abroad(chance)} г. {partner} ({country}), всего 40 человек"
    return name, f"г. {partner} (в дистанционном формате)", "Поиск одарённых детей, рост мастерства педагогов", who


def _festival(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    name = f"Международный фестиваль искусств «{chance.choice(_FESTIVALS)}»"
    who = f"{_club(chance)} города {town}, {_club(chance)} г. {partner} ({country})"
    return name, f"г. {town}, городской дворец культуры", "Укрепление культурных связей городов-побратимов", who


def _meeting(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    who = (
        f"Глава города {town} {_person(chance)}, председатель {partner}ского горисполкома {_person(chance)}, "
        f"представители Администрации города {town} и г. {partner} ({country})"
    )
    return f"Встреча с делегацией г. {partner}", f"г. {town}", "Обсуждены планы сотрудничества в сфере экономики", who


def _agreement(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    one, other = _school(chance), _abroad(chance)
    purpose = (
        f"Развитие дружеских связей. Подписано соглашение о сотрудничестве между {one} города {town} и "
        f"{other} г. {partner} ({country})"
    )
    return (
        f"Подписание соглашения о сотрудничестве с учреждением г. {partner}",
        f"г. {partner}",
        purpose,
        f"{one} города {town}, {other} г. {partner} ({country})",
    )


def _visit(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    who = f"Заместитель главы города {town} {_person(chance)}, директор {_school(chance)} {_person(chance)}, 12 человек"
    return f"Визит делегации города {town} в г. {partner} ({country})", f"г. {partner}", "Обмен опытом", who


def _exchange(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    one, other = _school(chance), _abroad(chance)
    name = f"Онлайн-встреча учащихся {one} и {other} г. {partner}"
    purpose = "Обмен опытом работы, знакомство с культурой и традициями"
    return (
        name,
        f"г. {town} (в дистанционном формате)",
        purpose,
        f"{one} города {town}, {other} г. {partner} ({country})",
    )


def _conference(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    name = f"Международная научно-практическая конференция «{chance.choice(_TITLES)}»"
    who = (
        f"{_school(chance)} города {town}, Университет г. {partner} ({country}), "
        "участники из России и Республики Беларусь"
    )
    return name, f"г. {partner}", "Расширение научных связей, обмен педагогическим опытом", who


def _exhibition(chance: random.Random, town: str, partner: str, country: str) -> _Told:
    name = f"Международная выставка детского рисунка «{chance.choice(_TITLES)}» в г. {partner}"
    who = f"МБУК «Краеведческий музей» города {town}, Художественная школа г. {partner} ({country})"
    return name, f"г. {partner}", "Популяризация народного творчества", who
