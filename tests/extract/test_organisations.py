"""Which words name an organisation, in what form, where it sits; and which words only look so."""

import pytest

from pobratim.record import Institution
from tests.support.places import ROOT
from tests.support.rows import record


def institutions(participants: str, **cells: str) -> list[Institution]:
    return record(participants=participants, **cells).institutions


@pytest.mark.parametrize(
    ("text", "name", "place", "country"),
    [
        ("Учащиеся МБОУ «Гимназия № 3» г. Амурска", "МБОУ «Гимназия № 3» г. Амурска", "Амурск", "RU"),
        ("Преподаватели «Гимназии № 3» г. Амурска", "Гимназия № 3 г. Амурска", "Амурск", "RU"),
        ("Учащиеся средней школы № 2 города Харбина (КНР)", "Средняя школа № 2 города Харбина", "Харбин", "CN"),
        (
            "Сотрудники Генерального консульства Японии в г. Хабаровске",
            "Генеральное консульство Японии в г. Хабаровске",
            "Хабаровск",
            "JP",
        ),
        ("Представители Министерства культуры Хабаровского края", "Министерство культуры Хабаровского края", "", "RU"),
        (
            "Работники Хабаровского краевого музея имени Н.И. Гродекова",
            "Хабаровский краевой музей имени Н.И. Гродекова",
            "Хабаровск",
            "RU",
        ),
        (
            "Сотрудники ГУО «Школа № 3 «Радуга» г. Бреста», педагоги",
            "ГУО «Школа № 3 «Радуга» г. Бреста»",
            "Брест",
            "BY",
        ),
        (
            "Делегация Брестского городского исполнительного комитета",
            "Брестский городской исполнительный комитет",
            "Брест",
            "BY",
        ),
        ("Игроки ФК «Амур» (г. Хабаровск)", "ФК «Амур»", "Хабаровск", "RU"),
        ("Представители ООО «Восток»", "ООО «Восток»", "", "RU"),
        ("Представители ПАО Сбербанк", "ПАО Сбербанк", "", "RU"),
        (
            "Сотрудники Фонда защиты прав граждан, проживающих за рубежом, гости",
            "Фонд защиты прав граждан, проживающих за рубежом",
            "",
            "RU",
        ),
        (
            "Делегация государственного учреждения образования «Гимназия № 1 г. Лиды»",
            "Государственное учреждение образования «Гимназия № 1 г. Лиды»",
            "Лида",
            "BY",
        ),
        ("Гости из Института Юнуса Эмре", "Институт Юнуса Эмре", "", "RU"),
    ],
)
def test_an_organisation_is_named_in_the_nominative_and_placed(text: str, name: str, place: str, country: str) -> None:
    [found] = institutions(text, section="Хабаровский край")
    assert (found.name, found.place, found.country) == (name, place, country)


@pytest.mark.parametrize(
    "text",
    [
        "Учащиеся школ города",
        "Представители музеев, библиотек и архивов",
        "Организации и предприятия района",
        "Участники проекта «Школа юного дипломата»",
        "Зрители фильма «Последний завод»",
        "Спортивные команды",
        "Герои Советского Союза",
        "Органы исполнительной власти",
    ],
)
def test_what_only_speaks_of_organisations_names_none(text: str) -> None:
    assert institutions(text) == []


def test_a_quoted_title_of_an_event_is_no_organisation() -> None:
    assert record("Конкурс «Лучшая школа»").institutions == []
    assert record("Круглый стол «Музей и время»").institutions == []


def test_several_numbers_are_several_organisations() -> None:
    found = institutions("Учащиеся школ № 3, № 5 и № 7 г. Амурска")
    assert [(item.number, item.place) for item in found] == [("3", "Амурск"), ("5", "Амурск"), ("7", "Амурск")]
    assert [item.name for item in found] == [f"Школа № {n} г. Амурска" for n in (3, 5, 7)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Администрация, школы №№ 1, 3", "1 3"),
        ("школы № 1, 3 и 5", "1 3 5"),
        ("гимназии №№ 2 и 4 г. Витебска", "2 4"),
        ("СШ №№ 1–3", "1 2 3"),
        ("школы №№ 1-3, 5 и 7-9 г. Витебска", "1 2 3 5 7 8 9"),
        ("детские сады № 3, 7, 9 городского округа Калуга", "3 7 9"),
        ("учащиеся школ № 2, 4 приняли участие", "2 4"),
        ("школы №№1,3 г. Бреста", "1 3"),
        ("школ № 1, 3 и 5 учеников", "1 3"),
        ("школы № 5, 3 и 4 классы", "5"),
        ("Учащиеся школы № 5, 12 человек", "5"),
        ("Гимназия № 2, 3 место", "2"),
        ("команда СШ № 1, 2004 г.р.", "1"),
        ("школы № 1, 12.05.2023", "1"),
        ("школы № 1, 3-я гимназия", "1 3"),
        ("школы № 1–3", "1"),
        ("школы №№ 9–500", "9"),
        ("школы №№ 1–" + "9" * 5000, "1"),
    ],
)
def test_each_number_is_an_institution_where_it_counts_nothing(text: str, numbers: str) -> None:
    assert [item.number for item in institutions(text) if item.number] == numbers.split()


def test_each_of_several_has_its_own_phrase() -> None:
    found = record(participants="Администрация, школы №№ 1, 3 и № 5 г. Амурска")
    phrases = [one.exact for one in found.evidence if one.value.startswith("/institutions/")]
    assert phrases == ["школы №№ 1", "3", "№ 5 г. Амурска"]
    assert [item.name for item in found.institutions] == [f"Школа № {n} г. Амурска" for n in (1, 3, 5)]


@pytest.mark.parametrize(
    ("text", "name", "place", "country"),
    [
        ("Заместитель председателя Мингорисполкома, 4 человека", "Мингорисполком", "Минск", "BY"),
        ("Делегация Миноблисполкома", "Миноблисполком", "Минск", "BY"),
        ("Витебский облисполком", "Витебский облисполком", "Витебск", "BY"),
        ("Витебскгорисполком, гости", "Витебскгорисполком", "Витебск", "BY"),
        ("Встреча с Гроднооблисполкомом", "Гроднооблисполком", "Гродно", "BY"),
        ("Гомельский горисполком", "Гомельский горисполком", "Гомель", "BY"),
        ("Брестоблсовет", "Брестоблсовет", "Брест", "BY"),
        ("Артисты Белгосфилармонии", "Белгосфилармония", "", "BY"),
        ("Алматы акимат", "Алматы акимат", "Алматы", "KZ"),
        ("Представители Казгорисполкома", "Казгорисполком", "", "BY"),
        ("Представители Облисполкома", "Облисполком", "", "BY"),
    ],
)
def test_a_contracted_name_tells_whose_body_it_is(text: str, name: str, place: str, country: str) -> None:
    [found] = institutions(text)
    assert (found.name, found.place, found.country) == (name, place, country)


def test_a_body_abroad_is_no_side_at_home() -> None:
    row = record(name="Приём делегации г. Минска", participants="Представители Мингорисполкома", place="г. Хабаровск")
    assert [item.country for item in row.institutions] == ["BY"]
    assert all(not key.startswith("ru-") for tie in row.ties for key in tie)


LISTED = ROOT / "ontology" / "contracted-places.tsv"


@pytest.mark.parametrize("line", [line for line in LISTED.read_text("utf-8").splitlines() if not line.startswith("#")])
def test_every_listed_beginning_tells_a_place_abroad(line: str) -> None:
    beginning, adjective = line.split("\t")
    of_country = adjective in {"белорусский", "казахский"}
    [found] = institutions(f"Гости из {beginning.title()}{'госфилармонии' if of_country else 'горисполкома'}")
    assert found.country not in {"", "RU"} and bool(found.place) is not of_country


def test_signs_of_number_in_every_spelling() -> None:
    for sign in ("№ 7", "№7", "N 7", "№\u00a07"):
        [found] = institutions(f"Учащиеся МБОУ «Гимназия {sign}» г. Амурска")
        assert (found.number, found.kind) == ("7", "gymnasium")


def test_a_bracketed_short_name_is_an_alias_and_means_the_same() -> None:
    found = record(
        "Встреча с ОАО «Брестский чулочный комбинат» («БЧК»)", participants="Представители ОАО «БЧК»"
    ).institutions
    assert len(found) == 1
    assert found[0].name == "ОАО «Брестский чулочный комбинат»"
    assert {"БЧК", "ОАО «БЧК»"} <= set(found[0].aliases)


def test_coordinated_organisations_are_told_apart_by_region() -> None:
    found = institutions("Торгово-промышленная палата Хабаровского края, Торгово-промышленная палата Амурской области")
    assert [item.region for item in found] == ["RU-KHA", "RU-AMU"]


def test_an_and_ends_a_name_where_another_begins() -> None:
    found = institutions("При поддержке Министерства спорта Хабаровского края и Государственного музея «Восток»")
    assert [item.name for item in found] == ["Министерство спорта Хабаровского края", "Государственный музей «Восток»"]


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        ({"participants": "МБОУ «Гимназия № 3» г. Амурска"}, "participant"),
        ({"place": "г. Амурск, МБУК «Дворец культуры»"}, "venue"),
        ({"purpose": "Проводится при поддержке МБУК «Дворец культуры» г. Амурска"}, "supporter"),
        ({"purpose": "Организатор – МБУК «Дворец культуры» г. Амурска"}, "organiser"),
        ({"purpose": "Гости посетили МБУК «Дворец культуры» г. Амурска"}, "other"),
    ],
)
def test_roles_come_from_column_and_cue(cells: dict[str, str], role: str) -> None:
    [found] = record(**cells).institutions
    assert found.role == role


def test_parties_of_an_agreement_have_the_strongest_role() -> None:
    sides = "МБОУ «Гимназия № 3» г. Амурска и ГУО «Гимназия № 1 г. Лиды» (Республика Беларусь)"
    text = f"{sides} подписали договор о сотрудничестве"
    assert [item.role for item in record(purpose=text).institutions] == ["party", "party"]


def test_what_is_proper_leaves_kind_number_and_place_out() -> None:
    [found] = institutions("ГУО «Детская школа искусств № 2 «Лира» г. Гродно")
    assert (found.kind, found.number, found.proper) == ("art-school", "2", "Лира")
    [found] = institutions("Амурский краеведческий музей")
    assert found.kind == "museum" or found.kind.endswith("museum")


def test_a_look_alike_latin_letter_changes_nothing() -> None:
    clean = institutions("Учащиеся МБОУ «Гимназия № 3» г. Амурска")
    noisy = institutions("Учащиеcя МБОУ «Гимнaзия № 3» г. Aмурска")
    assert [(i.kind, i.number, i.place) for i in noisy] == [(i.kind, i.number, i.place) for i in clean]
