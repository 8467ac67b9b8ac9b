"""The decision tables about institutions of one row: whether it was named before, and where it sits."""

from typing import Any

import pytest

from pobratim.extract.named_before import SAME
from pobratim.extract.seated import SEATED
from pobratim.record import Institution
from tests.support.decisions import told_by
from tests.support.rows import record

# Institutions of one row


def _one(name: str, kind: str = "", **more: Any) -> Institution:
    return Institution("", name, kind=kind, **more)


HERE = {"place": "Витебск"}
INSTITUTIONS = [
    (_one("Библиотека имени Пушкина", "library", honorific="имени Пушкина"),
     _one("Библиотека имени Гоголя", "library", honorific="имени Гоголя"), False, "other-persons"),
    (_one("Гимназия № 4", "gymnasium", number="4"), _one("Гимназия № 4", number="4"), True, "one-spelling"),
    (_one("Нанчанский университет", "university"), _one("Наньчанский университет", "university"),
     True, "one-letter-wrong"),
    (_one("Краснинская музыкальная школа", "music-school", place="Красный"),
     _one("Краснянская музыкальная школа", "music-school", place="Красная"), False, "one-letter-wrong-elsewhere"),
    (_one("Delta Autoparts"), _one("Delta Autoparts Pvt. Ltd."), True, "latin-cut-short"),
    (_one("Музей «Луч»", "museum"), _one("Клуб «Луч»", "club"), False, "other-kinds"),
    (_one("ГМЗ «Царское Село»"), _one("Музей «Царское Село»", "museum"), True, "one-quotation"),
    (_one("Гимназия № 4", "gymnasium", number="4"), _one("Гимназия № 7", "gymnasium", number="7"),
     False, "other-in-part"),
    (_one("СШ № 8", "school", number="8", **HERE), _one("Школа № 8", "school", number="8", **HERE), True, "one-number"),
    (_one("Школа № 8 «Луч»", "school", number="8", proper="Луч"), _one("Школа № 8", "school", number="8"),
     False, "number-somewhere"),
    (_one("ГГУ", "university", proper="ГГУ"), _one("ГГУ имени Скорины", "university", proper="ГГУ",
     honorific="имени Скорины"), True, "bears-initials"),
    (_one("Городская библиотека", "library"), _one("Библиотека имени Пушкина", "library", honorific="имени Пушкина"),
     False, "person-of-one"),
    (_one("Краеведческий музей", "museum", **HERE), _one("Музей г. Витебска", "museum", **HERE),
     True, "only-one-of-its-place"),
    (_one("Музей хлеба", "museum"), _one("Музей соли", "museum"), False, "nameless-somewhere"),
    (_one("ТПП Мазандерана", "chamber", proper="Мазандерана"), _one("Палата провинции Мазандеран", "chamber"),
     True, "one-stem"),
    (_one("Дом «Родник»", "club", proper="Родник"), _one("Клуб «Родник» области", "club", proper="Родник",
     region="BY-VI"), True, "one-name"),
    (_one("Клуб «Луч»", "club", proper="Луч"), _one("Клуб «Заря»", "club", proper="Заря"), False, "other-names"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "same", "reason"), INSTITUTIONS, ids=[case[-1] for case in INSTITUTIONS])
def test_whether_a_row_names_an_institution_again(old: Institution, new: Institution, same: bool, reason: str) -> None:
    rule = SAME.decide(old, new)
    assert (rule.verdict, rule.reason) == (same, reason)


def test_every_line_about_institutions_is_shown_and_order_matters() -> None:
    assert [case[-1] for case in INSTITUTIONS] == list(SAME.reasons())
    # The person parts two libraries of one spelling; one spelling joins what has a kind only once.
    spelt = {"aliases": ["ЦБ"], **HERE}
    gogol = _one("Библиотека имени Гоголя", "library", honorific="имени Гоголя", **spelt)
    pushkin = _one("Библиотека имени Пушкина", "library", honorific="имени Пушкина", **spelt)
    assert SAME.rules[1].holds(gogol, pushkin) and not SAME.verdict(gogol, pushkin)
    bare, museum = _one("Луч", aliases=["Клуб «Луч»"]), _one("Клуб «Луч»", "club")
    assert SAME.decide(bare, museum).reason == "one-spelling"


# Where an institution sits


GUESTS = "Гости из Индии и Китая. Договор с Confederation of Indian Industry"
HARBIN = "г. Харбин"
SEATS = [
    ({"place": "г. Витебск, Филармония Витебской области"}, "Филармония", "venue-of-a-region", "Витебск"),
    ({"participants": "Филармония Хабаровского края"}, "Филармония", "of-the-regions-centre", "Хабаровск"),
    ({"participants": "Школа № 71 г. Бреста"}, "Школа", "told", "Брест"),
    ({"participants": "С китайской стороны: компания «Насосы»"}, "Компания", "of-a-side", ""),
    ({"participants": "Сотрудники администрации города"}, "Администрация", "reporters-own", "Хабаровск"),
    (
        {"name": "Встреча с Заречным районом г. Бреста", "participants": "Администрация Заречного района"},
        "Администрация",
        "of-a-citys-district",
        "Брест",
    ),
    ({"participants": "Артисты Амурской областной филармонии"}, "Амурская", "regional", ""),
    ({"purpose": "Приём консула Японии. Приняты сотрудники Генконсульства"}, "Генконсульство", "mission", ""),
    (
        {"purpose": "Договор с Намской улусной гимназией", "place": "г. Мурэн (Монголия)", "section": "Намский улус"},
        "Намская",
        "of-the-reporters-name",
        "",
    ),
    ({"purpose": "Дети из Словакии. Посещение Шаришской галереи"}, "Шаришская", "of-an-unknown-place", ""),
    ({"purpose": "Дети из Индии. Договор с Университетом Паттимура"}, "Университет", "of-an-unknown-name", ""),
    ({"purpose": GUESTS.replace("и Китая", "")}, "Confederation", "in-letters-of-the-only-country", ""),
    ({"purpose": GUESTS}, "Confederation", "in-foreign-letters", ""),
    ({"purpose": "Выставка из собрания Музея кружева", "place": "г. Минск"}, "Музей", "lends-at-home", "Хабаровск"),
    ({"purpose": "Договор с МБУ «Заря»", "place": "г. Харбин"}, "МБУ", "municipal", "Хабаровск"),
    ({"purpose": "Хоккеисты СШОР «Амур» победили", "place": "г. Харбин"}, "СШОР", "initials-abroad", "Хабаровск"),
    (
        {"purpose": "Колледж имени А.П. Ильина дал урок", "place": HARBIN},
        "Колледж",
        "bears-a-name-of-home",
        "Хабаровск",
    ),
    ({"purpose": "Ансамбль «Весна» дал концерт", "place": HARBIN}, "Ансамбль", "travels", "Хабаровск"),
    ({"purpose": "Гости посетили гимназию № 1", "place": "г. Минск"}, "Гимназия", "where-the-event-was", "Минск"),
    ({"purpose": "Гости посетили ГУО «Гимназия № 1»", "place": "г. Хэйхэ"}, "ГУО", "by-the-event", ""),
    ({"place": "Дворец культуры «Юность»"}, "Дворец", "venue-at-home", "Хабаровск"),
    ({"participants": "Ученики гимназии № 1"}, "Гимназия", "participant-at-home", "Хабаровск"),
    ({"participants": "ОАО «Насосы», гости из Беларуси"}, "ОАО", "in-a-form-of-the-guests", ""),
    ({"participants": "ООО «Насосы», гости из Кореи"}, "ООО", "of-the-reporting-town", "Хабаровск"),
    ({"purpose": "ОАО «Насосы» подписало контракт", "place": "г. Пусан"}, "ОАО", "russian-at-home", ""),
    ({"purpose": "Подписан договор с ОАО «Белшина»"}, "ОАО", "of-no-country", ""),
    ({"participants": "Представители посольства Беларуси"}, "Посольство", "country-told", ""),
]


@pytest.mark.parametrize(("cells", "begins", "reason", "place"), SEATS, ids=[case[2] for case in SEATS])
def test_where_an_institution_sits(cells: dict[str, str], begins: str, reason: str, place: str) -> None:
    told = told_by(SEATED, lambda: record(**cells))
    assert reason in told
    assert [one.place for one in record(**cells).institutions if one.name.startswith(begins)] == [place]


def test_every_line_about_seats_is_shown() -> None:
    assert [case[2] for case in SEATS] == list(SEATED.reasons())
